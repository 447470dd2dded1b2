"""A sheet as cells: CSV, TSV and pasted text, or one sheet of a workbook, with what is odd about it as a whole.

A spreadsheet keeps more than it shows, and shows more than it keeps: a date where `2010/11` was typed, a fraction for a
percentage, nothing for a formula that was never worked out. So a cell of a workbook brings what the file says of it
beside its text. Rows and columns are counted as spreadsheets count them: from 1, blank rows too.
"""

import csv
import datetime as dt
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import islice
from pathlib import PurePath
from typing import Any, NamedTuple

from emcollab.render.pages.words import count
from emcollab.values import characters
from emcollab.values.problems import BadValue

MOST_BYTES = 50_000_000  # of a file, and of the sheets and texts in a workbook
MOST_CELLS = 2_000_000  # those too that are empty, or covered by one that they are merged with
MOST_COLUMNS = 1_000
MOST_UNPACKED = 100  # times its size; spreadsheet programs pack a sheet to a tenth or so
WORKBOOKS = (".xlsx", ".xlsm")
_OLD = (".xls", ".xlsb", ".ods", ".numbers")
_SAVE_AS = "save it as .xlsx or as .csv"
_DELIMITERS = ",;\t|"  # the first of those that fit is taken
_SAMPLE = 50  # so many lines show what parts the columns
_LONGEST_LINE = 100_000  # characters of a line that is looked at for that; the csv module takes no cell of many more


class Cell(NamedTuple):
    """A cell: its text, without spaces around it, and its row and column from 1.

    A number is written with plain digits, a percentage as `94%`, a day as `2010-11-01`. What a workbook says beside
    that: the format in which the number is shown, the `day` that it is, the formula that it comes of (the text is then
    the value that was stored), whether its row or column is hidden, and the range in which it is merged, such as
    `A3:A7`. Only the first cell of that range has a text. `error` is whether it shows what failed, such as `#N/A`, or,
    as text, a formula in the place of what that came to.
    """

    text: str
    row: int
    column: int
    number_format: str = ""
    day: dt.date | None = None
    formula: str = ""
    error: bool = False
    hidden: bool = False
    merged: str = ""

    @property
    def is_special(self) -> bool:
        """Whether a workbook says more of it than its text."""
        return bool(self.formula or self.merged or self.error or self.day)


class Remark(NamedTuple):
    """Something to say of a cell, a row or the sheet: `row` 0 is the sheet as a whole, `column` 0 a row as a whole.

    If it `stops`, the sheet cannot be taken as it is; else it tells how something was read, or that it was left out.
    """

    row: int
    column: int
    code: str
    message: str
    help: str
    stops: bool = True


class Sheet(NamedTuple):
    """A sheet: what to call it, and its rows, all of one length, from the first to the last that is not blank.

    `remarks` say what is odd about it as a whole.
    """

    name: str
    rows: list[list[Cell]]
    remarks: list[Remark]

    def whole(self, cell: Cell) -> Cell:
        """Return the cell that shows in the place of `cell`: of merged cells the first."""
        if not cell.merged:
            return cell
        row, column = _first_of(cell.merged)
        return self.rows[row - 1][column - 1]


