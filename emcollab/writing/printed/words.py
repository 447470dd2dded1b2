"""The words of titles, headings and labels: which figures they mean, of which year and month, and in which unit."""

import re
from typing import Any

from emcollab.values.dates import SHORT_MONTHS, start_of, year_from
from emcollab.values.problems import BadValue
from emcollab.writing.cells import read_period
from emcollab.writing.spellings import TABLES, plain

Keys = dict[str, Any]
"""What a table's record says of a column or a row, but for its label and cells."""

# --- figures

_MONTH = re.compile(
    r"(?i)\b(?:month|period|m|p)\.? ?(?P<number>1[0-2]|[1-9])\b|\b(?:quarter|qtr|q) ?(?P<quarter>[1-4])\b"
)
_NAMED_MONTH = re.compile(rf"(?i)\b(?P<name>{'|'.join(SHORT_MONTHS)})[a-z]*[ '-]*(?P<year>20[0-9]{{2}}|[0-9]{{2}})\b")


def read_words(text: str) -> Keys:
    """Return which figures the words of a heading mean: basis, category, cashability, recurrence.

    Of several words of one field the longest counts (`not achievable`), but of categories only one that is alone.
    """
    keys: Keys = {}
    words = f" {plain(text)} "
    for field in ("basis", "category", "cashability", "recurrence"):
        found = {spelt: meaning for meaning, some in TABLES[field].items() for spelt in (plain(meaning), *some)
                 if len(spelt) > _SHORTEST and f" {spelt} " in words}  # fmt: skip
        if found and (field != "category" or len({*found.values()}) == 1):
            keys[field] = found[max(found, key=len)]
    if "basis" not in keys and _MONTH.search(text):
        keys["basis"] = "estimate"
    if keys.get("cashability", "unstated") == "unstated":
        keys.pop("cashability", None)
    else:
        keys.pop("category", None)  # only savings have one
    return keys


_SHORTEST = 3  # letters: shorter words mean something only where they stand alone


# --- years and months

_YEARS = re.compile(r"(?<![0-9])((?:19|20)?[0-9]{2}) ?[-/–] ?((?:19|20)?[0-9]{2})(?![0-9]|-[0-9])")  # noqa: RUF001 - an en dash is meant


def find_years(text: str) -> str:
    """Return the financial year, or years, that `text` names, as a period; nothing, if it names none."""
    years = []
    for first, second in _YEARS.findall(text):
        year = year_from(int(first if len(first) > 2 else f"20{first}"))  # noqa: PLR2004 - 2010, or 10
        if second[-2:] == year[-2:]:
            years.append(year)
    return " to ".join(dict.fromkeys((years[0], years[-1]))) if years else ""


def find_month(text: str, year: str) -> str:
    """Return the month up to which a heading reports, as `2015-09`; nothing, if it names none. `year` is its year."""
    if found := _NAMED_MONTH.search(text):
        return f"20{found['year'][-2:]}-{SHORT_MONTHS[found['name'].casefold()]:02}"
    found = _MONTH.search(text)
    if not found or len(year) != len("2015/16"):
        return ""
    months = int(found["number"] or 0) or int(found["quarter"]) * 3
    return f"{start_of(year) + (months > 9)}-{(months + 2) % 12 + 1:02}"  # noqa: PLR2004 - the tenth is January


def year_of(month: str) -> str:
    """Return the financial year in which a month lies; nothing, for none."""
    return year_from(int(month[:4]) - (month[5:] < "04")) if month else ""


def refuse_year(label: str) -> BadValue | None:
    """Return what is wrong with a heading that is to be a year, and may be one of two, or the day made of one."""
    if _YEAR_OR_DAY.fullmatch(label):
        try:
            read_period(label)
        except BadValue as bad:
            return bad
    return None


_YEAR_OR_DAY = re.compile(
    r"(?ai)(?:fy ?)?(?:19|20)?[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[a-z]{3}-[0-9]{2}|[0-9]{1,2}-[a-z]{3}"
)


# --- units

_PATTERNS = (
    ("£k", "£\\s*['\N{RIGHT SINGLE QUOTATION MARK},]?\\s*(?:k|000s?|thousands?)(?![a-z0-9])|^'000s?$"),
    ("£m", "£\\s*['\N{RIGHT SINGLE QUOTATION MARK}]?\\s*(?:mn?|millions?)(?![a-z0-9])"),
    ("posts", r"\b(?:ftes?|wtes?|posts)\b"),
    ("hours", r"\b(?:hours|hrs)\b"),
    ("%", r"^%$"),
    ("£", r"\(£\)|^£s?$|\bpounds\b"),
)


def find_unit(text: str) -> str:
    """Return the unit that `text` speaks of: `£`, `£k`, `£m`, `posts`, `hours`, `%`; nothing, if of none."""
    return next((unit for unit, pattern in _PATTERNS if re.search(pattern, text, re.IGNORECASE)), "")


def is_unit(text: str) -> bool:
    """Return whether `text` is a unit and nothing else, such as `£'000` or `(£m)`."""
    unit = find_unit(text)
    pattern = next((pattern for name, pattern in _PATTERNS if name == unit), "")
    return bool(unit) and not re.search("[A-Za-z0-9]", re.sub(pattern, "", text, flags=re.IGNORECASE))
