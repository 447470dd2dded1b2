"""Appraisal: what was planned, what is expected, what came of it, what it cost, and what an auditor would miss.

Nothing is scored that is not known, and years are added together only when asked. What is missing is listed
by questions that auditors ask, each with the guidance it comes from.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from emcollab.records.benefit import Benefit
from emcollab.records.ledger import Figure, Ledger
from emcollab.results.standing import find_latest, find_standing
from emcollab.results.totals import Selection, divide, in_years, is_chosen
from emcollab.values.dates import end_of

ALL_YEARS = ""
"""Where a line's year would stand, for all years together."""


class AppraisalRow(NamedTuple):
    """One row: a project, benefit or force, in one year or in all (`ALL_YEARS`).

    Amounts are pounds, posts or hours, `None` where nothing is stated. `plan`, `estimate` and `actual` are the
    latest of each, of benefits; `planned` and `realised` plan and actual of the benefits and years that have both;
    `planned_cost` is the latest plan of costs; `cost` and `benefit` what stands of each. `pays_back` is the year by
    whose end benefits have covered costs for good.
    """

    id: str
    label: str
    year: str
    plan: Decimal | None
    estimate: Decimal | None
    actual: Decimal | None
    planned: Decimal | None
    realised: Decimal | None
    planned_cost: Decimal | None
    cost: Decimal | None
    benefit: Decimal | None
    pays_back: str

    @property
    def variance(self) -> Decimal | None:
        """Actual less plan, of the benefits and years that have both."""
        return None if self.planned is None or self.realised is None else self.realised - self.planned

    @property
    def realised_share(self) -> Decimal | None:
        """Actual as a fraction of plan, of the benefits and years that have both; `None` for a plan of nil."""
        return None if not self.planned or self.realised is None else self.realised / self.planned

    @property
    def net(self) -> Decimal | None:
        """What stands of benefits less what stands of costs; `None` unless both are stated."""
        return None if self.cost is None or self.benefit is None else self.benefit - self.cost

    @property
    def benefit_per_cost(self) -> Decimal | None:
        """Benefit for each pound of cost; `None` unless both are stated and there is a cost."""
        return None if not self.cost or self.benefit is None else self.benefit / self.cost


