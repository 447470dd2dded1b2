"""What an import came to, as a page: what stops it, how cells were read, what is left out, and what is added."""

from collections.abc import Iterable, Iterator, Sequence

from emcollab.loading.parser import Value
from emcollab.render.page import Block, Heading, Items, Page, Paragraph, Row, Table
from emcollab.render.pages.totals import as_document as totals_document
from emcollab.render.pages.totals import make_table as totals_table
from emcollab.render.pages.words import count, join
from emcollab.results.totals import Selection, Totals, total_by
from emcollab.values.terms import MEASURES
from emcollab.writing.figures import Imported
from emcollab.writing.proof import Changes
from emcollab.writing.rows import LeftOut
from emcollab.writing.sheet import Remark, name_column

_MOST = 200  # lines of a list that are shown; JSON has all
_ROWS = 8  # rows that are named of those in which something is the same


def make_page(came: Imported, name: str, stopped: str, *, written: bool) -> Page:
    """Return the draft of what the file `name` adds, or what was `written` of it; `stopped` says what stops that."""
    title = f"{name}: {say_what_came(came.changes, written=written)}"
    return Page(title, tuple(_list_blocks(came, name, stopped, written=written)))


def say_what_came(changes: Changes, *, written: bool) -> str:
    """Return what came of a sheet, for the title of its page."""
    return "a draft of what it adds" if not written else "added to the ledger" if changes.files else "nothing is added"


def as_document(came: Imported, name: str, *, written: bool) -> dict[str, object]:
    """Return the same for other programs: rows and columns from 1, 0 for the sheet or a row as a whole."""
    layout = came.layout
    return {
        "file": name,
        "sheet": came.sheet.name or None,
        "written": written,
        "stops": [_remark(each, layout.headings) for each in came.stops],
        "told": [_remark(each, layout.headings) for each in came.remarks if not each.stops],
        "read": [each._asdict() for each in came.readings],
        "left_out": [each._asdict() for each in came.left_out],
        "sums": [{"row": each.cell.row, "column": each.cell.column, "text": each.cell.text, "agrees": each.agrees,
                  "said": each.said} for each in came.sums],
        "cells": {part: number for part, number in came.counts.items() if number},
        "figures": {"new": came.draft.added, "there": came.draft.there},
        "files": {path: "new" if old is None else "added to" for path, (old, _) in came.changes.files.items()},
        "additions": came.draft.additions,
        "totals": [totals_document(totals) for totals in _total(came)],
    }  # fmt: skip


def _remark(remark: Remark, headings: dict[int, str]) -> dict[str, object]:
    heading = headings.get(remark.column)
    return {"row": remark.row, "column": remark.column, "heading": heading, "code": remark.code or None,
            "message": remark.message, "help": remark.help or None}  # fmt: skip


def _list_blocks(came: Imported, name: str, stopped: str, *, written: bool) -> Iterator[Block]:
    yield Paragraph(_say_cells(came))
    if _looks_printed(came):
        yield Paragraph("If this is a table as a paper prints it, import it with --table, and --by and --source.")
    stops = _fold(came, came.stops, name)
    if stops:
        yield from _list("What stops it from being written", stops)
    told = _fold(came, (each for each in came.remarks if not each.stops), name)
    read = [
        f"{came.layout.name(each.column) or 'every row'}: {_quote(each.text)} is read as {each.value}"
        f"{f' ({each.why})' if each.why else ''}: {_say_rows(each.rows)}"
        for each in came.readings
    ]
    yield from _list("How cells were read", [*told, *read])
    yield from _list("What is left out", _say_left_out(came))
    yield from _list("Sums in the sheet", [
        f"{_say_place(name, each.cell.row, each.cell.column, came)}: {_quote(each.cell.text)}: {each.said}"
        for each in came.sums
    ])  # fmt: skip
    yield from _list_additions(came)
    if any(field == "note" for entry in came.draft.reader.entries for field, _ in entry.said):
        yield Paragraph(_NOTES)
    yield Paragraph(_say_end(came, stopped, written=written))


_NOTES = (
    "Notes are for readers: statements, the report and the paper print them. Take out of the sheet what is meant for "
    "its keepers alone."
)


def _looks_printed(came: Imported) -> bool:
    """Return whether the sheet may be a printed table: it names no projects, or neither papers nor years."""
    given = {*came.layout.fields, *came.draft.reader.rules.every}
    if any(each.period for each in came.layout.amounts):
        given.add("period")
    return "project" not in given or not {"source", "period"} & given


def _list(title: str, lines: Sequence[str]) -> Iterator[Block]:
    """Yield a heading and a list below it; nothing, if there is nothing in it."""
    if lines:
        more = (f"and {len(lines) - _MOST:,} more; --format json has all",) if len(lines) > _MOST else ()
        yield Heading(title)
        yield Items((*lines[:_MOST], *more))


def _say_cells(came: Imported) -> str:
    counts = came.counts
    parts = [f"{counts[part]:,} {words}" for part, words in (
        ("headings", "in headings"), ("taken", "taken"), ("compared", "compared"), ("left_out", "left out"),
        ("doubtful", "in rows to be mended"),
    ) if counts.get(part)]  # fmt: skip
    there = f", and {count(came.draft.there, 'figure')} in the ledger already" if came.draft.there else ""
    total = sum(counts.values())
    return (
        f"{count(total, 'cell')} with something in them: {join(parts)}. {count(came.draft.added, 'new figure')}{there}."
    )


