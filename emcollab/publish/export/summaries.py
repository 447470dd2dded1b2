"""The worksheets that people read first: totals by area, project and force, plan and outturn, and the parts of forces.

Their totals are formulas, with what they come to. The amounts in their rows are what the ledger comes to.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from emcollab.publish.export.flat import Anew, Cells, Flat
from emcollab.publish.export.sheet import NOTHING, ONE_TABLE, Cell, Sheet, make_live
from emcollab.records.ledger import Ledger
from emcollab.render.pages.totals import list_rows
from emcollab.render.pages.words import place_by_name, say_as_at
from emcollab.results.appraisal import LATEST, AppraisalRow, list_lines
from emcollab.results.shares import apportion
from emcollab.results.standing import find_standing
from emcollab.results.totals import GROUPINGS, PARTS, Amounts, Selection, Totals, total_by
from emcollab.values.dates import format_day, start_of
from emcollab.values.money import GRAIN, PENNY
from emcollab.values.terms import MEASURES


def summarise(flat: Flat) -> Iterator[Sheet]:
    """Yield the worksheets of totals, plans and parts, as far as there are any: of money, then of posts and hours."""
    for measure in MEASURES:
        if measure in flat.summaries:
            yield _total(flat, flat.summaries[measure])
            for by in ("project", "force"):
                yield _total(flat, total_by(flat.ledger, by, Selection(measure=measure)))
        yield from _appraise(flat, measure)
        yield from _divide(flat, measure)


def say_day(flat: Flat) -> str:
    """Return the day of which the ledger is, in a sentence."""
    if flat.as_at:
        return say_as_at(flat.as_at)
    return "Every paper counts" + (f"; the latest is of {format_day(flat.dated)}." if flat.dated else ".")


def _name(name: str, measure: str) -> str:
    return name if measure == "money" else f"{name} ({measure})"


def _unit(measure: str) -> str:
    return "£" if measure == "money" else measure


def _grain(measure: str) -> Decimal:
    return PENNY if measure == "money" else GRAIN


_SHORTHAND = f"Some shorthand is used: {NOTHING} is nothing stated."
_NOTES_ON_TOTALS = (
    "Some cells refer to notes, which are on the worksheet Notes; see also [note 1], [note 4], [note 5] and [note 6] "
    "there."
)
_NOTES_ON_PLANS = "See [note 1], [note 4], [note 6] and [note 7] on the worksheet Notes."
_NOTES_ON_PARTS = "See [note 1] and [note 8] on the worksheet Notes."


# --- totals


def _total(flat: Flat, totals: Totals) -> Sheet:
    """Return a summary table: a row a group, the total as the sum of them, and what it is made of."""
    heading, unit = GROUPINGS[totals.by].heading, _unit(totals.measure)
    sheet = Sheet(
        _name(f"By {totals.by}", totals.measure),
        f"{flat.title}, by {totals.by} and financial year ({unit})",
        (ONE_TABLE, say_day(flat), _SHORTHAND, _NOTES_ON_TOTALS),
        (heading, *(f"{year} ({unit})" for year in totals.years), "Years with an estimate [note 2]"),
    )
    groups = list_rows(totals)
    first, under = sheet.top + 1, len(groups)
    rows: list[tuple[Cell, ...]] = [_list_cells(row.label, row.amounts, row.estimates) for row in groups]
    added = [(row.amounts, first + place) for place, row in enumerate(groups)]
    rows.append(_add_up("TOTAL", totals, totals.total, totals.estimates, added))
    for id_, amounts in totals.subtotals.items():
        estimates = totals.part_estimates[id_]
        if id_ == "saving":
            within = [
                (totals.subtotals[part], first + under + 1 + place)
                for place, (part, (_, depth, _)) in enumerate(PARTS.items())
                if depth == PARTS["saving"][1] + 1
            ]
            rows.append(_add_up(_name_part(id_), totals, amounts, estimates, within))
        else:
            rows.append(_list_cells(_name_part(id_), amounts, estimates))
    return sheet._replace(rows=tuple(rows))


def _list_cells(label: str, amounts: Amounts, estimates: Sequence[str]) -> Cells:
    return label, *(NOTHING if each is None else each for each in amounts.values()), ", ".join(estimates) or "none"


def _add_up(
    label: str, totals: Totals, sums: Amounts, estimates: Sequence[str], added: list[tuple[Amounts, int]]
) -> tuple[Cell, ...]:
    """Return a row of live sums: of the amounts `added`, each with the row in which it stands, from 0."""
    rows = [row for _, row in added]
    cells = []
    for column, year in enumerate(totals.years, start=1):
        if rows == list(range(rows[0], rows[-1] + 1)):
            places = xl_range(rows[0], column, rows[-1], column)
        else:
            places = ",".join(xl_rowcol_to_cell(row, column) for row in rows)
        amounts = (amounts[year] for amounts, _ in added)
        cells.append(make_live(f"=SUM({places})", amounts, sums[year], _grain(totals.measure)))
    return label, *cells, ", ".join(estimates) or "none"


def _name_part(id_: str) -> str:
    """Return what to call a part of the total: `of which savings`, `of the savings: cashable`."""
    label, depth, _ = PARTS[id_]
    note = " [note 3]" if id_ == "unclassified" else ""
    return f"{('of which ', 'of the savings: ', 'of the cashable savings: ')[depth - 1]}{label}{note}"


# --- plan and outturn

_AMOUNTS: dict[str, Callable[[AppraisalRow], Decimal | None]] = {
    **LATEST,
    "Came of plans": lambda line: line.came,
    "Planned of these": lambda line: line.planned,
    "Variance": lambda line: line.variance,
    "Planned cost": lambda line: line.planned_cost,
    "Benefit": lambda line: line.benefit,
    "Cost": lambda line: line.cost,
    "Net": lambda line: line.net,
}
_LESS = {"Variance": ("Came of plans", "Planned of these"), "Net": ("Benefit", "Cost")}
"""The columns that are worked out from two others: the one less the other."""


def _appraise(flat: Flat, measure: str) -> Iterator[Sheet]:
    """Yield the worksheet of plans and outturns by project and year, if there are any, with a total for each year."""
    result = list_lines(flat.ledger, "project", Selection(measure=measure))
    order = place_by_name(flat.ledger, flat.ledger.projects)
    result = result._replace(lines=tuple(sorted(result.lines, key=lambda line: order[line.id])))
    every = (*result.lines, *result.totals)
    columns = {heading: [value(line) for line in every] for heading, value in _AMOUNTS.items()}
    filled = {heading: amounts for heading, amounts in columns.items() if any(each is not None for each in amounts)}
    if not filled:
        return
    unit = _unit(measure)
    sheet = Sheet(
        _name("Plan and outturn", measure),
        f"{flat.title}, plan and outturn of savings and costs by project and financial year ({unit})",
        (ONE_TABLE, say_day(flat), _SHORTHAND, _NOTES_ON_PLANS),
        ("Project", "Year", "Year start", *(f"{heading} ({unit})" for heading in filled)),
    )
    first, last = sheet.top + 1, sheet.top + len(result.lines)
    places = {heading: place for place, heading in enumerate(filled, start=3)}
    years = xl_range(first, 2, last, 2)

    def make_cell(heading: str, number: int) -> Cell:
        row, amount, line = first + number, filled[heading][number], every[number]
        if heading in _LESS:
            of, less = _LESS[heading]
            formula = f"={xl_rowcol_to_cell(row, places[of])}-{xl_rowcol_to_cell(row, places[less])}"
            return make_live(formula, (filled[of][number], filled[less][number]), amount, _grain(measure))
        if number < len(result.lines):
            return NOTHING if amount is None else amount
        added = (each for each, other in zip(filled[heading], result.lines, strict=False) if other.year == line.year)
        column = places[heading]
        formula = f"=SUMIF({years},{start_of(line.year)},{xl_range(first, column, last, column)})"
        return make_live(formula, added, amount, _grain(measure))

    yield sheet._replace(
        rows=tuple(
            (line.label, line.year, start_of(line.year), *(make_cell(heading, number) for heading in filled))
            for number, line in enumerate(every)
        )
    )


# --- parts of forces


def _divide(flat: Flat, measure: str) -> Iterator[Sheet]:
    """Yield the worksheet of the parts of forces, if there are any: a row for each, as a pivot takes them."""
    unit = _unit(measure)
    sheet = Sheet(
        _name("Parts by force", measure),
        f"{flat.title}, the part of each force in each figure that stands ({unit})",
        (ONE_TABLE, say_day(flat), _NOTES_ON_PARTS),
        (
            "Force", "Area", "Project", "Benefit or cost", "Category", "Cashability", "Year", "Year start", "Basis",
            f"Benefit ({unit})", f"Cost ({unit})", "Source", "Figure",
        ),
        Anew(lambda: _list_parts(flat.ledger, measure)),
    )  # fmt: skip
    if any(sheet.rows):
        yield sheet


def _list_parts(ledger: Ledger, measure: str) -> Iterator[Cells]:
    standing, forces, nil = find_standing(ledger), GROUPINGS["force"].labels(ledger), Decimal(0)
    for number, figure in enumerate(ledger.figures, start=1):
        if not figure.year or figure.measure != measure or not standing.has(figure):
            continue
        other = "not known" if figure.category == "unclassified" else "not a saving"
        about = (
            ledger.areas[figure.area], ledger.projects[figure.project].name,
            ledger.label(figure.project, figure.benefit), figure.category, figure.cashability or other,
            figure.year, start_of(figure.year), figure.basis,
        )  # fmt: skip
        is_cost, source = figure.is_cost, figure.source
        for force, part in apportion(ledger, figure).items():
            benefit, cost = (nil, part) if is_cost else (part, nil)
            yield forces[force], *about, benefit, cost, source, number
