"""An accessible workbook, laid out as the UK government's Analysis Function asks of statistics in spreadsheets.

A cover, the contents, the notes, then one marked-up table a worksheet, each in column A under a title in A1;
no merged cells, no blank rows, no filters, no fills, no meaning in colour; every number a number. See
https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/ and the checklist
https://analysisfunction.civilservice.gov.uk/policy-store/making-spreadsheets-accessible-a-brief-checklist-of-the-basics/.
"""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache, partial
from html import escape
from math import ceil
from shutil import copyfileobj
from tempfile import TemporaryDirectory, TemporaryFile

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from emcollab.publish import Unwritable
from emcollab.publish.export.flat import Flat
from emcollab.publish.export.sheet import Cell, Live, Sheet, SheetLink, is_exact
from emcollab.publish.export.sheets import make_sheets
from emcollab.render.formats.json import format_exact
from emcollab.render.formats.safe import safe, width

_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 12},
}  # fmt: skip
_MOST_ROWS = 1_048_576  # of a worksheet
_LONGEST = 32_767  # UTF-16 units of a cell, at most
_CUT = " [cut: longer than a cell can be; see the other formats]"
_WIDEST = 60  # characters of a column, at most
_LINE, _HIGHEST = 16, 409  # points of a line, and of a row at most
_DAY_NOUGHT = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""Earlier days are texts: spreadsheets count days from 1900, which some of them take for a leap year."""


def format_export(flat: Flat) -> bytes:
    """Return the workbook; dated as the latest paper, so that the same ledger gives the same bytes.

    Raises:
        Unwritable: a table has more rows than a worksheet can hold.
    """
    data = io.BytesIO()
    with TemporaryDirectory() as folder, Workbook(data, {**_OPTIONS, "tmpdir": folder}) as workbook:
        created = datetime.combine(max(flat.dated or date(1980, 1, 1), _FIRST_DAY), time(), UTC)
        workbook.set_properties({"title": safe(flat.title), "created": created})
        style = _Style(workbook)
        for sheet in make_sheets(flat):
            workbook.add_worksheet(sheet.name, _Worksheet).fill(sheet, style)
    return data.getvalue()


_MOST_CELLS = 10_000
"""How many different cells of a column are kept as they are written: the same few fill most of it."""


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


def _lay_out(heading: str, column: set[Cell]) -> tuple[int, bool]:
    """Return the width in characters of a column in which these cells are, and whether it is of numbers."""
    cells = [cell.value if isinstance(cell, Live) else cell for cell in column if cell is not None]
    shown = [f"{cell:,.2f}" if isinstance(cell, Decimal) else str(cell) for cell in cells]
    widest = max(width(line) for text in (heading, *shown) for line in text.split("\n"))
    return min(widest, _WIDEST), any(isinstance(cell, Decimal | int) and not isinstance(cell, bool) for cell in cells)


class _Worksheet(Worksheet):
    """A worksheet whose table is written row by row, to a file that waits for the workbook to be closed.

    Else XlsxWriter keeps every cell that it is given: a table of 100,000 figures takes more memory than all that is
    known of them, and several times as long. All but the rows below the headings is written by XlsxWriter.
    """

    def fill(self, sheet: Sheet, style: _Style) -> None:
        """Write what is on the worksheet.

        Raises:
            Unwritable: its table has more rows than a worksheet can hold.
        """
        self._rows = TemporaryFile("w+", encoding="utf-8", dir=self.tmpdir)  # noqa: SIM115 - see `_write_rows`
        self.set_landscape()
        self.set_paper(9)  # A4
        self.fit_to_pages(1, 0)
        self.write_string(0, 0, _tidy(sheet.title), style.title)
        for row, line in enumerate(sheet.lines, start=1):
            self.write_string(row, 0, _tidy(line))
        if sheet.headings:
            self._fill_table(sheet, style)

    def _fill_table(self, sheet: Sheet, style: _Style) -> None:
        rows = list(sheet.rows)
        if len(rows) + len(sheet.lines) + 2 > _MOST_ROWS:
            raise Unwritable(f"a worksheet cannot hold the {len(rows):,} rows of {sheet.name}; take sqlite")
        filled = zip(sheet.headings, zip(*rows, strict=True), strict=True)
        columns = [_lay_out(heading, set(cells)) for heading, cells in filled]
        for position, (characters, _) in enumerate(columns):
            self.set_column(position, position, characters + 3)
        for row, (first, *_) in enumerate(rows, start=sheet.top + 1):
            if isinstance(first, SheetLink):
                self.write_url(row, 0, f"internal:'{first}'!A1", style.link, first)
        self._rows.writelines(self._list_rows(rows, sheet.top + 2, columns, style))
        headers = [
            {"header": heading, "header_format": style.headings[numeric]}
            for heading, (_, numeric) in zip(sheet.headings, columns, strict=True)
        ]
        options = {"name": sheet.table, "columns": headers, "autofilter": False, "banded_rows": False, "style": None}
        self.add_table(sheet.top, 0, sheet.top + 1, len(columns) - 1, options)  # of more rows it would note each cell
        self.tables[-1]["range"] = xl_range(sheet.top, 0, sheet.top + len(rows), len(columns) - 1)
        self.set_row(sheet.top + len(rows))
        self._top = sheet.top

    def _list_rows(
        self, rows: list[tuple[Cell, ...]], first: int, columns: list[tuple[int, bool]], style: _Style
    ) -> Iterator[str]:
        """Yield rows as the file of a worksheet has them, the first with the number `first`."""
        writers: list[tuple[str, Callable[[Cell], tuple[str, int]]]] = []
        for position, (characters, numeric) in enumerate(columns):
            write: Callable[[Cell], tuple[str, int]] = partial(
                self._write_value, style.texts[numeric], style, characters + 2
            )
            writers.append((xl_col_to_name(position), lru_cache(_MOST_CELLS, typed=True)(write)))
        for number, cells in enumerate(rows, start=first):
            lines, row = 1, ""
            for (column, write), cell in zip(writers, cells, strict=True):
                if cell is not None:
                    written, needed = write(cell)
                    row += f'<c r="{column}{number}"{written}</c>'
                    lines = max(lines, needed)
            points = min(lines * _LINE, _HIGHEST)
            yield f'<row r="{number}" ht="{round(points * 4 / 3) * 0.75:g}" customHeight="1">{row}</row>'

    def _write_value(self, text: Format, style: _Style, characters: int, cell: Cell) -> tuple[str, int]:
        """Return the format and the value of a cell as the file of a worksheet has them; `text` is the format of texts.

        With them comes how many lines it takes, where a line has so many characters.
        """
        lines = 1
        match cell:
            case str():
                lines = sum(max(1, ceil(width(line) / characters)) for line in cell.split("\n"))
                written = self._refer(style.link if isinstance(cell, SheetLink) else text, cell)
            case Live(value, formula) if formula:
                written = f"{_say(style.amount)}><f>{escape(formula[1:], quote=False)}</f><v>{value}</v>"
            case Live(value):
                written = self._refer(text, format_exact(value))
            case bool():
                written = f'{_say(text)} t="b"><v>{cell:d}</v>'
            case int() if is_exact(cell):
                written = f"{_say(style.count)}><v>{cell}</v>"
            case Decimal() if is_exact(cell):
                # It is written digit by digit, and is a binary number only to the program that reads it.
                written = f"{_say(style.amount)}><v>{cell:f}</v>"
            case int() | Decimal():
                written = self._refer(text, format_exact(Decimal(cell)))
            case date() if cell >= _FIRST_DAY:
                written = f"{_say(style.day)}><v>{(cell - _DAY_NOUGHT).days}</v>"
            case _:
                written = self._refer(text, str(cell))
        return written, lines

    def _refer(self, form: Format, text: str) -> str:
        """Return the format of a cell, and a reference to its text among those of all worksheets."""
        number: Callable[[str], int] = self.str_table._get_shared_string_index  # type: ignore[attr-defined]  # noqa: SLF001 - as it numbers texts itself
        return f'{_say(form)} t="s"><v>{number(_tidy(text))}</v>'

    def _write_rows(self) -> None:
        """Write the rows that XlsxWriter knows, down to the headings, and then the others."""
        if self.tables:
            self.dim_rowmax = self._top  # type: ignore[assignment]  # it is the last by now
        super()._write_rows()
        self._rows.seek(0)
        copyfileobj(self._rows, self.fh)  # type: ignore[arg-type]  # it is open by now
        self._rows.close()


def _say(form: Format) -> str:
    number: Callable[[], int] = form._get_xf_index  # noqa: SLF001 - formats have their numbers from their first use
    return f' s="{number()}"'


def _tidy(text: str) -> str:
    """Return `text` safe to show, its lines kept, and no longer than a cell can be."""
    shown = "\n".join(safe(line) for line in text.split("\n"))
    if len(shown.encode("utf-16-le")) <= 2 * _LONGEST:
        return shown
    return shown.encode("utf-16-le")[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
