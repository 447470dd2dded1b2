"""The public statement of a project, in plain English: what it is, what it brought, and what cannot be said.

Inspectors asked in 2010 for "statements about what cash or manpower savings individual projects have brought
about once implemented". Each sentence follows from the ledger; what no paper says is said to be so.
"""

from collections.abc import Iterator
from datetime import date

from emcollab.records.ledger import Figure, Ledger
from emcollab.render.page import Heading, Items, Page, Paragraph
from emcollab.render.pages.sentences import Told, say_of_itself, say_stated, say_year
from emcollab.render.pages.words import end_sentence, name_paper, say_source
from emcollab.results.standing import Standing
from emcollab.values.dates import format_day
from emcollab.values.periods import years_of

_Block = Heading | Paragraph | Items


def make_page(ledger: Ledger, standing: Standing, id_: str, as_at: date | None = None) -> Page:
    """Return the statement of the project `id_`; `as_at` is told, of the ledger as it was known on that day.

    `ledger` has all records, and only the figures of the project; `standing` says which figures of the whole one stand.
    """
    return Page(ledger.projects[id_].name, tuple(_list_blocks(ledger, standing, id_, as_at)))


def as_document(ledger: Ledger, standing: Standing, id_: str, as_at: date | None = None) -> dict[str, object]:
    """Return the statement for other programs, paragraph by paragraph under their headings; given the same."""
    parts: list[tuple[str | None, list[str]]] = [(None, [])]
    for block in _list_blocks(ledger, standing, id_, as_at):
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


def _list_blocks(ledger: Ledger, standing: Standing, id_: str, as_at: date | None) -> Iterator[_Block]:
    project = ledger.projects[id_]
    if as_at:
        yield Paragraph(f"As at {format_day(as_at)}: what later papers say is left out.")
    if project.summary:
        yield Paragraph(project.summary)
    yield Paragraph(say_of_itself(ledger, id_))
    yield Heading("Savings")
    yield from say_all(ledger, standing, id_, "saving") or [
        Paragraph("No paper gives a figure that it calls a saving.")
    ]
    for heading, category in (("Funding", "funding"), ("Not classified", "unclassified")):
        if paragraphs := say_all(ledger, standing, id_, category):
            yield Heading(heading)
            yield from paragraphs
    yield from _list_outcomes(ledger, id_)
    yield Heading("Costs")
    yield from say_all(ledger, standing, id_, "cost") or [Paragraph("No paper states a cost.")]
    yield Heading("The papers it rests on")
    cited = {citation.source for _, citation in project.citations()}
    papers = tuple(say_source(source) for paper, source in ledger.sources.items() if paper in cited)
    yield Items(papers) if papers else Paragraph("No paper speaks of it.")
    if begun := [years[0] for figure in ledger.figures if (years := years_of(figure.period))]:
        yield Paragraph(say_year(min(begun)))
    if project.note:
        yield Paragraph(f"Note: {project.note}")


def _list_outcomes(ledger: Ledger, id_: str) -> Iterator[_Block]:
    """Yield the outcomes under headings: those that came, those that are expected, and those of which no paper says."""
    is_closed = ledger.states[id_].status == "closed"
    for state, heading in (
        ("achieved", "What else came of it, as papers say"),
        ("expected", "What else was expected of it" if is_closed else "What else is expected of it"),
        (None, "What else is said of it"),
    ):
        said = [each for each in ledger.projects[id_].outcomes.values() if each.state == state]
        if texts := tuple(f"{each.text} ({name_paper(ledger.sources[each.source])})" for each in said):
            yield Heading(heading)
            yield Items(texts)


def say_all(ledger: Ledger, standing: Standing, id_: str, category: str) -> list[Paragraph]:
    """Return a paragraph on each benefit of a category, or on each cost, of which the papers state a figure."""
    paragraphs = []
    project = ledger.projects[id_]
    of_each: dict[str, list[Figure]] = {}
    for figure in ledger.figures:
        if figure.category == category:
            of_each.setdefault(figure.benefit, []).append(figure)
    for name, stated in (project.costs if category == "cost" else project.benefits).items():
        if figures := of_each.get(name):
            told = Told(ledger, stated, stated.label or name.replace("-", " ").capitalize(), figures, standing)
            paragraphs.append(Paragraph(" ".join([*say_stated(told), *_say_notes(told)])))
    return paragraphs


def _say_notes(told: Told) -> Iterator[str]:
    """Yield what a reader of the figures of a benefit or cost should know: of itself, and of those that stand."""
    notes = [told.record.note]
    notes += [told.record.statements[position].note for position in sorted({each.statement for each in told.standing})]
    yield from (f"Note: {end_sentence(note)}" for note in dict.fromkeys(notes) if note)
