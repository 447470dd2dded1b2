"""What can be wrong with the percentages by which forces share."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from emcollab.checks.projects import find_stated
from emcollab.records.ledger import Ledger
from emcollab.values.problems import Fault, Keys

_WHOLE = 100


def share_outside_project(ledger: Ledger) -> Iterator[Fault]:
    """Yield each force that shares without taking part: at its name, or at that of the key by which it shares."""
    for path, project, keys, stated in find_stated(ledger):
        forces: list[str] = []
        if isinstance(stated.shares, dict):
            forces = list(stated.shares)
        elif stated.shares in ledger.shares:
            forces = sorted({force for parts in ledger.shares[stated.shares].years.values() for force in parts})
        for force in forces:
            if project.forces and force not in project.forces and force in ledger.forces:
                written_out = isinstance(stated.shares, dict)
                place = (*keys, "shares", force) if written_out else (*keys, "shares")
                message = f"'{force}' has a share, and does not take part in the project"
                remedy = "add it to the project's forces, or mend the share"
                rests_on = ((path, ("forces",)),)
                yield Fault(path, place, message, remedy, on_key=written_out, rests_on=rests_on)


def shares_not_whole(ledger: Ledger) -> Iterator[Fault]:
    """Yield each set of percentages that does not add up to 100, at its name: a benefit's, or a key's for a year."""
    for path, _, keys, stated in find_stated(ledger):
        if isinstance(stated.shares, dict):
            yield from _find_unwhole(path, (*keys, "shares"), stated.shares)
    for key, share in ledger.shares.items():
        for year, parts in share.years.items():
            yield from _find_unwhole("shares.yaml", (key, "years", year), parts)


def _find_unwhole(path: str, keys: Keys, parts: Mapping[str, Decimal]) -> Iterator[Fault]:
    total = sum(parts.values(), Decimal(0))
    if total != _WHOLE:
        message, remedy = f"the shares add up to {total:f}%", "they must add up to 100%"
        yield Fault(path, keys, message, remedy, on_key=True, rests_on=((path, keys),))
