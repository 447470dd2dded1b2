"""Two papers of one day, or one paper twice, state different amounts of one kind for one benefit and year.

Of two papers the later one stands. Of one day neither is the later, so nothing says which of the two
amounts is meant, and the ledger does not choose.

Wrong: two statements from papers of 22 February 2010, `estimate: {2009/10: £0.637m}` and
`estimate: {2009/10: £0.673m}`.
Right: the one amount that the papers state. If they do differ, keep the one that the committee was given as
current, and say in its `note` what the other paper says.
"""

from collections.abc import Iterator
from operator import attrgetter

from emcollab.ledger import Figure, Ledger, keys_of
from emcollab.money import say_amount
from emcollab.naming import project_path
from emcollab.problems import Finding
from emcollab.years import format_day


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield the later written of each two figures that contradict each other."""
    first: dict[object, Figure] = {}
    for figure in ledger.figures:
        other = first.setdefault(_subject_of(figure), figure)
        if other is not figure and other.amount != figure.amount:
            yield Finding(project_path(figure.project), keys_of(figure), _message(figure, other), _remedy(other))


_subject_of = attrgetter("project", "benefit", "category", "year", "basis", "date")


def _message(figure: Figure, other: Figure) -> str:
    what = f"{figure.basis} for {figure.year}" if figure.year else "amount a year"
    first, second = (say_amount(each.amount, figure.measure) for each in (other, figure))
    papers = "of one paper" if figure.source == other.source else "of two papers of one day"
    return f"a second {what}, {second} after {first}, {papers}, {format_day(figure.date)}"


def _remedy(other: Figure) -> str:
    return f"keep the one that is meant; the first is in statement {other.statement + 1}, from '{other.source}'"
