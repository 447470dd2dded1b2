"""Text from data or the command line, made safe to show: the one place that does so.

A terminal obeys escape characters, and some characters hide or turn what is written. Whatever prints a text that this
program did not write passes it through `safe` first; each format then escapes what is special to itself.
"""

import re
import unicodedata

from emcollab.values.characters import HIDDEN

_UNSAFE = f"[\n{HIDDEN}]"
_PLAIN = re.compile("[ -~£‘’“”–…]*")  # noqa: RUF001 - the signs of English texts are meant
"""What most texts are made of; to look for all that hides takes twenty times as long."""

_SIGN = r"##(?=(?:vso)?\[)"
_BEFORE_SIGN = re.compile(_SIGN)
_COMMAND = re.compile(rf"(?m)^[^\S\n]*(?=::)|{_SIGN}")


def safe(text: str) -> str:
    r"""Return `text` in one line, with every character that a terminal obeys or nobody sees as `\x1b` or `\u202e`."""
    if (text.isascii() and text.isprintable()) or _PLAIN.fullmatch(text):
        return text
    return re.sub(_UNSAFE, _spell, text)


def without_commands(text: str) -> str:
    """Return lines of `text` so that no CI takes anything in them for a command.

    `::` is one at the beginning of a line, and `##[` (`##vso[`) anywhere in it: a backslash goes before or into it.
    """
    return _COMMAND.sub(r"\g<0>\\", text) if "::" in text or "##" in text else text


def break_signs(text: str, instead: str) -> str:
    """Return `text` with `instead` for each `##` that begins a command to a CI; formats write it in their own ways."""
    return _BEFORE_SIGN.sub(lambda _: instead, text) if "##" in text else text


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _spell(found: re.Match[str]) -> str:
    return repr(found[0])[1:-1] if found[0] in "\t\n\r" else found[0].encode("unicode_escape").decode()
