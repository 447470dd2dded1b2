"""A printed cell has digits, but is no number that can be compared with the ledger.

Cells are verbatim: `0.236`, `£1,324`, `(0.5)` for a minus, `120.0*` or `120.0 (a)` with the mark of a footnote, and
`-`, `TBC`, `Nil` or `20%`. Anything else may be a slip of the pen.

Wrong: `0.236.1`.
Right: `0.236`, as the paper prints it. If it prints `c. 20` or `2 of 3`, an entry in `accepted_differences` says why
the cell is not compared.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.problems import Finding, Keys
from emcollab.reconcile import TOTAL, Unreadable, find_acceptance, read_cell


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each cell that cannot be read."""
    for id_, table in ledger.published.items():
        rows: list[tuple[str, Keys, list[str]]] = [(row, ("rows", row), cells) for row, cells in table.rows.items()]
        for row, keys, cells in [*rows, (TOTAL, ("totals",), table.totals)]:
            for position, cell in enumerate(cells[: len(table.headings)]):
                if not _can_be_read(cell, table.unit) and not find_acceptance(table, row, position):
                    message = f"'{cell}' cannot be read as a number"
                    remedy = "write the cell as it is printed; if it is, say so in 'accepted_differences'"
                    yield Finding(f"published/{id_}.yaml", (*keys, position), message, remedy)


def _can_be_read(cell: str, unit: str | None) -> bool:
    try:
        read_cell(cell, unit)
    except Unreadable:
        return False
    return True
