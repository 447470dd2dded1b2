"""What PyYAML reads although it is no YAML 1.2, and its events do not show it: the text has to be looked at.

A `#` begins a comment only after a blank, and in brackets may take values with it; what goes on over several lines
stands further in than the list or mapping that it is in; and the blanks of a block text count.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import yaml

from emcollab.loading.text import FileText
from emcollab.values.problems import Problem

_CODE = "not-plain-yaml"
_MAYBE_COMMENT = re.compile(r"""#(?<=[ "'\[\]{},:?]#)""")
_PERIOD = "[0-9]{4}/[0-9]{2}(?: to [0-9/-]+)?|a year|in all"
_LIKE_VALUES = re.compile(rf"""^#,|, *["']?(?:[\w/-]+|{_PERIOD})["']?:(?: |$)|: *(?:[\[{{]|["']?[-(]*£)""")
_PAIRS = (("{", "}"), ("[", "]"))
_JOINED_TO_NOTHING = re.compile(r"(?<!\\)((?:\\\\)*\\)\n *\n")
_COMMENT = re.compile(" *#")


def watch_comments(  # noqa: C901 - what is known between events
    get_event: Callable[[], Any], file: FileText, problems: list[Problem], swallowed: list[Problem]
) -> Callable[[], Any]:
    """Return `get_event`, or one that also looks at each comment as it goes by.

    One with no blank before it goes to `problems`; one in brackets that has taken what reads like values goes to
    `swallowed`, unless it is there already.
    """
    text = file.clean
    suspects = deque(found.end() - 1 for found in _MAYBE_COMMENT.finditer(text))
    after = 0  # whatever stands before it is a value, or has been looked at
    flow = 0  # brackets that are open

    def look_at(start: int) -> None:
        line = text.rfind("\n", 0, start) + 1
        if "#" in text[max(after, line) : start]:
            return
        if text[start - 1] != " ":
            message, remedy = "a '#' that no space stands before begins no comment", "write a space before it"
            problems.append(file.problem_from(start, _CODE, message, remedy))
        elif flow and text[line:start].strip() and _reads_like_values(text[start : text.index("\n", start)]):
            message = "a comment in brackets that reads like values, which are lost"
            remedy = "put a text with '#' in quotes, and a comment on a line of its own"
            problem = file.problem_from(start, "swallowed-text", message, remedy)
            if not swallowed or swallowed[-1][:3] != problem[:3]:
                swallowed.append(problem)

    def get() -> Any:  # noqa: ANN401 - PyYAML's events have no types of their own
        nonlocal after, flow
        event = get_event()
        while suspects and suspects[0] < event.start_mark.index:
            suspect = suspects.popleft()
            if suspect >= after:
                look_at(suspect)
                after = text.index("\n", suspect)
        after = max(after, event.end_mark.index)
        if isinstance(event, yaml.CollectionStartEvent) and (flow or event.flow_style):
            flow += 1
        elif flow and isinstance(event, yaml.CollectionEndEvent):
            flow -= 1
        return event

    return get if suspects else get_event


def _reads_like_values(comment: str) -> bool:
    """Return whether a comment has a name and its value in it, or a bracket that closes one before it."""
    return bool(_LIKE_VALUES.search(comment)) or any(comment.count(end) > comment.count(begin) for begin, end in _PAIRS)


def find_stuck_sign(file: FileText, event: Any) -> Problem:  # noqa: ANN401 - PyYAML's events have no types of their own
    """Return the problem of the `?` before a text that PyYAML takes for a sign, although no blank follows it."""
    message, remedy = "a '?' that no space follows is part of the text, to other readers", "put it in quotes"
    return file.problem(event.start_mark.line + 1, event.start_mark.column, _CODE, message, remedy)


def find_loose_lines(file: FileText, event: Any, outer: int) -> Iterator[Problem]:  # noqa: ANN401 - PyYAML's events have no types of their own
    """Yield what is wrong with the lines of a text of several, in a list or mapping that begins at column `outer`."""
    start, end = event.start_mark, event.end_mark
    if event.style not in {"'", '"'}:
        yield from _find_odd_blanks(file, event, outer)
        if start.column <= outer:
            yield file.problem_at(start, _CODE, *_say_outdented(outer))
        return
    yield from find_outdented(file, start, end, outer)
    if event.style == '"' and (found := _JOINED_TO_NOTHING.search(file.clean, start.index, end.index)):
        message, remedy = "a '\\' that joins a line to an empty one is read in several ways", "take out the '\\'"
        yield file.problem_from(found.end(1) - 1, _CODE, message, remedy)


def find_outdented(file: FileText, start: Any, end: Any, outer: int, harmless: str = "") -> Iterator[Problem]:  # noqa: ANN401 - PyYAML's marks have no types of their own
    """Yield the problem of the first line between two marks that begins no further in than column `outer`, from 0.

    Blank lines do not matter, nor do those that begin with the character that is `harmless`.
    """
    if outer >= 0 and (found := _outdented(outer, harmless).search(file.clean, start.index, end.index)):
        yield file.problem_from(found.end() - 1, _CODE, *_say_outdented(outer))


@cache
def _outdented(outer: int, harmless: str) -> re.Pattern[str]:
    return re.compile(f"\n {{0,{outer}}}[^ \n{harmless}]")


def _say_outdented(outer: int) -> tuple[str, str]:
    message = "this line goes on with the value above it, and is not further in than its name"
    return message, f"write {outer + 1} or more spaces before it"


def _find_odd_blanks(file: FileText, event: Any, outer: int) -> Iterator[Problem]:  # noqa: ANN401 - PyYAML's events have no types of their own
    """Yield the problem of blanks at the end of a block text that are not the same to all readers."""
    start, end = event.start_mark, event.end_mark
    if file.ends_in_blanks and end.index == len(file.clean):
        message, remedy = "the file ends in blanks, and within a text", "take them out"
        yield file.problem(end.line, 1, _CODE, message, remedy)
    if event.value.strip("\n"):
        return
    comment = _COMMENT.match(file.lines[end.line])
    if comment and comment.end() > outer + 1 and not re.search("[1-9]", file.clean[start.index : start.index + 3]):
        message = "the blank lines above it have more spaces than this one, which to other readers is the text"
        yield file.problem(end.line + 1, comment.end(), _CODE, message, "take the spaces of the blank lines out")
