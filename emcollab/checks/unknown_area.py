"""A benefit names an area that is not in areas.yaml.

An area is a row of the summary table. A figure whose area does not exist would be in no row, and the rows
would no longer add up to the total.

Wrong: `area: mobile-data-saving`, where areas.yaml has `mobile-data-savings`.
Right: the id as it stands in areas.yaml; or add the area there, where it belongs in printed order.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger
from emcollab.naming import areas_named, find_unknown
from emcollab.problems import Finding


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each area that is named but not there."""
    yield from find_unknown("area", areas_named(ledger), ledger.areas, "areas.yaml")
