"""Names in a sheet to ids: of what the ledger has, or new ones; a name near to another is asked about."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache

from emcollab.records.base import id_meant
from emcollab.values.problems import BadValue
from emcollab.writing.cells import is_nothing
from emcollab.writing.spellings import plain

_LONGEST = 80  # characters of an id
_FEW = 100  # so many names are all looked at; of more, those that begin alike
_COMMON = 30  # a beginning that so many names have tells none of them from the others
_ALIKE = 0.75


class Names:
    """The names of one kind of thing: those that the ledger has, by id, and those that are new with this sheet.

    `meant` says what names of the sheet mean: an id or a name, or an id that is to be new.
    """

    def __init__(self, noun: str, there: Mapping[str, Iterable[str]], meant: Mapping[str, str]) -> None:
        """Keep the names that are there already, by id; each is known by its id too."""
        self.noun = noun
        self.new: dict[str, str] = {}
        self._meant = {plain(name): id_ for name, id_ in meant.items()}
        self._ids: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for id_, names in there.items():
            for name in (*names, id_):
                self._keep(id_, name)

    def find(self, name: str) -> str:
        """Return the id of `name`, if it is there; else nothing."""
        word = plain(name)
        return self._ids.get(plain(self._meant.get(word, "")) or word, "")

    def resolve(self, name: str) -> str:
        """Return the id of `name`: of what is there, or of what is new by it.

        Raises:
            BadValue: it is near to one that is there, it says that there is none, or no id can be made of it.
        """
        if id_ := self.find(name):
            return id_
        meant = self._meant.get(plain(name), "")
        if not meant and (near := self._find_near(plain(name))):
            other = self._shown[near]
            message = f"there is no {self.noun} '{name}', and one that is near: '{other}'"
            answer = f"names: {{{self.noun}s: {{{name}: {self._ids[near]}}}}}"
            remedy = f"write '{other}', or in the rules '{answer}', or '{make_id(name)}' there for a new one"
            raise BadValue(f"unknown-{self.noun}", message, remedy)
        if not meant and is_nothing(name):
            raise BadValue(f"unknown-{self.noun}", f"'{name}' is the name of no {self.noun}", "write its name")
        id_ = make_id(meant or name)
        if not id_:
            raise BadValue(
                "bad-id", f"no id can be made of '{name}'", "say in the rules, under 'names', which it is to have"
            )
        if id_ in self._shown and not meant:
            message = f"'{name}' would have the id of '{self._shown[id_]}', '{id_}'"
            raise BadValue(
                "bad-id", message, f"say in the rules 'names: {{{self.noun}s: {{{name}: …}}}}' which it is to have"
            )
        if id_ not in self._shown:
            self.new[id_] = name
        self._keep(id_, name)
        return id_

    def rename(self, id_: str, other: str) -> str:
        """Return `other`, which from now on is the id of what is new by `id_`."""
        self.new[other] = self.new.pop(id_)
        self._ids = {word: other if each == id_ else each for word, each in self._ids.items()}
        self._shown[other] = self._shown.pop(id_)
        return other

    def shown(self, id_: str) -> str:
        """Return how a thing is called by who named it first."""
        return self._shown.get(id_, id_)

    def _keep(self, id_: str, name: str) -> None:
        word = plain(name)
        if word and word not in self._ids:
            self._ids[word] = id_
            self._shown[word] = name
            for beginning in {part[:3] for part in word.split()}:
                self._by_beginning[beginning].append(word)
        self._shown.setdefault(id_, name)

    def _find_near(self, word: str) -> str:
        """Return one that is there and near to a name; of many, one of which a word begins like one of its own."""
        some = [self._by_beginning.get(beginning, []) for beginning in {part[:3]: None for part in word.split()}]
        groups = [list(self._ids)] if len(self._ids) <= _FEW else [each for each in some if len(each) <= _COMMON]
        fewest = 1 if self.noun == "force" else _FEWEST_WORDS  # a force may be called by a part of its name
        return next((other for each in groups for other in each if are_near(word, other, fewest)), "")


def make_id(name: str) -> str:
    """Return the id that a name makes: small letters without accents, digits, hyphens; nothing, if it has none."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    id_ = id_meant(bare.replace("'", "").replace("\u2019", ""))
    return id_ if len(id_) <= _LONGEST else id_[:_LONGEST].rpartition("-")[0] or id_[:_LONGEST]


_FEWEST_WORDS = 2  # that tell a name by a part of it


def are_near(one: str, other: str, fewest: int = _FEWEST_WORDS) -> bool:
    """Return whether two names, in small letters and different, may mean one thing.

    The same words run together; each word like its fellow, or short for it; or one has all words of the other, and
    these are `fewest` at least. Names with other numbers in them are of other things.
    """
    if _digits_in(one) != _digits_in(other):
        return False
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    words, others = one.split(), other.split()
    if len(words) == len(others):
        return all(_are_alike(*pair) for pair in zip(words, others, strict=True))
    fewer, more = sorted((words, others), key=len)
    return len(fewer) >= fewest and set(fewer) <= set(more)


@cache
def _digits_in(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _are_alike(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    letters = iter(long)
    is_short_for = len(short) > 2 and short[0] == long[0] and all(letter in letters for letter in short)  # noqa: PLR2004 - a word, and no initial
    return is_short_for or SequenceMatcher(None, word, other).ratio() >= _ALIKE
