"""The rows of a worksheet, some at once, as the XML of a workbook has them; and what columns they need.

To keep every cell until the file is written takes ten times the memory and time. See ECMA-376, part 1, section 18.3.1.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from itertools import repeat
from math import ceil
from types import NoneType
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from emcollab.publish.export.flat import Formats, format_column, list_columns
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
_NUMBER = "\0"
"""Stands for the number of a row, which each of its cells has too; no text that is safe to show has it."""


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
    count = 0
    widths = [_measure(heading) for heading in sheet.headings]
    numeric, breaks = [False] * len(widths), [False] * len(widths)
    rows: Iterable[tuple[Any, ...]] = sheet.rows
    for columns in list_columns(rows):
        for place, cells in enumerate(columns):
            kinds = set(map(type, cells))
            for kind in kinds:
                some = cells if len(kinds) == 1 else [cell for cell in cells if type(cell) is kind]
                if issubclass(kind, str):
                    texts = set(some)
                    widths[place] = max(widths[place], *map(_measure, texts))
                    breaks[place] = breaks[place] or any("\n" in text for text in texts)
                elif kind is not NoneType:
                    widths[place] = max(widths[place], _measure_value(min(some)), _measure_value(max(some)))
                    numeric[place] = numeric[place] or kind in _NUMBERS
        count += len(cells)
    return Layout(
        count,
        [min(widest, _WIDEST) for widest in widths],
        numeric,
        [has_lines or widest > _WIDEST for has_lines, widest in zip(breaks, widths, strict=True)],
    )


def format_sheet_rows(sheet: Sheet, layout: Layout, styles: Styles) -> Iterator[str]:
    """Yield the rows of the table of a worksheet, below its headings, some at once."""
    formats = [
        _choose_formats(xl_col_to_name(place), styles, styles.right if is_numeric else styles.left)
        for place, is_numeric in enumerate(layout.numeric)
    ]
    breaking = [(place, layout.widths[place] + 2) for place, may_break in enumerate(layout.breaks) if may_break]
    first = sheet.top + 2
    for columns in map(list, list_columns(sheet.rows)):
        after = first + len(columns[0])
        lines: Iterable[int] = repeat(1, after - first)
        for place, most in breaking:
            counts = [_count_lines(cell, most) if isinstance(cell, str) else 1 for cell in columns[place]]
            lines = map(max, lines, counts)
        rows = map("".join, zip(map(_open_row, lines), *map(format_column, columns, formats), repeat("</row>")))
        yield "".join([row.replace(_NUMBER, str(number)) for number, row in enumerate(rows, start=first)])
        first = after


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


@lru_cache
def _open_row(lines: int) -> str:
    pixels = round(min(lines * _LINE, _HIGHEST) / _PIXEL)
    return f'<row r="{_NUMBER}" ht="{pixels * _PIXEL}" customHeight="1">'


def _choose_formats(column: str, styles: Styles, text: str) -> Formats[str]:
    """Return how to write the cells of a column, by their types; `text` is the style of texts in it."""
    start = f'<c r="{column}{_NUMBER}" s="'

    @lru_cache(1024)  # rows that follow each other have most of their texts in common
    def write_text(cell: str, style: str = text) -> str:
        shown = tidy(cell)
        kept = "" if shown == shown.strip() else ' xml:space="preserve"'
        # `_x0041_` would be an A.
        written = escape(_ESCAPE.sub("_x005F_", shown))
        return f'{start}{style}" t="inlineStr"><is><t{kept}>{written}</t></is></c>'

    def write_amount(cell: Decimal) -> str:
        # It is written digit by digit, and is a binary number only to the program that reads it.
        shown = format_exact(cell)
        return f'{start}{styles.amount}"><v>{shown}</v></c>' if is_exact(shown) else write_text(shown)

    @lru_cache(1024)
    def write_whole(cell: int) -> str:
        shown = str(cell)
        return f'{start}{styles.whole}"><v>{shown}</v></c>' if is_exact(shown) else write_text(shown)

    def write_day(cell: date) -> str:
        if cell < FIRST_DAY:
            return write_text(str(cell))
        return f'{start}{styles.day}"><v>{(cell - _DAY_NOUGHT).days}</v></c>'

    def write_live(cell: Live) -> str:
        shown = format_exact(cell.value)
        if not cell.formula:
            return write_text(shown)
        return f'{start}{styles.amount}"><f>{cell.formula.removeprefix("=")}</f><v>{shown}</v></c>'

    return {
        str: write_text, SheetLink: partial(write_text, style=styles.link),
        Decimal: write_amount, int: write_whole, date: write_day, Live: write_live,
        bool: lambda cell: f'{start}{text}" t="b"><v>{cell:d}</v></c>',
        NoneType: lambda _: "",
    }  # fmt: skip
