"""The public statement of a project, in plain English: what it is, what it brought, and what cannot be said.

Inspectors asked in 2010 for "statements about what cash or manpower savings individual projects have brought
about once implemented". Each sentence follows from the ledger; what no paper says is said to be so.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from emcollab.records.benefit import Cost
from emcollab.records.ledger import Figure, Ledger
from emcollab.records.project import Project
from emcollab.render.page import Heading, Items, Page, Paragraph
from emcollab.render.pages.sentences import say_benefit, say_figures, say_notes, say_of_itself, say_year
from emcollab.render.pages.words import say_source
from emcollab.results.as_at import known_on, papers_of
from emcollab.results.standing import find_standing
from emcollab.values.dates import format_day

_Block = Heading | Paragraph | Items


def make_page(ledger: Ledger, id_: str, as_at: date | None = None) -> Page:
    """Return the statement of the project `id_`, as at a day: nothing of it is said by a later paper."""
    return Page(ledger.projects[id_].name, tuple(_list_blocks(ledger, id_, as_at)))


def _list_blocks(ledger: Ledger, id_: str, as_at: date | None) -> Iterator[_Block]:
    known = [figure for figure in ledger.figures if figure.project == id_ and (as_at is None or figure.date <= as_at)]
    project = known_on(ledger.projects[id_], ledger.sources, as_at)
    told = _Told(ledger, project, known, find_standing(known), as_at)
    if as_at:
        yield Paragraph(f"As at {format_day(as_at)}: what later papers say is left out.")
    if project.summary:
        yield Paragraph(project.summary)
    yield Paragraph(say_of_itself(ledger, ledger.projects[id_], project))
    yield from _saving_blocks(told)
    for heading, category in (("Funding", "funding"), ("Not classified", "unclassified")):
        if paragraphs := list(_say_benefits(told, category)):
            yield Heading(heading)
            yield from paragraphs
    if project.outcomes:
        yield Heading("What else came of it")
        yield Items(tuple(each.text for each in project.outcomes.values()))
    yield from _cost_blocks(told)
    yield from _paper_blocks(told)


def as_document(ledger: Ledger, id_: str, as_at: date | None = None) -> dict[str, object]:
    """Return the statement for other programs: the project, its paragraphs, and the papers it rests on."""
    parts: list[tuple[str | None, list[str]]] = [(None, [])]
    for block in _list_blocks(ledger, id_, as_at):
        if isinstance(block, Heading):
            parts.append((block.text, []))
        else:
            parts[-1][1].extend(block.texts if isinstance(block, Items) else [block.text])
    return {
        "project": id_,
        "name": ledger.projects[id_].name,
        "as_at": as_at,
        "parts": [{"heading": heading, "text": said} for heading, said in parts],
    }


class _Told(NamedTuple):
    """What papers tell of one project: its record, all its figures, and those that stand, as at a day."""

    ledger: Ledger
    project: Project
    known: list[Figure]
    standing: list[Figure]
    as_at: date | None

    def notes(self, stated: Cost, standing: list[Figure]) -> list[str]:
        """Return what a reader of the figures of a benefit or cost should know: of itself, and of those that stand.

        Its own note rests on all that papers state of it, and is left out if one of them is of after the day.
        """
        papers = [self.ledger.sources[statement.source].date for statement in stated.statements]
        notes = [stated.note] if self.as_at is None or max(papers) <= self.as_at else []
        positions = sorted({figure.statement for figure in standing})
        return list(filter(None, (*notes, *(stated.statements[position].note for position in positions))))

    def of(self, name: str, category: str) -> tuple[list[Figure], list[Figure]]:
        """Return the standing figures of one benefit or cost, and all its figures."""
        return (
            [figure for figure in self.standing if figure.benefit == name and figure.category == category],
            [figure for figure in self.known if figure.benefit == name and figure.category == category],
        )


def _saving_blocks(told: _Told) -> Iterator[_Block]:
    yield Heading("Savings")
    yield from list(_say_benefits(told, "saving")) or [Paragraph("No paper gives a figure that it calls a saving.")]


def _cost_blocks(told: _Told) -> Iterator[_Block]:
    yield Heading("Costs")
    paragraphs = []
    for name, cost in told.project.costs.items():
        standing, known = told.of(name, "cost")
        if known:
            said = [*say_figures(cost, name, "cost", standing, known), *say_notes(told.notes(cost, standing))]
            paragraphs.append(Paragraph(" ".join(said)))
    yield from paragraphs or [Paragraph("No paper states a cost.")]


def _say_benefits(told: _Told, category: str) -> Iterator[Paragraph]:
    for name, benefit in told.project.benefits.items():
        standing, known = told.of(name, category)
        if known:
            same = _find_same(told, benefit.possible_duplicate_of)
            said = [*say_benefit(benefit, name, same, standing, known), *say_notes(told.notes(benefit, standing))]
            yield Paragraph(" ".join(said))


def _find_same(told: _Told, other: str | None) -> str:
    """Return what to call the benefit that may be the same, if a paper spoke of it by the day."""
    if other is None:
        return ""
    project, _, name = other.partition("/")
    record = told.ledger.projects[project]
    stated = record.benefits.get(name) or record.costs[name]
    first = min(told.ledger.sources[statement.source].date for statement in stated.statements)
    return told.ledger.label(project, name) if told.as_at is None or first <= told.as_at else ""


def _paper_blocks(told: _Told) -> Iterator[_Block]:
    yield Heading("The papers it rests on")
    cited = set(papers_of(told.project))
    papers = [
        say_source(source)
        for id_, source in told.ledger.sources.items()
        if id_ in cited and (told.as_at is None or source.date <= told.as_at)
    ]
    yield Items(tuple(papers)) if papers else Paragraph("No paper speaks of it.")
    if years := sorted(figure.year for figure in told.known if figure.year):
        yield Paragraph(say_year(years[0]))
    if told.project.note:
        yield Paragraph(f"Note: {told.project.note}")