class Gap(NamedTuple):
    """A question that the ledger cannot answer for one benefit: a key of `QUESTIONS`, and the years it is about."""

    project: str
    benefit: str
    question: str
    detail: str


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Lines in the order of projects, benefits or forces, and of years; and the gaps, by benefit.

    `benefits` is how many were asked about.
    """

    by: str
    measure: str
    as_at: date
    lines: tuple[AppraisalRow, ...]
    benefits: int
    gaps: tuple[Gap, ...]


class Subject(NamedTuple):
    """What can be asked about one benefit: the record, all its figures and those that stand, as at a day.

    `twice` names other benefits for which one paper states the same amount in the same year.
    """

    benefit: Benefit
    figures: list[Figure]
    standing: list[Figure]
    as_at: date
    twice: str
    has_cost: bool


class Question(NamedTuple):
    """What an auditor asks: the sentence when it is not answered, where the question comes from, and the test.

    `ask` returns what there is to say of a benefit that does not answer (years, another benefit, or nothing),
    and `None` for one that does.
    """

    sentence: str
    source: str
    ask: Callable[[Subject], str | None]


QUESTIONS: dict[str, Question] = {
    "no baseline": Question(
        "Nothing says what it is measured against.",
        "NAO, Good practice for accurate public reporting of savings: realistic baseline",
        lambda it: None if it.benefit.baseline else "",
    ),
    "no actual": Question(
        "A year is over, and no paper gives its outturn.",
        "IPA, Guide for effective benefits management, 2017: what cannot be measured cannot be claimed as realised",
        lambda it: _join_years(_years_over(it) - {figure.year for figure in it.standing if figure.basis == "actual"}),
    ),
    "no owner": Question(
        "No role is named that answers for it.",
        "HM Treasury, Green Book, benefits register: responsible officer",
        lambda it: None if it.benefit.owner else "",
    ),
    "cashability not stated": Question(
        "The papers do not say whether resources could be taken out, or a budget was cut.",
        "Home Office definition of cashable gains, Home Affairs Committee, 4th report 2006-07, para 60",
        lambda it: "" if it.figures[0].cashability == "unstated" else None,
    ),
    "unclassified": Question(
        "The papers do not say whether it is a saving or funding.",
        "NAO, Good practice for accurate public reporting of savings: properly calculated",
        lambda it: "" if it.benefit.category == "unclassified" else None,
    ),
    "undated": Question(
        "An amount a year is stated, and no year.",
        "HM Treasury, Green Book, benefits register: timescale",
        lambda it: "" if any(not figure.year for figure in it.standing) else None,
    ),
    "old estimate": Question(
        "The latest word on a year is an estimate of more than a year ago.",
        "NAO, Good practice for accurate public reporting of savings: data quality",
        lambda it: _join_years(
            f.year for f in it.standing if f.year and f.basis == "estimate" and _is_old(f.date, it.as_at)
        ),
    ),
    "possible duplicate": Question(
        "It may be counted twice.",
        "NAO, Good practice for accurate public reporting of savings: no double counting",
        lambda it: it.benefit.possible_duplicate_of or it.twice or None,
    ),
    "no evidence grade": Question(
        "Nobody has graded the evidence green, amber or red.",
        "NAO, The Efficiency Programme: a second review of progress, 2007",
        lambda it: None if it.benefit.assurance else "",
    ),
    "recurrence not stated": Question(
        "The papers do not say whether it comes every year or once.",
        "Committee of Public Accounts, 48th report 2006-07: gains must not be one-offs",
        lambda it: None if it.benefit.recurrence else "",
    ),
    "no cost": Question(
        "No cost of the project is stated, so it cannot be said to be net.",
        "NAO, Good practice for accurate public reporting of savings: net of costs",
        lambda it: None if it.has_cost else "",
    ),
}
"""What an auditor asks, in the order of the list. To add one: write it here."""


def appraise(ledger: Ledger, by: str, selection: Selection, as_at: date, *, sum_years: bool = False) -> Appraisal:
    """Return the appraisal of `ledger`, as it was known on the day `as_at`, by `project`, `benefit` or `force`.

    Lines are by year, or with `sum_years` one for all years of the selection. They are of savings and costs,
    unless the selection names other categories; gaps are of every benefit that passes its filters, in any measure,
    and of which the forces that it names have a part.
    """
    known = [figure for figure in ledger.figures if not figure.year or in_years(figure.year, selection)]
    counted = replace(selection, categories=(*(selection.categories or ("saving",)), "cost"))
    figures = [figure for figure in known if is_chosen(figure, counted)]
    asked_about = [
        figure
        for figure in known
        if not figure.is_cost
        and is_chosen(figure, replace(selection, measure=figure.measure))
        and divide(ledger, figure, "project", selection.forces)
    ]
    labels = _labels(ledger, by)
    groups: dict[tuple[str, str], _Sums] = defaultdict(_Sums)
    for what, some in _sets(figures).items():
        for figure in some:
            for row, part in _rows(ledger, figure, by, selection):
                groups[row, ALL_YEARS if sum_years else part.year].add(what, part)
    order = {id_: position for position, id_ in enumerate(labels)}
    keys = sorted(groups, key=lambda key: (order[key[0]], key[1]))
    lines = tuple(groups[key].line(key[0], labels[key[0]], key[1]) for key in keys)
    asked = len({(figure.project, figure.benefit) for figure in asked_about})
    return Appraisal(by, selection.measure, as_at, lines, asked, tuple(_find_gaps(ledger, asked_about, as_at)))


# --- lines


class _Sums:
    """Sums of plan, estimate, actual and what stands, by year."""

    def __init__(self) -> None:
        self.by_year: dict[str, dict[str, Decimal]] = defaultdict(dict)

    def add(self, what: str, figure: Figure) -> None:
        amounts = self.by_year[what]
        amounts[figure.year] = amounts.get(figure.year, Decimal(0)) + figure.amount

    def line(self, id_: str, label: str, year: str) -> AppraisalRow:
        amounts = {what: _total(self.by_year[what]) for what in _COLUMNS}
        return AppraisalRow(id_, label, year, **amounts, pays_back=self._pays_back() if year == ALL_YEARS else "")

    def _pays_back(self) -> str:
        """Return the first year by whose end benefits have covered all costs so far, and cover them ever after."""
        benefit, cost = self.by_year["benefit"], self.by_year["cost"]
        if not cost or not benefit:
            return ""
        covered, paid_back = Decimal(0), ""
        for year in sorted({*benefit, *cost}):
            covered += benefit.get(year, Decimal(0)) - cost.get(year, Decimal(0))
            paid_back = (paid_back or year) if covered >= 0 else ""
        return paid_back


_COLUMNS = ("plan", "estimate", "actual", "planned", "realised", "planned_cost", "cost", "benefit")


def _total(amounts: dict[str, Decimal]) -> Decimal | None:
    return sum(amounts.values(), Decimal(0)) if amounts else None


def _sets(figures: list[Figure]) -> dict[str, list[Figure]]:
    """Return the figures of each column: the latest of a basis, or what stands."""
    dated = [figure for figure in figures if figure.year]
    benefits = [figure for figure in dated if not figure.is_cost]
    standing = find_standing(dated)
    plan, actual = find_latest(benefits, "plan"), find_latest(benefits, "actual")
    both = {_subject(figure) for figure in plan} & {_subject(figure) for figure in actual}
    return {
        "plan": plan,
        "estimate": find_latest(benefits, "estimate"),
        "actual": actual,
        "planned": [figure for figure in plan if _subject(figure) in both],
        "realised": [figure for figure in actual if _subject(figure) in both],
        "planned_cost": find_latest([figure for figure in dated if figure.is_cost], "plan"),
        "benefit": [figure for figure in standing if not figure.is_cost],
        "cost": [figure for figure in standing if figure.is_cost],
    }


def _subject(figure: Figure) -> tuple[str, str, str]:
    return figure.project, figure.benefit, figure.year


def _rows(ledger: Ledger, figure: Figure, by: str, selection: Selection) -> Iterator[tuple[str, Figure]]:
    if by != "benefit":
        yield from divide(ledger, figure, by, selection.forces)
    else:
        for _, part in divide(ledger, figure, "project", selection.forces):
            yield f"{figure.project}/{figure.benefit}", part


def _labels(ledger: Ledger, by: str) -> dict[str, str]:
    if by == "project":
        return {id_: project.name for id_, project in ledger.projects.items()}
    if by == "force":
        return {**{id_: force.name for id_, force in ledger.forces.items()}, "not-apportioned": "Not apportioned"}
    return {
        f"{id_}/{name}": ledger.label(id_, name)
        for id_, project in ledger.projects.items()
        for name in (*project.benefits, *project.costs)
    }


# --- gaps


def _find_gaps(ledger: Ledger, figures: list[Figure], as_at: date) -> Iterator[Gap]:
    """Yield what is missing of the benefits of `figures`, by benefit and in the order of `QUESTIONS`."""
    subjects: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        subjects[figure.project, figure.benefit].append(figure)
    twice = _find_stated_twice(figures)
    for (project_id, name), some in subjects.items():
        project = ledger.projects[project_id]
        others = twice.get((project_id, name), "")
        subject = Subject(
            project.benefits[name], some, find_standing(some), as_at, others, has_cost=bool(project.costs)
        )
        for question, (_, _, ask) in QUESTIONS.items():
            detail = ask(subject)
            if detail is not None:
                yield Gap(project_id, name, question, detail)


def _years_over(subject: Subject) -> set[str]:
    """Return the years that are over and for which anything was stated, be it only a plan."""
    return {figure.year for figure in subject.figures if figure.year and end_of(figure.year) < subject.as_at}


def _join_years(years: Iterable[str]) -> str | None:
    return ", ".join(sorted(set(years))) or None


def _is_old(day: date, as_at: date) -> bool:
    """Return whether `day` is more than a year before `as_at`."""
    return (day.year + 1, day.month, day.day) < (as_at.year, as_at.month, as_at.day)


def _find_stated_twice(figures: list[Figure]) -> dict[tuple[str, str], str]:
    """Return, for each benefit of which one paper states the amount of another in the same year, the other."""
    same: dict[tuple[str, str, str, Decimal], set[tuple[str, str]]] = defaultdict(set)
    for figure in figures:
        if figure.year and figure.amount:
            key = (figure.source, figure.year, figure.measure, figure.amount)
            same[key].add((figure.project, figure.benefit))
    others: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (_, year, _, _), benefits in same.items():
        for benefit in benefits:
            others[benefit] |= {f"{'/'.join(other)} in {year}" for other in benefits if other != benefit}
    return {benefit: ", ".join(sorted(some)) for benefit, some in others.items() if some}
