"""Apportionment: what of a figure falls to each force, by the percentages that a paper gives.

Parts always add up to the whole, to the penny (to the grain, of posts and hours): each force gets its
share rounded down, and what is left goes, a penny at a time, to those who lost most by rounding. A figure
without sourced percentages falls to nobody; nothing is ever split on an assumption.
"""

from decimal import Decimal
from functools import lru_cache

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
    percentages = _percentages(ledger, figure)
    if percentages:
        # The order of forces.yaml decides who gets the last penny, and not the order in which a share is written.
        in_order = {force: percentages[force] for force in ledger.forces if force in percentages}
        return divide(figure.amount, in_order, PENNY if figure.measure == "money" else GRAIN)
    return {_find_only_force(ledger, figure) or NOT_APPORTIONED: figure.amount}


def is_apportioned(ledger: Ledger, figure: Figure) -> bool:
    """Return whether all of `figure` falls to forces: no part of one is ever left."""
    return bool(figure.parts or _percentages(ledger, figure) or _find_only_force(ledger, figure))


def _find_only_force(ledger: Ledger, figure: Figure) -> str:
    """Return the force that has all of a figure without shares, if its project is of one alone."""
    forces = ledger.states[figure.project].forces if ledger.benefit(figure).shares is None else ()
    return forces[0] if len(forces) == 1 else ""


def divide(amount: Decimal, percentages: dict[str, Decimal], grain: Decimal) -> dict[str, Decimal]:
    """Return `amount` divided by `percentages`, which add up to 100, in whole multiples of `grain`.

    What rounding down leaves over goes one grain each to the largest remainders; of equal ones, to the
    first. A minus amount is divided as its opposite is, so that a correction undoes what it corrects.
    """
    sign = -1 if amount < 0 else 1
    grains = int(abs(amount) / grain)
    millionths = _count_millionths(tuple(percentages.values()))
    divided = [divmod(grains * share, _HUNDRED_MILLIONTHS) for share in millionths]
    left = grains - sum(whole for whole, _ in divided)
    by_remainder = sorted(range(len(divided)), key=lambda place: -divided[place][1])
    more = set(by_remainder[:left])
    return {
        force: sign * (whole + (place in more)) * grain
        for place, (force, (whole, _)) in enumerate(zip(percentages, divided, strict=True))
    }


@lru_cache
def _count_millionths(percentages: tuple[Decimal, ...]) -> list[int]:
    return [int(percentage * 10**6) for percentage in percentages]  # they have six decimals at most


_HUNDRED_MILLIONTHS = 100 * 10**6


def _percentages(ledger: Ledger, figure: Figure) -> dict[str, Decimal] | None:
    shares = ledger.benefit(figure).shares
    if shares is None or isinstance(shares, dict):
        return shares
    return ledger.shares[shares].parts_in(figure.year) if figure.year else None
