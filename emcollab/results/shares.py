"""Apportionment: what of a figure falls to each force, by the percentages that a paper gives.

Parts always add up to the whole, to the penny (to the grain, of posts and hours): each force gets its
share rounded down, and what is left goes, a penny at a time, to those who lost most by rounding. A figure
without sourced percentages falls to nobody; nothing is ever split on an assumption.
"""

from decimal import ROUND_FLOOR, Decimal

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
    forces = ledger.states[figure.project].forces if ledger.benefit(figure).shares is None else ()
    return {forces[0] if len(forces) == 1 else NOT_APPORTIONED: figure.amount}


def divide(amount: Decimal, percentages: dict[str, Decimal], grain: Decimal) -> dict[str, Decimal]:
    """Return `amount` divided by `percentages`, which add up to 100, in whole multiples of `grain`.

    What rounding down leaves over goes one grain each to the largest remainders; of equal ones, to the
    first. A minus amount is divided as its opposite is, so that a correction undoes what it corrects.
    """
    if amount < 0:
        return {force: -part for force, part in divide(-amount, percentages, grain).items()}
    exact = {force: amount * percentage / 100 for force, percentage in percentages.items()}
    parts = {force: (share / grain).to_integral_value(ROUND_FLOOR) * grain for force, share in exact.items()}
    left = int((amount - sum(parts.values())) / grain)
    by_remainder = sorted(exact, key=lambda force: parts[force] - exact[force])
    for force in by_remainder[:left]:
        parts[force] += grain
    return parts


def _percentages(ledger: Ledger, figure: Figure) -> dict[str, Decimal] | None:
    shares = ledger.benefit(figure).shares
    if shares is None or isinstance(shares, dict):
        return shares
    return ledger.shares[shares].parts_in(figure.year) if figure.year else None
