"""What changed since the paper before: which papers have come, what moved, and which projects stand otherwise."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from emcollab.publish.paper.brief import Brief
from emcollab.publish.paper.cells import MOST_ROWS, make_money, name_some, note_left_out, note_rounding, say_number_of
from emcollab.render.page import Block, Cell, Items, Paragraph, Row, Table
from emcollab.render.pages.changes import format_headline
from emcollab.render.pages.words import join, say_of_no_year, sort_by_name
from emcollab.results.diff import Moved
from emcollab.results.standing import find_standing
from emcollab.results.totals import Selection, find_not_added
from emcollab.values.dates import format_when
from emcollab.values.money import fit_words, round_to, say_amounts
from emcollab.values.terms import CATEGORIES, MEASURES, STANDING, WHOLES, name_whole


def show_changes(brief: Brief) -> Iterator[Block]:
    """Yield the headline and the amounts that changed, of money first and the greatest first; and news of projects."""
    if brief.since is None:
        one = "Only one paper gives figures" if brief.share.figures else "No paper gives figures yet"
        yield Paragraph(f"{one}: there is nothing to compare.")
        return
    new = [source for source in brief.ledger.sources.values() if source.day > brief.since]
    names = name_some([f"{each.title} ({format_when(each.date)})" for each in new])
    have = "has" if len(new) == 1 else "have"
    since = f"Since {brief.name_day(brief.since)}, {say_number_of(new, 'paper')} {have} come in"
    yield Paragraph(f"{since}{': ' if new else ''}{names}.")
    yield Items(lines) if (lines := tuple(say_moved(brief))) else Paragraph(format_headline(brief.changes))
    yield from make_tables_of_moved(brief)
    if apart := list(_say_of_no_year(brief)):
        yield Paragraph("In no total, as they are not of one year:")
        yield Items((*apart[:MOST_ROWS], *note_left_out(len(apart[MOST_ROWS:]), "other")))
    if news := tuple(_list_news(brief)):
        yield Paragraph("Projects that are new, or stand otherwise than before:")
        yield Items(news)


def _say_of_no_year(brief: Brief) -> Iterator[str]:
    """Yield what is stated of other periods than a year and was not before, or was otherwise."""
    chosen = Selection(measure="", years=brief.edition.years, categories=CATEGORIES)
    before, now = (
        {(each.subject, each.basis): each for each in find_not_added(ledger, find_standing(ledger), chosen, STANDING)}
        for ledger in (brief.before, brief.share)
    )
    for key, figure in now.items():
        earlier = before.get(key)
        if earlier is None or earlier.amount != figure.amount:
            both = [figure, *([earlier] if earlier else [])]
            said = f"{brief.ledger.label(figure.project, figure.benefit)}: {say_of_no_year(both)[0]}"
            yield "; it was ".join([said, *say_amounts((each.amount for each in both), figure.measure)[1:]])


def _choose_moved(brief: Brief) -> list[Moved]:
    years = brief.edition.years
    return [each for each in brief.changes.moved if not years or each.year in years]


def say_moved(brief: Brief) -> Iterator[str]:
    """Yield for savings, and for all else that moved, by how much in which year: `Costs: £2k less for 2010/11`.

    Money comes first. Of savings it is said where all that stands of the year is an estimate.
    """
    sums: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for each in _choose_moved(brief):
        sums[each.measure, name_whole(each.kind)][each.year] += each.change
    for measure, what in product(MEASURES, WHOLES.values()):
        years = sums[measure, what]
        say = brief.summary.say if measure == "money" else fit_words(years.values(), measure)
        nil = say(Decimal(0))
        said = [
            f"{amount} {'more' if change > 0 else 'less'} for {year}{_say_forecast(brief, measure, what, year)}"
            for year, change in sorted(years.items()) if (amount := say(abs(change))) != nil
        ]  # fmt: skip
        if said:
            yield f"{what.capitalize()}: {join(said)}"


def _say_forecast(brief: Brief, measure: str, what: str, year: str) -> str:
    """Return that all that stands is an estimate, if it is; of savings in money alone."""
    bases = {each.basis for each in brief.summary.savings(year)} if (measure, what) == ("money", "savings") else set()
    return " (an estimate)" if bases == {"estimate"} else ""


def make_tables_of_moved(brief: Brief) -> Iterator[Table]:
    """Yield the table of the amounts that changed, of money first and the greatest first; nothing, if none is shown."""
    moved = sorted(_choose_moved(brief), key=lambda each: (each.measure != "money", -abs(each.change)))
    if any(_is_shown(brief, each) for each in moved):
        yield _make_table(brief, moved)


def _make_table(brief: Brief, moved: list[Moved]) -> Table:
    rows = tuple(
        Row((
            brief.ledger.areas[each.area], each.year, each.kind,
            *_make_cells(brief, each),
        ))
        for each in moved[:MOST_ROWS] if _is_shown(brief, each)
    )  # fmt: skip
    headings = ("Area", "Year", "Kind", "Before", "Now", "Change")
    numeric = (False, False, False, True, True, True)
    notes = (*note_rounding(rows), *note_left_out(len(moved) - len(rows), "smaller change"))
    return Table(f"Amounts that changed, the greatest first ({brief.unit})", headings, numeric, rows, notes)


def _make_cells(brief: Brief, moved: Moved) -> Iterator[Cell]:
    """Yield an amount before and now, and its change."""
    amounts = moved.before, moved.after, moved.change
    if moved.measure == "money":
        yield from (make_money(brief, amount) for amount in amounts)
    else:
        say = fit_words(filter(None, amounts), moved.measure)
        yield from (None if amount is None else say(amount) for amount in amounts)


def _is_shown(brief: Brief, moved: Moved) -> bool:
    """Return whether a change is more than nil when it is rounded."""
    return moved.measure != "money" or bool(round_to(moved.change, brief.unit, brief.places))


def _list_news(brief: Brief) -> Iterator[str]:
    """Yield how projects stand that were not there before, or stood otherwise."""
    for id_ in sort_by_name(brief.ledger, brief.edition.projects):
        state, name = brief.ledger.states[id_], brief.ledger.projects[id_].name
        earlier = brief.before.states.get(id_)
        if earlier is None:
            yield f"{name}: new{f', {state.status}' if state.status else ''}"
        elif state.status != earlier.status:
            was = f"; it was {earlier.status}" if earlier.status else ""
            yield f"{name}: now {state.status}{was}"
