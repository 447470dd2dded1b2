"""A closed project has a figure for a year that began after it was closed.

A closed project brings and takes nothing more. Plans are excepted: they may be older than the closure.

Wrong: `closed: {date: 2017-06}` and `reported: {2018/19: £61k}`.
Right: the year that the paper says; or the project's status, if it goes on.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger, keys_of
from emcollab.naming import project_path
from emcollab.problems import Finding
from emcollab.years import say_when, start_of

_APRIL = "04"


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each figure of a year after its project's closure."""
    for figure in ledger.figures:
        closed = ledger.projects[figure.project].closed
        if closed and closed.date and figure.year and figure.basis != "plan":
            year, month = int(closed.date[:4]), closed.date[5:7]
            last = year if not month or month >= _APRIL else year - 1
            if start_of(figure.year) > last:
                message = f"the project was closed {say_when(closed.date)}, and this is {figure.year}"
                remedy = "mend the year, or the date of closure"
                yield Finding(project_path(figure.project), keys_of(figure), message, remedy, on_key=True)
