"""Faults in the data: where one is, what is wrong, and what would be right.

A *fault* names its place by keys (`benefits`, `savings`, `area`), as those who look at values see it; a *problem* is a
fault with its line and column, as people see it. An error, in this code, is an exception; a fault in the data is never
one, except for the moment between the function that reads one value (`BadValue`) and the record that asked for it.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice
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


class Faulty:
    """The places of the faults in a file, to be asked of one of many others, quickly: as `covers` and `touches`."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Note the subjects of `faults`, and all that is above them."""
        self._wholes: set[Keys] = set()
        self._names: set[Keys] = set()
        self._above: set[Keys] = set()
        for fault in faults:
            (self._names if fault.meant else self._wholes).add(fault.subject)
            self._above.update(fault.subject[:length] for length in range(len(fault.subject) + 1))

    def covers(self, keys: Keys) -> bool:
        """Return whether one of the faults covers `keys`."""
        return keys in self._names or any(keys[:length] in self._wholes for length in range(len(keys) + 1))

    def touches(self, keys: Keys) -> bool:
        """Return whether one of the faults touches `keys`."""
        return keys in self._above or self.covers(keys)


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
    it lacks one. `keys` lead to a part of the value, if that is at fault; `on_key` says that it is the part's name.
    """

    def __init__(  # noqa: PLR0913 - the parts of a `Fault`, which has the same words
        self,
        code: str,
        message: str,
        help: str,  # noqa: A002 - the word of `Problem`
        names: tuple[str, ...] = (),
        keys: Keys = (),
        *,
        on_key: bool = False,
    ) -> None:
        """Keep the parts apart, for the record that asked for the value."""
        super().__init__(f"{message}; {help}")
        self.code = code
        self.message = message
        self.help = help
        self.names = names
        self.keys = keys
        self.on_key = on_key


class Names:
    """Names that are there: they are asked which of them was probably meant by one that is not.

    Of many only the neighbours are compared, in the alphabet and in that of the names read backwards: what has one
    slip begins or ends as the name that was meant. In all no more is compared than takes a moment, however many
    are asked for.
    """

    def __init__(self, there: Iterable[str]) -> None:
        """Keep the names, in their order."""
        self._names = dict.fromkeys(there)
        self._folded = {name[:_COMPARED].casefold(): name for name in self._names}
        self._orders = [sorted(self._folded), sorted(name[::-1] for name in self._folded)]
        self._near: dict[str, str] = {}
        self._left = _MOST_COMPARISONS

    def __contains__(self, name: str) -> bool:
        """Return whether a name is one of those that are there."""
        return name in self._names

    def find_near(self, word: str) -> str:
        """Return the one of the names that was probably meant; nothing, if none is near."""
        word = word[:_COMPARED].casefold()
        if word not in self._near:
            self._near[word] = self._compare(word) if self._left > 0 else ""  # the same mistake is often made again
        return self._near[word]

    def suggest(self, word: str) -> str:
        """Return what to write instead of `word`: the nearest of the names, or without one all (the first 20)."""
        if near := self.find_near(word):
            return f"did you mean '{near}'?"
        if not self._names:
            return "there are none yet"
        shown, more = ", ".join(islice(self._names, 20)), len(self._names) - 20
        return f"write one of: {shown}{f' and {more:,} more' if more > 0 else ''}"

    def _compare(self, word: str) -> str:
        from difflib import get_close_matches  # noqa: PLC0415 - only a fault needs it

        letters, candidates = set(word), []
        for name in self._list_neighbours(word):
            # As many characters as the one has and the other has not may be a quarter of both at most.
            if len(letters.difference(name)) <= len(word) - _ALIKE / 2 * (len(word) + len(name)):
                candidates.append(name)
                self._left -= len(word) * len(name)
        near = get_close_matches(word, candidates, n=1, cutoff=_ALIKE)
        return self._folded[near[0]] if near else ""

    def _list_neighbours(self, word: str) -> Iterable[str]:
        """Return the names that may be near, in their order; of many, some around `word` in either alphabet."""
        if len(self._folded) <= _FEW:
            return self._folded
        forwards, backwards = (
            order[max(place - _NEIGHBOURS, 0) : place + _NEIGHBOURS]
            for order, sought in zip(self._orders, (word, word[::-1]), strict=True)
            for place in [bisect_left(order, sought)]
        )
        return dict.fromkeys([*forwards, *(name[::-1] for name in backwards)])


_ALIKE = 0.75
"""How much two names are to have in common, as `difflib` counts: at 0.6, `catering` would be near to `training`."""

_COMPARED = 100  # characters of a name
_FEW = 100  # names, of which all are compared
_NEIGHBOURS = 12  # of more, on each side, in each order
_MOST_COMPARISONS = 1_000_000  # of two characters: a third of a second, for names that are all alike


def find_near(word: str, there: Iterable[str]) -> str:
    """Return the one of the few names that are `there` that was probably meant; nothing, if none is near."""
    return Names(there).find_near(word)


def suggest(word: str, there: Iterable[str]) -> str:
    """Return what to write instead of `word`: the nearest name that is `there`, or without one all (the first 20)."""
    return Names(there).suggest(word)
