"""`published/ID.yaml`: a table as a paper printed it, cell by cell. A record of print is never corrected."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from emcollab.records.base import Id, Line, Record, Text, Year, exactly_one_of, say_in_schema
from emcollab.values.problems import BadValue
from emcollab.values.terms import Basis, Unit

PrintedCell = Annotated[str, Field(max_length=100)]
"""What stands in one cell, verbatim: a number, `-`, `TBC`, or nothing at all."""


class PrintedColumn(Record):
    """A column that is not simply a year."""

    label: Line = Field(description="the heading as printed", examples=["Target"])
    year: Year = Field(description="the financial year it speaks of")
    basis: Basis | None = Field(None, description="the kind of figure; the one that stands, if left out")


class AcceptedDifference(Record):
    """A difference between print and ledger that somebody has looked at and explained."""

    row: Id = Field(description="an id of the rows, or total")
    year: Year | None = Field(None, description="the year; all of the row, if left out")
    column: Line | None = Field(None, description="the column's label, where the table has columns")
    why: Text = Field(description="the explanation")


_COLUMNS, _COUNTED = ("years", "columns"), ("unit", "measure")
"""Of each of these pairs a table has one."""


class Published(Record):
    """A printed table: its rows in order, each with one cell a column, its totals and footnotes."""

    model_config = say_in_schema(exactly_one_of(*_COUNTED), exactly_one_of(*_COLUMNS))

    source: Id = Field(description="the paper: an id in sources.yaml")
    at: Line | None = Field(None, description="the place in the paper", examples=["Table 1"])
    title: Line = Field(description="the table's title as printed")
    by: Literal["area", "project", "force", "category", "cashability"] = Field(description="what a row stands for")
    unit: Unit | None = Field(None, description="the unit of its amounts of money")
    measure: Literal["posts", "hours"] | None = Field(None, description="what it counts, if not money")
    years: list[Year] = Field([], description="the years across")
    columns: list[PrintedColumn] = Field([], description="the columns, where they are not simply years")
    sign: Literal["saving-is-positive", "saving-is-negative"] = Field(
        "saving-is-positive", description="saving-is-negative where a saving is printed as a fall in spending"
    )
    rows: dict[Id, list[PrintedCell]] = Field(min_length=1, description="the cells of each row, as printed")
    totals: list[PrintedCell] = Field([], description="the cells of the row of totals, as printed")
    footnotes: list[Text] = Field([], description="the notes printed under the table")
    accepted_differences: list[AcceptedDifference] = Field([], description="differences looked at and explained")
    note: Text | None = Field(None, description="what a reader should know")

    @model_validator(mode="after")
    def _have_one_of_each(self) -> "Published":
        for names, twice, nothing in (
            (_COLUMNS, "has its columns twice", "has no columns"),
            (_COUNTED, "says twice what it counts", "does not say what it counts"),
        ):
            given = [name for name in names if getattr(self, name)]
            if len(given) != 1:
                remedy = f"give either '{names[0]}' or '{names[1]}'"
                raise BadValue("missing-key", f"the table {twice if given else nothing}", remedy, names)
        return self

    @property
    def headings(self) -> list[PrintedColumn]:
        """The columns, those that are simply years among them."""
        return self.columns or [PrintedColumn.model_construct(label=year, year=year, basis=None) for year in self.years]
