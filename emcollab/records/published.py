"""`published/ID.yaml`: a table as a paper printed it, cell by cell. A record of print is never corrected."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Discriminator, Field, PlainValidator, Tag, WithJsonSchema, model_validator

from emcollab.records.base import (
    LINE_PATTERN,
    Day,
    Flag,
    Id,
    Line,
    PeriodKey,
    Record,
    Text,
    Year,
    exactly_one_of,
    need_text,
    say_in_schema,
)
from emcollab.records.benefit import BenefitName
from emcollab.values.money import MONEY_PATTERN, NUMBER_PATTERN, parse_money, parse_number
from emcollab.values.problems import BadValue, Keys
from emcollab.values.terms import AnyCategory, Basis, Cashability, Measure, Recurrence, Unit

TOTAL = "total"
"""The row of totals, where rows are named."""

PrintedCell = Annotated[str, Field(max_length=100)]
"""What stands in one cell, verbatim: a number, `-`, `TBC`, or nothing at all."""

Sign = Literal["positive", "negative"]


class Selector(Record):
    """Which figures of the ledger the cells of a column or a row are, or how the paper works them out itself."""

    period: PeriodKey | None = Field(None, description="what its figures are for")
    basis: Basis | None = Field(None, description="the kind of figure; the one that stands, if left out")
    as_at: Day | None = Field(None, description="only what had been reported up to this day")
    category: AnyCategory | None = Field(None, description="only of this one")
    cashability: Cashability | None = Field(None, description="only savings of this kind; cashable takes in three")
    recurrence: Recurrence | None = Field(None, description="only what comes so")
    area: Id | None = Field(None, description="only of this area")
    project: Id | None = Field(None, description="only of this project")
    benefit: BenefitName | None = Field(None, description="only of this benefit, as project/benefit")
    force: Id | None = Field(None, description="only the part of this force")
    measure: Measure | None = Field(None, description="what its amounts count, if not what the table's do")
    unit: Unit | None = Field(None, description="the unit of its amounts, if not the table's")
    sign: Sign | None = Field(None, description="negative, if it prints below nil what the ledger holds above it")
    compare: Flag = Field(True, description="false for what the ledger does not hold: a status, a stock")
    adds: list[Line] = Field([], description="the others that it is the sum of")
    less: list[Line] = Field([], description="the others that are taken away from it")

    @property
    def is_computed(self) -> bool:
        """Whether the paper works it out from others."""
        return bool(self.adds or self.less)


class PrintedColumn(Selector):
    """A column: of figures (`period`), worked out (`adds`, `less`), or not compared (`compare: false`)."""

    label: Line = Field(description="the heading as printed", examples=["Achieved"])
    of: Line | None = Field(None, description="the column that what is added is a percentage of")


class PrintedRow(Selector):
    """A row with more to it than its cells: a label, what it adds, or which figures it holds."""

    label: Line | None = Field(None, description="the label as printed; the name of what it stands for, if left out")
    cells: list[PrintedCell] | None = Field(None, description="the cells as printed; none for a heading")
    of: Line | None = Field(None, description="the row that what is added is a percentage of")
    in_total: Flag = Field(True, description="false for a part of another row, which the totals do not add")


class PrintedTotals(Record):
    """The row of totals with its label."""

    label: Line = Field(description="the label as printed", examples=["Total savings"])
    cells: list[PrintedCell] = Field(description="the cells as printed")


def _read_off(value: object) -> tuple[str, Decimal]:
    text = need_text(value)
    if text.endswith("%"):
        return "%", parse_number(text.removesuffix("%"))
    return ("£", parse_money(text)) if "£" in text else ("", parse_number(text))


_OFF = {"type": ["string", "number"], "pattern": f"^({MONEY_PATTERN}|{NUMBER_PATTERN}%?)$"}


def _refuse_total(written: str) -> str:
    if written == TOTAL:
        message = "'total' is the row of totals, where rows are named"
        raise BadValue("bad-id", message, "write its cells below 'totals', or call the row otherwise", on_key=True)
    return written


_RowId = Annotated[
    Line,
    AfterValidator(_refuse_total),
    WithJsonSchema({"type": "string", "pattern": f"^(?!{TOTAL}$){LINE_PATTERN[1:]}", "maxLength": 300}),
]


class AcceptedDifference(Record):
    """A difference in one cell that somebody has looked at and explained."""

    row: Line = Field(description="an id of the rows, or total")
    column: Line = Field(description="the label of the column, or the year")
    off: Annotated[tuple[str, Decimal], PlainValidator(_read_off), WithJsonSchema(_OFF)] = Field(
        description="what is printed less what it should be: money with sign and unit, posts or hours, or per cent"
    )
    why: Text = Field(description="the explanation")


def _list_or_mapping(value: object) -> str | None:
    return "cells" if isinstance(value, list) else "row" if isinstance(value, dict | Record) else None


_Cells = Annotated[list[PrintedCell], Tag("cells")]
_Row = Annotated[PrintedRow, Tag("row")]
_EITHER = Discriminator(_list_or_mapping, custom_error_type="list_or_mapping", custom_error_message="-")


class PrintedLine(NamedTuple):
    """A row of a printed table, the totals too: its id, what the record says of it, and the way to its first cell."""

    id: str
    row: PrintedRow
    cells: list[str]
    keys: Keys

    @property
    def is_heading(self) -> bool:
        """Whether it is to have no cells."""
        return self.row is not _PLAIN and self.row.cells is None


_COLUMNS, _COUNTED = ("years", "columns"), ("unit", "measure")
"""Of each of these pairs a table has one."""


class Published(Record):
    """A printed table: its rows in order, each with one cell a column, its totals and footnotes."""

    model_config = say_in_schema(exactly_one_of(*_COUNTED), exactly_one_of(*_COLUMNS))

    source: Id = Field(description="the paper: an id in sources.yaml")
    at: Line | None = Field(None, description="the place in the paper", examples=["Table 1"])
    title: Line = Field(description="the table's title as printed")
    by: Literal["area", "project", "benefit", "force", "category", "cashability"] | None = Field(
        None, description="what a row stands for; if left out, nothing is compared with the ledger"
    )
    unit: Unit | None = Field(None, description="the unit of its amounts of money")
    measure: Literal["posts", "hours"] | None = Field(None, description="what it counts, if not money")
    sign: Sign = Field("positive", description="negative, if it prints below nil what the ledger holds above it")
    years: list[Year] = Field([], description="the years across, of what stood")
    columns: list[PrintedColumn] = Field([], description="the columns, where they are not simply years")
    rows: dict[_RowId, Annotated[_Cells | _Row, _EITHER]] = Field(
        min_length=1, description="the cells of each row, as printed"
    )
    totals: Annotated[_Cells | Annotated[PrintedTotals, Tag("row")], _EITHER] = Field(
        [], description="the cells of the row of totals, as printed"
    )
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

    @cached_property
    def headings(self) -> list[PrintedColumn]:
        """The columns, those that are simply years among them."""
        return self.columns or [PrintedColumn(label=year, period=year) for year in self.years]

    def selectors(self) -> Iterator[tuple[Keys, Selector]]:
        """Yield each column, then each row, that may say which figures it holds, with the keys that lead to it."""
        yield from ((("columns", position), column) for position, column in enumerate(self.columns))
        yield from ((("rows", id_), row) for id_, row in self.rows.items() if isinstance(row, PrintedRow))

    def lines(self) -> Iterator[PrintedLine]:
        """Yield the rows in order, and the totals last, if there are any."""
        for id_, row in self.rows.items():
            if isinstance(row, PrintedRow):
                yield PrintedLine(id_, row, row.cells or [], ("rows", id_, "cells"))
            else:
                yield PrintedLine(id_, _PLAIN, row, ("rows", id_))
        if isinstance(self.totals, PrintedTotals):
            yield PrintedLine(TOTAL, PrintedRow(**dict(self.totals)), self.totals.cells, ("totals", "cells"))
        elif self.totals:
            yield PrintedLine(TOTAL, _PLAIN, self.totals, ("totals",))


_PLAIN = PrintedRow()
"""A row of which the record says nothing but its cells."""
