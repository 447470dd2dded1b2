"""The name of a data file is not an id.

The id of a project, a published table or a set of recommendations is the name of its file: small letters,
digits and single hyphens, then `.yaml`.

Wrong: `projects/Mobile Data.yaml`.
Right: `projects/mobile-data.yaml`.
"""

import re
from collections.abc import Iterable, Iterator

from emcollab.ledger import Ledger
from emcollab.models.base import ID_PATTERN
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each file whose name is not an id."""
    folders: dict[str, Iterable[str]] = {
        "projects": ledger.projects, "published": ledger.published, "recommendations": ledger.recommendations,
    }  # fmt: skip
    for folder, records in folders.items():
        for id_ in records:
            if not re.fullmatch(ID_PATTERN, id_):
                meant = re.sub("[^a-z0-9]+", "-", id_.casefold()).strip("-")
                remedy = f"call it '{meant}.yaml'" if meant else "use small letters, digits and single hyphens"
                yield Finding(f"{folder}/{id_}.yaml", (), f"'{id_}' is not an id", remedy)
