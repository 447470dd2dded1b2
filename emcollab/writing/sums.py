"""Sums that a sheet has: each compared with what the figures come to that it may be the sum of."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from emcollab.values.money import fit_words, say_amount
from emcollab.values.problems import BadValue
from emcollab.values.terms import STANDING
from emcollab.writing.cells import AmountKind, is_nothing, read_amount, read_period
from emcollab.writing.draft import has_minus
from emcollab.writing.rows import Entry, Reader
from emcollab.writing.sheet import Cell


class ComparedSum(NamedTuple):
    """A sum in a sheet, and what came of the comparison; `agrees` is `None` if there is nothing to compare it with."""

    cell: Cell
    agrees: bool | None
    said: str


def compare_sums(reader: Reader) -> list[ComparedSum]:
    """Return each sum of `reader`, in rows called total and in columns called so, with what the figures come to."""
    return sorted([*_compare_rows(reader), *_compare_columns(reader)], key=lambda each: each.cell[1:3])


def _compare_rows(reader: Reader) -> Iterator[ComparedSum]:
    """Yield the sums of rows called total, each of the rows since the one before it, or else of all above."""
    before = 0
    for cells in reader.sums:
        row = cells[0].row
        for column in reader.layout.amounts:
            cell = cells[column.column - 1]
            period = column.period or _period_in(reader, cells)
            above = [entry for entry in reader.entries if entry.cell.row < row and entry.cell.column == cell.column
                     and entry.measure == "money" and period in {entry.period, ""}]  # fmt: skip
            since = [entry for entry in above if entry.cell.row > before]
            yield _compare(
                reader, cell, [(f"since row {before}", since), ("above", above)] if before else [("above", above)]
            )
        before = row


def _period_in(reader: Reader, cells: list[Cell]) -> str:
    """Return the period that a row of sums names; nothing, if it names none."""
    column = reader.column_of("period")
    try:
        return read_period(cells[column - 1].text).value if column else ""
    except BadValue:
        return ""


def _compare_columns(reader: Reader) -> Iterator[ComparedSum]:
    """Yield the sums in columns called total, each of the figures of its row."""
    by_row: dict[int, list[Entry]] = {}
    for entry in reader.entries if reader.layout.totals else ():
        by_row.setdefault(entry.cell.row, []).append(entry)
    for row, entries in by_row.items():
        for column in reader.layout.totals:
            cell = reader.sheet.rows[row - 1][column - 1]
            if cell.text:
                yield _compare(reader, cell, [("in its row", entries)])


def _compare(reader: Reader, cell: Cell, groups: list[tuple[str, list[Entry]]]) -> ComparedSum:
    if cell.formula and not cell.text:
        return ComparedSum(
            cell, None, f"its formula '{cell.formula}' was never worked out, and is compared with nothing"
        )
    if is_nothing(cell.text):
        return ComparedSum(cell, None, "it has no amount, and is compared with nothing")
    unit = next((each.unit for each in reader.layout.amounts if each.unit), reader.rules.unit or "£")
    try:
        printed = amount_in(cell.text, unit)
    except BadValue as bad:
        return ComparedSum(cell, None, f"{bad.message}: it is compared with nothing")
    if not any(entries for _, entries in groups):
        return ComparedSum(cell, None, "no row is taken that it may be the sum of, and it is compared with nothing")
    tried: dict[Decimal, str] = {}
    for where, entries in groups:
        for what, some in _ways(reader):
            tried.setdefault(some(entries), f"{what} {where}")
    if printed in tried:
        return ComparedSum(cell, True, f"{tried[printed]} come to {say_amount(printed, 'money')} too")
    others = {amount: what for amount, what in tried.items() if amount or len(tried) == 1}
    say = fit_words(others, "money")
    came = "; ".join(f"{what} come to {say(amount)}" for amount, what in others.items())
    return ComparedSum(cell, False, f"it is the sum of no rows that can be told: {came}")


def amount_in(text: str, unit: str) -> Decimal:
    """Return the pounds in a cell of sums, read in `unit` if it has none of its own.

    Raises:
        BadValue: it is no amount.
    """
    return read_amount(text, AmountKind(unit)).number


def _ways(reader: Reader) -> Iterator[tuple[str, Callable[[Iterable[Entry]], Decimal]]]:
    """Yield the ways in which figures may have been added up, the plainest first."""

    def add(entries: Iterable[Entry]) -> Decimal:
        return sum(
            (-each.number if each.subject.is_cost and has_minus(each) else each.number for each in entries), Decimal(0)
        )

    def net(entries: Iterable[Entry]) -> Decimal:
        return sum((-each.number if each.subject.is_cost else each.number for each in entries), Decimal(0))

    def is_saving(entry: Entry) -> bool:
        return reader.subjects.properties[entry.subject]["category"][0] == "saving"

    yield "the rows", add
    yield "benefits less costs", net
    yield "benefits", lambda entries: net(each for each in entries if not each.subject.is_cost)
    yield "savings", lambda entries: net(filter(is_saving, entries))
    yield (
        "what stands of the benefits (actuals, else estimates)",
        lambda entries: net(each for each in stand(reader, entries) if not each.subject.is_cost),
    )
    yield "what stands of the savings", lambda entries: net(filter(is_saving, stand(reader, entries)))
    yield "what stands of benefits less costs", lambda entries: net(stand(reader, entries))
    for basis in ("plan", "estimate", "actual"):
        yield (
            f"benefits by '{basis}'",
            lambda entries, basis=basis: net(  # type: ignore[misc]  # each has its own basis
                each for each in entries if each.basis == basis and not each.subject.is_cost
            ),
        )


def stand(reader: Reader, entries: Iterable[Entry]) -> list[Entry]:
    """Return the figures that would stand of some: of each benefit and period an actual, else the last other."""
    best: dict[object, Entry] = {}
    for entry in entries:
        key = entry.subject, entry.period
        if entry.basis in STANDING and (key not in best or _rank(reader, entry) >= _rank(reader, best[key])):
            best[key] = entry
    return list(best.values())


def _rank(reader: Reader, entry: Entry) -> tuple[bool, str]:
    paper = reader.meanings.papers.get(entry.source)
    day = paper.date if paper else reader.ledger.sources[entry.source].date
    return entry.basis == "actual", day
