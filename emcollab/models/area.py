"""`areas.yaml`: the rows of the summary table, as the paper prints them and in that order."""

from pydantic import ConfigDict, RootModel

from emcollab.models.base import Id, Line


class Areas(RootModel[dict[Id, Line]]):
    """Each area's id and label, in printed order."""

    model_config = ConfigDict(defer_build=True)
