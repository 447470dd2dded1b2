"""Two ledgers, or one on two days: which totals moved, by area and by force, by how much, and through which figures.

What is renamed is not taken for removed and added: figures and totals are compared under the new names. Projects that
are alike on both sides are looked at only where their figures are part of a total that moves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from emcollab.records.ledger import Figure, Ledger
from emcollab.records.published import Published
from emcollab.results.amended import (
    FigureChange,
    Side,
    compare_figures,
    edits_what_is_over,
    find_moved_otherwise,
    say_edited,
    warn_of_doubts,
    warn_of_far,
)
from emcollab.results.edits import (
    CHANGED,
    NO_NAMES,
    REMOVED,
    Names,
    NewNames,
    RecordChange,
    compare_records,
    find_passed_names,
)
from emcollab.results.shares import NOT_APPORTIONED, apportion, find_divided
from emcollab.results.standing import find_standing, list_replaced
from emcollab.results.transfers import Transfer, find_redivided, pair_figures, say_redivided, sum_transfers
from emcollab.values.money import say_amounts
from emcollab.values.terms import name_kind


class Moved(NamedTuple):
    """A total that moved: of one area, year and kind, before and after; `None` where nothing was stated.

    `kind` is the category, of a saving with its cashability; amounts are pounds, posts or hours, by `measure`. A total
    of all areas, or of one `force` (or `NOT_APPORTIONED`), has no `area`, and is of `benefits` or `cost`.
    """

    measure: str
    area: str
    year: str
    kind: str
    before: Decimal | None
    after: Decimal | None
    force: str = ""

    @property
    def change(self) -> Decimal:
        """After less before, nothing counting as nil."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True, slots=True)
