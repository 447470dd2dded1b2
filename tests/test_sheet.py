"""A sheet as cells: what people keep and what programs make of it, each trap with the plain sentence about it."""

import csv
import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from emcollab.values.problems import BadValue
from emcollab.writing import sheet as sheets
from emcollab.writing.sheet import Cell, Sheet, name_column, read_sheet


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def remarks(sheet: Sheet) -> list[str]:
    return [f"{each.row}:{each.column}: {each.code or '-'}: {each.message}{'' if each.stops else ' (told)'}"
            for each in sheet.remarks]  # fmt: skip


def make_workbook(fill: Callable[[Worksheet], object], title: str = "Savings") -> bytes:
    book = Workbook()
    assert book.active
    book.active.title = title
    fill(book.active)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


# --- text


def test_rows_and_columns_count_from_1_blank_rows_too() -> None:
    sheet = read_sheet("a.csv", b"a,b\n\n c ,\n\n,\n")
    assert texts(sheet) == [["a", "b"], ["", ""], ["c", ""]]
    assert sheet.rows[2][0] == Cell("c", 3, 1)
    assert sheet.remarks == []


def test_columns_are_called_as_in_spreadsheets() -> None:
    assert [name_column(column) for column in (1, 26, 27, 52, 53, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("£5".encode(), []),
        ("\ufeff£5".encode(), []),
        ("£5".encode("cp1252"), ["0:0: not-utf-8: the file is read as Windows-1252 (told)"]),
        ("£5".encode("utf-16"), ["0:0: not-utf-8: the file is read as UTF-16 (told)"]),
        ("£5,6".encode("utf-16-le"), ["0:0: not-utf-8: the file is read as UTF-16 (told)"]),
        ("£5,6".encode("utf-16-be"), ["0:0: not-utf-8: the file is read as UTF-16 (told)"]),
    ],
)
def test_an_encoding_that_is_not_the_usual_one_is_read_and_told(data: bytes, told: list[str]) -> None:
    sheet = read_sheet("a.csv", data)
    assert sheet.rows[0][0].text == "£5"
    assert remarks(sheet) == told


@pytest.mark.parametrize("data", [b"a,\x81\n", "a,\ufffd5".encode()])
def test_a_character_that_was_lost_is_a_doubt(data: bytes) -> None:
    assert "1:2: control-character: a character was lost here" in remarks(read_sheet("a.csv", data))


@pytest.mark.parametrize(
    ("data", "expected", "told"),
    [
        ("a,b\n1,2", [["a", "b"], ["1", "2"]], []),
        ("a\tb\n1,200\t2", [["a", "b"], ["1,200", "2"]], []),
        ("a;b\n1,200;2", [["a", "b"], ["1,200", "2"]], ["0:0: -: ';' parts the columns (told)"]),
        ("a|b\n1|2", [["a", "b"], ["1", "2"]], ["0:0: -: '|' parts the columns (told)"]),
        ("sep=;\na;b,c", [["a", "b,c"]], ["0:0: -: ';' parts the columns (told)"]),
        ("alone\n", [["alone"]], []),
        (
            'a,b,c\n1; 2,"3,4\n1; 2,3,4',
            [["a", "b", "c"], ["1; 2", "3,4\n1; 2,3,4", ""]],
            [
                (
                    "2:2: swallowed-text: a quotation mark that is not closed where its cell ends: "
                    "its cell goes on for 1 more line"
                )
            ],
        ),
    ],
)
def test_what_parts_the_columns_is_found(data: str, expected: list[list[str]], told: list[str]) -> None:
    sheet = read_sheet("pasted", data.encode())
    assert texts(sheet) == expected
    assert remarks(sheet) == told


def test_a_cell_may_have_several_lines() -> None:
    sheet = read_sheet("a.csv", b'a,b,c\n1,"two\nlines, one comma",3\r\n4,5,6\r7,8,9')
    assert texts(sheet)[1:] == [["1", "two\nlines, one comma", "3"], ["4", "5", "6"], ["7", "8", "9"]]
    assert sheet.remarks == []


