"""The figures of a sheet to what is to be added to a ledger, and to what is to be looked at first.

What the ledger has already is not added again; so the same sheet imported twice adds nothing the second time, and what
was interrupted goes on where it was.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from emcollab.loading.parser import Value
from emcollab.records.ledger import Figure, Ledger, fold, project_path
from emcollab.values.dates import last_day
from emcollab.values.money import say_amounts
from emcollab.values.problems import Keys
from emcollab.writing.rows import Entry, LeftOut, Reader
from emcollab.writing.sheet import Remark
from emcollab.writing.subjects import Subject

Place = tuple[int, int]
"""A row and a column of a sheet, from 1; a column 0 is the row as a whole."""


class Draft:
    """What a sheet adds to a ledger, made of what a `Reader` has found.

    `additions` are what is to be in the data folder too, by path. `origins` say of each figure, text and record of
    them, by path and keys, which cell it comes of. `added` and `there` count figures: those that are new, and those
    that the ledger has already.
    """

    def __init__(self, reader: Reader) -> None:
        """Make the additions."""
        self.reader = reader
        self.ledger = reader.ledger
        self.additions: dict[str, dict[str, Value]] = {}
        self.origins: dict[tuple[str, Keys], Place] = {}
        self.remarks: list[Remark] = []
        self.left_out: list[LeftOut] = []
        self.there = 0
        self._days = {id_: source.day for id_, source in self.ledger.sources.items()}
        self._days |= {id_: last_day(paper.date) for id_, paper in reader.meanings.papers.items()}
        if reader.meanings.names_all and reader.meanings.forces.new:
            others = ", ".join(reader.meanings.forces.new.values())
            message = f"a cell means every force of the ledger, and others name forces that it does not have: {others}"
            self.remarks.append(
                Remark(0, reader.column_of("forces"), "unknown-force", message, "add them to forces.yaml")
            )
        new = self._find_new()
        self.added = len({(each.subject, each.period, each.basis, each.source, _leave_note_out(each)) for each in new})
        self._add_lists()
        by_project: dict[str, list[Entry]] = defaultdict(list)
        for entry in reader.entries:
            by_project[entry.subject.project].append(entry)
        new_of: dict[str, dict[Subject, list[Entry]]] = defaultdict(dict)
        for entry in new:
            new_of[entry.subject.project].setdefault(entry.subject, []).append(entry)
        for project, entries in by_project.items():
            self._add_project(project, entries, new_of[project])

    # --- which figures are new

    def _find_new(self) -> list[Entry]:
        """Return the figures that the ledger does not have; what contradicts it, or an earlier row, is told."""
        held = _index(self.ledger)
        seen: dict[tuple[object, ...], Entry] = {}
        signs: dict[Subject, Entry] = {}
        new = []
        for entry in self.reader.entries:
            key = (*entry.subject[:3], entry.period, entry.basis, entry.source)
            first = seen.setdefault(key, entry)
            amount = entry.number
            if first is not entry and first.number != amount:
                self._conflict(
                    entry, first.number, f"row {first.cell.row}, of the same paper", "keep the one that is meant"
                )
            elif first is not entry and first[1:] == entry[1:]:
                why = f"it says the same as row {first.cell.row}"
                self.left_out.append(LeftOut(entry.cell.row, entry.cell.column, entry.cell.text, why))
            elif key not in held:
                new.append(entry)
            elif held[key].amount != amount:
                remedy = "look which is right; what a paper says is not changed by another sheet"
                self._conflict(entry, held[key].amount, f"the ledger, of the same paper '{entry.source}'", remedy)
            else:
                self.there += 1
                self._find_unheld(entry)
            if entry.number:  # nil has no sign
                self._check_sign(entry, signs.setdefault(entry.subject, entry))
        return new

    def _conflict(self, entry: Entry, other: Decimal, where: str, remedy: str) -> None:
        here, there = say_amounts((entry.number, other), entry.measure)
        message = f"two amounts for '{entry.basis}' of '{entry.period}': {here} here, and {there} in {where}"
        self.remarks.append(Remark(entry.cell.row, entry.cell.column, "conflicting-figures", message, remedy))

    def _find_unheld(self, entry: Entry) -> None:
        """Tell what a row says beside a figure that the ledger has already, and the ledger does not."""
        said = {
            text
            for statement in self.ledger.stated(entry.subject.project, entry.subject.id).statements
            for field, _ in entry.said if statement.source == entry.source and (text := getattr(statement, field))
        }  # fmt: skip
        for field, text in entry.said:
            if text not in said and not (field == "note" and any(f": {text}" in each for each in said)):
                column = self.reader.column_of(field)
                why = "the ledger has the figure already, and not this; add it by hand"
                self.left_out.append(LeftOut(entry.cell.row, column, text, why))

    def _check_sign(self, entry: Entry, first: Entry) -> None:
        """Tell where one cost is written with brackets or a minus in one row, and without in another."""
        if entry.subject.is_cost and has_minus(entry) != has_minus(first):
            other = f"'{first.cell.text}' in row {first.cell.row}"
            message = f"'{entry.cell.text}' here, and {other}, of one cost: with a minus and without"
            remedy = "write both alike; what came back of a cost is a benefit"
            self.remarks.append(Remark(entry.cell.row, entry.cell.column, "negative-cost", message, remedy))

    # --- what is added

    def _add_lists(self) -> None:
        reader = self.reader
        used = {entry.source: entry.cell for entry in reader.entries}
        papers: dict[str, Value] = {
            id_: {
                "title": paper.title, "body": paper.body, "date": paper.date,
                **({"mark": paper.mark} if paper.mark else {}),
            }
            for id_, paper in reader.meanings.papers.items() if id_ in used
        }  # fmt: skip
        areas: dict[str, Value] = {**reader.meanings.areas.new}
        forces: dict[str, Value] = {id_: {"name": name} for id_, name in reader.meanings.forces.new.items()}
        for path, more, field in (
            ("sources.yaml", papers, "source"),
            ("areas.yaml", areas, "area"),
            ("forces.yaml", forces, "forces"),
        ):
            if more:
                self.additions[path] = more
                for id_ in more:
                    first = reader.first_rows.get((field, id_), reader.layout.first)  # none, if its cell is doubtful
                    row = used[id_].row if field == "source" else first
                    self.origins[path, (id_,)] = row, reader.column_of(field)
                    self.origins.setdefault((path, ()), (row, reader.column_of(field)))

    def _add_project(self, project: str, entries: list[Entry], new: dict[Subject, list[Entry]]) -> None:
        path = project_path(project)
        more: dict[str, Value] = {}
        self.origins[path, ()] = entries[0].cell.row, self.reader.column_of("project")
        if project in self.reader.meanings.projects.new:
            self.origins[path, ("name",)] = self.origins[path, ()]
            more["name"] = self.reader.meanings.projects.new[project]
        statements: list[Value] = [*self._state_forces(project, entries)]
        if statements:
            more["statements"] = statements
        for kind in ("benefits", "costs"):
            stated: dict[str, Value] = {
                subject.id: self._state(path, subject, some)
                for subject, some in new.items()
                if subject.is_cost == (kind == "costs")
            }
            if stated:
                more[kind] = stated
        if more:
            self.additions[path] = more

    def _state_forces(self, project: str, entries: list[Entry]) -> Iterator[dict[str, Value]]:
        """Yield a statement for each paper by which other forces take part than were known before."""
        record = self.ledger.projects.get(project)
        statements = record.statements if record else []
        by_source: dict[str, dict[str, int]] = {}
        for entry in entries:
            column = self.reader.column_of("forces")
            forces = by_source.setdefault(entry.source, dict.fromkeys(entry.forces, entry.cell.row))
            if entry.forces and set(forces) != set(entry.forces):
                forces |= dict.fromkeys(entry.forces, entry.cell.row)
                cell = self.reader.sheet.rows[entry.cell.row - 1][column - 1].text if column else ""
                self.reader.tell(
                    column,
                    cell,
                    ", ".join(forces),
                    f"all that any row of '{project}' and of this paper names",
                    entry.cell.row,
                )
        current: tuple[str, ...] = ()
        for source, forces in sorted(by_source.items(), key=lambda each: self._days[each[0]]):
            day = self._days[source]
            known = [each for each in statements if self._days.get(each.source, date.max) <= day]
            stands = fold(known, self.ledger.sources).forces
            current = stands or current
            if forces and set(current) != set(forces):
                current = tuple(forces)
                yield {"source": source, "forces": [*forces]}

    def _state(self, path: str, subject: Subject, entries: list[Entry]) -> dict[str, Value]:
        """Return what is to be added of a benefit or cost: of a new one, all of it."""
        keys: Keys = ("costs" if subject.is_cost else "benefits", subject.id)
        self.origins[path, keys] = entries[0].cell.row, self.reader.column_of("benefit")
        properties = {field: value for field, (value, row) in self.reader.subjects.properties[subject].items() if row}
        held = self._count_statements(subject)
        if not held and "area" not in properties:
            place = entries[0].cell.row, self.reader.column_of("area")
            remedy = "give it in a column headed 'Area', or one for all with --every area=…"
            self.remarks.append(Remark(*place, "missing-key", f"the area of '{subject.label}' is not given", remedy))
        for field in properties:
            self.origins[path, (*keys, field)] = entries[0].cell.row, self.reader.column_of(field)
        more: dict[str, Value] = {
            field: properties[field] for field in ("area", "category", "cashability")
            if field in properties and not (subject.is_cost and field != "area")
        }  # fmt: skip
        if not held and entries[0].measure != "money":
            more["measure"] = entries[0].measure
        if not held:
            more["label"] = subject.label
        if "recurrence" in properties:
            more["recurrence"] = properties["recurrence"]
        more["statements"] = [*self._list_statements(path, (*keys, "statements"), held, entries)]
        return more

    def _count_statements(self, subject: Subject) -> int:
        record = self.ledger.projects.get(subject.project)
        stated = {} if record is None else record.costs if subject.is_cost else record.benefits
        return len(stated[subject.id].statements) if subject.id in stated else 0

    def _list_statements(self, path: str, keys: Keys, held: int, entries: list[Entry]) -> Iterator[dict[str, Value]]:
        """Yield a statement for each paper, and each place in it, of the figures, the earliest paper first."""
        groups: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
        for entry in entries:
            groups[entry.source, _leave_note_out(entry)].append(entry)
        ordered = sorted(groups.values(), key=lambda group: self._days[group[0].source])
        for position, group in enumerate(ordered, held):
            at, said = (*keys, position), {**dict(group[0].said), **_join_notes(group)}
            self.origins[path, at] = group[0].cell.row, 0
            figures: dict[str, dict[str, Value]] = defaultdict(dict)
            for entry in group:
                figures[entry.basis][entry.period] = entry.amount
                self.origins[path, (*at, entry.basis, entry.period)] = entry.cell.row, entry.cell.column
            for field in said:
                row = next(entry.cell.row for entry in group if field in dict(entry.said))
                self.origins[path, (*at, field)] = row, self.reader.column_of(field)
            before: dict[str, Value] = {name: said[name] for name in ("at", "quote") if name in said}
            after: dict[str, Value] = {name: said[name] for name in ("baseline", "owner", "note") if name in said}
            yield {"source": group[0].source, **before, **figures, **after}


def _leave_note_out(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return what a figure's statement says beside figures and notes: figures of which it is the same are in one."""
    return tuple([pair for pair in entry.said if pair[0] != "note"])


def _join_notes(entries: list[Entry]) -> dict[str, str]:
    """Return the note of a statement: what is noted of some of its figures only is told with their periods."""
    of_note: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for entry in entries:
        for note in (text for field, text in entry.said if field == "note"):
            of_note[note][entry.period, entry.basis] = None
    figures = {(entry.period, entry.basis) for entry in entries}
    said = [
        note if figures == {*noted} else f"{', '.join(dict.fromkeys(period for period, _ in noted))}: {note}"
        for note, noted in of_note.items()
    ]
    return {"note": "; ".join(said)} if said else {}


def has_minus(entry: Entry) -> bool:
    """Return whether an amount is below nil in the sheet, by brackets or a minus."""
    return any(sign in entry.cell.text for sign in "(-−–")  # noqa: RUF001 - a minus sign is meant


def _index(ledger: Ledger) -> dict[tuple[object, ...], Figure]:
    return {(*each.stated, each.period, each.basis, each.source): each for each in ledger.figures}
