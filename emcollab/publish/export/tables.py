"""The flat tables of a ledger, each declared once: its columns, its key, what it refers to, and its rows.

Every record is in them whole, and with `parts` and `published_cells` what follows from the records: the share of each
force, and print beside ledger. A column that is a field of a record has the field's own name and words.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from emcollab.publish.export.flat import Cells, Column, Flat, FlatTable, Reference
from emcollab.records.base import Citation, Record
from emcollab.records.benefit import Benefit, Cost, Statement
from emcollab.records.ledger import Ledger
from emcollab.records.lists import Force, Source
from emcollab.records.project import Closure, Milestone, Outcome, Project
from emcollab.records.published import Published
from emcollab.records.recommendation import Recommendation, Recommendations
from emcollab.records.settings import Settings
from emcollab.results.as_at import figures_on
from emcollab.results.reconcile import reconcile
from emcollab.results.shares import NOT_APPORTIONED, apportion
from emcollab.results.standing import find_standing
from emcollab.results.totals import Selection, total_by
from emcollab.values.dates import start_of
from emcollab.values.terms import BASES, CASHABILITIES, CATEGORIES, MEASURES

Holder = TypeVar("Holder")
Rows = Iterable[tuple[Any, ...]]


def flatten(ledger: Ledger, as_at: date | None = None) -> Flat:
    """Return `ledger` in flat tables; figures stand in it as at `as_at`, those of later papers do not."""
    on_day = figures_on(ledger, as_at)
    totals = {measure: total_by(on_day, "area", Selection(measure=measure)) for measure in MEASURES}
    return Flat(
        title=ledger.settings.title,
        as_at=as_at,
        dated=max((source.date for source in ledger.sources.values()), default=None),
        tables=tuple(declared.fill(ledger, as_at) for declared in TABLES),
        summaries={measure: summary for measure, summary in totals.items() if summary.rows},
    )


class Fields:
    """Columns that are fields of a record, their names with a prefix: a row has the record in their place."""

    def __init__(self, model: type[Record], *names: str, prefix: str = "") -> None:
        """Take the words of the columns from the record's fields, two at least."""
        self.cells = attrgetter(*names)
        columns: list[Column] = []
        for name in names:
            field, kind = model.model_fields[name], _KINDS.get(prefix + name, "text")
            required = field.is_required() or field.get_default() is not None
            columns.append(Column(prefix + name, kind, str(field.description), required))
        self.columns = tuple(columns)


_KINDS = {
    "as_at": "day", "date": "day", "first_year": "year", "force_count": "count", "in_region": "flag",
    "last_year": "year", "places": "count", "priority": "flag",
}  # fmt: skip
"""The kinds of those fields that are not texts."""


class TableOf(NamedTuple):
    """A table as it is declared: as a `FlatTable`, but for `rows`, which makes them of a ledger as at a day.

    A row has a cell for each column, and one record for each `Fields`.
    """

    name: str
    title: str
    columns: tuple[Column | Fields, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: Callable[[Ledger, date | None], Rows]

    def fill(self, ledger: Ledger, as_at: date | None) -> FlatTable:
        """Return the table of `ledger`.

        Raises:
            ValueError: a row has not what the columns ask for.
        """
        columns = [part.columns if isinstance(part, Fields) else (part,) for part in self.columns]
        # From the right, so that the places of the others stay.
        records = [(place, part.cells) for place, part in enumerate(self.columns) if isinstance(part, Fields)][::-1]
        rows: list[Cells] = []
        for row in self.rows(ledger, as_at):
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} under the {len(self.columns)} columns of {self.name}")
            cells = list(row)
            for place, cells_of in records:
                cells[place : place + 1] = cells_of(row[place])
            rows.append(tuple(cells))
        return FlatTable(self.name, self.title, sum(columns, ()), self.key, self.references, tuple(rows))


def _refer(**tables: str) -> tuple[Reference, ...]:
    """Return foreign keys of one column each: its name, and the table that it refers to."""
    return tuple(Reference((column,), table) for column, table in tables.items())


