"""What people write in a sheet for the words of the ledger: one literal table a field.

A word is looked up in small letters, and without what is neither letter nor digit: `Plan / Est.` is `plan est`. What is
in no table is asked about, and never guessed; `words` in the rules of a sheet answers for good.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "project": ("project", "project name", "project title", "scheme", "scheme name", "collaboration", "initiative",
                "shared service", "workstream", "work stream", "programme"),
    "benefit": ("benefit", "benefit cost", "benefit or cost", "benefit name", "benefit description", "benefit title",
                "saving description", "savings description", "description of saving", "description of benefit",
                "description", "saving", "savings", "detail", "details"),
    "area": ("area", "theme", "portfolio", "business area", "directorate", "programme area", "function", "workstream",
             "work stream", "programme"),
    "category": ("type", "category", "kind", "benefit type", "type of benefit", "saving type", "type of saving",
                 "saving or cost", "saving cost"),
    "cashability": ("cashable", "cashability", "cashable non cashable", "cashable or non cashable", "cashable y n",
                    "cash releasing", "cashable or not"),
    "measure": ("measure", "unit of measure", "unit", "units", "money or posts"),
    "recurrence": ("recurrence", "recurring", "recurring or one off", "recurring one off", "one off or recurring",
                   "one off recurring", "one off"),
    "forces": ("force", "forces", "partner", "partners", "partner forces", "force s", "partner s", "forces involved",
               "forces taking part", "participating forces"),
    "period": ("year", "fy", "financial year", "fin year", "f y", "fiscal year", "period", "financial year ending",
               "financial year ended", "financial year end", "year ending", "year ended", "year end", "fy ending"),
    "basis": ("plan est actual", "plan estimate actual", "plan forecast actual", "plan actual", "plan or actual",
              "estimate actual", "estimate or actual", "est actual", "forecast actual", "forecast or actual",
              "target actual", "basis", "figure type", "kind of figure", "type of figure"),
    "amount": ("amount", "value", "figure", "sum"),
    "source": ("source", "paper", "reported in", "reported to", "source paper", "source document", "meeting", "report",
               "document", "source ref", "paper ref", "reference", "ref"),
    "date": ("date of paper", "paper date", "date of meeting", "meeting date", "reported on"),
    "body": ("body", "committee", "board", "panel"),
    "at": ("page para", "page paragraph", "page or para", "para", "paragraph", "page", "place", "place in paper",
           "section", "page ref", "table", "where"),
    "owner": ("owner", "benefit owner", "owned by", "sro", "responsible"),
    "baseline": ("baseline", "base line", "measured against"),
    "quote": ("quote", "quotation", "wording"),
    "note": ("note", "notes", "comment", "comments", "remarks", "commentary"),
}  # fmt: skip
"""How people head the columns of each field, the surest first."""

LEFT_OUT: Mapping[str, str] = {
    "rag": "a grade of how it goes, for which a ledger has no place",
    "rag status": "a grade of how it goes, for which a ledger has no place",
    "status": "what became of a project is a statement of a paper",
    "variance": "a difference is worked out, and not stated",
    "shortfall": "a difference is worked out, and not stated",
    "ref": "what counts the rows",
    "no": "what counts the rows",
    "id": "what counts the rows",
    **{
        f"{name}{quarter}": "a ledger has no quarters of years"
        for name in ("q", "quarter ", "qtr ", "qtr")
        for quarter in range(1, 5)
    },
}
"""Columns of which it is known why they are left out."""

BASES: Mapping[str, tuple[str, ...]] = {
    "plan": ("plan", "planned", "target", "budget", "business case", "original plan", "baseline plan",
             "profile", "profiled", "profiled budget"),
    "estimate": ("est", "estimate", "estimated", "forecast", "forecast outturn", "projected", "projection", "expected",
                 "fcast", "f cast", "latest forecast", "latest estimate", "revised estimate", "revised forecast"),
    "reported": ("reported", "stated"),
    "actual": ("actual", "actuals", "outturn", "out turn", "achieved", "delivered", "realised", "final outturn"),
    "at_risk": ("at risk",),
    "delayed": ("delayed", "slipped"),
    "not_achievable": ("not achievable", "unachievable", "undeliverable"),
}  # fmt: skip

CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "saving": ("saving", "savings", "efficiency", "efficiencies"),
    "funding": ("funding", "grant", "grants", "grant funding", "external funding"),
    "unclassified": ("unclassified", "not stated", "not known", "unknown"),
    "cost": (
        "cost",
        "costs",
        "investment",
        "expenditure",
        "spend",
        "one off cost",
        "implementation cost",
        "set up cost",
        "pressure",
        "pressures",
    ),
}

CASHABILITIES: Mapping[str, tuple[str, ...]] = {
    "cash-releasing": ("cash releasing", "cr", "released", "cash released", "y released", "yes released",
                       "y cash releasing", "yes cash releasing", "cashable released", "cashable cash releasing"),
    "not-cash-releasing": ("not cash releasing", "not released", "y not released", "yes not released",
                           "cashable not released", "non cash releasing", "cashable not cash releasing"),
    "cashable": ("y", "yes", "cashable", "c"),
    "non-cashable": ("n", "no", "non cashable", "not cashable", "noncashable", "nc", "n avoidance", "no avoidance",
                     "avoidance", "cost avoidance", "n cost avoidance"),
    "unstated": ("n a", "na", "unstated", "not stated", "unknown", "not known", "tbc"),
}  # fmt: skip

MEASURES: Mapping[str, tuple[str, ...]] = {
    "money": ("money", "gbp", "pounds", "cash"),
    "posts": ("post", "posts", "fte", "ftes", "wte", "headcount"),
    "hours": ("hour", "hours", "hrs", "hr", "officer hours", "staff hours"),
}

RECURRENCES: Mapping[str, tuple[str, ...]] = {
    "recurring": ("recurring", "recurrent", "r", "ongoing", "y", "yes", "annual"),
    "one-off": ("one off", "oneoff", "non recurring", "non recurrent", "o", "n", "no", "once"),
}

PERIODS: Mapping[str, tuple[str, ...]] = {
    "a year": (
        "a year",
        "pa",
        "p a",
        "per annum",
        "per year",
        "annual",
        "annually",
        "each year",
        "every year",
        "yearly",
    ),
    "in all": ("in all", "total", "in total", "overall", "altogether", "whole life"),
}

AMOUNTS = (
    "amount",
    "value",
    "figure",
    "sum",
    "saving",
    "savings",
    "benefit",
    "benefits",
    "cost",
    "costs",
    "full",
    "grant",
    "funding",
    "saved",
    "removed",
)
"""What a heading of amounts may say beside their period, basis and unit."""

TOTALS = ("total", "totals", "grand total", "overall total", "sub total", "subtotal", "sum", "total savings")
"""How rows and columns of sums are called; a row's name may also end or begin with `total`."""

