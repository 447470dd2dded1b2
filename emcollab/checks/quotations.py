"""Are the quotations in the papers' own texts? Asked only where the texts are at hand: they are no part of the data.

What differs between print and its text is made equal: white space, words divided at a line's end, typographic quotation
marks, dashes and ligatures, and the signs of Markdown for emphasis. Letters and their case are not.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from operator import eq
from typing import NamedTuple

from emcollab.records.ledger import Ledger, project_path, recommendations_path
from emcollab.values.problems import Fault, Keys, Place, shorten


class Quotation(NamedTuple):
    """Words that are said to be a paper's own: where they stand in the data, the paper, and the words."""

    path: str
    keys: Keys
    source: str
    text: str


class Proof(NamedTuple):
    """What came of looking: a fault for each quotation that is not there, and how many are.

    `without_text` has for each paper of which there is no text the number of its quotations.
    """

    faults: list[Fault]
    proved: int
    without_text: dict[str, int]


def prove_quotations(ledger: Ledger, texts: Mapping[str, str]) -> Proof:
    """Return whether each quotation of `ledger` is in the text of its paper, by the paper's id in `texts`."""
    papers: dict[str, _Words] = {}
    faults: list[Fault] = []
    without_text: dict[str, int] = {}
    proved = 0
    for quotation in list_quotations(ledger):
        if quotation.source not in texts:
            without_text[quotation.source] = without_text.get(quotation.source, 0) + 1
            continue
        paper = papers.setdefault(quotation.source, _Words(texts[quotation.source]))
        missing = paper.find_missing(quotation.text)
        if missing is None:
            proved += 1
        else:
            faults.append(_make_fault(quotation, missing, paper))
    return Proof(faults, proved, without_text)


def list_quotations(ledger: Ledger) -> Iterator[Quotation]:
    """Yield every quotation, and every recommendation: it is written in the words of the paper that prints it."""
    for id_, project in ledger.projects.items():
        for keys, citation in project.citations():
            if citation.quote:
                yield Quotation(project_path(id_), (*keys, "quote"), citation.source, citation.quote)
    for id_, key in ledger.shares.items():
        if key.quote:
            yield Quotation("shares.yaml", (id_, "quote"), key.source, key.quote)
    for id_, made in ledger.recommendations.items():
        path = recommendations_path(id_)
        for name, item in made.items.items():
            yield Quotation(path, ("items", name, "recommendation"), made.source, item.recommendation)
            if item.quote:
                yield Quotation(path, ("items", name, "quote"), item.source or made.source, item.quote)


def _make_fault(quotation: Quotation, missing: str, paper: "_Words") -> Fault:
    message = f"the paper does not say '{shorten(missing)}'"
    remedy = "write the paper's own words, and '[…]' for those that are left out"
    if paper.find_missing(missing) is None:
        message = f"the paper says '{shorten(missing)}' before the words that stand before it here"
        remedy = "give the parts in the order of the paper, with '[…]' between them"
    elif nearest := paper.find_nearest(missing):
        remedy = f"its nearest words are '{shorten(nearest)}'; {remedy}"
    source: Place = ("sources.yaml", (quotation.source,))
    return Fault(quotation.path, quotation.keys, message, remedy, code="quote-not-in-paper", rests_on=(source,))


