"""A SQLite database: a table a table, with keys, foreign keys and indexes; and views, of which one is Table 1.

SQLite has no decimals. So each amount is there twice: as it is (`amount`), which SQLite may keep as a binary
number, and of money in whole pence (`pence`), which add up exactly.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from emcollab.publish.export.flat import Cells, Column, Flat, FlatTable, list_columns
from emcollab.results.totals import PARTS

_NUMBERS = dict.fromkeys(("amount", "number", "percentage"), "NUMERIC")
_TYPES = {"count": "INTEGER", "flag": "INTEGER", **_NUMBERS}  # the others are TEXT


def format_export(flat: Flat) -> bytes:
    """Return the database file: the same bytes for the same tables, as long as SQLite is of the same version."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for table in flat.tables:
            connection.execute(_create(flat, table))
            _fill(connection, table)
            for index in _create_indexes(table):  # of rows that are there already it takes less time
                connection.execute(index)
        connection.execute(_STANDING)
        connection.execute(_create_table_1(flat))
        connection.execute(_create_breakdown(flat))
        connection.execute("COMMIT")
        return connection.serialize()


def _columns(table: FlatTable) -> Iterator[Column]:
    """Yield the columns, after each of amounts one of pence."""
    for column in table.columns:
        yield column
        if column.kind == "amount":
            name = column.name.replace("amount", "pence")
            yield Column(name, "count", "the same in pence, if it is money", required=False)


def _create(flat: Flat, table: FlatTable) -> str:
    columns = ""
    for column in _columns(table):
        name, kind = _quote(column.name), _TYPES.get(column.kind, "TEXT")
        values = ("0", "1") if column.kind == "flag" else [f"'{value}'" for value in column.values]
        # Of a list after IN, SQLite makes a table anew for each row that it puts in.
        check = f" CHECK ({' OR '.join(f'{name} = {value}' for value in values)})" if values else ""
        columns += f"  {name} {kind}{' NOT NULL' if column.required else ''}{check}, -- {column.description}\n"
    keys = [f"  PRIMARY KEY ({_quote(*table.key)})"]
    for reference in table.references:
        target = f"{_quote(reference.table)} ({_quote(*flat.table(reference.table).key)})"
        keys.append(f"  FOREIGN KEY ({_quote(*reference.columns)}) REFERENCES {target}")
    end = "\n) WITHOUT ROWID" if _is_relation(table) else "\n)"
    return f"CREATE TABLE {_quote(table.name)} ( -- {table.title}\n{columns}" + ",\n".join(keys) + end


def _is_relation(table: FlatTable) -> bool:
    """Return whether keys of other tables are all the key; of such rows there are most, and a number helps nobody."""
    referring = {name for reference in table.references for name in reference.columns}
    required = {column.name for column in table.columns if column.required}
    return referring & required >= {*table.key}


def _create_indexes(table: FlatTable) -> Iterator[str]:
    """Yield an index for each foreign key that does not begin the key, for joins from the other side."""
    for reference in table.references:
        if reference.columns != table.key[: len(reference.columns)]:
            name = _quote(f"{table.name}_by_{'_and_'.join(reference.columns)}")
            yield f"CREATE INDEX {name} ON {_quote(table.name)} ({_quote(*reference.columns)})"