def test_a_quotation_mark_within_a_cell_is_a_character() -> None:
    sheet = read_sheet("a.csv", b'a,b\n6" pipe,"say ""so"""\n')
    assert texts(sheet)[1] == ['6" pipe', 'say "so"']
    assert sheet.remarks == []


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ('a,b,c\n1,"2,3\n4,5,6\n7,8,9\n', ("2:2: swallowed-text: a quotation mark that is not closed where its "
                                          "cell ends: "
                                       "its cell goes on for 3 more lines")),
        ('a,b,c\n1,"2,3\n4,"5",6\n', "2:2: swallowed-text: a quotation mark that is not closed where its cell ends"),
        ('a,b\n1,"2\n3,4\n', "2:2: swallowed-text: a quotation mark that is not closed where its cell ends"),
        ('a,b\n1,"2"3\n4,5\n', "2:0: swallowed-text: a quotation mark that is not closed where its cell ends"),
        ('a,b\n1,"' + "2,3\n" * 50_000, "2:0: swallowed-text: a quotation mark that is not closed where its cell ends"),
    ],
)  # fmt: skip
def test_a_stray_quotation_mark_that_swallows_rows_is_a_doubt(
    data: str, place: str, request: pytest.FixtureRequest
) -> None:
    limit = csv.field_size_limit(131_072)  # another reader of this process may have changed it
    request.addfinalizer(lambda: csv.field_size_limit(limit))
    found = [each for each in remarks(read_sheet("a.csv", data.encode())) if "swallowed" in each]
    assert found == [place]


@pytest.mark.parametrize(
    ("text", "expected", "odd"),
    [
        ("Mobile\u00a0Data", "Mobile Data", True),
        ("\u00a0Mobile Data", "Mobile Data", True),
        ("Mobile\u200bData", "MobileData", True),
        ("\u201cMobile\u201d Data\u2019s", "\u201cMobile\u201d Data\u2019s", False),
    ],
)
def test_spaces_that_do_not_break_and_what_is_not_seen_is_told(text: str, expected: str, odd: bool) -> None:  # noqa: FBT001 - a column of the table
    sheet = read_sheet("a.csv", f"a,b\n{text},{text}\n".encode())
    assert texts(sheet)[1] == [expected, expected]
    assert [each[:3] for each in sheet.remarks] == [(2, 1, "invisible-character")] * odd
    assert all("and so is 1 more" in each.message and not each.stops for each in sheet.remarks)


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n , \n", "\ufeff".encode()])
def test_an_empty_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(BadValue, match="the sheet is empty") as refused:
        read_sheet("a.csv", data)
    assert refused.value.code == "empty-file"


def test_what_cannot_be_read_at_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, data, code in (
        ("a.xls", b"\xd0\xcf\x11\xe0", "not-utf-8"), ("a.ods", b"PK\x03\x04", "not-utf-8"),
        ("a.xlsx", b"a,b", "syntax"), ("a.xlsx", b"PK\x03\x04", "syntax"),
    ):  # fmt: skip
        with pytest.raises(BadValue) as refused:
            read_sheet(name, data)
        assert refused.value.code == code
    with pytest.raises(BadValue, match="more than 50,000,000 bytes"):
        read_sheet("a.csv", bytes(50_000_001))
    monkeypatch.setattr(sheets, "MOST_BYTES", 10)
    with pytest.raises(BadValue, match="more than 10 bytes"):
        read_sheet("a.csv", b"a" * 11)
    assert texts(read_sheet("a.csv", b"a" * 10)) == [["a" * 10]]


