"""A force shares in a benefit of a project that it does not take part in.

Either the list of the project's forces lacks one, or the share is another project's. A project whose forces
no paper names may be shared by any.

Wrong: `forces: [leicestershire]` and `shares: {leicestershire: 60%, northamptonshire: 40%}`.
Right: `forces: [leicestershire, northamptonshire]`.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import project_path, stated
from emcollab.problems import Finding, Keys


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each force that shares without taking part."""
    for id_, project in ledger.projects.items():
        for keys, cost in stated(project):
            for force, place, on_key in _sharing(ledger, cost.shares, (*keys, "shares")):
                if project.forces and force not in project.forces and force in ledger.forces:
                    message = f"'{force}' has a share, and does not take part in the project"
                    remedy = "add it to the project's forces, or mend the share"
                    path = project_path(id_)
                    yield Finding(path, place, message, remedy, on_key, rests_on=((path, ("forces",)),))


def _sharing(ledger: Ledger, shares: object, keys: Keys) -> Iterator[tuple[str, Keys, bool]]:
    """Yield each force that shares, and where that is said."""
    if isinstance(shares, dict):
        for force in shares:
            yield force, (*keys, force), True
    elif isinstance(shares, str) and shares in ledger.shares:
        for force in sorted({force for parts in ledger.shares[shares].years.values() for force in parts}):
            yield force, keys, False
