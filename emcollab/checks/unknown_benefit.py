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
    for path, keys, name, _ in benefits_named(ledger):
        project, _, benefit = name.partition("/")
        if benefit not in _benefits_of(ledger, project):
            known = [f"{id_}/{benefit}" for id_ in ledger.projects for benefit in _benefits_of(ledger, id_)]
            homes = tuple((project_path(project), (kind, benefit)) for kind in ("benefits", "costs"))
            yield Finding(path, keys, f"there is no benefit '{name}'", suggest(name, known), rests_on=homes)


def _benefits_of(ledger: Ledger, project: str) -> list[str]:
    """Return the ids of the benefits and costs of a project; none if there is no such project."""
    record = ledger.projects.get(project)
    return [str(keys[1]) for keys, _ in stated(record)] if record else []
