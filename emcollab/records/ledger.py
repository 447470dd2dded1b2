"""The ledger: all records, one flat list of the figures in them, and what papers have come to say of each project."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from emcollab.records.benefit import Benefit, Cost, Statement
from emcollab.records.lists import Force, ShareKey, Source
from emcollab.records.project import Closure, Project, ProjectStatement
from emcollab.records.published import Published
from emcollab.records.recommendation import Recommendations
from emcollab.records.settings import Settings
from emcollab.values.periods import is_year
from emcollab.values.problems import Keys
from emcollab.values.terms import BASES, Status


class Figure(NamedTuple):
    """One amount that one paper states.

    `amount` is in pounds, posts or hours, by `measure`. `period` is what it is for, as written; `year` the same if that
    is one financial year, else empty. `category` is `cost` for a cost, whose id is then in `benefit`; `cashability` is
    empty for anything but a saving. `date` is the paper's, `as_at` the day up to which it reports; `statement` the
    position of the statement in the benefit, from 0. `parts` are the amounts of forces, where the paper gives them so.
    """

    project: str
    benefit: str
    area: str
    category: str
    cashability: str
    measure: str
    period: str
    year: str
    basis: str
    amount: Decimal
    source: str
    date: dt.date
    as_at: dt.date
    statement: int
    parts: tuple[tuple[str, Decimal], ...] = ()

    @property
    def is_cost(self) -> bool:
        """Whether it is of a cost, and not of a benefit."""
        return self.category == "cost"

    @property
    def stated(self) -> tuple[str, str, bool]:
        """The benefit or cost that it is of: project, id, and whether it is a cost."""
        return self.project, self.benefit, self.category == "cost"

    @property
    def subject(self) -> tuple[str, str, bool, str]:
        """What it is about: the benefit or cost, and the period. Figures of one subject are rivals."""
        return self.project, self.benefit, self.category == "cost", self.period

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from every other figure, and what a force's part of it has in common with the whole."""
        return self.project, self.benefit, self.category == "cost", self.period, self.basis, self.statement


class ProjectState(NamedTuple):
    """What papers have come to say of a project itself: of each key, what the latest that gives it says.

    `said` has the statement by which each of them stands, by its name.
    """

    status: Status | None = None
    forces: tuple[str, ...] = ()
    force_count: int | None = None
    lead: str | None = None
    priority: bool = False
    closed: Closure | None = None
    said: Mapping[str, ProjectStatement] = {}


class BenefitState(NamedTuple):
    """What papers have come to say of a benefit or cost beside its figures: the latest of each."""

    baseline: str | None = None
    owner: str | None = None
    assurance: str | None = None
    assured_by: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """All records of one data folder, each kind by id, in the order of their files.

    `figures` are in the order of projects, benefits (then costs), statements and bases. `states` are those of projects,
    by id. Both follow from the records: `file_records` makes a ledger. It is never changed, and equal to itself alone,
    so that what follows from it can be kept by it.
    """

    settings: Settings
    areas: dict[str, str]
    forces: dict[str, Force]
    sources: dict[str, Source]
    shares: dict[str, ShareKey]
    projects: dict[str, Project]
    published: dict[str, Published]
    recommendations: dict[str, Recommendations]
    figures: tuple[Figure, ...] = ()
    states: Mapping[str, ProjectState] = field(default_factory=dict)

    @property
    def dated(self) -> dt.date | None:
        """The day of the latest paper, if there is one."""
        return max((source.day for source in self.sources.values()), default=None)

    def benefit(self, figure: Figure) -> Cost:
        """Return the benefit or cost that states `figure`."""
        project = self.projects[figure.project]
        return (project.costs if figure.is_cost else project.benefits)[figure.benefit]

    def stated(self, project: str, benefit: str) -> Cost:
        """Return a benefit or cost by its project and id, which no benefit and cost have in common."""
        record = self.projects[project]
        return record.benefits.get(benefit) or record.costs[benefit]

    def benefit_ids(self) -> Iterator[tuple[str, str]]:
        """Yield the project and the id of each benefit, then each cost, project by project."""
        for id_, project in self.projects.items():
            yield from ((id_, name) for name in (*project.benefits, *project.costs))

    def ids(self) -> dict[str, list[str]]:
        """Return the ids by which records mean others: benefits and costs as `project/benefit`."""
        return {
            "area": list(self.areas),
            "force": list(self.forces),
            "source": list(self.sources),
            "share": list(self.shares),
            "project": list(self.projects),
            "benefit": [f"{project}/{benefit}" for project, benefit in self.benefit_ids()],
        }

    def narrow(self, figures: Iterable[Figure]) -> "Ledger":
        """Return a ledger of the same records with only some of the figures."""
        return replace(self, figures=tuple(figures))

    def by_project(self) -> dict[str, "Ledger"]:
        """Return for each project the ledger with its figures alone, and all records."""
        figures: dict[str, list[Figure]] = {id_: [] for id_ in self.projects}
        for figure in self.figures:
            figures[figure.project].append(figure)
        return {id_: self.narrow(some) for id_, some in figures.items()}

    def years(self) -> tuple[str, ...]:
        """Return the years for which there are figures, the earliest first."""
        return tuple(sorted({figure.year for figure in self.figures if figure.year}))

    def label(self, project: str, benefit: str) -> str:
        """Return what to call a benefit or cost: its project's name, and its own label or id."""
        own = self.stated(project, benefit).label or benefit.replace("-", " ")
        return f"{self.projects[project].name}: {own}"

    def benefit_state(self, cost: Cost) -> BenefitState:
        """Return what papers have come to say of a benefit or cost beside its figures."""
        kept: dict[str, str | None] = {}
        telling = [each for each in cost.statements if each.baseline or each.owner or each.assurance]
        for statement in in_order(telling, self.sources):
            for name in ("baseline", "owner"):
                kept[name] = getattr(statement, name) or kept.get(name)
            if statement.assurance:
                kept |= {"assurance": statement.assurance, "assured_by": statement.assured_by}
        return BenefitState(**kept)


