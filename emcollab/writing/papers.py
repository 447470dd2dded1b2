"""Papers as a sheet names them: by a body, a date and a mark in one cell, of which a source of the ledger is made."""

import re
from functools import lru_cache
from typing import NamedTuple

from emcollab.records.base import id_meant
from emcollab.values.dates import MONTHS, parse_when
from emcollab.values.problems import BadValue

_NAMES = "|".join(f"{month[:3]}[a-z]*" for month in MONTHS)
_DAY = re.compile(
    rf"(?ai)\b(?:(?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"
    rf"|(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:[/.-](?P<number>[0-9]{{1,2}})[/.-]|\s+(?P<name>{_NAMES})\.?,?\s+)(?P<year>[0-9]{{4}}|[0-9]{{2}})"
    rf"|(?P<month>{_NAMES})\.?\s+(?P<of>[0-9]{{4}}))(?![0-9])"
)


_MARK = re.compile(
    r"(?ai)(?:paper (?P<letter>[a-z0-9]{1,3})|(?P<item>(?:agenda )?item (?:no\.? ?)?[0-9]{1,3}[a-z]?))(?:\W+|$)"
)


class Paper(NamedTuple):
    """A paper as a sheet names it: whose it is, its date, and what it is called there.

    `mark` is its letter or agenda item, if that is there; the title is the same, where there is no other.
    """

    id: str
    body: str
    date: str
    title: str
    mark: str


@lru_cache(maxsize=10_000)
def read_paper(text: str) -> Paper:
    """Return the paper that `text` names by its body, its date and what it is called: `SCB 14/03/2023 Paper 7`.

    Raises:
        BadValue: there is no date in it, or no body.
    """
    found = _DAY.search(text)
    example = "as 'Committee 14 March 2023 Paper 7', or write the id of a paper in sources.yaml"
    if not found:
        raise BadValue(
            "unknown-source",
            f"'{text}' is no paper of the ledger, and has no date to make one of",
            f"write it {example}",
        )
    date = parse_when(_write_date(found))
    body = text[: found.start()].strip(" ,;:-–(")  # noqa: RUF001 - an en dash is meant
    title = text[found.end() :].strip(" ,;:-–)")  # noqa: RUF001 - an en dash is meant
    if not body:
        raise BadValue("unknown-source", f"'{text}' does not say whose paper it is", f"write it {example}")
    words = [word for word in (id_meant(body), date, id_meant(title)) if word]
    found = _MARK.match(title)
    mark = (found["letter"] or found["item"]) if found else ""
    title = (title[found.end() :] if found else "") or title or f"Paper of {body}"
    return Paper("-".join(words)[:80].rstrip("-"), body, date, _capitalise(title), _capitalise(mark))


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def _write_date(found: re.Match[str]) -> str:
    if found["iso"]:
        return found["iso"]
    names = [month[:3].casefold() for month in MONTHS]
    if found["month"]:
        return f"{found['of']}-{names.index(found['month'][:3].casefold()) + 1:02}"
    month = int(found["number"]) if found["number"] else names.index(found["name"][:3].casefold()) + 1
    return f"{int(found['year']) + 2000 * (len(found['year']) == len('23')):04}-{month:02}-{int(found['day']):02}"
