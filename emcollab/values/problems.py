"""Faults in the data: where one is, what is wrong, and what would be right.

A *fault* names its place by keys (`benefits`, `savings`, `area`), as those who look at values see it; a *problem* is a
fault with its line and column, as people see it. An error, in this code, is an exception; a fault in the data is never
one, except for the moment between the function that reads one value (`BadValue`) and the record that asked for it.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

Keys = tuple[str | int, ...]
"""The way from the top of a file to a value: names in mappings, positions from 0 in lists."""

Place = tuple[str, Keys]
"""A value in a data folder: the path of its file, and the keys that lead to it."""

_LONGEST = 1_000  # characters of a text in a message


class Fault(NamedTuple):
    """A fault, before anybody has looked up its line.

    `path` is relative to the data folder; `on_key` says that the name is at fault, not what it holds. The code of what
    a check finds is that of the check. Where one of the places that it `rests_on` is faulty itself, nobody can tell
    whether this is a fault at all.

    For mending: `missing` is the name of a required value that is not there (`keys` then lead to what lacks it),
    `meant` the name probably meant where another stands, and of the names `lacking` one has to be there.
    """

    path: str
    keys: Keys
    message: str
    help: str
    code: str = ""
    on_key: bool = False
    rests_on: tuple[Place, ...] = ()
    missing: str = ""
    meant: str = ""
    lacking: tuple[str, ...] = ()

    @property
    def subject(self) -> Keys:
        """The keys of what is wrong or missing."""
        return (*self.keys, self.missing) if self.missing else self.keys

    def covers(self, keys: Keys) -> bool:
        """Return whether what stands at `keys` is faulty with this: the name alone, if it is known which was meant."""
        return keys == self.subject if self.meant else keys[: len(self.subject)] == self.subject

    def touches(self, keys: Keys) -> bool:
        """Return whether what stands at `keys` may be another than was meant: the fault is there, above or below."""
        return self.covers(keys) or self.subject[: len(keys)] == keys


class Problem(NamedTuple):
    """A fault as it is shown; tuples of them sort by file, line and column.

    `path` is relative to the data folder, `line` and `column` count characters from 1, and
    `excerpt` is that line as it stands in the file, not yet made safe to print.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    help: str
    excerpt: str


def shorten(text: str) -> str:
    """Return `text` as a message can hold it: a value of a million characters is not repeated whole."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"


class BadValue(ValueError):  # noqa: N818 - an error is an exception here, a fault in the data is not
    """A text that cannot be read as the value it should be.

    If a record as a whole is at fault, `names` are those of its values that do not go together, or of which
    it lacks one.
    """

    def __init__(self, code: str, message: str, help: str, names: tuple[str, ...] = ()) -> None:  # noqa: A002 - the word of `Problem`
        """Keep the parts apart, for the record that asked for the value."""
        super().__init__(f"{message}; {help}")
        self.code = code
        self.message = message
        self.help = help
        self.names = names


def find_near(word: str, there: Iterable[str]) -> str:
    """Return the one of the names that are `there` that was probably meant; nothing, if none is near."""
    return _find_near(word[:100].casefold(), tuple(there))


@lru_cache(maxsize=100)  # the same mistake is often made again
def _find_near(word: str, there: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault needs it

    names = {name.casefold(): name for name in there}
    near = get_close_matches(word, names, n=1, cutoff=0.75)  # at 0.6, `catering` would be near to `training`
    return names[near[0]] if near else ""


def suggest(word: str, there: Iterable[str]) -> str:
    """Return what to write instead of `word`: the nearest name that is `there`, or without one all (the first 20)."""
    names = list(there)
    if near := find_near(word, names):
        return f"did you mean '{near}'?"
    if not names:
        return "there are none yet"
    shown = ", ".join(names[:20])
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""  # noqa: PLR2004 - as promised above
    return f"write one of: {shown}{more}"
