"""Where records name other records that are not there."""

from collections.abc import Collection, Iterable, Iterator

from emcollab.checks.projects import find_stated
from emcollab.records.ledger import Ledger, keys_of, project_path, recommendations_path, table_path
from emcollab.records.project import Project
from emcollab.results.standing import Stated, list_replaced
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
    """Yield each area that a benefit, a cost or a printed table names and that is not in areas.yaml, at its name."""
    stated = ((path, (*keys, "area"), stated.area, False) for path, keys, stated in find_stated(ledger))
    yield from find_unknown("area", [*stated, *_find_in_tables(ledger, "area")], ledger.areas, "areas.yaml")


def unknown_project(ledger: Ledger) -> Iterator[Fault]:
    """Yield each project that a printed table names and that there is not, at its name."""
    yield from find_unknown("project", _find_in_tables(ledger, "project"), ledger.projects, "projects")


def _find_in_tables(ledger: Ledger, name: str) -> Iterator[Mention]:
    """Yield what columns and rows of printed tables say of which figures they hold, where they say it by `name`."""
    for id_, table in ledger.published.items():
        for keys, selector in table.selectors():
            if value := getattr(selector, name):
                yield table_path(id_), (*keys, name), value, False


def unknown_benefit(ledger: Ledger) -> Iterator[Fault]:
    """Yield each `project/benefit` that is named and not there: by another as the same, or replaced, or by a table.

    A benefit replaces benefits, and a cost costs.
    """
    mentions = [(path, keys, name, "") for path, keys, name, _ in _find_in_tables(ledger, "benefit")]
    for path, keys, stated in find_stated(ledger):
        if stated.possible_duplicate_of:
            mentions.append((path, (*keys, "possible_duplicate_of"), stated.possible_duplicate_of, ""))
        mentions += [
            (path, (*keys, "replaces", position), other, str(keys[0])) for position, other in enumerate(stated.replaces)
        ]
    projects = ledger.projects.items() if mentions else ()
    there = {f"{id_}/{keys[1]}": str(keys[0]) for id_, project in projects for keys, _ in project.stated()}
    for path, keys, name, kind in mentions:
        what = kind.removesuffix("s") or "benefit"
        if name not in there:
            project, _, benefit = name.partition("/")
            homes = tuple((project_path(project), (each, benefit)) for each in ("benefits", "costs"))
            remedy = suggest(name, [other for other, of in there.items() if kind in ("", of)])
            yield Fault(path, keys, f"there is no {what} '{name}'", remedy, rests_on=homes)
        elif kind not in ("", there[name]):
            yield Fault(path, keys, f"'{name}' is no {what}", "a benefit replaces benefits, and a cost costs")


def circular_replacement(ledger: Ledger) -> Iterator[Fault]:
    """Yield each benefit or cost that takes its own place, at what it replaces; of a circle of them, one."""
    replaced = list_replaced(ledger)
    told: set[Stated] = set()
    for stated, others in replaced.items():
        if stated in others and stated not in told:
            circle = [other for other in others if stated in replaced.get(other, ())]
            told.update(circle)
            project, name, is_cost = stated
            keys = ("costs" if is_cost else "benefits", name, "replaces")
            message = f"'{project}/{name}' takes its own place"
            through = [f"'{other}/{each}'" for other, each, _ in circle if (other, each) != (project, name)]
            if through:
                message += f", through {', '.join(through)}"
            yield Fault(project_path(project), keys, message, "let only the newer replace the older", on_key=True)


def unknown_force(ledger: Ledger) -> Iterator[Fault]:
    """Yield each force that takes part, shares or is of a printed table and is not in forces.yaml, at its name."""
    mentions = (*_find_taking_part(ledger), *_find_sharing(ledger), *_find_in_tables(ledger, "force"))
    yield from find_unknown("force", mentions, ledger.forces, "forces.yaml")


def _find_taking_part(ledger: Ledger) -> Iterator[Mention]:
    for id_, project in ledger.projects.items():
        for position, statement in enumerate(project.statements):
            for place, force in enumerate(statement.forces or ()):
                yield project_path(id_), ("statements", position, "forces", place), force, False


def _find_sharing(ledger: Ledger) -> Iterator[Mention]:
    for path, keys, stated in find_stated(ledger):
        for force in stated.shares if isinstance(stated.shares, dict) else ():
            yield path, (*keys, "shares", force), force, True
    for figure in ledger.figures:
        for force, _ in figure.parts:
            yield project_path(figure.project), (*keys_of(figure), force), force, True
    for key, share in ledger.shares.items():
        for year, parts in share.years.items():
            for force in parts:
                yield "shares.yaml", (key, "years", year, force), force, True


def unknown_share_key(ledger: Ledger) -> Iterator[Fault]:
    """Yield each key of apportionment that is named and that is not in shares.yaml, at its name."""
    mentions = (
        (path, (*keys, "shares"), stated.shares, False)
        for path, keys, stated in find_stated(ledger)
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
        yield table_path(id_), ("source",), table.source
    for id_, made in ledger.recommendations.items():
        path = recommendations_path(id_)
        yield path, ("source",), made.source
        for key, item in made.items.items():
            yield path, ("items", key, "source"), item.source


def _find_sources_in(project: Project) -> Iterator[tuple[Keys, str | None]]:
    for keys, citation in project.citations():
        yield (*keys, "source"), citation.source
    for keys, stated in project.stated():
        yield (*keys, "shares_source"), stated.shares_source
