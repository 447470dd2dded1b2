"""Trace: from a total to the figures in it, and from each figure to the paper, the place and the words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from emcollab.records.base import Citation
from emcollab.records.ledger import Figure, Ledger
from emcollab.results.reconcile import TOTAL, ReconciledCell, Reconciliation
from emcollab.results.standing import Subject, find_standing
from emcollab.results.totals import GROUPINGS


class Printed(NamedTuple):
    """A cell of a printed table in which a figure appears: the id of the table, the name of the row, and the cell."""

    table: str
    row: str
    cell: ReconciledCell


PrintedCells = Mapping[tuple[object, ...], Sequence[Printed]]
"""The cells of printed tables in which a figure is, by its `identity`."""


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
    totals: dict[str, Decimal]
    entries: tuple[Entry, ...]


def trace(ledger: Ledger, printed: PrintedCells, measure: str = "money", year: str = "") -> Trace:
    """Return the standing figures of `ledger`, of one year or of all if empty, with all that is known of each.

    `ledger` may be narrowed to what is to be traced; `printed` is what `find_printed` returns of the whole one.
    """
    figures = [figure for figure in ledger.figures if figure.measure == measure and (not year or figure.year == year)]
    standing = find_standing(figures)
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for figure in sorted(standing, key=lambda figure: figure.year):
        if figure.year and not figure.is_cost:
            totals[figure.year] += figure.amount
    said: dict[Subject, list[Said]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: figure.date, reverse=True):
        citation = ledger.benefit(figure).statements[figure.statement]
        said[figure.subject].append(Said(figure, citation, tuple(printed.get(figure.identity, ()))))
    areas = {id_: position for position, id_ in enumerate(ledger.areas)}
    written = {benefit: position for position, benefit in enumerate(figure.subject[:3] for figure in standing)}
    standing.sort(key=lambda figure: (areas[figure.area], written[figure.subject[:3]], figure.year))
    return Trace(measure, totals, tuple(_entry(figure, said[figure.subject]) for figure in standing))


def find_printed(ledger: Ledger, results: Iterable[Reconciliation]) -> PrintedCells:
    """Return in which cells of printed tables each figure is; the rows of totals are left out."""
    cells: dict[tuple[object, ...], list[Printed]] = defaultdict(list)
    for result in results:
        names = GROUPINGS[result.table.by].labels(ledger)
        for cell in result.cells:
            if cell.row != TOTAL:
                printed = Printed(result.id, names[cell.row], cell)
                for figure in cell.figures:
                    cells[figure.identity].append(printed)
    return cells


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
    return list(dict.fromkeys([*ledger.areas, *ledger.projects, *map("/".join, ledger.benefit_ids())]))


def _entry(figure: Figure, said: list[Said]) -> Entry:
    """Return the entry of the figure that stands, of all that is `said` for its benefit and year."""
    stands = next(each for each in said if each.figure is figure)
    return Entry(stands, tuple(each for each in said if each is not stands))
