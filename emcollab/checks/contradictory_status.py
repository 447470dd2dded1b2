"""A project has a closure, and a status that says otherwise.

Wrong: `status: live` and `closed: {reason: …}`.
Right: `status: closed`; or no closure.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import project_path
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each status that the closure contradicts."""
    for id_, project in ledger.projects.items():
        if project.closed and project.status not in {None, "closed"}:
            message = f"the project is '{project.status}', and has a closure"
            yield Finding(project_path(id_), ("status",), message, "write 'closed', or take the closure out")
