"""A difference is accepted that is not there.

An acceptance left behind would hide the next difference in the same cell.

Wrong: `accepted_differences` for a row that agrees with the ledger in every year it names.
Right: the entry taken out.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.problems import Finding
from emcollab.reconcile import ACCEPTED, TOTAL, Reconciliation, find_acceptance, reconcile_all


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each acceptance without a difference."""
    for result in reconcile_all(ledger):
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
    found = [find_acceptance(result.table, row, column) for row, column in cells]
    entries = result.table.accepted_differences
    return {position for position, entry in enumerate(entries) if any(entry is needed for needed in found)}
