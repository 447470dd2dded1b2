"""Trace: from a total to the figures in it, and from each figure to the paper, the place and the words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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

    measure: str
    as_at: date | None
    totals: dict[str, Decimal]
    entries: tuple[Entry, ...]


def trace(
    ledger: Ledger,
    year: str = "",
    as_at: date | None = None,
    measure: str = "money",
    printed: Sequence[Printed] = (),
) -> Trace:
    """Return the standing figures of `ledger`, of one year or of all if empty, with all that is known of each.

    `ledger` may be narrowed to what is to be traced; `printed` are the cells of the whole one's printed tables.
    """
    figures = [figure for figure in ledger.figures if figure.measure == measure]
    standing = [figure for figure in find_standing(figures, as_at) if not year or figure.year == year]
    totals: dict[str, Decimal] = {}
    for figure in sorted(standing, key=lambda figure: figure.year):
        if figure.year and figure.category != "cost":
            totals[figure.year] = totals.get(figure.year, Decimal(0)) + figure.amount
    order = {area: position for position, area in enumerate(ledger.areas)}
    standing.sort(key=lambda figure: (order[figure.area], figure.project, figure.benefit, figure.year))
    others = _by_subject(figures)
    cells = _by_subject_printed(printed)
    entries = tuple(
        Entry(
            figure,
            ledger.benefit(figure).statements[figure.statement],
            tuple(other for other in others[_subject(figure)] if other != figure),
            tuple(cells.get(_subject(figure), ())),
        )
        for figure in standing
    )
    return Trace(measure, as_at, totals, entries)


def list_printed(ledger: Ledger) -> list[Printed]:
    """Return every cell of every printed table, with the figures it is made of; the rows of totals left out."""
    return [Printed(result.id, cell) for result in reconcile_all(ledger) for cell in result.cells if cell.row != TOTAL]


def find_subject(ledger: Ledger, subject: str) -> Ledger:
    """Return `ledger` narrowed to an area, a project or `project/benefit`; to all but costs, if `subject` is empty.

    Of one id that both an area and a project have, the area is meant.

    Raises:
        KeyError: there is no such subject.
    """
    if not subject:
        return ledger.narrow(figure for figure in ledger.figures if figure.category != "cost")
    if subject in ledger.areas:
        return ledger.narrow(f for f in ledger.figures if f.area == subject and f.category != "cost")
    if subject not in subjects(ledger):
        raise KeyError(subject)
    project, _, benefit = subject.partition("/")
    return ledger.narrow(f for f in ledger.figures if f.project == project and benefit in {"", f.benefit})


def subjects(ledger: Ledger) -> list[str]:
    """Return all that can be traced."""
    benefits = [f"{id_}/{name}" for id_, project in ledger.projects.items()
                for name in (*project.benefits, *project.costs)]  # fmt: skip
    return [*ledger.areas, *ledger.projects, *benefits]


def _subject(figure: Figure) -> tuple[str, str, bool, str]:
    return figure.project, figure.benefit, figure.category == "cost", figure.year


def _by_subject(figures: Iterable[Figure]) -> dict[tuple[str, str, bool, str], list[Figure]]:
    """Return the figures for each benefit and year, the latest paper first."""
    subjects: dict[tuple[str, str, bool, str], list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: figure.date, reverse=True):
        subjects[_subject(figure)].append(figure)
    return subjects


def _by_subject_printed(printed: Iterable[Printed]) -> dict[tuple[str, str, bool, str], list[Printed]]:
    """Return the printed cells in which the figures for each benefit and year appear."""
    subjects: dict[tuple[str, str, bool, str], list[Printed]] = defaultdict(list)
    for item in printed:
        for subject in dict.fromkeys(_subject(part) for part in item.cell.figures):
            subjects[subject].append(item)
    return subjects
