"""Everything taken away: the same amounts in every format, valid for other tools, and nothing in it that they obey."""

import contextlib
import csv
import io
import json
import re
import shutil
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from emcollab.publish import Unwritable
from emcollab.publish.export import format_export
from emcollab.publish.export.flat import Anew, Column, Flat, FlatTable
from emcollab.publish.export.sheets import ORDER
from emcollab.publish.export.tables import TABLES as TABLES_OF
from emcollab.publish.export.tables import Results, TableOf, flatten
from emcollab.records.base import Record
from emcollab.records.benefit import Benefit, Statement
from emcollab.records.kinds import KINDS
from emcollab.records.ledger import Ledger
from emcollab.records.lists import Force, ShareKey, Source
from emcollab.records.project import Closure, Milestone, Outcome, Project, ProjectStatement
from emcollab.records.published import PrintedColumn, PrintedRow, Published
from emcollab.records.recommendation import Recommendation, Recommendations
from emcollab.records.settings import Settings
from emcollab.results.standing import find_standing
from emcollab.values.terms import BASES, EXPORT_FORMATS
from tests.conftest import EXAMPLE, MakeFolder, invoke, open_clean, posix, run_in_turn, run_python

with contextlib.suppress(ImportError):  # they are of POSIX, as the tests that use them
    import resource

Rows = list[dict[str, str]]

# What the example must say, worked out apart from this code and by hand.

YEARS = ("2014/15", "2015/16", "2016/17", "2017/18", "2018/19", "2019/20")
TOTALS = ("229000", "391050", "506250.79", "473898.43", "405918.51", "337080.10")
TABLE_1: dict[str, tuple[str | None, ...]] = {
    "Shared control room": (None, "112500", "219950.77", "236100", "241000", "240040"),
    "Vehicles & fuel": (None, "42800", "81300.02", "106237.44", "95918.50", "97040.10"),
    "Forensic services": ("20000", "73750", "84000", "63500", None, None),
    "Air support (pilot)": ("35000", "81500", "61000", "15250", None, None),
    "Grants and support": ("150000", "85000", "60000", None, "25000", None),
    "Back office": ("12000", "-4500", "0", "52810.99", "44000.01", None),
    "Custody suites": (None, None, None, None, None, None),
    "Training school": ("12000", None, None, None, None, None),
    "TOTAL": TOTALS,
}
BREAKDOWN: tuple[tuple[str | None, ...], ...] = (
    ("44000", "288550", "446250.79", "473898.43", "380918.51", "337080.10"),
    ("12000", "214800", "362250.79", "400798.43", "380918.51", "337080.10"),
    ("12000", "176500", "277750.77", "266349.99", "240917.50", "240040"),
    (None, "49750", "58000", "63500", None, None),
    ("32000", "24000", "26000", "9600", None, None),
    ("150000", "85000", "60000", None, "25000", None),
    ("35000", "17500", None, None, None, None),
)
"""Savings, of which cashable (of which cash releasing), non-cashable, not stated; funding; unclassified."""

TOTALS_IN_2018 = ("229000", "391050", "506250.79", "472398.43", "280000")
"""As at 19 July 2018; the ledger then has no later year."""

COSTS = ("58200", "201300", "27500", "31250", "31250", "32000")
POSTS = {"2016/17": "7.5", "2017/18": "12.5", "2018/19": "1.5"}
HOURS = {"2016/17": "1180.5", "2017/18": "2350.25"}
BY_FORCE = {
    "brackenshire": {"2015/16": "67500", "2016/17": "159067.76", "2017/18": "177068.94", "2018/19": "196875.59",
                     "2019/20": "196910.85"},
    "aldershire": {"2015/16": "45000", "2016/17": "115077.60", "2017/18": "129848.94", "2018/19": "140042.91",
                   "2019/20": "140169.25"},
    "calderdown": {"2016/17": "27105.43", "2017/18": "35419.56", "2018/19": "0", "2019/20": "0"},
}  # fmt: skip


def exact(amounts: tuple[str | None, ...]) -> tuple[Decimal | None, ...]:
    return tuple(None if amount is None else Decimal(amount) for amount in amounts)


def by_year(amounts: dict[str, str]) -> dict[str, Decimal]:
    return {year: Decimal(amount) for year, amount in amounts.items()}


def export(name: str, folder: Path, *arguments: str, data: Path = EXAMPLE) -> Path:
    """Return the file or folder to which the command exports `data`."""
    target = folder / f"ledger.{name}"
    ran = invoke("export", "--data", data, "--format", name, "--output", target, *arguments)
    assert (ran.status, ran.stdout) == (0, "")
    assert re.fullmatch(r"wrote [0-9]+ figures?( and all records)? to .*\n", ran.stderr)
    return target


def read_csv(path: Path) -> Rows:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def read_json(path: Path) -> dict[str, list[dict[str, Any]]]:
    document: dict[str, list[dict[str, Any]]] = json.loads(path.read_bytes(), parse_float=Decimal)
    return document


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def read_sheet(book: Workbook, name: str) -> list[dict[str, Any]]:
    """Return the rows of the table on a worksheet by heading."""
    sheet = book[name]
    (table,) = sheet.tables.values()
    headings, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


def read_book(path: Path) -> Workbook:
    """Return a workbook with the values that its formulas have stored."""
    return openpyxl.load_workbook(path, data_only=True)


def read_formulas(path: Path) -> dict[str, str]:
    """Return the formulas of a workbook, by worksheet and cell: `By area!B7`."""
    return {
        f"{sheet.title}!{cell.coordinate}": str(cell.value)
        for sheet in openpyxl.load_workbook(path).worksheets
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.data_type == "f"
    }


def pennies(number: float | None) -> Decimal | None:
    """Return a number of a program that knows only binary ones, to the penny."""
    return None if number is None else round(Decimal(number), 2)


