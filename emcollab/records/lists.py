"""`areas.yaml`, `forces.yaml`, `sources.yaml` and `shares.yaml`: what other records name by its id."""

import datetime as dt
from functools import cached_property

from pydantic import ConfigDict, Field, RootModel

from emcollab.records.base import (
    Citation,
    Day,
    Flag,
    Id,
    Line,
    Name,
    NewId,
    Percentage,
    Record,
    RowName,
    Text,
    When,
    Year,
)
from emcollab.values.dates import last_day


class Areas(RootModel[dict[NewId, RowName]]):
    """Each area's id and label, in printed order."""

    model_config = ConfigDict(defer_build=True)


class Force(Record):
    """A police force, of the region or a partner from outside it."""

    name: RowName = Field(description="the force's name", examples=["Leicestershire"])
    in_region: Flag = Field(True, description="false for a partner from outside the region")
    note: Text | None = Field(None, description="other names that papers use, and the like")


class Forces(RootModel[dict[NewId, Force]]):
    """Each force by its id."""

    model_config = ConfigDict(defer_build=True)


class Source(Record):
    """A paper that went to a meeting of a body. Body and date need not be unique; title and mark help."""

    title: Name = Field(description="the paper's title", examples=["Collaboration Plan 2009/12"])
    body: Line = Field(description="the committee, authority or panel it went to")
    date: When = Field(
        description="the day of the meeting, or its month or year if no more is known: it says which figure is later",
        examples=["2010-02-22"],
    )
    mark: Line | None = Field(None, description="the paper's letter or agenda item", examples=["C"])
    as_at: Day | None = Field(None, description="the day up to which the paper reports, if it says one")
    url: Line | None = Field(None, description="where the paper can be read")
    note: Text | None = Field(None, description="what a reader of the paper should know")

    @cached_property
    def day(self) -> dt.date:
        """The day from which on the paper counts: of one known by its month or year, the last."""
        return last_day(self.date)

    @property
    def reports_to(self) -> dt.date:
        """The day up to which the paper reports."""
        return self.as_at or self.day


class Sources(RootModel[dict[NewId, Source]]):
    """Each paper by its id."""

    model_config = ConfigDict(defer_build=True)


Parts = dict[Id, Percentage]
"""The percentage of each force; together exactly 100."""


class ShareKey(Citation):
    """A named key of apportionment; each year's percentages hold until the next year that is given."""

    years: dict[Year, Parts] = Field(min_length=1, description="percentages by force, from each year on")

    def parts_in(self, year: str) -> Parts | None:
        """Return the percentages that hold in `year`, or `None` if the key begins later."""
        begun = [start for start in self.years if start <= year]
        return self.years[max(begun)] if begun else None


class Shares(RootModel[dict[Id, ShareKey]]):
    """Each key by its id."""

    model_config = ConfigDict(defer_build=True)
