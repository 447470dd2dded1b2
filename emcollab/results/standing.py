"""Which figure stands: of all that papers state for one benefit and period, the one that totals use.

Papers restate each other, and every figure is kept. Two things can keep a figure from standing beside a better one
for the same benefit: its project was closed before the year began, as a later paper says; or another benefit takes its
place.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from emcollab.records.ledger import Figure, Ledger, in_order
from emcollab.values.dates import last_day
from emcollab.values.periods import start_of_period
from emcollab.values.terms import STANDING

Stated = tuple[str, str, bool]
"""A benefit or cost: project, id, and whether it is a cost."""

Subject = tuple[str, str, bool, str]
"""`Figure.subject`: of the figures that have one in common, one stands."""


class Standing(NamedTuple):
    """Which figures of a ledger stand, by subject, and which do not though no later paper restates them.

    `lapsed` are those that earlier papers expected of a time after their project's closure. `displaced` has for each
    whose place figures of other benefits take, by subject, itself and these figures, which stand; `replaced` the same
    the other way round, for each that takes the place of others these.
    """

    by_subject: dict[Subject, Figure]
    lapsed: dict[Subject, Figure]
    displaced: dict[Subject, tuple[Figure, tuple[Figure, ...]]]
    replaced: dict[Subject, list[Figure]]

    @property
    def figures(self) -> Iterable[Figure]:
        """The figures that stand, in the order of the ledger."""
        return self.by_subject.values()

    def has(self, figure: Figure) -> bool:
        """Return whether a figure, or the whole that it is a part of, stands."""
        stands = self.by_subject.get(figure.subject)
        return stands is figure or (stands is not None and stands.identity == figure.identity)


_KEPT = 8
"""Of how many ledgers, the last that were asked about, it is kept what follows from them."""


@lru_cache(_KEPT)
def find_standing(ledger: Ledger) -> Standing:
    """Return which figures of `ledger` stand, at most one a benefit or cost and period.

    An actual beats everything, the later paper (and of one paper the later day up to which it reports) beats the
    earlier, and of one day `reported` beats `estimate`. A plan never stands, nor what became of one. Figures of every
    period are among them; only those of a year are ever added.
    """
    closures = find_closures(ledger)
    standing: dict[Subject, Figure] = {}
    lapsed: dict[Subject, Figure] = {}
    for figure in ledger.figures:
        if figure.basis in STANDING:
            rivals = lapsed if closures and _has_lapsed(figure, closures) else standing
            keep_stronger(rivals, figure)
    displaced = _find_displaced(standing, ledger)
    replaced: dict[Subject, list[Figure]] = defaultdict(list)
    for old, takers in displaced.values():
        for by in takers:
            replaced[by.subject].append(old)
    return Standing(
        {subject: figure for subject, figure in standing.items() if subject not in displaced}
        if displaced
        else standing,
        {subject: figure for subject, figure in lapsed.items() if subject not in standing},
        displaced,
        dict(replaced),
    )


def keep_stronger(rivals: dict[Subject, Figure], figure: Figure) -> None:
    """Put `figure` among `rivals`, of one basis or of those that can stand, unless a stronger one is there."""
    subject = figure.subject
    rival = rivals.setdefault(subject, figure)
    if rival is not figure and _rank(figure) > _rank(rival):
        rivals[subject] = figure


def find_latest(ledger: Ledger, basis: str) -> list[Figure]:
    """Return for each benefit or cost and period the figure of one `basis` that the latest paper states.

    Where the figure of another benefit stands in its place for a year, a benefit has none of any basis. Of a plan,
    or what became of one, it has none either for a year of which the other states anything at all.
    """
    latest = _find_strongest(ledger).get(basis, {})
    replaced = list_replaced(ledger)
    if not replaced:
        return list(latest.values())
    displaced = find_standing(ledger).displaced
    gone = {(*subject, figure.measure) for subject, (figure, _) in displaced.items()}
    if basis not in STANDING:
        stated: dict[Stated, set[tuple[str, str]]] = defaultdict(set)
        for figure in ledger.figures:
            if figure.year and figure.subject not in displaced:
                stated[figure.stated].add((figure.year, figure.measure))
        taken: dict[Stated, set[tuple[str, str]]] = defaultdict(set)
        for new in chain.from_iterable(reversed(group_replaced(replaced))):
            for old in replaced.get(new, ()):
                taken[old] |= stated[new] | taken[new]
        gone |= {(*old, *year) for old, years in taken.items() for year in years}
    return [figure for figure in latest.values() if (*figure.subject, figure.measure) not in gone]


@lru_cache(_KEPT)
def _find_strongest(ledger: Ledger) -> dict[str, dict[Subject, Figure]]:
    """Return for each basis the strongest figure of each benefit or cost and period."""
    strongest: dict[str, dict[Subject, Figure]] = defaultdict(dict)
    for figure in ledger.figures:
        keep_stronger(strongest[figure.basis], figure)
    return strongest


@lru_cache(_KEPT)
def list_replaced(ledger: Ledger) -> dict[Stated, list[Stated]]:
    """Return for each benefit or cost that takes the place of others these, as it names them."""
    replaced: dict[Stated, list[Stated]] = {}
    for id_, project in ledger.projects.items():
        for (kind, name), cost in project.stated():
            if cost.replaces:
                named = [other.partition("/") for other in cost.replaces]
                replaced[id_, str(name), kind == "costs"] = [(other, each, kind == "costs") for other, _, each in named]
    return replaced


def group_replaced(replaced: Mapping[Stated, list[Stated]]) -> list[list[Stated]]:
    """Return all that replace or are replaced, each after what it replaces; together those that replace each other.

    This is Gabow's search for strong components, along one path: `bounds` are the first on it of each group so far.
    """
    groups: list[list[Stated]] = []
    met: dict[Stated, int] = {}
    done: set[Stated] = set()
    path: list[Stated] = []
    bounds: list[Stated] = []
    for first in replaced:
        way = [] if first in met else [(first, iter([first]))]
        while way:
            here, others = way[-1]
            other = next(others, None)
            if other is None:
                way.pop()
                if bounds[-1:] == [here]:
                    bounds.pop()
                    group = [path.pop()]
                    while group[-1] != here:
                        group.append(path.pop())
                    groups.append(group)
                    done.update(group)
            elif other not in met:
                met[other] = len(met)
                path.append(other)
                bounds.append(other)
                way.append((other, iter(replaced.get(other, ()))))
            elif other not in done:
                while met[bounds[-1]] > met[other]:
                    bounds.pop()
    return groups


def find_bound(ledger: Ledger) -> set[Stated]:
    """Return the benefits and costs of which more than their own figures say what stands.

    Their project was closed at some time; or they take the place of others, or others take theirs.
    """
    replaced = list_replaced(ledger)
    closed = find_closures(ledger)
    bound = {figure.stated for figure in ledger.figures if figure.project in closed} if closed else set()
    return bound.union(replaced, *replaced.values())


def _rank(figure: Figure) -> tuple[bool, date, date, bool, bool]:
    return figure.basis == "actual", figure.date, figure.as_at, figure.basis == "reported", bool(figure.parts)


class ClosedBy(NamedTuple):
    """That a project was closed, or goes on again (`day` is `None`): by which day, and since when it is known."""

    day: date | None
    known: date


class Closures(NamedTuple):
    """What papers say of whether one project goes on, the earliest first.

    `first_known` is since when the closure is known that the latest of them tells; `None` if it tells of none.
    """

    said: list[ClosedBy]
    first_known: date | None

    def known_on(self, day: date) -> ClosedBy | None:
        """Return what the latest paper of that day or before says."""
        place = bisect_right(self.said, day, key=lambda each: each.known)
        return self.said[place - 1] if place else None


def find_closures(ledger: Ledger) -> dict[str, Closures]:
    """Return of each project that any paper calls closed what papers say of it.

    Where the paper names no day, the project was closed by the day up to which the paper reports.
    """
    closures: dict[str, Closures] = {}
    for id_, project in ledger.projects.items():
        if not any(statement.closed or statement.status == "closed" for statement in project.statements):
            continue
        said: list[ClosedBy] = []
        for statement in in_order(project.statements, ledger.sources):
            source = ledger.sources[statement.source]
            if statement.closed and statement.closed.date:
                said.append(ClosedBy(last_day(statement.closed.date), source.day))
            elif statement.closed or statement.status == "closed":
                earlier = said[-1].day if said else None  # said again, without the day
                said.append(ClosedBy(earlier or statement.as_at or source.reports_to, source.day))
            elif statement.status:
                said.append(ClosedBy(None, source.day))
        day = said[-1].day if said else None
        closures[id_] = Closures(said, min((each.known for each in said if day and each.day == day), default=None))
    return closures


def _has_lapsed(figure: Figure, closures: dict[str, Closures]) -> bool:
    """Return whether a figure is what an earlier paper expected of a time that begins after its project's closure."""
    closed, begun = closed_since(figure, closures), start_of_period(figure.period)
    return closed is not None and begun is not None and begun > closed


