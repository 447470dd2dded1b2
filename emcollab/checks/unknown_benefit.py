"""A benefit is said to be a possible duplicate of one that does not exist.

Wrong: `possible_duplicate_of: leadership/dcc-savings`, where the benefit is called `dcc-saving`.
Right: the project's id, a slash, and the benefit's id: `leadership/dcc-saving`.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import benefits_named, find_unknown, stated
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each benefit that is named but not there."""
    known = [f"{id_}/{keys[1]}" for id_, project in ledger.projects.items() for keys, _ in stated(project)]
    yield from find_unknown("benefit", benefits_named(ledger), known)
