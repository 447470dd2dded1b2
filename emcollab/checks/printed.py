"""What can be wrong with printed tables, in themselves and beside the ledger."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from emcollab.records.ledger import Ledger, project_path
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
from emcollab.values.problems import Finding, Keys, Place, suggest


def needless_acceptance(results: Iterable[Reconciliation]) -> Iterator[Finding]:
    """Yield each acceptance without a difference."""
    for result in results:
        needed = _find_needed(result)
        for position, accepted in enumerate(result.table.accepted_differences):
            if position not in needed:
                keys = ("accepted_differences", position)
                column = "".join(f", {name}" for name in (accepted.year, accepted.column) if name)
                message = f"there is no difference in '{accepted.row}'{column}{',' if column else ''} to accept"
                remedy = "take the entry out, or mend its row and year"
                yield Finding(f"published/{result.id}.yaml", keys, message, remedy)


def _find_needed(result: Reconciliation) -> set[int]:
    """Return the positions of the entries by which a difference is accepted."""
    cells = {(cell.row, cell.position) for cell in result.cells if cell.verdict == ACCEPTED}
    cells |= {(TOTAL, own.position) for own in result.sums if not own.agrees}
    headings = result.table.headings
    found = [find_acceptance(result.table, row, headings[position]) for row, position in cells]
    entries = result.table.accepted_differences
    return {position for position, entry in enumerate(entries) if any(entry is needed for needed in found)}


def uneven_row(ledger: Ledger) -> Iterator[Finding]:
    """Yield each row with too few cells or too many."""
    for id_, table in ledger.published.items():
        width = len(table.headings)
        rows: list[tuple[Keys, list[str]]] = [(("rows", row), cells) for row, cells in table.rows.items()]
        if table.totals:
            rows.append((("totals",), table.totals))
        for keys, cells in rows:
            if len(cells) != width:
                message = f"{len(cells)} cells under {width} columns"
                path = f"published/{id_}.yaml"
                rests_on = tuple((path, known) for known in (keys, ("years",), ("columns",)))
                yield Finding(path, keys, message, _say_even(cells, width), on_key=True, rests_on=rests_on)


def _say_even(cells: list[str], width: int) -> str:
    for first, second in pairwise(cells):
        number = f"{first},{second}"
        if len(cells) > width and _CUT.fullmatch(number):
            return f'a comma ends a cell: put a number with commas in quotes, "{number}"'
    return 'give one cell a column, "" for an empty one'


_CUT = re.compile(r"[-(]*£?[0-9]{1,3},[0-9]{3}(\.[0-9]+)?\)?", re.ASCII)


def unexplained_sum(results: Iterable[Reconciliation]) -> Iterator[Finding]:
    """Yield each printed total that does not add up."""
    for result in results:
        for own in result.sums:
            if not own.agrees and not own.accepted:
                decimals = decimals_of(result.table.totals[own.position])
                total, rows = (show_as_printed(result.table, amount, decimals) for amount in (own.printed, own.rows))
                message = f"the paper prints {total} as the total of {own.label}, and its rows add up to {rows}"
                remedy = "check the cells; if they are as printed, explain it in 'accepted_differences', 'row: total'"
                yield Finding(f"published/{result.id}.yaml", ("totals", own.position), message, remedy)


def unknown_row(ledger: Ledger) -> Iterator[Finding]:
    """Yield each row that is not there."""
    for id_, table in ledger.published.items():
        path = f"published/{id_}.yaml"
        known = GROUPINGS[table.by].labels(ledger)
        for row in table.rows:
            if row not in known:
                message = f"there is no {table.by} '{row}'"
                rests_on = ((path, ("by",)), *_homes(table.by, row))
                yield Finding(path, ("rows", row), message, suggest(row, known), on_key=True, rests_on=rests_on)
        for position, accepted in enumerate(table.accepted_differences):
            if accepted.row not in table.rows and accepted.row != TOTAL:
                keys = ("accepted_differences", position, "row")
                remedy = suggest(accepted.row, [*table.rows, TOTAL])
                message = f"the table has no row '{accepted.row}'"
                yield Finding(path, keys, message, remedy, rests_on=((path, ("rows",)),))


def _homes(by: str, row: str) -> Iterator[Place]:
    """Yield where the area, force or project of a row would be."""
    if by in {"area", "force"}:
        yield f"{by}s.yaml", (row,)


def unreadable_cell(ledger: Ledger) -> Iterator[Finding]:
    """Yield each cell that cannot be read."""
    for id_, table in ledger.published.items():
        rows: list[tuple[str, Keys, list[str]]] = [(row, ("rows", row), cells) for row, cells in table.rows.items()]
        headings = table.headings
        for row, keys, cells in [*rows, (TOTAL, ("totals",), table.totals)]:
            for position, (cell, heading) in enumerate(zip(cells, headings, strict=False)):
                if not _can_be_read(cell, table.unit) and not find_acceptance(table, row, heading):
                    message = f"'{cell}' cannot be read as a number"
                    remedy = "write the cell as it is printed; if it is, say so in 'accepted_differences'"
                    yield Finding(f"published/{id_}.yaml", (*keys, position), message, remedy)


def _can_be_read(cell: str, unit: str | None) -> bool:
    try:
        read_cell(cell, unit)
    except Unreadable:
        return False
    return True


AT_ODDS = frozenset({DIFFERS, NOT_IN_LEDGER, NOT_PRINTED})


def unreconciled_cell(results: Iterable[Reconciliation]) -> Iterator[Finding]:
    """Yield each cell that does not follow from the ledger."""
    for result in results:
        for cell in result.cells:
            if cell.row != TOTAL and cell.verdict in AT_ODDS:
                yield _difference(result, cell, ("rows", cell.row, cell.position))


def _difference(result: Reconciliation, cell: ReconciledCell, keys: Keys) -> Finding:
    """Return the finding that `cell` does not follow from the ledger, and where its figures are written."""
    ledger_has = show_as_printed(result.table, cell.ledger)
    as_at = f"as at {format_day(result.day)} the ledger has {ledger_has}"
    message = f"the paper prints '{cell.text}' for {cell.row}, {cell.label}; {as_at}"
    files = sorted({project_path(figure.project) for figure in cell.figures})
    mend = (
        f"put the paper's own figures back in {', '.join(files[:3])} and state later ones in a new statement"
        if files
        else "state the paper's figures in the project that they are of"
    )
    remedy = f"if the cell is as printed, {mend}, or explain the difference in 'accepted_differences'"
    return Finding(f"published/{result.id}.yaml", keys, message, remedy)


def unreconciled_total(results: Iterable[Reconciliation]) -> Iterator[Finding]:
    """Yield each total that does not follow, where no row above it is at fault and the paper's sum is right."""
    for result in results:
        at_odds = {cell.position for cell in result.cells if cell.row != TOTAL and cell.verdict in AT_ODDS}
        at_odds |= {own.position for own in result.sums if not own.agrees and not own.accepted}
        for cell in result.cells:
            if cell.row == TOTAL and cell.verdict in AT_ODDS and cell.position not in at_odds:
                yield _difference(result, cell, ("totals", cell.position))
