"""Totals: the summary table, by any grouping, with what the total is made of.

Every grouping has the same total, because each is a sum over the same standing figures. Costs are not
part of it unless they are asked for by name: the table is of what was brought, as the papers print it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from emcollab.records.ledger import Figure, Ledger
from emcollab.records.lists import Force
from emcollab.records.project import Project
from emcollab.results.shares import NOT_APPORTIONED, apportion, is_apportioned
from emcollab.results.standing import Standing, find_latest, find_standing
from emcollab.values.dates import years_between
from emcollab.values.periods import is_year, year_in_part, years_of
from emcollab.values.terms import CASHABLE, STANDING

Amounts = dict[str, Decimal | None]
"""An amount for each column: a financial year, or `SUM`. `None` where nothing is stated."""

SUM = "sum"
"""The column of all years together, present only when asked for."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which figures to total; an empty filter lets everything through, an empty measure too.

    `years` are those asked for by name; `first` and `last` (inclusive, empty if open) bound the columns
    otherwise. `cashabilities` may hold `cashable`, which stands for the three kinds of cashable saving.
    """

    measure: str = "money"
    years: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    areas: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    cashabilities: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()


class SummaryRow(NamedTuple):
    """A row of totals: its id and label, the amounts, and the years whose amount includes an estimate."""

    id: str
    label: str
    amounts: Amounts
    estimates: tuple[str, ...]


class Totals(NamedTuple):
    """The summary table in numbers: pounds, posts or hours, exact.

    `years` are the columns in order, `sum_years` whether `SUM` is one more. `subtotals` has the parts of `PARTS`,
    and `part_estimates` the years in which each includes an estimate. `costs` are those that the selection left out
    of the total; `apportioned` the benefits, as project and id, of which forces have parts in it; `left_out` says
    that there are others, which no paper divides between forces. `not_added` are amounts of other periods than a
    year, which are in no total; `lapsed` those expected of years after their project's closure; `of_plans` says
    that plans are totalled, and nothing else; `mixed` are the years in which what is new is added to levels;
    `counts` what benefits in the total count, where papers say so; `planned` the labels of rows for which there is
    nothing yet but a plan.
    """

    title: str
    measure: str
    by: str
    years: tuple[str, ...]
    sum_years: bool
    rows: tuple[SummaryRow, ...]
    total: Amounts
    subtotals: dict[str, Amounts]
    part_estimates: dict[str, tuple[str, ...]]
    not_added: tuple[Figure, ...]
    costs: Amounts
    apportioned: tuple[tuple[str, str], ...] = ()
    left_out: bool = False
    planned: tuple[str, ...] = ()
    lapsed: tuple[Figure, ...] = ()
    mixed: tuple[str, ...] = ()
    counts: frozenset[str] = frozenset()
    of_plans: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of amounts: the years, and `SUM` if it was asked for."""
        return (*self.years, SUM) if self.sum_years else self.years

    @property
    def estimates(self) -> tuple[str, ...]:
        """The years in which the total includes an estimate."""
        return tuple(sorted({year for row in self.rows for year in row.estimates}))


_CASHABILITY_LABELS = {
    "cash-releasing": "Cashable, cash releasing",
    "not-cash-releasing": "Cashable, not cash releasing",
    "cashable": "Cashable, not stated whether cash releasing",
    "non-cashable": "Non-cashable",
    "unstated": "Cashability not stated",
    "funding": "Funding, not a saving",
    "unclassified": "Unclassified",
    "cost": "Costs",
}
_CATEGORY_LABELS = {"saving": "Savings", "funding": "Funding", "unclassified": "Unclassified", "cost": "Costs"}
_BASIS_LABELS = {"actual": "Actual", "reported": "Reported", "estimate": "Estimate", "plan": "Plan"}


def _names(records: Mapping[str, Project | Force]) -> dict[str, str]:
    return {id_: record.name for id_, record in records.items()}


class Grouping(NamedTuple):
    """A way to make rows: the heading, the row id of a figure, and the labels of all rows there can be, in order.

    `row_of` is also given the force that the figure is the part of, or `NOT_APPORTIONED`.
    """

    heading: str
    row_of: Callable[[Figure, str], str]
    labels: Callable[[Ledger], dict[str, str]]


