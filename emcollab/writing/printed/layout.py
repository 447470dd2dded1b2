"""Where things stand on a sheet with a printed table: title, headings and headings over them, units, rows, notes."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple

from emcollab.results.printed import AMOUNT, DASH, NOTHING, PERCENTAGE, WORDS, read_cell
from emcollab.values.problems import BadValue
from emcollab.writing.sheet import Cell, Remark, Sheet

Texts = list[list[str]]


class Heading(NamedTuple):
    """A column: its heading, with the one over it before a colon; where it is; and the unit that stands under it."""

    label: str
    column: int
    unit: str = ""


class Line(NamedTuple):
    """A row: its label, where it is, and its cells, one for each heading; none if it is a heading itself."""

    label: str
    row: int
    cells: tuple[str, ...] = ()


class Layout(NamedTuple):
    """What stands where: `head` is the row of the headings, and `column` has the labels of rows.

    `unit` is what the whole table counts, if its title or a row says so.
    """

    title: str
    unit: str
    headings: list[Heading]
    lines: list[Line]
    notes: list[str]
    head: int
    column: int
    remarks: list[Remark]


def find_layout(sheet: Sheet) -> Layout:
    """Return where things stand on `sheet`.

    Raises:
        BadValue: there is no row with a number in it, or no heading above the first.
    """
    remarks = list(_find_odd_cells(sheet))
    texts = [[_print(cell) for cell in cells] for cells in sheet.rows]
    bodies = [row for row, cells in enumerate(texts) if _is_body(cells)]
    column = _find_labels(texts, bodies)
    head = _find_head(texts, bodies, column)
    columns = [at for at in range(len(texts[0])) if at != column and any(cells[at] for cells in texts)]
    title, unit = _read_title(texts, head, column, remarks)
    headings, common = _read_headings(sheet, texts, head, columns, remarks)
    worded = max((row for row in head if any(text and not is_unit(text) for text in texts[row])), default=head[-1])
    if (said := texts[head[-1]][column]) and not find_unit(said):
        message = f"'{said}' is the heading of the names of rows, for which a printed table has no place"
        remarks.append(Remark(head[-1] + 1, column + 1, "", message, "", stops=False))
    end = _find_notes(texts, bodies, column)
    lines, notes = _read_lines(texts[:end], head, columns, column, remarks)
    for row, cells in enumerate(texts[end:], end + 1):
        if note := " ".join(filter(None, cells)):
            notes.append(note)
            remarks.append(Remark(row, column + 1, "", "a note under the table", "", stops=False))
    unit = unit or common or _find_common_unit(headings, lines, remarks)
    return Layout(title, unit, headings, lines, notes, worded + 1, column + 1, remarks)


# --- cells


_PATTERNS = (
    ("£k", r"£\s*['’,]?\s*(?:k|000s?|thousands?)(?![a-z0-9])|£k|^'000s?$"),
    ("£m", r"£\s*['’]?\s*(?:mn?|millions?)(?![a-z0-9])"),
    ("posts", r"\b(?:ftes?|wtes?|posts)\b"),
    ("hours", r"\b(?:hours|hrs)\b"),
    ("%", r"^%$"),
    ("£", r"\(£\)|^£s?$|\bpounds\b"),
)


def find_unit(text: str) -> str:
    """Return the unit that `text` speaks of: `£`, `£k`, `£m`, `posts`, `hours`, `%`; nothing, if of none."""
    return next((unit for unit, pattern in _PATTERNS if re.search(pattern, text, re.IGNORECASE)), "")


def is_unit(text: str) -> bool:
    """Return whether `text` is a unit and nothing else, such as `£'000` or `(£m)`."""
    unit = find_unit(text)
    pattern = next((pattern for name, pattern in _PATTERNS if name == unit), "")
    return bool(unit) and not re.search("[A-Za-z0-9]", re.sub(pattern, "", text, flags=re.IGNORECASE))


def _find_common_unit(headings: list[Heading], lines: list[Line], remarks: list[Remark]) -> str:
    """Return the unit that all headings name, or all amounts; nothing, if they do not or name several."""
    amounts = [
        text
        for line in lines
        for text in line.cells
        if read_cell(text, "£").kind == AMOUNT and re.search("[1-9]", text)
    ]
    for where, found in (
        ("headings say", {find_unit(heading.label) for heading in headings} - {"", "%"}),
        ("cells say", {next((unit for end, unit in _ENDINGS.items() if text.endswith(end)), "") for text in amounts}),
    ):
        if len(found) == 1 and (unit := found.pop()):
            remarks.append(Remark(0, 0, "", f"the {where} that amounts are in {unit}", "", stops=False))
            return unit
    return ""


_ENDINGS = {"k": "£k", "m": "£m", "thousand": "£k", "million": "£m"}


def _print(cell: Cell) -> str:
    """Return a cell as it is seen: a number of a workbook in the format in which it is shown."""
    text = " ".join(cell.text.split())
    if not cell.number_format or not re.fullmatch("-?[0-9]+(\\.[0-9]+)?", text, re.ASCII):
        return text
    parts = cell.number_format.split(";")
    shown = re.sub(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]', r"\1\2", parts[len(parts) > 1 and text.startswith("-")])
    if not (found := re.search(r"[#0?,]+(?:\.[0#?]+)?", shown)):
        return text
    places = len(found[0].partition(".")[2])
    number = Decimal(text).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{abs(number):{',' if ',' in found[0] else ''}f}"
    minus = "-" if number < 0 and len(parts) == 1 else ""
    return f"{minus}{shown[: found.start()]}{digits}{shown[found.end() :]}".strip()


def _find_odd_cells(sheet: Sheet) -> Iterator[Remark]:
    """Yield a remark for each cell of a workbook that may not be what was printed."""
    for cells in sheet.rows:
        for cell in cells:
            if cell.error or (cell.formula and not cell.text):
                what = f"'{cell.text}' is an error" if cell.error else f"nothing is stored for '{cell.formula}'"
                message = f"{what}, and not what is printed"
                yield Remark(cell.row, cell.column, "unreadable-cell", message, "type what the paper prints")
            elif cell.day and re.fullmatch("(mmm|mm|m|d|dd)[-/ ](yy|yyyy|mmm|mm|m)", cell.number_format.casefold()):
                message = (
                    f"the sheet has the day {cell.day}, and shows part of it: '10-11' becomes such a day when typed"
                )
                yield Remark(cell.row, cell.column, "bad-year", message, "make the cell text, and type what is printed")


def _is_number(text: str) -> bool:
    return not is_unit(text) and read_cell(text, "£").kind in {AMOUNT, PERCENTAGE, DASH}


def _is_body(cells: list[str]) -> bool:
    """Return whether a row has numbers or dashes, other than years as headings have them."""
    numbers = [text for text in cells if _is_number(text)]
    years = [int(text) for text in numbers if re.fullmatch("(19|20)[0-9]{2}", text, re.ASCII)]
    return bool(numbers) and not (len(years) == len(numbers) > 1 and all(b - a == 1 for a, b in pairwise(years)))


def _is_alone(cells: list[str], column: int) -> bool:
    return bool(cells[column]) and not any(text for at, text in enumerate(cells) if at != column)


# --- above the rows


def _find_labels(texts: Texts, bodies: list[int]) -> int:
    """Return which column holds the labels of rows: the first that has words in most rows with numbers.

    Raises:
        BadValue: no row has a number, or none has words.
    """
    if not bodies:
        raise BadValue("missing-key", "there is no row with a number in it", "give a sheet with a table of figures")
    words = Counter(at for row in bodies for at, text in enumerate(texts[row]) if text and not _is_number(text))
    labels = [at for at, count in sorted(words.items()) if count * 2 > len(bodies)]
    if not labels:
        raise BadValue("missing-key", "no column names the rows", "put their names into the first column")
    return labels[0]


def _find_head(texts: Texts, bodies: list[int], column: int) -> list[int]:
    """Return the rows of headings: those above the first numbers in which any column but that of labels has a text.

    Raises:
        BadValue: there are none.
    """
    head = [row for row in range(bodies[0]) if any(texts[row]) and not _is_alone(texts[row], column)]
    if not head or bodies[0] == 0:
        message = f"there is no row of headings above the first numbers, in row {bodies[0] + 1}"
        raise BadValue("missing-key", message, "put one above them")
    return head


def _read_title(texts: Texts, head: list[int], column: int, remarks: list[Remark]) -> tuple[str, str]:
    """Return the title, and the unit that it or a row by itself gives."""
    above = [(row, texts[row][column]) for row in range(head[0]) if texts[row][column]]
    units = [(row, text) for row, text in above if is_unit(text)]
    titles = [(row, text) for row, text in above if not is_unit(text)]
    corner = [(row, texts[row][column]) for row in head if is_unit(texts[row][column])]
    for row, _ in titles:
        remarks.append(Remark(row + 1, column + 1, "", "the title", "", stops=False))
    for row, text in [*units, *corner, *titles]:
        if unit := find_unit(text):
            remarks.append(
                Remark(row + 1, column + 1, "", f"'{text}' says that amounts are in {unit}", "", stops=False)
            )
            return " ".join(text for _, text in titles), unit
    return " ".join(text for _, text in titles), ""


def _read_headings(
    sheet: Sheet, texts: Texts, head: list[int], columns: list[int], remarks: list[Remark]
) -> tuple[list[Heading], str]:
    """Return the headings, each with those over it, and the unit that a row under them gives to all alike."""
    units: dict[int, str] = {}
    parts: dict[int, list[str]] = {at: [] for at in columns}
    worded = [row for row in head if any(texts[row][at] and not is_unit(texts[row][at]) for at in columns)]
    for row in head:
        if row not in worded:
            units |= {at: find_unit(texts[row][at]) for at in columns if texts[row][at]}
            continue
        filled = _spread(sheet, texts, row, worded, columns, remarks) if row != worded[-1] else texts[row]
        for at in columns:
            if filled[at]:
                parts[at].append(filled[at])
    money = {unit for unit in units.values() if unit.startswith("£")}
    common = next(iter(money)) if len(money) == 1 else next(iter(units.values())) if len({*units.values()}) == 1 else ""
    if common:
        row = next(row for row in head if row not in worded)
        remarks.append(Remark(row + 1, 0, "", f"a row of units: amounts are in {common}", "", stops=False))
    headings = [
        Heading(": ".join(dict.fromkeys(parts[at])), at + 1, "" if units.get(at, "") == common else units[at])
        for at in columns
    ]
    return _name_apart(headings, head[-1] + 1, remarks), common


def _spread(
    sheet: Sheet, texts: Texts, row: int, worded: list[int], columns: list[int], remarks: list[Remark]
) -> list[str]:
    """Return a row of headings over headings with each of them over all the columns that it is for.

    It reaches to the next one, over columns that have a heading of their own; in a workbook as far as it is merged.
    """
    filled = list(texts[row])
    starts = [at for at in columns if filled[at]]
    below = worded[worded.index(row) + 1]
    is_merged = any(cell.merged for cell in sheet.rows[row])
    spans = [
        [at for at in columns if start < at < end and texts[below][at]]
        for start, end in zip(starts, [*starts[1:], len(filled)], strict=True)
        if texts[below][start]
    ]
    widths = {len(span) for span in spans[:-1]}
    if len(widths) == 1 and len(spans[-1]) > (width := widths.pop()) > 0:
        spans[-1] = spans[-1][:width]  # what is beside the last of several groups belongs to none
    for start in starts:
        for at in columns:
            same = sheet.whole(sheet.rows[row][at]).column == start + 1
            if at > start and (
                same if is_merged else any(at in span and start == _before(span, starts) for span in spans)
            ):
                filled[at] = texts[row][start]
        over = [at for at in columns if at >= start and filled[at] == texts[row][start]]
        if len(over) > 1:
            message = f"'{texts[row][start]}' is the heading over {len(over)} columns"
            remarks.append(Remark(row + 1, start + 1, "", message, "", stops=False))
    return filled


def _before(span: list[int], starts: list[int]) -> int:
    return max(start for start in starts if start < span[0])


def _name_apart(headings: list[Heading], row: int, remarks: list[Remark]) -> list[Heading]:
    """Return the headings with a name for those that have none, and different ones where two are alike."""
    seen: Counter[str] = Counter()
    named = []
    for heading in headings:
        label = heading.label or f"Column {heading.column}"
        seen[label] += 1
        if not heading.label:
            message = f"the column has no heading, and is called '{label}' here"
            remarks.append(Remark(row, heading.column, "", message, "write one, if the paper has one", stops=False))
        elif seen[label] > 1:
            message = f"'{label}' heads two columns; this one is called '{label} ({seen[label]})' here"
            label = f"{label} ({seen[label]})"
            remarks.append(Remark(row, heading.column, "", message, "write what tells them apart", stops=False))
        named.append(heading._replace(label=label))
    return named


# --- rows and notes


_NOTE = re.compile(r"(?i)[*†‡§¹²³]|notes?\b|sources?\b\s*:|n\.?b\.?\b|\(?[0-9a-z][.)] ")


def _find_notes(texts: Texts, bodies: list[int], column: int) -> int:
    """Return how many rows there are down to the notes: they come after the last row with cells."""
    last = bodies[-1]
    for row in range(last + 1, len(texts)):
        cells = texts[row]
        words = sum(1 for at, text in enumerate(cells) if text and at != column)
        if words and not _NOTE.match(" ".join(filter(None, cells))) and cells[column]:
            last = row
    return last + 1


def _read_lines(
    texts: Texts, head: list[int], columns: list[int], column: int, remarks: list[Remark]
) -> tuple[list[Line], list[str]]:
    """Return the rows under the headings, and the notes that stand between them."""
    lines: list[Line] = []
    notes: list[str] = []
    for row, cells in enumerate(texts[head[-1] + 1 :], head[-1] + 2):
        label, own = cells[column], tuple(cells[at] for at in columns)
        if row - 1 > head[-1] and any(cells == texts[other] for other in head):
            remarks.append(Remark(row, 0, "", "the headings are printed again; the row is left out", "", stops=False))
        elif label and not any(own) and _NOTE.match(label):
            notes.append(label)
            remarks.append(Remark(row, column + 1, "", "a note between the rows", "", stops=False))
        elif any(own):
            if _is_head(own):
                message = "this looks like the headings of a second table"
                remarks.append(Remark(row, 0, "syntax", message, "give each table a sheet of its own"))
            lines.append(Line(label, row, own))
        elif label:
            lines.append(Line(label, row))
            remarks.append(
                Remark(row, column + 1, "", f"'{label}' is a heading: its row has no cells", "", stops=False)
            )
    return lines, notes


def _is_head(cells: tuple[str, ...]) -> bool:
    """Return whether most cells are words or years, as in a row of headings, and none is a number."""
    kinds = [read_cell(text, "£").kind for text in cells]
    words = sum(1 for kind in kinds if kind not in {AMOUNT, PERCENTAGE, DASH, NOTHING})
    return (
        words * 2 > len(cells) > 1
        and not {AMOUNT, PERCENTAGE, DASH, NOTHING} & {kind for kind, text in zip(kinds, cells, strict=True) if text}
        and WORDS in kinds
    )
