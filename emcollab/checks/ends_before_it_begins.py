"""A milestone ends before it begins, or the ledger's last year is before its first.

Wrong: `{name: Phase 2, start: 2010-09, end: 2010-08}`.
Right: `{name: Phase 2, start: 2010-08, end: 2010-09}`.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import project_path
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each end that comes before its beginning."""
    first, last = ledger.settings.first_year, ledger.settings.last_year
    if first and last and last < first:
        yield Finding("ledger.yaml", ("last_year",), f"{last} is before the first year, {first}", "mend one of them")
    for id_, project in ledger.projects.items():
        for position, milestone in enumerate(project.milestones):
            start, end = milestone.start, milestone.end
            # Of dates that are not equally exact, only the common part can be compared.
            if start and end and end[: len(start)] < start[: len(end)]:
                keys = ("milestones", position, "end")
                yield Finding(project_path(id_), keys, f"{end} is before the start, {start}", "mend one of them")
