"""Where things stand on a sheet with a printed table: title, headings and headings over them, units, rows, notes."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from emcollab.results.printed import AMOUNT, DASH, PERCENTAGE, UNREADABLE, WORDS, read_cell
from emcollab.values.problems import BadValue
from emcollab.writing.cells import refuse_day
from emcollab.writing.printed.shown import find_odd_cells, show
from emcollab.writing.printed.words import find_unit, is_unit
from emcollab.writing.sheet import Remark, Sheet

_MOST_ROWS = 1_000


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

    `unit` is what the whole table counts, if its title or a row says so. `counts` are the cells with something in them
    by where they stand: `title`, `headings`, `rows`, `notes`; or `left_out`, with a remark that says why.
    """

    title: str
    unit: str
    headings: list[Heading]
    lines: list[Line]
    notes: list[str]
    head: int
    column: int
    remarks: list[Remark]
    counts: Mapping[str, int]


def find_layout(sheet: Sheet) -> Layout:
    """Return where things stand on `sheet`.

    Raises:
        BadValue: there is no row with a number in it, or no heading above the first.
    """
    return _Reader(sheet).read()


def say(row: int, column: int, message: str) -> Remark:
    """Return a remark on how something in the sheet was read, which stops nothing."""
    return Remark(row, column, "", message, "", stops=False)


def quote(text: str) -> str:
    """Return `text` as it is typed for an option."""
    return f'"{text}"' if "'" in text else f"'{text}'"


# --- the sheet


