"""What a person says that a paper says, as the values of data files: a statement, and the paper itself."""

from collections.abc import Mapping, Sequence
from datetime import date

from emcollab.loading.parser import Value
from emcollab.records.base import id_meant
from emcollab.records.ledger import Ledger
from emcollab.values.problems import Keys
from emcollab.values.terms import BASES

_IN_ORDER = (
    "source", "as_at", "at", "quote", "note", "status", "forces", "lead", "closed", *BASES, "reason", "baseline",
    "owner", "assurance", "assured_by",
)  # fmt: skip

Said = str | date | Sequence[str] | Sequence[tuple[str, str]] | None
"""A text, a day, forces, or the periods and amounts of figures."""


def find_statements(ledger: Ledger, project: str, benefit: str) -> Keys:
    """Return the keys of the statements of a project, or of one of its benefits or costs, in its file."""
    if not benefit:
        return ("statements",)
    return "benefits" if benefit in ledger.projects[project].benefits else "costs", benefit, "statements"


def make_statement(said: Mapping[str, Said]) -> dict[str, Value]:
    """Return the statement that says all that is `said`, by its names in data files; what is `None` or empty is not."""
    closure = {
        name: str(said[key]) for name, key in (("date", "closed"), ("reason", "closed_because")) if said.get(key)
    }
    return {name: _as_value(item) for name in _IN_ORDER if (item := closure if name == "closed" else said.get(name))}


def _as_value(said: object) -> Value:
    if isinstance(said, dict):
        return said
    if isinstance(said, tuple):
        return dict(said) if isinstance(said[0], tuple) else list(said)
    return str(said)


def make_paper(said: Mapping[str, Said]) -> tuple[str, dict[str, Value]]:
    """Return the id and the record of a paper, by what is `said` of it; an id is made of body, date and mark."""
    names = ("title", "body", "date", "mark", "url")
    paper: dict[str, Value] = {name: str(said[name]) for name in names if said.get(name)}
    mark = str(said.get("mark") or "")
    letter = f"paper {mark}" if mark and len(mark.split()) == 1 else mark  # `Item 9` and `Paper 3` say what they are
    made = id_meant(f"{said['body']} {said['date']} {letter}")
    return str(said.get("source") or made), paper
