"""The figures of a printed table as statements to be added, each to the one benefit or cost that it can be of."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from emcollab.checks.printed import write_off
from emcollab.loading.parser import Value
from emcollab.records.benefit import Benefit, Cost
from emcollab.records.ledger import Ledger, project_path
from emcollab.records.published import TOTAL, Published
from emcollab.results.arithmetic import Grid, Position
from emcollab.results.printed import AMOUNT
from emcollab.values.money import POUNDS
from emcollab.values.problems import BadValue
from emcollab.values.terms import CASHABLE, STANDING
from emcollab.writing.printed.draft import Draft
from emcollab.writing.printed.layout import quote
from emcollab.writing.proof import Additions
from emcollab.writing.sheet import Remark

_SELECTED = ("period", "basis", "as_at", "category", "cashability", "recurrence", "area", "project", "benefit")


class _Stated(NamedTuple):
    """A figure of a cell: the benefit or cost that it is of (`project`, `id`, `is_cost`), and what is stated of it."""

    project: str
    id: str
    is_cost: bool
    basis: str
    period: str
    as_at: str


class Statements(NamedTuple):
    """What is to be added to the projects of a ledger, how many figures that is, and remarks on cells not taken."""

    additions: Additions
    figures: int
    remarks: list[Remark]


def draft_statements(draft: Draft, ledger: Ledger) -> Statements:
    """Return the statements of the figures of a table that `ledger` does not have yet.

    Nothing is made for them: a figure that can be of several benefits, or of none, is told and left out.
    """
    remarks: list[Remark] = []
    found: dict[_Stated, str] = {}
    table = draft.arithmetic.table if draft.arithmetic else None
    if table is None or table.source not in ledger.sources:
        return Statements({}, 0, [])
    finder = _Finder(draft, table, ledger)
    for place, chosen in _list_chosen(table, finder.grid):
        try:
            stated = finder.find(place, chosen)
            amount = finder.find_amount(place, chosen, stated, found)
        except BadValue as bad:
            stops = bad.code == "conflicting-figures"
            remarks.append(Remark(*draft.places[place], bad.code, bad.message, bad.help, stops=stops))
        else:
            found |= {stated: amount} if amount else {}
    return Statements(_write(found, table), len(found), remarks)


class _Finder:
    """The figures that a ledger has, and the benefits and costs that those of a table can be of."""

    def __init__(self, draft: Draft, table: Published, ledger: Ledger) -> None:
        self.draft = draft
        self.table = table
        self.ledger = ledger
        self.grid = Grid(table)
        self._held = {(*each.stated, each.basis, each.period, each.as_at): each
                      for each in ledger.figures if each.source == table.source}  # fmt: skip

    def find(self, place: Position, chosen: Mapping[str, Any]) -> _Stated:
        """Return what a cell states.

        Raises:
            BadValue: it can be of several benefits and costs, or of none.
        """
        subjects = list(_find_subjects(chosen, self.grid.unit_of(place), self.ledger))
        if len(subjects) == 1:
            as_at = str(chosen.get("as_at", ""))
            return _Stated(*subjects[0], chosen.get("basis", "reported"), chosen["period"], as_at)
        there = ", ".join(f"{project}/{id_}" for project, id_, _ in subjects)
        message = f"it can be of {there}" if there else "the ledger has no benefit or cost that it can be of"
        remedy = f"say --row {quote(self.draft.labels[place[0]])} 'benefit: …'" if there else "make that first"
        raise BadValue("unknown-benefit", f"not stated: {message}", remedy)

    def find_amount(
        self, place: Position, chosen: Mapping[str, Any], stated: _Stated, found: Mapping[_Stated, str]
    ) -> str:
        """Return the amount of a cell as data files write it; nothing, if the ledger has it already.

        Raises:
            BadValue: the same paper gives another, in the ledger or in another cell.
        """
        unit = self.grid.unit_of(place)
        number = (self.grid.cells[place].number or Decimal(0)) * self.grid.sign_of(place)
        amount = write_off(number, unit)
        day = chosen.get("as_at") or self.ledger.sources[self.table.source].reports_to
        same = [each for basis in ([chosen["basis"]] if "basis" in chosen else STANDING)
                if (each := self._held.get((*stated[:3], basis, stated.period, day)))]  # fmt: skip
        if any(each.amount == number for each in same):
            return ""
        others = [write_off(each.amount, unit) for each in same if each.basis == stated.basis]
        if other := next((text for text in [*others, found.get(stated, amount)] if text != amount), ""):
            what = f"'{stated.basis}' of '{stated.period}'"
            message = f"two amounts for {what}: {amount} here, and {other} in the same paper"
            raise BadValue("conflicting-figures", message, "look which is right")
        return amount


def _list_chosen(table: Published, grid: Grid) -> Iterator[tuple[Position, dict[str, Any]]]:
    """Yield each cell of figures, with what its row and its column say of them; those of forces are only parts."""
    for place, cell in grid.cells.items():
        line, column = grid.lines[place[0]], grid.columns[place[1]]
        is_worked_out = line.row.is_computed or (column.is_computed and not column.period) or line.id == TOTAL
        if is_worked_out or cell.kind != AMOUNT or not (line.row.compare and column.compare):
            continue
        chosen = {name: value for name in _SELECTED if (value := getattr(line.row, name) or getattr(column, name))}
        if table.by in {"area", "project", "benefit"} and "period" in chosen:
            yield place, {table.by: line.id, **chosen}


def _find_subjects(chosen: Mapping[str, Any], unit: str, ledger: Ledger) -> Iterator[tuple[str, str, bool]]:
    """Yield each benefit and cost that a cell of this unit can be of."""
    for project, record in ledger.projects.items():
        for id_, benefit in (*record.benefits.items(), *record.costs.items()):
            own = {"project": project, "benefit": f"{project}/{id_}", "area": benefit.area}
            is_meant = all(own[name] == chosen[name] for name in own if name in chosen)
            if is_meant and benefit.measure == ("money" if unit in POUNDS else unit) and _is_of_kind(benefit, chosen):
                yield project, id_, benefit.is_spent


def _is_of_kind(benefit: Cost, chosen: Mapping[str, Any]) -> bool:
    category = benefit.category if isinstance(benefit, Benefit) else "cost"
    cashability = (isinstance(benefit, Benefit) and benefit.cashability) or "unstated"
    kinds = CASHABLE if chosen.get("cashability") == "cashable" else {chosen.get("cashability", cashability)}
    if "category" not in chosen and "benefit" not in chosen and category == "cost":
        return False
    return (
        chosen.get("category", category) == category
        and cashability in kinds
        and chosen.get("recurrence", benefit.recurrence) == benefit.recurrence
    )


def _write(found: Mapping[_Stated, str], table: Published) -> Additions:
    """Return the additions: of each benefit or cost one statement, or one for each day up to which it reports."""
    additions: dict[str, dict[str, Value]] = {}
    statements: dict[tuple[object, ...], dict[str, Any]] = {}
    for stated, amount in found.items():
        of_project: dict[str, Any] = additions.setdefault(project_path(stated.project), {})
        stated_there = of_project.setdefault("costs" if stated.is_cost else "benefits", {})
        listed = stated_there.setdefault(stated.id, {"statements": []})["statements"]
        key = (*stated[:3], stated.as_at)
        if key not in statements:
            said = {"source": table.source, "at": table.at, "as_at": stated.as_at}
            statements[key] = {name: text for name, text in said.items() if text}
            listed.append(statements[key])
        statements[key].setdefault(stated.basis, {})[stated.period] = amount
    return additions
