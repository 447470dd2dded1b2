"""The projects of a paper: each with figures in its own words, the names of the others, and what has no figure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from emcollab.publish.paper.brief import Brief
from emcollab.publish.paper.cells import say_number_of
from emcollab.render.page import Block, Heading, Items, Paragraph
from emcollab.render.pages.sentences import say_of_itself
from emcollab.render.pages.statement import say_all
from emcollab.render.pages.words import name_paper, say_status_days, sort_by_name, without_stop
from emcollab.results.totals import reaches_into
from emcollab.values.terms import STATUSES


def tell_projects(brief: Brief) -> Iterator[Block]:
    """Yield each project with figures under its name: how it stands, what it brought and took; then the others."""
    yield Paragraph(
        "Amounts are as papers give them. Where nothing is said of the forces of a project, or of how it stands, no "
        "paper says it."
    )
    without = []
    for id_ in sort_by_name(brief.ledger, brief.edition.projects):
        ledger = brief.edition.by_project[id_]
        if brief.edition.years:
            ledger = ledger.narrow(each for each in ledger.figures if reaches_into(each.period, brief.selection))
        if not ledger.figures:
            without.append(id_)
            continue
        yield Heading(ledger.projects[id_].name, 3)
        state = ledger.states[id_]
        if state.forces or state.force_count or state.status or state.lead:
            yield Paragraph(say_of_itself(ledger, id_))
        for category in ("saving", "funding", "unclassified"):
            yield from say_all(ledger, brief.edition.standing, id_, category)
        for cost in say_all(ledger, brief.edition.standing, id_, "cost"):
            yield Paragraph(f"Cost: {cost.text}")
    if without:
        yield Heading("Projects without figures", 3)
        yield Paragraph(f"Of {say_number_of(without, 'other project')} no paper states a figure:")
        yield Items(tuple(_name_by_status(brief, without)))


OUTCOME_STATES = {"achieved": "Achieved", "expected": "Expected", None: "The papers do not say whether it has come"}
"""How outcomes are headed, by their state."""


def list_outcomes(brief: Brief) -> Iterator[Block]:
    """Yield the benefits without a number, by whether they came; those of one project and paper together."""
    told: dict[str | None, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for id_ in sort_by_name(brief.ledger, brief.edition.projects):
        project = brief.ledger.projects[id_]
        for outcome in project.outcomes.values():
            paper = name_paper(brief.ledger.sources[outcome.source])
            told[outcome.state][project.name, paper].append(without_stop(outcome.text))
    if not told:
        yield Paragraph("No paper tells of a benefit without a figure.")
    for state, heading in OUTCOME_STATES.items():
        if said := told[state]:
            yield Heading(heading, 3)
            yield Items(tuple(f"{name}: {'. '.join(texts)} ({paper})" for (name, paper), texts in said.items()))


def _name_by_status(brief: Brief, ids: Iterable[str]) -> Iterator[str]:
    """Yield the names of projects, those of one status together, with the days on which papers last said it."""
    found: dict[str | None, list[str]] = defaultdict(list)
    for id_ in ids:
        found[brief.ledger.states[id_].status].append(id_)
    for status in (*STATUSES, None):
        if some := found[status]:
            days = say_status_days(brief.ledger, some)
            stand = f"{status.capitalize()}, as papers last said, {days}" if status else "No paper says how they stand"
            yield f"{stand}: {'; '.join(brief.ledger.projects[id_].name for id_ in some)}"
