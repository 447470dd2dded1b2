"""Financial years (1 April to 31 March, written `2010/11`), and days and what is only known by its month or year.

Both are kept as texts that sort as time does, and need no conversion to head a table. Data files write each in one
form; any other is refused with the one that was meant. On the command line people may also write `2010-11` and
`2010/2011`.
"""

import os
import re
from calendar import monthrange
from datetime import UTC, date, datetime
from functools import cache

from emcollab.values.problems import BadValue

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = {name[:3].casefold(): number for number, name in enumerate(MONTHS, start=1)}

YEAR_PATTERN = f"^[0-9]{{2}}({'|'.join(f'{year:02}/{(year + 1) % 100:02}' for year in range(100))})$"
"""The financial years there are, as other validators can check them."""

_WRITTEN = re.compile(r"([0-9]{4})/([0-9]{2})", re.ASCII)
_LOOSE = re.compile(r"([0-9]{4})\s*[-/–]?\s*([0-9]{2}|[0-9]{4})", re.ASCII)  # noqa: RUF001 - an en dash is meant
_FOUR_DIGITS = 4


def read_epoch() -> date | None:
    """Return the day of `SOURCE_DATE_EPOCH`, on which a page is made by a run that can be repeated, if it is set.

    Whether a paper is of a day to come is for the clock alone: package builders set a day of long ago.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC).date() if re.fullmatch("[0-9]{1,11}", seconds) else None


def read_clock() -> date:
    """Return today: that of Greenwich, so that it is one day everywhere."""
    return datetime.now(UTC).date()


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


def start_day(year: str) -> date:
    """Return the first day of financial `year`, a 1 April."""
    return date(max(start_of(year), 1), 4, 1)


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


def format_when(when: str) -> str:
    """Return a year, month or day as papers write it: `2017`, `June 2017`, `1 June 2017`."""
    return say_when(when).partition(" ")[2]


@cache
def last_day(when: str) -> date:
    """Return the last day of a year, month or day."""
    year, *rest = (int(part) for part in when.split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if len(rest) > 1 else monthrange(year, month)[1])


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
    if not found and re.fullmatch("[0-9]{2}|[0-9]{4}", bare, re.ASCII):
        number = int(bare) + 2000 * (len(bare) < _FOUR_DIGITS)
        return f"write '{year_from(max(number - 1, 0))}' or '{year_from(number)}', the one that is meant"
    if not found:
        return "write it as '2010/11'"
    start, end = int(found[1]), int(found[2])
    if len(found[2]) < _FOUR_DIGITS:
        # The nearest year that ends so: 99 after 2000 is 1999, 00 after 1999 is 2000.
        end += (start - end + 50) // 100 * 100
    if end == start + 1:
        return f"write '{year_from(start)}'"
    return f"the two years must follow each other: write '{year_from(start)}' or '{year_from(max(end - 1, 0))}'"


# --- days

WHEN_PATTERN = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
"""A year, a month or a day, as exactly as a paper says."""


def parse_day(text: str) -> date:
    """Return the day that `text` states, as `2010-02-22`.

    Raises:
        BadValue: with code `bad-date`, naming the day to write instead.
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        meant = _day_meant(text)
        remedy = f"write '{meant}'" if meant else "write it as '2010-02-22'"
        if re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", text, re.ASCII) and text > "0001":
            remedy = f"write the day, such as the last, '{last_day(text)}'"
        raise BadValue("bad-date", f"'{text}' is not a date", remedy)
    return date.fromisoformat(parse_when(text))


def parse_when(text: str) -> str:
    """Return `text` itself, if it is a year, a month or a day.

    Raises:
        BadValue: with code `bad-date`, naming the text to write instead.
    """
    if not re.fullmatch(WHEN_PATTERN, text, re.ASCII):
        meant = _month_meant(text) or _day_meant(text)
        remedy = f"write '{meant}'" if meant else "write it as '2010', '2010-07' or '2010-07-15'"
        raise BadValue("bad-date", f"'{text}' is not a year, a month or a day", remedy)
    year, month, day = [*text.split("-"), "01", "01"][:3]
    if _day(year, month, day) is None:
        what, check = (("year", "the year"), ("month", "the month"), ("day", "month and day"))[text.count("-")]
        raise BadValue("bad-date", f"there is no {what} '{text}'", f"check {check}")
    return text


def _day_meant(text: str) -> date | None:
    """Return the day that `text` states in another form, day before month as in Britain if that can be."""
    parts = re.sub("(?i)([0-9])(st|nd|rd|th)", r"\1", text.strip())
    match re.split(r"[/., -]+", parts):
        case first, month, day if len(first) == _FOUR_DIGITS:
            return _day(first, month, day)
        case first, second, year:
            year = year if len(year) == _FOUR_DIGITS else f"20{year}"
            return _day(year, second, first) or _day(year, first, second)
    return None


def _month_meant(text: str) -> str:
    """Return the month that `text` states in another form: `March 2016`, `03/2016`, `2016/3`.

    `2010/11` may be a financial year, and is none.
    """
    match re.split(r"[/., -]+", text.strip()):
        case year, month if (day := _day(year, month, "1")) and len(year) == _FOUR_DIGITS:
            return "" if year_from(day.year)[-2:] == month else f"{day:%Y-%m}"
        case month, year if len(year) == _FOUR_DIGITS and (day := _day(year, month, "1")):
            return f"{day:%Y-%m}"
    return ""


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(SHORT_MONTHS.get(month[:3].casefold(), month)), int(day))
    except (ValueError, OverflowError):
        return None
