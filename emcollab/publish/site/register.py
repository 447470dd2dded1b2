"""The register of the report: the projects by name, with how they stand, their years, and what they came to."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from emcollab.publish.edition import Edition
from emcollab.records.ledger import Figure
from emcollab.render.page import Amount, Block, Cell, Heading, Items, Link, Page, Paragraph, Row, Table
from emcollab.render.pages.words import count, end_sentence, join_first, say_of_no_year, say_status_days
from emcollab.values.dates import format_day
from emcollab.values.money import fit_unit
from emcollab.values.periods import years_of

_CATEGORIES = {"saving": "Savings", "funding": "Funding", "unclassified": "Unclassified", "cost": "Costs"}
_APART = "not added"
_IN_NO_SUM = "In no sum"
_AMOUNTS = len(("Project", "Status", "Years"))  # columns before those of amounts
_MOST_NAMED = 3
"""How many amounts of a project are named that are in no sum."""


def make_register(edition: Edition, ids: Iterable[str]) -> Page:
    """Return the projects `ids` in this order, with status, years, and money of the years that are over."""
    ledger = edition.ledger
    chosen = list(ids)
    blocks: list[Block] = [Paragraph(f"{count(len(chosen), 'project').capitalize()}.")]
    if chosen:
        blocks.append(_make_table(edition, chosen))
    closed = ((ledger.projects[id_].name, ledger.states[id_].closed) for id_ in chosen)
    if reasons := tuple(f"{name}: {end_sentence(each.reason)}" for name, each in closed if each and each.reason):
        blocks += [Heading("Why projects were closed"), Items(reasons)]
    return Page("Projects", tuple(blocks))


def _make_table(edition: Edition, ids: list[str]) -> Table:
    ledger, places = edition.ledger, edition.ledger.settings.places
    unit: str = ledger.settings.unit
    shown = [each for each in _CATEGORIES if each == "saving" or any((id_, each) in edition.to_date for id_ in ids)]
    if places is None:
        sums = (_add(edition, id_, category) for id_ in ids for category in shown)
        unit, places = fit_unit((each for each in sums if each is not None), unit)
    others = (_IN_NO_SUM,) if any(id_ in edition.not_added for id_ in ids) else ()
    rows = []
    for id_ in ids:
        name = Link(ledger.projects[id_].name, f"projects/{id_}.html")
        amounts = (_make_cell(edition, id_, category, unit, places) for category in shown)
        apart = (_say_not_added(edition, id_) for _ in others)
        rows.append(Row((name, ledger.states[id_].status, _say_years(edition, id_), *amounts, *apart)))
    headings = ("Project", "Status", "Years", *(f"{_CATEGORIES[category]} to date" for category in shown), *others)
    numeric = (False, False, False, *(True for _ in shown), *(False for _ in others))
    return Table(f"Register ({unit})", headings, numeric, tuple(rows), tuple(_list_notes(edition, ids, rows)))


def _add(edition: Edition, id_: str, category: str) -> Decimal | None:
    """Return the sum of the years that are over; `None` if nothing is stated, or some count what is new in a year."""
    figures = edition.to_date.get((id_, category), [])
    if not figures or _are_apart(edition, figures):
        return None
    return sum((figure.amount for figure in figures), Decimal(0))


def _are_apart(edition: Edition, figures: list[Figure]) -> bool:
    """Return whether figures of several years are not to be added, as some count what is new in a year."""
    several = len({figure.year for figure in figures}) > 1
    return several and any(edition.ledger.benefit(figure).counts == "new" for figure in figures)


def _make_cell(edition: Edition, id_: str, category: str, unit: str, places: int) -> Cell:
    figures = edition.to_date.get((id_, category), [])
    amount = _add(edition, id_, category)
    if amount is None:
        return _APART if figures else None
    return Amount(amount, unit, places, any(figure.basis == "estimate" for figure in figures))


def _say_not_added(edition: Edition, id_: str) -> str | None:
    """Return what papers state for other periods than a year; of much, the first."""
    return join_first(say_of_no_year(edition.not_added.get(id_, ())), _MOST_NAMED) or None


def _say_years(edition: Edition, id_: str) -> str | None:
    """Return the first and the last year of which any figure is stated."""
    years = [year for figure in edition.by_project[id_].figures for year in years_of(figure.period) or ()]
    if not years:
        return None
    first, last = min(years), max(years)
    return first if first == last else f"{first} to {last}"


def _list_notes(edition: Edition, ids: list[str], rows: list[Row]) -> Iterator[str]:
    cells = [cell for row in rows for cell in row.cells]
    if days := say_status_days(edition.ledger, ids):
        yield f"Status: what papers last said of it, {days}; the page of each project says on which day."
    share = f"the share of {edition.force_name} in " if edition.part_of else ""
    of_it = " of this edition" if edition.years else ""
    yield (
        f"To date: {share}the years{of_it} that were over on {format_day(edition.today)}, added. A saving that is kept "
        "from year to year counts in each."
    )
    if any(isinstance(cell, Amount) and cell.estimate for cell in cells):
        yield "* an estimate, or includes one."
    if None in cells:
        is_of_amounts = any(None in row.cells[_AMOUNTS:] for row in rows)
        share = f", or gives {edition.force_name} a part of it" if edition.part_of else ""
        lacking = f"; of an amount to date, that no paper states one for a year{of_it} that is over{share}"
        of_amounts = lacking if is_of_amounts else ""
        yield f"- no paper says{of_amounts}."
    if any(id_ in edition.not_added for id_ in ids):
        yield f"{_IN_NO_SUM}: what papers state of no year, of part of a year, or of several years together."
    if _APART in cells:
        yield f"{_APART.capitalize()}: some of its figures count what is new in a year, so that years are not added."
