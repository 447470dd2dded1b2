"""The ledger as it was known on a day: without every paper of a later day, and all that rests on it.

It is done once, at the door: what is asked of the narrowed ledger can say nothing that was not known. What stands on a
record and not in a statement has no date, and stays; but a project of which only later papers speak was not there yet.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TypeVar

from emcollab.records.base import Citation
from emcollab.records.benefit import Cost
from emcollab.records.ledger import Figure, Ledger, fold
from emcollab.records.project import Project
from emcollab.records.recommendation import Recommendation, Recommendations
from emcollab.results.standing import Stated


def narrow_to_day(ledger: Ledger, day: date | None) -> Ledger:
    """Return `ledger` as it was known on `day`; as it is, without one."""
    if day is None or all(source.day <= day for source in ledger.sources.values()):
        return ledger
    sources = {id_: source for id_, source in ledger.sources.items() if source.day <= day}
    shares = {id_: key for id_, key in ledger.shares.items() if key.source in sources}
    projects = {}
    for id_, project in ledger.projects.items():
        costs = [*project.benefits.values(), *project.costs.values()]
        said = chain(
            project.statements, *(cost.statements for cost in costs), project.outcomes.values(), project.milestones
        )
        papers = {citation.source for citation in said}
        if papers <= sources.keys() and not any(_has_lost_shares(cost, sources, shares) for cost in costs):
            projects[id_] = project
        elif not papers.isdisjoint(sources):
            projects[id_] = _narrow_project(project, sources, shares)
    stated = {f"{id_}/{keys[1]}" for id_, project in projects.items() for keys, _ in project.stated()}
    return replace(
        ledger,
        sources=sources,
        shares=shares,
        projects={id_: _without_strangers(project, stated) for id_, project in projects.items()},
        published={id_: table for id_, table in ledger.published.items() if table.source in sources},
        recommendations={
            id_: _narrow_answers(made, sources)
            for id_, made in ledger.recommendations.items()
            if made.source in sources
        },
        figures=tuple(_narrow_figures(ledger, sources)),
        states={
            id_: ledger.states[id_] if project is ledger.projects[id_] else fold(project.statements, sources)
            for id_, project in projects.items()
        },
    )


def _narrow_figures(ledger: Ledger, sources: Container[object]) -> Iterator[Figure]:
    """Yield the figures that papers of `sources` state, each with the position that its statement then has."""
    moved: dict[Stated, dict[int, int]] = {}
    for id_, project in ledger.projects.items():
        for (kind, name), cost in project.stated():
            kept = [position for position, each in enumerate(cost.statements) if each.source in sources]
            if kept and kept[-1] >= len(kept):
                moved[id_, str(name), kind == "costs"] = {old: new for new, old in enumerate(kept)}
    for figure in ledger.figures:
        if figure.source in sources:
            places = moved and moved.get(figure.stated)
            yield figure._replace(statement=places[figure.statement]) if places else figure


def _has_lost_shares(cost: Cost, sources: Container[object], shares: Container[object]) -> bool:
    """Return whether no paper of `sources` says how a benefit or cost is divided, though another does."""
    if isinstance(cost.shares, dict):
        return cost.shares_source not in sources
    return cost.shares is not None and cost.shares not in shares


AnyCitation = TypeVar("AnyCitation", bound=Citation)


def _narrow_project(project: Project, sources: Container[object], shares: Container[object]) -> Project:
    def those(citations: Iterable[AnyCitation]) -> list[AnyCitation]:
        return [each for each in citations if each.source in sources]

    def narrow(cost: Cost) -> dict[str, object]:
        no_shares = dict.fromkeys(("shares", "shares_source", "shares_at"))
        return {"statements": those(cost.statements), **(no_shares if _has_lost_shares(cost, sources, shares) else {})}

    return project.model_copy(
        update={
            "statements": those(project.statements),
            "benefits": {
                id_: benefit.model_copy(update=narrow(benefit))
                for id_, benefit in project.benefits.items()
                if any(each.source in sources for each in benefit.statements)
            },
            "costs": {
                id_: cost.model_copy(update=narrow(cost))
                for id_, cost in project.costs.items()
                if any(each.source in sources for each in cost.statements)
            },
            "outcomes": {id_: outcome for id_, outcome in project.outcomes.items() if outcome.source in sources},
            "milestones": those(project.milestones),
        }
    )


def _without_strangers(project: Project, stated: Container[object]) -> Project:
    """Return `project` without what its benefits and costs say of others that were not there yet, as `stated` are."""

    def narrow(cost: Cost) -> dict[str, object]:
        same = cost.possible_duplicate_of
        return {
            "replaces": [other for other in cost.replaces if other in stated],
            "possible_duplicate_of": same if same in stated else None,
        }

    if not any(cost.replaces or cost.possible_duplicate_of for _, cost in project.stated()):
        return project
    return project.model_copy(
        update={
            "benefits": {id_: each.model_copy(update=narrow(each)) for id_, each in project.benefits.items()},
            "costs": {id_: each.model_copy(update=narrow(each)) for id_, each in project.costs.items()},
        }
    )


def _narrow_answers(made: Recommendations, sources: Container[object]) -> Recommendations:
    """Return recommendations without the answers that no paper of `sources` gives."""

    def answer(item: Recommendation) -> Recommendation:
        return item if (item.source or made.source) in sources else item.model_copy(update=_NO_ANSWER)

    return made.model_copy(update={"items": {key: answer(item) for key, item in made.items.items()}})


_NO_ANSWER = dict.fromkeys(("action", "response", "source", "at", "quote", "note"))
