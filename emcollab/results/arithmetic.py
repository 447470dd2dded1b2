"""A printed table's own arithmetic: what its totals, sub-totals, computed columns and percentages come to.

It is worked out from the printed cells alone, with their printed signs, whether the ledger holds them or not. Print is
rounded: a sum of rounded parts may be off by half the last place of each of them and of the sum itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from emcollab.records.published import TOTAL, AcceptedDifference, Published
from emcollab.results.printed import AMOUNT, DASH, PERCENTAGE, Printed, read_cell
from emcollab.values.money import POUNDS

EXACT, WITHIN, OUT, EXPLAINED = "exact", "within rounding", "out", "out and explained"

Position = tuple[int, int]
"""A cell: the position of its line, and of its column."""


class Rule(NamedTuple):
    """How the paper works out a cell: the parts it adds and takes away, and the cell that this is a percentage of.

    `adds` and `less` are the positions of other rows in its column (`along` is `rows`), or of other columns in its row;
    all cells of a sum have them in common. `is_whole` is false if there is a part of which no cell is printed.
    """

    place: Position
    adds: tuple[int, ...]
    less: tuple[int, ...]
    of: Position | None
    along: str
    is_whole: bool = True

    @property
    def parts(self) -> Iterator[tuple[int, Position]]:
        """Each part with its sign, 1 or -1."""
        row, column = self.place
        for sign, parts in ((1, self.adds), (-1, self.less)):
            yield from ((sign, (part, column) if self.along == "rows" else (row, part)) for part in parts)


class Judgement(NamedTuple):
    """What a cell says, what its parts come to, by how much rounding could put it off, and the verdict."""

    printed: Decimal
    worked_out: Decimal
    slack: Decimal
    verdict: str


class Sum(NamedTuple):
    """What a printed cell should be by the paper's own rule, and what it is; pounds, posts, hours or per cent.

    `slack` is by how much rounding could explain a difference. `row` and `label` name the cell; `verdict` is one of
    `EXACT`, `WITHIN`, `OUT`, `EXPLAINED`, and `why` the reason of an accepted difference.
    """

    row: str
    label: str
    rule: Rule
    printed: Decimal
    worked_out: Decimal
    slack: Decimal
    unit: str
    verdict: str
    why: str = ""

    @property
    def place(self) -> Position:
        """Where the cell is."""
        return self.rule.place

    @property
    def difference(self) -> Decimal:
        """What is printed less what it should be."""
        return self.printed - self.worked_out


class Grid:
    """The lines, columns and read cells of a printed table, and the rules by which the paper works some of them out."""

    def __init__(self, table: Published) -> None:
        """Read the cells of `table`."""
        self.table = table
        self.columns = table.headings
        self.lines = list(table.lines())
        self.cells: dict[Position, Printed] = {}
        for row, line in enumerate(self.lines):
            for column in range(min(len(line.cells), len(self.columns))):
                self.cells[row, column] = read_cell(line.cells[column], self.unit_of((row, column)))
        self.rules = [rule for rule in self._list_rules() if rule.place in self.cells]
        self._accepted: dict[tuple[str, str], list[AcceptedDifference]] = defaultdict(list)
        for each in table.accepted_differences:
            self._accepted[each.row, each.column].append(each)

    def accepted_in(self, row: str, label: str) -> list[AcceptedDifference]:
        """Return the entries that accept differences in a cell: it may be off beside the ledger, down and across."""
        return self._accepted.get((row, label), [])

    def unit_of(self, place: Position) -> str:
        """Return the unit of a cell: the row's own, the column's, the table's; of posts and hours it is the measure.

        What is a percentage of another cell is in `%`, whether it prints the sign or not.
        """
        if self.lines[place[0]].row.of or self.columns[place[1]].of:
            return "%"
        for selector in (self.lines[place[0]].row, self.columns[place[1]]):
            if selector.measure and selector.measure != "money":
                return selector.measure
            if selector.unit:
                return selector.unit
        return self.table.unit or str(self.table.measure)

    def sign_of(self, place: Position) -> int:
        """Return -1 for a cell that is printed below nil where the ledger is above it, else 1."""
        sign = self.lines[place[0]].row.sign or self.columns[place[1]].sign or self.table.sign
        return -1 if sign == "negative" else 1

    def _list_rules(self) -> Iterator[Rule]:
        rows = {line.id: position for position, line in enumerate(self.lines)}
        columns = {column.label: position for position, column in enumerate(self.columns)}
        whole = [row for row, line in enumerate(self.lines)
                 if line.cells and line.id != TOTAL and line.row.in_total and not line.row.is_computed]  # fmt: skip
        printed = {row for row, line in enumerate(self.lines) if line.cells}
        for row in sorted(printed):
            line = self.lines[row]
            named = [[rows[id_] for id_ in ids if id_ in rows] for ids in (line.row.adds, line.row.less)]
            if line.id == TOTAL:
                named = [whole, []]
            adds, less = (tuple(part for part in some if part in printed) for some in named)
            is_whole = len(adds) + len(less) == sum(map(len, named))
            of = rows.get(line.row.of or "")
            for column in range(len(self.columns)) if any(named) else ():
                yield Rule((row, column), adds, less, None if of is None else (of, column), "rows", is_whole)
        for column, heading in enumerate(self.columns):
            adds, less = (
                tuple(columns[label] for label in labels if label in columns) for labels in (heading.adds, heading.less)
            )
            of = columns.get(heading.of or "")
            for row in sorted(printed) if adds or less else ():
                yield Rule((row, column), adds, less, None if of is None else (row, of), "columns")


class Arithmetic(NamedTuple):
    """A printed table by itself: its id, the record, its cells, and what its sums come to."""

    id: str
    table: Published
    grid: Grid
    sums: tuple[Sum, ...]


def work_out(id_: str, table: Published) -> Arithmetic:
    """Return the cells of a printed table, and each sum that it prints beside what the parts come to."""
    grid = Grid(table)
    return Arithmetic(id_, table, grid, tuple(_list_sums(grid)))


def is_off_by(
    grid: Grid, place: Position, difference: Decimal, accepted: AcceptedDifference, slack: Decimal = Decimal(0)
) -> bool:
    """Return whether a cell is off by what was accepted, exactly, in the places that are printed, or within `slack`."""
    kind, off = accepted.off
    unit = grid.unit_of(place)
    if kind != ("£" if unit in POUNDS else "%" if unit == "%" else ""):
        return False
    return abs(difference - off) <= max(grid.cells[place].half, slack)


def judge(rule: Rule, cells: Mapping[Position, Printed]) -> Judgement | None:
    """Return what a printed cell is beside what its parts come to; `None` where nothing can be said of it."""
    worked, printed = _work_out(rule, cells), cells[rule.place]
    if worked is None or printed.kind not in {DASH, PERCENTAGE if rule.of else AMOUNT}:
        return None
    exact, slack = worked
    if printed.kind == DASH and not exact:
        return None  # nothing, of nothing
    number, slack = printed.number or Decimal(0), slack + printed.half
    is_within = abs(number - exact) <= slack
    if rule.of:  # a quotient is worked out to the printed place, or to a tenth
        exact = exact.quantize((printed.half * 2).normalize() or Decimal("0.1"), ROUND_HALF_UP)
    return Judgement(number, exact, slack, EXACT if number == exact else WITHIN if is_within else OUT)


def _list_sums(grid: Grid) -> Iterator[Sum]:
    """Yield what each computed cell should be and what it is; those of which nothing can be said are left out."""
    for rule in grid.rules:
        judged = judge(rule, grid.cells)
        if judged is None:
            continue
        line, column = grid.lines[rule.place[0]], grid.columns[rule.place[1]]
        unit = "%" if rule.of else grid.unit_of(rule.place)
        own = Sum(line.id, column.label, rule, *judged[:3], unit, judged.verdict)
        for accepted in grid.accepted_in(own.row, own.label) if own.verdict == OUT else ():
            if is_off_by(grid, own.place, own.difference, accepted):
                own = own._replace(verdict=EXPLAINED, why=accepted.why)
        yield own


def _work_out(rule: Rule, cells: Mapping[Position, Printed]) -> tuple[Decimal, Decimal] | None:
    """Return what the parts come to and by how much rounding of them may put it off; `None` if they cannot be added."""
    added = _add(rule.parts, cells) if rule.is_whole else None
    if added is None or rule.of is None:
        return added
    whole = cells.get(rule.of)
    if whole is None or whole.kind != AMOUNT or not whole.number:
        return None
    number, slack = added
    exact = number / whole.number * 100
    # The quotient is furthest off where its parts are off the most, in opposite ways.
    ends = [(number + way * slack) / (whole.number + other * whole.half) * 100 for way in (1, -1) for other in (1, -1)]
    return exact, max(abs(end - exact) for end in ends)


def _add(parts: Iterable[tuple[int, Position]], cells: Mapping[Position, Printed]) -> tuple[Decimal, Decimal] | None:
    number = slack = Decimal(0)
    for sign, place in parts:
        cell = cells.get(place)
        if cell is None or (cell.kind not in (AMOUNT, DASH) and not cell.states_nothing):
            return None
        number += sign * (cell.number or Decimal(0))
        slack += cell.half
    return number, slack
