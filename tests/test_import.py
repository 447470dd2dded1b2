"""`emcollab import` of figures: what is taken, asked about, compared and left out; each trap with a plain sentence."""

import datetime as dt
import io
import json
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import chdir
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from emcollab.records.ledger import Ledger
from tests.conftest import MakeFolder, Ran, check, invoke, open_clean, posix

HEAD = "Area,Project,Forces,Benefit,Type,Cashable?,Year,Plan/Actual,Amount,Paper,Para,Notes\n"
ROW = "Vehicles,Fleet,Thornshire; Marlshire,Fuel,Saving,Y,2016/17,Actual,£5k,paper-2017,4,\n"


class Imported(NamedTuple):
    """What an import came to."""

    status: int
    said: dict[str, Any]
    folder: Path

    def stops(self) -> list[str]:
        return [
            f"{each['row']}:{each['column']}: {each['code']}: {each['message']}; {each['help']}"
            for each in self.said["stops"]
        ]

    def places(self) -> list[str]:
        return [f"{each['row']}:{each['column']}: {each['code']}" for each in self.said["stops"]]

    def told(self) -> list[str]:
        return [f"{each['row']}:{each['column']}: {each['message']}" for each in self.said["told"]]

    def read(self) -> dict[str, str]:
        return {each["text"]: each["value"] for each in self.said["read"]}

    def left_out(self) -> list[str]:
        return [f"{each['row']}:{each['column']}: {each['text']}: {each['why']}" for each in self.said["left_out"]]

    def sums(self) -> list[str]:
        return [f"{each['row']}:{each['column']}: {each['agrees']}: {each['said']}" for each in self.said["sums"]]

    def files(self) -> dict[str, str]:
        return self.said["files"]  # type: ignore[no-any-return]  # as the command has it

    def project(self, id_: str) -> dict[str, Any]:
        return self.said["additions"][f"projects/{id_}.yaml"]  # type: ignore[no-any-return]  # the same

    def ledger(self) -> Ledger:
        return open_clean(self.folder)


class Import:
    """Imports sheets into one folder."""

    def __init__(self, folder: Path, tmp_path: Path) -> None:
        self.folder, self.tmp_path = folder, tmp_path

    def __call__(self, sheet: str | bytes, *options: str, name: str = "sheet.csv") -> Imported:
        ran = self.run(sheet, "--format", "json", *options, name=name)
        assert ran.stderr == ""
        return Imported(ran.status, json.loads(ran.stdout), self.folder)

    def run(self, sheet: str | bytes, *options: str, name: str = "sheet.csv") -> Ran:
        path = self.tmp_path / name
        path.write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode())
        with chdir(self.tmp_path):  # so that no line is longer because of where the tests run
            return invoke("--data", self.folder.relative_to(self.tmp_path), "import", name, *options)

    def row(self, *options: str, **cells: str) -> Imported:
        """Import a row like `ROW`, but for the cells that are named by their field."""
        fields = [
            "area",
            "project",
            "forces",
            "benefit",
            "type",
            "cashable",
            "year",
            "basis",
            "amount",
            "paper",
            "at",
            "note",
        ]
        values = dict(zip(fields, ROW.strip().split(","), strict=True)) | cells
        return self(HEAD + ",".join(f'"{values[field]}"' for field in fields) + "\n", *options)


@pytest.fixture
def imports(make_folder: MakeFolder, tmp_path: Path) -> Import:
    return Import(make_folder(), tmp_path)


