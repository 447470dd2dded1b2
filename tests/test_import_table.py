"""`import --table`: printed tables of many kinds, the record that is made of each, and what is told and asked of it."""

import json
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from emcollab.loading.load import load
from emcollab.values.problems import BadValue
from emcollab.values.terms import PRINTED_ROWS
from emcollab.writing.printed.draft import Request
from emcollab.writing.printed.outcome import import_table
from emcollab.writing.printed.page import as_document, make_page
from emcollab.writing.sheet import read_sheet
from tests.conftest import Files, MakeFolder, Ran, invoke, open_clean, with_defaults

PROJECTS: Files = {
    "projects/control-room.yaml": """
        name: Shared control room
        benefits:
          staff:
            area: estates
            category: saving
            cashability: cash-releasing
            statements:
              - source: paper-2016
                plan: {2015/16: £240k}
                actual: {2015/16: £219.5k}
              - source: paper-2016
                as_at: 2015-09-30
                estimate: {2015/16: £232k}
        costs:
          fees:
            area: estates
            statements: [{source: paper-2016, actual: {2015/16: £4k}}]
        """,
    "projects/fleet.yaml": """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            cashability: cashable
            statements:
              - source: paper-2016
                plan: {2015/16: £80k}
        """,
}

MONITORING = """
    Savings monitoring 2015/16 - £k,,,,,,,
    Directorate,Plan,Month 6,Achieved,Pressures,Shortfall,% achieved,RAG
    Contact,,,,,,,
    Shared control room,240,232,"219.5",(4.0),24.5,91%,A
    Front counters,85,85,85.0,-,0.0,100%,G
    Contact total,325,317,304.5,(4.0),24.5,94%,
    Vehicles,,,,,,,
    Joint fleet,80,82,84.5,-,(4.5),106%,G
    Workshop,10,10,(3.2),(1.5),14.7,-32%,R
    Vehicles total,90,92,81.3,(1.5),10.2,90%,
    TOTAL,415,409,385.8,(5.5),35.7,93%,
    "* month 6 as reported to the board of 15 October 2015"
    """


def write_sheet(folder: Path, text: str) -> Path:
    file = folder.parent / "table.csv"
    file.write_text(dedent(text).removeprefix("\n"), encoding="utf-8")
    return file


def imported(folder: Path, sheet: str | Path, *options: str, status: int = 0) -> dict[str, Any]:
    file = sheet if isinstance(sheet, Path) else write_sheet(folder, sheet)
    arguments = ("import", file, "--table", "--data", folder, "--format", "json")
    source = () if "--source" in options else ("--source", "paper-2016")
    ran = invoke(*arguments, *source, *options)
    assert (ran.status, ran.stderr) == (status, "")
    answer: dict[str, Any] = json.loads(ran.stdout, parse_float=Decimal)
    return answer


