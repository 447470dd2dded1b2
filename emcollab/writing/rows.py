"""The rows of a sheet to the figures that they state: which are, which are sums, which are left out, what is doubtful.

Every cell is taken, compared or left out with a reason. All that is doubtful about a row is told in one run.
"""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from emcollab.records.ledger import Ledger
from emcollab.records.rules import Rules
from emcollab.values.dates import format_when
from emcollab.values.problems import BadValue
from emcollab.writing.cells import AmountKind, Kind, find_measure, is_nothing, read_amount, read_year_end, refuse_day
from emcollab.writing.headings import AmountColumn, Layout
from emcollab.writing.meanings import Meanings
from emcollab.writing.sheet import Cell, Remark, Sheet
from emcollab.writing.spellings import HEADINGS, is_total, plain
from emcollab.writing.subjects import Family, Subject, Subjects

_SAYING = ("at", "note", "owner", "baseline", "quote")
"""The fields that go into a statement as they are."""

_UNNAMED = {"cost": "Costs", "funding": "Funding", "saving": "Savings", "unclassified": "Benefits"}
"""What a benefit is called for which the sheet has no name."""


_OF_FORCE = "amounts by force are not read from a sheet; write them by hand, with {FORCE: AMOUNT} in place of an amount"


class Entry(NamedTuple):
    """A figure that a row states. `amount` is written as in a data file, and `number` is it in pounds, posts or hours.

    `said` are the other texts of its statement.
    """

    cell: Cell
    subject: Subject
    period: str
    basis: str
    amount: str
    number: Decimal
    measure: str
    source: str
    forces: tuple[str, ...]
    said: tuple[tuple[str, str], ...]


class Reading(NamedTuple):
    """How a text of a column was read, and in which rows; column 0 is what holds for every row."""

    column: int
    text: str
    value: str
    why: str
    rows: list[int]

    def note(self, row: int) -> None:
        """Note that it was read so in `row` too; of the figures of one row once."""
        if self.rows[-1:] != [row]:
            self.rows.append(row)


class LeftOut(NamedTuple):
    """A row (`column` 0), a column (`row` 0) or a cell that is left out, and why."""

    row: int
    column: int
    text: str
    why: str


class _Common(NamedTuple):
    """What a row says of all of its figures; nothing, where it does not say. Without a project or source it is lost."""

    project: str | None
    category: str
    measure: str
    unit: str
    basis: str
    source: str | None
    forces: tuple[str, ...]
    properties: tuple[tuple[str, str], ...]  # of the benefit, by field
    is_lost: bool  # whether what the figures are of cannot be told


class _Kept(NamedTuple):
    """What was read of cells, and what was told of it on the way."""

    value: Any
    readings: list[Reading]
    remarks: list[Remark]


