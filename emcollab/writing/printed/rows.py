"""What the rows of a printed table are: what they stand for, by their labels; sums, by arithmetic; headings; parts."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from emcollab.records.ledger import Ledger
from emcollab.records.published import TOTAL
from emcollab.results.printed import read_cell
from emcollab.results.totals import ROWS
from emcollab.writing.names import Names, are_near, make_id
from emcollab.writing.printed.columns import Column, describe, read_cells, say_fit
from emcollab.writing.printed.layout import Layout, Line, quote, say
from emcollab.writing.printed.totals import RowSums
from emcollab.writing.printed.words import Keys, find_years, read_words, refuse_year
from emcollab.writing.sheet import Remark
from emcollab.writing.spellings import TABLES, find_word, plain


class Row(NamedTuple):
    """A row: its line, its id (of the totals `total`), what it is, and why it is held to be that."""

    line: Line
    id: str
    keys: Keys
    why: str = ""


class Named:
    """What rows stand for (`by`), and what the ledger has of it, by id: nothing, if nothing is compared.

    `meant` says what names mean that the ledger does not have.
    """

    def __init__(self, by: str, ledger: Ledger, meant: Mapping[str, str]) -> None:
        """Take the names of the ledger; of benefits, with the project's, or alone where no other is called so."""
        self.by = by
        self.names = ROWS[by].labels(ledger) if by else {}
        there = {id_: [name] for id_, name in self.names.items()}
        if by == "benefit":
            parts = [(id_, part) for id_, name in self.names.items() for part in name.split(": ", 1)]
            alone = Counter(plain(part) for _, part in parts)
            for id_, part in parts:
                there[id_] += [part] if alone[plain(part)] == 1 else []
        self._names = Names(by, there, meant)
        self._near = {name: id_ for id_, names in there.items() for name in names}

    def find(self, label: str) -> str:
        """Return the id of what a label names; nothing, if the ledger has nothing of exactly that name."""
        return self._names.find(label) or (find_word(self.by, label) if self.by in TABLES else "")

    def find_near(self, label: str) -> tuple[str, str]:
        """Return a name that is near to a label, and its id; nothing, if none is."""
        word = plain(label)
        return next(((name, id_) for name, id_ in self._near.items() if are_near(word, plain(name))), ("", ""))


def recognise_rows(
    layout: Layout, columns: Sequence[Column], names: Named, said: Mapping[str, Keys], *, is_transposed: bool
) -> tuple[list[Row], list[Remark]]:
    """Return what each row is, and a remark on each but plain ones; `said` is what the user says of rows, by label.

    `is_transposed` says that rows are years, and columns are what rows of other tables are.
    """
    return _Recognition(layout, columns, names, said, is_transposed=is_transposed).recognise()


_MARKS = re.compile(r"[\s*†‡§¹²³:]+$|\s*[\[(][a-z0-9][\])]$")


