"""`shares.yaml`: keys by which papers apportion benefits between forces."""

from decimal import Decimal

from pydantic import ConfigDict, Field, RootModel

from emcollab.models.base import Citation, Id, Percentage, Year

Parts = dict[Id, Percentage]
"""The percentage of each force; together exactly 100."""


class ShareKey(Citation):
    """A named key of apportionment; each year's percentages hold until the next year that is given."""

    years: dict[Year, dict[Id, Percentage]] = Field(min_length=1, description="percentages by force, from each year on")

    def parts_in(self, year: str) -> dict[str, Decimal] | None:
        """Return the percentages that hold in `year`, or `None` if the key begins later."""
        begun = [start for start in self.years if start <= year]
        return self.years[max(begun)] if begun else None


class Shares(RootModel[dict[Id, ShareKey]]):
    """Each key by its id."""

    model_config = ConfigDict(defer_build=True)
