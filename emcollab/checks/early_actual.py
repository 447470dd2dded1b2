"""An `actual` is given for a year that was not over when its paper was published.

An outturn is of a year that has ended, on a 31 March. What a paper of February says of the year it is in is a
forecast, whatever it calls it, and an actual beats every later estimate.

Wrong: `actual: {2009/10: £0.612m}` from a paper of 22 February 2010.
Right: `estimate: {2009/10: £0.612m}`, or `reported` if the paper does not call it an estimate.
"""

from collections.abc import Iterator

from emcollab.ledger import Ledger, keys_of
from emcollab.naming import project_path
from emcollab.problems import Finding
from emcollab.years import end_of, format_day


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each actual that came too early."""
    for figure in ledger.figures:
        if figure.basis == "actual" and figure.year and figure.date <= end_of(figure.year):
            message = f"{figure.year} was not over on {format_day(figure.date)}, the date of the paper"
            remedy = "write it under 'estimate', or under 'reported'"
            yield Finding(project_path(figure.project), keys_of(figure), message, remedy, on_key=True)
