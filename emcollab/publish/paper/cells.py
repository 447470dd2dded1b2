"""Cells and phrases that the sections of a paper share."""

from collections.abc import Iterable, Iterator, Sequence, Sized
from decimal import Decimal

from emcollab.publish.paper.brief import Brief
from emcollab.render.page import Amount, Cell, Row
from emcollab.render.pages.words import count, number
from emcollab.values.money import places_needed

MOST_ROWS = 30
"""How many rows of a table of changes or plans are shown: those that count for most."""

_MOST_NAMES = 6


def make_money(brief: Brief, amount: Decimal | None, *, estimate: bool = False) -> Cell:
    """Return an amount of money as a cell in the unit of the ledger."""
    return None if amount is None else Amount(amount, brief.unit, brief.places, estimate)


def note_marks(rows: Iterable[Row]) -> Iterator[str]:
    """Yield what the marks in cells of `rows` mean, of those that are there."""
    cells = [cell for row in rows for cell in row.cells]
    if any(isinstance(cell, Amount) and cell.estimate for cell in cells):
        yield "* an estimate, or includes one."
    if None in cells:
        yield "- nothing stated."


def note_rounding(rows: Iterable[Row]) -> Iterator[str]:
    """Yield that amounts are rounded, if one of `rows` shows less than it has."""
    amounts = (cell for row in rows for cell in row.cells if isinstance(cell, Amount))
    if any(places_needed(amount.value, amount.unit) > amount.places for amount in amounts):
        yield "Amounts are rounded one by one, so those shown need not add up."


def note_left_out(rows: int, noun: str) -> Iterator[str]:
    """Yield how many rows are not shown, if any are not; `noun` is what they are."""
    if rows:
        yield f"{count(rows, noun)} {'is' if rows == 1 else 'are'} left out here."


def say_number_of(some: Sized, noun: str) -> str:
    """Return `one project`, `two projects`."""
    return f"{number(len(some))} {noun}{'' if len(some) == 1 else 's'}"


def name_some(names: Sequence[str]) -> str:
    """Return names, each once, and how many more there are."""
    each = list(dict.fromkeys(names))
    more = len(each) - _MOST_NAMES
    return "; ".join([*each[:_MOST_NAMES], *([f"and {more:,} more"] if more > 0 else [])])
