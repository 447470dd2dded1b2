"""Where records name other records that are not there."""

from collections.abc import Collection, Iterator

from emcollab.records.ledger import Ledger, project_path
from emcollab.records.project import Project
from emcollab.values.problems import Fault, Keys, suggest


def unknown_area(ledger: Ledger) -> Iterator[Fault]:
    """Yield each area that is named but not there."""
    yield from find_unknown("area", areas_named(ledger), ledger.areas, "areas.yaml")


def unknown_benefit(ledger: Ledger) -> Iterator[Fault]:
    """Yield each benefit that is named but not there."""
    for path, keys, name, _ in benefits_named(ledger):
        project, _, benefit = name.partition("/")
        if benefit not in _benefits_of(ledger, project):
            known = [f"{id_}/{benefit}" for id_ in ledger.projects for benefit in _benefits_of(ledger, id_)]
            homes = tuple((project_path(project), (kind, benefit)) for kind in ("benefits", "costs"))
            yield Fault(path, keys, f"there is no benefit '{name}'", suggest(name, known), rests_on=homes)


def _benefits_of(ledger: Ledger, project: str) -> list[str]:
    """Return the ids of the benefits and costs of a project; none if there is no such project."""
    record = ledger.projects.get(project)
    return [str(keys[1]) for keys, _ in record.stated()] if record else []


def unknown_force(ledger: Ledger) -> Iterator[Fault]:
    """Yield each force that is named but not there."""
    yield from find_unknown("force", forces_named(ledger), ledger.forces, "forces.yaml")


def unknown_share_key(ledger: Ledger) -> Iterator[Fault]:
    """Yield each key of apportionment that is named but not there."""
    yield from find_unknown("share key", share_keys_named(ledger), ledger.shares, "shares.yaml")


def unknown_source(ledger: Ledger) -> Iterator[Fault]:
    """Yield each paper that is named but not there."""
    yield from find_unknown("source", sources_named(ledger), ledger.sources, "sources.yaml")


# --- every naming, with its place

Named = tuple[str, Keys, str, bool]
"""Where a name stands, the file and the keys; the name; and whether it is that of a value, and not a value."""


def find_unknown(kind: str, named: Iterator[Named], known: Collection[str], home: str) -> Iterator[Fault]:
    """Yield a fault for each name of a `kind` that is not among `known`, saying which was meant.

    `home` is the file where the names would be. One that is there, but not as it should be, is not unknown.
    """
    for path, keys, name, on_key in named:
        if name not in known:
            message = f"there is no {kind} '{name}'"
            yield Fault(path, keys, message, suggest(name, known), on_key=on_key, rests_on=((home, (name,)),))


def areas_named(ledger: Ledger) -> Iterator[Named]:
    """Yield each naming of an area."""
    for id_, project in ledger.projects.items():
        path = project_path(id_)
        for keys, cost in project.stated():
            yield path, (*keys, "area"), cost.area, False


def forces_named(ledger: Ledger) -> Iterator[Named]:
    """Yield each naming of a force."""
    for id_, project in ledger.projects.items():
        path = project_path(id_)
        for position, force in enumerate(project.forces):
            yield path, ("forces", position), force, False
        for keys, cost in project.stated():
            if isinstance(cost.shares, dict):
                for force in cost.shares:
                    yield path, (*keys, "shares", force), force, True
    for key, share in ledger.shares.items():
        for year, parts in share.years.items():
            for force in parts:
                yield "shares.yaml", (key, "years", year, force), force, True


def share_keys_named(ledger: Ledger) -> Iterator[Named]:
    """Yield each naming of a key of apportionment."""
    for id_, project in ledger.projects.items():
        for keys, cost in project.stated():
            if isinstance(cost.shares, str):
                yield project_path(id_), (*keys, "shares"), cost.shares, False


def benefits_named(ledger: Ledger) -> Iterator[Named]:
    """Yield each naming of a benefit, as `project/benefit`."""
    for id_, project in ledger.projects.items():
        for keys, cost in project.stated():
            if cost.possible_duplicate_of:
                yield project_path(id_), (*keys, "possible_duplicate_of"), cost.possible_duplicate_of, False


def sources_named(ledger: Ledger) -> Iterator[Named]:
    """Yield each naming of a paper."""
    for id_, project in ledger.projects.items():
        path = project_path(id_)
        for keys, source in _sources_of(project):
            if source:
                yield path, keys, source, False
    for key, share in ledger.shares.items():
        yield "shares.yaml", (key, "source"), share.source, False
    for id_, table in ledger.published.items():
        yield f"published/{id_}.yaml", ("source",), table.source, False
    for id_, made in ledger.recommendations.items():
        path = f"recommendations/{id_}.yaml"
        yield path, ("source",), made.source, False
        for key, item in made.items.items():
            if item.source:
                yield path, ("items", key, "source"), item.source, False


def _sources_of(project: Project) -> Iterator[tuple[Keys, str | None]]:
    """Yield each place in a project's file where a paper can be named, and the paper, if one is."""
    if project.closed:
        yield ("closed", "source"), project.closed.source
    for position, citation in enumerate(project.sources):
        yield ("sources", position, "source"), citation.source
    for keys, cost in project.stated():
        yield (*keys, "shares_source"), cost.shares_source
        for position, statement in enumerate(cost.statements):
            yield (*keys, "statements", position, "source"), statement.source
    for id_, outcome in project.outcomes.items():
        yield ("outcomes", id_, "source"), outcome.source
    for position, milestone in enumerate(project.milestones):
        yield ("milestones", position, "source"), milestone.source