def closed_since(figure: Figure, closures: dict[str, Closures]) -> date | None:
    """Return by which day the project was closed, if a later paper than that of what was expected says so.

    An outturn was not expected: it came. `closures` are what `find_closures` returns.
    """
    of_project = closures.get(figure.project)
    if of_project is None or of_project.first_known is None or figure.basis == "actual":
        return None
    return of_project.said[-1].day if figure.date < of_project.first_known else None


def _find_displaced(
    standing: dict[Subject, Figure], ledger: Ledger
) -> dict[Subject, tuple[Figure, tuple[Figure, ...]]]:
    """Return the figures whose place those of other benefits take, each with these.

    It is so for each year of which the other has any figure, a nil too; but an estimate never displaces an actual, and
    gives way to it.
    """
    replaced = list_replaced(ledger)
    groups = group_replaced(replaced)
    own: dict[Stated, _ByYear] = {stated: {} for group in groups for stated in group}
    places: dict[Subject, int] = {}
    for place, figure in enumerate(standing.values() if own else ()):
        if figure.year and figure.stated in own:
            own[figure.stated][figure.year, figure.measure] = figure
            places[figure.subject] = place
    actual = _find_actual_below(replaced, groups, own)
    takes = _find_takers(replaced, groups, own, actual, places)
    displaced: dict[Subject, tuple[Figure, tuple[Figure, ...]]] = {}
    for stated, figures in own.items():
        for year, figure in figures.items():
            takers = takes[stated].get(year, ())
            if _gives_way(figure, actual[stated]):
                outturn = actual[stated][year]
                takers = _join(takers, takes[outturn.stated].get(year, (outturn,)), places)
            if takers:
                displaced[figure.subject] = (figure, takers)
    return displaced


