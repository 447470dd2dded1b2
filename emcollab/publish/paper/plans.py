"""What was planned, and what became of it: year by year, then project by project; posts, hours and costs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from emcollab.publish.paper.brief import Brief
from emcollab.publish.paper.cells import MOST_ROWS, make_money, note_left_out, note_marks, note_rounding
from emcollab.records.ledger import Figure
from emcollab.render.page import Block, Items, Paragraph, Row, Table
from emcollab.render.pages.totals import say_not_added
from emcollab.render.pages.words import end_sentence, name_paper, sort_by_name
from emcollab.results.appraisal import LATEST, AppraisalRow, list_lines
from emcollab.results.standing import find_latest, find_standing
from emcollab.results.totals import find_not_added, in_years
from emcollab.values.dates import format_when
from emcollab.values.money import fit_words, format_amount
from emcollab.values.terms import MEASURES


def show_plans(brief: Brief) -> Iterator[Block]:
    """Yield for each year how much of what was planned came, then the plans of projects one by one.

    Last are posts and hours, costs, plans of no year, and milestones that were missed.
    """
    others = tuple(_say_others(brief))
    if brief.planned:
        lines = map(_take_year, brief.appraisal.totals)
        yield Items(tuple(_say_realised(brief, line, brief.summary.say) for line in lines if line))
        yield _make_table(brief)
    elif others:
        yield Paragraph("No paper states a plan for a saving of money in a year.")
    else:
        yield Paragraph(
            "No paper states a plan for a saving of money in a year. So it cannot be said whether what was planned "
            "came."
        )
    if more := (*others, *_say_of_no_year(brief)):
        yield Items(more)
    if missed := list(_list_missed(brief)):
        yield Paragraph("Milestones that papers call missed:")
        yield Items((*missed[:MOST_ROWS], *note_left_out(len(missed[MOST_ROWS:]), "other milestone")))


class _Year(NamedTuple):
    """What was planned for a year: `planned` is as much of it as papers say of what `came`, `realised` the outturns."""

    year: str
    plan: Decimal
    planned: Decimal | None
    came: Decimal | None
    realised: Decimal | None


def _take_year(line: AppraisalRow) -> _Year | None:
    """Return what was planned of a line of the appraisal, if anything was."""
    if line.plan is None:
        return None
    return _Year(line.year, line.plan, line.planned, line.came, line.realised)


def _say_others(brief: Brief) -> Iterator[str]:
    """Yield for each year how much of the posts and hours that were planned came, and what costs came to."""
    for measure in MEASURES[1:]:
        totals = list_lines(brief.ledger, "project", replace(brief.selection, measure=measure)).totals
        for line in filter(None, map(_take_year, totals)):
            yield _say_realised(brief, line, _fit_words(line, measure))
    for measure in MEASURES:
        for line in _list_costs(brief, measure):
            say = brief.summary.say if measure == "money" else _fit_words(line, measure)
            yield _say_realised(brief, line, say, is_cost=True)


def _fit_words(line: _Year, measure: str) -> Callable[[Decimal], str]:
    """Return what says the amounts of a line, and by how much they differ, in one sentence."""
    amounts = [amount for amount in line[1:] if amount is not None]
    if line.planned is not None and line.came is not None:
        amounts.append(line.came - line.planned)
    return fit_words(amounts, measure)


def _list_costs(brief: Brief, measure: str) -> Iterator[_Year]:
    """Yield what costs were planned, and what stands of the same, year by year."""
    standing = find_standing(brief.share).by_subject
    by_year: dict[str, list[Figure]] = defaultdict(list)
    for figure in find_latest(brief.share, "plan"):
        if figure.is_cost and figure.measure == measure and figure.year and in_years(figure.year, brief.selection):
            by_year[figure.year].append(figure)
    for year, plans in sorted(by_year.items()):
        met = [(plan, standing[plan.subject]) for plan in plans if plan.subject in standing]
        outturns = [came for _, came in met if came.basis == "actual"]
        yield _Year(
            year, _add(plans),
            _add(plan for plan, _ in met) if met else None,
            _add(came for _, came in met) if met else None,
            _add(outturns) if outturns else None,
        )  # fmt: skip


def _add(figures: Iterable[Figure]) -> Decimal:
    return sum((figure.amount for figure in figures), Decimal(0))


def _say_of_no_year(brief: Brief) -> Iterator[str]:
    """Yield the plans for savings and costs of other periods than a year, beside which nothing can be set."""
    chosen = replace(brief.selection, measure="", categories=("saving", "cost"))
    plans = list(find_not_added(brief.ledger, brief.edition.standing, chosen, ("plan",)))
    for item in plans[:MOST_ROWS]:
        unit = brief.unit if item.measure == "money" else item.measure
        yield say_not_added(item, brief.ledger, unit, brief.places)
    yield from note_left_out(len(plans[MOST_ROWS:]), "other plan")


def _list_missed(brief: Brief) -> Iterator[str]:
    """Yield the steps of projects that papers call missed, with the paper."""
    for id_ in sort_by_name(brief.ledger, brief.edition.projects):
        project = brief.ledger.projects[id_]
        for each in project.milestones:
            if each.state == "missed":
                end = f", by {format_when(each.end)}" if each.end else ""
                note = f". Note: {each.note}" if each.note else ""
                paper = name_paper(brief.ledger.sources[each.source])
                yield end_sentence(f"{project.name}: {each.name}{end} ({paper}){note}")


def _say_realised(brief: Brief, line: _Year, say: Callable[[Decimal], str], *, is_cost: bool = False) -> str:
    """Return of a year how much of what was planned came, as far as papers say; or is expected, if it is not over."""
    is_over = brief.summary.is_over(line.year)
    plan = f"costs of {say(line.plan)}" if is_cost else say(line.plan)
    said = f"{line.year}: {plan} {'were' if is_cost or plan.endswith('s') else 'was'} planned"
    if line.planned is None or line.came is None:
        unknown = f"no paper says what {'they came to' if is_cost else 'came of it'}"
        return f"{said}, and {unknown if is_over else 'the year is not over'}."
    less = line.came - line.planned
    off = "as planned" if not less else f"{_number(say(abs(less)))} {'less' if less < 0 else 'more'} than planned"
    outturn = _number(say(line.realised)) if line.realised else "none"
    firm = f" ({outturn} of it outturn)" if is_over and line.realised != line.came else ""
    amount, be = f"{_number(say(line.came))}{firm}", "are" if say(line.came).endswith("s") else "is"
    if line.planned == line.plan:
        came = f"they came to {amount}" if is_cost else f"{amount} came of it"
        return f"{said}, and {came if is_over else f'{amount} {be} expected so far'}, {off}."
    part = f"Papers say of {_number(say(line.planned))} of that what {'came' if is_over else 'is expected'}"
    return f"{said}. {part}: {amount}, {off}. Of the rest they say nothing."


def _number(amount: str) -> str:
    """Return an amount without what it counts, which has been said before it."""
    return amount.partition(" ")[0]


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
