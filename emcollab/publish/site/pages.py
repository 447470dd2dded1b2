"""What is on each page of the report: the template it is laid out by, and the values that the template shows.

Each function takes the edition and the id that its page is about, if it is about one.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from emcollab.publish.site.charts import Bar, draw_bars
from emcollab.records.ledger import Figure, Ledger
from emcollab.render.page import Amount, Block, Link, Page, Row, Table
from emcollab.render.pages.appraisal import make_page as make_appraisal_page
from emcollab.render.pages.changes import format_headline, make_tables
from emcollab.render.pages.reconcile import make_page as make_reconciliation_page
from emcollab.render.pages.registers import make_forces_page, make_projects_page, make_recommendations_page
from emcollab.render.pages.statement import make_page as make_statement_page
from emcollab.render.pages.totals import make_table
from emcollab.render.pages.trace import say_printed
from emcollab.render.pages.words import join, say_figure, say_kind, say_place, say_source
from emcollab.results.appraisal import appraise
from emcollab.results.as_at import known_on, ledger_on
from emcollab.results.diff import Side, compare
from emcollab.results.reconcile import Reconciliation
from emcollab.results.standing import find_standing
from emcollab.results.totals import Selection, Totals, total_by
from emcollab.results.trace import Entry, PrintedCells, trace
from emcollab.values.dates import format_day
from emcollab.values.money import say_amount
from emcollab.values.terms import MEASURES, name_kind

Values = tuple[str, dict[str, Any]]


class Edition(Protocol):
    """What these pages need to know of the report that was asked for."""

    ledger: Ledger
    today: date
    as_at: date | None
    years: tuple[str, ...]
    force: str

    @property
    def selection(self) -> Selection:
        """What totals are made of."""

    @property
    def projects(self) -> list[str]:
        """The ids of the projects of the edition."""

    @property
    def reconciliations(self) -> list[Reconciliation]:
        """Every printed table beside the ledger."""

    @property
    def printed(self) -> PrintedCells:
        """The cells of printed tables in which each figure is."""

    @property
    def apportioned(self) -> Ledger:
        """The ledger narrowed to what papers divide between forces."""

    @property
    def share(self) -> Ledger:
        """The ledger narrowed to what falls to the force of the edition, if it is of one."""

    def of_project(self, id_: str) -> Ledger:
        """Return the ledger narrowed to a project."""

    def of_area(self, id_: str) -> Ledger:
        """Return the ledger narrowed to the share of the edition in an area, without costs."""


def front(edition: Edition, _: str) -> Values:
    """Return the first page: the headline, a chart, the summary table, and what changed since the paper before."""
    ledger = edition.ledger
    totals = total_by(ledger, "area", edition.selection)
    name = ledger.forces[edition.force].name if edition.force else ""
    return "index", {
        "title": ledger.settings.title,
        "force": name,
        "day": _say_day(ledger, edition.as_at),
        "headline": _headline(ledger, totals, edition.selection),
        "chart": _chart_of_parts(totals),
        "table": _linked(totals, ledger),
        "changes": _latest_changes(edition.share, edition.as_at),
    }


def listed_projects(edition: Edition, _: str) -> Values:
    """Return the register, with a link to each project."""
    page = make_projects_page(ledger_on(edition.ledger, edition.as_at), edition.projects)
    return "page", {"page": _with_links(page, edition.ledger)}


def about_project(edition: Edition, id_: str) -> Values:
    """Return a project: its statement, a chart of more than one year, milestones, and each figure with its source."""
    ledger = edition.of_project(id_)
    page = make_statement_page(ledger, id_, edition.as_at)
    totals = total_by(ledger, "category", Selection(as_at=edition.as_at))
    entries = [
        _entry(ledger, entry)
        for measure in MEASURES
        for entry in trace(ledger, edition.printed, measure, as_at=edition.as_at).entries
    ]
    return "project", {
        "page": page,
        "chart": _chart_of_parts(totals) if len(totals.years) > 1 else "",
        "milestones": [
            (milestone, _when(milestone.start, milestone.end), say_source(ledger.sources[milestone.source]))
            for milestone in known_on(ledger.projects[id_], ledger.sources, edition.as_at).milestones
        ],
        "entries": entries,
    }


def listed_forces(edition: Edition, _: str) -> Values:
    """Return who collaborates with whom, with a link to each force."""
    page = make_forces_page(ledger_on(edition.ledger, edition.as_at))
    return "page", {"page": _with_links(page, edition.ledger)}


def about_force(edition: Edition, id_: str) -> Values:
    """Return a force: what papers apportion to it, and the projects in which it takes part."""
    ledger = edition.ledger
    totals = total_by(edition.apportioned, "project", replace(edition.selection, forces=(id_,)))
    projects = [(other, record.name) for other, record in ledger.projects.items() if id_ in record.forces]
    return "force", {
        "title": ledger.forces[id_].name,
        "record": ledger.forces[id_],
        "table": make_table(totals, ledger, ledger.settings.unit, ledger.settings.places) if totals.rows else None,
        "projects": projects,
    }


def traced(edition: Edition, id_: str) -> Values:
    """Return a row of the table: for each year the figures, or the force's parts of them, with a link to each."""
    ledger = edition.of_area(id_)
    years: dict[str, list[dict[str, str]]] = {}
    totals: dict[tuple[str, str], Decimal] = {}
    for measure in MEASURES:
        result = trace(ledger, {}, measure, as_at=edition.as_at)
        totals |= {(year, measure): total for year, total in result.totals.items()}
        for entry in result.entries:
            figure = entry.stands.figure
            years.setdefault(figure.year, []).append(
                {
                    "href": f"../projects/{figure.project}.html#{anchor_of(figure)}",
                    "label": ledger.label(figure.project, figure.benefit),
                    "said": say_figure(figure),
                    "kind": say_kind(figure),
                }
            )
    sums = {
        year: join([say_amount(total, measure) for (each, measure), total in totals.items() if each == year])
        for year in years
    }
    return "area", {
        "title": ledger.areas[id_],
        "force": ledger.forces[edition.force].name if edition.force else "",
        "years": [(slug(year), year, sums[year], years[year]) for year in sorted(years)],
    }


