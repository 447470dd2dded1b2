"""JSON Schema of the records, for editors and for validators that are not this one.

Other readers of YAML see a number where a cell says `0.236`, and a whole number where a mark says `10`; this
reader sees the text. The schemas accept both. They know what one file alone shows; the rest is for
`emcollab validate`.
"""

from collections.abc import Collection, Mapping
from typing import Any

from emcollab.records.base import ID_PATTERN
from emcollab.records.benefit import BENEFIT_PATTERN
from emcollab.records.kinds import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


Ids = Mapping[str, Collection[str]]
"""The ids of a ledger: of each `area`, `force`, `source`, `share`, `project` and `benefit`, this as project/benefit."""

_NAMED = {
    "area": "area", "force": "force", "forces": "force", "source": "source", "shares_source": "source",
    "shares": "share", "project": "project", "benefit": "benefit", "replaces": "benefit",
    "possible_duplicate_of": "benefit",
}  # fmt: skip
"""What is meant by the id that stands under each of these names, or in the list there."""


def make_schema(record: str, ids: Ids = {}) -> dict[str, Any]:  # noqa: B006 - only read
    """Return the schema of the data files of `record`, the name of one of `KINDS`.

    With `ids`, those of a ledger, it knows no others where a record means another. Where there are none, any id is one.

    Raises:
        KeyError: there is no such record.
    """
    kind = {kind.record: kind for kind in KINDS}[record]
    schema = _tidy(kind.model.model_json_schema())
    place = kind.place if kind.place.endswith(".yaml") else f"{kind.place}ID.yaml"
    return {"$schema": DIALECT, **_add_ids(schema, ids, ""), "title": f"{record} ({place})"}


def _add_ids(node: Any, ids: Ids, name: str) -> Any:  # noqa: ANN401 - any part of a schema
    """Return `node`, which is there under `name`, with the ids that there are in the place of any."""
    if isinstance(node, list):
        return [_add_ids(item, ids, name) for item in node]
    if not isinstance(node, dict):
        return node
    forces = ids.get("force", ())
    if forces and node.get("propertyNames") == {"pattern": ID_PATTERN}:
        return _of_forces(node, "propertyNames", node["additionalProperties"], forces)
    if forces and name in {"shares", "years"} and ID_PATTERN in node.get("patternProperties", ()):
        return _of_forces(node, "patternProperties", node["patternProperties"][ID_PATTERN], forces)
    there = ids.get(_NAMED.get(name, ""), ())
    if there and node.get("pattern") in {ID_PATTERN, BENEFIT_PATTERN}:
        kept = {key: value for key, value in node.items() if key not in {"pattern", "maxLength", "examples", "type"}}
        return {**kept, "enum": list(there)}
    within = ("anyOf", "oneOf", "items", "patternProperties")
    return {
        key: _add_ids(value, ids, key if key not in within and not _is_pattern(key) else name)
        for key, value in node.items()
    }


def _is_pattern(name: str) -> bool:
    return name.startswith("^")


def _of_forces(node: dict[str, Any], names: str, value: Any, forces: Collection[str]) -> dict[str, Any]:  # noqa: ANN401 - any schema
    """Return a mapping by force, which its schema had under `names`, with the forces that there are."""
    kept = {key: item for key, item in node.items() if key != names}
    return {**kept, "properties": dict.fromkeys(forces, value), "additionalProperties": False}


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
    if "patternProperties" in node and "propertyNames" in node:
        # Names that are none: pydantic leaves them to its own check of the keys.
        node = {**node, "additionalProperties": False}
    if node.get("type") == "string" and not {"enum", "format", "const", "x-text-only"} & set(node):
        # Where any text goes a number does too, but not where a pattern asks for more than digits.
        node = {**node, "type": ["string", "number"]}
    return {key: _tidy(value) for key, value in node.items() if key != "x-text-only"}


_NULL = {"type": "null"}
