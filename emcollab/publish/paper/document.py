"""The paper as a document, before any format: who it is for, and its sections in their order, numbered."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from emcollab.publish.edition import Edition
from emcollab.publish.paper.brief import CHANGES, PAPERS, PLANS, UNKNOWN, Brief, Particulars
from emcollab.publish.paper.changes import show_changes
from emcollab.publish.paper.evidence import list_papers, list_unknown, tell_checks
from emcollab.publish.paper.opening import recommend, state_purpose, summarise
from emcollab.publish.paper.plans import show_plans
from emcollab.publish.paper.projects import list_outcomes, tell_projects
from emcollab.publish.paper.totals import show_totals
from emcollab.render.page import Block, Heading, Labelled, Page, Table
from emcollab.values.dates import format_day


@dataclass(frozen=True, slots=True)
class Document:
    """The paper as a page, who publishes it, and the day that it bears (`None`, of a ledger without papers)."""

    page: Page
    publisher: str
    day: date | None


SECTIONS: dict[str, Callable[[Brief], Iterable[Block]]] = {
    "Purpose": state_purpose,
    "Recommendation": recommend,
    "Summary": summarise,
    "Savings and funding": show_totals,
    CHANGES: show_changes,
    PLANS: show_plans,
    "The projects": tell_projects,
    "Benefits without a figure": list_outcomes,
    UNKNOWN: list_unknown,
    "How the figures were checked": tell_checks,
    PAPERS: list_papers,
}
"""The sections in their order. To add one: write its function, and list it here under its heading."""


def make_brief(edition: Edition, particulars: Particulars) -> Brief:
    """Return what the paper is to be, with the numbers of its sections."""
    return Brief(edition, particulars, {heading: position for position, heading in enumerate(SECTIONS, start=1)})


def make_document(brief: Brief) -> Document:
    """Return the paper; headings of sections and titles of tables carry their numbers."""
    blocks: list[Block] = [Labelled(tuple(_list_head(brief)))]
    for heading, write in SECTIONS.items():
        blocks += [Heading(f"{brief.numbers[heading]}. {heading}"), *write(brief)]
    page = Page(brief.title, tuple(_number_tables(blocks)))
    return Document(page, brief.ledger.settings.publisher or "", brief.particulars.meeting or brief.day)


def _list_head(brief: Brief) -> Iterator[tuple[str, str]]:
    asked = brief.particulars
    if asked.to:
        yield "Report to", asked.to
    if asked.meeting:
        yield "Date of meeting", format_day(asked.meeting)
    if asked.mark:
        yield "Paper marked", asked.mark
    if publisher := brief.edition.ledger.settings.publisher:
        yield "Report of", publisher
    if brief.edition.force:
        yield "Edition for", brief.edition.force_name
    yield "Figures as at", brief.say_day()


def _number_tables(blocks: Iterable[Block]) -> Iterator[Block]:
    number = 0
    for block in blocks:
        if isinstance(block, Table):
            number += 1
            yield replace(block, title=f"Table {number}: {block.title}")
        else:
            yield block