def make_workbook(fill: Callable[[Worksheet], object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def fill_rows(sheet: Worksheet, rows: list[list[str]]) -> None:
    for row in rows:
        sheet.append(row)


# --- one figure a row


def test_a_row_is_a_figure_of_a_new_project(imports: Import) -> None:
    came = imports(HEAD + ROW)
    assert (came.status, came.stops()) == (0, [])
    assert came.files() == {"projects/fleet.yaml": "new"}
    assert came.project("fleet") == {
        "name": "Fleet",
        "statements": [{"source": "paper-2017", "forces": ["thornshire", "marlshire"]}],
        "benefits": {
            "fuel": {
                "area": "vehicles",
                "category": "saving",
                "cashability": "cashable",
                "label": "Fuel",
                "statements": [{"source": "paper-2017", "at": "4", "actual": {"2016/17": "£5k"}}],
            }
        },
    }
    assert came.said["totals"][0]["total"] == {"2016/17": 5000}
    assert not (imports.folder / "projects").exists()


def test_written_it_validates_and_the_second_time_nothing_is_added(imports: Import) -> None:
    assert imports(HEAD + ROW, "--write").said["written"]
    assert "Give the new papers" not in imports.run(HEAD + ROW).stdout
    ledger = open_clean(imports.folder)
    assert [(figure.benefit, figure.amount, figure.basis) for figure in ledger.figures] == [
        ("fuel", Decimal(5000), "actual")
    ]
    before = {path: path.read_bytes() for path in imports.folder.rglob("*.yaml")}
    again = imports(HEAD + ROW, "--write")
    assert (again.status, again.files(), again.said["figures"]) == (0, {}, {"new": 0, "there": 1})
    assert {path: path.read_bytes() for path in imports.folder.rglob("*.yaml")} == before
    assert "Nothing is to be written: the ledger has all of it." in imports.run(HEAD + ROW).stdout
    assert imports.run(HEAD + ROW, "--write").stdout.splitlines()[0].endswith("sheet.csv: nothing is added")


def test_what_lowers_the_totals_is_told_with_them(imports: Import) -> None:
    came = imports.run(HEAD + ROW.replace("£5k", "(£5k)") + ROW.replace("2016/17", "2015/16"))
    assert "'(£5k)' is read as -£5k (below nil: it lowers the totals): row 2\n" in came.stdout
    assert "\nAmounts below nil lower these totals: row 2. Of what was spent, say that it is a cost.\n" in came.stdout


@pytest.mark.parametrize("day", ["31/03/2017", "31/3/2017", "2017-03-31"])
def test_a_year_is_told_by_the_day_on_which_it_ends_where_the_heading_says_so(imports: Import, day: str) -> None:
    sheet = f"Area,Project,Financial year ending,£k,Paper\nVehicles,Fleet,{day},5,paper-2017\n"
    came = imports(sheet)
    assert (came.stops(), came.read()[day]) == ([], "2016/17")
    assert imports(sheet.replace("Financial year ending", "Year")).stops() != []
    assert imports(sheet.replace("31", "30")).stops() != []


def test_dates_of_a_workbook_are_years_where_they_are_said_to_end_on_them(imports: Import) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Area", "Project", "Year ending", "£k", "Paper"])
        sheet.append(["Vehicles", "Fleet", dt.date(2017, 3, 31), 5, "paper-2017"])

    came = imports(make_workbook(fill), name="sheet.xlsx")
    assert (came.stops(), came.read()["2017-03-31"]) == ([], "2016/17")


def test_columns_of_quarters_and_of_forces_are_left_out_with_the_reason(imports: Import) -> None:
    came = imports("Area,Project,Year,Q1,Thornshire,Total £k,Paper\nVehicles,Fleet,2016/17,1,2,5,paper-2017\n")
    assert came.left_out() == [
        "0:4: 1 cell: a ledger has no quarters of years; to take it, name it with --column",
        ("0:5: 1 cell: amounts by force are not read from a sheet; write them by hand, with {FORCE: AMOUNT} in place "
         "of an amount"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), [("1 250 000", "£1,250,000"), ("£12\u00a0500", "£12,500")])
def test_thousands_may_be_parted_by_spaces(imports: Import, text: str, value: str) -> None:
    assert imports.row("--unit", "£", amount=text).read()[text.replace("\u00a0", " ")] == value


def test_posts_that_were_saved_have_a_column_of_their_own(imports: Import) -> None:
    came = imports("Area,Project,Year,Saving £,FTE saved,Paper\nVehicles,Fleet,2016/17,5,1.5,paper-2017\n")
    assert [each["measure"] for each in came.said["totals"]] == ["money", "posts"]


def test_sums_of_rows_that_are_not_taken_are_compared_with_nothing(imports: Import) -> None:
    came = imports(HEAD + ROW.replace("£5k", "5") + "Total,,,,,,,,£5k,,,\n")
    assert came.sums() == ["3:9: None: no row is taken that it may be the sum of, and it is compared with nothing"]


def test_what_every_row_is_said_to_have_and_the_sheet_says_too_is_told(imports: Import) -> None:
    options = ("--every", "area=custody", "--every", "basis=plan", "--every", "owner=Head of Fleet")
    came = imports("Area,Project,Actual £k,Year,Paper\nvehicles,Fleet,5,2016/17,paper-2017\n", *options)
    assert came.told() == [
        "0:1: the sheet says the area itself: 'custody', which is said of every row, holds where a cell of it is blank",
        "0:3: the sheet says the basis itself: 'plan', which is said of every row, holds not where its heading says it",
    ]
    assert came.status == 0


@pytest.mark.parametrize(
    ("sheet", "is_told"),
    [
        (",2015/16,2016/17\nFuel,5,6\n", True),
        ("Project,Plan,Actual\nFleet,5,6\n", True),
        ("Project,Area,2015/16,2016/17\nFleet,vehicles,5,6\n", False),
        (HEAD + ROW, False),
    ],
)
def test_what_may_be_a_printed_table_is_told_how_that_is_imported(
    imports: Import, sheet: str, *, is_told: bool
) -> None:
    words = "If this is a table as a paper prints it, import it with --table, and --by and --source."
    assert (words in imports.run(sheet).stdout) is is_told


def test_a_new_figure_is_added_below_those_that_are_there(imports: Import) -> None:
    imports(HEAD + ROW, "--write")
    path = imports.folder / "projects/fleet.yaml"
    path.write_text("# ours\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    came = imports.row("--write", year="2015/16", paper="paper-2018", amount="£4k")
    assert came.files() == {"projects/fleet.yaml": "added to"}
    added = '      - source: paper-2018\n        at: "4"\n        actual: {2015/16: £4k}\n'
    after = path.read_text(encoding="utf-8")
    assert after.replace(added, "").replace(added.replace('"4"', "4"), "") == before != after


def test_a_changed_amount_is_a_conflict_and_no_second_figure(imports: Import) -> None:
    imports(HEAD + ROW, "--write")
    came = imports.row("--write", amount="£6k")
    assert (came.status, came.said["written"]) == (1, False)
    assert came.stops() == [
        (
            "2:9: conflicting-figures: two amounts for 'actual' of '2016/17': £6,000 here, and £5,000 in the "
            "ledger, of the same "
            "paper 'paper-2017'; look which is right; what a paper says is not changed by another sheet"
        )
    ]


def test_a_note_that_the_ledger_lacks_is_told(imports: Import) -> None:
    imports(HEAD + ROW, "--write")
    came = imports.row(note="was 4k")
    assert came.left_out() == ["2:12: was 4k: the ledger has the figure already, and not this; add it by hand"]


def test_repeated_rows_are_one_figure_and_a_second_amount_is_a_conflict(imports: Import) -> None:
    came = imports(HEAD + ROW + ROW)
    assert came.left_out() == ["3:9: £5k: it says the same as row 2"]
    assert came.said["figures"] == {"new": 1, "there": 0}
    came = imports(HEAD + ROW + ROW.replace("£5k", "£6k"))
    assert came.places() == ["3:9: conflicting-figures"]
    came = imports(HEAD + ROW + ROW.replace(",\n", ",later\n"))
    assert came.project("fleet")["benefits"]["fuel"]["statements"] == [
        {"source": "paper-2017", "at": "4", "actual": {"2016/17": "£5k"}, "note": "later"}
    ]
    assert came.said["figures"] == {"new": 1, "there": 0}


def test_what_one_paper_says_of_a_benefit_is_one_statement_a_place(imports: Import) -> None:
    rows = [ROW.replace("2016/17", "2014/15"), ROW.replace("2016/17", "2015/16").replace(",\n", ",was 4k\n"), ROW]
    elsewhere = ROW.replace("2016/17", "2013/14").replace(",4,", ",Table 2,")
    came = imports(HEAD + "".join([*rows, elsewhere]), "--write")
    assert came.project("fleet")["benefits"]["fuel"]["statements"] == [
        {"source": "paper-2017", "at": "4", "actual": {"2014/15": "£5k", "2015/16": "£5k", "2016/17": "£5k"},
         "note": "2015/16: was 4k"},
        {"source": "paper-2017", "at": "Table 2", "actual": {"2013/14": "£5k"}},
    ]  # fmt: skip
    again = imports(HEAD + "".join([*rows, elsewhere]))
    assert (again.files(), again.left_out()) == ({}, [])


def test_what_the_checks_of_the_ledger_find_is_told_at_its_cell(imports: Import) -> None:
    assert imports.row(year="2017/18").places() == ["2:9: early-actual"]
    assert imports.row(year="2012/13").places() == ["2:9: year-outside-ledger"]
    assert imports.row(type="Grant", cashable="Y").places() == ["2:6: misplaced-cashability"]
    assert imports.row(paper="Board 1 June 2090 Paper 1").places() == ["2:10: future-source"]
    early = ROW.replace("2016/17", "2017/18") + ROW.replace("2016/17", "2018/19")
    assert imports(HEAD + early).places() == [
        "2:9: early-actual", "3:9: early-actual"
    ]  # fmt: skip


def test_what_they_find_elsewhere_is_told_with_its_place(imports: Import, make_folder: MakeFolder) -> None:
    table = """
        source: paper-2017
        title: Savings
        by: area
        unit: £k
        years: [2016/17]
        rows:
          vehicles: ["-"]
        """
    make_folder({"published/t.yaml": table})
    came = imports(HEAD + ROW)
    assert came.stops()[0].startswith(
        "0:0: unreconciled-cell: in published/t.yaml:7:14, the paper prints '-' for vehicles, "
    )
    (imports.folder / "sources.yaml").write_text(
        "paper-2017: {title: T, body: B, date: 2017-07-20}\n", encoding="utf-8"
    )
    (imports.folder / "published/t.yaml").unlink()
    (imports.folder / "areas.yaml").write_text("{estates: Estates}\n", encoding="utf-8")
    assert imports(HEAD + ROW).stops()[0].startswith("2:1: cannot-add: in areas.yaml:1:1, ")
    # It is the row that first names what is new.
    there, new = ROW.replace("Vehicles", "Estates"), ROW.replace("Fuel", "Oil").replace("Marlshire", "Devon")
    assert imports(HEAD + there + new).stops()[0].startswith("3:1: cannot-add: in areas.yaml:1:1, ")
    (imports.folder / "forces.yaml").write_text("{thornshire: {name: Thornshire}}\n", encoding="utf-8")
    (imports.folder / "areas.yaml").write_text("estates: Estates\nvehicles: Vehicles\n", encoding="utf-8")
    there = ROW.replace("; Marlshire", "")
    assert imports(HEAD + there + new).stops()[0].startswith("3:3: cannot-add: in forces.yaml:1:1, ")


def test_a_ledger_with_problems_is_refused(imports: Import) -> None:
    (imports.folder / "areas.yaml").unlink()
    ran = imports.run(HEAD + ROW)
    assert (ran.status, ran.stdout) == (1, "")
    assert "missing-file" in ran.stderr


# --- names


def test_a_name_near_one_that_is_there_is_asked_about(imports: Import) -> None:
    imports.row("--write", project="Mobile data")
    assert imports.row(project="Mobile Data").files() == {}
    came = imports.row(project="Mobiles Data")
    assert came.stops() == [
        (
            "2:2: unknown-project: there is no project 'Mobiles Data', and one that is near: 'Mobile data'; write "
            "'Mobile data', or "
            "in the rules 'names: {projects: {Mobiles Data: mobile-data}}', or 'mobiles-data' there for a new one"
        )
    ]
    (imports.tmp_path / "import.yaml").write_text("names: {projects: {Mobiles Data: mobile-data}}\n", encoding="utf-8")
    assert imports.row(project="Mobiles Data").files() == {}
    (imports.tmp_path / "import.yaml").write_text("names: {projects: {Mobiles Data: mobiles-data}}\n", encoding="utf-8")
    assert imports.row(project="Mobiles Data").files() == {"projects/mobiles-data.yaml": "new"}
    rules = "names: {projects: {One: first, Two: first}}\n"
    (imports.tmp_path / "import.yaml").write_text(rules, encoding="utf-8")
    came = imports(HEAD + ROW.replace("Fleet", "One") + ROW.replace("Fleet,", "Two,").replace("Fuel", "Oil"))
    assert list(came.project("first")["benefits"]) == ["fuel", "oil"]
    assert imports.row(project="MobileData").places() == ["2:2: unknown-project"]
    assert imports(HEAD + ROW + ROW.replace("Fuel", "Fuels").replace("2016/17", "2015/16")).places() == [
        "3:4: unknown-benefit"
    ]


def test_ids_are_made_of_names_and_shown(imports: Import) -> None:
    shown = imports.run(HEAD + ROW.replace("Fleet", "Café & Société\u2019s fleet (2)")).stdout
    assert "project  Café & Société\u2019s fleet (2)  cafe-societes-fleet-2\n" in shown
    assert imports.row(project="***").places() == ["2:2: bad-id"]
    many = HEAD + "".join(ROW.replace("Fleet", f"{'x' * 50} {letter * 40}") for letter in "yz")
    assert imports(many).places() == ["3:2: bad-id"]
    long = imports.row(project="very " * 30 + "long")
    assert long.files() == {f"projects/{'-'.join(['very'] * 16)}.yaml": "new"}


def test_spellings_of_one_name_are_one_project(imports: Import) -> None:
    came = imports(HEAD + ROW + ROW.replace("Fleet", " FLEET ").replace("2016/17", "2015/16"))
    assert came.read()["FLEET"] == "fleet"
    assert list(came.files()) == ["projects/fleet.yaml"]


def test_a_cost_and_posts_of_the_same_name_have_ids_of_their_own(imports: Import) -> None:
    rows = (
        HEAD + ROW + ROW.replace("Saving,Y", "Cost,") + ROW.replace("Saving,Y", "Saving (posts),").replace("£5k", "2")
    )
    came = imports(rows, "--write")
    added = came.project("fleet")
    assert (list(added["benefits"]), list(added["costs"])) == (["fuel", "fuel-posts"], ["fuel-costs"])
    assert added["benefits"]["fuel-posts"]["measure"] == "posts"
    assert imports(rows).files() == {}
    assert {figure.benefit for figure in came.ledger().figures} == {"fuel", "fuel-posts", "fuel-costs"}


def test_forces_are_named_in_many_ways(imports: Import) -> None:
    for text in ("Thornshire; Marlshire", "Thornshire Police/marlshire", "Thornshire & Marlshire", ("Thornshire "
        "and Marlshire"),
                 "Thornshire + Marlshire", "Thornshire,Marlshire", "All", "All 2", "All forces", "All two forces",
                 "Both", "Both forces", "both of the forces", "Every force", "Each", "All forces in the region",
                 "All police forces", "All 2 partners", "all partners (2)", "Regional", "Region-wide", "Whole region",
                 "Regional 2"):  # fmt: skip
        came = imports.row(forces=text)
        assert came.project("fleet")["statements"] == [
            {"source": "paper-2017", "forces": ["thornshire", "marlshire"]}
        ], text
    assert imports.row(forces="Both").project("fleet") == came.project("fleet")
    assert imports.row(forces="All 3").stops() == [
        (
            "2:3: unknown-force: 'All 3' is every force of the region, and the ledger has 2; name the forces, or "
            "add those that "
            "lack to forces.yaml"
        )
    ]
    for text, there in (("All three forces", 2), ("all twelve", 2)):
        assert (
            imports.row(forces=text)
            .stops()[0]
            .startswith(f"2:3: unknown-force: '{text}' is every force of the region, and the ledger has {there}; name")
        )
    new = imports.row(forces="Thornshire; Devon")
    assert new.said["additions"]["forces.yaml"] == {"devon": {"name": "Devon"}}
    doubtful = imports.row(forces="Devon; Thornshiree")
    assert doubtful.places() == ["2:3: unknown-force"]
    assert doubtful.said["additions"]["forces.yaml"] == {"devon": {"name": "Devon"}}
    both = imports(
        HEAD + ROW.replace("Thornshire; Marlshire", "All") + ROW.replace("Marlshire", "Devon").replace("2016", "2015")
    )
    assert both.places() == ["0:3: unknown-force", "3:7: bad-year"]


@pytest.mark.parametrize("text", ["TBC", "n/a", "-", "?"])
def test_what_is_not_known_is_no_name_and_no_word(imports: Import, text: str) -> None:
    came = imports(
        HEAD.replace("Para", "Para,Owner,Recurring") + ROW.replace("Thornshire; Marlshire", text)
        .replace(",4,", f",{text},{text},{text},{text}").replace("Saving,Y", f"{text},{text}")
    )  # fmt: skip
    assert came.stops() == []
    assert came.project("fleet") == {
        "name": "Fleet",
        "benefits": {
            "fuel": {
                "area": "vehicles",
                "category": "unclassified",
                "label": "Fuel",
                "statements": [{"source": "paper-2017", "actual": {"2016/17": "£5k"}}],
            }
        },
    }
    assert "forces.yaml" not in came.files()
    assert [each["column"] for each in came.said["read"] if each["value"] == "not stated"] == [3, 5, 6, 13]
    assert came.left_out() == [f"2:{column}: {text}: nothing is stated" for column in (11, 12, 14)]
    assert imports.row(area=text).places() == ["2:1: missing-key"]


def test_what_the_ledger_or_the_rules_know_is_a_name_or_word_though_it_says_that_nothing_is_known(
    imports: Import, make_folder: MakeFolder
) -> None:
    rules = imports.tmp_path / "r.yaml"
    rules.write_text("names: {forces: {TBA: saltisle}}\nwords: {category: {TBC: saving}}\n")
    areas = Import(make_folder({"areas.yaml": "unknown: Not known\n"}, "other"), imports.tmp_path)
    came = areas.row("--rules", str(rules), area="Not known", type="TBC", cashable="", forces="TBA")
    assert came.stops() == []
    (benefit,) = came.project("fleet")["benefits"].values()
    assert (benefit["area"], benefit["category"]) == ("unknown", "saving")
    assert came.project("fleet")["statements"] == [{"source": "paper-2017", "forces": ["saltisle"]}]


@pytest.mark.parametrize("text", ["n/a", "TBC", "-", "?", "not known", "unknown"])
def test_a_cell_that_says_nothing_of_forces_names_none(imports: Import, text: str) -> None:
    came = imports.row(forces=text)
    assert came.stops() == []
    assert came.read()[text] == "not stated"
    assert "forces.yaml" not in came.said["additions"]
    assert "statements" not in came.project("fleet")


@pytest.mark.parametrize("text", ["TBC", "n/a", "-", "?", "unknown"])
def test_a_cell_that_says_nothing_is_no_name(imports: Import, text: str) -> None:
    for field, column in {"project": 2, "benefit": 4}.items():
        assert imports.row(**{field: text}).stops() == [
            f"2:{column}: unknown-{field}: '{text}' is the name of no {field}; write its name"
        ]


@pytest.mark.parametrize("text", ["TBC", "n/a", "-", "not known"])
def test_what_is_not_stated_yet_is_no_owner_place_or_note(imports: Import, text: str) -> None:
    head = HEAD.replace("Notes", "Notes,Owner,Baseline,Quotation")
    came = imports(head + ROW.replace(",4,\n", f",{text},{text},{text},{text},{text}\n"))
    assert came.project("fleet")["benefits"]["fuel"]["statements"] == [
        {"source": "paper-2017", "actual": {"2016/17": "£5k"}}
    ]
    assert sorted(came.left_out()) == [f"2:{column}: {text}: nothing is stated" for column in (11, 12, 13, 14, 15)]
    assert came.said["cells"] == {"headings": 15, "taken": 10, "left_out": 5}
    every = imports(HEAD + ROW, "--every", f"owner={text}")
    assert "owner" not in every.project("fleet")["benefits"]["fuel"]["statements"][0]


@pytest.mark.parametrize(
    "text",
    [
        "Various",
        "3",
        "None",
        "Yes",
        "Others",
        "Two forces",
        "2 or more forces",
        "Thornshire and others",
        "Marlshire; TBC",
    ],
)
def test_what_is_the_name_of_no_force_is_asked_about(imports: Import, text: str) -> None:
    named = re.split("; | and ", text)[-1]
    assert imports.row(forces=text).stops() == [
        (
            f"2:3: unknown-force: '{named}' is the name of no force; name them, or leave the cell blank where the "
            "paper names none"
        )
    ]


def test_a_force_may_be_called_by_such_a_word_if_the_ledger_has_it(imports: Import, make_folder: MakeFolder) -> None:
    imports.folder = make_folder({"forces.yaml": "other: {name: Other}\n"})
    assert imports.row(forces="Other").project("fleet")["statements"] == [{"source": "paper-2017", "forces": ["other"]}]


def test_partners_that_differ_from_row_to_row_are_told(imports: Import) -> None:
    came = imports(HEAD + ROW + ROW.replace("Thornshire; Marlshire", "Salt Isle").replace("2016/17", "2015/16"))
    assert came.status == 0
    assert came.project("fleet")["statements"] == [
        {"source": "paper-2017", "forces": ["thornshire", "marlshire", "saltisle"]}
    ]
    assert came.read()["Salt Isle"] == "thornshire, marlshire, saltisle"


def test_forces_are_stated_again_only_when_they_are_others(imports: Import) -> None:
    later = ROW.replace("paper-2017", "paper-2018").replace("2016/17", "2017/18")
    assert len(imports(HEAD + ROW + later).project("fleet")["statements"]) == 1
    came = imports(HEAD + ROW + later.replace("; Marlshire", ""), "--write")
    assert came.project("fleet")["statements"][1] == {"source": "paper-2018", "forces": ["thornshire"]}
    assert imports(HEAD + ROW + later.replace("; Marlshire", "")).files() == {}


def test_one_benefit_is_one_thing_in_all_of_its_rows(imports: Import) -> None:
    came = imports(HEAD + ROW + ROW.replace("Saving,Y,2016", "Saving,N,2015").replace("15/17", "15/16"))
    assert came.stops() == [
        (
            "3:6: unknown-value: 'fleet/fuel' has 'non-cashable' as its cashability here, and 'cashable' in row 2; "
            "write the same in "
            "each row, or give it a name of its own"
        )
    ]
    imports(HEAD + ROW, "--write")
    assert "'cashable' in the ledger" in imports.row(cashable="N", year="2015/16").stops()[0]


# --- papers


def test_a_paper_is_made_of_its_body_date_and_mark(imports: Import) -> None:
    came = imports.row(paper="SCB 20/07/2017 Paper 7")
    assert came.said["additions"]["sources.yaml"] == {
        "scb-2017-07-20-paper-7": {"title": "Paper 7", "body": "SCB", "date": "2017-07-20", "mark": "7"}
    }
    assert came.said["read"][-1]["why"] == "SCB, 20 July 2017, Paper 7"
    (imports.tmp_path / "import.yaml").write_text("names: {bodies: {SCB: Strategic Board}}\n", encoding="utf-8")
    came = imports.row("--write", paper="SCB 20/07/2017 Paper 7")
    assert came.said["additions"]["sources.yaml"]["scb-2017-07-20-paper-7"]["body"] == "Strategic Board"
    assert imports.row(paper="SCB 20/07/2017 Paper 7").files() == {}
    path = imports.folder / "sources.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("scb-2017-07-20-paper-7", "ours"), encoding="utf-8")
    project = imports.folder / "projects/fleet.yaml"
    project.write_text(project.read_text(encoding="utf-8").replace("scb-2017-07-20-paper-7", "ours"), encoding="utf-8")
    assert imports.row(paper="SCB 20/07/2017 Paper 7").files() == {}


@pytest.mark.parametrize(
    ("text", "title", "mark"),
    [
        ("SCB 20/07/2017 Paper 7", "Paper 7", "7"),
        ("SCB 20/07/2017 agenda item 9: Outturn", "Outturn", "Agenda item 9"),
        ("SCB 20/07/2017, paper C - Benefits", "Benefits", "C"),
        ("SCB 20/07/2017 Paperless office", "Paperless office", None),
        ("SCB 20/07/2017", "Paper of SCB", None),
    ],
)
def test_the_mark_of_a_paper_is_told_from_its_title(imports: Import, text: str, title: str, mark: str | None) -> None:
    [paper] = imports.row(paper=text).said["additions"]["sources.yaml"].values()
    assert (paper["title"], paper.get("mark")) == (title, mark)


def test_a_paper_that_the_ledger_has_is_known_by_its_mark(imports: Import) -> None:
    path = imports.folder / "sources.yaml"
    ours = "ours: {title: Outturn, body: SCB, date: 2017-07-20, mark: C}\n"
    path.write_text(path.read_text(encoding="utf-8") + ours, encoding="utf-8")
    assert imports.row(paper="SCB 20/07/2017 Paper C").project("fleet")["statements"][0]["source"] == "ours"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("JAP 18 June 2017 item 9", "jap-2017-06-18-item-9"),
        ("JAP 18th Jun 2017", "jap-2017-06-18"),
        ("JAP (2017-06-18) Paper A", "jap-2017-06-18-paper-a"),
        ("JAP, 18.6.17, Paper A", "jap-2017-06-18-paper-a"),
        ("JAP June 2017", "jap-2017-06"),
        ("Benefits in 2016/17", "paper-2017"),
        ("paper-2017", "paper-2017"),
    ],
)
def test_papers_are_named_in_many_ways(imports: Import, text: str, id_: str) -> None:
    came = imports.row(paper=text)
    assert [each["source"] for each in came.project("fleet")["statements"]] == [id_]


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("Paper 7", "2:10: unknown-source"), ("14/03/2017", "2:10: unknown-source"), ("SCB 31/02/2017",
        "2:10: bad-date"),
        ("", "2:10: missing-key"),
    ],
)  # fmt: skip
def test_a_paper_that_cannot_be_made_is_asked_for(imports: Import, text: str, stop: str) -> None:
    assert imports.row(paper=text).places() == [stop]


