"""A Frictionless Data Package: a CSV file a table, and `datapackage.json`, which says what is in them.

As the specifications of version 1 have it, which every reader of Data Packages knows:
https://specs.frictionlessdata.io/data-package/ and https://specs.frictionlessdata.io/table-schema/.
"""

from collections.abc import Iterable

from emcollab.publish.export.csv import format_table
from emcollab.publish.export.flat import Column, Flat, FlatTable, Reference
from emcollab.render.formats.json import format_json
from emcollab.render.formats.safe import safe

_TYPES = {
    "count": "integer", "amount": "number", "number": "number", "percentage": "number", "day": "date",
    "flag": "boolean",
}  # fmt: skip

_DESCRIPTION = (
    "Every figure and record of a benefits-realisation ledger, made by emcollab export. Amounts are exact: pounds, "
    "posts or hours, by the column measure. A text that begins with = + - or @ has an apostrophe before it, lest a "
    "spreadsheet take it for a formula; a line break within a text is written \\n."
)


def format_export(flat: Flat) -> dict[str, Iterable[str]]:
    """Return the files of the package by name, each as pieces of its text."""
    package = {
        "profile": "tabular-data-package", "name": "emcollab-ledger", "title": safe(flat.title),
        "description": _DESCRIPTION, "resources": [_describe(flat, table) for table in flat.tables],
    }  # fmt: skip
    files = {f"{table.name}.csv": format_table(table) for table in flat.tables}
    return {"datapackage.json": [format_json(package)], **files}


def _describe(flat: Flat, table: FlatTable) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource", "name": table.name, "title": table.title, "path": f"{table.name}.csv",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        # Said, because readers guess otherwise, and a hostile text can make them guess wrong.
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True},
        "schema": {
            "fields": [_describe_column(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": table.key,
            "foreignKeys": [_describe_reference(flat, table, reference) for reference in table.references],
        },
    }  # fmt: skip


def _describe_column(column: Column) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = column.values
    if column.kind == "year":
        constraints["pattern"] = "[0-9]{4}/[0-9]{2}"
    kind = _TYPES.get(column.kind, "string")
    field: dict[str, object] = {"name": column.name, "type": kind, "description": column.description}
    return {**field, "constraints": constraints} if constraints else field


def _describe_reference(flat: Flat, table: FlatTable, reference: Reference) -> dict[str, object]:
    # By the specification, a table that refers to itself names no resource.
    resource = "" if reference.table == table.name else reference.table
    return {"fields": reference.columns, "reference": {"resource": resource, "fields": flat.table(reference.table).key}}
