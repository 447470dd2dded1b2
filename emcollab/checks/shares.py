"""What can be wrong with the percentages by which forces share."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from emcollab.records.ledger import Ledger, project_path
from emcollab.values.problems import Fault, Keys


def share_outside_project(ledger: Ledger) -> Iterator[Fault]:
    """Yield each force that shares without taking part."""
    for id_, project in ledger.projects.items():
        for keys, cost in project.stated():
            for force, place, on_key in _sharing(ledger, cost.shares, (*keys, "shares")):
                if project.forces and force not in project.forces and force in ledger.forces:
                    message = f"'{force}' has a share, and does not take part in the project"
                    remedy = "add it to the project's forces, or mend the share"
                    path = project_path(id_)
                    yield Fault(path, place, message, remedy, on_key=on_key, rests_on=((path, ("forces",)),))


def _sharing(ledger: Ledger, shares: object, keys: Keys) -> Iterator[tuple[str, Keys, bool]]:
    """Yield each force that shares, and where that is said."""
    if isinstance(shares, dict):
        for force in shares:
            yield force, (*keys, force), True
    elif isinstance(shares, str) and shares in ledger.shares:
        for force in sorted({force for parts in ledger.shares[shares].years.values() for force in parts}):
            yield force, keys, False


_WHOLE = 100


def shares_not_whole(ledger: Ledger) -> Iterator[Fault]:
    """Yield each set of percentages that is not whole."""
    for id_, project in ledger.projects.items():
        for keys, cost in project.stated():
            if isinstance(cost.shares, dict):
                yield from _check_whole(project_path(id_), (*keys, "shares"), cost.shares)
    for key, share in ledger.shares.items():
        for year, parts in share.years.items():
            yield from _check_whole("shares.yaml", (key, "years", year), parts)


def _check_whole(path: str, keys: Keys, parts: Mapping[str, Decimal]) -> Iterator[Fault]:
    total = sum(parts.values(), Decimal(0))
    if total != _WHOLE:
        message, remedy = f"the shares add up to {total:f}%", "they must add up to 100%"
        yield Fault(path, keys, message, remedy, on_key=True, rests_on=((path, keys),))
