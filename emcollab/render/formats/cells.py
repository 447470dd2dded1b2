"""Cells of a table as people read them: the same words in every format."""

from emcollab.render.formats.safe import safe
from emcollab.render.page import Amount, Cell, Link, Table
from emcollab.values.money import format_amount

NOTHING = "-"
ESTIMATE = "*"


def format_cell(cell: Cell) -> str:
    """Return the text of a cell, without the mark of an estimate: `1,324.000`, `£12.335`, `-` for nothing stated."""
    if cell is None:
        return NOTHING
    if isinstance(cell, Amount):
        return format_amount(cell.value, cell.unit, cell.places, sign=cell.sign)
    return safe(cell.text if isinstance(cell, Link) else cell)


def is_estimate(cell: Cell) -> bool:
    """Return whether the cell carries the mark of an estimate."""
    return isinstance(cell, Amount) and cell.estimate


def first_part(table: Table) -> int | None:
    """Return the position of the first row that is a part of the total, before which `of which` stands."""
    return next((position for position, row in enumerate(table.rows) if row.part), None)