class _Reader:
    """A sheet on the way to its layout; rows and columns are counted from 0 here, but from 1 in remarks."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.remarks = list(find_odd_cells(sheet))
        self.texts = [[show(cell) for cell in cells] for cells in sheet.rows]
        self.bodies = [row for row, cells in enumerate(self.texts) if _is_body(cells)]
        self.column = self._find_labels()
        self.notes: set[int] = set()
        self.columns = [at for at in range(len(self.texts[0]))
                        if at != self.column and any(cells[at] for cells in self.texts)]  # fmt: skip
        self.head = self._find_head()
        worded = [row for row in self.head if any(text and not is_unit(text) for text in self.texts[row])]
        self.captions = [row for row in worded[:-1] if self._is_caption(row, worded[-1])]
        self.worded = [row for row in worded if row not in self.captions]

    def read(self) -> Layout:
        title, unit = self._read_title()
        headings, common = self._read_headings()
        head = max(self.worded, default=self.head[-1])
        if (said := self.texts[head][self.column]) and not find_unit(said):
            self._say(
                head, self.column, f"'{said}' is the heading of the names of rows, which the record does not keep"
            )
        self._find_days()
        self._find_merged()
        end = self._find_end()
        lines, notes = self._read_lines(end)
        notes += self._read_notes(end)
        unit = unit or common or self._find_common_unit(headings, lines)
        counts = self._count(lines, end)
        return Layout(title, unit, headings, lines, notes, head + 1, self.column + 1, self.remarks, counts)

    def _is_caption(self, row: int, last: int) -> bool:
        """Return whether a row has the title where the names of rows are headed below it, and beside it only units."""
        units = [is_unit(self.texts[row][at]) for at in self.columns if self.texts[row][at]]
        return all(units) and bool(self.texts[row][self.column] and self.texts[last][self.column])

    def _say(self, row: int, column: int, message: str) -> None:
        self.remarks.append(say(row + 1, column + 1, message))

    def _count(self, lines: list[Line], end: int) -> dict[str, int]:
        """Return how many cells with something in them stand where."""
        rows = {line.row - 1 for line in lines}
        corner = {(row, self.column) for row in self.worded[-1:] if not is_unit(self.texts[row][self.column])}
        counts = Counter[str]()
        for row, cells in enumerate(self.texts):
            where = (
                "headings" if row in self.head else "title" if row < self.head[0] else "rows" if row in rows
                else "notes" if row >= end or row in self.notes else "left_out"
            )  # fmt: skip
            for at, text in enumerate(cells):
                is_title = row in self.captions and at == self.column
                counts["left_out" if (row, at) in corner else "title" if is_title else where] += bool(text)
        return dict(counts)

    def _find_days(self) -> None:
        """Note the days in the sheet: where a year should be they cannot be what was printed."""
        for cell in (cell for cells in self.sheet.rows for cell in cells):
            if cell.day and (cell.row - 1 in self.head or cell.column - 1 == self.column):
                bad = refuse_day(cell.day)
                self.remarks.append(Remark(cell.row, cell.column, bad.code, bad.message, bad.help))
            elif cell.day:
                self.remarks.append(say(cell.row, cell.column, f"the day is written as '{cell.text}'"))

    def _find_merged(self) -> None:
        """Note the cells of figures that are merged: the text is taken for the first of them alone."""
        for cell in (
            cell for cells in self.sheet.rows[self.head[-1] + 1 :] for cell in cells if cell.merged and cell.text
        ):
            if cell.column - 1 in self.columns:
                self.remarks.append(
                    say(cell.row, cell.column, f"{cell.merged} are merged; the text is in the first alone")
                )

    # --- above the rows

    def _find_labels(self) -> int:
        """Return which column holds the labels of rows: the first that has words in most rows with numbers.

        Raises:
            BadValue: no row has a number, or none has words, or there are too many.
        """
        if len(self.bodies) > _MOST_ROWS:
            message = f"the table has {len(self.bodies):,} rows, and no paper prints more than {_MOST_ROWS:,}"
            raise BadValue("too-large", message, "give the table alone, or import a sheet of figures without --table")
        if not self.bodies:
            raise BadValue("missing-key", "there is no row with a number in it", "give a sheet with a table of figures")
        words = Counter(at for row in self.bodies for at, text in enumerate(self.texts[row])
                        if text and not _is_number(text))  # fmt: skip
        labels = [at for at, count in sorted(words.items()) if count * 2 > len(self.bodies)]
        if not labels:
            raise BadValue("missing-key", "no column names the rows", "put their names into the first column")
        return labels[0]

    def _find_head(self) -> list[int]:
        """Return the rows of headings: those above the first numbers in which any column but that of labels has a text.

        Raises:
            BadValue: there are none.
        """
        head = [row for row in range(self.bodies[0]) if any(self.texts[row][at] for at in self.columns)]
        if not head:
            message = f"there is no row of headings above the first numbers, in row {self.bodies[0] + 1}"
            raise BadValue("missing-key", message, "put one above them")
        return head

    def _read_title(self) -> tuple[str, str]:
        """Return the title, and the unit that it, a row by itself or the corner gives."""
        above = [row for row in range(self.head[0]) if self.texts[row][self.column]]
        labels = {row: self.texts[row][self.column] for row in [*above, *self.head]}
        titles = [*(row for row in above if not is_unit(labels[row])), *self.captions]
        for row in titles:
            self._say(row, self.column, "the title")
        title = ": ".join(labels[row] for row in titles)
        for row in [*(row for row, text in labels.items() if is_unit(text)), *titles]:
            if unit := find_unit(labels[row]):
                self._say(row, self.column, f"'{labels[row]}' says that amounts are in {unit}")
                return title, unit
        return title, ""

    def _read_headings(self) -> tuple[list[Heading], str]:
        """Return the headings, each with those over it, and the unit that a row under them gives to all alike."""
        units: dict[int, str] = {}
        parts: dict[int, list[str]] = {at: [] for at in self.columns}
        for row in self.head:
            if row not in self.worded:
                units |= {at: find_unit(self.texts[row][at]) for at in self.columns if self.texts[row][at]}
                continue
            texts = self.texts[row] if row == self.worded[-1] else self._spread(row)
            for at in self.columns:
                parts[at] += [texts[at]] if texts[at] else []
        money = {unit for unit in units.values() if unit.startswith("£")} or {*units.values()}
        common = next(iter(money)) if len(money) == 1 else ""
        if common:
            row = next(row for row in self.head if row not in self.worded)
            self._say(row, -1, f"a row of units: amounts are in {common}")
        units = {at: unit for at, unit in units.items() if unit != common}
        headings = [Heading(": ".join(dict.fromkeys(parts[at])), at + 1, units.get(at, "")) for at in self.columns]
        return self._name_apart(headings), common

    def _spread(self, row: int) -> list[str]:
        """Return a row of headings over headings with each of them over all the columns that it is for.

        It reaches to the next one, over columns that have a heading of their own; in a workbook as far as it is merged.
        """
        texts = list(self.texts[row])
        starts = [at for at in self.columns if texts[at]]
        below = self.texts[self.worded[self.worded.index(row) + 1]]
        spans = {start: [at for at in self.columns if start < at < end and below[at]]
                 for start, end in zip(starts, [*starts[1:], len(texts)], strict=True) if below[start]}  # fmt: skip
        widths = [len(span) for span in spans.values()]
        if len({*widths[:-1]}) == 1 and 0 < widths[0] < widths[-1]:
            spans[max(spans)] = spans[max(spans)][: widths[0]]  # what is beside the last of several groups is in none
        if any(cell.merged for cell in self.sheet.rows[row]):
            spans = {start: [at for at in self.columns if at > start and self._is_part_of(row, at, start)]
                     for start in starts}  # fmt: skip
        for start, span in spans.items():
            for at in span:
                texts[at] = texts[start]
            if span:
                self._say(row, start, f"'{texts[start]}' is the heading over {len(span) + 1} columns")
        return texts

    def _is_part_of(self, row: int, at: int, start: int) -> bool:
        return self.sheet.whole(self.sheet.rows[row][at]).column == start + 1

    def _name_apart(self, headings: list[Heading]) -> list[Heading]:
        """Return the headings with a name for those that have none, and different ones where two are alike."""
        row, seen = max(self.worded, default=self.head[-1]) + 1, Counter[str]()
        named = []
        for heading in headings:
            label = heading.label or f"Column {heading.column}"
            seen[label] += 1
            if not heading.label:
                message = f"the column has no heading, and is called '{label}' here"
                self.remarks.append(say(row, heading.column, message)._replace(help="write one, if the paper has one"))
            elif seen[label] > 1:
                message = f"'{label}' heads two columns; this one is called '{label} ({seen[label]})' here"
                self.remarks.append(say(row, heading.column, message)._replace(help="write what tells them apart"))
                label = f"{label} ({seen[label]})"
            named.append(heading._replace(label=label))
        return named

    def _find_common_unit(self, headings: list[Heading], lines: list[Line]) -> str:
        """Return the unit that all headings name, or all amounts; nothing, if they do not or name several."""
        amounts = [text for line in lines for text in line.cells
                   if read_cell(text, "£").kind == AMOUNT and re.search("[1-9]", text)]  # fmt: skip
        for where, found in (
            ("headings say", {find_unit(heading.label) for heading in headings} - {"", "%"}),
            ("cells say", {_find_ending(text) for text in amounts}),
        ):
            if len(found) == 1 and (unit := found.pop()):
                self._say(-1, -1, f"the {where} that amounts are in {unit}")
                return unit
        return ""

    # --- rows and notes

    def _label_of(self, row: int) -> str:
        """Return the label of a row, also where it is merged with the one above it."""
        whole = self.sheet.whole(self.sheet.rows[row][self.column])
        return self.texts[whole.row - 1][whole.column - 1] if whole.column - 1 == self.column else ""

    def _find_end(self) -> int:
        """Return how many rows there are down to the notes: they come after the last row with cells."""
        last = self.bodies[-1]
        for row in range(last + 1, len(self.texts)):
            cells = self.texts[row]
            if (
                cells[self.column]
                and any(cells[at] for at in self.columns)
                and not _NOTE.match(" ".join(cells).strip())
            ):
                last = row
        return last + 1

    def _read_notes(self, end: int) -> list[str]:
        """Return the notes under the table."""
        notes = {row: " ".join(filter(None, cells))
                 for row, cells in enumerate(self.texts) if row >= end and any(cells)}  # fmt: skip
        for row in notes:
            self._say(row, self.column, "a note under the table")
        return list(notes.values())

    def _read_lines(self, end: int) -> tuple[list[Line], list[str]]:
        """Return the rows under the headings, and the notes that stand between them."""
        lines: list[Line] = []
        notes: list[str] = []
        for row, cells in enumerate(self.texts[:end]):
            label, own = self._label_of(row), tuple(cells[at] for at in self.columns)
            if row <= self.head[-1] or not any(cells):
                continue
            if any(cells == self.texts[other] for other in self.head):
                self._say(row, -1, "the headings are printed again; the row is left out")
            elif not any(own) and _NOTE.match(label):
                notes.append(label)
                self.notes.add(row)
                self._say(row, self.column, "a note between the rows")
            elif not any(own):
                lines.append(Line(label, row + 1))
                self._say(row, self.column, f"'{label}' is a heading: its row has no cells")
            else:
                lines.append(Line(label, row + 1, own))
                if _is_head(own):
                    message = "this looks like the headings of a second table"
                    self.remarks.append(Remark(row + 1, 0, "syntax", message, "give each table a sheet of its own"))
        return lines, notes


_NOTE = re.compile(r"(?i)[*†‡§¹²³]|notes?\b|sources?\b\s*:|n\.?b\.?\b|\(?[0-9a-z][.)] ")


def _is_head(cells: tuple[str, ...]) -> bool:
    """Return whether most cells are words or years, as in a row of headings, and none states a number or nothing."""
    kinds = [read_cell(text, "£").kind for text in cells if text]
    return len(kinds) * 2 > len(cells) > 1 and WORDS in kinds and {*kinds} <= {WORDS, UNREADABLE}


# --- units and cells


def _find_ending(text: str) -> str:
    """Return the unit with which an amount ends, if it has its own."""
    return next((unit for end, unit in _ENDINGS.items() if text.endswith(end)), "")


_ENDINGS = {"k": "£k", "m": "£m", "thousand": "£k", "million": "£m"}


def _is_number(text: str) -> bool:
    """Return whether a cell is a number or a dash, or was meant to be one; not a year, a day or a unit."""
    if is_unit(text) or re.search(r"[0-9]{2} ?[-/\u2013] ?[0-9]{2}", text):
        return False
    looks_so = re.fullmatch(r"[-\u2212\u2013(\u00a3+ ]*[0-9][0-9., ]*[-\u2013%)km]*", text, re.ASCII)
    return bool(looks_so) or read_cell(text, "£").kind in {AMOUNT, PERCENTAGE, DASH}


def _is_body(cells: list[str]) -> bool:
    """Return whether a row has numbers or dashes, other than years as headings have them."""
    numbers = [text for text in cells if _is_number(text)]
    years = [int(text) for text in numbers if re.fullmatch("(19|20)[0-9]{2}", text, re.ASCII)]
    words = sum(1 for text in cells if text) - len(numbers)
    is_head = len(years) == len(numbers) and (words > 1 or (years[1:] and all(b - a == 1 for a, b in pairwise(years))))
    return bool(numbers) and not is_head
