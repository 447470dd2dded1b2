"""What a flat table is made of, and what the tables share: columns from the fields of records, and citations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from emcollab.records.base import Record
from emcollab.values.terms import CASHABILITIES, CATEGORIES, MEASURES

FlatValue = str | int | Decimal | date | None
"""A cell; `None` where no paper says, or the column does not apply. Flags are `bool`, which are `int`."""

Cells = tuple[FlatValue, ...]


class Column(NamedTuple):
    """A column: `kind` is `text`, `year`, `count`, `amount`, `percentage`, `day` or `flag`.

    Amounts are pounds, posts or hours, by the column `measure` that stands in each table with amounts. `required`
    says that no cell is `None`; `values`, if any, are the only ones there are.
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


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table of records: `key` are the columns that tell its rows apart."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: tuple[Cells, ...]

    def __post_init__(self) -> None:
        """Hold the table to its shape.

        Raises:
            ValueError: a row has not one cell a column.
        """
        for row in self.rows:
            if len(row) != len(self.columns):
                message = f"a row of {len(row)} cells under the {len(self.columns)} columns of {self.name}"
                raise ValueError(message)


_KINDS = {
    "as_at": "day", "date": "day", "first_year": "year", "force_count": "count", "in_region": "flag",
    "last_year": "year", "places": "count", "priority": "flag",
}  # fmt: skip
"""The kinds of those fields that are not texts."""

PROJECT = Column("project", "text", "the project: the name of its file")
BENEFIT = Column("benefit", "text", "the benefit or cost, by its id in the project")
AREA = Column("area", "text", "the row of the summary table")
CATEGORY = Column("category", "text", "saving, funding, cost; unclassified if no paper says", values=CATEGORIES)
CASHABILITY = Column(
    "cashability", "text", "of a saving, whether it releases cash", required=False, values=CASHABILITIES
)
MEASURE = Column("measure", "text", "what amounts count: pounds (money), posts or hours", values=MEASURES)
POSITION = Column("position", "count", "the place in its order, from 1")
TO_BENEFIT = Reference(("project", "benefit"), "benefits")

CITATION = ("source", "at", "quote")
"""The fields of a place in a paper."""


def fields_of(model: type[Record], *names: str, prefix: str = "") -> tuple[Column, ...]:
    """Return columns for fields of a record, their names with a prefix, in the words of its own."""
    fields = model.model_fields
    return tuple(
        Column(
            prefix + name,
            _KINDS.get(name, "text"),
            str(fields[name].description),
            required=fields[name].is_required() or fields[name].get_default() is not None,
        )
        for name in names
    )


def values_of(record: Record, names: Iterable[str]) -> Cells:
    """Return what a record has in its fields, in the order of `names`."""
    return tuple(getattr(record, name) for name in names)


def refer(**tables: str) -> tuple[Reference, ...]:
    """Return foreign keys of one column each: its name, and the table that it refers to."""
    return tuple(Reference((column,), table) for column, table in tables.items())
