"""An appraisal, for people and for programs."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from emcollab.records.ledger import Ledger
from emcollab.render.page import Amount, Block, Heading, Items, Page, Paragraph, Row, Table
from emcollab.render.pages.totals import LEFT_OUT, fit_own_unit, list_not_added, say_not_added, speak
from emcollab.render.pages.words import count, join, join_first, name_unit, place_by_name
from emcollab.results.appraisal import LATEST, QUESTIONS, Appraisal, AppraisalRow, name_same
from emcollab.values.dates import format_day
from emcollab.values.money import format_amount, places_needed, round_to


def make_page(  # noqa: PLR0913 - how amounts are shown
    result: Appraisal, ledger: Ledger, unit: str, places: int | None, *, is_asked: bool = False, with_ids: bool = True
) -> Page:
    """Return the appraisal as a page: the lines, then what is missing, counted and by benefit.

    `places` are the decimals shown; `None` shows as many as lose nothing, in `unit` if it `is_asked` for. `with_ids`
    tells the ids of benefits.
    """
    result = _sort_by_name(result, ledger)
    what = {"project": "projects", "benefit": "benefits", "force": "forces"}[result.by]
    as_at = f"As at {format_day(result.as_at)}."
    blocks: list[Block]
    if result.lines or result.totals:
        table = _make_table(result, ledger, what, (unit, places), is_asked=is_asked)
        blocks = [Paragraph(" ".join((as_at, *_explain(table)))), table]
        blocks += map(Paragraph, (*_say_part_of_plans(result, table), *_say_uncosted(result, ledger)))
    else:
        blocks = [Paragraph(as_at)]
    if result.not_added:
        blocks.append(Items(tuple(_list_not_added(result, ledger, unit, places))))
    if result.left_out:
        blocks.append(Paragraph(LEFT_OUT))
    who = f"a {result.audience}" if result.audience in ("keeper", "committee") else "an auditor"
    heading = f"What {who} would find missing" if result.audience else "What the papers do not say"
    blocks += [Heading(heading), *_gap_blocks(result, ledger, who, with_ids=with_ids)]
    return Page(f"Appraisal of {what}", tuple(blocks))


def _sort_by_name(result: Appraisal, ledger: Ledger) -> Appraisal:
    """Return the appraisal with what is of projects or benefits by the names of projects."""
    order = place_by_name(ledger, ledger.projects)
    lines = result.lines
    if result.by != "force":
        lines = tuple(sorted(lines, key=lambda line: order[line.id.partition("/")[0]]))
    return replace(result, lines=lines, gaps=tuple(sorted(result.gaps, key=lambda gap: order[gap.project])))


def as_document(result: Appraisal) -> dict[str, object]:
    """Return the appraisal for other programs: amounts exact, shares as fractions to six decimals."""
    return {
        "by": result.by,
        "measure": result.measure,
        "as_at": result.as_at,
        "lines": [
            {
                "id": line.id, "label": line.label, "year": line.year or None, **_list_values(line),
                "pays_back": line.pays_back or None,
            }
            for line in result.lines
        ],
        "totals": [
            {"year": line.year or None, **_list_values(line), "pays_back": line.pays_back or None}
            for line in result.totals
        ],
        "not_added": list_not_added(result.not_added),
        "missing": [
            {"project": gap.project, "benefit": gap.benefit, "question": gap.question, "detail": gap.detail or None}
            for gap in result.gaps
        ],
        "questions": {
            id_: {"sentence": asked.sentence, "source": asked.source, "for": asked.who}
            for id_, asked in QUESTIONS.items()
        },
    }  # fmt: skip


def make_records(result: Appraisal) -> Table:
    """Return the lines and their totals as a flat table for spreadsheets: amounts exact, shares as fractions.

    An amount of another period than a year has a row of its own, `not added`, with the period in the place of the year.
    """
    unit = name_unit(result.measure)
    rows = []
    for part, lines in (("line", result.lines), ("total", result.totals)):
        for line in lines:
            cells = (None if value is None else Amount(value, unit, 0) for value in _list_values(line).values())
            rows.append(Row((part, line.id, line.label, line.year, unit, *cells, line.pays_back)))
    for item in result.not_added:
        basis = "planned_cost" if item.basis == "plan" else "cost"
        column = basis if item.is_cost else item.basis if item.basis in _VALUES else "benefit"
        amount = Amount(item.amount, unit, 0)
        cells = (amount if name == column else None for name in _VALUES)
        rows.append(Row(("not added", f"{item.project}/{item.benefit}", "", item.period, unit, *cells, "")))
    headings = ("part", "id", "label", "year", "unit", *_VALUES, "pays_back")
    numeric = (*(False for _ in range(5)), *(True for _ in _VALUES), False)
    return Table("Appraisal", headings, numeric, tuple(rows))


def _list_values(line: AppraisalRow) -> dict[str, Decimal | None]:
    return {name: value(line) for name, value in _VALUES.items()}


_VALUES: dict[str, Callable[[AppraisalRow], Decimal | None]] = {
    "plan": lambda line: line.plan,
    "estimate": lambda line: line.estimate,
    "actual": lambda line: line.actual,
    "at_risk": lambda line: line.at_risk,
    "delayed": lambda line: line.delayed,
    "not_achievable": lambda line: line.not_achievable,
    "variance": lambda line: line.variance,
    "variance_share": lambda line: _rounded(line.variance_share),
    "realised": lambda line: _rounded(line.realised_share),
    "benefit": lambda line: line.benefit,
    "planned_cost": lambda line: line.planned_cost,
    "cost": lambda line: line.cost,
    "net": lambda line: line.net,
    "benefit_per_cost": lambda line: _rounded(line.benefit_per_cost),
}
"""The amounts of a line and its ratios, these to six decimals, by the names that other programs rely on."""


def _rounded(ratio: Decimal | None, places: int = 6) -> Decimal | None:
    return None if ratio is None else round_to(ratio, "", places)


_COLUMNS: dict[str, Callable[[AppraisalRow], Decimal | str | None]] = {
    **LATEST,
    "Variance": lambda line: line.variance,
    "Variance %": lambda line: _say_share(line.variance_share, plus="+"),
    "Realised %": lambda line: _say_share(line.realised_share),
    "Benefit": lambda line: line.benefit,
    "Planned cost": lambda line: line.planned_cost,
    "Cost": lambda line: line.cost,
    "Net": lambda line: line.net,
    "Benefit per £ of cost": lambda line: (
        None if line.benefit_per_cost is None else format_amount(line.benefit_per_cost, "£", 2, sign=True)
    ),
    "Pays back": lambda line: line.pays_back or None,
}
"""The columns of a line: amounts, and what is no amount in words."""


_USED = ("Benefit", "Cost")
"""The columns that are what totals use."""


def _explain(table: Table) -> Iterator[str]:
    """Yield sentences on what the columns are that a table of lines has."""
    yield "Lines are of savings, unless another category was asked for."
    for columns, one, several in (
        (LATEST, "is the latest there is", "are the latest of each"),
        (_USED, f"is {_IN_TOTALS}", f"are {_IN_TOTALS}"),
    ):
        if names := [name for name in columns if name in table.headings]:
            yield f"{join(names).capitalize()} {several if names[1:] else one}."
    if "Net" in table.headings:
        yield (
            "Net is the benefit less the cost, where both are of the same projects; in a total it is all benefits less "
            "what costs are stated."
        )
    if "Variance" in table.headings:
        yield "Variance is the benefit less the plan, of the benefits and years that have both."
    if "Realised %" in table.headings:
        yield "Per cent realised is the actual as a part of its plan, of those that have both."
    if any(cell is None for row in table.rows for cell in row.cells):
        yield "A dash is nothing stated."


_IN_TOTALS = "what totals use: the actual, or else the latest figure that is no plan"


def _say_share(share: Decimal | None, plus: str = "") -> str | None:
    """Return a fraction as a percentage with one decimal, `plus` before one above nil; nought has no sign."""
    if share is None:
        return None
    shown = _rounded(share * 100, 1) or Decimal("0.0")
    return f"{'-' if shown < 0 else plus if shown else ''}{abs(shown):,f}%"


def _make_table(
    result: Appraisal, ledger: Ledger, what: str, shown: tuple[str, int | None], *, is_asked: bool
) -> Table:
    """Return the lines and their totals as a table, without the columns in which nothing is stated at all."""
    unit, places = shown
    unit = unit if result.measure == "money" else result.measure
    lines = (*result.lines, *result.totals)
    columns = {heading: [value(line) for line in lines] for heading, value in _COLUMNS.items()}
    filled = {heading: values for heading, values in columns.items() if any(value is not None for value in values)}
    if places is None:
        amounts = [value for values in filled.values() for value in values if isinstance(value, Decimal)]
        unit, places = fit_own_unit(amounts, unit, ledger, is_asked=is_asked)
    names: dict[str, list[str]] = {result.by.capitalize(): [line.label for line in lines]}
    if any(line.year for line in lines):
        names["Year"] = [line.year for line in lines]
    cells = (
        [Amount(value, unit, places) if isinstance(value, Decimal) else value for value in values]
        for values in filled.values()
    )
    in_rows = zip(*names.values(), *cells, strict=True)
    rows = tuple(Row(row, total=position >= len(result.lines)) for position, row in enumerate(in_rows))
    numeric = (*(False for _ in names), *(True for _ in filled))
    told = [name for name in ("Plan", "Estimate", "Actual", *_USED) if name in filled]
    return Table(f"{join(told).capitalize()} of {what} ({unit})", (*names, *filled), numeric, rows)


def _say_part_of_plans(result: Appraisal, table: Table) -> Iterator[str]:
    """Yield of how much of the plan totals say what came of it, if papers say nothing of the rest."""
    parts = {
        line.year: (line.planned, line.plan) for line in result.totals if line.planned and line.planned != line.plan
    }
    if parts:
        cell = next(cell for row in table.rows for cell in row.cells if isinstance(cell, Amount))
        amounts = iter(speak((each or Decimal(0) for both in parts.values() for each in both), cell.unit, cell.places))
        said = [f"{next(amounts)} of {next(amounts)}{f' for {year}' if year else ''}" for year in parts]
        yield f"In the total, variance is of the part of the plan of which papers say what came: {join(said)}."


def _say_uncosted(result: Appraisal, ledger: Ledger) -> Iterator[str]:
    """Yield a sentence on the benefits of projects of which no cost is stated, if a total sets them against costs."""
    projects = {line.id.partition("/")[0] for line in result.lines if line.benefit is not None} & ledger.projects.keys()
    projects |= {gap.project for gap in result.gaps if gap.question == "no cost"}
    names = [each.name for id_, each in ledger.projects.items() if id_ in projects and not each.costs]
    if names and any(line.net is not None for line in result.totals):
        against = (
            "net, benefit per £ of cost and the year in which it pays back set all benefits against those costs that"
        )
        yield f"In the total, {against} are stated; no cost is stated of {join_first(names, _MOST_NAMED)}."


_MOST_NAMED = 20  # projects of which no cost is stated


def _list_not_added(result: Appraisal, ledger: Ledger, unit: str, places: int | None) -> Iterator[str]:
    unit = unit if result.measure == "money" else result.measure
    for item in result.not_added:
        shown = places_needed(item.amount, unit) if places is None else places
        yield say_not_added(item, ledger, unit, shown)


def _gap_blocks(result: Appraisal, ledger: Ledger, who: str, *, with_ids: bool) -> Iterator[Block]:
    if not result.benefits:
        yield Paragraph("There is no benefit in this selection.")
        return
    if not result.gaps:
        asked = f" that {who} asks" if result.audience else ""
        yield Paragraph(f"Nothing: every question{asked} is answered.")
        return
    counts = Counter(gap.question for gap in result.gaps)
    benefits = {(gap.project, gap.benefit) for gap in result.gaps}
    rows = tuple(
        Row((id_, f"{counts[id_]:,}", asked.sentence, ", ".join(asked.who), asked.source))
        for id_, asked in QUESTIONS.items()
        if counts[id_]
    )
    headings = ("Gap", "Benefits", "What it means", "Who needs it", "Who asks")
    title = f"{count(len(result.gaps), 'gap')} in {count(len(benefits), 'benefit')}"
    yield Table(title, headings, (False, True, False, False, False), rows)
    by_benefit: dict[tuple[str, str], list[str]] = {}
    for gap in result.gaps:
        detail = gap.detail
        if gap.same and not with_ids:
            detail = name_same(gap.same, lambda other: ledger.label(other.project, other.benefit))
        said = f"{gap.question} ({detail})" if detail else gap.question
        by_benefit.setdefault((gap.project, gap.benefit), []).append(said)
    ids = {id_: f" ({'/'.join(id_)})" if with_ids else "" for id_ in by_benefit}
    yield Items(tuple(f"{ledger.label(*id_)}{ids[id_]}: {', '.join(said)}" for id_, said in by_benefit.items()))
