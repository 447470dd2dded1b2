"""Tables as papers printed them, and recommendations."""

from collections.abc import Iterator

from emcollab.publish.export.table import (
    CITATION,
    MEASURE,
    POSITION,
    Cells,
    Column,
    FlatTable,
    fields_of,
    refer,
    values_of,
)
from emcollab.records.ledger import Ledger
from emcollab.records.published import Published
from emcollab.records.recommendation import Recommendation, Recommendations
from emcollab.results.reconcile import Reconciliation, reconcile
from emcollab.values.dates import start_of
from emcollab.values.terms import BASES

_PUBLISHED = Column("published", "text", "the printed table: the name of its file")
_SET = Column("recommendation_set", "text", "the recommendations of one maker: the name of their file")


def flatten_published(ledger: Ledger) -> FlatTable:
    """Return the table `published`."""
    names = ("source", "at", "title", "by", "unit", "sign", "note")
    columns = (_PUBLISHED, *fields_of(Published, *names), MEASURE)
    rows = tuple((id_, *values_of(table, names), table.measure or "money") for id_, table in ledger.published.items())
    title = "Tables as papers printed them"
    return FlatTable("published", title, columns, ("published",), refer(source="sources"), rows)


def flatten_published_cells(ledger: Ledger) -> FlatTable:
    """Return the table `published_cells`, each as printed and beside the ledger as at the paper's date."""
    columns = (
        _PUBLISHED,
        Column("row_position", "count", "the place of the row, from 1; the row of totals is the last"),
        Column("column_position", "count", "the place of the column, from 1"),
        Column("row", "text", "the id that the row stands for, or total"),
        Column("column", "text", "the heading of the column"),
        Column("year", "year", "the financial year it speaks of"),
        Column("year_start", "count", "the calendar year in which that begins"),
        Column(
            "basis", "text", "the kind of figure it holds, if not the one that stands", required=False, values=BASES
        ),
        Column("text", "text", "what is printed, to the letter", required=False),
        MEASURE,
        Column("printed_amount", "amount", "the amount that this states, with the ledger's sign", required=False),
        Column("ledger_amount", "amount", "the ledger's amount as at the paper's date", required=False),
        Column("verdict", "text", "whether the two agree"),
        Column("why", "text", "why they need not, where somebody has looked into it", required=False),
    )
    rows = tuple(row for result in reconcile(ledger, ledger.published) for row in _list_cells(result))
    key = ("published", "row_position", "column_position")
    title = "Cells of printed tables, beside the ledger"
    return FlatTable("published_cells", title, columns, key, refer(published="published"), rows)


def _list_cells(result: Reconciliation) -> Iterator[Cells]:
    table, headings = result.table, result.table.headings
    for index, cell in enumerate(result.cells):
        heading = headings[cell.position]
        yield (
            *(result.id, index // len(headings) + 1, cell.position + 1, cell.row),
            *(cell.label, heading.year, start_of(heading.year), heading.basis, cell.text),
            *(table.measure or "money", cell.printed, cell.ledger, cell.verdict, cell.why or None),
        )


def flatten_published_notes(ledger: Ledger) -> FlatTable:
    """Return the table `published_notes`."""
    columns = (_PUBLISHED, POSITION, Column("text", "text", "the note as printed under the table"))
    rows = tuple(
        (id_, position, text)
        for id_, table in ledger.published.items()
        for position, text in enumerate(table.footnotes, start=1)
    )
    references = refer(published="published")
    title = "Notes under printed tables"
    return FlatTable("published_notes", title, columns, ("published", "position"), references, rows)


def flatten_recommendation_sets(ledger: Ledger) -> FlatTable:
    """Return the table `recommendation_sets`, a row a file."""
    names = ("title", "made_by", "source", "at", "note")
    columns = (_SET, *fields_of(Recommendations, *names))
    rows = tuple((id_, *values_of(made, names)) for id_, made in ledger.recommendations.items())
    title = "Who made recommendations, and where"
    return FlatTable("recommendation_sets", title, columns, ("recommendation_set",), refer(source="sources"), rows)


def flatten_recommendations(ledger: Ledger) -> FlatTable:
    """Return the table `recommendations`; the citation is that of the answer."""
    names = ("recommendation", "area", "action", "response", *CITATION, "note")
    columns = (_SET, Column("item", "text", "its number or letter"), POSITION, *fields_of(Recommendation, *names))
    rows = tuple(
        (id_, key, position, *values_of(item, names))
        for id_, made in ledger.recommendations.items()
        for position, (key, item) in enumerate(made.items.items(), start=1)
    )
    references = refer(recommendation_set="recommendation_sets", source="sources")
    title = "Recommendations, and what came of them"
    return FlatTable("recommendations", title, columns, ("recommendation_set", "item"), references, rows)
