"""What can be wrong with printed tables, in themselves and beside the ledger."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from emcollab.records.ledger import Ledger, project_path
from emcollab.records.published import Published
from emcollab.results.reconcile import (
    ACCEPTED,
    DIFFERS,
    NOT_IN_LEDGER,
    NOT_PRINTED,
    TOTAL,
    ReconciledCell,
    Reconciliation,
    Unreadable,
    decimals_of,
    find_acceptance,
    read_cell,
    show_as_printed,
)
from emcollab.results.totals import GROUPINGS
from emcollab.values.dates import format_day
from emcollab.values.problems import Fault, Keys, suggest

_AT_ODDS = frozenset({DIFFERS, NOT_IN_LEDGER, NOT_PRINTED})
_CUT = re.compile(r"[-(]*£?[0-9]{1,3},[0-9]{3}(\.[0-9]+)?\)?", re.ASCII)
"""What was one number before a comma ended its cell."""


def needless_acceptance(results: Iterable[Reconciliation]) -> Iterator[Fault]:
    """Yield each accepted difference of a table for which there is none, at its entry."""
    for result in results:
        cells = {(cell.row, cell.position) for cell in result.cells if cell.verdict == ACCEPTED}
        cells |= {(TOTAL, own.position) for own in result.sums if not own.agrees}
        headings = result.table.headings
        needed = [find_acceptance(result.table, row, headings[position]) for row, position in cells]
        for position, accepted in enumerate(result.table.accepted_differences):
            if not any(accepted is entry for entry in needed):
                column = "".join(f", {name}" for name in (accepted.year, accepted.column) if name)
                message = f"there is no difference in '{accepted.row}'{column}{',' if column else ''} to accept"
                remedy = "take the entry out, or mend its row and year"
                yield Fault(f"published/{result.id}.yaml", ("accepted_differences", position), message, remedy)


def uneven_row(ledger: Ledger) -> Iterator[Fault]:
    """Yield each row, totals among them, with too few cells or too many, at its name."""
    for id_, table in ledger.published.items():
        path, width = f"published/{id_}.yaml", len(table.headings)
        for _, keys, cells in _find_rows(table):
            if len(cells) != width:
                remedy = 'give one cell a column, "" for an empty one'
                cut = [number for number in map(",".join, pairwise(cells)) if _CUT.fullmatch(number)]
                if cut and len(cells) > width:
                    remedy = f'a comma ends a cell: put a number with commas in quotes, "{cut[0]}"'
                rests_on = tuple((path, each) for each in (keys, ("years",), ("columns",)))
                message = f"{len(cells)} cells under {width} columns"
                yield Fault(path, keys, message, remedy, on_key=True, rests_on=rests_on)


def _find_rows(table: Published) -> Iterator[tuple[str, Keys, list[str]]]:
    """Yield the id, the keys and the cells of each row, the totals last, if there are any."""
    yield from ((row, ("rows", row), cells) for row, cells in table.rows.items())
    if table.totals:
        yield TOTAL, ("totals",), table.totals


def unexplained_sum(results: Iterable[Reconciliation]) -> Iterator[Fault]:
    """Yield each printed total that is not the sum of its rows and is not accepted, at its cell."""
    for result in results:
        for own in result.sums:
            if not own.agrees and not own.accepted:
                decimals = decimals_of(result.table.totals[own.position])
                total, rows = (show_as_printed(result.table, amount, decimals) for amount in (own.printed, own.rows))
                message = f"the paper prints {total} as the total of {own.label}, and its rows add up to {rows}"
                remedy = "check the cells; if they are as printed, explain it in 'accepted_differences', 'row: total'"
                yield Fault(f"published/{result.id}.yaml", ("totals", own.position), message, remedy)


def unknown_row(ledger: Ledger) -> Iterator[Fault]:
    """Yield each row of a thing that is not there, and each accepted difference of a row that is not in its table."""
    for id_, table in ledger.published.items():
        path = f"published/{id_}.yaml"
        there = GROUPINGS[table.by].labels(ledger)
        for row in table.rows:
            if row not in there:
                home = ((f"{table.by}s.yaml", (row,)),) if table.by in {"area", "force"} else ()
                rests_on = ((path, ("by",)), *home)
                message = f"there is no {table.by} '{row}'"
                yield Fault(path, ("rows", row), message, suggest(row, there), on_key=True, rests_on=rests_on)
        for position, accepted in enumerate(table.accepted_differences):
            if accepted.row not in table.rows and accepted.row != TOTAL:
                keys = ("accepted_differences", position, "row")
                remedy = suggest(accepted.row, [*table.rows, TOTAL])
                message = f"the table has no row '{accepted.row}'"
                yield Fault(path, keys, message, remedy, rests_on=((path, ("rows",)),))


def unreadable_cell(ledger: Ledger) -> Iterator[Fault]:
    """Yield each cell, totals among them, that cannot be read as a number and is not accepted."""
    for id_, table in ledger.published.items():
        headings = table.headings
        for row, keys, cells in _find_rows(table):
            for position, (cell, heading) in enumerate(zip(cells, headings, strict=False)):
                try:
                    read_cell(cell, table.unit)
                except Unreadable:
                    if not find_acceptance(table, row, heading):
                        message = f"'{cell}' cannot be read as a number"
                        remedy = "write the cell as it is printed; if it is, say so in 'accepted_differences'"
                        yield Fault(f"published/{id_}.yaml", (*keys, position), message, remedy)


def unreconciled_cell(results: Iterable[Reconciliation]) -> Iterator[Fault]:
    """Yield each cell, but no total, that does not follow from the ledger and is not accepted."""
    for result in results:
        for cell in result.cells:
            if cell.row != TOTAL and cell.verdict in _AT_ODDS:
                yield _differs(result, cell, ("rows", cell.row, cell.position))


def _differs(result: Reconciliation, cell: ReconciledCell, keys: Keys) -> Fault:
    """Return the fault that `cell` does not follow from the ledger, and where its figures are written."""
    day = format_day(result.day)
    ledger_has = show_as_printed(result.table, cell.ledger)
    message = f"the paper prints '{cell.text}' for {cell.row}, {cell.label}; as at {day} the ledger has {ledger_has}"
    files = sorted({project_path(figure.project) for figure in cell.figures})
    mend = "state the paper's figures in the project that they are of"
    if files:
        mend = f"put the paper's own figures back in {', '.join(files[:3])} and state later ones in a new statement"
    remedy = f"if the cell is as printed, {mend}, or explain the difference in 'accepted_differences'"
    return Fault(f"published/{result.id}.yaml", keys, message, remedy)


def unreconciled_total(results: Iterable[Reconciliation]) -> Iterator[Fault]:
    """Yield each total that does not follow, where no row above it is at fault and the paper's sum is right."""
    for result in results:
        at_odds = {cell.position for cell in result.cells if cell.row != TOTAL and cell.verdict in _AT_ODDS}
        at_odds |= {own.position for own in result.sums if not own.agrees and not own.accepted}
        for cell in result.cells:
            if cell.row == TOTAL and cell.verdict in _AT_ODDS and cell.position not in at_odds:
                yield _differs(result, cell, ("totals", cell.position))