def total(rows: Iterator[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for year, amount in rows:
        sums[year] += amount
    return dict(sums)


def total_text(rows: Rows, measure: str = "money", *, costs: bool = False) -> dict[str, Decimal]:
    """Return the sums by year of the figures that stand, added up from their texts."""
    return total(
        (row["year"], Decimal(row["amount"]))
        for row in rows
        if row["stands"] == "true" and row["measure"] == measure and (row["category"] == "cost") == costs
    )


def validate(folder: Path) -> frictionless.Report:
    """Return what Frictionless says of a data package."""
    report: frictionless.Report = frictionless.validate(str(folder / "datapackage.json"))
    return report


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give a function that returns the export of the example in a format: made once, and not to be changed."""
    return cache(lambda name: export(name, tmp_path_factory.mktemp(name)))


@pytest.fixture(scope="module")
def book(exported: Callable[[str], Path]) -> Workbook:
    """Return the workbook of the example, not to be changed."""
    return read_book(exported("xlsx"))


# --- the same amounts everywhere


def test_the_figures_in_csv_add_up_to_the_totals(exported: Callable[[str], Path]) -> None:
    rows = read_csv(exported("csv"))
    assert len(rows) == 87
    assert total_text(rows) == dict(zip(YEARS, exact(TOTALS), strict=True))
    assert total_text(rows, costs=True) == dict(zip(YEARS, exact(COSTS), strict=True))
    assert total_text(rows, "posts") == by_year(POSTS)
    assert total_text(rows, "hours") == by_year(HOURS)


def test_a_figure_in_csv_has_all_that_is_known_of_it() -> None:
    lines = invoke("export", "--data", EXAMPLE).stdout.splitlines()
    assert lines[0] == (
        "project,benefit,area,category,cashability,measure,period,year,year_start,basis,amount,stands,source,at,quote,"
        "note,as_at,source_date,statement,figure"
    )
    assert lines[22] == (
        "control-room,staff,control-room,saving,cash-releasing,money,2016/17,2016/17,2016,actual,219950.77,true,"
        "committee-2018-07-19-paper-a,para 4,the outturn for 2016/17 has been restated after audit,"
        '"Two corrections, 2016/17 after audit.",2018-03-31,2018-07-19,4,22'
    )
    (undated,) = [line for line in lines if ",,,reported," in line]
    assert undated.startswith("hr-service,meetings,back-office,saving,cashable,money,a year,,,reported,8000,false,")


def test_the_figures_in_json_add_up_to_the_totals(exported: Callable[[str], Path]) -> None:
    document = read_json(exported("json"))
    assert total(
        (figure["year"], Decimal(figure["amount"]))
        for figure in document["figures"]
        if figure["stands"] and figure["measure"] == "money" and figure["category"] != "cost"
    ) == dict(zip(YEARS, exact(TOTALS), strict=True))


def test_json_has_all_records(exported: Callable[[str], Path]) -> None:
    document = read_json(exported("json"))
    assert {name: len(rows) for name, rows in document.items()} == {
        "ledger": 1, "areas": 8, "forces": 5, "sources": 7, "share_keys": 1, "projects": 8, "project_forces": 18,
        "project_statements": 9, "project_statement_forces": 18, "benefits": 19, "replacements": 0,
        "benefit_statements": 50, "shares": 10, "figures": 87, "parts": 79, "outcomes": 4, "milestones": 5,
        "published": 5, "published_columns": 11, "published_rows": 26, "published_cells": 61, "published_sums": 11,
        "published_notes": 2, "recommendation_sets": 1, "recommendations": 6,
    }  # fmt: skip
    assert document["ledger"] == [
        {"title": "Westmarch police collaboration", "unit": "£k", "places": 1, "first_year": "2014/15",
         "last_year": "2019/20", "publisher": None, "contact": None, "next_update": None, "licence": None, "format": 1,
         "as_at": None, "abbreviations": None}
    ]  # fmt: skip
    assert document["forces"][4] == {
        "force": "northlea", "position": 5, "name": "Northlea Police", "in_region": False,
        "note": "A neighbour of the region, partner in the air support pilot only.",
    }  # fmt: skip
    assert document["shares"][6] == {
        "share": 7, "project": None, "benefit": None, "share_key": "fleet-size", "year": "2016/17", "year_start": 2016,
        "force": "calderdown", "percentage": Decimal("33.34"),
    }  # fmt: skip
    differing = [cell for cell in document["published_cells"] if cell["verdict"] == "accepted"]
    assert [(cell["row"], cell["text"], cell["printed_amount"], cell["ledger_amount"]) for cell in differing] == [
        ("vehicles", "48.2", 48200, 42800),
        ("total", "473,398", 473398, Decimal("472398.43")),
    ]
    assert document["published_sums"][1] == {
        "published": "committee-2016-06-16-table-1", "sum": 2, "row_position": 9, "column_position": 2, "row": "total",
        "column": "2015/16", "measure": "money", "printed": 392100,
        # 112.5 + 48.2 + 74.8 + 81.5 + 85.0 - 4.5; each of these six and the total may be off by 0.05.
        "worked_out": 397500, "slack": 350, "verdict": "out and explained",
        "why": "The total is right; the row of vehicles is printed £5,400 too high.",
    }  # fmt: skip
    assert document["projects"][0] == {
        "project": "air-support", "name": "Air support pilot", "summary": None, "note": None, "status": "closed",
        "priority": False, "force_count": None, "lead": None, "status_source": "committee-2017-07-20-paper-e",
        "closed_date": "2017-06", "closed_reason": "The national service took over the flights.",
    }  # fmt: skip
    (doubled,) = [benefit for benefit in document["benefits"] if benefit["duplicate_project"]]
    assert (doubled["duplicate_project"], doubled["duplicate_benefit"]) == ("hr-service", "licences")


def test_abbreviations_are_exported_with_the_ledger(make_folder: MakeFolder, tmp_path: Path) -> None:
    settings = "title: T\nabbreviations: {PNC: Police National Computer, HR: 'human resources; staff'}\n"
    (ledger,) = read_json(export("json", tmp_path, data=make_folder({"ledger.yaml": settings})))["ledger"]
    assert ledger["abbreviations"] == "HR: human resources; staff; PNC: Police National Computer"


def test_table_1_of_the_database_is_one_select(exported: Callable[[str], Path]) -> None:
    path = exported("sqlite")
    rows = query(path, "SELECT * FROM table_1")
    assert {area: tuple(map(pennies, amounts)) for area, *amounts in rows} == {
        area: exact(amounts) for area, amounts in TABLE_1.items()
    }
    assert [area for area, *_ in rows] == list(TABLE_1)
    assert [column for _, column, *_ in query(path, "PRAGMA table_info(table_1)")] == ["area", *YEARS]
    breakdown = query(path, "SELECT * FROM table_1_breakdown")
    assert [tuple(map(pennies, amounts)) for _, *amounts in breakdown] == [exact(amounts) for amounts in BREAKDOWN]
    assert [part for part, *_ in breakdown] == [
        "savings", "savings: cashable", "savings: cashable: cash releasing", "savings: non-cashable",
        "savings: cashability not stated", "funding", "unclassified",
    ]  # fmt: skip


def test_the_pence_in_the_database_add_up_to_the_totals(exported: Callable[[str], Path]) -> None:
    path = exported("sqlite")
    sums = "SELECT year, sum(pence) FROM standing WHERE measure = 'money' AND category {} 'cost' GROUP BY year"
    assert query(path, sums.format("<>")) == [
        (year, int(Decimal(amount) * 100)) for year, amount in zip(YEARS, TOTALS, strict=True)
    ]
    assert query(path, sums.format("=")) == [
        (year, int(Decimal(amount) * 100)) for year, amount in zip(YEARS, COSTS, strict=True)
    ]
    assert query(path, "SELECT DISTINCT measure, typeof(pence) FROM figures ORDER BY measure") == [
        ("hours", "null"), ("money", "integer"), ("posts", "null"),
    ]  # fmt: skip
    assert query(path, "SELECT amount FROM figures WHERE figure IN (1, 22, 26, 27)") == [
        (70000,),
        (219950.77,),
        (10,),
        (12.5,),
    ]
    assert query(
        path, "SELECT count(*) FROM figures WHERE measure = 'money' AND abs(amount * 100 - pence) > 0.001"
    ) == [(0,)]


def test_the_parts_of_forces_in_the_database_add_up_to_their_totals(exported: Callable[[str], Path]) -> None:
    path = exported("sqlite")
    rows = query(
        path,
        "SELECT force, year, sum(parts.pence) FROM parts JOIN standing USING (figure)"
        " WHERE parts.measure = 'money' AND category <> 'cost' GROUP BY force, year",
    )
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for force, year, pence in rows:
        found[force][year] = Decimal(pence) / 100
    assert found == {force: by_year(amounts) for force, amounts in BY_FORCE.items()}
    assert query(path, "SELECT DISTINCT measure, typeof(pence) FROM parts ORDER BY measure") == [
        ("money", "integer"), ("posts", "null"),
    ]  # fmt: skip


def test_the_workbook_says_the_same_to_another_reader(book: Workbook) -> None:
    rows = read_sheet(book, "By area")
    shown = {
        row["Area"]: tuple(None if row[f"{year} (£)"] == "[x]" else pennies(row[f"{year} (£)"]) for year in YEARS)
        for row in rows
    }
    assert {area: shown[area] for area in TABLE_1} == {area: exact(amounts) for area, amounts in TABLE_1.items()}
    assert list(shown.values())[len(TABLE_1) :] == [exact(amounts) for amounts in BREAKDOWN]
    assert [row["Years with an estimate [note 2]"] for row in rows[:3]] == ["2019/20", "2019/20", "2017/18"]
    assert [(row["Area"], row["Years with an estimate [note 2]"]) for row in rows[8:]] == [
        ("TOTAL", "2017/18, 2019/20"),
        ("of which savings", "2017/18, 2019/20"),
        ("of the savings: cashable", "2019/20"),
        ("of the cashable savings: cash releasing", "2019/20"),
        ("of the savings: non-cashable", "2017/18"),
        ("of the savings: cashability not stated", "none"),
        ("of which funding", "none"),
        ("of which unclassified [note 3]", "none"),
    ]
    figures = read_sheet(book, "Figures")
    assert total(
        (row["Year"], round(Decimal(row["Amount"]), 2))
        for row in figures
        if row["Stands"] and row["Measure"] == "money" and row["Category"] != "cost"
    ) == dict(zip(YEARS, exact(TOTALS), strict=True))
    (posts,) = [row for row in read_sheet(book, "By area (posts)") if row["Area"] == "TOTAL"]
    assert {year: Decimal(posts[f"{year} (posts)"]) for year in POSTS} == by_year(POSTS)
    (hours,) = [row for row in read_sheet(book, "By area (hours)") if row["Area"] == "TOTAL"]
    assert {year: Decimal(hours[f"{year} (hours)"]) for year in HOURS} == by_year(HOURS)


def test_the_figures_of_the_data_package_are_those_of_csv(exported: Callable[[str], Path]) -> None:
    assert (exported("datapackage") / "figures.csv").read_bytes() == exported("csv").read_bytes()


def test_what_is_exported_is_what_is_totalled(exported: Callable[[str], Path]) -> None:
    document = json.loads(invoke("totals", "--data", EXAMPLE, "--format", "json").stdout, parse_float=Decimal)
    assert total_text(read_csv(exported("csv"))) == document["total"]


def test_every_format_as_at_a_day(tmp_path: Path) -> None:
    day = ("--as-at", "2018-07-19")
    expected = dict(zip(YEARS, exact(TOTALS_IN_2018), strict=False))
    rows = read_csv(export("csv", tmp_path, *day))
    # Without the figure of the audit of 2019 and the eleven of paper F of 2020.
    assert len(rows) == 75
    assert total_text(rows) == expected
    text = export("json", tmp_path, *day).read_text(encoding="utf-8")
    assert json.loads(text)["ledger"][0]["as_at"] == "2018-07-19"
    # What stands on records has no date; a store of which only the paper of 2020 speaks was not there yet.
    assert not re.search("audit-2019|2020-07-16|evidence-store", text)
    assert read_csv(export("datapackage", tmp_path, *day) / "ledger.csv")[0]["as_at"] == "2018-07-19"
    path = export("sqlite", tmp_path, *day)
    assert tuple(map(pennies, query(path, "SELECT * FROM table_1")[-1][1:])) == exact(TOTALS_IN_2018)
    book = read_book(export("xlsx", tmp_path, *day))
    assert book["By area"]["A3"].value == "As at 19 July 2018: later papers are left out."
    (row,) = [row for row in read_sheet(book, "By area") if row["Area"] == "TOTAL"]
    assert tuple(pennies(row[f"{year} (£)"]) for year in expected) == exact(TOTALS_IN_2018)


def test_statements_that_are_out_of_order_keep_their_words_as_at_a_day(make_folder: MakeFolder, tmp_path: Path) -> None:
    said = """
        name: Fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements:
              - {source: paper-2018, quote: of 2018, reported: {2017/18: £3k}}
              - {source: paper-2016, quote: of 2016, reported: {2015/16: £1k}}
              - {source: paper-2017, quote: of 2017, reported: {2016/17: £2k}}
        """
    data = make_folder({"projects/fleet.yaml": said})
    rows = read_csv(export("csv", tmp_path, "--as-at", "2017-12-31", data=data))
    assert [(row["year"], row["statement"], row["quote"], row["amount"]) for row in rows] == [
        ("2015/16", "1", "of 2016", "1000"),
        ("2016/17", "2", "of 2017", "2000"),
    ]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        commands = [f"export --data {EXAMPLE} --format {name} --output ledger.{name}" for name in EXPORT_FORMATS]
        ran = run_in_turn(*commands, cwd=folder, env={"PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"})
        assert (ran.status, ran.stdout, ran.stderr.count("\n0\n")) == (0, "", len(EXPORT_FORMATS))
        made.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert made[0] == made[1]
    assert {path.parts[0] for path in made[0]} == {f"ledger.{name}" for name in EXPORT_FORMATS}


# --- the database


def test_the_keys_of_the_database_hold(exported: Callable[[str], Path]) -> None:
    path = exported("sqlite")
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "PRAGMA integrity_check") == [("ok",)]
    references = {
        (table, column, target)
        for (table,) in query(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")
        for _, _, target, column, *_ in query(path, f"PRAGMA foreign_key_list({table})")
    }
    assert len(references) == 53
    assert {("figures", "project", "benefits"), ("figures", "benefit", "benefits"), ("figures", "area", "areas"),
            ("figures", "source", "sources"), ("benefits", "duplicate_benefit", "benefits"),
            ("parts", "figure", "figures")} <= references  # fmt: skip
    indexes = {name for (name,) in query(path, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql <> ''")}
    assert {"figures_by_project_and_benefit", "figures_by_area", "figures_by_source"} <= indexes


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("UPDATE figures SET area = 'nowhere'", "FOREIGN KEY"),
        ("UPDATE figures SET category = 'savings'", "CHECK"),
        ("UPDATE figures SET stands = 2", "CHECK"),
        ("UPDATE figures SET amount = NULL", "NOT NULL"),
        ("INSERT INTO areas SELECT * FROM areas", "UNIQUE"),
    ],
)
def test_the_database_refuses_what_would_break_it(
    tmp_path: Path, exported: Callable[[str], Path], change: str, constraint: str
) -> None:
    connection = sqlite3.connect(shutil.copy(exported("sqlite"), tmp_path))
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match=f"^{constraint} constraint failed"):
        connection.execute(change)
    connection.close()


# --- the data package


def test_the_data_package_is_valid(exported: Callable[[str], Path]) -> None:
    report = validate(exported("datapackage"))
    assert report.valid, report.to_json()
    assert report.stats["tasks"] == 25


BREAKS = [
    ("areas", "vehicles,", "control-room,", "primary-key"),
    ("forces", "northlea,5,Northlea Police", "northlea,5,", "constraint-error"),
    ("benefits", ",hr-service,licences,", ",hr-service,licence,", "foreign-key"),
    ("figures", "air-support,hire,air-support,", "air-support,hire,nowhere,", "foreign-key"),
    ("benefit_statements", "fleet,fuel,2,", "fleet,petrol,2,", "foreign-key"),
    ("figures", ",2015/16,2015,plan,120000,", ",2015/16,2015,plan,much,", "type-error"),
    ("figures", ",2016/17,2016,plan,240000,", ",2016/17,2016,guess,240000,", "constraint-error"),
    ("figures", ",2017/18,2017,plan,240000,", ",2017-18,2017,plan,240000,", "constraint-error"),
]
"""Changes of files of the data package, and what is then wrong."""


def test_the_keys_and_types_of_the_data_package_are_checked(tmp_path: Path, exported: Callable[[str], Path]) -> None:
    folder = shutil.copytree(exported("datapackage"), tmp_path, dirs_exist_ok=True)
    for name, old, new, _ in BREAKS:
        path = folder / f"{name}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [(task.name, error.type) for task in validate(folder).tasks for error in task.errors]
    assert {(name, error) for name, _, _, error in BREAKS} <= set(found)
    assert found.count(("figures", "constraint-error")) == 2


# --- the workbook


def sheets_with_tables(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.title != "Cover"]


def test_the_workbook_is_laid_out_to_be_read_by_everybody(book: Workbook) -> None:
    summaries = ["By area", "By project", "By force", "Plan and outturn", "Parts by force"]
    measures = ["", " (posts)", " (hours)"]
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert book.sheetnames[3:18] == [f"{name}{measure}" for measure in measures for name in summaries]
    assert book.sheetnames[18:22] == ["Figures", "Projects", "Benefits", "Outcomes"]
    assert book.sheetnames[-1] == "Columns"
    assert book.active == book["Cover"]
    assert not book["Cover"].tables
    for each in book.worksheets:
        assert isinstance(each["A1"].value, str)
        assert each["A1"].font.bold
        assert not each.merged_cells.ranges
        assert each.freeze_panes is None
        assert not any(row.hidden for row in each.row_dimensions.values())
        assert not any(column.hidden for column in each.column_dimensions.values())
    for sheet in sheets_with_tables(book):
        (table,) = sheet.tables.values()
        assert table.name == re.sub("[()]", "", sheet.title).replace(" ", "_").lower()
        assert table.ref == f"A{len(sheet['A']) - len(read_sheet(book, sheet.title))}:{sheet.dimensions.split(':')[1]}"
        assert table.autoFilter is None
        assert sheet["A2"].value == "This worksheet contains one table."
        top = len(sheet["A"]) - len(read_sheet(book, sheet.title))
        assert sheet.print_title_rows == f"${top}:${top}"
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center is not None
        assert sheet.oddFooter.center.text == "&A, page &P of &N"
        rows = list(sheet[table.ref])
        headings = [cell.value for cell in rows[0]]
        assert len({str(heading).casefold() for heading in headings}) == len(headings)
        assert all(any(cell.value is not None for cell in row) for row in rows)


def test_the_contents_lead_to_every_worksheet(book: Workbook) -> None:
    contents = book["Contents"]
    names = [row["Worksheet"] for row in read_sheet(book, "Contents")]
    assert names == book.sheetnames[2:]
    links = {str(cell.value): cell.hyperlink.location for (cell,) in contents["A4:A99"] if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in names}


def test_rows_are_as_high_as_their_lines(book: Workbook) -> None:
    """Lines of the notes hold 62 characters, of 16 points: 200 characters take four, in whole pixels, and 504 nine."""
    heights = book["Notes"].row_dimensions
    assert (heights[4].height, heights[10].height) == (63.75, 144)


def test_the_notes_are_referred_to_and_tell_what_no_total_has(book: Workbook) -> None:
    notes = {row["Note"]: row["Text"] for row in read_sheet(book, "Notes")}
    assert list(notes) == [f"[note {number}]" for number in range(1, len(notes) + 1)]
    said = "£8,000 a year (reported), Shared HR service: Fewer meetings."
    assert notes["[note 9]"] == f"In no total, as it is not of one year: {said}"


def test_every_flat_table_has_its_place_in_the_workbook() -> None:
    assert sorted(ORDER) == sorted(table.name for table in TABLES_OF)


# --- its live sums


def work_out(sheet: Worksheet, formula: str) -> Decimal:
    """Return what a formula of the workbook comes to, of the values of other cells; texts count for nothing."""

    def read(cells: str) -> list[Decimal]:
        area = sheet[cells] if ":" in cells else ((sheet[cells],),)
        values = [cell.value for row in area for cell in row]
        return [Decimal(0) if isinstance(value, str) else Decimal(repr(value)) for value in values]

    name, _, rest = formula.removeprefix("=").removesuffix(")").partition("(")
    if name == "SUM":
        return sum((value for cells in rest.split(",") for value in read(cells)), Decimal(0))
    if name == "SUMIF":
        years, year, amounts = rest.split(",")
        both = zip(read(years), read(amounts), strict=True)
        return sum((amount for of, amount in both if of == Decimal(year)), Decimal(0))
    of, less = name.split("-")
    return read(of)[0] - read(less)[0]


@pytest.mark.parametrize("data", [EXAMPLE, "of_the_format"])
def test_formulas_come_to_what_is_stored_with_them(
    request: pytest.FixtureRequest, tmp_path: Path, data: Path | str
) -> None:
    path = export("xlsx", tmp_path, data=request.getfixturevalue(data) if isinstance(data, str) else data)
    book, formulas = read_book(path), read_formulas(path)
    for name, formula in formulas.items():
        sheet, place = name.split("!")
        assert work_out(book[sheet], formula) == Decimal(repr(book[sheet][place].value)), name
    assert {name.partition(" (")[0].partition("!")[0] for name in formulas} == {
        "By area", "By project", "By force", "Plan and outturn",
    }  # fmt: skip


def test_totals_of_the_workbook_are_formulas(book: Workbook, exported: Callable[[str], Path]) -> None:
    formulas = read_formulas(exported("xlsx"))
    assert [formulas[f"By area!{column}15"] for column in "BG"] == ["=SUM(B7:B14)", "=SUM(G7:G14)"]
    assert formulas["By area!B16"] == "=SUM(B17,B19,B20)"  # the cashable, the non-cashable, and what is not stated
    for by, heading, count in (("area", "Area", 8), ("project", "Project", 7), ("force", "Force", 6)):
        rows = read_sheet(book, f"By {by}")
        assert rows[count][heading] == "TOTAL"
        assert [pennies(rows[count][f"{year} (£)"]) for year in YEARS] == [Decimal(each) for each in TOTALS]
        assert all(f"By {by}!{column}{count + 7}" in formulas for column in "BCDEFG")


def test_the_parts_of_forces_add_up_in_a_pivot(book: Workbook) -> None:
    names = {row["Force"]: row["Name"] for row in read_sheet(book, "Forces")}
    parts = read_sheet(book, "Parts by force")
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    costs: dict[str, Decimal] = defaultdict(Decimal)
    for row in parts:
        sums[row["Force"]][row["Year"]] += round(Decimal(row["Benefit (£)"]), 2)
        costs[row["Year"]] += round(Decimal(row["Cost (£)"]), 2)
    assert {year: sum((some[year] for some in sums.values()), Decimal(0)) for year in YEARS} == dict(
        zip(YEARS, exact(TOTALS), strict=True)
    )
    assert costs == dict(zip(YEARS, exact(COSTS), strict=True))
    for force, amounts in BY_FORCE.items():
        assert {year: sums[names[force]][year] for year in amounts} == by_year(amounts)
        (shown,) = [row for row in read_sheet(book, "By force") if row["Force"] == names[force]]
        assert {year: pennies(shown[f"{year} (£)"]) for year in amounts} == by_year(amounts)
    assert [value for value in parts[0].values() if value] == [
        "Not apportioned", "Air support (pilot)", "Air support pilot", "Air support pilot: Helicopter hire", "saving",
        "cash-releasing", "2015/16", 2015, "actual", 64000, "committee-2016-06-16-paper-c", 4,
    ]  # fmt: skip
    assert {(row["Category"], row["Cashability"]) for row in parts if row["Category"] != "saving"} == {
        ("funding", "not a saving"), ("cost", "not a saving"), ("unclassified", "not known"),
    }  # fmt: skip


def test_plans_stand_against_outturns(book: Workbook, exported: Callable[[str], Path]) -> None:
    formulas = read_formulas(exported("xlsx"))
    rows = read_sheet(book, "Plan and outturn")
    (room,) = [row for row in rows if (row["Project"], row["Year"]) == ("Shared control room", "2015/16")]
    # Planned £120,000, of which £112,500 came and £7,500 will not; it cost £201,300, and £180,000 was planned.
    assert room == {
        "Project": "Shared control room", "Year": "2015/16", "Year start": 2015, "Plan (£)": 120_000,
        "Estimate (£)": "[x]", "Actual (£)": 112_500, "Delayed (£)": "[x]", "Not achievable (£)": 7_500,
        "Came of plans (£)": 112_500, "Planned of these (£)": 120_000, "Variance (£)": -7_500,
        "Planned cost (£)": 180_000, "Benefit (£)": 112_500, "Cost (£)": 201_300, "Net (£)": -88_800,
    }  # fmt: skip
    assert (formulas["Plan and outturn!K21"], formulas["Plan and outturn!O21"]) == ("=I21-J21", "=M21-N21")
    totals = [row for row in rows if row["Project"] == "TOTAL"]
    assert [row["Year"] for row in totals] == list(YEARS)
    # 70,000 of air support, 120,000 of the control room and 40,000 of the fleet; of them came 64,000, 112,500, 42,800.
    assert [totals[1][f"{name} (£)"] for name in ("Plan", "Came of plans", "Variance")] == [230_000, 219_300, -10_700]
    assert formulas["Plan and outturn!D34"] == "=SUMIF(C7:C32,2015,D7:D32)"


def test_a_ledger_of_plans_and_costs_alone_has_no_totals(make_folder: MakeFolder, tmp_path: Path) -> None:
    said = """
        name: Fleet
        benefits:
          posts: {area: vehicles, category: saving, measure: posts, statements: [{source: paper-2016,
                  plan: {2016/17: 1.5}}]}
        costs: {vans: {area: vehicles, statements: [{source: paper-2016, actual: {2015/16: £5}}]}}
        """
    path = export("xlsx", tmp_path, data=make_folder({"projects/fleet.yaml": said}))
    assert read_book(path).sheetnames[3:6] == ["Plan and outturn", "Parts by force", "Plan and outturn (posts)"]
    assert read_formulas(path) == {
        "Plan and outturn!D8": "=SUMIF(C7,2015,D7)",
        "Plan and outturn (posts)!D8": "=SUMIF(C7,2016,D7)",
    }


LARGE = "£999,999,999,999.99"


def make_large(make_folder: MakeFolder, areas: int, benefits: int) -> Path:
    """Return a ledger of two years: in the first, in each area, benefits of the largest amount; in the second £1."""
    said = "".join(
        f"  b{area}-{each}:\n    area: a{area}\n    category: funding\n    statements:\n      - source: paper-2017\n"
        f"        actual: {{2015/16: '{LARGE}', 2016/17: £1}}\n"
        for area in range(areas)
        for each in range(benefits)
    )
    return make_folder(
        {
            "areas.yaml": "".join(f"a{area}: Area {area}\n" for area in range(areas)),
            "projects/p.yaml": f"name: P\nbenefits:\n{said}",
        }
    )


@pytest.mark.parametrize(
    ("areas", "benefits", "area", "total"),
    [
        # 99 of them have 16 digits; the one project has them all.
        (2, 99, "98999999999999.01", "197999999999998.02"),
        # Of these, binary numbers could come to a penny more or less.
        (9, 1, 999_999_999_999.99, "8999999999999.91"),
        (3, 1, 999_999_999_999.99, 2_999_999_999_999.97),
    ],
)
def test_what_a_spreadsheet_cannot_add_up_is_written_out(  # noqa: PLR0913, PLR0917 - a case and what it comes to
    make_folder: MakeFolder, tmp_path: Path, areas: int, benefits: int, area: object, total: object
) -> None:
    path = export("xlsx", tmp_path, data=make_large(make_folder, areas, benefits))
    book, formulas = read_book(path), read_formulas(path)
    rows = read_sheet(book, "By area")
    assert (rows[0]["2015/16 (£)"], rows[areas]["2015/16 (£)"]) == (area, total)
    assert (f"By area!B{areas + 7}" in formulas) == isinstance(total, float)
    assert formulas[f"By area!C{areas + 7}"] == f"=SUM(C7:C{areas + 6})"
    said = [row["Text"] for row in read_sheet(book, "Notes") if "no live sums" in row["Text"]]
    named = [] if isinstance(total, float) else ["By area, 2015/16 (£)"]
    named += [f"By {by}, 2015/16 (£)" for by in ("project", "force")] if isinstance(area, str) else []
    assert [text.rpartition(": ")[2] for text in said] == ([f"{'; '.join(named)}."] if named else [])


def test_numbers_are_numbers_and_days_are_days_in_the_workbook(book: Workbook) -> None:
    figure = read_sheet(book, "Figures")[21]
    assert figure["Amount"] == 219950.77
    assert figure["Year start"] == 2016
    assert figure["Stands"] is True
    assert figure["Source date"] == datetime(2018, 7, 19)  # noqa: DTZ001 - spreadsheets know no zones
    assert figure["Year"] == "2016/17"
    created = datetime(2020, 7, 16)  # noqa: DTZ001 - the day of the latest paper
    assert (book.properties.created, book.properties.modified) == (created, created)
    assert book.properties.title == "Westmarch police collaboration"


# --- what papers say, when they said it, and what they print

FORMAT = {
    "ledger.yaml": """
        title: Northmark
        unit: £k
        publisher: Northmark Committee
        contact: benefits@northmark.example
        next_update: 2019-07
        licence: Open Government Licence v3.0
        """,
    "sources.yaml": """
        first: {title: First, body: Committee, date: 2016}
        second: {title: Second, body: Committee, date: 2017-07-20}
        third: {title: Third, body: Committee, date: 2018-07-19}
        """,
    "projects/fleet.yaml": """
        name: Fleet
        statements:
          - {source: first, at: para 1, status: live, force_count: 3, priority: true}
          - source: second
            as_at: 2017-06-30
            quote: closed in June 2017
            note: By vote.
            forces: [thornshire, marlshire]
            closed: {date: 2017-06, reason: It was too dear.}
        benefits:
          old:
            area: vehicles
            category: saving
            counts: level
            statements: [{source: first, estimate: {2015/16: £10k, 2016/17: £12k, 2018/19: £9k}, owner: Fleet Manager}]
          new:
            area: vehicles
            category: saving
            cashability: cashable
            counts: level
            replaces: [fleet/old]
            statements:
              - source: second
                as_at: 2016-11-30
                plan: {2016/17: {thornshire: £5k, marlshire: "£2,500.50"}}
                estimate: {2016/17: £7k}
                actual: {2016/17 to 2016-11: £4k}
                at_risk: {2016/17: £500.50}
                reason: Two vans are late.
                baseline: Two fleets in 2015/16
              - {source: third, reported: {a year: £1k, 2017/18 to 2018/19: £2k, in all: £3k}, assurance: amber,
                 assured_by: Audit}
        outcomes: {o: {kind: resilience, text: Either depot can serve both., state: expected, source: second}}
        """,
    "projects/depot.yaml": """
        name: Depot
        benefits:
          rent:
            area: estates
            category: saving
            counts: new
            statements: [{source: third, reported: {2017/18: "£1,440"}}]
          heat:
            area: vehicles
            category: saving
            counts: level
            statements: [{source: third, reported: {2017/18: "£1,440"}}]
        """,
    "published/forecast.yaml": """
        source: second
        title: Forecast
        by: project
        unit: £k
        columns:
          - {label: Plan, period: 2016/17, basis: plan}
          - {label: Forecast, period: 2016/17, basis: estimate, as_at: 2016-11-30}
          - {label: Shortfall, adds: [Plan], less: [Forecast]}
          - {label: Per cent, adds: [Forecast], of: Plan}
          - {label: RAG, compare: false}
        rows:
          fleet: {label: The fleet, cells: [7.5, 7.0, 0.5, 93%, A]}
          heading: {label: Others}
          parking: {compare: false, in_total: false, cells: [1.0, 1.0, "-", 100%, G]}
        """,
    "published/outturn.yaml": """
        source: third
        title: Outturn
        by: area
        unit: £k
        years: [2017/18]
        rows: {vehicles: [1.4], estates: [1.4]}
        totals: [2.8]
        """,
}


@pytest.fixture
def of_the_format(make_folder: MakeFolder) -> Path:
    return make_folder(FORMAT)


def test_statements_are_exported_and_what_they_come_to(tmp_path: Path, of_the_format: Path) -> None:
    document = read_json(export("json", tmp_path, data=of_the_format))
    (fleet,) = [project for project in document["projects"] if project["project"] == "fleet"]
    assert [fleet[name] for name in ("status", "status_source", "force_count", "priority", "closed_date")] == [
        "closed", "second", None, True, "2017-06",
    ]  # fmt: skip
    assert document["project_forces"] == [
        {"project": "fleet", "force": "thornshire"},
        {"project": "fleet", "force": "marlshire"},
    ]
    first, second = document["project_statements"]
    assert {name: value for name, value in first.items() if value is not None} == {
        "project": "fleet", "position": 1, "source": "first", "at": "para 1", "status": "live", "force_count": 3,
        "priority": True,
    }  # fmt: skip
    assert {name: value for name, value in second.items() if value is not None} == {
        "project": "fleet", "position": 2, "source": "second", "quote": "closed in June 2017", "note": "By vote.",
        "as_at": "2017-06-30", "closed_date": "2017-06", "closed_reason": "It was too dear.",
    }  # fmt: skip
    assert [(row["position"], row["force"]) for row in document["project_statement_forces"]] == [
        (2, "thornshire"),
        (2, "marlshire"),
    ]
    benefits = {row["benefit"]: row for row in document["benefits"]}
    assert [benefits["new"][name] for name in ("counts", "baseline", "owner", "assurance", "assured_by")] == [
        "level", "Two fleets in 2015/16", None, "amber", "Audit",
    ]  # fmt: skip
    assert benefits["old"]["owner"] == "Fleet Manager"
    assert document["replacements"] == [
        {"project": "fleet", "benefit": "new", "replaced_project": "fleet", "replaced_benefit": "old"}
    ]
    (said,) = [row for row in document["benefit_statements"] if row["reason"]]
    assert {name: value for name, value in said.items() if value is not None} == {
        "project": "fleet", "benefit": "new", "statement": 1, "source": "second", "as_at": "2016-11-30",
        "reason": "Two vans are late.", "baseline": "Two fleets in 2015/16",
    }  # fmt: skip
    assert document["sources"][0]["date"] == "2016"
    assert document["sources"][0]["day"] == "2016-12-31"
    assert document["outcomes"][0]["state"] == "expected"
    assert document["ledger"][0]["next_update"] == "2019-07"


def test_figures_of_every_period_are_exported_and_only_those_of_a_year_stand(
    tmp_path: Path, of_the_format: Path
) -> None:
    rows = read_csv(export("csv", tmp_path, data=of_the_format))
    assert [
        (row["benefit"], row["period"], row["year"], row["year_start"], row["basis"], row["amount"], row["stands"])
        for row in rows
        if row["project"] == "fleet"
    ] == [
        ("old", "2015/16", "2015/16", "2015", "estimate", "10000", "true"),
        ("old", "2016/17", "2016/17", "2016", "estimate", "12000", "false"),  # displaced
        ("old", "2018/19", "2018/19", "2018", "estimate", "9000", "false"),  # lapsed
        ("new", "2016/17", "2016/17", "2016", "plan", "7500.5", "false"),
        ("new", "2016/17", "2016/17", "2016", "estimate", "7000", "true"),
        ("new", "2016/17 to 2016-11", "", "", "actual", "4000", "false"),
        ("new", "2016/17", "2016/17", "2016", "at_risk", "500.5", "false"),
        ("new", "a year", "", "", "reported", "1000", "false"),
        ("new", "2017/18 to 2018/19", "", "", "reported", "2000", "false"),
        ("new", "in all", "", "", "reported", "3000", "false"),
    ]
    assert {row["as_at"] for row in rows if row["source"] == "second"} == {"2016-11-30"}
    assert {row["source_date"] for row in rows if row["source"] == "first"} == {"2016-12-31"}
    path = export("sqlite", tmp_path, data=of_the_format)
    assert query(path, "SELECT * FROM table_1") == [
        ("Vehicles", 10_000, 7_000, 1_440),
        ("Estates", None, None, 1_440),
        ("TOTAL", 10_000, 7_000, 2_880),
    ]
    # What the paper gives by force, and nothing that it does not divide.
    parts = "SELECT period, basis, force, parts.amount FROM parts JOIN figures USING (figure) JOIN forces USING (force)"
    assert query(path, f"{parts} ORDER BY figure, position") == [
        ("2016/17", "plan", "thornshire", 5000),
        ("2016/17", "plan", "marlshire", 2500.5),
    ]
    assert query(path, "PRAGMA foreign_key_check") == []
    report = validate(export("datapackage", tmp_path, data=of_the_format))
    assert report.valid, report.to_json()


def test_the_workbook_notes_what_is_in_no_total_and_who_publishes_it(tmp_path: Path, of_the_format: Path) -> None:
    book = read_book(export("xlsx", tmp_path, data=of_the_format))
    notes = [row["Text"] for row in read_sheet(book, "Notes")]
    assert notes[8:12] == [
        "In no total, as it is not of one year: £4,000 to November 2016 (actual), Fleet: new.",
        "In no total, as it is not of one year: £1,000 a year (reported), Fleet: new.",
        "In no total, as it is not of one year: £2,000 over 2017/18 to 2018/19 (reported), Fleet: new.",
        "In no total, as it is not of one year: £3,000 in all (reported), Fleet: new.",
    ]
    assert notes[12] == (
        "Expected by earlier papers, and no longer counted since the project was closed: £9,000 in 2018/19 (estimate), "
        "Fleet: old."
    )
    # In 2017/18 the one benefit of the depot counts a level, the other what is new.
    assert notes[13] == (
        "Of money, in 2017/18 some figures count what is new in the year, and others the level reached in it; "
        "their sum is neither."
    )
    assert [cell.value for (cell,) in book["Cover"]["A6:A9"]] == [
        "Published by: Northmark Committee",
        "Contact: benefits@northmark.example",
        "Next update: July 2019",
        "Licence: Open Government Licence v3.0",
    ]


def test_the_workbook_notes_posts_and_hours_of_no_year_where_there_is_no_total(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    project = "name: {}\nbenefits:\n  staff: {{area: vehicles, category: saving, measure: {}, statements: [{}]}}\n"
    folder = make_folder({
        "projects/one.yaml": project.format("One", "posts", "{source: paper-2016, reported: {in all: 0.6}}"),
        "projects/two.yaml": project.format("Two", "hours", "{source: paper-2016, estimate: {a year: 120}}"),
    })  # fmt: skip
    book = read_book(export("xlsx", tmp_path, data=folder))
    assert "By area (posts)" not in book.sheetnames
    assert [row["Text"] for row in read_sheet(book, "Notes")][8:10] == [
        "In no total, as it is not of one year: 0.6 of a post in all (reported), One: staff.",
        "In no total, as it is not of one year: 120 hours a year (estimate), Two: staff.",
    ]


def test_printed_tables_are_exported_for_what_they_are(tmp_path: Path, of_the_format: Path) -> None:
    document = read_json(export("json", tmp_path, data=of_the_format))

    def stated(table: str, *names: str) -> list[tuple[Any, ...]]:
        return [tuple(row[name] for name in names) for row in document[table] if row["published"] == "forecast"]

    assert stated("published_columns", "label", "period", "basis", "as_at", "compare", "adds", "less", "of") == [
        ("Plan", "2016/17", "plan", None, True, None, None, None),
        ("Forecast", "2016/17", "estimate", "2016-11-30", True, None, None, None),
        ("Shortfall", None, None, None, True, "Plan", "Forecast", None),
        ("Per cent", None, None, None, True, "Forecast", None, "Plan"),
        ("RAG", None, None, None, False, None, None, None),
    ]
    assert stated("published_rows", "row_position", "row", "label", "compare", "in_total") == [
        (1, "fleet", "The fleet", True, True),
        (2, "heading", "Others", True, True),
        (3, "parking", None, False, False),
    ]
    cells = ("row", "column", "text", "printed_amount", "ledger_amount", "verdict", "computed")
    assert stated("published_cells", *cells)[:6] == [
        ("fleet", "Plan", "7.5", 7500, Decimal("7500.5"), "agrees", False),
        ("fleet", "Forecast", "7.0", 7000, 7000, "agrees", False),
        ("fleet", "Shortfall", "0.5", 500, Decimal("500.5"), "agrees", True),
        ("fleet", "Per cent", "93%", None, None, "not compared", True),
        ("fleet", "RAG", "A", None, None, "not compared", False),
        ("parking", "Plan", "1.0", 1000, None, "not compared", False),
    ]
    assert [measure for (measure,) in stated("published_cells", "measure")][:5] == [
        "money", "money", "money", "percentage", "money",
    ]  # fmt: skip
    sums = ("row", "column", "measure", "printed", "worked_out", "verdict", "why")
    assert stated("published_sums", *sums) == [
        ("fleet", "Shortfall", "money", 500, 500, "exact", None),
        ("fleet", "Per cent", "percentage", 93, 93, "exact", None),
        ("parking", "Per cent", "percentage", 100, 100, "exact", None),
    ]
    # The paper added what it had rounded: 1,440 twice is 2.88, and 1.4 twice 2.8.
    assert [(row["row"], row["verdict"], row["rounded"]) for row in document["published_cells"][-3:]] == [
        ("vehicles", "agrees", False),
        ("estates", "agrees", False),
        ("total", "agrees", True),
    ]
    path = export("sqlite", tmp_path, data=of_the_format)
    assert query(path, "SELECT printed_pence, ledger_pence FROM published_cells WHERE row = 'fleet' LIMIT 4") == [
        (750_000, 750_050), (700_000, 700_000), (50_000, 50_050), (None, None),
    ]  # fmt: skip


def test_print_finer_than_a_penny_has_no_pence(make_folder: MakeFolder, tmp_path: Path) -> None:
    table = "source: paper-2016\ntitle: T\nunit: £\nyears: [2015/16]\nrows: {a: {label: A, cells: ['0.004']}}\n"
    path = export("sqlite", tmp_path, data=make_folder({"published/t.yaml": table}))
    assert query(path, "SELECT printed_amount, printed_pence, measure FROM published_cells") == [(0.004, None, "money")]


# --- names that other programs would obey

WIDE = "漢字カナ Ａ 😀 é"  # noqa: RUF001 - wide characters are the point
NAMES = {
    "pipe": "a|b|c",
    "formula": "=1+1",
    "plus": "+1",
    "minus": "-1",
    "at": "@SUM(A1)",
    "link": '=HYPERLINK("https://example.org","x")',
    "workflow": "::error::forged",
    "markup": "<script>alert(1)</script>",
    "long": "n" * 300,
    "wide": WIDE,
    "quotes": "\"'`, ''; DROP TABLE figures; --",
    "number": "0123",
    "exponent": "1e5",
    "escape": "_x0041_ \\n %0A",
    "url": "https://example.org/x",
    "mail": "mailto:a@example.org",
    "flag": "TRUE",
}
LINES = "=1+1\n::error::forged\n\n-1,|\n"
"""A text of several lines."""

SPELT = {name: f"'{text}" if text[0] in "=+-@" else text for name, text in NAMES.items()}
"""The names as CSV has them."""


@pytest.fixture
def hostile(make_folder: MakeFolder) -> Path:
    quoted = {key: json.dumps(text, ensure_ascii=False) for key, text in NAMES.items()}
    project = "name: {}\nbenefits: {{b: {{area: {}, category: saving, label: {}, note: {}, statements: [{{source: {}, "
    project += "at: {}, quote: {}, actual: {{2016/17: '{}'}}}}]}}}}\n"
    lines = json.dumps(LINES)
    files = {
        f"projects/{key}.yaml": project.format(text, key, text, lines, key, text, text, f"-£{number}.01")
        for number, (key, text) in enumerate(quoted.items(), start=1)
    }
    sources = "".join(
        f"{key}: {{title: {text}, body: {text}, date: 2017-07-20, mark: {text}, url: {text}}}\n"
        for key, text in quoted.items()
    )
    return make_folder(
        {
            **files,
            "ledger.yaml": f"title: {quoted['formula']}\n",
            "areas.yaml": "".join(f"{key}: {text}\n" for key, text in quoted.items()),
            "forces.yaml": "".join(f"{key}: {{name: {text}}}\n" for key, text in quoted.items()),
            "sources.yaml": sources,
        }
    )


def test_hostile_names_in_csv_are_no_formulas_and_no_rows(tmp_path: Path, hostile: Path) -> None:
    path = export("csv", tmp_path, data=hostile)
    rows = read_csv(path)
    assert {row["project"]: row["quote"] for row in rows} == SPELT
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(NAMES) + 1
    # An amount is never a text: a minus is no formula.
    assert [row["amount"] for row in rows][:2] == ["-5.01", "-14.01"]
    assert {row["project"] for row in rows if Decimal(row["amount"]) == Decimal("-1.01")} == {"pipe"}


def test_hostile_names_in_json_are_there_to_the_letter(tmp_path: Path, hostile: Path) -> None:
    document = read_json(export("json", tmp_path, data=hostile))
    assert {row["project"]: row["name"] for row in document["projects"]} == NAMES
    assert {row["area"]: row["label"] for row in document["areas"]} == NAMES
    assert {row["note"] for row in document["benefits"]} == {LINES}
    assert document["ledger"][0]["title"] == "=1+1"


def test_hostile_names_in_the_database_are_there_to_the_letter(tmp_path: Path, hostile: Path) -> None:
    path = export("sqlite", tmp_path, data=hostile)
    assert dict(query(path, "SELECT project, name FROM projects")) == NAMES
    assert dict(query(path, "SELECT force, name FROM forces")) == NAMES
    assert query(path, "SELECT DISTINCT note FROM benefits") == [(LINES,)]
    assert [area for area, *_ in query(path, "SELECT * FROM table_1")] == [*NAMES.values(), "TOTAL"]
    assert pennies(query(path, "SELECT * FROM table_1")[-1][1]) == Decimal("-153.17")
    assert query(path, "SELECT count(*) FROM figures") == [(len(NAMES),)]


def test_hostile_names_leave_the_data_package_valid(tmp_path: Path, hostile: Path) -> None:
    folder = export("datapackage", tmp_path, data=hostile)
    report = validate(folder)
    assert report.valid, report.to_json()
    assert {row["project"]: row["name"] for row in read_csv(folder / "projects.csv")} == SPELT
    assert {row["note"] for row in read_csv(folder / "benefits.csv")} == {"'=1+1\\n::error::forged\\n\\n-1,|\\n"}
    assert json.loads((folder / "datapackage.json").read_bytes())["title"] == "=1+1"


def test_hostile_names_in_the_workbook_are_texts(tmp_path: Path, hostile: Path) -> None:
    path = export("xlsx", tmp_path, data=hostile)
    book = read_book(path)
    for name, key, text in (("Projects", "Project", "Name"), ("Sources", "Source", "Url")):
        # Spreadsheets read `_x005F_` as an underscore wherever a text stands; openpyxl only in shared texts.
        read = {row[key]: str(row[text]).replace("_x005F_", "_") for row in read_sheet(book, name)}
        assert read == NAMES
    assert {row["Note"] for row in read_sheet(book, "Benefits")} == {LINES}
    assert book["Cover"]["A1"].value == "=1+1"
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.hyperlink is None or sheet.title == "Contents"
    (row,) = [row for row in read_sheet(book, "By area") if row["Area"] == "TOTAL"]
    assert pennies(row["2016/17 (£)"]) == Decimal("-153.17")
    formulas = read_formulas(path)
    assert {name.split("!")[0] for name in formulas} == {"By area", "By project", "By force", "Plan and outturn"}
    assert {re.sub(r"[A-Z]+[0-9]+", "A1", formula) for formula in formulas.values()} == {
        "=SUM(A1:A1)", "=SUM(A1,A1,A1)", "=SUMIF(A1:A1,2016,A1:A1)",
    }  # fmt: skip


# --- more than a format can hold, and nothing at all


def make_flat(*tables: FlatTable) -> Flat:
    return Flat("Northmark", None, None, tables, Ledger(Settings(title="Northmark"), {}, {}, {}, {}, {}, {}, {}))


def write_book(flat: Flat, tmp_path: Path) -> Workbook:
    path = tmp_path / "ledger.xlsx"
    content = format_export(flat, "xlsx")
    assert isinstance(content, bytes)
    path.write_bytes(content)
    return read_book(path)


def test_a_ledger_without_figures_can_be_exported(make_folder: MakeFolder, tmp_path: Path) -> None:
    data = make_folder({"sources.yaml": "{}"})
    assert len(export("csv", tmp_path, data=data).read_text(encoding="utf-8").splitlines()) == 1
    assert read_json(export("json", tmp_path, data=data))["figures"] == []
    assert validate(export("datapackage", tmp_path, data=data)).valid
    path = export("sqlite", tmp_path, data=data)
    assert query(path, "SELECT * FROM table_1") == []
    assert query(path, "SELECT * FROM table_1_breakdown") == []
    book = read_book(export("xlsx", tmp_path, data=data))
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Forces", "Areas", "Ledger", "Columns"]
    assert book["Cover"]["A3"].value == "Every paper counts."
    assert book.properties.created == datetime(1980, 1, 1)  # noqa: DTZ001 - spreadsheets know no zones


@pytest.mark.parametrize("count", [1, 499, 500, 501, 999, 1_001])
def test_rows_that_are_written_many_at_once_are_all_there_and_in_order(tmp_path: Path, count: int) -> None:
    columns = (Column("number", "count", ""), Column("name", "text", "", required=False))
    rows = tuple((number, None if number % 7 else f"n{number}") for number in range(count))
    flat = make_flat(FlatTable("figures", "Figures", columns, ("number",), (), rows))
    names = ["" if name is None else name for _, name in rows]
    pieces = format_export(flat, "csv")
    assert isinstance(pieces, Anew)
    assert "".join(pieces) == "".join(f"{number},{name}\n" for number, name in [("number", "name"), *enumerate(names)])
    assert len(list(pieces)) <= 2 + count // 500
    pieces = format_export(flat, "json")
    assert isinstance(pieces, Anew)
    assert json.loads("".join(pieces)) == {"figures": [{"number": number, "name": name} for number, name in rows]}
    book = write_book(flat, tmp_path)
    assert read_sheet(book, "Figures") == [{"Number": number, "Name": name} for number, name in rows]


def fill_database(tmp_path: Path, amounts: list[str]) -> list[tuple[Any, ...]]:
    """Return the number and the pence of rows with these amounts, one of nothing last, as the database has them."""
    columns = (
        Column("number", "count", ""), Column("measure", "text", ""), Column("amount", "amount", "", required=False),
    )  # fmt: skip
    rows = tuple((number, "money", Decimal(amount)) for number, amount in enumerate(amounts))
    content = format_export(
        make_flat(FlatTable("t", "T", columns, ("number",), (), (*rows, (len(rows), "money", None)))), "sqlite"
    )
    assert isinstance(content, bytes)
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(content)
    return query(path, "SELECT number, pence FROM t ORDER BY number")


@pytest.mark.parametrize("count", [0, 1, 247, 248, 249, 250, 747, 748])  # four values a row, and 999 at once
def test_rows_that_are_put_into_the_database_many_at_once_are_all_there(tmp_path: Path, count: int) -> None:
    found = fill_database(tmp_path, [f"{number}.05" for number in range(count)])
    assert found == [*((number, 100 * number + 5) for number in range(count)), (count, None)]


def test_pence_in_the_database_are_exact_however_the_pounds_are_written(tmp_path: Path) -> None:
    pence = {
        "7": 700, "1E+3": 100_000, "0.5": 50, "12.50000": 1_250, "-0.05": -5, "0.00": 0, "-1066.56": -106_656,
        "0.004": None, "1.005": None, "90071992547409.93": 9_007_199_254_740_993,
    }  # fmt: skip
    assert fill_database(tmp_path, list(pence)) == [*enumerate(pence.values()), (len(pence), None)]


def test_a_table_beyond_a_worksheet_is_refused_and_not_cut() -> None:
    table = FlatTable("figures", "Figures", (Column("figure", "count", ""),), ("figure",), (), ((1,),) * 1_048_576)
    with pytest.raises(Unwritable, match="cannot hold the 1,048,576 rows of Figures; take sqlite"):
        format_export(make_flat(table), "xlsx")


def test_a_text_beyond_a_cell_says_that_it_is_cut(tmp_path: Path) -> None:
    kept, cut = "😀" * 16_383, "😀" * 16_384
    table = FlatTable("texts", "Texts", (Column("text", "text", ""),), ("text",), (), ((kept,), (cut,)))
    first, second = [row["Text"] for row in read_sheet(write_book(make_flat(table), tmp_path), "Texts")]
    assert first == kept
    assert second == "😀" * 16_355 + " [cut: longer than a cell can be; see the other formats]"


def test_a_day_before_spreadsheets_count_is_a_text(make_folder: MakeFolder, tmp_path: Path) -> None:
    data = make_folder({"sources.yaml": "old: {title: Old, body: Watch Committee, date: 1836-01-01}\n"})
    (row,) = read_sheet(read_book(export("xlsx", tmp_path, data=data)), "Sources")
    assert row["Date"] == "1836-01-01"


@pytest.mark.parametrize("day", ["0011-12-01", "0999", "1000-01", "1836-01-01"])
def test_papers_of_long_ago_make_a_workbook_that_opens(make_folder: MakeFolder, tmp_path: Path, day: str) -> None:
    data = make_folder({"sources.yaml": f"old: {{title: Old, body: Watch Committee, date: {day}}}\n"})
    book = read_book(export("xlsx", tmp_path, data=data))
    assert book.properties.created == datetime(1900, 3, 1)  # noqa: DTZ001 - spreadsheets know no zones


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Decimal("999999999999.99"), 999_999_999_999.99),
        (Decimal("-0.01"), -0.01),
        (Decimal("1000000000000000000.00"), 10**18),
        (Decimal("100999999999998.99"), "100999999999998.99"),  # a spreadsheet keeps …999
        (Decimal("-9007199254740993.00"), "-9007199254740993"),  # and in binary there is none such
        (Decimal("9" * 29), "9" * 29),
        (123_456_789_012_345, 123_456_789_012_345),
        (1_234_567_890_123_456, "1234567890123456"),
    ],
)
def test_a_number_that_a_spreadsheet_cannot_hold_is_a_text(
    tmp_path: Path, number: Decimal | int, shown: object
) -> None:
    kind = "count" if isinstance(number, int) else "amount"
    table = FlatTable("sums", "Sums", (Column("amount", kind, ""),), ("amount",), (), ((number,),))
    assert read_sheet(write_book(make_flat(table), tmp_path), "Sums") == [{"Amount": shown}]


def test_a_row_must_have_a_cell_a_column(example: Ledger) -> None:
    declared = TableOf("areas", "", (Column("area", "text", ""),), ("area",), (), lambda *_: [("vehicles", 1)])
    with pytest.raises(ValueError, match="a row of 2 under the 1 columns of areas"):
        list(declared.fill(example, Results(None, find_standing(example), [])).rows)


ELSEWHERE: dict[str, set[str]] = {
    "Settings": set(),
    "Force": set(),
    "Source": set(),
    "ShareKey": {"years"},
    "Project": {"statements", "benefits", "costs", "outcomes", "milestones"},
    "ProjectStatement": {"forces", "closed"},
    "Closure": {"date", "reason"},
    "Benefit": {"shares", "possible_duplicate_of", "replaces", "statements"},
    "Statement": set(BASES),
    "Outcome": set(),
    "Milestone": set(),
    "Published": {"years", "columns", "rows", "totals", "footnotes", "accepted_differences"},
    "PrintedColumn": set(),
    "PrintedRow": {"cells"},
    "Recommendations": {"items"},
    "Recommendation": set(),
}
"""The fields that are not columns of their record's own table: they are tables, or columns of another name."""

TABLES: dict[str, type[Record]] = {
    "ledger": Settings, "forces": Force, "sources": Source, "share_keys": ShareKey, "projects": Project,
    "project_statements": ProjectStatement, "benefits": Benefit, "benefit_statements": Statement,
    "outcomes": Outcome, "milestones": Milestone, "published": Published, "published_columns": PrintedColumn,
    "published_rows": PrintedRow, "recommendation_sets": Recommendations, "recommendations": Recommendation,
}  # fmt: skip


@pytest.fixture(scope="module")
def example() -> Ledger:
    return open_clean(EXAMPLE)


def test_every_field_of_every_record_is_exported(example: Ledger) -> None:
    flat = flatten(example)
    for name, record in TABLES.items():
        columns = {column.name for column in flat.table(name).columns}
        assert set(record.model_fields) - ELSEWHERE[record.__name__] <= columns, name
    for name in ("projects", "project_statements"):
        closing = {column.name for column in flat.table(name).columns if column.name.startswith("closed_")}
        assert closing == {f"closed_{field}" for field in Closure.model_fields}
    assert len(KINDS) == 8  # a new kind of record wants a table


def test_no_table_refers_to_a_later_one_and_no_required_cell_is_empty(example: Ledger) -> None:
    flat = flatten(example)
    known: set[str] = set()
    for table in flat.tables:
        known.add(table.name)
        assert {reference.table for reference in table.references} <= known
        for row in table.rows:
            empty = [column.name for column, cell in zip(table.columns, row, strict=True) if cell is None]
            assert not {column.name for column in table.columns if column.required} & set(empty)


# --- the command


@pytest.mark.parametrize("name", ["datapackage", "sqlite", "xlsx"])
def test_what_cannot_be_printed_needs_an_output(name: str) -> None:
    ran = invoke("export", "--data", EXAMPLE, "--format", name)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f"Error: {name} is not for printing; say with --output where to write it.\n")


def test_json_can_be_printed() -> None:
    assert json.loads(invoke("export", "--data", EXAMPLE, "--format", "json").stdout)["areas"][0]["position"] == 1


def test_without_the_extra_one_line_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "emcollab.publish.export.xlsx", raising=False)
    target = tmp_path / "ledger.xlsx"
    ran = invoke("export", "--data", EXAMPLE, "--format", "xlsx", "--output", target)
    line = "emcollab: a workbook needs the package xlsxwriter; install it with: pip install 'emcollab[xlsx]'\n"
    assert ran == (2, "", line)
    assert list(tmp_path.iterdir()) == []
    export("sqlite", tmp_path)