_NUMBERS = {word: number for number, word in enumerate(
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=2
)}  # fmt: skip
_ALL = re.compile(
    rf"(?:(?P<both>both)|all|every|each)(?: of)?(?: the)?(?: (?P<number>[0-9]+|{'|'.join(_NUMBERS)}))?(?: police)?"
    r"(?: forces?| partners?)?(?:(?: in| of| across)?(?: the)? region)?(?: [0-9]+)?"
    r"|(?:whole |entire |the )?region(?:al|ally)?(?: ?wide)?(?: [0-9]+)?"
)
"""How a cell names every force of the region, and how many these are: `All 3`, `Both`, `All three forces`."""

NO_FORCE = re.compile(
    "none|no|yes|y|n|tba|tbc|tbd|forces|partners|police"
    rf"|(?:various|several|multiple|many|some|others?|[0-9]+|{'|'.join(_NUMBERS)})(?: or more)?"
    "(?: police)?(?: forces?| partners?)?"
)
"""What a cell of forces may say that is the name of none."""

NOTHING = frozenset({
    "", "-", "--", "\u2013", "\u2014", "?", "…", "...", "tbc", "tba", "tbd", "pending", "awaited", "unknown", "n/a",
    "na", "n.a", "not known", "not yet known", "to be confirmed", "not available",
})  # fmt: skip
"""What a cell of amounts says when nothing is stated yet."""


