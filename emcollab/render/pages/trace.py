"""A trace, for people and for programs."""

from collections.abc import Iterator
from datetime import date

from emcollab.records.ledger import Figure, Ledger
from emcollab.render.page import Block, Heading, Items, Page, Paragraph, Quotation
from emcollab.render.pages.words import count, join, number, say_figure, say_kind, say_place
from emcollab.results.reconcile import AGREES
from emcollab.results.trace import Entry, Said, Trace
from emcollab.values.dates import format_day
from emcollab.values.money import say_amount, say_amounts


def make_page(result: Trace, ledger: Ledger, subject: str, year: str = "", as_at: date | None = None) -> Page:
    """Return the trace of `subject` as a page: the sums, then each figure with its paper, place and quotation.

    `as_at` is told, of a trace in the ledger as it was known on that day.
    """
    name = ledger.areas.get(subject) or _name(ledger, subject)
    title = f"{name}, {year}" if year else name
    blocks: list[Block] = []
    if as_at:
        blocks.append(Paragraph(f"As at {format_day(as_at)}."))
    totals = say_amounts(list(result.totals.values()), result.measure)
    sums = [f"{total} in {each}" for each, total in zip(result.totals, totals, strict=True)]
    counted = count(len(result.entries), "figure")
    blocks.append(Paragraph(f"{join(sums)}: {counted}." if sums else f"{counted.capitalize()}, and no total."))
    for entry in result.entries:
        blocks += _entry_blocks(entry, ledger)
    return Page(title, tuple(blocks))


def as_document(result: Trace, ledger: Ledger, subject: str, as_at: date | None = None) -> dict[str, object]:
    """Return the trace of `subject` for other programs: amounts exact; `as_at` as in `make_page`."""
    return {
        "subject": subject or None,
        "measure": result.measure,
        "as_at": as_at,
        "total": dict(result.totals),
        "figures": [_entry_document(entry, ledger) for entry in result.entries],
    }


def _entry_document(entry: Entry, ledger: Ledger) -> dict[str, object]:
    figure = entry.stands.figure
    source = ledger.sources[figure.source]
    return {
        "project": figure.project, "benefit": figure.benefit, "area": figure.area, "category": figure.category,
        "cashability": figure.cashability or None, "year": figure.year or None, "basis": figure.basis,
        "amount": figure.amount,
        "source": {
            "id": figure.source, "title": source.title, "body": source.body, "date": source.date.isoformat(),
            "mark": source.mark,
        },
        **_said_document(entry.stands),
        "others": [
            {
                "basis": other.basis, "amount": other.amount, "source": other.source,
                "date": other.date, "difference": figure.amount - other.amount, **_said_document(said),
            }
            for said in entry.others
            for other in [said.figure]
        ],
    }  # fmt: skip


def _said_document(said: Said) -> dict[str, object]:
    printed = [
        {"table": table, "row": cell.row, "column": cell.label, "text": cell.text, "verdict": cell.verdict}
        for table, _, cell in said.printed
    ]
    return {"at": said.citation.at, "quote": said.citation.quote, "printed": printed}


def _name(ledger: Ledger, subject: str) -> str:
    project, slash, benefit = subject.partition("/")
    if slash:
        return ledger.label(project, benefit)
    return ledger.projects[project].name if subject else "TOTAL"


def _entry_blocks(entry: Entry, ledger: Ledger) -> Iterator[Block]:
    figure, citation, _ = entry.stands
    name = ledger.label(figure.project, figure.benefit)
    yield Heading(f"{name}, {figure.year or 'a year, no years being named'}: {say_figure(figure)}")
    lines = [
        f"{say_kind(figure)}; {figure.project}/{figure.benefit}, area {figure.area}",
        say_place(ledger.sources[figure.source], citation.at),
        *say_printed(entry.stands, ledger),
    ]
    for other in entry.others:
        where = say_place(ledger.sources[other.figure.source], other.citation.at)
        said = f"also said: {say_figure(other.figure)}, {_say_change(figure, other.figure)}"
        lines.append("; ".join([said, where, *say_printed(other, ledger)]))
    yield Items(tuple(lines))
    if citation.quote:
        yield Quotation(citation.quote)


def _say_change(now: Figure, then: Figure) -> str:
    change = now.amount - then.amount
    if not change:
        return "the same as what stands"
    return f"{say_amount(abs(change), now.measure)} {'less' if change > 0 else 'more'} than what stands"


def say_printed(said: Said, ledger: Ledger) -> Iterator[str]:
    """Yield where a figure was printed, and whether the cell agrees with the ledger as at the day of its paper."""
    for id_, row, cell in said.printed:
        table = ledger.published[id_]
        where = f"{table.title}{f' ({table.at})' if table.at else ''}, {row}, {cell.label}"
        parts = f", a sum of {number(len(cell.figures))} figures" if len(cell.figures) > 1 else ""
        verdict = "which agrees" if cell.verdict == AGREES else f"which differs: {cell.why}"
        yield f"printed in {where}: '{cell.text}'{parts}, {verdict}"
