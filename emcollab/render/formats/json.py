"""JSON with exact amounts: the standard writer knows no decimals but floats, and no days."""

import json
from datetime import date
from decimal import Decimal

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def format_json(value: object) -> str:
    """Return `value` as indented JSON: mappings, lists, texts, whole numbers, flags and `None`.

    Decimals are written exactly, days as `2010-02-22`, tuples as lists.
    """
    return _write(value, "\n").replace("##[", "#\\u0023[") + "\n"  # in a text: no command to a CI, and the same text


def format_exact(amount: Decimal) -> str:
    """Return `amount` as a plain number with no more digits than it needs: `236000`, `1.5`, `-0.01`."""
    shown = f"{amount or abs(amount):f}"  # nil has no sign
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _write(value: object, new_line: str) -> str:
    inner = new_line + "  "
    match value:
        case Decimal():
            return format_exact(value)
        case date():
            return f'"{value.isoformat()}"'
        case dict() if value:
            items = [f"{_encode(str(key))}: {_write(item, inner)}" for key, item in value.items()]
            return f"{{{inner}{f',{inner}'.join(items)}{new_line}}}"
        case list() | tuple() if value:
            return f"[{inner}{f',{inner}'.join(_write(item, inner) for item in value)}{new_line}]"
        case _:
            return _encode(value)
