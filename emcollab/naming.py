"""Where records name other records: every place, with the file and the keys that lead to it."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from emcollab.ledger import Ledger
from emcollab.models.base import Citation, MaybeCited
from emcollab.models.benefit import Cost
from emcollab.models.project import Project
from emcollab.problems import Finding, Keys, suggest


class Named(NamedTuple):
    """A name, and where it stands; `on_key` if it is the name of a value and not a value."""

    path: str
    keys: Keys
    name: str
    on_key: bool = False


def find_unknown(kind: str, named: Iterator[Named], known: Collection[str], home: str) -> Iterator[Finding]:
    """Yield a finding for each name of a `kind` that is not among `known`, saying which was meant.

    `home` is the file where the names would be. One that is there, but not as it should be, is not unknown.
    """
    for path, keys, name, on_key in named:
        if name not in known:
            message = f"there is no {kind} '{name}'"
            yield Finding(path, keys, message, suggest(name, known), on_key, rests_on=((home, (name,)),))


def stated(project: Project) -> Iterator[tuple[Keys, Cost]]:
    """Yield each benefit and cost of a project with its keys."""
    for id_, benefit in project.benefits.items():
        yield ("benefits", id_), benefit
    for id_, cost in project.costs.items():
        yield ("costs", id_), cost


def project_path(id_: str) -> str:
    """Return the path of a project's file."""
    return f"projects/{id_}.yaml"


def areas_named(ledger: Ledger) -> Iterator[Named]:
    """Yield each naming of an area."""
    for id_, project in ledger.projects.items():
        for keys, cost in stated(project):
            yield Named(project_path(id_), (*keys, "area"), cost.area)


def forces_named(ledger: Ledger) -> Iterator[Named]:
    """Yield each naming of a force."""
    for id_, project in ledger.projects.items():
        path = project_path(id_)
        for position, force in enumerate(project.forces):
            yield Named(path, ("forces", position), force)
        for keys, cost in stated(project):
            if isinstance(cost.shares, dict):
                for force in cost.shares:
                    yield Named(path, (*keys, "shares", force), force, on_key=True)
    for key, share in ledger.shares.items():
        for year, parts in share.years.items():
            for force in parts:
                yield Named("shares.yaml", (key, "years", year, force), force, on_key=True)


def share_keys_named(ledger: Ledger) -> Iterator[Named]:
    """Yield each naming of a key of apportionment."""
    for id_, project in ledger.projects.items():
        for keys, cost in stated(project):
            if isinstance(cost.shares, str):
                yield Named(project_path(id_), (*keys, "shares"), cost.shares)


def benefits_named(ledger: Ledger) -> Iterator[Named]:
    """Yield each naming of a benefit, as `project/benefit`."""
    for id_, project in ledger.projects.items():
        for keys, cost in stated(project):
            if cost.possible_duplicate_of:
                yield Named(project_path(id_), (*keys, "possible_duplicate_of"), cost.possible_duplicate_of)


def sources_named(ledger: Ledger) -> Iterator[Named]:
    """Yield each naming of a paper."""
    for id_, project in ledger.projects.items():
        for keys, source in _sources_of(project):
            yield Named(project_path(id_), keys, source)
    for key, share in ledger.shares.items():
        yield Named("shares.yaml", (key, "source"), share.source)
    for id_, table in ledger.published.items():
        yield Named(f"published/{id_}.yaml", ("source",), table.source)
    for id_, made in ledger.recommendations.items():
        path = f"recommendations/{id_}.yaml"
        yield Named(path, ("source",), made.source)
        for key, item in made.items.items():
            if item.source:
                yield Named(path, ("items", key, "source"), item.source)


def _sources_of(project: Project) -> Iterator[tuple[Keys, str]]:
    for keys, cited in _cited(project):
        if cited.source:
            yield (*keys, "source"), cited.source
    for keys, cost in stated(project):
        if cost.shares_source:
            yield (*keys, "shares_source"), cost.shares_source


def _cited(project: Project) -> Iterator[tuple[Keys, Citation | MaybeCited]]:
    if project.closed:
        yield ("closed",), project.closed
    for position, citation in enumerate(project.sources):
        yield ("sources", position), citation
    for keys, cost in stated(project):
        for position, statement in enumerate(cost.statements):
            yield (*keys, "statements", position), statement
    for id_, outcome in project.outcomes.items():
        yield ("outcomes", id_), outcome
    for position, milestone in enumerate(project.milestones):
        yield ("milestones", position), milestone
