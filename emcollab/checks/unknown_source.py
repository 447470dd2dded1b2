"""A figure, outcome, milestone, table or recommendation names a paper that is not in sources.yaml.

Every figure must lead back to a paper, and the paper's date decides which of two figures stands.

Wrong: `source: paper-d`.
Right: the id as it stands in sources.yaml; or add the paper there, with its body, date and title.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import find_unknown, sources_named
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each paper that is named but not there."""
    yield from find_unknown("source", sources_named(ledger), ledger.sources, "sources.yaml")
