"""The headings of a sheet: which rows they are in, and which column is which field, or amounts of what."""

import re
from collections import Counter
from typing import NamedTuple

from emcollab.records.rules import FIELDS, Rules
from emcollab.values.problems import BadValue
from emcollab.writing.cells import find_typed_year, read_period
from emcollab.writing.sheet import Remark, Sheet, name_column
from emcollab.writing.spellings import AMOUNTS, HEADINGS, LEFT_OUT, find_word, is_total, plain, rank_heading, tell_apart

_SEARCHED = 30  # rows, in which the headings are looked for
_PRINTED = "; of a table as a paper prints it, --table"
_SAMPLE = 200  # rows, which show whether a column holds amounts


class AmountColumn(NamedTuple):
    """A column of amounts, and what its heading says of all of them; nothing, where it does not say."""

    column: int
    period: str = ""
    basis: str = ""
    category: str = ""
    unit: str = ""
    measure: str = ""


class Layout(NamedTuple):
    """How a sheet is laid out: the rows of headings, from `top` until before `first`, and what each column holds.

    Rows and columns count from 1. `fields` are columns by field, `totals` columns of sums over a row. `left_out` says
    of each other column why it is, `headings` how each is headed.
    """

    top: int
    first: int
    headings: dict[int, str]
    fields: dict[str, int]
    amounts: tuple[AmountColumn, ...]
    totals: tuple[int, ...]
    left_out: dict[int, str]
    remarks: list[Remark]

    def name(self, column: int) -> str:
        """Return what to call a column: its letter and its heading, as `J (Value)`."""
        heading = self.headings.get(column, "")
        return f"{name_column(column)} ({heading})" if heading else name_column(column)


def find_layout(sheet: Sheet, rules: Rules) -> Layout:
    """Return how `sheet` is laid out; `rules` come before what its headings say.

    Raises:
        BadValue: no row of headings is found, or none of amounts, or the rules name one that is not there.
    """
    texts = [[" ".join(sheet.whole(cell).text.split()) for cell in cells] for cells in sheet.rows[: _SEARCHED + 1]]
    scores = [sum(_is_recognised(text, rules) for text in row) for row in texts[:_SEARCHED]]
    if max(scores) < 2:  # noqa: PLR2004 - an amount, and what it is of
        message = f"no row of headings is found in the first {_SEARCHED} rows"
        raise BadValue(
            "missing-key",
            message,
            f"head the columns, as 'Project', 'Benefit', 'Year', 'Amount'; or use --column{_PRINTED}",
        )
    top, first, headings = _join_headings(texts, scores.index(max(scores)))
    numeric = {column for column in headings if _is_numeric(sheet, first, column)}
    fields, remarks = _find_fields(headings, numeric, rules)
    free = [column for column, heading in headings.items() if column not in numeric and plain(heading) not in LEFT_OUT]
    remarks += _find_by_cells(fields, _tell_by_cells(sheet, first, free), rules)
    return _divide(Layout(top, first, headings, fields, (), (), {}, remarks), numeric)


# --- the rows


def _join_headings(texts: list[list[str]], at: int) -> tuple[int, int, dict[int, str]]:
    """Return the first row of the headings, the first below them, and the headings, of which row `at` has the most.

    A row above, and rows below, that say no more than years, bases, units and what is left out are of headings too.
    """
    rows = [texts[at]]
    top, first = at + 1, at + 2
    if at and _only_divides(texts[at - 1], texts[at]) and _is_over_amounts(texts[at - 1], texts[at]):
        rows.insert(0, _fill(texts[at - 1], texts[at]))
        top -= 1
    while first <= len(texts) and _only_divides(texts[first - 1], rows[-1]):
        rows[-1] = _fill(rows[-1], texts[first - 1])
        rows.append(texts[first - 1])
        first += 1
    columns = zip(*rows, strict=True)
    return top, first, {column: " ".join(dict.fromkeys(filter(None, each))) for column, each in enumerate(columns, 1)}


