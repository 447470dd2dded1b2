"""A benefit is shared by a key that is not in shares.yaml.

Wrong: `shares: by-strenght`.
Right: the key as it stands in shares.yaml; or write the percentages out, with `shares_source`.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import find_unknown, share_keys_named
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each key of apportionment that is named but not there."""
    yield from find_unknown("share key", share_keys_named(ledger), ledger.shares, "shares.yaml")
