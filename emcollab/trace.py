"""Trace: from a total to the figures in it, and from each figure to the paper, the place and the words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from emcollab.ledger import Figure, Ledger, find_standing
from emcollab.models.base import Citation
from emcollab.reconcile import TOTAL, Cell, reconcile_all


class Printed(NamedTuple):
    """A cell of a printed table in which a figure appears: the id of the table, and the cell."""

    table: str
    cell: Cell


class Entry(NamedTuple):
    """A figure that stands, where it is said, the other figures for its benefit and year, and where they are printed.

    `others` are those that it superseded and plans, the latest paper first.
    """

    figure: Figure
    citation: Citation
    others: tuple[Figure, ...]
    printed: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a total is made of: `entries` in the order of areas, projects, benefits and years.

    `totals` are their sums by year, without costs and undated amounts.
    """

    subject: str
    measure: str
    as_at: date | None
    totals: dict[str, Decimal]
    entries: tuple[Entry, ...]


def trace(
    ledger: Ledger, subject: str = "", year: str = "", as_at: date | None = None, measure: str = "money"
) -> Trace:
    """Return the figures behind `subject`: an area, a project, `project/benefit`, or everything if empty.

    Of one id that both an area and a project have, the area is meant. `year` empty means all years.

    Raises:
        KeyError: there is no such subject.
    """
    belongs = _find(ledger, subject)
    figures = [figure for figure in ledger.figures if belongs(figure) and figure.measure == measure]
    standing = [figure for figure in find_standing(figures, as_at) if not year or figure.year == year]
    totals: dict[str, Decimal] = {}
    for figure in sorted(standing, key=lambda figure: figure.year):
        if figure.year and figure.category != "cost":
            totals[figure.year] = totals.get(figure.year, Decimal(0)) + figure.amount
    cells = list(_printed(ledger))
    order = {area: position for position, area in enumerate(ledger.areas)}
    standing.sort(key=lambda figure: (order[figure.area], figure.project, figure.benefit, figure.year))
    entries = tuple(_entry(ledger, figure, figures, cells) for figure in standing)
    return Trace(subject, measure, as_at, totals, entries)


def subjects(ledger: Ledger) -> list[str]:
    """Return all that can be traced."""
    benefits = [f"{id_}/{name}" for id_, project in ledger.projects.items()
                for name in (*project.benefits, *project.costs)]  # fmt: skip
    return [*ledger.areas, *ledger.projects, *benefits]


def _find(ledger: Ledger, subject: str) -> Callable[[Figure], bool]:
    if not subject:
        return lambda figure: figure.category != "cost"
    if subject in ledger.areas:
        return lambda figure: figure.area == subject and figure.category != "cost"
    if subject in ledger.projects:
        return lambda figure: figure.project == subject
    if subject in subjects(ledger):
        return lambda figure: f"{figure.project}/{figure.benefit}" == subject
    raise KeyError(subject)


def _entry(ledger: Ledger, figure: Figure, figures: list[Figure], cells: list[Printed]) -> Entry:
    citation = ledger.benefit(figure).statements[figure.statement]
    subject = _subject(figure)
    others = [other for other in figures if other != figure and _subject(other) == subject]
    others.sort(key=lambda other: other.date, reverse=True)
    # A cell of a table by force holds parts of figures, so amounts are not compared.
    printed = tuple(
        item for item in cells if item.cell.row != TOTAL and subject in {_subject(part) for part in item.cell.figures}
    )
    return Entry(figure, citation, tuple(others), printed)


def _subject(figure: Figure) -> tuple[str, str, bool, str]:
    return figure.project, figure.benefit, figure.category == "cost", figure.year


def _printed(ledger: Ledger) -> Iterator[Printed]:
    for result in reconcile_all(ledger):
        yield from (Printed(result.id, cell) for cell in result.cells)
