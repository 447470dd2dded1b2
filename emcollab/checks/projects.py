"""What can be wrong within projects, papers and the ledger as a whole; and every benefit and cost, with its place."""

from collections.abc import Iterator, Sequence

from emcollab.records.benefit import Cost, Statement
from emcollab.records.ledger import Ledger, project_path, table_path
from emcollab.records.lists import Source
from emcollab.records.project import ProjectStatement
from emcollab.values.dates import format_when, read_clock
from emcollab.values.names import fold_name
from emcollab.values.problems import Fault, Keys, Place


def find_stated(ledger: Ledger) -> Iterator[tuple[str, Keys, Cost]]:
    """Yield the file, the keys and the record of each benefit and cost, in the order of the ledger."""
    for id_, project in ledger.projects.items():
        path = project_path(id_)
        for keys, stated in project.stated():
            yield path, keys, stated


def contradictory_status(ledger: Ledger) -> Iterator[Fault]:
    """Yield each status beside a closure that says otherwise, and each count of forces beside their names.

    And each status, or list of forces, that is another than an earlier written statement of the same day has.
    """
    for id_, project in ledger.projects.items():
        yield from _find_contradictions(ledger, id_, project.statements)
        for position, statement in enumerate(project.statements):
            keys = ("statements", position)
            if statement.closed and statement.status not in {None, "closed"}:
                message = f"the project is '{statement.status}', and has a closure"
                remedy = "write 'closed', or take the closure out"
                yield Fault(project_path(id_), (*keys, "status"), message, remedy)
            if statement.forces and statement.force_count is not None:
                message, remedy = "the forces are named and counted", "leave 'force_count' out"
                yield Fault(project_path(id_), (*keys, "force_count"), message, remedy, on_key=True)


def _find_contradictions(ledger: Ledger, id_: str, statements: Sequence[ProjectStatement]) -> Iterator[Fault]:
    first: dict[tuple[object, ...], tuple[int, object]] = {}
    for position, statement in enumerate(statements):
        source = ledger.sources.get(statement.source)
        status = "closed" if statement.closed else statement.status
        for name, said in (("status", status), ("forces", set(statement.forces or ()))):
            if source is None or not said:
                continue
            subject = name, source.day, statement.as_at or source.reports_to
            place, other = first.setdefault(subject, (position, said))
            if other != said:
                key = "closed" if name == "status" and statement.status is None else name
                message = f"another '{name}' than in statement {place + 1}, of the same day"
                remedy = "keep the one that is meant: nothing says which is later"
                yield Fault(project_path(id_), ("statements", position, key), message, remedy, on_key=True)


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
    """Yield the date of each paper that is of a day to come, or of a month or year that is not over."""
    today = read_clock()
    for id_, source in ledger.sources.items():
        if source.day > today:
            message = f"{format_when(source.date)} is still to come"
            remedy = "mend the date, or wait for the meeting"
            if len(source.date) < len("2010-02-22"):
                message = f"{format_when(source.date)} is not over, and the paper counts from its last day"
                remedy = "write the day of the meeting, or wait"
            yield Fault("sources.yaml", (id_, "date"), message, remedy)


def as_at_after_paper(ledger: Ledger) -> Iterator[Fault]:
    """Yield each day up to which a paper, a statement or a printed column reports that is later than the paper."""
    for id_, source in ledger.sources.items():
        if source.as_at and source.as_at > source.day:
            yield _say_later("sources.yaml", (id_, "as_at"), source)
    for path, keys, statement in _find_statements(ledger):
        stated = ledger.sources.get(statement.source)
        if statement.as_at and stated and statement.as_at > stated.day:
            yield _say_later(path, (*keys, "as_at"), stated, ((("sources.yaml"), (statement.source, "date")),))
    for id_, table in ledger.published.items():
        of_paper = ledger.sources.get(table.source)
        for keys, selector in table.selectors():
            if selector.as_at and of_paper and selector.as_at > of_paper.day:
                rests_on = (("sources.yaml", (table.source, "date")),)
                yield _say_later(table_path(id_), (*keys, "as_at"), of_paper, rests_on)


def _find_statements(ledger: Ledger) -> Iterator[tuple[str, Keys, Statement | ProjectStatement]]:
    for id_, project in ledger.projects.items():
        for keys, citation in project.citations():
            if isinstance(citation, Statement | ProjectStatement):
                yield project_path(id_), keys, citation


def _say_later(path: str, keys: Keys, source: Source, rests_on: tuple[Place, ...] = ()) -> Fault:
    message = f"the paper is of {format_when(source.date)}, and reports up to a later day"
    return Fault(path, keys, message, "mend the day, or the paper's date", rests_on=rests_on)


def misplaced_cashability(ledger: Ledger) -> Iterator[Fault]:
    """Yield each cashability of a benefit that is no saving, at its name."""
    for id_, project in ledger.projects.items():
        for name, benefit in project.benefits.items():
            if benefit.cashability and benefit.category != "saving":
                keys = ("benefits", name, "cashability")
                message = f"only a saving has a cashability, and this is '{benefit.category}'"
                yield Fault(project_path(id_), keys, message, "take it out, or mend the category", on_key=True)


def named_twice(ledger: Ledger) -> Iterator[Fault]:
    """Yield each force of a project, and each year, column or part of a sum of a table, that its list has already."""
    lists: list[tuple[str, Keys, Sequence[str], Keys]] = []
    for id_, project in ledger.projects.items():
        for position, statement in enumerate(project.statements):
            lists.append((project_path(id_), ("statements", position, "forces"), statement.forces or [], ()))
        for keys, cost in project.stated():
            lists.append((project_path(id_), (*keys, "replaces"), cost.replaces, ()))
    for id_, table in ledger.published.items():
        lists.append((table_path(id_), ("years",), table.years, ()))
        labels = [column.label for column in table.columns]
        lists.append((table_path(id_), ("columns",), labels, ("label",)))
        for keys, selector in table.selectors():
            lists += [(table_path(id_), (*keys, name), getattr(selector, name), ()) for name in ("adds", "less")]
    for path, keys, names, below in lists:
        seen: set[str] = set()
        for position, name in enumerate(names):
            if name in seen:
                remedy = "take it out, or name the one that is meant"
                yield Fault(path, (*keys, position, *below), f"'{name}' is named twice", remedy)
            seen.add(name)


def same_name(ledger: Ledger) -> Iterator[Fault]:
    """Yield the name of each project that an earlier one has already."""
    first: dict[str, str] = {}
    for id_, project in ledger.projects.items():
        other = first.setdefault(fold_name(project.name), id_)
        if other != id_:
            message = f"the project '{other}' is called '{project.name}' too"
            rests_on = ((project_path(other), ("name",)),)
            yield Fault(
                project_path(id_), ("name",), message, "tell them apart, or make one of them", rests_on=rests_on
            )


def same_id(ledger: Ledger) -> Iterator[Fault]:
    """Yield each cost that has the id of a benefit of its project, at its id."""
    for id_, project in ledger.projects.items():
        for name in project.costs:
            if name in project.benefits:
                message = f"a benefit of the project is called '{name}' too"
                yield Fault(project_path(id_), ("costs", name), message, "give one of them another id", on_key=True)
