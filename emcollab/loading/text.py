"""Characters that hide, and bytes that are no text: what a file may not hold, whatever it says.

An editor does not show them, a terminal obeys some of them, and each YAML parser takes them for something else.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from emcollab.values import characters
from emcollab.values.problems import Problem


class Hidden(NamedTuple):
    """A kind of hidden characters: its code, which they are (as a class of `re`), what to call and to do with one."""

    code: str
    characters: str
    name: str
    help: str


_KINDS = (
    Hidden("tab", characters.TABS, "a tab", "write spaces"),
    Hidden("odd-line-break", characters.LINE_BREAKS, "an odd line break", "start a new line, or take it out"),
    Hidden(
        "bidirectional-character", characters.TURNING, "a character that turns the direction of writing", "take it out"
    ),
    Hidden(
        "invisible-character", characters.INVISIBLE, "an invisible character", "write an ordinary space, or take it out"
    ),
    Hidden(
        "control-character",
        characters.REPLACEMENT,
        "a replacement character",
        "another was lost: type again what stood there, such as '£'",
    ),
    Hidden("control-character", characters.CONTROL, "a control or private character", "take it out"),
)
HIDDEN_CODES = frozenset(kind.code for kind in _KINDS)


@cache
def hidden_pattern() -> re.Pattern[str]:
    """Return what finds a hidden character; it is made when a text is not as plain as nearly all are."""
    return re.compile(f"[{characters.HIDDEN}]")


def name_hidden(character: str) -> tuple[str, str, str]:
    """Return code, message and help for a hidden character."""
    kind = next(kind for kind in _KINDS if re.match(f"[{kind.characters}]", character))
    return kind.code, f"{kind.name} (U+{ord(character):04X})", kind.help


def may_hide(text: str) -> bool:
    """Return whether anything may be hidden in `text`: a quick look, for texts with nothing but plain characters."""
    return bool(text.encode().translate(None, _PLAIN))


_PLAIN = bytes(range(ord(" "), ord("~") + 1)) + "\n£".encode()
"""What nearly all texts are made of; no other character has its bytes from these alone."""


def find_hidden(path: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each stretch of one hidden character in a line."""
    last = (-1, "")
    for found in hidden_pattern().finditer(text):
        start = found.start()
        follows = last == (start - 1, found[0])
        last = (start, found[0])
        if follows:
            continue
        code, message, remedy = name_hidden(found[0])
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", start)
        excerpt = text[line_start : line_end if line_end >= 0 else None]
        place = (text.count("\n", 0, start) + 1, start - line_start + 1)
        yield Problem(path, *place, code, message, remedy, excerpt)


def decode(path: str, data: bytes, most: int) -> tuple[str, list[Problem]]:
    """Return the text of a file of at `most` so many bytes, its line ends made one character, or why it has none."""

    def refuse(code: str, message: str, remedy: str) -> tuple[str, list[Problem]]:
        return "", [Problem(path, 1, 1, code, message, remedy, "")]

    if len(data) > most:
        return refuse("too-large", f"the file has more than {most:,} bytes", "divide it")
    if _is_utf_16(data):
        return refuse("not-utf-8", "the file is in UTF-16", "save it as UTF-8")
    try:
        text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return "", [_undecoded(path, data, error.start)]
    if not text.strip():
        return refuse("empty-file", "the file is empty", "write the record, or remove the file")
    return text, []


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
