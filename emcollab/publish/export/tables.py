"""The flat tables of a ledger, each declared once: its columns, its key, what it refers to, and its rows.

Every record is in them whole, and beside the records what follows from them: what papers have come to say of projects
and benefits, the share of each force, and print beside ledger. A column that is a field of a record has the field's own
name and words.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from emcollab.publish.export.flat import Anew, Cells, Column, Flat, FlatTable, Reference
from emcollab.publish.imprint import say_imprint
from emcollab.records.base import Citation, Record
from emcollab.records.benefit import Benefit, Cost, Statement
from emcollab.records.ledger import BenefitState, Ledger, cashability_of
from emcollab.records.lists import Force, Source
from emcollab.records.project import Closure, Milestone, Outcome, Project, ProjectStatement
from emcollab.records.published import PrintedColumn, PrintedRow, Published, Selector
from emcollab.records.recommendation import Recommendation, Recommendations
from emcollab.records.settings import Settings
from emcollab.results.reconcile import Reconciliation, reconcile
from emcollab.results.shares import NOT_APPORTIONED, apportion, find_divided
from emcollab.results.standing import Standing, find_standing
from emcollab.values.dates import start_of
from emcollab.values.terms import BASES, CASHABILITIES, CATEGORIES, MEASURES

Holder = TypeVar("Holder")
Rows = Iterable[tuple[Any, ...]]


def make_table(name: str, ledger: Ledger, standing: Standing) -> FlatTable:
    """Return the table of figures or parts alone; `standing` says which figures of the ledger stand."""
    return next(table for table in TABLES if table.name == name).fill(ledger, Results(None, standing, []))


def flatten(ledger: Ledger, as_at: date | None = None) -> Flat:
    """Return in flat tables `ledger`, as it was known on the day `as_at` (`None`: as it stands)."""
    results = Results(as_at, find_standing(ledger), reconcile(ledger, ledger.published))
    return Flat(
        title=ledger.settings.title,
        as_at=as_at,
        dated=ledger.dated,
        tables=tuple(declared.fill(ledger, results) for declared in TABLES),
        ledger=ledger,
        imprint=tuple(say_imprint(ledger.settings)),
    )


class Results(NamedTuple):
    """What some tables need beside the records: the day, which figures stand, and printed tables beside the ledger."""

    as_at: date | None
    standing: Standing
    reconciliations: list[Reconciliation]


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
    "as_at": "day", "compare": "flag", "first_year": "year", "force_count": "count", "format": "count",
    "in_region": "flag", "in_total": "flag", "last_year": "year", "places": "count", "priority": "flag",
}  # fmt: skip
"""The kinds of those fields that are not texts."""


class TableOf(NamedTuple):
    """A table as it is declared: as a `FlatTable`, but for `rows`, which makes them of a ledger and its results.

    A row has a cell for each column, and one record for each `Fields`.
    """

    name: str
    title: str
    columns: tuple[Column | Fields, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: Callable[[Ledger, Results], Rows]

    def fill(self, ledger: Ledger, results: Results) -> FlatTable:
        """Return the table of `ledger`. Going through its rows raises `ValueError` for one that does not fit them."""
        columns = [part.columns if isinstance(part, Fields) else (part,) for part in self.columns]
        rows = Anew(lambda: self._list_cells(ledger, results))
        return FlatTable(self.name, self.title, sum(columns, ()), self.key, self.references, rows)

    def _list_cells(self, ledger: Ledger, results: Results) -> Iterator[Cells]:
        # From the right, so that the places of the others stay.
        records = [(place, part.cells) for place, part in enumerate(self.columns) if isinstance(part, Fields)][::-1]
        for row in self.rows(ledger, results):
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} under the {len(self.columns)} columns of {self.name}")
            cells: Cells = row
            for place, cells_of in records:
                cells = (*cells[:place], *cells_of(row[place]), *cells[place + 1 :])
            yield cells


def _refer(**tables: str) -> tuple[Reference, ...]:
    """Return foreign keys of one column each: its name, and the table that it refers to."""
    return tuple(Reference((column,), table) for column, table in tables.items())


_PROJECT = Column("project", "text", "the project: the name of its file")
_BENEFIT = Column("benefit", "text", "the benefit or cost, by its id in the project")
_AREA = Column("area", "text", "the row of the summary table")
_MEASURE = Column("measure", "text", "what amounts count: pounds (money), posts or hours", values=MEASURES)
_PRINTED_MEASURE = _MEASURE._replace(
    description="what it counts: pounds (money), posts, hours or per cent", values=(*MEASURES, "percentage")
)
_KIND = (
    Column("category", "text", "saving, funding, cost; unclassified if no paper says", values=CATEGORIES),
    Column("cashability", "text", "of a saving, whether it releases cash", required=False, values=CASHABILITIES),
    _MEASURE,
)
_FORCE = Column("force", "text", "the force")
_POSITION = Column("position", "count", "the place in its order, from 1")
_STATEMENT = Column("statement", "count", "the number of the statement in its benefit, from 1")
_PUBLISHED = Column("published", "text", "the printed table: the name of its file")
_ROW = Column("row_position", "count", "the place of the row, from 1; the row of totals is the last")
_COLUMN = Column("column_position", "count", "the place of the column, from 1")
_CELL = (
    _PUBLISHED, _ROW, _COLUMN,
    Column("row", "text", "the id that the row stands for, or total"),
    Column("column", "text", "the heading of the column"),
)  # fmt: skip
_SELECTED = (
    Fields(
        Selector, "period", "basis", "as_at", "category", "cashability", "recurrence", "area", "project", "benefit",
        "force", "measure", "unit", "sign", "compare",
    ),
    Column("adds", "text", "the others that it is the sum of, one a line", required=False),
    Column("less", "text", "the others that are taken away from it, one a line", required=False),
)  # fmt: skip
"""What a column or a row of a printed table says it is."""

_SET = Column("recommendation_set", "text", "the recommendations of one maker: the name of their file")
_TO_BENEFIT = Reference(("project", "benefit"), "benefits")
_CITATION = ("source", "at", "quote")
"""The fields of a place in a paper."""

_FOLDED = ("status", "priority", "force_count", "lead")
_FOLDED_OF_BENEFITS = BenefitState._fields
"""Fields of statements that are also those of what they come to."""


# --- rows


def _number(records: Mapping[str, Any]) -> Rows:
    """Yield the id of each record, its place from 1, and the record."""
    return ((id_, place, record) for place, (id_, record) in enumerate(records.items(), start=1))


def _within(records: Mapping[str, Holder], items: Callable[[Holder], Rows]) -> Rows:
    """Yield what each record holds, after the record's id."""
    return ((id_, *item) for id_, record in records.items() for item in items(record))


