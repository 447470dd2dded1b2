"""Tables (headings, rows, notes), and pages made of blocks: what is to be shown, before any format.

They hold amounts, not text made of amounts, and no markup.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Amount(NamedTuple):
    """An amount in a cell: pounds, posts or hours; shown in `unit` with `places` decimals.

    `unit` is `£`, `£k`, `£m`, `posts` or `hours`; or `GBP`, of exact pounds for other programs. `estimate` puts a mark
    on it, `sign` a £ sign. `href` is where pages of the report say what it rests on.
    """

    value: Decimal
    unit: str
    places: int
    estimate: bool = False
    sign: bool = False
    href: str = ""


class Link(NamedTuple):
    """A text in a cell that leads, in pages of the report, to another page."""

    text: str
    href: str


Cell = str | Amount | Link | None
"""A text, an amount, or nothing stated."""


class Row(NamedTuple):
    """A row; its first cell names it. `part` is a row under the total: 1 for a part of it, 2 for a part of that."""

    cells: tuple[Cell, ...]
    total: bool = False
    part: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one heading a column, the first for the names of the rows.

    `numeric` tells for each column whether it holds amounts. `notes` stand under the table, in order.
    """

    title: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise `ValueError` if a row has not one cell a heading: one too many would be dropped in silence."""
        for row in self.rows:
            if len(row.cells) != len(self.headings):
                raise ValueError(f"a row of {len(row.cells)} cells under {len(self.headings)} headings")


class Heading(NamedTuple):
    """A heading within a page; `level` is 2 for a section and 3 for a part of one."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Sentences that belong together."""

    text: str


class Quotation(NamedTuple):
    """A paper's own words."""

    text: str


class Items(NamedTuple):
    """A list of short texts."""

    texts: tuple[str, ...]


class Lines(NamedTuple):
    """The lines of a file, as they are in it."""

    texts: tuple[str, ...]


class Labelled(NamedTuple):
    """Short texts, each with the label before it."""

    pairs: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Quotation | Items | Labelled | Lines | Table


class Page(NamedTuple):
    """A titled sequence of blocks."""

    title: str
    blocks: tuple[Block, ...]
