"""An accessible workbook, laid out as the UK government's Analysis Function asks of statistics in spreadsheets.

A cover, the contents, the notes, then one marked-up table a worksheet, each in column A under a title in A1;
no merged cells, no blank rows, no filters, no fills, no meaning in colour; every number a number. See
https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/ and the checklist
https://analysisfunction.civilservice.gov.uk/policy-store/making-spreadsheets-accessible-a-brief-checklist-of-the-basics/.
"""

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from emcollab.publish import Unwritable
from emcollab.publish.export.flat import Flat
from emcollab.publish.export.sheet import Cell, Live, Sheet, SheetLink, is_exact
from emcollab.publish.export.sheets import make_sheets
from emcollab.render.formats.json import format_exact
from emcollab.render.formats.safe import safe, width

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 12},
}  # fmt: skip
_MOST_ROWS = 1_048_576  # of a worksheet
_LONGEST = 32_767  # UTF-16 units of a cell, at most
_CUT = " [cut: longer than a cell can be; see the other formats]"
_WIDEST = 60  # characters of a column, at most
_LINE, _HIGHEST = 16, 409  # points of a line, and of a row at most
_FIRST_DAY = date(1900, 3, 1)
"""Earlier days are texts: spreadsheets count days from 1900, which some of them take for a leap year."""


def format_export(flat: Flat) -> bytes:
    """Return the workbook; dated as the latest paper, so that the same ledger gives the same bytes.

    Raises:
        Unwritable: a table has more rows than a worksheet can hold.
    """
    sheets = list(make_sheets(flat))
    for sheet in sheets:
        count = sum(1 for _ in sheet.rows)
        if count + len(sheet.lines) + 2 > _MOST_ROWS:
            raise Unwritable(f"a worksheet cannot hold the {count:,} rows of {sheet.name}; take sqlite")
    data = io.BytesIO()
    with Workbook(data, _OPTIONS) as workbook:
        created = datetime.combine(max(flat.dated or date(1980, 1, 1), _FIRST_DAY), time(), UTC)
        workbook.set_properties({"title": safe(flat.title), "created": created})
        style = _Style(workbook)
        for sheet in sheets:
            _write(workbook.add_worksheet(sheet.name), sheet, style)
    return data.getvalue()


class _Style:
    """The formats of cells: by whether the column is of numbers, which stand at its right, and by kind of cell."""

    def __init__(self, workbook: Workbook) -> None:
        # The blank as wide as a minus (`_-`) keeps numbers off the next column; not every program heeds an indent.
        right = {"valign": "top", "align": "right", "num_format": "@_-"}
        left = {"valign": "top", "align": "left", "text_wrap": True}
        self.title = workbook.add_format({"bold": True, "font_size": 16})
        self.texts = {True: workbook.add_format(right), False: workbook.add_format(left)}
        heading = {"text_wrap": True, "bold": True, "bottom": 1}
        self.headings = {True: workbook.add_format(right | heading), False: workbook.add_format(left | heading)}
        self.link = workbook.add_format({**left, "font_color": "blue", "underline": 1})
        self.count = workbook.add_format({**right, "num_format": "0_-"})
        self.amount = workbook.add_format({**right, "num_format": "#,##0.00####_-"})
        self.day = workbook.add_format({**left, "num_format": "yyyy-mm-dd"})


def _write(worksheet: Worksheet, sheet: Sheet, style: _Style) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(9)  # A4
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&C&A, page &P of &N")
    worksheet.write_string(0, 0, _tidy(sheet.title), style.title)
    for row, line in enumerate(sheet.lines, start=1):
        worksheet.write_string(row, 0, _tidy(line))
    if not sheet.headings:
        return
    worksheet.repeat_rows(sheet.top)  # on every printed page
    rows = list(sheet.rows)
    columns = [_lay_out(*each) for each in zip(sheet.headings, zip(*rows, strict=True), strict=True)]
    for position, (characters, _) in enumerate(columns):
        worksheet.set_column(position, position, characters + 3)
    for row, cells in enumerate(rows, start=sheet.top + 1):
        lines = max(
            _lines(cell, characters + 2) if isinstance(cell, str) else 1
            for cell, (characters, _) in zip(cells, columns, strict=True)
        )
        worksheet.set_row(row, min(lines * _LINE, _HIGHEST))
        for position, cell in enumerate(cells):
            if cell is not None:
                _write_cell(worksheet, (row, position), cell, style.texts[columns[position][1]], style)
    headers = [
        {"header": heading, "header_format": style.headings[numeric]}
        for heading, (_, numeric) in zip(sheet.headings, columns, strict=True)
    ]
    options = {"name": sheet.table, "columns": headers, "autofilter": False, "banded_rows": False, "style": None}
    worksheet.add_table(sheet.top, 0, sheet.top + len(rows), len(columns) - 1, options)


def _write_cell(worksheet: Worksheet, at: tuple[int, int], cell: Cell, text: Format, style: _Style) -> None:
    match cell:
        case SheetLink():
            worksheet.write_url(*at, f"internal:'{cell}'!A1", style.link, cell)
        case str():
            worksheet.write_string(*at, _tidy(cell), text)
        case Live(value, formula) if formula:
            worksheet.write_formula(*at, formula, style.amount, value)
        case Live(value):
            worksheet.write_string(*at, format_exact(value), text)
        case bool():
            worksheet.write_boolean(*at, cell, text)
        case int() if is_exact(cell):
            worksheet.write_number(*at, cell, style.count)
        case Decimal() if is_exact(cell):
            # It is written digit by digit, and is a binary number only to the program that reads it.
            worksheet.write_number(*at, cell, style.amount)  # type: ignore[call-overload]  # its types know floats only
        case int() | Decimal():
            worksheet.write_string(*at, format_exact(Decimal(cell)), text)
        case date() if cell >= _FIRST_DAY:
            worksheet.write_datetime(*at, datetime.combine(cell, time()), style.day)
        case _:
            worksheet.write_string(*at, _tidy(str(cell)), text)


def _lay_out(heading: str, column: tuple[Cell, ...]) -> tuple[int, bool]:
    """Return the width of a column in characters, about what its cells need, and whether it is of numbers."""
    cells = [cell.value if isinstance(cell, Live) else cell for cell in column if cell is not None]
    shown = {f"{cell:,.2f}" if isinstance(cell, Decimal) else str(cell) for cell in cells}
    widest = max(width(line) for text in (heading, *shown) for line in text.split("\n"))
    return min(widest, _WIDEST), any(isinstance(cell, Decimal | int) and not isinstance(cell, bool) for cell in cells)


@lru_cache(1024)  # rows that follow each other have most of their texts in common
def _lines(text: str, characters: int) -> int:
    """Return how many lines a text takes where a line has so many characters."""
    return sum(max(1, ceil(width(line) / characters)) for line in text.split("\n"))


@lru_cache(1024)
def _tidy(text: str) -> str:
    """Return `text` safe to show, its lines kept, and no longer than a cell can be."""
    shown = "\n".join(safe(line) for line in text.split("\n"))
    if len(shown.encode("utf-16-le")) <= 2 * _LONGEST:
        return shown
    return shown.encode("utf-16-le")[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
