"""All records as one JSON document: under the name of each table, its rows as objects; amounts exact."""

from emcollab.publish.export.flat import Flat
from emcollab.render.formats.json import format_json


def format_export(flat: Flat) -> str:
    """Return every table by name; `null` where there is no value, texts to the letter."""
    names = {table.name: [column.name for column in table.columns] for table in flat.tables}
    rows = {table.name: [dict(zip(names[table.name], row, strict=True)) for row in table.rows] for table in flat.tables}
    return format_json(rows)
