"""A difference is accepted that is not there.

An acceptance left behind would hide the next difference in the same cell.

Wrong: `accepted_differences` for a row that agrees with the ledger in every year it names.
Right: the entry taken out.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.problems import Finding
from emcollab.reconcile import ACCEPTED, TOTAL, is_accepted, reconcile_all


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each acceptance without a difference."""
    for result in reconcile_all(ledger):
        used = {(cell.row, cell.why) for cell in result.cells if cell.verdict == ACCEPTED}
        used |= {(TOTAL, is_accepted(result.table, TOTAL, own.position)) for own in result.sums if not own.agrees}
        for position, accepted in enumerate(result.table.accepted_differences):
            if (accepted.row, accepted.why) not in used:
                keys = ("accepted_differences", position)
                message = f"there is no difference in '{accepted.row}' to accept"
                remedy = "take the entry out, or mend its row and year"
                yield Finding(f"published/{result.id}.yaml", keys, message, remedy)