def test_a_module_that_is_missing_otherwise_is_no_missing_extra() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"emcollab\.publish\.export\.paper"):
        format_export(make_flat(), "paper")


def test_nothing_heavy_is_imported_until_it_is_used() -> None:
    program = """if True:
        import sys
        import emcollab.cli.export
        print(*{"pydantic", "yaml", "xlsxwriter", "emcollab.publish.export.flat"} & set(sys.modules))
        from click.testing import CliRunner
        CliRunner().invoke(emcollab.cli.group, ["export", "--data", "."], catch_exceptions=False)
        print(*{"xlsxwriter", "emcollab.publish.export.sqlite", "emcollab.publish.export.json"} & set(sys.modules))
    """
    assert run_python("-c", program, cwd=EXAMPLE) == (0, "\n\n", "")


def test_an_earlier_data_package_is_replaced_whole(tmp_path: Path) -> None:
    folder = export("datapackage", tmp_path)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert export("datapackage", tmp_path, "--as-at", "2016-06-16") == folder
    assert (folder / "figures.csv").read_bytes() != before["figures.csv"]
    assert export("datapackage", tmp_path) == folder
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["ledger.datapackage"]


def test_an_empty_folder_becomes_a_data_package(tmp_path: Path) -> None:
    (tmp_path / "ledger.datapackage").mkdir()
    assert (export("datapackage", tmp_path) / "datapackage.json").is_file()


