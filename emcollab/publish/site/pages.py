"""What is on each page of the report: the template it is laid out by, and the values that the template shows.

Each function takes the edition and the id that its page is about, if it is about one.
"""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import Any

from emcollab.publish.site.charts import Bar, draw_bars
from emcollab.publish.site.edition import Edition
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
from emcollab.results.as_at import figures_on, ledger_on
from emcollab.results.diff import compare
from emcollab.results.standing import find_standing
from emcollab.results.totals import Selection, Totals, total_by
from emcollab.results.trace import Entry, trace
from emcollab.values.dates import format_day
from emcollab.values.money import say_amount
from emcollab.values.terms import MEASURES, name_kind

Values = tuple[str, dict[str, Any]]


def front(edition: Edition, _: str) -> Values:
    """Return the first page: the headline, a chart, the summary table, and what changed since the paper before."""
    totals = total_by(edition.on_day, "area", edition.selection)
    return "index", {
        "title": edition.ledger.settings.title,
        "force": edition.force_name,
        "day": _say_day(edition),
        "headline": _headline(edition, totals),
        "chart": _chart_of_parts(totals),
        "table": _linked(totals, edition),
        "changes": _latest_changes(edition.share),
    }


def listed_projects(edition: Edition, _: str) -> Values:
    """Return the register, with a link to each project."""
    return "page", {"page": _with_links(make_projects_page(edition.on_day, edition.projects), "projects")}


def about_project(edition: Edition, id_: str) -> Values:
    """Return a project: its statement, a chart of more than one year, milestones, and each figure with its source."""
    ledger = edition.by_project[id_]
    totals = total_by(ledger, "category", Selection())
    entries = [entry for measure in MEASURES for entry in trace(ledger, edition.printed, measure).entries]
    return "project", {
        "page": make_statement_page(ledger, id_, edition.as_at),
        "chart": _chart_of_parts(totals) if len(totals.years) > 1 else "",
        "milestones": [
            (each, " to ".join(filter(None, (each.start, each.end))), say_source(ledger.sources[each.source]))
            for each in edition.on_day.projects[id_].milestones
        ],
        "entries": [_entry(ledger, entry) for entry in entries],
    }


def listed_forces(edition: Edition, _: str) -> Values:
    """Return who collaborates with whom, with a link to each force."""
    return "page", {"page": _with_links(make_forces_page(edition.on_day), "forces")}


def about_force(edition: Edition, id_: str) -> Values:
    """Return a force: what papers apportion to it, and the projects in which it takes part."""
    ledger = edition.ledger
    totals = total_by(edition.apportioned, "project", replace(edition.selection, forces=(id_,)))
    return "force", {
        "title": ledger.forces[id_].name,
        "record": ledger.forces[id_],
        "table": _table(totals, edition) if totals.rows else None,
        "projects": [(other, record.name) for other, record in ledger.projects.items() if id_ in record.forces],
    }


def traced(edition: Edition, id_: str) -> Values:
    """Return a row of the table: for each year the figures, or the force's parts of them, with a link to each."""
    ledger = edition.by_area[id_]
    years: dict[str, list[dict[str, str]]] = defaultdict(list)
    sums: dict[str, list[str]] = defaultdict(list)
    for measure in MEASURES:
        result = trace(ledger, {}, measure)
        for year, total in result.totals.items():
            sums[year].append(say_amount(total, measure))
        for entry in result.entries:
            figure = entry.stands.figure
            years[figure.year].append({
                "href": f"../projects/{figure.project}.html#{anchor_of(figure)}",
                "label": ledger.label(figure.project, figure.benefit),
                "said": say_figure(figure),
                "kind": say_kind(figure),
            })  # fmt: skip
    return "area", {
        "title": ledger.areas[id_],
        "force": edition.force_name,
        "years": [(slug(year), year, join(sums[year]), years[year]) for year in sorted(years)],
    }


def reconciled(edition: Edition, _: str) -> Values:
    """Return every printed table beside the ledger."""
    return "page", {"page": make_reconciliation_page(edition.reconciliations, edition.ledger)}


def appraised(edition: Edition, _: str) -> Values:
    """Return the appraisal of the projects, as at the day of the edition."""
    ledger, shown = ledger_on(edition.ledger, edition.today), edition.ledger.settings
    result = appraise(ledger, "project", edition.selection, edition.today)
    return "page", {"page": make_appraisal_page(result, ledger, shown.unit, shown.places)}


def recommended(edition: Edition, _: str) -> Values:
    """Return the recommendations and what came of them."""
    return "page", {"page": make_recommendations_page(edition.on_day)}


def rested_on(edition: Edition, _: str) -> Values:
    """Return the papers, each with the figures that rest on it."""
    ledger = edition.on_day
    shown = {(figure.project, anchor_of(figure)) for figure in find_standing(ledger.figures)}
    resting: dict[str, list[dict[str, str]]] = defaultdict(list)
    for figure in ledger.figures:
        anchor = anchor_of(figure)
        resting[figure.source].append({
            "href": f"projects/{figure.project}.html{f'#{anchor}' if (figure.project, anchor) in shown else ''}",
            "label": f"{ledger.label(figure.project, figure.benefit)}, {figure.year or 'a year, undated'}",
            "said": say_figure(figure),
        })  # fmt: skip
    return "sources", {
        "title": "Papers, and what rests on them",
        "sources": [(id_, say_source(source), source, resting[id_]) for id_, source in ledger.sources.items()],
    }


