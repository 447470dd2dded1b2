"""What all records share: strict, frozen, no unknown keys; and the kinds of value their fields hold.

The reader gives texts, lists and mappings only, so every value type here starts from a text. A function
that refuses one raises `BadValue`, whose words reach the author unchanged.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema

from emcollab.values.dates import WHEN_PATTERN, YEAR_PATTERN, parse_day, parse_when, parse_year
from emcollab.values.money import MONEY_PATTERN, NUMBER_PATTERN, parse_money, parse_number, put_minus_first
from emcollab.values.names import fold_name
from emcollab.values.periods import PERIOD_PATTERN, parse_period
from emcollab.values.problems import BadValue
from emcollab.values.terms import MEASURES

ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
LINE_PATTERN = r"^[^\n]*[^\n ][^\n]*$"
NAME_PATTERN = "^[^\\n ]+( [^\\n ]+)*$"
TEXT_PATTERN = r"[^\n ]"
_PERCENTAGE_PATTERN = r"^-?[0-9]{1,3}(\.[0-9]{1,6})?%$"


class Record(BaseModel):
    """A mapping in a data file, each of its keys known and typed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


def say_in_schema(*rules: dict[str, Any]) -> ConfigDict:
    """Return what tells editors of rules between the keys of a record, which its own validators hold to."""
    return ConfigDict(json_schema_extra={"allOf": list(rules)})


def at_least_one_of(*names: str) -> dict[str, Any]:
    """Return the JSON Schema of a mapping that has one of `names`, or more."""
    return {"anyOf": [{"required": [name]} for name in names]}


def need_one_of(record: Record, names: tuple[str, ...], message: str) -> None:
    """Hold a record to what `at_least_one_of` says to editors.

    Raises:
        BadValue: with code `missing-key` and this `message`, if it has none of `names`.
    """
    if all(getattr(record, name) is None for name in names):
        raise BadValue("missing-key", message, f"add one of {', '.join(names)}", names)


def exactly_one_of(*names: str) -> dict[str, Any]:
    """Return the JSON Schema of a mapping that has one of `names`, and no other of them."""
    return {"oneOf": [{"required": [name]} for name in names]}


def name_shape(value: object) -> str:
    """Return what an author would call `value`: a text, a list or a mapping."""
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a text"


def refuse_shape(value: object, wanted: str) -> BadValue:
    """Return the fault that `value` is not the kind of value that is `wanted`, to be raised or shown."""
    remedy = _HOW[wanted]
    if wanted == "a text" and isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        remedy = f"take the brackets out: write '{value[0]}'"
    return BadValue("wrong-type", f"{name_shape(value)} where {wanted} should be", remedy)


def id_meant(written: str) -> str:
    """Return the id nearest to a text that is none; nothing, if there are no letters or digits in it."""
    return re.sub("[^a-z0-9]+", "-", written.casefold()).strip("-")


def refuse_id(written: str) -> BadValue:
    """Return the fault that a name is no id, to be raised or shown."""
    meant = id_meant(written)
    remedy = f"write '{meant}'" if meant else "write small letters, digits and single hyphens"
    return BadValue("bad-id", f"'{written}' is not an id", remedy, on_key=True)


def refuse_reserved(written: str) -> str:
    """Return an id that is new here, if it may be one.

    Raises:
        BadValue: with code `bad-id`: tables have a row of that name, or Windows has no file of it.
    """
    if written in RESERVED:
        keeper = "tables have a row of their own" if written in ROWS else "Windows has a device"
        raise BadValue("bad-id", f"{keeper} called '{written}'", "give it another name", on_key=True)
    return written


def refuse_row_name(name: str) -> str:
    """Return a name that a row of a table may have.

    Raises:
        BadValue: with code `bad-id`: tables have a row of that name that means something else.
    """
    if fold_name(name).replace(" ", "-") in ROWS:
        raise BadValue("bad-id", f"tables have a row of their own called '{name}'", "give it another name")
    return name


