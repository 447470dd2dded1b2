"""`recommendations/ID.yaml`: what somebody recommended or asked for, and what was answered."""

from typing import Literal

from pydantic import Field

from emcollab.records.base import Id, Line, MaybeCited, Record, Text


class Recommendation(MaybeCited):
    """One recommendation; its citation is that of the answer."""

    recommendation: Text = Field(description="what is recommended, in the paper's words")
    area: Line | None = Field(None, description="what it is about")
    action: Text | None = Field(None, description="what was done or decided, in the paper's words or in short")
    response: Literal["accepted", "partly-accepted", "not-accepted", "in-progress", "completed"] | None = Field(
        None, description="left out if no paper says"
    )
    note: Text | None = Field(None, description="what a reader should know")


class Recommendations(Record):
    """The recommendations of one maker; `source` is the paper that prints them."""

    title: Line | None = Field(None, description="what they are known as")
    made_by: Line = Field(description="who made them", examples=["HMIC"])
    source: Id = Field(description="the paper that prints them: an id in sources.yaml")
    at: Line | None = Field(None, description="the place in the paper")
    note: Text | None = Field(None, description="what a reader should know")
    items: dict[Id, Recommendation] = Field(min_length=1, description="each by its number or letter")
