"""Appraisal: what was planned, what is expected, what came of it, what it cost, and what an auditor would miss.

Nothing is scored that is not known, and years are added together only when asked. What is missing is listed
by questions that auditors ask, each with the guidance it comes from.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from emcollab.records.benefit import Benefit
from emcollab.records.ledger import Figure, Ledger
from emcollab.results.standing import find_latest, find_standing
from emcollab.results.totals import GROUPINGS, Selection, divide, in_years, is_chosen
from emcollab.values.dates import end_of
from emcollab.values.terms import MEASURES

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
        lambda it: _join_years(_find_years_without_actual(it)),
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
    figures = [figure for figure in ledger.figures if not figure.year or in_years(figure.year, selection)]
    counted = replace(selection, categories=(*(selection.categories or ("saving",)), "cost"))
    sums: dict[tuple[str, str], _Sums] = defaultdict(lambda: {column: defaultdict(Decimal) for column in _COLUMNS})
    for column, some in _list_columns([figure for figure in figures if figure.year and is_chosen(figure, counted)]):
        for figure in some:
            for row, part in divide(ledger, figure, "project" if by == "benefit" else by, selection.forces):
                id_ = f"{row}/{figure.benefit}" if by == "benefit" else row
                sums[id_, ALL_YEARS if sum_years else figure.year][column][figure.year] += part.amount
    labels = _labels(ledger, by)
    order = {id_: position for position, id_ in enumerate(labels)}
    keys = sorted(sums, key=lambda key: (order[key[0]], key[1]))
    lines = tuple(_line(id_, labels[id_], year, sums[id_, year]) for id_, year in keys)
    benefits: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    of_measure: dict[str, Selection] = {measure: replace(selection, measure=measure) for measure in MEASURES}
    for figure in figures:
        passes = not figure.is_cost and is_chosen(figure, of_measure[figure.measure])
        if passes and divide(ledger, figure, "project", selection.forces):
            benefits[figure.project, figure.benefit].append(figure)
    return Appraisal(by, selection.measure, as_at, lines, len(benefits), tuple(_find_gaps(ledger, benefits, as_at)))


_COLUMNS = ("plan", "estimate", "actual", "planned", "realised", "planned_cost", "cost", "benefit")

_Sums = dict[str, dict[str, Decimal]]
"""The sums of each column by year."""


def _list_columns(figures: list[Figure]) -> Iterator[tuple[str, list[Figure]]]:
    """Yield the figures of each column: the latest of a basis, or what stands."""
    costs, benefits = ([figure for figure in figures if figure.is_cost is is_cost] for is_cost in (True, False))
    plan, actual = find_latest(benefits, "plan"), find_latest(benefits, "actual")
    both = {figure.subject for figure in plan} & {figure.subject for figure in actual}
    yield "plan", plan
    yield "estimate", find_latest(benefits, "estimate")
    yield "actual", actual
    yield "planned", [figure for figure in plan if figure.subject in both]
    yield "realised", [figure for figure in actual if figure.subject in both]
    yield "planned_cost", find_latest(costs, "plan")
    yield "cost", find_standing(costs)
    yield "benefit", find_standing(benefits)


def _line(id_: str, label: str, year: str, sums: _Sums) -> AppraisalRow:
    amounts = {column: sum(some.values(), Decimal(0)) if some else None for column, some in sums.items()}
    pays_back = _find_payback(sums["benefit"], sums["cost"]) if year == ALL_YEARS else ""
    return AppraisalRow(id_, label, year, **amounts, pays_back=pays_back)


def _find_payback(benefit: dict[str, Decimal], cost: dict[str, Decimal]) -> str:
    """Return the first year by whose end benefits have covered all costs so far, and cover them ever after."""
    covered, paid_back = Decimal(0), ""
    for year in sorted({*benefit, *cost}) if benefit and cost else ():
        covered += benefit.get(year, Decimal(0)) - cost.get(year, Decimal(0))
        paid_back = (paid_back or year) if covered >= 0 else ""
    return paid_back


def _labels(ledger: Ledger, by: str) -> dict[str, str]:
    if by != "benefit":
        return GROUPINGS[by].labels(ledger)
    return {f"{id_}/{name}": ledger.label(id_, name) for id_, name in ledger.benefit_ids()}


def _find_gaps(ledger: Ledger, benefits: dict[tuple[str, str], list[Figure]], as_at: date) -> Iterator[Gap]:
    """Yield what is missing of benefits, of each all figures, in the order of `QUESTIONS`."""
    twice = _find_stated_twice(chain.from_iterable(benefits.values()))
    for (id_, name), figures in benefits.items():
        project, others = ledger.projects[id_], twice.get((id_, name), "")
        standing = find_standing(figures)
        subject = Subject(project.benefits[name], figures, standing, as_at, others, has_cost=bool(project.costs))
        for question, (_, _, ask) in QUESTIONS.items():
            detail = ask(subject)
            if detail is not None:
                yield Gap(id_, name, question, detail)


def _find_years_without_actual(subject: Subject) -> set[str]:
    """Return the years that are over, for which anything was stated, be it only a plan, and no actual is."""
    over = {figure.year for figure in subject.figures if figure.year and end_of(figure.year) < subject.as_at}
    return over - {figure.year for figure in subject.standing if figure.basis == "actual"}


def _join_years(years: Iterable[str]) -> str | None:
    return ", ".join(sorted(set(years))) or None


def _is_old(day: date, as_at: date) -> bool:
    """Return whether `day` is more than a year before `as_at`."""
    return (day.year + 1, day.month, day.day) < (as_at.year, as_at.month, as_at.day)


def _find_stated_twice(figures: Iterable[Figure]) -> dict[tuple[str, str], str]:
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