class _Words:
    """A text to be searched: its words with what print and text differ in made equal."""

    def __init__(self, text: str) -> None:
        self.shown = _tidy(text)
        self.bare, self._firm, self._loose = _take_out_hyphens(self.shown)

    def find_missing(self, quotation: str) -> str | None:
        """Return the first part of a quotation that is not there after the parts before it; `None` if all are.

        Of one without a word, all of it is missing: it says nothing.
        """
        start, parts = 0, re.split(r"\[(?:…|\.\.\.)\]", quotation)
        if not any(map(_HAS_WORD.search, parts)):
            return " ".join(quotation.split())
        for part in parts:
            end = self._find(part, start)
            if end is None:
                return " ".join(part.split())
            start = end
        return None

    def _find(self, part: str, start: int) -> int | None:
        """Return where a part ends that begins at `start` or later; `None` if it is nowhere.

        A part is of whole words. A hyphen within a word must be in both; where one divides a word at a line's end, it
        may be in the other.
        """
        words, firm, loose = _take_out_hyphens(_tidy(part))
        found = self.bare.find(words, start)
        while found >= 0:
            end = found + len(words)
            hyphens, divided = ({place + found for place in places} for places in (firm, loose))
            inside = {place for place in self._firm if found < place < end}
            if inside <= hyphens | divided and hyphens <= inside | self._loose and self._is_whole(found, end):
                return end
            found = self.bare.find(words, found + 1)
        return None

    def _is_whole(self, start: int, end: int) -> bool:
        """Return whether neither end of some words is within a word or a number."""
        for place in {start, end} - self._firm - self._loose:
            before, after = self.bare[max(place - 2, 0) : place], self.bare[place : place + 2]
            in_word = before[-1:].isalnum() and after[:1].isalnum()
            if in_word or (_DIGIT_LAST.search(before) and _DIGIT_FIRST.match(after)):
                return False
        return True

    def find_nearest(self, part: str) -> str:
        """Return as many words of the text as a part has: those that have most in common with it, at least half."""
        shown = self.shown.replace(_DIVIDED, "").split()
        theirs, ours = ([word.strip(_AROUND).casefold() for word in words] for words in (shown, _tidy(part).split()))
        lacking, common, best, begin = Counter(ours), 0, (0, 0), 0
        for end, word in enumerate(theirs):
            lacking[word] -= 1
            common += lacking[word] >= 0
            gone = end - len(ours)
            if gone >= 0:
                common -= lacking[theirs[gone]] >= 0
                lacking[theirs[gone]] += 1
            start = max(gone + 1, 0)
            if common and common >= best[0]:  # of equals, those that begin as the part does
                rank = common, sum(map(eq, theirs[start : start + _COMPARED], ours[:_COMPARED]))
                best, begin = (rank, start) if rank > best else (best, begin)
        return " ".join(shown[begin : begin + len(ours)]) if best[0] * 2 >= max(len(ours), 1) else ""


_HAS_WORD = re.compile(r"\w")

_COMPARED = 50
"""Of how many words the order is compared."""

_AROUND = ".,;:!?()'\""
"""What may stand around a word, and is no part of it."""

_DIGIT_LAST, _DIGIT_FIRST = re.compile(r"[0-9][.,]?$"), re.compile(r"[.,]?[0-9]")
"""What stands on both sides of a place within a number."""

_DIVIDED = "\xad"
"""Stands where the text divides a word at a line's end: a hyphen there may be the word's own, or the line's."""

_SIGNS = str.maketrans({
    **dict.fromkeys("‘’‚‛′`", "'"),  # noqa: RUF001 - what print has for an apostrophe
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001 - what print has for a hyphen, a dash or a minus
    **dict.fromkeys("*_"),
})  # fmt: skip


def _tidy(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.replace(_DIVIDED, "")).translate(_SIGNS)
    return " ".join(re.sub(r"(?<=\w)-[^\S\n]*\n\s*(?=\w)", _DIVIDED, plain).split())


def _take_out_hyphens(text: str) -> tuple[str, set[int], set[int]]:
    """Return `text` without the hyphens within words, the places where they were, and those where it divides a word."""
    bare: list[str] = []
    firm: set[int] = set()
    loose: set[int] = set()
    length = 0
    for piece in re.split(rf"((?<=[^\W_])-(?=[^\W_])|{_DIVIDED})", text):
        if piece == _DIVIDED:
            loose.add(length)
        elif piece == "-" and bare:
            firm.add(length)
        else:
            bare.append(piece)
            length += len(piece)
    return "".join(bare), firm, loose
