"""What can be wrong with figures, whichever record states them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from operator import attrgetter

from emcollab.records.ledger import Figure, Ledger, keys_of, project_path, table_path
from emcollab.results.standing import find_closures
from emcollab.values.dates import format_day, start_of, year_from
from emcollab.values.money import say_amount, say_amounts
from emcollab.values.periods import end_of_period, start_of_period, years_of
from emcollab.values.problems import Fault, Keys
from emcollab.values.terms import STANDING

_RIVALS = attrgetter("subject", "basis", "date", "as_at")


def conflicting_figures(ledger: Ledger) -> Iterator[Fault]:
    """Yield the later written of each two figures of one benefit, period, basis and day that differ, at its amount.

    They differ too if they give forces other parts of it.
    """
    first: dict[object, Figure] = {}
    for figure in ledger.figures:
        other = first.setdefault(_RIVALS(figure), figure)
        other_parts = bool(figure.parts and other.parts) and dict(figure.parts) != dict(other.parts)
        if other is not figure and (other.amount != figure.amount or other_parts):
            before, after = say_amounts((other.amount, figure.amount), figure.measure)
            papers = "of one paper" if figure.source == other.source else "of two papers of one day"
            what = f"'{figure.basis}' for '{figure.period}'"
            amounts = f"{after} after {before}" if before != after else f"{after} with other amounts for the forces"
            message = f"a second {what}, {amounts}, {papers}, {format_day(figure.date)}"
            there = f"the first is in statement {other.statement + 1}, from '{other.source}'"
            remedy = f"keep the one that is meant; {there}"
            yield Fault(project_path(figure.project), keys_of(figure), message, remedy)
        if figure.parts and not other.parts:
            first[_RIVALS(figure)] = figure  # what later ones may divide otherwise


def early_actual(ledger: Ledger) -> Iterator[Fault]:
    """Yield each actual of a period that was not over on the date of its paper, at the period."""
    for figure in ledger.figures:
        if figure.basis == "actual" and figure.date <= (end_of_period(figure.period) or figure.date.min):
            message = f"{figure.period} was not over on {format_day(figure.date)}, the date of the paper"
            remedy = "write it under 'estimate', or under 'reported'"
            yield Fault(project_path(figure.project), keys_of(figure), message, remedy, on_key=True)


def figure_after_closure(ledger: Ledger) -> Iterator[Fault]:
    """Yield each figure, but no plan and no nil, that a paper states of a time after a closure that was known by then.

    It is shown at the period. What earlier papers expected is no fault: it does not stand.
    """
    closures = find_closures(ledger)
    for figure in ledger.figures if closures else ():
        begun = start_of_period(figure.period)
        if begun is None or figure.basis not in STANDING or figure.amount <= 0:
            continue
        of_project = closures.get(figure.project)
        closure = of_project.known_on(figure.date) if of_project else None
        if closure and closure.day and begun > closure.day:
            message = f"the project was closed by {format_day(closure.day)}, and this is {figure.period}"
            remedy = "mend the period or the day of closure; if the project goes on, state its new status"
            yield Fault(project_path(figure.project), keys_of(figure), message, remedy, on_key=True)


def negative_cost(ledger: Ledger) -> Iterator[Fault]:
    """Yield each amount of a cost that is below nil: the whole, or that of a force."""
    for figure in [figure for figure in ledger.figures if figure.category == "cost"]:
        for force, amount in figure.parts or (("", figure.amount),):
            if amount < 0:
                spent = say_amount(-amount, "money") if figure.measure == "money" else f"{-amount.normalize():,f}"
                message = f"a cost of {say_amount(amount, figure.measure)} is below nil"
                remedy = f'write what was spent, "{spent}"; if it came back, state it as a benefit'
                keys = (*keys_of(figure), *filter(None, [force]))
                yield Fault(project_path(figure.project), keys, message, remedy)


def divided_twice(ledger: Ledger) -> Iterator[Fault]:
    """Yield each figure that is given by force though its benefit or cost has shares."""
    for figure in ledger.figures:
        if figure.parts and ledger.benefit(figure).shares is not None:
            message = "the amount is given by force, and there are shares as well"
            remedy = "keep what the papers give: the amounts, or the shares"
            yield Fault(project_path(figure.project), keys_of(figure), message, remedy, on_key=True)


def year_outside_ledger(ledger: Ledger) -> Iterator[Fault]:
    """Yield each figure outside the ledger's years, at its period; none, if these end before they begin."""
    first, last = ledger.settings.first_year or "", ledger.settings.last_year or "9999/00"
    for figure in ledger.figures if first <= last else ():
        years = years_of(figure.period)
        if years and not first <= years[0] <= years[1] <= last:
            bound = f"begins with {first}" if years[0] < first else f"ends with {last}"
            message = f"the ledger {bound}, and this is {figure.period}"
            remedy = "mend the year, or extend the ledger in ledger.yaml"
            yield Fault(project_path(figure.project), keys_of(figure), message, remedy, on_key=True)


