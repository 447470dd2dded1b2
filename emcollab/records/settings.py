"""`ledger.yaml`: what the ledger as a whole is called and how its tables are shown."""

from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from emcollab.records.base import Line, Record, Year, read_count
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


class Settings(Record):
    """The title of the ledger, the unit of its tables, and the years its figures may fall in."""

    title: Line = Field(description="what the ledger is called; the heading of its tables")
    unit: Unit = Field("£m", description="the unit that tables are shown in")
    places: Places | None = Field(None, description="decimals shown; as many as the figures need, if left out")
    first_year: Year | None = Field(
        None, description="the first financial year a figure may have", examples=["2008/09"]
    )
    last_year: Year | None = Field(None, description="the last financial year a figure may have", examples=["2010/11"])