@given(st.binary(max_size=300))
def test_any_bytes_are_cells_or_a_fault(data: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        try:
            sheet = read_sheet(name, data)
        except BadValue:
            continue
        assert len({len(row) for row in sheet.rows}) == 1
        assert [row[0].row for row in sheet.rows] == list(range(1, len(sheet.rows) + 1))
        assert any(cell.text for cell in sheet.rows[-1])


# --- workbooks


def read_cells(fill: Callable[[Worksheet], object]) -> Sheet:
    return read_sheet("a.xlsx", make_workbook(fill))


def test_a_workbook_has_the_same_texts_as_a_file_of_text() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Project", "£k", None])
        sheet.append([])
        sheet.append(["  Fleet ", 12.5, True])

    sheet = read_cells(fill)
    assert texts(sheet) == [["Project", "£k", ""], ["", "", ""], ["Fleet", "12.5", "TRUE"]]
    assert (sheet.name, sheet.remarks) == ("Savings", [])


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (204310.5, "General", "204310.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (-5, "#,##0;(#,##0)", "-5"),
        (0.944, "0%", "94.4%"),
        (0.94, '0"%"', "0.94"),
        ("0123", "@", "0123"),
        ("210,000", "General", "210,000"),
    ],
)
def test_a_number_is_the_one_that_is_stored_and_a_percentage_is_one(
    value: object, number_format: str, text: str
) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"].value = value
        sheet["A1"].number_format = number_format

    cell = read_cells(fill).rows[0][0]
    assert cell.text == text
    assert cell.number_format == ("" if number_format == "General" else number_format)


def test_a_date_says_that_it_is_one() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([dt.datetime(2010, 11, 1), dt.date(2026, 11, 10), dt.time(1, 30)])  # noqa: DTZ001 - as openpyxl has them

    cells = read_cells(fill).rows[0]
    assert [cell.day for cell in cells] == [dt.date(2010, 11, 1), dt.date(2026, 11, 10), None]
    assert [cell.text for cell in cells] == ["2010-11-01", "2026-11-10", "01:30:00"]
    assert [cell.is_special for cell in cells] == [True, True, False]


def test_error_cells_and_formulas_are_told_from_values() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "#N/A"
        sheet["A1"].data_type = "e"
        sheet["B1"] = "=1+1"
        sheet["C1"] = ArrayFormula("C1:C1", "=SUM(A1)")
        sheet["D1"] = "x"
        sheet["D1"].comment = Comment("c", "a")

    error, never, array, plain = read_cells(fill).rows[0]
    assert (error.text, error.error, error.is_special) == ("#N/A", True, True)
    assert (never.text, never.formula) == ("", "=1+1")
    assert (array.text, array.formula) == ("", "=SUM(A1)")
    assert not plain.is_special


def test_a_formula_has_the_value_that_was_stored() -> None:
    data = make_workbook(lambda sheet: sheet.append(["=1+1", "=1/0"]))
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stored, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
                    b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
                )
                content = content.replace(b'<c r="B1"', b'<c t="e" r="B1"').replace(
                    b"<f>1/0</f><v></v>", b"<f>1/0</f><v>#DIV/0!</v>"
                )
                content = content.replace(b"<f>1/0</f><v />", b"<f>1/0</f><v>#DIV/0!</v>")
            new.writestr(member, content)
    two, error = read_sheet("a.xlsx", stored.getvalue()).rows[0]
    assert (two.text, two.formula, two.error) == ("2", "=1+1", False)
    assert (error.text, error.formula, error.error) == ("#DIV/0!", "=1/0", True)


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in range(1, 4):
            sheet.append([f"a{row}", f"b{row}", f"c{row}", f"d{row}"])
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions.group("B", "C", hidden=True)

    sheet = read_cells(fill)
    assert texts(sheet)[1] == ["a2", "b2", "c2", "d2"]
    assert remarks(sheet) == [
        "2:0: -: the row is hidden, and read as the others are (told)",
        "0:2: -: the column is hidden, and read as the others are (told)",
        "0:3: -: the column is hidden, and read as the others are (told)",
    ]


