"""An appraisal, for people and for programs."""

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from emcollab.records.ledger import Ledger
from emcollab.render.page import Amount, Block, Cell, Heading, Items, Page, Paragraph, Row, Table
from emcollab.render.pages.words import count
from emcollab.results.appraisal import QUESTIONS, Appraisal, AppraisalRow
from emcollab.values.dates import format_day
from emcollab.values.money import places_needed

_HEADINGS = (
    "Plan", "Estimate", "Actual", "Variance", "Variance %", "Realised %", "Benefit", "Planned cost", "Cost",
    "Net", "Benefit per £ of cost", "Pays back",
)  # fmt: skip


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
        "missing": [
            {"project": gap.project, "benefit": gap.benefit, "question": gap.question, "detail": gap.detail or None}
            for gap in result.gaps
        ],
        "questions": {id_: {"sentence": asked.sentence, "source": asked.source} for id_, asked in QUESTIONS.items()},
    }  # fmt: skip


def _rounded(ratio: Decimal | None, places: int = 6) -> Decimal | None:
    return None if ratio is None else ratio.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _table(result: Appraisal, title: str, unit: str, places: int | None) -> Table:
    """Return the lines as a table, without the columns in which nothing is stated at all."""
    unit = unit if result.measure == "money" else result.measure
    if places is None:
        stated = [amount for line in result.lines for amount in _amounts(line) if amount is not None]
        places = max((places_needed(amount, unit) for amount in stated), default=0)
    rows = [_cells(line, unit, places) for line in result.lines]
    filled = [position for position in range(len(_HEADINGS)) if any(row[position] is not None for row in rows)]
    by_year = any(line.year for line in result.lines)
    names = [(line.label, line.year) if by_year else (line.label,) for line in result.lines]
    headings = (result.by.capitalize(), *(("Year",) if by_year else ()), *(_HEADINGS[position] for position in filled))
    return Table(
        f"{title} ({unit})",
        headings,
        (*(False for _ in names[0]), *(True for _ in filled)),
        tuple(Row((*name, *(row[position] for position in filled))) for name, row in zip(names, rows, strict=True)),
    )


def _amounts(line: AppraisalRow) -> tuple[Decimal | None, ...]:
    return line.plan, line.estimate, line.actual, line.variance, line.benefit, line.planned_cost, line.cost, line.net


def _cells(line: AppraisalRow, unit: str, places: int) -> list[Cell]:
    plan, estimate, actual, variance, benefit, planned_cost, cost, net = (
        None if amount is None else Amount(amount, unit, places) for amount in _amounts(line)
    )
    share = line.realised_share
    per_cost = _rounded(line.benefit_per_cost, 2)
    return [
        plan, estimate, actual, variance,
        None if share is None else _per_cent(share - 1, signed=True), None if share is None else _per_cent(share),
        benefit, planned_cost, cost, net, None if per_cost is None else f"£{per_cost:,f}", line.pays_back or None,
    ]  # fmt: skip


def _per_cent(share: Decimal, *, signed: bool = False) -> str:
    shown = (share * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{shown:+,f}%" if signed else f"{shown:,f}%"


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
    yield Items(
        tuple(
            f"{ledger.label(*benefit)} ({'/'.join(benefit)}): {', '.join(said)}" for benefit, said in by_benefit.items()
        )
    )
