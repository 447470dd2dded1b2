"""The record of a printed table, drafted from a sheet: what it says, what it was held to be, and what is doubtful."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from emcollab.checks import ARITHMETIC, run_checks
from emcollab.checks.printed import write_off
from emcollab.loading.mending import read_record
from emcollab.records.base import id_meant
from emcollab.records.ledger import Ledger, table_path
from emcollab.records.published import TOTAL, Published
from emcollab.results.arithmetic import OUT, Arithmetic, Position, work_out
from emcollab.results.reconcile import AT_ODDS, NOT_IN_LEDGER, Reconciliation, reconcile_tables
from emcollab.values.problems import Fault, Keys, suggest
from emcollab.writing.printed.columns import Column, read_cells, recognise_columns
from emcollab.writing.printed.layout import Layout, find_layout, quote, say
from emcollab.writing.printed.rows import Named, Row, names_years, recognise_rows
from emcollab.writing.printed.words import Keys as Said
from emcollab.writing.sheet import Remark, Sheet, name_column


class Request(NamedTuple):
    """What the user says of a table: its paper, what rows stand for, and what the sheet does not tell or tells wrongly.

    `names` say what names in the sheet mean that the ledger does not have. `columns` and `rows` are keys of columns and
    rows by label; `accepted` has the reasons why cells are off, by row and column of the sheet.
    """

    source: str
    by: str = ""
    id: str = ""
    at: str = ""
    title: str = ""
    unit: str = ""
    names: Mapping[str, str] = {}
    columns: Mapping[str, Said] = {}
    rows: Mapping[str, Said] = {}
    accepted: Mapping[tuple[int, int], str] = {}


class Draft(NamedTuple):
    """A table's record as values of its file, its id, its own sums, and remarks on the sheet, sorted by place.

    `places` are row and column in the sheet of each cell of the record, and `labels` those of its lines; `counts` say
    where the cells of the sheet stand. There are no sums if the record cannot be read.
    """

    id: str
    value: dict[str, Any]
    remarks: list[Remark]
    arithmetic: Arithmetic | None = None
    reconciliation: Reconciliation | None = None
    places: Mapping[Position, tuple[int, int]] = {}
    labels: Sequence[str] = ()
    counts: Mapping[str, int] = {}

    @property
    def path(self) -> str:
        """The path of its file in a data folder."""
        return table_path(self.id)


def draft_table(sheet: Sheet, request: Request, ledger: Ledger) -> Draft:
    """Return the draft of the table on `sheet`, to stand in `ledger`.

    Raises:
        BadValue: there is no table on the sheet.
    """
    layout = find_layout(sheet)
    layout = layout._replace(unit=request.unit or layout.unit)
    names = Named(request.by, ledger, request.names)
    is_transposed = names_years(layout.lines)
    columns, of_columns = recognise_columns(
        layout, request.columns, is_compared=bool(request.by), is_transposed=is_transposed
    )
    if is_transposed and request.by:
        columns, more = _name_columns(layout, columns, names, request)
        told = {(remark.row, remark.column) for remark in more}
        of_columns = [*(remark for remark in of_columns if (remark.row, remark.column) not in told), *more]
    rows, of_rows = recognise_rows(layout, columns, names, request.rows, is_transposed=is_transposed)
    remarks = [*sheet.remarks, *layout.remarks, *of_columns, *of_rows, *_find_strangers(layout, request)]
    table = _Table(layout, columns, rows, names, request)
    return table.check(ledger, remarks)


def _name_columns(
    layout: Layout, columns: list[Column], names: Named, request: Request
) -> tuple[list[Column], list[Remark]]:
    """Return the columns of a table with years down: each with the id of what it stands for."""
    named, remarks = [], []
    for column in columns:
        label = column.heading.label
        if label in request.columns or "adds" in column.keys or column.keys.get("compare") == "false":
            named.append(column)
        elif id_ := names.find(label):
            named.append(column._replace(keys={names.by: id_, **column.keys}))
            remarks.append(say(layout.head, column.heading.column, f"'{label}': {names.by} {id_}"))
        else:
            named.append(column._replace(keys={"compare": "false"}))
            remedy = f"say which it is with --heading {quote(label)} '{names.by}: …'"
            remark = say(layout.head, column.heading.column, f"there is no {names.by} '{label}'; it is not compared")
            remarks.append(remark._replace(code=f"unknown-{names.by}", help=remedy))
    return named, remarks


def _find_strangers(layout: Layout, request: Request) -> Iterator[Remark]:
    """Yield a remark for each column and row of which the user says something, and that is not there."""
    for what, there, said in (
        ("column", [heading.label for heading in layout.headings], request.columns),
        ("row", [line.label for line in layout.lines if line.label], request.rows),
    ):
        for label in said:
            if label not in there:
                yield Remark(0, 0, f"unknown-{what}", f"the table has no {what} '{label}'", suggest(label, there))


class _Table:
    """What is known of a table, to make its record of it and to find in the sheet what is wrong with that."""

    def __init__(self, layout: Layout, columns: list[Column], rows: list[Row], names: Named, request: Request) -> None:
        self.layout = layout
        self.columns = columns
        self.rows = rows
        self.names = names
        self.request = request
        self.at, self.title = _find_place(request, layout.title)
        self.id = request.id or id_meant(f"{request.source} {self.at}")
        self.remarks: list[Remark] = []

    def make(self, accepted: list[dict[str, str]]) -> dict[str, Any]:
        """Return the values of the record."""
        unit = self.layout.unit
        value = {
            "source": self.request.source, "at": self.at, "title": self.title, "by": self.request.by,
            "unit" if unit.startswith("£") else "measure": unit,
            "sign": "negative" if self._is_below_nil() else "", **self._make_columns(),
            "rows": {row.id: self._make_row(row) for row in self.rows if row.id != TOTAL},
            "totals": next((self._make_row(row) for row in self.rows if row.id == TOTAL), None),
            "footnotes": self.layout.notes, "accepted_differences": accepted,
        }  # fmt: skip
        return {name: item for name, item in value.items() if item}

    def check(self, ledger: Ledger, remarks: list[Remark]) -> Draft:
        """Return the draft, with all that is wrong with it told at its place in the sheet."""
        value = self.make([])
        reading = read_record(table_path(self.id), Published, value)
        remarks += [self._place(fault) for fault in reading.faults]
        if reading.record is None or any(fault.keys for fault in reading.faults):
            return Draft(self.id, value, _in_order(remarks), counts=self.layout.counts)
        arithmetic, result = self._work_out(reading.record, ledger)
        if self.request.accepted:
            value = self.make(list(self._accept(arithmetic, result, remarks)))
            table = read_record(table_path(self.id), Published, value).record or arithmetic.table
            arithmetic, result = self._work_out(table, ledger)
        lacking = self._find_lacking(result) if result else {}
        remarks += [self._say_lacking(label, count) for label, count in lacking.items()]
        asked = {(remark.row, remark.column) for remark in remarks if remark.stops}
        for fault in self._find_faults(arithmetic, ledger):
            remark = self._place(fault)
            is_told = fault.code == "unclear-column" and (remark.row, remark.column) in asked
            if not is_told and not self._is_of(lacking, fault, result):
                remarks.append(remark)
        grid = arithmetic.grid
        places = {place: self._place_of((*grid.lines[place[0]].keys, place[1])) for place in grid.cells}
        counts = self.layout.counts
        labels = [self._label_of(line.id) for line in grid.lines]
        return Draft(self.id, value, _in_order(remarks), arithmetic, result, places, labels, counts)

    # --- the record

    def _make_columns(self) -> dict[str, Any]:
        labels = [column.heading.label for column in self.columns]
        if all(column.keys == {"period": column.heading.label} for column in self.columns):
            return {"years": labels}
        return {"columns": [{"label": column.heading.label, **column.keys} for column in self.columns]}

    def _make_row(self, row: Row) -> Any:  # noqa: ANN401 - a list of cells, or a mapping
        cells = list(row.line.cells)
        label = row.line.label or (row.id if row.id != TOTAL else "")
        if row.id == TOTAL:
            return {"label": label, "cells": cells} if label else cells
        if not row.keys and cells and self.names.names.get(row.id) == label:
            return cells
        return {"label": label, **row.keys, **({"cells": cells} if cells else {})}

    def _is_below_nil(self) -> bool:
        """Return whether most figures of the table, but for costs, are printed below nil."""
        cells = read_cells(self.layout, self.columns)
        figures = [at for at, column in enumerate(self.columns)
                   if column.is_added and "adds" not in column.keys
                   and column.keys.get("category") != "cost"]  # fmt: skip
        numbers = [cell.number for (_, at), cell in cells.items() if at in figures and cell.number]
        return bool(numbers) and sum(1 for number in numbers if number < 0) * 4 > 3 * len(numbers)

    # --- what is wrong with it

    def _work_out(self, table: Published, ledger: Ledger) -> tuple[Arithmetic, Reconciliation | None]:
        arithmetic = work_out(self.id, table)
        known = table.source in ledger.sources
        return arithmetic, reconcile_tables(ledger, [arithmetic])[0] if known else None

    def _find_faults(self, arithmetic: Arithmetic, ledger: Ledger) -> dict[Fault, None]:
        """Return what `validate` would say of the table; of its own sums, even if something else is wrong with it."""
        only = replace(ledger, published={self.id: arithmetic.table})
        faults = dict.fromkeys(fault for fault in run_checks(only) if fault.path == table_path(self.id))
        for check in ARITHMETIC:
            faults |= dict.fromkeys(fault._replace(code=check.code) for fault in check.find([arithmetic]))
        return faults

    def _accept(
        self, arithmetic: Arithmetic, result: Reconciliation | None, remarks: list[Remark]
    ) -> Iterator[dict[str, str]]:
        """Yield the entries for what the user accepts: of a cell each difference once."""
        grid = arithmetic.grid
        off = [(own.place, own.difference) for own in arithmetic.sums if own.verdict == OUT]
        off += [(cell.place, cell.difference * grid.sign_of(cell.place))
                for cell in (result.cells if result else ()) if cell.verdict in AT_ODDS]  # fmt: skip
        for (row, column), why in self.request.accepted.items():
            found = {
                write_off(difference, grid.unit_of(place)): place
                for place, difference in off
                if self._place_of((*grid.lines[place[0]].keys, place[1])) == (row, column)
            }
            if not found:
                message = "there is no difference in the cell to accept"
                remarks.append(Remark(row, column, "needless-acceptance", message, "take its --accept out"))
            for text, place in found.items():
                label = grid.columns[place[1]].label
                yield {"row": grid.lines[place[0]].id, "column": label, "off": text, "why": why}

    def _find_lacking(self, result: Reconciliation) -> dict[str, int]:
        """Return the columns of which the ledger has none of the figures that are printed, and how many these are."""
        lacking = {}
        for column in result.grid.columns:
            cells = [
                cell for cell in result.cells if cell.label == column.label and cell.printed and not cell.is_computed
            ]
            unheld = [cell for cell in cells if cell.verdict == NOT_IN_LEDGER]
            if len(unheld) > 1 and len(unheld) == sum(1 for cell in cells if cell.verdict in AT_ODDS or cell.ledger):
                lacking[column.label] = len(unheld)
        return lacking

    def _say_lacking(self, label: str, count: int) -> Remark:
        message = f"the ledger has none of the {count} figures in '{label}'"
        remedy = "state them in their projects, say what the column is with --heading, or leave --by out"
        column = next(column.heading.column for column in self.columns if column.heading.label == label)
        return Remark(self.layout.head, column, "unreconciled-cell", message, remedy)

    def _is_of(self, lacking: Mapping[str, int], fault: Fault, result: Reconciliation | None) -> bool:
        """Return whether a fault is of a cell in a column that is told as a whole."""
        return bool(
            result and fault.code.startswith("unreconciled-") and isinstance(fault.keys[-1], int)
            and result.grid.columns[fault.keys[-1]].label in lacking
        )  # fmt: skip

    def _label_of(self, id_: str) -> str:
        return next(row.line.label for row in self.rows if row.id == id_)

    def _place(self, fault: Fault) -> Remark:
        """Return what is wrong with the record as a remark on the sheet."""
        row, column = self._place_of(fault.keys)
        remedy = fault.help
        if fault.code in {"unexplained-sum", "unreconciled-cell", "unreconciled-total"}:
            remedy += f" (--accept {row}:{name_column(column)} 'why')"
        names = {fault.missing, *fault.lacking, *map(str, fault.keys[:1])}
        if option := next((option for name, option in _OPTIONS.items() if name in names), ""):
            remedy += f" ({option})"
        return Remark(row, column, fault.code, fault.message, remedy)

    def _place_of(self, keys: Keys) -> tuple[int, int]:
        """Return row and column in the sheet of what stands at `keys` of the record; 0 for what stands nowhere."""
        lines = {row.id: row.line for row in self.rows}
        match keys:
            case ("columns" | "years", int(at), *_):
                return self.layout.head, self.columns[at].heading.column
            case ("rows", str(id_), *way) if id_ in lines:
                line = lines[id_]
            case ("totals", *way) if TOTAL in lines:
                line = lines[TOTAL]
            case _:
                return 0, 0
        if way and isinstance(way[-1], int) and way[0] not in {"adds", "less"}:
            return line.row, self.columns[way[-1]].heading.column
        return line.row, self.layout.column


_OPTIONS = {"title": "--title", "unit": "--unit", "measure": "--unit", "source": "--source"}
"""The options by which what a sheet lacks is given."""


def _find_place(request: Request, title: str) -> tuple[str, str]:
    """Return the place in the paper, and the title without it, where the title begins with that: `Table 4: Savings`."""
    found = re.fullmatch(rf"({_PLACE})\.?(?:\s*[-\u2013:.]\s*|\s+)(\S.*)", title)
    at, rest = (found[1], found[2]) if found else ("", title)
    return request.at or at, request.title or rest


_PLACE = "(?:Table|Appendix|Annex|Schedule) [0-9A-Z][0-9A-Za-z.]*?"


def _in_order(remarks: list[Remark]) -> list[Remark]:
    return sorted(dict.fromkeys(remarks), key=lambda remark: (remark.row, remark.column))
