"""What can be wrong with figures, whichever record states them."""

from collections.abc import Iterator
from operator import attrgetter

from emcollab.records.ledger import Figure, Ledger, keys_of, project_path
from emcollab.values.dates import end_of, format_day, say_when, start_of
from emcollab.values.money import say_amount
from emcollab.values.problems import Fault


def conflicting_figures(ledger: Ledger) -> Iterator[Fault]:
    """Yield the later written of each two figures that contradict each other."""
    first: dict[object, Figure] = {}
    for figure in ledger.figures:
        other = first.setdefault(_subject_of(figure), figure)
        if other is not figure and other.amount != figure.amount:
            yield Fault(
                project_path(figure.project), keys_of(figure), _say_conflict(figure, other), _say_which_to_keep(other)
            )


_subject_of = attrgetter("project", "benefit", "category", "year", "basis", "date")


def _say_conflict(figure: Figure, other: Figure) -> str:
    what = f"{figure.basis} for {figure.year}" if figure.year else "amount a year"
    first, second = (say_amount(each.amount, figure.measure) for each in (other, figure))
    papers = "of one paper" if figure.source == other.source else "of two papers of one day"
    return f"a second {what}, {second} after {first}, {papers}, {format_day(figure.date)}"


def _say_which_to_keep(other: Figure) -> str:
    return f"keep the one that is meant; the first is in statement {other.statement + 1}, from '{other.source}'"


def early_actual(ledger: Ledger) -> Iterator[Fault]:
    """Yield each actual that came too early."""
    for figure in ledger.figures:
        if figure.basis == "actual" and figure.year and figure.date <= end_of(figure.year):
            message = f"{figure.year} was not over on {format_day(figure.date)}, the date of the paper"
            remedy = "write it under 'estimate', or under 'reported'"
            yield Fault(project_path(figure.project), keys_of(figure), message, remedy, on_key=True)


_APRIL = "04"


def figure_after_closure(ledger: Ledger) -> Iterator[Fault]:
    """Yield each figure of a year after its project's closure."""
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
    """Yield each figure outside the ledger's years."""
    first, last = ledger.settings.first_year or "", ledger.settings.last_year or "9999/00"
    if last < first:  # that is the fault, not each figure's year
        return
    for figure in ledger.figures:
        if figure.year and not first <= figure.year <= last:
            bound = f"begins with {first}" if figure.year < first else f"ends with {last}"
            path, keys = project_path(figure.project), keys_of(figure)
            remedy = "mend the year, or extend the ledger in ledger.yaml"
            yield Fault(path, keys, f"the ledger {bound}, and this is {figure.year}", remedy, on_key=True)
