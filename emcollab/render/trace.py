"""A trace, for people and for programs."""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.money import say_amount
from emcollab.pages import Block, Heading, Items, Page, Paragraph, Quotation
from emcollab.render.words import count, join, say_figure, say_kind, say_source
from emcollab.trace import Entry, Trace
from emcollab.years import format_day


def make_page(result: Trace, ledger: Ledger, subject: str, year: str = "") -> Page:
    """Return the trace of `subject` as a page: the sums, then each figure with its paper, place and quotation."""
    name = ledger.areas.get(subject) or _name(ledger, subject)
    title = f"{name}, {year}" if year else name
    blocks: list[Block] = []
    if result.as_at:
        blocks.append(Paragraph(f"As at {format_day(result.as_at)}."))
    sums = [f"{say_amount(total, result.measure)} in {each}" for each, total in result.totals.items()]
    counted = count(len(result.entries), "figure")
    blocks.append(Paragraph(f"{join(sums)}: {counted}." if sums else f"{counted.capitalize()}, and no total."))
    for entry in result.entries:
        blocks += _entry_blocks(entry, ledger)
    return Page(title, tuple(blocks))


def as_document(result: Trace, ledger: Ledger, subject: str) -> dict[str, object]:
    """Return the trace of `subject` for other programs: amounts exact."""
    return {
        "subject": subject or None,
        "measure": result.measure,
        "as_at": result.as_at.isoformat() if result.as_at else None,
        "total": dict(result.totals),
        "figures": [_entry_document(entry, ledger) for entry in result.entries],
    }


def _entry_document(entry: Entry, ledger: Ledger) -> dict[str, object]:
    figure, source = entry.figure, ledger.sources[entry.figure.source]
    return {
        "project": figure.project,
        "benefit": figure.benefit,
        "area": figure.area,
        "category": figure.category,
        "cashability": figure.cashability or None,
        "year": figure.year or None,
        "basis": figure.basis,
        "amount": figure.amount,
        "source": {
            "id": figure.source, "title": source.title, "body": source.body, "date": source.date.isoformat(),
            "mark": source.mark,
        },
        "at": entry.citation.at,
        "quote": entry.citation.quote,
        "others": [
            {"basis": other.basis, "amount": other.amount, "source": other.source, "date": other.date.isoformat(),
             "difference": figure.amount - other.amount}
            for other in entry.others
        ],
        "printed": [
            {"table": printed.table, "row": printed.cell.row, "column": printed.cell.label, "text": printed.cell.text,
             "verdict": printed.cell.verdict}
            for printed in entry.printed
        ],
    }  # fmt: skip


def _name(ledger: Ledger, subject: str) -> str:
    if not subject:
        return "TOTAL"
    project, slash, benefit = subject.partition("/")
    return ledger.label(project, benefit) if slash else ledger.projects[project].name


def _entry_blocks(entry: Entry, ledger: Ledger) -> Iterator[Block]:
    figure = entry.figure
    name = ledger.label(figure.project, figure.benefit)
    yield Heading(f"{name}, {figure.year or 'a year, no years being named'}: {say_figure(figure)}")
    lines = [
        f"{say_kind(figure)}; {figure.project}/{figure.benefit}, area {figure.area}",
        f"{say_source(ledger.sources[figure.source])}{f', {entry.citation.at}' if entry.citation.at else ''}",
    ]
    for other in entry.others:
        source = ledger.sources[other.source]
        change = figure.amount - other.amount
        moved = (
            f"{say_amount(abs(change), figure.measure)} {'more' if change > 0 else 'less'} now"
            if change
            else "the same"
        )
        lines.append(f"also said, {say_figure(other)}, {moved}: {source.title}, {format_day(source.date)}")
    for printed in entry.printed:
        table = ledger.published[printed.table]
        cell = printed.cell
        where = f"{table.title}{f' ({table.at})' if table.at else ''}"
        lines.append(f"printed in {where}, {cell.row}, {cell.label}: '{cell.text}', which {_says(cell.verdict)}")
    yield Items(tuple(lines))
    if entry.citation.quote:
        yield Quotation(entry.citation.quote)


def _says(verdict: str) -> str:
    return "agrees" if verdict == "agrees" else f"does not follow ({verdict})"