def distant_year(ledger: Ledger) -> Iterator[Fault]:
    """Yield each year that is not among the hundred in which most of the ledger lies, at the place that names it.

    Each gets a column of its own, and so do all those between. Papers speak for their own years. What lies outside the
    years that ledger.yaml gives is `year-outside-ledger`.
    """
    one_a_period = ledger.narrow({figure.period: figure for figure in ledger.figures}.values())
    starts = [start_of(year) for _, _, _, years in _list_years(one_a_period) for year in years]
    if not starts or max(starts) - min(starts) < _LONGEST:
        return
    named = list(_list_years(ledger))
    first, last = ledger.settings.first_year or "", ledger.settings.last_year or "9999/00"
    counted = Counter(start_of(year) for _, _, _, years in named for year in years)
    counted.update(source.day.year - 1 for source in ledger.sources.values())
    begin, end = _find_most(counted)
    for path, keys, on_key, years in named:
        odd = next((year for year in years if not begin <= start_of(year) <= end), None)
        told = path.startswith("projects/") and not first <= years[0] <= years[-1] <= last
        if odd and not told:
            meant = begin + (start_of(odd) - begin) % 100
            others = f"{year_from(begin)} to {year_from(end)}"
            message = f"a ledger spans at most 100 years, and {odd} is far from the others, {others}"
            remedy = f"did you mean '{year_from(meant)}'?" if meant <= end else "mend the year"
            yield Fault(path, keys, message, remedy, on_key=on_key)


def _list_years(ledger: Ledger) -> Iterator[tuple[str, Keys, bool, tuple[str, ...]]]:
    """Yield where years are named that make columns, whether that is a name, and the first and last of these years."""
    for name in ("first_year", "last_year"):
        if year := getattr(ledger.settings, name):
            yield "ledger.yaml", (name,), False, (year,)
    for figure in ledger.figures:
        if years := years_of(figure.period):
            yield project_path(figure.project), keys_of(figure), True, years
    for id_, table in ledger.published.items():
        yield from ((table_path(id_), ("years", place), False, (year,)) for place, year in enumerate(table.years))
        for keys, selector in table.selectors():
            if selector.period and (years := years_of(selector.period)):
                yield table_path(id_), (*keys, "period"), False, years


def _find_most(counted: Mapping[int, int]) -> tuple[int, int]:
    """Return the first and the last of those of the hundred years in which most are; of several such, the latest."""
    starts, best, most, held, low = sorted(counted), (0, 0), 0, 0, 0
    for start in starts:
        held += counted[start]
        while start - starts[low] >= _LONGEST:
            held -= counted[starts[low]]
            low += 1
        if held >= most:
            best, most = (starts[low], start), held
    return best


_LONGEST = 100  # years of a ledger