class Changes:
    """What lies between two ledgers.

    `warnings` name changes to what a committee has read and closed, names that went to others, and figures that have
    become doubtful; `closed_year` is whether a figure of a period that is over was edited, taken out, or divided
    otherwise, or a total of it moves by anything but a new statement, `beyond_limit` whether a total moved by more than
    `warn_of_limit` lets pass. `totals` are those of all areas in the years that move: of benefits, and of costs (whose
    `kind` is `cost`). `forces` are those of forces that move, and of what is not apportioned with them; `None` if they
    were not asked for. `transfers` are what moves between areas, or between forces.
    """

    moved: tuple[Moved, ...]
    figures: tuple[FigureChange, ...]
    records: tuple[RecordChange, ...]
    warnings: tuple[str, ...]
    closed_year: bool = False
    beyond_limit: bool = False
    totals: tuple[Moved, ...] = ()
    forces: tuple[Moved, ...] | None = None
    transfers: tuple[Transfer, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything changed at all."""
        return bool(self.moved or self.figures or self.records or self.forces)


def compare(before: Ledger, after: Ledger, *, is_one_ledger: bool = False, by_force: bool = False) -> Changes:
    """Return what changed from `before` to `after`: totals by area, year and kind, then figures, then records.

    Of one ledger on two days (`results.as_at`) no record changed, and nothing was edited; what has become doubtful is
    warned of. `by_force` asks for the totals of forces too, which ledgers narrowed to the parts of one do not have.
    """
    records, names = ([], NO_NAMES) if is_one_ledger else compare_records(before, after)
    alike = _find_alike(before, after)
    old, new = (_take_projects(ledger, ledger.projects.keys() - alike) for ledger in (before, after))
    stood, stands = find_standing(old), find_standing(new)
    new_names = NewNames(names)
    in_totals = {figure for figure in (*map(new_names.rename, stood.figures), *stands.figures) if figure.year}
    figures = tuple(compare_figures(map(new_names.rename, old.figures), new.figures, in_totals))
    moved = _compare_totals(
        _sum(old, stood.figures, new_names, by_force=by_force),
        _sum(new, stands.figures, NewNames(NO_NAMES), by_force=by_force),
        after,
        alike,
    )
    latest = max(before.dated or date.min, after.dated or date.min)
    edited = [] if is_one_ledger else [change for change in figures if edits_what_is_over(change, latest)]
    pairs = list(pair_figures(stood, stands, new_names))
    redivided = list(find_redivided(old, new, new_names, pairs)) if by_force else []
    divided = [] if is_one_ledger else say_redivided(old, new, redivided, latest)
    told = {change.figure.subject for change in edited}
    sides = Side(old, stood), Side(new, stands)
    otherwise = [] if is_one_ledger else find_moved_otherwise(*sides, new_names, told)
    warnings = [
        *(say_edited(change) for change in edited),
        *(
            f"{row}, {year}: a total of a year that is over moves, and by no new statement of a later paper"
            for row, year in otherwise
        ),
        *(f"{what}: what is over is divided otherwise between forces than it was" for what in divided),
        *(warning for change in figures for warning in warn_of_far(change)),
        *find_passed_names(before, after, records, names),
        *_warn_of_tables(records, before, after, names),
        *warn_of_doubts(*sides, new_names),
    ]
    return Changes(
        tuple(each for each in moved if each.area), figures, tuple(records), tuple(warnings),
        bool(edited or otherwise or divided),
        totals=tuple(each for each in moved if not each.area and not each.force),
        forces=tuple(each for each in moved if each.force) if by_force else None,
        transfers=tuple(sum_transfers(pairs, redivided)),
    )  # fmt: skip


def _find_alike(before: Ledger, after: Ledger) -> set[str]:
    """Return the projects of which all figures stand on both sides, and are divided, in the same way.

    They are equal, and so are the papers and the keys by which figures are divided; and nothing of other benefits takes
    the place of theirs.
    """
    sides = (before, after), (after, before)
    days = [
        {id_: (paper.day, paper.reports_to) for id_, paper in one.sources.items() if id_ in other.sources}
        for one, other in sides
    ]
    forces = [[id_ for id_ in one.forces if id_ in other.forces] for one, other in sides]
    if days[0] != days[1] or forces[0] != forces[1]:
        return set()
    alike = {id_ for id_, project in after.projects.items() if before.projects.get(id_) == project}
    for ledger in (before, after):
        for (id_, *_), others in list_replaced(ledger).items():
            alike -= {id_, *(other for other, *_ in others)}
    keys = {key for key in (*before.shares, *after.shares) if before.shares.get(key) != after.shares.get(key)}
    for id_ in list(alike) if keys else ():
        if any(isinstance(cost.shares, str) and cost.shares in keys for _, cost in after.projects[id_].stated()):
            alike.remove(id_)
    return alike


def _take_projects(ledger: Ledger, ids: Collection[str]) -> Ledger:
    """Return a ledger with some of its projects and their figures, in their order."""
    projects = {id_: project for id_, project in ledger.projects.items() if id_ in ids}
    figures = tuple(figure for figure in ledger.figures if figure.project in projects)
    return replace(ledger, projects=projects, figures=figures)


# --- totals

_Key = tuple[str, str, str, str, str]
"""Of a total: measure, area, year, kind and force."""


def _sum(ledger: Ledger, figures: Iterable[Figure], names: NewNames, *, by_force: bool) -> dict[_Key, Decimal]:
    """Return the totals of each area and kind, of all areas, and of each force if asked for; `ledger` has `figures`."""
    divided = find_divided(ledger) if by_force else frozenset()
    heaps: dict[tuple[str, str, str, str, str, bool], Decimal] = defaultdict(Decimal)
    sums: dict[_Key, Decimal] = defaultdict(Decimal)
    for figure in figures:
        if not figure.year:
            continue
        apart = by_force and (figure.project in divided or bool(figure.parts))
        heaps[*figure[2:6], figure.year, apart] += figure.amount
        for force, part in names.rename_parts(apportion(ledger, figure)).items() if apart else ():
            sums[figure.measure, "", figure.year, _name_whole(figure.category), force] += part
    for (area, category, cashability, measure, year, apart), amount in heaps.items():
        what = _name_whole(category)
        sums[measure, names.rename_area(area), year, name_kind(category, cashability), ""] += amount
        sums[measure, "", year, what, ""] += amount
        if by_force and not apart:
            sums[measure, "", year, what, NOT_APPORTIONED] += amount
    return sums


def _name_whole(kind: str) -> str:
    """Return what a total of all areas is of: of costs, or of all other kinds or categories together."""
    return "cost" if kind == "cost" else "benefits"


def _compare_totals(
    old: Mapping[_Key, Decimal], new: Mapping[_Key, Decimal], after: Ledger, alike: set[str]
) -> list[Moved]:
    """Return the totals that move in what is not `alike`, with what is; those of all areas though they do not move.

    Each kind of total is in the order of its file, and then of years. What is not apportioned is told only where the
    total of a force moves.
    """
    keys = {key for key in {**old, **new} if old.get(key) != new.get(key)}
    by_force = any(force not in {"", NOT_APPORTIONED} for *_, force in keys)
    years = {(measure, year) for measure, _, year, *_ in keys}
    shared = [
        figure for figure in find_standing(after).figures
        if figure.project in alike and (figure.measure, figure.year) in years
    ] if years else []  # fmt: skip
    same = _sum(after, shared, NewNames(NO_NAMES), by_force=by_force)

    def find(side: Mapping[_Key, Decimal], key: _Key) -> Decimal | None:
        found = [sums[key] for sums in (side, same) if key in sums]
        return sum(found, Decimal(0)) if found else None

    moved = {key for key in keys if (key[1] or key[4]) and find(old, key) != find(new, key)}
    if all(force in {"", NOT_APPORTIONED} for *_, force in moved):
        moved = {key for key in moved if key[1]}
    moved |= {(key[0], "", key[2], _name_whole(key[3]), "") for key in moved if key[1]}
    areas, forces = (
        {id_: place for place, id_ in enumerate(records)} for records in (after.areas, (*after.forces, NOT_APPORTIONED))
    )

    def place(key: _Key) -> tuple[object, ...]:
        measure, area, year, kind, force = key
        return measure, areas.get(area, len(areas)), area, forces.get(force, len(forces)), force, year, kind

    return [Moved(*key[:4], find(old, key), find(new, key), key[4]) for key in sorted(moved, key=place)]


# --- warnings


def _warn_of_tables(records: Iterable[RecordChange], before: Ledger, after: Ledger, names: Names) -> Iterator[str]:
    """Yield a warning for each printed table that was edited or taken out.

    A new id for what a printed row stands for changes no print.
    """
    for record in records:
        if record.record != "published table" or record.change not in {CHANGED, REMOVED}:
            continue
        if _under(names, before.published[record.id]) != after.published.get(record.id):
            yield f"published/{record.id}: the record of a printed table was {record.change}; print does not change"


def warn_of_limit(changes: Changes, limit: Decimal | None, after: Ledger) -> Changes:
    """Return the changes, with a warning first for each total of money that moves by more than `limit` pounds.

    That of all areas, or of a force, is told where no other of the same year is. Names are those of `after`.
    """
    if limit is None:
        return changes
    beyond: list[Moved] = []
    for totals in (changes.moved, changes.totals, changes.forces or ()):
        told = {each.year for each in beyond}
        beyond += [
            each for each in totals
            if each.measure == "money" and abs(each.change) > limit and each.year not in told
        ]  # fmt: skip
    said = []
    for each in beyond:
        moves = "rises" if each.change > 0 else "falls"
        change, most = say_amounts((abs(each.change), limit), "money")
        what = f"{_name_row(each, after)}, {each.year}: the total ({each.kind})"
        said.append(f"{what} {moves} by {change}, more than the limit of {most}; check the unit")
    return replace(changes, warnings=(*said, *changes.warnings), beyond_limit=bool(beyond))


def _name_row(moved: Moved, after: Ledger) -> str:
    """Return the name of an area or a force and its id; the id alone, of one that is gone."""
    names = after.areas if moved.area else {id_: force.name for id_, force in after.forces.items()}
    id_ = moved.area or moved.force
    return f"{names[id_]} ({id_})" if id_ in names else id_ or "all areas"


def _under(names: Names, table: Published) -> Published:
    """Return a printed table with the new ids of what its rows stand for, and of its paper."""
    new = names.get(table.by or "", {})
    accepted = [item.model_copy(update={"row": new.get(item.row, item.row)}) for item in table.accepted_differences]
    return table.model_copy(
        update={
            "source": names["source"].get(table.source, table.source),
            "rows": {new.get(row, row): cells for row, cells in table.rows.items()},
            "accepted_differences": accepted,
        }
    )