def name_column(column: int) -> str:
    """Return what spreadsheets call `column` from 1: A, B, … Z, AA."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def read_sheet(name: str, data: bytes, sheet: str = "") -> Sheet:
    """Return what is in the file `name`; of a workbook, the `sheet` of that name, or the only one that is not empty.

    Raises:
        BadValue: there is no sheet in it, or not one alone.
        ImportError: it is a workbook, and openpyxl is not there.
    """
    ending = PurePath(name).suffix.casefold()
    if len(data) > MOST_BYTES:
        raise BadValue("too-large", f"the file has more than {MOST_BYTES:,} bytes", "divide it")
    if ending in _OLD or data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "a workbook of a kind that is not read here, or one with a password"
        raise BadValue("not-utf-8", message, f"{_SAVE_AS}, without a password")
    if ending in WORKBOOKS or data.startswith(b"PK\x03\x04"):
        return _read_workbook(data, sheet)
    return _read_text(data)


# --- text


def _read_text(data: bytes) -> Sheet:
    text, remarks = _decode(data)
    delimiter, text = _find_delimiter(text)
    if delimiter not in ",\t":
        remarks.append(Remark(0, 0, "", f"'{delimiter}' parts the columns", "", stops=False))
    rows: list[list[str]] = []
    good = None  # rows before the first that is not in order
    try:
        rows += csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error:
        good, rows = len(rows), []
        try:
            rows += csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        except csv.Error:  # a cell of more than 131,072 characters: more rows than one are in it
            remarks.append(_stray_quote(len(rows) + 1, 0, ""))
    remarks += _find_stray_quotes(delimiter, rows, good)
    _check_cells(len(rows), max(map(len, rows), default=0))
    cells = [
        [Cell(text.strip(" \t\r\n"), row, column) for column, text in enumerate(each, 1)]
        for row, each in enumerate(rows, 1)
    ]
    if text.encode("utf-8", "surrogatepass").translate(None, _PLAIN) and _UNSEEN.search(text):
        remarks += _clean(cells)
    if _FAILED_SOMEWHERE.search(text):
        _mark_errors(cells)
    return _trim(cells, remarks)


def _decode(data: bytes) -> tuple[str, list[Remark]]:
    """Return the text of a file in the encoding that it is in, and which that is, if it is not the usual one."""
    nought = [byte == 0 for byte in data[:4]]
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or nought in ([True, False] * 2, [False, True] * 2):
        marked = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
        name = "utf-16" if marked else "utf-16-le" if nought[1] else "utf-16-be"
        text, called = data.decode(name, "replace"), "UTF-16"
    else:
        try:
            return data.decode("utf-8-sig"), []
        except UnicodeDecodeError:
            text, called = data.decode("cp1252", "replace"), "Windows-1252"
    return text, [
        Remark(0, 0, "not-utf-8", f"the file is read as {called}", "look whether each '£' is one", stops=False)
    ]


def _find_delimiter(text: str) -> tuple[str, str]:
    """Return what parts the columns, and the text without a line that says so (`sep=;`).

    That is what makes most of the first lines equally long, and of most cells. Each line is looked at by itself: so a
    quotation mark that is not closed does not hide the others.
    """
    if said := re.match(r"sep=([,;\t|])\r?\n", text):
        return said[1], text[said.end() :]
    lines = list(islice(io.StringIO(text, newline=None), _SAMPLE))

    def fit(delimiter: str) -> int:
        lengths = Counter(
            len(next(csv.reader([line], delimiter=delimiter))) for line in lines if len(line) < _LONGEST_LINE
        )
        return max((number * (length - 1) for length, number in lengths.items()), default=0)

    return max(_DELIMITERS, key=fit), text


def _find_stray_quotes(delimiter: str, rows: list[list[str]], good: int | None) -> Iterator[Remark]:
    """Yield a remark for each quotation mark that is not closed where it should be, and the rows in its cell.

    `good` rows are before the first that is not in order, if there is one.
    """
    width = max((len(cells) for cells in rows), default=0)
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            within = cell.split("\n")[1:] if "\n" in cell else ()
            if within and any(line.count(delimiter) >= max(width - 1, 2) for line in within):
                yield _stray_quote(row, column, f": its cell goes on for {count(len(within), 'more line')}")
                return
    if good is not None and good < len(rows):
        yield _stray_quote(good + 1, next((at for at, cell in enumerate(rows[good], 1) if "\n" in cell), 0), "")


def _stray_quote(row: int, column: int, swallowed: str) -> Remark:
    message = f"a quotation mark that is not closed where its cell ends{swallowed}"
    return Remark(row, column, "swallowed-text", message, "take it out, or write it twice within quotation marks")


# --- workbooks


def _read_workbook(data: bytes, name: str) -> Sheet:
    """Return a sheet of a workbook; its formulas are told from values by reading it twice."""
    from openpyxl import load_workbook  # noqa: PLC0415 - of an extra, and 100 ms

    def open_book(*, values: bool) -> Any:  # noqa: ANN401 - openpyxl says too little of what its cells hold
        try:
            return load_workbook(io.BytesIO(data), data_only=values)
        except Exception as error:  # noqa: BLE001 - whatever it meets in a damaged file
            message = f"the workbook cannot be read ({type(error).__name__})"
            raise BadValue("syntax", message, "open it in a spreadsheet program and save it again") from None

    _check_size(data)
    book = open_book(values=False)
    sheet, remarks = _choose_sheet(book, name)
    _check_cells(sheet.max_row, sheet.max_column)
    stored = None
    if any(cell.data_type == "f" for cells in sheet.iter_rows() for cell in cells):
        stored = open_book(values=True)[sheet.title]
    merged = {(row, column): str(each) for each in sheet.merged_cells.ranges
              for row, column in (place for side in each.rows for place in side)}  # fmt: skip
    rows, columns = _find_hidden(sheet)
    cells = [
        [_read_cell(cell, stored, merged.get((cell.row, cell.column), ""),
                    hidden=cell.row in rows or cell.column in columns) for cell in line]
        for line in sheet.iter_rows()
    ]  # fmt: skip
    remarks += _clean(cells)
    _mark_errors(cells)
    found = _trim(cells, remarks)
    return found._replace(name=sheet.title, remarks=[*found.remarks, *_tell_hidden(found)])


def _check_size(data: bytes) -> None:
    """Look at what a workbook unpacks to, whatever it says, and at ranges of which openpyxl makes every cell."""
    import zipfile  # noqa: PLC0415 - for workbooks alone

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            is_bomb = any(
                each.file_size > max(MOST_UNPACKED * each.compress_size, _SMALL)
                and not each.filename.startswith("xl/media/")  # a picture may be of one colour
                for each in members
            )
            if unpacked > MOST_BYTES or is_bomb:
                raise BadValue("too-large", f"the workbook has {unpacked:,} bytes when unpacked", "divide it")
            in_order = len({member.filename for member in members}) == len(members)
            for member in members if in_order else ():
                size = member.file_size
                member.file_size = MOST_BYTES + 1  # what it says of its size is tried, not believed
                content = archive.open(member).read(size + 1)
                in_order &= len(content) == size
                _check_ranges(content if member.filename.startswith("xl/worksheets/") else b"")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        in_order = False
    if not in_order:
        raise BadValue("syntax", "this is not a workbook, or it is damaged", _SAVE_AS)


def _check_ranges(sheet: bytes) -> None:
    cells = 0
    for found in _RANGE.finditer(sheet):
        (top, left), (bottom, right) = _first_of(found[1].decode()), _first_of(found[2].decode())
        cells += (abs(bottom - top) + 1) * (abs(right - left) + 1)
    if cells > MOST_CELLS:
        message = f"the sheet merges or links {cells:,} cells"
        raise BadValue("too-large", message, "undo that for whole rows and columns")


_SMALL = 1_000_000  # bytes that do no harm, however well they are packed
_RANGE = re.compile(
    rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref=["']\$?([A-Z]{1,3}\$?[0-9]{1,7}):\$?([A-Z]{1,3}\$?[0-9]{1,7})["']"""
)


