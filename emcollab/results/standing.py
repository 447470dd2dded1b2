"""Which figure stands: of all that papers state for one benefit and year, the one that totals use.

Papers restate each other, and every figure is kept. As at an earlier day only papers of that day or before count, so
that day's table can be had for ever.
"""

from collections.abc import Iterable
from datetime import date

from emcollab.records.ledger import Figure


def find_standing(figures: Iterable[Figure], as_at: date | None = None) -> list[Figure]:
    """Return the figures that stand, at most one a benefit and year, in the order of `figures`.

    Only papers dated on or before `as_at` count; all, if there is none. An actual beats everything, the
    later paper beats the earlier, and of one day `reported` beats `estimate`. A plan never stands.
    """
    standing: dict[tuple[str, str, bool, str], Figure] = {}
    for figure in figures:
        if figure.basis == "plan" or (as_at is not None and figure.date > as_at):
            continue
        key = (figure.project, figure.benefit, figure.is_cost, figure.year)
        rival = standing.get(key)
        if rival is None or _rank(figure) > _rank(rival):
            standing[key] = figure
    return list(standing.values())


def find_latest(figures: Iterable[Figure], basis: str, as_at: date | None = None) -> list[Figure]:
    """Return for each benefit and year the figure of one `basis` that the latest paper states, as at `as_at`."""
    latest: dict[tuple[str, str, bool, str], Figure] = {}
    for figure in figures:
        if figure.basis == basis and (as_at is None or figure.date <= as_at):
            key = (figure.project, figure.benefit, figure.is_cost, figure.year)
            if key not in latest or figure.date > latest[key].date:
                latest[key] = figure
    return list(latest.values())


def _rank(figure: Figure) -> tuple[bool, date, bool]:
    return figure.basis == "actual", figure.date, figure.basis == "reported"
