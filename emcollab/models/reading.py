"""Values to records, with every fault found in one go and said in our words.

Pydantic checks all fields of a record but not what goes beyond them once one has failed. So a value with
faults is mended (the faulty part taken out, or a harmless stand-in put in its place) and read again, until
it passes: what is left is a record that the checks of the whole ledger can look at in the same run.
A record mended in this way is never totalled.
"""

import re
from copy import deepcopy
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError

from emcollab.models.base import ID_PATTERN, kind_of
from emcollab.nodes import Value
from emcollab.problems import BadValue, Keys, suggest

Model = TypeVar("Model", bound=BaseModel)

_STAND_INS: dict[str, str] = {
    "area": "stand-in", "body": "stand-in", "by": "area", "category": "saving", "date": "2000-01-01",
    "kind": "stand-in", "label": "stand-in", "made_by": "stand-in", "name": "stand-in",
    "recommendation": "stand-in", "row": "total", "source": "stand-in", "text": "stand-in",
    "title": "stand-in", "why": "stand-in", "year": "2000/01",
}  # fmt: skip
"""What stands in for a required value that is missing or faulty."""

_MOST_PASSES = 20


class Fault(NamedTuple):
    """What is wrong with a record: where (`on_key`: with the name itself), the code and the words.

    `missing` is the name of a required value that is not there; `keys` then lead to what lacks it.
    """

    keys: Keys
    on_key: bool
    code: str
    message: str
    help: str
    missing: str = ""

    @property
    def subject(self) -> Keys:
        """The keys of what is wrong or missing."""
        return (*self.keys, self.missing) if self.missing else self.keys


def read_record(model: type[Model], value: Value) -> tuple[Model | None, list[Fault]]:
    """Return the record that `value` holds, or as much of it as can be read, and what is wrong with it.

    `None` if nothing of it is left. Of two faults of which one follows from the other, only the first is given.
    """
    faults: list[Fault] = []
    for _ in range(_MOST_PASSES):
        try:
            return model.model_validate(value, context={}), faults
        except ValidationError as error:
            found = [_fault(model, value, detail) for detail in error.errors(include_url=False)]
        known = [fault.subject for fault in faults]
        faults += [fault for fault in found if not _follows(fault.subject, known)]
        value = deepcopy(value)
        for fault in reversed(found):
            if not _mend(value, fault):
                return None, faults
    return None, faults


def _follows(keys: Keys, known: list[Keys]) -> bool:
    return any(keys[: len(other)] == other or other[: len(keys)] == keys for other in known)


def _mend(value: Any, fault: Fault) -> bool:  # noqa: ANN401 - part of a value
    """Take the fault out of `value`, in place; return whether anything is left to be read."""
    if fault.missing in _STAND_INS:
        holder = _at(value, fault.keys)
        if isinstance(holder, dict):  # else it has just been taken out itself
            holder[fault.missing] = _STAND_INS[fault.missing]
        return True
    if not fault.keys:
        return False
    *way, last = fault.keys
    holder = _at(value, tuple(way))
    if isinstance(holder, dict) and last in holder:
        if last in _STAND_INS and not fault.on_key and holder[last] != _STAND_INS[str(last)]:
            holder[last] = _STAND_INS[str(last)]
        else:
            del holder[last]
    elif isinstance(holder, list) and isinstance(last, int) and last < len(holder):
        del holder[last]
    return True


def _at(value: Any, keys: Keys) -> Any:  # noqa: ANN401
    for step in keys:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


# --- pydantic's faults, in our words


def _fault(model: type[BaseModel], value: Value, detail: Any) -> Fault:  # noqa: ANN401 - pydantic's own record
    kind, location, written = detail["type"], detail["loc"], detail["input"]
    keys = _keys(value, location)
    if kind == "missing":
        name = str(location[-1])
        what = _fields(model, keys)[name].description
        return Fault(keys, True, "missing-key", f"'{name}' is missing", f"add it: {what}", name)
    if kind == "extra_forbidden":
        name = str(keys[-1])
        return Fault(keys, True, "unknown-key", f"there is no '{name}' here", suggest(name, _fields(model, keys[:-1])))
    on_key = location[-1:] == ("[key]",) and keys[-1:] != ("[key]",)
    bad = detail.get("ctx", {}).get("error")
    if isinstance(bad, BadValue):
        # What is wrong with a mapping as a whole is shown at its name.
        return Fault(keys, on_key or isinstance(written, dict), bad.code, bad.message, bad.help)
    return Fault(keys, on_key, *_words(kind, detail.get("ctx", {}), written))


def _words(kind: str, context: dict[str, Any], written: object) -> tuple[str, str, str]:
    """Return code, message and help for a fault that pydantic found by itself."""
    if kind == "literal_error":
        values = re.findall("'([^']*)'", context["expected"])
        shown = f"'{written}'" if isinstance(written, str) else kind_of(written)
        return "unknown-value", f"{shown} is not one of the values there are", suggest(str(written), values)
    if kind in _EMPTY:
        return "empty-value", "nothing is written here", "write a value, or take the name out"
    if kind == "string_too_long":
        return "too-long", f"the text has more than {context['max_length']:,} characters", "shorten it"
    if kind == "string_pattern_mismatch":
        return _mismatch(context["pattern"], str(written))
    wanted = next((words for sign, words in _WANTED.items() if sign in kind), "something else")
    return "wrong-type", f"{kind_of(written)} where {wanted} should be", _HOW[wanted]


_EMPTY = ("too_short", "string_too_short")
_WANTED = {
    "string": "a text",
    "list": "a list",
    "dict": "a mapping",
    "model": "a mapping",
    "union": "a text or a mapping",
}
_HOW = {
    "a text": "write it on the line of its name",
    "a list": "write '- ' before each item, or '[a, b]'",
    "a mapping": "write 'name: value' lines below it, indented",
    "a text or a mapping": "write the one or the other",
    "something else": "check the indentation",
}


def _mismatch(pattern: str, written: str) -> tuple[str, str, str]:
    if pattern == ID_PATTERN:
        meant = re.sub("[^a-z0-9]+", "-", written.casefold()).strip("-")
        remedy = f"write '{meant}'" if meant else "write small letters, digits and single hyphens"
        return "bad-id", f"'{written}' is not an id", remedy
    if "/" in pattern:
        return "bad-id", f"'{written}' does not name a benefit", "write it as 'project/benefit'"
    if not written.strip():
        return "empty-value", "nothing is written here", "write a value, or take the name out"
    return "wrong-type", "a text of several lines", "write it in one line"


def _keys(value: Any, location: tuple[str | int, ...]) -> Keys:  # noqa: ANN401
    """Return the steps of pydantic's `location` that are in `value`: it also names union branches and `[key]`."""
    keys: list[str | int] = []
    for step in location:
        try:
            value = value[step]
        except (KeyError, TypeError):  # not a step of the value's own
            continue
        keys.append(step)
    return tuple(keys)


def _fields(model: type[BaseModel], keys: Keys) -> dict[str, Any]:
    """Return the fields of the record at `keys` below `model`, by name."""
    kind: Any = model
    for step in keys:
        if isinstance(kind, type) and issubclass(kind, RootModel):
            kind = kind.model_fields["root"].annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = kind.model_fields[str(step)].annotation if step in kind.model_fields else None
        else:
            kind = get_args(kind)[-1] if get_args(kind) else None
        while get_origin(kind) in (Annotated, Union, UnionType):
            options = [option for option in get_args(kind) if option is not type(None)]
            kind = options[0]
    if isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, RootModel):
        return dict(kind.model_fields)
    return {}
