"""The ledger as a whole, and what its records refer to: areas, forces, papers, keys of apportionment."""

from datetime import date

from emcollab.publish.export.table import AREA, CITATION, POSITION, Column, FlatTable, fields_of, refer, values_of
from emcollab.records.base import Citation
from emcollab.records.ledger import Ledger
from emcollab.records.lists import Force, Source
from emcollab.records.settings import Settings


def flatten_ledger(ledger: Ledger, as_at: date | None) -> FlatTable:
    """Return the table `ledger`, of one row: the settings, and the day as at which figures stand."""
    names = ("title", "unit", "places", "first_year", "last_year")
    day = Column("as_at", "day", "the day as at which figures stand; if empty, every paper counts", required=False)
    rows = ((*values_of(ledger.settings, names), as_at),)
    return FlatTable("ledger", "The ledger as a whole", (*fields_of(Settings, *names), day), ("title",), (), rows)


def flatten_areas(ledger: Ledger) -> FlatTable:
    """Return the table `areas`, in printed order."""
    columns = (AREA, POSITION, Column("label", "text", "what papers call it"))
    rows = tuple((id_, position, label) for position, (id_, label) in enumerate(ledger.areas.items(), start=1))
    return FlatTable("areas", "The rows of the summary table, in printed order", columns, ("area",), (), rows)


def flatten_forces(ledger: Ledger) -> FlatTable:
    """Return the table `forces`, in the order that decides who gets the last penny."""
    names = ("name", "in_region", "note")
    columns = (Column("force", "text", "the force's id"), POSITION, *fields_of(Force, *names))
    rows = tuple(
        (id_, position, *values_of(force, names))
        for position, (id_, force) in enumerate(ledger.forces.items(), start=1)
    )
    return FlatTable("forces", "Police forces", columns, ("force",), (), rows)


def flatten_sources(ledger: Ledger) -> FlatTable:
    """Return the table `sources`."""
    names = ("title", "body", "date", "mark", "as_at", "url", "note")
    columns = (Column("source", "text", "the paper's id"), *fields_of(Source, *names))
    rows = tuple((id_, *values_of(source, names)) for id_, source in ledger.sources.items())
    return FlatTable("sources", "Papers", columns, ("source",), (), rows)


def flatten_share_keys(ledger: Ledger) -> FlatTable:
    """Return the table `share_keys`; their percentages are in `shares`."""
    columns = (Column("share_key", "text", "the key's id"), *fields_of(Citation, *CITATION))
    rows = tuple((id_, *values_of(key, CITATION)) for id_, key in ledger.shares.items())
    title = "Keys by which papers divide benefits between forces"
    return FlatTable("share_keys", title, columns, ("share_key",), refer(source="sources"), rows)
