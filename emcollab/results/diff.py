"""Two ledgers, or one on two days: which totals moved, by how much, and through which figures.

What is renamed is not taken for removed and added: a record that is equal to one that went, under another
id, is the same, and figures and totals are compared under the new names.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from emcollab.records.base import Record
from emcollab.records.ledger import Figure, Ledger
from emcollab.records.published import Published
from emcollab.results.doubts import find_far_outturns, find_outlived
from emcollab.results.standing import Standing, find_standing
from emcollab.values.periods import end_of_period
from emcollab.values.problems import shorten
from emcollab.values.terms import name_kind

ADDED, REMOVED, CHANGED, RENAMED = "added", "removed", "changed", "renamed"


class Moved(NamedTuple):
    """A total that moved: of one area, year and kind, before and after; `None` where nothing was stated.

    `kind` is the category, of a saving with its cashability; amounts are pounds, posts or hours, by `measure`.
    """

    measure: str
    area: str
    year: str
    kind: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal:
        """After less before, nothing counting as nil."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


class FigureChange(NamedTuple):
    """A figure that one side states and the other does not, or not so.

    `stands` tells of the newer of the two whether totals use it; none does that is not of one year.
    """

    before: Figure | None
    after: Figure | None
    figure: Figure
    stands: bool


class RecordChange(NamedTuple):
    """A record that was added, removed, changed or renamed; `old_id` is the former id of one that was renamed.

    `fields` are those that differ, but for statements, of which the figures tell.
    """

    record: str
    id: str
    change: str
    old_id: str | None = None
    fields: tuple["FieldChange", ...] = ()


