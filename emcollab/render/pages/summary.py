"""What collaboration brought, in a paragraph each: the years that are over together, the latest full one, and others.

Each paragraph says what of the savings is cash releasing or cashable, how much is an estimate, and when that was said.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from emcollab.records.ledger import Figure, Ledger
from emcollab.render.pages.words import join, join_first, number, say_of_no_year
from emcollab.results.standing import find_standing
from emcollab.results.totals import SUM, Amounts, CannotBeSummedError, Selection, Totals, choose, in_years, total_by
from emcollab.values.dates import end_of, format_when, say_when, start_day
from emcollab.values.money import fit_unit, format_amount, say_amounts
from emcollab.values.periods import is_over
from emcollab.values.terms import MEASURES

_MOST_MONTHS = 2
"""How many months are named one by one."""

_MOST_APART = 3
"""How many amounts are named that are not of one year."""


@dataclass(frozen=True)
class Summary:
    """What there is to sum up: totals by area of the figures in `standing`, and the day by which years are over.

    `force` is the name of the force whose parts of figures they are; empty, if they are whole. Amounts of money are
    said in the unit of the summary table, with the ledger's decimals.
    """

    ledger: Ledger
    totals: Totals
    standing: tuple[Figure, ...]
    day: date
    force: str = ""

    @property
    def years(self) -> list[str]:
        """The years of which anything is stated."""
        return [year for year in self.totals.years if self.totals.total[year] is not None]

    @property
    def over(self) -> list[str]:
        """Those of them that are over."""
        return [year for year in self.years if self.is_over(year)]

    @cached_property
    def told(self) -> str:
        """The year to tell of first: the latest that is over and full; or else the first; empty, if there is none."""
        return find_full_year({year: self.counted(year) for year in self.over}) or next(iter(self.years), "")

    def counted(self, year: str) -> list[Figure]:
        """Return the savings by which a year is full: of a force, those of which anything falls to it."""
        return [each for each in self.savings(year) if each.amount or not self.force]

    @property
    def ahead(self) -> list[str]:
        """The years with savings after the one to tell of first that are not over."""
        return [year for year in self.years if year > self.told and not self.is_over(year) and self.savings(year)]

    @property
    def thin(self) -> list[str]:
        """The years that are over and later than the one to tell of first, because they are not full."""
        return [year for year in self.over if year > self.told]

    def is_over(self, year: str) -> bool:
        """Return whether a year is over on the day of the summary."""
        return is_over(year, self.day)

    def name(self, year: str) -> str:
        """Return a year; and that it is not over, or the latest full one, where later ones are over and thinner."""
        if self.is_over(year):
            return f"{year}, the latest full year," if self.thin and year == self.told else year
        return f"{year}, which has not begun," if self.day < start_day(year) else f"{year}, which is not over,"

    def savings(self, year: str) -> list[Figure]:
        """Return the savings in money that stand of a year."""
        return self._savings.get(year, [])

    @cached_property
    def _savings(self) -> dict[str, list[Figure]]:
        savings: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.standing:
            if figure.category == "saving":
                savings[figure.year].append(figure)
        return savings

    def count_outturns(self, year: str) -> int:
        """Return of how many benefits there is an outturn of a saving."""
        return _count_outturns(self.counted(year))

    @cached_property
    def together(self) -> Amounts:
        """What the years that are over come to together, by part of the total; empty, if two cannot be added."""
        if not self.over[1:]:
            return {}
        try:
            sums = total_by(self.ledger, "area", Selection(years=tuple(self.over)), sum_years=True)
        except CannotBeSummedError:
            return {}
        return {name: amounts[SUM] for name, amounts in sums.subtotals.items()}

    def part(self, name: str, year: str) -> Decimal | None:
        """Return a part of the total of a year, `None` where nothing is stated."""
        return self.totals.subtotals[name][year]

    @cached_property
    def shown(self) -> tuple[str, int]:
        """The unit and the decimals of tables of money: those of the ledger, or else what shows all that is stated."""
        unit, places = self.ledger.settings.unit, self.ledger.settings.places
        if places is not None:
            return unit, places
        return fit_unit((each.amount for each in self.ledger.figures if each.measure == "money"), unit)

    def say(self, amount: Decimal) -> str:
        """Return an amount of money in the unit and the decimals of the table: `£1.324m`."""
        unit, places = self.shown
        return f"{format_amount(amount, unit, places, sign=True)}{unit.removeprefix('£')}"

    def say_savings(self, figures: Sequence[Figure]) -> str:
        """Return what papers state of savings: `savings of £1.324m`, or which kind of nothing."""
        if amount := sum((each.amount for each in figures), Decimal(0)):
            return f"savings of {self.say(amount)}"
        if any(each.amount for each in figures):
            return "savings and losses that come to nothing together"
        is_estimate = all(each.basis == "estimate" for each in figures)
        if self.force:
            return f"{'estimates of ' if is_estimate else ''}savings of which nothing falls to {self.force}"
        return "an estimate of nothing" if is_estimate else "savings of nothing"

    def say_thinness(self, year: str) -> str:
        """Return in numbers why a year is not full: `, of two benefits where 2018/19 has five`.

        It is empty, where nothing of it falls to the force.
        """
        if self.force and not any(each.amount for each in self.savings(year)):
            return ""
        some, full = len(self.counted(year)), len(self.counted(self.told))
        if some < full:
            return f", of {_count(some)} where {self.told} has {number(full)}"
        outturns = self.count_outturns(year)
        known = f"an outturn of {_count(outturns)}" if outturns else "no outturn"
        return f", with {known} where {self.told} has {number(self.count_outturns(self.told))}"

    def say_date(self, figures: Iterable[Figure]) -> str:
        """Return in which months figures were said: `in February 2010`, `between May 2010 and June 2012`."""
        papers = sorted({(each.date, self.ledger.sources[each.source].date[: len("2010-02")]) for each in figures})
        months = list(dict.fromkeys(when for _, when in papers))
        if len(months) > _MOST_MONTHS:
            return f"between {format_when(months[0])} and {format_when(months[-1])}"
        return join([say_when(month) for month in months])


def _count(benefits: int) -> str:
    return f"{number(benefits)} benefit{'' if benefits == 1 else 's'}"


def find_full_year(savings: Mapping[str, Sequence[Figure]]) -> str:
    """Return the latest full year of those that are over, whose savings are given; nothing, if there is none.

    A year is full if at least half as many benefits have an outturn of a saving as have any saving in the year in which
    most have one. Where no year is, those are full in which half as many have any.
    """
    most = max(map(len, savings.values()), default=0)
    full = [year for year, some in savings.items() if _count_outturns(some) * 2 >= most]
    return max(full or [year for year, some in savings.items() if len(some) * 2 >= most], default="")


def _count_outturns(figures: Iterable[Figure]) -> int:
    return sum(each.basis == "actual" for each in figures)


def summarise(ledger: Ledger, day: date, years: tuple[str, ...] = (), force: str = "") -> Summary:
    """Return the summary of `ledger`; of all its years, unless `years` names some."""
    standing = tuple(each for each in find_standing(ledger).figures if each.year and each.measure == "money")
    return Summary(ledger, total_by(ledger, "area", Selection(years=years)), standing, day, force)


def say_summary(it: Summary) -> Iterator[str]:
    """Yield the paragraphs: the sum to date, the latest full year, thinner ones after it, and years to come.

    Last is what is in no sum: other measures, and amounts that are not of one year.
    """
    yield from _say_together(it)
    yield say_year_brought(it, it.told) if it.told else "No paper states an amount of money for a year."
    yield from (say_year_brought(it, year) for year in it.thin)
    if it.thin:
        most = max(len(it.counted(year)) for year in it.over)
        have = "an outturn" if it.count_outturns(it.told) * 2 >= most else "a saving"
        many = "at least half as many benefits as have a saving in any one year that is over"
        yield f"A full year is one with {have} of {many}."
    if it.ahead:
        yield f"Papers state savings for later years too: {say_ahead(it)}."
    if it.over[1:] and not it.together:
        yield "Savings of several years are not added together: some figures count only what is new in a year."
    yield from _say_other_measures(it)
    yield from _say_of_no_year(it)


def say_year_brought(it: Summary, year: str) -> str:
    """Return what papers say that a year brought: savings of which kind and how firm, funding, and what else."""
    saving, funding, unclassified = (it.part(name, year) for name in ("saving", "funding", "unclassified"))
    said = []
    if saving is None:
        said.append(f"For {it.name(year)} no paper states a saving.")
    else:
        savings = it.say_savings(it.savings(year))
        if year in it.thin:
            said.append(f"For {year} papers so far state {savings}{it.say_thinness(year)}.")
        else:
            said.append(f"For {it.name(year)} the papers state {savings}.")
        said += [*_say_kinds(it, year), *_say_how_firm(it, year)]
    if funding is not None:
        said.append(f"Papers also state {it.say(funding)} of money from others, which is no saving.")
    if unclassified is not None:
        said.append(f"Of a further {it.say(unclassified)} the papers do not say whether it is saving or funding.")
    if cost := it.totals.costs.get(year):
        said.append(f"Costs of {it.say(cost)} are stated for the year; they are not taken off.")
    return " ".join(said)


_KINDS = {
    "cash-releasing": "{} is cash releasing",
    "not-cash-releasing": "{} is cashable but not cash releasing, so that no money leaves a budget",
    "cashable": "{} is cashable, without a word on whether cash was released",
    "non-cashable": "{} is non-cashable",
    "unstated": "for {} the papers do not say whether it is cashable",
}
"""What is said of an amount of each cashability."""


def _say_kinds(it: Summary, year: str) -> Iterator[str]:
    """Yield how much of the savings is of which cashability; and that none releases cash, where that is so."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for figure in it.savings(year):
        sums[figure.cashability] += figure.amount
    kinds = {kind: words for kind, words in _KINDS.items() if sums.get(kind)}
    if len(kinds) == 1:
        said = next(iter(kinds.values())).format("all of it")
        yield f"{said[0].upper()}{said[1:]}."
    elif kinds:
        yield f"Of these, {'; '.join(words.format(it.say(sums[kind])) for kind, words in kinds.items())}."
    if kinds and "cash-releasing" not in kinds:
        yield "No paper says that any of it released cash."


