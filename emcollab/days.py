"""Days, and what is only known by its month or year: `2010-07-15`, `2010-07`, `2010`.

As text they sort as time does. Any other way to write a day is refused with the day that was meant.
"""

import re
from datetime import date

from emcollab.problems import BadValue

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
        raise BadValue("bad-date", f"'{text}' is not a date", remedy)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue("bad-date", f"there is no day '{text}'", "check month and day") from None


def parse_when(text: str) -> str:
    """Return `text` itself, if it is a year, a month or a day.

    Raises:
        BadValue: with code `bad-date`, naming the text to write instead.
    """
    if not re.fullmatch(WHEN_PATTERN, text, re.ASCII):
        meant = _month_meant(text) or _day_meant(text)
        remedy = f"write '{meant}'" if meant else "write it as '2010', '2010-07' or '2010-07-15'"
        raise BadValue("bad-date", f"'{text}' is not a year, a month or a day", remedy)
    if len(text) == len("2010"):
        if text == "0000":
            raise BadValue("bad-date", "there is no year '0000'", "check the year")
    elif len(text) == len("2010-07"):
        if _day(text[:4], text[5:], "1") is None:
            raise BadValue("bad-date", f"there is no month '{text}'", "check the month")
    else:
        parse_day(text)
    return text


_MONTHS = {
    name: str(number)
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_PARTS = 3
_FOUR_DIGITS = 4


def _day_meant(text: str) -> date | None:
    """Return the day that `text` states in another form, day before month as in Britain if that can be."""
    parts = re.sub("(?i)([0-9])(st|nd|rd|th)", r"\1", text.strip())
    first, *rest = re.split(r"[/., -]+", parts)
    if len(rest) != _PARTS - 1:
        return None
    if len(first) == _FOUR_DIGITS:
        return _day(first, *rest)
    year = rest[1] if len(rest[1]) == _FOUR_DIGITS else f"20{rest[1]}"
    return _day(year, rest[0], first) or _day(year, first, rest[0])


def _month_meant(text: str) -> str:
    """Return the month that `text` states in another form: `March 2016`, `03/2016`."""
    month, *rest = re.split(r"[/., -]+", text.strip())
    day = _day(rest[0], month, "1") if len(rest) == 1 and len(rest[0]) == _FOUR_DIGITS else None
    return f"{day:%Y-%m}" if day else ""


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(_MONTHS.get(month[:3].casefold(), month)), int(day))
    except (ValueError, OverflowError):
        return None