def file_records(ledger: Ledger, undated: frozenset[str] = frozenset(), other: Ledger | None = None) -> Ledger:
    """Return `ledger` with the figures and the states that follow from its records.

    Statements of papers that it does not have, or whose date is not known (`undated`), are left out. What follows from
    the very records that an `other` ledger has is taken from there, if all its papers are here.
    """
    sources = {id_: source for id_, source in ledger.sources.items() if id_ not in undated}
    known = other.states if other and all(sources.get(id_) == paper for id_, paper in other.sources.items()) else {}
    same = {id_ for id_ in known if other and ledger.projects.get(id_) is other.projects[id_]}
    listed = {id_: list(some) for id_, some in groupby(other.figures, attrgetter("project"))} if other and same else {}
    figures: list[Figure] = []
    for id_, project in ledger.projects.items():
        figures += listed.get(id_, ()) if id_ in same else _list_figures(id_, project, sources)
    states = {
        id_: known[id_] if id_ in same else fold(project.statements, sources)
        for id_, project in ledger.projects.items()
    }
    return replace(ledger, figures=tuple(figures), states=states)


def table_path(id_: str) -> str:
    """Return the path of a printed table's file."""
    return f"published/{id_}.yaml"


def recommendations_path(id_: str) -> str:
    """Return the path of the file of what one paper recommends."""
    return f"recommendations/{id_}.yaml"


def project_path(id_: str) -> str:
    """Return the path of a project's file."""
    return f"projects/{id_}.yaml"


def keys_of(figure: Figure) -> Keys:
    """Return where in its project's file `figure` is written."""
    kind = "costs" if figure.is_cost else "benefits"
    return (kind, figure.benefit, "statements", figure.statement, figure.basis, figure.period)


# --- what papers say of a project


AnyStatement = TypeVar("AnyStatement", Statement, ProjectStatement)


def in_order(statements: Iterable[AnyStatement], sources: Mapping[str, Source]) -> list[AnyStatement]:
    """Return statements by the dates of their papers, and the days up to which they report."""
    dated = [(sources[each.source], each) for each in statements if each.source in sources]
    return [each for _, each in sorted(dated, key=lambda pair: (pair[0].day, pair[1].as_at or pair[0].reports_to))]


def fold(statements: Iterable[ProjectStatement], sources: Mapping[str, Source]) -> ProjectState:
    """Return what `statements` of papers in `sources` come to: each key replaces, whole, what an earlier paper said.

    Forces that are named and forces that are counted take each other's place, and a status other than `closed` ends a
    closure.
    """
    kept: dict[str, Any] = {}
    said: dict[str, ProjectStatement] = {}
    for statement in in_order(statements, sources):
        stated = {name: value for name in _FOLDED if (value := getattr(statement, name)) is not None}
        if statement.closed:
            stated["status"] = "closed"
        gone = {name for other, name in _CLEARED.items() if other in stated and name not in stated}
        if stated.get("status", "closed") != "closed":
            gone.add("closed")
        kept = {name: value for name, value in kept.items() if name not in gone} | stated
        said = {name: by for name, by in said.items() if name not in gone} | dict.fromkeys(stated, statement)
    if "forces" in kept:
        kept["forces"] = tuple(kept["forces"])
    return ProjectState(**kept, said=said)


_FOLDED = ("status", "forces", "force_count", "lead", "priority", "closed")
_CLEARED = {"forces": "force_count", "force_count": "forces"}


# --- figures


def _list_figures(id_: str, project: Project, sources: Mapping[str, Source]) -> Iterator[Figure]:
    """Yield every figure of a project; those whose paper is not in `sources` are left out."""
    for benefit_id, benefit in project.benefits.items():
        kind = (benefit.area, benefit.category, cashability_of(benefit), benefit.measure)
        yield from _figures_of((id_, benefit_id, *kind), benefit.statements, sources)
    for cost_id, cost in project.costs.items():
        yield from _figures_of((id_, cost_id, cost.area, "cost", "", cost.measure), cost.statements, sources)


def cashability_of(benefit: Benefit) -> str:
    """Return what papers call a saving, `unstated` if they do not say; empty for anything else."""
    return benefit.cashability or "unstated" if benefit.category == "saving" else ""


def _figures_of(
    common: tuple[str, str, str, str, str, str], statements: list[Statement], sources: Mapping[str, Source]
) -> Iterator[Figure]:
    """Yield the figures of one benefit; `common` is what they share, the first six fields."""
    for position, statement in enumerate(statements):
        source = sources.get(statement.source)
        if source is not None:
            where = (statement.source, source.day, statement.as_at or source.reports_to, position)
            for basis in BASES:
                for period, amount in (getattr(statement, basis) or {}).items():
                    year = period if is_year(period) else ""
                    if isinstance(amount, dict):
                        whole, parts = sum(amount.values(), Decimal(0)), tuple(amount.items())
                        yield Figure(*common, period, year, basis, whole, *where, parts)
                    else:
                        yield Figure(*common, period, year, basis, amount, *where)