_PROJECT = Column("project", "text", "the project: the name of its file")
_BENEFIT = Column("benefit", "text", "the benefit or cost, by its id in the project")
_AREA = Column("area", "text", "the row of the summary table")
_MEASURE = Column("measure", "text", "what amounts count: pounds (money), posts or hours", values=MEASURES)
_KIND = (
    Column("category", "text", "saving, funding, cost; unclassified if no paper says", values=CATEGORIES),
    Column("cashability", "text", "of a saving, whether it releases cash", required=False, values=CASHABILITIES),
    _MEASURE,
)
_FORCE = Column("force", "text", "the force")
_POSITION = Column("position", "count", "the place in its order, from 1")
_PUBLISHED = Column("published", "text", "the printed table: the name of its file")
_SET = Column("recommendation_set", "text", "the recommendations of one maker: the name of their file")
_TO_BENEFIT = Reference(("project", "benefit"), "benefits")
_CITATION = ("source", "at", "quote")
"""The fields of a place in a paper."""


# --- rows


def _number(records: Mapping[str, Any]) -> Rows:
    """Yield the id of each record, its place from 1, and the record."""
    return ((id_, place, record) for place, (id_, record) in enumerate(records.items(), start=1))


def _within(records: Mapping[str, Holder], items: Callable[[Holder], Rows]) -> Rows:
    """Yield what each record holds, after the record's id."""
    return ((id_, *item) for id_, record in records.items() for item in items(record))


def _list_benefits(ledger: Ledger, _: date | None) -> Rows:
    for id_, project in ledger.projects.items():
        for keys, cost in project.stated():
            category, cashability = "cost", None
            if isinstance(cost, Benefit):
                category = cost.category
                cashability = (cost.cashability or "unstated") if category == "saving" else None
            same = cost.possible_duplicate_of.split("/") if cost.possible_duplicate_of else (None, None)
            share_key = cost.shares if isinstance(cost.shares, str) else None
            yield id_, keys[1], cost.area, category, cashability, cost.measure, cost, *same, share_key, cost


def _list_shares(ledger: Ledger) -> Iterator[Cells]:
    for id_, project in ledger.projects.items():
        for keys, cost in project.stated():
            if isinstance(cost.shares, dict):
                for force, percentage in cost.shares.items():
                    yield id_, keys[1], None, None, None, force, percentage
    for id_, key in ledger.shares.items():
        for year, parts in key.years.items():
            for force, percentage in parts.items():
                yield None, None, id_, year, start_of(year), force, percentage


def _list_figures(ledger: Ledger, as_at: date | None) -> Rows:
    standing = set(find_standing(figures_on(ledger, as_at).figures))
    for number, figure in enumerate(ledger.figures, start=1):
        yield (
            *(figure.project, figure.benefit, figure.area, figure.category, figure.cashability or None, figure.measure),
            *((figure.year, start_of(figure.year)) if figure.year else (None, None)),
            *(figure.basis, figure.amount, bool(figure.year) and figure in standing),  # undated ones are in no total
            *(ledger.benefit(figure).statements[figure.statement], figure.date, figure.statement + 1, number),
        )


