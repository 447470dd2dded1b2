"""A printed cell has digits, but is no number that can be compared with the ledger.

Cells are verbatim: `0.236`, `£1,324`, `(0.5)` for a minus, `120.0*` with the mark of a footnote, and `-`, `TBC` or
`Nil`. Anything else may be a slip of the pen.

Wrong: `0.236.1`.
Right: `0.236`, as the paper prints it.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.problems import Finding, Keys
from emcollab.reconcile import Unreadable, read_cell


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each cell that cannot be read."""
    for id_, table in ledger.published.items():
        rows: list[tuple[Keys, list[str]]] = [(("rows", row), cells) for row, cells in table.rows.items()]
        for keys, cells in [*rows, (("totals",), table.totals)]:
            for position, cell in enumerate(cells):
                try:
                    read_cell(cell)
                except Unreadable:
                    place = (*keys, position)
                    message = f"'{cell}' cannot be read as a number"
                    yield Finding(f"published/{id_}.yaml", place, message, "write the cell as it is printed")
