"""`import.yaml`: how a sheet is to be read, kept beside it for the next time."""

from typing import Literal, get_args

from pydantic import Field

from emcollab.records.base import Line, Record
from emcollab.values.terms import Unit

SheetField = Literal[
    "project", "benefit", "area", "category", "cashability", "measure", "recurrence", "forces", "period", "basis",
    "amount", "source", "date", "body", "at", "owner", "baseline", "quote", "note",
]  # fmt: skip
"""What a column of a sheet can hold."""

FIELDS: tuple[SheetField, ...] = get_args(SheetField)

Meant = dict[Line, Line]
"""What is meant by each text of the sheet."""


class Names(Record):
    """What the names in the sheet mean: ids of the ledger, or ids that are to be new; of bodies, their names."""

    projects: Meant = {}
    benefits: Meant = {}
    areas: Meant = {}
    forces: Meant = {}
    sources: Meant = {}
    bodies: Meant = {}


class Words(Record):
    """What the words in the sheet mean: those of the ledger."""

    basis: Meant = {}
    category: Meant = {}
    cashability: Meant = {}
    measure: Meant = {}
    recurrence: Meant = {}
    period: Meant = {}


class Rules(Record):
    """How one sheet is read: which heading is which field, what holds for every row, and what names and words mean."""

    sheet: Line | None = Field(None, description="the sheet of a workbook")
    unit: Unit | None = Field(None, description="the unit of amounts that have none")
    columns: dict[SheetField, Line] = Field(
        default_factory=dict, description="the heading, or the letter, of each field"
    )
    every: dict[SheetField, Line] = Field(default_factory=dict, description="what is the same in every row")
    names: Names = Field(Names(), description="what the names in the sheet mean")
    words: Words = Field(Words(), description="what the words in the sheet mean")
