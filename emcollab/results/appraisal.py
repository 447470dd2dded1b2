"""Appraisal: what was planned, what is expected, what came of it, what it cost, and what an auditor would miss.

Nothing is scored that is not known, and years are added together only when asked. What is missing is listed
by questions that auditors ask, each with the guidance it comes from.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from emcollab.records.benefit import Benefit
from emcollab.records.ledger import BenefitState, Figure, Ledger
from emcollab.results.doubts import find_far_outturns, find_outlived
from emcollab.results.shares import NOT_APPORTIONED, is_apportioned
from emcollab.results.standing import Standing, Stated, find_latest, find_standing
from emcollab.results.totals import (
    ROWS,
    CannotBeSummedError,
    Selection,
    choose,
    divide,
    find_not_added,
    in_years,
    is_left_out,
    reaches_into,
)
from emcollab.values.money import say_amount, say_amounts
from emcollab.values.periods import A_YEAR, IN_ALL, is_over
from emcollab.values.terms import BASES, BECAME

ALL_YEARS = ""
"""Where a line's year would stand, for all years together."""


class AppraisalRow(NamedTuple):
    """One row: a project, benefit or force, in one year or in all (`ALL_YEARS`).

    Amounts are pounds, posts or hours, `None` where nothing is stated. `plan`, `estimate`, `actual`, `at_risk`,
    `delayed` and `not_achievable` are the latest of each, of benefits. `planned` and `came` are the plan, and what
    stands (the outturn, or else what is expected), of the benefits and years that have both; `realised` is as much of
    it as are outturns, beside `planned_realised`. `planned_cost` is the latest plan of costs; `cost` and `benefit` what
    stands of each. `pays_back` is the year by whose end benefits have covered costs for good. `is_whole` is false for a
    row of what cannot be set against each other: costs of some projects, and benefits of others, as where a force has a
    part in one, and no paper divides the other.
    """

    id: str
    label: str
    year: str
    plan: Decimal | None
    estimate: Decimal | None
    actual: Decimal | None
    at_risk: Decimal | None
    delayed: Decimal | None
    not_achievable: Decimal | None
    planned: Decimal | None
    came: Decimal | None
    planned_realised: Decimal | None
    realised: Decimal | None
    planned_cost: Decimal | None
    cost: Decimal | None
    benefit: Decimal | None
    pays_back: str
    is_whole: bool

    @property
    def variance(self) -> Decimal | None:
        """What stands less the plan, of the benefits and years that have both."""
        return None if self.planned is None or self.came is None else self.came - self.planned

    @property
    def variance_share(self) -> Decimal | None:
        """The variance as a fraction of the plan, with the sign of the variance; `None` for a plan of nil."""
        return None if not self.planned or self.variance is None else self.variance / abs(self.planned)

    @property
    def realised_share(self) -> Decimal | None:
        """The outturn as a fraction of its plan; `None` for a plan that is not above nil."""
        if self.planned_realised is None or self.planned_realised <= 0 or self.realised is None:
            return None
        return self.realised / self.planned_realised

    @property
    def net(self) -> Decimal | None:
        """What stands of benefits less what stands of costs; `None` unless both are stated and belong together."""
        return None if self.cost is None or self.benefit is None or not self.is_whole else self.benefit - self.cost

    @property
    def benefit_per_cost(self) -> Decimal | None:
        """Benefit for each pound of cost; `None` unless both are stated, belong together, and there is a cost."""
        return None if not self.cost or self.benefit is None or not self.is_whole else self.benefit / self.cost


LATEST: dict[str, Callable[[AppraisalRow], Decimal | None]] = {
    "Plan": lambda line: line.plan,
    "Estimate": lambda line: line.estimate,
    "Actual": lambda line: line.actual,
    "At risk": lambda line: line.at_risk,
    "Delayed": lambda line: line.delayed,
    "Not achievable": lambda line: line.not_achievable,
}
"""The amounts of a row that are the latest of their basis, by what tables call them."""


