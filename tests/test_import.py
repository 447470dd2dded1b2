"""`emcollab import` of figures: what is taken, asked about, compared and left out; each trap with its plain sentence."""

import datetime as dt
import io
import json
import sqlite3
from collections.abc import Callable
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
from tests.conftest import MakeFolder, Ran, check, invoke, open_clean

HEAD = "Area,Project,Forces,Benefit,Type,Cashable?,Year,Plan/Actual,Amount,Paper,Para,Notes\n"
ROW = "Vehicles,Fleet,Thornshire; Marlshire,Fuel,Saving,Y,2016/17,Actual,£5k,paper-2017,4,\n"


class Imported(NamedTuple):
    """What an import came to."""

    status: int
    said: dict[str, Any]
    folder: Path

    def stops(self) -> list[str]:
        return [f"{each['row']}:{each['column']}: {each['code']}: {each['message']}; {each['help']}" for each in self.said["stops"]]

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
        return invoke("--data", self.folder, "import", str(path), *options)

    def row(self, *options: str, **cells: str) -> Imported:
        """Import a row like `ROW`, but for the cells that are named by their field."""
        fields = "area,project,forces,benefit,type,cashable,year,basis,amount,paper,at,note".split(",")
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
    ledger = open_clean(imports.folder)
    assert [(figure.benefit, figure.amount, figure.basis) for figure in ledger.figures] == [("fuel", Decimal(5000), "actual")]
    before = {path: path.read_bytes() for path in imports.folder.rglob("*.yaml")}
    again = imports(HEAD + ROW, "--write")
    assert (again.status, again.files(), again.said["figures"]) == (0, {}, {"new": 0, "there": 1})
    assert {path: path.read_bytes() for path in imports.folder.rglob("*.yaml")} == before
    assert "Nothing is to be written: the ledger has all of it." in imports.run(HEAD + ROW).stdout


