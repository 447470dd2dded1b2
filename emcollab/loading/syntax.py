"""What an author did where the text cannot be read as meant, in words: where, and what to write instead.

PyYAML's own parser decides when libyaml refuses a text; its complaints are matched by what they contain. It complains
of the place where it could not go on. The place to mend is often an earlier one, where it says that it was scanning or
parsing something. Two slips it does not see as such: a `#` that swallows the rest of a text, and a comma that cuts an
amount in two.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

import yaml

from emcollab.values.money import parse_money, parse_number
from emcollab.values.problems import BadValue

MAX_DEPTH = 12
"""How many levels of lists and mappings are read."""

LEAKS = (ValueError, OverflowError, UnicodeError)
"""What PyYAML raises besides its own errors, for odd escapes."""


class Events(Protocol):
    """A parser of PyYAML, which gives the events of a text one by one."""

    def get_event(self) -> Any:  # noqa: ANN401 - PyYAML's events have no types of their own
        """Return the next event."""


def line_of(lines: list[str], number: int) -> str:
    """Return the line of a number from 0; nothing, if there is none."""
    return lines[number] if number < len(lines) else ""


class Complaint(NamedTuple):
    """A fault of the text: code, what is wrong, what would be right, line and column from 0."""

    code: str
    message: str
    help: str
    line: int
    column: int


def explain(error: yaml.MarkedYAMLError, text: str) -> Complaint:
    """Return what the parser complains of."""
    if (conflict := _find_conflict(text)) is not None:
        return Complaint("syntax", *_TWO_VERSIONS, conflict, 0)
    context, problem = str(error.context or ""), str(error.problem or "")
    at: Any = error.problem_mark or error.context_mark
    begun: Any = error.context_mark or at
    if "expected '<document start>'" in problem:
        return Complaint("second-document", *SECOND_DOCUMENT, at.line, at.column)
    if special := _of_characters(text, context, problem, at, begun):
        return special
    for sign, message, remedy, from_the_beginning in _COMPLAINTS:
        if sign in problem or sign in context:
            mark = begun if from_the_beginning and (begun.line < at.line or sign in context) else at
            return Complaint("syntax", message, remedy, *_within(text, mark))
    words = (f"the text cannot be read as YAML ({problem or context})", "mend the line, or put the value in quotes")
    return Complaint("syntax", *words, *_within(text, at))


def _of_characters(text: str, context: str, problem: str, at: Any, begun: Any) -> Complaint | None:  # noqa: ANN401 - PyYAML's marks have no types of their own
    """Return a complaint for which it has to be looked at what the text has there; `None` for one of another kind."""
    if "expected escape sequence" in problem:
        return of_escape(text, at.index, "a '\\' escape that is not complete")
    if "expected the node content, but found '<stream end>'" in problem:
        return _of_an_end(text)
    if "expected <block end>" in problem and (words := _words_of_the_rest(text, at.index)):
        return Complaint("syntax", *words, at.line, at.column)
    mark = at if "cannot start any token" in problem else begun if context.startswith(_CANNOT_BEGIN) else None
    if mark is None:
        return None
    what = f"a value cannot begin with '{text[mark.index : mark.index + 1]}'"
    return Complaint("syntax", what, "put the value in quotes", mark.line, mark.column)


def _of_an_end(text: str) -> Complaint:
    """Return the complaint of a text that ends in the middle of a list or mapping."""
    start = max(text.rfind("["), text.rfind("{"), 0)
    sign = "expected ',' or ']'" if text[start : start + 1] == "[" else "expected ',' or '}'"
    message, remedy = next((message, remedy) for known, message, remedy, _ in _COMPLAINTS if known == sign)
    return Complaint("syntax", message, remedy, *_place_at(text, start))


def of_escape(text: str, index: int, what: str) -> Complaint:
    """Return the complaint of the escape that was being read when the parser was at `index`."""
    start = max(text.rfind("\\", 0, index + 1), 0)
    return Complaint("syntax", what, "double the '\\', or use single quotes", *_place_at(text, start))


SECOND_DOCUMENT = ("a second document begins here", "one file holds one record")


def _find_conflict(text: str) -> int | None:
    """Return the line from 0 where the first of two versions begins that git left in the text, one below the other."""
    begun, parted, line = None, False, 0
    for line, start in enumerate(each[:8] for each in text.split("\n")):
        if begun is None and start == "<<<<<<< ":
            begun = line
        elif begun is not None and start == "=======":
            parted = True
        elif parted and start == ">>>>>>> ":
            return begun
    return None


_TWO_VERSIONS = (
    "two versions of the file, as git leaves them for somebody to choose",
    "keep the lines of one, and take out the lines with '<<<<<<<', '=======' and '>>>>>>>'",
)

_CANNOT_BEGIN = (
    "while scanning an alias", "while scanning an anchor", "while scanning a tag", "while parsing a tag",
    "while scanning a directive",
)  # fmt: skip
"""What the parser was at, when it took the first character of a value for a sign of its own."""

_COMPLAINTS = [
    (
        "mapping values are not allowed here",
        "a second ': ' in one line, or a line indented too far",
        "put a text that holds ': ' in quotes, or mend the indentation",
        False,
    ),
    (
        "could not find expected ':'",
        "a line that is neither 'name: value' nor '- item'",
        "write the ':' and a space after the name, or mend the indentation",
        True,
    ),
    (
        "while scanning a block scalar",
        "a '>' or '|' at the beginning announces lines of text below",
        "put the value in quotes, or write the text on the next line, indented",
        True,
    ),
    (
        "expected <block end>, but found",
        "this line does not fit the lines above it",
        "give it the indentation of its neighbours",
        False,
    ),
    (
        "expected ',' or ']'",
        "a list that is not closed, or lacks a ','",
        "write ',' between items and ']' at the end",
        True,
    ),
    (
        "expected ',' or '}'",
        "a mapping that is not closed, or lacks a ','",
        "write ',' between values and '}' at the end",
        True,
    ),
    ("found unexpected end of stream", "quotes that are not closed", "write the closing quote", True),
    ("found unexpected document separator", "quotes that are not closed", "write the closing quote", True),
    ("sequence entries are not allowed here", "a list cannot begin here", "start the list on a line of its own", False),
    ("mapping keys are not allowed here", "a '?' cannot begin here", "put the value in quotes", False),
    (
        "found unknown escape character",
        "a '\\' escape that does not exist",
        "double the '\\', or use single quotes",
        False,
    ),
    (
        "expected the node content, but found",
        "a value was expected here",
        "write the value, in quotes if it begins with a special character",
        False,
    ),
]
"""What the complaint or its context holds, what to say, and whether the place is where the matter began."""


def _words_of_the_rest(text: str, index: int) -> tuple[str, str] | None:
    """Return what is wrong with what follows a value in its line, if there is one."""
    line_start = text.rfind("\n", 0, index) + 1
    before = text[line_start:index].rstrip(" ")
    found = text[index : index + 1]
    if found in {"]", "}"}:
        return f"a '{found}' too many", "take it out, or put the text in quotes"
    if before[-1:] in {"'", '"'}:
        how = "write an apostrophe between single quotes twice, or use double quotes"
        return "text after the closing quote", f"put the whole text in quotes; {how}"
    return None


def _place_at(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1


def _within(text: str, mark: Any) -> tuple[int, int]:  # noqa: ANN401 - PyYAML's marks have no types of their own
    """Return the place of a mark; the last line that there is, if it is past the end."""
    last = text.rstrip("\n").count("\n")
    return (mark.line, mark.column) if mark.line <= max(last, text.count("\n") - 1) else (last, 0)


# --- what a '#' or a comma takes for itself

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
