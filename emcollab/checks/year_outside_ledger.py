"""A figure is in a year before the ledger's first or after its last.

`first_year` and `last_year` in ledger.yaml say which years the ledger covers, so that a slip of the pen
(`2001/02` for `2011/12`) does not add a column to every table.

Wrong: `estimate: {2001/02: £0.685m}` in a ledger of 2008/09 to 2012/13.
Right: the year that the paper says; or a new first or last year in ledger.yaml.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger, keys_of
from emcollab.naming import project_path
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each figure outside the ledger's years."""
    first, last = ledger.settings.first_year or "", ledger.settings.last_year or "9999/00"
    if last < first:  # that is the fault, not each figure's year
        return
    for figure in ledger.figures:
        if figure.year and not first <= figure.year <= last:
            bound = f"begins with {first}" if figure.year < first else f"ends with {last}"
            path, keys = project_path(figure.project), keys_of(figure)
            remedy = "mend the year, or extend the ledger in ledger.yaml"
            yield Finding(path, keys, f"the ledger {bound}, and this is {figure.year}", remedy, on_key=True)
