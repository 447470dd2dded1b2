"""What was planned, and what became of it: year by year, then project by project."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from emcollab.publish.paper.brief import Brief
from emcollab.publish.paper.cells import MOST_ROWS, make_money, note_left_out, note_rounding
from emcollab.render.page import Block, Items, Paragraph, Row, Table
from emcollab.render.pages.summary import Summary
from emcollab.results.appraisal import AppraisalRow
from emcollab.results.standing import find_latest
from emcollab.values.money import format_amount


def show_plans(brief: Brief) -> Iterator[Block]:
    """Yield for each year how much of what was planned came, then the plans of projects one by one."""
    if not brief.planned:
        yield Paragraph(
            "No paper states a plan for a saving in a year. So it cannot be said whether what was planned came."
        )
        return
    yield Items(tuple(_say_realised(brief.summary, line) for line in brief.appraisal.totals if line.plan is not None))
    yield _make_table(brief)


def _say_realised(it: Summary, line: AppraisalRow) -> str:
    """Return of a year how much of what was planned came, as far as papers say; or is expected, if it is not over."""
    plan = it.say(line.plan or Decimal(0))
    is_over = it.is_over(line.year)
    if line.planned is None or line.came is None:
        so_far = "and no paper says what came of it" if is_over else "and the year is not over"
        return f"{line.year}: {plan} was planned, {so_far}."
    less = line.came - line.planned
    off = "as planned" if not less else f"{it.say(abs(less))} {'less' if less < 0 else 'more'} than planned"
    outturn = it.say(line.realised) if line.realised else "none"
    firm = f" ({outturn} of it outturn)" if is_over and line.realised != line.came else ""
    amount = f"{it.say(line.came)}{firm}"
    if line.planned == line.plan:
        verb = "came of it" if is_over else "is expected so far"
        return f"{line.year}: {plan} was planned, and {amount} {verb}, {off}."
    part = f"Papers say of {it.say(line.planned)} of that what {'came' if is_over else 'is expected'}"
    return f"{line.year}: {plan} was planned. {part}: {amount}, {off}. Of the rest they say nothing."


_BECAME: tuple[tuple[str, Callable[[AppraisalRow], Decimal | None]], ...] = (
    ("At risk", lambda line: line.at_risk),
    ("Delayed", lambda line: line.delayed),
    ("Not achievable", lambda line: line.not_achievable),
)
"""The columns of what papers say became of a plan, shown if there is any of it."""


def _make_table(brief: Brief) -> Table:
    """Return the plans, of many those that count for most, in the order of projects and years."""
    became = [(heading, value) for heading, value in _BECAME if any(value(line) is not None for line in brief.planned)]
    estimated = _find_estimated(brief)
    weightiest = sorted(brief.planned, key=_weigh, reverse=True)[:MOST_ROWS]
    shown = [line for line in brief.planned if line in weightiest]
    rows = tuple(
        Row((
            line.label, line.year, make_money(brief, line.plan),
            make_money(brief, line.came, estimate=(line.id, line.year) in estimated),
            make_money(brief, line.variance), _say_share(line.variance_share),
            *(make_money(brief, value(line)) for _, value in became),
        ))
        for line in shown
    )  # fmt: skip
    notes = ["* an estimate, or includes one."] if any((line.id, line.year) in estimated for line in shown) else []
    notes.append("- nothing stated.")
    if any(line.planned is not None and line.planned != line.plan for line in shown):
        notes.append("Where papers say of only a part of a plan what came of it, the difference is of that part.")
    notes += [*note_rounding(rows), *note_left_out(len(brief.planned) - len(rows), "smaller difference")]
    headings = (
        "Project", "Year", "Planned", "Came or expected", "Difference", "%", *(heading for heading, _ in became),
    )  # fmt: skip
    numeric = (False, False, *(True for _ in headings[2:]))
    return Table(f"Savings planned, and what came of them ({brief.unit})", headings, numeric, rows, tuple(notes))


def _weigh(line: AppraisalRow) -> Decimal:
    """Return how much a plan counts for: by how much what came differs from it, or all of it, if nothing is said."""
    return abs(line.plan or Decimal(0)) if line.variance is None else abs(line.variance)


def _say_share(share: Decimal | None) -> str | None:
    return None if share is None else f"{format_amount(share * 100, '%', 1)}%"


def _find_estimated(brief: Brief) -> set[tuple[str, str]]:
    """Return the projects and years for which an estimate of a saving stands beside a plan of it."""
    planned = {figure.subject for figure in find_latest(brief.ledger, "plan")}
    return {
        (figure.project, figure.year) for figure in brief.summary.standing
        if figure.category == "saving" and figure.basis == "estimate" and figure.subject in planned
    }  # fmt: skip
