"""What pydantic finds wrong with a value, said in our words: where, which code, what would be right."""

import re
from collections.abc import Collection
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from emcollab.records.base import ID_PATTERN, NAME_PATTERN, id_meant, refuse_id, refuse_shape
from emcollab.records.benefit import BENEFIT_PATTERN
from emcollab.values.problems import BadValue, Fault, Keys, find_near, suggest
from emcollab.values.terms import BASES

_WANTED = {
    "string": "a text", "literal": "a text", "list_or_mapping": "a list or a mapping", "list": "a list",
    "dict": "a mapping", "model": "a mapping", "union": "a text or a mapping",
}  # fmt: skip


def find_fault(path: str, model: type[BaseModel], value: Any, detail: Any) -> Fault:  # noqa: ANN401 - pydantic's own record
    """Return the fault that is one `detail` of pydantic's error about `value`, the one in the file at `path`."""
    kind, location, written = detail["type"], detail["loc"], detail["input"]
    context = detail.get("ctx", {})
    keys = _keys(value, location)
    name = str(location[-1]) if location else ""
    if kind == "missing":
        remedy = f"add it: {fields_at(model, keys)[name].description}"
        return Fault(path, keys, f"'{name}' is missing", remedy, "missing-key", on_key=True, missing=name)
    if kind == "extra_forbidden":
        meant, remedy = _name_meant(name, fields_at(model, keys[:-1]), fields_at(model, (*keys[:-1], "statements", 0)))
        return Fault(path, keys, f"there is no '{name}' here", remedy, "unknown-key", on_key=True, meant=meant)
    on_key = location[-1:] == ("[key]",) and keys[-1:] != ("[key]",)
    bad = context.get("error")
    if not isinstance(bad, BadValue):
        code, message, remedy = _words(kind, context, written, keys)
        meant = id_meant(str(written)) if context.get("pattern") == ID_PATTERN else ""
        return Fault(path, keys, message, remedy, code, on_key, meant=meant)
    # What is wrong with a mapping as a whole is shown at its name; of values that do not go together, at the later.
    together = [each for each in written if each in bad.names] if bad.names else []
    on_key = bad.on_key if bad.keys else on_key or isinstance(written, dict)
    lacking = () if together else bad.names
    meant = id_meant(str(bad.keys[-1])) if bad.code == "bad-id" and bad.keys else ""
    where = (*keys, *bad.keys, *together[-1:])
    return Fault(path, where, bad.message, bad.help, bad.code, on_key, meant=meant, lacking=lacking)


def _name_meant(name: str, names: Collection[str], stated: Collection[str]) -> tuple[str, str]:
    """Return which of the `names` that a record has was meant by another, if any, and what to write.

    `stated` are those that its statements have.
    """
    if meant := _find_meant(name, names):
        return meant, f"did you mean '{meant}'?"
    if said := find_near(name, stated):
        return "", f"write '{said}' in a statement, below 'statements'"
    if name[:4].isdecimal() and set(BASES) <= set(names):
        return "", f"write it under the kind of figure that it is: {', '.join(BASES[:4])}"
    return "", suggest(name, names)


def _find_meant(word: str, there: Collection[str]) -> str:
    """Return the one of the words that are `there` that was probably meant; nothing, if none is near."""
    return next((other for other in _MEANT.get(word.casefold(), ()) if other in there), find_near(word, there))


_MEANT = {
    "forecast": ("estimate",), "outturn": ("actual",), "achieved": ("actual",), "target": ("plan",),
    "year": ("period", "column"),
}  # fmt: skip
"""Words that people write, and those that they mean."""


def fields_at(model: type[BaseModel], keys: Keys) -> dict[str, Any]:
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
            kind = next((option for option in options if _is_record(option)), options[0])
    if isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, RootModel):
        return dict(kind.model_fields)
    return {}


def _is_record(kind: Any) -> bool:  # noqa: ANN401 - whatever a field is said to be
    """Return whether a kind of value is a record, whatever it is marked with."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _words(kind: str, context: dict[str, Any], written: object, keys: Keys) -> tuple[str, str, str]:
    """Return code, message and help for a fault that pydantic found by itself."""
    if kind == "literal_error" and isinstance(written, str):
        values = re.findall("'([^']*)'", context["expected"])
        meant = _find_meant(written, values)
        remedy = f"did you mean '{meant}'?" if meant else suggest(written, values)
        return "unknown-value", f"'{written}' is not one of the values there are", remedy
    if kind in {"too_short", "string_too_short"}:
        return "empty-value", "nothing is written here", "write a value, or take the name out"
    if kind == "string_too_long":
        return "too-long", f"the text has more than {context['max_length']:,} characters", "shorten it"
    if kind == "string_pattern_mismatch":
        return _mismatch(context["pattern"], str(written))
    wanted = next((words for sign, words in _WANTED.items() if sign in kind), "something else")
    bad = refuse_shape(written, wanted)
    remedy = bad.help
    if wanted == "a mapping" and isinstance(written, str):
        if not keys:
            remedy = "write 'name: value' lines, with a space after each ':'"
        elif keys[-1] in BASES:
            remedy = f"write '{{2010/11: {written}}}', with the year"
    return bad.code, bad.message, remedy


def _mismatch(pattern: str, written: str) -> tuple[str, str, str]:
    if pattern == ID_PATTERN:
        bad = refuse_id(written)
        return bad.code, bad.message, bad.help
    if pattern == BENEFIT_PATTERN:
        return "bad-id", f"'{written}' does not name a benefit", "write it as 'project/benefit'"
    if not written.strip():
        return "empty-value", "nothing is written here", "write a value, or take the name out"
    if pattern == NAME_PATTERN and "\n" not in written:
        message = "a name with a blank that nobody sees: at its beginning or end, or beside another"
        return "invisible-character", message, f"write '{' '.join(written.split())}'"
    return "wrong-type", "a text of several lines", "write it in one line"


def _keys(value: Any, location: tuple[str | int, ...]) -> Keys:  # noqa: ANN401 - whatever the author wrote
    """Return the steps of pydantic's `location` that are in `value`: it also names union branches and `[key]`."""
    keys: list[str | int] = []
    for step in location:
        try:
            value = value[step]
        except (KeyError, TypeError):  # not a step of the value's own
            continue
        keys.append(step)
    return tuple(keys)