@pytest.mark.parametrize("name", ["notes.txt", ".git", "datapackage.json.bak"])
def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path, name: str) -> None:
    folder = export("datapackage", tmp_path)
    (folder / name).write_text("mine", encoding="utf-8")
    ran = invoke("export", "--data", EXAMPLE, "--format", "datapackage", "--output", folder)
    assert ran.status == 2
    assert f"Error: '{folder}' holds '{name}', which would be lost; name another folder.\n" in ran.stderr
    assert (folder / name).read_text(encoding="utf-8") == "mine"


def test_a_file_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    target = tmp_path / "ledger"
    target.write_text("mine", encoding="utf-8")
    ran = invoke("export", "--data", EXAMPLE, "--format", "datapackage", "--output", target)
    assert ran.status == 2
    assert target.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["csv", "sqlite"])
def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IsADirectoryError, match=r"'\.'$"):
        invoke("export", "--data", EXAMPLE, "--format", name, "--output", ".")
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.parametrize("name", ["sqlite", "datapackage"])
def test_what_cannot_be_written_whole_is_not_written(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = export(name, folder)
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    before = [file.read_bytes() for file in files]
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            invoke("export", "--data", EXAMPLE, "--format", name, "--output", target, "--as-at", "2018-07-19")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [file.read_bytes() for file in files] == before
    assert list(folder.iterdir()) == [target]


@posix
def test_a_device_is_written_to_and_not_replaced() -> None:
    assert invoke("export", "--data", EXAMPLE, "--output", "/dev/null").status == 0
    assert Path("/dev/null").is_char_device()


def test_data_with_problems_is_not_exported(make_folder: MakeFolder, tmp_path: Path) -> None:
    data = make_folder({"projects/fleet.yaml": "nam: Joint fleet\n"})
    target = tmp_path / "ledger.sqlite"
    ran = invoke("export", "--data", data, "--format", "sqlite", "--output", target)
    assert ran.status == 1
    assert not target.exists()


def test_the_day_of_the_latest_paper_dates_the_ledger(example: Ledger) -> None:
    assert flatten(example).dated == date(2020, 7, 16)
