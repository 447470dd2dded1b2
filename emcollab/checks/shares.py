"""What can be wrong with the forces of a ledger, and with the percentages by which they share."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice

from emcollab.checks.projects import find_stated
from emcollab.records.ledger import Ledger, keys_of, project_path
from emcollab.values.problems import Fault, Keys

_WHOLE = 100
_MOST_FORCES = 100


def too_many_forces(ledger: Ledger) -> Iterator[Fault]:
    """Yield the force that is one more than a ledger may have, at its name.

    Each is a row of every table by force, and may have a part of every figure.
    """
    for force in islice(ledger.forces, _MOST_FORCES, _MOST_FORCES + 1):
        message = f"a ledger has at most {_MOST_FORCES} forces, and this one {len(ledger.forces):,}"
        yield Fault("forces.yaml", (force,), message, "leave out those that take part in nothing", on_key=True)


def share_outside_project(ledger: Ledger) -> Iterator[Fault]:
    """Yield each force that shares without taking part: at its name, or at that of the key by which it shares.

    Taking part is to be named by any paper; where none names the forces, any may share.
    """
    named = {project_path(id_): {force for statement in project.statements for force in statement.forces or ()}
             for id_, project in ledger.projects.items()}  # fmt: skip
    by_key = {key: {force for parts in share.years.values() for force in parts} for key, share in ledger.shares.items()}
    of_key: dict[tuple[str, str], list[str]] = {}
    sharing: list[tuple[str, Keys, Iterable[str], bool]] = []
    for path, keys, stated in find_stated(ledger):
        place = (*keys, "shares")
        if isinstance(stated.shares, dict):
            sharing.append((path, place, stated.shares, True))
        elif stated.shares in by_key:
            kind = path, stated.shares
            if kind not in of_key:
                of_key[kind] = sorted(by_key[stated.shares] - named[path])
            sharing.append((path, place, of_key[kind], False))
    sharing += [
        (project_path(figure.project), keys_of(figure), [force for force, _ in figure.parts], True)
        for figure in ledger.figures
        if figure.parts
    ]
    for path, keys, forces, on_key in sharing:
        for force in forces if named[path] else ():
            if force not in named[path] and force in ledger.forces:
                message = f"'{force}' has a share, and does not take part in the project"
                remedy = "add it to the project's forces, or mend the share"
                place = (*keys, force) if on_key else keys
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
