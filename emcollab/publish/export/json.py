"""All records as one JSON document: under the name of each table, its rows as objects; amounts exact."""

from datetime import date

from emcollab.publish.export.flat import Flat
from emcollab.publish.export.table import FlatValue
from emcollab.render.formats.json import format_json


def format_export(flat: Flat) -> str:
    """Return every table by name; `null` where there is no value, texts to the letter."""
    return format_json(
        {
            table.name: [
                {column.name: _format_cell(cell) for column, cell in zip(table.columns, row, strict=True)}
                for row in table.rows
            ]
            for table in flat.tables
        }
    )


def _format_cell(cell: FlatValue) -> FlatValue:
    return cell.isoformat() if isinstance(cell, date) else cell