def test_a_new_figure_is_added_below_those_that_are_there(imports: Import) -> None:
    imports(HEAD + ROW, "--write")
    path = imports.folder / "projects/fleet.yaml"
    path.write_text("# ours\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    came = imports.row("--write", year="2015/16", paper="paper-2018", amount="£4k")
    assert came.files() == {"projects/fleet.yaml": "added to"}
    added = "      - source: paper-2018\n        at: \"4\"\n        actual: {2015/16: £4k}\n"
    after = path.read_text(encoding="utf-8")
    assert after.replace(added, "").replace(added.replace('"4"', "4"), "") == before != after


def test_a_changed_amount_is_a_conflict_and_no_second_figure(imports: Import) -> None:
    imports(HEAD + ROW, "--write")
    came = imports.row("--write", amount="£6k")
    assert (came.status, came.said["written"]) == (1, False)
    assert came.stops() == [
        "2:9: conflicting-figures: two amounts for 'actual' of '2016/17': £6,000 here, and £5,000 in the ledger, of the same "
        "paper 'paper-2017'; look which is right; what a paper says is not changed by another sheet"
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
    assert len(came.project("fleet")["benefits"]["fuel"]["statements"]) == 2


def test_what_the_checks_of_the_ledger_find_is_told_at_its_cell(imports: Import) -> None:
    assert imports.row(year="2017/18").places() == ["2:9: early-actual"]
    assert imports.row(year="2012/13").places() == ["2:9: year-outside-ledger"]
    assert imports.row(type="Grant", cashable="Y").places() == ["2:6: misplaced-cashability"]
    assert imports.row(paper="Board 1 June 2090 Paper 1").places() == ["2:10: future-source"]


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
        "2:2: unknown-project: there is no project 'Mobiles Data', and one that is near: 'Mobile data'; write 'Mobile data', or "
        "in the rules 'names: {projects: {Mobiles Data: mobile-data}}', or 'mobiles-data' there for a new one"
    ]
    (imports.tmp_path / "import.yaml").write_text("names: {projects: {Mobiles Data: mobile-data}}\n", encoding="utf-8")
    assert imports.row(project="Mobiles Data").files() == {}
    (imports.tmp_path / "import.yaml").write_text("names: {projects: {Mobiles Data: mobiles-data}}\n", encoding="utf-8")
    assert imports.row(project="Mobiles Data").files() == {"projects/mobiles-data.yaml": "new"}


def test_ids_are_made_of_names_and_shown(imports: Import) -> None:
    shown = imports.run(HEAD + ROW.replace("Fleet", "Café & Société’s fleet (2)")).stdout
    assert "project  Café & Société’s fleet (2)  cafe-societes-fleet-2\n" in shown
    assert imports.row(project="***").places() == ["2:2: bad-id"]
    long = imports.row(project="very " * 30 + "long")
    assert long.files() == {f"projects/{'-'.join(['very'] * 16)}.yaml": "new"}


def test_spellings_of_one_name_are_one_project(imports: Import) -> None:
    came = imports(HEAD + ROW + ROW.replace("Fleet", " FLEET ").replace("2016/17", "2015/16"))
    assert came.read()["FLEET"] == "fleet"
    assert list(came.files()) == ["projects/fleet.yaml"]


def test_a_cost_and_posts_of_the_same_name_have_ids_of_their_own(imports: Import) -> None:
    rows = HEAD + ROW + ROW.replace("Saving,Y", "Cost,") + ROW.replace("Saving,Y", "Saving (posts),").replace("£5k", "2")
    came = imports(rows, "--write")
    added = came.project("fleet")
    assert (list(added["benefits"]), list(added["costs"])) == (["fuel", "fuel-posts"], ["fuel-costs"])
    assert added["benefits"]["fuel-posts"]["measure"] == "posts"
    assert imports(rows).files() == {}
    assert {figure.benefit for figure in came.ledger().figures} == {"fuel", "fuel-posts", "fuel-costs"}


def test_forces_are_named_in_many_ways(imports: Import) -> None:
    for text in ("Thornshire; Marlshire", "Thornshire Police/marlshire", "Thornshire & Marlshire", "Thornshire and Marlshire",
                 "Thornshire + Marlshire", "Thornshire,Marlshire", "All", "All 2"):  # fmt: skip
        came = imports.row(forces=text)
        assert came.project("fleet")["statements"] == [{"source": "paper-2017", "forces": ["thornshire", "marlshire"]}], text
    assert imports.row(forces="All 3").stops() == [
        "2:3: unknown-force: 'All 3' is every force of the region, and the ledger has 2; name the forces, or add those that "
        "lack to forces.yaml"
    ]
    new = imports.row(forces="Thornshire; Devon")
    assert new.said["additions"]["forces.yaml"] == {"devon": {"name": "Devon"}}
    both = imports(HEAD + ROW.replace("Thornshire; Marlshire", "All") + ROW.replace("Marlshire", "Devon").replace("2016", "2015"))
    assert both.places() == ["0:3: unknown-force", "3:7: bad-year"]


def test_partners_that_differ_from_row_to_row_are_told(imports: Import) -> None:
    came = imports(HEAD + ROW + ROW.replace("Thornshire; Marlshire", "Salt Isle").replace("2016/17", "2015/16"))
    assert came.status == 0
    assert came.project("fleet")["statements"] == [{"source": "paper-2017", "forces": ["thornshire", "marlshire", "saltisle"]}]
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
        "3:6: unknown-value: 'fleet/fuel' has 'non-cashable' as its cashability here, and 'cashable' in row 2; write the same in "
        "each row, or give it a name of its own"
    ]
    imports(HEAD + ROW, "--write")
    assert "'cashable' in the ledger" in imports.row(cashable="N", year="2015/16").stops()[0]


# --- papers


def test_a_paper_is_made_of_its_body_date_and_mark(imports: Import) -> None:
    came = imports.row(paper="SCB 20/07/2017 Paper 7")
    assert came.said["additions"]["sources.yaml"] == {
        "scb-2017-07-20-paper-7": {"title": "Paper 7", "body": "SCB", "date": "2017-07-20"}
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
        ("Paper 7", "2:10: unknown-source"), ("14/03/2017", "2:10: unknown-source"), ("SCB 31/02/2017", "2:10: bad-date"),
        ("", "2:10: missing-key"),
    ],
)  # fmt: skip
def test_a_paper_that_cannot_be_made_is_asked_for(imports: Import, text: str, stop: str) -> None:
    assert imports.row(paper=text).places() == [stop]


