"""A trace, for people and for programs."""

from collections.abc import Iterator
from datetime import date

from emcollab.records.ledger import Figure, Ledger
from emcollab.render.page import Block, Heading, Items, Page, Paragraph, Quotation
from emcollab.render.pages.words import count, join, number, say_figure, say_kind, say_place
from emcollab.results.reconcile import AGREES, ReconciledCell
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
        "as_at": as_at.isoformat() if as_at else None,
        "total": dict(result.totals),
        "figures": [_entry_document(entry, ledger) for entry in result.entries],
    }


def _entry_document(entry: Entry, ledger: Ledger) -> dict[str, object]:
    figure = entry.stands.figure
    return {
        "project": figure.project,
        "benefit": figure.benefit,
        "area": figure.area,
        "category": figure.category,
        "cashability": figure.cashability or None,
        "year": figure.year or None,
        "basis": figure.basis,
        "amount": figure.amount,
        "source": _source_document(figure, ledger),
        **_said_document(entry.stands),
        "others": [
            {
                "basis": other.figure.basis, "amount": other.figure.amount, "source": other.figure.source,
                "date": other.figure.date.isoformat(), "difference": figure.amount - other.figure.amount,
                **_said_document(other),
            }
            for other in entry.others
        ],
    }  # fmt: skip


def _source_document(figure: Figure, ledger: Ledger) -> dict[str, object]:
    source = ledger.sources[figure.source]
    return {
        "id": figure.source, "title": source.title, "body": source.body, "date": source.date.isoformat(),
        "mark": source.mark,
    }  # fmt: skip


def _said_document(said: Said) -> dict[str, object]:
    return {
        "at": said.citation.at,
        "quote": said.citation.quote,
        "printed": [
            {
                "table": printed.table, "row": printed.cell.row, "column": printed.cell.label,
                "text": printed.cell.text, "verdict": printed.cell.verdict,
            }
            for printed in said.printed
        ],
    }  # fmt: skip


def _name(ledger: Ledger, subject: str) -> str:
    if not subject:
        return "TOTAL"
    project, slash, benefit = subject.partition("/")
    return ledger.label(project, benefit) if slash else ledger.projects[project].name


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
        change = _say_change(figure, other.figure)
        said = [f"also said: {say_figure(other.figure)}, {change}", where, *say_printed(other, ledger)]
        lines.append("; ".join(said))
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
    for printed in said.printed:
        table, cell = ledger.published[printed.table], printed.cell
        where = f"{table.title}{f' ({table.at})' if table.at else ''}, {printed.row}, {cell.label}"
        parts = f", a sum of {number(len(cell.figures))} figures" if len(cell.figures) > 1 else ""
        yield f"printed in {where}: '{cell.text}'{parts}, {_say_verdict(cell)}"


def _say_verdict(cell: ReconciledCell) -> str:
    return "which agrees" if cell.verdict == AGREES else f"which differs: {cell.why}"
