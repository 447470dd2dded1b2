"""Which figure stands: of all that papers state for one benefit and period, the one that totals use.

Papers restate each other, and every figure is kept. Two things can keep a figure from standing beside a better one for the
same benefit: its project was closed before the year began, as a later paper says; or another benefit takes its place.
"""

from datetime import date
from typing import NamedTuple

from emcollab.records.ledger import Figure, Ledger, in_order
from emcollab.values.dates import last_day
from emcollab.values.periods import start_of_period
from emcollab.values.terms import STANDING

Stated = tuple[str, str, bool]
"""A benefit or cost: project, id, and whether it is a cost."""


class Standing(NamedTuple):
    """Which figures stand, in the order of the ledger, and which do not though no later paper restates them.

    `lapsed` are those that earlier papers expected of a year after their project's closure. `displaced` are those whose
    place the figures of another benefit take, each with one of these.
    """

    figures: tuple[Figure, ...]
    lapsed: tuple[Figure, ...]
    displaced: dict[Figure, Figure]


def find_standing(ledger: Ledger) -> Standing:
    """Return which figures of `ledger` stand, at most one a benefit or cost and period.

    An actual beats everything, the later paper (and of one paper the later day up to which it reports) beats the earlier,
    and of one day `reported` beats `estimate`. A plan never stands, nor what became of one. Figures of every period are
    among them; only those of a year are ever added.
    """
    best: dict[tuple[str, str, bool, str], Figure] = {}
    lapsed: dict[tuple[str, str, bool, str], Figure] = {}
    closures = find_closures(ledger)
    for figure in ledger.figures:
        if figure.basis not in STANDING:
            continue
        subject = figure.subject
        rivals = lapsed if closures and _has_lapsed(figure, closures) else best
        rival = rivals.get(subject)
        if rival is None or _rank(figure) > _rank(rival):
            rivals[subject] = figure
    displaced = _find_displaced(best, ledger)
    return Standing(
        tuple(figure for figure in best.values() if figure not in displaced) if displaced else tuple(best.values()),
        tuple(figure for subject, figure in lapsed.items() if subject not in best),
        displaced,
    )


def find_latest(ledger: Ledger, basis: str) -> list[Figure]:
    """Return for each benefit or cost and period the figure of one `basis` that the latest paper states.

    A benefit has none for a year of which another that takes its place states anything, a plan too.
    """
    latest: dict[tuple[str, str, bool, str], Figure] = {}
    for figure in ledger.figures:
        if figure.basis == basis:
            rival = latest.get(figure.subject)
            if rival is None or (figure.date, figure.as_at) > (rival.date, rival.as_at):
                latest[figure.subject] = figure
    replaced = list_replaced(ledger)
    if not replaced:
        return list(latest.values())
    gone = {
        (*old, figure.year, figure.measure)
        for figure in ledger.figures
        if figure.year and figure.stated in replaced
        for old in replaced[figure.stated]
    }
    return [figure for figure in latest.values() if (*figure.stated, figure.year, figure.measure) not in gone]


def list_replaced(ledger: Ledger) -> dict[Stated, list[Stated]]:
    """Return for each benefit or cost that takes the place of others all of these, and those whose place these took."""
    direct: dict[Stated, list[Stated]] = {}
    for id_, project in ledger.projects.items():
        for (kind, name), cost in project.stated():
            if cost.replaces:
                named = [other.partition("/") for other in cost.replaces]
                direct[id_, str(name), kind == "costs"] = [(other, each, kind == "costs") for other, _, each in named]

    reached = {}
    for stated, others in direct.items():
        found = dict.fromkeys(others)
        waiting = list(others)
        while waiting:
            further = [other for other in direct.get(waiting.pop(), ()) if other not in found]
            found |= dict.fromkeys(further)
            waiting += further
        reached[stated] = list(found)
    return reached


def _rank(figure: Figure) -> tuple[bool, date, date, bool]:
    return figure.basis == "actual", figure.date, figure.as_at, figure.basis == "reported"


class Closure(NamedTuple):
    """That a project was closed, or goes on again (`day` is `None`): by which day, and from which paper on it is known."""

    day: date | None
    known: date

    def is_known_on(self, day: date) -> bool:
        """Return whether a paper of `day` or before says so."""
        return self.known <= day


def find_closures(ledger: Ledger) -> dict[str, list[Closure]]:
    """Return of each project that any paper calls closed what papers say of it, the latest first.

    Where the paper names no day, the project was closed by the day up to which the paper reports.
    """
    closures: dict[str, list[Closure]] = {}
    for id_, project in ledger.projects.items():
        if not any(statement.closed or statement.status == "closed" for statement in project.statements):
            continue
        for statement in in_order(project.statements, ledger.sources):
            source = ledger.sources[statement.source]
            closed = statement.closed.date if statement.closed else None
            if closed or statement.closed or statement.status == "closed":
                day = last_day(closed) if closed else statement.as_at or source.reports_to
                earlier = closures.get(id_, [])
                if not closed and earlier and earlier[0].day:
                    day = earlier[0].day  # said again, without the day
                closures.setdefault(id_, []).insert(0, Closure(day, source.day))
            elif statement.status:
                closures.setdefault(id_, []).insert(0, Closure(None, source.day))
    return closures


def _has_lapsed(figure: Figure, closures: dict[str, list[Closure]]) -> bool:
    """Return whether a figure is what an earlier paper expected of a time that begins after its project's closure."""
    latest = next(iter(closures.get(figure.project, ())), None)
    begun = start_of_period(figure.period)
    if latest is None or latest.day is None or begun is None:
        return False
    first_said = min(each.known for each in closures[figure.project] if each.day == latest.day)
    return figure.date < first_said and begun > latest.day


def _find_displaced(best: dict[tuple[str, str, bool, str], Figure], ledger: Ledger) -> dict[Figure, Figure]:
    """Return the figures whose place those of another benefit take, each with one of these.

    It is so for each year of which the other has any figure, a nil too; but an estimate never displaces an actual, and
    gives way to it.
    """
    displaced: dict[Figure, Figure] = {}
    replaced = list_replaced(ledger)
    if not replaced:
        return displaced
    for figure in best.values():
        if not figure.year or figure.stated not in replaced:
            continue
        olds = [best.get((*old, figure.year)) for old in replaced[figure.stated]]
        rivals = [old for old in olds if old is not None and old.measure == figure.measure]
        actual = next((old for old in rivals if old.basis == "actual"), None)
        if figure.basis == "estimate" and actual is not None:
            displaced[figure] = actual
        else:
            displaced |= {old: figure for old in rivals}
    return displaced