def _check_cells(rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        message = f"the sheet reaches to row {rows:,} and column {name_column(columns)}"
        raise BadValue("too-large", message, "delete the rows and columns that are empty, or divide it")


def _choose_sheet(book: Any, name: str) -> tuple[Any, list[Remark]]:  # noqa: ANN401 - as above
    """Return the sheet that is meant, and which others there are."""
    sheets = [
        each for each in book.worksheets
        if each.max_row * each.max_column > MOST_CELLS
        or any(any(cells) for cells in each.iter_rows(max_row=1_000, values_only=True))
    ]  # fmt: skip
    shown = [each for each in sheets if each.sheet_state == "visible"]
    chosen = [each for each in sheets if each.title == name] if name else shown
    if len(chosen) != 1:
        message = (
            f"there is no sheet '{name}' with anything in it"
            if name
            else f"the workbook has {len(chosen)} sheets with anything in them"
        )
        there = ", ".join(f"'{each.title}'" for each in sheets) or "none"
        raise BadValue("syntax", message, f"name one with --sheet: {there}")
    others = [each.title for each in sheets if each is not chosen[0]]
    said = f"the other sheets of the workbook are left out: {', '.join(others)}"
    return chosen[0], [Remark(0, 0, "", said, "name one with --sheet to read it", stops=False)] if others else []


def _find_hidden(sheet: Any) -> tuple[set[int], set[int]]:  # noqa: ANN401 - as above
    """Return the rows and the columns that are hidden; columns of one setting are kept as a range."""
    rows = {row for row, setting in sheet.row_dimensions.items() if setting.hidden}
    columns = {
        column
        for setting in sheet.column_dimensions.values() if setting.hidden
        for column in range(setting.min or 0, min(setting.max or 0, sheet.max_column) + 1)
    }  # fmt: skip
    return rows, columns


def _read_cell(cell: Any, stored: Any, merged: str, *, hidden: bool) -> Cell:  # noqa: ANN401 - as above
    formula = ""
    if cell.data_type == "f":
        formula = str(getattr(cell.value, "text", cell.value))  # of an array formula, its text
        cell = stored.cell(cell.row, cell.column)
    value, format_ = cell.value, str(cell.number_format or "")
    day = value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else None
    text = str(day) if day else _write_value(value, format_)
    known = "" if format_ == "General" else format_
    return Cell(text, cell.row, cell.column, known, day, formula, cell.data_type == "e", hidden, merged)


def _write_value(value: object, format_: str) -> str:
    """Return a value as text: a number to the fifteen digits that spreadsheets show, or as a percentage."""
    if isinstance(value, bool):
        return str(value).upper()
    if not isinstance(value, int | float):
        return "" if value is None else str(value).strip(" \t\r\n")
    number = Decimal(format(value, ".15g"))
    if "%" in re.sub(r'"[^"]*"|\\.', "", format_):
        return f"{(number * 100).normalize():f}%"
    return f"{number:f}"


def _tell_hidden(sheet: Sheet) -> Iterator[Remark]:
    """Yield a remark for each hidden row and column that holds anything."""
    rows = [
        cells[0].row for cells in sheet.rows if all(cell.hidden for cell in cells) and any(cell.text for cell in cells)
    ]
    columns = [cells[0].column for cells in zip(*sheet.rows, strict=True)
               if all(cell.hidden for cell in cells) and any(cell.text for cell in cells)]  # fmt: skip
    remedy = "take it out of the sheet if it is not meant"
    for row in rows if len(rows) < len(sheet.rows) else ():
        yield Remark(row, 0, "", "the row is hidden, and read as the others are", remedy, stops=False)
    for column in columns:
        yield Remark(0, column, "", "the column is hidden, and read as the others are", remedy, stops=False)


@cache
def _first_of(range_: str) -> tuple[int, int]:
    """Return row and column of the first cell of a range such as `A3:A7`."""
    letters, row = re.findall("[A-Z]+|[0-9]+", range_)[:2]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row), column


