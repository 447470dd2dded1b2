"""Long lists divided into pages as readers look things up: by the first letter of a name, or by year."""

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

MOST_LINES = 400
"""How many lines a page of a list has, unless a single entry has more: such a page is of some 200 KB at most."""


class Entry(NamedTuple):
    """An entry of a list: its id, its name, how many lines it takes, and under what it is looked up."""

    id: str
    name: str
    lines: int
    group: str


class Part(NamedTuple):
    """A page of a list: what its path ends in, what it is called, and the ids of its entries."""

    ending: str
    label: str
    ids: list[str]


def initial_of(name: str) -> str:
    """Return under what a name is looked up: its first letter without accents, `0-9`, or `other`."""
    first = unicodedata.normalize("NFKD", name.casefold())[:1]
    return first if "a" <= first <= "z" else "0-9" if "0" <= first <= "9" else "other"


def divide(entries: Iterable[Entry]) -> list[Part]:
    """Return the pages for entries, in the order of groups and names; none, if all of them go on one page.

    A group of too many lines is divided again, from one name to another.
    """
    ordered = sorted(entries, key=lambda entry: (entry.group, entry.name.casefold(), entry.id))
    if sum(entry.lines for entry in ordered) <= MOST_LINES:
        return []
    parts = []
    for group, some in groupby(ordered, key=lambda entry: entry.group):
        pages = fill_pages(some)
        for number, page in enumerate(pages, start=1):
            span = f": {page[0].name} to {page[-1].name}" if pages[1:] else ""
            ending = f"_{group}_{number}" if pages[1:] else f"_{group}"
            parts.append(Part(ending, f"{group.upper()}{span}", [entry.id for entry in page]))
    return parts


def fill_pages(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Return entries in their order, as many on each page as it has room for."""
    pages: list[list[Entry]] = [[]]
    lines = 0
    for entry in entries:
        if pages[-1] and lines + entry.lines > MOST_LINES:
            pages.append([])
            lines = 0
        pages[-1].append(entry)
        lines += entry.lines
    return pages
