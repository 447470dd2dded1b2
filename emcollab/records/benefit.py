"""Benefits and costs: what papers state, year by year, that a project brings or takes."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, ValidationInfo, model_validator

from emcollab.records.base import Amount, Citation, Id, Line, Record, Text, Year, note_measure, say_in_schema
from emcollab.records.lists import Parts
from emcollab.values.money import NUMBER_PATTERN
from emcollab.values.problems import BadValue
from emcollab.values.terms import BASES, Cashability, Category, Measure

Shared = Annotated[
    Annotated[Id, Tag("key")] | Annotated[Parts, Tag("parts")],
    Discriminator(lambda value: {str: "key", dict: "parts"}.get(type(value))),
]
"""The id of a key in shares.yaml, or the percentages themselves."""

Amounts = Annotated[dict[Year, Amount], Field(min_length=1)]

_FIGURES = (*BASES, "undated")


class Statement(Citation):
    """One paper saying figures of one benefit. A new paper is a new statement; none is ever edited."""

    model_config = say_in_schema({"anyOf": [{"required": [name]} for name in _FIGURES]})

    note: Text | None = Field(None, description="what a reader of the figures should know")
    plan: Amounts | None = Field(None, description="what a business case set out to reach")
    estimate: Amounts | None = Field(None, description="what the paper itself calls an estimate or forecast")
    reported: Amounts | None = Field(None, description="a figure of which the paper does not say what kind it is")
    actual: Amounts | None = Field(None, description="an outturn, of a year that was over")
    undated: Amount | None = Field(None, description="an amount a year, for which the paper names no years")

    @model_validator(mode="after")
    def _state_something(self) -> "Statement":
        if any(getattr(self, name) is not None for name in _FIGURES):
            return self
        raise BadValue("missing-key", "the statement has no figure", f"add one of {', '.join(_FIGURES)}", _FIGURES)


def _with_amounts(amount: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a benefit each of whose amounts is an `amount`."""
    by_year = {basis: {"additionalProperties": amount} for basis in BASES}
    return {"properties": {"statements": {"items": {"properties": {**by_year, "undated": amount}}}}}


_NO_MONEY = {"required": ["measure"], "properties": {"measure": {"enum": ["posts", "hours"]}}}
_WRITTEN_OUT = {"required": ["shares"], "properties": {"shares": {"type": "object"}}}


class Cost(Record):
    """Something a project takes. What it is measured in (`measure`) decides how its amounts are written."""

    model_config = say_in_schema(
        {
            "if": _NO_MONEY,
            "then": _with_amounts({"pattern": f"^{NUMBER_PATTERN}$"}),
            "else": _with_amounts({"type": "string", "pattern": "£", "x-text-only": True}),
        },
        {"if": _WRITTEN_OUT, "then": {"required": ["shares_source"]}},
    )

    area: Id = Field(description="the row of the summary table: an id in areas.yaml", examples=["joint-procurement"])
    measure: Measure = Field("money", description="what the amounts count; money if left out")
    label: Line | None = Field(None, description="what to call it beside the project's name")
    recurrence: Literal["recurring", "one-off"] | None = Field(None, description="whether it comes every year")
    baseline: Text | None = Field(None, description="what it is measured against")
    owner: Line | None = Field(None, description="the role that answers for it")
    possible_duplicate_of: Line | None = Field(
        None,
        description="another benefit that may be the same one, as project/benefit",
        pattern="^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$",
    )
    note: Text | None = Field(None, description="what a reader of the figures should know")
    assurance: Literal["green", "amber", "red"] | None = Field(None, description="the evidence grade given")
    assured_by: Line | None = Field(None, description="who gave the grade")
    shares: Shared | None = Field(None, description="percentages by force, or a key in shares.yaml")
    shares_source: Id | None = Field(None, description="the paper that gives the percentages written out here")
    shares_at: Line | None = Field(None, description="the place in that paper")
    statements: list[Statement] = Field(min_length=1, description="what each paper says, the earliest first")

    @model_validator(mode="before")
    @classmethod
    def _note_measure(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - not typed yet
        note_measure(value, info)
        return value

    @model_validator(mode="after")
    def _source_shares(self) -> "Cost":
        if not isinstance(self.shares, dict) or self.shares_source:
            return self
        remedy = "add 'shares_source', the paper that gives them"
        raise BadValue("missing-key", "the shares have no source", remedy, names=("shares_source",))


class Benefit(Cost):
    """Something a project brings."""

    category: Category = Field(description="saving or funding; unclassified if the paper does not say which")
    cashability: Cashability | None = Field(None, description="of a saving, if the paper says; unstated if left out")
