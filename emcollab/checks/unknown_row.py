"""A printed table has a row, or accepts a difference in a row, that stands for nothing in the ledger.

A row of a table `by: area` has the id of an area; `by: project` and `by: force` alike; `by: category` and
`by: cashability` have the values of these.

Wrong: `rows: {mobile-data: […]}` in a table `by: area`, where the area is `mobile-data-savings`.
Right: `rows: {mobile-data-savings: […]}`.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.problems import Finding, Place, suggest
from emcollab.reconcile import TOTAL
from emcollab.totals import GROUPINGS


def check(ledger: Ledger) -> Iterator[Finding]:
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
