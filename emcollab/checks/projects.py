"""What can be wrong within projects, papers and the ledger as a whole; and every benefit and cost, with its place."""

from collections.abc import Iterator
from datetime import date

from emcollab.records.benefit import Cost
from emcollab.records.ledger import Ledger, project_path
from emcollab.records.project import Project
from emcollab.values.dates import format_day
from emcollab.values.problems import Fault, Keys


def find_stated(ledger: Ledger) -> Iterator[tuple[str, Project, Keys, Cost]]:
    """Yield the file, the project, the keys and the record of each benefit and cost, in the order of the ledger."""
    for id_, project in ledger.projects.items():
        for keys, stated in project.stated():
            yield project_path(id_), project, keys, stated


def contradictory_status(ledger: Ledger) -> Iterator[Fault]:
    """Yield the status of each project that has a closure, and another status than `closed`."""
    for id_, project in ledger.projects.items():
        if project.closed and project.status not in {None, "closed"}:
            message = f"the project is '{project.status}', and has a closure"
            yield Fault(project_path(id_), ("status",), message, "write 'closed', or take the closure out")


def ends_before_it_begins(ledger: Ledger) -> Iterator[Fault]:
    """Yield the last year of a ledger, and the end of each milestone, that comes before the first or the start."""
    first, last = ledger.settings.first_year, ledger.settings.last_year
    if first and last and last < first:
        yield Fault("ledger.yaml", ("last_year",), f"{last} is before the first year, {first}", "mend one of them")
    for id_, project in ledger.projects.items():
        for position, milestone in enumerate(project.milestones):
            start, end = milestone.start, milestone.end
            # Of dates that are not equally exact, only the common part can be compared.
            if start and end and end[: len(start)] < start[: len(end)]:
                keys = ("milestones", position, "end")
                yield Fault(project_path(id_), keys, f"{end} is before the start, {start}", "mend one of them")


def future_source(ledger: Ledger) -> Iterator[Fault]:
    """Yield the date of each paper that is of a day to come."""
    today = date.today()  # noqa: DTZ011 - the day where the user is
    for id_, source in ledger.sources.items():
        if source.date > today:
            message = f"{format_day(source.date)} is still to come"
            yield Fault("sources.yaml", (id_, "date"), message, "mend the date, or wait for the meeting")


def misplaced_cashability(ledger: Ledger) -> Iterator[Fault]:
    """Yield each cashability of a benefit that is no saving, at its name."""
    for id_, project in ledger.projects.items():
        for name, benefit in project.benefits.items():
            if benefit.cashability and benefit.category != "saving":
                keys = ("benefits", name, "cashability")
                message = f"only a saving has a cashability, and this is '{benefit.category}'"
                yield Fault(project_path(id_), keys, message, "take it out, or mend the category", on_key=True)


def named_twice(ledger: Ledger) -> Iterator[Fault]:
    """Yield each force of a project, and each year of a printed table, that its list has already."""
    lists = [(project_path(id_), "forces", project.forces) for id_, project in ledger.projects.items()]
    lists += [(f"published/{id_}.yaml", "years", table.years) for id_, table in ledger.published.items()]
    for path, key, names in lists:
        for position, name in enumerate(names):
            if name in names[:position]:
                remedy = "take it out, or name the one that is meant"
                yield Fault(path, (key, position), f"'{name}' is named twice", remedy)


def same_id(ledger: Ledger) -> Iterator[Fault]:
    """Yield each cost that has the id of a benefit of its project, at its id."""
    for id_, project in ledger.projects.items():
        for name in project.costs:
            if name in project.benefits:
                message = f"a benefit of the project is called '{name}' too"
                yield Fault(project_path(id_), ("costs", name), message, "give one of them another id", on_key=True)
