"""JSON Schema of the records, for editors and for validators that are not this one.

Other readers of YAML see a number where a cell says `0.236`, and a whole number where a mark says `10`; this
reader sees the text. The schemas accept both. They know what one file alone shows; the rest is for
`emcollab validate`.
"""

from collections.abc import Callable
from typing import Any

from emcollab.records.kinds import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_schema(record: str) -> dict[str, Any]:
    """Return the schema of the data files of `record`, the name of one of `KINDS`.

    Raises:
        KeyError: there is no such record.
    """
    kind = {kind.record: kind for kind in KINDS}[record]
    schema = _tidy(kind.model.model_json_schema())
    place = kind.place if kind.place.endswith(".yaml") else f"{kind.place}ID.yaml"
    return {"$schema": DIALECT, **schema, "title": f"{record} ({place})"}


def _tidy(node: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Return `node` as other tools need it, all the way down."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    for change in _CHANGES:
        node = change(node)
    return {key: _tidy(value) for key, value in node.items()}


def _drop_null(node: dict[str, Any]) -> dict[str, Any]:
    """Leave a key out, or give it a value: there is no null in the data."""
    options = node.get("anyOf")
    if not isinstance(options, list) or {"type": "null"} not in options:
        return node
    rest = [option for option in options if option != {"type": "null"}]
    kept = {key: value for key, value in node.items() if key not in {"anyOf", "default"}}
    return {**(rest[0] if len(rest) == 1 else {"anyOf": rest}), **kept}


def _close(node: dict[str, Any]) -> dict[str, Any]:
    """Refuse names that are none: pydantic leaves them to its own check of the keys."""
    if "patternProperties" in node:
        return {**node, "additionalProperties": False}
    return node


def _let_numbers_be_texts(node: dict[str, Any]) -> dict[str, Any]:
    """Accept a number where any text goes, but not where a pattern asks for more than digits."""
    if node.get("type") == "string" and not {"enum", "format", "const", "x-text-only"} & set(node):
        return {**node, "type": ["string", "number"]}
    return {key: value for key, value in node.items() if key != "x-text-only"}


_CHANGES: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = (_drop_null, _close, _let_numbers_be_texts)