def _only_divides(row: list[str], headings: list[str]) -> bool:
    own = [text for text, heading in zip(row, headings, strict=True) if text and text != heading and not is_total(text)]
    dividing = [_divides(text) for text in own]
    return any(dividing) and all(dividing[at] or _is_left_out(text) for at, text in enumerate(own))


def _is_over_amounts(row: list[str], headings: list[str]) -> bool:
    """Return whether anything in a row stands over what is no field: else it is a unit beside the title, or a date."""
    return any(text and not _is_field(heading) for text, heading in zip(row, headings, strict=True))


def _divides(text: str) -> bool:
    """Return whether a heading over or under others says of which year, basis or unit these are, and no more."""
    parts = _take_apart(text)
    return not parts.rest and bool(parts.period or parts.basis or parts.unit)


def _is_left_out(heading: str) -> bool:
    return plain(heading) in LEFT_OUT or bool(re.match("%[^0-9]*$", heading))


def _fill(row: list[str], headings: list[str]) -> list[str]:
    """Return a row of headings over headings, each written over all columns below it that have one."""
    filled: list[str] = []
    for text, heading in zip(row, headings, strict=True):
        before = filled[-1] if filled and heading and not _is_field(heading) else ""
        filled.append(text or (before if _divides(before) or is_total(before) else ""))
    return filled


def _is_numeric(sheet: Sheet, first: int, column: int) -> bool:
    """Return whether most cells of a column begin as amounts do."""
    texts = [cells[column - 1].text for cells in sheet.rows[first - 1 : first - 1 + _SAMPLE]]
    filled = [text for text in texts if text]
    return 2 * sum(bool(re.match(r"[-−(£\s]*\.?[0-9]", text)) for text in filled) > len(filled)  # noqa: RUF001 - a minus sign is meant


def _find_by_cells(fields: dict[str, int], told: dict[int, str], rules: Rules) -> list[Remark]:
    """Put into `fields` the columns whose cells can be of one field alone, as `told`; return what is to be told of it.

    They count more than a heading of several meanings, such as `Kind`.
    """
    free = {*_BY_CELLS} - {*rules.every}
    for field, column in [*fields.items()]:
        if told.get(column, field) in free - {*fields} and field in free - {*rules.columns}:
            del fields[field]
    remarks = []
    for column, field in told.items():
        if field in free - {*fields} and column not in fields.values():
            fields[field] = column
            message = f"the column is read as the {field}, by what is in it"
            remarks.append(Remark(0, column, "", message, "", stops=False))
    return remarks


def _tell_by_cells(sheet: Sheet, first: int, columns: list[int]) -> dict[int, str]:
    """Return of each of the columns the field of which most of its cells are words, and of no other."""
    told = {}
    for column in columns:
        texts = [cells[column - 1].text for cells in sheet.rows[first - 1 : first - 1 + _SAMPLE]]
        fields = Counter(tell_apart(text)[0] for text in texts if text)
        field, number = max(fields.items(), key=lambda each: each[1], default=("", 0))
        if field in _BY_CELLS and number > 1 and 2 * number > fields.total():
            told[column] = field
    return told


_BY_CELLS = ("basis", "category", "cashability", "recurrence")


# --- the columns


class _Parts(NamedTuple):
    """What a heading of amounts says, and what is left of it that is not known."""

    period: str = ""
    basis: str = ""
    category: str = ""
    unit: str = ""
    measure: str = ""
    rest: str = ""
    amounts: bool = False  # whether it says that these are amounts, as `Saving` and `Value` do


_UNIT = re.compile(
    r"(?i)\(?\s*(?:\bin\s+)?(?:£\s?(?P<unit>k|ks|m|ms|['\u2019]?000s?|thousands?|millions?)?(?![a-z0-9])"
    r"|(?P<first>k)£|(?<![0-9,])['\u2019](?P<noughts>000s?)|(?<=\()(?P<letter>[km])(?=\)))\s*\)?"
)
_PERIOD = re.compile(
    r"(?ai)(?:\bfy\s*|\byear\s+)?(?<![0-9])"
    r"(?:[0-9]{4}\s*[-/–]\s*(?:[0-9]{4}|[0-9]{2})|[0-9]{2}\s*[/-]\s*[0-9]{2}|(?:19|20)[0-9]{2})(?![0-9])|\bfy\s*[0-9]{2}\b"  # noqa: RUF001 - an en dash is meant
)


