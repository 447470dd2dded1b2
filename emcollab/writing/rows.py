"""The rows of a sheet to the figures that they state: which are, which are sums, which are left out, and what is doubtful.

Every cell is taken, compared or left out with a reason. A row of which a cell cannot be taken as it is gives no figure,
but all that is doubtful about it is told in one run.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from emcollab.records.benefit import Benefit
from emcollab.records.ledger import Ledger
from emcollab.records.rules import Rules
from emcollab.values.dates import format_when
from emcollab.values.problems import BadValue
from emcollab.writing.cells import (
    AmountKind,
    Kind,
    find_measure,
    is_nothing,
    read_amount,
    read_kind,
    read_period,
    read_period_of,
    read_word,
)
from emcollab.writing.headings import AmountColumn, Layout, find_unit
from emcollab.writing.names import Names
from emcollab.writing.papers import Paper, read_paper
from emcollab.writing.sheet import Cell, Remark, Sheet
from emcollab.writing.spellings import ALL, HEADINGS, is_total, plain


class Found(NamedTuple):
    """What a text of a field means; `told` is how to say so, if that is not plain, and `why` it is read so."""

    value: Any
    told: str = ""
    why: str = ""


_SAYING = ("at", "note", "owner", "baseline", "quote")
"""The fields that go into a statement as they are."""

_UNNAMED = {"cost": "Costs", "funding": "Funding", "saving": "Savings", "unclassified": "Benefits"}
"""What a benefit is called for which the sheet has no name."""


class Subject(NamedTuple):
    """The benefit or cost that a row is of: its project and its own id, whether it is a cost, and how it is called."""

    project: str
    id: str
    is_cost: bool
    label: str


class Entry(NamedTuple):
    """A figure that a row states. `amount` is written as in a data file; `said` are other texts of its statement."""

    cell: Cell
    subject: Subject
    period: str
    basis: str
    amount: str
    measure: str
    source: str
    forces: tuple[str, ...]
    said: tuple[tuple[str, str], ...]


class Reading(NamedTuple):
    """How a text of a column was read, and in which rows."""

    column: int
    text: str
    value: str
    why: str
    rows: list[int]


class LeftOut(NamedTuple):
    """A row (`column` 0), a column (`row` 0) or a cell that is left out, and why."""

    row: int
    column: int
    text: str
    why: str


class Cells(NamedTuple):
    """How many cells of a sheet that are not blank are headings, taken, compared, left out, or doubtful."""

    headings: int = 0
    taken: int = 0
    compared: int = 0
    left_out: int = 0
    doubtful: int = 0


class Family(NamedTuple):
    """Benefits or costs of one project and one measure: their names are looked up among themselves."""

    project: str
    is_cost: bool
    measure: str


class _Common(NamedTuple):
    """What a row says of all of its figures; nothing, where it does not say."""

    project: str | None
    category: str
    measure: str
    unit: str
    period: str | None
    basis: str
    source: str
    forces: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...]  # of the benefit


class Reader:
    """What came of the rows of a sheet; `properties` are those of each benefit or cost, with the row that gave them."""

    def __init__(self, sheet: Sheet, layout: Layout, rules: Rules, ledger: Ledger) -> None:
        """Keep what the ledger has by name."""
        self.sheet, self.layout, self.rules, self.ledger = sheet, layout, rules, ledger
        self.entries: list[Entry] = []
        self.sums: list[list[Cell]] = []
        self.remarks: list[Remark] = []
        self.left_out: list[LeftOut] = []
        self.counts: dict[str, int] = defaultdict(int)
        self.readings: dict[tuple[int, str, str], Reading] = {}
        self.properties: dict[Subject, dict[str, tuple[str, int]]] = {}
        names = rules.names
        self.projects = Names("project", {id_: [each.name] for id_, each in ledger.projects.items()}, names.projects)
        self.areas = Names("area", {id_: [label] for id_, label in ledger.areas.items()}, names.areas)
        self.forces = Names("force", {id_: [each.name] for id_, each in ledger.forces.items()}, names.forces)
        self.papers: dict[str, Paper] = {}
        self._families: dict[Family, Names] = {}
        self._every: dict[str, str] = {field: text for field, text in rules.every.items()}
        self._subjects: dict[tuple[Family, str], Subject] = {}
        self._found: dict[tuple[str, str], Found | BadValue] = {}
        self._is_lost = False  # whether what a row is of cannot be told

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
                self.left_out.append(LeftOut(0, column, f"{held:,} cells", why))

    # --- rows

    def _read_row(self, cells: list[Cell], filled: list[Cell]) -> None:
        row, layout = cells[0].row, self.layout
        if len(filled) > 1 and all(cell.text == layout.headings[cell.column] for cell in filled):
            self._leave_row(row, filled, "it has the headings again")
            return
        if self._is_sum(cells):
            self.sums.append(cells)
            self.counts["compared"] += len(filled)
            return
        amounts = [each for each in layout.amounts if _has_amount(cells[each.column - 1])]
        if not amounts:
            self._leave_row(row, filled, self._say_why_nothing(cells, filled))
            return
        before, self._is_lost = len(self.remarks), False
        common = self._read_common(cells)
        entries = [self._read_entry(cells, each, common) for each in amounts]
        doubtful = len(self.remarks) > before
        unstated = [cell for each in layout.amounts if each not in amounts and (cell := cells[each.column - 1]).text]
        self.left_out += [LeftOut(row, cell.column, cell.text, "nothing is stated") for cell in unstated]
        left = sum(cell.column in layout.left_out for cell in filled) + len(unstated)
        summed = sum(cell.column in layout.totals for cell in filled)
        self.counts["left_out"] += left
        self.counts["doubtful" if doubtful else "compared"] += summed
        self.counts["doubtful" if doubtful else "taken"] += len(filled) - left - summed
        self.entries += [entry for entry in entries if entry and not self._is_lost]

    def _leave_row(self, row: int, filled: list[Cell], why: str) -> None:
        if filled:
            shown = " | ".join(" ".join((cell.text or cell.formula).split()) for cell in filled)
            self.left_out.append(LeftOut(row, 0, shown, why))
            self.counts["left_out"] += len(filled)

    def _is_sum(self, cells: list[Cell]) -> bool:
        """Return whether the row is one of sums: it is called so where others have their names."""
        fields = self.layout.fields
        named = [cells[fields[field] - 1].text for field in ("project", "benefit", "area") if field in fields]
        first = next((text for text in named if text), "") or next((cell.text for cell in cells if cell.text), "")
        return is_total(first) and not self.projects.find(first)

    def _say_why_nothing(self, cells: list[Cell], filled: list[Cell]) -> str:
        stated = [cells[each.column - 1] for each in self.layout.amounts if cells[each.column - 1].text]
        if stated:
            return f"nothing is stated yet: '{stated[0].text}'"
        return "it has no amount" if len(filled) > 1 else "it has no amount: a note, or a heading"

    # --- what a row says of all of its figures

    def _read_common(self, cells: list[Cell]) -> _Common:
        kind: Kind = self._take(cells, "category", self._find_kind, Kind("", "", ""))
        counted: AmountKind = self._take(cells, "measure", _find_measure, AmountKind("", ""))
        cashability = self._take(cells, "cashability", self._find_cashability, "") or kind.cashability
        area = self._take(cells, "area", self._find_in(self.areas), "")
        recurrence = self._take(cells, "recurrence", self._find_word("recurrence"), "")
        has_period = any(each.period for each in self.layout.amounts) and not self._cell(cells, "period").text
        properties = (("area", area), ("cashability", cashability), ("recurrence", recurrence))
        return _Common(
            project=self._take(cells, "project", self._find_in(self.projects)),
            category=kind.category or ("saving" if cashability else ""),
            measure=counted.measure or kind.measure,
            unit=counted.unit,
            period="" if has_period else self._take(cells, "period", self._find_period),
            basis=self._take(cells, "basis", self._find_word("basis"), ""),
            source=self._take(cells, "source", self._find_source),
            forces=self._take(cells, "forces", self._find_forces, ()),
            said=tuple((field, text) for field in _SAYING if (text := self._cell(cells, field).text)),
            properties=tuple((name, value) for name, value in properties if value),
        )

    def _cell(self, cells: list[Cell], field: str) -> Cell:
        """Return the cell of a field in a row; without one, or with nothing in it, what holds for every row."""
        column = self.layout.fields.get(field, 0)
        cell = self.sheet.whole(cells[column - 1]) if column else None
        if cell is None or not (cell.text or cell.formula):
            return Cell(self._every.get(field, ""), cells[0].row, column)
        if cell.row != cells[0].row:
            self.tell(column, cell.text, f"'{cell.text}'", f"cells {cell.merged} are merged", cells[0].row)
        return cell

    def _take(self, cells: list[Cell], field: str, find: Callable[[str], Found], default: Any = None) -> Any:  # noqa: ANN401 - each field has a type of its own
        """Return what the cell of a field means; the `default`, if it is blank or doubtful, which is told."""
        cell = self._cell(cells, field)
        row, column = cells[0].row, self.layout.fields.get(field, 0)
        try:
            _refuse_unread(cell, field)
            if not cell.text:
                if default is None:
                    raise BadValue("missing-key", *_say_missing(field, column=bool(column)))
                return default
            key = field, cell.text
            found = self._found.get(key) or self._found.setdefault(key, _keep(find, cell.text))
            if isinstance(found, BadValue):
                raise found
        except BadValue as bad:
            self.remarks.append(Remark(row, column, bad.code, bad.message, bad.help))
            self._is_lost |= field != "forces"  # without the forces, its figures can still be looked at
            return default
        if found.told:
            self.tell(column, cell.text, found.told, found.why, row)
        return found.value

    def tell(self, column: int, text: str, value: str, why: str, row: int) -> None:
        """Note how a text of a column was read."""
        self.readings.setdefault((column, text, value), Reading(column, text, value, why, [])).rows.append(row)

    def first_row(self, field: str, id_: str) -> int:
        """Return the first row in which a field names what has this id."""
        column = self.layout.fields.get(field, 0)
        found = {
            text: kept.value for (of, text), kept in self._found.items() if of == field and isinstance(kept, Found)
        }
        naming = {text for text, value in found.items() if id_ == value or (isinstance(value, tuple) and id_ in value)}
        rows = (cells[0].row for cells in self.sheet.rows if column and cells[column - 1].text in naming)
        return next(rows, self.layout.first)

    def _find_in(self, names: Names) -> Callable[[str], Found]:
        def find(text: str) -> Found:
            id_ = names.resolve(text)
            return Found(id_, id_ if names.shown(id_) != text else "")

        return find

    def _find_word(self, field: str) -> Callable[[str], Found]:
        """Return what finds the word of the ledger in a field; what the rules say of it comes first."""
        meant = {plain(text): word for text, word in getattr(self.rules.words, field).items()}

        def find(text: str) -> Found:
            read = read_word(field, meant.get(plain(text), text))
            return Found(read.value, read.value if plain(read.value) != plain(text) else "")

        return find

    def _find_kind(self, text: str) -> Found:
        """Return the kind of benefit that a text names; what the rules say of it comes first."""
        return Found(*read_kind(self.rules.words.category.get(text, text)))

    def _find_cashability(self, text: str) -> Found:
        found = Found("", "not stated") if is_nothing(text) else self._find_word("cashability")(text)
        return Found("", "not stated") if found.value == "unstated" else found

    def _find_period(self, text: str) -> Found:
        read = read_period(self.rules.words.period.get(text, text))
        return Found(read.value, read.value if read.value != text else "")

    def _find_source(self, text: str) -> Found:
        """Return the id of the paper that a text names: one of the ledger, or one made of its body and date."""
        sources, meant = self.ledger.sources, self.rules.names.sources.get(text, text)
        if meant in sources:
            return Found(meant, meant if meant != text else "")
        titled = [id_ for id_, source in sources.items() if plain(source.title) == plain(meant)]
        if len(titled) == 1:
            return Found(titled[0], titled[0])
        paper = read_paper(meant)
        body = self.rules.names.bodies.get(paper.body, paper.body)
        id_ = next(
            (id_ for id_, source in sources.items() if (source.body, source.date, source.title) == (body, *paper[2:])),
            paper.id,
        )
        if id_ not in sources:
            self.papers[id_] = paper._replace(body=body)
        return Found(id_, id_, f"{body}, {format_when(paper.date)}, {paper.title}")

    def _find_forces(self, text: str) -> Found:
        """Return the ids of the forces that a text names, or of every force of the region for `All`."""
        ids: list[str] = []
        for part in re.split(r"\s*[;,/\n]\s*", text):
            whole = self.forces.find(part)
            pieces = [part] if whole else re.split(r"\s*(?:&|\+|\band\b)\s*", part)
            for piece in filter(None, pieces):
                ids += (
                    self._find_all(piece) if plain(piece).rstrip(" 0123456789") in ALL else [self.forces.resolve(piece)]
                )
        ids = list(dict.fromkeys(ids))
        return Found(tuple(ids), ", ".join(ids))

    def _find_all(self, text: str) -> list[str]:
        ids = [id_ for id_, force in self.ledger.forces.items() if force.in_region]
        number = re.sub("[^0-9]", "", text)
        if not ids or (number and int(number) != len(ids)):
            message = f"'{text}' is every force of the region, and the ledger has {len(ids)}"
            raise BadValue("unknown-force", message, "name the forces, or add those that lack to forces.yaml")
        return ids

    # --- a figure

    def _read_entry(self, cells: list[Cell], column: AmountColumn, common: _Common) -> Entry | None:
        """Return the figure of a row in a column of amounts; `None` if anything about it is doubtful, which is told."""
        cell = cells[column.column - 1]
        of_column = column.category if column.category != "saving" or not common.category else ""
        category = of_column or common.category or "unclassified"
        measure = column.measure or common.measure or find_measure(cell.text) or "money"
        period = column.period or common.period or ""
        unit = common.unit or column.unit or _unit_shown(cell) or self.rules.unit or ""
        try:
            if column.period and common.period and column.period != common.period:
                message = f"its heading says '{column.period}', and its row '{common.period}'"
                raise BadValue("bad-year", message, "write the year in one place")
            _refuse_unread(cell, "amount")
            read = read_amount(cell.text, AmountKind(unit, measure, category == "cost", period))
            subject = self._find_subject(cells, common, category, measure)
        except BadValue as bad:
            self.remarks.append(Remark(cell.row, column.column, bad.code, bad.message, bad.help))
            return None
        if subject is None:
            return None
        if read.told:
            self.tell(column.column, cell.text, read.value, read.why, cell.row)
        if cell.formula:
            self.tell(
                column.column,
                cell.formula,
                read.value,
                "what the formula came to when the workbook was saved",
                cell.row,
            )
        basis = column.basis or common.basis or "reported"
        return Entry(cell, subject, period, basis, read.value, measure, common.source, common.forces, common.said)

    def _find_subject(self, cells: list[Cell], common: _Common, category: str, measure: str) -> Subject | None:
        """Return the benefit or cost of a figure, and note its properties; `None` if they are doubtful, which is told."""
        if common.project is None or self._is_lost:
            return None
        cell = self._cell(cells, "benefit")
        name = cell.text or (_UNNAMED[category] if measure == "money" else measure.capitalize())
        family = Family(common.project, category == "cost", measure)
        try:
            subject = self._subjects.get((family, name)) or self._subjects.setdefault(
                (family, name), self._name_subject(family, name)
            )
        except BadValue as bad:
            self.remarks.append(
                Remark(cells[0].row, self.layout.fields.get("benefit", 0), bad.code, bad.message, bad.help)
            )
            return None
        if name != subject.label or not cell.text:
            self.tell(
                self.layout.fields.get("benefit", 0), cell.text, f"{subject.project}/{subject.id}", "", cells[0].row
            )
        of_it = self.properties.setdefault(subject, {})
        for field, value in (("category", category), *common.properties):
            other, row = of_it.setdefault(field, (value, cells[0].row))
            if other != value:
                self._contradict(cells[0].row, field, (value, other), subject, row)
        return subject

    def _name_subject(self, family: Family, name: str) -> Subject:
        """Return the benefit or cost of a name in its family: one that is there, or a new one."""
        names = self._families.get(family) or self._families.setdefault(family, self._list_family(family))
        id_ = names.resolve(name)
        if id_ in names.new and any(id_ in other.ids() for key, other in self._families.items()
                                    if key.project == family.project and key != family):  # fmt: skip
            id_ = names.rename(
                id_, f"{id_}-{'costs' if family.is_cost else 'money' if family.measure == 'money' else family.measure}"
            )
        subject = Subject(family.project, id_, family.is_cost, names.shown(id_))
        if id_ not in names.new:
            self.properties.setdefault(subject, dict(self._list_properties(subject)))
        return subject

    def _list_family(self, family: Family) -> Names:
        project = self.ledger.projects.get(family.project)
        stated = [] if project is None else project.costs.items() if family.is_cost else project.benefits.items()
        there = {id_: [cost.label] if cost.label else [] for id_, cost in stated if cost.measure == family.measure}
        return Names("benefit", there, self.rules.names.benefits)

    def _list_properties(self, subject: Subject) -> Iterator[tuple[str, tuple[str, int]]]:
        cost = self.ledger.stated(subject.project, subject.id)
        category = cost.category if isinstance(cost, Benefit) else "cost"
        cashability = cost.cashability if isinstance(cost, Benefit) else None
        for field, value in (
            ("category", category),
            ("area", cost.area),
            ("cashability", cashability),
            ("recurrence", cost.recurrence),
        ):
            if value:
                yield field, (value, 0)

    def _contradict(self, row: int, field: str, values: tuple[str, str], subject: Subject, other: int) -> None:
        where = f"row {other}" if other else "the ledger"
        message = f"'{values[0]}' is its {field} here, and '{values[1]}' in {where}, for one benefit: {subject.project}/{subject.id}"
        remedy = "write the same in each row, or give it a name of its own"
        column = self.layout.fields.get(field, self.layout.fields.get("category", 0))
        self.remarks.append(Remark(row, column, "unknown-value", message, remedy))


def _keep(find: Callable[[str], Found], text: str) -> Found | BadValue:
    """Return what a text is found to mean, or the fault in it."""
    try:
        return find(text)
    except BadValue as bad:
        return bad


def _find_measure(text: str) -> Found:
    """Return the measure, or the unit of money, that a cell names for the amount in its row."""
    if unit := find_unit(text):
        return Found(AmountKind(unit, "money"))
    return Found(AmountKind("", read_word("measure", text).value))


def _has_amount(cell: Cell) -> bool:
    return bool(cell.formula or cell.error or cell.day) or not is_nothing(cell.text)


def _unit_shown(cell: Cell) -> str:
    """Return pounds, if that is how a workbook shows the number in a cell."""
    return "£" if "£" in cell.number_format else ""


def _refuse_unread(cell: Cell, field: str) -> None:
    """Refuse what a workbook says of a cell and its text does not.

    Raises:
        BadValue: it is an error, a formula that was never worked out, or a date that is none.
    """
    if cell.error:
        message = f"'{cell.text}' is what a spreadsheet shows for a formula that fails"
        raise BadValue("unreadable-cell", message, "mend the formula, or write what should be there")
    if cell.formula and not cell.text:
        message = f"the formula '{cell.formula}' was never worked out"
        raise BadValue(
            "unreadable-cell", message, "open the workbook in a spreadsheet program and save it, or write the value"
        )
    if cell.day and field == "period":
        read_period_of(cell)
    if cell.day and field == "amount":
        raise BadValue("bad-amount", f"a date, {format_when(cell.text)}, in a column of amounts", "write the amount")


_ADVICE = {
    "project": "a project", "period": "a year; 'a year' or 'in all' where a paper names none", "source": "the paper that says so",
}  # fmt: skip


def _say_missing(field: str, *, column: bool) -> tuple[str, str]:
    """Return what is missing, and how to give it."""
    if column:
        return f"the {field} is blank", f"write {_ADVICE[field]} in each row"
    heading = HEADINGS[field][0].capitalize()
    return (
        f"no column gives the {field}",
        f"head one '{heading}', or name one with --column {field}=HEADING, or one for all with --every {field}=…",
    )
