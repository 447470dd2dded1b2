"""The summary table of a paper, with what its total is made of; and savings less costs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from emcollab.publish.paper.brief import Brief
from emcollab.publish.paper.cells import make_money, note_rounding, say_number_of
from emcollab.render.page import Block, Paragraph, Row, Table
from emcollab.render.pages.sentences import say_year
from emcollab.render.pages.totals import make_table
from emcollab.render.pages.words import number
from emcollab.results.appraisal import AppraisalRow
from emcollab.results.totals import total_by
from emcollab.values.periods import years_of
from emcollab.values.terms import MEASURES, STANDING


def show_totals(brief: Brief) -> Iterator[Block]:
    """Yield the summary table of each measure with what its total is made of, and what it cost."""
    share = f": the share of {brief.edition.force_name}" if brief.is_divided else ""
    for measure in MEASURES:
        is_money = measure == "money"
        totals = total_by(brief.ledger, "area", replace(brief.selection, measure=measure))
        table = make_table(totals, brief.ledger, brief.unit, brief.ledger.settings.places if is_money else None)
        if totals.rows:
            yield replace(table, title=f"By area and year{share} ({brief.unit if is_money else measure})")
        elif is_money:
            yield from (Paragraph(note) for note in table.notes)
    yield from _show_net(brief)
    if begun := [years[0] for figure in brief.share.figures if (years := years_of(figure.period))]:
        yield Paragraph(say_year(min(begun)))


_LINES: tuple[tuple[str, Callable[[AppraisalRow], Decimal | None]], ...] = (
    ("Savings", lambda line: line.benefit),
    ("Costs", lambda line: line.cost),
    ("Savings less costs", lambda line: line.net),
)


def _show_net(brief: Brief) -> Iterator[Block]:
    """Yield savings, costs and what is left of the one after the other, if any cost is stated."""
    years = brief.appraisal.totals
    if all(line.cost is None for line in years):
        part = f" that falls to {brief.edition.force_name}" if brief.is_divided else ""
        when = " for these years" if any(figure.is_cost for figure in brief.ledger.figures) else ""
        yield Paragraph(
            f"No paper states a cost{part}{when}. Whether savings are greater than what they cost cannot be said."
        )
        return
    rows = tuple(
        Row((label, *(make_money(brief, value(line)) for line in years)), total=label == _LINES[-1][0])
        for label, value in _LINES
    )
    with_cost = {figure.project for figure in brief.share.figures if figure.is_cost}
    saving = {each.project for each in brief.share.figures if each.category == "saving" and each.basis in STANDING}
    known = number(len(saving & with_cost))
    note = "Papers state a cost of each project with savings."
    if not saving <= with_cost:
        of_all = f"Papers state a cost of {known} of the {say_number_of(saving, 'project')} with savings."
        note = f"{of_all} What the others cost is not known, so that what is left may be less."
    headings = ("Amount", *(line.year for line in years))
    numeric = (False, *(True for _ in years))
    yield Table(f"Savings less costs ({brief.unit})", headings, numeric, rows, (note, *note_rounding(rows)))
