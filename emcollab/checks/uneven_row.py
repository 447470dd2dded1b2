"""A row of a printed table has not one cell a column.

Wrong: `years: [2008/09, 2009/10]` and a row `[0.236, 0.637, 0.685]`.
Right: one cell for each column, `""` for a cell that was printed empty.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

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
                path = f"published/{id_}.yaml"
                rests_on = tuple((path, known) for known in (keys, ("years",), ("columns",)))
                yield Finding(path, keys, message, _remedy(cells, width), on_key=True, rests_on=rests_on)


def _remedy(cells: list[str], width: int) -> str:
    for first, second in pairwise(cells):
        number = f"{first},{second}"
        if len(cells) > width and _CUT.fullmatch(number):
            return f'a comma ends a cell: put a number with commas in quotes, "{number}"'
    return 'give one cell a column, "" for an empty one'


_CUT = re.compile(r"[-(]*£?[0-9]{1,3},[0-9]{3}(\.[0-9]+)?\)?", re.ASCII)
