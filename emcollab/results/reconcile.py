"""Reconciliation: a table as a paper printed it, against the ledger as at the paper's date.

Print is text: `-`, `Nil`, `(0.5)`, `TBC`, `120.0*`. A cell agrees if the ledger's amount, rounded to as many
decimals as are printed, is what is printed. A difference that somebody has looked at is *accepted*, with a
reason; one that nobody has is a problem of the data.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from emcollab.records.ledger import Figure, Ledger
from emcollab.records.published import AcceptedDifference, PrintedColumn, Published
from emcollab.results.standing import find_latest, find_standing
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
    """A printed table, cell by cell, with the row of totals last, and its own sums.

    `missing` are the ids of rows for which the ledger has figures in the table's columns, but the table no row.
    """

    id: str
    table: Published
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
    if re.fullmatch(r"[(\-−–]?[0-9.,]+%\)?", bare, re.ASCII):  # noqa: RUF001 - any kind of minus
        return None
    found = re.fullmatch(r"(\()?([-−–])?£?(\()?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]{1,8})?)\)?", bare)  # noqa: RUF001 - papers print dashes for a minus
    if found and found[4]:
        number = Decimal(found[4].replace(",", ""))
        if number <= LARGEST / POUNDS.get(unit or "", 1):
            return -number if found[1] or found[2] or found[3] else number
    if re.search("[0-9]", bare):
        raise Unreadable(text)
    return None


_MARKS = re.compile(r"[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]|\[[a-z0-9]\]|\([a-z]\)|(?<=[0-9)])[a-jln-z]$")
"""Marks of footnotes: signs, raised digits and letters, letters in brackets; not the `k` and `m` of a unit."""


def decimals_of(text: str) -> int:
    """Return how many decimals a printed number has; pence in millions have eight, and more cannot be read."""
    found = re.search(r"\.([0-9]{1,8})", text)
    return len(found[1]) if found else 0


def reconcile(ledger: Ledger, id_: str) -> Reconciliation:
    """Return the published table `id_` beside the ledger as at the date of its paper."""
    table = ledger.published[id_]
    columns = [_ledger_column(ledger, table, column) for column in table.headings]
    cells = [
        _cell(table, row, position, cell, columns[position].get(row, ()))
        for row, printed in table.rows.items()
        for position, cell in enumerate(printed[: len(columns)])
    ]
    totals = [
        _cell(table, TOTAL, position, cell, [item for row in table.rows for item in columns[position].get(row, ())])
        for position, cell in enumerate(table.totals[: len(columns)])
    ]
    totals = [_explain_total(table, total, cells) for total in totals]
    sums = [found for total in totals if (found := _sum(table, total, cells)) is not None]
    rows = {row for column in columns for row, items in column.items() if items}
    return Reconciliation(id_, table, (*cells, *totals), tuple(sums), tuple(sorted(rows - set(table.rows))))


def reconcile_all(ledger: Ledger) -> Iterator[Reconciliation]:
    """Yield each published table beside the ledger."""
    return (reconcile(ledger, id_) for id_ in ledger.published)


def show_as_printed(table: Published, amount: Decimal | None, least: int = 0) -> str:
    """Return an amount of the ledger in the table's unit and sign; `nothing` for none.

    It has the decimals that it needs, and at `least` so many.
    """
    if amount is None:
        return "nothing"
    unit = table.unit or str(table.measure)
    return format_amount(amount * _sign(table), unit, max(places_needed(amount, unit), least))


def find_acceptance(table: Published, row: str, position: int) -> AcceptedDifference | None:
    """Return the entry that accepts a difference in a cell, the first if there are several."""
    column = table.headings[position]
    for accepted in table.accepted_differences:
        in_year = accepted.year in (None, column.year)
        in_column = accepted.column in (None, column.label)
        if accepted.row == row and in_year and in_column:
            return accepted
    return None


def _ledger_column(ledger: Ledger, table: Published, column: PrintedColumn) -> dict[str, list[Figure]]:
    """Return the figures of one column of the table, by row."""
    as_at = ledger.sources[table.source].date
    figures = [
        figure
        for figure in ledger.figures
        if figure.year == column.year and figure.measure == (table.measure or "money") and not figure.is_cost
    ]
    chosen = find_latest(figures, column.basis, as_at) if column.basis else find_standing(figures, as_at)
    rows: dict[str, list[Figure]] = {}
    for whole in chosen:
        for row, figure in divide(ledger, whole, table.by):
            rows.setdefault(row, []).append(figure)
    return rows


def _cell(table: Published, row: str, position: int, text: str, figures: Iterable[Figure]) -> ReconciledCell:
    figures = tuple(figures)
    scale = POUNDS.get(table.unit or "", 1) * _sign(table)
    ledger = sum((figure.amount for figure in figures), Decimal(0)) if figures else None
    try:
        number = read_cell(text, table.unit)
        verdict = _verdict(number, None if ledger is None else ledger / scale, decimals_of(text))
    except Unreadable:
        number, verdict = None, DIFFERS
    acceptance = find_acceptance(table, row, position)
    why = acceptance.why if acceptance else ""
    if why and verdict != AGREES:
        verdict = ACCEPTED
    label = table.headings[position].label
    printed = None if number is None else number * scale
    return ReconciledCell(row, label, position, text, printed, ledger, verdict, why, figures)


def _explain_total(table: Published, total: ReconciledCell, cells: Iterable[ReconciledCell]) -> ReconciledCell:
    """Return `total`, with the reason why it differs if that is what accepted differences of its rows add up to."""
    rows = [cell for cell in cells if cell.position == total.position and cell.verdict == ACCEPTED]
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


def _sum(table: Published, total: ReconciledCell, cells: list[ReconciledCell]) -> Sum | None:
    """Return the table's own sum in the column of `total`, or `None` if no total is printed there."""
    if total.printed is None:
        return None
    column = [cell for cell in cells if cell.position == total.position]
    slack = _slack(table, [*(cell for cell in column if cell.printed), total])
    rows = sum((cell.printed or Decimal(0) for cell in column), Decimal(0))
    # A row that is at odds with the ledger, which is explained or a problem of its own, counts as the ledger has it.
    right = (cell.printed if cell.verdict == AGREES else cell.ledger for cell in column)
    explained = abs(total.printed - sum((amount or Decimal(0) for amount in right), Decimal(0))) <= slack
    accepted = explained or find_acceptance(table, TOTAL, total.position) is not None
    return Sum(total.label, total.position, rows, total.printed, abs(total.printed - rows) <= slack, accepted)
