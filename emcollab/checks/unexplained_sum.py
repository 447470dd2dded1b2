"""A paper's own total is not the sum of its rows, by more than rounding, and nobody has acknowledged it.

What was printed is kept. But whoever reads the table must be told, so the difference has to be looked at once.

Wrong: a total of 473,398 over rows that add up to 472,398, and nothing said.
Right: the same, and under `accepted_differences`: `{row: total, year: 2017/18, why: …}`.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.problems import Finding
from emcollab.reconcile import decimals_of, reconcile_all, show_as_printed


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each printed total that does not add up."""
    for result in reconcile_all(ledger):
        for own in result.sums:
            if not own.agrees and not own.accepted:
                decimals = decimals_of(result.table.totals[own.position])
                total, rows = (show_as_printed(result.table, amount, decimals) for amount in (own.printed, own.rows))
                message = f"the paper prints {total} as the total of {own.label}, and its rows add up to {rows}"
                remedy = "check the cells; if they are as printed, explain it in 'accepted_differences', 'row: total'"
                yield Finding(f"published/{result.id}.yaml", ("totals", own.position), message, remedy)