_DATE = re.compile(
    r"(?ai)(?<![0-9a-z])(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{1,2}-[a-z]{3}|[a-z]{3}-(?:[0-9]{4}|[0-9]{2}))(?![0-9a-z])"
)


def _take_apart(heading: str) -> _Parts:
    """Return the parts of a heading of amounts; a period as it is written."""
    unit = period = ""
    if found := _UNIT.search(heading):
        letter = next(filter(None, found.groups()), "").casefold().strip("'\u2019")[:1]
        unit = {"": "£", "k": "£k", "0": "£k", "t": "£k", "m": "£m"}[letter]
        heading = f"{heading[: found.start()]} {heading[found.end() :]}"
    if (found := _DATE.search(heading)) and find_typed_year(found[0]):
        period = found[0]  # it is asked about
        heading = f"{heading[: found.start()]} {heading[found.end() :]}"
    elif found := _PERIOD.search(heading):
        period = found[0]
        heading = f"{heading[: found.start()]} {heading[found.end() :]}"
    words = plain(heading).split()
    measures = [measure for word in words if (measure := find_word("measure", word)) in {"posts", "hours"}]
    words = [word for word in words if find_word("measure", word) not in measures]
    basis = ""
    spans = [slice(start, end) for start in range(len(words)) for end in range(len(words), start, -1)]
    for span in spans:
        if basis := find_word("basis", " ".join(words[span])):
            del words[span]
            break
    amounts = [word for word in words if word in AMOUNTS]
    category = next(filter(None, (find_word("category", word) for word in amounts)), "")
    rest = " ".join(word for word in words if word not in AMOUNTS)
    return _Parts(period, basis, category, unit, "".join(measures[:1]), rest, bool(amounts))


def find_unit(text: str) -> str:
    """Return the unit of money that a text is, such as `£000`; nothing, if it is none."""
    parts = _take_apart(text)
    return parts.unit if parts == _Parts(unit=parts.unit) else ""


def _is_amounts(heading: str, *, numeric: bool) -> bool:
    """Return whether this heads a column of amounts."""
    parts = _take_apart(heading)
    is_sure = parts.period or parts.basis or parts.unit or plain(heading) in HEADINGS["amount"]
    return "%" not in heading and not parts.rest and bool(is_sure or (numeric and (parts.amounts or parts.measure)))


def _is_field(heading: str) -> bool:
    return any(rank_heading(field, heading) is not None for field in HEADINGS)


def _is_recognised(heading: str, rules: Rules) -> bool:
    return bool(heading) and (
        heading in rules.columns.values()
        or _is_field(heading)
        or _is_amounts(heading, numeric=True)
        or is_total(heading)
        or plain(heading) in LEFT_OUT
    )


def _find_fields(headings: dict[int, str], numeric: set[int], rules: Rules) -> tuple[dict[str, int], list[Remark]]:
    """Return the column of each field that has one; what the rules name first, then by the surest heading."""
    fields: dict[str, int] = {field: _find_named(headings, heading) for field, heading in rules.columns.items()}
    remarks = []
    for field in FIELDS:
        if field in fields or field == "amount":
            continue
        candidates = [
            (rank, column)
            for column, heading in headings.items()
            if (rank := rank_heading(field, heading)) is not None and column not in fields.values()
            and not (column in numeric and (_is_amounts(heading, numeric=True) or plain(heading) in LEFT_OUT))
        ]  # fmt: skip
        if candidates:
            rank, column = min(candidates)
            fields[field] = column
            for other in [each for place, each in candidates if place == rank and each != column]:
                remedy = f"say which with --column {field}={name_column(column)}, or rename one"
                message = f"columns {name_column(column)} and {name_column(other)} are both headed '{headings[other]}'"
                remarks.append(Remark(0, other, "same-name", message, remedy))
    return fields, remarks


