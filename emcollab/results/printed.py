"""What a printed cell says: an amount and how exact it is, a percentage, nothing, or words."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from emcollab.values.money import LARGEST, POUNDS

AMOUNT, PERCENTAGE, DASH, NOTHING, WORDS, UNREADABLE = "amount", "percentage", "dash", "nothing", "words", "unreadable"


class Printed(NamedTuple):
    """What a cell says: its kind, and of amounts and percentages the number, with the sign of the print.

    Amounts are in pounds, posts or hours. `half` is half of the last printed place, in the same: so far may what was
    rounded be off. A `DASH` states nothing, as a blank or `TBC` does, but is said where there is nothing to state.
    """

    kind: str
    number: Decimal | None = None
    half: Decimal = Decimal(0)

    @property
    def states_nothing(self) -> bool:
        """Whether it is one of the ways to state nothing."""
        return self.kind in (DASH, NOTHING)


@lru_cache(maxsize=100_000)  # the same few texts fill most cells
def read_cell(text: str, unit: str) -> Printed:
    """Return what a printed cell says, in its own unit or that of its table (`£`, `£k`, `£m`, `posts`, `hours`, `%`).

    A `-`, a blank, `TBC`, `n/a` and the like state nothing; `Nil` states 0. Brackets mean minus, and marks of footnotes
    (`*`, `(a)`, a raised letter) do not count; of posts and hours nor do `FTE` and `hrs`. What has digits but is no
    number, or one that no amount can be, is unreadable.
    """
    bare = _MARKS.sub("", re.sub(r"\s", "", text))
    if bare in _DASHES:
        return Printed(DASH)
    scale = Decimal(POUNDS.get(unit, 1))
    kind = PERCENTAGE if unit == "%" else AMOUNT
    if bare.casefold() == "nil":
        return Printed(kind, Decimal(0), scale / 2)
    found = _NUMBER.fullmatch(bare)
    if found and found["unit"].casefold() not in {"", "%", *(_SCALES if unit in POUNDS else _COUNTED.get(unit, ()))}:
        found = None  # an amount of something else than the table counts
    if found and (("£" in bare and unit not in POUNDS) or ("+" in bare and "(" in bare)):
        found = None  # or above nil by its plus, and below by its brackets
    if found and found["digits"] and bare.count("(") == bare.count(")") and not _TWO_NUMBERS.search(text):
        number = Decimal(found["digits"].replace(",", ""))
        half = Decimal(1).scaleb(-len(found["digits"].partition(".")[2])) / 2
        is_minus = number and ("(" in bare or re.search("[-−–]", bare))  # noqa: RUF001 - papers print dashes for a minus
        minus = -1 if is_minus else 1  # and nil has no sign
        if found["unit"] == "%":
            return Printed(PERCENTAGE, number * minus, half)
        scale = _SCALES.get(found["unit"].casefold(), scale)
        if number * scale <= LARGEST:
            return Printed(kind, number * scale * minus, half * scale)
    if re.search("[0-9]", bare):
        return Printed(UNREADABLE)
    return Printed(NOTHING if bare.casefold() in _NOTHING else WORDS)


_DASHES = frozenset({"-", "–", "—", "−", "--"})  # noqa: RUF001 - papers print dashes of any length
_NOTHING = frozenset({"", "n/a", "na", "tba", "tbc", "tbd", "…", "...", "?", "unknown", "notknown", "notavailable"})
_MARKS = re.compile(r"[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]|\[[a-z0-9]\]|\([a-z]\)|(?<=[0-9)])[a-jln-z]$")
"""Marks of footnotes: signs, raised digits and letters, letters in brackets; not the `k` and `m` of a unit."""

_SCALES = {
    **dict.fromkeys(("k", "thousand"), Decimal(1_000)),
    **dict.fromkeys(("m", "mn", "million"), Decimal(1_000_000)),
    **dict.fromkeys(("bn", "billion"), Decimal(1_000_000_000)),
}
_COUNTED = {"posts": ("fte", "ftes", "wte", "wtes", "post", "posts"), "hours": ("hr", "hrs", "hour", "hours")}
_NUMBER = re.compile(
    r"\(?(?:[-−–+]£?|£[-−–+]?)?\(?"  # noqa: RUF001 - papers print dashes for a minus
    r"(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,20})?(?:\.[0-9]{1,8})?)"
    r"\)?(?P<unit>%|k|m|mn|bn|million|thousand|billion|[fw]tes?|posts?|hours?|hrs?|)\)?",
    re.ASCII | re.IGNORECASE,
)
_TWO_NUMBERS = re.compile(r"[0-9]\s+(?![0-9]{3}(?![0-9]))[0-9]", re.ASCII)
"""Numbers with white space between them, which groups no thousands."""
