"""The summary table of a paper, with what its total is made of; and savings less costs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from emcollab.publish.paper.brief import Brief
from emcollab.publish.paper.cells import make_money, note_marks, note_rounding, say_number_of
from emcollab.render.page import Block, Paragraph, Row, Table
from emcollab.render.pages.sentences import say_year
from emcollab.render.pages.totals import make_table, say_not_added
from emcollab.render.pages.words import join, number
from emcollab.results.appraisal import AppraisalRow
from emcollab.results.totals import find_not_added, total_by
from emcollab.values.periods import years_of
from emcollab.values.terms import MEASURES, STANDING


def show_totals(brief: Brief) -> Iterator[Block]:
    """Yield the summary table of each measure with what its total is made of, and what it cost."""
    share = f": the share of {brief.edition.force_name}" if brief.is_divided else ""
    share = share or (": all forces together" if brief.edition.force else "")
    for measure in MEASURES:
        is_money = measure == "money"
        totals = total_by(brief.ledger, "area", replace(brief.selection, measure=measure))
        table = make_table(totals, brief.ledger, brief.unit, brief.places if is_money else None)
        if totals.rows:
            title = f"By area and year{share} ({brief.unit if is_money else measure})"
            yield replace(table if is_money else without_empty_parts(table), title=title)
        elif is_money:
            yield from (Paragraph(note) for note in table.notes)
        else:
            yield from (Paragraph(say_not_added(item, brief.ledger, measure, 0)) for item in totals.not_added)
    yield from show_net(brief)
    if begun := [years[0] for figure in brief.share.figures if (years := years_of(figure.period))]:
        yield Paragraph(say_year(min(begun)))


def without_empty_parts(table: Table) -> Table:
    """Return a table of totals without the parts of its total of which nothing is stated in any year."""
    rows = (row for row in table.rows if not row.part or any(cell is not None for cell in row.cells[1:]))
    return replace(table, rows=tuple(rows))


_LINES: tuple[tuple[str, set[str], Callable[[AppraisalRow], Decimal | None]], ...] = (
    ("Savings", {"saving"}, lambda line: line.benefit),
    ("Costs", {"cost"}, lambda line: line.cost),
    ("Savings less costs", {"saving", "cost"}, lambda line: line.net),
)
"""The rows of savings less costs: what each is called, the categories that are in it, and its amount of a year."""


def show_net(brief: Brief) -> Iterator[Block]:
    """Yield savings, costs and what is left of the one after the other, if any cost is stated."""
    years = brief.appraisal.totals
    if all(line.cost is None for line in years):
        part = f" that falls to {brief.edition.force_name}" if brief.is_divided else ""
        when = " for these years" if any(figure.is_cost for figure in brief.ledger.figures) else ""
        yield Paragraph(
            f"No paper states a cost{part}{when}. Whether savings are greater than what they cost cannot be said."
        )
        yield from map(Paragraph, _say_costs_of_no_year(brief))
        return
    estimated = {(each.year, each.category) for each in brief.summary.standing if each.basis == "estimate"}
    rows = tuple(
        Row((label, *(
            make_money(brief, value(line), estimate=any((line.year, each) in estimated for each in categories))
            for line in years
        )), total=label == _LINES[-1][0])
        for label, categories, value in _LINES
    )  # fmt: skip
    with_cost = {figure.project for figure in brief.share.figures if figure.is_cost}
    saving = {each.project for each in brief.share.figures if each.category == "saving" and each.basis in STANDING}
    known = number(len(saving & with_cost))
    note = "Papers state a cost of each project with savings."
    if not saving <= with_cost:
        of_all = f"of {known} of the {say_number_of(saving, 'project')} with savings."
        note = f"Papers state a cost {of_all} What the others cost is not known, so that what is left may be less."
        if brief.is_divided:
            note = (
                f"Papers state a cost that falls to {brief.edition.force_name} {of_all} What falls to it of what the "
                "others cost is not known, so that what is left may be less, or cannot be said."
            )
    headings = ("Amount", *(line.year for line in years))
    numeric = (False, *(True for _ in years))
    notes = (*note_marks(rows), note, *_note_cash(brief, [line.year for line in years]), *note_rounding(rows))
    yield Table(f"Savings less costs ({brief.unit})", headings, numeric, rows, notes)
    yield from map(Paragraph, _say_costs_of_no_year(brief))


def _note_cash(brief: Brief, years: Iterable[str]) -> Iterator[str]:
    """Yield how much of the savings released cash, unless all did: a cost is cash."""
    savings = [each for year in years for each in brief.summary.savings(year) if each.amount]
    cash: dict[str, Decimal] = defaultdict(Decimal)
    for each in savings:
        if each.cashability == "cash-releasing":
            cash[each.year] += each.amount
    if savings and any(each.cashability != "cash-releasing" for each in savings):
        said = [f"{brief.summary.say(amount)} in {year}" for year, amount in cash.items()]
        released = f"cash releasing are {join(said)}" if said else "no paper says that any of it released cash"
        yield f"Savings are not of cash alone: {released}."


def _say_costs_of_no_year(brief: Brief) -> Iterator[str]:
    """Yield what papers state of costs for other periods than a year, which is taken off nothing."""
    for item in find_not_added(
        brief.ledger, brief.edition.standing, replace(brief.selection, measure="", categories=("cost",)), STANDING
    ):
        unit = brief.unit if item.measure == "money" else item.measure
        yield say_not_added(item, brief.ledger, unit, brief.places)