def record(text: str) -> dict[str, Any]:
    value: dict[str, Any] = yaml.load(dedent(text), Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts
    return {"source": "paper-2016", **value}


def stops(answer: dict[str, Any]) -> list[tuple[int, int, str]]:
    return [(each["row"], each["column"], each["code"]) for each in answer["stops"]]


def told(answer: dict[str, Any]) -> list[str]:
    return [f"{each['row']}:{each['column']}: {each['message']}" for each in answer["told"]]


# --- what tables are held to be

TABLES = {
    "a percentage of another year, which only rounding makes one of this year": (
        """
        Savings (£m),,,
        ,2017/18,2018/19,2019/20
        Fleet,1.2,1.4,1.5
        Estates,0.4,0.5,0.4
        Total,1.6,1.9,1.9
        Increase,,0.3,-
        % increase,,18.8%,0.0%
        """,
        """
        title: Savings (£m)
        unit: £m
        years: [2017/18, 2018/19, 2019/20]
        rows:
          fleet: {label: Fleet, cells: [1.2, 1.4, 1.5]}
          estates: {label: Estates, cells: [0.4, 0.5, 0.4]}
          increase: {label: Increase, in_total: false, cells: ["", 0.3, "-"]}
          increase-2: {label: "% increase", compare: false, in_total: false, cells: ["", 18.8%, 0.0%]}
        totals: {label: Total, cells: [1.6, 1.9, 1.9]}
        """,
    ),
    "a percentage of another column, which only rounding makes one of this": (
        """
        Savings (£m),,,
        ,2017/18,2018/19,% up
        Fleet,1.2,1.1,97%
        Estates,0.4,0.5,136%
        """,
        """
        title: Savings (£m)
        unit: £m
        columns:
          - {label: 2017/18, period: 2017/18}
          - {label: 2018/19, period: 2018/19}
          - {label: "% up", compare: false}
        rows:
          fleet: {label: Fleet, cells: [1.2, 1.1, 97%]}
          estates: {label: Estates, cells: [0.4, 0.5, 136%]}
        """,
    ),
    "a title beside the units of the columns": (
        """
        2015/16 Outturn,£000,£000,%
        Scheme,Budget,Outturn,Variance
        Fleet,"1,200","1,150",-4.2%
        HQ,800,825,3.1%
        """,
        """
        title: 2015/16 Outturn
        unit: £k
        columns:
          - {label: Budget, period: 2015/16, basis: plan}
          - {label: Outturn, period: 2015/16, basis: actual}
          - {label: Variance, adds: [Outturn], less: [Budget], of: Budget}
        rows:
          fleet: {label: Fleet, cells: ["1,200", "1,150", -4.2%]}
          hq: {label: HQ, cells: [800, 825, 3.1%]}
        """,
    ),
    "columns up to a quarter and a month": (
        """
        Monitoring 2019/20 (£k),,,
        ,Profile to Q3,Actual to Q3,Forecast to December 2019,Variance to Q3
        Fleet,90,85,85,(5)
        HQ,38,40,39,2
        Total,128,125,124,(3)
        """,
        """
        title: Monitoring 2019/20 (£k)
        unit: £k
        columns:
          - {label: Profile to Q3, period: 2019/20 to 2019-12, basis: plan}
          - {label: Actual to Q3, period: 2019/20 to 2019-12, basis: actual}
          - {label: Forecast to December 2019, period: 2019/20 to 2019-12, basis: estimate}
          - {label: Variance to Q3, adds: [Actual to Q3], less: [Profile to Q3]}
        rows:
          fleet: {label: Fleet, cells: [90, 85, 85, (5)]}
          hq: {label: HQ, cells: [38, 40, 39, 2]}
        totals: {label: Total, cells: [128, 125, 124, (3)]}
        """,
    ),
    "headings over headings, and columns beside them": (
        """
        Table 2: Benefits by directorate (£k),,,,,,
        ,2014/15,,2015/16,,,
        Directorate,Plan,Actual,Plan,Actual,RAG,Lead
        Control room,120,112.5,240,219.5,A,Chief Inspector
        Fleet,40,42.8,80,84.5,G,Fleet manager
        Forensics,-,-,30,TBC,R,
        Total,160,155.3,350,304.0,,
        """,
        """
        at: Table 2
        title: Benefits by directorate (£k)
        unit: £k
        columns:
          - {label: "2014/15: Plan", period: 2014/15, basis: plan}
          - {label: "2014/15: Actual", period: 2014/15, basis: actual}
          - {label: "2015/16: Plan", period: 2015/16, basis: plan}
          - {label: "2015/16: Actual", period: 2015/16, basis: actual}
          - {label: RAG, compare: false}
          - {label: Lead, compare: false}
        rows:
          control-room: {label: Control room, cells: [120, 112.5, 240, 219.5, A, Chief Inspector]}
          fleet: {label: Fleet, cells: [40, 42.8, 80, 84.5, G, Fleet manager]}
          forensics: {label: Forensics, cells: ["-", "-", 30, TBC, R, ""]}
        totals: {label: Total, cells: [160, 155.3, 350, 304.0, "", ""]}
        """,
    ),
    "parts of rows, a unit in a row, a cost below the totals, a net line and notes": (
        """
        Appendix 1 - Savings and costs,,,
        (£'000),,,
        ,2015/16,2016/17,Total
        Procurement,"1,200","1,350","2,550"
        of which vehicles,400,450,850
        Training,75,150,225
        People services,310,325,635
        o/w posts,200,200,400
        Total savings,"1,585","1,825","3,410"
        Less: cost of tools,(85),(25),(110)
        Net savings,"1,500","1,800","3,300"
        ,,,
        Notes,,,
        1. Vehicles are bought on the framework of 2014.,,,
        """,
        """
        at: Appendix 1
        title: Savings and costs
        unit: £k
        columns:
          - {label: 2015/16, period: 2015/16}
          - {label: 2016/17, period: 2016/17}
          - {label: Total, adds: [2015/16, 2016/17]}
        rows:
          procurement: {label: Procurement, cells: ["1,200", "1,350", "2,550"]}
          of-which-vehicles: {label: of which vehicles, in_total: false, cells: [400, 450, 850]}
          training: {label: Training, cells: [75, 150, 225]}
          people-services: {label: People services, cells: [310, 325, 635]}
          o-w-posts: {label: o/w posts, in_total: false, cells: [200, 200, 400]}
          less-cost-of-tools: {label: "Less: cost of tools", in_total: false, cells: [(85), (25), (110)]}
          net-savings: {label: Net savings, adds: [total, less-cost-of-tools], cells: ["1,500", "1,800", "3,300"]}
        totals: {label: Total savings, cells: ["1,585", "1,825", "3,410"]}
        footnotes: [Notes, 1. Vehicles are bought on the framework of 2014.]
        """,
    ),
    "posts, a level, and sums above their parts, without a word that says so": (
        """
        Posts released by collaboration (FTE)
        Unit,Baseline,2015/16,2016/17,Cumulative
        Contact,325.0,12.5,3.0,15.5
         Control room,240.0,10.0,3.0,13.0
         Front counters,85.0,2.5,-,2.5
        Vehicles,90.5,4.0,1.5,5.5
         Fleet,80.0,3.0,1.5,4.5
         Workshop,10.5,1.0,-,1.0
        All units,415.5,16.5,4.5,21.0
        """,
        """
        title: Posts released by collaboration (FTE)
        measure: posts
        columns:
          - {label: Baseline, compare: false}
          - {label: 2015/16, period: 2015/16}
          - {label: 2016/17, period: 2016/17}
          - {label: Cumulative, adds: [2015/16, 2016/17]}
        rows:
          contact: {label: Contact, adds: [control-room, front-counters], cells: [325.0, 12.5, 3.0, 15.5]}
          control-room: {label: Control room, cells: [240.0, 10.0, 3.0, 13.0]}
          front-counters: {label: Front counters, cells: [85.0, 2.5, "-", 2.5]}
          vehicles: {label: Vehicles, adds: [fleet, workshop], cells: [90.5, 4.0, 1.5, 5.5]}
          fleet: {label: Fleet, cells: [80.0, 3.0, 1.5, 4.5]}
          workshop: {label: Workshop, cells: [10.5, 1.0, "-", 1.0]}
        totals: {label: All units, cells: [415.5, 16.5, 4.5, 21.0]}
        """,
    ),
    "percentages with and without their sign, and a row of one": (
        """
        Delivery against target 2015/16,,,,,
        Scheme,Target £k,Delivered £k,Variance £k,Variance %,% delivered
        Custody,133,120,13,9.8%,90.2
        Estates,67,71,(4),-6.0%,106.0
        Payroll,310,250,60,19.4%,80.6
        Total,510,441,69,13.5%,86.5
        % of budget delivered,,86%,,,
        """,
        """
        title: Delivery against target 2015/16
        unit: £k
        columns:
          - {label: Target £k, period: 2015/16, basis: plan}
          - {label: Delivered £k, period: 2015/16, basis: actual}
          - {label: Variance £k, adds: [Target £k], less: [Delivered £k]}
          - {label: Variance %, adds: [Variance £k], of: Target £k}
          - {label: "% delivered", adds: [Delivered £k], of: Target £k}
        rows:
          custody: {label: Custody, cells: [133, 120, 13, 9.8%, 90.2]}
          estates: {label: Estates, cells: [67, 71, (4), -6.0%, 106.0]}
          payroll: {label: Payroll, cells: [310, 250, 60, 19.4%, 80.6]}
          of-budget-delivered:
            {label: "% of budget delivered", compare: false, in_total: false, cells: ["", 86%, "", "", ""]}
        totals: {label: Total, cells: [510, 441, 69, 13.5%, 86.5]}
        """,
    ),
    "a heading and a label that are blank, units in cells, headings printed again": (
        """
        What schemes saved
        Scheme,2014/15,2015/16,
        Custody,£1.3m,£1.4m,£2.7m
        Estates,£0.2m,£0.3m,£0.5m
        Scheme,2014/15,2015/16,
        Payroll,£0.1m,Nil,£0.1m
        ,£1.6m,£1.7m,£3.3m
        """,
        """
        title: What schemes saved
        unit: £m
        columns:
          - {label: 2014/15, period: 2014/15}
          - {label: 2015/16, period: 2015/16}
          - {label: Column 4, adds: [2014/15, 2015/16]}
        rows:
          custody: {label: Custody, cells: [£1.3m, £1.4m, £2.7m]}
          estates: {label: Estates, cells: [£0.2m, £0.3m, £0.5m]}
          payroll: {label: Payroll, cells: [£0.1m, Nil, £0.1m]}
        totals: [£1.6m, £1.7m, £3.3m]
        """,
    ),
    "what the ledger holds above nil, printed below it": (
        """
        Change in spending (£m),,
        ,2014/15,2015/16
        Custody,(0.120),(0.240)
        Estates,(0.040),(0.080)
        Training,0.004,-
        Total,(0.156),(0.320)
        """,
        """
        title: Change in spending (£m)
        unit: £m
        sign: negative
        years: [2014/15, 2015/16]
        rows:
          custody: {label: Custody, cells: [(0.120), (0.240)]}
          estates: {label: Estates, cells: [(0.040), (0.080)]}
          training: {label: Training, cells: [0.004, "-"]}
        totals: {label: Total, cells: [(0.156), (0.320)]}
        """,
    ),
    "a plan and what became of it": (
        """
        Business case 2015/16 - £k,,,,
        Project,Plan,Achieved,At risk,Not achievable
        Custody,120.0,112.5,0,7.5
        Estates,40.0,42.8,(2.8),0
        Payroll,30.0,0,30.0,-
        Total,190.0,155.3,27.2,7.5
        """,
        """
        title: Business case 2015/16 - £k
        unit: £k
        columns:
          - {label: Plan, period: 2015/16, basis: plan, adds: [Achieved, At risk, Not achievable]}
          - {label: Achieved, period: 2015/16, basis: actual}
          - {label: At risk, period: 2015/16, basis: at_risk}
          - {label: Not achievable, period: 2015/16, basis: not_achievable}
        rows:
          custody: {label: Custody, cells: [120.0, 112.5, 0, 7.5]}
          estates: {label: Estates, cells: [40.0, 42.8, (2.8), 0]}
          payroll: {label: Payroll, cells: [30.0, 0, 30.0, "-"]}
        totals: {label: Total, cells: [190.0, 155.3, 27.2, 7.5]}
        """,
    ),
    "units in a row, several of them; a period that is no year; a part of the year": (
        """
        Effects 2015/16
        Scheme,Full year effect,Actual to November 2015,Recurring saving,Posts
        ,£k,£k,£k,FTE
        Custody,120,60,60,2.5
        Estates,40,30,10,1.0
        of which:,,,,
        Depots,30,30,10,1.0
        Yards,10,-,-,-
        Total,160,90,70,3.5
        """,
        """
        title: Effects 2015/16
        unit: £k
        columns:
          - {label: Full year effect, period: a year}
          - {label: Actual to November 2015, period: 2015/16 to 2015-11, basis: actual}
          - {label: Recurring saving, period: 2015/16, category: saving, recurrence: recurring}
          - {label: Posts, period: 2015/16, measure: posts}
        rows:
          custody: {label: Custody, cells: [120, 60, 60, 2.5]}
          estates: {label: Estates, cells: [40, 30, 10, 1.0]}
          of-which: {label: "of which:"}
          depots: {label: Depots, in_total: false, cells: [30, 30, 10, 1.0]}
          yards: {label: Yards, in_total: false, cells: [10, "-", "-", "-"]}
        totals: {label: Total, cells: [160, 90, 70, 3.5]}
        """,
    ),
    "a heading over one column, columns of one name, of another unit, and without cells": (
        """
        Outlook 2015/16 (£k)
        ,Now,Then,,,
        ,Plan,Plan,Plan,Value £m,Forecast at November 2015,Remarks
        Custody,1,2,3,0.4,5,
        Note: the depot opened late.
        ,,,,,,
        Estates,0,0,0,0.0,0,
        Tools,TBC,TBC,TBC,TBC,TBC,
        """,
        """
        title: Outlook 2015/16 (£k)
        unit: £k
        columns:
          - {label: "Now: Plan", period: 2015/16, basis: plan}
          - {label: "Then: Plan", period: 2015/16, basis: plan}
          - {label: "Then: Plan (2)", period: 2015/16, basis: plan}
          - {label: "Then: Value £m", period: 2015/16, unit: £m}
          - {label: "Then: Forecast at November 2015", period: 2015/16, basis: estimate, as_at: 2015-11-30}
          - {label: "Then: Remarks", compare: false}
        rows:
          custody: {label: Custody, cells: ["1", "2", "3", "0.4", "5", ""]}
          estates: {label: Estates, cells: ["0", "0", "0", "0.0", "0", ""]}
          tools: {label: Tools, cells: [TBC, TBC, TBC, TBC, TBC, ""]}
        footnotes: ["Note: the depot opened late."]
        """,
    ),
    "what is recurrent, in the year and to date, under a title that names the month": (
        """
        Savings programme to November 2015 (£k)
        ,,In year,,,To date,,
        Scheme,Recurrent plan,Plan,Forecast,Variance,Plan,Actual,Variance
        Operations,,,,,,,
        Custody,300,240,225,(15),160,150,(10)
        Fleet,80,80,82,2,53,55,2
        Total,380,320,307,(13),213,205,(8)
        """,
        """
        title: Savings programme to November 2015 (£k)
        unit: £k
        columns:
          - {label: Recurrent plan, period: 2015/16, basis: plan, recurrence: recurring}
          - {label: "In year: Plan", period: 2015/16, basis: plan}
          - {label: "In year: Forecast", period: 2015/16, basis: estimate}
          - {label: "In year: Variance", adds: ["In year: Forecast"], less: ["In year: Plan"]}
          - {label: "To date: Plan", period: 2015/16 to 2015-11, basis: plan}
          - {label: "To date: Actual", period: 2015/16 to 2015-11, basis: actual}
          - {label: "To date: Variance", adds: ["To date: Actual"], less: ["To date: Plan"]}
        rows:
          operations: {label: Operations}
          custody: {label: Custody, cells: ["300", "240", "225", (15), "160", "150", (10)]}
          fleet: {label: Fleet, cells: ["80", "80", "82", "2", "53", "55", "2"]}
        totals: {label: Total, cells: ["380", "320", "307", (13), "213", "205", (8)]}
        """,
    ),
    "a row that is in no total, and nothing says so": (
        """
        Savings (£k)
        ,2014/15,2015/16
        Custody,10,20
        the cells,4,5
        Estates,30,40
        Total,40,60
        """,
        """
        title: Savings (£k)
        unit: £k
        years: [2014/15, 2015/16]
        rows:
          custody: {label: Custody, cells: ["10", "20"]}
          the-cells: {label: the cells, in_total: false, cells: ["4", "5"]}
          estates: {label: Estates, cells: ["30", "40"]}
        totals: {label: Total, cells: ["40", "60"]}
        """,
    ),
    "a name like that of a net line, and a sub-total to which nothing comes": (
        """
        Savings (£k)
        ,2014/15,2015/16,2016/17
        Net zero fleet,10,20,30
        Custody,30,40,50
        Sub-total of estates,7,8,9
        Total,40,60,80
        """,
        """
        title: Savings (£k)
        unit: £k
        years: [2014/15, 2015/16, 2016/17]
        rows:
          net-zero-fleet: {label: Net zero fleet, cells: ["10", "20", "30"]}
          custody: {label: Custody, cells: ["30", "40", "50"]}
          sub-total-of-estates: {label: Sub-total of estates, compare: false, in_total: false, cells: ["7", "8", "9"]}
        totals: {label: Total, cells: ["40", "60", "80"]}
        """,
    ),
    "a net line that takes away, a row of percentages, and a row without a label": (
        """
        What came of it (£k)
        ,2014/15,2015/16
        Plan,200,400
        Savings,150,300
        Costs,30,50
        Net,120,250
        ,7,8
        Savings as % of plan,75%,75%
        Success rate,1%,2%
        """,
        """
        title: What came of it (£k)
        unit: £k
        years: [2014/15, 2015/16]
        rows:
          plan: {label: Plan, cells: ["200", "400"]}
          savings: {label: Savings, cells: ["150", "300"]}
          costs: {label: Costs, cells: ["30", "50"]}
          net: {label: Net, adds: [savings], less: [costs], cells: ["120", "250"]}
          row-7: {label: row-7, compare: false, in_total: false, cells: ["7", "8"]}
          savings-as-of-plan: {label: Savings as % of plan, adds: [savings], of: plan, cells: [75%, 75%]}
          success-rate: {label: Success rate, compare: false, in_total: false, cells: [1%, 2%]}
        """,
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_becomes_its_record(make_folder: MakeFolder, name: str) -> None:
    sheet, expected = TABLES[name]
    folder = make_folder()
    answer = imported(folder, sheet, "--id", "t", "--write")
    assert answer["table"] == record(expected)
    assert answer["stops"] == []
    assert {each["verdict"] for each in answer["sums"]} <= {"exact"}
    written = yaml.load((folder / "published/t.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts
    assert written == record(expected)
    assert invoke("validate", folder).status == 0


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_somewhere(make_folder: MakeFolder, name: str) -> None:
    sheet, _ = TABLES[name]
    answer = imported(make_folder(), sheet)
    import csv

    filled = sum(1 for row in csv.reader(dedent(sheet).splitlines()) for cell in row if cell.strip())
    assert sum(answer["cells"].values()) == filled


# --- tables with a slip of their source

THREE_YEARS = """
    ;2013/14;2014/15;2015/16;Total
    ;£'000;£'000;£'000;£'000
    Procurement of vehicles;1,200;1,350*;1,400*;3,950
    Shared training;0;75;150;225
    Legal services;-;TBC;60;60
    Total;1,200;1,425;1,610;4,253
    * estimate;;;;
    """


def test_a_total_with_a_slip_is_still_one_and_stops_until_it_is_accepted(make_folder: MakeFolder) -> None:
    folder = make_folder({"ledger.yaml": "title: Northmark\nunit: £k"})
    options = ("--title", "Savings to date", "--at", "Table 1")
    answer = imported(folder, THREE_YEARS, *options, status=1)
    assert stops(answer) == [(6, 5, "unexplained-sum")]
    assert "{row: total, column: Total, off: £18k, why: …} (--accept 6:E 'why')" in answer["stops"][0]["help"]
    assert [each for each in answer["sums"] if each["verdict"] != "exact"] == [
        {"row": 6, "column": 5, "printed": 4253000, "worked_out": 4235000, "difference": 18000, "slack": slack,
         "unit": "GBP", "verdict": "out", "why": None}
        for slack in (2000, 2000)
    ]  # fmt: skip
    assert "accepted_differences" not in answer["table"]
    assert not (folder / "published").exists()

    answer = imported(folder, THREE_YEARS, *options, "--accept", "6:E", "Two digits changed places.", "--write")
    assert answer["table"] == record("""
        at: Table 1
        title: Savings to date
        unit: £k
        columns:
          - {label: 2013/14, period: 2013/14}
          - {label: 2014/15, period: 2014/15}
          - {label: 2015/16, period: 2015/16}
          - {label: Total, adds: [2013/14, 2014/15, 2015/16]}
        rows:
          procurement-of-vehicles: {label: Procurement of vehicles, cells: ["1,200", "1,350*", "1,400*", "3,950"]}
          shared-training: {label: Shared training, cells: [0, 75, 150, 225]}
          legal-services: {label: Legal services, cells: ["-", TBC, 60, 60]}
        totals: {label: Total, cells: ["1,200", "1,425", "1,610", "4,253"]}
        footnotes: ["* estimate"]
        accepted_differences: [{row: total, column: Total, off: £18k, why: Two digits changed places.}]
        """)
    assert answer["files"] == {"published/paper-2016-table-1.yaml": "new"}
    assert {each["verdict"] for each in answer["sums"]} == {"exact", "out and explained"}
    assert invoke("validate", folder).status == 0


def test_the_same_table_twice_adds_nothing_and_another_of_its_name_is_refused(make_folder: MakeFolder) -> None:
    folder = make_folder()
    sheet, _ = TABLES["a plan and what became of it"]
    imported(folder, sheet, "--id", "t", "--write")
    before = (folder / "published/t.yaml").read_bytes()
    assert imported(folder, sheet, "--id", "t", "--write")["files"] == {}
    other = sheet.replace("112.5", "112.7").replace("155.3", "155.5")
    assert stops(imported(folder, other, "--id", "t", "--write", status=1)) == [(0, 0, "same-id")]
    assert (folder / "published/t.yaml").read_bytes() == before


def test_a_monitoring_table_is_compared_and_what_it_does_not_say_is_asked(make_folder: MakeFolder) -> None:
    folder = make_folder(PROJECTS)
    answer = imported(folder, MONITORING, "--by", "project", "--at", "Table 4", status=1)
    assert stops(answer) == [
        (2, 3, "unclear-column"), (8, 3, "unreconciled-cell"), (8, 4, "unreconciled-cell"), (11, 6, "unexplained-sum"),
    ]  # fmt: skip
    asked = answer["stops"][0]["help"]
    assert asked == "say it with --heading 'Month 6' 'period: 2015/16, basis: estimate, as_at: 2015-09-30'"


def test_a_monitoring_table_with_its_statements_and_its_answers(make_folder: MakeFolder) -> None:
    folder = make_folder(PROJECTS)
    options = (
        "--by", "project", "--at", "Table 4", "--heading", "Month 6",
        "period: 2015/16, basis: estimate, as_at: 2015-09-30", "--accept", "11:F", "A slip: it comes to 34.7.",
    )  # fmt: skip
    draft = imported(folder, MONITORING, *options, "--figures")
    assert draft["figures"] == 2
    assert draft["files"] == {"projects/fleet.yaml": "added to", "published/paper-2016-table-4.yaml": "new"}
    answer = imported(folder, MONITORING, *options, "--figures", "--write")
    assert answer["table"] == record("""
        at: Table 4
        title: Savings monitoring 2015/16 - £k
        by: project
        unit: £k
        columns:
          - {label: Plan, period: 2015/16, basis: plan}
          - {label: Month 6, period: 2015/16, basis: estimate, as_at: 2015-09-30}
          - {label: Achieved, period: 2015/16, basis: actual}
          - {label: Pressures, period: 2015/16, category: cost, sign: negative}
          - {label: Shortfall, adds: [Plan], less: [Achieved, Pressures]}
          - {label: "% achieved", adds: [Achieved], of: Plan}
          - {label: RAG, compare: false}
        rows:
          contact: {label: Contact}
          control-room: [240, 232, 219.5, (4.0), 24.5, 91%, A]
          front-counters: {label: Front counters, compare: false, cells: [85, 85, 85.0, "-", 0.0, 100%, G]}
          contact-total:
            label: Contact total
            adds: [control-room, front-counters]
            cells: [325, 317, 304.5, (4.0), 24.5, 94%, ""]
          vehicles: {label: Vehicles}
          fleet: [80, 82, 84.5, "-", (4.5), 106%, G]
          workshop: {label: Workshop, compare: false, cells: [10, 10, (3.2), (1.5), 14.7, -32%, R]}
          vehicles-total: {label: Vehicles total, adds: [fleet, workshop], cells: [90, 92, 81.3, (1.5), 10.2, 90%, ""]}
        totals: {label: TOTAL, cells: [415, 409, 385.8, (5.5), 35.7, 93%, ""]}
        footnotes: ["* month 6 as reported to the board of 15 October 2015"]
        accepted_differences: [{row: total, column: Shortfall, off: £1k, why: "A slip: it comes to 34.7."}]
        """)
    fleet = yaml.load((folder / "projects/fleet.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts
    assert fleet["benefits"]["fuel"]["statements"] == [
        {"source": "paper-2016", "plan": {"2015/16": "£80k"}},
        {"source": "paper-2016", "at": "Table 4", "as_at": "2015-09-30", "estimate": {"2015/16": "£82k"}},
        {"source": "paper-2016", "at": "Table 4", "actual": {"2015/16": "£84.5k"}},
    ]
    assert invoke("validate", folder).status == 0
    assert imported(folder, MONITORING, *options, "--figures", "--write")["files"] == {}


# --- rows and columns beside the ledger


def test_years_down_and_projects_across(make_folder: MakeFolder) -> None:
    answer = imported(make_folder(PROJECTS), """
        Savings by project 2014/15 to 2015/16 (£k),,,,
        Year,Shared control room,Joint fleet,Dog unit,Total
        2014/15,-,80,5,85
        2015/16,219.5,-,6,225.5
        Total,219.5,80,11,310.5
        """, "--by", "project", status=1)  # fmt: skip
    assert answer["table"] == record("""
        title: Savings by project 2014/15 to 2015/16 (£k)
        by: project
        unit: £k
        columns:
          - {label: Shared control room, project: control-room}
          - {label: Joint fleet, project: fleet}
          - {label: Dog unit, compare: false}
          - {label: Total, adds: [Shared control room, Joint fleet, Dog unit]}
        rows:
          2014-15: {label: 2014/15, period: 2014/15, cells: ["-", "80", "5", "85"]}
          2015-16: {label: 2015/16, period: 2015/16, cells: ["219.5", "-", "6", "225.5"]}
        totals: {label: Total, cells: ["219.5", "80", "11", "310.5"]}
        """)
    assert stops(answer) == [(3, 3, "unreconciled-cell")]
    assert "2:2: 'Shared control room': project control-room" in told(answer)
    assert "2:4: there is no project 'Dog unit'; it is not compared" in told(answer)
    assert "3:1: '2014/15': period 2014/15" in told(answer)


def test_sections_say_which_figures_their_rows_are(make_folder: MakeFolder) -> None:
    folder = make_folder(PROJECTS)
    answer = imported(folder, """
        Savings and costs 2015/16 (£k),
        ,Actual
        Cashable savings,
        Shared control room,219.5
        Sub-total,219.5
        Costs,
        Shared control room,(4.0)
        Sub-total,(4.0)
        Net position,215.5
        """, "--by", "project", "--id", "t", "--write")  # fmt: skip
    rows = record("""
        cashable-savings: {label: Cashable savings}
        control-room: {label: Shared control room, cashability: cashable, cells: ["219.5"]}
        sub-total: {label: Sub-total, adds: [control-room], cells: ["219.5"]}
        costs: {label: Costs}
        costs-control-room:
          {label: Shared control room, project: control-room, category: cost, sign: negative, cells: [(4.0)]}
        costs-sub-total: {label: Sub-total, adds: [costs-control-room], cells: [(4.0)]}
        net-position: {label: Net position, adds: [sub-total, costs-sub-total], cells: ["215.5"]}
        """)
    del rows["source"]
    assert answer["table"]["rows"] == rows
    assert "totals" not in answer["table"]
    assert invoke("reconcile", "t", "--data", folder).status == 0


def test_a_name_that_is_near_is_asked_about_and_the_answer_is_taken(make_folder: MakeFolder) -> None:
    folder = make_folder(PROJECTS)
    sheet = """
        Plans 2015/16 (£k),
        Project,Plan
        Shared control-room,240
        Joint Fleets*,80
        Dog unit,5
        Total,325
        """
    answer = imported(folder, sheet, "--by", "project", status=1)
    assert stops(answer) == [(4, 1, "unknown-row")]
    assert (
        answer["stops"][0]["help"]
        == "did you mean 'Joint fleet'? say --row 'Joint Fleets*' 'id: fleet', or 'compare: false'"
    )
    assert "5:1: there is no project 'Dog unit'; it is not compared" in told(answer)
    answer = imported(folder, sheet, "--by", "project", "--row", "Joint Fleets*", "id: fleet")
    assert answer["table"]["rows"] == {
        "control-room": {"label": "Shared control-room", "cells": ["240"]},
        "fleet": {"label": "Joint Fleets*", "cells": ["80"]},
        "dog-unit": {"label": "Dog unit", "compare": "false", "cells": ["5"]},
    }
    assert "4:1: 'Joint Fleets*': as you say" in told(answer)


@pytest.mark.parametrize(
    ("by", "labels", "ids"),
    [
        ("area", ["Vehicles", "estates", "Grants and support"], ["vehicles", "estates", "grants"]),
        ("force", ["Thornshire Police", "Not apportioned"], ["thornshire", "not-apportioned"]),
        ("category", ["Savings", "Grant funding"], ["saving", "funding"]),
        ("cashability", ["Cash releasing", "Non-cashable"], ["cash-releasing", "non-cashable"]),
        ("benefit", ["Joint fleet: fuel", "Staff", "control-room/fees"],
         ["fleet/fuel", "control-room/staff", "control-room/fees"]),
    ],
)  # fmt: skip
def test_what_rows_stand_for(make_folder: MakeFolder, by: str, labels: list[str], ids: list[str]) -> None:
    rows = "\n".join(f'"{label}",5' for label in labels)
    answer = imported(make_folder(PROJECTS), f"In 2014/15 (£k),\n,Plan\n{rows}\n", "--by", by, status=1)
    assert list(answer["table"]["rows"]) == ids


def test_a_column_of_which_the_ledger_has_nothing_is_told_once(make_folder: MakeFolder) -> None:
    answer = imported(make_folder(PROJECTS), """
        Outlook 2017/18 (£k),
        Project,Forecast
        Shared control room,240
        Joint fleet,80
        """, "--by", "project", status=1)  # fmt: skip
    assert stops(answer) == [(2, 2, "unreconciled-cell")]
    assert answer["stops"][0]["message"] == "the ledger has none of the 2 figures in 'Forecast'"


def test_what_a_column_holds_has_to_be_said_where_it_is_compared(make_folder: MakeFolder) -> None:
    folder = make_folder(PROJECTS)
    sheet = """
        Schemes (£k),,
        Project,Value,2016
        Shared control room,240,2
        Joint fleet,80,4
        """
    assert stops(imported(folder, sheet, "--by", "project", status=1)) == [(2, 2, "unclear-column"), (2, 3, "bad-year")]
    answers = ("--heading", "Value", "period: 2015/16, basis: plan", "--heading", "2016", "compare: false")
    assert imported(folder, sheet, "--by", "project", *answers)["stops"] == []


# --- traps


@pytest.mark.parametrize(
    ("sheet", "stopping"),
    [
        ("S (£k),\n,Nov-10\nCustody,5\n", [(2, 2, "bad-year")]),
        ("S (£k),\n,10-Nov\nCustody,5\n", [(2, 2, "bad-year")]),
        ("S (£k),\nYear,Custody\n2013/14,5\nNov-14,6\n2015/16,6\n", [(4, 1, "bad-year")]),
        ("S 2015/16 (£k),,,\n,Plan,Actual,% achieved\nCustody,120,60,0.5\nEstates,40,30,0.75\n",
         [(2, 4, "bad-percentage")]),
        # a hundred times is the change to the penny; as they are, only rounding could explain them
        ("S (£k),,,\n,2010/11,2011/12,% change\nFleet,1,2,1\nHR,4,3,-0.25\nTotal,5,5,0\n", [(2, 4, "bad-percentage")]),
        ("S (£k),\n,2015/16\nCustody,#N/A\n#REF!,5\nEstates,6\n",
         [(3, 2, "unreadable-cell"), (4, 1, "unreadable-cell")]),
        ("S (£k),\n,2015/16\nCustody,5-\nEstates,4\n", [(3, 2, "unreadable-cell")]),
        ("S (£k),\n,2015/16\nCustody,5\nEstates,50%\n", [(4, 2, "unread-percentage")]),
        ("S,\n,2015/16\nCustody,5\n", [(0, 0, "missing-key")]),
        (",£k\n,2015/16\nCustody,5\n", [(0, 0, "missing-key")]),
        ("S (£k),\n,2015/16\nCustody,5\n,\nEstates,Plan\nTools,7\n", []),
        ("S (£k),,\n,2015/16,2016/17\nCustody,5,6\n,,\nScheme,Plan,Actual\nTools,7,8\n", [(5, 0, "syntax")]),
    ],
)  # fmt: skip
def test_traps(make_folder: MakeFolder, sheet: str, stopping: list[tuple[int, int, str]]) -> None:
    assert stops(imported(make_folder(), sheet, status=1 if stopping else 0)) == stopping


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ("Savings are late\nthis year\n", "missing-key: there is no row with a number in it"),
        ("Custody,5\nEstates,6\n", "missing-key: there is no row of headings above the first numbers, in row 1"),
        ("S,T\n1,2\n3,4\n", "missing-key: no column names the rows"),
        ("S,T\n" + "a,1\n" * 1001, "too-large: the table has 1,001 rows, and no paper prints more than 1,000"),
    ],
)
def test_a_sheet_without_a_table(make_folder: MakeFolder, sheet: str, words: str) -> None:
    folder = make_folder()
    ran = invoke("import", write_sheet(folder, sheet), "--table", "--source", "paper-2016", "--data", folder)
    assert (ran.status, ran.stdout) == (1, "")
    assert words in ran.stderr


# --- workbooks


def test_a_workbook_is_read_as_it_is_seen(make_folder: MakeFolder) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [
        ["Savings (£k)", None, None, None, None],
        [None, "2014/15", None, "2015/16", None],
        [None, "Plan", "Actual", "Plan", "% of plan"],
        ["Custody", 1200, 900.04, 1000, 1.2],
        ["Estates", 50, -4.5, 40, 1.25],
        [None, 25, 25, 20, 1.25],
        ["Total", 1275, 920.54, 1060, 1.2028301],
    ]
    for row in rows:
        sheet.append(row)
    formats = {"B": "#,##0", "C": "0.0;(0.0)", "D": '[$£-809]#,##0"k"', "E": "0%"}
    for letter, number_format in formats.items():
        for row in range(4, 8):
            sheet[f"{letter}{row}"].number_format = number_format
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("D2:E2")
    sheet.merge_cells("A5:A6")
    sheet["E4"].number_format = "@"
    sheet["E4"] = "120%"
    folder = make_folder()
    book.save(folder.parent / "table.xlsx")
    answer = imported(folder, folder.parent / "table.xlsx")
    assert answer["table"] == record("""
        title: Savings (£k)
        unit: £k
        columns:
          - {label: "2014/15: Plan", period: 2014/15, basis: plan}
          - {label: "2014/15: Actual", period: 2014/15, basis: actual}
          - {label: "2015/16: Plan", period: 2015/16, basis: plan}
          - {label: "2015/16: % of plan", adds: ["2014/15: Plan"], of: "2015/16: Plan"}
        rows:
          custody: {label: Custody, cells: ["1,200", "900.0", "£1,000k", "120%"]}
          estates: {label: Estates, cells: ["50", "(4.5)", "£40k", "125%"]}
          estates-2: {label: Estates, cells: ["25", "25.0", "£20k", "125%"]}
        totals: {label: Total, cells: ["1,275", "920.5", "£1,060k", "120%"]}
        """)
    assert "6:1: 'Estates' stands in row 5 too; this one is called 'estates-2' here" in told(answer)


def test_what_a_workbook_has_and_no_paper_prints_stops(make_folder: MakeFolder) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import date

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["S (£k)", None, None, None], [None, date(2010, 11, 1), "Actual", "Since"],
                ["Custody", 5, "#N/A", date(2016, 4, 1)], ["Estates", 6, "=1+1", "TBC"],
                ["Tools", 7, 8, None]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("B4:C4")
    folder = make_folder()
    book.save(folder.parent / "table.xlsx")
    answer = imported(folder, folder.parent / "table.xlsx", status=1)
    assert (2, 2, "bad-year") in stops(answer)
    assert (3, 3, "unreadable-cell") in stops(answer)
    assert "3:4: the day is written as '2016-04-01'" in told(answer)
    assert "4:2: B4:C4 are merged; the text is in the first alone" in told(answer)


# --- statements of figures

CELLS_OF_FLEET = """
    Savings 2015/16 (£k)
    Project,Plan,Actual,Cost,Outturn
    Joint fleet,{}
    """


@pytest.mark.parametrize(
    ("cells", "figures", "told_or_stopping"),
    [
        ("80,70,-,-", 1, [(3, 5, "unreconciled-cell")]),
        ("85,-,-,-", 0, [(3, 2, "conflicting-figures"), (3, 2, "unreconciled-cell")]),
        ("80,70,-,71", 1, [(3, 5, "conflicting-figures"), (3, 5, "unreconciled-cell")]),
        ("80,70,-,70", 1, []),
        ("80,-,5,-", 0, [(3, 4, "unknown-benefit"), (3, 4, "unreconciled-cell")]),
    ],
)
def test_figures_are_stated_where_it_is_clear_of_what(
    make_folder: MakeFolder, cells: str, figures: int, told_or_stopping: list[tuple[int, int, str]]
) -> None:
    folder = make_folder(PROJECTS)
    sheet = CELLS_OF_FLEET.format(cells)
    status = 0 if not told_or_stopping else 1
    answer = imported(folder, sheet, "--by", "project", "--figures", status=status)
    coded = [(each["row"], each["column"], each["code"]) for each in answer["told"] if each["code"]]
    assert (answer["figures"], sorted([*coded, *stops(answer)])) == (figures, told_or_stopping)


def test_a_figure_that_can_be_of_two_benefits_is_told_and_can_be_answered(make_folder: MakeFolder) -> None:
    folder = make_folder({
        **PROJECTS,
        "projects/fleet.yaml": """
            name: Joint fleet
            benefits:
              fuel:
                area: vehicles
                category: saving
                recurrence: recurring
                statements:
                  - source: paper-2017
                    actual: {2016/17: £80k}
              tyres:
                area: vehicles
                category: saving
                statements:
                  - source: paper-2017
                    actual: {2016/17: £8k}
              posts:
                area: vehicles
                category: saving
                measure: posts
                statements:
                  - source: paper-2017
                    actual: {2016/17: 8}
            """,
    })  # fmt: skip
    sheet = CELLS_OF_FLEET.format("80,70,-,70")
    answer = imported(folder, sheet, "--by", "project", "--figures", status=1)
    said = [each for each in answer["told"] if each["code"] == "unknown-benefit"]
    assert said[0]["message"] == "not stated: it can be of fleet/fuel, fleet/tyres"
    assert said[0]["help"] == "say --row 'Joint fleet' 'benefit: …'"
    options = ("--by", "project", "--figures", "--row", "Joint fleet", "id: fleet, benefit: fleet/tyres")
    answer = imported(folder, sheet, *options, "--id", "t", "--write")
    assert (answer["figures"], answer["files"]) == (2, {"projects/fleet.yaml": "added to", "published/t.yaml": "new"})
    assert invoke("validate", folder).status == 0


def test_what_the_ledger_as_it_would_be_is_wrong_with_stops(make_folder: MakeFolder) -> None:
    folder = make_folder({**PROJECTS, "ledger.yaml": "title: N\nlast_year: 2015/16"})
    answer = imported(folder, CELLS_OF_FLEET.replace("2015/16", "2016/17").format("80,-,-,-"),
                      "--by", "project", "--figures", status=1)  # fmt: skip
    assert (0, 0, "year-outside-ledger") in stops(answer)


def test_a_formula_in_the_place_of_what_it_came_to_stops(make_folder: MakeFolder) -> None:
    answer = imported(make_folder(), "S (£k),\n,2015/16\nCustody,5\nTotal,=B3\n", status=1)
    assert "'=B3' is a formula, and not what is printed" in [each["message"] for each in answer["stops"]]


# --- the command


def test_a_cell_that_is_a_sum_down_and_across_is_told_as_both(make_folder: MakeFolder) -> None:
    folder = make_folder()
    # 6 + 9 is 15 down, and 7 + 8 across; 50 + 50 is 100 per cent of it, and not 90
    write_sheet(folder, "S (£k),,,\n,2015/16,2016/17,Total\nCustody,4,2,6\nEstates,3,6,9\nTotal,7,8,18\n")
    ran = invoke("--data", folder, "import", folder.parent / "table.csv", "--table", "--source", "paper-2016")
    said = " ".join(ran.stdout.split()).partition("Its own arithmetic")[2]
    assert "6 sums worked out: 4 exact and 2 out -" in said
    for which in ("down", "across"):
        assert f":5:D: out: £18k is printed, and its parts {which} come to £15k; off by £3k, and " in said


def test_what_rounding_could_explain_of_a_percentage_is_told_shortly(make_folder: MakeFolder) -> None:
    folder = make_folder()
    # 2 of 7 is 28.57 per cent, and 2.5 of 6.5 38.46: 9.89 more, and half of the last printed place
    write_sheet(folder, "S (£k),,,\n,Plan,Actual,% achieved\nFleet,7,2,30%\nHR,80,40,50%\nIT,90,81,90%\n")
    ran = invoke("--data", folder, "import", folder.parent / "table.csv", "--table", "--source", "paper-2016")
    said = (
        ":3:D: within rounding: 30% is printed, and its parts come to 29%; off by 1%, and rounding could explain 10.39%"
    )
    assert f"{said} " in " ".join(ran.stdout.split())


def test_the_draft_as_a_page(make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_folder()
    write_sheet(folder, "Savings (£k),,\n,2015/16,2016/17\nCustody,4,2\nEstates,3,3\nTotal,8,9\n")
    monkeypatch.chdir(folder.parent)
    ran = invoke("import", "table.csv", "--table", "--source", "paper-2016")
    assert ran.status == 1
    assert ran.stdout == dedent("""\
        table.csv: a draft of published/paper-2016.yaml
        ===============================================

        12 cells with something in them: 1 in the title, 2 in headings and 9 in rows.

        What stops it from being written
        --------------------------------

        - table.csv:5:C: unexplained-sum: the paper prints '9' for total, 2016/17, and its own sum comes to
          5; check the cells; if they are as printed, accept it: {row: total, column: 2016/17, off: £4k,
          why: …} (--accept 5:C 'why')

        How it was read, to be confirmed
        --------------------------------

        - table.csv:1:A: the title
        - table.csv:1:A: 'Savings (£k)' says that amounts are in £k
        - table.csv:2:B: '2015/16': period 2015/16 (by its heading)
        - table.csv:2:C: '2016/17': period 2016/17 (by its heading)
        - table.csv:5:A: 'Total': the totals, of every row once (so in 1 column, of which 1 within rounding,
          and out in column 2016/17)

        Where that is not so, say what is: --heading HEADING 'period: 2010/11, basis: actual', or --row
        LABEL 'compare: false', with the keys of columns and rows in data/README.

        Its own arithmetic
        ------------------

        - 2 sums worked out: 1 within rounding and 1 out
        - table.csv:5:B: within rounding: £8k is printed, and its parts come to £7k; off by £1k, and
          rounding could explain £1.5k
        - table.csv:5:C: out: £9k is printed, and its parts come to £5k; off by £4k, and rounding could
          explain £1.5k

        published/paper-2016.yaml
        -------------------------

            source: paper-2016
            title: Savings (£k)
            unit: £k
            years: [2015/16, 2016/17]
            rows:
              custody: {label: Custody, cells: [4, 2]}
              estates: {label: Estates, cells: [3, 3]}
            totals: {label: Total, cells: [8, 9]}

        Nothing is written: 1 of the lines above is to be mended, answered or confirmed first.
        """)
    accept = ("--accept", "5:3", "As printed.")
    ends = ("Nothing is written yet. Look at each line above, and run it again with --write.\n",
            "Written. Look at it, and at `emcollab reconcile paper-2016`; then commit it.\n",
            "Nothing is to be written: the ledger has all of it.\n")  # fmt: skip
    for end, more in zip(ends, ((), ("--write",), ("--write",)), strict=True):
        ran = invoke("import", "table.csv", "--table", "--source", "paper-2016", *accept, *more)
        assert (ran.status, ran.stdout.endswith(end)) == (0, True)


NEW_PAPER = ("--paper", "Outturn", "--body", "Board", "--date", "2017-06-01")


@pytest.mark.parametrize("more", [(), ("--figures", "--by", "project")])
def test_the_paper_of_a_table_may_be_added_with_it(make_folder: MakeFolder, more: tuple[str, ...]) -> None:
    folder = make_folder(PROJECTS)
    sheet = write_sheet(folder, "Savings (£k),\n,2016/17\nFleet,4\nTotal,4\n")
    options = (*NEW_PAPER, "--mark", "B", "--at", "Table 1", *more)

    def write() -> Ran:
        return invoke("import", sheet, "--table", "--data", folder, *options, "--write")

    assert write().status == 0
    assert open_clean(folder).sources["board-2017-06-01-paper-b"].title == "Outturn"
    assert open_clean(folder).published["board-2017-06-01-paper-b-table-1"].source == "board-2017-06-01-paper-b"
    again = write()
    assert "table.csv: there already as published/board-2017-06-01-paper-b-table-1.yaml =" in " ".join(
        again.stdout.split()
    )
    assert again.stdout.endswith("Nothing is to be written: the ledger has all of it.\n")


def test_a_paper_that_cannot_be_added_is_told(make_folder: MakeFolder) -> None:
    sheet = "Savings (£k),\n,2016/17\nFleet,4\n"
    answer = imported(make_folder(PROJECTS), sheet, *NEW_PAPER[:-1], "June 2017", "--source", "outturn", status=1)
    assert "bad-date" in [code for _, _, code in stops(answer)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (NEW_PAPER[:-2], "a new paper needs --body and --date."),
        (("--mark", "B"), "--mark is of a new paper: give its title with --paper."),
        ((*NEW_PAPER, "--source", "paper-2016"), "there is a paper 'paper-2016' already, 'Benefits in 2015/16' of"),
    ],
)
def test_what_cannot_be_asked_of_a_paper(make_folder: MakeFolder, options: tuple[str, ...], words: str) -> None:
    folder = make_folder()
    ran = invoke("import", write_sheet(folder, MONITORING), "--table", "--data", folder, *options)
    assert (ran.status, ran.stdout) == (2, "")
    assert words in ran.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--heading", "Plan", "basis: [plan"), "'basis: [plan' cannot be read"),
        (("--row", "Custody", "["), "'[' cannot be read"),
        (("--accept", "F11", "why"), "'F11' is not ROW:COLUMN, such as '11:F'."),
        (("--by", "year"), "'year' is not one of"),
        ((), "name it with --source ID"),
    ],
)
def test_what_cannot_be_asked_for(make_folder: MakeFolder, options: tuple[str, ...], words: str) -> None:
    folder = make_folder()
    source = ("--source", "paper-2016") if options else ()
    sheet, _ = TABLES["a plan and what became of it"]
    ran = invoke("import", write_sheet(folder, sheet), "--table", *source, "--data", folder, *options)
    assert (ran.status, ran.stdout) == (2, "")
    assert words in ran.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--by", "area"), "--by is for a printed table; add --table."),
        (("--id", "t"), "--id is for a printed table; add --table."),
        (("--figures",), "--figures is for a printed table; add --table."),
        (("--table", "--column", "note=Remarks"), "--column is for a sheet of figures, not with --table."),
        (("--table", "--save-rules"), "--save-rules is for a sheet of figures, not with --table."),
    ],
)
def test_options_that_are_of_the_other_kind_of_sheet(
    make_folder: MakeFolder, options: tuple[str, ...], words: str
) -> None:
    folder = make_folder()
    ran = invoke("import", write_sheet(folder, MONITORING), "--source", "paper-2016", "--data", folder, *options)
    assert (ran.status, ran.stdout) == (2, "")
    assert words in ran.stderr


def test_with_strict_everything_has_to_be_confirmed(make_folder: MakeFolder) -> None:
    sheet, _ = TABLES["a plan and what became of it"]
    answer = imported(make_folder(), sheet, "--strict", "--write", status=1)
    assert (answer["written"], answer["stops"]) == (False, [])


def test_what_is_said_of_no_column_row_or_paper_is_told(make_folder: MakeFolder) -> None:
    sheet, _ = TABLES["a plan and what became of it"]
    answer = imported(
        make_folder(), sheet, "--heading", "Plann", "compare: false", "--row", "Custod", "compare: false",
        "--accept", "3:B", "why", "--source", "paper-2061", status=1,
    )  # fmt: skip
    assert stops(answer) == [
        (0, 0, "unknown-column"), (0, 0, "unknown-row"), (0, 0, "unknown-source"), (3, 2, "needless-acceptance"),
    ]  # fmt: skip


def test_keys_that_are_none_are_told_where_they_were_given(make_folder: MakeFolder) -> None:
    sheet, _ = TABLES["a plan and what became of it"]
    answer = imported(
        make_folder(), sheet, "--heading", "At risk", "basis: atrisk", "--row", "Custody", "adds: [estates, {a: b}]",
        status=1,
    )  # fmt: skip
    assert stops(answer) == [(2, 4, "unknown-value"), (3, 1, "wrong-type")]


# --- any sheet at all

CELLS = (
    "", "", "5", "12.5", "(4.0)", "-", "TBC", "Nil", "91%", "£1.3m", "2015/16", "2014-15", "2013", "Nov-10", "Plan",
    "Actual", "Month 6", "Total", "Sub-total", "of which", "Net", "Shared control room", "Joint fleet", "£k", "(FTE)",
    "% of plan", "A", "* a note", "Pressures", "12,000", "5-", "a: b, {c} # d", "Table 1: T", "To date", "\u202e",
    "1e5", "All", "x" * 400,
)  # fmt: skip


@settings(max_examples=150)
@given(
    st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6), min_size=1, max_size=9),
    st.sampled_from(["", *PRINTED_ROWS]),
)
def test_whatever_is_on_a_sheet_there_is_an_answer(rows: list[list[str]], by: str) -> None:
    data = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()
    files = with_defaults(PROJECTS)
    request = Request("paper-2016", by, title="T", unit="£k")
    try:
        came = import_table(read_sheet("t.csv", data), request, load(files), {}, figures=True)
    except BadValue:
        return
    assert not came.changes.problems
    assert came.say_what_stops(strict=False) or came.changes.files
    make_page(came, "t.csv", "", written=False)
    filled = sum(1 for cells in read_sheet("t.csv", data).rows for cell in cells if cell.text)
    assert sum(as_document(came, "t.csv", written=False)["cells"].values()) == filled  # type: ignore[attr-defined]  # counts


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("a plan and what became of it", ["- 8 sums worked out: 8 exact"]),
        ("a heading over one column, columns of one name, of another unit, and without cells", []),
    ],
)
def test_what_is_exact_is_counted_alone(make_folder: MakeFolder, name: str, lines: list[str]) -> None:
    folder = make_folder()
    sheet = write_sheet(folder, TABLES[name][0])
    ran = invoke("import", sheet, "--table", "--source", "paper-2016", "--data", folder)
    assert [line for line in ran.stdout.splitlines() if "worked out" in line] == lines