def test_body_and_date_may_have_columns_of_their_own(imports: Import) -> None:
    came = imports(
        "Theme,Scheme,Committee,Meeting date,Paper,FY,£k\nVehicles,Fleet,Board,20/07/2017,Paper C,2016/17,5\n"
    )
    assert came.stops() == []
    assert came.said["additions"]["sources.yaml"] == {
        "board-2017-07-20-paper-c": {"title": "Paper C", "body": "Board", "date": "2017-07-20", "mark": "C"}
    }
    came = imports("Theme,Scheme,Committee,Paper,FY,£k\nVehicles,Fleet,Board,paper-2017,2016/17,5\n")
    assert came.project("fleet")["benefits"]["benefits"]["statements"][0]["source"] == "paper-2017"


# --- amounts


@pytest.mark.parametrize(
    ("text", "amount", "told"),
    [
        ("£120k", "£120k", False),
        ("£1,234.50", "£1,234.50", False),
        ("£204310.5", "£204,310.50", False),
        ("£ 204,310.50", "£204,310.50", True),
        ("0.22m", "£0.22m", True),
        ("£1.3 million", "£1.3m", True),
        ("(£5k)", "-£5k", True),
        ("£5k-", "-£5k", True),
        ("-£5k", "-£5k", False),
        ("£-5k", "-£5k", True),
        ("+£5k", "£5k", True),
        ("£+5k", "£5k", True),
        ("£5k*", "£5k", True),
        ("nil", "£0", True),
    ],
)
def test_amounts_are_read_and_how_is_told(imports: Import, text: str, amount: str, told: bool) -> None:  # noqa: FBT001 - a column of the table
    came = imports.row(amount=text)
    assert came.stops() == []
    assert came.project("fleet")["benefits"]["fuel"]["statements"][0]["actual"] == {"2016/17": amount}
    assert came.read().get(text) == (amount if told else None)


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("210,000", ("bad-amount: '210,000' has neither sign nor unit; write '£210,000' for pounds; or say "
                    "--unit £, £k or £m for "
                    "the sheet")),
        ("120", ("bad-amount: '120' has neither sign nor unit; write '£120' for pounds, or '£120k' for "
                "thousands; or say --unit £, "
                "£k or £m for the sheet")),
        ("94%", ("unread-percentage: a percentage, '94%', in a column of amounts; write the amount, or name "
                "another column with "
                "--column")),
        ("£5-10k", "bad-amount: '£5-10k' is not an amount of money; write it as '£0.478m', '£30k' or '£1,324,000'"),
        ("c. £5k", "bad-amount: 'c. £5k' is not an amount of money; write it as '£0.478m', '£30k' or '£1,324,000'"),
        ("+-£5k", "bad-amount: '+-£5k' is not an amount of money; write it as '£0.478m', '£30k' or '£1,324,000'"),
        ("(+£5k)", "bad-amount: '(+£5k)' is not an amount of money; write it as '£0.478m', '£30k' or '£1,324,000'"),
        ("-£5k-", "bad-amount: '-£5k-' is not an amount of money; write it as '£0.478m', '£30k' or '£1,324,000'"),
        ("(£5k", "bad-amount: '(£5k' is not an amount of money; write '-£5k'"),
        ("£1,50", ("bad-amount: '£1,50' is not an amount of money; a comma goes before each three digits: write "
                  "'£1.50' or '£150'")),
        ("£1.2345", "bad-amount: '£1.2345' is finer than a penny; write '£1.23'"),
        ("£5k p.a.", ("bad-period: '£5k p.a.' is an amount a year, and its year is '2016/17'; write 'a year' as "
                     "its year, or take "
                     "'p.a.' out")),
    ],
)  # fmt: skip
def test_amounts_that_cannot_be_taken_are_asked_about(imports: Import, text: str, stop: str) -> None:
    assert imports.row(amount=text).stops() == [f"2:9: {stop}"]


@pytest.mark.parametrize("text", ["", "-", "tbc", "£ tbc", "n/a", "n.a.", "TBD?"])
def test_nothing_stated_is_left_out_and_told(imports: Import, text: str) -> None:
    came = imports.row(amount=text)
    assert (came.stops(), came.said["figures"]["new"]) == ([], 0)
    assert came.left_out()[0].endswith(f": nothing is stated yet: '{text}'" if text else ": it has no amount")


@pytest.mark.parametrize(
    ("heading", "text", "amount"),
    [
        ("£k", "1,234.5", "£1,234.5k"), ("£000", "5", "£5k"), ("Amount (£'000)", "(5)", "-£5k"), ("£m", "0.5", "£0.5m"),
        ("£k", "+290.0", "£290.0k"), ("£k", "£0.5m", "£0.5m"), ("Amount £", "120000", "£120,000"),
        ("Value (k)", "5", "£5k"),
    ],
)  # fmt: skip
def test_the_unit_may_stand_in_the_heading(imports: Import, heading: str, text: str, amount: str) -> None:
    came = imports(HEAD.replace("Amount", f'"{heading}"') + ROW.replace("£5k", f'"{text}"'))
    assert came.project("fleet")["benefits"]["fuel"]["statements"][0]["actual"] == {"2016/17": amount}


@pytest.mark.parametrize(("text", "minus"), [("£120", ""), ("-£120", "-"), ("£-120", "-")])
def test_pounds_in_a_column_of_thousands_are_asked_about(imports: Import, text: str, minus: str) -> None:
    came = imports(HEAD.replace("Amount", "£k") + ROW.replace("£5k", text))
    remedy = f"write '{minus}£120k' if it is in £k, or '{minus}120' alone"
    assert came.stops() == [f"2:9: bad-amount: '{text}' has a '£', and its heading is in £k; {remedy}"]


