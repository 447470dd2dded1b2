"""Trace: from a total to the figures in it, and from each figure to the paper, the place and the words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from emcollab.records.benefit import Statement
from emcollab.records.ledger import Figure, Ledger
from emcollab.records.published import TOTAL
from emcollab.results.reconcile import ReconciledCell, Reconciliation
from emcollab.results.standing import Standing, Subject
from emcollab.results.totals import ROWS, Selection, reaches_into
from emcollab.values.terms import MEASURES


class Appearance(NamedTuple):
    """A cell of a printed table in which a figure appears: the id of the table, the name of the row, and the cell."""

    table: str
    row: str
    cell: ReconciledCell


PrintedCells = Mapping[tuple[object, ...], Sequence[Appearance]]
"""The cells of printed tables in which a figure is, by its `identity`."""


MOST_CELLS = 10
"""Of how many cells in which a figure is printed a trace tells."""


class Said(NamedTuple):
    """A figure, where a paper says it, and the cells that were printed with it, as at the day of their paper.

    `more` is how many cells there are beside the first `MOST_CELLS`.
    """

    figure: Figure
    citation: Statement
    printed: tuple[Appearance, ...]
    more: int = 0


class Entry(NamedTuple):
    """A figure that stands, and the others for its benefit and period.

    `others` are those that it superseded, plans and what became of them, the latest paper first. `replaced` are the
    figures of other benefits whose place it takes.
    """

    stands: Said
    others: tuple[Said, ...]
    replaced: tuple[Figure, ...] = ()


class Left(NamedTuple):
    """A figure that would stand, but for those of other benefits that take its place, or its project's closure.

    `by` are these, and empty of a closure.
    """

    said: Said
    by: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a total is made of: `entries` in the order of areas, of projects and benefits as written, and of periods.

    `totals` are their sums by year, without costs and what is of another period. `left` are figures that do not stand
    though no later paper restates them. `elsewhere` are the other measures in which there are figures of the same.
    `planned` is of how many benefits and periods there is a plan, where nothing stands at all.
    """

    measure: str
    totals: dict[str, Decimal]
    entries: tuple[Entry, ...]
    left: tuple[Left, ...] = ()
    elsewhere: tuple[str, ...] = ()
    planned: int = 0


def trace(ledger: Ledger, whole: Standing, printed: PrintedCells, measure: str = "money", year: str = "") -> Trace:
    """Return the standing figures of `ledger`, of one year or of all if empty, with all that is known of each.

    Those of other periods that reach into the year, or name none, are among them: `totals` lists the same.

    `ledger` may be narrowed to what is to be traced; `whole` says which figures of the whole one stand, and `printed`
    is what `find_printed` returns of it.
    """
    chosen = Selection(years=(year,) if year else ())
    reaching = [figure for figure in ledger.figures if reaches_into(figure.period, chosen)]
    figures = [figure for figure in reaching if figure.measure == measure]
    standing = [figure for figure in figures if whole.has(figure)]
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for figure in sorted(standing, key=lambda figure: figure.year):
        if figure.year and not figure.is_cost:
            totals[figure.year] += figure.amount
    said: dict[Subject, list[Said]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: (figure.date, figure.as_at), reverse=True):
        citation = ledger.benefit(figure).statements[figure.statement]
        cells = printed.get(figure.identity, ())
        more = max(len(cells) - MOST_CELLS, 0)
        said[figure.subject].append(Said(figure, citation, tuple(cells[:MOST_CELLS]), more))
    areas = {id_: position for position, id_ in enumerate(ledger.areas)}
    written = {benefit: position for position, benefit in enumerate(figure.stated for figure in figures)}

    def place(figure: Figure) -> tuple[int, int, str]:
        return areas[figure.area], written[figure.stated], figure.period

    entries = [
        _entry(figure, said[figure.subject], tuple(whole.replaced.get(figure.subject, ())))
        for figure in sorted(standing, key=place)
    ]
    # Of a force there may be a part of what another paper says, and none of this.
    left = [
        Left(each, gone[1]) for subject, some in said.items() if (gone := _find_gone(whole, subject))
        for each in some if each.figure.identity == gone[0].identity
    ]  # fmt: skip
    elsewhere = dict.fromkeys(figure.measure for figure in reaching if figure.measure != measure)
    return Trace(
        measure, totals, tuple(entries), tuple(sorted(left, key=lambda each: place(each.said.figure))),
        tuple(elsewhere), 0 if entries else len({each.subject for each in figures if each.basis == "plan"}),
    )  # fmt: skip


def trace_all(ledger: Ledger, whole: Standing, printed: PrintedCells) -> list[Trace]:
    """Return the traces of `ledger`, of all years, one for each measure of which there are figures."""
    there = {figure.measure for figure in ledger.figures}
    return [trace(ledger, whole, printed, measure) for measure in MEASURES if measure in there]


def find_printed(ledger: Ledger, results: Iterable[Reconciliation]) -> PrintedCells:
    """Return in which cells of printed tables each figure is; the rows of totals are left out."""
    cells: dict[tuple[object, ...], list[Appearance]] = defaultdict(list)
    for result, names in name_rows(ledger, results):
        lists: dict[int, list[list[Appearance]]] = {}  # of the same figures, which many cells have in common, once
        for cell in result.cells:
            if cell.figures:
                printed = Appearance(result.id, names[cell.row], cell)
                if id(cell.figures) not in lists:
                    lists[id(cell.figures)] = [cells[figure.identity] for figure in cell.figures]
                for some in lists[id(cell.figures)]:
                    some.append(printed)
    return cells


def name_rows(ledger: Ledger, results: Iterable[Reconciliation]) -> Iterator[tuple[Reconciliation, dict[str, str]]]:
    """Yield each printed table and what to call its rows: the printed label, or the name of what the row stands for."""
    labels: dict[str | None, dict[str, str]] = {None: {TOTAL: "TOTAL"}}
    for result in results:
        by = result.table.by
        if by and by not in labels:
            labels[by] = {**ROWS[by].labels(ledger), TOTAL: "TOTAL"}
        names = labels[by]
        yield result, {line.id: line.row.label or names.get(line.id, line.id) for line in result.grid.lines}


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


def _find_gone(whole: Standing, subject: Subject) -> tuple[Figure, tuple[Figure, ...]] | None:
    """Return the figure that does not stand though no later paper restates it, and those that take its place."""
    lapsed = whole.lapsed.get(subject)
    return (lapsed, ()) if lapsed else whole.displaced.get(subject)


def _entry(figure: Figure, said: list[Said], replaced: tuple[Figure, ...]) -> Entry:
    """Return the entry of the figure that stands, of all that is `said` for its benefit and period."""
    stands = next(each for each in said if each.figure is figure)
    return Entry(stands, tuple(each for each in said if each is not stands), replaced)