def test_what_rounding_could_explain_of_a_percentage_has_two_decimals(make_folder: MakeFolder) -> None:
    folder = make_folder()
    sheet = write_sheet(folder, "Savings (£k),,\n,Plan,Got,% got\nFleet,30,10,34%\nHQ,30,15,50%\n")
    ran = invoke("import", sheet, "--table", "--source", "paper-2016", "--data", folder)
    # 10.5 / 29.5 is 35.59..., 2.26 more than 10 / 30; and the half of the printed per cent
    assert "could explain 2.76%" in " ".join(ran.stdout.split())


@pytest.mark.parametrize("options", [("--source", "paper-2061"), ("--by", "category")])
def test_where_no_figure_can_be_stated(make_folder: MakeFolder, options: tuple[str, ...]) -> None:
    sheet = "In 2015/16 (£k),\n,Plan\nSavings,5\n"
    assert imported(make_folder(PROJECTS), sheet, "--figures", *options, status=1)["figures"] == 0


def test_a_file_in_every_format_of_pages(make_folder: MakeFolder) -> None:
    folder = make_folder()
    sheet = write_sheet(folder, "Savings <&> ::warning (£k),\n,2015/16\nCustody | `b`,4\n")
    pages = {
        format_: invoke("import", sheet, "--table", "--source", "paper-2016", "--data", folder, "--format", format_)
        for format_ in ("text", "markdown", "html")
    }
    assert "\n      custody-b: {label: Custody | `b`, cells: [4]}\n" in pages["text"].stdout
    assert "\n      custody-b: {label: Custody | `b`, cells: [4]}\n" in pages["markdown"].stdout
    assert "<pre>source: paper-2016\ntitle: Savings &lt;&amp;&gt; ::warning (£k)\n" in pages["html"].stdout


def test_rows_can_stand_for_what_the_record_says() -> None:
    from typing import get_args

    from emcollab.records.published import Published

    of_record = Published.model_fields["by"].annotation
    assert get_args(get_args(of_record)[0]) == PRINTED_ROWS
