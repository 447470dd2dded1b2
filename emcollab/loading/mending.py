"""Values to records, with every fault found in one go and said in our words.

Pydantic checks all fields of a record but not what goes beyond them once one has failed. So a value with
faults is mended and read again, until it passes: a name is put right where it is clear which was meant, a
stand-in takes the place of what a record cannot do without, and the rest is taken out. What is left is a
record that the checks of the whole ledger can look at in the same run. It is never totalled.

A mended value no longer has the places of the file: `Repairs` leads back to them.
"""

from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from emcollab.loading.faults import Fault, fields_at, find_fault
from emcollab.loading.parser import Value
from emcollab.values.problems import MOST_PROBLEMS, TOO_MANY, Keys, say_too_many

Model = TypeVar("Model", bound=BaseModel)

_STAND_INS: dict[str, str] = {
    "area": "stand-in", "body": "stand-in", "by": "area", "category": "saving", "date": "2000-01-01",
    "kind": "stand-in", "label": "stand-in", "made_by": "stand-in", "name": "stand-in",
    "recommendation": "stand-in", "row": "total", "source": "stand-in", "text": "stand-in",
    "title": "stand-in", "why": "stand-in", "year": "2000/01",
}  # fmt: skip
"""What stands in for a required value that is missing or faulty."""

_MOST_PASSES = 20


class Repairs(NamedTuple):
    """What was done to a value so that it could be read: list items taken out, names put right.

    Both are told by the keys that they have in the file.
    """

    taken: list[Keys]
    renamed: dict[Keys, str]

    def in_file(self, keys: Keys) -> Keys:
        """Return the keys in the file of what has `keys` in the mended value."""
        way: Keys = ()
        for key in keys:
            step = key
            if isinstance(step, int):
                for position in sorted(int(taken[-1]) for taken in self.taken if taken[:-1] == way):
                    step += position <= step
            way = (*way, self.renamed.get((*way, step), step))
        return way


class Reading(NamedTuple, Generic[Model]):
    """What came of one value: as much of the record as can be read (`None` if nothing), and what is wrong.

    The keys of the faults are those of the file.
    """

    record: Model | None
    faults: list[Fault]
    changes: Repairs


def read_record(model: type[Model], value: Value) -> Reading[Model]:
    """Return the record that `value` holds, and its faults; of two of which one follows from the other, the first."""
    faults: list[Fault] = []
    changes = Repairs([], {})
    known: list[Fault] = []
    for _ in range(_MOST_PASSES):  # pragma: no branch - no record is known that takes so many
        try:
            return Reading(model.model_validate(value, context={}), faults, changes)
        except ValidationError as error:
            details = error.errors(include_url=False)
        found = [find_fault(model, value, detail) for detail in details[:MOST_PROBLEMS]]
        placed = [fault._replace(keys=changes.in_file(fault.keys)) for fault in found]
        faults += [fault for fault in placed if not _follows(fault, known) and not _is_misspelt(fault, placed)]
        known += placed
        if len(details) > MOST_PROBLEMS:
            faults.append(_many(len(details) - MOST_PROBLEMS))
            break
        value = _copy(value)
        left = [_mend(model, value, *pair, changes) for pair in _in_order(found, placed)]
        if not all(left):
            break
    return Reading(None, faults, changes)


def _copy(value: Value) -> Value:
    if isinstance(value, dict):
        return {name: _copy(item) for name, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _many(more: int) -> Fault:
    return Fault((), False, TOO_MANY, *say_too_many(more))


def _follows(fault: Fault, known: list[Fault]) -> bool:
    if fault.code == "bad-amount" and any(other.subject == (*fault.keys[:2], "measure") for other in known):
        return True  # nobody knows what the amount counts
    if fault.lacking:
        return any(_may_hold(other, fault) for other in known)
    return any(other.touches(fault.subject) for other in known)


def _may_hold(other: Fault, lacking: Fault) -> bool:
    """Return whether what is `lacking` may be there, but for an `other` fault: its own, or that of a strange name."""
    if other.code == "unknown-key" and other.keys[:-1] == lacking.keys:
        return True
    return any(other.touches((*lacking.keys, name)) for name in lacking.lacking)


def _is_misspelt(fault: Fault, others: list[Fault]) -> bool:
    """Return whether what is missing is there under a wrong name."""
    return bool(fault.missing) and any(
        other.meant == fault.missing and other.keys[:-1] == fault.keys for other in others
    )


# --- mending


def _in_order(found: list[Fault], placed: list[Fault]) -> list[tuple[Fault, Keys]]:
    """Return the faults as they are to be mended, each with its keys in the file.

    Names come first, so that what is there under a wrong one is not missed; then from last to first, so that
    the positions of what is still to be mended stay as they are.
    """
    pairs = [(fault, there.keys) for fault, there in zip(found, placed, strict=True)]
    pairs.reverse()
    return sorted(pairs, key=lambda pair: not (pair[0].meant and pair[0].on_key))


def _mend(model: type[BaseModel], value: Any, fault: Fault, there: Keys, changes: Repairs) -> bool:  # noqa: ANN401 - whatever the author wrote
    """Mend one fault of `value`, in place; return whether anything is left to be read."""
    if fault.missing in _STAND_INS:
        holder = _at(value, fault.keys)
        if isinstance(holder, dict):  # else it has just been taken out itself
            holder.setdefault(fault.missing, _STAND_INS[fault.missing])
        return True
    if not fault.keys:
        return False
    *way, last = fault.keys
    holder = _at(value, tuple(way))
    if isinstance(holder, dict) and last in holder:
        if fault.on_key:
            _rename(holder, str(last), fault.meant or _SOME.get(fault.code, ""), there, changes)
        else:
            some = fault.meant or _stand_in(model, fault.keys) or _SOME.get(fault.code, "")
            _replace(holder, last, some)
    elif isinstance(holder, list) and last in range(len(holder)) and not _replace(holder, last, fault.meant):
        changes.taken.append(there)
    return True


def _rename(holder: dict[str, Any], name: str, meant: str, there: Keys, changes: Repairs) -> None:
    """Give what is called `name` the name that was meant; take it out if there is none to be had."""
    item = holder.pop(name)
    if meant and meant not in holder:
        holder[meant] = item
        changes.renamed[(*there[:-1], meant)] = name


def _replace(holder: Any, last: Any, text: str) -> bool:  # noqa: ANN401 - a mapping or a list
    """Put `text` in the place of a value; take the value out if there is none, or if it has failed already."""
    if text and holder[last] != text:
        holder[last] = text
        return True
    del holder[last]
    return False


_SOME = {"bad-year": "2000/01", "bad-amount": "£0"}
"""What stands in for a year or an amount: a statement that has lost its only one would go, and its benefit with it."""


def _stand_in(model: type[BaseModel], keys: Keys) -> str:
    name = str(keys[-1])
    needed = fields_at(model, keys[:-1]).get(name)
    return _STAND_INS.get(name, "") if needed is not None and needed.is_required() else ""


def _at(value: Any, keys: Keys) -> Any:  # noqa: ANN401 - whatever the author wrote
    for step in keys:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value
