"""A paper is dated after today.

A paper that has not been to its meeting can still change; and the ledger as at today would leave it out.

Wrong: `date: 2101-02-22`, for 2010.
Right: the date of the meeting, once it has been.
"""

from collections.abc import Iterator
from datetime import date

from emcollab.ledger import Ledger
from emcollab.problems import Finding
from emcollab.years import format_day


def check(ledger: Ledger) -> Iterator[Finding]:
    """Yield each paper of a day to come."""
    today = date.today()  # noqa: DTZ011 - the day where the user is
    for id_, source in ledger.sources.items():
        if source.date > today:
            message = f"{format_day(source.date)} is still to come"
            yield Finding("sources.yaml", (id_, "date"), message, "mend the date, or wait for the meeting")
