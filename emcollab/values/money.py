"""Amounts: pounds, posts and hours, exact.

Pounds are a `Decimal` with two places, whatever unit the paper used (`£0.478m` is 478000.00); posts and
hours are a `Decimal` with three. There is no float anywhere near an amount. Pages round what they show with
`round_to`, half up, as UK public finance does. Else only `results.shares` rounds, which divides to the penny or the
grain, and `results.arithmetic`, which works percentages out to the printed place.
"""

import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

from emcollab.values.problems import BadValue

POUNDS: dict[str, int] = {"£": 1, "£k": 1_000, "£m": 1_000_000}  # in each unit that tables are shown in
PENNY = Decimal("0.01")
GRAIN = Decimal("0.001")  # the smallest part of a post or an hour that the ledger keeps
LARGEST = Decimal(10**12)  # the largest amount that can be meant, in pounds, posts or hours

_POWERS = {"": "", "k": "E3", "m": "E6", "bn": "E9"}
_DIGITS = r"(?:[1-9][0-9]*|0|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?"
MONEY_PATTERN = rf"(-?)£({_DIGITS})(k|m|bn|)"
NUMBER_PATTERN = rf"-?{_DIGITS}"
_MONEY = re.compile(MONEY_PATTERN, re.ASCII)
_NUMBER = re.compile(NUMBER_PATTERN, re.ASCII)
_MAYBE_THOUSANDS = re.compile(r"-?£[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)
_LONGEST = 40
_CHECK = "check the number of noughts and the unit"


def parse_money(text: str) -> Decimal:
    """Return the pounds that `text` states, such as `£0.478m`, `£30k`, `£1,324,000` or `-£82.50`.

    Raises:
        BadValue: with code `bad-amount`, naming the text to write instead.
    """
    found = _MONEY.fullmatch(text) if len(text) <= _LONGEST else None
    if not found:
        raise BadValue("bad-amount", f"'{text}' is not an amount of money", _money_meant(put_minus_first(text)))
    minus, digits, unit = found.groups()
    pounds = Decimal(minus + digits.replace(",", "") + _POWERS[unit])  # exact, as no product of so many digits would be
    if not -LARGEST <= pounds <= LARGEST:
        raise BadValue("bad-amount", f"'{text}' is beyond ±£1,000bn", _CHECK)
    exact = pounds.quantize(PENNY, ROUND_HALF_UP)
    if exact != pounds:
        thousands = f" or {_quote(text.replace('.', ','))}" if _MAYBE_THOUSANDS.fullmatch(text) else ""
        raise BadValue("bad-amount", f"'{text}' is finer than a penny", f"write {_quote(_in_pounds(exact))}{thousands}")
    return exact or abs(exact)  # nil has no sign


def parse_number(text: str) -> Decimal:
    """Return the posts or hours that `text` states, such as `0.6` or `1,250`.

    Raises:
        BadValue: with code `bad-amount`, naming the text to write instead.
    """
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        raise BadValue(
            "bad-amount", f"'{text}' is not a plain number of posts or hours", _number_meant(put_minus_first(text))
        )
    number = Decimal(text.replace(",", ""))
    if not -LARGEST <= number <= LARGEST:
        raise BadValue("bad-amount", f"'{text}' is beyond ±1,000,000,000,000", _CHECK)
    exact = number.quantize(GRAIN, ROUND_HALF_UP)
    if exact != number:
        raise BadValue("bad-amount", f"'{text}' has more than three decimal places", f"write {_quote(f'{exact:,}')}")
    return exact or abs(exact)


def round_to(amount: Decimal, unit: str, places: int) -> Decimal:
    """Return `amount` in `unit`, rounded half up to `places` decimals; a unit that is not money counts as 1."""
    shown = amount / POUNDS.get(unit, 1)
    return shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def format_amount(amount: Decimal, unit: str, places: int, *, sign: bool = False) -> str:
    """Return `amount` as tables print it, in `unit`: `1,324.000`, with `sign` `£1,324.000`; minus first."""
    shown = round_to(amount, unit, places)
    minus = "-" if shown < 0 else ""
    return f"{minus}{'£' if sign and unit in POUNDS else ''}{abs(shown):,f}"


def say_amount(amount: Decimal, measure: str) -> str:
    """Return `amount` as people say it: `£1.324m`, `£478,000`, `£82.50`, `-£1.5m`, `0.6 of a post`, `12.5 hours`."""
    return say_amounts([amount], measure)[0]


def say_amounts(amounts: Iterable[Decimal], measure: str) -> list[str]:
    """Return the amounts of one sentence as people say them, as `fit_words` has it."""
    amounts = list(amounts)
    return list(map(fit_words(amounts, measure), amounts))


def fit_words(amounts: Iterable[Decimal], measure: str) -> Callable[[Decimal], str]:
    """Return what says each of the amounts of one sentence: in one unit, and with the same decimals.

    So £0.478m is said only beside £1.324m, and £42,800.00 only beside £81,300.02.
    """
    amounts = list(amounts)
    if measure != "money":
        places = max((places_needed(amount, measure) for amount in amounts), default=0)
        return lambda amount: _say_number(amount, measure, places)
    if max(map(abs, amounts), default=0) < POUNDS["£m"] or any(amount % 1_000 for amount in amounts):
        places = _PENCE if any(amount % 1 for amount in amounts) else 0
        return lambda amount: format_amount(amount, "£", places if amount else 0, sign=True)
    places = max(1, *(places_needed(amount, "£m") for amount in amounts))
    return lambda amount: f"{format_amount(amount, '£m', places, sign=True)}m" if amount else "£0"


def fit_measures(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Callable[[Decimal], str]]:
    """Return by measure what says each of the amounts of one sentence, given as measure and amount."""
    measures: dict[str, list[Decimal]] = {}
    for measure, amount in amounts:
        measures.setdefault(measure, []).append(amount)
    return {measure: fit_words(some, measure) for measure, some in measures.items()}


def places_needed(amount: Decimal, unit: str) -> int:
    """Return how many decimals show `amount` in `unit` without losing a penny (or a grain of a post)."""
    exponent = (amount / POUNDS.get(unit, 1)).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def fit_unit(amounts: Iterable[Decimal], unit: str, places: int = 0) -> tuple[str, int]:
    """Return the unit and the decimals in which a table shows amounts of money exactly; at least `places`.

    It is `unit`, unless one of them would need more than three decimals: then pounds, and pence where there are any.
    """
    amounts = set(amounts)
    needed = max((places_needed(amount, unit) for amount in amounts), default=0)
    if unit == "£" or needed > _MOST_DECIMALS:
        return "£", _PENCE if any(amount % 1 for amount in amounts) else 0
    return unit, max(needed, places)


_MOST_DECIMALS = 3
_PENCE = 2


def _say_number(amount: Decimal, measure: str, places: int) -> str:
    number = format_amount(amount, measure, places if amount else 0)
    if 0 < abs(amount) < 1:
        return f"{number} of {'an' if measure == 'hours' else 'a'} {measure.removesuffix('s')}"
    return f"{number} {measure.removesuffix('s') if abs(amount) == 1 and not places else measure}"


def _in_pounds(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.{0 if whole else 2}f}"


# --- what was meant

_COUNTED = re.compile(
    r"(?a)((?P<minus>[-−]\s*|\(\s*[-−]?)|\+\s*)?(?=[.]?[0-9])(?P<whole>[0-9,_]*( [0-9]{3})*)(?P<part>\.[0-9]*)?"  # noqa: RUF001 - a minus sign is meant
    r"\)?\s*([A-Za-z][A-Za-z ]*)?"
)
"""A number as people write it, with what it counts."""

_NEARLY = re.compile(
    r"(?ai)(?![£\s]*(\+[£\s]*\(|\([£\s]*\+))"
    r"\(?\s*([-−+]\s*£?|£\s*[-−+]?)?\s*\(?\s*(?=[.,]?[0-9])[0-9,_ ]*(\.[0-9]*)?(e\+?[0-9]+)?\s*[a-z0]*\s*\)?"  # noqa: RUF001 - a minus sign is meant
)
"""What is one amount, though not written as amounts are; in `£5-10k` there are two, and `(+5)` has two signs."""

_LOOSELY = re.compile(r"(?a)(?P<whole>[0-9,]*)(?P<part>\.[0-9]*)?(e\+?(?P<power>[0-9]|1[0-2]))?(?P<unit>k|m|bn|)")
_UNITS = (("(million|mn|mil)s?$", "m"), ("(billion|b)s?$", "bn"), ("(thousand|000s|th)s?$", "k"))

_BLANKS = {"-", "--", "–", "—", "?", "…"}  # noqa: RUF001 - a dash of any length
_AWAITED = {
    "na", "notavailable", "notknown", "notyetknown", "pending", "tba", "tbc", "tbd", "tobeadvised",
    "tobeconfirmed", "tobedetermined", "unknown",
}  # fmt: skip
_LEAVE_OUT = "leave the year out until a paper states an amount"


def _number_meant(text: str) -> str:
    if "£" in text:
        return "take the '£' out, or take 'measure' out of the benefit if this is money"
    if _is_awaited(text):
        return _LEAVE_OUT
    found = _COUNTED.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if not found:
        return "write it as '0.6'"
    minus, part = "-" if found["minus"] else "", (found["part"] or "").rstrip(".")
    whole = found["whole"].replace(" ", "").replace("_", ",")
    return _either(minus, whole, part, "") or f"write {_quote(f'{minus}{_group(whole)}{part}')}"


def _money_meant(text: str) -> str:
    """Return the exact text to write instead, where the author's meaning can be told; else the forms there are."""
    if _is_awaited(text):
        return _LEAVE_OUT
    bare = re.sub(r"[£()+\-−\s]", "", text.casefold()).replace("_", ",")  # noqa: RUF001 - a minus sign is meant
    for words, unit in _UNITS:
        bare = re.sub(words, unit, bare)
    found = _LOOSELY.fullmatch(bare) if len(text) <= _LONGEST and _NEARLY.fullmatch(text) else None
    if not found or not (found["whole"].strip(",") or found["part"]):
        return "write it as '£0.478m', '£30k' or '£1,324,000'"
    lead = "-£" if re.search("[-−(]", text) else "£"  # noqa: RUF001 - a minus sign is meant
    whole, part, unit = found["whole"], (found["part"] or "").rstrip("."), found["unit"]
    digits = f"{_group(whole)}{part}"
    if found["power"]:
        pounds = Decimal(digits.replace(",", "")).scaleb(int(found["power"]))
        return f"write {_quote(lead.removesuffix('£') + _in_pounds(pounds))}"
    if either := _either(lead, whole, part, unit):
        return either
    if "£" in text or unit:
        return f"write {_quote(f'{lead}{digits}{unit}')}"
    is_large = len(whole.replace(",", "")) > _IN_THOUSANDS
    in_pounds = {"": "pounds"} if is_large or len(part) in _WITH_PENCE else {}
    in_millions = {"m": "millions"} if part and not is_large else {}
    ways = {**in_pounds, **in_millions, "k": "thousands"}
    meant = ", ".join(f"{_quote(lead + digits + unit)} for {name}" for unit, name in ways.items())
    return f"give its sign{' and unit' if in_millions else ''}: write {meant}"


_IN_THOUSANDS = 3  # digits; no paper states more than so many thousands or millions with a part of one
_WITH_PENCE = {0, 3}  # characters of a part with its point: none, or pence


def put_minus_first(text: str) -> str:
    """Return an amount with a plain minus before it, where accounts print it behind: `-82.50` for `82.50-`."""
    if len(text) > _LONGEST:
        return text
    text = text.replace("–", "-").strip()  # noqa: RUF001 - typed for a minus
    return re.sub(r"(?ai)^(£?[0-9][0-9,.]*\s*[a-z]{0,2})\s*[-−]$", r"-\1", text)  # noqa: RUF001 - the same


def _is_awaited(text: str) -> bool:
    return text.strip() in _BLANKS or (text.isascii() and re.sub("[^a-z0-9]", "", text.casefold()) in _AWAITED)


def _group(whole: str) -> str:
    return f"{int(whole.replace(',', '') or 0):,}"


def _either(lead: str, whole: str, part: str, unit: str) -> str:
    """Return the two amounts that a comma before the last one or two digits may mean; nothing, if there is none."""
    pounds, comma, pence = whole.rpartition(",")
    if part or not comma or len(pence) not in {1, 2}:
        return ""
    decimal, grouped = f"{lead}{pounds.replace(',', '') or 0}.{pence}{unit}", f"{lead}{_group(whole)}{unit}"
    return f"a comma goes before each three digits: write {_quote(decimal)} or {_quote(grouped)}"


def _quote(text: str) -> str:
    """Return `text` as it is to be written: in double quotes, if a comma would end it between braces."""
    return f'"{text}"' if "," in text else f"'{text}'"
