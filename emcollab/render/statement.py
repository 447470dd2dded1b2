"""The public statement of a project, in plain English: what it is, what it brought, and what cannot be said.

Inspectors asked in 2010 for "statements about what cash or manpower savings individual projects have brought
about once implemented". Each sentence follows from the ledger; what no paper says is said to be so.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from emcollab.ledger import Figure, Ledger, find_standing
from emcollab.models.benefit import Benefit, Cost
from emcollab.models.project import Project
from emcollab.money import say_amount
from emcollab.pages import Block, Heading, Items, Page, Paragraph
from emcollab.render.words import join, number, say_forces, say_source
from emcollab.years import format_day

_CASHABILITY = {
    "cash-releasing": "{Papers} call it cash releasing: that is, money can be taken out of a budget.",
    "not-cash-releasing": (
        "{Papers} call it cashable but not cash releasing: that is, resources such as staff time can be used for "
        "something else, but no money leaves a budget."
    ),
    "cashable": (
        "{Papers} call it cashable: that is, resources can be taken out and used for something else. {Papers} do not "
        "say whether money left a budget."
    ),
    "non-cashable": (
        "{Papers} call it non-cash: that is, an improvement that is given a value, but from which no money can be "
        "taken out."
    ),
    "unstated": "{Papers} do not say whether this released cash.",
}
_CATEGORY = {
    "funding": "This is money from others, not a saving.",
    "unclassified": "{Papers} do not say whether this is a saving or funding.",
}


def make_page(ledger: Ledger, id_: str, as_at: date | None = None) -> Page:
    """Return the statement of the project `id_`, as at a day."""
    project = ledger.projects[id_]
    standing = find_standing([figure for figure in ledger.figures if figure.project == id_], as_at)
    known = [figure for figure in ledger.figures if figure.project == id_ and (as_at is None or figure.date <= as_at)]
    told = _Told(ledger, id_, known, standing)
    blocks: list[Block] = []
    if as_at:
        blocks.append(Paragraph(f"As at {format_day(as_at)}."))
    if project.summary:
        blocks.append(Paragraph(project.summary))
    blocks.append(Paragraph(" ".join([_say_forces(ledger, project), _say_status(ledger, project)])))
    for heading, category in (("Savings", "saving"), ("Funding", "funding"), ("Not classified", "unclassified")):
        blocks += _benefit_blocks(told, heading, category)
    if not any(figure.category == "saving" for figure in known):
        blocks.append(Paragraph("No paper gives a figure that can be told to be a saving."))
    if project.outcomes:
        blocks.append(Heading("What else came of it"))
        blocks.append(Items(tuple(outcome.text for outcome in project.outcomes.values())))
    blocks += _cost_blocks(told)
    blocks.append(Heading("The papers it rests on"))
    blocks.append(Items(tuple(say_source(ledger.sources[source]) for source in _sources(project, ledger))))
    if project.note:
        blocks.append(Paragraph(f"Note: {project.note}"))
    return Page(project.name, tuple(blocks))


def as_document(ledger: Ledger, id_: str, as_at: date | None = None) -> dict[str, object]:
    """Return the statement for other programs: the project, its paragraphs, and the papers it rests on."""
    page = make_page(ledger, id_, as_at)
    parts: list[tuple[str | None, list[str]]] = [(None, [])]
    for block in page.blocks:
        match block:
            case Heading(text=text):
                parts.append((text, []))
            case Paragraph(text=text):
                parts[-1][1].append(text)
            case Items(texts=texts):
                parts[-1][1].extend(texts)
    return {
        "project": id_,
        "name": page.title,
        "as_at": as_at.isoformat() if as_at else None,
        "parts": [{"heading": heading, "text": said} for heading, said in parts],
    }


# --- the project itself


def _say_forces(ledger: Ledger, project: Project) -> str:
    if project.forces:
        verb = "takes part" if len(project.forces) == 1 else "take part"
        return f"{say_forces(ledger, project.forces)} {verb}."
    if project.force_count:
        verb = "force takes" if project.force_count == 1 else "forces take"
        return f"{number(project.force_count).capitalize()} {verb} part; no paper names them."
    return "No paper says which forces take part."


def _say_status(ledger: Ledger, project: Project) -> str:
    closed = project.closed
    if closed or project.status == "closed":
        when = f"Work on it was closed in {closed.date}." if closed and closed.date else ""
        when = when or "Work on it was closed; no paper says when."
        return f"{when} The reason: {closed.reason}" if closed and closed.reason else f"{when} No reason is given."
    said = {"live": "It was running", "completed": "It had been completed", "proposed": "It was a proposal"}
    if project.status is None:
        return "No paper says whether it is under way, finished or closed."
    days = [ledger.sources[citation.source].date for citation in project.sources]
    when = f" at the time of the latest paper that speaks of it, {format_day(max(days))}" if days else ""
    return f"{said[project.status]}{when}."


# --- what it brought and took


class _Told(NamedTuple):
    """What papers tell of one project: all its figures, and those that stand."""

    ledger: Ledger
    id: str
    known: list[Figure]
    standing: list[Figure]

    def of(self, name: str, category: str) -> tuple[list[Figure], list[Figure]]:
        """Return the standing figures of one benefit or cost, and all its figures."""
        return (
            [figure for figure in self.standing if figure.benefit == name and figure.category == category],
            [figure for figure in self.known if figure.benefit == name and figure.category == category],
        )


def _benefit_blocks(told: _Told, heading: str, category: str) -> Iterator[Block]:
    stated = {figure.benefit for figure in told.known if figure.category == category}
    named = [(name, benefit) for name, benefit in told.ledger.projects[told.id].benefits.items() if name in stated]
    if named:
        yield Heading(heading)
    for name, benefit in named:
        yield Paragraph(" ".join(_say_benefit(told.ledger, name, benefit, *told.of(name, category))))


def _cost_blocks(told: _Told) -> Iterator[Block]:
    yield Heading("Costs")
    stated = {figure.benefit for figure in told.known if figure.category == "cost"}
    if not stated:
        yield Paragraph("No paper states a cost.")
    for name, cost in told.ledger.projects[told.id].costs.items():
        if name in stated:
            yield Paragraph(" ".join(_say_figures(cost, name, *told.of(name, "cost"))))


def _say_benefit(
    ledger: Ledger, name: str, benefit: Benefit, standing: list[Figure], every: list[Figure]
) -> Iterator[str]:
    yield from _say_figures(benefit, name, standing, every)
    one = len({figure.source for figure in every}) == 1
    said = _CATEGORY.get(benefit.category) or _CASHABILITY[benefit.cashability or "unstated"]
    yield _number_verbs(said, one=one)
    if years := sorted({figure.year for figure in standing if figure.basis == "reported" and figure.year}):
        figures = f"the figure for {years[0]} is" if len(years) == 1 else f"the figures for {join(years)} are"
        yield _number_verbs(f"{{Papers}} do not say whether {figures} final.", one=one)
    if benefit.possible_duplicate_of:
        same = ledger.label(*benefit.possible_duplicate_of.split("/"))
        yield f"This may be the same as “{same}”, counted twice."


def _number_verbs(sentence: str, *, one: bool) -> str:
    """Return `sentence`, written of papers, of one paper or of several."""
    if not one:
        return sentence.replace("{Papers}", "The papers")
    return sentence.replace("{Papers} call", "The paper calls").replace("{Papers} do", "The paper does")


def _say_figures(stated: Cost, name: str, standing: list[Figure], every: list[Figure]) -> Iterator[str]:
    label = stated.label or name.replace("-", " ").capitalize()
    said = [_say_in_year(figure) for figure in sorted(standing, key=lambda figure: figure.year) if figure.year]
    undated = [figure for figure in standing if not figure.year]
    if said:
        yield f"{label}: {join(said)}."
    for figure in undated:
        paper = "the paper does" if len({each.source for each in every}) == 1 else "the papers do"
        yield f"{label}: {say_amount(figure.amount, figure.measure)} a year; {paper} not say for which years."
    if not standing:
        plans = [figure for figure in every if figure.basis == "plan"]
        planned = [f"{say_amount(figure.amount, figure.measure)} in {figure.year}" for figure in plans]
        yield f"{label}: planned were {join(planned)}. No paper says yet what came of it."


def _say_in_year(figure: Figure) -> str:
    amount = say_amount(abs(figure.amount), figure.measure)
    about = "an estimated " if figure.basis == "estimate" else ""
    if figure.amount < 0:
        return f"{about}{amount} lost in {figure.year}"
    return f"{about}{amount} in {figure.year}" if figure.amount else f"nothing in {figure.year}"


# --- the papers


def _sources(project: Project, ledger: Ledger) -> list[str]:
    """Return the papers that anything of the project is said in, in the order of sources.yaml."""
    cited: dict[str, None] = defaultdict()
    for citation in [*project.sources, *project.outcomes.values(), *project.milestones]:
        cited[citation.source] = None
    for stated in (*project.benefits.values(), *project.costs.values()):
        for statement in stated.statements:
            cited[statement.source] = None
    if project.closed and project.closed.source:
        cited[project.closed.source] = None
    return [source for source in ledger.sources if source in cited]
