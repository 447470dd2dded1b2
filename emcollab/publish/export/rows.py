"""The rows of a worksheet, one by one, as the XML of a workbook has them; and what columns they need.

To keep every cell until the file is written takes ten times the memory and time. See ECMA-376, part 1, section 18.3.1.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from math import ceil
from typing import NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from emcollab.publish.export.sheet import Cell, Live, Sheet, SheetLink, is_exact
from emcollab.render.formats.json import format_exact
from emcollab.render.formats.safe import safe, width

_LONGEST = 32_767  # UTF-16 units of a cell, at most
_CUT = " [cut: longer than a cell can be; see the other formats]"
_WIDEST = 60  # characters of a column, at most
_LINE, _HIGHEST = 16, 409  # points of a line, and of a row at most
_PIXEL = 0.75  # points
FIRST_DAY = date(1900, 3, 1)
"""Earlier days are texts: spreadsheets count days from 1900, which some of them take for a leap year."""

_DAY_NOUGHT = date(1899, 12, 30)
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Styles(NamedTuple):
    """The numbers by which cells name their formats: links, texts in columns of texts and of numbers, and the rest."""

    link: str
    left: str
    right: str
    count: str
    amount: str
    day: str


class Layout(NamedTuple):
    """What a table takes: its rows, and of each column the characters, whether of numbers, and whether lines break."""

    count: int
    widths: list[int]
    numeric: list[bool]
    breaks: list[bool]


def lay_out(sheet: Sheet) -> Layout:
    """Return about what the cells of a worksheet need."""
    count, columns = 0, len(sheet.headings)
    widths = [max(map(width, heading.split("\n"))) for heading in sheet.headings]
    numeric, lines = [False] * columns, [False] * columns
    above: tuple[Cell, ...] = (None,) * columns
    for count, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            if cell is not above[place] and cell is not None:
                characters, is_number, has_lines = _measure(cell)
                if characters > widths[place]:
                    widths[place] = characters
                if is_number:
                    numeric[place] = True
                if has_lines:
                    lines[place] = True
        above = row
    breaks = [has_lines or widest > _WIDEST for has_lines, widest in zip(lines, widths, strict=True)]
    return Layout(count, [min(widest, _WIDEST) for widest in widths], numeric, breaks)


def format_rows(sheet: Sheet, layout: Layout, styles: Styles) -> Iterator[str]:
    """Yield each row of the table of a worksheet, below its headings."""
    columns = [
        (xl_col_to_name(place), styles.right if is_numeric else styles.left, characters + 2 if may_break else 0)
        for place, (characters, is_numeric, may_break) in enumerate(zip(*layout[1:], strict=True))
    ]
    # Rows that follow each other have most of their cells in common.
    format_cell = lru_cache(1024, typed=True)(partial(_format, styles))
    for number, row in enumerate(sheet.rows, start=sheet.top + 2):
        lines, cells, at = 1, "", f'{number}"'
        for (column, text, characters), cell in zip(columns, row, strict=True):
            if cell is not None:
                cells += f'<c r="{column}{at}{format_cell(cell, text)}'
                if characters and isinstance(cell, str):
                    lines = max(lines, _count_lines(cell, characters))
        pixels = round(min(lines * _LINE, _HIGHEST) / _PIXEL)
        yield f'<row r="{number}" ht="{pixels * _PIXEL}" customHeight="1">{cells}</row>'


def tidy(text: str) -> str:
    """Return `text` safe to show, its lines kept, and no longer than a cell can be."""
    shown = "\n".join(safe(line) for line in text.split("\n"))
    if len(shown.encode("utf-16-le")) <= 2 * _LONGEST:
        return shown
    return shown.encode("utf-16-le")[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


@lru_cache(1024, typed=True)
def _measure(cell: Cell) -> tuple[int, bool, bool]:
    """Return how many characters a cell takes, whether it is a number, and whether it has several lines."""
    value = cell.value if isinstance(cell, Live) else cell
    shown = f"{value:,.2f}" if isinstance(value, Decimal) else str(value)
    is_number = isinstance(value, Decimal | int) and not isinstance(value, bool)
    return max(map(width, shown.split("\n"))), is_number, "\n" in shown


@lru_cache(1024)
def _count_lines(text: str, characters: int) -> int:
    """Return how many lines a text takes where a line has so many characters."""
    return sum(max(1, ceil(width(line) / characters)) for line in text.split("\n"))


def _format(styles: Styles, cell: Cell, text: str) -> str:
    """Return a cell from behind where its place is said; `text` is the format of texts in its column."""
    match cell:
        case SheetLink():
            return _format_text(cell, styles.link)
        case str():
            return _format_text(cell, text)
        case Live(value, formula) if formula:
            return f' s="{styles.amount}"><f>{formula.removeprefix("=")}</f><v>{format_exact(value)}</v></c>'
        case Live(value):
            return _format_text(format_exact(value), text)
        case bool():
            return f' s="{text}" t="b"><v>{cell:d}</v></c>'
        case int() if is_exact(cell):
            return f' s="{styles.count}"><v>{cell}</v></c>'
        case Decimal() if is_exact(cell):
            # It is written digit by digit, and is a binary number only to the program that reads it.
            return f' s="{styles.amount}"><v>{format_exact(cell)}</v></c>'
        case int() | Decimal():
            return _format_text(format_exact(Decimal(cell)), text)
        case date() if cell >= FIRST_DAY:
            return f' s="{styles.day}"><v>{(cell - _DAY_NOUGHT).days}</v></c>'
        case _:
            return _format_text(str(cell), text)


def _format_text(text: str, style: str) -> str:
    shown = tidy(text)
    kept = "" if shown == shown.strip() else ' xml:space="preserve"'
    # `_x0041_` would be an A.
    return f' s="{style}" t="inlineStr"><is><t{kept}>{escape(_ESCAPE.sub("_x005F_", shown))}</t></is></c>'