def _list_projects(ledger: Ledger) -> Rows:
    for id_, project in ledger.projects.items():
        state = ledger.states[id_]
        by = state.said.get("status")
        yield id_, project, state, by and by.source, state.closed or _NOT_CLOSED


_NOT_CLOSED = Closure.model_construct()


def _list_project_statements(project: Project) -> Rows:
    for position, statement in enumerate(project.statements, start=1):
        yield position, statement, statement.closed or _NOT_CLOSED


def _list_benefits(ledger: Ledger) -> Rows:
    for id_, project in ledger.projects.items():
        for keys, cost in project.stated():
            category, cashability = "cost", None
            if isinstance(cost, Benefit):
                category, cashability = cost.category, cashability_of(cost) or None
            same = cost.possible_duplicate_of.split("/") if cost.possible_duplicate_of else (None, None)
            share_key = cost.shares if isinstance(cost.shares, str) else None
            kind = (cost.area, category, cashability, cost.measure)
            yield id_, keys[1], *kind, cost, ledger.benefit_state(cost), *same, share_key, cost


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


def _list_figures(ledger: Ledger, standing: Standing) -> Rows:
    for number, figure in enumerate(ledger.figures, start=1):
        yield (
            *(figure.project, figure.benefit, figure.area, figure.category, figure.cashability or None, figure.measure),
            *(figure.period, *((figure.year, start_of(figure.year)) if figure.year else (None, None))),
            *(figure.basis, figure.amount, bool(figure.year) and standing.has(figure)),
            *(ledger.benefit(figure).statements[figure.statement], figure.as_at, figure.date, figure.statement + 1),
            number,
        )