class _Recognition:
    def __init__(
        self, layout: Layout, columns: Sequence[Column], names: Named, said: Mapping[str, Keys], *, is_transposed: bool
    ) -> None:
        self.layout = layout
        self.names = names
        self.said = said
        self.columns = columns
        added = [at for at, column in enumerate(columns) if column.is_added]
        self.sums = RowSums(layout.lines, added, read_cells(layout, columns))
        self.is_transposed = is_transposed
        self.remarks: list[Remark] = []
        self.ids: dict[int, str] = {}

    def recognise(self) -> tuple[list[Row], list[Remark]]:
        self.sums.find()
        rows = []
        section: Line | None = None
        for at, line in enumerate(self.layout.lines):
            section = section if line.cells else line
            rows.append(self._read(at, line, section))
        rows = [self._name_parts(at, row) for at, row in enumerate(rows)]
        counts = Counter(row.line.label for row in rows)
        labels = {row.id: row.line.label if counts[row.line.label] == 1 else row.id for row in rows}
        for row in rows:
            self._tell(row, labels)
        return rows, self.remarks

    def _read(self, at: int, line: Line, section: Line | None) -> Row:
        if line.label in self.said:
            own = {name: item for name, item in self.said[line.label].items() if name != "id"}
            return Row(line, self._take_id(at, str(self.said[line.label].get("id", "")), section), own)
        if at == self.sums.total:
            self.ids[at] = TOTAL
            return Row(line, TOTAL, {}, self._say(at))
        if not line.cells:
            return Row(line, self._take_id(at, "", section), {})
        keys: Keys = {} if at not in self.sums.parts else {"in_total": "false"}
        if at in self.sums.fits:
            return Row(line, self._take_id(at, "", section), keys, self._say(at))
        if at in self.sums.unsure and (at not in self.sums.shares or re.search("(?i)%|per ?cent|rate", line.label)):
            return Row(line, self._take_id(at, "", section), {"compare": "false", "in_total": "false"})
        id_, stands = self._stand_for(line, section)
        taken = self._take_id(at, id_, section)
        if taken != id_ and id_:
            stands = {self.names.by: id_, **stands}
        return Row(line, taken, {**stands, **keys}, self.sums.parts.get(at, ""))

    def _stand_for(self, line: Line, section: Line | None) -> tuple[str, Keys]:
        """Return the id of what a row stands for, and what it says of its figures; remark on one that has none."""
        if self.is_transposed:
            if bad := refuse_year(line.label):
                self.remarks.append(Remark(line.row, self.layout.column, bad.code, bad.message, bad.help))
            year = find_years(line.label)
            return "", {"period": year} if year else {}
        if not self.names.by:
            return "", {}
        keys = {name: value for name, value in read_words(section.label).items() if name != "basis"} if section else {}
        if id_ := self.names.find(_MARKS.sub("", line.label)):
            amounts = [number for text in line.cells if (number := read_cell(text, "£").number)]
            if keys.get("category") == "cost" and amounts and max(amounts) < 0:
                keys["sign"] = "negative"
            return id_, keys
        near, id_ = self.names.find_near(line.label)
        message = f"there is no {self.names.by} '{line.label}'{'' if near else '; it is not compared'}"
        if near:
            remedy = f"did you mean '{near}'? say --row {quote(line.label)} 'id: {id_}', or 'compare: false'"
        else:
            remedy = f"if it is there, say --row {quote(line.label)} 'id: …'"
        self.remarks.append(Remark(line.row, self.layout.column, "unknown-row", message, remedy, stops=bool(near)))
        return "", {"compare": "false"}

    def _take_id(self, at: int, wanted: str, section: Line | None) -> str:
        """Return the id of a row: the one that is wanted, else one made of its label; with its section's if taken."""
        line = self.layout.lines[at]
        own = wanted or make_id(line.label) or f"row-{line.row}"
        tried = [own, *([f"{make_id(section.label)}-{own.replace('/', '-')}"] if section else [])]
        taken = {TOTAL, *self.ids.values()}
        taken |= {*self.names.names} - {wanted} if self.names.by else set()
        count = 2
        while tried and tried[0] in taken:
            tried = tried[1:] or [f"{own}-{count}"]
            count += 1
        others = [str(other.row) for other in self.layout.lines[:at] if other.label == line.label]
        if others and line.label and line.cells:
            rows = f"row{'s' if others[1:] else ''} {', '.join(others)}"
            message = f"'{line.label}' stands in {rows} too; this one is called '{tried[0]}' here"
            self.remarks.append(say(line.row, self.layout.column, message))
        self.ids[at] = tried[0]
        return tried[0]

    def _name_parts(self, at: int, row: Row) -> Row:
        """Return the row with the ids of the rows that it adds, which all have one by now."""
        found = self.sums.fits.get(at)
        if found is None or row.id == TOTAL or row.line.label in self.said:
            return row
        keys: Keys = {"adds": [self.ids[part] for part in found.parts.adds]}
        if found.parts.less:
            keys["less"] = [self.ids[part] for part in found.parts.less]
        if found.parts.of is not None:
            keys["of"] = self.ids[found.parts.of]
        return row._replace(keys={**row.keys, **keys})

    def _say(self, at: int) -> str:
        names = [column.heading.label for column in self.columns]
        return say_fit(self.sums.fits[at], "column", names)

    def _tell(self, row: Row, labels: Mapping[str, str]) -> None:
        """Remark what a row is held to be and why, unless it is a plain one; `labels` are those of rows by id."""
        place = (row.line.row, self.layout.column)
        label = row.line.label
        if label in self.said:
            self.remarks.append(say(*place, f"'{label}': as you say"))
            return
        if not label and row.id != TOTAL:
            self.remarks.append(say(*place, f"the row has no label, and is called '{row.id}' here"))
        if row.id == TOTAL:
            said = f"'{label}': the totals, of every row once ({row.why})"
        elif row.keys.get("compare") == "false" and row.keys.get("in_total") == "false":
            said = f"'{label}': not compared, and in no total: nothing adds up to it"
        elif row.keys and (row.keys != {"compare": "false"} or row.why):
            said = f"'{label}': {describe(row.keys, labels)}{f' ({row.why})' if row.why else ''}"
        else:
            return
        self.remarks.append(say(*place, said))


def names_years(lines: Sequence[Line]) -> bool:
    """Return whether most rows with cells are years, as where projects stand across."""
    filled = [line for line in lines if line.cells]
    return sum(1 for line in filled if find_years(line.label)) * 2 > len(filled)
