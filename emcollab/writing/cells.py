"""The text of a cell to a value of the ledger: an amount, a period, a word, a paper; and how it was read.

What is written as data files write it is taken as it is. What can mean one thing only is read, and it is said how. All
else is refused, in the words of `validate`, with what to write: nothing is guessed.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from emcollab.values.dates import MONTHS, format_when, year_from
from emcollab.values.money import parse_money, parse_number
from emcollab.values.periods import A_YEAR, parse_period
from emcollab.values.problems import BadValue, suggest
from emcollab.writing.spellings import NOTHING, TABLES, find_word, plain


class Read(NamedTuple):
    """What a cell was read as, as a data file writes it; whether that has to be told, and why.

    `number` is an amount in pounds, posts or hours.
    """

    value: str
    told: bool = False
    why: str = ""
    number: Decimal = Decimal(0)


class AmountKind(NamedTuple):
    """What is known of an amount: its unit if it has none of its own, its measure, whether it is a cost, its period."""

    unit: str = ""
    measure: str = "money"
    is_cost: bool = False
    period: str = ""


# --- amounts

_AMOUNT = re.compile(
    r"(?ai)(?P<open>\()?\s*(?:\+|(?P<minus>[-−–]))?\s*(?P<pound>£)?\s*(?:\+|(?P<inner>[-−–]))?\s*"  # noqa: RUF001 - a minus sign is meant
    r"(?P<digits>[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:[ \u00a0\u2009\u202f][0-9]{3})+)(?:\.[0-9]+)?"
    r"|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*"
    r"(?P<unit>k|m|bn|thousand|million|mn|billion)?\s*(?P<annual>p\.?\s?a\.?|per annum|a year|per year)?\s*"
    r"(?P<counted>ftes?|wte|posts?|hours?|hrs?)?\s*(?P<close>\))?\s*(?P<trailing>[-−–])?\s*(?P<mark>\*+)?"  # noqa: RUF001 - a minus sign is meant
)
_AS_WRITTEN = re.compile("(?a)£([0-9]{1,3}(,[0-9]{3})*(\\.[0-9]+)?(k|m|bn)|[0-9]{1,3}(,[0-9]{3})*(\\.[0-9]{2})?)")
_PLAINLY = re.compile("(?a)-?(£[0-9.,]+(k|m|bn)?|[0-9.,]+)")
_SIGNS = re.compile("[-−–+]")  # noqa: RUF001 - a minus sign is meant
_UNITS = {"thousand": "k", "million": "m", "mn": "m", "billion": "bn"}


def is_nothing(text: str) -> bool:
    """Return whether a cell of amounts says that nothing is stated: blank, a dash, `tbc`, `£ tbc`."""
    if text.removeprefix("£")[:1].isdigit():
        return False
    return text.casefold().removeprefix("£").strip(" .?") in NOTHING or text.casefold() in NOTHING


def find_measure(text: str) -> str:
    """Return what an amount counts by its own words (`16 FTE`); nothing, if it has none."""
    found = _AMOUNT.fullmatch(text) if text[-1:].isalpha() else None
    return find_word("measure", found["counted"]) if found and found["counted"] else ""


def read_amount(text: str, kind: AmountKind) -> Read:
    """Return the amount that `text` states.

    Raises:
        BadValue: it is none, or may be one of several.
    """
    if kind.measure == "money" and kind.unit and text.isascii() and text.isdigit():
        value = f"£{int(text):,}{kind.unit[1:]}"
        return Read(value, number=parse_money(value))
    if kind.measure == "money" and _AS_WRITTEN.fullmatch(text) and (text[-1].isalpha() or kind.unit in {"", "£"}):
        return Read(text, number=parse_money(text))
    if text.casefold() == "nil":
        return Read("£0" if kind.measure == "money" else "0", told=True)
    if text.endswith("%"):
        message = f"a percentage, '{text}', in a column of amounts"
        raise BadValue("unread-percentage", message, "write the amount, or name another column with --column")
    found = _AMOUNT.fullmatch(text)
    parse = parse_money if kind.measure == "money" else parse_number
    signs = _SIGNS.findall(text)
    if not found or bool(found["open"]) != bool(found["close"]) or len(signs) > 1 or (found["open"] and "+" in signs):
        parse(text)  # it refuses, with the text to write
        return Read(text)  # pragma: no cover - what it takes is found above
    is_minus = any(found[name] for name in ("open", "minus", "inner", "trailing"))
    if found["annual"] and kind.period != A_YEAR:
        remedy = f"write '{A_YEAR}' as its year, or take '{found['annual']}' out"
        raise BadValue("bad-period", f"'{text}' is an amount a year, and its year is '{kind.period}'", remedy)
    lead = "-" if is_minus and not kind.is_cost else ""
    number = _format_digits(found["digits"])
    value = (
        _write_money(text, found, lead, number, kind)
        if kind.measure == "money"
        else _write_number(text, found, lead + number)
    )
    exact = parse(value)
    if is_minus and kind.is_cost:
        return Read(value, told=True, why="what is spent, which is written without a minus", number=exact)
    why = "below nil: it lowers the totals" if is_minus and exact else ""
    return Read(value, told=not _PLAINLY.fullmatch(text), why=why, number=exact)


def _write_money(text: str, found: re.Match[str], lead: str, number: str, kind: AmountKind) -> str:
    own = (found["unit"] or "").casefold()
    unit = _UNITS.get(own, own)
    if found["counted"]:
        message = f"'{text}' counts {find_word('measure', found['counted'])}, and the others are of money"
        raise BadValue(
            "bad-amount", message, "say so in the type of the benefit, as 'Saving (posts)', in each of its rows"
        )
    if not unit and found["pound"] and kind.unit in {"£k", "£m"}:
        letter = kind.unit[1]
        remedy = f"write '{lead}£{number}{letter}' if it is in {kind.unit}, or '{lead}{number}' alone"
        raise BadValue("bad-amount", f"'{text}' has a '£', and its heading is in {kind.unit}", remedy)
    if not unit and not found["pound"] and not kind.unit:
        whole = number.partition(".")[0].replace(",", "")
        thousands = f", or '{lead}£{number}k' for thousands" if len(whole) < len("10000") else ""
        remedy = f"write '{lead}£{number}' for pounds{thousands}; or say --unit £, £k or £m for the sheet"
        raise BadValue("bad-amount", f"'{text}' has neither sign nor unit", remedy)
    unit = unit or (kind.unit[1:] if not found["pound"] else "")
    if not unit and "." in number and len(number.partition(".")[2]) == 1:
        number += "0"
    return f"{lead}£{number}{unit}"


def _write_number(text: str, found: re.Match[str], number: str) -> str:
    if found["pound"] or found["unit"]:
        raise BadValue(
            "bad-amount", f"'{text}' is money, and the benefit counts posts or hours", "mend its type, or the amount"
        )
    return number


def _format_digits(digits: str) -> str:
    """Return a number without a sign, its thousands grouped."""
    whole, point, part = re.sub("[,\\s]", "", digits).partition(".")
    return f"{int(whole or 0):,}{point}{part}"


# --- periods

_YEARS = re.compile(r"(?a)(?:f\.?/?y\.?\s*|year\s+)?([0-9]{2}|[0-9]{4})\s*[-/–]\s*([0-9]{2}|[0-9]{4})", re.IGNORECASE)  # noqa: RUF001 - an en dash is meant
_ONE_YEAR = re.compile(r"(?a)(?:f\.?/?y\.?\s*|year\s*)?((?:[0-9]{2})?[0-9]{2})", re.IGNORECASE)
_YEAR_END = re.compile("(?a)([0-9]{4})-03-31|31/0?3/([0-9]{4})")
_DAY = re.compile("(?a)([0-9]{1,2})/([0-9]{1,2})/([0-9]{2,4})")
_SERIAL = re.compile("(?a)[34][0-9]{4}")  # days since 30 December 1899: of 1982 to 2036
_ISO_DAY = re.compile("(?a)([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]00:00(?::00)?)?")
_MONTH = re.compile(r"(?a)(?:([0-9]{1,2})[- ])?([A-Za-z]{3,9})(?:[- ]([0-9]{2,4}))?")


@lru_cache(maxsize=10_000)
def read_period(text: str) -> Read:
    """Return the period that `text` states.

    Raises:
        BadValue: it is none, or may be one of several.
    """
    if word := find_word("period", text):
        return Read(word, word != text)
    if found := _YEARS.fullmatch(text):
        first, second = found.groups()
        start = int(first) if len(first) == len("2010") else 2000 + int(first)
        year = year_from(start)
        if second in {year[-2:], str(start + 1)}:
            return Read(year, year != text)
    if found := _ONE_YEAR.fullmatch(text):
        number = int(found[1]) + 2000 * (len(found[1]) == len("23"))
        remedy = f"write '{year_from(number - 1)}' or '{year_from(number)}', the one that is meant"
        raise BadValue("bad-year", f"'{text}' may be the year that ends or the year that begins in {number}", remedy)
    joined = re.sub(r"\s*(?:-|–|to)\s*(?=[0-9]{4}(?:/|-[0-9]{2}$))", " to ", text) if "/" in text else text  # noqa: RUF001 - an en dash is meant
    try:
        return Read(parse_period(joined), joined != text)
    except BadValue:
        _refuse_day(text)
        raise


def read_year_end(text: str) -> str:
    """Return the financial year that ends on the day that `text` states, a 31 March; nothing, if it states none."""
    found = _YEAR_END.fullmatch(text)
    return year_from(int(found[1] or found[2]) - 1) if found else ""


def refuse_day(day: date) -> BadValue:
    """Return the fault of a date of a spreadsheet where a period should be, with the year that may have been typed."""
    return _refuse_date(f"a date, {format_when(str(day))}", day.day, day.month, day.year)


def find_typed_year(text: str) -> str:
    """Return the year of which a spreadsheet has made the day that `text` is: `2010/11` of `Nov-10`; else nothing."""
    day = _find_day(text)
    return _undo_date(*day) if day else ""


def _refuse_day(text: str) -> None:
    """Refuse what a spreadsheet has made of a year: `Nov-10` or `01/11/2010` of `2010/11`, `10-Nov` of `10-11`."""
    if day := _find_day(text):
        raise _refuse_date(f"'{text}' is a date", *day)
    if _SERIAL.fullmatch(text):
        day_meant = date(1899, 12, 30) + timedelta(int(text))
        what = f"'{text}' is a date as spreadsheets count days, {format_when(str(day_meant))}"
        raise _refuse_date(what, day_meant.day, day_meant.month, day_meant.year)


def _find_day(text: str) -> tuple[int, int, int] | None:
    """Return day, month and year of a date, as spreadsheets write one: the first day or year 0, if it has none."""
    if found := _DAY.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _ISO_DAY.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    found = _MONTH.fullmatch(text)
    names = [month[:3].casefold() for month in MONTHS]
    if found and found[2][:3].casefold() in names:
        return int(found[1] or 1), names.index(found[2][:3].casefold()) + 1, int(found[3] or 0)
    return None


def _undo_date(day: int, month: int, year: int) -> str:
    """Return the year that was typed, if month and year, or month and day, are two that follow each other."""
    number = year if day == 1 else day
    return year_from(2000 + number % 100) if (number + 1) % 100 == month else ""


def _refuse_date(what: str, day: int, month: int, year: int) -> BadValue:
    """Return the fault of a date where a year should be, with the year that may have been typed."""
    typed = _undo_date(day, month, year)
    said = f"write '{typed}', if that was typed" if typed else "write the year, as '2010/11'"
    message = f"{what}, where a year should be: spreadsheets make dates of '2010/11' and of '10-11'"
    return BadValue("bad-year", message, f"format the column as text, and {said}")


# --- words


def read_word(field: str, text: str) -> Read:
    """Return the word of the ledger that `text` stands for in `field`: `Est` is `estimate`.

    Raises:
        BadValue: it is in no table.
    """
    if word := find_word(field, text):
        return Read(word, plain(word) != plain(text))
    known = suggest(text, TABLES[field])
    raise BadValue(
        "unknown-value",
        f"'{text}' is no {field} that is known",
        f"{known}, or in the rules 'words: {{{field}: {{{text}: …}}}}'",
    )


class Kind(NamedTuple):
    """What a cell says of the kind of benefit, as `Saving (posts)` does; nothing, where it does not say."""

    category: str
    measure: str
    cashability: str


@lru_cache(maxsize=10_000)
def read_kind(text: str) -> tuple[Kind, str]:
    """Return what `text` says of the kind of benefit, and how it was read.

    Raises:
        BadValue: it is in no table.
    """
    measure = next((word for part in re.split("[^A-Za-z]+", text) if part and (word := find_word("measure", part))), "")
    bare = text if not measure else re.sub(rf"(?i)\W*\b({'|'.join(_MEASURED)})\b\W*", " ", text).strip()
    if word := find_word("category", bare):
        kind = Kind(word, measure, "")
    elif cashability := find_word("cashability", re.sub(r"(?i)\b(savings?|efficienc(y|ies))\b", "", bare)):
        kind = Kind("saving", measure, cashability)
    else:
        read_word("category", text)
        raise AssertionError  # pragma: no cover - it has refused
    said = " of ".join(filter(None, (kind.category, measure))) + (f", {kind.cashability}" if kind.cashability else "")
    return kind, "" if text.casefold() == said else said


_MEASURED = ("money", "gbp", "pounds", "cash", "posts?", "ftes?", "wte", "headcount", "hours?", "hrs?")
