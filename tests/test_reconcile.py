"""`emcollab reconcile`: printed tables of the example cell by cell, and the sentence that sums each of them up."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLE, MakeFolder, check, invoke

CELLS = {
    "committee-2016-06-16-table-1": """
        control-room | 2014/15 | - | - | - | 0 | agrees
        control-room | 2015/16 | 112.5 | 112500 | 112500 | 0 | agrees
        control-room | 2016/17 | 230.0* | 230000 | 230000 | 0 | agrees
        vehicles | 2014/15 | - | - | - | 0 | agrees
        vehicles | 2015/16 | 48.2 | 48200 | 42800 | 5400 | accepted
        vehicles | 2016/17 | 92.0* | 92000 | 92000 | 0 | agrees
        forensics | 2014/15 | 20.0 | 20000 | 20000 | 0 | agrees
        forensics | 2015/16 | 74.8 | 74800 | 74750 | 50 | agrees
        forensics | 2016/17 | 60.0* | 60000 | 60000 | 0 | agrees
        air-support | 2014/15 | 35.0 | 35000 | 35000 | 0 | agrees
        air-support | 2015/16 | 81.5 | 81500 | 81500 | 0 | agrees
        air-support | 2016/17 | 66.0* | 66000 | 66000 | 0 | agrees
        grants | 2014/15 | 150.0 | 150000 | 150000 | 0 | agrees
        grants | 2015/16 | 85.0 | 85000 | 85000 | 0 | agrees
        grants | 2016/17 | 60.0 | 60000 | 60000 | 0 | agrees
        back-office | 2014/15 | 12.0 | 12000 | 12000 | 0 | agrees
        back-office | 2015/16 | (4.5) | -4500 | -4500 | 0 | agrees
        back-office | 2016/17 | Nil | 0 | 0 | 0 | agrees
        custody | 2014/15 | - | - | - | 0 | agrees
        custody | 2015/16 | - | - | - | 0 | agrees
        custody | 2016/17 | TBC | - | - | 0 | agrees
        training | 2014/15 | 12.0 | 12000 | 12000 | 0 | agrees
        training | 2015/16 |  | - | - | 0 | agrees
        training | 2016/17 | - | - | - | 0 | agrees
        total | 2014/15 | £229.0 | 229000 | 229000 | 0 | agrees
        total | 2015/16 | £392.1 | 392100 | 392050 | 50 | agrees
        total | 2016/17 | £508.0 | 508000 | 508000 | 0 | agrees
        """,
    "committee-2018-07-19-table-2": """
        cash-releasing | 2017/18 | 266,350 | 266350 | 266349.99 | 0.01 | agrees
        cash-releasing | 2018/19 | 235,000* | 235000 | 235000 | 0 | agrees
        not-cash-releasing | 2017/18 | 43,211 | 43211 | 43210.99 | 0.01 | agrees
        not-cash-releasing | 2018/19 | 45,000* | 45000 | 45000 | 0 | agrees
        cashable | 2017/18 | 91,237 | 91237 | 91237.45 | -0.45 | agrees
        cashable | 2018/19 | - | - | - | 0 | agrees
        non-cashable | 2017/18 | 62,000 | 62000 | 62000 | 0 | agrees
        non-cashable | 2018/19 | - | - | - | 0 | agrees
        unstated | 2017/18 | 9,600 | 9600 | 9600 | 0 | agrees
        unstated | 2018/19 | - | - | - | 0 | agrees
        total | 2017/18 | 473,398 | 473398 | 472398.43 | 999.57 | accepted
        total | 2018/19 | 280,000 | 280000 | 280000 | 0 | agrees
        """,
    "committee-2018-07-19-table-3": """
        brackenshire | 2016/17 | 4.5 | 4.5 | 4.5 | 0 | agrees
        brackenshire | 2017/18 | 7.5 | 7.5 | 7.5 | 0 | agrees
        aldershire | 2016/17 | 3.0 | 3 | 3 | 0 | agrees
        aldershire | 2017/18 | 5.0 | 5 | 5 | 0 | agrees
        total | 2016/17 | 7.5 | 7.5 | 7.5 | 0 | agrees
        total | 2017/18 | 12.5 | 12.5 | 12.5 | 0 | agrees
        """,
    "committee-2020-07-16-table-1": """
        saving | 2018/19 | (0.381) | 381000 | 380918.51 | 81.49 | agrees
        saving | 2019/20 | (0.337) | 337000 | 337080.1 | -80.1 | agrees
        funding | 2018/19 | (0.025) | 25000 | 25000 | 0 | agrees
        funding | 2019/20 | - | - | - | 0 | agrees
        total | 2018/19 | (0.406) | 406000 | 405918.51 | 81.49 | agrees
        total | 2019/20 | (0.337) | 337000 | 337080.1 | -80.1 | agrees
        """,
    "panel-2016-06-16-table-1": """
        control-room | Target | 120.0 | 120000 | 120000 | 0 | agrees
        control-room | Achieved | 112.5 | 112500 | 112500 | 0 | agrees
        fleet | Target | 40.0 | 40000 | 40000 | 0 | agrees
        fleet | Achieved | 42.8 | 42800 | 42800 | 0 | agrees
        air-support | Target | 70.0 | 70000 | 70000 | 0 | agrees
        air-support | Achieved | 64.0 | 64000 | 64000 | 0 | agrees
        hr-service | Target | - | - | - | 0 | agrees
        hr-service | Achieved | -4.5 | -4500 | -4500 | 0 | agrees
        total | Target | 230.0 | 230000 | 230000 | 0 | agrees
        total | Achieved | 214.8 | 214800 | 214800 | 0 | agrees
        """,
}
"""Row, column, text, what it states, what the ledger has as at the paper's date (both in pounds or posts and with the
sign of a saving), printed less ledger, verdict. The rows of a table are in its order, with the totals last."""

VERDICTS = {
    "committee-2016-06-16-table-1": (
        "of 27 cells 26 agree, 1 differs and is explained; 2 sums are exact, 1 is out and explained"
    ),
    "committee-2018-07-19-table-2": (
        "of 12 cells 11 agree, 1 differs and is explained; 1 sum is exact, 1 is out and explained"
    ),
    "committee-2018-07-19-table-3": "4 cells and 2 totals agree; 2 sums are exact; no row is missing",
    "committee-2020-07-16-table-1": "4 cells and 2 totals agree; 2 sums are exact; no row is missing",
    "panel-2016-06-16-table-1": "8 cells and 2 totals agree; 2 sums are exact; no row is missing",
}

SUMS = {
    "committee-2016-06-16-table-1": [
        ("2014/15", 229000, 229000, "exact"),
        ("2015/16", 397500, 392100, "out and explained"),
        ("2016/17", 508000, 508000, "exact"),
    ],
    "committee-2018-07-19-table-2": [
        ("2017/18", 472398, 473398, "out and explained"),
        ("2018/19", 280000, 280000, "exact"),
    ],
    "committee-2018-07-19-table-3": [("2016/17", 7.5, 7.5, "exact"), ("2017/18", 12.5, 12.5, "exact")],
    # Sums are of the print, with its signs.
    "committee-2020-07-16-table-1": [("2018/19", -406000, -406000, "exact"), ("2019/20", -337000, -337000, "exact")],
    "panel-2016-06-16-table-1": [("Target", 230000, 230000, "exact"), ("Achieved", 214800, 214800, "exact")],
}
"""Column, what the printed rows come to, the printed total, and the verdict."""


def reconciled(folder: Path, *tables: str, status: int = 0) -> list[dict[str, Any]]:
    ran = invoke("reconcile", *tables, "--data", folder, "--format", "json")
    assert (ran.status, ran.stderr) == (status, "")
    documents: list[dict[str, Any]] = json.loads(ran.stdout, parse_float=Decimal, parse_int=Decimal)
    return documents


def shown(amount: Decimal | None) -> str:
    return "-" if amount is None else f"{amount:f}"


# --- the example


@pytest.mark.parametrize("table", CELLS)
def test_each_cell_is_set_beside_the_ledger_as_at_the_papers_date(table: str) -> None:
    (document,) = reconciled(EXAMPLE, table)
    assert [
        " | ".join((
            cell["row"], cell["column"], cell["text"],
            *(shown(cell[key]) for key in ("printed", "ledger", "difference")), cell["verdict"],
        ))
        for cell in document["cells"]
    ] == [line.strip() for line in CELLS[table].strip().split("\n")]  # fmt: skip


@pytest.mark.parametrize("table", VERDICTS)
def test_each_table_has_its_verdict_and_its_own_sums(table: str) -> None:
    (document,) = reconciled(EXAMPLE, table)
    assert document["verdict"] == VERDICTS[table]
    assert [(own["column"], own["worked_out"], own["printed"], own["verdict"]) for own in document["sums"]] == SUMS[
        table
    ]
    assert {own["row"] for own in document["sums"]} == {"total"}
    assert all(own["why"] for own in document["sums"] if own["verdict"] != "exact")
    assert document["not_printed"] == []


def test_without_an_id_all_tables_are_compared_in_the_order_of_their_names() -> None:
    documents = reconciled(EXAMPLE)
    assert [(document["id"], document["source"]) for document in documents] == [
        ("committee-2016-06-16-table-1", "committee-2016-06-16-paper-c"),
        ("committee-2018-07-19-table-2", "committee-2018-07-19-paper-a"),
        ("committee-2018-07-19-table-3", "committee-2018-07-19-paper-a"),
        ("committee-2020-07-16-table-1", "committee-2020-07-16-paper-f"),
        ("panel-2016-06-16-table-1", "panel-2016-06-16-item-7"),
    ]


def test_only_accepted_cells_have_a_reason() -> None:
    reasons = {
        (cell["row"], cell["column"]): cell["why"]
        for document in reconciled(EXAMPLE)
        for cell in document["cells"]
        if cell["why"]
    }
    assert reasons == {
        ("vehicles", "2015/16"): (
            "A slip of the pen: section 5 of the paper says £42,800, and the table's own total is right only with 42.8."
        ),
        ("total", "2017/18"): "The paper's own rows add up to 472,398; its total is a thousand pounds too much.",
    }


def test_posts_by_force_for_a_terminal() -> None:
    assert invoke("reconcile", "committee-2018-07-19-table-3", "--data", EXAMPLE) == (
        0,
        """\