GROUPINGS: dict[str, Grouping] = {
    "area": Grouping("Area", lambda figure, _: figure.area, lambda ledger: ledger.areas),
    "project": Grouping("Project", lambda figure, _: figure.project, lambda ledger: _names(ledger.projects)),
    "force": Grouping(
        "Force", lambda _, force: force, lambda ledger: {**_names(ledger.forces), NOT_APPORTIONED: "Not apportioned"}
    ),
    "category": Grouping("Category", lambda figure, _: figure.category, lambda _: _CATEGORY_LABELS),
    "cashability": Grouping(
        "Cashability", lambda figure, _: figure.cashability or figure.category, lambda _: _CASHABILITY_LABELS
    ),
    "basis": Grouping("Basis", lambda figure, _: figure.basis, lambda _: _BASIS_LABELS),
}
"""To add one: write its line here, and its name in `values.terms.GROUPINGS`."""

ROWS: dict[str, Grouping] = {
    **GROUPINGS,
    "benefit": Grouping(
        "Benefit",
        lambda figure, _: f"{figure.project}/{figure.benefit}",
        lambda ledger: {"/".join(ids): ledger.label(*ids) for ids in ledger.benefit_ids()},
    ),
}
"""What rows of printed tables and of appraisals stand for: all groupings, and benefits."""


class Heap(NamedTuple):
    """The sum of all figures of one row that are alike in year, category, cashability and basis."""

    row: str
    year: str
    category: str
    cashability: str
    basis: str
    amount: Decimal


PARTS: dict[str, tuple[str, int, Callable[[Heap], bool]]] = {
    "saving": ("savings", 1, lambda heap: heap.category == "saving"),
    "cashable": ("cashable", 2, lambda heap: heap.cashability in CASHABLE),
    "cash-releasing": ("cash releasing", 3, lambda heap: heap.cashability == "cash-releasing"),
    "non-cashable": ("non-cashable", 2, lambda heap: heap.cashability == "non-cashable"),
    "cashability-unstated": ("cashability not stated", 2, lambda heap: heap.cashability == "unstated"),
    "funding": ("funding", 1, lambda heap: heap.category == "funding"),
    "unclassified": ("unclassified", 1, lambda heap: heap.category == "unclassified"),
}
"""What a total is made of: each part's label, its depth, and the figures that belong to it."""


class CannotBeSummedError(ValueError):
    """Years cannot be added together, because some figures count what is new in a year: a sentence for the user."""

    def __init__(self) -> None:
        """Say so; there is nothing more to tell."""
        super().__init__(
            "some of these figures count what is new in a year, which may still be there in the next: years are not "
            "added together; leave --sum-years out, or choose other figures"
        )


_KEPT = 8
"""How many tables are kept: a paper and a report show the same more than once."""


