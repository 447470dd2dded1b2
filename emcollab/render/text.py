"""Tables for a terminal."""

import textwrap

from tabulate import SEPARATING_LINE, tabulate

from emcollab.render.cells import ESTIMATE, first_part, format_cell, is_estimate
from emcollab.render.safe import safe
from emcollab.tables import Row, Table

_WIDTH = 100


def format_table(table: Table) -> str:
    """Return `table` under its title, figures aligned, estimates marked, notes below in lines of 100 characters."""
    blocks = [safe(table.title)]
    if table.rows:
        blocks.append(_grid(table))
    if table.notes:
        blocks.append("\n".join(textwrap.fill(safe(note), _WIDTH, subsequent_indent="  ") for note in table.notes))
    return "\n\n".join(blocks) + "\n"


def _grid(table: Table) -> str:
    # A column with a marked cell has a blank where others have no mark, so that the digits stay in line.
    marked = [any(is_estimate(row.cells[column]) for row in table.rows) for column in range(len(table.headings))]
    lines: list[list[str] | str] = []
    for position, row in enumerate(table.rows):
        if row.total and position:
            lines.append(SEPARATING_LINE)
        if position == first_part(table):
            lines.append(["of which", *("" for _ in table.headings[1:])])
        lines.append(_cells(row, marked))
    return tabulate(
        lines,
        headers=[safe(heading) + " " * mark for heading, mark in zip(table.headings, marked, strict=True)],
        tablefmt="simple",
        disable_numparse=True,
        preserve_whitespace=True,
        colalign=["right" if numeric else "left" for numeric in table.numeric],
    )


def _cells(row: Row, marked: list[bool]) -> list[str]:
    cells = [
        format_cell(cell) + (ESTIMATE if is_estimate(cell) else " " * mark)
        for cell, mark in zip(row.cells, marked, strict=True)
    ]
    return ["  " * row.part + cells[0], *cells[1:]]
