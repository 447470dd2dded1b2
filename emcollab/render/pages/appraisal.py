"""An appraisal, for people and for programs."""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from emcollab.records.ledger import Ledger
from emcollab.render.page import Amount, Block, Heading, Items, Page, Paragraph, Row, Table
from emcollab.render.pages.words import count
from emcollab.results.appraisal import QUESTIONS, Appraisal, AppraisalRow
from emcollab.values.dates import format_day
from emcollab.values.money import places_needed


def make_page(result: Appraisal, ledger: Ledger, unit: str, places: int | None) -> Page:
    """Return the appraisal as a page: the lines, then what is missing, counted and by benefit.

    `places` are the decimals shown; `None` shows as many as lose nothing.
    """
    what = {"project": "projects", "benefit": "benefits", "force": "forces"}[result.by]
    blocks: list[Block] = [
        Paragraph(
            f"As at {format_day(result.as_at)}. Lines are of savings, unless another category was asked for. Plan, "
            "estimate and actual are the latest of each; variance and per cent realised are of the benefits and years "
            "that have both a plan and an actual. Benefit and cost are what totals use: the actual, or else the latest "
            "figure that is no plan; net is the one less the other. A dash is nothing stated."
        )
    ]
    if result.lines:
        blocks.append(_table(result, f"Plan, estimate, actual and cost of {what}", unit, places))
    blocks += [Heading("What an auditor would miss"), *_gap_blocks(result, ledger)]
    return Page(f"Appraisal of {what}", tuple(blocks))


def as_document(result: Appraisal) -> dict[str, object]:
    """Return the appraisal for other programs: amounts exact, shares as fractions to six decimals."""
    return {
        "by": result.by,
        "measure": result.measure,
        "as_at": result.as_at,
        "lines": [
            {
                "id": line.id, "label": line.label, "year": line.year or None, "plan": line.plan,
                "estimate": line.estimate, "actual": line.actual, "variance": line.variance,
                "realised": _rounded(line.realised_share), "benefit": line.benefit,
                "planned_cost": line.planned_cost, "cost": line.cost, "net": line.net,
                "benefit_per_cost": _rounded(line.benefit_per_cost), "pays_back": line.pays_back or None,
            }
            for line in result.lines
        ],
        "missing": [{**gap._asdict(), "detail": gap.detail or None} for gap in result.gaps],
        "questions": {id_: {"sentence": asked.sentence, "source": asked.source} for id_, asked in QUESTIONS.items()},
    }  # fmt: skip


def _rounded(ratio: Decimal | None, places: int = 6) -> Decimal | None:
    return None if ratio is None else ratio.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


_COLUMNS: dict[str, Callable[[AppraisalRow], Decimal | str | None]] = {
    "Plan": lambda line: line.plan,
    "Estimate": lambda line: line.estimate,
    "Actual": lambda line: line.actual,
    "Variance": lambda line: line.variance,
    "Variance %": lambda line: None if line.realised_share is None else f"{_per_cent(line.realised_share - 1):+,f}%",
    "Realised %": lambda line: None if line.realised_share is None else f"{_per_cent(line.realised_share):,f}%",
    "Benefit": lambda line: line.benefit,
    "Planned cost": lambda line: line.planned_cost,
    "Cost": lambda line: line.cost,
    "Net": lambda line: line.net,
    "Benefit per £ of cost": lambda line: (
        None if line.benefit_per_cost is None else f"£{_rounded(line.benefit_per_cost, 2):,f}"
    ),
    "Pays back": lambda line: line.pays_back or None,
}
"""The columns of a line: amounts, and what is no amount in words."""


def _per_cent(share: Decimal) -> Decimal:
    return (share * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _table(result: Appraisal, title: str, unit: str, places: int | None) -> Table:
    """Return the lines as a table, without the columns in which nothing is stated at all."""
    unit = unit if result.measure == "money" else result.measure
    columns = {heading: [value(line) for line in result.lines] for heading, value in _COLUMNS.items()}
    filled = {heading: values for heading, values in columns.items() if any(value is not None for value in values)}
    if places is None:
        amounts = (value for values in filled.values() for value in values if isinstance(value, Decimal))
        places = max((places_needed(amount, unit) for amount in amounts), default=0)
    names: dict[str, list[str]] = {result.by.capitalize(): [line.label for line in result.lines]}
    if any(line.year for line in result.lines):
        names["Year"] = [line.year for line in result.lines]
    cells = (
        [Amount(value, unit, places) if isinstance(value, Decimal) else value for value in values]
        for values in filled.values()
    )
    rows = tuple(Row(row) for row in zip(*names.values(), *cells, strict=True))
    numeric = (*(False for _ in names), *(True for _ in filled))
    return Table(f"{title} ({unit})", (*names, *filled), numeric, rows)


def _gap_blocks(result: Appraisal, ledger: Ledger) -> Iterator[Block]:
    if not result.benefits:
        yield Paragraph("There is no benefit in this selection.")
        return
    if not result.gaps:
        yield Paragraph("Nothing: every question is answered.")
        return
    counts = Counter(gap.question for gap in result.gaps)
    benefits = {(gap.project, gap.benefit) for gap in result.gaps}
    rows = tuple(
        Row((id_, f"{counts[id_]:,}", asked.sentence, asked.source)) for id_, asked in QUESTIONS.items() if counts[id_]
    )
    title = f"{count(len(result.gaps), 'gap')} in {count(len(benefits), 'benefit')}"
    yield Table(title, ("Gap", "Benefits", "What it means", "Who asks"), (False, True, False, False), rows)
    by_benefit: dict[tuple[str, str], list[str]] = {}
    for gap in result.gaps:
        said = f"{gap.question} ({gap.detail})" if gap.detail else gap.question
        by_benefit.setdefault((gap.project, gap.benefit), []).append(said)
    yield Items(tuple(f"{ledger.label(*id_)} ({'/'.join(id_)}): {', '.join(said)}" for id_, said in by_benefit.items()))