def test_the_unit_may_be_given_for_the_sheet_or_a_row(imports: Import) -> None:
    assert imports.row("--unit", "£k", amount="5").stops() == []
    came = imports(
        "Area,Project,Year,Value,Unit,Paper\nVehicles,Fleet,2016/17,5,£k,paper-2017\nVehicles,Fleet,2016/17,2,FTE,paper-2017\n"
    )
    stated = came.project("fleet")["benefits"]
    assert stated["benefits"]["statements"][0]["reported"] == {"2016/17": "£5k"}
    assert stated["posts"]["statements"][0]["reported"] == {"2016/17": "2"}


def test_posts_are_counted(imports: Import) -> None:
    for text in ("14.5", "14.5 FTE"):
        came = imports.row(type="Saving (posts)", cashable="n/a", amount=text)
        assert came.project("fleet")["benefits"]["fuel"]["statements"][0]["actual"] == {"2016/17": "14.5"}
    came = imports.row(type="Saving", cashable="", amount="14.5 FTE")
    assert came.project("fleet")["benefits"]["fuel"]["measure"] == "posts"
    money = "Area,Project,Year,Value,Unit,Paper\nVehicles,Fleet,2016/17,16 FTE,money,paper-2017\n"
    assert imports(money).places() == ["2:4: bad-amount"]
    assert imports.row(type="Saving (posts)", amount="£5k").places() == ["2:9: bad-amount"]
    assert imports.row(type="Saving (posts)", amount="five").places() == ["2:9: bad-amount"]
    assert imports.row(type="Saving (posts)", amount="nil").read()["nil"] == "0"


# --- costs


def test_a_cost_in_brackets_is_what_is_spent_and_no_gain(imports: Import) -> None:
    came = imports.row("--write", type="COST", cashable="", amount="(£350,000)")
    assert came.said["read"][-1]["value"] == "£350,000"
    assert came.said["read"][-1]["why"] == "what is spent, which is written without a minus"
    (figure,) = came.ledger().figures
    assert (figure.is_cost, figure.amount) == (True, Decimal(350_000))


def test_a_cost_has_no_cashability(imports: Import) -> None:
    came = imports.row(type="Cost", cashable="Y")
    assert came.stops() == [
        "2:6: misplaced-cashability: only a saving has a cashability, and this is a cost; write 'n/a', or mend the type"
    ]


def test_a_cost_of_nil_has_no_sign(imports: Import) -> None:
    row = ROW.replace("Saving,Y", "Cost,")
    rows = [row.replace("£5k", text).replace("2016/17", year) for text, year in (
        ("nil", "2014/15"), ("(£5k)", "2015/16"), ("£4k", "2016/17"))]  # fmt: skip
    assert imports(HEAD + "".join(rows[:2])).stops() == []
    assert imports(HEAD + "".join(rows)).places() == ["4:9: negative-cost"]  # beside row 3


def test_a_cost_with_brackets_in_one_row_and_without_in_another_is_asked_about(imports: Import) -> None:
    row = ROW.replace("Saving,Y", "Cost,")
    came = imports(HEAD + row.replace("£5k", "(£5k)") + row.replace("2016/17", "2015/16"))
    assert came.stops() == [
        (
            "3:9: negative-cost: '£5k' here, and '(£5k)' in row 2, of one cost: with a minus and without; write "
            "both alike; what came "
            "back of a cost is a benefit"
        )
    ]


# --- periods


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Year 2016/17", "2016/17"),
        ("2016-17", "2016/17"), ("2016/2017", "2016/17"), ("16/17", "2016/17"), ("FY2016/17", "2016/17"),
        ("FY 16-17", "2016/17"),
        ("2014/15 to 2016/17", "2014/15 to 2016/17"), ("2014/15-2016/17", "2014/15 to 2016/17"), ("in total", "in all"),
    ],
)  # fmt: skip
def test_years_are_written_in_many_ways(imports: Import, text: str, period: str) -> None:
    came = imports.row(year=text, basis="Est")
    assert came.project("fleet")["benefits"]["fuel"]["statements"][0]["estimate"] == {period: "£5k"}
    assert came.read().get(text, text) == period


def test_an_amount_a_year_is_one(imports: Import) -> None:
    came = imports.row(year="pa", basis="Est", amount="£5k p.a.")
    assert came.project("fleet")["benefits"]["fuel"]["statements"][0]["estimate"] == {"a year": "£5k"}


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("FY17", ("'FY17' may be the year that ends or the year that begins in 2017; write '2016/17' or "
                 "'2017/18', the one that is "
                 "meant")),
        ("2017", ("'2017' may be the year that ends or the year that begins in 2017; write '2016/17' or "
                 "'2017/18', the one that is "
                 "meant")),
        ("Nov-10", ("'Nov-10' is a date, where a year should be: spreadsheets make dates of '2010/11' and of "
                   "'10-11'; format the "
                   "column as text, and write '2010/11', if that was typed")),
        ("10-Nov", ("'10-Nov' is a date, where a year should be: spreadsheets make dates of '2010/11' and of "
                   "'10-11'; format the "
                   "column as text, and write '2010/11', if that was typed")),
        ("01/11/2010", ("'01/11/2010' is a date, where a year should be: spreadsheets make dates of '2010/11' "
                       "and of '10-11'; format "
                       "the column as text, and write '2010/11', if that was typed")),
        ("31 Mar 2017", ("'31 Mar 2017' is a date, where a year should be: spreadsheets make dates of '2010/11' "
                        "and of '10-11'; "
                        "format the column as text, and write the year, as '2010/11'")),
        ("2010-11-01", ("'2010-11-01' is a date, where a year should be: spreadsheets make dates of '2010/11' and "
                       "of '10-11'; format the column as text, and write '2010/11', if that was typed")),
        ("2010-11-01 00:00:00", ("'2010-11-01 00:00:00' is a date, where a year should be: spreadsheets make dates "
                                "of '2010/11' and of '10-11'; format the column as text, and write '2010/11', if "
                                "that was typed")),
        ("40483", ("'40483' is a date as spreadsheets count days, 1 November 2010, where a year should be: "
                  "spreadsheets make dates of '2010/11' and of '10-11'; format the column as text, and write "
                  "'2010/11', if that was typed")),
        ("2015/17", ("'2015/17' is not a financial year; the two years must follow each other: write '2015/16' "
                    "or '2016/17'")),
    ],
)  # fmt: skip
def test_a_year_that_may_be_another_is_asked_about(imports: Import, text: str, stop: str) -> None:
    assert imports.row(year=text).stops() == [f"2:7: bad-year: {stop}"]


def test_a_period_that_is_none_or_blank_is_asked_about(imports: Import) -> None:
    assert imports.row(year="soon").places() == ["2:7: bad-period"]
    assert imports.row(year="").stops() == [
        (
            "2:7: missing-key: the period is blank; write in each row a year, or 'a year' or 'in all' where a paper "
            "names none"
        )
    ]


# --- words


@pytest.mark.parametrize(
    ("field", "text", "key", "word"),
    [
        ("cashable", "Y - released", "cashability", "cash-releasing"), ("cashable", "N - avoidance",
        "cashability", "non-cashable"),
        ("cashable", "CR", "cashability", "cash-releasing"), ("cashable", "NC", "cashability", "non-cashable"),
        ("cashable", "?", "cashability", None), ("cashable", "n/a", "cashability", None), ("cashable",
        "unknown", "cashability", None),
        ("type", "Non-cashable saving", "cashability", "non-cashable"), ("type", "Grant", "category", "funding"),
        ("type", "", "category", "saving"),
    ],
)  # fmt: skip
def test_words_are_spelt_in_many_ways(imports: Import, field: str, text: str, key: str, word: str | None) -> None:
    cells = {"cashable": "Y" if field == "type" and not text else "", field: text}
    came = imports.row(**cells)
    assert came.stops() == []
    assert came.project("fleet")["benefits"]["fuel"].get(key) == word


@pytest.mark.parametrize(
    ("field", "text", "rules"),
    [
        ("type", "Windfall", "category: {Windfall: funding}"), ("basis", "Guess", "basis: {Guess: estimate}"),
        ("cashable", "Maybe", "cashability: {Maybe: cashable}"), ("year", "Year 3", "period: {Year 3: 2016/17}"),
    ],
)  # fmt: skip
def test_a_word_that_is_in_no_table_is_asked_about_and_the_rules_answer(
    imports: Import, field: str, text: str, rules: str
) -> None:
    cells = {field: text, "cashable": "" if field == "type" else "Y"} | ({field: text})
    assert imports.row(**cells).status == 1
    (imports.tmp_path / "import.yaml").write_text(f"words: {{{rules}}}\n", encoding="utf-8")
    assert imports.row(**cells).stops() == []


def test_without_columns_for_them_a_figure_is_reported_and_unclassified(imports: Import) -> None:
    came = imports("Area,Project,Year,£k,Paper\nVehicles,Fleet,2016/17,5,paper-2017\n")
    benefit = came.project("fleet")["benefits"]["benefits"]
    assert (benefit["category"], benefit["label"]) == ("unclassified", "Benefits")
    assert benefit["statements"] == [{"source": "paper-2017", "reported": {"2016/17": "£5k"}}]


# --- layouts

ACROSS = "Theme,Scheme,Saving,2015/16 Plan (£k),2015/16 Actual (£k),2016/17 Actual (£k),Total,Paper\n"
ACROSS_ROW = "Vehicles,Fleet,Fuel,10,8,9,17,paper-2017\n"


def test_years_may_stand_across(imports: Import) -> None:
    came = imports(
        ACROSS + ACROSS_ROW + "Estates,Offices,Rent,5,-,(1),4,paper-2017\nEstates,Vans,Hire,5,-,1,,paper-2017\n"
    )
    assert came.stops() == []
    assert came.project("fleet")["benefits"]["fuel"]["statements"] == [
        {"source": "paper-2017", "plan": {"2015/16": "£10k"}, "actual": {"2015/16": "£8k", "2016/17": "£9k"}}
    ]
    assert came.project("offices")["benefits"]["rent"]["statements"] == [
        {"source": "paper-2017", "plan": {"2015/16": "£5k"}, "actual": {"2016/17": "-£1k"}}
    ]
    assert came.left_out() == ["3:5: -: nothing is stated", "4:5: -: nothing is stated"]
    assert came.sums() == [
        "2:7: True: what stands of the benefits (actuals, else estimates) in its row come to £17,000 too",
        "3:7: True: the rows in its row come to £4,000 too"
    ]  # fmt: skip


def test_headings_may_have_several_rows_and_a_title_above(imports: Import) -> None:
    came = imports("Savings of the programme,,,,\n,,,,\nTheme,Scheme,2015/16,,Paper\n,,Plan,Actual,\n,,£k,£k,\n" + ROW)
    assert came.status == 1
    came = imports("Savings 2016,,,,\n,,2015/16,,2016/17\nTheme,Scheme,Plan £k,Actual £k,Actual "
                   "£k\nVehicles,Fleet,1,2,3\n",
                   "--source", "paper-2017")  # fmt: skip
    assert came.stops() == []
    assert came.project("fleet")["benefits"]["benefits"]["statements"] == [
        {"source": "paper-2017", "plan": {"2015/16": "£1k"}, "actual": {"2015/16": "£2k", "2016/17": "£3k"}}
    ]
    assert came.left_out() == ["1:0: Savings 2016: it is above the headings"]
    assert came.said["cells"] == {"left_out": 1, "headings": 7, "taken": 5}


