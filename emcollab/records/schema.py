"""JSON Schema of the records, for editors and for validators that are not this one.

Other readers of YAML see a number where a cell says `0.236`, and a whole number where a mark says `10`; this
reader sees the text. The schemas accept both. They know what one file alone shows; the rest is for
`emcollab validate`.
"""

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
    if _NULL in node.get("anyOf", ()):
        # There is no null in the data: a key is left out, or has a value.
        first, *others = [option for option in node["anyOf"] if option != _NULL]
        kept = {key: value for key, value in node.items() if key not in {"anyOf", "default"}}
        node = {**({"anyOf": [first, *others]} if others else first), **kept}
    if "patternProperties" in node:
        # Names that are none: pydantic leaves them to its own check of the keys.
        node = {**node, "additionalProperties": False}
    if node.get("type") == "string" and not {"enum", "format", "const", "x-text-only"} & set(node):
        # Where any text goes a number does too, but not where a pattern asks for more than digits.
        node = {**node, "type": ["string", "number"]}
    return {key: _tidy(value) for key, value in node.items() if key != "x-text-only"}


_NULL = {"type": "null"}
