"""Reconciliation: a table as a paper printed it, against the ledger as at the paper's date.

Print is text: `-`, `Nil`, `(0.5)`, `TBC`, `120.0*`. A cell agrees if the ledger's amount, rounded to as many
decimals as are printed, is what is printed. A difference that somebody has looked at is *accepted*, with a
reason; one that nobody has is a problem of the data.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from emcollab.records.ledger import Figure, Ledger
from emcollab.records.published import AcceptedDifference, PrintedColumn, Published
from emcollab.results.standing import Subject, outranks
from emcollab.results.totals import divide
from emcollab.values.money import LARGEST, POUNDS, format_amount, places_needed

AGREES = "agrees"
DIFFERS = "differs"
ACCEPTED = "accepted"
NOT_IN_LEDGER = "not in the ledger"
NOT_PRINTED = "not printed"

TOTAL = "total"
"""The row of totals, where rows are named."""


class ReconciledCell(NamedTuple):
    """One printed cell beside the ledger.

    `row` is the id of the row, or `TOTAL`; `label` the heading of its column, at `position` from 0. `printed`
    is the amount that the text states and `ledger` the ledger's, both in pounds, posts or hours and with
    the sign of the ledger; `None` where nothing is stated. `why` is the reason of an accepted difference.
    """

    row: str
    label: str
    position: int
    text: str
    printed: Decimal | None
    ledger: Decimal | None
    verdict: str
    why: str
    figures: tuple[Figure, ...]

    @property
    def difference(self) -> Decimal:
        """What is printed less what the ledger has, nothing counting as nil."""
        return (self.printed or Decimal(0)) - (self.ledger or Decimal(0))


class Sum(NamedTuple):
    """The paper's own arithmetic in one column: what its rows add up to, and the total it prints.

    `agrees` allows for rounding of the rows; `accepted` says that somebody has explained the difference.
    """

    label: str
    position: int
    rows: Decimal
    printed: Decimal
    agrees: bool
    accepted: bool


class Reconciliation(NamedTuple):
    """A printed table, cell by cell, with the row of totals last, and its own sums, as at the `day` of its paper.

    `missing` are the ids of rows for which the ledger has figures in the table's columns, but the table no row.
    """

    id: str
    table: Published
    day: date
    cells: tuple[ReconciledCell, ...]
    sums: tuple[Sum, ...]
    missing: tuple[str, ...]


class Unreadable(ValueError):  # noqa: N818 - a fault of the data, which a check reports
    """A printed cell that states an amount, but not one that can be read."""


def read_cell(text: str, unit: str | None) -> Decimal | None:
    """Return the number that a printed cell states, in the `unit` of its table; `None` if it states nothing.

    A `-`, a blank, `TBC`, `n/a` and the like state nothing, and so does `20%`, which is no amount; `Nil` states
    0. Brackets mean minus, and marks of footnotes (`*`, `(a)`, a raised letter) do not count.

    Raises:
        Unreadable: the text has digits, but is no number, or one that no amount can be.
    """
    bare = _MARKS.sub("", re.sub(r"\s", "", text))
    if bare.casefold() == "nil":
        return Decimal(0)
    if _PERCENTAGE.fullmatch(bare):
        return None
    found = _NUMBER.fullmatch(bare)
    if found and found[4]:
        number = Decimal(found[4].replace(",", ""))
        if number <= LARGEST / POUNDS.get(unit or "", 1):
            return -number if found[1] or found[2] or found[3] else number
    if re.search("[0-9]", bare):
        raise Unreadable(text)
    return None


_PERCENTAGE = re.compile(r"[(\-−–]?[0-9.,]+%\)?", re.ASCII)  # noqa: RUF001 - any kind of minus
_NUMBER = re.compile(r"(\()?([-−–])?£?(\()?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]{1,8})?)\)?")  # noqa: RUF001 - papers print dashes for a minus
_MARKS = re.compile(r"[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]|\[[a-z0-9]\]|\([a-z]\)|(?<=[0-9)])[a-jln-z]$")
"""Marks of footnotes: signs, raised digits and letters, letters in brackets; not the `k` and `m` of a unit."""


def decimals_of(text: str) -> int:
    """Return how many decimals a printed number has; pence in millions have eight, and more cannot be read."""
    found = re.search(r"\.([0-9]{1,8})", text)
    return len(found[1]) if found else 0


def reconcile(ledger: Ledger, ids: Iterable[str]) -> list[Reconciliation]:
    """Return each of the published tables `ids` beside the ledger as at the date of its paper."""
    tables = {id_: (ledger.published[id_], ledger.sources[ledger.published[id_].source].date) for id_ in ids}
    columns = _find_columns(ledger, tables.values()) if tables else {}
    return [_reconcile(id_, table, day, columns) for id_, (table, day) in tables.items()]


def show_as_printed(table: Published, amount: Decimal | None, least: int = 0) -> str:
    """Return an amount of the ledger in the table's unit and sign; `nothing` for none.

    It has the decimals that it needs, and at `least` so many.
    """
    if amount is None:
        return "nothing"
    unit = table.unit or str(table.measure)
    return format_amount(amount * _sign(table), unit, max(places_needed(amount, unit), least))


def find_acceptance(table: Published, row: str, column: PrintedColumn) -> AcceptedDifference | None:
    """Return the entry that accepts a difference in a cell, the first if there are several."""
    for accepted in table.accepted_differences:
        in_year = accepted.year in (None, column.year)
        in_column = accepted.column in (None, column.label)
        if accepted.row == row and in_year and in_column:
            return accepted
    return None


_Asked = tuple[str, str, str, str | None]
"""What a column asks for: what a row stands for, the measure, the year, and the basis; without one, what stood."""


def _asked(table: Published, heading: PrintedColumn) -> _Asked:
    return table.by, table.measure or "money", heading.year, heading.basis


class _LedgerCell(NamedTuple):
    """What the ledger has for a printed cell: the figures and their sum."""

    amount: Decimal | None
    figures: tuple[Figure, ...]


_Rows = dict[str, _LedgerCell]


def _find_columns(ledger: Ledger, tables: Collection[tuple[Published, date]]) -> dict[tuple[_Asked, date], _Rows]:
    """Return what the ledger has for the columns of `tables`, each as at a day, by row."""
    by_year: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in ledger.figures:
        if not figure.is_cost:
            by_year[figure.measure, figure.year].append(figure)
    days: dict[_Asked, set[date]] = defaultdict(set)
    for table, day in tables:
        for heading in table.headings:
            days[_asked(table, heading)].add(day)
    columns: dict[tuple[_Asked, date], _Rows] = {}
    for asked, some in days.items():
        by, measure, year, basis = asked
        figures = [
            figure for figure in by_year[measure, year] if (figure.basis == basis if basis else figure.basis != "plan")
        ]
        columns |= {(asked, day): rows for day, rows in _follow(ledger, by, figures, sorted(some))}
    return columns


def _follow(ledger: Ledger, by: str, figures: list[Figure], days: list[date]) -> Iterator[tuple[date, _Rows]]:
    """Yield each of `days`, the earliest first, and what of rival `figures` stood then: each is looked at once."""
    figures = sorted(figures, key=lambda figure: figure.date)
    standing: dict[Subject, Figure] = {}
    rows: dict[str, dict[Subject, Figure]] = defaultdict(dict)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    start = 0
    for day in days:
        end = bisect_right(figures, day, key=lambda figure: figure.date)
        for figure in figures[start:end]:
            subject = figure.subject
            if standing.setdefault(subject, figure) is figure or outranks(figure, standing[subject]):
                standing[subject] = figure
                for row, part in divide(ledger, figure, by):
                    former = rows[row].get(subject)
                    sums[row] += part.amount - (former.amount if former else 0)
                    rows[row][subject] = part
        start = end
        yield day, {row: _LedgerCell(sums[row], tuple(parts.values())) for row, parts in rows.items()}


def _reconcile(id_: str, table: Published, day: date, columns: Mapping[tuple[_Asked, date], _Rows]) -> Reconciliation:
    headings = list(enumerate(table.headings))
    in_ledger = [columns[_asked(table, heading), day] for _, heading in headings]
    nothing = _LedgerCell(None, ())
    cells = [
        _cell(table, row, column, text, rows.get(row, nothing))
        for row, printed in table.rows.items()
        for column, text, rows in zip(headings, printed, in_ledger, strict=False)
    ]
    totals, sums = [], []
    for column, text in zip(headings, table.totals, strict=False):
        above = [cell for cell in cells if cell.position == column[0]]
        stated = [cell.ledger for cell in above if cell.ledger is not None]
        figures = tuple(chain.from_iterable(cell.figures for cell in above))
        whole = _LedgerCell(sum(stated, Decimal(0)) if stated else None, figures)
        total = _explain_total(table, _cell(table, TOTAL, column, text, whole), above)
        totals.append(total)
        if total.printed is not None:
            accepted = find_acceptance(table, TOTAL, column[1]) is not None
            sums.append(_add_up(table, total, above, accepted=accepted))
    missing = {row for rows in in_ledger for row in rows} - table.rows.keys()
    return Reconciliation(id_, table, day, (*cells, *totals), tuple(sums), tuple(sorted(missing)))


def _cell(
    table: Published, row: str, column: tuple[int, PrintedColumn], text: str, in_ledger: _LedgerCell
) -> ReconciledCell:
    position, heading = column
    scale = POUNDS.get(table.unit or "", 1) * _sign(table)
    amount = in_ledger.amount
    try:
        number = read_cell(text, table.unit)
        verdict = _verdict(number, None if amount is None else amount / scale, decimals_of(text))
    except Unreadable:
        number, verdict = None, DIFFERS
    acceptance = find_acceptance(table, row, heading)
    why = acceptance.why if acceptance else ""
    if why and verdict != AGREES:
        verdict = ACCEPTED
    printed = None if number is None else number * scale
    return ReconciledCell(row, heading.label, position, text, printed, amount, verdict, why, in_ledger.figures)


def _explain_total(table: Published, total: ReconciledCell, above: Iterable[ReconciledCell]) -> ReconciledCell:
    """Return `total`, with the reason why it differs if that is what accepted differences above it add up to."""
    rows = [cell for cell in above if cell.verdict == ACCEPTED]
    if not rows or total.verdict not in {DIFFERS, NOT_IN_LEDGER} or total.printed is None:
        return total
    left = total.difference - sum((cell.difference for cell in rows), Decimal(0))
    if abs(left) > _slack(table, [total, *rows]):
        return total
    return total._replace(verdict=ACCEPTED, why="; ".join(f"as in {cell.row}: {cell.why}" for cell in rows))


def _slack(table: Published, cells: Iterable[ReconciledCell]) -> Decimal:
    """Return how far the sum of printed amounts may be off: each may be half a grain away from what was rounded."""
    unit = Decimal(POUNDS.get(table.unit or "", 1))
    return sum((unit.scaleb(-decimals_of(cell.text)) / 2 for cell in cells), Decimal(0))


def _sign(table: Published) -> int:
    return -1 if table.sign == "saving-is-negative" else 1


def _verdict(printed: Decimal | None, ledger: Decimal | None, decimals: int) -> str:
    """Return the verdict on two numbers in the table's own unit and sign."""
    if printed is None:
        return NOT_PRINTED if ledger else AGREES
    if ledger is None:
        return NOT_IN_LEDGER
    grain = Decimal(1).scaleb(-decimals)
    return AGREES if abs(printed - ledger) <= grain / 2 else DIFFERS


def _add_up(table: Published, total: ReconciledCell, above: list[ReconciledCell], *, accepted: bool) -> Sum:
    """Return the table's own sum in the column of `total`, which is printed."""
    printed = total.printed or Decimal(0)
    slack = _slack(table, [*(cell for cell in above if cell.printed), total])
    rows = sum((cell.printed or Decimal(0) for cell in above), Decimal(0))
    # A row that is at odds with the ledger, which is explained or a problem of its own, counts as the ledger has it.
    right = (cell.printed if cell.verdict == AGREES else cell.ledger for cell in above)
    explained = abs(printed - sum((amount or Decimal(0) for amount in right), Decimal(0))) <= slack
    return Sum(total.label, total.position, rows, printed, abs(printed - rows) <= slack, accepted or explained)
