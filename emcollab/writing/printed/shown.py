"""A cell of a sheet as it is seen, which is what a paper prints of it."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from emcollab.writing.sheet import Cell, Remark, Sheet


def show(cell: Cell) -> str:
    """Return a cell as it is seen: a number of a workbook in the format in which it is shown."""
    text = " ".join(cell.text.split())
    if not cell.number_format or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?%?", text, re.ASCII):
        return text
    formats = cell.number_format.split(";")
    shown = formats[len(formats) > 1 and text.startswith("-")]
    shown = re.sub(r'"([^"]*)"|\\(.)|\[\$([^-\]]*)[^\]]*\]|_.|\*.|\[[^\]]*\]', r"\1\2\3", shown)
    if not (found := re.search(r"[#0?,]+(?:\.[0#?]+)?,*", shown)):
        return text
    digits = found[0].rstrip(",")
    places = len(digits.partition(".")[2])
    number = Decimal(text.removesuffix("%")).scaleb(-3 * (len(found[0]) - len(digits)))
    number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    minus = "-" if number < 0 and len(formats) == 1 else ""
    return f"{minus}{shown[: found.start()]}{abs(number):{',' if ',' in digits else ''}f}{shown[found.end() :]}".strip()


def find_odd_cells(sheet: Sheet) -> Iterator[Remark]:
    """Yield a remark for each cell of a workbook that cannot be what was printed."""
    for cells in sheet.rows:
        for cell in cells:
            if cell.error or (cell.formula and not cell.text):
                kind = "a formula" if cell.text.startswith("=") else "an error"
                what = f"'{cell.text}' is {kind}" if cell.error else f"nothing is stored for '{cell.formula}'"
                message = f"{what}, and not what is printed"
                yield Remark(cell.row, cell.column, "unreadable-cell", message, "type what the paper prints")
