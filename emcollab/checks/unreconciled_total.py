"""A printed total that the ledger, as at its paper's date, does not reproduce, though its rows agree.

Wrong: `totals: [£12.353, …]` over rows that add up to 12.335.
Right: the total as it is printed. If it is printed wrongly, it stays, and an entry in `accepted_differences` with
`row: total` says so.
"""

from collections.abc import Iterator

from emcollab.checks.unreconciled_cell import AT_ODDS, difference
from emcollab.ledger import Ledger
from emcollab.problems import Finding
from emcollab.reconcile import TOTAL, reconcile_all


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each total that does not follow, where no row above it is at fault and the paper's sum is right."""
    for result in reconcile_all(ledger):
        at_odds = {cell.position for cell in result.cells if cell.row != TOTAL and cell.verdict in AT_ODDS}
        at_odds |= {own.position for own in result.sums if not own.agrees and not own.accepted}
        for cell in result.cells:
            if cell.row == TOTAL and cell.verdict in AT_ODDS and cell.position not in at_odds:
                yield difference(ledger, result, cell, ("totals", cell.position))