@cache
def plain(text: str) -> str:
    """Return `text` in small letters, without accents and signs: `Plan / Est.` is `plan est`."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", bare.casefold().replace("'", "").replace("\u2019", "")).split())


@cache
def _by_word(table: str) -> dict[str, str]:
    words: Mapping[str, tuple[str, ...]] = TABLES[table]
    return {word: meaning for meaning, spelt in words.items() for word in (plain(meaning), *spelt)}


def find_word(table: str, text: str) -> str:
    """Return the word of the ledger that `text` stands for, in the table of a field; nothing, if it is in none."""
    return _by_word(table).get(plain(text), "")


@cache
def rank_heading(field: str, heading: str) -> int | None:
    """Return how surely `heading` heads the column of a field, 0 the most; `None`, if it does not.

    One that is made of what may stand in the column does so too: `Actual/Est`, `Saving, grant or cost`.
    """
    word, spelt = plain(heading), HEADINGS[field]
    if word in spelt:
        return spelt.index(word)
    meanings = [tell_apart(part) for part in re.split(r"[/|,;&+]|\b(?:or|and|vs)\b", heading, flags=re.IGNORECASE)]
    are_its = len(set(meanings)) > 1 and all(found == field for found, _ in meanings)
    return len(spelt) if are_its else None


@cache
def tell_apart(text: str) -> tuple[str, str]:
    """Return the one field in which `text` is a word, and which; nothing, if it is a word of none or of several."""
    found = [(field, word) for field in TABLES if (word := find_word(field, text))]
    return found[0] if len(found) == 1 else ("", "")


TABLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "basis": BASES, "category": CATEGORIES, "cashability": CASHABILITIES, "measure": MEASURES,
    "recurrence": RECURRENCES, "period": PERIODS,
}  # fmt: skip
"""The tables by field. To add one: write it above, and list it here."""


def count_all(text: str) -> int | None:
    """Return how many forces `text` says that all of the region are, 0 if it does not; `None`, if it means others."""
    found = _ALL.fullmatch(plain(text))
    if not found:
        return None
    said = found["number"] or "".join(re.findall("[0-9]+$", text))
    return _NUMBERS.get(said) or int(said or (2 if found["both"] else 0))


@cache
def is_total(text: str) -> bool:
    """Return whether this names a row or column of sums: `TOTAL`, `Contact total`, `Sub-total Vehicles`."""
    word = plain(text)
    return (
        word in TOTALS
        or word.startswith(("total ", "sub total ", "grand total"))
        or word.endswith((" total", " totals"))
    )


HINTS = (
    (r"\b(closed|closure|ceased|cancelled|terminated|withdrew|withdrawn|stopped|abandoned|completed)\b",
     "no status is made of it: if a paper says so, emcollab add {project} --source {source} --status closed"),
    (r"\bsplit\b.*[0-9]|[0-9]{1,3} ?[/:] ?[0-9]{1,3} ?[/:] ?[0-9]{1,3}|[0-9]% ?(each|to)",
     "no shares are made of it: if a paper gives them, write them under 'shares' of the benefit"),
)  # fmt: skip
"""What notes say that a ledger would hold elsewhere, and what to do about it."""


def find_hints(note: str) -> list[str]:
    """Return what is to be done about what a note says; nothing, for most."""
    return [advice for pattern, advice in HINTS if re.search(pattern, note, re.IGNORECASE)]
