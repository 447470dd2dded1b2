"""Projects, with all about them that is no amount."""

from emcollab.publish.export.table import CITATION, POSITION, PROJECT, Column, FlatTable, fields_of, refer, values_of
from emcollab.records.base import Citation, MaybeCited
from emcollab.records.ledger import Ledger
from emcollab.records.project import Closure, Milestone, Outcome, Project


def flatten_projects(ledger: Ledger) -> FlatTable:
    """Return the table `projects`, those that were closed with the reason."""
    names = ("name", "status", "summary", "priority", "force_count", "lead", "note")
    closing = ("date", "reason", *CITATION)
    columns = (
        PROJECT,
        *fields_of(Project, *names),
        Column("closed_date", "text", "when it was closed, as exactly as the paper says", required=False),
        Column("closed_reason", "text", "why it was closed", required=False),
        *fields_of(MaybeCited, *CITATION, prefix="closed_"),
    )
    rows = tuple(
        (id_, *values_of(project, names), *values_of(project.closed or Closure(), closing))
        for id_, project in ledger.projects.items()
    )
    return FlatTable("projects", "Projects", columns, ("project",), refer(closed_source="sources"), rows)


def flatten_project_forces(ledger: Ledger) -> FlatTable:
    """Return the table `project_forces`, a row for each force in a project."""
    columns = (PROJECT, Column("force", "text", "a force that takes part"))
    rows = tuple((id_, force) for id_, project in ledger.projects.items() for force in project.forces)
    references = refer(project="projects", force="forces")
    title = "Which forces take part in which projects"
    return FlatTable("project_forces", title, columns, ("project", "force"), references, rows)


def flatten_project_sources(ledger: Ledger) -> FlatTable:
    """Return the table `project_sources`, a row for each place in a paper."""
    columns = (PROJECT, POSITION, *fields_of(Citation, *CITATION))
    rows = tuple(
        (id_, position, *values_of(citation, CITATION))
        for id_, project in ledger.projects.items()
        for position, citation in enumerate(project.sources, start=1)
    )
    references = refer(project="projects", source="sources")
    title = "Where papers speak of projects"
    return FlatTable("project_sources", title, columns, ("project", "position"), references, rows)


def flatten_outcomes(ledger: Ledger) -> FlatTable:
    """Return the table `outcomes`."""
    names = ("kind", "text", *CITATION)
    columns = (PROJECT, Column("outcome", "text", "the outcome, by its id in the project"), *fields_of(Outcome, *names))
    rows = tuple(
        (id_, key, *values_of(outcome, names))
        for id_, project in ledger.projects.items()
        for key, outcome in project.outcomes.items()
    )
    references = refer(project="projects", source="sources")
    return FlatTable("outcomes", "Benefits without a number", columns, ("project", "outcome"), references, rows)


def flatten_milestones(ledger: Ledger) -> FlatTable:
    """Return the table `milestones`."""
    names = ("name", "start", "end", "state", *CITATION, "note")
    columns = (PROJECT, POSITION, *fields_of(Milestone, *names))
    rows = tuple(
        (id_, position, *values_of(milestone, names))
        for id_, project in ledger.projects.items()
        for position, milestone in enumerate(project.milestones, start=1)
    )
    references = refer(project="projects", source="sources")
    return FlatTable("milestones", "Steps of projects", columns, ("project", "position"), references, rows)
