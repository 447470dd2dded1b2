"""The figures as one CSV file, for spreadsheets and programs: a row a figure, amounts exact and plain."""

import csv
import io
from decimal import Decimal

from emcollab.publish.export.flat import Flat, FlatTable, FlatValue
from emcollab.render.formats.csv import escape
from emcollab.render.formats.json import format_exact


def format_export(flat: Flat) -> str:
    """Return the table of figures."""
    return format_table(flat.table("figures"))


def format_table(table: FlatTable) -> str:
    """Return `table` under the names of its columns; a cell without a value is empty, a flag `true` or `false`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_format_cell(cell) for cell in row] for row in table.rows)
    return text.getvalue()


def _format_cell(cell: FlatValue) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return format_exact(cell)
        case str():
            return escape(cell)
        case _:
            return str(cell)
