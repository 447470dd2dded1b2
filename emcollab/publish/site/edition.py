"""The edition of a report: of which force, which years and which day, and the ledger narrowed to what it shows."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from emcollab.records.ledger import Figure, Ledger
from emcollab.results.as_at import figures_on, ledger_on
from emcollab.results.reconcile import Reconciliation, reconcile
from emcollab.results.shares import apportion
from emcollab.results.totals import Selection
from emcollab.results.trace import PrintedCells, find_printed


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
        return Selection(years=self.years, forces=(self.force,) if self.force else ())

    @property
    def force_name(self) -> str:
        """The name of the force that this edition is of; empty, if it is of all."""
        return self.ledger.forces[self.force].name if self.force else ""

    @property
    def projects(self) -> list[str]:
        """The ids of the projects of this edition."""
        projects = self.ledger.projects.items()
        return [id_ for id_, project in projects if not self.force or self.force in project.forces]

    @cached_property
    def on_day(self) -> Ledger:
        """The ledger as it was known on the day."""
        return ledger_on(self.ledger, self.as_at)

    @cached_property
    def reconciliations(self) -> list[Reconciliation]:
        """Every printed table beside the ledger."""
        return reconcile(self.on_day, self.on_day.published)

    @cached_property
    def printed(self) -> PrintedCells:
        """The cells of printed tables in which each figure is."""
        return find_printed(self.on_day, self.reconciliations)

    @cached_property
    def apportioned(self) -> Ledger:
        """The ledger narrowed to what papers divide between forces."""
        return self.on_day.narrow(figure for figure in self.on_day.figures if self.ledger.benefit(figure).shares)

    @cached_property
    def share(self) -> Ledger:
        """The ledger narrowed to what falls to the force of the edition, if it is of one."""
        if not self.force:
            return self.on_day
        parts = ((figure, apportion(self.ledger, figure).get(self.force)) for figure in self.on_day.figures)
        return self.on_day.narrow(figure._replace(amount=part) for figure, part in parts if part is not None)

    @cached_property
    def by_project(self) -> dict[str, Ledger]:
        """For each project the ledger with the figures of it that were known on the day, its records whole."""
        return figures_on(self.ledger, self.as_at).by_project()

    @cached_property
    def by_area(self) -> dict[str, Ledger]:
        """For each area the ledger with what falls to the edition in it, without costs."""
        figures: dict[str, list[Figure]] = {id_: [] for id_ in self.ledger.areas}
        for figure in self.share.figures:
            if not figure.is_cost:
                figures[figure.area].append(figure)
        return {id_: self.share.narrow(some) for id_, some in figures.items()}
