"""Apportionment: what of a figure falls to each force, by the percentages that a paper gives.

Parts always add up to the whole, to the penny (to the grain, of posts and hours): each force gets its
share rounded down, and what is left goes, a penny at a time, to those who lost most by rounding. A figure
without sourced percentages falls to nobody; nothing is ever split on an assumption.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from emcollab.records.ledger import Figure, Ledger
from emcollab.values.money import GRAIN, PENNY

NOT_APPORTIONED = "not-apportioned"
"""Where a force's id would stand, for what no paper apportions."""


def apportion(ledger: Ledger, figure: Figure) -> dict[str, Decimal]:
    """Return the part of `figure` that falls to each force, by force id; they add up to it exactly.

    It is what the paper gives each force; else what the shares of the benefit say; else all of it is that of the one
    force that the project is of; else nobody's.
    """
    if figure.parts:
        return dict(figure.parts)
    shares = ledger.benefit(figure).shares
    if percentages := _percentages(ledger, shares, figure):
        # The order of forces.yaml decides who gets the last penny, and not the order in which a share is written.
        in_order = _put_in_order(_Itself(percentages), _Itself(ledger.forces))
        return divide(figure.amount, in_order, PENNY if figure.measure == "money" else GRAIN)
    return {(_find_only_force(ledger, figure) if shares is None else "") or NOT_APPORTIONED: figure.amount}


def is_apportioned(ledger: Ledger, figure: Figure) -> bool:
    """Return whether all of `figure` falls to forces: no part of one is ever left."""
    if figure.parts:
        return True
    shares = ledger.benefit(figure).shares
    return bool(_find_only_force(ledger, figure) if shares is None else _percentages(ledger, shares, figure))


def find_divided(ledger: Ledger) -> frozenset[str]:
    """Return the projects of which anything may fall to a force, beside amounts that papers give by force."""
    return frozenset(
        id_
        for id_, project in ledger.projects.items()
        if len(ledger.states[id_].forces) == 1 or any(cost.shares is not None for _, cost in project.stated())
    )


def _find_only_force(ledger: Ledger, figure: Figure) -> str:
    """Return the force that has all of a figure without shares, if its project is of one alone."""
    forces = ledger.states[figure.project].forces
    return forces[0] if len(forces) == 1 else ""


def divide(amount: Decimal, millionths: dict[str, int], grain: Decimal) -> dict[str, Decimal]:
    """Return `amount` divided by `millionths` of per cent, which add up to 100 per cent, in whole multiples of `grain`.

    What rounding down leaves over goes one grain each to the largest remainders; of equal ones, to the
    first. A minus amount is divided as its opposite is, so that a correction undoes what it corrects.
    """
    grains = int(abs(amount) / grain)
    shares = [grains * share for share in millionths.values()]
    whole = [share // _HUNDRED for share in shares]
    if left := grains - sum(whole):
        remainders = [share % _HUNDRED for share in shares]
        for place in sorted(range(len(shares)), key=remainders.__getitem__, reverse=True)[:left]:
            whole[place] += 1
    if amount < 0:
        whole = [-part for part in whole]
    return dict(zip(millionths, [grain * part for part in whole], strict=True))


def count_millionths(percentages: dict[str, Decimal]) -> dict[str, int]:
    """Return percentages in millionths of per cent; they have six decimals at most."""
    return {force: int(percentage * 10**6) for force, percentage in percentages.items()}


_HUNDRED = 100 * 10**6


class _Itself(NamedTuple):
    """A mapping that is never changed, as a key: the same only as itself, so that it need not be looked through."""

    mapping: Mapping[str, Any]

    def __hash__(self) -> int:
        return id(self.mapping)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.mapping is other.mapping


@lru_cache
def _put_in_order(percentages: _Itself, forces: _Itself) -> dict[str, int]:
    """Return percentages in millionths, in the order of forces. Many figures are divided by the same."""
    in_order = {force: percentages.mapping[force] for force in forces.mapping if force in percentages.mapping}
    return count_millionths(in_order)


def _percentages(ledger: Ledger, shares: str | dict[str, Decimal] | None, figure: Figure) -> dict[str, Decimal] | None:
    if shares is None or isinstance(shares, dict):
        return shares
    return ledger.shares[shares].parts_in(figure.year) if figure.year else None
