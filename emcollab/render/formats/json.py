"""JSON with exact amounts: the standard writer knows no decimals but floats, and no days."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from emcollab.render.formats.safe import break_signs

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def format_json(value: object) -> str:
    """Return `value` as indented JSON: mappings, lists, texts, whole numbers, flags and `None`.

    Decimals are written exactly, days as `2010-02-22`, tuples as lists.
    """
    return _write(value, "\n") + "\n"


def format_rows(names: Iterable[str], rows: Iterable[Iterable[object]], new_line: str) -> Iterator[str]:
    """Yield pieces of a list of objects, as `format_json` writes it; `new_line` is how the list is indented.

    Each of `rows` has a text, number, day, flag or `None` for each of `names`, which are ours.
    """
    inner = f"{new_line}    "
    item = f"{new_line}  {{{','.join(f'{inner}{_encode(name)}: %s' for name in names)}{new_line}  }}"
    lead = "["
    for row in rows:
        yield lead + item % tuple([_SCALARS[type(cell)](cell) for cell in row])
        lead = ","
    yield "[]" if lead == "[" else f"{new_line}]"


def _encode_text(text: str) -> str:
    return break_signs(_encode(text), "#\\u0023")  # no command to a CI, and the same text


def format_exact(amount: Decimal) -> str:
    """Return `amount` as a plain number with no more digits than it needs: `236000`, `1.5`, `-0.01`."""
    shown = f"{amount or abs(amount):f}"  # nil has no sign
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


_SCALARS: dict[type, Callable[[Any], str]] = {
    str: lru_cache(1024)(_encode_text),  # rows that follow each other have most of their texts in common
    int: str, Decimal: format_exact, date: lambda day: f'"{day.isoformat()}"',
    **dict.fromkeys((bool, type(None)), {True: "true", False: "false", None: "null"}.__getitem__),
}  # fmt: skip


@lru_cache
def _write_name(key: object) -> str:
    return _encode_text(str(key))


def _write(value: object, new_line: str) -> str:
    if write := _SCALARS.get(type(value)):
        return write(value)
    inner = new_line + "  "
    match value:
        case dict() if value:
            items = [f"{_write_name(key)}: {_write(item, inner)}" for key, item in value.items()]
            return f"{{{inner}{f',{inner}'.join(items)}{new_line}}}"
        case list() | tuple() if value:
            return f"[{inner}{f',{inner}'.join(_write(item, inner) for item in value)}{new_line}]"
        case _:
            return _encode(value)
