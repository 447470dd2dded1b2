"""Trace: from a total to the figures in it, and from each figure to the paper, the place and the words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from emcollab.records.base import Citation
from emcollab.records.ledger import Figure, Ledger
from emcollab.results.reconcile import TOTAL, ReconciledCell, reconcile_all
from emcollab.results.standing import find_standing


class Printed(NamedTuple):
    """A cell of a printed table in which a figure appears: the id of the table, and the cell."""

    table: str
    cell: ReconciledCell


class Said(NamedTuple):
    """A figure, where a paper says it, and the cells that were printed with it, as at the day of their paper."""

    figure: Figure
    citation: Citation
    printed: tuple[Printed, ...]


class Entry(NamedTuple):
    """A figure that stands, and the others for its benefit and year.

    `others` are those that it superseded and plans, the latest paper first.
    """

    stands: Said
    others: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a total is made of: `entries` in the order of areas, of projects and benefits as written, and of years.

    `totals` are their sums by year, without costs and undated amounts.
    """

    measure: str
    as_at: date | None
    totals: dict[str, Decimal]
    entries: tuple[Entry, ...]


def trace(
    ledger: Ledger, year: str = "", as_at: date | None = None, measure: str = "money", printed: Sequence[Printed] = ()
) -> Trace:
    """Return the standing figures of `ledger`, of one year or of all if empty, with all that is known of each.

    `ledger` may be narrowed to what is to be traced; `printed` are the cells of the whole one's printed tables.
    """
    day = as_at or date.max
    figures = [figure for figure in ledger.figures if figure.measure == measure and figure.date <= day]
    standing = [figure for figure in find_standing(figures) if not year or figure.year == year]
    totals: dict[str, Decimal] = {}
    for figure in sorted(standing, key=lambda figure: figure.year):
        if figure.year and not figure.is_cost:
            totals[figure.year] = totals.get(figure.year, Decimal(0)) + figure.amount
    areas, written = list(ledger.areas), _positions(ledger.figures)
    standing.sort(key=lambda figure: (areas.index(figure.area), written[_stated(figure)], figure.year))
    cells = _by_figure(item for item in printed if _day_of(item, ledger) <= day)
    said: dict[tuple[str, str, bool, str], list[Said]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: figure.date, reverse=True):
        citation = ledger.benefit(figure).statements[figure.statement]
        said[_subject(figure)].append(Said(figure, citation, tuple(cells.get(_identity(figure), ()))))
    entries = tuple(_entry(figure, said[_subject(figure)]) for figure in standing)
    return Trace(measure, as_at, totals, entries)


def list_printed(ledger: Ledger) -> list[Printed]:
    """Return every cell of every printed table, with the figures it is made of; the rows of totals left out."""
    return [Printed(result.id, cell) for result in reconcile_all(ledger) for cell in result.cells if cell.row != TOTAL]


def find_subject(ledger: Ledger, subject: str) -> Ledger:
    """Return `ledger` narrowed to an area, a project or `project/benefit`; to all but costs, if `subject` is empty.

    Of one id that both an area and a project have, the area is meant.
    """
    if not subject:
        return ledger.narrow(figure for figure in ledger.figures if not figure.is_cost)
    if subject in ledger.areas:
        return ledger.narrow(f for f in ledger.figures if f.area == subject and not f.is_cost)
    project, _, benefit = subject.partition("/")
    return ledger.narrow(f for f in ledger.figures if f.project == project and benefit in {"", f.benefit})


def subjects(ledger: Ledger) -> list[str]:
    """Return all that can be traced."""
    benefits = [f"{id_}/{name}" for id_, project in ledger.projects.items()
                for name in (*project.benefits, *project.costs)]  # fmt: skip
    return list(dict.fromkeys([*ledger.areas, *ledger.projects, *benefits]))


def _day_of(printed: Printed, ledger: Ledger) -> date:
    return ledger.sources[ledger.published[printed.table].source].date


def _entry(figure: Figure, said: Iterable[Said]) -> Entry:
    """Return the entry of the figure that stands, of all that is `said` for its benefit and year."""
    others = [each for each in said if each.figure != figure]
    return Entry(next(each for each in said if each.figure == figure), tuple(others))


def _stated(figure: Figure) -> tuple[str, str, bool]:
    return figure.project, figure.benefit, figure.is_cost


def _subject(figure: Figure) -> tuple[str, str, bool, str]:
    return *_stated(figure), figure.year


def _identity(figure: Figure) -> tuple[object, ...]:
    """Return what a figure has in common with its parts: all but the amount."""
    return *_subject(figure), figure.basis, figure.statement


def _positions(figures: Iterable[Figure]) -> dict[tuple[str, str, bool], int]:
    """Return the place of each benefit and cost in the ledger."""
    return {stated: position for position, stated in enumerate(dict.fromkeys(map(_stated, figures)))}


def _by_figure(printed: Iterable[Printed]) -> dict[tuple[object, ...], list[Printed]]:
    """Return the printed cells that each figure is in."""
    cells: dict[tuple[object, ...], list[Printed]] = defaultdict(list)
    for item in printed:
        for figure in dict.fromkeys(_identity(part) for part in item.cell.figures):
            cells[figure].append(item)
    return cells