def test_years_may_stand_over_columns_beside_the_other_headings(imports: Import) -> None:
    came = imports(
        "Scheme,Theme,Type,2015-16,,,2016-17,,,RAG\n,,,Plan,Actual,Variance,Plan,Actual,% of plan,\n"
        ",,,£k,£k,£k,£k,£k,,\nFleet,Vehicles,Saving,1,2,1,3,4,133%,G\n",
        "--source", "paper-2017",
    )  # fmt: skip
    assert came.stops() == []
    assert came.project("fleet")["benefits"]["savings"]["statements"] == [
        {
            "source": "paper-2017",
            "plan": {"2015/16": "£1k", "2016/17": "£3k"},
            "actual": {"2015/16": "£2k", "2016/17": "£4k"},
        }
    ]
    assert came.left_out() == [
        "0:6: 1 cell: a difference is worked out, and not stated; to take it, name it with --column",
        "0:9: 1 cell: a percentage is worked out, and not stated",
        "0:10: 1 cell: a grade of how it goes, for which a ledger has no place; to take it, name it with --column",
    ]
    assert came.said["read"] == [{"column": 0, "text": "", "value": "fleet/savings", "why": "", "rows": [4]}]


def test_a_unit_beside_the_title_is_over_no_heading(imports: Import) -> None:
    came = imports(
        "Savings of the region,,\n£000s,,\nCollaboration,Business area,Full year 2016/17 f'cast\nFleet,Vehicles,5\n",
        "--source", "paper-2017", "--unit", "£k",
    )  # fmt: skip
    assert came.stops() == []
    assert came.left_out()[1] == "2:0: £000s: it is above the headings"
    assert came.project("fleet")["benefits"]["benefits"]["statements"] == [
        {"source": "paper-2017", "estimate": {"2016/17": "£5k"}}
    ]


def test_what_is_over_others_is_not_over_those_beside_them(imports: Import) -> None:
    came = imports("Scheme,Theme,Paper,,2016/17\n,,,Plan £k,Actual £k\nFleet,Vehicles,paper-2017,1,2\n")
    assert came.places() == ["3:4: bad-period"]


def test_a_row_of_units_below_the_headings_is_one_of_them(imports: Import) -> None:
    came = imports("Theme,Scheme,2015/16,2016/17\n,,£000,£000\nVehicles,Fleet,1,2\n", "--source", "paper-2017")
    assert came.project("fleet")["benefits"]["benefits"]["statements"] == [
        {"source": "paper-2017", "reported": {"2015/16": "£1k", "2016/17": "£2k"}}
    ]


def test_plan_and_actual_may_be_columns(imports: Import) -> None:
    came = imports("Theme,Scheme,FY,Target £k,Outturn £k,Paper\nVehicles,Fleet,2016/17,5,4,paper-2017\n")
    assert came.project("fleet")["benefits"]["benefits"]["statements"] == [
        {"source": "paper-2017", "plan": {"2016/17": "£5k"}, "actual": {"2016/17": "£4k"}}
    ]


def test_savings_and_costs_may_be_columns(imports: Import) -> None:
    came = imports("Theme,Scheme,FY,Savings (£k),Costs (£k),Paper\nVehicles,Fleet,2016/17,5,4,paper-2017\n")
    assert came.stops() == []
    added = came.project("fleet")
    assert added["benefits"]["savings"]["category"] == "saving"
    assert added["costs"]["costs"]["statements"] == [{"source": "paper-2017", "reported": {"2016/17": "£4k"}}]
    came = imports("Theme,Scheme,FY,Type,Saving,Costs,Paper\nVehicles,Fleet,2016/17,Grant,£5k,£4k,paper-2017\n")
    assert list(came.project("fleet")["benefits"]) == ["funding"]


def test_a_year_in_the_heading_and_another_in_the_row_is_asked_about(imports: Import) -> None:
    head = "Theme,Scheme,FY,2016/17 £k,Paper\nVehicles,Fleet,"
    assert imports(head + "2015/16,5,paper-2017\n").places() == ["2:4: bad-year"]
    assert imports(head + "2016/17,5,paper-2017\n").stops() == []


def test_a_year_in_a_heading_that_may_be_another_is_asked_about(imports: Import) -> None:
    came = imports(
        "Theme,Scheme,FY17 £k,2015/16 £k,Paper\nVehicles,Fleet,5,6,paper-2017\nVehicles,Bikes,7,,paper-2017\n"
    )
    assert came.places() == ["1:3: bad-year"]  # once, and not at each cell below
    # 5 in headings; of each row what is in it has to wait for the heading, though the 6 is a figure
    assert came.said["cells"] == {"headings": 5, "doubtful": 9}
    assert came.said["figures"]["new"] == 1


def test_notes_under_the_table_and_headings_again_are_left_out_with_the_reason(imports: Import) -> None:
    came = imports(HEAD + ROW + ",,,\n" + HEAD + "* provisional,\nVehicles,Fleet,,Oil,,,2016/17,Actual,,,,\n")
    assert came.stops() == []
    assert came.left_out() == [
        (
            "4:0: Area | Project | Forces | Benefit | Type | Cashable? | Year | Plan/Actual | Amount | Paper | Para "
            "| Notes: it has "
            "the headings again"
        ),
        "5:0: * provisional: it has no amount: a note, or a heading",
        "6:0: Vehicles | Fleet | Oil | 2016/17 | Actual: it has no amount",
    ]


def test_columns_that_are_left_out_are_told_with_the_reason(imports: Import) -> None:
    head = HEAD.replace("Notes", "Notes,RAG,% achieved,,Colour,Variance,Empty,,Last")
    came = imports(head + ROW.replace(",\n", ",,G,94%,x,red,5,,,\n"))
    assert came.left_out() == [
        "0:13: 1 cell: a grade of how it goes, for which a ledger has no place; to take it, name it with --column",
        "0:14: 1 cell: a percentage is worked out, and not stated",
        "0:15: 1 cell: it has no heading; give it one, or name it by its letter with --column",
        "0:16: 1 cell: no heading that is known; to take it, name it with --column",
        "0:17: 1 cell: a difference is worked out, and not stated; to take it, name it with --column",
        "0:18: 0 cells: no heading that is known; to take it, name it with --column",
        "0:20: 0 cells: no heading that is known; to take it, name it with --column",
    ]
    named = imports(head + ROW.replace(",\n", ",,G,94%,x,red,5,\n"), "--column", "note=O", "--column", "owner=colour")
    assert named.project("fleet")["benefits"]["fuel"]["statements"] == [
        {"source": "paper-2017", "at": "4", "actual": {"2016/17": "£5k"}, "owner": "red", "note": "x"}
    ]


def test_two_columns_of_one_name_are_asked_about(imports: Import) -> None:
    came = imports(HEAD.replace("Para", "Notes") + ROW)
    assert came.stops() == [
        "0:12: same-name: columns K and L are both headed 'Notes'; say which with --column note=K, or rename one"
    ]
    assert imports(HEAD.replace("Para", "Notes") + ROW, "--column", "note=L").stops() == []
    came = imports("Theme,Scheme,£k,£k,Paper,Year\nVehicles,Fleet,5,6,paper-2017,2016/17\n")
    assert came.places() == ["1:4: same-name", "2:4: conflicting-figures"]
    ran = imports.run(HEAD.replace("Para", "Notes") + ROW, "--column", "note=Notes")
    assert ran.stderr.endswith("sheet.csv: same-name: columns K and L are headed 'Notes'; name one by its letter\n")


def test_a_column_that_says_what_another_does_is_left_out_for_that_reason(imports: Import) -> None:
    came = imports(HEAD.replace("Para", "Description") + ROW)
    assert came.left_out() == [
        "0:11: 1 cell: the benefit is taken from column D (Benefit); to take it, name it with --column"
    ]


@pytest.mark.parametrize("heading", ["Actual/Est", "Forecast / Outturn", "Actual or estimate?", "Outturn, forecast"])
def test_a_heading_of_the_words_of_a_field_is_one_of_it(imports: Import, heading: str) -> None:
    came = imports(HEAD.replace("Plan/Actual", f'"{heading}"') + ROW)
    assert came.project("fleet")["benefits"]["fuel"]["statements"] == [
        {"source": "paper-2017", "at": "4", "actual": {"2016/17": "£5k"}}
    ]
    assert came.left_out() == []


def test_a_column_is_known_by_its_cells_if_they_can_mean_one_thing_only(imports: Import) -> None:
    head = "Theme,Scheme,Benefit,FY,Savings type,£000,Stage,Again,Kind of it,Paper\n"
    came = imports(
        head
        + "Vehicles,Fleet,Garage,2014-15,Cashable,120,Outturn,ongoing,Savings,paper-2017\n"
        + "Vehicles,Fleet,Garage,2015-16,Cashable,130,Forecast,ongoing,Savings,paper-2017\n"
        + "Vehicles,Fleet,Garage,2016-17,Cashable,140,Guess,ongoing,Savings,paper-2017\n"
    )
    assert came.stops() == [
        (
            "4:7: unknown-value: 'Guess' is no basis that is known; write one of: plan, estimate, reported, actual, "
            "at_risk, delayed, not_achievable, or in the rules 'words: {basis: {Guess: …}}'"
        )
    ]
    assert sorted(came.told()) == [
        f"0:{column}: the column is read as the {field}, by what is in it"
        for column, field in ((5, "cashability"), (7, "basis"), (8, "recurrence"), (9, "category"))
    ]
    benefit = came.project("fleet")["benefits"]["garage"]
    assert (benefit["category"], benefit["cashability"], benefit["recurrence"]) == ("saving", "cashable", "recurring")
    assert benefit["statements"] == [
        {"source": "paper-2017", "actual": {"2014/15": "£120k"}, "estimate": {"2015/16": "£130k"}}
    ]


def test_what_is_in_a_column_counts_more_than_a_heading_of_many_meanings(imports: Import) -> None:
    """`Kind` is of a benefit by its heading, and of a figure by what is in it."""
    rows = ROW + ROW.replace("2016/17,Actual", "2015/16,Plan")
    sheet = (HEAD + rows).replace("Type", "Sort").replace("Plan/Actual", "Kind")
    came = imports(sheet)
    assert came.told() == [
        "0:5: the column is read as the category, by what is in it",
        "0:8: the column is read as the basis, by what is in it",
    ]
    assert came.project("fleet")["benefits"]["fuel"]["category"] == "saving"
    assert came.project("fleet")["benefits"]["fuel"]["statements"] == [
        {"source": "paper-2017", "at": "4", "plan": {"2015/16": "£5k"}, "actual": {"2016/17": "£5k"}}
    ]
    assert imports(sheet, "--column", "category=Kind").places() == ["2:8: unknown-value", "3:8: unknown-value"]
    benefits = sheet.replace("Benefit", "Sorts").replace("Kind", "Benefit")
    assert imports(benefits).project("fleet")["benefits"].keys() == {"actual", "plan"}


def test_a_column_of_words_is_left_out_where_another_is_that_field_or_half_are_none(imports: Import) -> None:
    head = HEAD.replace("Notes", "Stage,Mood,Status,Approved")
    rows = [ROW.replace(",\n", end) for end in (",Outturn,Actual,Achieved,Yes\n", ",Forecast,glad,Achieved,Yes\n")]
    came = imports(head + rows[0] + rows[1].replace("2016/17", "2015/16"))
    assert [each.partition(" cells: ")[2].partition(";")[0] for each in came.left_out()] == [
        "no heading that is known", "no heading that is known",
        "what became of a project is a statement of a paper", "no heading that is known",
    ]  # fmt: skip
    assert came.project("fleet")["benefits"]["fuel"]["statements"][0]["actual"] == {"2015/16": "£5k", "2016/17": "£5k"}


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("Yes/No", "no heading that is known"),  # of more fields than one
        ("Saving/efficiency", "no heading that is known"),  # both are savings
        ("Actual/Fleet", "no heading that is known"),
    ],
)
def test_a_heading_of_words_that_may_be_others_is_none(imports: Import, heading: str, why: str) -> None:
    came = imports(HEAD.replace("Plan/Actual", heading) + ROW)
    assert came.left_out() == [f"0:8: 1 cell: {why}; to take it, name it with --column"]