Reconciliation
==============

Officers returned to the front line (committee-2018-07-19-table-3)
------------------------------------------------------------------

Collaboration outturn 2017/18: Westmarch Police Collaboration Committee, 19 July 2018, paper A,
Table 3. 4 cells and 2 totals agree; 2 sums are exact; no row is missing.

In posts

Row                        Column      Printed    Ledger    Difference  Verdict
-------------------------  --------  ---------  --------  ------------  ---------
Brackenshire Constabulary  2016/17         4.5       4.5                agrees
Brackenshire Constabulary  2017/18         7.5       7.5                agrees
Aldershire Police          2016/17         3.0       3.0                agrees
Aldershire Police          2017/18         5.0       5.0                agrees
TOTAL                      2016/17         7.5       7.5                agrees
TOTAL                      2017/18        12.5      12.5                agrees

The same paper also states, outside this table:

- Air support pilot: Helicopter hire, 2017/18: £15,250 (actual)
- Forensic hub: Officer time saved by quicker results, 2016/17: £58,000 (reported)
- Forensic hub: Officer time saved by quicker results, 2017/18: £62,000 (reported)
- Forensic hub: Laboratory contract, 2015/16: £24,000 (reported)
- Forensic hub: Laboratory contract, 2016/17: £26,000 (reported)
- Joint fleet: Fuel contract, 2017/18: £91,237.45 (actual)
- Joint fleet: Joint workshop, 2017/18: £14,999.99 (actual)
- Joint fleet: Hours not spent driving to garages, 2016/17: 1,180.5 hours (actual)
- Joint fleet: Hours not spent driving to garages, 2017/18: 2,350.25 hours (estimate)
- Shared control room: Control room staff, 2016/17: £219,950.77 (actual)
- Shared control room: Control room staff, 2017/18: £236,100 (actual)
- Shared control room: Licence for the joint system, 2017/18: £31,250 (actual)
- Shared control room: Licence for the joint system, 2018/19: £32,000 (estimate)
- Shared HR service: Software licences, 2017/18: £9,600 (reported)
- Shared HR service: Time spent on payroll queries, 2017/18: £43,210.99 (actual)
""",
        "",
    )


def test_a_table_that_prints_a_saving_as_a_fall_in_spending_is_shown_with_its_own_sign() -> None:
    printed = invoke("reconcile", "committee-2020-07-16-table-1", "--data", EXAMPLE, "--format", "markdown").stdout
    lines = [line for line in printed.split("\n") if line.startswith("| ")]
    assert lines[2:] == [
        "| Savings | 2018/19 | \\(0.381\\) | -0.38091851 | -0.00008149 | agrees |",
        "| Savings | 2019/20 | \\(0.337\\) | -0.3370801 | 0.0000801 | agrees |",
        "| Funding | 2018/19 | \\(0.025\\) | -0.025 |  | agrees |",
        "| Funding | 2019/20 | - | - |  | agrees |",
        "| TOTAL | 2018/19 | \\(0.406\\) | -0.40591851 | -0.00008149 | agrees |",
        "| TOTAL | 2019/20 | \\(0.337\\) | -0.3370801 | 0.0000801 | agrees |",
    ]


def test_accepted_differences_are_listed_with_their_reasons() -> None:
    page = invoke("reconcile", "committee-2018-07-19-table-2", "--data", EXAMPLE, "--format", "html").stdout
    told, said, outside = page.partition("<p>The same paper also states, outside this table:</p>\n<ul>\n")
    # The paper's other figures of 2017/18 and 2018/19 are in the table.
    assert (said != "", outside.count("<li>"), outside.count("2018/19")) == (True, 9, 1)
    assert told.endswith(
        "<p>Sums that are out by more than rounding can explain:</p>\n<ul>\n<li>TOTAL, 2017/18: 473,398 is printed, "
        "and "
        "its parts come to 472,398; off by 1,000, and rounding of 5 parts and of the sum itself could explain 3</li>\n"
        "</ul>\n<p>Accepted differences:</p>\n<ul>\n<li>TOTAL, 2017/18: The paper&#x27;s own rows add up to 472,398; "
        "its total is a thousand pounds too much.</li>\n</ul>\n"
    )
    assert (
        '<tr><th scope="row">TOTAL</th><td class="text">2017/18</td><td>473,398</td><td>472,398.43</td><td>999.57</td>'
        '<td class="text">accepted</td></tr>'
    ) in page


def test_of_what_a_paper_states_outside_its_table_the_first_are_told(make_folder: MakeFolder) -> None:
    benefit = "  b{}: {{area: vehicles, category: saving, statements: [{{source: paper-2016, actual: {{{}: £1k}}}}]}}\n"

    def outside(count: int, more: str = "by: project\n") -> list[str]:
        stated = benefit.format(0, "2015/16") + "".join(benefit.format(1 + each, "2014/15") for each in range(count))
        rows = "rows: {fleet: {label: F, cells: [1]}}"
        printed = f"source: paper-2016\ntitle: T\n{more}unit: £k\nyears: [2015/16]\n{rows}\n"
        folder = make_folder({"projects/fleet.yaml": f"name: F\nbenefits:\n{stated}", "published/t.yaml": printed})
        page = invoke("reconcile", "--data", folder, "--format", "markdown").stdout
        return page.partition("The same paper also states, outside this table:\n\n")[2].splitlines()

    assert outside(0) == []
    assert outside(20) == [f"- F: b{number}, 2014/15: £1,000 \\(actual\\)" for number in range(1, 21)]
    assert outside(21)[19:] == ["- F: b20, 2014/15: £1,000 \\(actual\\)", "- and 1 more figure"]
    assert outside(25)[20:] == ["- and 5 more figures"]
    # Of a table that is not compared with the ledger nobody knows what it holds.
    assert outside(1, more="") == []


# --- ledgers made here

FLEET = """
    name: Joint fleet
    benefits:
      fuel: {area: vehicles, category: saving, statements: [{source: paper-2016, actual: {2015/16: £10k}}]}
      rent: {area: estates, category: saving, statements: [{source: paper-2016, actual: {2015/16: £5.5k}}]}
    costs:
      move: {area: vehicles, statements: [{source: paper-2016, actual: {2015/16: £99k}}]}
    """


def accept(row: str, off: str, why: str, column: str = "2015/16") -> str:
    return f"{{row: {row}, column: {column}, off: {off}, why: {why}}}"


def table(rows: str, totals: str, more: str = "", source: str = "paper-2016") -> str:
    return f"""
        source: {source}
        title: Savings
        by: area
        unit: £k
        years: [2015/16]
        rows: {rows}
        totals: {totals}
        {more}
        """


def test_a_row_that_the_table_lacks_is_named(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": FLEET,
        "published/short.yaml": table("{vehicles: [10.0]}", "[10.0]"),
        "published/whole.yaml": table("{vehicles: [10.0], estates: [5.5], grants: ['-']}", "[15.5]"),
    })  # fmt: skip
    short, whole = reconciled(folder)
    exact = "1 sum is exact"
    assert (short["verdict"], short["not_printed"]) == (
        f"1 cell and 1 total agree; {exact}; no row for estates", ["estates"],
    )  # fmt: skip
    assert (whole["verdict"], whole["not_printed"]) == (f"3 cells and 1 total agree; {exact}; no row is missing", [])


def test_of_many_rows_that_a_table_lacks_six_are_named(make_folder: MakeFolder) -> None:
    areas = "".join(f"area-{number}: Area {number}\n" for number in range(1, 9))
    stated = "category: saving, statements: [{source: paper-2016, actual: {2015/16: £1k}}]"
    benefits = ", ".join(f"b{number}: {{area: area-{number}, {stated}}}" for number in range(1, 9))
    folder = make_folder({
        "areas.yaml": areas,
        "projects/fleet.yaml": f"name: Fleet\nbenefits: {{{benefits}}}\n",
        "published/short.yaml": table("{area-8: [1.0]}", "[1.0]"),
    })  # fmt: skip
    (short,) = reconciled(folder)
    assert short["verdict"].endswith("; no row for area-1, area-2, area-3, area-4, area-5, area-6 and 1 more")
    assert short["not_printed"] == [f"area-{number}" for number in range(1, 8)]


def test_only_papers_up_to_the_tables_date_count(make_folder: MakeFolder) -> None:
    later = "{source: paper-2018, actual: {2015/16: £11k}}]"
    folder = make_folder({
        "projects/fleet.yaml": FLEET.replace("£10k}}]", f"£10k}}}}, {later}"),
        "published/then.yaml": table("{vehicles: [10.0], estates: [5.5]}", "[15.5]"),
        "published/now.yaml": table("{vehicles: [11.0], estates: [5.5]}", "[16.5]", source="paper-2018"),
    })  # fmt: skip
    now, then = reconciled(folder)
    assert [cell["ledger"] for cell in then["cells"]] == [10000, 5500, 15500]
    assert [cell["ledger"] for cell in now["cells"]] == [11000, 5500, 16500]


def test_tables_of_several_days_and_kinds_of_rows_each_have_what_stood_then(make_folder: MakeFolder) -> None:
    fleet = """
        name: Joint fleet
        statements: [{source: paper-2016, forces: [thornshire, marlshire]}]
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: {thornshire: 75%, marlshire: 25%}
            shares_source: paper-2016
            statements:
              - {source: paper-2018, actual: {2016/17: £8k}}
              - {source: paper-2016, plan: {2016/17: £20k}, estimate: {2016/17: £12k}}
              - {source: paper-2017, plan: {2016/17: £24k}, reported: {2016/17: £4k}}
        """

    def by_force(rows: str, source: str) -> str:
        columns = "columns: [{label: Plan, period: 2016/17, basis: plan}, {label: Latest, period: 2016/17}]"
        head = f"source: {source}, title: T, by: force, unit: £k, {columns}"
        return f"{{{head}, rows: {{{rows}}}}}"

    folder = make_folder({
        "projects/fleet.yaml": fleet,
        "published/a.yaml": by_force("thornshire: [18, 6], marlshire: [6, 2]", "paper-2018"),
        "published/b.yaml": by_force("thornshire: [15, 9], marlshire: [5, 3]", "paper-2016"),
        "published/c.yaml": table("{vehicles: [12.0]}", "[12.0]").replace("2015/16", "2016/17"),
        "published/d.yaml": by_force("thornshire: [18, 3], marlshire: [6, 1]", "paper-2017"),
        "published/e.yaml": table("{vehicles: [4.0]}", "[4.0]", source="paper-2017").replace("2015/16", "2016/17"),
    })  # fmt: skip
    assert [document["verdict"] for document in reconciled(folder)] == [
        "4 cells agree; no row is missing",
        "4 cells agree; no row is missing",
        "1 cell and 1 total agree; 1 sum is exact; no row is missing",
        "4 cells agree; no row is missing",
        "1 cell and 1 total agree; 1 sum is exact; no row is missing",
    ]


def test_differences_that_are_accepted_are_told_from_those_in_the_ledger_alone(make_folder: MakeFolder) -> None:
    accepted = f"accepted_differences: [{accept('vehicles', '-£10k', 'a')}, {accept('estates', '£2k', 'b')}]"
    folder = make_folder({
        "projects/fleet.yaml": FLEET,
        "published/odd.yaml": table("{vehicles: ['-'], estates: [7.5], grants: [0.0]}", "[7.5]", accepted),
    })  # fmt: skip
    (odd,) = reconciled(folder)
    assert [(cell["row"], cell["printed"], cell["ledger"], cell["difference"], cell["verdict"], cell["why"])
            for cell in odd["cells"]] == [
        ("vehicles", None, 10000, -10000, "accepted", "a"),
        ("estates", 7500, 5500, 2000, "accepted", "b"),
        ("grants", 0, None, 0, "agrees", None),
        ("total", 7500, 15500, None, "not compared", None),  # it follows from its parts
    ]  # fmt: skip
    assert odd["verdict"] == "of 4 cells 1 agrees, 2 differ and are explained, 1 is not compared; 1 sum is exact"


def test_a_table_without_totals_has_no_sums(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": FLEET,
        "published/bare.yaml": table("{vehicles: [10.0], estates: [5.5]}", "[]").replace("totals: []", ""),
        "published/blank.yaml": table("{vehicles: [10.0], estates: [5.5]}", "['-']",
                                      f"accepted_differences: [{accept('total', '-£15.5k', 'Left blank.')}]"),
    })  # fmt: skip
    bare, blank = reconciled(folder)
    assert (bare["verdict"], bare["sums"]) == ("2 cells agree; no row is missing", [])
    assert blank["verdict"] == "of 3 cells 2 agree, 1 differs and is explained; 1 sum is out and explained"
    assert [(own["printed"], own["worked_out"], own["why"]) for own in blank["sums"]] == [(0, 15500, "Left blank.")]


MISPRINT = f"accepted_differences: [{accept('vehicles', '£2k', 'A misprint.')}]"


def test_a_total_that_is_off_by_what_its_rows_are_off_follows_from_them(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": FLEET,
        "published/off.yaml": table("{vehicles: [12.0], estates: [5.5]}", "[17.5]", MISPRINT),
    })  # fmt: skip
    (off,) = reconciled(folder)
    assert [(cell["row"], cell["difference"], cell["verdict"], cell["why"]) for cell in off["cells"]] == [
        ("vehicles", 2000, "accepted", "A misprint."),
        ("estates", 0, "agrees", None),
        ("total", None, "not compared", None),
    ]
    assert off["verdict"] == "of 3 cells 1 agrees, 1 differs and is explained, 1 is not compared; 1 sum is exact"


def test_a_total_that_is_off_by_more_than_its_rows_is_a_problem(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": FLEET,
        "published/off.yaml": table("{vehicles: [12.0], estates: [5.5]}", "[18.5]", MISPRINT),
    })  # fmt: skip
    (problem,) = check(folder)[1]
    assert (problem.path, problem.code) == ("published/off.yaml", "unexplained-sum")


def test_per_cents_state_no_amount(make_folder: MakeFolder) -> None:
    not_compared = "{compare: false, in_total: false, cells: ['20%']}"
    folder = make_folder({
        "projects/fleet.yaml": FLEET,
        "published/shares.yaml": table(f"{{vehicles: [10.0], estates: [5.5], grants: {not_compared}}}", "[15.5]"),
    })  # fmt: skip
    (shares,) = reconciled(folder)
    assert (shares["cells"][2]["printed"], shares["verdict"]) == (
        None,
        "of 4 cells 3 agree, 1 is not compared; 1 sum is exact",
    )


@pytest.mark.parametrize(
    ("rows", "source", "code"),
    [("{vehicles: [1.2.3], estates: [5.5]}", "paper-2016", "unreadable-cell"),
     ("{vehicles: [10000000000000000], estates: [5.5]}", "paper-2016", "unreadable-cell"),
     ("{vehicles: [99.0]}", "paper-1999", "unknown-source")],
)  # fmt: skip
def test_what_cannot_be_compared_is_one_problem(make_folder: MakeFolder, rows: str, source: str, code: str) -> None:
    folder = make_folder({"projects/fleet.yaml": FLEET, "published/odd.yaml": table(rows, "[15.5]", source=source)})
    assert [problem.code for problem in check(folder)[1]] == [code]


@pytest.mark.parametrize("cell", ["1.0.0", "9" * 35, "1." + "0" * 30 + "1", "1,000,000,000,000,000", "1.0.123456789"])
def test_a_cell_that_cannot_be_read_may_be_explained(make_folder: MakeFolder, cell: str) -> None:
    folder = make_folder({
        "projects/fleet.yaml": FLEET,
        "published/odd.yaml": table(
            f"{{vehicles: ['{cell}'], estates: [5.5]}}", "[15.5]", MISPRINT.replace("£2k", "-£10k")
        ),
    })  # fmt: skip
    (odd,) = reconciled(folder)
    assert {key: odd["cells"][0][key] for key in ("text", "printed", "ledger", "verdict", "why")} == {
        "text": cell, "printed": None, "ledger": 10000, "verdict": "accepted", "why": "A misprint.",
    }  # fmt: skip
    assert odd["cells"][2]["verdict"] == "agrees"


def test_one_cell_alone_agrees(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": FLEET,
        "published/one.yaml": table("{vehicles: [10.0]}", "[]").replace("totals: []", ""),
    })  # fmt: skip
    # Without totals it does not claim to be of all.
    assert reconciled(folder)[0]["verdict"] == "1 cell agrees; no row is missing"


def test_sums_of_sums_of_sums_take_no_more_than_their_cells(make_folder: MakeFolder) -> None:
    rows, ids = ["vehicles: [10]"], ["vehicles"]
    for number in range(26):  # each adds all before it: the last holds the one figure 33 million times
        rows.append(f"sum-{number}: {{label: Sum, adds: [{', '.join(ids)}], cells: [{10 * 2**number}]}}")
        ids.append(f"sum-{number}")
    listed = "".join(f"\n          {row}" for row in rows)
    folder = make_folder({"projects/fleet.yaml": FLEET, "published/sums.yaml": table(listed, "[10]")})
    (sums,) = reconciled(folder)
    assert sums["verdict"].startswith("27 cells and 1 total agree; 27 sums are exact")
    assert [cell["ledger"] for cell in sums["cells"]][-2:] == [10000 * 2**25, 10000]


# --- computed and labelled, and what is not compared

PROJECTS = {
    "projects/fleet.yaml": """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements: [{source: paper-2017, plan: {2016/17: £120k}, actual: {2016/17: £112.5k}}]
        """,
    "projects/yard.yaml": """
        name: Joint yard
        benefits:
          rent:
            area: estates
            category: saving
            statements: [{source: paper-2017, plan: {2016/17: £40k}, actual: {2016/17: £42.8k}}]
        """,
}
MONITORING = """
    source: paper-2017
    at: Table 4
    title: Savings monitoring
    by: project
    unit: £k
    columns:
      - {label: Plan, period: 2016/17, basis: plan}
      - {label: Achieved, period: 2016/17, basis: actual}
      - {label: Shortfall, adds: [Plan], less: [Achieved]}
      - {label: "% achieved", adds: [Achieved], of: Plan}
      - {label: RAG, compare: false}
    rows:
      vehicles: {label: Vehicles}
      fleet: {label: The fleet, cells: [120, 112.5, 7.5, 94%, A]}
      yard: [40, 42.8, -2.8, 107%, G]
      all: {label: Sub-total, adds: [fleet, yard], cells: [160, 155.3, 4.7, 97%, ""]}
      parking: {label: of which parking, compare: false, in_total: false, cells: [5, 4, 2, 81%, ""]}
    totals: {label: All savings, cells: [160, 155.4, 4.6, 97.1%, ""]}
    accepted_differences: ACCEPTED
    """


def monitoring(make_folder: MakeFolder, old: str = "-", new: str = "-", accepted: str = "") -> Path:
    """Return a ledger with the table above, in which a text is another."""
    assert old in MONITORING
    text = MONITORING.replace(old, new).replace("ACCEPTED", f"[{accepted}]")
    return make_folder({**PROJECTS, "published/t.yaml": text})


def test_what_is_compared_worked_out_and_neither_is_told_apart(make_folder: MakeFolder) -> None:
    ran = invoke("reconcile", "--data", monitoring(make_folder))
    assert (ran.status, ran.stderr) == (0, "")
    assert (
        ran.stdout
        == """\
