"""Benefits and costs, how forces share them, and every figure."""

from collections.abc import Collection, Iterator

from emcollab.publish.export.table import (
    AREA,
    BENEFIT,
    CASHABILITY,
    CATEGORY,
    CITATION,
    MEASURE,
    PROJECT,
    TO_BENEFIT,
    Cells,
    Column,
    FlatTable,
    Reference,
    fields_of,
    refer,
    values_of,
)
from emcollab.records.benefit import Benefit, Cost, Statement
from emcollab.records.ledger import Figure, Ledger
from emcollab.results.shares import NOT_APPORTIONED, apportion
from emcollab.values.dates import start_of
from emcollab.values.terms import BASES


def flatten_benefits(ledger: Ledger) -> FlatTable:
    """Return the table `benefits`; a cost is of the category `cost`, as in figures."""
    names = ("label", "recurrence", "baseline", "owner", "assurance", "assured_by", "note")
    columns = (
        PROJECT, BENEFIT, AREA, CATEGORY, CASHABILITY, MEASURE, *fields_of(Cost, *names),
        Column("duplicate_project", "text", "the project of another benefit that may be the same", required=False),
        Column("duplicate_benefit", "text", "that benefit, which may be the same", required=False),
        Column("share_key", "text", "the key by which forces share it, if there is one", required=False),
        *fields_of(Cost, "shares_source", "shares_at"),
    )  # fmt: skip
    rows = tuple(
        (
            *(id_, keys[1], cost.area, *_kind(cost), cost.measure, *values_of(cost, names)),
            *(cost.possible_duplicate_of.split("/") if cost.possible_duplicate_of else (None, None)),
            *(cost.shares if isinstance(cost.shares, str) else None, cost.shares_source, cost.shares_at),
        )
        for id_, project in ledger.projects.items()
        for keys, cost in project.stated()
    )
    references = (
        *refer(project="projects", area="areas", share_key="share_keys", shares_source="sources"),
        Reference(("duplicate_project", "duplicate_benefit"), "benefits"),
    )
    return FlatTable("benefits", "Benefits and costs of projects", columns, ("project", "benefit"), references, rows)


def _kind(cost: Cost) -> tuple[str, str | None]:
    """Return category and cashability, as figures have them."""
    if not isinstance(cost, Benefit):
        return "cost", None
    return cost.category, (cost.cashability or "unstated") if cost.category == "saving" else None


def flatten_shares(ledger: Ledger) -> FlatTable:
    """Return the table `shares`: the percentages of benefits that have their own, and those of keys."""
    columns = (
        Column("share", "count", "its number, from 1"),
        PROJECT._replace(description="the project, of a benefit with shares of its own", required=False),
        BENEFIT._replace(description="that benefit", required=False),
        Column("share_key", "text", "the key, of a share that is part of one", required=False),
        Column("year", "year", "of a key, the financial year from which on it holds", required=False),
        Column("year_start", "count", "the calendar year in which that begins", required=False),
        Column("force", "text", "the force"),
        Column("percentage", "percentage", "what of a hundred falls to it"),
    )
    rows = tuple((number, *row) for number, row in enumerate(_list_shares(ledger), start=1))
    references = (TO_BENEFIT, *refer(share_key="share_keys", force="forces"))
    return FlatTable("shares", "What of benefits falls to which force", columns, ("share",), references, rows)


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


def flatten_figures(ledger: Ledger, standing: Collection[Figure]) -> FlatTable:
    """Return the table `figures`, a row a figure, with those that are `standing`; undated amounts never do."""
    columns = (
        PROJECT, BENEFIT, AREA, CATEGORY, CASHABILITY, MEASURE,
        Column("year", "year", "the financial year; empty for an amount a year without years", required=False),
        Column("year_start", "count", "the calendar year in which it begins", required=False),
        Column("basis", "text", "what kind of figure the paper calls it", values=BASES),
        Column("amount", "amount", "pounds, posts or hours"),
        Column("stands", "flag", "whether it is the one that totals use for its benefit and year"),
        *fields_of(Statement, *CITATION, "note"),
        Column("source_date", "day", "the day of the paper's meeting"),
        Column("statement", "count", "the number of the statement in its benefit, from 1"),
        Column("figure", "count", "the figure's number in the ledger, from 1"),
    )  # fmt: skip
    rows = tuple(
        (
            *(figure.project, figure.benefit, figure.area, figure.category, figure.cashability or None),
            *(figure.measure, *_year(figure), figure.basis, figure.amount),
            # Undated amounts are in no total.
            bool(figure.year) and figure in standing,
            *values_of(ledger.benefit(figure).statements[figure.statement], (*CITATION, "note")),
            *(figure.date, figure.statement + 1, number),
        )
        for number, figure in enumerate(ledger.figures, start=1)
    )
    references = (TO_BENEFIT, *refer(area="areas", source="sources"))
    return FlatTable("figures", "Figures: amounts that papers state, one a row", columns, ("figure",), references, rows)


def _year(figure: Figure) -> tuple[str | None, int | None]:
    return (figure.year, start_of(figure.year)) if figure.year else (None, None)


def flatten_parts(ledger: Ledger) -> FlatTable:
    """Return the table `parts`: what of each figure falls to each force, to the penny."""
    columns = (
        Column("figure", "count", "the figure's number; without a row here, it falls to no force"),
        Column("force", "text", "the force"),
        MEASURE,
        Column("amount", "amount", "what of the figure falls to the force"),
    )
    rows = tuple(
        (number, force, figure.measure, amount)
        for number, figure in enumerate(ledger.figures, start=1)
        for force, amount in apportion(ledger, figure).items()
        if force != NOT_APPORTIONED
    )
    references = refer(figure="figures", force="forces")
    title = "Parts of figures that fall to forces, by the shares that papers give"
    return FlatTable("parts", title, columns, ("figure", "force"), references, rows)
