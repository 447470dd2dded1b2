"""The data of the report, to take away beside its pages: every figure as CSV, and the totals by area as JSON."""

from collections.abc import Iterator
from dataclasses import replace

from emcollab.publish.edition import Edition
from emcollab.publish.export.csv import format_table
from emcollab.publish.export.tables import list_figures
from emcollab.render.formats.json import format_json
from emcollab.render.pages.totals import as_document
from emcollab.results.totals import total_by
from emcollab.values.terms import MEASURES

FIGURES = "data/figures.csv"


def list_downloads(edition: Edition) -> list[tuple[str, str]]:
    """Return the path of each file of data, and what it is called."""
    return [
        (FIGURES, "every figure and its paper (CSV, exact amounts)"),
        *((_path(measure), f"totals by area, of {measure} (JSON)") for measure in _list_measures(edition)),
    ]


def make_downloads(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each of these files; figures are those of all forces and years."""
    yield FIGURES, "".join(format_table(list_figures(edition.ledger, edition.standing)))
    for measure in _list_measures(edition):
        totals = total_by(edition.ledger, "area", replace(edition.selection, measure=measure))
        yield _path(measure), format_json(as_document(totals, edition.as_at))


def _list_measures(edition: Edition) -> list[str]:
    """Return money, and what else figures are of."""
    there = {"money", *(figure.measure for figure in edition.ledger.figures)}
    return [measure for measure in MEASURES if measure in there]


def _path(measure: str) -> str:
    return f"data/totals-{measure}.json"
