"""`projects/ID.yaml`: a collaboration, a workstream or a shared unit, with what it brings and takes."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from emcollab.records.base import Citation, Count, Flag, Id, Line, MaybeCited, Record, Text, When
from emcollab.records.benefit import Benefit, Cost
from emcollab.values.problems import Keys
from emcollab.values.terms import Status


class Closure(MaybeCited):
    """When a project was closed, and why."""

    date: When | None = Field(None, description="when it was closed, as exactly as the paper says")
    reason: Text | None = Field(None, description="why it was closed")


class Outcome(Citation):
    """A benefit without a number."""

    kind: Id = Field(description="what kind of benefit", examples=["resilience"])
    text: Text = Field(description="what came of it, in a sentence")


class Milestone(Citation):
    """A step of a project."""

    name: Line = Field(description="what is to be reached", examples=["Phase 1 - Business Processes"])
    start: When | None = Field(None, description="when it begins", examples=["2010-07"])
    end: When | None = Field(None, description="when it ends")
    state: Literal["planned", "in-progress", "completed", "missed"] | None = Field(None, description="how far it is")
    note: Text | None = Field(None, description="what a reader should know")


class Project(Record):
    """A project. Its id is the name of its file; everything but its name may be left out."""

    name: Line = Field(description="what the project is called", examples=["Mobile data"])
    status: Status | None = Field(None, description="left out if no paper says")
    summary: Text | None = Field(None, description="what it is, in a sentence for the public")
    priority: Flag = Field(False, description="true if the programme gives it priority")
    forces: list[Id] = Field(default_factory=list, description="the forces taking part: ids in forces.yaml")
    force_count: Count | None = Field(
        None, description="how many forces, where the paper counts but does not name them"
    )
    lead: Line | None = Field(None, description="the role or force that leads it")
    closed: Closure | None = Field(None, description="when and why it was closed")
    sources: list[Citation] = Field(default_factory=list, description="where papers speak of the project itself")
    note: Text | None = Field(None, description="what a reader should know")
    benefits: dict[Id, Benefit] = Field(default_factory=dict, description="what it brings, each by its id")
    costs: dict[Id, Cost] = Field(default_factory=dict, description="what it takes, each by its id")
    outcomes: dict[Id, Outcome] = Field(default_factory=dict, description="benefits without a number, each by its id")
    milestones: list[Milestone] = Field(default_factory=list, description="its steps, in order")

    def stated(self) -> Iterator[tuple[Keys, Cost]]:
        """Yield each benefit, then each cost, with the keys that lead to it."""
        yield from ((("benefits", id_), benefit) for id_, benefit in self.benefits.items())
        yield from ((("costs", id_), cost) for id_, cost in self.costs.items())
