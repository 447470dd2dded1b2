"""A list names the same thing twice.

A force takes part once, and a printed table has one column a year. The second may stand for another one.

Wrong: `forces: [derbyshire, derbyshire]`.
Right: `forces: [derbyshire, leicestershire]`.
"""

from collections.abc import Iterator, Sequence

from emcollab.ledger import Ledger
from emcollab.naming import project_path
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each second naming in the lists of forces and of years."""
    for id_, project in ledger.projects.items():
        yield from _check(project_path(id_), "forces", project.forces)
    for id_, table in ledger.published.items():
        yield from _check(f"published/{id_}.yaml", "years", table.years)


def _check(path: str, key: str, names: Sequence[str]) -> Iterator[Finding]:
    for position, name in enumerate(names):
        if name in names[:position]:
            remedy = "take it out, or name the one that is meant"
            yield Finding(path, (key, position), f"'{name}' is named twice", remedy)