@lru_cache(_KEPT)
def total_by(ledger: Ledger, by: str, selection: Selection, *, sum_years: bool = False) -> Totals:
    """Return the summary table of `ledger` with a row for each group of `by`, one of `GROUPINGS`.

    Rows come in the order of the grouping; a row has a figure in the selection, be it a plan or of a year that is
    not shown, as printed tables keep their rows; rows of forces are all there are. Columns run from the first to the
    last year with figures, unless the selection names years. If no column has a figure there are no rows. Plans are
    totalled if `selection` asks for them.

    Raises:
        CannotBeSummedError: `sum_years`, and figures that count what is new in a year are among them.
    """
    standing = find_standing(ledger)
    plans = choose(find_latest(ledger, "plan"), selection)
    of_plans = "plan" in selection.bases
    chosen = plans if of_plans else choose(standing.figures, selection)
    heaps, dated = _add_up(ledger, [figure for figure in chosen if figure.year], by, selection.forces)
    benefits = [heap for heap in heaps if _is_counted(heap.category, selection)]
    years = _columns([heap.year for heap in benefits], selection)
    columns = (*years, SUM) if sum_years else years
    counts = _find_counts(ledger, [figure for figure in dated if _is_counted(figure.category, selection)], years)
    if sum_years and any("new" in some for some in counts.values()):
        raise CannotBeSummedError
    rows: dict[str, list[Heap]] = defaultdict(list)
    for heap in benefits:
        rows[heap.row].append(heap)
    counted = [figure for figure in plans if by != "basis" and _is_counted(figure.category, selection)]
    not_added = tuple(find_not_added(ledger, standing, selection, ("plan",) if of_plans else STANDING))
    planned, apart = (
        {row for _, row, _ in divide(ledger, figures, by, selection.forces)} for figures in (counted, not_added)
    )
    planned -= {*rows, *apart}
    labels = GROUPINGS[by].labels(ledger)
    names_of_planned = tuple(label for id_, label in labels.items() if id_ in planned)
    if not any(heap.year in years for heap in benefits):
        labels = {}
    shown = {*rows, *planned} | ({*(selection.forces or ledger.forces)} if by == "force" else set())
    costs = [heap for heap in heaps if heap.category == "cost"]
    parts = {id_: [heap for heap in benefits if belongs(heap)] for id_, (_, _, belongs) in PARTS.items()}
    apportioned = [
        (figure.project, figure.benefit)
        for figure in (dated if by == "force" or selection.forces else ())
        if _is_counted(figure.category, selection) and ledger.benefit(figure).shares
    ]
    return Totals(
        title=ledger.settings.title,
        measure=selection.measure,
        by=by,
        years=years,
        sum_years=sum_years,
        rows=tuple(
            SummaryRow(id_, label, _sum(rows[id_], columns), _estimates(rows[id_], years))
            for id_, label in labels.items()
            if id_ in shown
        ),
        total=_sum(benefits, columns),
        subtotals={id_: _sum(heaps, columns) for id_, heaps in parts.items()},
        part_estimates={id_: _estimates(heaps, years) for id_, heaps in parts.items()},
        not_added=not_added,
        costs={} if "cost" in selection.categories else _sum(costs, columns),
        apportioned=tuple(dict.fromkeys(apportioned)),
        left_out=bool(selection.forces) and any(is_left_out(ledger, figure, selection) for figure in chosen),
        planned=() if of_plans else names_of_planned,
        lapsed=() if of_plans else tuple(
            figure for figure in choose(standing.lapsed.values(), selection)
            if _is_counted(figure.category, selection) and reaches_into(figure.period, selection)
            and any(divide(ledger, [figure], "project", selection.forces))
        ),
        mixed=tuple(year for year in years if {"new", "level"} <= counts[year]),
        counts=frozenset().union(*counts.values()),
        of_plans=of_plans,
    )  # fmt: skip


def _find_counts(ledger: Ledger, figures: Sequence[Figure], years: Iterable[str]) -> dict[str, set[str]]:
    """Return for each year what its figures count, where papers say so: `level`, `new`, or both."""
    counts: dict[str, set[str]] = {year: set() for year in years}
    said = {
        (id_, name, kind == "costs"): cost.counts
        for id_ in {figure.project for figure in figures}
        for (kind, name), cost in ledger.projects[id_].stated()
        if cost.counts
    }
    for figure in figures if said else ():
        if figure.year in counts and figure.stated in said:
            counts[figure.year].add(said[figure.stated])
    return counts


def _is_counted(category: str, selection: Selection) -> bool:
    """Return whether figures of a category are in the total: costs only are if they were asked for."""
    return category != "cost" or "cost" in selection.categories


def find_not_added(
    ledger: Ledger, standing: Standing, selection: Selection, bases: Collection[str]
) -> Iterator[Figure]:
    """Yield the amounts of other periods than a year, or the parts of them that fall to the forces of the selection.

    Of each benefit, period and each of `bases` it is the latest. The part of a year is left out once there is an actual
    of the year.
    """
    latest: dict[tuple[object, ...], Figure] = {}
    of_others = [figure for figure in ledger.figures if not figure.year and figure.basis in bases]
    for figure in choose(of_others, selection):
        if not _is_counted(figure.category, selection) or not reaches_into(figure.period, selection):
            continue
        rival = latest.setdefault((figure.subject, figure.basis), figure)
        if (figure.date, figure.as_at) > (rival.date, rival.as_at):
            latest[figure.subject, figure.basis] = figure
    for figure in latest.values():
        whole = standing.by_subject.get((*figure.stated, year_in_part(figure.period)))
        if (whole and whole.basis == "actual") or figure.subject in standing.lapsed:
            continue
        if parts := [part for *_, part in divide(ledger, [figure], "project", selection.forces)]:
            yield figure._replace(amount=sum(parts, Decimal(0)))


