"""Tables as CSV: every amount exact and plain, in pounds, posts or hours, for spreadsheets and programs."""

import csv
import io

from emcollab.render.formats.json import format_exact
from emcollab.render.formats.safe import break_signs, safe
from emcollab.render.page import Amount, Cell, Link, Table

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def format_table(table: Table) -> str:
    """Return the headings and rows of `table`, without its title and notes; nothing stated is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([escape(heading) for heading in table.headings])
    writer.writerows([_cell(cell) for cell in row.cells] for row in table.rows)
    return text.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Amount):
        return format_exact(cell.value)
    return escape(cell.text if isinstance(cell, Link) else cell)


def escape(text: str) -> str:
    """Return `text` as no spreadsheet takes for a formula, and no CI for a command.

    Amounts do not come here: a minus is no formula.
    """
    shown = break_signs(safe(text), "##\\")
    return f"'{shown}" if text.startswith(_FORMULA_STARTS) else shown
