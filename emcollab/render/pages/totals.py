"""The summary table, for people and for programs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from emcollab.records.ledger import Figure, Ledger
from emcollab.render.page import Amount, Cell, Row, Table
from emcollab.render.pages.words import count, join, name_kind_and_basis, name_paper, name_unit, number, say_as_at
from emcollab.results.totals import GROUPINGS, PARTS, SUM, Amounts, SummaryRow, Totals
from emcollab.values.money import POUNDS, fit_unit, format_amount, places_needed, round_to, say_amounts
from emcollab.values.periods import say_period, year_in_part, years_of


def as_document(totals: Totals, as_at: date | None = None) -> dict[str, object]:
    """Return `totals` in the shape that other programs rely on: amounts exact, `None` where nothing is stated.

    `as_at` is told, of totals of the ledger as it was known on that day.
    """
    return {
        "title": totals.title,
        "measure": totals.measure,
        "unit": name_unit(totals.measure),
        "by": totals.by,
        "as_at": as_at,
        "years": totals.years,
        "rows": [row._asdict() for row in totals.rows],
        "total": totals.total,
        "subtotals": totals.subtotals,
        "not_added": list_not_added(totals.not_added),
    }


def list_not_added(items: Iterable[Figure]) -> list[dict[str, object]]:
    """Return amounts that are in no total, for other programs."""
    return [
        {
            "project": item.project, "benefit": item.benefit, "period": item.period, "basis": item.basis,
            "source": item.source, "amount": item.amount,
        }
        for item in items
    ]  # fmt: skip


def make_records(totals: Totals) -> Table:
    """Return `totals` as a flat table for spreadsheets: every amount exact, the total and its parts as rows."""
    unit = name_unit(totals.measure)

    def row(part: str, id_: str, label: str, amounts: Amounts, estimates: tuple[str, ...] = ()) -> Row:
        cells = (None if amount is None else Amount(amount, unit, 0) for amount in amounts.values())
        return Row((part, id_, label, unit, *cells, " ".join(estimates), "", "", "", None))

    rows = [row("row", line.id, line.label, line.amounts, line.estimates) for line in totals.rows]
    rows.append(row("total", "total", "TOTAL", totals.total, totals.estimates))
    rows += [
        row("part", id_, PARTS[id_][0], amounts, totals.part_estimates[id_])
        for id_, amounts in totals.subtotals.items()
    ]
    nothing: list[Cell] = [None] * len(totals.columns)
    for item in totals.not_added:
        cells = (item.period, item.basis, item.source, Amount(item.amount, unit, 0))
        rows.append(Row(("not added", f"{item.project}/{item.benefit}", "", unit, *nothing, "", *cells)))
    headings = ("part", "id", "label", "unit", *totals.columns, "estimates", "period", "basis", "source", "not added")
    numeric = (False, False, False, False, *(True for _ in totals.columns), False, False, False, False, True)
    return Table(totals.title, headings, numeric, tuple(rows))


def make_table(  # noqa: PLR0913 - how amounts are shown
    totals: Totals, ledger: Ledger, unit: str, places: int | None = None, as_at: date | None = None, *,
    is_asked: bool = False,
) -> Table:  # fmt: skip
    """Return `totals` as people read it: in `unit`, the total and its parts below the rows, with notes.

    `places` are the decimals shown; `None` shows as many as lose nothing, and in pounds what would be long decimals of
    the ledger's unit, unless it `is_asked` for. `as_at` is told, of totals of the ledger as it was known on that day,
    which `ledger` is.
    """
    if totals.measure != "money":
        unit = totals.measure
    if places is None:
        shown = [amount for line in totals.rows for amount in line.amounts.values() if amount is not None]
        shown += [item.amount for item in totals.not_added]
        unit, places = fit_own_unit(shown, unit, ledger, is_asked=is_asked)

    def cells(amounts: Amounts, estimates: tuple[str, ...] = (), *, sign: bool = False) -> list[Cell]:
        marked = {*estimates, SUM} if estimates else set()
        return [
            None if amount is None else Amount(amount, unit, places, column in marked, sign)
            for column, amount in amounts.items()
        ]

    rows = [Row((line.label, *cells(line.amounts, line.estimates))) for line in list_rows(totals)]
    if rows:
        rows.append(Row(("TOTAL", *cells(totals.total, sign=True)), total=True))
    if _has_parts(totals):
        rows += [
            Row((label, *cells(totals.subtotals[id_], totals.part_estimates[id_])), part=depth)
            for id_, (label, depth, _) in PARTS.items()
        ]
    span = f"{totals.years[0]} to {totals.years[-1]}" if len(totals.years) > 1 else "Sum"
    headings = (GROUPINGS[totals.by].heading, *totals.years, *([span] if totals.sum_years else ()))
    numeric = (False, *(True for _ in totals.columns))
    notes = tuple(_notes(totals, ledger, unit, places, as_at))
    return Table(f"{totals.title} ({unit})", headings, numeric, tuple(rows), notes)


def list_rows(totals: Totals) -> Sequence[SummaryRow]:
    """Return the rows as people read them: those of projects by name, others in the order of the ledger."""
    return sorted(totals.rows, key=lambda row: row.label.casefold()) if totals.by == "project" else totals.rows


def fit_own_unit(amounts: Sequence[Decimal], unit: str, ledger: Ledger, *, is_asked: bool) -> tuple[str, int]:
    """Return the unit and the decimals in which a table shows amounts exactly.

    The ledger's own unit gives way to pounds as `fit_unit` has it; one that `is_asked` for stays.
    """
    if unit == "£" or (unit == ledger.settings.unit and not is_asked):
        return fit_unit(amounts, unit)
    return unit, max((places_needed(amount, unit) for amount in amounts), default=0)


def _notes(totals: Totals, ledger: Ledger, unit: str, places: int, as_at: date | None) -> Iterator[str]:
    if as_at:
        yield say_as_at(as_at)
    if not ledger.figures and not as_at:
        yield "Nothing is stated yet."
    elif not totals.rows:
        asked = f" for {', '.join(totals.years)}" if totals.years else ""
        there_are = ", ".join(ledger.years()) or "no year yet"
        yield f"No figures{asked} in this selection; the ledger has figures for {there_are}."
    if totals.of_plans:
        yield "These are plans: what was set out to be reached, and not what came of it."
    if estimated := [line for line in totals.rows if line.estimates]:
        yield f"* an estimate, or includes one, {'. '.join(_by_years(estimated))}."
    parts = totals.subtotals.values() if _has_parts(totals) else ()
    if any(None in amounts.values() for amounts in (*(line.amounts for line in totals.rows), *parts)):
        yield "- nothing stated."
    if any(amount is not None for amount in totals.subtotals["unclassified"].values()):
        yield "Unclassified: the papers do not say whether these are savings or funding."
    yield from _notes_on_forces(totals, ledger)
    yield from _notes_on_counts(totals)
    if totals.planned:
        yield f"Nothing but a plan yet, and plans are in no total: {', '.join(totals.planned)}."
    if _rounding_shows(totals, unit, places):
        yield "Amounts are rounded one by one, so those shown need not add up to the totals shown."
    yield from _notes_on_what_is_left_out(totals, ledger, unit, places)


def _notes_on_what_is_left_out(totals: Totals, ledger: Ledger, unit: str, places: int) -> Iterator[str]:
    costs = {year: amount for year, amount in totals.costs.items() if amount is not None}
    if costs:
        amounts = speak(costs.values(), unit, places)
        said = [f"{year} {amount}" for year, amount in zip(costs, amounts, strict=True)]
        yield f"Costs are not in the total: {', '.join(said)}."
    if totals.lapsed:
        amounts = speak((item.amount for item in totals.lapsed), unit, places)
        labels = [ledger.label(item.project, item.benefit) for item in totals.lapsed]
        periods = [say_period(item.period) for item in totals.lapsed]
        yield say_lapsed(map("{}, {} {}".format, labels, amounts, periods))
    yield from (say_not_added(item, ledger, unit, places) for item in totals.not_added[:_MOST_NAMED])
    if (more := len(totals.not_added) - _MOST_NAMED) > 0:
        others = count(more, "more amount")
        yield f"In no total either, as they are not of one year: {others}; the totals as JSON have all."


def _notes_on_counts(totals: Totals) -> Iterator[str]:
    """Yield what a sum of figures is that count different things, or of levels in one year after another."""
    if totals.mixed:
        yield say_mixed(totals.mixed)
    if totals.sum_years and "level" in totals.counts and len(totals.years) > 1:
        yield (
            f"The sum of {totals.years[0]} to {totals.years[-1]} counts a level that was reached, and kept, again in "
            "each year: it is what came over the years together, and no level."
        )


def say_lapsed(amounts: Iterable[str]) -> str:
    """Return that amounts, in words, no longer count since the closure of their projects."""
    return f"Expected by earlier papers, and no longer counted since the project was closed: {'; '.join(amounts)}."


def say_mixed(years: Sequence[str], measure: str = "") -> str:
    """Return in which years figures are added that count different things; of a measure, if one is to be told."""
    return (
        f"{f'Of {measure}, in' if measure else 'In'} {join(years)} some figures count what is new in the year, and "
        "others the level reached in it; their sum is neither."
    )


def _notes_on_forces(totals: Totals, ledger: Ledger) -> Iterator[str]:
    if totals.apportioned:
        yield f"Apportioned between forces: {_say_keys(totals.apportioned, ledger)}."
    if totals.left_out:
        yield LEFT_OUT


LEFT_OUT = "What no paper divides between forces is left out."
"""What is said of the parts of forces, where there is more than they come to."""


def say_not_added(item: Figure, ledger: Ledger, unit: str, places: int) -> str:
    """Return of an amount of another period than a year what it is, and why it is in no total."""
    why = (
        "the paper names no years" if years_of(item.period) is None
        else "it is of part of a year" if year_in_part(item.period)
        else "it is of several years together"
    )  # fmt: skip
    (said,) = speak([item.amount], unit, places)
    amount = f"{said} {say_period(item.period)} ({name_kind_and_basis(item)})"
    same = ledger.benefit(item).possible_duplicate_of
    also = f"; it may be the same as {ledger.label(*same.split('/'))}" if same else ""
    return f"In no total, as {why}: {ledger.label(item.project, item.benefit)}, {amount}{also}."


@lru_cache(1)  # pages of forces that follow each other mostly have the same
def _say_keys(benefits: tuple[tuple[str, str], ...], ledger: Ledger) -> str:
    """Return by which key, and which paper, each of `benefits` is divided; of many by one, the first are named."""
    keys: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for benefit in benefits:
        stated = ledger.stated(*benefit)
        keys[(stated.shares, "") if isinstance(stated.shares, str) else ("", str(stated.shares_source))].append(benefit)
    said = []
    for (shared, own), some in keys.items():
        how = f"by the key of {shared.replace('-', ' ')}" if shared else "by its own shares"
        paper = ledger.shares[shared].source if shared else own
        names = [ledger.label(*benefit) for benefit in some[:_MOST_NAMED]]
        more = f" and {number(len(some) - _MOST_NAMED)} more" if len(some) > _MOST_NAMED else ""
        said.append(f"{', '.join(names)}{more} {how} ({name_paper(ledger.sources[paper])})")
    return "; ".join(said)


_MOST_NAMED = 100
"""How many benefits are named of those that one key divides, or have amounts in no total: there may be thousands."""


def _by_years(lines: list[SummaryRow]) -> list[str]:
    """Return the years with estimates, and of each the labels of `lines`; those of the same years together."""
    labels: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for line in lines:
        labels[line.estimates].append(line.label)
    said = [f"in {join(years)}: {'; '.join(names)}" for years, names in labels.items()]
    return [said[0], *(f"I{each[1:]}" for each in said[1:])]


def speak(amounts: Iterable[Decimal], unit: str, places: int) -> list[str]:
    """Return the amounts of one sentence in `unit`, exact, with the same decimals: at least `places`."""
    amounts = list(amounts)
    if unit not in POUNDS:
        return say_amounts(amounts, unit)
    _, needed = fit_unit(amounts, unit) if unit == "£" else (unit, max(places_needed(each, unit) for each in amounts))
    even, suffix = max(places, needed), unit.removeprefix("£")
    return [f"{format_amount(amount, unit, even, sign=True)}{suffix}" for amount in amounts]


def _has_parts(totals: Totals) -> bool:
    """Return whether the total is made of savings and the like, and not of costs."""
    return any(amount is not None for amounts in totals.subtotals.values() for amount in amounts.values())


def _rounding_shows(totals: Totals, unit: str, places: int) -> bool:
    """Return whether amounts as shown fail to add up to a total as shown, down the rows or over the parts."""
    breakdowns = [[line.amounts for line in totals.rows]]
    if _has_parts(totals):
        breakdowns.append([totals.subtotals[id_] for id_, (_, depth, _) in PARTS.items() if depth == 1])
    return any(
        sum(round_to(amounts[column] or Decimal(0), unit, places) for amounts in breakdown)
        != round_to(total, unit, places)
        for breakdown in breakdowns
        for column, total in totals.total.items()
        if total is not None
    )