class FieldChange(NamedTuple):
    """A field of a record, as `benefits/fuel/cashability`: what it was and what it is, `None` where it is not there."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What lies between two ledgers.

    `warnings` name changes to what a committee has read and closed, and figures that have become doubtful;
    `closed_year` is whether a figure of a period that is over was edited or taken out, `beyond_limit` whether a total
    moved by more than `warn_of_limit` lets pass. `totals` are those of all areas
    in the years that move: of benefits, and of costs (whose `kind` is `cost`).
    """

    moved: tuple[Moved, ...]
    figures: tuple[FigureChange, ...]
    records: tuple[RecordChange, ...]
    warnings: tuple[str, ...]
    closed_year: bool = False
    beyond_limit: bool = False
    totals: tuple[Moved, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything changed at all."""
        return bool(self.moved or self.figures or self.records)


def compare(before: Ledger, after: Ledger, *, is_one_ledger: bool = False) -> Changes:
    """Return what changed from `before` to `after`: totals by area, year and kind, then figures, then records.

    Of one ledger on two days (`results.as_at`) no record changed, and nothing was edited; what has become doubtful is
    warned of.
    """
    records, names = ([], _NO_NAMES) if is_one_ledger else _compare_records(before, after)

    renamed = any(names[kind] for kind in _NO_NAMES)

    def rename(figure: Figure) -> Figure:
        if not renamed:
            return figure
        return figure._replace(
            project=names["project"].get(figure.project, figure.project),
            area=names["area"].get(figure.area, figure.area),
            source=names["source"].get(figure.source, figure.source),
        )

    old = [rename(figure) for figure in before.figures]
    stood, stands = find_standing(before), find_standing(after)
    old_standing = [rename(figure) for figure in stood.figures]
    new_standing = list(stands.figures)
    in_totals = {figure for figure in (*old_standing, *new_standing) if figure.year}
    figures = tuple(_compare_figures(old, after.figures, in_totals))
    moved = tuple(_compare_totals(old_standing, new_standing, after))
    totals = _compare_sums(old_standing, new_standing, moved)
    warnings = [] if is_one_ledger else list(_warn(figures, records, before, after, names))
    known = {(names["project"].get(project, project), *rest) for project, *rest in _list_doubts(before, stood)}
    warnings += [
        f"{project}/{benefit}, {period}: {doubt}"
        for project, benefit, period, doubt in _list_doubts(after, stands)
        if (project, benefit, period, doubt) not in known
    ]
    closed_year = not is_one_ledger and any(_edits_what_is_over(change, before, after) for change in figures)
    return Changes(moved, figures, tuple(records), tuple(warnings), closed_year, totals=tuple(totals))


_Names = dict[str, dict[str, str]]
"""For each kind of record the new ids of those renamed, by their old ones."""

_NO_NAMES: _Names = {"area": {}, "project": {}, "source": {}}
"""Where nothing was renamed."""


def _records(ledger: Ledger) -> dict[str, Mapping[str, object]]:
    return {
        "ledger": {"ledger": ledger.settings},
        "area": ledger.areas,
        "force": ledger.forces,
        "source": ledger.sources,
        "share key": ledger.shares,
        "project": ledger.projects,
        "published table": ledger.published,
        "recommendations": ledger.recommendations,
    }


def _compare_records(before: Ledger, after: Ledger) -> tuple[list[RecordChange], _Names]:
    """Return what happened to records, and the new ids of those renamed."""
    changes: list[RecordChange] = []
    names: _Names = {}
    newer = _records(after)
    for kind, old in _records(before).items():
        new = newer[kind]
        come = {id_: record for id_, record in new.items() if id_ not in old}
        gone = [id_ for id_ in old if id_ not in new]
        renamed = names[kind] = {}
        equal: dict[Hashable, deque[str]] = defaultdict(deque)
        for id_, record in come.items() if gone else ():
            equal[_freeze(record)].append(id_)
        for id_ in gone if come else ():
            if same := equal[_freeze(old[id_])]:
                renamed[id_] = new_id = same.popleft()
                del come[new_id]
                changes.append(RecordChange(kind, new_id, RENAMED, id_))
        for id_ in gone if come else ():
            if id_ not in renamed and kind in _EDITED and (edited := _EDITED[kind](id_, come, before, after)):
                renamed[id_] = edited
                fields = tuple(_compare_fields(old[id_], come.pop(edited)))
                changes.append(RecordChange(kind, edited, RENAMED, id_, fields))
        changes += [RecordChange(kind, id_, REMOVED) for id_ in gone if id_ not in renamed]
        changes += [RecordChange(kind, id_, ADDED) for id_ in come]
        changes += [
            RecordChange(kind, id_, CHANGED, fields=tuple(_compare_fields(old[id_], new[id_])))
            for id_ in old
            if id_ in new and old[id_] != new[id_]
        ]
    return changes, names


def _find_edited_area(id_: str, come: Mapping[str, object], before: Ledger, after: Ledger) -> str | None:
    """Return the new id of an area of which the label was changed too: of what came, it alone has figures of it."""
    was = {_state(figure) for figure in before.figures if figure.area == id_}
    now = {figure.area for figure in after.figures if _state(figure) in was} & come.keys()
    return now.pop() if len(now) == 1 else None


def _find_edited_project(id_: str, come: Mapping[str, object], before: Ledger, after: Ledger) -> str | None:
    """Return the new id of a project that was edited too: it has its name, or else a figure that this one had."""
    same = [new_id for new_id in come if after.projects[new_id].name == before.projects[id_].name]
    stated = {_state(figure) for figure in before.figures if figure.project == id_}
    same = same or sorted({figure.project for figure in after.figures if _state(figure) in stated} & come.keys())
    return same[0] if len(same) == 1 else None


_EDITED = {"area": _find_edited_area, "project": _find_edited_project}
"""For kinds of record what tells one that was renamed and edited."""


def _state(figure: Figure) -> tuple[object, ...]:
    return figure.benefit, figure.period, figure.basis, figure.amount, figure.source


def _compare_fields(old: object, new: object, path: str = "") -> Iterator[FieldChange]:
    """Yield the fields that differ between two records, or what is in them."""
    before, after = _open(old), _open(new)
    if before is None or after is None:
        if old != new:
            yield FieldChange(path or "label", _say(old), _say(new))
        return
    for key in dict.fromkeys([*before, *after]):
        if key != "statements":
            yield from _compare_fields(before.get(key), after.get(key), f"{path}/{key}" if path else str(key))


def _open(value: object) -> Mapping[str, object] | None:
    if isinstance(value, Record):
        return {name: getattr(value, name) for name in type(value).model_fields}
    return value if isinstance(value, Mapping) else None


def _say(value: object) -> str | None:
    """Return a value in so few words that it can stand in a table; of a record that came or went, no more than that."""
    if value is None or value in ((), [], {}):
        return None
    return "stated" if isinstance(value, Record | Mapping) else shorten(str(value))


def _freeze(value: object) -> Hashable:
    """Return of a record, or what is in it, a value that can be looked up: those of equal records are equal."""
    if isinstance(value, Record):
        return type(value), tuple((name, _freeze(getattr(value, name))) for name in type(value).model_fields)
    if isinstance(value, Mapping):
        return frozenset((key, _freeze(each)) for key, each in value.items())
    return tuple(map(_freeze, value)) if isinstance(value, list | tuple) else value


def _compare_figures(old: Iterable[Figure], new: Iterable[Figure], standing: set[Figure]) -> Iterator[FigureChange]:
    """Yield each figure that differs, those of a benefit together and by year: the new ones, then those that went."""
    before, after = _by_statement(old), _by_statement(new)
    benefits: dict[tuple[object, ...], list[FigureChange]] = defaultdict(list)
    for key in dict.fromkeys([*after, *before]):
        for was, is_ in zip_longest(before.get(key, ()), after.get(key, ())):
            newer = is_ or was
            if was != is_ and (was is None or is_ is None or was._replace(statement=0) != is_._replace(statement=0)):
                benefits[newer.stated].append(FigureChange(was, is_, newer, newer in standing))
    for changes in benefits.values():
        yield from sorted(changes, key=lambda change: change.figure.period)


def _by_statement(figures: Iterable[Figure]) -> dict[tuple[object, ...], list[Figure]]:
    """Return together the figures of one subject, basis and paper."""
    statements: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        statements[*figure.subject, figure.basis, figure.source].append(figure)
    return statements


def _compare_totals(old: list[Figure], new: list[Figure], ledger: Ledger) -> Iterator[Moved]:
    before, after = _sums(old), _sums(new)
    order = {area: position for position, area in enumerate(ledger.areas)}
    for key in sorted({*before, *after}, key=lambda key: (key[0], order.get(key[1], len(order)), key[1:])):
        if before.get(key) != after.get(key):
            yield Moved(*key, before.get(key), after.get(key))


def _compare_sums(old: list[Figure], new: list[Figure], moved: Iterable[Moved]) -> Iterator[Moved]:
    """Yield the totals of all areas, of the years that move, whether they do or not."""
    keys = dict.fromkeys((each.measure, each.year, each.kind == "cost") for each in moved)
    sides = [defaultdict[tuple[str, str, bool], Decimal](Decimal), defaultdict[tuple[str, str, bool], Decimal](Decimal)]
    for side, figures in zip(sides, (old, new), strict=True):
        for figure in figures:
            side[figure.measure, figure.year, figure.is_cost] += figure.amount
    for measure, year, is_cost in sorted(keys):
        before, after = (side.get((measure, year, is_cost)) for side in sides)
        yield Moved(measure, "", year, "cost" if is_cost else "benefits", before, after)


def _sums(figures: list[Figure]) -> dict[tuple[str, str, str, str], Decimal]:
    sums: dict[tuple[str, str, str, str], Decimal] = defaultdict(Decimal)
    for figure in figures:
        if figure.year:
            kind = name_kind(figure.category, figure.cashability)
            sums[figure.measure, figure.area, figure.year, kind] += figure.amount
    return sums


def _warn(
    figures: tuple[FigureChange, ...], records: list[RecordChange], before: Ledger, after: Ledger, names: _Names
) -> Iterator[str]:
    """Yield a warning for each figure of a closed year that was edited or taken out, and each printed table alike.

    A year is closed once either ledger has a paper of a day after it: a change cannot open it again by dating papers
    back. A new statement is no edit, and a new id for
    what a printed row stands for changes no print.
    """
    for change in figures:
        was = change.before
        if was is not None and _edits_what_is_over(change, before, after):
            happened = "was taken out" if change.after is None else "was edited"
            later = "a later figure is a new statement"
            yield f"{was.project}/{was.benefit}, {was.period}: a figure of a period that is over {happened}; {later}"
    for record in records:
        if record.record != "published table" or record.change not in {CHANGED, REMOVED}:
            continue
        if _under(names, before.published[record.id]) != after.published.get(record.id):
            yield f"published/{record.id}: the record of a printed table was {record.change}; print does not change"


def _edits_what_is_over(change: FigureChange, before: Ledger, after: Ledger) -> bool:
    end = end_of_period(change.before.period) if change.before is not None else None
    return end is not None and end < max(before.dated or date.min, after.dated or date.min)


def warn_of_limit(changes: Changes, limit: Decimal | None) -> Changes:
    """Return the changes, with a warning first for each total of money that moves by more than `limit` pounds."""
    money = [moved for moved in changes.moved if moved.measure == "money"]
    beyond = [moved for moved in money if limit is not None and abs(moved.change) > limit]
    said = [f"{moved.area}, {moved.year}: a total moves by more than the limit; check the unit" for moved in beyond]
    return replace(changes, warnings=(*said, *changes.warnings), beyond_limit=bool(beyond))


def _list_doubts(ledger: Ledger, standing: Standing) -> Iterator[tuple[str, str, str, str]]:
    """Yield the project, benefit and period of each figure that is doubtful, though it is no problem, and why it is."""
    for doubt, figures in (
        ("an earlier paper expects it of a time after its project was closed", find_outlived(ledger, standing)),
        (
            "the outturn is a hundred times what was expected, or a hundredth of it; check the noughts",
            find_far_outturns(ledger.figures, standing.figures),
        ),
    ):
        yield from ((figure.project, figure.benefit, figure.period, doubt) for figure in figures)


def _under(names: _Names, table: Published) -> Published:
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
