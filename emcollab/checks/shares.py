"""What can be wrong with the percentages by which forces share."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from emcollab.checks.projects import find_stated
from emcollab.records.ledger import Ledger, keys_of, project_path
from emcollab.values.problems import Fault, Keys

_WHOLE = 100


def share_outside_project(ledger: Ledger) -> Iterator[Fault]:
    """Yield each force that shares without taking part: at its name, or at that of the key by which it shares.

    Taking part is to be named by any paper; where none names the forces, any may share.
    """
    named = {project_path(id_): {force for statement in project.statements for force in statement.forces or ()}
             for id_, project in ledger.projects.items()}  # fmt: skip
    sharing: list[tuple[str, Keys, str, bool]] = []
    for path, keys, stated in find_stated(ledger):
        if isinstance(stated.shares, dict):
            sharing += [(path, (*keys, "shares", force), force, True) for force in stated.shares]
        elif stated.shares in ledger.shares:
            forces = {force for parts in ledger.shares[stated.shares].years.values() for force in parts}
            sharing += [(path, (*keys, "shares"), force, False) for force in sorted(forces)]
    for figure in ledger.figures:
        if figure.parts:
            path, keys = project_path(figure.project), keys_of(figure)
            sharing += [(path, (*keys, force), force, True) for force, _ in figure.parts]
    for path, place, force, on_key in sharing:
        if named[path] and force not in named[path] and force in ledger.forces:
            message = f"'{force}' has a share, and does not take part in the project"
            remedy = "add it to the project's forces, or mend the share"
            yield Fault(path, place, message, remedy, on_key=on_key, rests_on=((path, ("statements",)),))


def shares_not_whole(ledger: Ledger) -> Iterator[Fault]:
    """Yield each set of percentages that does not add up to 100, at its name: a benefit's, or a key's for a year."""
    for path, keys, stated in find_stated(ledger):
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
