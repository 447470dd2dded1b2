"""The ledger as flat tables, for other tools: typed columns, keys and foreign keys, and rows.

The one description from which every format of `export` is made, so that they cannot disagree. What tables there are
is declared in `tables`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from emcollab.records.ledger import Ledger
from emcollab.results.totals import Selection, Totals, total_by
from emcollab.values.terms import MEASURES

FlatValue = str | int | Decimal | date | None
"""A cell; `None` where no paper says, or the column does not apply. Flags are `bool`, which are `int`."""

Cells = tuple[FlatValue, ...]
Item = TypeVar("Item")
Formats = Mapping[type, Callable[[Any], Item]]
"""What makes an item of a cell, by the cell's type."""


class Anew(Generic[Item]):
    """Items that are made anew each time they are gone through: a ledger can have more parts than memory holds."""

    def __init__(self, make: Callable[[], Iterator[Item]]) -> None:
        """Take what makes them."""
        self._make = make

    def __iter__(self) -> Iterator[Item]:
        """Return them from the first."""
        return self._make()


class Column(NamedTuple):
    """A column: `kind` is `text`, `year`, `count`, `amount`, `number`, `percentage`, `day` or `flag`.

    Amounts are pounds, posts or hours, by the column `measure` that stands in each table with amounts; numbers may be
    finer than a penny. `required` says that no cell is `None`; `values`, if any, are the only ones there are.
    """

    name: str
    kind: str
    description: str
    required: bool = True
    values: tuple[str, ...] = ()


class Reference(NamedTuple):
    """A foreign key: `columns`, in order, hold the key of a row of `table`, or all of them nothing."""

    columns: tuple[str, ...]
    table: str


class FlatTable(NamedTuple):
    """A table: `key` are the columns that tell its rows apart; each row has one cell a column.

    `rows` can be gone through more than once.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: Iterable[Cells]


def list_columns(rows: Iterable[tuple[Item, ...]], at_once: int = 500) -> Iterator[Iterator[tuple[Item, ...]]]:
    """Yield the rows, so many at once, as the cells of each column."""
    rows = iter(rows)
    while some := list(islice(rows, at_once)):
        yield zip(*some, strict=True)


def format_rows(table: FlatTable, formats: Formats[Item]) -> Iterator[Iterator[tuple[Item, ...]]]:
    """Yield the rows of `table`, some at once, with each cell as the format of its type has it."""
    for columns in list_columns(table.rows):
        yield zip(*(format_column(cells, formats) for cells in columns), strict=True)


def format_column(cells: tuple[Any, ...], formats: Formats[Item]) -> Iterable[Item]:
    """Return each cell of a column as the format of its type has it."""
    types = set(map(type, cells))  # most columns are of one, whose format need then not be looked up for each cell
    return map(formats[types.pop()], cells) if len(types) == 1 else [formats[type(cell)](cell) for cell in cells]


@dataclass(frozen=True)
class Flat:
    """The ledger as it was known on a day (`None`: every paper counts), in tables of which none refers to a later one.

    `dated` is the day of the latest paper, if there is one. `ledger` is what all this was made of, for a format that
    adds it up otherwise. `imprint` are lines on who publishes it, and the like.
    """

    title: str
    as_at: date | None
    dated: date | None
    tables: tuple[FlatTable, ...]
    ledger: Ledger
    imprint: tuple[str, ...] = ()

    @cached_property
    def totals(self) -> dict[str, Totals]:
        """The totals by area of each measure, also where nothing is in them."""
        return {measure: total_by(self.ledger, "area", Selection(measure=measure)) for measure in MEASURES}

    @property
    def summaries(self) -> dict[str, Totals]:
        """The summary table by area, of each measure of which there are totals."""
        return {measure: totals for measure, totals in self.totals.items() if totals.rows}

    def table(self, name: str) -> FlatTable:
        """Return the table called `name`."""
        return next(table for table in self.tables if table.name == name)