Reconciliation
==============

Savings monitoring (t)
----------------------

Benefits in 2016/17: Northmark Committee, 20 July 2017, Table 4. Of 25 cells 12 agree, 13 are not
compared; 12 sums are exact, 4 are within rounding.

In £k

Row               Column        Printed    Ledger    Difference  Verdict
----------------  ----------  ---------  --------  ------------  ----------------------
The fleet         Plan              120       120                agrees
The fleet         Achieved        112.5     112.5                agrees
The fleet         Shortfall         7.5       7.5                agrees
The fleet         % achieved        94%         -                not compared
The fleet         RAG                 A         -                not compared
Joint yard        Plan               40        40                agrees
Joint yard        Achieved         42.8      42.8                agrees
Joint yard        Shortfall        -2.8      -2.8                agrees
Joint yard        % achieved       107%         -                not compared
Joint yard        RAG                 G         -                not compared
Sub-total         Plan              160       160                agrees
Sub-total         Achieved        155.3     155.3                agrees
Sub-total         Shortfall         4.7       4.7                agrees
Sub-total         % achieved        97%         -                not compared
Sub-total         RAG                           -                not compared
of which parking  Plan                5         -                not compared
of which parking  Achieved            4         -                not compared
of which parking  Shortfall           2         -                not compared
of which parking  % achieved        81%         -                not compared
of which parking  RAG                           -                not compared
All savings       Plan              160       160                agrees
All savings       Achieved        155.4     155.3           0.1  agrees within rounding
All savings       Shortfall         4.6       4.7          -0.1  agrees within rounding
All savings       % achieved      97.1%         -                not compared
All savings       RAG                           -                not compared

