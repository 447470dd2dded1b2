"""A worksheet before it is written: its title, the lines under it, and its table, in which totals are live.

A spreadsheet keeps numbers in binary, with fifteen digits. What it would round is a text; and a total to which it would
not come, to the penny, is no formula but is written out.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from emcollab.publish.export.flat import FlatValue
from emcollab.render.formats.json import format_exact

NOTHING = "[x]"
"""What a cell of a summary says where nothing is stated."""

ONE_TABLE = "This worksheet contains one table."
_DIGITS = 15
_ULPS = 2**53
"""A sum of binary numbers is off by no more than this part of all that is added, for each number."""


class SheetLink(str):
    """The name of a worksheet, which leads there."""

    __slots__ = ()


class Live(NamedTuple):
    """A number that the worksheet works out, and the formula; an empty one if it would not come to the number."""

    value: Decimal
    formula: str


Cell = FlatValue | Live


class Sheet(NamedTuple):
    """A worksheet: its title and the lines under it, then the headings and rows of its table, if it has one.

    `rows` can be gone through more than once.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: Iterable[tuple[Cell, ...]] = ()

    @property
    def table(self) -> str:
        """The name of its table for programs: `By area (posts)` is `by_area_posts`."""
        return self.name.lower().replace("(", "").replace(")", "").replace(" ", "_")

    @property
    def top(self) -> int:
        """The first row of its table, from 0, which has the headings: below the title and the lines."""
        return len(self.lines) + 1


def is_exact(number: str) -> bool:
    """Return whether a number, as it is written, is the same in binary, whatever zeros it begins or ends with."""
    return len(number) <= _DIGITS or len(number.replace(".", "").strip("-0")) <= _DIGITS


def make_live(formula: str, amounts: Iterable[Decimal | None], result: Decimal | None, grain: Decimal) -> Cell:
    """Return `result` as what `formula` comes to, which adds `amounts`, or takes some of them off.

    The formula is left out where binary numbers might not come to it to the `grain`, in whatever order they are added.
    """
    if result is None:
        return NOTHING
    stated = [abs(amount) for amount in amounts if amount is not None]
    written = map(format_exact, (*stated, result))
    comes_to_it = all(map(is_exact, written)) and 2 * len(stated) * sum(stated) < grain * _ULPS
    return Live(result, formula if comes_to_it else "")
