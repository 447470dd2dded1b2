"""Reconciliations, for people and for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator

from emcollab.records.ledger import Ledger
from emcollab.render.page import Block, Heading, Items, Page, Paragraph, Row, Table
from emcollab.render.pages.words import count, join, say_place
from emcollab.results.reconcile import (
    ACCEPTED,
    AGREES,
    DIFFERS,
    NOT_IN_LEDGER,
    NOT_PRINTED,
    TOTAL,
    Reconciliation,
    Sum,
    show_as_printed,
)
from emcollab.results.totals import GROUPINGS

_VERDICTS = {
    AGREES: ("agrees", "agree"),
    ACCEPTED: ("differs and is explained", "differ and are explained"),
    DIFFERS: ("differs", "differ"),
    NOT_IN_LEDGER: ("is not in the ledger", "are not in the ledger"),
    NOT_PRINTED: ("is not printed", "are not printed"),
}
"""What is said of one cell of a verdict, and of several."""


def make_page(results: Iterable[Reconciliation], ledger: Ledger) -> Page:
    """Return each printed table beside the ledger, its verdict first."""
    blocks = [block for result in results for block in _blocks(result, ledger)]
    return Page("Reconciliation", tuple(blocks) or (Paragraph("The ledger has no printed tables."),))


def say_verdict(result: Reconciliation) -> str:
    """Return in a sentence how the table as a whole compares: `33 cells and 3 totals agree; nothing is left over`."""
    cells = [cell for cell in result.cells if cell.row != TOTAL]
    totals = [cell for cell in result.cells if cell.row == TOTAL]
    verdicts = Counter(cell.verdict for cell in result.cells)
    if set(verdicts) == {AGREES}:
        counted = [count(len(cells), "cell"), *([count(len(totals), "total")] if totals else [])]
        parts = [f"{join(counted)} {_VERDICTS[AGREES][len(result.cells) > 1]}"]
    else:
        parts = [f"{number:,} {_VERDICTS[verdict][number > 1]}" for verdict, number in verdicts.items()]
        parts[0] = f"of {count(len(result.cells), 'cell')}{' and totals' if totals else ''}, {parts[0]}"
    parts += [_say_sum(result, own) for own in result.sums if not own.agrees]
    if result.missing:
        parts.append(f"no row for {join(result.missing)}")
    elif set(verdicts) == {AGREES}:
        parts.append("nothing is left over")
    return "; ".join(parts)


def as_document(results: Iterable[Reconciliation]) -> list[dict[str, object]]:
    """Return the reconciliations for other programs: amounts exact, in pounds, posts or hours."""
    return [
        {
            "id": result.id,
            "source": result.table.source,
            "verdict": say_verdict(result),
            "cells": [
                {
                    "row": cell.row, "column": cell.label, "text": cell.text, "printed": cell.printed,
                    "ledger": cell.ledger, "difference": cell.difference, "verdict": cell.verdict,
                    "why": cell.why or None,
                }
                for cell in result.cells
            ],
            "sums": [
                {
                    "column": own.label, "rows": own.rows, "printed": own.printed, "agrees": own.agrees,
                    "accepted": own.accepted,
                }
                for own in result.sums
            ],
            "not_printed": result.missing,
        }
        for result in results
    ]  # fmt: skip


def _blocks(result: Reconciliation, ledger: Ledger) -> Iterator[Block]:
    table, verdict = result.table, say_verdict(result)
    place = say_place(ledger.sources[table.source], table.at)
    yield Heading(f"{table.title} ({result.id})")
    yield Paragraph(f"{place}. {verdict[:1].upper()}{verdict[1:]}.")
    names = {**GROUPINGS[table.by].labels(ledger), TOTAL: "TOTAL"}
    rows = []
    for cell in result.cells:
        ledger_has = "-" if cell.ledger is None else show_as_printed(table, cell.ledger)
        difference = show_as_printed(table, cell.difference) if cell.difference else ""
        rows.append(Row((names[cell.row], cell.label, cell.text, ledger_has, difference, cell.verdict)))
    headings = ("Row", "Column", "Printed", "Ledger", "Difference", "Verdict")
    yield Table(f"In {table.unit or table.measure}", headings, (False, False, True, True, True, False), tuple(rows))
    accepted = (cell for cell in result.cells if cell.verdict == ACCEPTED)
    if reasons := tuple(f"{names[cell.row]}, {cell.label}: {cell.why}" for cell in accepted):
        yield Paragraph("Accepted differences:")
        yield Items(reasons)


def _say_sum(result: Reconciliation, own: Sum) -> str:
    printed, rows = show_as_printed(result.table, own.printed), show_as_printed(result.table, own.rows)
    known = ", which is explained" if own.accepted else ""
    return f"the paper's own total of {own.label} is {printed}, and its rows add up to {rows}{known}"
