"""The parser's complaints, in words: what an author did, where, and what to write instead.

All are of PyYAML's own parser, which decides when libyaml refuses a text; its words are matched by what they
contain. It complains of the place where it could not go on. The place to mend is often an earlier one, where
it says that it was scanning or parsing something.
"""

from typing import Any, NamedTuple

import yaml


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
    (
        "sequence entries are not allowed here",
        "a list cannot begin here",
        "start the list on a line of its own",
        False,
    ),
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
