"""How a paper begins: its purpose, what those who read it are asked to note, and the summary."""

from collections.abc import Iterator

from emcollab.publish.paper.brief import CHANGES, PAPERS, PLANS, UNKNOWN, Brief
from emcollab.publish.paper.cells import say_number_of
from emcollab.render.page import Block, Items, Paragraph
from emcollab.render.pages.summary import (
    Summary,
    say_ahead,
    say_outturn_and_estimate,
    say_released,
    say_summary,
    say_to_date,
)
from emcollab.render.pages.words import number


def state_purpose(brief: Brief) -> Iterator[Block]:
    """Yield what the paper is for, what it covers and what it rests on."""
    covered, with_figures = brief.edition.projects, {figure.project for figure in brief.figures}
    force = brief.edition.force_name
    where = f" for which papers name {force}" if force else ""
    is_all = len(covered) == len(with_figures) > 1
    of_them = "all" if is_all else number(len(with_figures)) if with_figures else "none"
    yield Paragraph(
        "This paper sets out what papers have said that the collaboration saved and brought, by year and by project; "
        "how much of it is an estimate; what became of plans; and what is not known."
    )
    listed = f", listed in section {brief.numbers[PAPERS]}" if brief.ledger.sources else ""
    yield Paragraph(
        f"It covers {say_number_of(covered, 'project')}{where}, {of_them} with figures. It rests on "
        f"{say_number_of(brief.ledger.sources, 'paper')}{listed}."
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
    whose = " of the collaboration as a whole" if brief.edition.force and not brief.is_divided else ""
    if said := say_to_date(summary, whose):
        yield f"that to date, {said};"
    yield from (_note_year(summary, year, whose) for year in (summary.told, *summary.thin))
    if summary.ahead:
        yield f"that papers state savings{whose} for later years too: {say_ahead(summary)};"
    if brief.since and brief.changes:
        yield f"what changed since {brief.name_day(brief.since)} (section {brief.numbers[CHANGES]});"
    if brief.planned:
        yield f"what was planned, and what became of it (section {brief.numbers[PLANS]});"
    else:
        yield "that no paper states a plan for a saving of money in a year, by which to judge what came;"
    yield f"what is not known (section {brief.numbers[UNKNOWN]})."


def _note_year(summary: Summary, year: str, whose: str) -> str:
    """Return the savings of a year as a point, and how firm they are; of a full year also how much released cash."""
    if not year:
        return "that no paper states a saving for a year;"
    figures = summary.savings(year)
    if not figures:
        return f"that for {summary.name(year)} no paper states a saving;"
    savings, firm = f"{summary.say_savings(figures)}{whose}", say_outturn_and_estimate(summary, figures)
    if year in summary.thin:
        said = f"that for {year} papers so far state {savings}{summary.say_thinness(year)}"
    else:
        said = f"that for {summary.name(year)} papers state {savings}"
    return f"{'; '.join(filter(None, (said, firm, say_released(summary, figures))))};"


def summarise(brief: Brief) -> Iterator[Block]:
    """Yield what the years brought, a paragraph each."""
    yield from (Paragraph(said) for said in say_summary(brief.summary))
