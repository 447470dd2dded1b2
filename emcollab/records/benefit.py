"""Benefits and costs: what papers state, period by period, that a project brings or takes."""

from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, Field, Tag, ValidationInfo, model_validator

from emcollab.records.base import (
    ID_PATTERN,
    Amount,
    Citation,
    Day,
    Id,
    Line,
    Name,
    PeriodKey,
    Record,
    Text,
    at_least_one_of,
    need_one_of,
    note_measure,
    say_in_schema,
    whole_or_by_force,
)
from emcollab.records.lists import Parts
from emcollab.values.money import NUMBER_PATTERN
from emcollab.values.problems import BadValue
from emcollab.values.terms import BASES, BECAME, Cashability, Category, Counts, Measure, Recurrence

Shared = Annotated[
    Annotated[Id, Tag("key")] | Annotated[Parts, Tag("parts")],
    Discriminator(lambda value: {str: "key", dict: "parts"}.get(type(value))),
]
"""The id of a key in shares.yaml, or the percentages themselves."""

Amounts = Annotated[dict[PeriodKey, Amount], Field(min_length=1)]
"""An amount for each period; or the amount of each force, where the paper gives them so."""

_SAID = (*BASES, "baseline", "owner", "assurance")


class Statement(Citation):
    """What one paper says of one benefit or cost. A new paper is a new statement; none is ever edited."""

    model_config = say_in_schema(
        at_least_one_of(*_SAID),
        {"if": {"required": ["reason"]}, "then": at_least_one_of(*BECAME)},
        {"if": {"required": ["assured_by"]}, "then": {"required": ["assurance"]}},
    )

    note: Text | None = Field(None, description="what a reader of the figures should know")
    as_at: Day | None = Field(None, description="the day up to which it reports, if another than its source's")
    plan: Amounts | None = Field(None, description="what a business case or budget set out to reach")
    estimate: Amounts | None = Field(None, description="what the paper itself calls an estimate or forecast")
    reported: Amounts | None = Field(None, description="a figure of which the paper does not say what kind it is")
    actual: Amounts | None = Field(None, description="an outturn, of a period that was over")
    at_risk: Amounts | None = Field(None, description="what of the plan may not come")
    delayed: Amounts | None = Field(None, description="what of the plan comes later")
    not_achievable: Amounts | None = Field(None, description="what of the plan will not come")
    reason: Text | None = Field(None, description="why it is at risk, delayed or not achievable")
    baseline: Text | None = Field(None, description="what it is measured against")
    owner: Line | None = Field(None, description="the role that answers for it")
    assurance: Line | None = Field(None, description="the grade given to the evidence, in the words of who gives it")
    assured_by: Line | None = Field(None, description="who gave the grade")

    @model_validator(mode="after")
    def _say_something(self) -> "Statement":
        need_one_of(self, _SAID, "the statement says nothing")
        if self.reason and not any(getattr(self, name) for name in BECAME):
            remedy = f"add one of {', '.join(BECAME)}, or write it as 'note'"
            raise BadValue(
                "missing-key", "the statement has a reason, and nothing that it is the reason of", remedy, BECAME
            )
        if self.assured_by and not self.assurance:
            remedy = "add 'assurance', the grade"
            raise BadValue("missing-key", "the statement says who gave a grade, and not which", remedy, ("assurance",))
        return self


def _with_amounts(amount: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a benefit each of whose amounts is an `amount`, whole or by force."""
    by_basis = {f"^({'|'.join(BASES)})$": {"additionalProperties": whole_or_by_force(amount)}}
    return {"properties": {"statements": {"items": {"patternProperties": by_basis}}}}


_NO_MONEY = {"required": ["measure"], "properties": {"measure": {"enum": ["posts", "hours"]}}}
_WRITTEN_OUT = {"required": ["shares"], "properties": {"shares": {"type": "object"}}}

BENEFIT_PATTERN = f"{ID_PATTERN[:-1]}/{ID_PATTERN[1:]}"
BenefitName = Annotated[str, Field(pattern=BENEFIT_PATTERN, max_length=300)]
"""A benefit or cost of any project, as `project/benefit`."""


class Cost(Record):
    """Something a project takes. What it is measured in (`measure`) decides how its amounts are written."""

    model_config = say_in_schema(
        {
            "if": _NO_MONEY,
            "then": _with_amounts({"type": "string", "pattern": f"^{NUMBER_PATTERN}$"}),
            "else": _with_amounts({"type": "string", "pattern": "£", "x-text-only": True}),
        },
        {"if": _WRITTEN_OUT, "then": {"required": ["shares_source"]}},
    )
    is_spent: ClassVar[bool] = True

    area: Id = Field(description="the row of the summary table: an id in areas.yaml", examples=["joint-procurement"])
    measure: Measure = Field("money", description="what the amounts count; money if left out")
    label: Name | None = Field(None, description="what to call it beside the project's name")
    recurrence: Recurrence | None = Field(None, description="whether it comes every year")
    counts: Counts | None = Field(
        None, description="level, if a year's figure is the amount reached in it; new, if it is what came on top in it"
    )
    replaces: list[BenefitName] = Field([], description="others that this one takes the place of, as project/benefit")
    possible_duplicate_of: BenefitName | None = Field(
        None, description="another benefit that may be the same one, as project/benefit"
    )
    note: Text | None = Field(None, description="what a reader of the figures should know")
    shares: Shared | None = Field(None, description="percentages by force, or a key in shares.yaml")
    shares_source: Id | None = Field(None, description="the paper that gives the percentages written out here")
    shares_at: Line | None = Field(None, description="the place in that paper")
    statements: list[Statement] = Field(min_length=1, description="what each paper says, the earliest first")

    @model_validator(mode="before")
    @classmethod
    def _note_measure(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - not typed yet
        note_measure(value, info, is_spent=cls.is_spent)
        return value

    @model_validator(mode="after")
    def _source_shares(self) -> "Cost":
        if isinstance(self.shares, dict) and self.shares_source is None:
            remedy = "add 'shares_source', the paper that gives them"
            raise BadValue("missing-key", "the shares have no source", remedy, names=("shares_source",))
        return self


class Benefit(Cost):
    """Something a project brings."""

    is_spent: ClassVar[bool] = False

    category: Category = Field(description="saving or funding; unclassified if the paper does not say which")
    cashability: Cashability | None = Field(None, description="of a saving, if the paper says; unstated if left out")
