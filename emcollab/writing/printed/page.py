"""The draft of a printed table as a page: what stops it, how it was read, its own arithmetic, and its file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from emcollab.checks.printed import write_off
from emcollab.render.page import Block, Heading, Items, Lines, Page, Paragraph
from emcollab.render.pages.words import count, join
from emcollab.results.arithmetic import EXACT, EXPLAINED, OUT, WITHIN, Sum
from emcollab.values.money import POUNDS, round_to
from emcollab.writing.lines import format_file
from emcollab.writing.printed.draft import Draft
from emcollab.writing.printed.outcome import Outcome
from emcollab.writing.sheet import Remark, name_column


def make_page(came: Outcome, name: str, stopped: str, *, written: bool) -> Page:
    """Return the draft as a page, or what was `written` of it; `stopped` says what stops that."""
    what = "a draft of" if not written else "written as" if came.changes.files else "there already as"
    title = f"{name}: {what} {came.draft.path}"
    return Page(title, tuple(_list_blocks(came, name, stopped, written=written)))


def as_document(came: Outcome, name: str, *, written: bool) -> dict[str, object]:
    """Return the same for other programs: rows and columns of the sheet from 1, amounts exact, in pounds or posts."""
    return {
        "file": name, "id": came.draft.id, "written": written,
        "stops": [_as_record(each) for each in came.remarks if each.stops],
        "told": [_as_record(each) for each in came.remarks if not each.stops],
        "sums": [
            {"row": row, "column": column, "printed": own.printed, "worked_out": own.worked_out,
             "difference": own.difference, "slack": own.slack, "unit": "GBP" if own.unit in POUNDS else own.unit,
             "verdict": own.verdict, "why": own.why or None}
            for own in _sums(came.draft) for row, column in [came.draft.places[own.place]]
        ],
        "cells": dict(came.draft.counts),
        "figures": came.figures,
        "files": {path: "new" if old is None else "added to" for path, (old, _) in came.changes.files.items()},
        "table": came.draft.value,
    }  # fmt: skip


def _as_record(remark: Remark) -> dict[str, object]:
    return {"row": remark.row, "column": remark.column, "code": remark.code or None, "message": remark.message,
            "help": remark.help or None}  # fmt: skip


def _sums(draft: Draft) -> Sequence[Sum]:
    return draft.arithmetic.sums if draft.arithmetic else ()


def _list_blocks(came: Outcome, name: str, stopped: str, *, written: bool) -> Iterator[Block]:
    counts = came.draft.counts
    parts = [f"{counts[part]:,} in {words}" for part, words in (
        ("title", "the title"), ("headings", "headings"), ("rows", "rows"), ("notes", "notes"),
    ) if counts.get(part)]  # fmt: skip
    parts += [f"{counts['left_out']:,} left out"] if counts.get("left_out") else []
    yield Paragraph(f"{count(sum(counts.values()), 'cell')} with something in them: {join(parts)}.")
    yield from _list("What stops it from being written", [_say(name, each) for each in came.remarks if each.stops])
    told = [_say(name, each) for each in came.remarks if not each.stops]
    yield from _list("How it was read, to be confirmed", told)
    yield Paragraph(
        "Where that is not so, say what is: --heading HEADING 'period: 2010/11, basis: actual', or --row LABEL "
        "'compare: false', with the keys of columns and rows in data/README."
    )
    yield from _list("Its own arithmetic", list(_say_sums(came, name)))
    yield Heading(f"{came.draft.path}{' (written)' if written and came.changes.files else ''}")
    yield Lines(tuple(format_file(came.draft.value).splitlines()))
    more = [f"{path}: {'new' if old is None else 'added to'}" for path, (old, _) in came.changes.files.items()
            if path != came.draft.path]  # fmt: skip
    yield from _list(f"Other files, with {count(came.figures, 'new figure')}", more)
    yield Paragraph(_say_end(came, stopped, written=written))


def _list(title: str, lines: Sequence[str]) -> Iterator[Block]:
    if lines:
        yield Heading(title)
        yield Items(tuple(lines))


def _say(name: str, remark: Remark) -> str:
    code, remedy = f"{remark.code}: " if remark.code else "", f"; {remark.help}" if remark.help else ""
    return f"{_say_place(name, remark.row, remark.column)}: {code}{remark.message}{remedy}"


def _say_place(name: str, row: int, column: int) -> str:
    return ":".join([name, *([str(row)] if row else []), *([name_column(column)] if column else [])])


def _say_sums(came: Outcome, name: str) -> Iterator[str]:
    """Yield how many sums are exact, and each other one with what its parts come to."""
    sums = _sums(came.draft)
    verdicts = Counter(own.verdict for own in sums)
    said = [f"{verdicts[verdict]:,} {verdict}" for verdict in (EXACT, WITHIN, EXPLAINED, OUT) if verdicts[verdict]]
    if sums:
        yield f"{count(len(sums), 'sum')} worked out: {join(said)}"
    times = Counter(own.place for own in sums)
    for own in sums:
        if own.verdict != EXACT:
            row, column = came.draft.places[own.place]
            printed, worked_out, off, slack = (
                _show(amount, own.unit) for amount in (own.printed, own.worked_out, own.difference, own.slack)
            )
            which = "" if times[own.place] == 1 else " across" if own.rule.along == "columns" else " down"
            allowed = f"rounding could explain {slack}"
            yield (
                f"{_say_place(name, row, column)}: {own.verdict}: {printed} is printed, and its parts{which} come to "
                f"{worked_out}; off by {off}, and {allowed}{f': {own.why}' if own.why else ''}"
            )


def _show(amount: Decimal, unit: str) -> str:
    return f"{round_to(amount, '%', 2).normalize():f}%" if unit == "%" else write_off(amount, unit)


def _say_end(came: Outcome, stopped: str, *, written: bool) -> str:
    if stopped:
        return f"Nothing is written: {stopped}."
    if not came.changes.files:
        return "Nothing is to be written: the ledger has all of it."
    if written:
        return f"Written. Look at it, and at `emcollab reconcile {came.draft.id}`; then commit it."
    return "Nothing is written yet. Look at each line above, and run it again with --write."
