"""A trace, for people and for programs."""

from collections.abc import Iterable, Iterator
from datetime import date

from emcollab.records.ledger import Figure, Ledger
from emcollab.render.page import Block, Heading, Items, Page, Paragraph, Quotation
from emcollab.render.pages.words import (
    count,
    join,
    join_first,
    name_figure,
    number,
    say_basis,
    say_figure,
    say_kind,
    say_place,
    without_stop,
)
from emcollab.results.reconcile import AGREES, NOT_COMPARED
from emcollab.results.trace import Entry, Left, Said, Trace
from emcollab.values.dates import format_day, say_when
from emcollab.values.money import say_amounts
from emcollab.values.terms import BECAME


def make_page(result: Trace, ledger: Ledger, subject: str, year: str = "", as_at: date | None = None) -> Page:
    """Return the trace of `subject` as a page: the sums, then each figure with its paper, place and quotation.

    Figures that do not stand, though no later paper restates them, come last. `as_at` is told, of a trace in the ledger
    as it was known on that day.
    """
    name = ledger.areas.get(subject) or _name(ledger, subject)
    title = f"{name}, {year}" if year else name
    blocks: list[Block] = []
    if as_at:
        blocks.append(Paragraph(f"As at {format_day(as_at)}."))
    if subject in ledger.areas and subject in ledger.projects:
        of_project = [each for each in ledger.figures if each.project == subject and each.area != subject]
        if elsewhere := list(dict.fromkeys(f"{subject}/{each.benefit}" for each in of_project)):
            asked = join_first(elsewhere, _MOST_NAMED)
            blocks.append(
                Paragraph(f"This is the area. The project of that id has figures in others: ask for {asked}.")
            )
    totals = say_amounts(list(result.totals.values()), result.measure)
    sums = [f"{total} in {each}" for each, total in zip(result.totals, totals, strict=True)]
    counted = sum(bool(each.stands.figure.year) and not each.stands.figure.is_cost for each in result.entries)
    more = len(result.entries) - counted
    others = f"; {number(more)} more {'is' if more == 1 else 'are'} in no total" if more else ""
    if sums:
        blocks.append(Paragraph(f"{join(sums)}{_say_what(result)}: {count(counted, 'figure')}{others}."))
        if estimated := sorted({each.stands.figure.year for each in result.entries if _is_estimated(each)}):
            one = len(estimated) == 1
            said = "is an estimate, or includes one" if one else "are estimates, or include one"
            blocks.append(Paragraph(f"The amount{'' if one else 's'} for {join(estimated)} {said}."))
    else:
        plans = f"{count(result.planned, 'plan')}, and plans are in no total."
        blocks.append(Paragraph(plans if result.planned else f"{count(more, 'figure')}, and no total."))
    if result.elsewhere:
        asked = " or ".join(f"--measure {measure}" for measure in result.elsewhere)
        blocks.append(Paragraph(f"Figures in {join(list(result.elsewhere))} are apart: ask for them with {asked}."))
    for entry in result.entries:
        blocks += _entry_blocks(entry, ledger)
    for left in result.left:
        blocks += _left_blocks(left, ledger)
    return Page(title, tuple(_quote_once(blocks)))


_MOST_NAMED = 6
"""How many benefits are named of a project that has the id of an area."""

_LONG = 500
"""Characters of a quotation that is not repeated for each figure of one paper."""