def _fold(came: Imported, remarks: Iterable[Remark], name: str) -> list[str]:
    """Return a line for each remark; those of one column and in the same words are one, with all of their rows."""
    rows: dict[tuple[object, ...], list[int]] = {}
    for each in remarks:
        rows.setdefault(each[1:], []).append(each.row)
    lines = []
    for (column, code, message, help_, _), places in rows.items():
        place = _say_place(name, places[0], int(str(column)), came)
        others = f" (so in {_say_rows(places[1:], every=True)})" if places[1:] else ""
        lines.append(f"{place}: {f'{code}: ' if code else ''}{message}{f'; {help_}' if help_ else ''}{others}")
    return lines


def _say_place(name: str, row: int, column: int, came: Imported) -> str:
    place = ":".join([name, *([str(row)] if row else []), *([name_column(column)] if column else [])])
    heading = came.layout.headings.get(column, "")
    return f"{place} ({heading})" if heading else place


def _say_rows(rows: Sequence[int], *, every: bool = False) -> str:
    """Return rows in words, those that follow each other together: `row 4`, `rows 4 to 6 and 9`."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    said = [
        text
        for first, last in spans
        for text in ([f"{first} to {last}"] if last > first + 1 else map(str, range(first, last + 1)))
    ]
    if len(said) > _ROWS and not every:
        said = [*said[:_ROWS], f"{len(said) - _ROWS:,} more places"]
    return f"{'row' if len(rows) == 1 else 'rows'} {join(said)}"


def _say_left_out(came: Imported) -> list[str]:
    """Return a line for each row, column and cell that is left out; cells left out for one reason are one."""
    lines: list[str] = []
    cells: dict[tuple[int, str, str], list[LeftOut]] = {}
    for each in came.left_out:
        if each.row and each.column:
            cells.setdefault((each.column, each.text, each.why), []).append(each)
        elif each.row:
            lines.append(f"row {each.row}: {each.why}: {each.text}")
        else:
            lines.append(f"column {came.layout.name(each.column)}, {each.text}: {each.why}")
    for (column, text, why), places in cells.items():
        lines.append(f"{came.layout.name(column)}: {_quote(text)}: {why}: {_say_rows([each.row for each in places])}")
    return lines


def _quote(text: str) -> str:
    return f"'{text}'" if text else "a blank"


def _list_additions(came: Imported) -> Iterator[Block]:
    """Yield the files that change, the ids that are new, and the totals by year that come of it."""
    files = came.changes.files
    yield from _list("Files", [f"{path}: {'new' if old is None else 'added to'}" for path, (old, _) in files.items()])
    rows = [Row((kind, label, id_)) for kind, label, id_ in _list_ids(came)]
    if rows and not came.stops:
        more = (f"And {len(rows) - _MOST:,} more.",) if len(rows) > _MOST else ()
        yield Table("New ids, made of names", ("What", "Name", "Id"), (False, False, False), tuple(rows[:_MOST]), more)
    if came.changes.loaded and not came.stops:
        ledger = came.changes.loaded.ledger
        if lowering := [entry.cell.row for entry in came.draft.reader.entries if entry.number < 0]:
            where = _say_rows(list(dict.fromkeys(lowering)))
            yield Paragraph(f"Amounts below nil lower these totals: {where}. Of what was spent, say that it is a cost.")
        for totals in _total(came):
            yield totals_table(totals, ledger, "£")


def _list_ids(came: Imported) -> Iterator[tuple[str, str, str]]:
    """Yield what is new with the sheet: what it is, its name and its id."""
    for path, added in came.draft.additions.items():
        folder, slash, name = path.partition("/")
        if slash:
            yield from _list_ids_of(name.removesuffix(".yaml"), added)
        for id_, value in () if slash else added.items():
            label = ", ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
            yield folder.removesuffix("s.yaml"), label, id_


def _list_ids_of(project: str, added: dict[str, Value]) -> Iterator[tuple[str, str, str]]:
    if "name" in added:
        yield "project", str(added["name"]), project
    for kind in ("benefits", "costs"):
        stated = added.get(kind)
        for id_, value in stated.items() if isinstance(stated, dict) else ():
            if isinstance(value, dict) and "label" in value:
                yield kind.removesuffix("s"), str(value["label"]), f"{project}/{id_}"


def _total(came: Imported) -> list[Totals]:
    """Return the totals by area and year of the ledger as it would be, of each measure that it has figures of."""
    if came.stops or came.changes.loaded is None:
        return []
    ledger = came.changes.loaded.ledger
    measures = {figure.measure for figure in ledger.figures}
    return [total_by(ledger, "area", Selection(measure=measure)) for measure in MEASURES if measure in measures]


def _say_end(came: Imported, stopped: str, *, written: bool) -> str:
    if stopped:
        return f"Nothing is written: {stopped}."
    if not came.changes.files:
        return "Nothing is to be written: the ledger has all of it."
    if written:
        files = count(len(came.changes.files), "file")
        titles = " Give the new papers their titles in sources.yaml." if "sources.yaml" in came.changes.files else ""
        return f"{files} written.{titles} Look at them, and at `emcollab totals`; then commit them."
    return "Nothing is written yet. Run it again with --write to add it to the ledger."
