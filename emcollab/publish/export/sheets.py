"""What stands on each worksheet of a workbook: titles, lines, headings and rows, before anything is written.

First what the Analysis Function asks for, a cover, the contents and the notes; then the summaries, every flat table
that has rows, and what their columns hold.
"""

from collections.abc import Iterable, Iterator

from emcollab.publish.export.flat import Anew, Cells, Flat, FlatTable
from emcollab.publish.export.sheet import NOTHING, ONE_TABLE, Live, Sheet, SheetLink
from emcollab.publish.export.summaries import say_day, summarise
from emcollab.records.ledger import Figure, Ledger
from emcollab.render.pages.totals import say_lapsed, say_mixed
from emcollab.values.money import say_amount
from emcollab.values.periods import say_period

ORDER = (
    "figures", "projects", "benefits", "outcomes", "milestones", "recommendations", "forces", "areas", "sources",
    "benefit_statements", "project_statements", "project_forces", "project_statement_forces", "parts", "shares",
    "share_keys", "replacements", "published", "published_cells", "published_sums", "published_columns",
    "published_rows", "published_notes", "recommendation_sets", "ledger",
)  # fmt: skip
"""The flat tables as people would look for them. To add one: put it where they would."""


def make_sheets(flat: Flat) -> Iterator[Sheet]:
    """Yield the worksheets in order; a table without rows has none, as a note says."""
    summaries = list(summarise(flat))
    filled = sorted((table for table in flat.tables if any(table.rows)), key=_place)
    tables = [
        Sheet(_head(table.name), table.title, _TABLE_LINES, tuple(_head(column.name) for column in table.columns),
              _sort_rows(table))
        for table in filled
    ]  # fmt: skip
    numbered = tuple(
        (f"[note {number}]", text) for number, text in enumerate(_list_notes(flat, summaries, filled), start=1)
    )
    notes = Sheet("Notes", "Notes", (ONE_TABLE,), ("Note", "Text"), numbered)
    held = tuple(
        (_head(table.name), _head(column.name), column.kind, column.description)
        for table in filled
        for column in table.columns
    )
    headings = ("Worksheet", "Column", "Kind", "What it holds")
    columns = Sheet("Columns", "Columns: what they hold", (ONE_TABLE,), headings, held)
    listed = (notes, *summaries, *tables, columns)
    contents = tuple((SheetLink(sheet.name), sheet.title) for sheet in listed)
    cover = (
        "Every figure and record of the ledger, with the papers that they come from.",
        say_day(flat),
        "Amounts are exact and not rounded: pounds, posts or hours, as the heading or the column Measure says.",
        "The worksheet Contents lists the worksheets; the worksheet Notes explains what stands behind the figures.",
        *flat.imprint,
        "Made by emcollab export.",
    )
    yield Sheet("Cover", flat.title, cover)
    yield Sheet("Contents", "Contents", (ONE_TABLE,), ("Worksheet", "What is on it"), contents)
    yield from listed


_TABLE_LINES = (
    ONE_TABLE,
    "Some cells are empty: no paper says, or the column does not apply to the row.",
    "The worksheet Columns says what each column holds.",
)


def _list_notes(flat: Flat, summaries: Iterable[Sheet], filled: Iterable[FlatTable]) -> Iterator[str]:
    yield from _NOTES
    for totals in flat.totals.values():
        for figure in totals.not_added:
            yield f"In no total, as it is not of one year: {_say(figure, flat.ledger)}."
        yield from (say_lapsed([_say(figure, flat.ledger)]) for figure in totals.lapsed)
        if totals.mixed:
            yield say_mixed(totals.mixed, totals.measure)
    if written_out := "; ".join(_list_written_out(summaries)):
        yield (
            "A spreadsheet keeps 15 digits of a number: longer ones are texts here, which it takes for nil in a sum, "
            "and sums of large ones may come out a penny wrong. So these totals are no live sums, but exact texts: "
            f"{written_out}."
        )
    names = {table.name for table in filled}
    empty = ", ".join(_head(table.name) for table in sorted(flat.tables, key=_place) if table.name not in names)
    if empty:
        yield f"Tables without rows have no worksheet: {empty}."


_NOTES = (
    (
        "Of several figures for one benefit and year, one stands: the latest actual; if there is none, the latest "
        "estimate or reported figure. A plan never stands. A total is the sum of the figures that stand."
    ),
    "The years whose amount is an estimate, or includes one: what papers themselves call estimate or forecast.",
    "Unclassified: the papers do not say whether these are savings or funding.",
    f"{NOTHING} in a cell: nothing stated. A nil that a paper states is 0.",
    (
        "Costs are in no total by area, project or force. The worksheet Plan and outturn has them beside the benefits, "
        "and the worksheet Figures one by one, with the category cost."
    ),
    (
        "Totals are live sums: change an amount above them, and they follow. The row of savings follows the rows below "
        "it that it is the sum of (cashable, non-cashable, cashability not stated), and the columns Variance and Net "
        "follow those of which they are the difference. All other amounts are as the ledger has them."
    ),
    (
        "Plan and outturn is of savings and costs, and not of funding or what is unclassified. Plan, Estimate, Actual, "
        "At risk, Delayed and Not achievable are the latest of each; Benefit and Cost are what stands. Came of plans "
        "is what stands of the benefits and years that have a plan too, Planned of these their plans, and Variance the "
        "one less the other. Net is the benefit less the cost, where both are stated; in a total it is all benefits "
        "less all costs. Years are not added together: a total is of one year."
    ),
    (
        "Parts by force has a row for the part of each force in each figure that stands, and for what no paper divides "
        "(Not apportioned). Added up by year they are the totals of By force. A benefit has 0 under Cost, and a cost 0 "
        "under Benefit, so that a pivot adds up either. The column Figure is that of the worksheet Figures."
    ),
)
"""What is always said. The worksheets refer to these by number."""


def _list_written_out(summaries: Iterable[Sheet]) -> Iterator[str]:
    """Yield each worksheet with totals that are no formulas, and the headings of the columns in which they are."""
    for sheet in summaries:
        if isinstance(sheet.rows, Anew):  # it is long, and has no totals
            continue
        live = (
            (heading, cell)
            for row in sheet.rows
            for heading, cell in zip(sheet.headings, row, strict=True)
            if isinstance(cell, Live)
        )
        if headings := dict.fromkeys(heading for heading, cell in live if not cell.formula):
            yield f"{sheet.name}, {', '.join(headings)}"


def _say(figure: Figure, ledger: Ledger) -> str:
    amount = say_amount(figure.amount, figure.measure)
    return f"{amount} {say_period(figure.period)} ({figure.basis}), {ledger.label(figure.project, figure.benefit)}"


def _head(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _sort_rows(table: FlatTable) -> Iterable[Cells]:
    """Return the rows as people look for them: projects by name, all others as every export has them."""
    if table.name != "projects":
        return table.rows
    name = [column.name for column in table.columns].index("name")
    return sorted(table.rows, key=lambda row: str(row[name]).casefold())


def _place(table: FlatTable) -> int:
    return ORDER.index(table.name) if table.name in ORDER else len(ORDER)