def _quote_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks; of a long quotation that stands in them already only its beginning."""
    quoted: set[str] = set()
    for block in blocks:
        if isinstance(block, Quotation) and block.text in quoted:
            yield Paragraph(f"The same words as above: “{block.text[: _LONG // 5].rstrip()} …”")
            continue
        if isinstance(block, Quotation) and len(block.text) > _LONG:
            quoted.add(block.text)
        yield block


def _is_estimated(entry: Entry) -> bool:
    figure = entry.stands.figure
    return bool(figure.year) and figure.basis == "estimate" and not figure.is_cost


def _say_what(result: Trace) -> str:
    """Return what kinds of figures are added to one total, if they are not of one kind."""
    found = {entry.stands.figure.category for entry in result.entries if entry.stands.figure.year}
    kinds = [words for category, words in _KINDS.items() if category in found]
    return f", {join(kinds)} together" if len(kinds) > 1 else ""


_KINDS = {"saving": "savings", "funding": "funding", "unclassified": "what papers do not classify"}
"""What is added in totals, and what to call it."""


def as_document(result: Trace, ledger: Ledger, subject: str, as_at: date | None = None) -> dict[str, object]:
    """Return the trace of `subject` for other programs: amounts exact; `as_at` as in `make_page`."""
    return {
        "subject": subject or None,
        "measure": result.measure,
        "as_at": as_at,
        "total": dict(result.totals),
        "figures": [_entry_document(entry, ledger) for entry in result.entries],
        "left": [
            {
                **_figure_document(left.said, ledger),
                "replaced_by": [{"project": by.project, "benefit": by.benefit} for by in left.by],
            }
            for left in result.left
        ],
    }


def _figure_document(said: Said, ledger: Ledger) -> dict[str, object]:
    figure = said.figure
    source = ledger.sources[figure.source]
    return {
        "project": figure.project, "benefit": figure.benefit, "area": figure.area, "category": figure.category,
        "cashability": figure.cashability or None, "period": figure.period, "year": figure.year or None,
        "basis": figure.basis, "amount": figure.amount,
        "source": {
            "id": figure.source, "title": source.title, "body": source.body, "date": source.date, "mark": source.mark,
        },
        **_said_document(said),
    }  # fmt: skip


def _entry_document(entry: Entry, ledger: Ledger) -> dict[str, object]:
    figure = entry.stands.figure
    return {
        **_figure_document(entry.stands, ledger),
        "replaces": [
            {"project": old.project, "benefit": old.benefit, "basis": old.basis, "amount": old.amount}
            for old in entry.replaced
        ],
        "others": [
            {
                "basis": other.basis, "amount": other.amount, "source": other.source,
                "date": ledger.sources[other.source].date,
                "difference": None if other.basis in BECAME else figure.amount - other.amount,
                "reason": _reason_of(said), **_said_document(said),
            }
            for said in entry.others
            for other in [said.figure]
        ],
    }  # fmt: skip


def _said_document(said: Said) -> dict[str, object]:
    printed = [
        {"table": table, "row": cell.row, "column": cell.label, "text": cell.text, "verdict": cell.verdict}
        for table, _, cell in said.printed
    ]
    return {"at": said.citation.at, "quote": said.citation.quote, "printed": printed, "printed_more": said.more}


def _name(ledger: Ledger, subject: str) -> str:
    project, slash, benefit = subject.partition("/")
    if slash:
        return ledger.label(project, benefit)
    return ledger.projects[project].name if subject else "TOTAL"


def _entry_blocks(entry: Entry, ledger: Ledger) -> Iterator[Block]:
    figure, citation, *_ = entry.stands
    yield _head(figure, ledger)
    yield Items((*_say_said(entry.stands, ledger), *say_rivals(entry, ledger)))
    if citation.quote:
        yield Quotation(citation.quote)


def say_rivals(entry: Entry, ledger: Ledger) -> Iterator[str]:
    """Yield what a figure takes the place of, and what else is said for its benefit and period."""
    for old in entry.replaced:
        yield f"takes the place of {ledger.label(old.project, old.benefit)}, {say_figure(old)}"
    for other in entry.others:
        where = say_place(ledger.sources[other.figure.source], other.citation.at)
        said = f"also said: {_say_beside(entry.stands.figure, other.figure)}"
        reason = _reason_of(other)
        because = [f"the reason: {without_stop(reason)}"] if reason else []
        yield "; ".join([said, *because, where, *say_printed(other, ledger)])


def _left_blocks(left: Left, ledger: Ledger) -> Iterator[Block]:
    figure, citation, *_ = left.said
    yield _head(figure, ledger)
    yield Items((*_say_said(left.said, ledger), f"does not stand: {say_why_left(left, ledger)}"))
    if citation.quote:
        yield Quotation(citation.quote)


def say_why_left(left: Left, ledger: Ledger) -> str:
    """Return why a figure does not stand: which takes its place, or which paper says that its project was closed."""
    if left.by:
        labels = join([ledger.label(by.project, by.benefit) for by in left.by])
        return f"the figure of {labels} takes its place" if len(left.by) == 1 else f"those of {labels} take its place"
    state = ledger.states[left.said.figure.project]
    said = state.said.get("closed") or state.said["status"]
    when = f" {say_when(state.closed.date)}" if state.closed and state.closed.date else ""
    return f"the project was closed{when} ({say_place(ledger.sources[said.source], said.at)})"


def _head(figure: Figure, ledger: Ledger) -> Heading:
    return Heading(f"{name_figure(figure, ledger)}: {say_figure(figure)}")


def _say_said(said: Said, ledger: Ledger) -> list[str]:
    """Return what kind of thing a figure is, where it is said, and where it is printed."""
    figure = said.figure
    kind = f"{say_kind(figure)}; {figure.project}/{figure.benefit}, area {figure.area}"
    reports_to = said.citation.as_at
    place = say_place(ledger.sources[figure.source], said.citation.at)
    return [
        kind,
        f"{place}, reporting up to {format_day(reports_to)}" if reports_to else place,
        *say_printed(said, ledger),
    ]


def _reason_of(said: Said) -> str | None:
    """Return why what became of a plan did, if the paper says."""
    return said.citation.reason if said.figure.basis in BECAME else None


def _say_beside(now: Figure, then: Figure) -> str:
    """Return another figure, and by how much it differs, but of what became of a plan, which is no rival."""
    if then.basis in BECAME:
        return say_figure(then)
    change = now.amount - then.amount
    amount, difference = say_amounts((then.amount, abs(change)), then.measure)
    differs = f"{difference} {'less' if change > 0 else 'more'} than" if change else "the same as"
    return f"{amount} ({say_basis(then.basis)}), {differs} what stands"


def say_printed(said: Said, ledger: Ledger) -> Iterator[str]:
    """Yield where a figure was printed, and whether the cell agrees with the ledger as at the day of its paper."""
    for id_, row, cell in said.printed:
        table = ledger.published[id_]
        where = f"{table.title}{f' ({table.at})' if table.at else ''}, {row}, {cell.label}"
        parts = f", a sum of {number(len(cell.figures))} figures" if len(cell.figures) > 1 else ""
        verdict = (
            "which agrees" if cell.verdict == AGREES
            else "which is not compared" if cell.verdict == NOT_COMPARED
            else f"which differs: {cell.why}"
        )  # fmt: skip
        yield f"printed in {where}: '{cell.text}'{parts}, {verdict}"
    if said.more:
        yield f"printed in {count(said.more, 'more cell')}"
