"""The figures as one CSV file, for spreadsheets and programs: a row a figure, amounts exact and plain."""

import csv
from collections.abc import Iterator
from decimal import Decimal

from emcollab.publish.export.flat import Anew, Flat, FlatTable, FlatValue
from emcollab.render.formats.csv import escape
from emcollab.render.formats.json import format_exact


def format_export(flat: Flat) -> Anew[str]:
    """Return the lines of the table of figures."""
    return format_table(flat.table("figures"))


def format_table(table: FlatTable) -> Anew[str]:
    """Return the names of the columns of `table` and its rows, a line each.

    A cell without a value is empty, a flag `true` or `false`.
    """
    return Anew(lambda: _write_lines(table))


def _write_lines(table: FlatTable) -> Iterator[str]:
    writer = csv.writer(_Line(), lineterminator="\n")
    yield writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        yield writer.writerow([_format_cell(cell) for cell in row])


class _Line:
    """What a line is written to, which hands it back."""

    def write(self, line: str) -> str:
        return line


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