def _list_parts(ledger: Ledger) -> Iterator[Cells]:
    divided = find_divided(ledger)
    for number, figure in enumerate(ledger.figures, start=1):
        if figure.parts or figure.project in divided:
            for force, amount in apportion(ledger, figure).items():
                if force != NOT_APPORTIONED:
                    yield number, force, figure.measure, amount


def _list_printed_columns(table: Published) -> Rows:
    for position, column in enumerate(table.headings, start=1):
        yield position, column, column, *_list_others(column)


def _list_printed_rows(table: Published) -> Rows:
    for position, line in enumerate(table.lines(), start=1):
        yield position, line.id, line.row, line.row, *_list_others(line.row)


def _list_others(selector: Selector) -> tuple[str | None, ...]:
    """Return what a column or a row adds and takes away; no name has more than one line."""
    return "\n".join(selector.adds) or None, "\n".join(selector.less) or None


def _list_printed_cells(results: Iterable[Reconciliation]) -> Iterator[Cells]:
    for result in results:
        for cell in result.cells:
            row, column = cell.place
            measure = _measure_of(result.grid.unit_of(cell.place))
            yield (
                *(result.id, row + 1, column + 1, cell.row, cell.label),
                *(cell.text, measure, cell.printed, cell.ledger, cell.verdict),
                *(cell.why or None, cell.is_computed, cell.is_rounded),
            )


def _list_printed_sums(results: Iterable[Reconciliation]) -> Iterator[Cells]:
    for result in results:
        for number, own in enumerate(result.sums, start=1):
            row, column = own.place
            yield (
                *(result.id, number, row + 1, column + 1, own.row, own.label),
                *(_measure_of(own.unit), own.printed, own.worked_out, own.slack, own.verdict, own.why or None),
            )


def _measure_of(unit: str) -> str:
    """Return what is counted in a unit of a printed cell."""
    return {"%": "percentage", "posts": "posts", "hours": "hours"}.get(unit, "money")