class Reader:
    """What came of the rows of a sheet.

    `entries` are the figures that can be taken, `sums` the rows of sums; `counts` tell how many cells that are not
    blank are in `headings`, `taken`, `compared`, `left_out` or in `doubtful` rows. `first_rows` has the row that first
    names an area or a force, by field and id.
    """

    def __init__(self, sheet: Sheet, layout: Layout, rules: Rules, ledger: Ledger) -> None:
        """Begin with what the ledger has."""
        self.sheet, self.layout, self.rules, self.ledger = sheet, layout, rules, ledger
        self.meanings = Meanings(rules, ledger)
        self.subjects = Subjects(ledger, rules.names.benefits)
        self.entries: list[Entry] = []
        self.sums: list[list[Cell]] = []
        self.remarks: list[Remark] = []
        self.left_out: list[LeftOut] = []
        self.counts: dict[str, int] = defaultdict(int)
        self.readings: dict[tuple[int, str, str], Reading] = {}
        self.first_rows: dict[tuple[str, str], int] = {}
        self._every: dict[str, str] = {field: text for field, text in rules.every.items()}  # noqa: C416 - for its type
        self._has_periods = any(each.period for each in layout.amounts)
        self._names_ends = "end" in plain(layout.headings.get(self.column_of("period"), ""))
        self._is_special = bool(sheet.name) and any(cell.is_special for cells in sheet.rows for cell in cells)
        own = {"period", "benefit", "amount", *_SAYING}  # what rows that say the same of the rest may have of their own
        self._shared = [column for field, column in layout.fields.items() if field not in own]
        self._unclear = {each.column for each in layout.remarks if each.code == "bad-year"}  # told of the heading
        self._naming = [column for field in ("project", "benefit", "area") if (column := self.column_of(field))]
        self._saying = [field for field in _SAYING if field in layout.fields or field in rules.every]
        self._kept: dict[tuple[object, ...], _Kept] = {}
        self._told: list[Reading] = []

    def read(self) -> None:
        """Read every row."""
        layout = self.layout
        for cells in self.sheet.rows:
            filled = [cell for cell in cells if cell.text or cell.formula]
            row = cells[0].row
            if row < layout.top:
                self._leave_row(row, filled, "it is above the headings")
            elif row < layout.first:
                self.counts["headings"] += len(filled)
            elif filled:
                self._read_row(cells, filled)
        for column, why in layout.left_out.items():
            held = sum(1 for cells in self.sheet.rows[layout.first - 1 :] if cells[column - 1].text)
            if held or layout.headings[column]:
                is_force = self.meanings.forces.find(layout.headings[column])
                cells_ = f"{held:,} cell{'' if held == 1 else 's'}"
                self.left_out.append(LeftOut(0, column, cells_, _OF_FORCE if is_force else why))

    def column_of(self, field: str) -> int:
        """Return the column of a field; 0, if it has none."""
        return self.layout.fields.get(field, 0)

    def tell(self, column: int, text: str, value: str, why: str, row: int) -> None:
        """Note how a text of a column was read."""
        key = column, text, value
        reading = self.readings.get(key) or self.readings.setdefault(key, Reading(column, text, value, why, []))
        reading.note(row)
        self._told.append(reading)

    def doubt(self, row: int, column: int, bad: BadValue) -> None:
        """Note that a cell cannot be taken as it is."""
        self.remarks.append(Remark(row, column, bad.code, bad.message, bad.help))

    # --- rows

    def _read_row(self, cells: list[Cell], filled: list[Cell]) -> None:
        row, layout = cells[0].row, self.layout
        if len(filled) > 1 and all(cell.text == layout.headings[cell.column] for cell in filled):
            self._leave_row(row, filled, "it has the headings again")
            return
        if self._is_sum(cells):
            self._take_sum(cells, filled)
            return
        before = len(self.remarks)
        amounts = [each for each in layout.amounts if _has_amount(cells[each.column - 1])]
        self._doubt_shared(cells)
        if not amounts and len(self.remarks) > before:
            self.counts["doubtful"] += len(filled)
            return
        if not amounts:
            self._leave_row(row, filled, self._say_why_nothing(cells, filled))
            return
        same = tuple([cells[column - 1].text for column in self._shared])
        common = self._read_once(same, self._read_common, cells)
        period = self._read_once((self._cell(cells, "period").text,), self._read_period, cells)
        said, blank = self._read_said(cells)
        for each in amounts:
            if entry := self._read_entry(cells, each, common, period, said):
                self.entries.append(entry)
        left = blank + (sum([cell.column in layout.left_out for cell in filled]) if layout.left_out else 0)
        summed = sum([cell.column in layout.totals for cell in filled]) if layout.totals else 0
        for each in layout.amounts if len(amounts) < len(layout.amounts) else ():
            if each not in amounts and (text := cells[each.column - 1].text):
                self.left_out.append(LeftOut(row, each.column, text, "nothing is stated"))
                left += 1
        is_doubtful = len(self.remarks) > before or any(each.column in self._unclear for each in amounts)
        self.counts["left_out"] += left
        self.counts["doubtful" if is_doubtful else "compared"] += summed
        self.counts["doubtful" if is_doubtful else "taken"] += len(filled) - left - summed

    def _doubt_shared(self, cells: list[Cell]) -> None:
        """Note the cells of amounts that are merged with one that has an amount: of which it is, nothing says."""
        for each in self.layout.amounts:
            cell = cells[each.column - 1]
            whole = self.sheet.whole(cell)
            if whole is not cell and _has_amount(whole):
                message = f"cells {cell.merged} are merged, and have one amount, '{whole.text or whole.formula}'"
                remedy = "undo that, and write the amount where it belongs"
                self.doubt(cell.row, cell.column, BadValue("bad-amount", message, remedy))

    def _leave_row(self, row: int, filled: list[Cell], why: str) -> None:
        if filled:
            shown = " | ".join(" ".join((cell.text or cell.formula).split()) for cell in filled)
            self.left_out.append(LeftOut(row, 0, shown, why))
            self.counts["left_out"] += len(filled)

    def _take_sum(self, cells: list[Cell], filled: list[Cell]) -> None:
        """Keep a row of sums, to be compared; what else stands in it is left out."""
        self.sums.append(cells)
        amounts = {each.column for each in self.layout.amounts}
        compared = {*amounts, *self.layout.totals, *self._naming, self.column_of("period"), filled[0].column}
        others = [cell for cell in filled if cell.column not in compared]
        for cell in others:
            self.left_out.append(
                LeftOut(cell.row, cell.column, cell.text or cell.formula, "it stands in a row of sums")
            )
        self.counts["left_out"] += len(others)
        self.counts["compared"] += len(filled) - len(others)

    def _is_sum(self, cells: list[Cell]) -> bool:
        """Return whether the row is one of sums: it is called so where others have their names."""
        first = next((text for column in self._naming if (text := cells[column - 1].text)), "")
        first = first or next((cell.text for cell in cells if cell.text), "")
        source = self.layout.fields.get("source", 0)
        is_cited = bool(source and cells[source - 1].text)  # what a paper says is a figure, however it is called
        return is_total(first) and not is_cited and not self.meanings.projects.find(first)

    def _say_why_nothing(self, cells: list[Cell], filled: list[Cell]) -> str:
        stated = [cells[each.column - 1] for each in self.layout.amounts if cells[each.column - 1].text]
        if stated:
            return f"nothing is stated yet: '{stated[0].text}'"
        return "it has no amount" if len(filled) > 1 else "it has no amount: a note, or a heading"

    def _read_once(self, key: tuple[object, ...], read: Callable[..., Any], *of: Any) -> Any:  # noqa: ANN401 - what `read` takes and gives
        """Return what `read` gives of the cells of a row, and more (`of`); or what it gave for the same `key` before.

        What was told of that row is told of this one too.
        """
        if self._is_special:
            return read(*of)
        kept = self._kept.get((read.__name__, key))
        if kept is None:
            before, self._told = len(self.remarks), []
            value = read(*of)
            self._kept[read.__name__, key] = _Kept(value, [*self._told], self.remarks[before:])
            return value
        row = of[0][0].row
        for reading in kept.readings:
            reading.note(row)
        self.remarks += [remark._replace(row=row) for remark in kept.remarks]
        return kept.value

    # --- what a row says of all of its figures

    def _read_common(self, cells: list[Cell]) -> _Common:
        before = len(self.remarks)
        kind: Kind = self._take(cells, "category", Kind("", "", ""))
        counted: AmountKind = self._take(cells, "measure", AmountKind("", ""))
        properties = {"area": self._take(cells, "area", ""),
                      "cashability": self._take(cells, "cashability", "") or kind.cashability,
                      "recurrence": self._take(cells, "recurrence", "")}  # fmt: skip
        project, basis = self._take(cells, "project"), self._take(cells, "basis", "")
        source = self._take(cells, "source")
        is_lost = len(self.remarks) > before
        return _Common(
            project=project,
            category=kind.category or ("saving" if properties["cashability"] else ""),
            measure=counted.measure or kind.measure,
            unit=counted.unit,
            basis=basis,
            source=source,
            forces=self._take(cells, "forces", ()),  # without them, the figures can still be looked at
            properties=tuple([pair for pair in properties.items() if pair[1]]),
            is_lost=is_lost,
        )

    def _read_said(self, cells: list[Cell]) -> tuple[tuple[tuple[str, str], ...], int]:
        """Return the texts of a row that go into a statement as they are, by field; and how many cells say nothing."""
        said, blank = [], 0
        for field in self._saying:
            cell = self._cell(cells, field)
            try:
                _refuse_unread(cell, field)
            except BadValue as bad:
                self.doubt(cells[0].row, cell.column, bad)
            if cell.text and not is_nothing(cell.text):
                said.append((field, cell.text))
            elif cell.text and cell.row == cells[0].row:
                self.left_out.append(LeftOut(cell.row, cell.column, cell.text, "nothing is stated"))
                blank += bool(cell.column)
        return tuple(said), blank

    def _read_period(self, cells: list[Cell]) -> str | None:
        """Return the period that a row gives; nothing, if the headings do; `None` if it is doubtful, which is told."""
        cell = self._cell(cells, "period")
        if self._has_periods and not cell.text:
            return ""
        if self._names_ends and (year := read_year_end(cell.text)):
            self.tell(self.column_of("period"), cell.text, year, "the year that ends on this day", cell.row)
            return year
        period: str | None = self._take(cells, "period")
        return period

    def _cell(self, cells: list[Cell], field: str) -> Cell:
        """Return the cell of a field in a row; without one, or with nothing in it, what holds for every row."""
        column = self.layout.fields.get(field, 0)
        cell = self.sheet.whole(cells[column - 1]) if column else None
        if cell is None or not (cell.text or cell.formula):
            return Cell(self._every.get(field, ""), cells[0].row, column)
        if cell.row != cells[0].row:
            self.tell(column, cell.text, f"'{cell.text}'", f"cells {cell.merged} are merged", cells[0].row)
        return cell

    def _source_cell(self, cells: list[Cell]) -> Cell:
        """Return the cell of the paper in a row; if body and date have columns of their own, with what is in them."""
        cell = self._cell(cells, "source")
        others = [self._cell(cells, field).text for field in ("body", "date")]
        if cell.text in self.ledger.sources or not any(others):
            return cell
        return cell._replace(text=" ".join(filter(None, [*others, cell.text])))

    def _take(self, cells: list[Cell], field: str, default: Any = None) -> Any:  # noqa: ANN401 - each field has a type of its own
        """Return what the cell of a field means; the `default`, if it says nothing or is doubtful, which is told."""
        cell = self._source_cell(cells) if field == "source" else self._cell(cells, field)
        row, column = cells[0].row, self.layout.fields.get(field, 0)
        try:
            _refuse_unread(cell, field)
            if not cell.text and default is not None:
                return default
            _refuse_blank(cell, field)
            found = self.meanings.find(field, cell.text)
        except BadValue as bad:
            if default is not None and is_nothing(cell.text):
                self.tell(column, cell.text, "not stated", "", row)
            else:
                self.doubt(row, column, bad)
            return default
        if found.told:
            self.tell(column, cell.text, found.told, found.why, row)
        for id_ in {"area": (found.value,), "forces": found.value}.get(field, ()):
            self.first_rows.setdefault((field, id_), row)
        return found.value

    # --- a figure

    def _read_entry(
        self,
        cells: list[Cell],
        column: AmountColumn,
        common: _Common,
        of_row: str | None,
        said: tuple[tuple[str, str], ...],
    ) -> Entry | None:
        """Return the figure of a row in a column of amounts; `None` if it is doubtful what it is, which is told."""
        cell = cells[column.column - 1]
        category, measure = _find_kind(column, common, cell)
        period = column.period or of_row or ""
        shown = "£" if "£" in cell.number_format else ""
        kind = AmountKind(
            common.unit or column.unit or shown or self.rules.unit or "", measure, category == "cost", period
        )
        try:
            _refuse_unread(cell, "amount")
            _refuse_two_periods(column.period, of_row)
            read = read_amount(cell.text, kind)
        except BadValue as bad:
            self.doubt(cell.row, column.column, bad)
            return None
        if read.told:
            self.tell(column.column, cell.text, read.value, read.why, cell.row)
        if cell.formula:
            why = "what the formula came to when the workbook was saved"
            self.tell(column.column, cell.formula, read.value, why, cell.row)
        is_lost = common.is_lost or column.column in self._unclear
        if is_lost or common.project is None or common.source is None or of_row is None:
            return None
        key = common, self._cell(cells, "benefit").text, category, measure
        subject = self._read_once(key, self._find_subject, cells, common, category, measure)
        if subject is None:
            return None
        basis = column.basis or common.basis or "reported"
        if not (column.basis or common.basis):
            self.tell(self.column_of("basis"), "", basis, "the sheet does not say what kind of figure it is", cell.row)
        if not (column.category or common.category):
            why = "the sheet does not say what kind of benefit it is"
            self.tell(self.column_of("category"), "", category, why, cell.row)
        return Entry(cell, subject, period, basis, read.value, read.number, measure, common.source, common.forces, said)

    def _find_subject(self, cells: list[Cell], common: _Common, category: str, measure: str) -> Subject | None:
        """Return the benefit or cost of a figure, and note what it is; `None` if it is doubtful, which is told."""
        cell = self._cell(cells, "benefit")
        row, column = cells[0].row, self.layout.fields.get("benefit", 0)
        name = cell.text or (_UNNAMED[category] if measure == "money" else measure.capitalize())
        try:
            _refuse_unread(cell, "benefit")
            subject = self.subjects.find(Family(common.project or "", category == "cost", measure), name)
        except BadValue as bad:
            self.doubt(row, column, bad)
            return None
        properties = dict(common.properties)
        if category == "cost" and "cashability" in properties:
            message = "only a saving has a cashability, and this is a cost"
            misplaced = BadValue("misplaced-cashability", message, "write 'n/a', or mend the type")
            self.doubt(row, self.column_of("cashability") or self.column_of("category"), misplaced)
        if name != subject.label or not cell.text:
            self.tell(column, cell.text, f"{subject.project}/{subject.id}", "", row)
        for field, contradiction in self.subjects.note(subject, row, {"category": category, **properties}):
            self.doubt(row, self.column_of(field) or self.column_of("category"), contradiction)
        return subject