def glossary(_: Edition, __: str) -> Values:
    """Return what the words of the report mean."""
    return "glossary", {"title": "What the words mean"}


def slug(year: str) -> str:
    """Return a year as it stands in an anchor: `2009-10`; `undated` for none."""
    return year.replace("/", "-") or "undated"


def anchor_of(figure: Figure) -> str:
    """Return the anchor, on its project's page, of the entry that tells where a figure comes from."""
    return f"{figure.benefit}-{slug(figure.year)}"


def _table(totals: Totals, edition: Edition) -> Table:
    shown = edition.ledger.settings
    return make_table(totals, edition.ledger, shown.unit, shown.places, edition.as_at)


def _linked(totals: Totals, edition: Edition) -> Table:
    """Return the summary table, each row leading to its area's page and each cell to its year there."""
    table = _table(totals, edition)
    rows = list(table.rows)
    for position, line in enumerate(totals.rows):
        name, *cells = rows[position].cells
        linked = [
            cell._replace(href=f"areas/{line.id}.html#{slug(year)}") if isinstance(cell, Amount) else cell
            for cell, year in zip(cells, totals.columns, strict=True)
        ]
        rows[position] = rows[position]._replace(cells=(Link(str(name), f"areas/{line.id}.html"), *linked))
    return replace(table, rows=tuple(rows))


def _with_links(page: Page, folder: str) -> Page:
    """Return a register whose rows lead to the pages of what they list; the second cell of each is an id."""
    blocks: list[Block] = []
    for block in page.blocks:
        if isinstance(block, Table):
            rows = (row.cells for row in block.rows)
            linked = (Row((Link(str(name), f"{folder}/{id_}.html"), id_, *rest)) for name, id_, *rest in rows)
            blocks.append(replace(block, rows=tuple(linked)))
        else:
            blocks.append(block)
    return page._replace(blocks=tuple(blocks))


def _say_day(edition: Edition) -> str:
    """Return as at which day the report is: the one asked for, or that of the latest paper."""
    if edition.as_at:
        return f"As at {format_day(edition.as_at)}: later papers are left out."
    latest = max((source.date for source in edition.ledger.sources.values()), default=None)
    return f"As at the latest paper, of {format_day(latest)}." if latest else "The ledger has no papers yet."


def _headline(edition: Edition, totals: Totals) -> str:
    """Return the latest year in a sentence: what was saved, what is still an estimate, what is no saving."""
    year = next((each for each in reversed(totals.years) if totals.total[each] is not None), "")
    if not year:
        return "There are no figures in this edition."
    parts = {id_: amounts[year] for id_, amounts in totals.subtotals.items()}
    said = []
    if parts["saving"] is not None:
        cashable = _say_cashable(edition, year, parts["cashable"])
        said.append(f"{say_amount(parts['saving'], 'money')} of savings in {year}{cashable}")
    if parts["funding"] is not None:
        said.append(f"{say_amount(parts['funding'], 'money')} of funding{'' if said else f' in {year}'}")
    if parts["unclassified"] is not None:
        amount = say_amount(parts["unclassified"], "money")
        said.append(f"{amount}{'' if said else f' in {year}'} that the papers do not classify")
    return f"{'; '.join(said)}."


def _say_cashable(edition: Edition, year: str, cashable: Decimal | None) -> str:
    if cashable is None:
        return ""
    chosen = replace(edition.selection, years=(year,), cashabilities=("cashable",), bases=("estimate",))
    estimate = total_by(edition.on_day, "basis", chosen).total[year]
    said = f", of which {say_amount(cashable, 'money')} cashable"
    if not estimate:
        return said
    if estimate == cashable:
        return f"{said} and still an estimate"
    return f"{said}, {say_amount(estimate, 'money')} of it still an estimate"


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


def _latest_changes(ledger: Ledger) -> dict[str, Any]:
    """Return what changed with the latest paper that states figures, against the papers before it."""
    days = sorted({figure.date for figure in ledger.figures})
    if len(days) < 2:  # noqa: PLR2004 - a paper, and one before it
        day = f", of {format_day(days[0])}" if days else ""
        return {"headline": f"There is no earlier paper with figures than the first{day}.", "tables": [], "since": ""}
    changes = compare(figures_on(ledger, days[-2]), ledger)
    return {
        "headline": format_headline(changes),
        "tables": make_tables(changes, ledger),
        "since": f"from {format_day(days[-2])} to {format_day(days[-1])}",
    }


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
            "; ".join([
                f"{say_figure(other.figure)}: {say_place(ledger.sources[other.figure.source], other.citation.at)}",
                *say_printed(other, ledger),
            ])
            for other in entry.others
        ],
    }  # fmt: skip
