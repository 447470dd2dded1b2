"""What can be wrong with printed tables, in themselves and beside the ledger."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from emcollab.records.ledger import Ledger, project_path, table_path
from emcollab.records.published import TOTAL, AcceptedDifference, PrintedColumn, PrintedLine, Published
from emcollab.results.arithmetic import OUT, Arithmetic, Sum, is_off_by
from emcollab.results.printed import PERCENTAGE, UNREADABLE
from emcollab.results.reconcile import ACCEPTED, AT_ODDS, NOT_IN_LEDGER, ReconciledCell, Reconciliation, show_as_printed
from emcollab.results.totals import ROWS
from emcollab.values.dates import format_day
from emcollab.values.money import format_amount, places_needed
from emcollab.values.problems import Fault, Keys, Names, Place

# --- in themselves


def uneven_row(ledger: Ledger) -> Iterator[Fault]:
    """Yield each row with too few cells or too many."""
    for id_, table in ledger.published.items():
        width = len(table.headings)
        for line in table.lines():
            if not line.is_heading and len(line.cells) != width:
                rests_on = tuple((table_path(id_), keys) for keys in (line.keys, ("years",), ("columns",)))
                message = f"{len(line.cells)} cells under {width} columns"
                yield Fault(
                    table_path(id_), line.keys, message, _say_even(line.cells, width), on_key=True, rests_on=rests_on
                )


def _say_even(cells: list[str], width: int) -> str:
    for first, second in pairwise(cells):
        number = f"{first},{second}"
        if len(cells) > width and _CUT.fullmatch(number):
            return f'a comma ends a cell: put a number with commas in quotes, "{number}"'
    return 'give one cell a column, "" for an empty one'


_CUT = re.compile(r"[-(]*£?[0-9]{1,3},[0-9]{3}(\.[0-9]+)?\)?", re.ASCII)


def unknown_row(ledger: Ledger) -> Iterator[Fault]:
    """Yield each row that stands for nothing, and each naming of a row that the table does not have."""
    there: dict[str, Names] = {}
    for id_, table in ledger.published.items():
        path = table_path(id_)
        lines = {line.id: line for line in table.lines()}
        if table.by and table.by not in there:
            there[table.by] = Names(ROWS[table.by].labels(ledger))
        if table.by:
            yield from _find_meaningless(path, table, lines.values(), there[table.by])
        names = Names(lines)
        for keys, row in _list_namings(table, lines.values()):
            if row not in names:
                yield Fault(
                    path, keys, f"the table has no row '{row}'", names.suggest(row), rests_on=((path, ("rows",)),)
                )


def _find_meaningless(path: str, table: Published, lines: Iterable[PrintedLine], names: Names) -> Iterator[Fault]:
    """Yield each row that is to stand for one of some records, and whose id is the name of none."""
    by = str(table.by)
    held = [column for column in table.headings if column.compare and not column.is_computed]
    if all(getattr(column, by, None) for column in held):
        return  # every column says itself what its cells are of
    for line in lines:
        row = line.row
        if not line.cells or line.id == TOTAL or not row.compare or row.is_computed or getattr(row, by, None):
            continue
        if line.id not in names:
            remedy = names.suggest(line.id)
            if not names.find_near(line.id):
                remedy = f"{remedy}; if the ledger does not hold it, write 'compare: false' and its cells"
            rests_on = ((path, ("by",)), *_homes(by, line.id))
            message = f"there is no {by} '{line.id}'"
            yield Fault(path, ("rows", line.id), message, remedy, on_key=True, rests_on=rests_on)


def _list_namings(table: Published, lines: Iterable[PrintedLine]) -> Iterator[tuple[Keys, str]]:
    """Yield each row that a row adds, takes away or is a percentage of, and each in which a difference is accepted."""
    for line in lines:
        for name in ("adds", "less"):
            yield from (
                (("rows", line.id, name, position), other) for position, other in enumerate(getattr(line.row, name))
            )
        if line.row.of:
            yield ("rows", line.id, "of"), line.row.of
    for position, accepted in enumerate(table.accepted_differences):
        yield ("accepted_differences", position, "row"), accepted.row


def _homes(by: str, row: str) -> Iterator[Place]:
    """Yield where the area, force, project or benefit of a row would be."""
    if by in {"area", "force"}:
        yield f"{by}s.yaml", (row,)
    if by == "benefit":
        project, _, benefit = row.partition("/")
        yield from ((project_path(project), (kind, benefit)) for kind in ("benefits", "costs"))


def unknown_column(ledger: Ledger) -> Iterator[Fault]:
    """Yield each naming of a column that the table does not have."""
    for id_, table in ledger.published.items():
        path = table_path(id_)
        names = Names(column.label for column in table.headings)
        places: list[tuple[Keys, str]] = [
            (("accepted_differences", position, "column"), accepted.column)
            for position, accepted in enumerate(table.accepted_differences)
        ]
        for position, column in enumerate(table.columns):
            for name in ("adds", "less"):
                places += [
                    (("columns", position, name, place), other) for place, other in enumerate(getattr(column, name))
                ]
            if column.of:
                places.append((("columns", position, "of"), column.of))
        for keys, label in places:
            if label not in names:
                rests_on = ((path, ("years",)), (path, ("columns",)))
                yield Fault(path, keys, f"the table has no column '{label}'", names.suggest(label), rests_on=rests_on)


def circular_sum(ledger: Ledger) -> Iterator[Fault]:
    """Yield each row or column that is worked out from itself; of several that are from each other, one."""
    remedy = "take one name out of 'adds', 'less' or 'of', so that there is no circle"
    for id_, table in ledger.published.items():
        columns = {column.label: [*column.adds, *column.less, *filter(None, [column.of])] for column in table.columns}
        places = {column.label: ("columns", position) for position, column in enumerate(table.columns)}
        for label in _find_circles(columns):
            yield Fault(table_path(id_), places[label], f"'{label}' is worked out from itself", remedy)
        lines = [line for line in table.lines() if line.id != TOTAL]
        rows = {line.id: [*line.row.adds, *line.row.less, *filter(None, [line.row.of])] for line in lines}
        rows[TOTAL] = [line.id for line in lines if line.cells and line.row.in_total and not line.row.is_computed]
        for row in _find_circles(rows):
            yield Fault(table_path(id_), ("rows", row), f"'{row}' is worked out from itself", remedy, on_key=True)


def _find_circles(parts: Mapping[str, list[str]]) -> list[str]:
    """Return of each circle of rows or columns, by the parts of each, the one by which it was come upon."""
    found: dict[str, None] = {}
    done: set[str] = set()
    for name in parts:
        way = {name: iter(parts[name])} if name not in done else {}
        while way:
            here = next(reversed(way))
            part = next(way[here], None)
            if part is None:
                del way[here]
                done.add(here)
            elif part in way:
                found[part] = None
            elif part in parts and part not in done:
                way[part] = iter(parts[part])
    return list(found)


def unclear_column(ledger: Ledger) -> Iterator[Fault]:
    """Yield each column that says neither what it holds, nor how it is worked out, nor that it is not compared."""
    for id_, table in ledger.published.items():
        rows_have_periods = all(
            line.row.period
            for line in table.lines()
            if line.cells and line.id != TOTAL and line.row.compare and not line.row.is_computed
        )
        for position, column in enumerate(table.columns):
            has_period = column.period or rows_have_periods
            if column.of and not column.is_computed:
                message = f"'{column.label}' is a percentage of '{column.of}', and nothing says what is"
                yield Fault(
                    table_path(id_), ("columns", position, "of"), message, "write what it is of it: 'adds: [Achieved]'"
                )
            elif table.by and column.compare and not column.is_computed and not has_period:
                message = f"nothing says what the column '{column.label}' holds"
                remedy = (
                    "write 'period: 2010/11' for figures, 'adds' for what the paper works out, or 'compare: false' for "
                    "what the ledger does not hold"
                )
                yield Fault(table_path(id_), ("columns", position), message, remedy)


def unreadable_cell(tables: Iterable[Arithmetic]) -> Iterator[Fault]:
    """Yield each cell of figures, or of sums, that cannot be read."""
    for own in tables:
        for keys, line, column, text in _list_cells(own, UNREADABLE):
            if not own.grid.accepted_in(line.id, column.label):
                message = f"'{text}' cannot be read as a number"
                remedy = (
                    "write the cell as it is printed; if it is, accept the difference, or write 'compare: false' for "
                    "its row or column"
                )
                yield Fault(table_path(own.id), keys, message, remedy)


def unread_percentage(tables: Iterable[Arithmetic]) -> Iterator[Fault]:
    """Yield each percentage in a column of amounts."""
    for own in tables:
        for keys, line, column, text in _list_cells(own, PERCENTAGE):
            if not column.of and not line.row.of:
                message = f"'{text}' is a percentage, in a column of amounts"
                remedy = "say what it is a percentage of, with 'adds' and 'of', or write 'compare: false'"
                yield Fault(table_path(own.id), keys, message, remedy)


def _list_cells(own: Arithmetic, kind: str) -> Iterator[tuple[Keys, PrintedLine, PrintedColumn, str]]:
    """Yield the cells of one kind that are compared with something: their place, row, column and text."""
    for (row, column), cell in own.grid.cells.items():
        line, heading = own.grid.lines[row], own.grid.columns[column]
        if cell.kind == kind and line.row.compare and heading.compare:
            yield (*line.keys, column), line, heading, line.cells[column]


# --- beside the ledger, and beside themselves


def needless_acceptance(results: Iterable[Reconciliation]) -> Iterator[Fault]:
    """Yield each acceptance without a difference."""
    for result in results:
        needed = {(cell.row, cell.label) for cell in result.cells if cell.verdict in {ACCEPTED, *AT_ODDS}}
        needed |= {(own.row, own.label) for own in result.sums if own.why or own.verdict == OUT}
        seen: dict[tuple[str, str], list[AcceptedDifference]] = {}
        for position, accepted in enumerate(result.table.accepted_differences):
            earlier = seen.setdefault((accepted.row, accepted.column), [])
            twice = earlier and (accepted.off in [each.off for each in earlier] or not _is_of_use(result, accepted))
            if twice or (accepted.row, accepted.column) not in needed:
                keys = ("accepted_differences", position)
                message = f"there is no difference in '{accepted.row}', {accepted.column}, to accept"
                if twice:
                    message = f"a difference in '{accepted.row}', {accepted.column}, is accepted twice"
                yield Fault(table_path(result.id), keys, message, "take the entry out, or mend its row and column")
            earlier.append(accepted)


def _is_of_use(result: Reconciliation, accepted: AcceptedDifference) -> bool:
    """Return whether a cell is off by what an entry accepts, beside the ledger or its own parts."""
    place = (accepted.row, accepted.column)
    differences = [(own.place, own.difference) for own in result.sums if (own.row, own.label) == place]
    differences += [
        (cell.place, cell.difference * result.grid.sign_of(cell.place))
        for cell in result.cells
        if (cell.row, cell.label) == place
    ]
    return any(is_off_by(result.grid, *each, accepted) for each in differences)


def unexplained_sum(tables: Iterable[Arithmetic]) -> Iterator[Fault]:
    """Yield each printed sum or percentage that is not what its parts come to, by more than rounding can explain.

    A cell that is off by as much down as across is told once.
    """
    for printed in tables:
        told: set[object] = set()
        for own in printed.sums:
            if own.verdict == OUT and (own.place, own.difference) not in told:
                told.add((own.place, own.difference))
                line = printed.grid.lines[own.place[0]]
                text, what = line.cells[own.place[1]], "percentage" if own.unit == "%" else "sum"
                message = (
                    f"the paper prints '{text}' for {own.row}, {own.label}, and its own {what} comes to "
                    f"{_show(own.worked_out, own)}"
                )
                off = _quote(write_off(own.difference, own.unit))
                remedy = (
                    f"check the cells; if they are as printed, accept it: {{row: {_quote(own.row)}, "
                    f"column: {_quote(own.label)}, off: {off}, why: …}}"
                )
                if printed.grid.accepted_in(own.row, own.label):
                    remedy = f"what is accepted is another difference: this one is {off}"
                yield Fault(table_path(printed.id), (*line.keys, own.place[1]), message, remedy)


def _show(amount: Decimal, own: Sum) -> str:
    if own.unit == "%":
        return f"{amount:f}%"
    return format_amount(amount, own.unit, places_needed(amount, own.unit))


def write_off(amount: Decimal, unit: str) -> str:
    """Return by how much a cell is off, in pounds, posts, hours or per cent, as `off` is written."""
    if unit == "%":
        return f"{amount:f}%"
    if unit not in {"£", "£k", "£m"}:
        return f"{amount.normalize():f}"
    shown = format_amount(amount, unit, places_needed(amount, unit), sign=True)
    return f"{shown}{unit.removeprefix('£')}"


def _quote(text: str) -> str:
    """Return a text as it is to be written between braces: in quotes, if it would not be one text without them."""
    return text if re.fullmatch(r"[\w£-][^,:#{}\[\]\"\\]*", text) else json.dumps(text, ensure_ascii=False)


def unreconciled_cell(results: Iterable[Reconciliation]) -> Iterator[Fault]:
    """Yield each cell that does not follow from the ledger."""
    yield from _find_at_odds(results, is_computed=False)


def unreconciled_total(results: Iterable[Reconciliation]) -> Iterator[Fault]:
    """Yield each total, sub-total or computed cell that does not follow, though its parts and the paper's sum do."""
    yield from _find_at_odds(results, is_computed=True)


