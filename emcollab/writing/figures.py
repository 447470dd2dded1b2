"""A sheet of figures to what it adds to a ledger: read, drafted and proved; and all that is to be told of it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from emcollab.loading.load import Loaded
from emcollab.loading.parser import find_places
from emcollab.records.rules import Rules
from emcollab.render.pages.words import count
from emcollab.values.problems import BadValue, Keys, Problem
from emcollab.writing.draft import Draft
from emcollab.writing.headings import Layout, find_layout
from emcollab.writing.insertion import CODE
from emcollab.writing.proof import Changes, prove
from emcollab.writing.rows import LeftOut, Reader, Reading
from emcollab.writing.sheet import Remark, Sheet
from emcollab.writing.spellings import find_hints
from emcollab.writing.sums import ComparedSum, compare_sums


class Imported(NamedTuple):
    """What came of a sheet of figures.

    `remarks` are those that stop it from being written, and those that do not; `changes` are to be written, if none
    does. `figures` are the rows' own that can be taken, `new` those of them that the ledger does not have.
    """

    sheet: Sheet
    layout: Layout
    remarks: list[Remark]
    readings: list[Reading]
    left_out: list[LeftOut]
    sums: list[ComparedSum]
    counts: Mapping[str, int]
    draft: Draft
    changes: Changes

    @property
    def stops(self) -> list[Remark]:
        """What stops it from being written."""
        return [each for each in self.remarks if each.stops]

    def say_what_stops(self, *, strict: bool) -> str:
        """Return in words what stops it from being written; nothing, if nothing does.

        With `strict`, so does all that was read, left out or found to be at odds in a way that has to be told.
        """
        if self.stops:
            number = len(self.stops)
            return f"{count(number, 'doubt')} above {_to_be(number)} mended in the sheet, or answered in its rules"
        told = (
            len(self.remarks)
            + len(self.readings)
            + len(self.left_out)
            + sum(each.agrees is False for each in self.sums)
        )
        return f"with --strict, {count(told, 'thing')} told above {_to_be(told)} mended too" if strict and told else ""


def _to_be(number: int) -> str:
    return "has to be" if number == 1 else "have to be"


def import_figures(sheet: Sheet, rules: Rules, before: Loaded) -> Imported:
    """Return what a sheet adds to the ledger that is there as `before`, and all that is to be told of it.

    Raises:
        BadValue: it has no headings, or no amounts.
    """
    layout = _find_layout(sheet, rules)
    reader = Reader(sheet, layout, rules, before.ledger)
    reader.read()
    draft = Draft(reader)
    changes = prove(before, draft.additions)
    remarks = [*sheet.remarks, *layout.remarks, *_tell_of_every(rules, layout), *reader.remarks, *draft.remarks]
    remarks += _tell_of_notes(reader)
    stops = any(each.stops for each in remarks)
    remarks += _place(changes, draft, stops=stops)
    left_out = sorted([*reader.left_out, *draft.left_out])
    readings = sorted(reader.readings.values(), key=lambda each: (each.rows[0], each.column))
    remarks.sort(key=lambda each: (each.row, each.column))
    return Imported(sheet, layout, remarks, readings, left_out, compare_sums(reader), reader.counts, draft, changes)


def _find_layout(sheet: Sheet, rules: Rules) -> Layout:
    """Return how a sheet is laid out.

    Raises:
        BadValue: that cannot be told; or why, if a fault in the sheet itself hides it.
    """
    try:
        return find_layout(sheet, rules)
    except BadValue:
        hiding = [remark for remark in sheet.remarks if remark.stops]
        if not hiding:
            raise
        raise BadValue(hiding[0].code, f"in row {hiding[0].row}, {hiding[0].message}", hiding[0].help) from None


def _place(changes: Changes, draft: Draft, *, stops: bool) -> list[Remark]:
    """Return the problems of the ledger as it would be, each at the cell that it comes of.

    What only comes of rows that are not taken is not told.
    """
    found = []
    places: dict[str, dict[tuple[int, int], Keys]] = {}
    for problem in changes.problems:
        if problem.path not in places:
            texts = changes.loaded.texts if changes.loaded else {}
            spots = find_places(texts.get(problem.path, ""))
            at = places[problem.path] = {spot.key: keys for keys, spot in spots.items()}
            at |= {spot.value: keys for keys, spot in spots.items()}
        keys = places[problem.path].get((problem.line, problem.column), ())
        found.append(_put(problem, keys, draft))
    return [each for each in found if each.code != "missing-key"] if stops else found


def _put(problem: Problem, keys: Keys, draft: Draft) -> Remark:
    while (problem.path, keys) not in draft.origins and keys:
        keys = keys[:-1]
    row, column = draft.origins.get((problem.path, keys), (0, 0))
    if row and keys and problem.code != CODE:
        return Remark(row, column, problem.code, problem.message, problem.help)
    at = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    return Remark(row, column, problem.code, f"in {at}, {problem.message}", problem.help)


def _tell_of_every(rules: Rules, layout: Layout) -> Iterator[Remark]:
    """Yield what is to be told of what is said of every row, where the sheet itself says it."""
    for field, text in rules.every.items():
        said = [(layout.fields[field], "where a cell of it is blank")] if field in layout.fields else []
        said += [(each.column, "not where its heading says it") for each in layout.amounts if getattr(each, field, "")]
        remedy = f"leave '{field}' out of what is said of every row, if that is not meant"
        for column, where in said:
            message = f"the sheet says the {field} itself: '{text}', which is said of every row, holds {where}"
            yield Remark(0, column, "", message, remedy, stops=False)


def _tell_of_notes(reader: Reader) -> list[Remark]:
    """Return what is to be told of notes that say more than a note is for, once for each text."""
    told: dict[str, Remark] = {}
    column = reader.column_of("note")
    for entry in reader.entries:
        for note in (text for field, text in entry.said if field == "note" and text not in told):
            for advice in find_hints(note):
                remedy = advice.format(project=entry.subject.project, source=entry.source)
                told[note] = Remark(
                    entry.cell.row, column, "", f"the note is kept as it is: '{note}'", remedy, stops=False
                )
    return list(told.values())
