"""A benefit and a cost of one project have the same id.

Other records, and people, mean a benefit or a cost by `project/id`.

Wrong: `benefits: {fleet: …}` and `costs: {fleet: …}`.
Right: `benefits: {fleet-savings: …}` and `costs: {fleet: …}`.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import project_path
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each cost that has the id of a benefit."""
    for id_, project in ledger.projects.items():
        for name in project.costs:
            if name in project.benefits:
                message = f"a benefit of the project is called '{name}' too"
                yield Finding(project_path(id_), ("costs", name), message, "give one of them another id", on_key=True)
