"""A benefit is said to be a possible duplicate of one that does not exist.

Wrong: `possible_duplicate_of: leadership/dcc-savings`, where the benefit is called `dcc-saving`.
Right: the project's id, a slash, and the benefit's id: `leadership/dcc-saving`.
"""

from collections.abc import Iterator

from emcollab.checks.naming import benefits_named, stated, unknown
from emcollab.ledger import Ledger
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each benefit that is named but not there."""
    known: dict[str, object] = {
        f"{id_}/{keys[1]}": cost for id_, project in ledger.projects.items() for keys, cost in stated(project)
    }
    yield from unknown("benefit", benefits_named(ledger), known)
