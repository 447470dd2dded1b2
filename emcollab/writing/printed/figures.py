"""The figures of a printed table as statements to be added, each to the one benefit or cost that it can be of."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from emcollab.checks.printed import write_off
from emcollab.loading.parser import Value
from emcollab.records.benefit import Benefit, Cost
from emcollab.records.ledger import Ledger, project_path
from emcollab.records.published import TOTAL, Published
from emcollab.results.arithmetic import Grid, Place
from emcollab.results.printed import AMOUNT
from emcollab.values.money import POUNDS
from emcollab.values.terms import CASHABLE
from emcollab.writing.printed.draft import Draft
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
    if draft.arithmetic is None:
        return Statements({}, 0, [])
    table, grid = draft.arithmetic.table, draft.arithmetic.grid
    held = {(*each.stated, each.basis, each.period, each.source): each for each in ledger.figures}
    remarks: list[Remark] = []
    found: dict[_Stated, str] = {}
    for place, chosen in _list_chosen(table, grid):
        where = draft.places[place]
        subjects = list(_find_subjects(chosen, grid.unit_of(place), ledger))
        if len(subjects) != 1:
            there = ", ".join(f"{project}/{id_}" for project, id_, _ in subjects)
            message = f"it can be of {there}" if there else "the ledger has no benefit or cost that it can be of"
            remedy = f"say --row '{draft.labels[place[0]]}' 'benefit: …'" if there else "make that first"
            remarks.append(Remark(*where, "unknown-benefit", f"not stated: {message}", remedy, stops=False))
            continue
        stated = _Stated(*subjects[0], chosen.get("basis", "reported"), chosen["period"], str(chosen.get("as_at", "")))
        number = (grid.cells[place].number or Decimal(0)) * grid.sign_of(place)
        amount = write_off(number, grid.unit_of(place))
        there_is = held.get((*stated[:5], table.source))
        other = "" if there_is is None or there_is.amount == number else write_off(there_is.amount, grid.unit_of(place))
        if other := other or (found[stated] if found.get(stated, amount) != amount else ""):
            message = f"two amounts for '{stated.basis}' of '{stated.period}': {amount} here, and {other} in this paper"
            remarks.append(Remark(*where, "conflicting-figures", message, "look which is right"))
        elif there_is is None:
            found[stated] = amount
    return Statements(_write(found, table), len(found), remarks)


def _list_chosen(table: Published, grid: Grid) -> Iterator[tuple[Place, dict[str, Any]]]:
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
