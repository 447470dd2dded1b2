"""The records that data files hold, and which file holds which."""

from typing import NamedTuple

from pydantic import BaseModel

from emcollab.records.lists import Areas, Forces, Shares, Sources
from emcollab.records.project import Project
from emcollab.records.published import Published
from emcollab.records.recommendation import Recommendations
from emcollab.records.settings import Settings


class FileKind(NamedTuple):
    """A kind of data file: the record's name, its file or folder, the record's type, whether a ledger needs it."""

    record: str
    place: str
    model: type[BaseModel]
    required: bool


KINDS: tuple[FileKind, ...] = (
    FileKind("ledger", "ledger.yaml", Settings, required=True),
    FileKind("areas", "areas.yaml", Areas, required=True),
    FileKind("forces", "forces.yaml", Forces, required=True),
    FileKind("sources", "sources.yaml", Sources, required=True),
    FileKind("shares", "shares.yaml", Shares, required=False),
    FileKind("project", "projects/", Project, required=False),
    FileKind("published", "published/", Published, required=False),
    FileKind("recommendations", "recommendations/", Recommendations, required=False),
)
"""To add one: write its module here, list it, and give it a place in `Ledger`. A place ending in `/` is a
folder of files, each named after its record's id."""
