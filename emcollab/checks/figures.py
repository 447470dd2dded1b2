"""What can be wrong with figures, whichever record states them."""

from collections.abc import Iterator
from operator import attrgetter

from emcollab.records.ledger import Figure, Ledger, keys_of, project_path
from emcollab.values.dates import end_of, format_day, say_when, start_of
from emcollab.values.money import say_amount
from emcollab.values.problems import Fault

_RIVALS = attrgetter("project", "benefit", "category", "year", "basis", "date")
_APRIL = "04"


def conflicting_figures(ledger: Ledger) -> Iterator[Fault]:
    """Yield the later written of each two figures of one benefit, year, basis and day that differ, at its amount."""
    first: dict[object, Figure] = {}
    for figure in ledger.figures:
        other = first.setdefault(_RIVALS(figure), figure)
        if other is not figure and other.amount != figure.amount:
            what = f"{figure.basis} for {figure.year}" if figure.year else "amount a year"
            before, after = (say_amount(each.amount, figure.measure) for each in (other, figure))
            papers = "of one paper" if figure.source == other.source else "of two papers of one day"
            message = f"a second {what}, {after} after {before}, {papers}, {format_day(figure.date)}"
            there = f"the first is in statement {other.statement + 1}, from '{other.source}'"
            remedy = f"keep the one that is meant; {there}"
            yield Fault(project_path(figure.project), keys_of(figure), message, remedy)


def early_actual(ledger: Ledger) -> Iterator[Fault]:
    """Yield each actual of a year that was not over on the date of its paper, at the year."""
    for figure in ledger.figures:
        if figure.basis == "actual" and figure.year and figure.date <= end_of(figure.year):
            message = f"{figure.year} was not over on {format_day(figure.date)}, the date of the paper"
            remedy = "write it under 'estimate', or under 'reported'"
            yield Fault(project_path(figure.project), keys_of(figure), message, remedy, on_key=True)


def figure_after_closure(ledger: Ledger) -> Iterator[Fault]:
    """Yield each figure, but no plan, of a year that began after its project's closure, at the year."""
    for figure in ledger.figures:
        closed = ledger.projects[figure.project].closed
        if closed and closed.date and figure.year and figure.basis != "plan":
            year, month = int(closed.date[:4]), closed.date[5:7]
            last = year if not month or month >= _APRIL else year - 1
            if start_of(figure.year) > last:
                message = f"the project was closed {say_when(closed.date)}, and this is {figure.year}"
                remedy = "mend the year, or the date of closure"
                yield Fault(project_path(figure.project), keys_of(figure), message, remedy, on_key=True)


def year_outside_ledger(ledger: Ledger) -> Iterator[Fault]:
    """Yield each figure outside the ledger's years, at its year; none, if these end before they begin."""
    first, last = ledger.settings.first_year or "", ledger.settings.last_year or "9999/00"
    for figure in ledger.figures if first <= last else ():
        if figure.year and not first <= figure.year <= last:
            bound = f"begins with {first}" if figure.year < first else f"ends with {last}"
            message = f"the ledger {bound}, and this is {figure.year}"
            remedy = "mend the year, or extend the ledger in ledger.yaml"
            yield Fault(project_path(figure.project), keys_of(figure), message, remedy, on_key=True)