def _fill(connection: sqlite3.Connection, table: FlatTable) -> None:
    """Put in the rows: as many at once as any SQLite takes values, which takes half the time of one by one."""
    count = len([*_columns(table)])
    marks = f"({', '.join('?' * count)})"
    for columns in list_columns(table.rows, _MOST_VALUES // count):
        values = list(chain.from_iterable(zip(*_list_values(table, columns), strict=True)))
        rows = ", ".join([marks] * (len(values) // count))
        connection.execute(f'INSERT INTO "{table.name}" VALUES {rows}', values)  # noqa: S608 - our name


_MOST_VALUES = 999


def _list_values(table: FlatTable, columns: Iterator[Cells]) -> Iterator[Iterable[object]]:
    """Yield the columns as SQLite takes them, after each of amounts one of pence."""
    measures: Cells = ()
    for column, cells in zip(table.columns, columns, strict=True):
        is_plain = _TEXTS.isdisjoint(map(type, cells))
        values: Sequence[Any] = cells if is_plain else [str(cell) if type(cell) in _TEXTS else cell for cell in cells]
        yield values
        if column.name == "measure":
            measures = cells
        if column.kind == "amount":
            yield [
                _count_pence(pounds) if pounds and measure == "money" else None
                for pounds, measure in zip(values, measures, strict=True)
            ]


def _count_pence(pounds: str) -> str | int | None:
    """Return pounds in pence; print may be finer than a penny, and then has none."""
    if pounds[-3:-2] == ".":  # as nearly all are written: to reckon takes three times as long
        return pounds.replace(".", "")
    whole, parts = Decimal(pounds).as_integer_ratio()
    return None if 100 % parts else whole * (100 // parts)


_TEXTS = {Decimal, date}
"""What SQLite is given as a text; it makes numbers of amounts and of pence."""


def _quote(*names: str) -> str:
    return ", ".join(f'"{name}"' for name in names)


# --- views

_STANDING = """CREATE VIEW "standing" AS -- the figures that stand, with the names of what they belong to
SELECT
  figures.*,
  projects.name AS project_name,
  benefits.label AS benefit_label,
  areas.label AS area_label,
  areas.position AS area_position,
  sources.title AS source_title,
  sources.body AS source_body
FROM figures
  JOIN projects USING (project)
  JOIN benefits USING (project, benefit)
  JOIN areas ON areas.area = figures.area
  JOIN sources USING (source)
WHERE figures.stands
ORDER BY figures.figure"""

_COUNTED = "FROM standing WHERE measure = 'money' AND category <> 'cost'"

_CONDITIONS = {
    "saving": "category = 'saving'",
    "cashable": "cashability IN ('cash-releasing', 'not-cash-releasing', 'cashable')",
    "cash-releasing": "cashability = 'cash-releasing'",
    "non-cashable": "cashability = 'non-cashable'",
    "cashability-unstated": "cashability = 'unstated'",
    "funding": "category = 'funding'",
    "unclassified": "category = 'unclassified'",
}
"""How to tell what belongs to each of `PARTS`; those of savings add up to the savings, the others to the total."""


def _create_table_1(flat: Flat) -> str:
    sums = _sums(flat)
    areas = ", ".join(f"'{row.id}'" for row in flat.summaries["money"].rows) if "money" in flat.summaries else ""
    return f"""CREATE VIEW "table_1" AS -- the summary table in pounds: areas in printed order, then the total
SELECT {_quote("area", *_years(flat))} FROM (
  SELECT areas.position AS "place", areas.label AS "area"{sums}
    FROM areas LEFT JOIN (SELECT area AS "of", year, pence {_COUNTED}) ON "of" = areas.area
    WHERE areas.area IN ({areas}) GROUP BY areas.position
  UNION ALL
  SELECT (SELECT count(*) + 1 FROM areas), 'TOTAL'{sums}
    {_COUNTED}
) ORDER BY "place\""""  # noqa: S608 - of our names, of ids, and of years, which are digits


def _create_breakdown(flat: Flat) -> str:
    sums = _sums(flat)
    selects = "\n  UNION ALL\n".join(
        f"""  SELECT {place} AS "place", '{lead}{label}' AS "part"{sums}\n    {_COUNTED} AND {_CONDITIONS[id_]}"""
        for place, (id_, (label, depth, _)) in enumerate(PARTS.items())
        for lead in [("", "savings: ", "savings: cashable: ")[depth - 1]]
    )
    return f"""CREATE VIEW "table_1_breakdown" AS -- what the total of table_1 is made of, in pounds
SELECT {_quote("part", *_years(flat))} FROM (
{selects}
) ORDER BY "place\""""  # noqa: S608 - of our names, and of years, which are digits


def _years(flat: Flat) -> tuple[str, ...]:
    return flat.summaries["money"].years if "money" in flat.summaries else ()


def _sums(flat: Flat) -> str:
    """Return a column of pounds for each year; the pence are whole, so a year's pounds are right to the penny."""
    return "".join(
        f""",\n    sum(CASE WHEN year = '{year}' THEN pence END) / 100.0 AS "{year}\"""" for year in _years(flat)
    )
