"""A printed cell that the ledger, as at its paper's date, does not reproduce, and that nobody has explained.

Either the cell was copied wrongly, or a figure of the paper was, or somebody changed a figure that a
committee has read. A later figure is a new statement from a later paper: the ledger as at the earlier date
then stays as it was.

Wrong: changing `estimate: {2009/10: £1.324m}` to `£1.400m` because a later paper says so.
Right: a second statement, with the later paper as its source. If the paper itself is at odds with what it rests
on, an entry in `accepted_differences` says why.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import project_path
from emcollab.problems import Finding, Keys
from emcollab.reconcile import (
    DIFFERS,
    NOT_IN_LEDGER,
    NOT_PRINTED,
    TOTAL,
    Cell,
    Reconciliation,
    reconcile_all,
    show_as_printed,
)
from emcollab.years import format_day

AT_ODDS = frozenset({DIFFERS, NOT_IN_LEDGER, NOT_PRINTED})


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each cell that does not follow from the ledger."""
    for result in reconcile_all(ledger):
        for cell in result.cells:
            if cell.row != TOTAL and cell.verdict in AT_ODDS:
                yield difference(ledger, result, cell, ("rows", cell.row, cell.position))


def difference(ledger: Ledger, result: Reconciliation, cell: Cell, keys: Keys) -> Finding:
    """Return the finding that `cell` does not follow from the ledger, and where its figures are written."""
    day = format_day(ledger.sources[result.table.source].date)
    ledger_has = show_as_printed(result.table, cell.ledger)
    message = f"the paper prints '{cell.text}' for {cell.row}, {cell.label}; as at {day} the ledger has {ledger_has}"
    files = sorted({project_path(figure.project) for figure in cell.figures})
    mend = (
        f"put the paper's own figures back in {', '.join(files[:3])} and state later ones in a new statement"
        if files
        else "state the paper's figures in the project that they are of"
    )
    remedy = f"if the cell is as printed, {mend}, or explain the difference in 'accepted_differences'"
    return Finding(f"published/{result.id}.yaml", keys, message, remedy)
