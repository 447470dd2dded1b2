"""Figures that two ledgers do not state alike; and what of that a reviewer should look at.

That is what was edited though a committee has read and closed it, what moves a closed total otherwise, and what has
become doubtful.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from emcollab.records.ledger import Figure, Ledger
from emcollab.results.doubts import FAR, find_far_outturns, find_outlived
from emcollab.results.edits import NewNames
from emcollab.results.shares import NOT_APPORTIONED, apportion
from emcollab.results.standing import Standing
from emcollab.values.periods import is_over


class FigureChange(NamedTuple):
    """A figure that one side states and the other does not, or not so.

    `stands` tells of the newer of the two whether totals use it; none does that is not of one year.
    """

    before: Figure | None
    after: Figure | None
    figure: Figure
    stands: bool


def compare_figures(old: Iterable[Figure], new: Iterable[Figure], standing: set[Figure]) -> Iterator[FigureChange]:
    """Yield each figure that differs, those of a benefit together and by year: the new ones, then those that went."""
    before, after = _by_statement(old), _by_statement(new)
    benefits: dict[tuple[object, ...], list[FigureChange]] = defaultdict(list)
    for key in dict.fromkeys([*after, *before]):
        for was, is_ in zip_longest(before.get(key, ()), after.get(key, ())):
            newer = is_ or was
            if was != is_ and (was is None or is_ is None or _as_dated(was) != _as_dated(is_)):
                benefits[newer.stated].append(FigureChange(was, is_, newer, newer in standing))
    for changes in benefits.values():
        yield from sorted(changes, key=lambda change: change.figure.period)


def _as_dated(figure: Figure) -> Figure:
    """Return a figure without its place and its paper's days, of which the records tell."""
    return figure._replace(statement=0, date=date.min, as_at=date.min)


def _by_statement(figures: Iterable[Figure]) -> dict[tuple[object, ...], list[Figure]]:
    """Return together the figures of one subject, basis and paper."""
    statements: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        statements[_said_by(figure)].append(figure)
    return statements


def _said_by(figure: Figure) -> tuple[object, ...]:
    """Return what figures of one subject, basis and paper have in common."""
    return *figure.subject, figure.basis, figure.source


def edits_what_is_over(change: FigureChange, latest: date) -> bool:
    """Return whether a figure of a closed year was taken out, or states another amount; another kind is no edit.

    A year is closed once either ledger has a paper of a day after it, the `latest`: a change cannot open it again by
    dating papers back. A new statement is no edit.
    """
    was, is_ = change.before, change.after
    if was is None or (is_ is not None and (was.amount, was.parts) == (is_.amount, is_.parts)):
        return False
    return is_over(was.period, latest)


class Side(NamedTuple):
    """One of the two ledgers, and what stands in it."""

    ledger: Ledger
    standing: Standing


def find_moved_otherwise(
    before: Side, after: Side, names: NewNames, told: Collection[object]
) -> Iterable[tuple[str, str]]:
    """Return the areas and closed years of which a total moves by anything but new statements of later papers.

    It may be by the date of a paper, by what takes the place of another, by another area or category. Subjects that
    are `told` are of figures that were edited. Then come the forces of which a total moves so in a year in which that
    of no area does; what stood is divided as it would be now, since `transfers` tells of the rest.
    """
    areas: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    forces: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for was, is_ in _pair_moved_otherwise(before, after, names, told):
        for figure, sign in ((was, -1), (is_, 1)):
            if figure is not None:
                areas[figure.area, figure.year, figure.measure, figure.category] += sign * figure.amount
                for force, part in apportion(after.ledger, figure).items():
                    forces[force, figure.year, figure.measure, figure.category] += sign * part
    moved = dict.fromkeys((area, year) for (area, year, *_), change in areas.items() if change)
    years = {year for _, year in moved}
    return moved | dict.fromkeys(
        (force, year)
        for (force, year, *_), change in forces.items()
        if change and force != NOT_APPORTIONED and year not in years
    )


