"""JSON with exact amounts: the standard writer knows no decimals but floats, and no days."""

import json
from collections.abc import Callable
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


def _encode_text(text: str) -> str:
    return break_signs(_encode(text), "#\\u0023")  # no command to a CI, and the same text


def format_exact(amount: Decimal) -> str:
    """Return `amount` as a plain number with no more digits than it needs: `236000`, `1.5`, `-0.01`."""
    amount = amount or abs(amount)  # nil has no sign
    shown = str(amount)
    if "E" in shown:  # as few have; to write all so takes twice as long
        shown = f"{amount:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


SCALARS: dict[type, Callable[[Any], str]] = {
    str: lru_cache(1024)(_encode_text),  # rows that follow each other have most of their texts in common
    int: str, Decimal: format_exact, date: lambda day: f'"{day.isoformat()}"',
    **dict.fromkeys((bool, type(None)), {True: "true", False: "false", None: "null"}.__getitem__),
}  # fmt: skip


@lru_cache
def _write_name(key: object) -> str:
    return _encode_text(str(key))


def _write(value: object, new_line: str) -> str:
    if write := SCALARS.get(type(value)):
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