def is_left_out(ledger: Ledger, figure: Figure, selection: Selection) -> bool:
    """Return whether a figure would be in the selection, but falls to no force."""
    return (
        not is_apportioned(ledger, figure)
        and _is_counted(figure.category, selection)
        and reaches_into(figure.period, selection)
    )


def divide(
    ledger: Ledger, figures: Iterable[Figure], by: str, forces: tuple[str, ...] = ()
) -> Iterator[tuple[Figure, str, Decimal]]:
    """Yield of each figure the id of its row of `by` and the amount; with forces in play, one for each force's part.

    Forces are in play if rows are forces, or if only the parts of `forces` are wanted.
    """
    row_of = ROWS[by].row_of
    if by != "force" and not forces:
        for figure in figures:
            yield figure, row_of(figure, NOT_APPORTIONED), figure.amount
        return
    for figure in figures:
        parts = apportion(ledger, figure)
        for force in dict.fromkeys(forces) or parts:
            if force in parts:
                yield figure, row_of(figure, force), parts[force]


def choose(figures: Iterable[Figure], selection: Selection) -> list[Figure]:
    """Return those of `figures` that pass the filters of `selection`, but for its years and forces."""
    cashable = CASHABLE if "cashable" in selection.cashabilities else ()
    filters = {
        "measure": selection.measure and {selection.measure},
        "area": selection.areas,
        "project": selection.projects,
        "category": selection.categories,
        "basis": selection.bases,
        "cashability": {*selection.cashabilities, *cashable},
    }
    for field, wanted in filters.items():
        if wanted:
            figures = [figure for figure in figures if getattr(figure, field) in wanted]
    return list(figures)


def in_years(year: str, selection: Selection) -> bool:
    """Return whether a year is among those that `selection` names, or within its bounds."""
    if selection.years:
        return year in selection.years
    return selection.first <= year and (not selection.last or year <= selection.last)


def reaches_into(period: str, selection: Selection) -> bool:
    """Return whether a period reaches into the years of `selection`; one without years always does."""
    if is_year(period):
        return in_years(period, selection)
    years = years_of(period)
    return years is None or any(in_years(year, selection) for year in years_between(*years))


def _columns(years: list[str], selection: Selection) -> tuple[str, ...]:
    if selection.years:
        return tuple(sorted(set(selection.years)))
    return years_between(selection.first or min(years), selection.last or max(years)) if years else ()


def _add_up(
    ledger: Ledger, figures: Iterable[Figure], by: str, forces: tuple[str, ...]
) -> tuple[list[Heap], list[Figure]]:
    """Return the heaps that figures come to, of a large ledger few, and the figures that have a part in them."""
    heaps: dict[tuple[str, str, str, str, str], Decimal] = defaultdict(Decimal)
    taken: list[Figure] = []
    for figure, row, amount in divide(ledger, figures, by, forces):
        heaps[row, figure.year, figure.category, figure.cashability, figure.basis] += amount
        if not taken or taken[-1] is not figure:
            taken.append(figure)
    return [Heap(*alike, amount) for alike, amount in heaps.items()], taken


def _sum(heaps: Iterable[Heap], columns: tuple[str, ...]) -> Amounts:
    amounts: Amounts = dict.fromkeys(columns)
    for heap in heaps:
        if heap.year in amounts:
            amounts[heap.year] = (amounts[heap.year] or Decimal(0)) + heap.amount
    if SUM in amounts:
        stated = [amount for amount in amounts.values() if amount is not None]
        amounts[SUM] = sum(stated, Decimal(0)) if stated else None
    return amounts


def _estimates(heaps: Iterable[Heap], years: tuple[str, ...]) -> tuple[str, ...]:
    estimated = {heap.year for heap in heaps if heap.basis == "estimate"}
    return tuple(year for year in years if year in estimated)
