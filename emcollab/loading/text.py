"""The text of a file: bytes that are none, characters in it that hide, and problems at places in it.

What hides is not shown by an editor, or obeyed by a terminal, and each YAML parser takes it for something else.
"""

import re
from bisect import bisect_right
from functools import cache, cached_property
from itertools import accumulate, islice
from typing import Any, NamedTuple

from emcollab.values import characters
from emcollab.values.problems import Problem

MAX_BYTES = 2_000_000  # a longer file is not read
MOST_PROBLEMS = 500  # of the text of one file, and of its shape, so many are shown at a time


def say_too_many(more: int) -> tuple[str, str, str]:
    """Return code, message and help for a file with `more` problems than are shown."""
    return "too-many-problems", f"the file has {more:,} more problem{'' if more == 1 else 's'}", "mend these first"


def list_first(path: str, problems: list[Problem], more: int = 0) -> list[Problem]:
    """Return no more of the problems of the file at `path` than are shown, before them how many more there are.

    Of those that are not among `problems` there are `more` already.
    """
    more += len(problems[MOST_PROBLEMS:])
    return [Problem(path, 1, 1, *say_too_many(more), ""), *problems[:MOST_PROBLEMS]] if more else problems


class FileText:
    """The text of one file; `clean` is the same with a space in the place of each hidden character."""

    def __init__(self, path: str, text: str) -> None:
        """Keep the text of the file at `path`, its line ends made one character, and the last line with one too."""
        self.path = path
        self.text = text if text.endswith("\n") else f"{text}\n"
        self.clean = blank_hidden(self.text)
        self.ends_in_blanks = text.rpartition("\n")[2].isspace()

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    def problem(self, line: int, column: int, code: str, message: str, remedy: str) -> Problem:
        """Return the problem at a line and column from 1; one of line 0 is that of the file as a whole."""
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Problem(self.path, line, column, code, message, remedy, excerpt)

    def problem_at(self, mark: Any, code: str, message: str, remedy: str) -> Problem:  # noqa: ANN401 - PyYAML's marks have no types of their own
        """Return the problem at one of PyYAML's marks."""
        return self.problem(mark.line + 1, mark.column + 1, code, message, remedy)

    def problem_from(self, index: int, code: str, message: str, remedy: str) -> Problem:
        """Return the problem at the character at `index` from 0."""
        line = bisect_right(self._starts, index)
        return self.problem(line, index - self._starts[line - 1] + 1, code, message, remedy)


def decode(path: str, data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file, its line ends made one character, or why it has none."""
    if len(data) > MAX_BYTES:
        words = "too-large", f"the file has more than {MAX_BYTES:,} bytes", "divide it"
    elif _is_utf_16(data):
        words = "not-utf-8", "the file is in UTF-16", "save it as UTF-8"
    else:
        try:
            text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            return "", [_undecoded(path, data, error.start)]
        if text.strip():
            return text, []
        words = "empty-file", "the file is empty", "write the record, or remove the file"
    return "", [Problem(path, 1, 1, *words, "")]


def _undecoded(path: str, data: bytes, start: int) -> Problem:
    """Return the problem of the byte at `start`, the first that is not UTF-8; in its line such bytes are spelt out."""
    *above, before = data[:start].decode("utf-8").removeprefix("\ufeff").split("\n")
    rest = data[start:].partition(b"\n")[0].decode("utf-8", "backslashreplace").rstrip("\r")
    message, remedy = f"byte {data[start]:#04x} is not UTF-8", "save the file as UTF-8, not Windows-1252"
    return Problem(path, len(above) + 1, len(before) + 1, "not-utf-8", message, remedy, before + rest)


def _is_utf_16(data: bytes) -> bool:
    """Return whether `data` begins with the mark of UTF-16, or with two characters each of which has a nought byte."""
    nought = [byte == 0 for byte in data[:4]]
    return data[:2] in {b"\xff\xfe", b"\xfe\xff"} or nought in ([True, False] * 2, [False, True] * 2)


# --- characters that hide


class Hidden(NamedTuple):
    """A kind of hidden characters: its code, which they are (as a class of `re`), what to call and to do with one."""

    code: str
    characters: str
    name: str
    help: str


_KINDS = (
    Hidden("tab", characters.TABS, "a tab", "write spaces"),
    Hidden("odd-line-break", characters.LINE_BREAKS, "an odd line break", "start a new line, or take it out"),
    Hidden("bidirectional-character", characters.TURNING, "a character that turns the direction of writing",
           "take it out"),
    Hidden("invisible-character", characters.INVISIBLE, "an invisible character",
           "write an ordinary space, or take it out"),
    Hidden("control-character", characters.REPLACEMENT, "a replacement character",
           "another was lost: type again what stood there, such as '£'"),
    Hidden("control-character", characters.CONTROL, "a control or private character", "take it out"),
)  # fmt: skip
HIDDEN_CODES = frozenset(kind.code for kind in _KINDS)

_PLAIN = bytes(range(ord(" "), ord("~") + 1)) + "\n£".encode()
"""What nearly all texts are made of; no other character has its bytes from these alone."""


@cache
def _stretch_pattern() -> re.Pattern[str]:
    """Return what finds a stretch of one hidden character."""
    return re.compile(rf"([{characters.HIDDEN}])\1*")


@cache
def hidden_pattern() -> re.Pattern[str]:
    """Return what finds a hidden character; it is made when a text is not as plain as nearly all are."""
    return re.compile(f"[{characters.HIDDEN}]")


def blank_hidden(text: str) -> str:
    """Return `text` with a space in the place of each hidden character."""
    return hidden_pattern().sub(" ", text) if text.encode("utf-8", "surrogatepass").translate(None, _PLAIN) else text


@cache
def name_hidden(character: str) -> tuple[str, str, str]:
    """Return code, message and help for a hidden character."""
    kind = next(kind for kind in _KINDS if re.match(f"[{kind.characters}]", character))
    return kind.code, f"{kind.name} (U+{ord(character):04X})", kind.help


def find_hidden(file: FileText) -> tuple[list[Problem], int]:
    """Return a problem for each stretch of one hidden character in a line, as many as are shown, and how many more."""
    if file.clean == file.text:
        return [], 0
    stretches = _stretch_pattern().finditer(file.text)
    first = islice(stretches, MOST_PROBLEMS)
    return [file.problem_from(each.start(), *name_hidden(each[1])) for each in first], sum(1 for _ in stretches)
