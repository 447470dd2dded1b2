"""What an author did where the text cannot be read as meant, in words: where, and what to write instead.

PyYAML's own parser decides when libyaml refuses a text; its complaints are matched by what they contain. It complains
of the place where it could not go on. The place to mend is often an earlier one, where it says that it was scanning or
parsing something. Two faults it does not see as such: a `#` that swallows the rest of a text, and a comma that cuts an
amount in two.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Protocol

import yaml

from emcollab.loading.text import FileText
from emcollab.values.money import parse_money, parse_number
from emcollab.values.problems import BadValue, Problem

MAX_DEPTH = 12  # how many levels of lists and mappings are read
LEAKS = (ValueError, OverflowError, UnicodeError)  # what PyYAML raises besides its own errors, for odd escapes
SECOND_DOCUMENT = ("second-document", "a second document begins here", "one file holds one record")

_AFTER_NOTHING = ("second-document", "something stands below an empty '{}' or '[]'", "take the brackets out")


class Events(Protocol):
    """A parser of PyYAML, which gives the events of a text one by one."""

    def get_event(self) -> Any:  # noqa: ANN401 - PyYAML's events have no types of their own
        """Return the next event."""


def explain(error: yaml.MarkedYAMLError, file: FileText) -> Problem:
    """Return the problem that the parser complains of."""
    if (conflict := _find_conflict(file.lines)) is not None:
        message = "two versions of the file, as git leaves them for somebody to choose"
        remedy = "keep the lines of one, and take out the lines with '<<<<<<<', '=======' and '>>>>>>>'"
        return file.problem(conflict, 1, "syntax", message, remedy)
    context, complaint = str(error.context or ""), str(error.problem or "")
    at: Any = error.problem_mark or error.context_mark
    begun: Any = error.context_mark or at
    if "expected '<document start>'" in complaint:
        above = {line.partition("#")[0].strip() for line in file.lines[: at.line]} - {""}
        return file.problem_at(at, *(_AFTER_NOTHING if above in ({"{}"}, {"[]"}) else SECOND_DOCUMENT))
    if special := _look_at_text(file, context, complaint, at, begun):
        return special
    for sign, message, remedy, from_the_beginning in _COMPLAINTS:
        if sign in complaint or sign in context:
            mark = begun if from_the_beginning and (begun.line < at.line or sign in context) else at
            return file.problem_at(mark, "syntax", message, remedy)
    message = f"the text cannot be read as YAML ({complaint or context})"
    return file.problem_at(at, "syntax", message, "mend the line, or put the value in quotes")


def _look_at_text(file: FileText, context: str, complaint: str, at: Any, begun: Any) -> Problem | None:  # noqa: ANN401 - PyYAML's marks have no types of their own
    """Return a problem for which it has to be looked at what the text has there; `None` for one of another kind."""
    text = file.clean
    if "expected escape sequence" in complaint:
        return find_escape(file, at.index, "a '\\' escape that is not complete")
    if "expected the node content, but found '<stream end>'" in complaint:  # in the middle of a list or mapping
        start = max(text.rfind("["), text.rfind("{"), 0)
        sign = "expected ',' or ']'" if text[start : start + 1] == "[" else "expected ',' or '}'"
        words = next((message, remedy) for each, message, remedy, _ in _COMPLAINTS if each == sign)
        return file.problem_from(start, "syntax", *words)
    if "expected <block end>" in complaint:
        found = text[at.index : at.index + 1]
        if found in {"]", "}"}:
            return file.problem_at(at, "syntax", f"a '{found}' too many", "take it out, or put the text in quotes")
        if text[: at.index].rpartition("\n")[2].rstrip(" ")[-1:] in {"'", '"'}:
            return file.problem_at(at, "syntax", "text after the closing quote", _WHOLE)
    mark = at if "cannot start any token" in complaint else begun if context.startswith(_CANNOT_BEGIN) else None
    if mark is None:
        return None
    message = f"a value cannot begin with '{text[mark.index : mark.index + 1]}'"
    return file.problem_at(mark, "syntax", message, "put the value in quotes")


_WHOLE = "put the whole text in quotes; write an apostrophe between single quotes twice, or use double quotes"

_CANNOT_BEGIN = (
    "while scanning an alias", "while scanning an anchor", "while scanning a tag", "while parsing a tag",
    "while scanning a directive",
)  # fmt: skip
"""What the parser was at, when it took the first character of a value for a sign of its own."""


def find_escape(file: FileText, index: int, message: str) -> Problem:
    """Return the problem of the escape that was being read when the parser was at `index`."""
    start = max(file.clean.rfind("\\", 0, index + 1), 0)
    return file.problem_from(start, "syntax", message, "double the '\\', or use single quotes")


def _find_conflict(lines: list[str]) -> int | None:
    """Return the line from 1 where the first of two versions begins that git left in the text, one below the other."""
    numbered = enumerate(lines, start=1)  # each search goes on where the one before has ended
    begun = next((number for number, line in numbered if line.startswith("<<<<<<< ")), None)
    parted = any(line.startswith("=======") for _, line in numbered)
    return begun if parted and any(line.startswith(">>>>>>> ") for _, line in numbered) else None


_COMPLAINTS = [
    ("mapping values are not allowed", "a second ': ' in one line, or a line indented too far",
     "put a text that holds ': ' in quotes, or mend the indentation", False),
    ("could not find expected ':'", "a line that is neither 'name: value' nor '- item'",
     "write the ':' and a space after the name, or mend the indentation", True),
    ("while scanning a block scalar", "a '>' or '|' at the beginning announces lines of text below",
     "put the value in quotes, or write the text on the next line, indented", True),
    ("expected <block end>, but found", "this line does not fit the lines above it",
     "give it the indentation of its neighbours", False),
    ("did not find expected key", "this line does not fit the lines above it",
     "give it the indentation of its neighbours", False),
    ("expected ',' or ']'", "a list that is not closed, or lacks a ','",
     "write ',' between items and ']' at the end", True),
    ("expected ',' or '}'", "a mapping that is not closed, or lacks a ','",
     "write ',' between values and '}' at the end", True),
    ("found unexpected end of stream", "quotes that are not closed", "write the closing quote", True),
    ("found unexpected document separator", "quotes that are not closed", "write the closing quote", True),
    ("sequence entries are not allowed", "a list cannot begin here", "start the list on a line of its own", False),
    ("mapping keys are not allowed", "a '?' cannot begin here", "put the value in quotes", False),
    ("found unknown escape character", "a '\\' escape that does not exist",
     "double the '\\', or use single quotes", False),
    ("expected the node content, but found", "a value was expected here",
     "write the value, in quotes if it begins with a special character", False),
]  # fmt: skip
"""What the complaint or its context holds, what to say, and whether the place is where the matter began."""


# --- what a '#' or a comma takes for itself

_SWALLOWED = re.compile(r"(?m)^.*[^\s#] +(#)[^\s#]")
_COMMENT = re.compile(" *(#.{0,40})")


def watch_swallowed(get_event: Callable[[], Any], file: FileText, swallowed: list[Problem]) -> Callable[[], Any]:
    """Return `get_event`, or one that also puts to `swallowed` each `#` that takes the rest of a text: `PNC #2`.

    It begins a comment there, right behind what is left of the text.
    """
    suspects = {found.start(1) for found in _SWALLOWED.finditer(file.clean)} if " #" in file.clean else set()

    def get() -> Any:  # noqa: ANN401 - PyYAML's events have no types of their own
        event: Any = get_event()
        if type(event) is yaml.ScalarEvent and not event.style:
            end: Any = event.end_mark
            comment = _COMMENT.match(file.clean, end.index)
            if comment and comment.start(1) in suspects:
                message = f"'{comment[1].strip()[:30]}' is taken for a comment, and is lost"
                remedy = "put the whole text in quotes, or a space after the '#'"
                swallowed.append(file.problem_from(comment.start(1), "swallowed-text", message, remedy))
        return event

    return get if suspects else get_event


def without_lost(problems: list[Problem], swallowed: list[Problem]) -> list[Problem]:
    """Return `problems` without those of what a `#` has swallowed: the value, or the bracket at its end."""
    lines = {problem.line for problem in swallowed}
    return [each for each in problems if each.line not in lines or each.code not in {"empty-value", "syntax"}]


_UNIT = r"(?: ?(?i:million|billion|thousand|posts?|hours?|bn|k|m))?\)?"
_PIECE = re.compile(rf"[0-9.]+{_UNIT}")  # what a comma cuts off an amount; it is no name
_HEAD = re.compile(r"(?<![-(])[-(]*+(?:£ ?)?(?<![0-9.])[0-9.]++(?:,[0-9.]++)*")
"""What is left of it; no part of a line is looked at twice, however long it is."""

_CUT = re.compile(rf"{_HEAD.pattern},{_PIECE.pattern}")
_LONGEST = 100  # no amount has so many characters


def whole_amounts(problems: list[Problem]) -> Iterator[Problem]:
    """Yield `problems`, an amount that its commas cut into several once and whole.

    In `{2009/10: £1,324,000}` each comma ends a value, for YAML; what follows is a name without a value.
    """

    @cache
    def cuts_in(line: str) -> list[tuple[int, str]]:
        return [(cut.start() + 1, cut[0]) for cut in _CUT.finditer(line)]

    seen: set[tuple[int, int]] = set()
    for problem in problems:
        cuts = cuts_in(problem.excerpt) if problem.code == "empty-value" else []
        before = bisect_left(cuts, (problem.column, ""))
        start, amount = cuts[before - 1] if before else (0, "")
        if problem.column > start + len(amount):
            yield problem
        elif (problem.line, start) not in seen:
            seen.add((problem.line, start))
            message = f"'{amount}' is cut at its comma, which ends a value between {{ and }}"
            yield problem._replace(column=start, code="bad-amount", message=message, help=_amount_meant(amount))


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
    head = into[name] if name is not None else None
    if type(head) is str and len(head) < _LONGEST and _HEAD.fullmatch(head):
        into[str(name)] = f"{head},{piece}"
    return True