Sums that are within rounding:

- All savings, Achieved: 155.4 is printed, and its parts come to 155.3; off by 0.1, and rounding of
  2 parts and of the sum itself could explain 0.15
- All savings, Shortfall: 4.6 is printed, and its parts down come to 4.7; off by 0.1, and rounding
  of 2 parts and of the sum itself could explain 0.15
- of which parking, Shortfall: 2 is printed, and its parts come to 1; off by 1, and rounding of 2
  parts and of the sum itself could explain 1.5
- of which parking, % achieved: 81% is printed, and its parts come to 80%; off by 1%, and rounding
  of 2 parts and of the percentage itself could explain 20.5%
"""
    )


def test_percentages_are_rounded_half_up(make_folder: MakeFolder) -> None:
    shown = invoke("reconcile", "--data", monitoring(make_folder, "2, 81%", "2, 81.125%")).stdout
    # 4 of 5 is 80%: 1.125 less. 4.5 of 4.5 would be 100%: 20 more, and half of a thousandth.
    assert (
        "of which parking, % achieved: 81.13% is printed, and its parts come to 80%; off by 1.13%, and rounding of 2 "
        "parts and of the percentage itself could explain 20%"
    ) in " ".join(shown.split())


def test_sums_for_other_programs(make_folder: MakeFolder) -> None:
    (document,) = reconciled(monitoring(make_folder))
    sums = {(own["row"], own["column"], own["verdict"]): own for own in document["sums"]}
    assert sums["total", "Achieved", "within rounding"] == {
        "row": "total", "column": "Achieved", "unit": "GBP", "printed": 155400, "worked_out": 155300, "difference": 100,
        "slack": 150, "verdict": "within rounding", "why": None,
    }  # fmt: skip
    # 4.5 of 4.5 would be 100%: 20 more than 80%, and half of a printed place more.
    assert sums["parking", "% achieved", "within rounding"] == {
        "row": "parking", "column": "% achieved", "unit": "%", "printed": 81, "worked_out": 80, "difference": 1,
        "slack": Decimal("20.5"), "verdict": "within rounding", "why": None,
    }  # fmt: skip
    assert [(cell["row"], cell["column"]) for cell in document["cells"] if cell["rounded"]] == [
        ("total", "Achieved"), ("total", "Shortfall"),
    ]  # fmt: skip


def test_a_sum_that_is_out_is_told_although_it_is_a_problem(make_folder: MakeFolder) -> None:
    folder = monitoring(make_folder, "cells: [5, 4, 2,", "cells: [5, 4, 3,")
    ran = invoke("reconcile", "--data", folder)
    assert (ran.status, ran.stderr) == (1, "")
    assert "12 sums are exact, 3 are within rounding, 1 is out." in ran.stdout.replace("\n", " ")
    assert (
        "Sums that are out by more than rounding can explain: - of which parking, Shortfall: 3 is printed, and its "
        "parts come to 1; off by 2, and rounding of 2   parts and of the sum itself could explain 1.5"
    ) in ran.stdout.replace("\n\n", " ").replace("\n", " ")
    assert invoke("totals", "--data", folder).status == 1
    accepted = monitoring(
        make_folder, "cells: [5, 4, 2,", "cells: [5, 4, 3,", accept("parking", "£2k", "A slip.", "Shortfall")
    )
    (document,) = reconciled(accepted)
    assert document["verdict"].endswith("; 12 sums are exact, 3 are within rounding, 1 is out and explained")
    assert "Accepted differences:\n\n- of which parking, Shortfall: A slip.\n" in invoke(
        "reconcile", "--data", accepted
    ).stdout  # fmt: skip


def test_a_cell_that_differs_is_told_although_it_is_a_problem(make_folder: MakeFolder) -> None:
    folder = monitoring(make_folder, "[120, 112.5, 7.5,", "[120, 113.0, 7.0,")
    (document,) = reconciled(folder, status=1)
    assert [(cell["column"], cell["ledger"], cell["difference"]) for cell in document["cells"]
            if cell["verdict"] == "differs"] == [("Achieved", 112500, 500)]  # fmt: skip
    refused = invoke("totals", "--data", folder)
    assert (refused.status, refused.stdout) == (1, "")
    assert "unreconciled-cell" in refused.stderr


def test_what_need_not_have_been_accepted_is_no_difference(make_folder: MakeFolder) -> None:
    folder = monitoring(make_folder, accepted=accept("fleet", "£2k", "A slip.", "Achieved"))
    assert [problem.code for problem in check(folder)[1]] == ["needless-acceptance"]
    assert reconciled(folder)[0]["verdict"].startswith("of 25 cells 12 agree")


def test_data_with_any_other_problem_is_refused(make_folder: MakeFolder) -> None:
    folder = monitoring(make_folder, "cells: [5, 4, 2,", "cells: [5, 4, 3,")
    (folder / "areas.yaml").write_text("vehicles: Vehicles\n", encoding="utf-8")
    ran = invoke("reconcile", "--data", folder)
    assert (ran.status, ran.stdout) == (1, "")
    assert "unknown-area" in ran.stderr
    assert ran.stderr.endswith("nothing is totalled until they are mended\n")


def test_a_table_of_its_own_is_worked_out_and_not_compared(make_folder: MakeFolder) -> None:
    folder = make_folder({"published/own.yaml": """
        source: paper-2016
        title: Staff
        measure: posts
        columns:
          - {label: Officers}
          - {label: Pay, unit: £k}
        rows: {one: {label: One, cells: [1, 40]}, two: {label: Two, cells: [2.5, 60.5]}}
        totals: [4, 100.5]
        """})  # fmt: skip
    ran = invoke("reconcile", "--data", folder, "--format", "markdown")
    assert ran.status == 0
    # Half of a post, half of a tenth, and half of a post again: 1.05 for 0.5.
    assert "Of 6 cells 6 are not compared; 1 sum is exact, 1 is within rounding." in ran.stdout
    assert "**In posts and £k, each cell in its own unit**" in ran.stdout
    assert (
        "- TOTAL, Officers: 4 is printed, and its parts come to 3.5; off by 0.5, and rounding of 2 parts and of the sum"
        in (ran.stdout)
    )


def test_a_ledger_without_printed_tables_says_so(make_folder: MakeFolder) -> None:
    folder = make_folder()
    assert invoke("reconcile", "--data", folder).stdout == (
        "Reconciliation\n==============\n\nThe ledger has no printed tables.\n"
    )
    assert reconciled(folder) == []


def test_an_unknown_table_is_answered_with_the_one_meant() -> None:
    ran = invoke("reconcile", "panel-2016-06-16-table-2", "--data", EXAMPLE)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith("there is no 'panel-2016-06-16-table-2'; did you mean 'panel-2016-06-16-table-1'?\n")
