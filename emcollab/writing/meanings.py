"""What the texts in a column mean: ids of the ledger, or new ones; words of the ledger; papers; forces.

Each text of a field is looked up once. What the rules of the sheet say comes first.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from emcollab.records.ledger import Ledger
from emcollab.records.rules import Rules
from emcollab.values.dates import format_when
from emcollab.values.problems import BadValue
from emcollab.writing.cells import AmountKind, Kind, is_nothing, read_kind, read_period, read_word
from emcollab.writing.headings import find_unit
from emcollab.writing.names import Names
from emcollab.writing.papers import Paper, read_paper
from emcollab.writing.spellings import NO_FORCE, count_all, plain


class Found(NamedTuple):
    """What a text of a field means; `told` is how to say so, if that is not plain, and `why` it is read so."""

    value: Any
    told: str = ""
    why: str = ""


class Meanings:
    """What texts mean, by field. `projects`, `areas` and `forces` know which are new; `papers` are new."""

    def __init__(self, rules: Rules, ledger: Ledger) -> None:
        """Keep what the ledger has by name."""
        self._rules, self._ledger = rules, ledger
        names = rules.names
        self.projects = Names("project", {id_: [each.name] for id_, each in ledger.projects.items()}, names.projects)
        self.areas = Names("area", {id_: [label] for id_, label in ledger.areas.items()}, names.areas)
        self.forces = Names("force", {id_: _list_names(each.name) for id_, each in ledger.forces.items()}, names.forces)
        self.papers: dict[str, Paper] = {}
        self.names_all = False  # whether a cell means every force of the ledger
        self._found: dict[tuple[str, str], Found | BadValue] = {}
        self._finders: dict[str, Callable[[str], Found]] = {
            "project": self._find_in(self.projects), "area": self._find_in(self.areas), "category": self._find_kind,
            "cashability": self._find_cashability, "measure": _find_measure,
            "recurrence": self._find_word("recurrence"), "forces": self._find_forces,
            "period": self._find_period, "basis": self._find_word("basis"), "source": self._find_source,
        }  # fmt: skip

    def find(self, field: str, text: str) -> Found:
        """Return what a text of a field means.

        Raises:
            BadValue: nothing that is known, or it may be one of several.
        """
        key = field, text
        found = self._found.get(key) or self._found.setdefault(key, _keep(self._finders[field], text))
        if isinstance(found, BadValue):
            raise found
        return found

    def _find_in(self, names: Names) -> Callable[[str], Found]:
        def find(text: str) -> Found:
            id_ = names.resolve(text)
            return Found(id_, id_ if names.shown(id_) != text else "")

        return find

    def _find_word(self, field: str) -> Callable[[str], Found]:
        """Return what finds the word of the ledger in a field; what the rules say of it comes first."""
        meant = {plain(text): word for text, word in getattr(self._rules.words, field).items()}

        def find(text: str) -> Found:
            read = read_word(field, meant.get(plain(text), text))
            return Found(read.value, read.value if plain(read.value) != plain(text) else "")

        return find

    def _find_kind(self, text: str) -> Found:
        """Return the kind of benefit that a text names; what the rules say of it comes first."""
        meant = self._rules.words.category.get(text, text)
        return Found(Kind("", "", ""), "not stated") if is_nothing(meant) else Found(*read_kind(meant))

    def _find_cashability(self, text: str) -> Found:
        found = Found("", "not stated") if is_nothing(text) else self._find_word("cashability")(text)
        return Found("", "not stated") if found.value == "unstated" else found

    def _find_period(self, text: str) -> Found:
        read = read_period(self._rules.words.period.get(text, text))
        return Found(read.value, read.value if read.value != text else "")

    def _find_source(self, text: str) -> Found:
        """Return the id of the paper that a text names: one of the ledger, or one made of its body and date."""
        sources, meant = self._ledger.sources, self._rules.names.sources.get(text, text)
        if meant in sources:
            return Found(meant, meant if meant != text else "")
        titled = [id_ for id_, source in sources.items() if plain(source.title) == plain(meant)]
        if len(titled) == 1:
            return Found(titled[0], titled[0])
        paper = read_paper(meant)
        body = self._rules.names.bodies.get(paper.body, paper.body)
        said = (paper.title, paper.mark) if paper.mark else (paper.title,)
        id_ = next(
            (
                id_
                for id_, source in sources.items()
                if (source.body, source.date) == (body, paper.date) and {source.title, source.mark} & {*said}
            ),
            paper.id,
        )
        if id_ not in sources:
            self.papers[id_] = paper._replace(body=body)
        return Found(id_, id_, f"{body}, {format_when(paper.date)}, {paper.title}")

    def _find_forces(self, text: str) -> Found:
        """Return the ids of the forces that a text names, or of every force of the region for `All`.

        Raises:
            BadValue: what stands for a force is the name of none.
        """
        ids: list[str] = []
        for part in re.split(r"\s*[;,/\n]\s*", text):
            whole = self.forces.find(part)
            pieces = [part] if whole else re.split(r"\s*(?:&|\+|\band\b)\s*", part)
            for piece in filter(None, pieces):
                number = count_all(piece)
                if number is not None:
                    ids += self._find_all(piece, number)
                elif self.forces.find(piece) or not NO_FORCE.fullmatch(plain(piece)):
                    ids.append(self.forces.resolve(piece))
                else:
                    remedy = "name them, or leave the cell blank where the paper names none"
                    raise BadValue("unknown-force", f"'{piece}' is the name of no force", remedy)
        ids = list(dict.fromkeys(ids))
        shown = ", ".join(ids)
        return Found(tuple(ids), shown if shown != text else "")

    def _find_all(self, text: str, number: int) -> list[str]:
        """Return every force of the region, of which `text` says how many there are, or 0.

        Raises:
            BadValue: it is another number, or there are new ones in the sheet.
        """
        ids = [id_ for id_, force in self._ledger.forces.items() if force.in_region]
        if not ids or (number and number != len(ids)):
            message = f"'{text}' is every force of the region, and the ledger has {len(ids)}"
            raise BadValue("unknown-force", message, "name the forces, or add those that lack to forces.yaml")
        self.names_all = True
        return ids


def _keep(find: Callable[[str], Found], text: str) -> Found | BadValue:
    """Return what a text is found to mean, or the fault in it."""
    try:
        return find(text)
    except BadValue as bad:
        return bad


def _find_measure(text: str) -> Found:
    """Return the measure, or the unit of money, that a cell names for the amount in its row."""
    if unit := find_unit(text):
        return Found(AmountKind(unit, "money"))
    return Found(AmountKind("", read_word("measure", text).value))


def _list_names(force: str) -> list[str]:
    """Return the names of a force, without what most of them end with too."""
    short = re.sub(r"(?i)\s+(police( service| force)?|constabulary)$", "", force)
    return list(dict.fromkeys([force, short]))