def _find_at_odds(results: Iterable[Reconciliation], *, is_computed: bool) -> Iterator[Fault]:
    for result in results:
        held = {cell.label for cell in result.cells if cell.printed and cell.verdict != NOT_IN_LEDGER}
        unheld = {column.label for column in result.table.columns} - held
        for cell in result.cells:
            if cell.verdict in AT_ODDS and cell.is_computed == is_computed:
                keys = (*result.grid.lines[cell.place[0]].keys, cell.place[1])
                yield Fault(table_path(result.id), keys, *_say_difference(result, cell, unheld))


def _say_difference(result: Reconciliation, cell: ReconciledCell, unheld: Collection[str]) -> tuple[str, str]:
    """Return that `cell` does not follow from the ledger, and what to mend.

    `unheld` are the columns of which the ledger holds nothing that is printed.
    """
    grid, place = result.grid, cell.place
    ledger_has = show_as_printed(grid, place, cell.ledger)
    day = format_day(result.day)
    message = f"the paper prints '{cell.text}' for {cell.row}, {cell.label}; as at {day} the ledger has {ledger_has}"
    files = [project_path(project) for project in cell.projects]
    if cell.printed and cell.ledger and abs(cell.printed + cell.ledger) <= grid.cells[place].half:
        sign = "negative" if grid.sign_of(place) > 0 else "positive"
        mend = f"write 'sign: {sign}' for its table, column or row"
    elif files:
        mend = f"put the paper's own figures back in {', '.join(files)} and state later ones in a new statement"
    elif cell.label in unheld:
        mend = "say what the column is: which figures ('period', 'basis', …), a sum ('adds'), or 'compare: false'"
    else:
        mend = "state the paper's figures in the project that they are of"
    off = _quote(write_off(cell.difference * grid.sign_of(place), grid.unit_of(place)))
    if grid.accepted_in(cell.row, cell.label):
        return message, f"{mend}; what is accepted is another: this one is {off}"
    return message, f"if the cell is as printed, {mend}, or accept the difference with 'off: {off}'"
