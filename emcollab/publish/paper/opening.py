"""How a paper begins: its purpose, what those who read it are asked to note, and the summary."""

from collections.abc import Iterator
from decimal import Decimal

from emcollab.publish.paper.brief import CHANGES, PAPERS, PLANS, UNKNOWN, Brief
from emcollab.publish.paper.cells import say_number_of
from emcollab.render.page import Block, Items, Paragraph
from emcollab.render.pages.summary import Summary, say_outturn_and_estimate, say_summary
from emcollab.render.pages.words import number


def state_purpose(brief: Brief) -> Iterator[Block]:
    """Yield what the paper is for, what it covers and what it rests on."""
    covered, with_figures = brief.edition.projects, {figure.project for figure in brief.figures}
    force = brief.edition.force_name
    where = f" in which {force} takes part" if force else ""
    is_all = len(covered) == len(with_figures) > 1
    of_them = "all" if is_all else number(len(with_figures)) if with_figures else "none"
    yield Paragraph(
        "This paper sets out what papers have said that the collaboration saved and brought, by year and by project; "
        "how much of it is an estimate; what became of plans; and what is not known."
    )
    yield Paragraph(
        f"It covers {say_number_of(covered, 'project')}{where}, {of_them} with figures. It rests on "
        f"{say_number_of(brief.ledger.sources, 'paper')}, listed in section {brief.numbers[PAPERS]}."
    )
    if brief.is_divided:
        yield Paragraph(
            f"Amounts are what papers apportion to {force}; but those told of single projects are of all their forces "
            "together."
        )
    elif force:
        divides = bool(brief.edition.apportioned.figures)
        why = (
            f"No paper gives {force} a part of any figure" if divides else "No paper divides any figure between forces"
        )
        yield Paragraph(f"{why}. The amounts here are those of all forces together, not those of {force}.")


def recommend(brief: Brief) -> Iterator[Block]:
    """Yield what those who read it are asked to note, a point each."""
    yield Paragraph(f"The {brief.body} is asked to note:")
    yield Items(tuple(_list_points(brief, brief.summary)))


def _list_points(brief: Brief, summary: Summary) -> Iterator[str]:
    saving = summary.part("saving", summary.told) if summary.told else None
    if saving is None:
        yield (
            f"that for {summary.name(summary.told)} no paper states a saving;"
            if summary.told
            else "that no paper states a saving for a year;"
        )
    else:
        figures = summary.savings(summary.told)
        cash = sum((each.amount for each in figures if each.cashability == "cash-releasing"), Decimal(0))
        much = "all" if cash == saving else summary.say(cash)
        released = f"{much} of it is cash releasing" if cash else "no paper says that any of it released cash"
        whose = " of all forces together" if brief.edition.force and not brief.is_divided else ""
        told = f"that for {summary.name(summary.told)} papers state {summary.say_savings(saving)}{whose};"
        yield f"{told} {say_outturn_and_estimate(summary, figures)}; {released};" if saving else told
    if brief.since and brief.changes:
        yield f"what changed since {brief.name_day(brief.since)} (section {brief.numbers[CHANGES]});"
    if brief.planned:
        yield f"what was planned, and what became of it (section {brief.numbers[PLANS]});"
    else:
        yield "that no paper states a plan for a saving in a year, by which to judge what came;"
    yield f"what is not known (section {brief.numbers[UNKNOWN]})."


def summarise(brief: Brief) -> Iterator[Block]:
    """Yield what the years brought, a paragraph each."""
    yield from (Paragraph(said) for said in say_summary(brief.summary))
