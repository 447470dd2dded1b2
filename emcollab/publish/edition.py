"""The edition of a report: of which force, which years and which day; and what its pages ask of the ledger, once."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from emcollab.records.ledger import Figure, Ledger
from emcollab.results.appraisal import Appraisal, appraise
from emcollab.results.as_at import narrow_to_day
from emcollab.results.reconcile import Reconciliation, reconcile
from emcollab.results.shares import NOT_APPORTIONED, apportion, find_divided, is_apportioned
from emcollab.results.standing import Standing, Subject, find_latest, find_standing, list_replaced
from emcollab.results.totals import Selection, find_not_added, total_by
from emcollab.results.trace import PrintedCells, Trace, find_printed, trace_all
from emcollab.values.periods import is_over
from emcollab.values.terms import CATEGORIES, STANDING


@dataclass(frozen=True)
class Edition:
    """Which report is wanted: of all forces or of one (`force`, else empty), and of which years.

    `ledger` is as it was known on the day `as_at` (`None`: as it stands). `today` is the day by which years are over.
    """

    ledger: Ledger
    today: date
    as_at: date | None = None
    years: tuple[str, ...] = ()
    force: str = ""

    @property
    def selection(self) -> Selection:
        """What totals of this edition are made of."""
        return Selection(years=self.years, forces=(self.part_of,) if self.part_of else ())

    @cached_property
    def part_of(self) -> str:
        """The force whose parts of figures are shown; empty: all, as the edition is of all, or no paper divides any."""
        divides = self.force and any(is_apportioned(self.ledger, figure) for figure in self.ledger.figures)
        return self.force if divides else ""

    @property
    def force_name(self) -> str:
        """The name of the force that this edition is of; empty, if it is of all."""
        return self.ledger.forces[self.force].name if self.force else ""

    @property
    def projects(self) -> list[str]:
        """The ids of the projects of this edition."""
        return [id_ for id_, state in self.ledger.states.items() if not self.force or self.force in state.forces]

    @cached_property
    def standing(self) -> Standing:
        """Which figures stand."""
        return find_standing(self.ledger)

    @cached_property
    def shown(self) -> set[Subject]:
        """What has an entry on the page of its project: what stands, and what no longer does."""
        return {*self.standing.by_subject, *self.standing.lapsed, *self.standing.displaced}

    @cached_property
    def to_date(self) -> dict[tuple[str, str], list[Figure]]:
        """For each project and category the figures in money that stand of the years of the edition that are over."""
        found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in find_standing(self.share).figures:
            is_meant = figure.year and figure.measure == "money" and (not self.years or figure.year in self.years)
            if is_meant and is_over(figure.year, self.today):
                found[figure.project, figure.category].append(figure)
        return dict(found)

    @cached_property
    def not_added(self) -> dict[str, list[Figure]]:
        """For each project what papers state of other periods than a year, plans apart: in every measure, costs too."""
        found: dict[str, list[Figure]] = defaultdict(list)
        chosen = replace(self.selection, measure="", categories=CATEGORIES)
        for figure in find_not_added(self.ledger, self.standing, chosen, STANDING):
            found[figure.project].append(figure)
        return dict(found)

    @cached_property
    def appraisal(self) -> Appraisal:
        """Plans, what came of them and costs, by project and year; and what no paper says."""
        return appraise(self.ledger, "project", self.selection, self.today)

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
        """The ledger narrowed to benefits of which papers divide any figure, and to all that take the place of others.

        What stands in it is what stands in the whole one.
        """
        whole = {each for new, olds in list_replaced(self.ledger).items() for each in (new, *olds)}
        divided = find_divided(self.ledger)
        for figure in self.ledger.figures:
            may_fall = figure.parts or figure.project in divided
            if may_fall and figure.stated not in whole and is_apportioned(self.ledger, figure):
                whole.add(figure.stated)
        return self.ledger.narrow(figure for figure in self.ledger.figures if figure.stated in whole)

    @cached_property
    def leaves_out(self) -> bool:
        """Whether there is anything in `apportioned` that falls to no force."""
        return total_by(self.apportioned, "project", replace(self.selection, forces=("",))).left_out

    def falling_to(self, force: str) -> Ledger:
        """Return `apportioned` narrowed to benefits of which anything falls to `force`, each divided for it alone.

        What gives way to the figure of another benefit is not in it. Forces are looked at some at a time, in their
        order: to divide all for each is slow, and for all at once takes much memory.
        """
        if force not in self._falling:
            forces = list(self.ledger.forces)
            first = forces.index(force) // _AT_ONCE * _AT_ONCE
            self._falling.clear()
            self._falling.update(self._divide(forces[first : first + _AT_ONCE]))
        return self._falling[force]

    @cached_property
    def _falling(self) -> dict[str, Ledger]:
        return {}

    @cached_property
    def _settled(self) -> list[Figure]:
        planned = {figure.subject for figure in find_latest(self.ledger, "plan")}
        displaced = self.standing.displaced
        return [
            figure for figure in self.apportioned.figures
            if (figure.subject in planned if figure.basis == "plan" else figure.subject not in displaced)
        ]  # fmt: skip

    def _divide(self, forces: list[str]) -> dict[str, Ledger]:
        falling: dict[str, list[Figure]] = {force: [] for force in forces}
        for _, figures in groupby(self._settled, key=attrgetter("stated")):
            divided = [(figure, apportion(self.ledger, figure)) for figure in figures]
            of_one = self.ledger.benefit(divided[0][0]).shares is None
            held = set[str]().union(*(parts for _, parts in divided))
            for force in forces:
                if force in held:
                    # Half a million are made so; `_replace` would take twice as long. `parts` is the last field.
                    falling[force] += [
                        figure if of_one and not figure.parts
                        else Figure(*figure[:-1], parts=((force, parts[force]),)) if force in parts
                        else figure._replace(parts=((NOT_APPORTIONED, figure.amount),))
                        for figure, parts in divided
                    ]  # fmt: skip
        return {force: self.ledger.narrow(figures) for force, figures in falling.items()}

    @cached_property
    def share(self) -> Ledger:
        """The ledger narrowed to what falls to the force of the edition, if it is of one and any paper divides."""
        return _take_share(self.ledger, self.part_of)

    def share_on(self, day: date) -> Ledger:
        """Return the same of the ledger as it was known on a day."""
        return _take_share(narrow_to_day(self.ledger, day), self.part_of)

    @cached_property
    def by_project(self) -> dict[str, Ledger]:
        """For each project the ledger with its figures, all records whole."""
        return self.ledger.by_project()

    @cached_property
    def by_area(self) -> dict[str, Ledger]:
        """For each area the ledger with what falls to the edition in it, without costs."""
        figures: dict[str, list[Figure]] = {id_: [] for id_ in self.ledger.areas}
        for figure in self.share.figures:
            if not figure.is_cost:
                figures[figure.area].append(figure)
        return {id_: self.share.narrow(some) for id_, some in figures.items()}

    @cached_property
    def traces(self) -> dict[str, list[Trace]]:
        """For each area what is behind what falls to the edition in it, by measure."""
        return {id_: trace_all(some, self.standing, {}) for id_, some in self.by_area.items()}

    @cached_property
    def headings(self) -> set[tuple[str, str]]:
        """Each area with each period of which its page has figures."""
        return {
            (id_, entry.stands.figure.period)
            for id_, results in self.traces.items()
            for result in results
            for entry in result.entries
        }


_AT_ONCE = 50  # forces between which the ledger is divided


def _take_share(ledger: Ledger, force: str) -> Ledger:
    """Return `ledger` narrowed to the parts of figures that fall to a force; the whole of it, without one.

    Where no paper divides what stands, or what takes its place, none of the figures that it outdoes is in it: in what
    falls to the force these would stand.
    """
    if not force:
        return ledger
    standing = find_standing(ledger)
    parts = []
    for figure in ledger.figures:
        part = apportion(ledger, figure).get(force)
        _, takers = standing.displaced.get(figure.subject, (None, ()))
        best = [*takers, *filter(None, [standing.by_subject.get(figure.subject)])]
        if part is None or (figure.basis in STANDING and any(force not in apportion(ledger, each) for each in best)):
            continue
        parts.append(figure._replace(amount=part))
    return ledger.narrow(parts)
