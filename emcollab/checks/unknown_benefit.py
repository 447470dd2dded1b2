"""A benefit is said to be a possible duplicate of one that does not exist.

Wrong: `possible_duplicate_of: leadership/dcc-savings`, where the benefit is called `dcc-saving`.
Right: the project's id, a slash, and the benefit's id: `leadership/dcc-saving`.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import benefits_named, project_path, stated
from emcollab.problems import Finding, suggest


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each benefit that is named but not there."""
    known = [f"{id_}/{keys[1]}" for id_, project in ledger.projects.items() for keys, _ in stated(project)]
    for path, keys, name, _ in benefits_named(ledger):
        if name not in known:
            project, _, benefit = name.partition("/")
            homes = tuple((project_path(project), (kind, benefit)) for kind in ("benefits", "costs"))
            yield Finding(path, keys, f"there is no benefit '{name}'", suggest(name, known), rests_on=homes)
