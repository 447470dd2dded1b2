"""An accessible workbook, laid out as the UK government's Analysis Function asks of statistics in spreadsheets.

A cover, the contents, the notes, then one marked-up table a worksheet, each in column A under a title in A1;
no merged cells, no blank rows, no filters, no frozen panes, no fills, no meaning in colour; every number a number. See
https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/ and the checklist
https://analysisfunction.civilservice.gov.uk/policy-store/making-spreadsheets-accessible-a-brief-checklist-of-the-basics/.
"""

import io
import re
from datetime import UTC, date, datetime, time
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from emcollab.publish import Unwritable
from emcollab.publish.export.flat import Flat
from emcollab.publish.export.rows import FIRST_DAY, Layout, Styles, format_sheet_rows, lay_out, tidy
from emcollab.publish.export.sheet import Sheet, SheetLink
from emcollab.publish.export.sheets import make_sheets
from emcollab.render.formats.safe import safe

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_FONT = {"font_name": "Arial", "font_size": 12}
_MOST_ROWS = 1_048_576  # of a worksheet
_LEVEL = 3  # the usual 6 takes three times as long, for a file a tenth smaller
_END = re.compile(r'(?<= ref=")(A[0-9]+):[A-Z]+[0-9]+')


def format_export(flat: Flat) -> bytes:
    """Return the workbook; dated as the latest paper, so that the same ledger gives the same bytes.

    Raises:
        Unwritable: a table has more rows than a worksheet can hold.
    """
    sheets = [(sheet, lay_out(sheet)) for sheet in make_sheets(flat)]
    for sheet, layout in sheets:
        if layout.rows + len(sheet.lines) + 2 > _MOST_ROWS:
            raise Unwritable(f"a worksheet cannot hold the {layout.rows:,} rows of {sheet.name}; take sqlite")
    frame = io.BytesIO()
    options = _OPTIONS | {"default_format_properties": dict(_FONT)}  # which XlsxWriter changes
    with Workbook(frame, options) as workbook:
        created = datetime.combine(max(flat.dated or date(1980, 1, 1), FIRST_DAY), time(), UTC)
        workbook.set_properties({"title": safe(flat.title), "created": created})
        style = _Style(workbook)
        for sheet, layout in sheets:
            _frame(workbook.add_worksheet(sheet.name), sheet, layout, style)
    return _fill(frame, sheets)


class _Style:
    """The formats of the title, of headings and of cells; right are those of columns of numbers."""

    def __init__(self, workbook: Workbook) -> None:
        # The blank as wide as a minus (`_-`) keeps numbers off the next column; not every program heeds an indent.
        right = {"valign": "top", "align": "right", "num_format": "@_-"}
        left = {"valign": "top", "align": "left", "text_wrap": True}
        self.title = workbook.add_format({"bold": True, "font_size": 16})
        heading = {"text_wrap": True, "bold": True, "bottom": 1}
        self.headings = {True: workbook.add_format(right | heading), False: workbook.add_format(left | heading)}
        self.link = workbook.add_format({**left, "font_color": "blue", "underline": 1})
        # In the order of `Styles`.
        self.cells = [self.link, workbook.add_format(left), workbook.add_format(right)] + [
            workbook.add_format({**of, "num_format": shown})
            for of, shown in ((right, "0_-"), (right, "#,##0.00####_-"), (left, "yyyy-mm-dd"))
        ]


def _frame(worksheet: Worksheet, sheet: Sheet, layout: Layout, style: _Style) -> None:
    """Write all of a worksheet but the rows of its table; in their place a row with a cell of each format."""
    worksheet.set_landscape()
    worksheet.set_paper(9)  # A4
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&C&A, page &P of &N")
    worksheet.write_string(0, 0, tidy(sheet.title), style.title)
    for row, line in enumerate(sheet.lines, start=1):
        worksheet.write_string(row, 0, tidy(line))
    if not sheet.headings:
        return
    worksheet.repeat_rows(sheet.top)  # on every printed page
    for position, characters in enumerate(layout.widths):
        worksheet.set_column(position, position, characters + 3)
    headers = [
        {"header": heading, "header_format": style.headings[numeric]}
        for heading, numeric in zip(sheet.headings, layout.numeric, strict=True)
    ]
    options = {"name": sheet.table, "columns": headers, "autofilter": False, "banded_rows": False, "style": None}
    first = sheet.top + 1
    worksheet.add_table(sheet.top, 0, first, len(headers) - 1, options)
    for position, form in enumerate(style.cells):
        worksheet.write_blank(first, position, None, form)
    for row, (cell, *_) in enumerate(sheet.rows, start=first):
        if not isinstance(cell, SheetLink):
            break
        worksheet.write_url(row, 0, f"internal:'{cell}'!A1", style.link, cell)


def _fill(frame: io.BytesIO, sheets: list[tuple[Sheet, Layout]]) -> bytes:
    """Return the workbook `frame` with the rows of its tables, which are written as they are made."""
    tables = [each for each in sheets if each[0].headings]
    framed = {f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(sheets, start=1)}
    framed |= {f"xl/tables/table{number}.xml": each for number, each in enumerate(tables, start=1)}
    workbook = io.BytesIO()
    with ZipFile(frame) as empty, ZipFile(workbook, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as filled:
        for part in empty.infolist():
            text = empty.read(part).decode()
            with filled.open(part.filename, "w") as file:
                each = framed.get(part.filename)
                if each is None or not each[0].headings:
                    file.write(text.encode())
                    continue
                sheet, layout = each
                text = _END.sub(rf"\1:{xl_rowcol_to_cell(sheet.top + layout.rows, len(sheet.headings) - 1)}", text)
                head, row, rest = text.partition(f'<row r="{sheet.top + 2}" ')
                file.write(head.encode())
                if row:
                    row, end, rest = rest.rpartition("</sheetData>")
                    styles = Styles(*re.findall(' s="([0-9]+)"', row)[: len(Styles._fields)])
                    file.writelines(line.encode() for line in format_sheet_rows(sheet, layout, styles))
                    file.write((end + rest).encode())
    return workbook.getvalue()