@pytest.mark.parametrize(
    "heading", ["Nov-10", "01/11/2010", "2010-11-01", "10-Nov", "Nov-10 £k", "Nov-2010", "Saving Nov-10"]
)
def test_a_date_in_a_heading_that_was_a_year_is_asked_about(imports: Import, heading: str) -> None:
    came = imports(f"Theme,Scheme,{heading},2016/17 £k,Paper\nVehicles,Fleet,£5k,6,paper-2017\n")
    assert came.places() == ["1:3: bad-year"]
    assert came.stops()[0].endswith("format the column as text, and write '2010/11', if that was typed")
    assert came.left_out() == []


@pytest.mark.parametrize("heading", ["Apr-16", "31/03/2017", "2016-04-01", "10-Foo"])
def test_another_date_in_a_heading_is_no_year(imports: Import, heading: str) -> None:
    came = imports(f"Theme,Scheme,{heading},2016/17 £k,Paper\nVehicles,Fleet,5,6,paper-2017\n")
    assert came.stops() == []
    assert came.left_out() == ["0:3: 1 cell: no heading that is known; to take it, name it with --column"]


def test_a_day_in_a_heading_of_a_workbook_is_asked_about(imports: Import) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Theme", "Scheme", dt.date(2010, 11, 1), "2016/17 £k", "Paper"])
        sheet.append(["Vehicles", "Fleet", "£5k", 6, "paper-2017"])

    assert imports(make_workbook(fill), name="sheet.xlsx").places() == ["1:3: bad-year"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#N/A", "'#N/A' is what a spreadsheet shows for a formula that fails; mend the formula, or write what should"),
        ("#REF!", "'#REF!' is what a spreadsheet shows for a formula that fails; mend the formula, or write what"),
        ("#NAME?", "'#NAME?' is what a spreadsheet shows for a formula that fails; mend the formula, or write what"),
        ("Err:502", "'Err:502' is what a spreadsheet shows for a formula that fails; mend the formula, or write what"),
        ("#####", "'#####' is what a spreadsheet shows for a formula that fails; mend the formula, or write what"),
        ("=B2", "'=B2' is a formula, and not what it came to; write the value"),
    ],
)
def test_what_failed_in_a_spreadsheet_is_no_text_of_a_ledger(imports: Import, text: str, message: str) -> None:
    columns = {"area": 1, "project": 2, "forces": 3, "benefit": 4, "year": 7, "amount": 9, "paper": 10, "note": 12}
    for field, column in columns.items():
        came = imports.row(**{field: text})
        assert came.stops()[0].startswith(f"2:{column}: unreadable-cell: {message}"), field


def test_what_only_looks_like_a_failure_is_a_text(imports: Import) -> None:
    for text in ("#1 of the year", "E-fit", "= as last year", "Error!", "# N/A"):
        came = imports.row(note=text)
        assert came.stops() == []
        assert came.project("fleet")["benefits"]["fuel"]["statements"][0]["note"] == text


def test_a_note_of_a_workbook_that_failed_or_was_never_worked_out_is_asked_about(imports: Import) -> None:
    def fill(sheet: Worksheet) -> None:
        fill_rows(sheet, [line.split(",") for line in (HEAD + ROW + ROW.replace("Fuel", "Oil")).splitlines()])
        sheet["L2"], sheet["L3"] = "=K2", "#N/A"
        sheet["L3"].data_type = "e"

    came = imports(make_workbook(fill), name="sheet.xlsx")
    assert came.places() == ["2:12: unreadable-cell", "3:12: unreadable-cell"]


def test_an_amount_that_is_merged_over_rows_or_years_is_asked_about(imports: Import) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Area", "Project", "2015/16 £k", "2016/17 £k"])
        sheet.append(["Vehicles", "Fleet", 1, 2])
        sheet.append(["Vehicles", "Bikes", None, 3])
        sheet.append(["Vehicles", "Vans", 4, None])
        sheet.append(["Vehicles", "Boats", None, None])
        sheet.merge_cells("C2:C3")
        sheet.merge_cells("C4:D5")

    came = imports(make_workbook(fill), "--source", "paper-2017", name="sheet.xlsx")
    remedy = "undo that, and write the amount where it belongs"
    assert came.stops() == [
        f"3:3: bad-amount: cells C2:C3 are merged, and have one amount, '1'; {remedy}",
        f"4:4: bad-amount: cells C4:D5 are merged, and have one amount, '4'; {remedy}",
        f"5:3: bad-amount: cells C4:D5 are merged, and have one amount, '4'; {remedy}",
        f"5:4: bad-amount: cells C4:D5 are merged, and have one amount, '4'; {remedy}",
    ]
    # 4 in headings; of the row of Fleet 4, all taken; of Bikes 3, of Vans 3 and of Boats 2 in doubtful rows
    assert came.said["cells"] == {"headings": 4, "taken": 4, "doubtful": 8}


def test_of_a_row_with_several_figures_what_is_told_is_told_once(imports: Import) -> None:
    came = imports("Theme,Scheme,Plan £k,Actual £k,Paper,FY\nVehicles,Fleet,5,6,SCB 14/06/2017 Paper 7,2016-17\n")
    assert [each["rows"] for each in came.said["read"]] == [[2]] * len(came.said["read"])


def test_a_heading_that_may_be_a_project_or_an_area_is_the_area_beside_a_project(imports: Import) -> None:
    came = imports(HEAD.replace("Area", "Workstream") + ROW)
    assert came.project("fleet")["benefits"]["fuel"]["area"] == "vehicles"
    came = imports(HEAD.replace("Project", "Workstream") + ROW)
    assert came.project("fleet")["benefits"]["fuel"]["area"] == "vehicles"


def test_what_is_the_same_in_every_row_may_be_given(imports: Import) -> None:
    came = imports("Year,£k\n2016/17,5\n", "--every", "project=Fleet", "--every", "area=Vehicles", "--every",
    "basis=actual",
                   "--every", "category=saving", "--source", "paper-2017")  # fmt: skip
    assert came.stops() == []
    assert came.project("fleet")["benefits"]["savings"]["statements"] == [
        {"source": "paper-2017", "actual": {"2016/17": "£5k"}}
    ]
    assert imports("Year,£k\n2016/17,5\n").stops() == [
        (
            "2:0: missing-key: no column gives the project; head one 'Project', or name it with --column "
            "project=HEADING, or one for "
            "all with --every project=…"
        ),
        (
            "2:0: missing-key: no column gives the source; head one 'Source', or name it with --column "
            "source=HEADING, or one for "
            "all with --every source=…"
        ),
    ]
    assert imports("Scheme,£k\nFleet,5\n", "--source", "paper-2017").places() == ["2:0: missing-key"]


def test_a_new_benefit_needs_an_area(imports: Import) -> None:
    came = imports("Scheme,Year,£k,Paper\nFleet,2016/17,5,paper-2017\n")
    assert came.stops() == [
        (
            "2:0: missing-key: the area of 'Benefits' is not given; give it in a column headed 'Area', or one for "
            "all with --every "
            "area=…"
        )
    ]


def test_whether_it_comes_every_year_is_a_property(imports: Import) -> None:
    came = imports(HEAD.replace("Notes", "Recurring?") + ROW.replace(",\n", ",One-off\n"))
    assert came.project("fleet")["benefits"]["fuel"]["recurrence"] == "one-off"


def test_what_the_sheet_does_not_say_is_told(imports: Import) -> None:
    came = imports("Theme,Scheme,Year,£k,Paper\nVehicles,Fleet,2016/17,5,paper-2017\n")
    assert [(each["column"], each["value"], each["why"]) for each in came.said["read"] if not each["text"]] == [
        (0, "fleet/benefits", ""),
        (0, "reported", "the sheet does not say what kind of figure it is"),
        (0, "unclassified", "the sheet does not say what kind of benefit it is"),
    ]
    assert (
        "- every row: a blank is read as reported (the sheet does not say what kind of figure it is): row 2"
        in " ".join(
            imports.run("Theme,Scheme,Year,£k,Paper\nVehicles,Fleet,2016/17,5,paper-2017\n").stdout.split("\n  ")
        )
    )


# --- sums


@pytest.mark.parametrize(
    ("total", "sum_"),
    [
        ("£12k", "True: the rows above come to £12,000 too"),
        ("£6k", "True: what stands of the benefits (actuals, else estimates) above come to £6,000 too"),
        ("£7k", ("False: it is the sum of no rows that can be told: the rows above come to £12,000; benefits "
                "less costs above come "
                "to £8,000; benefits above come to £10,000; what stands of the benefits (actuals, else "
                "estimates) above come to "
                "£6,000; what stands of benefits less costs above come to £4,000")),
        ("", "None: it has no amount, and is compared with nothing"),
        ("lots", "None: 'lots' is not an amount of money: it is compared with nothing"),
    ],
)  # fmt: skip
def test_a_row_of_sums_is_compared_with_what_it_may_be_the_sum_of(imports: Import, total: str, sum_: str) -> None:
    rows = ROW.replace("£5k", "£6k") + ROW.replace("£5k", "£4k").replace("Actual", "Est")
    cost = ROW.replace("Saving,Y", "Cost,").replace("£5k", "£2k")
    came = imports(f"{HEAD}{rows}{cost},TOTAL,,,,,2016/17,,{total},,,\n")
    assert came.status == 0
    assert came.sums() == [f"5:9: {sum_}"]
    assert came.said["cells"]["compared"] == 2 + bool(total)


def test_sub_totals_are_of_the_rows_since_the_one_before(imports: Import) -> None:
    other = ROW.replace("2016/17", "2015/16").replace("£5k", "£2k")
    came = imports(f"{HEAD}{ROW},Fleet total,,,,,,,£5k,,,\n{other},Sub-total 2,,,,,,,£2k,,,\n,Total,,,,,soon,,£7k,,,\n")
    assert came.sums() == [
        "3:9: True: the rows above come to £5,000 too",
        "5:9: True: the rows since row 3 come to £2,000 too",
        "6:9: True: the rows above come to £7,000 too",
    ]


def test_of_a_row_of_sums_what_is_no_sum_is_left_out(imports: Import) -> None:
    came = imports(HEAD + ROW + ",,,Total,,,2016/17,,£5k,,,=SUM\n")
    assert came.left_out() == ["3:12: =SUM: it stands in a row of sums"]
    assert came.said["cells"] == {"headings": 12, "taken": 11, "compared": 3, "left_out": 1}

    def fill(sheet: Worksheet) -> None:
        fill_rows(sheet, [line.split(",") for line in (HEAD + ROW).splitlines()])
        sheet.append(["Total", None, None, None, None, None, "2016/17", None, "=SUM(I2:I2)"])

    came = imports(make_workbook(fill), name="sheet.xlsx")
    assert came.sums() == ["3:9: None: its formula '=SUM(I2:I2)' was never worked out, and is compared with nothing"]


def test_a_row_called_total_of_which_a_paper_is_named_is_a_figure(imports: Import) -> None:
    came = imports.row(project="Total Facilities Management")
    assert came.files() == {"projects/total-facilities-management.yaml": "new"}


def test_a_project_that_is_called_total_is_one_if_the_ledger_has_it(imports: Import, make_folder: MakeFolder) -> None:
    make_folder({"projects/total-place.yaml": "name: Total place\n"})
    came = imports(HEAD + ROW.replace("Fleet", "Total place").replace("paper-2017", ""), "--source", "paper-2017")
    assert came.files() == {"projects/total-place.yaml": "added to"}


# --- notes


