"""The ledger: all records, and one flat list of the figures in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from emcollab.records.benefit import Benefit, Cost, Statement
from emcollab.records.lists import Force, ShareKey, Source
from emcollab.records.project import Project
from emcollab.records.published import Published
from emcollab.records.recommendation import Recommendations
from emcollab.records.settings import Settings
from emcollab.values.problems import Keys
from emcollab.values.terms import BASES


class Figure(NamedTuple):
    """One amount that one paper states.

    `amount` is in pounds, posts or hours, by `measure`. `year` is empty for an amount a year without
    years (`undated`). `category` is `cost` for a cost, whose id is then in `benefit`; `cashability` is
    empty for anything but a saving. `date` is the paper's, `statement` its position in the benefit, from 0.
    """

    project: str
    benefit: str
    area: str
    category: str
    cashability: str
    measure: str
    year: str
    basis: str
    amount: Decimal
    source: str
    date: date
    statement: int

    @property
    def is_cost(self) -> bool:
        """Whether it is of a cost, and not of a benefit."""
        return self.category == "cost"

    @property
    def subject(self) -> tuple[str, str, bool, str]:
        """What it is about: project, benefit or cost, which of the two, and year. Figures of one subject are rivals."""
        return self.project, self.benefit, self.category == "cost", self.year

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from every other figure, and what a force's part of it has in common with the whole."""
        return self.project, self.benefit, self.category == "cost", self.year, self.basis, self.statement


@dataclass(frozen=True, slots=True)
class Ledger:
    """All records of one data folder, each kind by id, in the order of their files.

    `figures` are in the order of projects, benefits (then costs), statements and bases.
    """

    settings: Settings
    areas: dict[str, str]
    forces: dict[str, Force]
    sources: dict[str, Source]
    shares: dict[str, ShareKey]
    projects: dict[str, Project]
    published: dict[str, Published]
    recommendations: dict[str, Recommendations]
    figures: tuple[Figure, ...]

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


def list_figures(projects: dict[str, Project], sources: dict[str, Source]) -> tuple[Figure, ...]:
    """Return every figure of `projects`; those whose paper is not in `sources` are left out."""
    figures: list[Figure] = []
    for project_id, project in projects.items():
        for benefit_id, benefit in project.benefits.items():
            kind = (benefit.area, benefit.category, _cashability(benefit), benefit.measure)
            figures += _figures_of((project_id, benefit_id, *kind), benefit.statements, sources)
        for cost_id, cost in project.costs.items():
            subject = (project_id, cost_id, cost.area, "cost", "", cost.measure)
            figures += _figures_of(subject, cost.statements, sources)
    return tuple(figures)


def project_path(id_: str) -> str:
    """Return the path of a project's file."""
    return f"projects/{id_}.yaml"


def keys_of(figure: Figure) -> Keys:
    """Return where in its project's file `figure` is written."""
    kind = "costs" if figure.is_cost else "benefits"
    if not figure.year:
        return (kind, figure.benefit, "statements", figure.statement, "undated")
    return (kind, figure.benefit, "statements", figure.statement, figure.basis, figure.year)


def _cashability(benefit: Benefit) -> str:
    return benefit.cashability or "unstated" if benefit.category == "saving" else ""


def _figures_of(
    subject: tuple[str, str, str, str, str, str], statements: list[Statement], sources: dict[str, Source]
) -> Iterator[Figure]:
    """Yield the figures of one benefit; `subject` is what they have in common, the first six fields."""
    for position, statement in enumerate(statements):
        source = sources.get(statement.source)
        if source is not None:
            where = (statement.source, source.date, position)
            for basis in BASES:
                for year, amount in (getattr(statement, basis) or {}).items():
                    yield Figure(*subject, year, basis, amount, *where)
            if statement.undated is not None:
                yield Figure(*subject, "", "reported", statement.undated, *where)