class Same(NamedTuple):
    """Another benefit that may be the same: its ids, and the year and the amount that one paper states of both.

    The `year` and the `amount`, in words, are empty, where the record of the benefit says so itself.
    """

    project: str
    benefit: str
    year: str = ""
    amount: str = ""


class Gap(NamedTuple):
    """A question that the ledger cannot answer for one benefit: a key of `QUESTIONS`, and what it is about.

    `same` are the benefits that `detail` names by their ids, if it does.
    """

    project: str
    benefit: str
    question: str
    detail: str
    same: tuple[Same, ...] = ()


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Lines in the order of projects, benefits or forces, and of years, with their totals; and the gaps, by benefit.

    `not_added` are amounts of every basis, of other periods than a year: they are in no line. `benefits` is how many
    were asked about; `audience` whose questions were, all if empty. `left_out` says that of forces only their parts are
    here, and that there is more, which no paper divides between forces.
    """

    by: str
    measure: str
    as_at: date
    audience: str
    lines: tuple[AppraisalRow, ...]
    totals: tuple[AppraisalRow, ...]
    not_added: tuple[Figure, ...]
    benefits: int
    gaps: tuple[Gap, ...]
    left_out: bool


class Asked(NamedTuple):
    """What can be asked about one benefit, as at a day: its ids, the record, what papers say of it, all its figures.

    `standing` are those that stand, `outlived` what was expected of a time after its closure. `settled` are the years
    in which another benefit takes its place, or that begin after its closure. `same` are the other benefits that may be
    the same.
    """

    project: str
    name: str
    benefit: Benefit
    state: BenefitState
    figures: list[Figure]
    standing: list[Figure]
    outlived: list[Figure]
    settled: set[str]
    as_at: date
    same: tuple[Same, ...]
    has_cost: bool


class Question(NamedTuple):
    """What an auditor asks: the sentence when it is not answered, where the question comes from, and the test.

    `who` needs the answer: the `keeper` of the data can mend it, the `committee` decides by it, the `auditor` asks.
    `ask` returns what there is to say of a benefit that does not answer (years, another benefit, or nothing),
    and `None` for one that does.
    """

    sentence: str
    source: str
    who: tuple[str, ...]
    ask: Callable[[Asked], str | None]


def name_same(same: Sequence[Same], name: Callable[[Same], str]) -> str:
    """Return which benefits may be the same, each as `name` has it, in which years and by which amounts.

    Of many they are the first.
    """
    said = [
        f"{name(other)} in {other.year}: {other.amount}" if other.year else name(other) for other in same[:_MOST_TWINS]
    ]
    return ", ".join(said) + (" and others" if len(same) > _MOST_TWINS else "")


_MOST_TWINS = 20
"""So many are named of the benefits for which one paper states the same amount."""

_DUPLICATE = "possible duplicate"

QUESTIONS: dict[str, Question] = {
    "no baseline": Question(
        "No paper says what it is measured against.",
        "NAO, Good practice for accurate public reporting of savings: realistic baseline",
        ("auditor",),
        lambda it: None if it.state.baseline else "",
    ),
    "no actual": Question(
        "A year is over, and no paper calls a figure its outturn.",
        "IPA, Guide for effective benefits management, 2017: what cannot be measured cannot be claimed as realised",
        ("committee", "auditor"),
        lambda it: _join_years(_find_years_without_actual(it)),
    ),
    "no owner": Question(
        "No paper names a role that answers for it.",
        "HM Treasury, Green Book, benefits register: responsible officer",
        ("keeper", "auditor"),
        lambda it: None if it.state.owner else "",
    ),
    "cashability not stated": Question(
        "The papers do not say whether resources could be taken out, or a budget was cut.",
        "Home Office definition of cashable gains, Home Affairs Committee, 4th report 2006-07, para 60",
        ("committee", "auditor"),
        lambda it: "" if it.figures[0].cashability == "unstated" else None,
    ),
    "unclassified": Question(
        "The papers do not say whether it is a saving or funding.",
        "NAO, Good practice for accurate public reporting of savings: properly calculated",
        ("committee", "auditor"),
        lambda it: "" if it.benefit.category == "unclassified" else None,
    ),
    "undated": Question(
        "An amount is stated, and no year.",
        "HM Treasury, Green Book, benefits register: timescale",
        ("keeper", "auditor"),
        lambda it: ", ".join(sorted({f.period for f in it.standing if f.period in (A_YEAR, IN_ALL)})) or None,
    ),
    "old estimate": Question(
        "The latest word on a year is an estimate of more than a year ago.",
        "NAO, Good practice for accurate public reporting of savings: data quality",
        ("keeper", "committee"),
        lambda it: _join_years(
            f.year for f in it.standing if f.year and f.basis == "estimate" and _is_old(f.date, it.as_at)
        ),
    ),
    _DUPLICATE: Question(
        "It may be counted twice.",
        "NAO, Good practice for accurate public reporting of savings: no double counting",
        ("keeper", "committee", "auditor"),
        lambda it: name_same(it.same, lambda other: f"{other.project}/{other.benefit}") or None,
    ),
    "does not add up": Question(
        "What was achieved or is expected, and what is at risk, delayed or not achievable, do not come to the plan.",
        "NAO, Good practice for accurate public reporting of savings: properly calculated",
        ("keeper", "committee", "auditor"),
        lambda it: "; ".join(_find_unmet(it.figures)) or None,
    ),
    "outlives its project": Question(
        "An earlier paper expected it of a time after its project was closed.",
        "NAO, Good practice for accurate public reporting of savings: data quality",
        ("keeper", "committee"),
        lambda it: _join_years(figure.period for figure in it.outlived),
    ),
    "far from its estimate": Question(
        "The outturn is a hundred times what was expected or more, or a hundredth or less.",
        "NAO, Good practice for accurate public reporting of savings: checked before publication",
        ("keeper", "auditor"),
        lambda it: _join_years(figure.year for figure in find_far_outturns(it.figures, it.standing)),
    ),
    "no evidence grade": Question(
        "No paper grades the evidence green, amber or red.",
        "NAO, The Efficiency Programme: a second review of progress, 2007",
        ("auditor",),
        lambda it: None if it.state.assurance else "",
    ),
    "recurrence not stated": Question(
        "The papers do not say whether it comes every year or once.",
        "Committee of Public Accounts, 48th report 2006-07: gains must not be one-offs",
        ("auditor",),
        lambda it: None if it.benefit.recurrence else "",
    ),
    "no cost": Question(
        "No cost of the project is stated, so it cannot be said to be net.",
        "NAO, Good practice for accurate public reporting of savings: net of costs",
        ("committee", "auditor"),
        lambda it: None if it.has_cost else "",
    ),
}
"""What an auditor asks, in the order of the list. To add one: write it here."""


def appraise(  # noqa: PLR0913 - what is asked, of whom, and how it is shown
    ledger: Ledger, by: str, selection: Selection, as_at: date, audience: str = "", *, sum_years: bool = False
) -> Appraisal:
    """Return the appraisal of `ledger`, as it was known on the day `as_at`, by `project`, `benefit` or `force`.

    Lines are by year, or with `sum_years` one for all years of the selection. They are of savings and costs,
    unless the selection names other categories; costs stay whatever the cashability of what is chosen. Gaps are of
    every benefit that passes its filters, in any measure, and of which the forces that it names have a part; not of
    funding, unless it is asked for, as a grant is no benefit to be realised. With `audience` they are only those of
    questions whose answer it needs.

    Raises:
        CannotBeSummedError: `sum_years`, and figures that count what is new in a year are among them.
    """
    lines, totals = list_lines(ledger, by, selection, sum_years=sum_years)
    counted = _add_costs(selection)
    of_costs, of_all = replace(counted, cashabilities=()), replace(counted, measure="")
    shown = (figure for _, column in _list_columns(ledger, find_standing(ledger)) for figure in column)
    return Appraisal(
        by, selection.measure, as_at, audience, lines, totals,
        tuple(
            figure for figure in find_not_added(ledger, find_standing(ledger), of_costs, BASES)
            if figure.is_cost or choose([figure], counted)
        ),
        *find_gaps(ledger, selection, as_at, audience),
        bool(selection.forces) and any(is_left_out(ledger, each, of_all) for each in choose(shown, of_all)),
    )  # fmt: skip


def _add_costs(selection: Selection) -> Selection:
    """Return a selection of savings, or the categories that it names, and of costs."""
    return replace(selection, categories=(*(selection.categories or ("saving",)), "cost"))


class Lines(NamedTuple):
    """The lines of an appraisal, in the order of projects, benefits or forces, and of years; and their totals."""

    lines: tuple[AppraisalRow, ...]
    totals: tuple[AppraisalRow, ...]


def list_lines(ledger: Ledger, by: str, selection: Selection, *, sum_years: bool = False) -> Lines:
    """Return the lines of the appraisal of `ledger` by `project`, `benefit` or `force`, as `appraise` does.

    Raises:
        CannotBeSummedError: `sum_years`, and figures that count what is new in a year are among them.
    """
    counted = _add_costs(selection)
    of_costs = replace(counted, cashabilities=())
    years = {year for year in ledger.years() if in_years(year, selection)}
    sums: dict[str, _ByYear] = defaultdict(_make_years)
    sides: dict[str, set[_Side]] = defaultdict(set)
    undivided: set[_Side] = set()
    for column, some in _list_columns(ledger, find_standing(ledger)):
        chosen = choose(some, of_costs if column in _OF_COSTS else counted)
        dated = [figure for figure in chosen if figure.year in years]
        if sum_years and any(ledger.benefit(figure).counts == "new" for figure in dated):
            raise CannotBeSummedError
        other = _OTHER_SIDE.get(column) if by == "force" or selection.forces else None
        for figure, id_, part in divide(ledger, dated, by, selection.forces):
            sums[id_][figure.year][column] += part
            if other:
                sides[id_].add((column, figure.project, ALL_YEARS if sum_years else figure.year))
        if other:
            undivided |= {
                (other, figure.project, ALL_YEARS if sum_years else figure.year)
                for figure in dated if not is_apportioned(ledger, figure)
            }  # fmt: skip
    torn = {id_: {year for _, _, year in sides[id_] & undivided} for id_ in sums}
    torn_total = set().union(*torn.values()) if selection.forces else set()
    labels = ROWS[by].labels(ledger)
    order = {id_: position for position, id_ in enumerate(labels)}
    of_all = _add_up(sums.values())
    return Lines(
        tuple(
            line for id_ in sorted(sums, key=order.__getitem__)
            for line in _list_years(id_, labels[id_], sums[id_], torn[id_], sum_years=sum_years)
        ),
        tuple(_list_years(TOTAL, "TOTAL", of_all, torn_total, sum_years=sum_years) if of_all else ()),
    )  # fmt: skip


TOTAL = "total"
"""The id of the rows of totals, which nothing else may have."""

_COLUMNS = (
    "plan", "estimate", "actual", *BECAME, "planned", "came", "planned_realised", "realised", "planned_cost", "cost",
    "benefit",
)  # fmt: skip

_OF_COSTS = {"planned_cost", "cost"}
_OTHER_SIDE = {"cost": "benefit", "benefit": "cost"}

_Side = tuple[str, str, str]
"""That a project has a benefit, or a cost, in a year: the column, the project, the year."""

_Sums = dict[str, Decimal]
"""What columns come to; one in which nothing is stated is not there."""

_ByYear = dict[str, _Sums]


def _make_years() -> _ByYear:
    return defaultdict(lambda: defaultdict(Decimal))


def _list_columns(ledger: Ledger, standing: Standing) -> Iterator[tuple[str, list[Figure]]]:
    """Yield the figures of each column: the latest of a basis, or what stands."""
    plans = find_latest(ledger, "plan")
    benefits = [figure for figure in plans if not figure.is_cost]
    both = [(figure, came) for figure in benefits if (came := standing.by_subject.get(figure.subject))]
    yield "plan", benefits
    for basis in ("estimate", "actual", *BECAME):
        latest = [figure for figure in find_latest(ledger, basis) if not figure.is_cost]
        lapsed = standing.lapsed
        yield basis, [figure for figure in latest if lapsed.get(figure.subject) is not figure] if lapsed else latest
    yield "planned", [plan for plan, _ in both]
    yield "came", [came for _, came in both]
    yield "planned_realised", [plan for plan, came in both if came.basis == "actual"]
    yield "realised", [came for _, came in both if came.basis == "actual"]
    yield "planned_cost", [figure for figure in plans if figure.is_cost]
    yield "cost", [figure for figure in standing.figures if figure.is_cost]
    yield "benefit", [figure for figure in standing.figures if not figure.is_cost]


def _add_up(rows: Iterable[_ByYear]) -> _ByYear:
    """Return what rows come to together, by year."""
    added = _make_years()
    for by_year in rows:
        for year, sums in by_year.items():
            for column, amount in sums.items():
                added[year][column] += amount
    return added


def _list_years(
    id_: str, label: str, by_year: _ByYear, torn: Collection[str], *, sum_years: bool
) -> Iterator[AppraisalRow]:
    """Yield a line for each year, or one for all of them together; in `torn` years it is not whole."""
    if sum_years:
        (together,) = _add_up({ALL_YEARS: sums} for sums in by_year.values()).values()
        is_whole = id_ != NOT_APPORTIONED and not torn
        yield _line(id_, label, ALL_YEARS, together, _find_payback(by_year) if is_whole else "", is_whole=is_whole)
    else:
        for year in sorted(by_year):
            is_whole = id_ != NOT_APPORTIONED and year not in torn
            yield _line(id_, label, year, by_year[year], "", is_whole=is_whole)


def _line(id_: str, label: str, year: str, sums: _Sums, pays_back: str, *, is_whole: bool) -> AppraisalRow:  # noqa: PLR0913 - what a row has
    return AppraisalRow._make((id_, label, year, *map(sums.get, _COLUMNS), pays_back, is_whole))


def _find_payback(by_year: _ByYear) -> str:
    """Return the first year by whose end benefits have covered all costs so far, and cover them ever after."""
    covered, paid_back = Decimal(0), ""
    has_both = all(any(column in sums for sums in by_year.values()) for column in ("benefit", "cost"))
    for year, sums in sorted(by_year.items()) if has_both else ():
        if "benefit" in sums or "cost" in sums:
            covered += sums.get("benefit", Decimal(0)) - sums.get("cost", Decimal(0))
            paid_back = (paid_back or year) if covered >= 0 else ""
    return paid_back


def find_gaps(ledger: Ledger, selection: Selection, as_at: date, audience: str = "") -> tuple[int, tuple[Gap, ...]]:
    """Return how many benefits are asked about, and what is missing of them, as `appraise` does."""
    benefits = _group_by_benefit(ledger, selection)
    questions = {id_: asked.ask for id_, asked in QUESTIONS.items() if not audience or audience in asked.who}
    gaps = (
        Gap(subject.project, subject.name, question, detail, subject.same if question == _DUPLICATE else ())
        for subject in _list_subjects(ledger, benefits, as_at)
        for question, ask in questions.items()
        if (detail := ask(subject)) is not None
    )
    return len(benefits), tuple(gaps)


def _group_by_benefit(ledger: Ledger, selection: Selection) -> dict[tuple[str, str], list[Figure]]:
    """Return the figures of each benefit that passes the filters of `selection`, but for their measure."""
    asked = replace(selection, categories=selection.categories or ("saving", "unclassified"), measure="")
    periods = {period for period in {figure.period for figure in ledger.figures} if reaches_into(period, selection)}
    benefits: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in choose(ledger.figures, asked):
        passes = figure.period in periods and not figure.is_cost
        if passes and (not selection.forces or any(divide(ledger, [figure], "project", selection.forces))):
            benefits[figure.project, figure.benefit].append(figure)
    return benefits


def _list_subjects(ledger: Ledger, benefits: Mapping[tuple[str, str], list[Figure]], as_at: date) -> Iterator[Asked]:
    """Yield what can be asked about each benefit, of which `benefits` has all figures."""
    standing = find_standing(ledger)
    twice = _find_stated_twice(figure for figure in standing.figures if not figure.is_cost)
    outlived: dict[Stated, list[Figure]] = defaultdict(list)
    for figure in find_outlived(ledger, standing):
        outlived[figure.stated].append(figure)
    settled = {*standing.displaced, *standing.lapsed}
    for (id_, name), figures in benefits.items():
        project = ledger.projects[id_]
        benefit = project.benefits[name]
        yield Asked(
            id_, name, benefit, ledger.benefit_state(benefit), figures,
            [figure for figure in figures if standing.has(figure)],
            outlived.get((id_, name, False), []),
            {figure.year for figure in figures if figure.subject in settled} if settled else set(),
            as_at,
            (Same(*stated.split("/")),) if (stated := benefit.possible_duplicate_of) else twice.get((id_, name), ()),
            has_cost=bool(project.costs),
        )  # fmt: skip


def _find_unmet(figures: Sequence[Figure]) -> Iterator[str]:
    """Yield for each year whose plan is not what papers say became of it both amounts, in words.

    A plan is compared with its parts only as the paper states them that also states the outturn, or else the estimate,
    and as at the same day.
    """
    years: dict[str, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures if any(figure.basis in BECAME for figure in figures) else ():
        if figure.year:
            years[figure.year][figure.basis].append(figure)
    for year, bases in sorted(years.items()):
        if not bases["plan"] or not (came := bases["actual"] or bases["estimate"]):
            continue
        plan, came_to = (max(some, key=lambda figure: (figure.date, figure.as_at)) for some in (bases["plan"], came))
        parts = [
            figure for basis in BECAME for figure in bases[basis]
            if (figure.source, figure.as_at) == (came_to.source, came_to.as_at)
        ]  # fmt: skip
        total = came_to.amount + sum((part.amount for part in parts), Decimal(0))
        if parts and total != plan.amount:
            planned, said = say_amounts([plan.amount, total], plan.measure)
            yield f"{year}: {said}, and the plan was {planned}"


def _find_years_without_actual(subject: Asked) -> set[str]:
    """Return the years that are over, for which anything was stated, be it only a plan, and an actual should be."""
    over = {figure.year for figure in subject.figures if figure.year and is_over(figure.year, subject.as_at)}
    return over - subject.settled - {figure.year for figure in subject.standing if figure.basis == "actual"}


def _join_years(years: Iterable[str]) -> str | None:
    return ", ".join(sorted(set(years))) or None


def _is_old(day: date, as_at: date) -> bool:
    """Return whether `day` is more than a year before `as_at`."""
    return (day.year + 1, day.month, day.day) < (as_at.year, as_at.month, as_at.day)


def _find_stated_twice(figures: Iterable[Figure]) -> dict[tuple[str, str], tuple[Same, ...]]:
    """Return, for each benefit of which one paper states the amount of another in the same year, the first others.

    They are of `figures` that stand: what no longer does is not counted, and so not counted twice.
    """
    first: dict[tuple[str, str, str, Decimal], Figure] = {}
    same: dict[tuple[str, str, str, Decimal], set[tuple[str, str]]] = defaultdict(set)
    for figure in figures:
        if figure.year and figure.amount:
            key = (figure.source, figure.year, figure.measure, figure.amount)
            other = first.setdefault(key, figure)
            if other is not figure:
                same[key] |= {(other.project, other.benefit), (figure.project, figure.benefit)}
    others: dict[tuple[str, str], set[Same]] = defaultdict(set)
    for (_, year, measure, amount), benefits in same.items():
        said = say_amount(amount, measure)
        named = sorted(benefits)[: _MOST_TWINS + 2]  # one of them may be itself
        for benefit in benefits:
            others[benefit].update(Same(*other, year, said) for other in named if other != benefit)
    return {benefit: tuple(sorted(some)[: _MOST_TWINS + 1]) for benefit, some in others.items()}
