"""The long lists of the report: the register, the appraisal, the papers and the printed tables, in parts if need be."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from emcollab.publish.edition import Edition
from emcollab.publish.site.division import Entry, Part, divide, initial_of
from emcollab.publish.site.register import make_register
from emcollab.publish.site.said import ProjectSaid, list_said
from emcollab.records.ledger import Figure
from emcollab.render.page import Items, Link, Page, Paragraph, Row, Table
from emcollab.render.pages.appraisal import make_page as make_appraisal_page
from emcollab.render.pages.reconcile import make_page as make_reconciliation_page
from emcollab.render.pages.reconcile import say_verdict
from emcollab.render.pages.words import count, name_figure, name_paper, say_figure, say_source, sort_by_name
from emcollab.results.appraisal import Appraisal, AppraisalRow, Gap
from emcollab.results.reconcile import Reconciliation
from emcollab.values.dates import format_day

Values = tuple[str, dict[str, Any]]
"""The template by which a page is laid out, and the values that it shows."""

Pages = Iterator[tuple[str, Callable[[], Values]]]
"""The path of each page, and what makes it."""


def list_projects(edition: Edition) -> Pages:
    """Yield the register."""
    ordered = sort_by_name(edition.ledger, edition.projects)
    parts = _divide_projects(edition, dict.fromkeys(ordered, 1))
    for path, part in _list_paths("projects", parts):
        yield path, partial(_make_register, edition, ordered, parts, part)


def _make_register(edition: Edition, ids: list[str], parts: list[Part], part: Part | None) -> Values:
    counted = Page("Projects", (Paragraph(f"{count(len(ids), 'project')}, by name."),))
    is_cover = parts and not part
    page = counted if is_cover else make_register(edition, part.ids if part else ids)
    return _show(page, _link_parts("projects", parts, part))


def list_appraisal(edition: Edition) -> Pages:
    """Yield the appraisal of the projects, as at the day of the edition."""
    result = edition.appraisal
    lines = Counter([*(line.id for line in result.lines), *(gap.project for gap in result.gaps)])
    parts = _divide_projects(edition, lines)
    cover = replace(result, lines=(), not_added=()) if parts else result
    shown = [cover, *_divide_appraisal(result, parts)]
    for (path, part), some in zip(_list_paths("appraisal", parts), shown, strict=True):
        yield path, partial(_appraise, edition, some, parts, part)


def _divide_appraisal(result: Appraisal, parts: list[Part]) -> Iterator[Appraisal]:
    """Yield what is of the projects of each part."""
    ending_of = {id_: part.ending for part in parts for id_ in part.ids}
    lines: dict[str | None, list[AppraisalRow]] = defaultdict(list)
    not_added: dict[str | None, list[Figure]] = defaultdict(list)
    gaps: dict[str | None, list[Gap]] = defaultdict(list)
    for line in result.lines:
        lines[ending_of.get(line.id)].append(line)
    for figure in result.not_added:
        not_added[ending_of.get(figure.project)].append(figure)
    for gap in result.gaps:
        gaps[ending_of.get(gap.project)].append(gap)
    for ending in (part.ending for part in parts):
        yield replace(
            result, lines=tuple(lines[ending]), totals=(), not_added=tuple(not_added[ending]), gaps=tuple(gaps[ending])
        )


def _appraise(edition: Edition, result: Appraisal, parts: list[Part], part: Part | None) -> Values:
    """Return what is of the projects of a part; on the cover of parts, the totals, and how much is missing."""
    shown = edition.ledger.settings
    page = make_appraisal_page(result, edition.ledger, shown.unit, shown.places, with_ids=False)
    if parts and not part:
        page = page._replace(blocks=tuple(block for block in page.blocks if not isinstance(block, Items)))
    return _show(page, _link_parts("appraisal", parts, part))


def list_papers(edition: Edition) -> Pages:
    """Yield the list of papers, then each paper with the figures that rest on it."""
    resting: dict[str, dict[str, list[Figure]]] = {id_: defaultdict(list) for id_ in edition.ledger.sources}
    for figure in edition.ledger.figures:
        resting[figure.source][figure.project].append(figure)
    said: dict[str, dict[str, list[ProjectSaid]]] = {id_: defaultdict(list) for id_ in edition.ledger.sources}
    for project, record in edition.ledger.projects.items():
        for each in list_said(edition.ledger, record):
            said[each.source][project].append(each)
    stated = {id_: sum(map(len, figures.values())) for id_, figures in resting.items()}
    parts = divide(_enter(edition, id_, id_) for id_ in resting)
    for path, part in _list_paths("sources", parts):
        yield path, partial(_list_sources, edition, stated, parts, part)
    for id_, figures in resting.items():
        lines = Counter({project: len(some) for project, some in figures.items()})
        for project, others in said[id_].items():
            lines[project] += sum(1 + len(each.text) // _CHARACTERS for each in others)
        of_paper = _divide_projects(edition, lines)
        for path, part in _list_paths(f"papers/{id_}", of_paper):
            yield path, partial(_show_paper, edition, id_, (figures, said[id_]), of_paper, part)


_CHARACTERS = 500
"""So many characters of a text count as a line."""


def _list_sources(edition: Edition, stated: dict[str, int], parts: list[Part], part: Part | None) -> Values:
    """Return the papers, the latest first, with how many figures each states."""
    chosen = part.ids if part else [] if parts else list(stated)
    sources = edition.ledger.sources
    ordered = sorted(chosen, key=lambda id_: sources[id_].day, reverse=True)
    return "sources", {
        "title": "Papers, and what rests on them",
        "sources": [(id_, say_source(sources[id_]), sources[id_], count(stated[id_], "figure")) for id_ in ordered],
        "parts": _link_parts("sources", parts, part),
    }


def _show_paper(
    edition: Edition,
    id_: str,
    resting: tuple[Mapping[str, list[Figure]], Mapping[str, list[ProjectSaid]]],
    parts: list[Part],
    part: Part | None,
) -> Values:
    """Return what rests on a paper: figures, what else it says of projects, recommendations, and tables it prints."""
    ledger, (figures, said) = edition.ledger, resting
    chosen = part.ids if part else [] if parts else sort_by_name(ledger, {**figures, **said})
    return "paper", {
        "title": say_source(ledger.sources[id_]),
        "source": ledger.sources[id_],
        "figures": [_lead_to(edition, figure) for project in chosen for figure in figures.get(project, ())],
        "said": [
            {"href": f"../projects/{project}.html#{each.anchor}", "label": ledger.projects[project].name,
             "said": each.text}
            for project in chosen for each in said.get(project, ())
        ],
        "recommendations": [
            made.title or f"Recommendations of {made.made_by}" for made in ledger.recommendations.values()
            if id_ in {made.source, *(item.source for item in made.items.values())}
        ],
        "tables": [
            (f"../reconciliation/{other}.html", table.title) for other, table in ledger.published.items()
            if table.source == id_
        ],
        "is_empty": not figures,
        "parts": _link_parts(id_, parts, part),
    }  # fmt: skip


def _lead_to(edition: Edition, figure: Figure) -> dict[str, str]:
    anchor = f"#{anchor_of(figure)}" if figure.subject in edition.shown else ""
    return {
        "href": f"../projects/{figure.project}.html{anchor}",
        "label": name_figure(figure, edition.ledger),
        "said": say_figure(figure),
    }


def list_reconciliations(edition: Edition) -> Pages:
    """Yield the list of printed tables, then each beside the ledger."""
    results = {result.id: result for result in edition.reconciliations}
    parts = divide(_enter(edition, id_, each.table.source) for id_, each in results.items())
    for path, part in _list_paths("reconciliation", parts):
        yield path, partial(_list_tables, edition, results, parts, part)
    for id_, result in results.items():
        yield f"reconciliation/{id_}.html", partial(_reconcile, edition, result)


def _list_tables(edition: Edition, results: dict[str, Reconciliation], parts: list[Part], part: Part | None) -> Values:
    """Return the printed tables with their papers, and how each compares with the ledger."""
    rows = []
    for id_ in part.ids if part else [] if parts else results:
        table = results[id_].table
        place = ", ".join(filter(None, (name_paper(edition.ledger.sources[table.source]), table.at)))
        rows.append(Row((Link(table.title, f"reconciliation/{id_}.html"), place, say_verdict(results[id_]))))
    headings = ("Table", "Paper", "How it compares")
    shown = Table("Printed tables beside the ledger", headings, (False, False, False), tuple(rows))
    said = Paragraph("Each table as its paper prints it, beside the ledger." if results else _NO_TABLES)
    return _show(Page("Reconciliation", (said, shown) if rows else (said,)), _link_parts("reconciliation", parts, part))


_NO_TABLES = "The ledger has no printed tables."


def _reconcile(edition: Edition, result: Reconciliation) -> Values:
    blocks = make_reconciliation_page([result], edition.ledger).blocks
    return _show(Page(result.table.title, blocks[1:]), [])  # its first heading is the title


def slug(period: str) -> str:
    """Return a period as it stands in an anchor: `2009-10`, `2014-15_to_2018-19`, `a_year`. No id has an underscore."""
    return period.replace("/", "-").replace(" ", "_")


def anchor_of(figure: Figure) -> str:
    """Return the anchor, on its project's page, of the entry that tells where a figure comes from."""
    return f"{figure.benefit}-{slug(figure.period)}"


# --- parts


def _divide_projects(edition: Edition, lines: Mapping[str, int]) -> list[Part]:
    """Return the parts of a list in which each project has so many lines."""
    names = {id_: edition.ledger.projects[id_].name for id_ in lines}
    return divide(Entry(id_, names[id_], lines[id_], initial_of(names[id_])) for id_ in lines)


def _enter(edition: Edition, id_: str, source: str) -> Entry:
    """Return what is looked up by the year of a paper."""
    day = edition.ledger.sources[source].day
    return Entry(id_, format_day(day), 1, str(day.year))


def _list_paths(name: str, parts: list[Part]) -> Iterator[tuple[str, Part | None]]:
    """Yield the path of the page of a list, and of each of its parts."""
    yield f"{name}.html", None
    yield from ((f"{name}{part.ending}.html", part) for part in parts)


def _link_parts(name: str, parts: list[Part], shown: Part | None) -> list[tuple[str, str, bool]]:
    """Return the path of each part of a list from beside it, what it is called, and whether it is the one shown."""
    return [(f"{name}{part.ending}.html", part.label, part is shown) for part in parts]


def _show(page: Page, parts: list[tuple[str, str, bool]]) -> Values:
    return "page", {"page": page, "parts": parts}
