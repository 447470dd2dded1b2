"""The ledger: all records, and one flat list of the figures in them; and which figure stands.

Papers restate each other. Every figure is kept, and for each benefit and year one of them *stands*: the
one that totals use. As at an earlier day, only papers of that day or before count, so that day's table can
be had for ever.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from emcollab.models.benefit import BASES, Benefit, Cost, Statement
from emcollab.models.force import Force
from emcollab.models.project import Project
from emcollab.models.published import Published
from emcollab.models.recommendation import Recommendations
from emcollab.models.settings import Settings
from emcollab.models.share import ShareKey
from emcollab.models.source import Source
from emcollab.problems import Keys

CATEGORIES = ("saving", "funding", "unclassified", "cost")
"""The categories of figures: those of benefits, and costs."""


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
        return (project.costs if figure.category == "cost" else project.benefits)[figure.benefit]

    def narrow(self, figures: Iterable[Figure]) -> "Ledger":
        """Return a ledger of the same records with only some of the figures."""
        return replace(self, figures=tuple(figures))

    def years(self) -> tuple[str, ...]:
        """Return the years for which there are figures, the earliest first."""
        return tuple(sorted({figure.year for figure in self.figures if figure.year}))

    def label(self, project: str, benefit: str) -> str:
        """Return what to call a benefit or cost: its project's name, and its own label or id."""
        record = self.projects[project]
        stated = record.benefits.get(benefit) or record.costs[benefit]
        return f"{record.name}: {stated.label or benefit.replace('-', ' ')}"


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


def keys_of(figure: Figure) -> Keys:
    """Return where in its project's file `figure` is written."""
    kind = "costs" if figure.category == "cost" else "benefits"
    if not figure.year:
        return (kind, figure.benefit, "statements", figure.statement, "undated")
    return (kind, figure.benefit, "statements", figure.statement, figure.basis, figure.year)


KINDS = {
    "cash-releasing": "cash-releasing saving",
    "not-cash-releasing": "cashable saving, not cash releasing",
    "cashable": "cashable saving",
    "non-cashable": "non-cashable saving",
    "unstated": "saving, cashability not stated",
}
"""What people call a saving of each cashability."""


def kind_of(category: str, cashability: str) -> str:
    """Return what people call a figure: `cashable saving`, `funding`, `unclassified`, `cost`."""
    return KINDS[cashability] if category == "saving" else category


def find_standing(figures: Iterable[Figure], as_at: date | None = None) -> list[Figure]:
    """Return the figures that stand, at most one a benefit and year, in the order of `figures`.

    Only papers dated on or before `as_at` count; all, if there is none. An actual beats everything, the
    later paper beats the earlier, and of one day `reported` beats `estimate`. A plan never stands.
    """
    standing: dict[tuple[str, str, bool, str], Figure] = {}
    for figure in figures:
        if figure.basis == "plan" or (as_at is not None and figure.date > as_at):
            continue
        key = (figure.project, figure.benefit, figure.category == "cost", figure.year)
        rival = standing.get(key)
        if rival is None or _rank(figure) > _rank(rival):
            standing[key] = figure
    return list(standing.values())


def find_latest(figures: Iterable[Figure], basis: str, as_at: date | None = None) -> list[Figure]:
    """Return for each benefit and year the figure of one `basis` that the latest paper states, as at `as_at`."""
    latest: dict[tuple[str, str, bool, str], Figure] = {}
    for figure in figures:
        if figure.basis == basis and (as_at is None or figure.date <= as_at):
            key = (figure.project, figure.benefit, figure.category == "cost", figure.year)
            if key not in latest or figure.date > latest[key].date:
                latest[key] = figure
    return list(latest.values())


def _rank(figure: Figure) -> tuple[bool, date, bool]:
    return figure.basis == "actual", figure.date, figure.basis == "reported"


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