def test_of_merged_cells_the_first_has_the_text() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Fleet", "x"])
        sheet.append([None, "y"])
        sheet.merge_cells("A1:A2")

    sheet = read_cells(fill)
    first, second = sheet.rows[0][0], sheet.rows[1][0]
    assert (first.text, second.text, second.merged) == ("Fleet", "", "A1:A2")
    assert sheet.whole(second) == sheet.whole(first) == first
    assert sheet.whole(sheet.rows[1][1]).text == "y"


def test_far_cells_that_are_merged_have_two_letters() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["AA1"] = "far"
        sheet.merge_cells("AA1:AB1")
        sheet["AC1"] = "x"

    sheet = read_cells(fill)
    assert sheet.whole(sheet.rows[0][27]).text == "far"


def test_of_several_sheets_one_has_to_be_named() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["one"])
        assert sheet.parent
        sheet.parent.create_sheet("Blank")
        sheet.parent.create_sheet("Two").append(["two"])
        hidden = sheet.parent.create_sheet("Old")
        hidden.append(["old"])
        hidden.sheet_state = "hidden"

    data = make_workbook(fill, "One")
    with pytest.raises(
        BadValue, match="the workbook has 2 sheets with anything in them; name one with --sheet: 'One', 'Two', 'Old'"
    ):
        read_sheet("a.xlsx", data)
    with pytest.raises(BadValue, match="there is no sheet 'Blank' with anything in it"):
        read_sheet("a.xlsx", data, "Blank")
    sheet = read_sheet("a.xlsx", data, "Two")
    assert (sheet.name, texts(sheet)) == ("Two", [["two"]])
    assert remarks(sheet) == ["0:0: -: the other sheets of the workbook are left out: One, Old (told)"]


def test_a_workbook_without_anything_is_refused() -> None:
    with pytest.raises(BadValue, match="the workbook has 0 sheets with anything in them; name one with --sheet: none"):
        read_cells(lambda sheet: sheet.append([]))


def test_a_workbook_that_is_damaged_or_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = io.BytesIO()
    with zipfile.ZipFile(damaged, "w") as archive:
        archive.writestr("xl/workbook.xml", "<")
    with pytest.raises(BadValue, match=r"the workbook cannot be read \(KeyError\)"):
        read_sheet("a.xlsx", damaged.getvalue())

    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "x"
        sheet["C1000"].number_format = "0"

    data = make_workbook(fill)
    assert texts(read_sheet("a.xlsx", data)) == [["x"]]
    monkeypatch.setattr(sheets, "MOST_CELLS", 3_000)
    assert texts(read_sheet("a.xlsx", data)) == [["x"]]
    monkeypatch.setattr(sheets, "MOST_CELLS", 2_999)
    with pytest.raises(BadValue, match="the sheet reaches to row 1,000 and column C"):
        read_sheet("a.xlsx", data)
    monkeypatch.setattr(sheets, "MOST_BYTES", 10_000)
    with pytest.raises(BadValue, match="bytes when unpacked"):
        read_sheet("a.xlsx", make_workbook(lambda sheet: sheet.append(["y" * 30_000 + str(each) for each in range(9)])))


def test_a_sheet_of_too_many_cells_is_refused_before_they_are_made() -> None:
    wide = b"a," * 2_000 + b"a\n" + b"b\n" * 1_200  # each line would be as long as the first
    with pytest.raises(BadValue, match="the sheet reaches to row 1,201 and column BXY"):
        read_sheet("a.csv", wide)
    with pytest.raises(BadValue, match="the sheet has 2,001 columns, and no table has more than 1,000"):
        read_sheet("a.csv", wide[:4_002])


