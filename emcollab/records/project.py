"""`projects/ID.yaml`: a collaboration, a workstream or a shared unit, with what it brings and takes."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from emcollab.records.base import (
    Citation,
    Count,
    Day,
    Flag,
    Id,
    Line,
    Name,
    Record,
    Text,
    When,
    at_least_one_of,
    need_one_of,
    say_in_schema,
)
from emcollab.records.benefit import Benefit, Cost
from emcollab.values.problems import Keys
from emcollab.values.terms import Status

_SAID = ("status", "forces", "force_count", "lead", "priority", "closed", "quote")


class Closure(Record):
    """When a project was closed, and why."""

    model_config = say_in_schema(at_least_one_of("date", "reason"))

    date: When | None = Field(None, description="when it was closed, as exactly as the paper says")
    reason: Text | None = Field(None, description="why it was closed")

    @model_validator(mode="after")
    def _say_something(self) -> "Closure":
        need_one_of(self, ("date", "reason"), "the closure has neither date nor reason")
        return self


class ProjectStatement(Citation):
    """What one paper says of the project itself. A new paper is a new statement; none is ever edited."""

    model_config = say_in_schema(at_least_one_of(*_SAID))

    note: Text | None = Field(None, description="what a reader should know")
    as_at: Day | None = Field(None, description="the day up to which it reports, if another than its source's")
    status: Status | None = Field(None, description="left out if the paper does not say")
    forces: Annotated[list[Id], Field(min_length=1)] | None = Field(
        None, description="all forces taking part: ids in forces.yaml; left out where the paper mentions only some"
    )
    force_count: Count | None = Field(
        None, description="how many forces, where the paper counts but does not name them"
    )
    lead: Line | None = Field(None, description="the role or force that leads it")
    priority: Flag | None = Field(None, description="true if the programme gives it priority")
    closed: Closure | None = Field(None, description="when and why it was closed")

    @model_validator(mode="after")
    def _say_something(self) -> "ProjectStatement":
        need_one_of(self, _SAID, "the statement says nothing of the project")
        return self


class Outcome(Citation):
    """A benefit without a number."""

    kind: Id = Field(description="what kind of benefit", examples=["resilience"])
    text: Text = Field(description="what came of it, or is to come, in a sentence")
    state: Literal["achieved", "expected"] | None = Field(None, description="whether it has come, if the paper says")


class Milestone(Citation):
    """A step of a project."""

    name: Line = Field(description="what is to be reached", examples=["Phase 1 - Business Processes"])
    start: When | None = Field(None, description="when it begins", examples=["2010-07"])
    end: When | None = Field(None, description="when it ends")
    state: Literal["planned", "in-progress", "completed", "missed"] | None = Field(None, description="how far it is")
    note: Text | None = Field(None, description="what a reader should know")


class Project(Record):
    """A project. Its id is the name of its file; everything but its name may be left out.

    What stands on the record has no date; what papers say of it stands in its statements, one a paper.
    """

    name: Name = Field(description="what the project is called", examples=["Mobile data"])
    summary: Text | None = Field(None, description="what it is, in a sentence for the public")
    note: Text | None = Field(None, description="what a reader should know")
    statements: list[ProjectStatement] = Field(
        default_factory=list, description="what each paper says of the project itself, the earliest first"
    )
    benefits: dict[Id, Benefit] = Field(default_factory=dict, description="what it brings, each by its id")
    costs: dict[Id, Cost] = Field(default_factory=dict, description="what it takes, each by its id")
    outcomes: dict[Id, Outcome] = Field(default_factory=dict, description="benefits without a number, each by its id")
    milestones: list[Milestone] = Field(default_factory=list, description="its steps, in order")

    def stated(self) -> Iterator[tuple[Keys, Cost]]:
        """Yield each benefit, then each cost, with the keys that lead to it."""
        for id_, benefit in self.benefits.items():
            yield ("benefits", id_), benefit
        for id_, cost in self.costs.items():
            yield ("costs", id_), cost

    def citations(self) -> Iterator[tuple[Keys, Citation]]:
        """Yield everything in the record that a paper says, with the keys that lead to it."""
        yield from ((("statements", position), each) for position, each in enumerate(self.statements))
        for keys, cost in self.stated():
            for position, each in enumerate(cost.statements):
                yield (*keys, "statements", position), each
        yield from ((("outcomes", id_), outcome) for id_, outcome in self.outcomes.items())
        yield from ((("milestones", position), each) for position, each in enumerate(self.milestones))
