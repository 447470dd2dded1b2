"""What the columns of a printed table are: figures, by the words of their headings; sums, by arithmetic; or neither."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from emcollab.results.arithmetic import Position
from emcollab.results.printed import AMOUNT, PERCENTAGE, WORDS, Printed, read_cell
from emcollab.values.dates import SHORT_MONTHS, end_of, last_day
from emcollab.values.periods import A_YEAR
from emcollab.writing.printed.layout import Heading, Layout, quote, say
from emcollab.writing.printed.sums import Fit, Parts, best_fit, list_differences, list_shares
from emcollab.writing.printed.words import Keys, find_month, find_unit, find_years, read_words, refuse_year, year_of
from emcollab.writing.sheet import Remark
from emcollab.writing.spellings import is_total


class Column(NamedTuple):
    """A column: its heading, what it is and why, and in which unit its cells are read; in none, if they are words."""

    heading: Heading
    keys: Keys
    why: str
    unit: str

    @property
    def is_added(self) -> bool:
        """Whether sums of rows are worked out in it: it has amounts."""
        return self.unit not in {"", "%"}


_SUM = re.compile(r"(?i)\bcumulative\b|\boverall\b|\bcombined\b|\ball years\b")
_DIFFERENCE = re.compile(
    r"(?i)\bshortfall|\bvarian|\bdifference|\bgap\b|\bbalance|\bnet\b|\bsurplus|\bdeficit|\bchange\b|\bmovement"
    r"|\bremaining|\boutstanding|\bover\b|\bunder\b|\bstill to\b"
)
_SHARE = re.compile(r"(?i)%|\bper ?cent|\bpercentage|\bproportion")
_BASE = re.compile(r"(?i)\bbase(?:line)?\b|\bopening\b|\bbefore\b")
_TO_DATE = re.compile(
    r"(?i)\bto[- ]date\b|\bytd\b|\bactual|\bto (?:(?:month|period|the end of|end)\b|(?:q|qtr|quarter) ?[1-4]\b"
    rf"|(?:{'|'.join(SHORT_MONTHS)}))"
)


# --- columns


def recognise_columns(
    layout: Layout, said: Mapping[str, Keys], *, is_compared: bool, is_transposed: bool = False
) -> tuple[list[Column], list[Remark]]:
    """Return what each column is, and a remark on each; `said` is what the user says of columns, by label.

    `is_compared` says that the table is to be compared with the ledger: what that needs is then asked for. If it
    `is_transposed`, its rows say of which years the figures are.
    """
    return _Recognition(layout, said, is_compared=is_compared, is_transposed=is_transposed).recognise()


def read_cells(layout: Layout, columns: Sequence[Column]) -> dict[Position, Printed]:
    """Return what the cells say, by position of line and column."""
    return {(row, at): read_cell(text, columns[at].unit)
            for row, line in enumerate(layout.lines) for at, text in enumerate(line.cells)}  # fmt: skip


class _Recognition:
    def __init__(self, layout: Layout, said: Mapping[str, Keys], *, is_compared: bool, is_transposed: bool) -> None:
        self.layout = layout
        self.said = said
        self.is_compared = is_compared and not is_transposed
        self.month = "" if is_transposed else find_month(layout.title, "")
        self.year = "" if is_transposed else find_years(layout.title) or year_of(self.month)
        self.rows = [row for row, line in enumerate(layout.lines) if line.cells]
        self.remarks: list[Remark] = []
        self.columns = [self._read(at, heading) for at, heading in enumerate(layout.headings)]
        self.cells = read_cells(layout, self.columns)

    def recognise(self) -> tuple[list[Column], list[Remark]]:
        for at, column in enumerate(self.columns):
            label = column.heading.label
            if label in self.said:
                self.columns[at] = column._replace(keys=self.said[label])
            elif column.unit == "%":
                found = self._find_share(at, self.cells)
                self._settle(at, found, "a percentage, and nothing tells of what")
                self._find_fractions(at, found)
            elif (
                column.is_added
                and "compare" not in column.keys
                and (is_total(label) or _SUM.search(label) or _DIFFERENCE.search(label))
            ):
                self._settle(at, self._find_sum(at), "")
            elif column.is_added and set(column.keys) <= _OF_ALL and not find_years(label):
                found = self._find_sum(at)
                self._settle(at, found if found and found.is_certain else None, "")
        for at, column in enumerate(self.columns):
            if column.keys.get("basis") == "plan" and column.heading.label not in self.said:
                self._find_identity(at)
        for column in self.columns:
            self.remarks += self._tell(column)
        return self.columns, self.remarks

    def _read(self, at: int, heading: Heading) -> Column:
        """Return what a column is by its heading and the kinds of its cells."""
        texts = [self.layout.lines[row].cells[at] for row in self.rows]
        kinds = Counter(read_cell(text, "£").kind for text in texts)
        numbers, filled = kinds[AMOUNT] + kinds[PERCENTAGE], sum(1 for text in texts if text)
        own = heading.unit or find_unit(heading.label)
        unit = own or self.layout.unit or "£"
        if not filled:
            return Column(heading, {"compare": "false"}, "all its cells are blank", "")
        if kinds[WORDS] and kinds[WORDS] >= numbers:
            return Column(heading, {"compare": "false"}, "its cells are words", "")
        if kinds[PERCENTAGE] > kinds[AMOUNT] or own == "%" or (_SHARE.search(heading.label) and numbers):
            return Column(heading, {}, "", "%")
        if _BASE.search(heading.label) and not read_words(heading.label):
            return Column(heading, {"compare": "false"}, "what figures are measured against", unit)
        keys, why = self._read_figures(heading)
        if own in {"posts", "hours"}:
            keys["measure"] = own
        elif own and own != self.layout.unit:
            keys["unit"] = own
        amounts = [cell.number for text in texts if (cell := read_cell(text, unit)).number]
        if keys.get("category") == "cost" and sum(1 for number in amounts if number < 0) * 2 > len(amounts):
            keys["sign"] = "negative"
            why += "; they are printed below nil"
        return Column(heading, keys, why, unit)

    def _read_figures(self, heading: Heading) -> tuple[Keys, str]:
        label = heading.label
        words = read_words(label)
        own = find_years(label)
        year = own or self.year
        month = find_month(label, year) or (self.month if _TO_DATE.search(label) else "")
        keys: Keys = {}
        if re.search(r"(?i)\bfull[- ]year effect|\bper (?:annum|year)\b|\bp\.?a\.?\b|\bannual|\ba year\b", label):
            keys["period"] = A_YEAR
        elif year and month and _TO_DATE.search(label) and last_day(month) < end_of(year[:7]):
            keys["period"] = f"{year} to {month}"
        elif year and not (re.search(r"(?i)\bto[- ]date\b|\bytd\b", label) and not month):
            keys["period"] = year
        keys |= words
        if find_month(label, "") and keys.get("period") == year:
            keys["as_at"] = str(last_day(month))
        why = "by its heading"
        if keys.get("period") == year and year and not own:
            why = "the year is the title's, all else its heading's" if words else "the year is the title's"
        return keys, why

    # --- what is worked out

    def _find_share(self, at: int, cells: Mapping[Position, Printed]) -> Fit | None:
        label = self.columns[at].heading.label.casefold()
        among = [other for other in range(len(self.columns)) if other != at and self.columns[other].is_added]
        named = [
            other for other in among if _SHARE.sub("", self.columns[other].heading.label).casefold().strip() in label
        ]
        tried = [*list_shares(at, among)]
        tried.sort(key=lambda parts: parts.adds[0] not in named)
        tried += [Parts((first,), (second,), whole) for first in among for second in among
                  for whole in (first, second) if first != second]  # fmt: skip
        found = best_fit(cells, self.rows, at, tried)
        return found if found and (found.is_ever_exact or {*found.parts.adds} & {*named}) else None

    def _find_fractions(self, at: int, as_they_are: Fit | None) -> None:
        """Remark on percentages of which the sheet has the fractions that a spreadsheet keeps.

        A hundred times what is there is then a percentage of something, and more surely so than what is there.
        """
        hundredfold = {
            place: cell._replace(number=cell.number * 100, half=cell.half * 100)
            if place[1] == at and cell.number is not None else cell
            for place, cell in self.cells.items()
        }  # fmt: skip
        found = self._find_share(at, hundredfold)
        if found and (as_they_are is None or found.rank < as_they_are.rank):
            heading = self.columns[at].heading
            message = f"'{heading.label}' has fractions where the paper prints percentages: 0.91 for 91%"
            remedy = "format the column as percentages, and type them as the paper prints them"
            self.remarks.append(Remark(self.layout.head, heading.column, "bad-percentage", message, remedy))

    def _find_sum(self, at: int) -> Fit | None:
        """Return of which others a column is the sum or the difference, whichever fits better."""
        among = [other for other in range(len(self.columns)) if other != at and self.columns[other].is_added]
        figures = [other for other in among if "adds" not in self.columns[other].keys]
        sums = [other for other in among if other not in figures and other < at]
        left = [other for other in figures if other < at]
        last = sums[-1] if sums else -1
        alike = [other for other in figures if _last_part(self.columns[other]) == _last_part(self.columns[at])]
        over = [other for other in figures if self._over(other) == self._over(at) and self._over(at)]
        near = [other for other in left if other > last]
        groups = [near, left, over, alike, sums, figures, *(near[start:] for start in range(1, len(near)))]
        tried = [Parts(tuple(group)) for group in groups if len(group) > 1]
        if _DIFFERENCE.search(self.columns[at].heading.label):
            tried = [*list_differences(at, [*figures, *sums]), *tried]
        by_name = is_total(self.columns[at].heading.label) and not {"basis", "category"} & {*self.columns[at].keys}
        return best_fit(self.cells, self.rows, at, tried, by_name=by_name)

    def _find_identity(self, at: int) -> None:
        """Note of a plan that the paper also prints what became of it, if that comes to it throughout."""
        became = [other for other in range(len(self.columns))
                  if other != at and self.columns[other].is_added and "adds" not in self.columns[other].keys
                  and self.columns[other].keys.get("period") == self.columns[at].keys.get("period")
                  and self.columns[other].keys.get("basis") in _BECAME]  # fmt: skip
        if len(became) < 2:  # noqa: PLR2004 - a sum has two parts
            return
        found = best_fit(self.cells, self.rows, at, [Parts(tuple(became))])
        if found and not found.out:
            column = self.columns[at]
            why = f"{column.why}; {self._say(found)}"
            self.columns[at] = column._replace(keys={**column.keys, **self._name(found.parts)}, why=why)

    def _over(self, at: int) -> str:
        return self.columns[at].heading.label.rpartition(": ")[0]

    def _settle(self, at: int, found: Fit | None, otherwise: str) -> None:
        """Note what a column is worked out from, or that it is not compared, if it is nothing else by its heading."""
        column = self.columns[at]
        if found:
            kept: Keys = {key: column.keys[key] for key in ("unit", "measure") if key in column.keys}
            self.columns[at] = column._replace(keys={**kept, **self._name(found.parts)}, why=self._say(found))
        elif otherwise:
            self.columns[at] = column._replace(keys={"compare": "false"}, why=otherwise)

    def _name(self, parts: Parts) -> Keys:
        """Return the keys that name the parts by their labels."""
        labels = [column.heading.label for column in self.columns]
        named: Keys = {"adds": [labels[part] for part in parts.adds]}
        if parts.less:
            named["less"] = [labels[part] for part in parts.less]
        if parts.of is not None:
            named["of"] = labels[parts.of]
        return named

    def _say(self, found: Fit) -> str:
        return say_fit(found, "row", [str(line.row) for line in self.layout.lines])

    # --- what is said of it

    def _tell(self, column: Column) -> Iterator[Remark]:
        """Yield what a column is held to be and why; and what has to be asked, if it is to be compared."""
        label, keys, place = column.heading.label, column.keys, (self.layout.head, column.heading.column)
        if label in self.said:
            yield say(*place, f"'{label}': as you say")
            return
        what = describe(keys) or "figures of which the sheet does not say more"
        yield say(*place, f"'{label}': {what}{f' ({column.why})' if column.why else ''}")
        if bad := refuse_year(label):
            yield Remark(*place, bad.code, bad.message, bad.help)
        elif not self.is_compared or keys.get("compare") == "false" or "adds" in keys:
            return
        elif "period" not in keys:
            message = f"nothing says what the column '{label}' holds"
            remedy = f"say it with --heading {quote(label)} 'period: 2010/11, basis: actual', or 'compare: false'"
            yield Remark(*place, "unclear-column", message, remedy)
        elif keys.get("basis") == "estimate" and "as_at" not in keys and (month := find_month(label, keys["period"])):
            message = f"nothing says up to which day the paper reports in '{label}'"
            meant = f"period: {keys['period']}, basis: estimate, as_at: {last_day(month)}"
            yield Remark(*place, "unclear-column", message, f"say it with --heading {quote(label)} '{meant}'")


_OF_ALL = {"period", "measure", "unit"}
"""What the title and a row of units say of all columns alike."""

_BECAME = ("actual", "estimate", "at_risk", "delayed", "not_achievable")


def _last_part(column: Column) -> str:
    return column.heading.label.rpartition(": ")[2].casefold()


def say_fit(found: Fit, place: str, names: list[str]) -> str:
    """Return in how many rows or columns (`place`) parts come to what is printed, and in which they do not."""
    so = f"so in {found.right} {place}{'s' if found.right != 1 else ''}"
    rounded = f", of which {found.rounded} within rounding" if found.rounded else ""
    out = f", and out in {place} {', '.join(names[at] for at in found.out)}" if found.out else ""
    return so + rounded + out


def describe(keys: Keys, labels: Mapping[str, str] = {}) -> str:
    """Return in words what the keys of a column or a row say; `labels` are those of the rows that it names, by id."""
    if keys.get("compare") == "false":
        return "not compared"
    parts = [f"{name} {keys[name]}" for name in keys if name not in {"adds", "less", "of", "in_total", "id", "sign"}]
    if keys.get("sign") == "negative":
        parts.append("printed below nil")
    if "adds" in keys:
        adds, less = ([labels.get(part, part) for part in keys.get(name, [])] for name in ("adds", "less"))
        worked = " plus ".join(adds) + (f", less {' and '.join(less)}" if less else "")
        of = labels.get(keys.get("of", ""), keys.get("of"))
        parts.append(f"{worked}, as a percentage of {of}" if of else worked)
    if keys.get("in_total") == "false":
        parts.append("not in the totals")
    return ", ".join(parts)