def test_what_a_note_says_is_kept_and_not_guessed_into_a_status_or_shares(imports: Import) -> None:
    came = imports(HEAD + ROW.replace(",\n", ",PROJECT CLOSED Sept 2017\n")
                   + ROW.replace("2016/17", "2015/16").replace(",\n", ",split 50/30/20 by size\n"))  # fmt: skip
    notes = [each["note"] for each in came.project("fleet")["benefits"]["fuel"]["statements"]]
    assert notes == ["2016/17: PROJECT CLOSED Sept 2017; 2015/16: split 50/30/20 by size"]
    public = "Notes are for readers: statements, the report and the paper print them."
    with_notes, without = (imports.run(HEAD + ROW.replace(",\n", end)).stdout for end in (",who asked?\n", ",\n"))
    assert (public in " ".join(with_notes.split()), public in " ".join(without.split())) == (True, False)
    assert [(each["row"], each["column"], each["help"]) for each in came.said["told"]] == [
        (2, 12, "no status is made of it: if a paper says so, emcollab add fleet --source paper-2017 --status closed"),
        (3, 12, "no shares are made of it: if a paper gives them, write them under 'shares' of the benefit"),
    ]


# --- workbooks


def test_a_workbook_gives_what_the_same_sheet_as_text_gives(imports: Import) -> None:
    rows = [line.split(",") for line in (HEAD + ROW).splitlines()]
    book = imports(make_workbook(lambda sheet: fill_rows(sheet, rows)), name="sheet.xlsx")
    text = imports(HEAD + ROW)
    assert book.said | {"file": "", "sheet": ""} == text.said | {"file": "", "sheet": ""}
    assert imports(make_workbook(lambda sheet: fill_rows(sheet, rows)), "--sheet", "Sheet", name="a.xlsx").status == 0


def test_what_a_workbook_says_beside_its_texts(imports: Import) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Area", "Project", "Year", "Amount", "Paper"])
        for year, amount in (
            (dt.date(2016, 11, 1), "£5k"), (dt.date(2026, 11, 10), "£5k"), (dt.date(2016, 4, 1), "£5k"),
            ("2016/17", "#N/A"),
            ("2016/17", "=D2"), ("2016/17", dt.date(2016, 4, 1)), ("2015/16", 5000),
        ):  # fmt: skip
            sheet.append(["Vehicles", "Fleet", year, amount, "paper-2017"])
        sheet["D5"].data_type = "e"
        sheet["D8"].number_format = '"£"#,##0'
        sheet.row_dimensions[8].hidden = True

    def fill_percentage(sheet: Worksheet) -> None:
        fill_rows(
            sheet,
            [["Area", "Project", "Year", "Amount £", "Paper"], ["Vehicles", "Fleet", "2016/17", "", "paper-2017"]],
        )
        sheet["D2"] = 0.94
        sheet["D2"].number_format = "0%"

    assert (
        imports(make_workbook(fill_percentage), name="sheet.xlsx")
        .stops()[0]
        .startswith("2:4: unread-percentage: a percentage, '94%', in a column of amounts")
    )
    came = imports(make_workbook(fill), name="sheet.xlsx")
    typed = (
        "where a year should be: spreadsheets make dates of '2010/11' and of '10-11'; format the column as "
        "text, and write"
    )
    assert came.stops() == [
        f"2:3: bad-year: a date, 1 November 2016, {typed} the year, as '2010/11'",
        f"3:3: bad-year: a date, 10 November 2026, {typed} '2010/11', if that was typed",
        f"4:3: bad-year: a date, 1 April 2016, {typed} the year, as '2010/11'",
        (
            "5:4: unreadable-cell: '#N/A' is what a spreadsheet shows for a formula that fails; mend the formula, "
            "or write what should "
            "be there"
        ),
        (
            "6:4: unreadable-cell: the formula '=D2' was never worked out; open the workbook in a spreadsheet "
            "program and save it, or "
            "write the value"
        ),
        "7:4: bad-amount: a date, 1 April 2016, in a column of amounts; write the amount",
    ]
    assert came.said["figures"]["new"] == 1
    assert "8:0: the row is hidden, and read as the others are" in came.told()


def test_merged_cells_are_read_as_of_all_their_rows_and_told(imports: Import) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Area", "Project", "2015/16 £k", "2016/17 £k"])
        sheet.append(["Vehicles", "Fleet", 1, None])
        sheet.append([None, None, None, 2])
        sheet.append([None, "Bikes", 3, 4])
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("B2:B3")

    came = imports(make_workbook(fill), "--source", "paper-2017", name="sheet.xlsx")
    assert came.stops() == []
    assert came.project("fleet")["benefits"]["benefits"]["statements"][0]["reported"] == {
        "2015/16": "£1k",
        "2016/17": "£2k",
    }
    assert [each for each in came.said["read"] if "merged" in each["why"]] == [
        {"column": 1, "text": "Vehicles", "value": "'Vehicles'", "why": "cells A2:A4 are merged", "rows": [3, 4]},
        {"column": 2, "text": "Fleet", "value": "'Fleet'", "why": "cells B2:B3 are merged", "rows": [3]},
    ]
    blank = imports("Theme,Scheme,Year,£k,Paper\nVehicles,Fleet,2016/17,5,paper-2017\n,,2015/16,5,paper-2017\n")
    assert blank.stops() == ["3:2: missing-key: the project is blank; write in each row a project"]


def test_a_formula_gives_what_it_came_to(imports: Import) -> None:
    import zipfile

    rows = [["Area", "Project", "Year", "Amount £", "Paper"], ["Vehicles", "Fleet", "2016/17", "=2*3", "paper-2017"]]
    data = make_workbook(lambda sheet: fill_rows(sheet, rows))
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stored, "w") as new:
        for member in old.infolist():
            content = (
                old.read(member)
                .replace(b"<f>2*3</f><v></v>", b"<f>2*3</f><v>6</v>")
                .replace(b"<f>2*3</f><v />", b"<f>2*3</f><v>6</v>")
            )
            new.writestr(member, content)
    came = imports(stored.getvalue(), name="sheet.xlsx")
    assert came.stops() == []
    assert came.said["read"][-1] == {
        "column": 4, "text": "=2*3", "value": "£6",
        "why": "what the formula came to when the workbook was saved", "rows": [2]
    }  # fmt: skip


# --- the command


def test_the_draft_says_what_it_would_do_and_how(imports: Import) -> None:
    shown = imports.run(HEAD + ROW.replace("2016/17", "2016-17")).stdout
    title, _, rest = shown.split("\n", 2)
    assert title == "sheet.csv: a draft of what it adds"
    assert rest == dedent("""
        23 cells with something in them: 12 in headings and 11 taken. 1 new figure.

        How cells were read
        -------------------

        - C (Forces): 'Thornshire; Marlshire' is read as thornshire, marlshire: row 2
        - F (Cashable?): 'Y' is read as cashable: row 2
        - G (Year): '2016-17' is read as 2016/17: row 2

        Files
        -----

        - projects/fleet.yaml: new

        New ids, made of names

        What     Name    Id
        -------  ------  ----------
        project  Fleet   fleet
        benefit  Fuel    fleet/fuel

        Northmark police collaboration (£)

        Area                          2016/17
        --------------------------  ---------
        Vehicles                        5,000
        --------------------------  ---------
        TOTAL                          £5,000
        of which
          savings                       5,000
            cashable                    5,000
              cash releasing                -
            non-cashable                    -
            cashability not stated          -
          funding                           -
          unclassified                      -

        - nothing stated.

        Nothing is written yet. Run it again with --write to add it to the ledger.
        """)


def test_what_is_doubtful_is_shown_at_its_cell_once_for_all_of_its_rows(imports: Import) -> None:
    rows = ROW.replace("Actual", "Guess")
    ran = imports.run(HEAD + rows + rows.replace("2016/17", "2015/16") + rows.replace("2016/17", "2014/15"), "--write")
    said = " ".join(ran.stdout.split())
    assert ran.status == 1
    assert "sheet.csv:2:H (Plan/Actual): unknown-value: 'Guess' is no basis that is known; write one of: " in said
    assert "'words: {basis: {Guess: …}}' (so in rows 3 and 4)" in said
    assert "Nothing is written: 3 doubts above have to be mended in the sheet, or answered in its rules." in said
    assert "TOTAL" not in said
    assert not (imports.folder / "projects").exists()


def test_long_lists_are_cut_and_json_has_all(imports: Import) -> None:
    rows = "".join(ROW.replace("Fleet", f"Scheme {number}") for number in range(250))
    shown = imports.run(HEAD + rows).stdout
    assert "- and 50 more; --format json has all\n" in shown
    assert "And 300 more.\n" in shown
    assert "'Y' is read as cashable: rows 2 to 251\n" in shown
    scattered = "".join(
        ROW.replace("Fleet", f"Scheme {number}").replace(",Y,", ",Yes," if number % 2 else ",Y,")
        for number in range(40)
    )
    assert ", 14, 16 and 12 more places\n" in " ".join(imports.run(HEAD + scattered).stdout.split(" ")).replace(
        "\n  ", " "
    )


def test_the_page_tells_what_is_left_out_compared_and_new(imports: Import) -> None:
    sheet = (ACROSS.replace("Paper", "Paper,RAG") + ACROSS_ROW.replace("\n", ",G\n")
             + "Estates,Offices,Rent,5,-,1,,paper-2017,\n"
             + "Estates,Offices,Sales,5,-,1,6,Board 1/2/2018 P7,\n* a note,\nTotal,,,,,99,\n")  # fmt: skip
    ran = imports.run(sheet)
    shown = ran.stdout.replace("\n  ", " ")
    for line in (
        (
            "- column I (RAG), 1 cell: a grade of how it goes, for which a ledger has no place; to take it, name it "
            "with --column"
        ),
        "- row 5: it has no amount: a note, or a heading: * a note",
        "- E (2015/16 Actual (£k)): '-': nothing is stated: rows 3 and 4",
        "- sheet.csv:4:G (Total): '6': the rows in its row come to £6,000 too",
        "source   P7, Board, 2018-02-01  board-2018-02-01-p7",
        "benefit  Sales                  offices/sales",
    ):
        assert f"{line}\n" in shown, shown
    written = " ".join(imports.run(sheet, "--write").stdout.split())
    assert "3 files written. Give the new papers their titles in sources.yaml. Look at them, " in written
    assert "TOTAL" in imports.run(sheet).stdout
    assert "New ids" not in imports.run(sheet).stdout
    more = sheet.replace("Fuel", "Oil").replace("2015/16 Plan (£k)", "2014/15 Plan (£k)")
    assert "2014/15 Plan" in imports.run(more).stdout


