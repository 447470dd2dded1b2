"""What is on each page of the report: the template it is laid out by, and the values that the template shows.

Each function takes the edition, and the id that its page is about, if it is about one. Lists are made in `lists`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from emcollab.publish.edition import Edition
from emcollab.publish.imprint import list_imprint
from emcollab.publish.paper.brief import PLANS, Brief
from emcollab.publish.paper.changes import make_tables_of_moved, say_moved
from emcollab.publish.paper.plans import make_table_by_year
from emcollab.publish.paper.projects import OUTCOME_STATES
from emcollab.publish.paper.totals import show_net, without_empty_parts
from emcollab.publish.site.charts import Bar, draw_bars
from emcollab.publish.site.division import MOST_LINES, fill_pages
from emcollab.publish.site.division import Entry as DividedEntry
from emcollab.publish.site.downloads import list_downloads, say_lacking
from emcollab.publish.site.lists import Pages, Values, anchor_of, slug
from emcollab.publish.site.said import say_milestone, say_statement
from emcollab.records.base import Citation
from emcollab.records.ledger import Figure, Ledger, in_order
from emcollab.records.settings import Settings
from emcollab.render.page import Amount, Block, Link, Page, Row, Table
from emcollab.render.pages.changes import format_headline, make_tables
from emcollab.render.pages.registers import make_forces_page, make_recommendations_page
from emcollab.render.pages.statement import make_page as make_statement_page
from emcollab.render.pages.summary import say_summary, summarise
from emcollab.render.pages.totals import make_table, say_not_added
from emcollab.render.pages.trace import say_printed, say_rivals, say_why_left
from emcollab.render.pages.words import (
    count,
    join,
    name_figure,
    name_period,
    say_figure,
    say_kind,
    say_place,
    say_source,
    sort_by_name,
)
from emcollab.results.diff import Changes
from emcollab.results.totals import Amounts, Totals, total_by
from emcollab.results.trace import Entry, Left, Trace, trace_all
from emcollab.values.money import fit_unit, say_amount
from emcollab.values.terms import MEASURES, name_kind


def front(brief: Brief) -> Values:
    """Return the first page: the headline, a chart, the summary table, and what changed since the paper before."""
    edition = brief.edition
    totals = total_by(edition.ledger, "area", edition.selection)
    return "index", {
        "title": edition.ledger.settings.title,
        "force": edition.force_name,
        "particulars": [("Figures as at", brief.say_day()), *list_imprint(edition.ledger.settings)],
        "downloads": list_downloads(edition),
        "lacking": say_lacking(edition),
        "headline": _say_headline(edition),
        "chart": _chart_of_parts(totals.subtotals, totals.part_estimates, edition.ledger.settings),
        "table": _linked(totals, edition) if totals.rows else None,
        "notes": [*_notes_without_rows(totals, edition), *_say_not_added(edition)],
        "more": list(_list_more(brief)),
        "changes": _latest_changes(brief),
    }


def _list_more(brief: Brief) -> Iterator[tuple[str, str, Table]]:
    """Yield what the first page shows beside money by area, each with its anchor and heading, if papers state any.

    That is posts, hours, savings less costs, and plans; of a force to which no paper gives a part, nothing.
    """
    edition = brief.edition
    if edition.part_of and not brief.is_divided:
        return
    for measure in MEASURES[1:]:
        totals = total_by(edition.ledger, "area", replace(edition.selection, measure=measure))
        if totals.rows:
            title = f"{measure.capitalize()} by area and year"
            table = replace(_linked(totals, edition), title=f"By area and year ({measure})")
            yield measure, title, without_empty_parts(table)
    for block in show_net(brief):
        if isinstance(block, Table):
            yield "net", "Savings less costs", block
    if brief.planned:
        yield "plans", PLANS, make_table_by_year(brief)


def _say_not_added(edition: Edition) -> Iterator[str]:
    """Yield the posts and hours that are in no total, of measures of which nothing else is stated."""
    for measure in MEASURES[1:]:
        totals = total_by(edition.ledger, "area", replace(edition.selection, measure=measure))
        if not totals.rows:
            yield from (say_not_added(item, edition.ledger, measure, 0) for item in totals.not_added)


def about_project(edition: Edition, id_: str) -> Values:
    """Return a project: its statement, a chart of more than one year, and what papers say of it, each with its place.

    That is of the project itself, of benefits without a number, of milestones, and of each figure.
    """
    ledger = edition.by_project[id_]
    project = ledger.projects[id_]
    traces = trace_all(ledger, edition.standing, edition.printed)
    standing = [figure for figure in ledger.figures if edition.standing.has(figure)]
    parts = _sum_parts(standing)
    estimated = {
        id_: {figure.year for figure in standing if figure.category == id_ and figure.basis == "estimate"}
        for id_ in _PARTS
    }
    years = {year for amounts in parts.values() for year in amounts}
    has_others = bool(ledger.figures) and ledger.states[id_].forces != (edition.part_of,)
    return "project", {
        "whole_beside": edition.force_name if edition.part_of and has_others else "",
        "page": make_statement_page(ledger, edition.standing, id_, edition.as_at),
        "chart": _chart_of_parts(parts, estimated, ledger.settings) if len(years) > 1 else "",
        "statements": [
            {"text": say_statement(ledger, each), **_cite(ledger, each, each.note)}
            for each in in_order(project.statements, ledger.sources)
        ],
        "outcomes": [
            (heading, [{"text": each.text, **_cite(ledger, each)} for each in outcomes])
            for state, heading in OUTCOME_STATES.items()
            if (outcomes := [each for each in project.outcomes.values() if each.state == state])
        ],
        "milestones": [{"text": say_milestone(each), **_cite(ledger, each, each.note)} for each in project.milestones],
        "entries": [_entry(edition, ledger, entry) for result in traces for entry in result.entries],
        "left": [_left(ledger, left) for result in traces for left in result.left],
    }


def listed_forces(edition: Edition) -> Values:
    """Return who collaborates with whom, with a link to each force."""
    return "page", {"page": _with_links(make_forces_page(edition.ledger), "forces"), "parts": []}


def about_force(edition: Edition, id_: str) -> Values:
    """Return a force: what papers apportion to it, the projects that it takes or took part in, and those proposed."""
    ledger = edition.ledger
    totals = total_by(edition.falling_to(id_), "project", replace(edition.selection, forces=(id_,)))
    totals = totals._replace(left_out=edition.leaves_out)
    takes_part = sort_by_name(ledger, (other for other, state in ledger.states.items() if id_ in state.forces))
    proposed = [other for other in takes_part if ledger.states[other].status == "proposed"]
    return "force", {
        "title": ledger.forces[id_].name,
        "record": ledger.forces[id_],
        "table": _table(totals, edition) if totals.rows else None,
        "notes": _notes_without_rows(totals, edition),
        "projects": [(other, ledger.projects[other].name) for other in takes_part if other not in proposed],
        "proposed": [(other, ledger.projects[other].name) for other in proposed],
    }


def trace_area(edition: Edition, id_: str) -> Pages:
    """Yield a row of the table: for each period the figures, or the force's parts of them; several pages, if long.

    Then each page has as many periods as it has room for, and its path ends in the first of them.
    """
    results = edition.traces[id_]
    lines = Counter(entry.stands.figure.period for result in results for entry in result.entries)
    left = sum(len(result.left) for result in results)
    if left + lines.total() <= MOST_LINES:
        yield f"areas/{id_}.html", partial(_show_area, edition, id_, list(lines), {}, with_left=True)
        return
    entries = [DividedEntry(period, period, lines[period], "") for period in sorted(lines)]
    parts = fill_pages(entries) if entries else []
    pages = {entry.id: slug(part[0].id) for part in parts for entry in part}
    yield f"areas/{id_}.html", partial(_show_area, edition, id_, [], pages, with_left=False)
    for part in parts:
        shown = [entry.id for entry in part]
        yield f"areas/{id_}_{pages[shown[0]]}.html", partial(_show_area, edition, id_, shown, pages, with_left=False)
    if left:
        yield f"areas/{id_}_not_counted.html", partial(_show_area, edition, id_, [], pages, with_left=True)


def _show_area(edition: Edition, id_: str, shown: list[str], pages: dict[str, str], *, with_left: bool) -> Values:
    """Return the periods `shown` with their figures; or a link to each period; and what is stated and not counted.

    `pages` are the endings of the pages that periods have been divided into.
    """
    ledger, results = edition.by_area[id_], edition.traces[id_]
    periods: dict[str, list[Figure]] = defaultdict(list)
    for result in results:
        for entry in result.entries:
            periods[entry.stands.figure.period].append(entry.stands.figure)
    left = [each for result in results for each in result.left]
    is_cover = not shown and not (with_left and periods)
    return "area", {
        "title": ledger.areas[id_],
        "id": id_,
        "force": edition.force_name if edition.part_of else "",
        "is_empty": not periods and not left,
        "is_part": not is_cover and not (with_left and len(shown) == len(periods)),
        "periods": [
            (slug(period), pages.get(period), name_period(period), _say_sums(results, period), len(figures),
             [_lead_to(ledger, figure) for figure in figures] if period in shown else [])
            for period, figures in sorted(periods.items()) if period in shown or is_cover
        ],
        "left": [
            {**_lead_to(ledger, each.said.figure), "period": name_period(each.said.figure.period),
             "why": say_why_left(each, ledger)}
            for each in left if with_left
        ],
        "not_counted": len(left) if is_cover and not with_left else 0,
    }  # fmt: skip


def _lead_to(ledger: Ledger, figure: Figure) -> dict[str, str]:
    return {
        "href": f"../projects/{figure.project}.html#{anchor_of(figure)}",
        "label": ledger.label(figure.project, figure.benefit),
        "said": say_figure(figure),
        "kind": say_kind(figure),
    }


def _say_sums(results: list[Trace], year: str) -> str:
    """Return the totals of a year in each measure; nothing for a period that is no year."""
    return join([say_amount(result.totals[year], result.measure) for result in results if year in result.totals])


def recommended(edition: Edition) -> Values:
    """Return the recommendations and what came of them."""
    return "page", {"page": make_recommendations_page(edition.ledger), "parts": []}


def glossary(edition: Edition) -> Values:
    """Return what the words of the report mean, and what abbreviations in the papers stand for."""
    return "glossary", {"title": "What the words mean", "abbreviations": edition.ledger.settings.list_abbreviations()}


def _cite(ledger: Ledger, citation: Citation, note: str | None = None) -> dict[str, str | None]:
    """Return the paper and place that say something, the words, and what a reader should know of them."""
    place = say_place(ledger.sources[citation.source], citation.at)
    return {"source": citation.source, "place": place, "quote": citation.quote, "note": note}


def _table(totals: Totals, edition: Edition) -> Table:
    shown = edition.ledger.settings
    places = shown.places if totals.measure == "money" else None
    return make_table(totals, edition.ledger, shown.unit, places, edition.as_at)


def _notes_without_rows(totals: Totals, edition: Edition) -> tuple[str, ...]:
    """Return the notes of a table that has no rows, if there is something that is in no total."""
    return _table(totals, edition).notes if not totals.rows and (totals.not_added or totals.lapsed) else ()


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
    """Return a register whose rows lead to the pages of what they list; the second cell of each, an id, is left out."""
    blocks: list[Block] = []
    for block in page.blocks:
        if isinstance(block, Table):
            rows = (row.cells for row in block.rows)
            linked = tuple(Row((Link(str(name), f"{folder}/{id_}.html"), *rest)) for name, id_, *rest in rows)
            first, _, *headings = block.headings
            blocks.append(replace(block, headings=(first, *headings), numeric=block.numeric[1:], rows=linked))
        else:
            blocks.append(block)
    return page._replace(blocks=tuple(blocks))


def _say_headline(edition: Edition) -> list[str]:
    """Return what the years brought, a paragraph each; of a force to which no paper gives a part, that."""
    if edition.part_of and not edition.share.figures:
        return [f"No paper gives {edition.force_name} a part of any figure."]
    force = edition.force_name if edition.part_of else ""
    return list(say_summary(summarise(edition.share, edition.today, edition.years, force)))


_PARTS = {"saving": "savings", "funding": "funding", "unclassified": "not classified"}
"""What is drawn of a total, and what it is called."""


def _sum_parts(figures: Iterable[Figure]) -> dict[str, Amounts]:
    """Return the sums of money of years, by what is drawn of a total."""
    sums: dict[str, Amounts] = {id_: {} for id_ in _PARTS}
    for figure in figures:
        if figure.year and figure.measure == "money" and figure.category in sums:
            amounts = sums[figure.category]
            amounts[figure.year] = (amounts.get(figure.year) or Decimal(0)) + figure.amount
    return sums


def _chart_of_parts(parts: Mapping[str, Amounts], estimated: Mapping[str, Collection[str]], shown: Settings) -> str:
    """Return a chart of savings, funding and what is not classified, by year; nothing if there is nothing to draw.

    `estimated` are the years of each part in which there is an estimate.
    """
    bars = [
        Bar(year, label, amount, id_, year in estimated[id_])
        for year in sorted({year for id_ in _PARTS for year in parts[id_]})
        for id_, label in _PARTS.items()
        if (amount := parts[id_].get(year)) is not None
    ]
    unit: str = shown.unit
    places = shown.places
    if places is None:
        unit, places = fit_unit((bar.amount for bar in bars), unit)
    title = f"Savings, funding and what is not classified, by year ({unit})"
    return draw_bars(bars, title, unit, places) if bars else ""


def _latest_changes(brief: Brief) -> dict[str, Any]:
    """Return what changed with the latest paper that states figures, against the papers before it."""
    ledger = brief.edition.share
    if brief.since is None or not ledger.figures:
        only = "Only one paper gives figures" if ledger.figures else "No paper gives figures"
        return {"headline": f"{only}: there is nothing to compare.", "moved": [], "tables": [], "since": ""}
    latest = max(figure.date for figure in ledger.figures)
    return {
        "headline": format_headline(brief.changes),
        "moved": list(say_moved(brief)),
        "tables": [*make_tables_of_moved(brief), *_list_changes(brief.changes, ledger)],
        "since": f"from {brief.name_day(brief.since)} to {brief.name_day(latest)}",
    }


_MOST_CHANGES = 40
"""How many rows of a table of changes are shown."""


def _list_changes(changes: Changes, ledger: Ledger) -> Iterator[Table]:
    """Yield the figures that changed, by name; of one ledger on two days no record changes."""
    for table in make_tables(replace(changes, moved=(), totals=()), ledger):
        rows = tuple(Row((_name(str(id_), ledger), *others)) for (id_, *others), *_ in table.rows[:_MOST_CHANGES])
        more = len(table.rows) - len(rows)
        notes = (*table.notes, f"{count(more, 'more row')}, not shown here.") if more else table.notes
        yield replace(table, rows=rows, notes=notes)


def _name(id_: str, ledger: Ledger) -> Link:
    """Return the name of a benefit or cost, `project/id`, leading to its project's page."""
    project, _, benefit = id_.partition("/")
    return Link(ledger.label(project, benefit), f"projects/{project}.html")


def _entry(edition: Edition, ledger: Ledger, entry: Entry) -> dict[str, Any]:
    figure = entry.stands.figure
    # An area's page is of what was brought, to the force of the edition if it is of one: it has no place for a cost.
    has_place = not figure.is_cost and (figure.area, figure.period) in edition.headings
    return {
        **_tell(ledger, figure, entry.stands.citation),
        "area": (figure.area, ledger.areas[figure.area], slug(figure.period) if has_place else ""),
        "is_added": bool(figure.year) and not figure.is_cost,
        "printed": list(say_printed(entry.stands, ledger)),
        "rivals": list(say_rivals(entry, ledger)),
    }


def _left(ledger: Ledger, left: Left) -> dict[str, Any]:
    return {**_tell(ledger, left.said.figure, left.said.citation), "why": say_why_left(left, ledger)}


def _tell(ledger: Ledger, figure: Figure, citation: Citation) -> dict[str, Any]:
    return {
        "anchor": anchor_of(figure),
        "label": name_figure(figure, ledger),
        "said": say_figure(figure),
        "kind": name_kind(figure.category, figure.cashability),
        "source": (figure.source, say_source(ledger.sources[figure.source])),
        "at": citation.at,
        "quote": citation.quote,
    }