def _find_named(headings: dict[int, str], named: str) -> int:
    """Return the column with a heading, or of a letter.

    Raises:
        BadValue: there is none, or there are several.
    """
    columns = [column for column, heading in headings.items() if heading and plain(heading) == plain(named)]
    columns = columns or [column for column in headings if name_column(column) == named.upper()]
    if len(columns) == 1:
        return columns[0]
    shown = ", ".join(f"'{heading}'" for heading in headings.values() if heading)
    if columns:
        letters = " and ".join(map(name_column, columns))
        raise BadValue("same-name", f"columns {letters} are headed '{named}'", "name one by its letter")
    raise BadValue("missing-key", f"no column is headed '{named}'", f"write one of: {shown}; or a letter")


def _divide(layout: Layout, numeric: set[int]) -> Layout:
    """Return the layout with its columns of amounts, of sums over a row, and those that are left out."""
    named = layout.fields.get("amount")
    amounts = [AmountColumn(named, **_say_of_all(layout.headings[named]))] if named else []
    totals, left_out = [], {}
    for column, heading in layout.headings.items():
        if column in layout.fields.values():
            continue
        if is_total(heading) and column in numeric:
            totals.append(column)
        elif not named and _is_amounts(heading, numeric=column in numeric):
            amounts.append(AmountColumn(column, **_say_of_all(heading)))
        else:
            left_out[column] = _say_why(heading, layout)
    if not amounts and len(totals) == 1:
        column = totals.pop()
        amounts = [AmountColumn(column, **_say_of_all(layout.headings[column]))]
    if not amounts:
        there = [layout.name(column) for column in left_out if column in numeric]
        message = "no column of amounts is found" + (f"; with numbers are {', '.join(there)}" if there else "")
        remedy = "head one 'Amount', or by its year, or 'Plan' or 'Actual'; or name it with --column amount=HEADING"
        raise BadValue("missing-key", message, f"{remedy}{_PRINTED}")
    remarks = [*layout.remarks, *_find_doubtful(layout, amounts)]
    return layout._replace(amounts=tuple(amounts), totals=tuple(totals), left_out=left_out, remarks=remarks)


def _say_of_all(heading: str) -> dict[str, str]:
    parts = _take_apart(heading)
    period = parts.period
    if period:
        try:
            period = read_period(period).value
        except BadValue:
            period = parts.period  # it is told of the heading, below
    return {
        "period": period,
        "basis": parts.basis,
        "category": parts.category,
        "unit": parts.unit,
        "measure": parts.measure,
    }


def _find_doubtful(layout: Layout, amounts: list[AmountColumn]) -> list[Remark]:
    """Return a remark for each heading of amounts whose year is none, or that says the same as another."""
    remarks = []
    seen: dict[tuple[str, ...], int] = {}
    for each in amounts:
        try:
            if each.period:
                read_period(each.period)
        except BadValue as bad:
            remarks.append(Remark(layout.first - 1, each.column, bad.code, bad.message, bad.help))
        other = seen.setdefault(each[1:], each.column)
        if other != each.column:
            letters, heading = f"{name_column(other)} and {name_column(each.column)}", layout.headings[each.column]
            message = f"columns {letters} are both headed '{heading}'"
            remarks.append(
                Remark(layout.first - 1, each.column, "same-name", message, "say in each what tells them apart")
            )
    return remarks


def _say_why(heading: str, layout: Layout) -> str:
    """Return why a column of this heading is left out."""
    if not heading:
        return "it has no heading; give it one, or name it by its letter with --column"
    if "%" in heading:
        return "a percentage is worked out, and not stated"
    taken = [(field, column) for field, column in layout.fields.items() if rank_heading(field, heading) is not None]
    left_out = LEFT_OUT.get(plain(heading)) or LEFT_OUT.get(_take_apart(heading).rest)
    known = left_out or "no heading that is known"
    if taken and not left_out:
        field, column = taken[0]
        known = f"the {field} is taken from column {layout.name(column)}"
    return f"{known}; to take it, name it with --column"
