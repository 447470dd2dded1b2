"""Slips of those who type: a `#` that swallows the rest of a text, and a comma that cuts an amount in two.

YAML takes both for signs of its own; what it then complains of is not what was done.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from emcollab.complaints import Complaint
from emcollab.money import parse_money, parse_number
from emcollab.places import LEAKS, MAX_DEPTH, Events, line_of
from emcollab.problems import BadValue

_SWALLOWED = re.compile(r"(?m)^.*[^\s#] +(#)[^\s#]")


def find_swallowed(text: str, parse: Callable[[str], Events]) -> Iterator[Complaint]:
    """Yield a fault for each `#` that makes a comment of what looks like the rest of a text: `PNC #2`."""
    suspects = {found.start(1) for found in _SWALLOWED.finditer(text)} if " #" in text else set()
    if not suspects:
        return
    parser = parse(text)
    depth = 0
    try:
        while depth <= MAX_DEPTH and type(event := parser.get_event()) is not yaml.StreamEndEvent:
            if isinstance(event, yaml.CollectionStartEvent | yaml.CollectionEndEvent):
                depth += 1 if isinstance(event, yaml.CollectionStartEvent) else -1
            elif type(event) is yaml.ScalarEvent and not event.style:
                mark: Any = event.end_mark
                rest = text[mark.index :].partition("\n")[0]
                start = mark.index + len(rest) - len(rest.lstrip(" "))
                if start in suspects:
                    message = f"'{rest.strip()[:30]}' is taken for a comment, and is lost"
                    remedy = "put the whole text in quotes, or a space after the '#'"
                    yield Complaint("swallowed-text", message, remedy, mark.line, start - mark.index + mark.column)
    except (yaml.YAMLError, *LEAKS):
        return


def without_lost(faults: list[Complaint], swallowed: list[Complaint]) -> list[Complaint]:
    """Return `faults` without those that follow from what a `#` has swallowed: the value, or the bracket at its end."""
    lines = {fault.line for fault in swallowed}
    return [fault for fault in faults if fault.line not in lines or fault.code not in {"empty-value", "syntax"}]


_UNIT = r"(?: ?(?i:million|billion|thousand|posts?|hours?|bn|k|m))?\)?"
_PIECE = re.compile(rf"[0-9.]+{_UNIT}")
"""What a comma cuts off an amount; it is no name."""

_HEAD = re.compile(r"[-(]*£?[0-9.]+(?:,[0-9.]+)*")
"""What is left of it."""

_CUT = re.compile(rf"{_HEAD.pattern},{_PIECE.pattern}")


def whole_amounts(faults: list[Complaint], lines: list[str]) -> Iterator[Complaint]:
    """Yield `faults`, an amount that its commas cut into several once and whole.

    In `{2009/10: £1,324,000}` each comma ends a value, for YAML; what follows is a name without a value.
    """
    seen: set[tuple[int, int]] = set()
    for fault in faults:
        cuts = _CUT.finditer(line_of(lines, fault.line)) if fault.code == "empty-value" else ()
        cut = next((cut for cut in cuts if cut.start() < fault.column <= cut.end()), None)
        if cut is None:
            yield fault
        elif (fault.line, cut.start()) not in seen:
            seen.add((fault.line, cut.start()))
            message = f"'{cut[0]}' is cut at its comma, which ends a value between {{ and }}"
            yield Complaint("bad-amount", message, _amount_meant(cut[0]), fault.line, cut.start())


def _amount_meant(text: str) -> str:
    """Return what to write for an amount with commas, between braces. Whether it is money, only its `£` says here."""
    try:
        (parse_money if "£" in text else parse_number)(text)
    except BadValue as bad:
        return f"{bad.help}, in quotes" if '"' in bad.help else bad.help
    return f'put it in quotes: "{text}"' + ("" if "£" in text else f', or "£{text}" if it is money')


def put_back(into: dict[str, Any], piece: str) -> bool:
    """Put a name back to the amount before it, if it is no name but a piece that a comma has cut off."""
    if not _PIECE.fullmatch(piece):
        return False
    name = next(reversed(into), None)
    if name is not None and type(into[name]) is str and _HEAD.fullmatch(into[name]):
        into[name] += f",{piece}"
    return True
