"""What can be wrong with figures, whichever record states them."""

from collections.abc import Iterator
from operator import attrgetter

from emcollab.records.ledger import Figure, Ledger, keys_of, project_path
from emcollab.results.standing import find_closures
from emcollab.values.dates import format_day
from emcollab.values.money import say_amount
from emcollab.values.periods import end_of_period, start_of_period, years_of
from emcollab.values.problems import Fault
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
            before, after = (say_amount(each.amount, figure.measure) for each in (other, figure))
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
        closure = next((each for each in closures.get(figure.project, ()) if each.known <= figure.date), None)
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
