"""The rows of a worksheet, one by one, as the XML of a workbook has them; and what columns they need.

To keep every cell until the file is written takes ten times the memory and time. See ECMA-376, part 1, section 18.3.1.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
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
_NUMBERS = {Decimal, int, Live}
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Styles(NamedTuple):
    """The numbers by which cells name their formats: links, texts in columns of texts and of numbers, and the rest."""

    link: str
    left: str
    right: str
    whole: str
    amount: str
    day: str


class Layout(NamedTuple):
    """What a table takes: its rows, and of each column the characters, whether of numbers, and whether lines break."""

    rows: int
    widths: list[int]
    numeric: list[bool]
    breaks: list[bool]


def lay_out(sheet: Sheet) -> Layout:
    """Return about what the cells of a worksheet need."""
    count, columns = 0, len(sheet.headings)
    widths = [_measure(heading) for heading in sheet.headings]
    kinds: list[set[type]] = [set() for _ in range(columns)]
    breaks = [False] * columns
    above: tuple[Cell, ...] = (None,) * columns
    for count, row in enumerate(sheet.rows, start=1):  # noqa: B007 - what is left of it is wanted
        for place, cell in enumerate(row):
            if cell is None or cell is above[place]:
                continue
            characters = _measure(cell) if isinstance(cell, str) else _measure_value(cell)
            if characters > widths[place]:  # noqa: PLR1730 - a call for every cell would take longer
                widths[place] = characters
            if isinstance(cell, str) and "\n" in cell:
                breaks[place] = True
            kinds[place].add(type(cell))
        above = row
    return Layout(
        count,
        [min(widest, _WIDEST) for widest in widths],
        [not kinds_of.isdisjoint(_NUMBERS) for kinds_of in kinds],
        [has_lines or widest > _WIDEST for has_lines, widest in zip(breaks, widths, strict=True)],
    )


def format_rows(sheet: Sheet, layout: Layout, styles: Styles) -> Iterator[str]:
    """Yield each row of the table of a worksheet, below its headings."""
    columns = [
        (xl_col_to_name(place), styles.right if is_numeric else styles.left)
        for place, is_numeric in enumerate(layout.numeric)
    ]
    breaking = [(place, layout.widths[place] + 2) for place, may_break in enumerate(layout.breaks) if may_break]
    for number, row in enumerate(sheet.rows, start=sheet.top + 2):
        at = f'{number}"'
        cells = [
            f'<c r="{column}{at}{_format_text(cell, text) if type(cell) is str else _format(cell, text, styles)}'
            for (column, text), cell in zip(columns, row, strict=True)
            if cell is not None
        ]
        broken = [(row[place], characters) for place, characters in breaking]
        lines = max((_count_lines(cell, most) for cell, most in broken if isinstance(cell, str)), default=1)
        pixels = round(min(lines * _LINE, _HIGHEST) / _PIXEL)
        yield f'<row r="{number}" ht="{pixels * _PIXEL}" customHeight="1">{"".join(cells)}</row>'


def tidy(text: str) -> str:
    """Return `text` safe to show, its lines kept, and no longer than a cell can be."""
    shown = "\n".join(safe(line) for line in text.split("\n"))
    if len(shown.encode("utf-16-le")) <= 2 * _LONGEST:
        return shown
    return shown.encode("utf-16-le")[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


@lru_cache(1024)  # rows that follow each other have most of their texts in common
def _measure(text: str) -> int:
    """Return how many characters the longest line of a text takes."""
    return max(map(width, text.split("\n")))


def _measure_value(cell: Cell) -> int:
    """Return how many characters a number, day or flag takes."""
    value = cell.value if isinstance(cell, Live) else cell
    return len(f"{value:,.2f}" if isinstance(value, Decimal) else str(value))


@lru_cache(1024)
def _count_lines(text: str, characters: int) -> int:
    """Return how many lines a text takes where a line has so many characters."""
    return sum(max(1, ceil(width(line) / characters)) for line in text.split("\n"))


def _format(cell: Cell, text: str, styles: Styles) -> str:
    """Return a cell from behind where its place is said; `text` is the format of texts in its column."""
    match cell:
        case Decimal() if is_exact(cell):
            # It is written digit by digit, and is a binary number only to the program that reads it.
            shown = f's="{styles.amount}"><v>{format_exact(cell)}'
        case bool():
            shown = f's="{text}" t="b"><v>{cell:d}'
        case int() if is_exact(cell):
            shown = f's="{styles.whole}"><v>{cell}'
        case date() if cell >= FIRST_DAY:
            shown = f's="{styles.day}"><v>{(cell - _DAY_NOUGHT).days}'
        case Live(value, formula) if formula:
            shown = f's="{styles.amount}"><f>{formula.removeprefix("=")}</f><v>{format_exact(value)}'
        case Live(value) | (Decimal() as value):
            return _format_text(format_exact(value), text)
        case SheetLink():
            return _format_text(cell, styles.link)
        case _:
            return _format_text(str(cell), text)
    return f" {shown}</v></c>"


@lru_cache(1024)
def _format_text(text: str, style: str) -> str:
    shown = tidy(text)
    kept = "" if shown == shown.strip() else ' xml:space="preserve"'
    # `_x0041_` would be an A.
    return f' s="{style}" t="inlineStr"><is><t{kept}>{escape(_ESCAPE.sub("_x005F_", shown))}</t></is></c>'
