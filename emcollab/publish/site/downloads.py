"""The data of the report, to take away beside its pages: figures as CSV, the workbook, and totals by area as JSON."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice

from emcollab.publish import Unwritable
from emcollab.publish.edition import Edition
from emcollab.publish.export import format_export
from emcollab.publish.export.csv import format_table
from emcollab.publish.export.tables import flatten, make_table
from emcollab.render.formats.json import format_json
from emcollab.render.pages.totals import as_document
from emcollab.results.totals import total_by
from emcollab.values.terms import MEASURES

FIGURES = "data/figures.csv"
WORKBOOK = "data/workbook.xlsx"

MOST_ROWS = 20_000
"""Figures, and parts of them, in a workbook beside the pages: one of more takes longer than they do. `export` has no
such limit."""


def list_downloads(edition: Edition) -> list[tuple[str, str]]:
    """Return the path of each file of data, and what it is called."""
    return [
        (FIGURES, "every figure and its paper (CSV, exact amounts)"),
        *([(WORKBOOK, "totals and all records (Excel workbook)")] if _make_workbook(edition) else []),
        *((_path(measure), f"totals by area, of {measure} (JSON)") for measure in _list_measures(edition)),
    ]


def say_lacking(edition: Edition) -> str:
    """Return that there is too much for a workbook beside the pages, if there is."""
    if not _is_too_much(edition):
        return ""
    much = f"more than {MOST_ROWS:,} figures and parts that fall to forces"
    return f"no workbook here, as there are {much}; emcollab export --format xlsx makes one"


def _is_too_much(edition: Edition) -> bool:
    rows = chain(edition.ledger.figures, make_table("parts", edition.ledger, edition.standing).rows)
    return any(True for _ in islice(rows, MOST_ROWS, None))


def make_downloads(edition: Edition) -> Iterator[tuple[str, str | bytes]]:
    """Yield the path and the content of each of these files; figures are those of all forces and years."""
    yield FIGURES, "".join(format_table(make_table("figures", edition.ledger, edition.standing)))
    if workbook := _make_workbook(edition):
        yield WORKBOOK, workbook
    for measure in _list_measures(edition):
        totals = total_by(edition.ledger, "area", replace(edition.selection, measure=measure))
        yield _path(measure), format_json(as_document(totals, edition.as_at))


@lru_cache(1)
def _make_workbook(edition: Edition) -> bytes:
    """Return the workbook; nothing, where the package for it is not there, or there is too much for one.

    It is kept, as the first page asks whether there is one long before it is written.
    """
    if _is_too_much(edition):
        return b""
    try:
        content = format_export(flatten(edition.ledger, edition.as_at), "xlsx")
    except Unwritable:
        return b""
    return content if isinstance(content, bytes) else b""


def _list_measures(edition: Edition) -> list[str]:
    """Return money, and what else figures are of."""
    there = {"money", *(figure.measure for figure in edition.ledger.figures)}
    return [measure for measure in MEASURES if measure in there]


def _path(measure: str) -> str:
    return f"data/totals-{measure}.json"
