"""The percentages by which forces share do not add up to 100%.

What they leave over would be nobody's, or somebody's twice.

Wrong: `shares: {leicestershire: 60%, northamptonshire: 30%}`.
Right: `shares: {leicestershire: 60%, northamptonshire: 40%}`, as the paper has it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from emcollab.ledger import Ledger
from emcollab.naming import project_path, stated
from emcollab.problems import Finding, Keys

_WHOLE = 100


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each set of percentages that is not whole."""
    for id_, project in ledger.projects.items():
        for keys, cost in stated(project):
            if isinstance(cost.shares, dict):
                yield from _check(project_path(id_), (*keys, "shares"), cost.shares)
    for key, share in ledger.shares.items():
        for year, parts in share.years.items():
            yield from _check("shares.yaml", (key, "years", year), parts)


def _check(path: str, keys: Keys, parts: Mapping[str, Decimal]) -> Iterator[Finding]:
    total = sum(parts.values(), Decimal(0))
    if total != _WHOLE:
        message, remedy = f"the shares add up to {total:f}%", "they must add up to 100%"
        yield Finding(path, keys, message, remedy, on_key=True, rests_on=((path, keys),))
