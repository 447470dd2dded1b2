"""Periods: what a figure is for.

A financial year (`2010/11`); the part of one up to the end of a month (`2014/15 to 2014-11`); several years together,
as one amount (`2014/15 to 2018/19`); `a year`, where the paper names no years; or `in all`, where it says neither. They
are kept as these texts. Only figures of a year are ever added together.
"""

import re
from datetime import date
from functools import cache

from emcollab.values.dates import (
    MONTHS,
    SHORT_MONTHS,
    YEAR_PATTERN,
    end_of,
    last_day,
    parse_year,
    read_year,
    start_day,
    start_of,
    year_from,
)
from emcollab.values.problems import BadValue

A_YEAR = "a year"
IN_ALL = "in all"

_YEAR = YEAR_PATTERN.strip("^$")
PERIOD_PATTERN = f"^({_YEAR}( to ({_YEAR}|[0-9]{{4}}-(0[1-9]|1[0-2])))?|{A_YEAR}|{IN_ALL})$"
"""The periods there are, as other validators can check them, but for whether the end comes after the beginning."""

_FORMS = f"write it as '2010/11', '2010/11 to 2010-11', '2010/11 to 2013/14', '{A_YEAR}' or '{IN_ALL}'"


@cache
def parse_period(text: str) -> str:
    """Return `text` itself, if it is a period as data files write it.

    Raises:
        BadValue: with code `bad-year` for what looks like one year, else `bad-period`, naming what to write instead.
    """
    if text in (A_YEAR, IN_ALL):
        return text
    found = _REACHING.fullmatch(text)
    if not found:
        if not re.search("[0-9]", text) or re.search(" (to|-|–) |[0-9]/[0-9]{2}[-–]", text):  # noqa: RUF001 - an en dash is meant
            raise BadValue("bad-period", f"'{text}' is not a period", _period_meant(text))
        if begun := _year_of_month(text):
            raise BadValue("bad-period", f"'{text}' is not a period", _period_meant(f"{begun} to {text}"))
        return parse_year(text)
    first, last, month = parse_year(found["first"]), found["last"], found["month"]
    if last:
        _check_years(text, first, parse_year(last))
    else:
        _check_month(text, first, month)
    return text


def read_period(text: str) -> str:
    """Return the period that a person typed, as data files write it; a year may be typed as `2010-11`.

    Raises:
        BadValue: as `parse_period`.
    """
    try:
        return read_year(text)
    except BadValue:
        return parse_period(text.strip())


_REACHING = re.compile(
    r"(?P<first>[0-9]{4}/[0-9]{2}) to (?:(?P<last>[0-9]{4}/[0-9]{2})|(?P<month>[0-9]{4}-[0-9]{2}))", re.ASCII
)
"""A period that reaches from a year to another, or to a month."""


def is_year(period: str) -> bool:
    """Return whether `period` is one financial year, no more and no less."""
    return len(period) == len("2010/11")


@cache
def years_of(period: str) -> tuple[str, str] | None:
    """Return the first and the last financial year that `period` reaches into; `None` for one without years."""
    if period in (A_YEAR, IN_ALL):
        return None
    first, _, end = period.partition(" to ")
    return first, end if "/" in end else first


@cache
def year_in_part(period: str) -> str:
    """Return the financial year of which `period` is a part; nothing for one that is no part of a year."""
    year, _, end = period.partition(" to ")
    return year if "-" in end else ""


@cache
def end_of_period(period: str) -> date | None:
    """Return the last day of `period`; `None` for one without years."""
    years = years_of(period)
    _, _, end = period.partition(" to ")
    return None if years is None else last_day(end) if "-" in end else end_of(years[1])


def is_over(period: str, day: date) -> bool:
    """Return whether `period` ends before `day`; one without years never does."""
    end = end_of_period(period)
    return end is not None and end < day


@cache
def start_of_period(period: str) -> date | None:
    """Return the first day of `period`; `None` for one without years."""
    years = years_of(period)
    return None if years is None else start_day(years[0])


@cache
def say_period(period: str) -> str:
    """Return `period` as it is said after an amount: `in 2010/11`, `to November 2014`, `over 2014/15 to 2018/19`."""
    _, _, end = period.partition(" to ")
    if "-" in end:
        return f"to {MONTHS[int(end[5:]) - 1]} {end[:4]}"
    return f"over {period}" if end else f"in {period}" if is_year(period) else period


def _check_years(text: str, first: str, last: str) -> None:
    if last == first:
        raise BadValue("bad-period", f"'{text}' is one year", f"write '{first}'")
    if last < first:
        raise BadValue("bad-period", f"'{text}' ends before it begins", f"write '{last} to {first}', or mend a year")


def _check_month(text: str, year: str, month: str) -> None:
    if not "01" <= month[5:] <= "12" or month.startswith("0000"):
        raise BadValue("bad-period", f"there is no month '{month}'", "check the month")
    begun = _year_around(month)
    if begun != year:
        meant = f"{begun} to {month}" if month[5:] != "03" else begun
        raise BadValue("bad-period", f"{month} is not in {year}", f"write '{meant}', or mend the month")
    if month[5:] == "03":
        raise BadValue("bad-period", f"'{text}' is the whole year", f"write '{year}'")


def _year_of_month(text: str) -> str:
    """Return the financial year in which `text`, a month alone, is; nothing for what may be a year with a hyphen."""
    if not re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", text, re.ASCII) or text < "0000-04":
        return ""
    return "" if year_from(int(text[:4]))[-2:] == text[5:] else _year_around(text)


def _year_around(month: str) -> str:
    return year_from(int(month[:4]) - (month[5:] < "04"))


_WITHOUT_YEARS = {
    A_YEAR: {"annual", "annually", "ayear", "eachyear", "everyyear", "pa", "perannum", "peryear", "yearly"},
    IN_ALL: {"altogether", "inall", "intotal", "overall", "sum", "total", "whole"},
}


def _period_meant(text: str) -> str:
    """Return what to write for a period in another form."""
    bare = re.sub("[^a-z]", "", text.casefold())
    if not re.search("[0-9]", text):
        return next((f"write '{period}'" for period, words in _WITHOUT_YEARS.items() if bare in words), _FORMS)
    found = re.fullmatch(r"([0-9]{4}/[0-9]{2})\s*(?:-|–|to)\s*(.+)", text.strip())  # noqa: RUF001 - an en dash is meant
    if not found:
        return _FORMS
    year, end = found[1], found[2]
    month = re.fullmatch(r"([A-Za-z]{3})[a-z]*\.?(?: ([0-9]{4}))?", end)
    if month and (number := SHORT_MONTHS.get(month[1].casefold())):
        end = f"{month[2] or start_of(year) + (number < _APRIL)}-{number:02}"
    if not _REACHING.fullmatch(meant := f"{year} to {end}"):
        return _FORMS
    try:
        return f"write '{parse_period(meant)}'"
    except BadValue as bad:
        return bad.help


_APRIL = 4
