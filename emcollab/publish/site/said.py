"""What papers say of projects beside figures, in words: how they stand, benefits without a number, milestones."""

from collections.abc import Iterator
from typing import NamedTuple

from emcollab.records.ledger import Ledger
from emcollab.records.project import Milestone, Project, ProjectStatement
from emcollab.render.pages.words import count, say_forces, without_stop
from emcollab.values.dates import format_when, say_when


class ProjectSaid(NamedTuple):
    """What a paper says of a project: where on the page of the project that is, and the text."""

    source: str
    anchor: str
    text: str


def list_said(ledger: Ledger, project: Project) -> Iterator[ProjectSaid]:
    """Yield what papers say of a project that is no figure; their own words, where there are no others."""
    for statement in project.statements:
        if text := say_statement(ledger, statement) or (statement.quote and f"“{statement.quote}”"):
            yield ProjectSaid(statement.source, "said", text)
    for outcome in project.outcomes.values():
        yield ProjectSaid(outcome.source, "outcomes", outcome.text)
    for milestone in project.milestones:
        yield ProjectSaid(milestone.source, "milestones", f"milestone: {say_milestone(milestone)}")


def say_statement(ledger: Ledger, statement: ProjectStatement) -> str:
    """Return what a paper says of a project: how it stands, who takes part, who leads it; nothing, if it is quoted."""
    said: list[str] = []
    if closed := statement.closed:
        said.append(f"closed {say_when(closed.date)}" if closed.date else "closed")
        said += [f"the reason: {without_stop(closed.reason)}"] if closed.reason else []
    elif statement.status:
        said.append(statement.status)
    if statement.forces:
        said.append(f"forces: {say_forces(ledger, statement.forces)}")
    if statement.force_count is not None:
        said.append(f"{count(statement.force_count, 'force')}, not named")
    if statement.lead:
        said.append(f"lead: {statement.lead}")
    if statement.priority:
        said.append("a priority of the programme")
    return "; ".join(said)


def say_milestone(milestone: Milestone) -> str:
    """Return a step of a project, from when to when, and how far it is."""
    ends = (("from", milestone.start), ("to", milestone.end))
    when = " ".join(f"{word} {format_when(day)}" for word, day in ends if day)
    state = f": {milestone.state.replace('-', ' ')}" if milestone.state else ""
    return f"{milestone.name}{f', {when}' if when else ''}{state}"
