"""Financial years, 1 April to 31 March, written `2010/11`.

A year is kept as that text: it sorts as time does, is a table heading as it stands, and needs no
conversion anywhere. Data files write it in this one form; on the command line people may also write
`2010-11` and `2010/2011`.
"""

import re
from datetime import date
from functools import cache

from emcollab.problems import BadValue

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

YEAR_PATTERN = f"^[0-9]{{2}}({'|'.join(f'{year:02}/{(year + 1) % 100:02}' for year in range(100))})$"
"""The financial years there are, as other validators can check them."""

_WRITTEN = re.compile(r"([0-9]{4})/([0-9]{2})", re.ASCII)
_LOOSE = re.compile(r"([0-9]{4})\s*[-/–]?\s*([0-9]{2}|[0-9]{4})", re.ASCII)  # noqa: RUF001 - an en dash is meant
_FOUR_DIGITS = 4


@cache
def parse_year(text: str) -> str:
    """Return `text` itself, if it is a financial year as data files write it.

    Raises:
        BadValue: with code `bad-year`, naming the year to write instead.
    """
    found = _WRITTEN.fullmatch(text)
    if found and (int(found[1]) + 1) % 100 == int(found[2]):
        return text
    raise BadValue("bad-year", f"'{text}' is not a financial year", _meant(text))


def read_year(text: str) -> str:
    """Return the financial year a person typed as `2010/11`, `2010-11` or `2010/2011`, in the first form.

    Raises:
        BadValue: with code `bad-year`, if it is none of these, or the two years do not follow each other.
    """
    found = _LOOSE.fullmatch(text.strip())
    if found and not text.strip().isdigit():
        year = year_from(int(found[1]))
        if found[2] in (year[-2:], str(int(found[1]) + 1)):
            return year
    return parse_year(text)


def year_from(start: int) -> str:
    """Return the financial year that begins on 1 April of calendar year `start`."""
    return f"{start:04}/{(start + 1) % 100:02}"


def start_of(year: str) -> int:
    """Return the calendar year in which financial `year` begins."""
    return int(year[:4])


@cache
def end_of(year: str) -> date:
    """Return the last day of financial `year`, a 31 March."""
    return date(min(start_of(year) + 1, date.max.year), 3, 31)


def say_when(when: str) -> str:
    """Return a year, month or day as it is said with its preposition: `in 2017`, `in June 2017`, `on 1 June 2017`."""
    year, *rest = (int(part) for part in when.split("-"))
    if len(rest) > 1:
        return f"on {format_day(date(year, *rest))}"
    return f"in {MONTHS[rest[0] - 1]} {year}" if rest else f"in {year}"


def format_day(day: date) -> str:
    """Return `day` as papers write it, such as `22 February 2010`; the same in every locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def years_between(first: str, last: str) -> tuple[str, ...]:
    """Return the financial years from `first` to `last`, both inclusive; none if `last` is earlier."""
    return tuple(year_from(start) for start in range(start_of(first), start_of(last) + 1))


def _meant(text: str) -> str:
    bare = re.sub(r"^f\.?y\.?\s*|\s", "", text.casefold())
    if re.fullmatch(r"[0-9]{2}[-/–][0-9]{2}", bare, re.ASCII):  # noqa: RUF001 - an en dash is meant
        bare = f"20{bare}"
    found = _LOOSE.fullmatch(bare)
    if not found:
        meant = year_from(int(bare)) if re.fullmatch("[0-9]{4}", bare, re.ASCII) else "2010/11"
        return f"write it as '{meant}'"
    start, end = int(found[1]), int(found[2])
    if len(found[2]) < _FOUR_DIGITS:
        # The nearest year that ends so: 99 after 2000 is 1999, 00 after 1999 is 2000.
        end += (start - end + 50) // 100 * 100
    if end == start + 1:
        return f"write '{year_from(start)}'"
    return f"the two years must follow each other: write '{year_from(start)}' or '{year_from(max(end - 1, 0))}'"
