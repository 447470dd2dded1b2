"""A project or a share names a force that is not in forces.yaml.

Wrong: `forces: [leicestershir]`.
Right: `forces: [leicestershire]`, the id as it stands in forces.yaml; or add the force there.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import find_unknown, forces_named
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each force that is named but not there."""
    yield from find_unknown("force", forces_named(ledger), ledger.forces, "forces.yaml")