def test_without_openpyxl_a_workbook_is_refused(imports: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    ran = imports.run(b"PK\x03\x04", name="sheet.xlsx")
    assert ran.status == 2
    assert ran.stderr.endswith("pip install 'emcollab[import]'; or save the sheet as CSV.\n")


def test_another_package_that_is_missing_is_not_hidden(imports: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zipfile", None)
    with pytest.raises(ModuleNotFoundError, match="zipfile"):
        imports.run(b"PK\x03\x04", name="sheet.xlsx")


def test_the_page_comes_in_other_formats(imports: Import) -> None:
    assert imports.run(HEAD + ROW, "--format", "markdown").stdout.startswith("# ")
    assert "<h1>" in imports.run(HEAD + ROW, "--format", "html").stdout
    target = imports.tmp_path / "draft.json"
    assert imports.run(HEAD + ROW, "--output", str(target), "--format", "json").stdout == ""
    assert json.loads(target.read_text(encoding="utf-8"))["written"] is False


def test_strict_lets_all_that_is_told_stop_it(imports: Import) -> None:
    ran = imports.run(HEAD + ROW.replace("2016/17", "2016-17"), "--strict", "--write")
    assert ran.status == 1
    assert "Nothing is written: with --strict, 3 things told above have to be mended too." in " ".join(
        ran.stdout.split()
    )
    plain = HEAD.replace("Cashable?,", "") + "Vehicles,Fleet,thornshire,Fuel,Saving,2016/17,Actual,£5k,paper-2017,4,\n"
    assert imports.run(plain, "--strict", "--write").status == 0


def test_what_is_pasted_is_read_from_standard_input(imports: Import, tmp_path: Path) -> None:
    from tests.conftest import run_python

    pasted = tmp_path / "pasted.txt"
    pasted.write_text((HEAD + ROW).replace(",", "\t"), encoding="utf-8")
    ran = run_python("-c", f"import sys\nsys.stdin = open({str(pasted)!r})\nsys.argv[1:] = ['--data', "
                           f"{str(imports.folder)!r}, 'import', '-']\n"
                     "from emcollab.cli import main\nmain()", cwd=tmp_path)  # fmt: skip
    assert (ran.status, ran.stderr) == (0, "")
    assert ran.stdout.startswith("pasted: a draft of what it adds\n")
    ran = run_python("-c", f"import sys\nsys.stdin = None\nsys.argv[1:] = ['--data', {str(imports.folder)!r}, "
                           f"'import', '-']\n"
                     "from emcollab.cli import main\nmain()", cwd=tmp_path)  # fmt: skip
    assert (ran.status, ran.stderr) == (3, "emcollab: there is no standard input to read\n")


def test_rules_are_kept_and_read_the_next_time(imports: Import) -> None:
    head = HEAD.replace("Benefit", "What it is").replace("Amount", "Worth")
    options = (
        "--column",
        "benefit=What it is",
        "--column",
        "amount=worth",
        "--unit",
        "£k",
        "--every",
        "owner=Head of Fleet",
    )
    ran = imports.run(head + ROW.replace("£5k", "5"), *options, "--save-rules")
    rules = imports.tmp_path / "import.yaml"
    assert (ran.status, ran.stderr) == (0, "wrote how the sheet is read to import.yaml\n")
    assert rules.read_text(encoding="utf-8").splitlines()[-3:] == ["unit: £k", "every:", "  owner: Head of Fleet"]
    came = imports(head + ROW.replace("£5k", "5"))
    assert came.stops() == []
    assert came.project("fleet")["benefits"]["fuel"]["statements"][0]["owner"] == "Head of Fleet"
    other = imports.tmp_path / "other.yaml"
    rules.rename(other)
    assert imports.run(head + ROW, "--rules", str(other)).status == 0


@posix
def test_rules_are_not_kept_where_a_link_leads_out_of_the_repository(imports: Import) -> None:
    (imports.tmp_path / ".git").mkdir()
    (imports.tmp_path / "import.yaml").symlink_to("../victim")
    ran = imports.run(HEAD + ROW, "--save-rules", "--write")
    assert (ran.status, ran.stdout) == (2, "")
    assert "'import.yaml' leads out of" in ran.stderr
    assert not (imports.tmp_path.parent / "victim").exists()
    assert not (imports.folder / "projects/fleet.yaml").exists()


def test_rules_of_what_is_pasted_need_a_file(imports: Import) -> None:
    ran = invoke("--data", imports.folder, "import", "-", "--save-rules")
    assert ran.status == 2
    assert "--save-rules needs --rules FILE, where there is no file beside which to keep them." in ran.stderr


def test_a_column_that_counts_the_rows_is_no_paper(imports: Import) -> None:
    came = imports(HEAD.replace("Paper", "Ref") + ROW.replace("paper-2017", "1"), "--source", "paper-2017")
    assert came.stops() == []
    assert came.left_out() == ["0:10: 1 cell: what counts the rows; to take it, name it with --column"]
    assert imports(HEAD.replace("Paper", "Ref") + ROW).stops() == []


def test_rules_that_are_faulty_are_refused_at_their_place(imports: Import) -> None:
    (imports.tmp_path / "import.yaml").write_text("colums: {amount: X}\n", encoding="utf-8")
    ran = imports.run(HEAD + ROW)
    assert ran.status == 1
    assert "import.yaml:1:1: unknown-key: " in ran.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--column", "amount"), "Invalid value for --column: 'amount' is not FIELD=VALUE."),
        (("--column", "amout=X"), "there is no field 'amout'; did you mean 'amount'?"),
        (("--every", "area="), "'area=' is not FIELD=VALUE."),
        (
            ("--every", "area=a", "--every", "area=b"),
            "Invalid value for --every: 'area' is given twice, and counts once; leave one out.",
        ),
        (("--column", "area=A", "--column", "area=B"), "'area' is given twice, and counts once; leave one out."),
        (("--unit", "kg"), "'kg' is not one of '£', '£k', '£m'"),
    ],
)
def test_misuse_is_told(imports: Import, options: tuple[str, ...], said: str) -> None:
    ran = imports.run(HEAD + ROW, *options)
    assert ran.status == 2
    assert said in ran.stderr


@pytest.mark.parametrize(
    ("sheet", "options", "said"),
    [
        ("a,b\nc,d\n", (), ("missing-key: no row of headings is found in the first 30 rows; head the columns, as "
                           "'Project', "
                           "'Benefit', 'Year', 'Amount'; or use --column; of a table as a paper prints it, --table")),
        ("Area,Project,Paper\nx,y,z\n", (), ("missing-key: no column of amounts is found; head one 'Amount', or "
                                            "by its year, or "
                                            "'Plan' or 'Actual'; or name it with --column amount=HEADING; of a "
                                            "table as a paper prints it, --table")),
        ("Area,Project,Saving p.a.,Paper,Worth\nx,y,5,z,6\n", (), (
            "missing-key: no column of amounts is found; with numbers are C (Saving p.a.), E (Worth); head one "
            "'Amount', or by its year, or 'Plan' or 'Actual'; or name it with --column amount=HEADING; of a table as "
            "a paper prints it, --table")),
        (HEAD + ROW, ("--column", "amount=Worth"), ("missing-key: no column is headed 'Worth'; write one of: "
                                                   "'Area', 'Project', "
                                                   "'Forces', 'Benefit', 'Type', 'Cashable?', 'Year', "
                                                   "'Plan/Actual', 'Amount', "
                                                   "'Paper', 'Para', 'Notes'; or a letter")),
        ('"' + HEAD + ROW + ROW, (),
         ("swallowed-text: in row 1, a quotation mark that is not closed where its cell ends: its cell goes on for 3 "
         "more lines; take it out, or write it twice within quotation marks")),
        ("", (), "empty-file: the sheet is empty; name one with a row of headings and rows below it"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_read_at_all_is_refused(
    imports: Import, sheet: str, options: tuple[str, ...], said: str
) -> None:
    ran = imports.run(sheet, *options)
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr == f"sheet.csv: {said}\n"


def test_a_column_called_total_is_of_amounts_if_there_is_no_other(imports: Import) -> None:
    came = imports("Theme,Scheme,Year,Total £k,Paper\nVehicles,Fleet,2016/17,5,paper-2017\n")
    assert came.said["figures"]["new"] == 1


# --- properties

CELL = st.one_of(
    st.sampled_from(["", "Fleet", "Vehicles", "Total", "2016/17", "FY17", "£5k", "(5)", "5", "tbc", "Actual",
    "Est", "paper-2017",
                     "Board 1/2/2017 P7", "Thornshire", "All", "Y", "Cost", "Saving", "94%", "Fuel"]),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8),
)  # fmt: skip


@given(st.lists(st.lists(CELL, min_size=12, max_size=12), max_size=6))
def test_every_cell_is_taken_compared_left_out_or_asked_about(rows: list[list[str]]) -> None:
    import csv

    from emcollab.loading.load import load
    from emcollab.records.rules import Rules
    from emcollab.writing.figures import import_figures
    from emcollab.writing.sheet import read_sheet
    from tests.conftest import with_defaults

    text = io.StringIO()
    csv.writer(text).writerows([HEAD.strip().split(","), *rows])
    files = with_defaults({})
    sheet = read_sheet("a.csv", text.getvalue().encode())
    came = import_figures(sheet, Rules(), load(files))
    assert sum(came.counts.values()) == sum(1 for cells in sheet.rows for cell in cells if cell.text)
    assert bool(came.counts.get("doubtful")) <= bool(came.stops)
    if not came.stops:
        assert (
            len(came.changes.loaded.ledger.figures) == came.draft.added if came.changes.loaded else not came.draft.added
        )
        again = {**files, **{path: new for path, (_, new) in came.changes.files.items()}}
        assert import_figures(sheet, Rules(), load(again)).changes.files == {}


# --- the sheet that a programme officer keeps

SHEET = Path(__file__).parent / "sheets/westmarch.csv"
WESTMARCH = {
    "ledger.yaml": "title: Westmarch\n",
    "areas.yaml": "{}\n",
    "forces.yaml": "avonmoor: {name: Avonmoor}\nwyedale: {name: Wyedale}\ngloucester-vale: {name: Gloucester Vale}\n",
    "sources.yaml": "{}\n",
}
MENDED = (
    ('"210,000"', '"£210,000"'), ('"(350,000)"', '"(£350,000)"'), ('"(80,000)"', '"(£80,000)"'), ("Glos Vale;",
    "Gloucester Vale;"),
    ('Glos Vale",', 'Gloucester Vale",'), ("; Glos Vale,", "; Gloucester Vale,"), ("FY23", "2022/23"),
    ("Grant,,2022/23,Actual", "Grant,,2022/23,Est"),
)  # fmt: skip


def test_the_sheet_is_told_what_cannot_be_right_and_once_mended_becomes_a_ledger(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    imports = Import(make_folder(WESTMARCH), tmp_path)
    came = imports(SHEET.read_bytes())
    forces = [f"{row}:4: unknown-force" for row in (21, 22, 24, 25, 26, 27, 28, 35, 36, 37)]
    others = ["4:10: bad-amount", "19:10: bad-amount", "20:10: bad-amount", "28:10: early-actual", "35:8: bad-year"]
    assert sorted(came.places()) == sorted(forces + others)
    assert [(each["text"], each["rows"]) for each in came.said["read"] if each["column"] == 8] == [
        ("2021-22", [2]), ("2022-23", [3, 6]), ("2023-24", [7]), ("pa", [37]),
    ]  # fmt: skip
    text = SHEET.read_text(encoding="cp1252")
    for wrong, right in MENDED:
        assert wrong in text
        text = text.replace(wrong, right)
    came = imports(text.encode("cp1252"), "--write")
    assert (came.stops(), came.said["written"]) == ([], True)
    assert came.sums()[0].startswith("38:10: True: what stands of the benefits")
    assert came.said["cells"] == {"headings": 14, "taken": 383, "compared": 5, "left_out": 73}
    ledger, problems = check(imports.folder)
    assert (problems, len(ledger.figures)) == ([], 34)
    assert imports(text.encode("cp1252")).files() == {}
    assert totals_of(imports.folder) == add_up(text)


def totals_of(folder: Path) -> dict[str, Decimal]:
    ran = invoke("--data", folder, "totals", "--format", "json", "--unit", "£")
    return {year: Decimal(str(amount)) for year, amount in json.loads(ran.stdout)["total"].items()}


def add_up(text: str) -> dict[str, Decimal]:
    """Return the totals by year of the sheet by sqlite: of each benefit and year an actual, else the estimate."""
    import csv

    database = sqlite3.connect(":memory:")
    database.execute("create table figures (name, year, basis, pence)")
    for row in csv.DictReader(io.StringIO(text)):
        amount = row["Value"].strip("£ ()").replace(",", "")
        if (
            row["Type"] in {"Saving", "Grant"}
            and row["Plan / Est / Actual"] in {"Est", "Actual"}
            and row["FY"] != "pa"
            and amount != "tbc"
        ):
            factor = {"k": 100_000, "m": 100_000_000}.get(amount[-1], 100)
            pence = int(Decimal(amount.rstrip("km")) * factor)
            name = row["Project"].strip().casefold() + row["Benefit / cost"]
            database.execute(
                "insert into figures values (?, ?, ?, ?)",
                (name, row["FY"].replace("-", "/"), row["Plan / Est / Actual"], pence),
            )
    sums = database.execute("""
        select year, sum(pence) from figures a
        where basis = 'Actual' or not exists (
            select 1 from figures b where (b.name, b.year, b.basis) = (a.name, a.year, 'Actual'))
        group by year order by year""")
    return {year: Decimal(pence) / 100 for year, pence in sums}
