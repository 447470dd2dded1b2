"""What stands on each worksheet of a workbook: titles, lines, headings and rows, before anything is written.

First what the Analysis Function asks for, a cover, the contents and the notes; then the summary tables, every flat
table that has rows, and what their columns hold.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from emcollab.publish.export.flat import Cells, Column, Flat
from emcollab.records.ledger import Figure
from emcollab.render.pages.totals import say_lapsed, say_mixed
from emcollab.render.pages.words import say_as_at
from emcollab.results.totals import PARTS, Totals
from emcollab.values.dates import format_day
from emcollab.values.money import say_amount
from emcollab.values.periods import say_period

_NOTHING = "[x]"


class SheetLink(str):
    """The name of a worksheet, which leads there."""

    __slots__ = ()


class Sheet(NamedTuple):
    """A worksheet: its title and the lines under it, then the headings and rows of its table, if it has one."""

    name: str
    title: str
    lines: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: Iterable[Cells] = ()


def make_sheets(flat: Flat) -> Iterator[Sheet]:
    """Yield the worksheets in order; a table without rows has none, as a note says."""
    summaries = [_summarise(flat, measure, totals) for measure, totals in flat.summaries.items()]
    filled = [table for table in flat.tables if any(table.rows)]
    tables = [
        Sheet(table.name, table.title, _TABLE_LINES, tuple(map(_head, table.columns)), table.rows) for table in filled
    ]
    numbered = tuple((f"[note {number}]", text) for number, text in enumerate(_list_notes(flat), start=1))
    notes = Sheet("notes", "Notes", (_ONE_TABLE,), ("Note", "Text"), numbered)
    held = tuple(
        (table.name, _head(column), column.kind, column.description) for table in filled for column in table.columns
    )
    headings = ("Worksheet", "Column", "Kind", "What it holds")
    columns = Sheet("columns", "Columns: what they hold", (_ONE_TABLE,), headings, held)
    listed = (notes, *summaries, *tables, columns)
    contents = tuple((SheetLink(sheet.name), sheet.title) for sheet in listed)
    cover = (
        "Every figure and record of the ledger, with the papers that they come from.",
        _say_day(flat),
        "Amounts are exact and not rounded: pounds, posts or hours, as the heading or the column Measure says.",
        "The worksheet contents lists the worksheets; the worksheet notes explains what stands behind the figures.",
        *flat.imprint,
        "Made by emcollab export.",
    )
    yield Sheet("cover", flat.title, cover)
    yield Sheet("contents", "Contents", (_ONE_TABLE,), ("Worksheet", "What is on it"), contents)
    yield from listed


_ONE_TABLE = "This worksheet contains one table."
_SUMMARY_LINES = (
    f"Some shorthand is used: {_NOTHING} is nothing stated.",
    "Some cells refer to notes, which are on the worksheet notes; see also [note 1], [note 4] and [note 5] there.",
)
_TABLE_LINES = (
    _ONE_TABLE,
    "Some cells are empty: no paper says, or the column does not apply to the row.",
    "The worksheet columns says what each column holds.",
)


def _list_notes(flat: Flat) -> Iterator[str]:
    yield (
        "Of several figures for one benefit and year, one stands: the latest actual; if there is none, the latest "
        "estimate or reported figure. A plan never stands. A total is the sum of the figures that stand."
    )
    yield "The years whose amount is an estimate, or includes one: what papers themselves call estimate or forecast."
    yield "Unclassified: the papers do not say whether these are savings or funding."
    yield f"{_NOTHING} in a cell: nothing stated. A nil that a paper states is 0."
    yield "Costs are in no total here. The worksheet figures has them, with the category cost."
    for totals in flat.summaries.values():
        for figure in totals.not_added:
            yield f"In no total, as it is not of one year: {_say(figure)}."
        yield from (say_lapsed([_say(figure)]) for figure in totals.lapsed)
        if totals.mixed:
            yield say_mixed(totals.mixed, totals.measure)
    empty = ", ".join(table.name for table in flat.tables if not any(table.rows))
    if empty:
        yield f"Tables without rows have no worksheet: {empty}."


def _say(figure: Figure) -> str:
    amount = say_amount(figure.amount, figure.measure)
    return f"{amount} {say_period(figure.period)} ({figure.basis}), {figure.project}/{figure.benefit}"


def _head(column: Column) -> str:
    return column.name.replace("_", " ").capitalize()


def _name_part(id_: str) -> str:
    """Return what to call a part of the total: `of which savings`, `of the savings: cashable`."""
    label, depth, _ = PARTS[id_]
    note = " [note 3]" if id_ == "unclassified" else ""
    return f"{('of which ', 'of the savings: ', 'of the cashable savings: ')[depth - 1]}{label}{note}"


def _summarise(flat: Flat, measure: str, totals: Totals) -> Sheet:
    """Return the summary table of a measure, `table_1` if it is money: areas, the total, and what it is made of."""
    unit = "£" if measure == "money" else measure
    lines = [(row.label, row.amounts, ", ".join(row.estimates) or "none") for row in totals.rows]
    lines.append(("TOTAL", totals.total, ", ".join(totals.estimates) or "none"))
    lines += [
        (_name_part(id_), amounts, ", ".join(totals.part_estimates[id_]) or "none")
        for id_, amounts in totals.subtotals.items()
    ]
    return Sheet(
        name="table_1" if measure == "money" else f"table_1_{measure}",
        title=f"{flat.title}, by area and financial year ({unit})",
        lines=(_ONE_TABLE, _say_day(flat), *_SUMMARY_LINES),
        headings=("Area", *(f"{year} ({unit})" for year in totals.years), "Years with an estimate [note 2]"),
        rows=tuple(
            (label, *(_NOTHING if amounts[year] is None else amounts[year] for year in totals.years), estimates)
            for label, amounts, estimates in lines
        ),
    )


def _say_day(flat: Flat) -> str:
    if flat.as_at:
        return say_as_at(flat.as_at)
    return "Every paper counts" + (f"; the latest is of {format_day(flat.dated)}." if flat.dated else ".")