def reconciled(edition: Edition, _: str) -> Values:
    """Return every printed table beside the ledger."""
    ledger = ledger_on(edition.ledger, edition.as_at)
    return "page", {
        "page": make_reconciliation_page(
            [each for each in edition.reconciliations if each.id in ledger.published], ledger
        )
    }


def appraised(edition: Edition, _: str) -> Values:
    """Return the appraisal of the projects, as at the day of the edition."""
    ledger = edition.ledger
    result = appraise(ledger, "project", edition.selection, edition.today)
    page = make_appraisal_page(result, ledger, ledger.settings.unit, ledger.settings.places)
    return "page", {"page": page}


def recommended(edition: Edition, _: str) -> Values:
    """Return the recommendations and what came of them."""
    return "page", {"page": make_recommendations_page(ledger_on(edition.ledger, edition.as_at))}


def rested_on(edition: Edition, _: str) -> Values:
    """Return the papers, each with the figures that rest on it."""
    ledger = edition.ledger
    shown = {(figure.project, anchor_of(figure)) for figure in find_standing(ledger.figures, edition.as_at)}
    resting: dict[str, list[Figure]] = {id_: [] for id_ in ledger.sources}
    for figure in ledger.figures:
        if edition.as_at is None or figure.date <= edition.as_at:
            resting[figure.source].append(figure)
    return "sources", {
        "title": "Papers, and what rests on them",
        "sources": [
            (id_, say_source(source), source, [
                {
                    "href": f"projects/{figure.project}.html" + (
                        f"#{anchor_of(figure)}" if (figure.project, anchor_of(figure)) in shown else ""
                    ),
                    "label": f"{ledger.label(figure.project, figure.benefit)}, {figure.year or 'a year, undated'}",
                    "said": say_figure(figure),
                }
                for figure in resting[id_]
            ])
            for id_, source in ledger.sources.items()
        ],
    }  # fmt: skip


def glossary(_: Edition, __: str) -> Values:
    """Return what the words of the report mean."""
    return "glossary", {"title": "What the words mean"}


# --- anchors and links


def slug(year: str) -> str:
    """Return a year as it stands in an anchor: `2009-10`; `undated` for none."""
    return year.replace("/", "-") or "undated"


def anchor_of(figure: Figure) -> str:
    """Return the anchor, on its project's page, of the entry that tells where a figure comes from."""
    return f"{figure.benefit}-{slug(figure.year)}"


def _linked(totals: Totals, ledger: Ledger) -> Table:
    """Return the summary table, each row leading to its area's page and each cell to its year there."""
    table = make_table(totals, ledger, ledger.settings.unit, ledger.settings.places)
    rows = list(table.rows)
    for position, line in enumerate(totals.rows):
        name, *cells = rows[position].cells
        linked = [
            cell._replace(href=f"areas/{line.id}.html#{slug(year)}") if isinstance(cell, Amount) else cell
            for cell, year in zip(cells, totals.columns, strict=True)
        ]
        rows[position] = rows[position]._replace(cells=(Link(str(name), f"areas/{line.id}.html"), *linked))
    return replace(table, rows=tuple(rows))