def test_a_workbook_is_looked_at_before_it_is_unpacked() -> None:
    def pack(name: str, member: bytes) -> bytes:
        packed = io.BytesIO(make_workbook(lambda sheet: sheet.append(["x"])))
        with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, member)
        return packed.getvalue()

    with pytest.raises(BadValue, match=r"the workbook has 2,0..,... bytes when unpacked"):
        read_sheet("a.xlsx", pack("xl/sharedStrings2.xml", b"<si/>" * 400_000))
    assert texts(read_sheet("a.xlsx", pack("xl/media/picture.bmp", bytes(30_000_000)))) == [["x"]]
    with pytest.raises(BadValue, match=r"the workbook has 60,0..,... bytes when unpacked"):
        read_sheet("a.xlsx", pack("xl/media/picture.bmp", bytes(60_000_000)))
    # What is random is not packed at all, and of noughts little is left: 150 times what is packed, and 50.
    noise = random.Random(1)  # noqa: S311 - nothing secret
    with pytest.raises(BadValue, match=r"the workbook has 3,0..,... bytes when unpacked"):
        read_sheet("a.xlsx", pack("xl/styles2.xml", noise.randbytes(17_000) + bytes(3_000_000)))
    assert texts(read_sheet("a.xlsx", pack("xl/styles2.xml", noise.randbytes(57_000) + bytes(3_000_000)))) == [["x"]]
    for ref in ("A1:XFD1048576", "$XFD$1048576:$A$1"):
        for tag in ("mergeCell", "x:hyperlink"):
            sheet = f"<worksheet><{tag} display='' ref='{ref}'/></worksheet>".encode()
            with pytest.raises(BadValue, match="the sheet merges or links 17,179,869,184 cells"):
                read_sheet("a.xlsx", pack("xl/worksheets/sheet2.xml", sheet))
    # 2,000 rows of a thousand columns are two million cells, and one more is too many.
    ranges = b"<worksheet><mergeCell ref='A1:ALL2000'/></worksheet>"
    assert texts(read_sheet("a.xlsx", pack("xl/worksheets/sheet2.xml", ranges))) == [["x"]]
    with pytest.raises(BadValue, match="the sheet merges or links 2,000,001 cells"):
        read_sheet("a.xlsx", pack("xl/worksheets/sheet2.xml", ranges.replace(b"/></", b"/><mergeCell ref='A1:A1'/></")))


def test_what_a_workbook_says_of_its_size_is_not_believed() -> None:
    packed = io.BytesIO(make_workbook(lambda sheet: sheet.append(["x"])))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/z.xml", bytes(3_000_000))
    whole = packed.getvalue()
    entry = whole.rindex(b"PK\1\2", 0, whole.rindex(b"xl/worksheets/z.xml"))  # of the directory at the end
    says_less = whole[: entry + 24] + (2_000).to_bytes(4, "little") + whole[entry + 28 :]
    with pytest.raises(BadValue, match=r"the workbook has 3,0..,... bytes when unpacked"):
        read_sheet("a.xlsx", whole)
    with pytest.raises(BadValue, match="this is not a workbook, or it is damaged"):
        read_sheet("a.xlsx", says_less)


def test_two_members_of_one_name_are_no_workbook() -> None:
    packed = io.BytesIO(make_workbook(lambda sheet: sheet.append(["x"])))
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(BadValue, match="this is not a workbook, or it is damaged"):
        read_sheet("a.xlsx", packed.getvalue())


def test_a_cell_far_to_the_right_of_empty_ones_is_not_looked_for() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["XFD900"] = "x"

    with pytest.raises(BadValue, match="the sheet reaches to row 900 and column XFD"):
        read_cells(fill)


def test_a_workbook_that_is_packed_otherwise_is_refused() -> None:
    packed = bytearray(make_workbook(lambda sheet: sheet.append(["x"])))
    at = packed.find(b"PK\x01\x02")
    while at >= 0:
        packed[at + 10 : at + 12] = b"\x63\x00"  # a way of packing that zipfile does not know
        at = packed.find(b"PK\x01\x02", at + 4)
    with pytest.raises(BadValue, match="this is not a workbook, or it is damaged"):
        read_sheet("a.xlsx", bytes(packed))
