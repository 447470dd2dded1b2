"""Registers, for people and for programs: the projects, who collaborates with whom, and the recommendations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from emcollab.records.ledger import Ledger, ProjectState
from emcollab.records.project import ProjectStatement
from emcollab.records.recommendation import Recommendation
from emcollab.render.page import Block, Heading, Items, Page, Paragraph, Quotation, Row, Table
from emcollab.render.pages.words import (
    count,
    end_sentence,
    join,
    name_paper,
    number,
    say_as_at,
    say_forces,
    say_place,
    sort_by_name,
)
from emcollab.values.dates import format_when


def make_projects_page(ledger: Ledger, ids: Iterable[str], as_at: date | None = None) -> Page:
    """Return the register of the projects `ids` by name, and below it why any were closed.

    `as_at` is told, of the ledger as it was known on that day; so of the other registers.
    """
    chosen = {id_: ledger.states[id_] for id_ in sort_by_name(ledger, ids)}
    figures = Counter(figure.project for figure in ledger.figures)
    rows = tuple(
        Row((ledger.projects[id_].name, id_, state.status, _say_forces(ledger, state), f"{figures[id_]:,}"))
        for id_, state in chosen.items()
    )
    counted = Paragraph(f"{count(len(chosen), 'project').capitalize()}. A dash: no paper says.")
    blocks: list[Block] = [*_say_day(as_at), counted]
    if rows:
        headings = ("Project", "Id", "Status", "Forces", "Figures")
        blocks.append(Table("Register", headings, (False, False, False, False, True), rows))
    closed = ((ledger.projects[id_].name, state.closed.reason) for id_, state in chosen.items() if state.closed)
    if reasons := tuple(f"{name}: {end_sentence(reason)}" for name, reason in closed if reason):
        blocks += [Heading("Why projects were closed"), Items(reasons)]
    return Page("Projects", tuple(blocks))


def list_projects(ledger: Ledger, ids: Iterable[str]) -> list[dict[str, object]]:
    """Return the register for other programs."""
    figures = Counter(figure.project for figure in ledger.figures)
    return [
        {
            "id": id_, "name": project.name, "status": state.status, "priority": state.priority,
            "forces": state.forces, "force_count": state.force_count or len(state.forces) or None,
            "lead": state.lead, "benefits": list(project.benefits), "costs": list(project.costs),
            "outcomes": list(project.outcomes), "figures": figures[id_],
            "closed": {"date": state.closed.date, "reason": state.closed.reason} if state.closed else None,
        }
        for id_, project, state in ((id_, ledger.projects[id_], ledger.states[id_]) for id_ in ids)
    ]  # fmt: skip


def make_forces_page(ledger: Ledger, as_at: date | None = None) -> Page:
    """Return who collaborates with whom: the forces, then their groups, the largest first."""
    taking_part = Counter(
        force for id_, state in ledger.states.items() if not _is_proposal(ledger, id_) for force in set(state.forces)
    )
    rows = tuple(
        Row((force.name, id_, "yes" if force.in_region else "no", f"{taking_part[id_]:,}"))
        for id_, force in ledger.forces.items()
    )
    blocks: list[Block] = _say_day(as_at) or _say_latest(ledger)
    if rows:
        headings = ("Force", "Id", "In the region", "Projects")
        blocks.append(Table("Forces", headings, (False, False, False, True), rows))
    groups = [(f"{_say_size(len(forces))}: {say_forces(ledger, forces)}", ids) for forces, ids in _groups(ledger)]
    for size, ids in _unnamed(ledger):
        said = f"{_say_size(size)}, which no paper names" if size else "No paper says which forces take part"
        groups.append((said, ids))
    groups = [(said, sort_by_name(ledger, ids)) for said, ids in groups]
    for said, ids in groups:
        if begun := [id_ for id_ in ids if not _is_proposal(ledger, id_)]:
            blocks += [Heading(said), Items(tuple(_say_project(ledger, id_) for id_ in begun))]
    if proposals := sort_by_name(ledger, (id_ for _, ids in groups for id_ in ids if _is_proposal(ledger, id_))):
        names = (f"{_say_project(ledger, id_)}: {_say_forces(ledger, ledger.states[id_]) or 'forces not stated'}"
                 for id_ in proposals)  # fmt: skip
        blocks += [Heading("Proposed, and no collaboration yet"), Items(tuple(names))]
    return Page("Who collaborates with whom", tuple(blocks))


def _is_proposal(ledger: Ledger, id_: str) -> bool:
    return ledger.states[id_].status == "proposed"


def _say_project(ledger: Ledger, id_: str) -> str:
    """Return a project with the paper that says who takes part; if it is over or proposed, with the paper for it."""
    state = ledger.states[id_]
    who = state.said.get("forces") or state.said.get("force_count")
    over = state.said["status"] if state.status in ("closed", "completed", "proposed") else None
    if over and who and over.source == who.source:
        who, over = (who, None) if state.status == "proposed" else (None, over)
    said = f"{ledger.projects[id_].name}{_cite(ledger, who)}"
    return f"{said}; {state.status}{_cite(ledger, over)}" if over else said


def _cite(ledger: Ledger, statement: ProjectStatement | None) -> str:
    return f" ({name_paper(ledger.sources[statement.source])})" if statement else ""


def list_forces(ledger: Ledger) -> dict[str, object]:
    """Return the forces and their groups for other programs, and which of the projects are only proposed."""
    return {
        "forces": [
            {
                "id": id_, "name": force.name, "in_region": force.in_region,
                "projects": [project for project, state in ledger.states.items() if id_ in state.forces],
            }
            for id_, force in ledger.forces.items()
        ],
        "groups": [{"forces": forces, "projects": projects} for forces, projects in _groups(ledger)],
        "unnamed": [{"force_count": size or None, "projects": projects} for size, projects in _unnamed(ledger)],
        "proposed": [id_ for id_ in ledger.projects if _is_proposal(ledger, id_)],
    }  # fmt: skip


def make_recommendations_page(ledger: Ledger, as_at: date | None = None) -> Page:
    """Return each recommendation with what was done, and where that is said."""
    blocks: list[Block] = _say_day(as_at)
    for id_, made in ledger.recommendations.items():
        place = say_place(ledger.sources[made.source], made.at)
        blocks += [Heading(f"{made.made_by}: {made.title or id_}"), Paragraph(f"{place}."), *_note(made.note)]
        for key, item in made.items.items():
            blocks += _recommendation_blocks(ledger, key, item)
    if not ledger.recommendations:
        blocks.append(Paragraph("The ledger has no recommendations."))
    return Page("Recommendations", tuple(blocks))


def _recommendation_blocks(ledger: Ledger, key: str, item: Recommendation) -> Iterator[Block]:
    """Yield what is recommended, what came of it and where that is said; only quotations are the paper's own words."""
    response = item.response.replace("-", " ") if item.response else "no paper says whether it was accepted"
    yield Heading(f"{key}. {item.area or 'Recommendation'}: {response}", 3)
    yield Quotation(item.recommendation)
    yield Paragraph(f"What came of it: {end_sentence(item.action)}" if item.action else "No paper says what was done.")
    if item.source:
        said = "This is said in" if item.action else "It is answered in" if item.response else "It is spoken of in"
        yield Paragraph(f"{said} {say_place(ledger.sources[item.source], item.at)}{':' if item.quote else '.'}")
    if item.quote:
        yield Quotation(item.quote)
    yield from _note(item.note)