def test_body_and_date_may_have_columns_of_their_own(imports: Import) -> None:
    came = imports("Theme,Scheme,Committee,Meeting date,Paper,FY,£k\nVehicles,Fleet,Board,20/07/2017,Paper C,2016/17,5\n")
    assert came.stops() == []
    assert came.said["additions"]["sources.yaml"] == {
        "board-2017-07-20-paper-c": {"title": "Paper C", "body": "Board", "date": "2017-07-20"}
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
        ("210,000", "bad-amount: '210,000' has neither sign nor unit; write '£210,000' for pounds; or say --unit £, £k or £m for "
                    "the sheet"),
        ("120", "bad-amount: '120' has neither sign nor unit; write '£120' for pounds, or '£120k' for thousands; or say --unit £, "
                "£k or £m for the sheet"),
        ("94%", "unread-percentage: a percentage, '94%', in a column of amounts; write the amount, or name another column with "
                "--column"),
        ("£5-10k", "bad-amount: '£5-10k' is not an amount of money; write it as '£0.478m', '£30k' or '£1,324,000'"),
        ("c. £5k", "bad-amount: 'c. £5k' is not an amount of money; write it as '£0.478m', '£30k' or '£1,324,000'"),
        ("(£5k", "bad-amount: '(£5k' is not an amount of money; write '-£5k'"),
        ("£1,50", "bad-amount: '£1,50' is not an amount of money; a comma goes before each three digits: write '£1.50' or '£150'"),
        ("£1.2345", "bad-amount: '£1.2345' is finer than a penny; write '£1.23'"),
        ("£5k p.a.", "bad-period: '£5k p.a.' is an amount a year, and its year is '2016/17'; write 'a year' as its year, or take "
                     "'p.a.' out"),
    ],
)  # fmt: skip
def test_amounts_that_cannot_be_taken_are_asked_about(imports: Import, text: str, stop: str) -> None:
    assert imports.row(amount=text).stops() == [f"2:9: {stop}"]


@pytest.mark.parametrize("text", ["", "-", "tbc", "£ tbc", "n/a"])
def test_nothing_stated_is_left_out_and_told(imports: Import, text: str) -> None:
    came = imports.row(amount=text)
    assert (came.stops(), came.said["figures"]["new"]) == ([], 0)
    assert came.left_out()[0].endswith(f": nothing is stated yet: '{text}'" if text else ": it has no amount")


@pytest.mark.parametrize(
    ("heading", "text", "amount"),
    [
        ("£k", "1,234.5", "£1,234.5k"), ("£000", "5", "£5k"), ("Amount (£'000)", "(5)", "-£5k"), ("£m", "0.5", "£0.5m"),
        ("Amount £", "120000", "£120,000"), ("Value (k)", "5", "£5k"), ("£k", "£0.5m", "£0.5m"),
    ],
)  # fmt: skip
def test_the_unit_may_stand_in_the_heading(imports: Import, heading: str, text: str, amount: str) -> None:
    came = imports(HEAD.replace("Amount", f'"{heading}"') + ROW.replace("£5k", f'"{text}"'))
    assert came.project("fleet")["benefits"]["fuel"]["statements"][0]["actual"] == {"2016/17": amount}


def test_pounds_in_a_column_of_thousands_are_asked_about(imports: Import) -> None:
    came = imports(HEAD.replace("Amount", "£k") + ROW.replace("£5k", "£120"))
    assert came.stops() == [
        "2:9: bad-amount: '£120' has a '£', and its heading is in £k; write '£120k' if it is in £k, or '120' alone"
    ]


def test_the_unit_may_be_given_for_the_sheet_or_a_row(imports: Import) -> None:
    assert imports.row("--unit", "£k", amount="5").stops() == []
    came = imports("Area,Project,Year,Value,Unit,Paper\nVehicles,Fleet,2016/17,5,£k,paper-2017\nVehicles,Fleet,2016/17,2,FTE,paper-2017\n")
    stated = came.project("fleet")["benefits"]
    assert stated["benefits"]["statements"][0]["reported"] == {"2016/17": "£5k"}
    assert stated["posts"]["statements"][0]["reported"] == {"2016/17": "2"}


def test_posts_are_counted(imports: Import) -> None:
    for text in ("14.5", "14.5 FTE"):
        came = imports.row(type="Saving (posts)", cashable="n/a", amount=text)
        assert came.project("fleet")["benefits"]["fuel"]["statements"][0]["actual"] == {"2016/17": "14.5"}
    came = imports.row(type="Saving", cashable="", amount="14.5 FTE")
    assert came.project("fleet")["benefits"]["fuel"]["measure"] == "posts"
    assert imports.row(type="Saving (posts)", amount="£5k").places() == ["2:9: bad-amount"]
    assert imports.row(type="Saving (posts)", amount="five").places() == ["2:9: bad-amount"]
    assert imports.row(type="Saving (posts)", amount="nil").read()["nil"] == "0"