# --- cells


def _trim(rows: list[list[Cell]], remarks: list[Remark]) -> Sheet:
    """Return the rows without those and the columns at the end that are blank, all of one length.

    Raises:
        BadValue: nothing is left, or more columns than any table has.
    """
    while rows and not any(cell.text or cell.formula for cell in rows[-1]):
        del rows[-1]
    if not rows:
        raise BadValue("empty-file", "the sheet is empty", "name one with a row of headings and rows below it")
    width = max(map(len, rows))
    for row, cells in enumerate(rows, 1):
        cells += [Cell("", row, column) for column in range(len(cells) + 1, width + 1)]
    while not any(cells[width - 1].text or cells[width - 1].formula for cells in rows):
        width -= 1
    if width > MOST_COLUMNS:
        message = f"the sheet has {width:,} columns, and no table has more than {MOST_COLUMNS:,}"
        raise BadValue("too-large", message, "give the columns of the table alone, or turn it round")
    return Sheet("", [cells[:width] for cells in rows] if width < len(rows[0]) else rows, remarks)


_FAILED = re.compile(r"#(?:N/A|DIV/0!|NAME\?|GETTING_DATA|[A-Z]+!|##+)|Err:[0-9]{3}|=[^\s=](?s:.*)")
_FAILED_SOMEWHERE = re.compile("#[A-Z#]|Err:|=")


def _mark_errors(rows: list[list[Cell]]) -> None:
    """Mark the cells whose text is what a spreadsheet shows for a failure, or a formula: no name, note or amount."""
    for cells in rows:
        for position, cell in enumerate(cells):
            if cell.text[:1] in _FAILURE_BEGINS and not cell.formula and _FAILED.fullmatch(cell.text):
                cells[position] = cell._replace(error=True)


_FAILURE_BEGINS = frozenset("#E=")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
_PLAIN = bytes(range(ord(" "), ord("~") + 1)) + "\t\r\n£".encode()  # what nearly all sheets are made of
_UNSEEN = re.compile(f"[{characters.INVISIBLE}{characters.TURNING}{characters.CONTROL}{characters.REPLACEMENT}]")


def _clean(rows: list[list[Cell]]) -> list[Remark]:
    """Put an ordinary space into cells in the place of each other, and take out what is not seen; tell of it."""
    odd: list[Cell] = []
    remarks = []
    for cells in rows:
        for position, cell in enumerate(cells):
            if _UNSEEN.search(cell.text):
                odd.append(cell)
                cells[position] = cell._replace(text=_UNSEEN.sub("", _SPACES.sub(" ", cell.text)).strip())
                if characters.REPLACEMENT in cell.text:
                    words = "a character was lost here", "type again what stood there, such as '£'"
                    remarks.append(Remark(cell.row, cell.column, "control-character", *words))
    if odd:
        first, more = odd[0], f", and so {'is' if len(odd) == 2 else 'are'} {len(odd) - 1:,} more" if odd[1:] else ""  # noqa: PLR2004 - one more
        said = f"the cell is read without no-break spaces, or what else is not seen{more}"
        remarks.append(Remark(first.row, first.column, "invisible-character", said, "", stops=False))
    return remarks
