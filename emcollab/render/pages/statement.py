"""The public statement of a project, in plain English: what it is, what it brought, and what cannot be said.

Inspectors asked in 2010 for "statements about what cash or manpower savings individual projects have brought
about once implemented". Each sentence follows from the ledger; what no paper says is said to be so.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from emcollab.records.benefit import Cost
from emcollab.records.ledger import Figure, Ledger
from emcollab.records.project import Project
from emcollab.render.page import Heading, Items, Page, Paragraph
from emcollab.render.pages.sentences import say_of_itself, say_stated, say_year
from emcollab.render.pages.words import end_sentence, say_source
from emcollab.results.as_at import known_on, papers_of
from emcollab.results.standing import find_standing
from emcollab.values.dates import format_day

_Block = Heading | Paragraph | Items


def make_page(ledger: Ledger, id_: str, as_at: date | None = None) -> Page:
    """Return the statement of the project `id_`, as at a day: nothing of it is said by a later paper.

    `ledger` has all records, and only those figures of the project that were known on the day.
    """
    return Page(ledger.projects[id_].name, tuple(_list_blocks(ledger, id_, as_at)))


def as_document(ledger: Ledger, id_: str, as_at: date | None = None) -> dict[str, object]:
    """Return the statement for other programs, paragraph by paragraph under their headings; of the same ledger."""
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


class _Statement(NamedTuple):
    """What a statement is made of: the project as a day's papers tell of it, and the figures of it that stand."""

    ledger: Ledger
    project: Project
    standing: list[Figure]
    as_at: date | None

    def is_past(self, papers: Iterable[str]) -> bool:
        """Return whether all of `papers` are of the day or before."""
        return self.as_at is None or all(self.ledger.sources[paper].date <= self.as_at for paper in papers)


def _list_blocks(ledger: Ledger, id_: str, as_at: date | None) -> Iterator[_Block]:
    project = known_on(ledger.projects[id_], ledger.sources, as_at)
    statement = _Statement(ledger, project, find_standing(ledger.figures), as_at)
    if as_at:
        yield Paragraph(f"As at {format_day(as_at)}: what later papers say is left out.")
    if project.summary:
        yield Paragraph(project.summary)
    yield Paragraph(say_of_itself(ledger, ledger.projects[id_], project))
    yield Heading("Savings")
    yield from _say_stated(statement, "saving") or [Paragraph("No paper gives a figure that it calls a saving.")]
    for heading, category in (("Funding", "funding"), ("Not classified", "unclassified")):
        if paragraphs := _say_stated(statement, category):
            yield Heading(heading)
            yield from paragraphs
    if project.outcomes:
        yield Heading("What else came of it")
        yield Items(tuple(each.text for each in project.outcomes.values()))
    yield Heading("Costs")
    yield from _say_stated(statement, "cost") or [Paragraph("No paper states a cost.")]
    yield Heading("The papers it rests on")
    cited = set(papers_of(project))
    papers = [say_source(source) for paper, source in ledger.sources.items()
              if paper in cited and statement.is_past([paper])]  # fmt: skip
    yield Items(tuple(papers)) if papers else Paragraph("No paper speaks of it.")
    if years := sorted(figure.year for figure in ledger.figures if figure.year):
        yield Paragraph(say_year(years[0]))
    if project.note:
        yield Paragraph(f"Note: {project.note}")


def _say_stated(statement: _Statement, category: str) -> list[Paragraph]:
    """Return a paragraph on each benefit of a category, or on each cost, of which the papers state a figure."""
    paragraphs = []
    for name, stated in (statement.project.costs if category == "cost" else statement.project.benefits).items():
        standing, figures = (
            [figure for figure in some if figure.benefit == name and figure.category == category]
            for some in (statement.standing, statement.ledger.figures)
        )
        if figures:
            same = _find_same(statement, stated.possible_duplicate_of)
            said = say_stated(stated, name, same, standing, figures)
            paragraphs.append(Paragraph(" ".join([*said, *_say_notes(statement, stated, standing)])))
    return paragraphs


def _say_notes(statement: _Statement, stated: Cost, standing: list[Figure]) -> Iterator[str]:
    """Yield what a reader of the figures of a benefit or cost should know: of itself, and of those that stand.

    Its own note rests on all that papers state of it, and is left out if one of them is of after the day.
    """
    notes = [stated.note] if statement.is_past(each.source for each in stated.statements) else []
    notes += [stated.statements[position].note for position in sorted({figure.statement for figure in standing})]
    yield from (f"Note: {end_sentence(note)}" for note in dict.fromkeys(notes) if note)


def _find_same(statement: _Statement, other: str | None) -> str:
    """Return what to call the benefit that may be the same, if a paper spoke of it by the day."""
    if other is None:
        return ""
    project, _, name = other.partition("/")
    stated = statement.ledger.stated(project, name)
    spoken_of = any(statement.is_past([each.source]) for each in stated.statements)
    return statement.ledger.label(project, name) if spoken_of else ""
