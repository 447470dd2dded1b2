"""What pydantic finds wrong with a value, said in our words: where, which code, what would be right."""

import re
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from emcollab.records.base import ID_PATTERN, refuse_shape
from emcollab.values.problems import BadValue, Fault, Keys, find_near, suggest
from emcollab.values.terms import BASES

_WANTED = {
    "string": "a text", "literal": "a text", "list": "a list", "dict": "a mapping", "model": "a mapping",
    "union": "a text or a mapping",
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
        names = fields_at(model, keys[:-1])
        words = f"there is no '{name}' here", suggest(name, names), "unknown-key"
        return Fault(path, keys, *words, on_key=True, meant=find_near(name, names))
    on_key = location[-1:] == ("[key]",) and keys[-1:] != ("[key]",)
    bad = context.get("error")
    if not isinstance(bad, BadValue):
        code, message, remedy = _words(kind, context, written, keys)
        meant = id_meant(str(written)) if context.get("pattern") == ID_PATTERN else ""
        return Fault(path, keys, message, remedy, code, on_key, meant=meant)
    # What is wrong with a mapping as a whole is shown at its name; of values that do not go together, at the later.
    together = [each for each in written if each in bad.names] if bad.names else []
    on_key = on_key or isinstance(written, dict)
    lacking = () if together else bad.names
    return Fault(path, (*keys, *together[-1:]), bad.message, bad.help, bad.code, on_key, lacking=lacking)


def id_meant(written: str) -> str:
    """Return the id nearest to a text that is none; nothing, if there are no letters or digits in it."""
    return re.sub("[^a-z0-9]+", "-", written.casefold()).strip("-")


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
            kind = next(option for option in get_args(kind) if option is not type(None))
    if isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, RootModel):
        return dict(kind.model_fields)
    return {}


def _words(kind: str, context: dict[str, Any], written: object, keys: Keys) -> tuple[str, str, str]:
    """Return code, message and help for a fault that pydantic found by itself."""
    if kind == "literal_error" and isinstance(written, str):
        values = re.findall("'([^']*)'", context["expected"])
        return "unknown-value", f"'{written}' is not one of the values there are", suggest(written, values)
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
        meant = id_meant(written)
        remedy = f"write '{meant}'" if meant else "write small letters, digits and single hyphens"
        return "bad-id", f"'{written}' is not an id", remedy
    if "/" in pattern:
        return "bad-id", f"'{written}' does not name a benefit", "write it as 'project/benefit'"
    if not written.strip():
        return "empty-value", "nothing is written here", "write a value, or take the name out"
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
