"""Tables and pages for a terminal."""

import re
from functools import cache

from tabulate import SEPARATING_LINE, tabulate

from emcollab.render.formats.cells import ESTIMATE, first_part, format_cell, is_estimate
from emcollab.render.formats.safe import safe, width, without_commands
from emcollab.render.page import Block, Heading, Labelled, Lines, Page, Paragraph, Quotation, Table

_WIDTH = 100
_SECTION = 2  # the level of headings that are underlined


def format_table(table: Table) -> str:
    """Return `table` under its title, figures aligned, estimates marked, notes below in lines of 100 characters."""
    blocks = [safe(table.title)]
    if table.rows:
        blocks.append(_grid(table))
    if table.notes:
        blocks.append("\n".join(fill(note, rest="  ") for note in table.notes))
    return without_commands("\n\n".join(blocks) + "\n")


def format_page(page: Page) -> str:
    """Return `page` with its title underlined, paragraphs in lines of 100 characters, lists with dashes."""
    title = safe(page.title)
    blocks = "\n".join(_format_block(block) for block in page.blocks)
    return without_commands(f"{title}\n{'=' * width(title)}\n\n{blocks}")


def _format_block(block: Block) -> str:  # noqa: PLR0911 - one a kind of block
    match block:
        case Table():
            return format_table(block)
        case Heading():
            heading = safe(block.text)
            return f"{heading}\n{'-' * width(heading)}\n" if block.level == _SECTION else f"{heading}\n"
        case Paragraph():
            return fill(block.text) + "\n"
        case Quotation():
            return fill(f"“{block.text}”", "    ", "    ") + "\n"
        case Lines():
            return "".join(f"    {safe(line)}\n" for line in block.texts)
        case Labelled():
            return "".join(fill(f"{label}: {text}", rest="  ") + "\n" for label, text in block.pairs)
        case _:
            return "".join(fill(item, "- ", "  ") + "\n" for item in block.texts)


def fill(line: str, first: str = "", rest: str = "") -> str:
    """Return `line` in lines of 100 characters, `first` before the first and `rest` before the others.

    They are those of `textwrap`, which cuts a text into words one by one and takes four times as long.
    """
    text = safe(line)
    begin = next(_full_line(_WIDTH - len(first)).finditer(text))[0]
    others = _full_line(_WIDTH - len(rest)).findall(text, len(begin))
    lines = [line for each in (begin, *others) if (line := each.rstrip(" "))]
    return first + f"\n{rest}".join(lines) if lines else ""


@cache
def _full_line(width: int) -> re.Pattern[str]:
    """Return what finds as many words as go into so many characters, or a longer word, and the space after them."""
    return re.compile(rf"(?:.{{1,{width}}}|[^ ]*)(?: +|\Z)")


def _grid(table: Table) -> str:
    # A column with a marked cell has a blank where others have no mark, so that the digits stay in line.
    marked = [any(is_estimate(row.cells[column]) for row in table.rows) for column in range(len(table.headings))]
    lines: list[list[str] | str] = []
    first = first_part(table)
    for position, row in enumerate(table.rows):
        if row.total and position and not table.rows[position - 1].total:
            lines.append(SEPARATING_LINE)
        if position == first:
            lines.append(["of which", *("" for _ in table.headings[1:])])
        cells = [
            format_cell(cell) + (ESTIMATE if is_estimate(cell) else " " * mark)
            for cell, mark in zip(row.cells, marked, strict=True)
        ]
        lines.append(["  " * row.part + cells[0], *cells[1:]])
    headings = [safe(heading) + " " * mark for heading, mark in zip(table.headings, marked, strict=True)]
    sides = ["right" if numeric else "left" for numeric in table.numeric]
    return tabulate(lines, headings, disable_numparse=True, preserve_whitespace=True, colalign=sides)
