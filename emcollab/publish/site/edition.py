"""The report: plain pages for a committee, a panel and the public. No script, no request to anywhere.

Everything in it is what other commands print, laid out to be read on paper and on a telephone, with a link
from each figure to the paper, the place and the words that it rests on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from emcollab.publish.site.pages import (
    about_force,
    about_project,
    appraised,
    front,
    glossary,
    listed_forces,
    listed_projects,
    recommended,
    reconciled,
    rested_on,
    traced,
)
from emcollab.records.ledger import Figure, Ledger
from emcollab.render.formats.html import escape, format_blocks, format_table
from emcollab.render.formats.safe import safe
from emcollab.render.page import Block, Table
from emcollab.results.reconcile import Reconciliation, reconcile
from emcollab.results.shares import apportion
from emcollab.results.totals import Selection
from emcollab.results.trace import PrintedCells, find_printed
from emcollab.values.dates import format_day

STYLE = "style.css"
_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Edition:
    """Which report is wanted: of all forces or of one (`force`, else empty), and of which years, as at a day.

    `as_at` is `None` for the ledger as it stands; `today` is the day by which years are over.
    """

    ledger: Ledger
    today: date
    as_at: date | None = None
    years: tuple[str, ...] = ()
    force: str = ""

    @property
    def selection(self) -> Selection:
        """What totals of this edition are made of."""
        forces = (self.force,) if self.force else ()
        return Selection(years=self.years, forces=forces, as_at=self.as_at)

    @property
    def projects(self) -> list[str]:
        """The ids of the projects of this edition."""
        projects = self.ledger.projects.items()
        return [id_ for id_, project in projects if not self.force or self.force in project.forces]

    @cached_property
    def reconciliations(self) -> list[Reconciliation]:
        """Every printed table beside the ledger."""
        return reconcile(self.ledger, self.ledger.published)

    @cached_property
    def printed(self) -> PrintedCells:
        """The cells of printed tables in which each figure is."""
        return find_printed(self.ledger, self.reconciliations)

    @cached_property
    def apportioned(self) -> Ledger:
        """The ledger narrowed to what papers divide between forces."""
        return self.ledger.narrow(figure for figure in self.ledger.figures if self.ledger.benefit(figure).shares)

    @cached_property
    def share(self) -> Ledger:
        """The ledger narrowed to what falls to the force of the edition, if it is of one."""
        if not self.force:
            return self.ledger
        parts = ((figure, apportion(self.ledger, figure).get(self.force)) for figure in self.ledger.figures)
        return self.ledger.narrow(figure._replace(amount=part) for figure, part in parts if part is not None)

    def of_project(self, id_: str) -> Ledger:
        """Return the ledger narrowed to a project."""
        return self.ledger.narrow(self._by_project.get(id_, ()))

    def of_area(self, id_: str) -> Ledger:
        """Return the ledger narrowed to the share of the edition in an area, without costs."""
        return self.ledger.narrow(self._by_area.get(id_, ()))

    @cached_property
    def _by_project(self) -> dict[str, list[Figure]]:
        groups: dict[str, list[Figure]] = {}
        for figure in self.ledger.figures:
            groups.setdefault(figure.project, []).append(figure)
        return groups

    @cached_property
    def _by_area(self) -> dict[str, list[Figure]]:
        groups: dict[str, list[Figure]] = {}
        for figure in self.share.figures:
            if not figure.is_cost:
                groups.setdefault(figure.area, []).append(figure)
        return groups


def count_pages(edition: Edition) -> int:
    """Return how many files the report will have."""
    return len(list(_list_pages(edition))) + 1


def make_site(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file of the report, in a fixed order."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
    )
    environment.filters["day"] = format_day
    environment.filters["table"] = _write_table
    environment.filters["blocks"] = _write_blocks
    yield STYLE, (_TEMPLATES / STYLE).read_text(encoding="utf-8")
    for path, make, argument in _list_pages(edition):
        template, values = make(edition, argument)
        up = "../" * path.count("/")
        page = environment.get_template(f"{template}.html")
        yield path, page.render(values, edition=edition, ledger=edition.ledger, up=up, style=STYLE, path=path)


def _list_pages(edition: Edition) -> Iterator[tuple[str, Any, str]]:
    """Yield each page's path, what makes it, and of what."""
    yield "index.html", front, ""
    yield "projects.html", listed_projects, ""
    yield from ((f"projects/{id_}.html", about_project, id_) for id_ in edition.ledger.projects)
    yield "forces.html", listed_forces, ""
    yield from ((f"forces/{id_}.html", about_force, id_) for id_ in edition.ledger.forces)
    yield from ((f"areas/{id_}.html", traced, id_) for id_ in edition.ledger.areas)
    yield "reconciliation.html", reconciled, ""
    yield "appraisal.html", appraised, ""
    yield "recommendations.html", recommended, ""
    yield "sources.html", rested_on, ""
    yield "glossary.html", glossary, ""


def _finalize(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Make text safe that is no markup of our own."""
    return safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _write_blocks(blocks: tuple[Block, ...]) -> Markup:
    return Markup(format_blocks(blocks, _write_table))  # noqa: S704 - escaped by what writes them


def _write_table(table: Table) -> Markup:
    """Return a table in a box that can be scrolled on a narrow screen, also by keyboard."""
    label = escape(table.title)
    return Markup(f'<div class="scroll" role="group" aria-label="{label}" tabindex="0">\n{format_table(table)}</div>\n')  # noqa: S704 - escaped