def _say_how_firm(it: Summary, year: str) -> Iterator[str]:
    """Yield how much of the savings is an outturn, how much was expected, and by which papers."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in it.savings(year):
        if figure.amount:
            when = "" if figure.basis == "actual" else _relate(figure.date, year)
            groups[figure.basis, when].append(figure)
    whole = len(groups) == 1
    for (basis, when), figures in sorted(groups.items()):
        amount = "All of it" if whole else it.say(sum((each.amount for each in figures), Decimal(0)))
        if basis == "actual":
            yield f"{amount} is outturn."
        elif basis == "estimate":
            yield f"{amount} is an estimate, stated {it.say_date(figures)}, {when}."
        elif when == _AFTER:
            yield f"For {amount[:1].lower()}{amount[1:]} the papers do not say whether it is an estimate or final."
        else:
            yield f"{amount} was stated {it.say_date(figures)}, {when}, and not called an estimate."
    if groups and it.is_over(year) and not groups.keys() & {("actual", ""), ("reported", _AFTER)}:
        yield "No paper says what was saved in the end."


def say_outturn_and_estimate(it: Summary, figures: Iterable[Figure]) -> str:
    """Return how much of some savings is outturn, how much an estimate, and of how much papers say neither.

    It is empty, if all of them are nothing.
    """
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for figure in figures:
        if figure.amount:
            sums[figure.basis] += figure.amount
    if len(sums) == 1:
        return _FIRM[next(iter(sums))]
    if not sums:
        return ""
    said = {basis: it.say(amount) for basis, amount in sums.items()}
    estimate, rest = said.get("estimate"), said.get("reported")
    if "actual" not in said:
        return f"no paper calls any of it an outturn: {estimate} is an estimate, and {rest} is not called one"
    parts = [f"{said['actual']} of it is outturn"]
    if estimate:
        parts.append(f"{estimate} is an estimate")
    if rest:
        parts.append(f"for {rest} the papers do not say {'which' if estimate else 'whether it is'}")
    return f"{', '.join(parts[:-1])}, and {parts[-1]}"


_FIRM = {
    "actual": "all of it is outturn",
    "estimate": "all of it is an estimate",
    "reported": "no paper calls any of it an outturn or an estimate",
}
"""What is said of savings that are all of one basis."""


_AFTER = "after the year had ended"


def _relate(day: date, year: str) -> str:
    """Return how the day of a paper lies to a year."""
    if day < start_day(year):
        return "before the year had begun"
    return "while the year was running" if day <= end_of(year) else _AFTER


def say_ahead(it: Summary) -> str:
    """Return the savings of the years ahead, and how firm they are: `for 2010/11, which is not over, £2k (…)`."""
    said = []
    for year in it.ahead:
        firm = say_outturn_and_estimate(it, it.savings(year))
        amount = it.say(sum((each.amount for each in it.savings(year)), Decimal(0)))
        said.append(f"for {it.name(year)} {amount}{f' ({firm})' if firm else ''}")
    return "; ".join(said)


def say_released(it: Summary, figures: Iterable[Figure]) -> str:
    """Return how much of some savings is cash releasing; empty, if all of them are nothing."""
    amounts = [(each.amount, each.cashability == "cash-releasing") for each in figures if each.amount]
    cash = [amount for amount, is_cash in amounts if is_cash]
    if not cash:
        return "no paper says that any of it released cash" if amounts else ""
    return f"{'all' if len(cash) == len(amounts) else it.say(sum(cash, Decimal(0)))} of it is cash releasing"


def _say_together(it: Summary) -> Iterator[str]:
    """Yield the savings of the years that are over, together, where they may be added; and what is beside them."""
    if not (said := say_to_date(it)):
        return
    yield f"To date, that is {said}. A saving that is kept from year to year counts in each."
    others = (
        ("funding", "of money from others"),
        ("unclassified", "of which they do not say whether it is saving or funding"),
    )
    amounts = ((it.together[name], of) for name, of in others)
    if beside := [f"{it.say(amount)} {of}" for amount, of in amounts if amount]:
        yield f"Beside savings, papers state for these years {join(beside)}."


def say_to_date(it: Summary, whose: str = "") -> str:
    """Return the savings of the years that are over, together, and how firm they are; empty, if there are none to add.

    `whose` is put behind the amount.
    """
    if it.together.get("saving") is None:
        return ""
    figures = [each for year in it.over for each in it.savings(year)]
    link = "to" if it.over[2:] else "and"
    said = f"for {it.over[0]} {link} {it.over[-1]} together, papers state {it.say_savings(figures)}{whose}"
    return "; ".join(filter(None, (said, say_outturn_and_estimate(it, figures), say_released(it, figures))))


def _say_other_measures(it: Summary) -> Iterator[str]:
    """Yield what is stated of posts and hours, for the latest full year, and later ones that are over."""
    said = []
    for measure in MEASURES[1:]:
        savings: dict[str, list[Figure]] = {}
        chosen = Selection(measure=measure, categories=("saving",), years=it.totals.years)
        for each in choose(find_standing(it.ledger).figures, chosen):
            if each.year and in_years(each.year, chosen) and it.is_over(each.year):
                savings.setdefault(each.year, []).append(each)
        full = find_full_year(savings)
        told = sorted(year for year in savings if year >= full)
        amounts = say_amounts((sum((each.amount for each in savings[year]), Decimal(0)) for year in told), measure)
        for year, amount in zip(told, amounts, strict=True):
            estimates = [each.basis == "estimate" for each in savings[year]]
            part = "" if all(estimates) else "in part "
            said.append(f"{amount} for {year}{f' ({part}an estimate)' if any(estimates) else ''}")
    if said:
        yield f"Beside money, the papers state savings of {join(said)}."


def _say_of_no_year(it: Summary) -> Iterator[str]:
    """Yield the first of what papers state, in any measure, of other periods than a year."""
    others = (total_by(it.ledger, "area", Selection(measure=each, years=it.totals.years)) for each in MEASURES[1:])
    figures = [figure for totals in (it.totals, *others) for figure in totals.not_added]
    if figures:
        labels = [it.ledger.label(each.project, each.benefit) for each in figures]
        said = [f"{label}, {amount}" for label, amount in zip(labels, say_of_no_year(figures), strict=True)]
        first = join_first(said, _MOST_APART)
        yield f"Papers also state amounts that are not of one year, and are in no sum: {first}."
