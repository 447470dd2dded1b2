"""A cashability is given to something that is not a saving.

Only a saving can be cashable. Funding is cash, but nobody's saving; and what a paper does not classify cannot
be said to be cashable.

Wrong: `category: funding` with `cashability: cash-releasing`.
Right: `category: funding` alone; or `category: saving`, if the paper says so.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import project_path
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each cashability that does not belong."""
    for id_, project in ledger.projects.items():
        for name, benefit in project.benefits.items():
            if benefit.cashability and benefit.category != "saving":
                keys = ("benefits", name, "cashability")
                message = f"only a saving has a cashability, and this is '{benefit.category}'"
                yield Finding(project_path(id_), keys, message, "take it out, or mend the category", on_key=True)
