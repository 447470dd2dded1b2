"""What was known on a day: the records, without what later papers say.

Figures carry the date of their paper, and so do outcomes, milestones and a closure. What a record says of the
project itself (what it is, who takes part, how it stands) carries none of its own: it rests on the project's
`sources`, or on all its papers if none are named there. If one of those is later, nobody can tell what it said
before, and it is left out: what was said on a day must not change with what is written years after.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from emcollab.records.ledger import Ledger
from emcollab.records.lists import Source
from emcollab.records.project import Project
from emcollab.records.recommendation import Recommendation, Recommendations

_ITSELF: dict[str, object] = {
    "summary": None,
    "priority": False,
    "forces": [],
    "force_count": None,
    "lead": None,
    "note": None,
}
"""What a record says of the project itself, beside its status; and what stands there if that is not known."""


def ledger_on(ledger: Ledger, day: date | None) -> Ledger:
    """Return `ledger` as it was known on `day`, its sources whole; as it is, without one.

    Totals, traces, appraisals and pages are given what this returns, and know nothing of days themselves.
    """
    if day is None:
        return ledger
    known = {id_ for id_, source in ledger.sources.items() if source.date <= day}
    return replace(
        ledger,
        projects={id_: known_on(project, ledger.sources, day) for id_, project in ledger.projects.items()},
        published={id_: table for id_, table in ledger.published.items() if table.source in known},
        recommendations={
            id_: _unanswered(made, known) for id_, made in ledger.recommendations.items() if made.source in known
        },
        figures=tuple(figure for figure in ledger.figures if figure.source in known),
    )


def figures_on(ledger: Ledger, day: date | None) -> Ledger:
    """Return `ledger` with the figures of papers of `day` or before, and all its records; as it is, without one."""
    return ledger if day is None else ledger.narrow(figure for figure in ledger.figures if figure.date <= day)


def _unanswered(made: Recommendations, known: set[str]) -> Recommendations:
    """Return recommendations without the answers that no paper of `known` gives."""

    def answer(item: Recommendation) -> Recommendation:
        return item if (item.source or made.source) in known else item.model_copy(update=_NO_ANSWER)

    return made.model_copy(update={"items": {key: answer(item) for key, item in made.items.items()}})


_NO_ANSWER = dict.fromkeys(("action", "response", "source", "at", "quote", "note"))


def known_on(project: Project, sources: Mapping[str, Source], day: date | None) -> Project:
    """Return `project` as it was known on `day`; as it is, without one. Benefits and costs are kept as they are."""
    if day is None:
        return project

    def is_known(papers: Iterable[str]) -> bool:
        dates = [sources[paper].date for paper in papers]
        return bool(dates) and max(dates) <= day

    itself = is_known([citation.source for citation in project.sources] or papers_of(project))
    closed = project.closed
    ended = closed is not None and (is_known([closed.source]) if closed.source else itself)
    return project.model_copy(
        update={
            **({} if itself else _ITSELF),
            "status": project.status if (ended if closed else itself) else None,
            "closed": closed if ended else None,
            "sources": [citation for citation in project.sources if is_known([citation.source])],
            "outcomes": {id_: each for id_, each in project.outcomes.items() if is_known([each.source])},
            "milestones": [each for each in project.milestones if is_known([each.source])],
        }
    )


def papers_of(project: Project) -> Iterator[str]:
    """Yield the id of each paper that says anything of `project`; one that says much, more than once."""
    for citation in (*project.sources, *project.outcomes.values(), *project.milestones):
        yield citation.source
    for stated in (*project.benefits.values(), *project.costs.values()):
        for statement in stated.statements:
            yield statement.source
    if project.closed and project.closed.source:
        yield project.closed.source
