"""`sources.yaml`: the papers that figures come from."""

from pydantic import ConfigDict, Field, RootModel

from emcollab.models.base import Day, Id, Line, Record, Text


class Source(Record):
    """A paper that went to a meeting of a body. Body and date need not be unique; title and mark help."""

    title: Line = Field(description="the paper's title", examples=["Collaboration Plan 2009/12"])
    body: Line = Field(description="the committee, authority or panel it went to")
    date: Day = Field(description="the day of the meeting; decides which figure is the later", examples=["2010-02-22"])
    mark: Line | None = Field(None, description="the paper's letter or agenda item", examples=["C"])
    as_at: Day | None = Field(None, description="the day up to which the paper reports, if it says one")
    url: Line | None = Field(None, description="where the paper can be read")
    note: Text | None = Field(None, description="what a reader of the paper should know")


class Sources(RootModel[dict[Id, Source]]):
    """Each paper by its id."""

    model_config = ConfigDict(defer_build=True)
