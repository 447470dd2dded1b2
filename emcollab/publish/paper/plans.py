"""What was planned, and what became of it: year by year, then project by project."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from emcollab.publish.paper.brief import Brief
from emcollab.publish.paper.cells import MOST_ROWS, make_money, note_left_out, note_marks, note_rounding
from emcollab.render.page import Block, Items, Paragraph, Row, Table
from emcollab.render.pages.summary import Summary
from emcollab.render.pages.totals import say_not_added
from emcollab.results.appraisal import LATEST, AppraisalRow
from emcollab.results.standing import find_latest
from emcollab.results.totals import find_not_added
from emcollab.values.money import format_amount


def show_plans(brief: Brief) -> Iterator[Block]:
    """Yield for each year how much of what was planned came, then the plans of projects one by one."""
    if not brief.planned:
        yield Paragraph(
            "No paper states a plan for a saving in a year. So it cannot be said whether what was planned came."
        )
    else:
        lines = (line for line in brief.appraisal.totals if line.plan is not None)
        yield Items(tuple(_say_realised(brief.summary, line) for line in lines))
        yield _make_table(brief)
    if apart := tuple(_say_of_no_year(brief)):
        yield Items(apart)


def _say_of_no_year(brief: Brief) -> Iterator[str]:
    """Yield the plans for savings of other periods than a year, beside which nothing can be set."""
    chosen = replace(brief.selection, categories=("saving",))
    plans = list(find_not_added(brief.ledger, brief.edition.standing, chosen, ("plan",)))
    yield from (say_not_added(item, brief.ledger, brief.unit, brief.places) for item in plans[:MOST_ROWS])
    yield from note_left_out(len(plans[MOST_ROWS:]), "other plan")


def _say_realised(summary: Summary, line: AppraisalRow) -> str:
    """Return of a year how much of what was planned came, as far as papers say; or is expected, if it is not over."""
    plan = summary.say(line.plan or Decimal(0))
    is_over = summary.is_over(line.year)
    if line.planned is None or line.came is None:
        so_far = "and no paper says what came of it" if is_over else "and the year is not over"
        return f"{line.year}: {plan} was planned, {so_far}."
    less = line.came - line.planned
    off = "as planned" if not less else f"{summary.say(abs(less))} {'less' if less < 0 else 'more'} than planned"
    outturn = summary.say(line.realised) if line.realised else "none"
    firm = f" ({outturn} of it outturn)" if is_over and line.realised != line.came else ""
    amount = f"{summary.say(line.came)}{firm}"
    if line.planned == line.plan:
        verb = "came of it" if is_over else "is expected so far"
        return f"{line.year}: {plan} was planned, and {amount} {verb}, {off}."
    part = f"Papers say of {summary.say(line.planned)} of that what {'came' if is_over else 'is expected'}"
    return f"{line.year}: {plan} was planned. {part}: {amount}, {off}. Of the rest they say nothing."


_BECAME = {heading: LATEST[heading] for heading in ("At risk", "Delayed", "Not achievable")}
"""The columns of what papers say became of a plan, shown if there is any of it."""


def _make_table(brief: Brief) -> Table:
    """Return the plans, of many those that count for most, in the order of names and years."""
    became = [
        (heading, value) for heading, value in _BECAME.items() if any(value(line) is not None for line in brief.planned)
    ]
    estimated = _find_estimated(brief)
    weightiest = sorted(brief.planned, key=_weigh, reverse=True)[:MOST_ROWS]
    shown = sorted(weightiest, key=lambda line: (line.label.casefold(), line.year))
    rows = tuple(
        Row((
            line.label, line.year, make_money(brief, line.plan),
            make_money(brief, line.came, estimate=(line.id, line.year) in estimated),
            make_money(brief, line.variance), _say_share(line.variance_share),
            *(make_money(brief, value(line)) for _, value in became),
        ))
        for line in shown
    )  # fmt: skip
    notes = [*note_marks(rows), *_note_parts(shown), *note_rounding(rows)]
    notes += note_left_out(len(brief.planned) - len(rows), "smaller difference")
    headings = (
        "Project", "Year", "Planned", "Came or expected", "Difference", "%", *(heading for heading, _ in became),
    )  # fmt: skip
    numeric = (False, False, *(True for _ in headings[2:]))
    return Table(f"Savings planned, and what came of them ({brief.unit})", headings, numeric, rows, tuple(notes))


def _note_parts(lines: Iterable[AppraisalRow]) -> Iterator[str]:
    if any(line.planned is not None and line.planned != line.plan for line in lines):
        yield "Where papers say of only a part of a plan what came of it, the difference is of that part."


_CAME, _DIFFERENCE = "What came, or is expected", "Difference from what was planned"
_BY_YEAR: tuple[tuple[str, Callable[[AppraisalRow], Decimal | None]], ...] = (
    ("Planned", lambda line: line.plan),
    ("Of that, papers say what came, or is expected", lambda line: line.planned),
    (_CAME, lambda line: line.came),
    ("Of that, outturn", lambda line: line.realised),
    (_DIFFERENCE, lambda line: line.variance),
)
"""The rows of a table of plans by year, and the amount of each in a year."""


def make_table_by_year(brief: Brief) -> Table:
    """Return what was planned, and what came of it, of all projects together; the years for which papers plan."""
    lines = [line for line in brief.appraisal.totals if line.plan is not None]
    estimated = {year for _, year in _find_estimated(brief)}
    rows = tuple(
        Row((label, *(
            make_money(brief, value(line), estimate=label == _CAME and line.year in estimated)
            for line in lines
        )), total=label == _DIFFERENCE)
        for label, value in _BY_YEAR
    )  # fmt: skip
    headings = ("Savings", *(line.year for line in lines))
    numeric = (False, *(True for _ in lines))
    notes = (*note_marks(rows), *_note_parts(lines), *note_rounding(rows))
    return Table(f"Savings planned, and what came of them, by year ({brief.unit})", headings, numeric, rows, notes)


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
