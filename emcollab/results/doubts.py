"""Figures that are no problem of the data, and yet doubtful: `appraisal` lists them, and `diff` warns of new ones."""

from collections.abc import Iterable
from decimal import Decimal

from emcollab.records.ledger import Figure, Ledger
from emcollab.results.standing import Standing, Subject, closed_since, find_closures
from emcollab.values.periods import end_of_period

FAR = 100
"""How many times another an amount is that is far from it."""


def find_far_outturns(figures: Iterable[Figure], standing: Iterable[Figure]) -> list[Figure]:
    """Return the outturns of years that are at least a hundred times the latest estimate, or at most a hundredth of it.

    Where `figures` have no estimate of the year, the latest plan counts.
    """
    outturns = {figure.subject: figure for figure in standing if figure.basis == "actual" and figure.amount}
    foreseen = [
        figure for figure in figures
        if figure.basis in ("plan", "estimate") and figure.year and figure.subject in outturns
    ]  # fmt: skip
    if not foreseen:
        return []
    by_paper = sorted(foreseen, key=lambda figure: (figure.date, figure.as_at))
    expected: dict[Subject, Decimal] = {}
    for basis in ("plan", "estimate"):
        expected |= {figure.subject: abs(figure.amount) for figure in by_paper if figure.basis == basis}
    return [
        figure for subject, figure in outturns.items()
        if (other := expected.get(subject)) and not other < abs(figure.amount) * FAR < other * FAR * FAR
    ]  # fmt: skip


def find_outlived(ledger: Ledger, standing: Standing) -> list[Figure]:
    """Return what earlier papers expected of a time after their project's closure.

    That is what has lapsed, and what stands of the year in which it was closed.
    """
    closures = find_closures(ledger)
    outlived = list(standing.lapsed.values())
    for figure in standing.figures if closures else ():
        closed, end = closed_since(figure, closures), end_of_period(figure.period)
        if closed is not None and end is not None and end > closed:
            outlived.append(figure)
    return sorted(outlived, key=lambda figure: (figure.stated, figure.period))