def _with_links(page: Page, ledger: Ledger) -> Page:
    """Return a register whose rows lead to the pages of what they list; the second cell of each is an id."""
    folders: dict[str, tuple[str, Collection[object]]] = {
        "Project": ("projects", ledger.projects),
        "Force": ("forces", ledger.forces),
    }
    blocks: list[Block] = []
    for block in page.blocks:
        if isinstance(block, Table) and block.headings[0] in folders:
            folder, known = folders[block.headings[0]]
            rows = tuple(
                Row((Link(str(row.cells[0]), f"{folder}/{row.cells[1]}.html"), *row.cells[1:]))
                if row.cells[1] in known else row
                for row in block.rows
            )  # fmt: skip
            blocks.append(replace(block, rows=rows))
        else:
            blocks.append(block)
    return page._replace(blocks=tuple(blocks))


# --- what the front page says


def _say_day(ledger: Ledger, as_at: date | None) -> str:
    """Return as at which day the report is: the one asked for, or that of the latest paper."""
    if as_at:
        return f"As at {format_day(as_at)}: later papers are left out."
    latest = max((source.date for source in ledger.sources.values()), default=None)
    return f"As at the latest paper, of {format_day(latest)}." if latest else "The ledger has no papers yet."


def _headline(ledger: Ledger, totals: Totals, selection: Selection) -> str:
    """Return the latest year in a sentence: what was saved, what is still an estimate, what is no saving."""
    year = next((each for each in reversed(totals.years) if totals.total[each] is not None), "")
    if not year:
        return "There are no figures in this edition."
    parts = {id_: amounts[year] for id_, amounts in totals.subtotals.items()}
    said = []
    if parts["saving"] is not None:
        said.append(f"{say_amount(parts['saving'], 'money')} of savings in {year}")
        if parts["cashable"] is not None:
            chosen = replace(selection, years=(year,), cashabilities=("cashable",))
            estimated = _estimated(total_by(ledger, "basis", chosen), year, parts["cashable"])
            said[0] += f", of which {say_amount(parts['cashable'], 'money')} cashable{estimated}"
    if parts["funding"] is not None:
        said.append(f"{say_amount(parts['funding'], 'money')} of funding{'' if said else f' in {year}'}")
    if parts["unclassified"] is not None:
        amount = say_amount(parts["unclassified"], "money")
        said.append(f"{amount}{'' if said else f' in {year}'} that the papers do not classify")
    return f"{'; '.join(said)}."


def _estimated(by_basis: Totals, year: str, whole: Decimal) -> str:
    estimate = next((line.amounts[year] for line in by_basis.rows if line.id == "estimate"), None)
    if not estimate:
        return ""
    return (
        " and still an estimate" if estimate == whole else f", {say_amount(estimate, 'money')} of it still an estimate"
    )


def _chart_of_parts(totals: Totals) -> str:
    """Return a chart of savings, funding and what is not classified, by year; nothing if there is nothing to draw."""
    labels = {"saving": "savings", "funding": "funding", "unclassified": "not classified"}
    bars = [
        Bar(year, labels[id_], amount, id_)
        for year in totals.years
        for id_ in labels
        if (amount := totals.subtotals[id_][year]) is not None
    ]
    return draw_bars(bars, "Savings, funding and what is not classified, by year") if bars else ""


def _latest_changes(ledger: Ledger, as_at: date | None) -> dict[str, Any]:
    """Return what changed with the latest paper that states figures, against the papers before it."""
    days = sorted({figure.date for figure in ledger.figures if as_at is None or figure.date <= as_at})
    if len(days) < 2:  # noqa: PLR2004 - a paper, and one before it
        day = f", of {format_day(days[0])}" if days else ""
        return {"headline": f"There is no earlier paper with figures than the first{day}.", "tables": [], "since": ""}
    changes = compare(Side(ledger, days[-2]), Side(ledger, days[-1]))
    return {
        "headline": format_headline(changes),
        "tables": make_tables(changes, ledger),
        "since": f"from {format_day(days[-2])} to {format_day(days[-1])}",
    }


# --- what a project's page says


def _entry(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    figure, citation, _ = entry.stands
    return {
        "anchor": anchor_of(figure),
        "label": f"{ledger.label(figure.project, figure.benefit)}, {figure.year or 'a year, no years being named'}",
        "said": say_figure(figure),
        "kind": name_kind(figure.category, figure.cashability),
        # An area's page is of what was brought: it has no place for a cost.
        "area": (figure.area, ledger.areas[figure.area], "" if figure.is_cost else slug(figure.year)),
        "source": (figure.source, say_source(ledger.sources[figure.source])),
        "at": citation.at,
        "quote": citation.quote,
        "printed": list(say_printed(entry.stands, ledger)),
        "others": [
            "; ".join(
                [
                    f"{say_figure(other.figure)}: {say_place(ledger.sources[other.figure.source], other.citation.at)}",
                    *say_printed(other, ledger),
                ]
            )
            for other in entry.others
        ],
    }


def _when(start: str | None, end: str | None) -> str:
    return " to ".join(filter(None, (start, end)))
