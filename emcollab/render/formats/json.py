"""JSON with exact amounts: the standard writer knows no decimals but floats."""

import json
from decimal import Decimal


def format_json(value: object) -> str:
    """Return `value` as indented JSON: mappings, lists, texts, whole numbers, flags, `None`, and decimals exactly."""
    return _write(value, "\n").replace("##[", "#\\u0023[") + "\n"  # in a text: no command to a CI, and the same text


def format_exact(amount: Decimal) -> str:
    """Return `amount` as a plain number with no more digits than it needs: `236000`, `1.5`, `-0.01`."""
    shown = f"{amount:f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace("-0", "-0" if amount else "0")


def _write(value: object, new_line: str) -> str:
    if isinstance(value, Decimal):
        return format_exact(value)
    inner = new_line + "  "
    if isinstance(value, dict) and value:
        items = [f"{_encode(str(key))}: {_write(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(items)}{new_line}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join(_write(item, inner) for item in value)}{new_line}]"
    return _encode(value)


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
