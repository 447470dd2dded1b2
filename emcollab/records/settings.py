"""`ledger.yaml`: what the ledger as a whole is called and how its tables are shown."""

from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from emcollab import __version__
from emcollab.records.base import Line, Record, When, Year, read_count
from emcollab.values.problems import BadValue
from emcollab.values.terms import Unit

_MOST_PLACES = 8


def _read_places(value: object) -> int:
    places = read_count(value)
    if places > _MOST_PLACES:
        raise BadValue(
            "unknown-value", f"{places} decimal places are too many", f"write a number from 0 to {_MOST_PLACES}"
        )
    return places


Places = Annotated[
    int, PlainValidator(_read_places), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": _MOST_PLACES})
]


def _read_format(value: object) -> int:
    number = read_count(value)
    if number != FORMAT:
        message = f"the ledger is of format {number}, and emcollab {__version__} reads format {FORMAT}"
        raise BadValue("unknown-format", message, "use a version of emcollab that reads it")
    return number


FORMAT = 1
"""The format of data folders that this version reads."""


class Settings(Record):
    """The title of the ledger, the unit of its tables, the years its figures may fall in, and who answers for it."""

    format: Annotated[int, PlainValidator(_read_format), WithJsonSchema({"const": FORMAT})] = Field(
        FORMAT, description="the format of the data folder; 1 if left out"
    )
    title: Line = Field(description="what the ledger is called; the heading of its tables")
    unit: Unit = Field("£m", description="the unit that tables are shown in")
    places: Places | None = Field(None, description="decimals shown; as many as the figures need, if left out")
    first_year: Year | None = Field(
        None, description="the first financial year a figure may have", examples=["2008/09"]
    )
    last_year: Year | None = Field(None, description="the last financial year a figure may have", examples=["2010/11"])
    publisher: Line | None = Field(None, description="who publishes the ledger")
    contact: Line | None = Field(None, description="whom to ask about it")
    next_update: When | None = Field(None, description="when the next update is due", examples=["2026-06"])
    licence: Line | None = Field(None, description="on what terms the data may be used")
    abbreviations: Annotated[dict[Line, Line], Field(min_length=1)] | None = Field(
        None, description="what abbreviations in the papers stand for", examples=[{"HR": "human resources"}]
    )

    def list_abbreviations(self) -> list[tuple[str, str]]:
        """Return the abbreviations in the papers, each with what it stands for, in the order of the alphabet."""
        return sorted((self.abbreviations or {}).items())