TABLES: tuple[TableOf, ...] = (
    TableOf(
        "ledger", "The ledger as a whole",
        (
            Fields(
                Settings, "title", "unit", "places", "first_year", "last_year", "publisher", "contact", "next_update",
                "licence", "format",
            ),
            Column("as_at", "day", "the day whose ledger this is; if empty, every paper counts", required=False),
            Column("abbreviations", "text", "what abbreviations in the papers stand for", required=False),
        ),
        ("title",), (),
        lambda ledger, results: [(
            ledger.settings, results.as_at,
            "; ".join(f"{short}: {long}" for short, long in ledger.settings.list_abbreviations()) or None,
        )],
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
        (Column("source", "text", "the paper's id"), Fields(Source, "title", "body", "date"),
         Column("day", "day", "the day from which on it counts: of a month or year, the last"),
         Fields(Source, "mark", "as_at", "url", "note")),
        ("source",), (),
        lambda ledger, _: ((id_, source, source.day, source) for id_, source in ledger.sources.items()),
    ),
    TableOf(
        "share_keys", "Keys by which papers divide benefits between forces",
        (Column("share_key", "text", "the key's id"), Fields(Citation, *_CITATION)),
        ("share_key",), _refer(source="sources"), lambda ledger, _: ledger.shares.items(),
    ),
    TableOf(
        "projects", "Projects, and what papers have come to say of them",
        (_PROJECT, Fields(Project, "name", "summary", "note"),
         Fields(ProjectStatement, *_FOLDED),
         Column("status_source", "text", "the paper that says the status", required=False),
         Fields(Closure, "date", "reason", prefix="closed_")),
        ("project",), _refer(status_source="sources"), lambda ledger, _: _list_projects(ledger),
    ),
    TableOf(
        "project_forces", "Which forces take part in which projects, by the latest paper that says",
        (_PROJECT, Column("force", "text", "a force that takes part")),
        ("project", "force"), _refer(project="projects", force="forces"),
        lambda ledger, _: _within(ledger.states, lambda state: ((force,) for force in state.forces)),
    ),
    TableOf(
        "project_statements", "What each paper says of projects themselves",
        (_PROJECT, _POSITION, Fields(ProjectStatement, *_CITATION, "note", "as_at", *_FOLDED),
         Fields(Closure, "date", "reason", prefix="closed_")),
        ("project", "position"), _refer(project="projects", source="sources"),
        lambda ledger, _: _within(ledger.projects, _list_project_statements),
    ),
    TableOf(
        "project_statement_forces", "The forces that a paper names as taking part",
        (_PROJECT, _POSITION._replace(description="the place of the statement, from 1"), _FORCE),
        ("project", "position", "force"),
        (Reference(("project", "position"), "project_statements"), *_refer(force="forces")),
        lambda ledger, _: _within(
            ledger.projects,
            lambda project: (
                (position, force)
                for position, statement in enumerate(project.statements, start=1)
                for force in statement.forces or ()
            ),
        ),
    ),
    TableOf(
        "benefits", "Benefits and costs of projects",
        (
            _PROJECT, _BENEFIT, _AREA, *_KIND,
            Fields(Cost, "label", "recurrence", "counts", "note"),
            Fields(Statement, *_FOLDED_OF_BENEFITS),
            Column("duplicate_project", "text", "the project of another benefit that may be the same", required=False),
            Column("duplicate_benefit", "text", "that benefit, which may be the same", required=False),
            Column("share_key", "text", "the key by which forces share it, if there is one", required=False),
            Fields(Cost, "shares_source", "shares_at"),
        ),
        ("project", "benefit"),
        (
            *_refer(project="projects", area="areas", share_key="share_keys", shares_source="sources"),
            Reference(("duplicate_project", "duplicate_benefit"), "benefits"),
        ),
        lambda ledger, _: _list_benefits(ledger),
    ),
    TableOf(
        "replacements", "Benefits and costs that take the place of others",
        (
            _PROJECT, _BENEFIT,
            Column("replaced_project", "text", "the project of one whose place it takes"),
            Column("replaced_benefit", "text", "that benefit or cost"),
        ),
        ("project", "benefit", "replaced_project", "replaced_benefit"),
        (_TO_BENEFIT, Reference(("replaced_project", "replaced_benefit"), "benefits")),
        lambda ledger, _: _within(
            ledger.projects,
            lambda project: (
                (keys[1], *other.split("/"))
                for keys, cost in project.stated()
                for other in dict.fromkeys(cost.replaces)
            ),
        ),
    ),
    TableOf(
        "benefit_statements", "What each paper says of benefits and costs",  # the figures are in a table of their own
        (
            _PROJECT, _BENEFIT, _STATEMENT,
            Fields(Statement, *_CITATION, "note", "as_at", "reason", *_FOLDED_OF_BENEFITS),
        ),
        ("project", "benefit", "statement"), (_TO_BENEFIT, *_refer(source="sources")),
        lambda ledger, _: _within(
            ledger.projects,
            lambda project: (
                (keys[1], number, statement)
                for keys, cost in project.stated()
                for number, statement in enumerate(cost.statements, start=1)
            ),
        ),
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
        (
            _PROJECT, _BENEFIT, _AREA, *_KIND,
            Column("period", "text", "what it is for: a financial year, part of one, several, a year, or in all"),
            Column("year", "year", "the financial year, if it is for one and no more", required=False),
            Column("year_start", "count", "the calendar year in which that begins", required=False),
            Column("basis", "text", "what kind of figure the paper calls it", values=BASES),
            Column("amount", "amount", "pounds, posts or hours"),
            Column("stands", "flag", "whether it is the one that totals use for its benefit and year"),
            Fields(Statement, *_CITATION, "note"),
            Column("as_at", "day", "the day up to which the paper reports"),
            Column("source_date", "day", "the day from which on the paper counts, that of its meeting if it is known"),
            _STATEMENT,
            Column("figure", "count", "the figure's number in the ledger, from 1"),
        ),
        ("figure",),
        (Reference(("project", "benefit", "statement"), "benefit_statements"), _TO_BENEFIT,
         *_refer(area="areas", source="sources")),
        lambda ledger, results: _list_figures(ledger, results.standing),
    ),
    TableOf(
        "parts", "Parts of figures that fall to forces, as papers give or divide them",
        (
            Column("figure", "count", "the figure's number; without a row here, it falls to no force"),
            _FORCE, _MEASURE, Column("amount", "amount", "what of the figure falls to the force"),
        ),
        ("figure", "force"), _refer(figure="figures", force="forces"),
        lambda ledger, _: _list_parts(ledger),
    ),
    TableOf(
        "outcomes", "Benefits without a number",
        (_PROJECT, Column("outcome", "text", "the outcome, by its id in the project"),
         Fields(Outcome, "kind", "text", "state", *_CITATION)),
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
        "published_columns", "The columns of printed tables, and what they are",
        (_PUBLISHED, _COLUMN, Fields(PrintedColumn, "label", "of"), *_SELECTED),
        ("published", "column_position"), _refer(published="published"),
        lambda ledger, _: _within(ledger.published, _list_printed_columns),
    ),
    TableOf(
        "published_rows", "The rows of printed tables, and what they are",
        (_PUBLISHED, _ROW, Column("row", "text", "the id that it stands for, or total"),
         Fields(PrintedRow, "label", "of", "in_total"), *_SELECTED),
        ("published", "row_position"), _refer(published="published"),
        lambda ledger, _: _within(ledger.published, _list_printed_rows),
    ),
    TableOf(
        "published_cells", "Cells of printed tables, beside the ledger",
        (
            *_CELL,
            Column("text", "text", "what is printed, to the letter", required=False),
            _PRINTED_MEASURE,
            Column("printed_amount", "amount", "the amount that this states, with the ledger's sign", required=False),
            Column("ledger_amount", "amount", "the ledger's amount as at the paper's date", required=False),
            Column("verdict", "text", "whether the two agree"),
            Column("why", "text", "why they need not, where somebody has looked into it", required=False),
            Column("computed", "flag", "whether the paper works it out from other cells"),
            Column("rounded", "flag", "whether it agrees only because its parts were rounded"),
        ),
        ("published", "row_position", "column_position"),
        (Reference(("published", "row_position"), "published_rows"),
         Reference(("published", "column_position"), "published_columns")),
        lambda _, results: _list_printed_cells(results.reconciliations),
    ),
    TableOf(
        "published_sums", "The own arithmetic of printed tables: what is printed, beside what its parts come to",
        (
            _PUBLISHED, Column("sum", "count", "its number in the table, from 1"), *_CELL[1:],
            _PRINTED_MEASURE,
            Column("printed", "number", "what is printed, with the sign of the print"),
            Column("worked_out", "number", "what the printed parts come to"),
            Column("slack", "number", "how much rounding of the parts and of the sum could explain"),
            Column("verdict", "text", "whether the two are the same"),
            Column("why", "text", "why they need not be, where somebody has looked into it", required=False),
        ),
        ("published", "sum"),
        (Reference(("published", "row_position", "column_position"), "published_cells"),),
        lambda _, results: _list_printed_sums(results.reconciliations),
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
