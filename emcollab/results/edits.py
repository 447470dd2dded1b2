"""Records that came, went, changed or were renamed between two ledgers, field by field, and names that went to others.

What is renamed is not taken for removed and added: a record that is equal to one that went, under another id, is the
same; so is one of its name, or else one that alone has its figures.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import takewhile
from typing import Any, NamedTuple

from emcollab.records.base import Record
from emcollab.records.benefit import Cost, Statement
from emcollab.records.ledger import Figure, Ledger
from emcollab.records.project import Project, ProjectStatement
from emcollab.values.names import fold_name
from emcollab.values.problems import shorten
from emcollab.values.terms import BASES

ADDED, REMOVED, CHANGED, RENAMED, REORDERED = "added", "removed", "changed", "renamed", "put in another order"


class FieldChange(NamedTuple):
    """A field of a record, as `benefits/fuel/cashability`: what it was and what it is, `None` where it is not there."""

    field: str
    before: str | None
    after: str | None


class RecordChange(NamedTuple):
    """A record that was added, removed, changed or renamed; `old_id` is the former id of one that was renamed.

    `fields` are those that differ, but for amounts, of which the figures tell. `name` is what readers know it by (of
    one that was removed, what they knew it by), and `old_name` what that was before, where it is another.
    """

    record: str
    id: str
    change: str
    old_id: str | None = None
    fields: tuple[FieldChange, ...] = ()
    name: str | None = None
    old_name: str | None = None


Names = dict[str, dict[str, str]]
"""For each kind of record the new ids of those renamed, by their old ones; of benefits as the new `project/old`."""

NO_NAMES: Names = {"area": {}, "force": {}, "source": {}, "project": {}, "benefit": {}}
"""Where nothing was renamed."""


class NewNames:
    """The names of figures and forces after records were renamed."""

    def __init__(self, names: Names) -> None:
        """Take the new names of records; with none, everything stays as it is."""
        self.names = names
        self.are_others = any(names[kind] for kind in NO_NAMES)

    def rename(self, figure: Figure) -> Figure:
        """Return a figure of the older ledger with the ids that the newer one has for the same."""
        if not self.are_others:
            return figure
        project = self.names["project"].get(figure.project, figure.project)
        return figure._replace(
            project=project,
            benefit=self.names["benefit"].get(f"{project}/{figure.benefit}", figure.benefit),
            area=self.rename_area(figure.area),
            source=self.names["source"].get(figure.source, figure.source),
            parts=tuple(self.rename_parts(dict(figure.parts)).items()),
        )

    def rename_area(self, area: str) -> str:
        """Return the id that an area of the older ledger has in the newer one."""
        return self.names["area"].get(area, area)

    def rename_parts(self, parts: dict[str, Decimal]) -> dict[str, Decimal]:
        """Return the parts of forces by the ids that these have in the newer ledger."""
        forces = self.names["force"]
        return {forces.get(force, force): part for force, part in parts.items()} if forces else parts


def compare_records(before: Ledger, after: Ledger) -> tuple[list[RecordChange], Names]:
    """Return what happened to records, and the new ids of those renamed."""
    changes: list[RecordChange] = []
    names: Names = {"benefit": {}}
    newer = _records(after)
    for kind, old in _records(before).items():
        new = newer[kind]
        renamed = names[kind] = _find_renamed(kind, old, new, before, after)
        kept = {id_: renamed.get(id_, id_) for id_ in old if id_ in renamed or id_ in new}
        come = new.keys() - kept.values()
        for id_, new_id in kept.items():
            was, is_ = old[id_], new[new_id]
            if id_ != new_id or (was is not is_ and (was != is_ or any(_compare_fields(was, is_)))):
                benefits = _find_renamed_benefits(was, is_) if kind == "project" else {}
                names["benefit"] |= {f"{new_id}/{old_name}": name for old_name, name in benefits.items()}
                changes.append(_compare_record(kind, (id_, new_id), _rename(was, benefits), is_))
                changes += [
                    RecordChange("benefit", f"{new_id}/{name}", RENAMED, f"{id_}/{old_name}")
                    for old_name, name in benefits.items()
                ]
        changes += [
            RecordChange(kind, id_, REMOVED, name=_name(kind, record)) for id_, record in old.items() if id_ not in kept
        ]
        changes += [
            RecordChange(kind, id_, ADDED, name=_name(kind, record)) for id_, record in new.items() if id_ in come
        ]
        if kind in _ORDERED and list(kept.values()) != [id_ for id_ in new if id_ not in come]:
            changes.append(RecordChange(kind, _ORDERED[kind], REORDERED))
    return changes, names


def _records(ledger: Ledger) -> dict[str, Mapping[str, Any]]:
    is_read = ledger.areas or ledger.settings.title != "-"
    return {
        "ledger": {"ledger": ledger.settings} if is_read else {},
        "area": ledger.areas,
        "force": ledger.forces,
        "source": ledger.sources,
        "share key": ledger.shares,
        "project": ledger.projects,
        "published table": ledger.published,
        "recommendations": ledger.recommendations,
    }


_ORDERED = {"area": "areas.yaml", "force": "forces.yaml"}
"""The kinds of record that tables have in the order of their file."""

_NAMED: dict[str, tuple[str, Callable[[Any], str | None]]] = {
    "ledger": ("title", lambda record: record.title),
    "area": ("label", lambda label: label),
    "force": ("name", lambda record: record.name),
    "source": ("title", lambda record: record.title),
    "project": ("name", lambda record: record.name),
    "published table": ("title", lambda record: record.title),
    "recommendations": ("title", lambda record: record.title),
}
"""For kinds of record what readers know one by: the field, and how to come by it."""


def _name(kind: str, record: object) -> str | None:
    return _NAMED[kind][1](record) if kind in _NAMED else None


def _compare_record(kind: str, ids: tuple[str, str], old: object, new: object) -> RecordChange:
    """Return how a record changed that was there before, of an old and a new id; its name is told as such."""
    old_id, new_id = ids
    was, is_ = _name(kind, old), _name(kind, new)
    fields = tuple(_compare_fields(old, new))
    if old_id != new_id:
        return RecordChange(kind, new_id, RENAMED, old_id, fields, is_, was if was != is_ else None)
    return RecordChange(kind, new_id, CHANGED, None, fields, is_, was if was != is_ else None)


# --- what is renamed


def _find_renamed(
    kind: str, old: Mapping[str, Any], new: Mapping[str, Any], before: Ledger, after: Ledger
) -> dict[str, str]:
    """Return the new ids, by the old ones, of the records of one kind that are the same."""
    gone = {id_: record for id_, record in old.items() if id_ not in new}
    come = {id_: record for id_, record in new.items() if id_ not in old}
    renamed: dict[str, str] = {}
    for tell in (_freeze, *_TELLING.get(kind, ())):
        same: dict[Hashable, deque[str]] = defaultdict(deque)
        for id_, record in come.items() if gone else ():
            same[tell(record)].append(id_)
        for id_ in list(gone) if come else ():
            if found := same[tell(gone[id_])]:
                renamed[id_] = found.popleft()
                del gone[id_], come[renamed[id_]]
    if kind in _WITH_FIGURES and gone and come:
        own = _WITH_FIGURES[kind]
        renamed |= _find_sharing(_list_states(before.figures, own, gone), _list_states(after.figures, own, come))
    return renamed


_TELLING: dict[str, tuple[Callable[[Any], Hashable], ...]] = {
    "force": (lambda record: record.name,),
    "source": (lambda record: (record.title, record.body, record.date),),
    "project": (lambda record: record.name,),
}
"""For kinds of record what tells one that was edited too."""

_WITH_FIGURES: dict[str, Callable[[Figure], str]] = {
    "area": lambda figure: figure.area,
    "project": lambda figure: figure.project,
}
"""The kinds of record that have figures, which tell one that was edited too."""

_State = tuple[object, ...]


def _list_states(
    figures: Iterable[Figure], own: Callable[[Figure], str], ids: Iterable[str]
) -> dict[str, list[_State]]:
    states: dict[str, list[_State]] = {id_: [] for id_ in ids}
    for figure in figures:
        if (id_ := own(figure)) in states:
            state = (figure.benefit, figure.period, figure.basis, figure.amount, figure.source)
            states[id_].append(state)
    return states


def _find_sharing(gone: Mapping[str, Iterable[_State]], come: Mapping[str, Iterable[_State]]) -> dict[str, str]:
    """Return by each id that went the one that came which alone states something that it did, if there is just one."""
    alone: dict[_State, str | None] = {}
    for id_, states in come.items():
        for state in states:
            alone[state] = id_ if alone.get(state, id_) == id_ else None
    old_ids: dict[str, str] = {}
    for id_, states in gone.items():
        found = {new_id for state in states if (new_id := alone.get(state))}
        if len(found) == 1:
            old_ids.setdefault(found.pop(), id_)
    return {old_id: new_id for new_id, old_id in old_ids.items()}


def _find_renamed_benefits(old: Project, new: Project) -> dict[str, str]:
    """Return the new ids, by the old ones, of the benefits and costs of a project that state what others did."""
    was, is_ = ({str(keys[1]): cost for keys, cost in project.stated()} for project in (old, new))
    gone, come = was.keys() - is_.keys(), is_.keys() - was.keys()
    if not gone or not come:
        return {}
    return _find_sharing(
        {id_: _list_statements(cost) for id_, cost in was.items() if id_ in gone},
        {id_: _list_statements(cost) for id_, cost in is_.items() if id_ in come},
    )


def _rename(record: Any, benefits: Mapping[str, str]) -> Any:  # noqa: ANN401 - of any kind
    """Return a record as it is; a project with the new ids of its benefits and costs."""
    if not benefits:
        return record
    return record.model_copy(
        update={
            kind: {benefits.get(id_, id_): cost for id_, cost in getattr(record, kind).items()}
            for kind in ("benefits", "costs")
        }
    )


def _list_statements(cost: Cost) -> list[_State]:
    return [
        (cost.is_spent, statement.source, basis, period, _freeze(amount))
        for statement in cost.statements
        for basis in BASES
        for period, amount in (getattr(statement, basis) or {}).items()
    ]


def _freeze(value: object) -> Hashable:
    """Return of a record, or what is in it, a value that can be looked up: those of equal records are equal."""
    if isinstance(value, Record):
        fields = [getattr(value, name) for name in type(value).model_fields]
        return type(value), *[_freeze(each) if isinstance(each, _HOLDING) else each for each in fields]
    if isinstance(value, dict):
        return frozenset([(key, _freeze(each)) for key, each in value.items()])
    return tuple(map(_freeze, value)) if isinstance(value, list | tuple) else value


_IN_ORDER = {"benefits", "costs", "statements", "rows", "columns"}
"""What is shown, or counts, in the order in which it is written."""

_HOLDING = (Record, dict, list, tuple)
"""What has values in it; most fields have none, or a text."""


# --- which fields differ


def _compare_fields(old: object, new: object, path: str = "") -> Iterator[FieldChange]:
    """Yield the fields that differ between two records, or what is in them, and what is in another order."""
    before, after = (None, None) if old is new else (_open(old), _open(new))
    if path.rpartition("/")[2] in _IN_ORDER and before and after:
        orders = [[key for key in one if key in other] for one, other in ((before, after), (after, before))]
        if orders[0] != orders[1]:
            yield _note(f"order of {path}", *(", ".join(order) for order in orders))
    if old == new and (before is None or after is None):
        return
    if isinstance(old or new, Statement | ProjectStatement) and (old is None or new is None):
        yield from _list_said(before, after, path)
    elif before is None or after is None:
        yield _note(path or "label", _say(old), _say(new))
    else:
        for key in dict.fromkeys([*before, *after]):
            if not (isinstance(new, Statement) and key in BASES):
                yield from _compare_fields(before.get(key), after.get(key), f"{path}/{key}" if path else str(key))


def _list_said(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, path: str) -> Iterator[FieldChange]:
    """Yield what a statement says that came or went: not its amounts, of which the figures tell, and not its place."""
    fields = {name: value for name, value in (before or after or {}).items() if value is not None}
    said = {path: "stated"} if fields.keys().isdisjoint(BASES) else {}
    said = {f"{path}/{name}": _say(value) or "" for name, value in fields.items() if name not in _TOLD} or said
    for field, value in said.items():
        yield _note(field, value, None) if before else _note(field, None, value)


_TOLD = {*BASES, "source", "at", "quote", "note", "as_at", "reason"}
"""The fields of a statement that are its amounts, or say where they are from."""


def _open(value: object) -> Mapping[str, Any] | None:
    """Return what is in a record or mapping by its names; of a list of records, each by what it is known by."""
    if isinstance(value, Record):
        return {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, list) and all(isinstance(item, Record) for item in value):
        items: dict[str, Record] = {}
        for item in value:
            known_by = [name for name in ("name", "label", "row", "column") if name in type(item).model_fields]
            own = "/".join(getattr(item, name) for name in known_by or ["source"])
            items[own if own not in items else f"{own} ({len(items) + 1})"] = item
        return items
    return value if isinstance(value, Mapping) else None


def _say(value: object) -> str | None:
    """Return a value in words; of a record that came or went, no more than that."""
    if value is None or value in ((), [], {}, ""):
        return None
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}%"  # all that is no amount is a share
    return "stated" if isinstance(value, Record | Mapping) else str(value)


def _note(field: str, before: str | None, after: str | None) -> FieldChange:
    """Return the change of a field in so few words that it can stand in a table."""
    if before is None or after is None:
        return FieldChange(field, before and shorten(before), after and shorten(after))
    return FieldChange(field, *cut_to_difference(before, after, _MOST))


_MOST = 1_000
"""How many characters are kept of a field that changed, on each side."""


def cut_to_difference(before: str, after: str, most: int) -> tuple[str, str]:
    """Return two texts in `most` characters each; if either has more, both begin just before they differ.

    An ellipsis stands where anything is left out.
    """
    if max(len(before), len(after)) <= most:
        return before, after
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    start = max(before.rfind(" ", 0, same - 1) + 1, same - most // 2) if same > most // 2 else 0
    end = start + most
    first, second = (f"{'… ' if start else ''}{text[start:end]}{'…' if text[end:] else ''}" for text in (before, after))
    return first, second


# --- names that went to others


def find_passed_names(before: Ledger, after: Ledger, changes: Iterable[RecordChange], names: Names) -> Iterator[str]:
    """Yield, in words, each name of an area, force, project, paper or benefit that another of them had before, or has.

    Papers and benefits may have one in common; so of these it is told only where the other has it no longer.
    """
    changed = {change.record for change in changes}
    newer = _records(after)
    for kind, old in _records(before).items():
        if kind in changed and kind in {"area", "force", "source", "project"}:
            was = {names[kind].get(id_, id_): str(_name(kind, record)) for id_, record in old.items()}
            is_ = {id_: str(_name(kind, record)) for id_, record in newer[kind].items()}
            yield from _find_passed(kind, was, is_, may_share=kind == "source")
    for change in changes:
        if change.record == "project" and change.change in {CHANGED, RENAMED}:
            old_names = _name_benefits(before.projects[change.old_id or change.id])
            was = {names["benefit"].get(f"{change.id}/{id_}", id_): label for id_, label in old_names.items()}
            is_ = _name_benefits(after.projects[change.id])
            yield from _find_passed("benefit", was, is_, f"{change.id}/", may_share=True)


def _name_benefits(project: Project) -> dict[str, str]:
    return {str(keys[1]): cost.label or str(keys[1]) for keys, cost in project.stated()}


def _find_passed(
    kind: str, was: Mapping[str, str], is_: Mapping[str, str], path: str = "", *, may_share: bool
) -> Iterator[str]:
    """Yield each name that went from one id to another, or that two now have, for readers; both are new ids."""
    looks = {id_: fold_name(name) for id_, name in is_.items()}
    held: dict[str, list[str]] = defaultdict(list)
    for id_, name in was.items():
        held[fold_name(name)].append(id_)
    for id_, look in looks.items():
        other = next((each for each in held.get(look, ()) if each != id_), None) if was.get(id_) != is_[id_] else None
        if other is not None and (looks.get(other) != look or not may_share):
            had = "is" if looks.get(other) == look else "was"
            yield (
                f"{kind} '{path}{id_}' is now called '{is_[id_]}', as '{path}{other}' {had}; "
                "readers find its figures under a name that meant others"
            )