def _find_kind(column: AmountColumn, common: _Common, cell: Cell) -> tuple[str, str]:
    """Return category and measure of a figure: by its row, its heading, and the words in its own cell."""
    of_column = column.category if column.category != "saving" or not common.category else ""
    measure = column.measure or common.measure or find_measure(cell.text) or "money"
    return of_column or common.category or "unclassified", measure


def _has_amount(cell: Cell) -> bool:
    return bool(cell.formula or cell.error or cell.day) or not is_nothing(cell.text)


def _refuse_unread(cell: Cell, field: str) -> None:
    """Refuse what a workbook says of a cell and its text does not.

    Raises:
        BadValue: it is an error, a formula that was never worked out, or a date where there should be none.
    """
    if cell.error and cell.text.startswith("="):
        message = f"'{cell.text}' is a formula, and not what it came to"
        raise BadValue("unreadable-cell", message, "write the value")
    if cell.error:
        message = f"'{cell.text}' is what a spreadsheet shows for a formula that fails"
        raise BadValue("unreadable-cell", message, "mend the formula, or write what should be there")
    if cell.formula and not cell.text:
        message = f"the formula '{cell.formula}' was never worked out"
        remedy = "open the workbook in a spreadsheet program and save it, or write the value"
        raise BadValue("unreadable-cell", message, remedy)
    if cell.day and field == "period":
        raise refuse_day(cell.day)
    if cell.day and field == "amount":
        raise BadValue("bad-amount", f"a date, {format_when(cell.text)}, in a column of amounts", "write the amount")


_ADVICE = {"project": "a project", "period": "a year, or 'a year' or 'in all' where a paper names none",
           "source": "the paper that says so"}  # fmt: skip
"""What is to be written for the fields without which there is no figure."""


def _refuse_blank(cell: Cell, field: str) -> None:
    """Refuse a blank cell of a field that has to be given.

    Raises:
        BadValue: it is blank; the advice is how to give it.
    """
    if not cell.text and cell.column:
        raise BadValue("missing-key", f"the {field} is blank", f"write in each row {_ADVICE[field]}")
    if not cell.text:
        heading = HEADINGS[field][0].capitalize()
        remedy = (
            f"head one '{heading}', or name it with --column {field}=HEADING, or one for all with --every {field}=…"
        )
        raise BadValue("missing-key", f"no column gives the {field}", remedy)


def _refuse_two_periods(of_column: str, of_row: str | None) -> None:
    if of_column and of_row and of_column != of_row:
        message = f"its heading says '{of_column}', and its row '{of_row}'"
        raise BadValue("bad-year", message, "write the year in one place")
