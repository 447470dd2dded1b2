"""Which figure stands: of all that papers state for one benefit and year, the one that totals use.

Papers restate each other, and every figure is kept. To have an earlier day's table, for ever, these are given only the
figures that were known on it (`results.as_at`).
"""

from collections.abc import Iterable
from datetime import date

from emcollab.records.ledger import Figure

Subject = tuple[str, str, bool, str]
"""`Figure.subject`: of the figures that have one in common, one stands."""


def find_standing(figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures that stand, at most one a benefit and year, in the order of `figures`.

    An actual beats everything, the later paper beats the earlier, and of one day `reported` beats `estimate`. A plan
    never stands.
    """
    return _find_strongest(figure for figure in figures if figure.basis != "plan")


def find_latest(figures: Iterable[Figure], basis: str) -> list[Figure]:
    """Return for each benefit and year the figure of one `basis` that the latest paper states."""
    return _find_strongest(figure for figure in figures if figure.basis == basis)


def outranks(figure: Figure, rival: Figure) -> bool:
    """Return whether `figure` takes the place of `rival`, both of one subject, and of one basis or no plans."""
    return _rank(figure) > _rank(rival)


def _rank(figure: Figure) -> tuple[bool, date, bool]:
    return figure.basis == "actual", figure.date, figure.basis == "reported"


def _find_strongest(figures: Iterable[Figure]) -> list[Figure]:
    strongest: dict[Subject, Figure] = {}
    for figure in figures:
        subject = figure.subject
        rival = strongest.setdefault(subject, figure)
        if rival is not figure and outranks(figure, rival):
            strongest[subject] = figure
    return list(strongest.values())
