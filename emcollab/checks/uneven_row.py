"""A row of a printed table has not one cell a column.

Wrong: `years: [2008/09, 2009/10]` and a row `[0.236, 0.637, 0.685]`.
Right: one cell for each column, `""` for a cell that was printed empty.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.problems import Finding, Keys


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each row with too few cells or too many."""
    for id_, table in ledger.published.items():
        width = len(table.headings)
        rows: list[tuple[Keys, list[str]]] = [(("rows", row), cells) for row, cells in table.rows.items()]
        if table.totals:
            rows.append((("totals",), table.totals))
        for keys, cells in rows:
            if len(cells) != width:
                message = f"{len(cells)} cells under {width} columns"
                remedy = 'give one cell a column, "" for an empty one'
                yield Finding(f"published/{id_}.yaml", keys, message, remedy, on_key=True)