def _list_printed_cells(ledger: Ledger, _: date | None) -> Iterator[Cells]:
    for result in reconcile(ledger, ledger.published):
        table, headings = result.table, result.table.headings
        for index, cell in enumerate(result.cells):
            heading = headings[cell.position]
            yield (
                *(result.id, index // len(headings) + 1, cell.position + 1, cell.row),
                *(cell.label, heading.year, start_of(heading.year), heading.basis, cell.text),
                *(table.measure or "money", cell.printed, cell.ledger, cell.verdict, cell.why or None),
            )


TABLES: tuple[TableOf, ...] = (
    TableOf(
        "ledger", "The ledger as a whole",
        (Fields(Settings, "title", "unit", "places", "first_year", "last_year"),
         Column("as_at", "day", "the day as at which figures stand; if empty, every paper counts", required=False)),
        ("title",), (), lambda ledger, as_at: [(ledger.settings, as_at)],
    ),
    TableOf(
        "areas", "The rows of the summary table, in printed order",
        (_AREA, _POSITION, Column("label", "text", "what papers call it")),
        ("area",), (), lambda ledger, _: _number(ledger.areas),
    ),
    TableOf(
        "forces", "Police forces",  # in the order that decides who gets the last penny
        (Column("force", "text", "the force's id"), _POSITION, Fields(Force, "name", "in_region", "note")),
        ("force",), (), lambda ledger, _: _number(ledger.forces),
    ),
    TableOf(
        "sources", "Papers",
        (Column("source", "text", "the paper's id"),
         Fields(Source, "title", "body", "date", "mark", "as_at", "url", "note")),
        ("source",), (), lambda ledger, _: ledger.sources.items(),
    ),
    TableOf(
        "share_keys", "Keys by which papers divide benefits between forces",
        (Column("share_key", "text", "the key's id"), Fields(Citation, *_CITATION)),
        ("share_key",), _refer(source="sources"), lambda ledger, _: ledger.shares.items(),
    ),
    TableOf(
        "projects", "Projects",
        (_PROJECT, Fields(Project, "name", "status", "summary", "priority", "force_count", "lead", "note"),
         Fields(Closure, "date", "reason", *_CITATION, prefix="closed_")),
        ("project",), _refer(closed_source="sources"),
        lambda ledger, _: ((id_, project, project.closed or Closure()) for id_, project in ledger.projects.items()),
    ),
    TableOf(
        "project_forces", "Which forces take part in which projects",
        (_PROJECT, Column("force", "text", "a force that takes part")),
        ("project", "force"), _refer(project="projects", force="forces"),
        lambda ledger, _: _within(ledger.projects, lambda project: ((force,) for force in project.forces)),
    ),
    TableOf(
        "project_sources", "Where papers speak of projects",
        (_PROJECT, _POSITION, Fields(Citation, *_CITATION)),
        ("project", "position"), _refer(project="projects", source="sources"),
        lambda ledger, _: _within(ledger.projects, lambda project: enumerate(project.sources, start=1)),
    ),
    TableOf(
        "benefits", "Benefits and costs of projects",
        (_PROJECT, _BENEFIT, _AREA, *_KIND,
         Fields(Cost, "label", "recurrence", "baseline", "owner", "assurance", "assured_by", "note"),
         Column("duplicate_project", "text", "the project of another benefit that may be the same", required=False),
         Column("duplicate_benefit", "text", "that benefit, which may be the same", required=False),
         Column("share_key", "text", "the key by which forces share it, if there is one", required=False),
         Fields(Cost, "shares_source", "shares_at")),
        ("project", "benefit"),
        (*_refer(project="projects", area="areas", share_key="share_keys", shares_source="sources"),
         Reference(("duplicate_project", "duplicate_benefit"), "benefits")),
        _list_benefits,
    ),
    TableOf(
        "shares", "What of benefits falls to which force",
        (Column("share", "count", "its number, from 1"),
         _PROJECT._replace(description="the project, of a benefit with shares of its own", required=False),
         _BENEFIT._replace(description="that benefit", required=False),
         Column("share_key", "text", "the key, of a share that is part of one", required=False),
         Column("year", "year", "of a key, the financial year from which on it holds", required=False),
         Column("year_start", "count", "the calendar year in which that begins", required=False),
         _FORCE, Column("percentage", "percentage", "what of a hundred falls to it")),
        ("share",), (_TO_BENEFIT, *_refer(share_key="share_keys", force="forces")),
        lambda ledger, _: ((number, *share) for number, share in enumerate(_list_shares(ledger), start=1)),
    ),
    TableOf(
        "figures", "Figures: amounts that papers state, one a row",
        (_PROJECT, _BENEFIT, _AREA, *_KIND,
         Column("year", "year", "the financial year; empty for an amount a year without years", required=False),
         Column("year_start", "count", "the calendar year in which it begins", required=False),
         Column("basis", "text", "what kind of figure the paper calls it", values=BASES),
         Column("amount", "amount", "pounds, posts or hours"),
         Column("stands", "flag", "whether it is the one that totals use for its benefit and year"),
         Fields(Statement, *_CITATION, "note"),
         Column("source_date", "day", "the day of the paper's meeting"),
         Column("statement", "count", "the number of the statement in its benefit, from 1"),
         Column("figure", "count", "the figure's number in the ledger, from 1")),
        ("figure",), (_TO_BENEFIT, *_refer(area="areas", source="sources")), _list_figures,
    ),
    TableOf(
        "parts", "Parts of figures that fall to forces, by the shares that papers give",
        (Column("figure", "count", "the figure's number; without a row here, it falls to no force"),
         _FORCE, _MEASURE, Column("amount", "amount", "what of the figure falls to the force")),
        ("figure", "force"), _refer(figure="figures", force="forces"),
        lambda ledger, _: (
            (number, force, figure.measure, amount) for number, figure in enumerate(ledger.figures, start=1)
            for force, amount in apportion(ledger, figure).items() if force != NOT_APPORTIONED
        ),
    ),
    TableOf(
        "outcomes", "Benefits without a number",
        (_PROJECT, Column("outcome", "text", "the outcome, by its id in the project"),
         Fields(Outcome, "kind", "text", *_CITATION)),
        ("project", "outcome"), _refer(project="projects", source="sources"),
        lambda ledger, _: _within(ledger.projects, lambda project: project.outcomes.items()),
    ),
    TableOf(
        "milestones", "Steps of projects",
        (_PROJECT, _POSITION, Fields(Milestone, "name", "start", "end", "state", *_CITATION, "note")),
        ("project", "position"), _refer(project="projects", source="sources"),
        lambda ledger, _: _within(ledger.projects, lambda project: enumerate(project.milestones, start=1)),
    ),
    TableOf(
        "published", "Tables as papers printed them",
        (_PUBLISHED, Fields(Published, "source", "at", "title", "by", "unit", "sign", "note"), _MEASURE),
        ("published",), _refer(source="sources"),
        lambda ledger, _: ((id_, table, table.measure or "money") for id_, table in ledger.published.items()),
    ),
    TableOf(
        "published_cells", "Cells of printed tables, beside the ledger",
        (_PUBLISHED, Column("row_position", "count", "the place of the row, from 1; the row of totals is the last"),
         Column("column_position", "count", "the place of the column, from 1"),
         Column("row", "text", "the id that the row stands for, or total"),
         Column("column", "text", "the heading of the column"),
         Column("year", "year", "the financial year it speaks of"),
         Column("year_start", "count", "the calendar year in which that begins"),
         Column("basis", "text", "the kind of figure it holds, if not the one that stands",
                required=False, values=BASES),
         Column("text", "text", "what is printed, to the letter", required=False),
         _MEASURE,
         Column("printed_amount", "amount", "the amount that this states, with the ledger's sign", required=False),
         Column("ledger_amount", "amount", "the ledger's amount as at the paper's date", required=False),
         Column("verdict", "text", "whether the two agree"),
         Column("why", "text", "why they need not, where somebody has looked into it", required=False)),
        ("published", "row_position", "column_position"), _refer(published="published"), _list_printed_cells,
    ),
    TableOf(
        "published_notes", "Notes under printed tables",
        (_PUBLISHED, _POSITION, Column("text", "text", "the note as printed under the table")),
        ("published", "position"), _refer(published="published"),
        lambda ledger, _: _within(ledger.published, lambda table: enumerate(table.footnotes, start=1)),
    ),
    TableOf(
        "recommendation_sets", "Who made recommendations, and where",
        (_SET, Fields(Recommendations, "title", "made_by", "source", "at", "note")),
        ("recommendation_set",), _refer(source="sources"), lambda ledger, _: ledger.recommendations.items(),
    ),
    TableOf(
        "recommendations", "Recommendations, and what came of them",  # the citation is that of the answer
        (_SET, Column("item", "text", "its number or letter"), _POSITION,
         Fields(Recommendation, "recommendation", "area", "action", "response", *_CITATION, "note")),
        ("recommendation_set", "item"), _refer(recommendation_set="recommendation_sets", source="sources"),
        lambda ledger, _: _within(ledger.recommendations, lambda made: _number(made.items)),
    ),
)  # fmt: skip
"""To add one: declare it here, after the tables that it refers to. Where rows take more than a line, a function above
lists them."""