_ByYear = dict[tuple[str, str], Figure]
"""The figures of a benefit or cost, by year and measure."""

_MOST_TAKERS = 20
"""How many figures are named of those that take the place of one: there may be thousands, of each of thousands."""


def _gives_way(figure: Figure, actual: _ByYear) -> bool:
    """Return whether an estimate gives way to an outturn of what it replaces."""
    return figure.basis == "estimate" and (figure.year, figure.measure) in actual


def _find_actual_below(
    replaced: Mapping[Stated, list[Stated]], groups: Iterable[list[Stated]], own: Mapping[Stated, _ByYear]
) -> dict[Stated, _ByYear]:
    """Return for each benefit or cost the outturns of what it replaces, first of what it names itself."""
    actual: dict[Stated, _ByYear] = defaultdict(dict)
    for new in chain.from_iterable(groups):
        olds = replaced.get(new, ())
        outturns = ({year: old for year, old in own[name].items() if old.basis == "actual"} for name in olds)
        for some in (*outturns, *(actual[name] for name in olds)):
            actual[new] = some | actual[new]
    return actual


def _find_takers(
    replaced: Mapping[Stated, list[Stated]],
    groups: list[list[Stated]],
    own: Mapping[Stated, _ByYear],
    actual: Mapping[Stated, _ByYear],
    places: Mapping[Subject, int],
) -> Mapping[Stated, dict[tuple[str, str], tuple[Figure, ...]]]:
    """Return for each benefit or cost, by year and measure, the figures that stand in its place.

    What takes a place and gives way in turn is not among them: those that take its own place are.
    """
    takes: dict[Stated, dict[tuple[str, str], tuple[Figure, ...]]] = defaultdict(dict)
    for new in chain.from_iterable(reversed(groups)):
        given = {year: (figure,) for year, figure in own[new].items() if not _gives_way(figure, actual[new])}
        for old in replaced.get(new, ()):
            for year, figures in (given | takes[new]).items():
                others = takes[old].setdefault(year, figures)
                if others is not figures:
                    takes[old][year] = _join(others, figures, places)
    return takes


def _join(some: Iterable[Figure], others: Iterable[Figure], places: Mapping[Subject, int]) -> tuple[Figure, ...]:
    """Return the figures of both, each once, in the order of `places`."""
    figures = {figure.subject: figure for figure in chain(some, others)}
    return tuple(sorted(figures.values(), key=lambda figure: places[figure.subject])[:_MOST_TAKERS])
