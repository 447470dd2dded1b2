"""The benefits and costs that rows are of: their ids, and what rows and ledger say each of them is."""

from collections.abc import Iterator
from typing import NamedTuple

from emcollab.records.benefit import Benefit, Cost
from emcollab.records.ledger import Ledger
from emcollab.values.problems import BadValue
from emcollab.writing.names import Names


class Subject(NamedTuple):
    """The benefit or cost that a row is of: its project and its own id, whether it is a cost, and how it is called."""

    project: str
    id: str
    is_cost: bool
    label: str


class Family(NamedTuple):
    """Benefits or costs of one project and one measure: their names are looked up among themselves."""

    project: str
    is_cost: bool
    measure: str


class Subjects:
    """Benefits and costs by name. `properties` are what each is, with the row that says so: 0 is the ledger."""

    def __init__(self, ledger: Ledger, meant: dict[str, str]) -> None:
        """Keep what the ledger has; `meant` says what names of the sheet mean."""
        self.properties: dict[Subject, dict[str, tuple[str, int]]] = {}
        self._ledger = ledger
        self._meant = meant
        self._families: dict[Family, Names] = {}
        self._found: dict[tuple[Family, str], Subject] = {}
        self._owners: dict[tuple[str, str], Family] = {}  # of each id of a project
        for project, id_ in ledger.benefit_ids():
            cost = ledger.stated(project, id_)
            self._owners[project, id_] = Family(project, not isinstance(cost, Benefit), cost.measure)

    def find(self, family: Family, name: str) -> Subject:
        """Return the benefit or cost of a name in its family: one that is there, or a new one.

        Raises:
            BadValue: it is near to one that is there.
        """
        key = family, name
        return self._found.get(key) or self._found.setdefault(key, self._name(family, name))

    def note(self, subject: Subject, row: int, said: dict[str, str]) -> Iterator[tuple[str, BadValue]]:
        """Note what a row says of a benefit or cost; yield each field of which an earlier row says something else."""
        properties = self.properties[subject]
        for field, value in said.items():
            other, earlier = properties.setdefault(field, (value, row))
            if other != value:
                where = f"row {earlier}" if earlier else "the ledger"
                message = (
                    f"'{subject.project}/{subject.id}' has '{value}' as its {field} here, and '{other}' in {where}"
                )
                yield (
                    field,
                    BadValue("unknown-value", message, "write the same in each row, or give it a name of its own"),
                )

    def _name(self, family: Family, name: str) -> Subject:
        names = self._families.get(family) or self._families.setdefault(family, self._list_names(family))
        id_ = names.resolve(name)
        if self._owners.setdefault((family.project, id_), family) != family:
            id_ = names.rename(id_, f"{id_}-{'costs' if family.is_cost else _ENDINGS[family.measure]}")
            self._owners[family.project, id_] = family
        subject = Subject(family.project, id_, family.is_cost, names.shown(id_))
        there = id_ not in names.new
        self.properties[subject] = dict(_list_properties(self._ledger.stated(family.project, id_))) if there else {}
        return subject

    def _list_names(self, family: Family) -> Names:
        project = self._ledger.projects.get(family.project)
        stated = [] if project is None else project.costs.items() if family.is_cost else project.benefits.items()
        there = {id_: [cost.label] if cost.label else [] for id_, cost in stated if cost.measure == family.measure}
        return Names("benefit", there, self._meant)


_ENDINGS = {"money": "benefits", "posts": "posts", "hours": "hours"}
"""What is put behind an id that a benefit or cost of another family of the project has."""


def _list_properties(cost: Cost) -> Iterator[tuple[str, tuple[str, int]]]:
    said = (
        {"category": cost.category, "cashability": cost.cashability}
        if isinstance(cost, Benefit)
        else {"category": "cost"}
    )
    for field, value in {**said, "area": cost.area, "recurrence": cost.recurrence}.items():
        if value:
            yield field, (value, 0)