ROWS = frozenset({"not-apportioned", "total"})
RESERVED = ROWS | {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
"""What is no id of an area, a force, a paper or a file."""

_HOW = {
    "a text": "write it on the line of its name",
    "a list": "write '- ' before each item, or '[a, b]'",
    "a mapping": "write 'name: value' lines below it, indented",
    "a text or a mapping": "write the one or the other",
    "a list or a mapping": "write '[a, b]', or 'name: value' lines below it, indented",
    "something else": "check the indentation",
}


def need_text(value: object) -> str:
    """Return `value`, which is a text.

    Raises:
        BadValue: with code `wrong-type`.
    """
    if not isinstance(value, str):
        raise refuse_shape(value, "a text")
    return value


def _read_day(value: object) -> date:
    return parse_day(need_text(value))


def _read_flag(value: object) -> bool:
    text = need_text(value)
    if text not in ("true", "false"):
        meant = _FLAGS.get(text.casefold())
        remedy = f"write '{meant}'" if meant else "write one of them"
        raise BadValue("unknown-value", f"'{text}' is neither 'true' nor 'false'", remedy)
    return text == "true"


_FLAGS = {"yes": "true", "y": "true", "on": "true", "true": "true", "1": "true"} | {
    "no": "false", "n": "false", "off": "false", "false": "false", "0": "false"
}  # fmt: skip


def read_count(value: object) -> int:
    """Return the whole number from 0 to 999 that `value` is in digits.

    Raises:
        BadValue: with code `wrong-type`.
    """
    text = need_text(value)
    if not re.fullmatch("[0-9]{1,3}", text, re.ASCII):
        raise BadValue("wrong-type", f"'{text}' is not a whole number", "write it in digits, such as '3'")
    return int(text)


def _read_percentage(value: object) -> Decimal:
    text = need_text(value)
    if re.fullmatch(_PERCENTAGE_PATTERN, text, re.ASCII):
        return Decimal(text.removesuffix("%"))
    raise BadValue("bad-percentage", *_percentage_meant(text))


def _percentage_meant(text: str) -> tuple[str, str]:
    """Return what is wrong with a percentage, and the exact text to write, where the author's meaning can be told."""
    found = re.fullmatch(r"(-?[0-9]{1,3}(?:\.[0-9]{1,100})?) ?(%|per ?cent\.?|pc|)", text, re.ASCII)
    if not found:
        return f"'{text}' is not a percentage", "write it as '60%' or '33.34%'"
    number = Decimal(found[1])
    if not found[2] and "." in found[1] and abs(number) <= 1:
        number = (number * 100).normalize()
    exact = round(number, _DECIMALS)
    if exact != number or (found[2] == "%" and " " not in text):
        return f"'{text}' has more than six decimals", f"write '{exact:f}%'"
    return f"'{text}' is not a percentage", f"write '{number:f}%'"


_DECIMALS = 6


def _read_amount(value: object, info: ValidationInfo) -> "Decimal | dict[str, Decimal]":
    """Return pounds, posts or hours, by the measure that `note_measure` has noted; or those of each force."""
    parse: Callable[[str], Decimal] = (info.context or {}).get("parse", parse_money)
    if type(value) is str:
        return parse(value)
    if not isinstance(value, dict):
        raise refuse_shape(value, "a text")
    if not value:
        raise BadValue("empty-value", "nothing is written here", "write an amount, or those of each force")
    return {force: _read_part(parse, force, value[force]) for force in value}


def _read_part(parse: Callable[[str], Decimal], force: str, value: object) -> Decimal:
    """Return the amount of one force.

    Raises:
        BadValue: `force` is no id, or the amount is none; its keys lead to the place.
    """
    try:
        if not re.fullmatch(ID_PATTERN, force):
            raise refuse_id(force)
        return parse(need_text(value))
    except BadValue as bad:
        raise BadValue(bad.code, bad.message, bad.help, keys=(force,), on_key=bad.on_key) from None


def note_measure(value: Any, info: ValidationInfo, *, is_spent: bool) -> None:  # noqa: ANN401 - whatever the author wrote
    """Note in the context how amounts are parsed in the mapping of a benefit or cost, which knows what they count.

    It is done before anything in the mapping is typed. `is_spent` says that it is a cost.
    """
    if info.context is not None:
        measure = value.get("measure", "money") if isinstance(value, dict) else "money"
        parse = parse_money if measure == "money" else parse_number if measure in MEASURES else _parse_either
        info.context["parse"] = partial(_parse_spent, parse) if is_spent else parse


def _parse_either(text: str) -> Decimal:
    return parse_money(text) if "£" in text else parse_number(text)


def _parse_spent(parse: Callable[[str], Decimal], text: str) -> Decimal:
    """Return an amount of a cost: what finance sheets put in brackets is what is spent, and no gain."""
    try:
        return parse(text)
    except BadValue as bad:
        bare = re.sub(r"^(£?)\s*[-−(]\s*|\s*\)$", r"\1", put_minus_first(text))  # noqa: RUF001 - a minus sign is meant
        if bare == text.strip():
            raise
        try:
            parse(bare)
            remedy = f"""write {f'"{bare}"' if "," in bare else f"'{bare}'"}"""
        except BadValue as other:
            remedy = other.help
        remedy = f"a cost is written as what is spent, and never below nil: {remedy}"
        raise BadValue(bad.code, bad.message, remedy) from None


Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=80)]
"""A name in kebab-case, by which other records mean this one."""

