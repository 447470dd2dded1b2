"""Values to records, with every fault found in one go and said in our words.

Pydantic checks all fields of a record but not what goes beyond them once one has failed. So a value with
faults is mended and read again, until it passes: a name is put right where it is clear which was meant, a
stand-in takes the place of what a record cannot do without, and the rest is taken out. What is left is a
record that the checks of the whole ledger can look at in the same run. It is never totalled.

A mended value no longer has the places of the file: `Repairs` leads back to them.
"""

from copy import deepcopy
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from emcollab.loading.faults import fields_at, find_fault
from emcollab.loading.parser import Value
from emcollab.loading.text import MOST_PROBLEMS, say_too_many
from emcollab.values.problems import Fault, Keys, find_near

Model = TypeVar("Model", bound=BaseModel)

_TEXTS = (
    "area", "body", "column", "kind", "label", "made_by", "name", "recommendation", "source", "text", "title", "why",
)  # fmt: skip
_OTHERS = {"category": "saving", "date": "2000-01-01", "row": "total", "off": "£0"}
_STAND_INS = dict.fromkeys(_TEXTS, "stand-in") | _OTHERS
"""What stands in for a required value that is missing or faulty."""

_SOME = {"bad-year": "2000/01", "bad-period": "2000/01", "bad-amount": "£0"}
"""What stands in for a period or an amount: without its only one a statement would go, and its benefit with it."""

_MOST_PASSES = 20  # no record is known that takes so many


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
    repairs: Repairs


def read_record(path: str, model: type[Model], value: Value | None) -> Reading[Model]:
    """Return the record that `value`, of the file at `path`, holds; `None` holds none.

    Of two faults of which one follows from the other, the first is kept.
    """
    reading: Reading[Model] = Reading(None, [], Repairs([], {}))
    _, faults, repairs = reading
    earlier: list[Fault] = []
    for _ in range(_MOST_PASSES if value is not None else 0):
        try:
            return reading._replace(record=model.model_validate(value, context={}))
        except ValidationError as error:
            details = error.errors(include_url=False)
        found = [find_fault(path, model, value, detail) for detail in details[:MOST_PROBLEMS]]
        placed = [fault._replace(keys=repairs.in_file(fault.keys)) for fault in found]
        faults += [fault for fault in placed if not _follows(fault, earlier) and not _is_misspelt(model, fault, placed)]
        earlier += placed
        if len(details) > MOST_PROBLEMS:
            code, message, remedy = say_too_many(len(details) - MOST_PROBLEMS)
            faults.append(Fault(path, (), message, remedy, code))
            break
        value = deepcopy(value)
        # From last to first, so that the positions of what is still to be mended stay as they are; but names before
        # all else, so that what is there under a wrong one is not missed.
        backwards = zip(reversed(found), reversed(placed), strict=True)
        pairs = sorted(backwards, key=lambda pair: not (pair[0].meant and pair[0].on_key))
        left = [_mend(model, value, fault, there.keys, repairs) for fault, there in pairs]
        if not all(left):
            break
    return reading


def _follows(fault: Fault, earlier: list[Fault]) -> bool:
    if fault.code == "bad-amount" and any(other.subject == (*fault.keys[:2], "measure") for other in earlier):
        return True  # nobody knows what the amount counts
    if fault.lacking and any(other.code == "unknown-key" and other.keys[:-1] == fault.keys for other in earlier):
        return True  # what it lacks may be there, under a strange name
    subjects = [(*fault.keys, name) for name in fault.lacking] or [fault.subject]
    return any(other.touches(subject) for other in earlier for subject in subjects)


def _is_misspelt(model: type[BaseModel], fault: Fault, others: list[Fault]) -> bool:
    """Return whether what is missing is there under a wrong name, or as parts of a statement outside of one."""
    beside = [other for other in others if fault.missing and other.keys and other.keys[:-1] == fault.keys]
    stated = fields_at(model, (*fault.keys, fault.missing, 0)) if fault.missing == "statements" else ()
    return any(other.meant == fault.missing or find_near(str(other.keys[-1]), stated) for other in beside)


def _mend(model: type[BaseModel], value: Any, fault: Fault, there: Keys, repairs: Repairs) -> bool:  # noqa: ANN401 - whatever the author wrote
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
    some = fault.meant or _SOME.get(fault.code, "")
    if isinstance(holder, list) and last in range(len(holder)):
        if not _replace(holder, last, fault.meant):
            repairs.taken.append(there)
    elif isinstance(holder, dict) and last in holder and not fault.on_key:
        field = fields_at(model, tuple(way)).get(str(last))
        needed = field is not None and field.is_required() and not fault.meant
        _replace(holder, last, _STAND_INS.get(str(last), some) if needed else some)
    elif isinstance(holder, dict) and last in holder:
        item = holder.pop(last)  # a wrong name: its value goes under the one that was meant, if there is one to be had
        if some and some not in holder:
            holder[some] = item
            repairs.renamed[(*there[:-1], some)] = str(last)
    return True


def _replace(holder: Any, last: Any, text: str) -> bool:  # noqa: ANN401 - a mapping or a list
    """Put `text` in the place of a value; take the value out if there is none, or if it has failed already."""
    if text and holder[last] != text:
        holder[last] = text
        return True
    del holder[last]
    return False


def _at(value: Any, keys: Keys) -> Any:  # noqa: ANN401 - whatever the author wrote
    for step in keys:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value
