"""`forces.yaml`: the police forces taking part."""

from pydantic import ConfigDict, Field, RootModel

from emcollab.models.base import Flag, Id, Line, Record, Text


class Force(Record):
    """A police force, of the region or a partner from outside it."""

    name: Line = Field(description="the force's name", examples=["Leicestershire"])
    in_region: Flag = Field(True, description="false for a partner from outside the region")
    note: Text | None = Field(None, description="other names that papers use, and the like")


class Forces(RootModel[dict[Id, Force]]):
    """Each force by its id."""

    model_config = ConfigDict(defer_build=True)
