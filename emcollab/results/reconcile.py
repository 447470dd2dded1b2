"""Reconciliation: a table as a paper printed it, against the ledger as at the paper's date, and against itself.

A cell agrees if the ledger's amount, rounded to as many decimals as are printed, is what is printed. Nothing that was
not compared is said to agree. A difference that somebody has looked at is *accepted*, cell by cell and by its amount,
with a reason; any other is a problem of the data.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from emcollab.records.ledger import Figure, Ledger
from emcollab.records.published import TOTAL, PrintedColumn, PrintedRow, Published
from emcollab.results.arithmetic import OUT, Arithmetic, Grid, Position, Rule, Sum, is_off_by, work_out
from emcollab.results.as_at import narrow_to_day
from emcollab.results.printed import AMOUNT, PERCENTAGE, UNREADABLE, WORDS, Printed
from emcollab.results.shares import NOT_APPORTIONED, apportion
from emcollab.results.standing import Subject, find_bound, find_latest, find_standing, keep_stronger
from emcollab.values.money import format_amount, places_needed
from emcollab.values.terms import CASHABLE, STANDING

AGREES = "agrees"
DIFFERS = "differs"
ACCEPTED = "accepted"
NOT_IN_LEDGER = "not in the ledger"
NOT_PRINTED = "not printed"
NOT_COMPARED = "not compared"

AT_ODDS = frozenset({DIFFERS, NOT_IN_LEDGER, NOT_PRINTED})
"""The verdicts that are problems, unless accepted."""


class ReconciledCell(NamedTuple):
    """One printed cell beside the ledger.

    `row` is the id of the row, or `TOTAL`; `label` the heading of its column; `place` the positions of both. `printed`
    is the amount that the text states and `ledger` the ledger's, both in pounds, posts or hours and with the sign of
    the ledger; `None` where nothing is stated. `figures` are the ledger's, but of a sum none: they are those of its
    parts. `projects` are the first of those that the figures, or those of the parts, are of. `why` is the reason of an
    accepted difference; `is_rounded` says that it agrees only because its parts were rounded. `is_computed` tells a
    cell that the paper works out from others.
    """

    row: str
    label: str
    place: Position
    text: str
    printed: Decimal | None
    ledger: Decimal | None
    verdict: str
    why: str
    figures: tuple[Figure, ...]
    projects: tuple[str, ...] = ()
    is_computed: bool = False
    is_rounded: bool = False

    @property
    def difference(self) -> Decimal:
        """What is printed less what the ledger has, nothing counting as nil."""
        return (self.printed or Decimal(0)) - (self.ledger or Decimal(0))


class Reconciliation(NamedTuple):
    """A printed table, cell by cell in the order of print, and its own sums.

    `missing` are the ids of rows for which the ledger has figures in the table's columns, but the table no row; only of
    a table that claims to be of all.
    """

    id: str
    table: Published
    day: date
    grid: Grid
    cells: tuple[ReconciledCell, ...]
    sums: tuple[Sum, ...]
    missing: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether every cell and sum agrees or is accepted."""
        return not any(cell.verdict in AT_ODDS for cell in self.cells) and not any(
            own.verdict == OUT for own in self.sums
        )


def reconcile(ledger: Ledger, ids: Iterable[str]) -> list[Reconciliation]:
    """Return the published tables `ids`, each beside the ledger as at the date of its paper."""
    return reconcile_tables(ledger, [work_out(id_, ledger.published[id_]) for id_ in ids])


def reconcile_tables(ledger: Ledger, tables: Iterable[Arithmetic]) -> list[Reconciliation]:
    """Return printed tables, each beside the ledger as at the date of its paper."""
    tables = list(tables)
    if not tables:
        return []
    figures = _Figures(ledger)
    results: dict[str, Reconciliation] = {}
    day: _Day | None = None
    for own in sorted(tables, key=lambda own: ledger.sources[own.table.source].day):
        latest = figures.latest_paper(ledger.sources[own.table.source].day)
        if day is None or day.day != latest:
            day = _Day(figures, latest)
        results[own.id] = _Table(own, day).reconcile()
    return [results[own.id] for own in tables]


