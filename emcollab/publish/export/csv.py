"""The figures as one CSV file, for spreadsheets and programs: a row a figure, amounts exact and plain."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any

from emcollab.publish.export.flat import Anew, Flat, FlatTable, format_rows
from emcollab.render.formats.csv import escape
from emcollab.render.formats.json import format_exact


def format_export(flat: Flat) -> Anew[str]:
    """Return the lines of the table of figures."""
    return format_table(flat.table("figures"))


def format_table(table: FlatTable) -> Anew[str]:
    """Return the names of the columns of `table` and its rows, a line each; in pieces of many lines.

    A cell without a value is empty, a flag `true` or `false`.
    """
    return Anew(lambda: _write_lines(table))


def _write_lines(table: FlatTable) -> Iterator[str]:
    names = tuple(column.name for column in table.columns)
    for rows in chain([[names]], format_rows(table, _FORMATS)):
        lines = io.StringIO()
        csv.writer(lines, lineterminator="\n").writerows(rows)
        yield lines.getvalue()


_FORMATS: dict[type, Callable[[Any], str]] = {
    str: lru_cache(1024)(escape),  # rows that follow each other have most of their texts in common
    **dict.fromkeys((bool, type(None)), {True: "true", False: "false", None: ""}.__getitem__),
    int: str,
    Decimal: format_exact,
    date: date.isoformat,
}
