"""What a paper is to be: its edition, what stands at its head, and what its sections ask of the ledger, once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from emcollab.publish.edition import Edition
from emcollab.records.ledger import Figure, Ledger
from emcollab.render.pages.summary import Summary, summarise
from emcollab.results.appraisal import AppraisalRow, Lines, list_lines
from emcollab.results.as_at import narrow_to_day
from emcollab.results.diff import Changes, compare
from emcollab.results.totals import Selection
from emcollab.values.dates import format_day, format_when

CHANGES, PLANS = "What changed since the paper before", "What was planned, and what became of it"
UNKNOWN, PAPERS = "What is not known", "Papers"
"""The headings of sections that others refer to."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What stands at the head of the paper, if it is given: the body, the day of the meeting, the mark and the title.

    `since` is the day of the paper before; without it, that of the last paper but one that states figures.
    """

    to: str = ""
    meeting: date | None = None
    mark: str = ""
    title: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Brief:
    """A paper to be written; `numbers` are those of its sections, by heading."""

    edition: Edition
    particulars: Particulars
    numbers: dict[str, int]

    @property
    def ledger(self) -> Ledger:
        """The ledger as it was known on the day of the paper."""
        return self.edition.ledger

    @property
    def title(self) -> str:
        """What the paper is called."""
        return self.particulars.title or self.ledger.settings.title

    @property
    def body(self) -> str:
        """What to call those who read it: `committee`, `panel`."""
        to = self.particulars.to.casefold()
        return next((body for body in ("panel", "authority", "board") if body in to), "committee")

    @cached_property
    def day(self) -> date | None:
        """The day up to which papers count: the one asked for, or that of the latest paper."""
        latest = max((source.day for source in self.ledger.sources.values()), default=None)
        return self.edition.as_at or latest

    def say_day(self) -> str:
        """Return as at which day the figures are."""
        if self.day is None:
            return "no paper yet"
        day = format_day(self.day) if self.edition.as_at else f"{self.name_day(self.day)}, the day of the latest paper"
        latest = max((figure.date for figure in self.figures), default=self.day)
        return day if latest == self.day else f"{day}; the latest paper with figures is of {self.name_day(latest)}"

    def name_day(self, day: date) -> str:
        """Return the day of a paper as exactly as it is known: `June 2016` for one that then counts from the 30th."""
        known = (source.date for source in self.ledger.sources.values() if source.day == day)
        return format_when(max(known, key=len, default=day.isoformat()))

    @cached_property
    def is_divided(self) -> bool:
        """Whether amounts are the parts of a force: papers divide some figure, and give it a part."""
        return bool(self.edition.part_of and self.edition.share.figures)

    @cached_property
    def share(self) -> Ledger:
        """The ledger with what falls to the force of the edition; the whole of it, where nothing falls to it."""
        return self.edition.share if self.is_divided else self.ledger

    @cached_property
    def selection(self) -> Selection:
        """What totals of the whole ledger are made of."""
        return self.edition.selection if self.is_divided else Selection(years=self.edition.years)

    @property
    def unit(self) -> str:
        """The unit in which money is shown."""
        return self.summary.shown[0]

    @property
    def places(self) -> int:
        """How many decimals of money are shown."""
        return self.summary.shown[1]

    @cached_property
    def summary(self) -> Summary:
        """The totals by area, and the savings that stand."""
        force = self.edition.force_name if self.is_divided else ""
        return summarise(self.share, self.edition.today, self.edition.years, force)

    @cached_property
    def appraisal(self) -> Lines:
        """Plans, what came of them and costs, by project and year."""
        return list_lines(self.ledger, "project", self.selection)

    @cached_property
    def planned(self) -> list[AppraisalRow]:
        """The lines of projects and years for which a saving was planned."""
        return [line for line in self.appraisal.lines if line.plan is not None]

    @cached_property
    def since(self) -> date | None:
        """The day from which changes are told: the one asked for, or the last but one on which papers state figures."""
        days = sorted({figure.date for figure in self.share.figures})
        return self.particulars.since or (days[-2] if len(days) > 1 else None)

    @cached_property
    def before(self) -> Ledger:
        """The ledger of the edition as it was known on that day."""
        day = self.since or date.min
        return self.edition.share_on(day) if self.is_divided else narrow_to_day(self.ledger, day)

    @cached_property
    def changes(self) -> Changes:
        """What changed since that day."""
        return compare(self.before, self.share, is_one_ledger=True)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the projects of the edition, whole."""
        projects = set(self.edition.projects)
        return tuple(figure for figure in self.ledger.figures if figure.project in projects)
