"""What all records share: strict, frozen, no unknown keys; and the kinds of value their fields hold.

The reader gives texts, lists and mappings only, so every value type here starts from a text. A function
that refuses one raises `BadValue`, whose words reach the author unchanged.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema

from emcollab.money import MEASURES, MONEY_PATTERN, NUMBER_PATTERN, parse_money, parse_number
from emcollab.problems import BadValue
from emcollab.years import YEAR_PATTERN, parse_year

ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
LINE_PATTERN = r"^[^\n]*[^\n ][^\n]*$"
TEXT_PATTERN = r"[^\n ]"
WHEN_PATTERN = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


class Record(BaseModel):
    """A mapping in a data file, each of its keys known and typed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def kind_of(value: object) -> str:
    """Return what an author would call `value`: a text, a list or a mapping."""
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a text"


def _need_text(value: object) -> str:
    if not isinstance(value, str):
        raise BadValue("wrong-type", f"{kind_of(value)} where a text should be", "write it on the line of its name")
    return value


def _read_date(value: object) -> date:
    text = _need_text(value)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadValue("bad-date", f"there is no day '{text}'", "check month and day") from None
    raise BadValue("bad-date", f"'{text}' is not a date", _date_meant(text))


def _date_meant(text: str) -> str:
    parts = re.split(r"[/. -]+", text.strip())
    if len(parts) == 3:  # noqa: PLR2004 - day, month, year
        day, month, year = parts if len(parts[2]) == 4 else reversed(parts)  # noqa: PLR2004
        number = _MONTHS.get(month[:3].casefold(), month)
        day = re.sub("(st|nd|rd|th)$", "", day.casefold())
        try:
            return f"write '{date(int(year), int(number), int(day))}'"
        except ValueError:
            pass
    return "write it as '2010-02-22'"


_MONTHS = {
    name: str(number)
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}


def _read_when(text: str) -> str:
    if not re.fullmatch(WHEN_PATTERN, text, re.ASCII):
        remedy = "write it as '2010', '2010-07' or '2010-07-15'"
        raise BadValue("bad-date", f"'{text}' is not a year, a month or a day", remedy)
    _read_date(text + "-01-01"[len(text) - 4 :] if len(text) < len("2010-07-15") else text)
    return text


def _read_flag(value: object) -> bool:
    text = _need_text(value)
    if text not in ("true", "false"):
        raise BadValue("unknown-value", f"'{text}' is neither 'true' nor 'false'", "write one of them")
    return text == "true"


def read_count(value: object) -> int:
    """Return the whole number from 0 to 999 that `value` is in digits.

    Raises:
        BadValue: with code `wrong-type`.
    """
    text = _need_text(value)
    if not re.fullmatch("[0-9]{1,3}", text, re.ASCII):
        raise BadValue("wrong-type", f"'{text}' is not a whole number", "write it in digits, such as '3'")
    return int(text)


def _read_percentage(value: object) -> Decimal:
    text = _need_text(value)
    found = re.fullmatch(r"(-?[0-9]{1,3}(?:\.[0-9]{1,6})?)%", text, re.ASCII)
    if found:
        return Decimal(found[1])
    number = re.fullmatch(r"-?[0-9]{1,3}(?:\.[0-9]{1,6})?", text.rstrip("% pcer.nt"), re.ASCII)
    meant = f"write '{number[0]}%'" if number else "write it as '60%' or '33.34%'"
    raise BadValue("bad-percentage", f"'{text}' is not a percentage", meant)


def _read_amount(value: object, info: ValidationInfo) -> Decimal:
    """Return pounds, posts or hours, by the measure of the benefit being read (`Cost` notes it in the context)."""
    text = _need_text(value)
    measure = (info.context or {}).get("measure", "money")
    if measure not in MEASURES:
        measure = "money" if "£" in text else "posts"
    return parse_money(text) if measure == "money" else parse_number(text)


Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=80)]
"""A name in kebab-case, by which other records mean this one."""

Line = Annotated[str, Field(pattern=LINE_PATTERN, max_length=300)]
"""A text of one line."""

Text = Annotated[str, Field(pattern=TEXT_PATTERN, max_length=20_000)]
"""A text of any number of lines."""

Year = Annotated[
    str,
    AfterValidator(parse_year),
    WithJsonSchema({"type": "string", "pattern": YEAR_PATTERN, "x-text-only": True}),
]
"""A financial year, such as `2010/11`."""

When = Annotated[
    str,
    AfterValidator(_read_when),
    WithJsonSchema({"type": ["string", "integer"], "pattern": WHEN_PATTERN}),
]
"""A year, a month or a day, as exactly as the paper says."""

Day = Annotated[date, PlainValidator(_read_date), WithJsonSchema({"type": "string", "format": "date"})]

Flag = Annotated[bool, PlainValidator(_read_flag), WithJsonSchema({"type": "boolean"})]

Count = Annotated[int, PlainValidator(read_count), WithJsonSchema({"type": "integer", "minimum": 0})]

Percentage = Annotated[
    Decimal,
    PlainValidator(_read_percentage),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]{1,3}(\.[0-9]{1,6})?%$", "x-text-only": True}),
]
"""A share of a hundred, such as `33.34%`; negative for a force that pays for the others."""

Amount = Annotated[
    Decimal,
    PlainValidator(_read_amount),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{MONEY_PATTERN}$", "x-text-only": True},
                {"type": "string", "pattern": f"^{NUMBER_PATTERN}$"},
            ],
        }
    ),
]
"""Pounds with their sign and unit (`£0.478m`), or posts or hours as a plain number (`0.6`)."""

Unit = Literal["£", "£k", "£m"]

Measure = Literal["money", "posts", "hours"]

Basis = Literal["plan", "estimate", "reported", "actual"]


class Citation(Record):
    """Where a paper says something."""

    source: Id = Field(description="the paper: an id in sources.yaml")
    at: Line | None = Field(None, description="the place in the paper", examples=["Table 1"])
    quote: Text | None = Field(None, description="the paper's own words")


class MaybeCited(Record):
    """Something for which a paper can be named, but need not be."""

    source: Id | None = Field(None, description="the paper that says so: an id in sources.yaml")
    at: Line | None = Field(None, description="the place in the paper")
    quote: Text | None = Field(None, description="the paper's own words")


def measure_of(value: Any) -> Any:  # noqa: ANN401 - whatever the author wrote
    """Return the measure that a benefit's mapping names, before anything in it is typed; money if it names none."""
    return value.get("measure", "money") if isinstance(value, dict) else "money"