def show_as_printed(grid: Grid, place: Position, amount: Decimal | None) -> str:
    """Return an amount of the ledger in the unit and with the sign of a cell, exactly; `nothing` for none.

    It has the decimals of the cell at least: `0.040` beside `0.040`.
    """
    if amount is None:
        return "nothing"
    unit = grid.unit_of(place)
    places = max(places_needed(amount, unit), places_needed(grid.cells[place].half * 2, unit))
    return format_amount(amount * grid.sign_of(place), unit, places)


# --- the ledger on a day


_Kinds = dict[tuple[str, str], list[Figure]]
"""Figures by period and measure."""

_Rows = dict[str, list[Figure]]
"""Figures by what a row stands for."""


class _Held(NamedTuple):
    """What the ledger holds for a cell, with the sign of the print; how much rounding of its parts may put it off."""

    amount: Decimal | None
    figures: tuple[Figure, ...]
    projects: tuple[str, ...]
    slack: Decimal


class _Figures:
    """The figures of a ledger, followed from paper to paper: those that only their own rivals can displace.

    The others (`bound`) are looked at anew for each day, in a ledger of their projects alone.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        bound = find_bound(ledger)
        projects = {id_: ledger.projects[id_] for id_, _, _ in bound}
        self.bound = replace(
            ledger, projects=projects, published={}, recommendations={},
            figures=tuple(figure for figure in ledger.figures if figure.stated in bound),
        )  # fmt: skip
        free = [figure for figure in ledger.figures if figure.stated not in bound]
        self._by_date = sorted(free, key=lambda figure: figure.date)
        self._seen: dict[str | None, int] = defaultdict(int)
        self._strongest: dict[str | None, dict[tuple[str, str], dict[Subject, Figure]]] = defaultdict(dict)
        self._reported = sorted({figure.as_at for figure in ledger.figures})
        self._papers = sorted({ledger.sources[id_].day for id_ in _list_cited(ledger) if id_ in ledger.sources})

    def latest_paper(self, day: date) -> date:
        """Return the day up to which no paper says more than up to `day`: tables of many days are beside one ledger."""
        return _find_latest(self._papers, day) or day

    def latest_report(self, as_at: date) -> date | None:
        """Return the last day, not after `as_at`, up to which a figure is reported; `None` if there is none."""
        return _find_latest(self._reported, as_at)

    def follow(self, basis: str | None, day: date) -> _Kinds:
        """Return what stands on `day`, or the latest of one basis; no earlier day can be asked for after it."""
        strongest = self._strongest[basis]
        end = bisect_right(self._by_date, day, key=lambda figure: figure.date)
        for figure in self._by_date[self._seen[basis] : end]:
            if figure.basis == basis if basis else figure.basis in STANDING:
                keep_stronger(strongest.setdefault((figure.period, figure.measure), {}), figure)
        self._seen[basis] = end
        return {kind: list(rivals.values()) for kind, rivals in strongest.items()}


def _find_latest(days: list[date], last: date) -> date | None:
    place = bisect_right(days, last)
    return days[place - 1] if place else None


def _list_cited(ledger: Ledger) -> Iterator[str | None]:
    """Yield the papers that say anything of projects, and of how benefits are divided."""
    for project in ledger.projects.values():
        yield from (citation.source for _, citation in project.citations())
        yield from (cost.shares_source for _, cost in project.stated())
    yield from (key.source for key in ledger.shares.values())


class _Day:
    """The ledger as at the day of a paper; what is asked of it is worked out once for all tables of the day."""

    def __init__(self, figures: _Figures, day: date) -> None:
        self.day = day
        self.rows: dict[tuple[object, ...], _Rows] = {}
        self.held: dict[tuple[int, str, int], _Held] = {}
        self._all = figures
        self._chosen: dict[tuple[str | None, date | None], _Kinds] = {}
        self._parted: dict[tuple[object, ...], dict[tuple[str, ...], list[Figure]]] = {}

    @cached_property
    def ledger(self) -> Ledger:
        """All that was known on the day; few tables need more than its figures."""
        return narrow_to_day(self._all.ledger, self.day)

    def choose(
        self, basis: str | None, as_at: date | None, period: str, measure: str, named: Mapping[str, str]
    ) -> list[Figure]:
        """Return what stands, or the latest of one basis, of one period and measure, reported up to `as_at`.

        `named` are an area, a project, a benefit and a force of which alone they are to be: of the force, the parts.
        """
        reported = self._all.latest_report(as_at) if as_at else None
        if as_at and not reported:
            return []
        kind = (basis, reported)
        if kind not in self._chosen:
            self._chosen[kind] = self._choose(*kind)
        figures = self._chosen[kind].get((period, measure), [])
        if not named:
            return figures
        key = (*kind, period, measure, *named)
        if key not in self._parted:
            self._parted[key] = self._part(figures, list(named))
        return self._parted[key].get(tuple(named.values()), [])

    def _choose(self, basis: str | None, as_at: date | None) -> _Kinds:
        chosen = {} if as_at else self._all.follow(basis, self.day)
        if as_at or self._all.bound.figures:
            ledger = self.ledger if as_at else narrow_to_day(self._all.bound, self.day)
            ledger = ledger.narrow(figure for figure in ledger.figures if not as_at or figure.as_at <= as_at)
            for figure in find_latest(ledger, basis) if basis else find_standing(ledger).figures:
                chosen.setdefault((figure.period, figure.measure), []).append(figure)
        return chosen

    def _part(self, figures: Iterable[Figure], names: list[str]) -> dict[tuple[str, ...], list[Figure]]:
        parted: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
        for figure in figures:
            of = [_ROWS[name](figure) for name in names if name != "force"]
            if "force" in names:
                for force, amount in apportion(self.ledger, figure).items():
                    parted[(*of, force)].append(figure._replace(amount=amount))
            else:
                parted[tuple(of)].append(figure)
        return parted


# --- one table


_SELECTED = (
    "basis", "as_at", "category", "cashability", "recurrence", "area", "project", "benefit", "force", "measure",
)  # fmt: skip
"""What a column or a row may say of which figures it holds, beside their period."""

_NAMED = ("area", "project", "benefit", "force")
"""What of this names a record."""

_DEEPEST = 50
"""How many sums of sums are followed; no paper prints so many."""


_MOST_PROJECTS = 3
"""How many projects are named as those that the figures in a cell are of."""


class _Table:
    """A printed table on the day of its paper."""

    def __init__(self, own: Arithmetic, day: _Day) -> None:
        self.own = own
        self.table = own.table
        self.day = day
        self.grid = own.grid
        self._selected: dict[tuple[int, int, str], _Rows] = {}
        self._held: dict[Position, _Held | None] = {}
        self._order: list[Position] = []
        self._rules = {
            rule.place: rule for rule in reversed(self.grid.rules) if rule.of is None and not self._is_of_figures(rule)
        }
        self._shares = {rule.place for rule in self.grid.rules if rule.of is not None}

    def reconcile(self) -> Reconciliation:
        out = {own.place for own in self.own.sums if own.verdict == OUT}
        cells: dict[Position, ReconciledCell] = {}
        for place in self.grid.cells:
            self._hold(place)
        for place in self._order:
            rule = self._rules.get(place)
            parts = [cells[part] for _, part in rule.parts if part in cells] if rule else []
            cells[place] = self._reconcile_cell(place, parts, is_out=place in out)
        in_order = tuple(cells[place] for place in sorted(cells))
        missing = self._find_missing()
        return Reconciliation(self.own.id, self.table, self.day.day, self.grid, in_order, self.own.sums, missing)

    # --- what the ledger holds

    def _is_of_figures(self, rule: Rule) -> bool:
        """Return whether a cell is one of figures, beside which the paper has an identity of its own."""
        row, heading = self.grid.lines[rule.place[0]].row, self.grid.columns[rule.place[1]]
        return bool(self.table.by and (heading.period if rule.along == "columns" else row.period))

    def _hold(self, place: Position, depth: int = 0) -> _Held | None:
        """Return what the ledger holds for a cell; `None` if it does not hold it, or not all of its parts."""
        if place not in self._held:
            self._held[place] = None  # a circle, which is a problem of its own, holds nothing
            rule = self._rules.get(place)
            if rule is None:
                self._held[place] = self._look_up(place)
            elif depth < _DEEPEST:
                self._held[place] = self._add_parts(rule.parts, depth + 1)
            self._order.append(place)
        return self._held[place]

    def _add_parts(self, parts: Iterable[tuple[int, Position]], depth: int) -> _Held | None:
        held = [
            (sign, self._hold(place, depth), self.grid.cells[place])
            for sign, place in parts
            if place in self.grid.cells
        ]
        if not held or any(part is None for _, part, _ in held):
            return None
        stated = [(sign, part) for sign, part, _ in held if part is not None and part.amount is not None]
        amount = sum((sign * (part.amount or Decimal(0)) for sign, part in stated), Decimal(0)) if stated else None
        slack = sum((part.slack + cell.half for _, part, cell in held if part is not None), Decimal(0))
        return _Held(amount, (), _name_first(chain.from_iterable(part.projects for _, part in stated)), slack)

    def _look_up(self, place: Position) -> _Held | None:
        line, heading = self.grid.lines[place[0]], self.grid.columns[place[1]]
        selectors: tuple[PrintedColumn | PrintedRow, ...] = (line.row, heading)
        period = line.row.period or heading.period
        if self.table.by is None or period is None or place in self._shares or line.id == TOTAL:
            return None
        if (line.row.is_computed and not line.row.period) or not all(selector.compare for selector in selectors):
            return None
        rows, sign = self._rows_of(line.row, heading, period), self.grid.sign_of(place)
        own = getattr(line.row, self.table.by) or getattr(heading, self.table.by)
        row = "" if own and self.table.by != "force" else own or line.id
        key = (id(rows), row, sign)  # cells of the same figures have them in common
        if key not in self.day.held:
            # Without a row, all that was chosen is of the one that the row or column names.
            figures = tuple(rows.get(row, ()) if row else chain.from_iterable(rows.values()))
            amount = sign * sum(map(_AMOUNT, figures), Decimal(0)) if figures else None
            projects = _name_first(figure.project for figure in figures)
            self.day.held[key] = _Held(amount, figures, projects, Decimal(0))
        return self.day.held[key]

    def _rows_of(self, row: PrintedRow, column: PrintedColumn, period: str) -> _Rows:
        """Return the figures of a column, as a row may narrow it down, by what rows stand for."""
        selectors = (id(row), id(column), period)  # most rows are one and the same: one of which nothing is said
        if selectors not in self._selected:
            chosen = {name: getattr(row, name) or getattr(column, name) for name in _SELECTED}
            chosen["measure"] = chosen["measure"] or self.table.measure or "money"
            key = (self.table.by, period, *chosen.values())
            if key not in self.day.rows:
                self.day.rows[key] = self._choose(period, chosen)
            self._selected[selectors] = self.day.rows[key]
        return self._selected[selectors]

    def _choose(self, period: str, chosen: dict[str, Any]) -> _Rows:
        row_of = _ROWS[str(self.table.by)]
        rows: _Rows = defaultdict(list)
        if self.table.by == "force":
            forces = [chosen["force"]] if chosen["force"] else [*self.day.ledger.forces, NOT_APPORTIONED]
            for force in forces:
                if figures := self._find_meant(period, {**chosen, "force": force}):
                    rows[force] = figures
        else:
            for figure in self._find_meant(period, chosen):
                rows[row_of(figure)].append(figure)
        return rows

    def _find_meant(self, period: str, chosen: dict[str, Any]) -> list[Figure]:
        """Return the figures of one period that a column, and a row, say that they hold."""
        named = {name: chosen[name] for name in _NAMED if chosen[name]}
        figures = self.day.choose(chosen["basis"], chosen["as_at"], period, chosen["measure"], named)
        if category := chosen["category"]:
            figures = [figure for figure in figures if figure.category == category]
        elif self.table.by not in ("benefit", "category", "cashability"):
            figures = [figure for figure in figures if figure.category != "cost"]
        if cashability := chosen["cashability"]:
            kinds = CASHABLE if cashability == "cashable" else {cashability}
            figures = [figure for figure in figures if figure.cashability in kinds]
        if recurrence := chosen["recurrence"]:
            benefit = self.day.ledger.benefit
            figures = [figure for figure in figures if benefit(figure).recurrence == recurrence]
        return figures

    def _find_missing(self) -> tuple[str, ...]:
        if self.table.by in (None, "cashability") or not self.table.totals:
            return ()
        selectors = [*self.grid.columns, *(line.row for line in self.grid.lines)]
        shown = {line.id for line in self.grid.lines} | {
            getattr(selector, str(self.table.by)) for selector in selectors
        }
        found = {
            row
            for rows in self._selected.values()
            for row, figures in rows.items()
            if not all(figure.is_cost for figure in figures)
        }
        return tuple(sorted(found - shown))

    # --- verdicts

    def _reconcile_cell(self, place: Position, parts: list[ReconciledCell], *, is_out: bool) -> ReconciledCell:
        line, heading = self.grid.lines[place[0]], self.grid.columns[place[1]]
        cell, sign = self.grid.cells[place], self.grid.sign_of(place)
        held = self._hold(place)
        is_computed = place in self._rules or place in self._shares
        accepted = self.grid.accepted_in(line.id, heading.label)
        number = cell.number if cell.kind == AMOUNT else None
        made = ReconciledCell(
            line.id, heading.label, place, line.cells[place[1]], None if number is None else number * sign,
            None if held is None or held.amount is None else held.amount * sign, NOT_COMPARED, "",
            () if held is None else held.figures, () if held is None else held.projects, is_computed,
        )  # fmt: skip
        if held is None or (cell.kind in (PERCENTAGE, UNREADABLE) and not accepted):
            return made._replace(ledger=None) if held is None else made
        if cell.kind == WORDS and held.amount is None:
            return made  # words agree with nothing
        verdict = _compare(cell, number, held.amount)
        slack = held.slack + cell.half if parts else Decimal(0)
        if verdict in AT_ODDS and parts and abs(made.difference) <= slack:
            return made._replace(verdict=AGREES, is_rounded=True)
        for each in accepted if verdict in AT_ODDS else ():
            if is_off_by(self.grid, place, made.difference * sign, each, slack):
                return made._replace(verdict=ACCEPTED, why=each.why)
        if verdict in AT_ODDS and parts and (is_out or any(part.verdict in {*AT_ODDS, ACCEPTED} for part in parts)):
            return made._replace(verdict=NOT_COMPARED)  # it follows from its parts, or is told as a sum
        return made._replace(verdict=verdict)


_ROWS: dict[str, Callable[[Figure], str]] = {
    "area": attrgetter("area"),
    "project": attrgetter("project"),
    "benefit": lambda figure: f"{figure.project}/{figure.benefit}",
    "category": attrgetter("category"),
    "cashability": lambda figure: figure.cashability or figure.category,
    "force": lambda _: NOT_APPORTIONED,
}
"""The id of the row in which a figure belongs."""

_AMOUNT = attrgetter("amount")


def _name_first(projects: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(projects))[:_MOST_PROJECTS])


def _compare(cell: Printed, printed: Decimal | None, ledger: Decimal | None) -> str:
    """Return the verdict on two amounts with the sign of the print; a nil and nothing stated are alike."""
    if not printed and not ledger:
        return AGREES
    if printed is None:
        return NOT_PRINTED
    if ledger is None:
        return NOT_IN_LEDGER
    return AGREES if abs(printed - ledger) <= cell.half else DIFFERS