def _note(note: str | None) -> list[Block]:
    return [Paragraph(f"Note: {note}")] if note else []


def list_recommendations(ledger: Ledger) -> list[dict[str, object]]:
    """Return the recommendations for other programs."""
    return [
        {
            "set": id_, "item": key, "made_by": made.made_by, "source": made.source, "area": item.area,
            "recommendation": item.recommendation, "action": item.action, "response": item.response,
            "answered_in": item.source, "at": item.at, "quote": item.quote, "note": item.note,
        }
        for id_, made in ledger.recommendations.items()
        for key, item in made.items.items()
    ]  # fmt: skip


def _say_day(as_at: date | None) -> list[Block]:
    return [Paragraph(say_as_at(as_at))] if as_at else []


def _say_latest(ledger: Ledger) -> list[Block]:
    """Return up to which paper the register goes, if there are papers."""
    latest = max(ledger.sources.values(), key=lambda source: source.day, default=None)
    if latest is None:
        return []
    return [Paragraph(f"By the papers up to {format_when(latest.date)}; what is said of a project may be older.")]


def _say_forces(ledger: Ledger, state: ProjectState) -> str | None:
    if state.forces:
        return join([ledger.forces[force].name for force in state.forces])
    return f"{number(state.force_count)}, not named" if state.force_count else None


def _say_size(size: int) -> str:
    return f"{number(size).capitalize()} {'force' if size == 1 else 'forces'}"


def _groups(ledger: Ledger) -> list[tuple[tuple[str, ...], list[str]]]:
    """Return each group of forces with the ids of its projects; the largest first, then by the order of forces."""
    order = list(ledger.forces)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_, state in ledger.states.items():
        if state.forces:
            groups[tuple(sorted(state.forces, key=order.index))].append(id_)
    return sorted(groups.items(), key=lambda group: (-len(group[0]), [order.index(force) for force in group[0]]))


def _unnamed(ledger: Ledger) -> list[tuple[int, list[str]]]:
    """Return the projects whose forces are not named, by how many there are, the most first; 0: that is not said."""
    unnamed: dict[int, list[str]] = defaultdict(list)
    for id_, state in ledger.states.items():
        if not state.forces:
            unnamed[state.force_count or 0].append(id_)
    return sorted(unnamed.items(), reverse=True)