# --- costs


def test_a_cost_in_brackets_is_what_is_spent_and_no_gain(imports: Import) -> None:
    came = imports.row("--write", type="COST", cashable="", amount="(£350,000)")
    assert came.said["read"][-1]["value"] == "£350,000"
    assert came.said["read"][-1]["why"] == "what is spent, which is written without a minus"
    figure, = came.ledger().figures
    assert (figure.is_cost, figure.amount) == (True, Decimal(350_000))


def test_a_cost_with_brackets_in_one_row_and_without_in_another_is_asked_about(imports: Import) -> None:
    row = ROW.replace("Saving,Y", "Cost,")
    came = imports(HEAD + row.replace("£5k", "(£5k)") + row.replace("2016/17", "2015/16"))
    assert came.stops() == [
        "3:9: negative-cost: '£5k' here, and '(£5k)' in row 2, of one cost: with a minus and without; write both alike; what came "
        "back of a cost is a benefit"
    ]


# --- periods


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2016-17", "2016/17"), ("2016/2017", "2016/17"), ("16/17", "2016/17"), ("FY2016/17", "2016/17"), ("FY 16-17", "2016/17"),
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
        ("FY17", "'FY17' may be the year that ends or the year that begins in 2017; write '2016/17' or '2017/18', the one that is "
                 "meant"),
        ("2017", "'2017' may be the year that ends or the year that begins in 2017; write '2016/17' or '2017/18', the one that is "
                 "meant"),
        ("Nov-10", "'Nov-10' is a date, where a year should be: spreadsheets make dates of '2010/11' and of '10-11'; format the "
                   "column as text, and write '2010/11', if that was typed"),
        ("10-Nov", "'10-Nov' is a date, where a year should be: spreadsheets make dates of '2010/11' and of '10-11'; format the "
                   "column as text, and write '2010/11', if that was typed"),
        ("01/11/2010", "'01/11/2010' is a date, where a year should be: spreadsheets make dates of '2010/11' and of '10-11'; format "
                       "the column as text, and write '2010/11', if that was typed"),
        ("31 Mar 2017", "'31 Mar 2017' is a date, where a year should be: spreadsheets make dates of '2010/11' and of '10-11'; "
                        "format the column as text, and write the year, as '2010/11'"),
        ("2015/17", "'2015/17' is not a financial year; the two years must follow each other: write '2015/16' or '2016/17'"),
    ],
)  # fmt: skip
def test_a_year_that_may_be_another_is_asked_about(imports: Import, text: str, stop: str) -> None:
    assert imports.row(year=text).stops() == [f"2:7: bad-year: {stop}"]


def test_a_period_that_is_none_or_blank_is_asked_about(imports: Import) -> None:
    assert imports.row(year="soon").places() == ["2:7: bad-period"]
    assert imports.row(year="").stops() == [
        "2:7: missing-key: the period is blank; write a year, or 'a year' or 'in all' where a paper names none in each row"
    ]


# --- words


@pytest.mark.parametrize(
    ("field", "text", "key", "word"),
    [
        ("cashable", "Y - released", "cashability", "cash-releasing"), ("cashable", "N - avoidance", "cashability", "non-cashable"),
        ("cashable", "?", "cashability", None), ("cashable", "n/a", "cashability", None), ("cashable", "unknown", "cashability", None),
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
def test_a_word_that_is_in_no_table_is_asked_about_and_the_rules_answer(imports: Import, field: str, text: str, rules: str) -> None:
    cells = {field: text, "cashable": "" if field == "type" else "Y"} | ({field: text})
    assert imports.row(**cells).status == 1
    (imports.tmp_path / "import.yaml").write_text(f"words: {{{rules}}}\n", encoding="utf-8")
    assert imports.row(**cells).stops() == []


def test_without_columns_for_them_a_figure_is_reported_and_unclassified(imports: Import) -> None:
    came = imports("Area,Project,Year,£k,Paper\nVehicles,Fleet,2016/17,5,paper-2017\n")
    benefit = came.project("fleet")["benefits"]["benefits"]
    assert (benefit["category"], benefit["label"]) == ("unclassified", "Benefits")
    assert benefit["statements"] == [{"source": "paper-2017", "reported": {"2016/17": "£5k"}}]