def _pair_moved_otherwise(
    before: Side, after: Side, names: NewNames, told: Collection[object]
) -> Iterator[tuple[Figure | None, Figure | None]]:
    """Yield of each subject and closed year what stood and what stands, if no new statement made another of it."""
    latest = max(side.ledger.dated or date.min for side in (before, after))
    stated = set(map(_said_by, map(names.rename, before.ledger.figures)))
    stood = {figure.subject: figure for figure in map(names.rename, before.standing.figures)}
    for subject in dict.fromkeys([*stood, *after.standing.by_subject]):
        was, is_ = stood.get(subject), after.standing.by_subject.get(subject)
        year = (is_ or stood[subject]).year
        if not year or was == is_ or subject in told or not is_over(year, latest):
            continue
        if is_ is None:
            is_anew = _gives_way(stood[subject], stated, before, after)
        else:
            is_new = _said_by(is_) not in stated
            is_anew = is_new and (was is None or _restates(is_, was, before.ledger))
        if not is_anew:
            yield was, is_


def _gives_way(was: Figure, stated: Collection[object], before: Side, after: Side) -> bool:
    """Return whether a figure stands no more because of new statements: of what takes its place, or of a closure."""
    if was.subject in after.standing.displaced:
        _, takers = after.standing.displaced[was.subject]
        return all(_said_by(figure) not in stated for figure in takers)
    earlier, project = (side.ledger.projects.get(was.project) for side in (before, after))
    said = {each.source for each in earlier.statements} if earlier else ()
    return project is not None and earlier is not None and any(each.source not in said for each in project.statements)


def _restates(is_: Figure, was: Figure, before: Ledger) -> bool:
    """Return whether a figure restates one of the same area and category: no outturn by a new paper dated back."""
    dated_back = is_.source not in before.sources and is_.date < (before.dated or date.min)
    return (was.area, was.category) == (is_.area, is_.category) and not (was.basis == "actual" and dated_back)


def say_edited(change: FigureChange) -> str:
    """Return the warning that a figure of a period that is over was edited or taken out."""
    figure = change.figure
    happened = "was taken out" if change.after is None else "was edited"
    later = "a later figure is a new statement"
    return f"{figure.project}/{figure.benefit}, {figure.period}: a figure of a period that is over {happened}; {later}"


def warn_of_far(change: FigureChange) -> Iterator[str]:
    """Yield the warning that the noughts of a figure should be looked at.

    It was edited to a hundred times what it was or more, or to a hundredth of it or less.
    """
    if change.before is None or change.after is None:
        return
    before, after = abs(change.before.amount), abs(change.after.amount)
    if 0 < min(before, after) * FAR <= max(before, after):
        far = "at least a hundred times" if before < after else "no more than a hundredth of"
        figure = change.figure
        yield f"{figure.project}/{figure.benefit}, {figure.period}: the figure is {far} what it was; check the noughts"


def warn_of_doubts(before: Side, after: Side, names: NewNames) -> Iterator[str]:
    """Yield a warning for each figure that has become doubtful."""
    earlier = {(names.rename(figure).subject, doubt) for figure, doubt in _list_doubts(before)}
    for figure, doubt in _list_doubts(after):
        if (figure.subject, doubt) not in earlier:
            yield f"{figure.project}/{figure.benefit}, {figure.period}: {doubt}"


def _list_doubts(side: Side) -> Iterator[tuple[Figure, str]]:
    """Yield each figure that is doubtful, though it is no problem, and why it is."""
    for doubt, figures in (
        ("an earlier paper expects it of a time after its project was closed", find_outlived(*side)),
        (
            "the outturn is a hundred times what was expected or more, or a hundredth or less; check the noughts",
            find_far_outturns(side.ledger.figures, side.standing.figures),
        ),
    ):
        yield from ((figure, doubt) for figure in figures)
