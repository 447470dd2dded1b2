"""Where records name other records that are not there."""

from collections.abc import Collection, Iterable, Iterator

from emcollab.checks.projects import find_stated
from emcollab.records.ledger import Ledger, project_path
from emcollab.records.project import Project
from emcollab.values.problems import Fault, Keys, suggest

Mention = tuple[str, Keys, str, bool]
"""Where a name stands, the file and the keys; the name; and whether it is that of a value, and not a value."""


def find_unknown(what: str, mentions: Iterable[Mention], there: Collection[str], home: str) -> Iterator[Fault]:
    """Yield a fault for each name that is not among those that are `there`, saying which was meant.

    `home` is the file where the names would be. One that is there, but not as it should be, is not unknown.
    """
    for path, keys, name, on_key in mentions:
        if name not in there:
            message, rests_on = f"there is no {what} '{name}'", ((home, (name,)),)
            yield Fault(path, keys, message, suggest(name, there), on_key=on_key, rests_on=rests_on)


def unknown_area(ledger: Ledger) -> Iterator[Fault]:
    """Yield each area that a benefit or cost names and that is not in areas.yaml, at its name."""
    mentions = ((path, (*keys, "area"), stated.area, False) for path, _, keys, stated in find_stated(ledger))
    yield from find_unknown("area", mentions, ledger.areas, "areas.yaml")


def unknown_benefit(ledger: Ledger) -> Iterator[Fault]:
    """Yield each `project/benefit` that another is said to be the same as and that is not there, at its name."""
    mentions = [
        (path, (*keys, "possible_duplicate_of"), stated.possible_duplicate_of)
        for path, _, keys, stated in find_stated(ledger)
        if stated.possible_duplicate_of
    ]
    projects = ledger.projects.items() if mentions else ()
    there = {f"{id_}/{keys[1]}": keys for id_, project in projects for keys, _ in project.stated()}
    for path, keys, name in mentions:
        if name not in there:
            project, _, benefit = name.partition("/")
            homes = tuple((project_path(project), (kind, benefit)) for kind in ("benefits", "costs"))
            yield Fault(path, keys, f"there is no benefit '{name}'", suggest(name, there), rests_on=homes)


def unknown_force(ledger: Ledger) -> Iterator[Fault]:
    """Yield each force that takes part or shares and that is not in forces.yaml, at its name."""
    yield from find_unknown("force", _find_forces(ledger), ledger.forces, "forces.yaml")


def _find_forces(ledger: Ledger) -> Iterator[Mention]:
    for id_, project in ledger.projects.items():
        for position, force in enumerate(project.forces):
            yield project_path(id_), ("forces", position), force, False
    for path, _, keys, stated in find_stated(ledger):
        for force in stated.shares if isinstance(stated.shares, dict) else ():
            yield path, (*keys, "shares", force), force, True
    for key, share in ledger.shares.items():
        for year, parts in share.years.items():
            for force in parts:
                yield "shares.yaml", (key, "years", year, force), force, True


def unknown_share_key(ledger: Ledger) -> Iterator[Fault]:
    """Yield each key of apportionment that is named and that is not in shares.yaml, at its name."""
    mentions = (
        (path, (*keys, "shares"), stated.shares, False)
        for path, _, keys, stated in find_stated(ledger)
        if isinstance(stated.shares, str)
    )
    yield from find_unknown("share key", mentions, ledger.shares, "shares.yaml")


def unknown_source(ledger: Ledger) -> Iterator[Fault]:
    """Yield each paper that any record names and that is not in sources.yaml, at its id."""
    mentions = ((path, keys, source, False) for path, keys, source in _find_sources(ledger) if source)
    yield from find_unknown("source", mentions, ledger.sources, "sources.yaml")


def _find_sources(ledger: Ledger) -> Iterator[tuple[str, Keys, str | None]]:
    """Yield each place where a paper can be named, and the paper, if one is."""
    for id_, project in ledger.projects.items():
        for keys, source in _find_sources_in(project):
            yield project_path(id_), keys, source
    for key, share in ledger.shares.items():
        yield "shares.yaml", (key, "source"), share.source
    for id_, table in ledger.published.items():
        yield f"published/{id_}.yaml", ("source",), table.source
    for id_, made in ledger.recommendations.items():
        path = f"recommendations/{id_}.yaml"
        yield path, ("source",), made.source
        for key, item in made.items.items():
            yield path, ("items", key, "source"), item.source


def _find_sources_in(project: Project) -> Iterator[tuple[Keys, str | None]]:
    if project.closed:
        yield ("closed", "source"), project.closed.source
    for position, citation in enumerate(project.sources):
        yield ("sources", position, "source"), citation.source
    for keys, stated in project.stated():
        yield (*keys, "shares_source"), stated.shares_source
        for position, statement in enumerate(stated.statements):
            yield (*keys, "statements", position, "source"), statement.source
    for id_, outcome in project.outcomes.items():
        yield ("outcomes", id_, "source"), outcome.source
    for position, milestone in enumerate(project.milestones):
        yield ("milestones", position, "source"), milestone.source