NewId = Annotated[
    Id,
    AfterValidator(refuse_reserved),
    WithJsonSchema(
        {"type": "string", "pattern": f"^(?!({'|'.join(sorted(RESERVED))})$){ID_PATTERN[1:]}", "maxLength": 80}
    ),
]
"""The same, where it is given to an area, a force or a paper, of which there may be a row, a page or a file."""

Line = Annotated[str, Field(pattern=LINE_PATTERN, max_length=300)]
"""A text of one line."""

Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=300)]
"""What readers know something by: a text of one line, its words parted by single blanks."""

_ROWS = "|".join("".join(f"[{letter.upper()}{letter}]" for letter in row) for row in sorted(ROWS)).replace("--", " -")
RowName = Annotated[
    Name,
    AfterValidator(refuse_row_name),
    WithJsonSchema({"type": "string", "pattern": f"^(?!({_ROWS})$){NAME_PATTERN[1:]}", "maxLength": 300}),
]
"""The same, of an area or a force, of which tables have a row."""

Text = Annotated[str, Field(pattern=TEXT_PATTERN, max_length=20_000)]
"""A text of any number of lines."""

Year = Annotated[
    str, AfterValidator(parse_year), WithJsonSchema({"type": "string", "pattern": YEAR_PATTERN, "x-text-only": True})
]
"""A financial year, such as `2010/11`."""

PeriodKey = Annotated[
    str,
    AfterValidator(parse_period),
    WithJsonSchema({"type": "string", "pattern": PERIOD_PATTERN, "x-text-only": True}),
]
"""What a figure is for: a financial year, part of one, several, `a year` or `in all`."""

When = Annotated[
    str, AfterValidator(parse_when), WithJsonSchema({"type": ["string", "integer"], "pattern": WHEN_PATTERN})
]
"""A year, a month or a day, as exactly as the paper says."""

Day = Annotated[date, PlainValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})]

Flag = Annotated[bool, PlainValidator(_read_flag), WithJsonSchema({"type": "boolean"})]

Count = Annotated[int, PlainValidator(read_count), WithJsonSchema({"type": "integer", "minimum": 0})]

Percentage = Annotated[
    Decimal,
    PlainValidator(_read_percentage),
    WithJsonSchema({"type": "string", "pattern": _PERCENTAGE_PATTERN, "x-text-only": True}),
]
"""A share of a hundred, such as `33.34%`; negative for a force that pays for the others."""

_ONE_AMOUNT: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": f"^{MONEY_PATTERN}$", "x-text-only": True},
        {"type": "string", "pattern": f"^{NUMBER_PATTERN}$"},
    ]
}


def whole_or_by_force(amount: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of an amount, as `amount` has it, or of one for each force."""
    by_force = {"type": "object", "minProperties": 1, "propertyNames": {"pattern": ID_PATTERN}}
    return {"anyOf": [amount, {**by_force, "additionalProperties": amount}]}


Amount = Annotated[
    Decimal | dict[str, Decimal], PlainValidator(_read_amount), WithJsonSchema(whole_or_by_force(_ONE_AMOUNT))
]
"""Pounds with their sign and unit (`£0.478m`), or posts or hours as a plain number (`0.6`); or those of each force."""


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
