"""What the rows of a printed table are: what they stand for, by their labels; sums, by arithmetic; headings; parts."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from emcollab.records.ledger import Ledger
from emcollab.records.published import TOTAL
from emcollab.results.arithmetic import Place
from emcollab.results.printed import AMOUNT, PERCENTAGE, Printed, read_cell
from emcollab.results.totals import ROWS
from emcollab.writing.names import Names, are_near, make_id
from emcollab.writing.printed.columns import (
    Column,
    Keys,
    describe,
    find_years,
    read_cells,
    read_words,
    refuse_year,
    say_fit,
)
from emcollab.writing.printed.layout import Layout, Line, quote, say
from emcollab.writing.printed.sums import Fit, Parts, best_fit, fit, list_differences, list_shares, transpose
from emcollab.writing.sheet import Remark
from emcollab.writing.spellings import TABLES, find_word, is_total, plain


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


_NET = re.compile(r"(?i)\bnet\b|\bsurplus|\bdeficit|\bbalance|\bafter\b|\bshortfall|\bvarian|\bdifference")
_PART = re.compile(r"(?i)^[-–•\s]*(?:of (?:which|that)|o/w|including|incl\b|includes)")  # noqa: RUF001 - an en dash is meant
_MARKS = re.compile(r"[\s*†‡§¹²³:]+$|\s*[\[(][a-z0-9][\])]$")


_MOST_BELOW = 30  # rows that are tried for a sum above its parts


class _Sums:
    """Which rows add which: found by their labels and by arithmetic, one after the other."""

    def __init__(self, lines: Sequence[Line], added: Sequence[int], cells: Mapping[Place, Printed]) -> None:
        """`added` are the columns that have amounts. `shares` are the rows with percentages where others have them."""
        self.lines = lines
        self.added = added
        self.cells = transpose(cells)
        self.filled = [at for at, line in enumerate(lines) if line.cells]
        self.shares = {at for at in self.filled if self._is_share(at)}
        self.fits: dict[int, Fit] = {}
        self.parts: dict[int, str] = {}
        self.total: int | None = None
        self.unsure: list[int] = []
        self.possible: dict[int, Fit] = {}

    def find(self) -> None:
        """Find sub-totals and other sums, parts of rows with the reason, and the totals."""
        for at, line in enumerate(self.lines):
            if not line.cells:
                if _PART.match(line.label):
                    self._find_parts_below(at)
            elif _PART.match(line.label):
                self.parts[at] = "its label says that it is a part"
            elif at in self.parts:
                continue
            elif at in self.shares:
                self._note(at, best_fit(self.cells, self.added, at, list_shares(at, [*self.plain(at), *self.fits])))
            elif _NET.search(line.label):
                self._note(at, self._fit_difference(at))
            elif self._is_sum(at):
                self._note(at, self._fit_sum(at))
            elif (found := self._fit_around(at)) and found.is_certain:
                self.possible[at] = found
        self._settle_totals()

    def plain(self, end: int, start: int = -1) -> list[int]:
        """Return the rows between two that are neither sums nor parts of a row."""
        return [at for at in self.filled if start < at < end and at not in self.fits and at not in self.parts
                and at not in self.shares]  # fmt: skip

    def _is_share(self, at: int) -> bool:
        kinds = {cell.kind for column in self.added if (cell := self.cells.get((column, at)))}
        return PERCENTAGE in kinds and AMOUNT not in kinds

    def _fit_around(self, at: int) -> Fit | None:
        """Return which rows one adds without a word that says so: those above it, or the next below it."""
        above, below = self.block(at)
        groups = [above, *(below[:count] for count in range(2, min(len(below), _MOST_BELOW) + 1))]
        tried = [Parts(tuple(group)) for group in groups if len(group) > 1]
        return best_fit(self.cells, self.added, at, tried, most_out=0)

    def block(self, at: int) -> list[list[int]]:
        """Return the rows above a row from the last heading or sum on; and those below it to the next."""
        borders = [other for other, line in enumerate(self.lines)
                   if not line.cells or other in self.fits or other in self.possible]  # fmt: skip
        above = max((other for other in borders if other < at), default=-1)
        below = min((other for other in range(at + 1, len(self.lines)) if not self.lines[other].cells
                     or self._is_sum(other)), default=len(self.lines))  # fmt: skip
        return [self.plain(at, above), self.plain(below, at)]

    def _fit_sum(self, at: int) -> Fit | None:
        """Return which rows one adds: those of its block, since the last sum, all; or sums before it and the rest."""
        last = max((other for other in self.fits if other < at), default=-1)
        added = {part for found in self.fits.values() for part in found.parts.adds}
        tops = [other for other in self.fits if other < at and other not in added]
        named = [other for other, line in enumerate(self.lines[:at]) if not line.cells and line.label
                 and plain(line.label) in plain(self.lines[at].label)]  # fmt: skip
        loose = [other for other in self.plain(at) if other not in added]
        above, below = self.block(at)
        groups = [*(self.plain(at, other) for other in named), above, self.plain(at, last), self.plain(at),
                  sorted([*tops, *loose]), below]  # fmt: skip
        tried = [Parts(tuple(group)) for group in groups if group]
        return best_fit(self.cells, self.added, at, tried, by_name=self._is_sum(at))

    def _fit_difference(self, at: int) -> Fit | None:
        sums = [other for other in self.fits if other < at]
        last = max(sums, default=-1)
        near = [*sums, *self.plain(at, last)] if sums else self.plain(at)
        found = best_fit(self.cells, self.added, at, [*list_differences(at, near), Parts(tuple(near))])
        return found or self._fit_sum(at)

    def _find_parts_below(self, at: int) -> None:
        """Note the rows below `of which` that come to the row above it; else all to the next heading or sum."""
        above = [other for other in self.filled if other < at]
        below = self.block(at)[1]
        counts = [
            count for count in range(1, len(below) + 1)
            if (found := fit(self.cells, self.added, above[-1], Parts(tuple(below[:count])))) and found.is_exact
        ] if above else []  # fmt: skip
        self.parts |= dict.fromkeys(below[: counts[0]] if counts else below, "it stands below 'of which'")

    def _note(self, at: int, found: Fit | None) -> None:
        if found:
            self.fits[at] = found
        else:
            self.unsure.append(at)

    # --- the totals

    def _settle_totals(self) -> None:
        """Find the row of totals, the last that adds all rows above it once, and what these have to be for that."""
        for end in (at for at in reversed(self.filled) if self._is_sum(at) and (at in self.fits or at in self.unsure)):
            whole = [at for at in self.plain(end) if at != end]
            sums = [at for at in whole if at in self.possible]
            own = self.fits.get(end)
            groups = [Parts(tuple(whole)), Parts(tuple(at for at in whole if at not in sums))]
            found = best_fit(self.cells, self.added, end, groups, by_name=True)
            if (found is None or found.out) and (own is None or own.out):
                others = [Parts(tuple(at for at in whole if at != left)) for left in whole]
                found = best_fit(self.cells, self.added, end, others, most_out=0) or found
            worse = own and found and len(own.out) < len(found.out)
            later = any(
                min(each.parts.adds) > end for each in self.fits.values()
            )  # another block, with a sum of its own
            if found and not worse and not later:
                self._take_totals(end, found, whole, sums)
                return

    def _take_totals(self, end: int, found: Fit, whole: list[int], sums: list[int]) -> None:
        """Note the row of totals, and of those above it which are sums, and which do not count in it."""
        if sums and not {*sums} & {*found.parts.adds}:
            self.fits |= {at: self.possible[at] for at in sums}
        left = [at for at in whole if at not in found.parts.adds and at not in self.fits]
        self.parts |= dict.fromkeys(left, "the totals come right without it")
        self.parts |= dict.fromkeys(self.plain(len(self.lines), end), "it stands below the totals")
        self.fits[end] = found
        self.unsure = [at for at in self.unsure if at != end]
        self.total = end

    def _is_sum(self, at: int) -> bool:
        label = self.lines[at].label
        return not label or is_total(label) or plain(label).startswith(("all ", "sum "))


class _Recognition:
    def __init__(
        self, layout: Layout, columns: Sequence[Column], names: Named, said: Mapping[str, Keys], *, is_transposed: bool
    ) -> None:
        self.layout = layout
        self.names = names
        self.said = said
        self.columns = columns
        added = [at for at, column in enumerate(columns) if column.is_added]
        self.sums = _Sums(layout.lines, added, read_cells(layout, columns))
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
            self.remarks.append(
                Remark(*place, "", f"the row has no label, and is called '{row.id}' here", "", stops=False)
            )
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
