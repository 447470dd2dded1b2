"""Totals of the example ledger against numbers worked out apart, and what must hold of any ledger's totals."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emcollab.records.ledger import Ledger
from emcollab.render.formats import format_table
from emcollab.render.formats.json import format_json
from emcollab.render.pages.totals import as_document, make_records, make_table
from emcollab.results.as_at import narrow_to_day
from emcollab.results.standing import find_standing
from emcollab.results.totals import GROUPINGS, Amounts, Selection, Totals, in_years, total_by
from tests import example_totals
from tests.conftest import EXAMPLE, MakeFolder, check_files, closed_fleet, fleet, invoke, open_clean, with_defaults

LEDGER = open_clean(EXAMPLE)

YEARS = ("2014/15", "2015/16", "2016/17", "2017/18")

AS_AT = {"TODAY": None, "AS_AT_2018": date(2018, 7, 19), "AS_AT_2016": date(2016, 6, 16)}


def show(amounts: Amounts, estimates: tuple[str, ...] = ()) -> list[str]:
    return ["-" if amount is None else f"{amount:,.2f}" + "*" * (year in estimates) for year, amount in amounts.items()]


def told(totals: Totals) -> list[list[str]]:
    """Return the totals as `example_totals` writes them: the heading, the rows, the total."""
    rows = [[line.id, *show(line.amounts, line.estimates)] for line in totals.rows]
    return [[totals.by, *totals.columns], *rows, ["TOTAL", *show(totals.total)]]


def total(
    by: str = "area",
    *,
    sum_years: bool = False,
    as_at: date | None = None,
    **wanted: Any,  # noqa: ANN401 - any filter
) -> list[list[str]]:
    return told(total_by(narrow_to_day(LEDGER, as_at), by, Selection(**wanted), sum_years=sum_years))


# --- the example


@pytest.mark.parametrize("when", AS_AT)
@pytest.mark.parametrize("measure", ["money", "posts", "hours"])
def test_every_grouping_of_the_example_adds_up_as_worked_out_apart(measure: str, when: str) -> None:
    if (measure, when) in {("posts", "AS_AT_2016"), ("hours", "AS_AT_2016")}:
        for by in GROUPINGS:
            totals = total_by(narrow_to_day(LEDGER, AS_AT[when]), by, Selection(measure=measure), sum_years=True)
            assert (totals.years, totals.rows, totals.total) == ((), (), {"sum": None})
        return
    expected = getattr(example_totals, f"{measure.upper()}_{when}")
    blocks = {
        block.split()[0]: [line.split() for line in block.split("\n")] for block in expected.strip().split("\n\n")
    }
    subtotals = blocks.pop("subtotals")
    assert set(blocks) == set(GROUPINGS)
    for by, rows in blocks.items():
        totals = total_by(narrow_to_day(LEDGER, AS_AT[when]), by, Selection(measure=measure), sum_years=True)
        assert told(totals) == rows
        assert [["subtotals", *totals.columns]] + [
            [part, *show(amounts, totals.part_estimates[part])] for part, amounts in totals.subtotals.items()
        ] == subtotals


def test_filters_let_through_what_was_asked_for() -> None:
    head = ["area", "2014/15", "2015/16", "2016/17", "2017/18", "2018/19", "2019/20"]
    fleet = ["42,800.00", "81,300.02", "106,237.44", "95,918.50", "97,040.10"]
    assert total(areas=("vehicles",)) == total(projects=("fleet",))
    assert total(areas=("vehicles",)) == [
        ["area", *head[2:]], ["vehicles", *fleet[:4], "97,040.10*"], ["TOTAL", *fleet],
    ]  # fmt: skip
    assert total(projects=("hr-service", "training"), by="project") == [
        ["project", *head[1:6]],
        ["hr-service", "12,000.00", "-4,500.00", "0.00", "52,810.99", "69,000.01"],
        ["training", "162,000.00", "85,000.00", "60,000.00", "-", "-"],
        ["TOTAL", "174,000.00", "80,500.00", "60,000.00", "52,810.99", "69,000.01"],
    ]
    assert total(categories=("funding",)) == [
        head[:6],
        ["grants", "150,000.00", "85,000.00", "60,000.00", "-", "25,000.00"],
        ["TOTAL", "150,000.00", "85,000.00", "60,000.00", "-", "25,000.00"],
    ]
    assert total(categories=("funding", "unclassified"), by="category")[-1] == [
        "TOTAL", "185,000.00", "102,500.00", "60,000.00", "-", "25,000.00",
    ]  # fmt: skip
    assert total(cashabilities=("non-cashable",)) == [
        ["area", *head[2:5]],
        ["forensics", "49,750.00", "58,000.00", "63,500.00*"],
        ["TOTAL", "49,750.00", "58,000.00", "63,500.00"],
    ]
    assert total(bases=("estimate",)) == [
        ["area", *head[4:]],
        ["control-room", "-", "-", "240,040.00*"],
        ["vehicles", "-", "-", "97,040.10*"],
        ["forensics", "63,500.00*", "-", "-"],
        ["TOTAL", "63,500.00", "-", "337,080.10"],
    ]
    assert total(projects=("fleet",), bases=("actual",), categories=("funding",)) == [["area"], ["TOTAL"]]


def test_cashable_takes_in_the_three_kinds_of_cashable_saving() -> None:
    assert total(by="cashability", cashabilities=("cashable",), years=("2017/18",)) == [
        ["cashability", "2017/18"],
        ["cash-releasing", "266,349.99"],
        ["not-cash-releasing", "43,210.99"],
        ["cashable", "91,237.45"],
        ["TOTAL", "400,798.43"],
    ]
    assert total(by="cashability", cashabilities=("cash-releasing",), years=("2017/18",))[-1][1] == "266,349.99"
    assert total(cashabilities=("cashable", "unstated"), years=("2017/18",))[-1][1] == "410,398.43"


def test_the_share_of_one_force_by_any_grouping() -> None:
    years = ["2015/16", "2016/17", "2017/18", "2018/19", "2019/20"]
    own = ["45,000.00", "115,077.60", "129,848.94", "140,042.91", "140,169.25"]
    assert total(forces=("aldershire",)) == [
        ["area", *years],
        ["control-room", "45,000.00", "87,980.31", "94,440.00", "96,400.00", "96,016.00*"],
        ["vehicles", "-", "27,097.29", "35,408.94", "43,642.91", "44,153.25*"],
        ["TOTAL", *own],
    ]
    assert total("force", forces=("aldershire",)) == [
        ["force", *years], ["aldershire", *own[:4], f"{own[4]}*"], ["TOTAL", *own],
    ]  # fmt: skip
    for by in GROUPINGS:
        assert total(by, forces=("aldershire",))[-1] == ["TOTAL", *own]
    assert total(forces=("dunmoor",)) == [["area"], ["TOTAL"]]
    assert total("force", forces=("dunmoor", "aldershire"))[1:3] == [
        ["aldershire", *own[:4], f"{own[4]}*"], ["dunmoor", *"-----"],
    ]  # fmt: skip
    assert total(forces=("brackenshire", "calderdown"), years=("2016/17",))[-1] == ["TOTAL", "186,173.19"]
    assert total(forces=("aldershire",), measure="posts") == [
        ["area", "2016/17", "2017/18"], ["control-room", "3.00", "5.00"], ["TOTAL", "3.00", "5.00"],
    ]  # fmt: skip


def test_years_are_those_asked_for_or_from_the_first_to_the_last_with_figures() -> None:
    assert total("category", years=("2017/18", "2015/16", "2017/18")) == [
        ["category", "2015/16", "2017/18"],
        ["saving", "288,550.00", "473,898.43*"],
        ["funding", "85,000.00", "-"],
        ["unclassified", "17,500.00", "-"],
        ["TOTAL", "391,050.00", "473,898.43"],
    ]
    assert total("category", first="2017/18")[0] == ["category", "2017/18", "2018/19", "2019/20"]
    assert total("category", last="2015/16")[0] == ["category", "2014/15", "2015/16"]
    assert total("category", first="2015/16", last="2016/17", sum_years=True)[-1] == [
        "TOTAL", "391,050.00", "506,250.79", "897,300.79",
    ]  # fmt: skip
    # Years without figures are shown if they are asked for; then they have no rows.
    assert total(years=("2012/13",)) == [["area", "2012/13"], ["TOTAL", "-"]]
    assert total(first="2018/19", last="2016/17") == [["area"], ["TOTAL"]]
    assert total(first="2020/21") == [["area"], ["TOTAL"]]


@pytest.mark.parametrize(
    ("selection", "years"),
    [
        (Selection(), "2014/15 2015/16 2016/17 2017/18"),
        (Selection(first="2015/16"), "2015/16 2016/17 2017/18"),
        (Selection(last="2016/17"), "2014/15 2015/16 2016/17"),
        (Selection(first="2015/16", last="2015/16"), "2015/16"),
        (Selection(first="2016/17", last="2015/16"), ""),
        (Selection(years=("2017/18", "2014/15"), first="2015/16"), "2014/15 2017/18"),
    ],
)
def test_the_years_of_a_selection(selection: Selection, years: str) -> None:
    assert [year for year in YEARS if in_years(year, selection)] == years.split()


def test_as_at_the_first_paper_one_grant_was_known() -> None:
    assert total(as_at=date(2014, 11, 20)) == [
        # Of these there was a plan that day, and no figure that stands.
        ["area", "2014/15"], ["control-room", "-"], ["vehicles", "-"], ["air-support", "-"], ["grants", "150,000.00"],
        ["custody", "-"], ["TOTAL", "150,000.00"],
    ]  # fmt: skip
    assert total(as_at=date(2014, 11, 19)) == [["area"], ["TOTAL"]]


def test_costs_are_apart_unless_they_are_asked_for() -> None:
    expected = {
        None: ["58,200.00", "201,300.00", "27,500.00", "31,250.00", "31,250.00", "32,000.00"],
        date(2018, 7, 19): ["58,200.00", "201,300.00", "27,500.00", "31,250.00", "32,000.00"],
        date(2016, 6, 16): ["58,200.00", "201,300.00", "25,000.00"],
    }
    for as_at, costs in expected.items():
        apart = total_by(narrow_to_day(LEDGER, as_at), "area", Selection())
        assert [amount for amount in show(apart.costs) if amount != "-"] == costs
        asked = total_by(narrow_to_day(LEDGER, as_at), "area", Selection(categories=("cost",)))
        assert show(asked.total) == costs
        assert asked.costs == {}
        assert {amount for part in asked.subtotals.values() for amount in part.values()} == {None}
    assert total("category", categories=("cost",), sum_years=True) == [
        ["category", "2014/15", "2015/16", "2016/17", "2017/18", "2018/19", "2019/20", "sum"],
        ["cost", *expected[None][:5], "32,000.00*", "381,500.00"],
        ["TOTAL", *expected[None], "381,500.00"],
    ]


def test_amounts_a_year_are_listed_wherever_they_could_have_belonged_and_never_added() -> None:
    meetings = [("hr-service", "meetings", Decimal(8000))]

    def listed(as_at: date | None = None, **wanted: Any) -> list[tuple[str, str, Decimal]]:  # noqa: ANN401 - any filter
        return [
            (item.project, item.benefit, item.amount)
            for item in total_by(narrow_to_day(LEDGER, as_at), "area", Selection(**wanted)).not_added
        ]

    told_of: list[dict[str, Any]] = [
        {}, {"years": ("2014/15",)}, {"areas": ("back-office",)}, {"cashabilities": ("cashable",)},
        {"categories": ("saving",)}, {"bases": ("reported",)}, {"as_at": date(2016, 6, 16)},
    ]  # fmt: skip
    for wanted in told_of:
        assert listed(**wanted) == meetings
    left_out: list[dict[str, Any]] = [
        {"areas": ("vehicles",)}, {"projects": ("fleet",)}, {"cashabilities": ("non-cashable",)}, {"measure": "posts"},
        {"categories": ("funding",)}, {"categories": ("cost",)}, {"bases": ("actual",)}, {"as_at": date(2016, 6, 15)},
    ]  # fmt: skip
    for wanted in left_out:
        assert listed(**wanted) == []


def test_a_row_is_kept_for_what_is_only_planned_unless_only_a_basis_is_asked_for() -> None:
    def ids(by: str, **wanted: Any) -> tuple[list[str], tuple[str, ...]]:  # noqa: ANN401 - any filter
        totals = total_by(LEDGER, by, Selection(**wanted))
        return [row.id for row in totals.rows], totals.planned

    projects = ["air-support", "control-room", "custody", "fleet", "forensics", "hr-service", "training"]
    assert ids("project") == (projects, ("Shared custody suites",))
    assert ids("project", years=("2014/15",)) == (projects, ("Shared custody suites",))
    assert ids("area", areas=("custody", "grants")) == (["grants", "custody"], ("Custody suites",))
    assert ids("area", areas=("custody",)) == ([], ("Custody suites",))
    assert ids("basis") == (["actual", "reported", "estimate"], ())
    assert "custody" not in ids("project", bases=("actual",))[0]
    # Of costs, the move was planned and came about.
    assert ids("area", categories=("cost",)) == (["control-room"], ())


def test_a_row_with_an_amount_of_no_year_has_more_than_a_plan(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": fleet("{source: paper-2016, plan: {2015/16: £9k}}")})
    planned = "Nothing but a plan yet, and plans are in no total: Vehicles."
    assert planned in invoke("totals", "--data", folder).stdout
    stated = fleet("{source: paper-2016, plan: {2015/16: £9k}, reported: {a year: £30k}}")
    folder = make_folder({"projects/fleet.yaml": stated})
    said = invoke("totals", "--data", folder).stdout
    assert "£30.0k a year" in said
    assert planned not in said


def test_of_a_force_only_its_part_of_an_amount_a_year_is_listed(make_folder: MakeFolder) -> None:
    a_year = "statements: [{source: paper-2016, reported: {a year: £9k}}]"
    shares = "shares: {thornshire: 60%, marlshire: 40%}, shares_source: paper-2016"
    folder = make_folder({"projects/fleet.yaml": f"""
        name: Fleet
        benefits:
          shared: {{area: vehicles, category: saving, label: Fuel, {shares}, {a_year}}}
          whole: {{area: vehicles, category: saving, label: Tyres, {a_year}}}
        """})  # fmt: skip

    def listed(*options: str) -> list[tuple[str, int]]:
        document = json.loads(invoke("totals", "--data", folder, "--format", "json", *options).stdout)
        return [(item["benefit"], item["amount"]) for item in document["not_added"]]

    assert listed() == listed("--by", "force") == [("shared", 9000), ("whole", 9000)]
    assert listed("--force", "thornshire") == [("shared", 5400)]
    assert listed("--force", "thornshire", "--force", "marlshire") == [("shared", 9000)]
    assert listed("--force", "saltisle") == []
    page = invoke("totals", "--data", folder, "--force", "marlshire").stdout
    assert "What no paper divides between forces is left out.\n" in page
    assert "Fleet: Fuel, £3.6k a year" in page
    assert "Tyres" not in page
    only = invoke("totals", "--data", folder, "--force", "marlshire", "--category", "funding").stdout
    assert "left out" not in only


# --- whole tables


def test_the_summary_table_as_it_is_printed() -> None:
    ran = invoke("--data", EXAMPLE, "totals")
    assert (ran.status, ran.stderr) == (0, "")
    assert (
        ran.stdout
        == """\
Westmarch police collaboration (£k)

Area                          2014/15    2015/16    2016/17    2017/18     2018/19    2019/20
--------------------------  ---------  ---------  ---------  ----------  ---------  ----------
Shared control room                 -      112.5      220.0      236.1       241.0      240.0*
Vehicles & fuel                     -       42.8       81.3      106.2        95.9       97.0*
Forensic services                20.0       73.8       84.0       63.5*          -          -
Air support (pilot)              35.0       81.5       61.0       15.3           -          -
Grants and support              150.0       85.0       60.0          -        25.0          -
Back office                      12.0       -4.5        0.0       52.8        44.0          -
Custody suites                      -          -          -          -           -          -
Training school                  12.0          -          -          -           -          -
--------------------------  ---------  ---------  ---------  ----------  ---------  ----------
TOTAL                          £229.0     £391.1     £506.3     £473.9      £405.9     £337.1
of which
  savings                        44.0      288.6      446.3      473.9*      380.9      337.1*
    cashable                     12.0      214.8      362.3      400.8       380.9      337.1*
      cash releasing             12.0      176.5      277.8      266.3       240.9      240.0*
    non-cashable                    -       49.8       58.0       63.5*          -          -
    cashability not stated       32.0       24.0       26.0        9.6           -          -
  funding                       150.0       85.0       60.0          -        25.0          -
  unclassified                   35.0       17.5          -          -           -          -

* an estimate, or includes one, in 2019/20: Shared control room; Vehicles & fuel. In 2017/18:
  Forensic services.
- nothing stated.
Unclassified: the papers do not say whether these are savings or funding.
Nothing but a plan yet, and plans are in no total: Custody suites.
Amounts are rounded one by one, so those shown need not add up to the totals shown.
Costs are not in the total: 2014/15 £58.20k, 2015/16 £201.30k, 2016/17 £27.50k, 2017/18 £31.25k,
  2018/19 £31.25k, 2019/20 £32.00k.
In no total, as the paper names no years: Shared HR service: Fewer meetings, £8.0k a year (cashable
  saving).
"""
    )


def test_the_summary_table_in_markdown_as_at_an_earlier_day() -> None:
    ran = invoke("totals", "--data", EXAMPLE, "--format", "markdown", "--as-at", "2016-06-16", "--from", "2015-16")
    assert (ran.status, ran.stderr) == (0, "")
    assert (
        ran.stdout
        == r"""**Westmarch police collaboration \(£k\)**

| Area | 2015/16 | 2016/17 | 2017/18 |
| --- | ---: | ---: | ---: |
| Shared control room | 112.5 | 230.0\* | 240.0\* |
| Vehicles &amp; fuel | 42.8 | 92.0\* | 92.0\* |
| Forensic services | 74.8 | 60.0\* | - |
| Air support \(pilot\) | 81.5 | 66.0\* | - |
| Grants and support | 85.0 | 60.0 | - |
| Back office | -4.5 | 0.0 | - |
| Custody suites | - | - | - |
| Training school | - | - | - |
| **TOTAL** | **£392.1** | **£508.0** | **£332.0** |
| *of which* |  |  |  |
| &emsp;savings | 289.6 | 448.0\* | 332.0\* |
| &emsp;&emsp;cashable | 214.8 | 388.0\* | 332.0\* |
| &emsp;&emsp;&emsp;cash releasing | 176.5 | 306.0\* | 240.0\* |
| &emsp;&emsp;non-cashable | 49.8 | 60.0\* | - |
| &emsp;&emsp;cashability not stated | 25.0 | 0.0 | - |
| &emsp;funding | 85.0 | 60.0 | - |
| &emsp;unclassified | 17.5 | - | - |

"""
        + "  \n".join([  # noqa: FLY002 - two blanks break a line in Markdown, and are better seen than not
            "As at 16 June 2016: later papers are left out.",
            (
                r"\* an estimate, or includes one, in 2016/17 and 2017/18: Shared control room; Vehicles &amp; fuel. "
                r"In 2016/17: Forensic services; Air support \(pilot\)."
            ),
            r"\- nothing stated.",
            "Unclassified: the papers do not say whether these are savings or funding.",
            "Nothing but a plan yet, and plans are in no total: Custody suites.",
            r"Costs are not in the total: 2015/16 £201.3k, 2016/17 £25.0k.",
            (
                "In no total, as the paper names no years: Shared HR service: Fewer meetings, £8.0k a year "
                r"\(cashable saving\)."
            ),
        ])
        + "\n"
    )  # fmt: skip


def test_totals_by_force_as_csv_with_the_sum_of_the_years() -> None:
    ran = invoke(
        "totals", "--data", EXAMPLE, "--by", "force", "--format", "csv", "--sum-years", "--from", "2016/17",
        "--to", "2018/19", "--unit", "£m",
    )  # fmt: skip
    assert (ran.status, ran.stderr) == (0, "")
    assert (
        ran.stdout
        == """\
part,id,label,unit,2016/17,2017/18,2018/19,sum,estimates,period,basis,source,not added
row,brackenshire,Brackenshire Constabulary,GBP,159067.76,177068.94,196875.59,533012.29,,,,,
row,aldershire,Aldershire Police,GBP,115077.6,129848.94,140042.91,384969.45,,,,,
row,dunmoor,Dunmoor Police,GBP,,,,,,,,,
row,calderdown,Calderdown Constabulary,GBP,27105.43,35419.56,0,62524.99,,,,,
row,northlea,Northlea Police,GBP,,,,,,,,,
row,not-apportioned,Not apportioned,GBP,205000,131560.99,69000.01,405561,2017/18,,,,
total,total,TOTAL,GBP,506250.79,473898.43,405918.51,1386067.73,2017/18,,,,
part,saving,savings,GBP,446250.79,473898.43,380918.51,1301067.73,2017/18,,,,
part,cashable,cashable,GBP,362250.79,400798.43,380918.51,1143967.73,,,,,
part,cash-releasing,cash releasing,GBP,277750.77,266349.99,240917.5,785018.26,,,,,
part,non-cashable,non-cashable,GBP,58000,63500,,121500,2017/18,,,,
part,cashability-unstated,cashability not stated,GBP,26000,9600,,35600,,,,,
part,funding,funding,GBP,60000,,25000,85000,,,,,
part,unclassified,unclassified,GBP,,,,,,,,,
not added,hr-service/meetings,,GBP,,,,,,a year,reported,committee-2016-06-16-paper-c,8000
"""
    )


def test_totals_as_json_in_the_shape_that_other_programs_rely_on() -> None:
    ran = invoke("totals", "--data", EXAMPLE, "--format", "json", "--as-at", "2018-07-19", "--year", "2017/18")
    assert (ran.status, ran.stderr) == (0, "")
    document = json.loads(ran.stdout, parse_float=Decimal)
    assert list(document) == [
        "title", "measure", "unit", "by", "as_at", "years", "rows", "total", "subtotals", "not_added",
    ]  # fmt: skip

    def row(id_: str, label: str, amount: str | None) -> dict[str, Any]:
        return {"id": id_, "label": label, "amounts": {"2017/18": amount and Decimal(amount)}, "estimates": []}

    assert document == {
        "title": "Westmarch police collaboration",
        "measure": "money",
        "unit": "GBP",
        "by": "area",
        "as_at": "2018-07-19",
        "years": ["2017/18"],
        "rows": [
            row("control-room", "Shared control room", "236100"),
            row("vehicles", "Vehicles & fuel", "106237.44"),
            row("forensics", "Forensic services", "62000"),
            row("air-support", "Air support (pilot)", "15250"),
            row("grants", "Grants and support", None),
            row("back-office", "Back office", "52810.99"),
            row("custody", "Custody suites", None),
            row("training", "Training school", None),
        ],
        "total": {"2017/18": Decimal("472398.43")},
        "subtotals": {
            "saving": {"2017/18": Decimal("472398.43")},
            "cashable": {"2017/18": Decimal("400798.43")},
            "cash-releasing": {"2017/18": Decimal("266349.99")},
            "non-cashable": {"2017/18": 62000},
            "cashability-unstated": {"2017/18": 9600},
            "funding": {"2017/18": None},
            "unclassified": {"2017/18": None},
        },
        "not_added": [
            {
                "project": "hr-service",
                "benefit": "meetings",
                "period": "a year",
                "basis": "reported",
                "source": "committee-2016-06-16-paper-c",
                "amount": 8000,
            }
        ],
    }


def test_hours_as_json_letter_by_letter() -> None:
    ran = invoke("totals", "--data", EXAMPLE, "--format", "json", "--measure", "hours", "--by", "basis", "--sum-years")
    assert ran.stdout.startswith("""\
{
  "title": "Westmarch police collaboration",
  "measure": "hours",
  "unit": "hours",
  "by": "basis",
  "as_at": null,
  "years": [
    "2016/17",
    "2017/18"
  ],
  "rows": [
    {
      "id": "actual",
      "label": "Actual",
      "amounts": {
        "2016/17": 1180.5,
        "2017/18": null,
        "sum": 1180.5
      },
      "estimates": []
    },
    {
      "id": "estimate",
      "label": "Estimate",
      "amounts": {
        "2016/17": null,
        "2017/18": 2350.25,
        "sum": 2350.25
      },
      "estimates": [
        "2017/18"
      ]
    }
  ],
  "total": {
    "2016/17": 1180.5,
    "2017/18": 2350.25,
    "sum": 3530.75
  },
""")
    assert ran.stdout.endswith('  "not_added": []\n}\n')


def test_posts_as_html() -> None:
    ran = invoke("totals", "--data", EXAMPLE, "--format", "html", "--measure", "posts", "--by", "force")
    assert (ran.status, ran.stderr) == (0, "")
    assert (
        ran.stdout
        == """\
<table>
<caption>Westmarch police collaboration (posts)</caption>
<thead><tr><th scope="col">Force</th><th scope="col">2016/17</th><th scope="col">2017/18</th>\
<th scope="col">2018/19</th></tr></thead>
<tbody>
<tr><th scope="row">Brackenshire Constabulary</th><td>4.5</td><td>7.5</td><td>-</td></tr>
<tr><th scope="row">Aldershire Police</th><td>3.0</td><td>5.0</td><td>-</td></tr>
<tr><th scope="row">Dunmoor Police</th><td>-</td><td>-</td><td>-</td></tr>
<tr><th scope="row">Calderdown Constabulary</th><td>-</td><td>-</td><td>-</td></tr>
<tr><th scope="row">Northlea Police</th><td>-</td><td>-</td><td>-</td></tr>
<tr><th scope="row">Not apportioned</th><td>-</td><td>-</td><td>1.5</td></tr>
</tbody>
<tfoot>
<tr class="total"><th scope="row">TOTAL</th><td>7.5</td><td>12.5</td><td>1.5</td></tr>
<tr class="part part-1"><th scope="row">of which savings</th><td>7.5</td><td>12.5</td><td>1.5</td></tr>
<tr class="part part-2"><th scope="row">of these cashable</th><td>7.5</td><td>12.5</td><td>1.5</td></tr>
<tr class="part part-3"><th scope="row">of these cash releasing</th><td>-</td><td>-</td><td>-</td></tr>
<tr class="part part-2"><th scope="row">of these non-cashable</th><td>-</td><td>-</td><td>-</td></tr>
<tr class="part part-2"><th scope="row">of these cashability not stated</th><td>-</td><td>-</td><td>-</td></tr>
<tr class="part part-1"><th scope="row">of which funding</th><td>-</td><td>-</td><td>-</td></tr>
<tr class="part part-1"><th scope="row">of which unclassified</th><td>-</td><td>-</td><td>-</td></tr>
</tfoot>
</table>
<p>- nothing stated.</p>
<p>Apportioned between forces: Shared control room: Officers returned to the front line by its own shares \
(Business cases for the collaboration programme, 20 November 2014).</p>
"""
    )


def test_costs_and_the_sum_of_one_year_as_a_table() -> None:
    ran = invoke(
        "totals", "--data", EXAMPLE, "--category", "cost", "--year", "2017/18", "--sum-years", "--by", "project",
        "--unit", "£", "--places", "2",
    )  # fmt: skip
    assert (
        ran.stdout
        == """\
Westmarch police collaboration (£)

Project                 2017/18         Sum
-------------------  ----------  ----------
Shared control room   31,250.00   31,250.00
-------------------  ----------  ----------
TOTAL                £31,250.00  £31,250.00
"""
    )


def test_a_table_with_pence_is_in_pounds_unless_its_places_are_given(make_folder: MakeFolder) -> None:
    settings = "title: Northmark\nunit: £k\n"
    said = fleet("{source: paper-2017, actual: {2015/16: £10k, 2016/17: '£12,000.50'}}")
    folder = make_folder({"ledger.yaml": settings, "projects/fleet.yaml": said})
    table = invoke("totals", "--data", folder).stdout.splitlines()
    assert table[0] == "Northmark (£)"
    # £10k and £12,000.50: in £k the second would need four decimals, and all would have them.
    assert [line.split() for line in table if line.startswith(("Vehicles", "TOTAL"))] == [
        ["Vehicles", "10,000.00", "12,000.50"], ["TOTAL", "£10,000.00", "£12,000.50"],
    ]  # fmt: skip
    rounded = invoke("totals", "--data", folder, "--places", "1").stdout.splitlines()
    assert (rounded[0], rounded[4].split()) == ("Northmark (£k)", ["Vehicles", "10.0", "12.0"])
    asked = invoke("totals", "--data", folder, "--unit", "k").stdout.splitlines()
    assert (asked[0], asked[4].split()) == ("Northmark (£k)", ["Vehicles", "10.0000", "12.0005"])
    appraised = invoke("appraisal", "--data", folder, "--unit", "k", "--year", "2016/17").stdout
    assert "12.0005" in appraised
    assert "12,000.50" not in appraised
    whole = invoke("totals", "--data", folder, "--year", "2015/16").stdout.splitlines()
    assert (whole[0], whole[4].split()) == ("Northmark (£k)", ["Vehicles", "10"])


def test_pounds_have_pence_or_none(make_folder: MakeFolder) -> None:
    statement = "{source: paper-2018, actual: {2016/17: '£204,310.50', 2017/18: £120k}, reported: {a year: '£70.10'}}"
    folder = make_folder({"projects/fleet.yaml": fleet(statement)})
    both = invoke("totals", "--data", folder, "--unit", "£").stdout.splitlines()
    assert both[4].split() == ["Vehicles", "204,310.50", "120,000.00"]
    one = invoke("totals", "--data", folder, "--unit", "£", "--places", "0").stdout
    assert "£204,311   £120,000\n" in one
    assert "Joint fleet: fuel, £70.10 a year" in one


def test_another_unit_shows_as_many_places_as_lose_nothing() -> None:
    ran = invoke("totals", "--data", EXAMPLE, "--year", "2016/17", "--area", "vehicles", "--unit", "£m")
    assert (
        ran.stdout
        == """\
Westmarch police collaboration (£m)

Area                            2016/17
--------------------------  -----------
Vehicles & fuel              0.08130002
--------------------------  -----------
TOTAL                       £0.08130002
of which
  savings                    0.08130002
    cashable                 0.08130002
      cash releasing        -0.00320000
    non-cashable                      -
    cashability not stated            -
  funding                             -
  unclassified                        -

- nothing stated.
"""
    )


def test_a_selection_without_figures_says_which_years_there_are() -> None:
    ran = invoke("totals", "--data", EXAMPLE, "--year", "2012-13", "--area", "custody", "--format", "markdown")
    assert ran.status == 0
    years = "2014/15, 2015/16, 2016/17, 2017/18, 2018/19, 2019/20"
    assert ran.stdout == (
        "**Westmarch police collaboration \\(£k\\)**\n\n"
        f"No figures for 2012/13 in this selection; the ledger has figures for {years}.  \n"
        "Nothing but a plan yet, and plans are in no total: Custody suites.\n"
    )
    ran = invoke("totals", "--data", EXAMPLE, "--area", "custody", "--format", "html")
    assert ran.stdout.endswith(
        f"</table>\n<p>No figures in this selection; the ledger has figures for {years}.</p>\n"
        "<p>Nothing but a plan yet, and plans are in no total: Custody suites.</p>\n"
    )


def test_an_empty_ledger_has_a_table_that_says_so(make_folder: MakeFolder) -> None:
    ran = invoke("totals", "--data", make_folder())
    assert ran.stdout == (
        "Northmark police collaboration (£k)\n\n"
        "Nothing is stated yet.\n\n"
        "To begin, write a paper into sources.yaml, an area into areas.yaml, and a project into projects/ID.yaml,\n"
        "as README.md beside them says; or take over a sheet, with emcollab import.\n"
    )
    ran = invoke("totals", "--data", make_folder(), "--as-at", "2016-01-01")
    assert ran.stdout.endswith("No figures in this selection; the ledger has figures for no year yet.\n")


def test_an_amount_a_year_that_may_be_one_of_another_benefit_says_so(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": """
            name: Joint fleet
            benefits:
              fuel: {area: vehicles, category: saving, statements: [{source: paper-2016, actual: {2015/16: £10k}}]}
              oil:
                area: vehicles
                category: funding
                possible_duplicate_of: fleet/fuel
                statements: [{source: paper-2016, reported: {a year: £12.345k}}]
              vans:
                area: vehicles
                category: unclassified
                statements: [{source: paper-2016, reported: {a year: -£5}}]
              staff:
                area: estates
                category: saving
                measure: posts
                statements: [{source: paper-2016, reported: {in all: 2.5, a year: 0.6}, estimate: {2016/17: 3}}]
            costs:
              crew:
                area: estates
                measure: posts
                statements: [{source: paper-2016, reported: {2016/17: 1}}]
            """,
    })  # fmt: skip
    notes = invoke("totals", "--data", folder, "--format", "markdown").stdout.split("\n\n")[-1].split("  \n")
    assert notes == [
        "\\- nothing stated.",
        (
            "In no total, as the paper names no years: Joint fleet: oil, £12.345k a year \\(funding\\); "
            "it may be the same as Joint fleet: fuel."
        ),
        "In no total, as the paper names no years: Joint fleet: vans, -£0.005k a year \\(unclassified\\).\n",
    ]
    posts = invoke("totals", "--data", folder, "--measure", "posts").stdout.split("\n\n")[-1].split("\n")
    assert posts == [
        "* an estimate, or includes one, in 2016/17: Estates.",
        "- nothing stated.",
        "Costs are not in the total: 2016/17 1 post.",
        "In no total, as the paper names no years: Joint fleet: staff, 2.5 posts in all (saving, cashability",
        "  not stated).",
        "In no total, as the paper names no years: Joint fleet: staff, 0.6 of a post a year (saving,",
        "  cashability not stated).",
        "",
    ]


# --- other periods, and what is counted

PERIODS = """
    name: Joint fleet
    benefits:
      fuel:
        area: vehicles
        category: saving
        cashability: cashable
        label: Fuel
        statements:
          - source: paper-2016
            plan: {a year: £9k}
            estimate: {2016/17 to 2016-11: £5k}
            reported: {2014/15 to 2018/19: £18m}
            actual: {2015/16: £10k}
          - source: paper-2017
            reported: {in all: £1k}
            actual: {2016/17 to 2016-11: £6k}
    """
OUTTURN = "          - {source: paper-2018, actual: {2016/17: £8k}}\n"


def test_what_is_of_no_single_year_is_listed_with_its_period_in_words_and_never_added(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": PERIODS})
    document = json.loads(invoke("totals", "--data", folder, "--format", "json").stdout)
    assert document["total"] == {"2015/16": 10000}
    listed = [
        ("2016/17 to 2016-11", "estimate", "paper-2016", 5000),
        ("2014/15 to 2018/19", "reported", "paper-2016", 18000000),
        ("in all", "reported", "paper-2017", 1000),
        ("2016/17 to 2016-11", "actual", "paper-2017", 6000),
    ]
    assert [(item["period"], item["basis"], item["source"], item["amount"]) for item in document["not_added"]] == listed
    records = list(csv.DictReader(io.StringIO(invoke("totals", "--data", folder, "--format", "csv").stdout)))
    assert [
        (record["period"], record["basis"], record["source"], int(record["not added"]))
        for record in records
        if record["part"] == "not added"
    ] == listed
    notes = invoke("totals", "--data", folder, "--format", "markdown").stdout.split("\n\n")[-1].split("  \n")
    assert notes == [
        "\\- nothing stated.",
        (
            "In no total, as it is of part of a year: Joint fleet: Fuel, £5.0k to November 2016 \\(cashable saving, "
            "estimate\\)."
        ),
        (
            "In no total, as it is of several years together: Joint fleet: Fuel, £18,000.0k over 2014/15 to 2018/19 "
            "\\(cashable saving\\)."
        ),
        "In no total, as the paper names no years: Joint fleet: Fuel, £1.0k in all \\(cashable saving\\).",
        (
            "In no total, as it is of part of a year: Joint fleet: Fuel, £6.0k to November 2016 \\(cashable saving, "
            "actual\\).\n"
        ),
    ]


def test_a_part_of_a_year_is_listed_until_the_year_has_an_outturn(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": PERIODS.rstrip(" ") + OUTTURN})
    document = json.loads(invoke("totals", "--data", folder, "--format", "json").stdout)
    assert document["total"] == {"2015/16": 10000, "2016/17": 8000}
    assert [item["period"] for item in document["not_added"]] == ["2014/15 to 2018/19", "in all"]
    before = json.loads(invoke("totals", "--data", folder, "--format", "json", "--as-at", "2018-07-18").stdout)
    assert [item["amount"] for item in before["not_added"]] == [5000, 18000000, 1000, 6000]


def test_plans_are_totalled_alone() -> None:
    ran = invoke("totals", "--data", EXAMPLE, "--basis", "plan")
    # Control room staff, fuel, hire and custody as their business cases have them; no paper has restated one.
    assert (
        ran.stdout
        == """\
Westmarch police collaboration (£k)

Area                          2015/16    2016/17    2017/18    2018/19
--------------------------  ---------  ---------  ---------  ---------
Shared control room             120.0      240.0      240.0      240.0
Vehicles & fuel                  40.0       80.0       90.0          -
Air support (pilot)              70.0       70.0          -          -
Custody suites                      -    1,250.0    1,300.0          -
--------------------------  ---------  ---------  ---------  ---------
TOTAL                          £230.0   £1,640.0   £1,630.0     £240.0
of which
  savings                       230.0    1,640.0    1,630.0      240.0
    cashable                    230.0    1,640.0    1,630.0      240.0
      cash releasing            190.0    1,560.0    1,540.0      240.0
    non-cashable                    -          -          -          -
    cashability not stated          -          -          -          -
  funding                           -          -          -          -
  unclassified                      -          -          -          -

These are plans: what was set out to be reached, and not what came of it.
- nothing stated.
Costs are not in the total: 2015/16 £180.0k.
"""
    )
    refused = invoke("totals", "--data", EXAMPLE, "--basis", "plan", "--basis", "actual")
    assert (refused.status, refused.stdout) == (2, "")
    assert refused.stderr.endswith(
        "Error: Invalid value for --basis: plans are not added to what came of them; ask for them alone.\n"
    )
    assert invoke("totals", "--data", EXAMPLE, "--basis", "plan", "--basis", "plan").stdout == ran.stdout


def test_only_a_plan_a_year_is_listed_among_plans(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": PERIODS})
    document = json.loads(invoke("totals", "--data", folder, "--format", "json", "--basis", "plan").stdout)
    assert document["total"] == {}
    assert [(item["period"], item["basis"], item["amount"]) for item in document["not_added"]] == [
        ("a year", "plan", 9000)
    ]


def test_what_is_not_added_is_the_latest_said_of_it_and_costs_only_if_they_are_asked_for(
    make_folder: MakeFolder,
) -> None:
    folder = make_folder({"projects/fleet.yaml": """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements:
              - {source: paper-2016, reported: {a year: £5k}}
              - {source: paper-2018, reported: {a year: £7k}}
              - {source: paper-2017, reported: {a year: £6k}}
        costs:
          lease:
            area: vehicles
            statements: [{source: paper-2016, reported: {a year: £3k}}]
        """})  # fmt: skip

    def ask(*options: str) -> list[tuple[str, float]]:
        document = json.loads(invoke("totals", "--data", folder, "--format", "json", *options).stdout)
        return [(item["benefit"], item["amount"]) for item in document["not_added"]]

    assert ask() == [("fuel", 7000)]
    assert ask("--as-at", "2016-12-31") == [("fuel", 5000)]
    assert ask("--category", "cost") == [("lease", 3000)]


def counted(make_folder: MakeFolder, fuel: str, tyres: str) -> tuple[str, ...]:
    """Return the command for a ledger in which each of two benefits has £10k in 2015/16 and £12k in 2016/17."""
    statements = "statements: [{source: paper-2017, actual: {2015/16: £10k, 2016/17: £12k}}]"
    folder = make_folder({"projects/fleet.yaml": f"""
        name: Joint fleet
        benefits:
          fuel: {{area: vehicles, category: saving, {fuel} {statements}}}
          tyres: {{area: estates, category: saving, {tyres} {statements}}}
        """})  # fmt: skip
    return ("totals", "--data", str(folder))


NEW, LEVEL = "counts: new,", "counts: level,"
OF_LEVELS = (
    "The sum of 2015/16 to 2016/17 counts a level that was reached, and kept, again in each year: it is what came "
    "over the years together, and no level."
)
MIXED = (
    "In 2015/16 and 2016/17 some figures count what is new in the year, and others the level reached in it; their "
    "sum is neither."
)


def test_years_of_what_is_new_are_not_added_together(make_folder: MakeFolder) -> None:
    command = counted(make_folder, NEW, LEVEL)
    refused = invoke(*command, "--sum-years")
    assert (refused.status, refused.stdout) == (2, "")
    assert refused.stderr.endswith(
        "Error: some of these figures count what is new in a year, which may still be there in the next: years are not "
        "added together; leave --sum-years out, or choose other figures.\n"
    )
    levels = invoke(*command, "--sum-years", "--area", "estates", "--format", "html")
    assert levels.status == 0
    assert f"<p>{OF_LEVELS}</p>" in levels.stdout
    assert "<td>£22.0</td>" in levels.stdout
    assert OF_LEVELS not in invoke(*command, "--area", "estates", "--format", "html").stdout
    one_year = invoke(*command, "--sum-years", "--area", "estates", "--year", "2015/16", "--format", "html")
    assert (one_year.status, "a level" in one_year.stdout) == (0, False)
    assert invoke(*counted(make_folder, "", ""), "--sum-years", "--format", "html").stdout.count("<p>") == 1  # a dash


def test_a_column_that_adds_what_is_new_to_levels_says_so(make_folder: MakeFolder) -> None:
    assert f"<p>{MIXED}</p>" in invoke(*counted(make_folder, NEW, LEVEL), "--format", "html").stdout
    for fuel, tyres in ((NEW, NEW), (LEVEL, LEVEL), (NEW, ""), ("", LEVEL)):
        assert "neither" not in invoke(*counted(make_folder, fuel, tyres), "--format", "html").stdout


def test_amounts_of_one_note_have_the_same_decimals(make_folder: MakeFolder) -> None:
    spent = "{source: paper-2018, actual: {2016/17: £58.20, 2017/18: £100}}"
    cost = f"costs:\n  vans: {{area: vehicles, statements: [{spent}]}}\n"
    estimates = "2016/17: £80k, 2017/18: £95k, 2018/19: £110k, 2019/20: '£1,250'"
    folder = make_folder({"projects/fleet.yaml": closed_fleet(estimates, label="Fuel") + cost})
    for unit, costs, lapsed in (
        ("£", ("£58.20", "£100.00"), ("£110,000", "£1,250")),
        ("k", ("£0.0582k", "£0.1000k"), ("£110.00k", "£1.25k")),
    ):
        notes = invoke("totals", "--data", folder, "--format", "markdown", "--unit", unit).stdout.split("\n\n")[-1]
        assert "Costs are not in the total: 2016/17 {}, 2017/18 {}.".format(*costs) in notes
        assert "Joint fleet: Fuel, {} in 2018/19; Joint fleet: Fuel, {} in 2019/20.".format(*lapsed) in notes


def test_what_was_expected_of_years_after_the_closure_is_in_no_total_and_said(make_folder: MakeFolder) -> None:
    estimates = "2017/18: £95k, 2018/19: £110k, 2018/19 to 2019/20: £1k"
    folder = make_folder({"projects/fleet.yaml": closed_fleet(estimates, label="Fuel")})
    closed = invoke("totals", "--data", folder, "--format", "markdown").stdout
    assert "| **TOTAL** | **£95.0** |" in closed
    # The order of the ledger: as the paper states them.
    assert closed.endswith(
        "Expected by earlier papers, and no longer counted since the project was closed: Joint fleet: Fuel, £110.0k in "
        "2018/19; Joint fleet: Fuel, £1.0k over 2018/19 to 2019/20.\n"
    )
    # It has no part for a force.
    shared = invoke("totals", "--data", folder, "--force", "thornshire", "--format", "markdown").stdout
    assert "no longer counted" not in shared
    before = invoke("totals", "--data", folder, "--format", "markdown", "--as-at", "2018-07-18").stdout
    assert "| **TOTAL** | **£95.0** | **£110.0** |" in before
    assert "no longer counted" not in before


def test_the_day_of_a_key_is_as_exact_as_is_known(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "sources.yaml": "paper: {title: Keys, body: B, date: 2016-06}\n",
        "projects/fleet.yaml": fleet(
            "{source: paper, actual: {2015/16: £1k}}", shares="{thornshire: 100%}", shares_source="paper"
        ),
    })  # fmt: skip
    page = invoke("totals", "--data", folder, "--by", "force", "--format", "markdown").stdout
    assert "Joint fleet: fuel by its own shares \\(Keys, June 2016\\)" in page


# --- any ledger


PAPERS = {
    "paper-2016": "2016-06-16",
    "panel-2016": "2016-06-16",
    "paper-2017": "2017-07-20",
    "paper-2018": "2018-07-19",
}
DAYS = [None, *(date.fromisoformat(day) for day in sorted(set(PAPERS.values())))]


def statements(amounts: st.SearchStrategy[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    periods = [*YEARS, "2016/17 to 2016-11", "2014/15 to 2016/17", "a year", "in all"]
    years = st.dictionaries(st.sampled_from(periods), amounts, min_size=1, max_size=4)
    some = st.dictionaries(st.sampled_from(["plan", "estimate", "reported", "actual"]), years, min_size=1, max_size=3)
    return st.lists(
        st.builds(lambda paper, stated: {"source": paper, **stated}, st.sampled_from(sorted(PAPERS)), some),
        min_size=1,
        max_size=3,
    )


money = st.integers(-(10**9), 10**9).map(lambda pennies: f"{'-' * (pennies < 0)}£{Decimal(abs(pennies)) / 100:.2f}")
spent = st.integers(0, 10**9).map(lambda pennies: f"£{Decimal(pennies) / 100:.2f}")
shares: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.just({"shares": "size"}),
    st.permutations(["thornshire", "marlshire", "saltisle"]).map(
        lambda forces: {
            "shares": dict(zip(forces, ["33.33%", "33.33%", "33.34%"], strict=True)),
            "shares_source": "paper-2016",
        }
    ),
)


def stated(amounts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda area, shared, said: {"area": area, **shared, "statements": said},
        st.sampled_from(["vehicles", "estates", "grants"]),
        shares,
        statements(amounts),
    )


kinds = st.one_of(
    st.sampled_from(["funding", "unclassified", "saving"]).map(lambda category: {"category": category}),
    st.sampled_from(["cash-releasing", "not-cash-releasing", "cashable", "non-cashable", "unstated"]).map(
        lambda cashability: {"category": "saving", "cashability": cashability}
    ),
)
benefits = st.builds(lambda benefit, kind: {**benefit, **kind}, stated(money), kinds)
projects = st.fixed_dictionaries(
    {
        "name": st.just("N"),
        "benefits": st.dictionaries(st.sampled_from("abc"), benefits, min_size=1),
        "costs": st.dictionaries(st.sampled_from("xy"), stated(spent), max_size=1),
    }
)
folders = st.dictionaries(st.sampled_from("pqr"), projects, min_size=1)

SIZE = "size: {source: paper-2016, years: {2015/16: {marlshire: 60%, thornshire: 40%}, 2017/18: {saltisle: 100%}}}"


def load(folder: dict[str, Any], sources: str = "") -> Ledger:
    """Return the ledger of these projects; JSON is YAML, too."""
    files = {f"projects/{id_}.yaml": json.dumps(project, ensure_ascii=False) for id_, project in folder.items()}
    given = with_defaults({**files, "shares.yaml": SIZE})
    given["sources.yaml"] += sources.encode()
    ledger, problems = check_files(given)
    # Conflicting figures, early actuals and equal names are problems, but make no difference to sums.
    assert {problem.code for problem in problems} <= {"conflicting-figures", "early-actual", "same-name"}
    return ledger


def add(amounts: list[Amounts], columns: tuple[str, ...]) -> Amounts:
    stated = {column: [some[column] for some in amounts if some[column] is not None] for column in columns}
    return {column: sum((some or Decimal(0) for some in found), Decimal(0)) if found else None
            for column, found in stated.items()}  # fmt: skip


@settings(max_examples=40)
@given(folders, st.sampled_from(DAYS))
def test_every_grouping_has_the_same_total_and_its_rows_add_up_to_it(
    folder: dict[str, Any], as_at: date | None
) -> None:
    ledger = narrow_to_day(load(folder), as_at)
    every = [total_by(ledger, by, Selection(), sum_years=True) for by in GROUPINGS]
    for totals in every:
        assert totals.years == every[0].years
        assert totals.total == every[0].total
        assert totals.subtotals == every[0].subtotals
        assert totals.costs == every[0].costs
        assert add([line.amounts for line in totals.rows], totals.columns) == totals.total
        parts = totals.subtotals
        assert add([parts["saving"], parts["funding"], parts["unclassified"]], totals.columns) == totals.total
        assert (
            add([parts["cashable"], parts["non-cashable"], parts["cashability-unstated"]], totals.columns)
            == parts["saving"]
        )


@settings(max_examples=40)
@given(folders)
def test_the_forces_and_what_is_not_apportioned_add_up_to_the_total_at_every_day(folder: dict[str, Any]) -> None:
    whole = load(folder)
    for as_at in DAYS:
        ledger = narrow_to_day(whole, as_at)
        by_force = total_by(ledger, "force", Selection())
        alone = [total_by(ledger, "area", Selection(forces=(force,), years=by_force.years)) for force in ledger.forces]
        rest = [line.amounts for line in by_force.rows if line.id == "not-apportioned"]
        assert add([*(item.total for item in alone), *rest], by_force.years) == by_force.total


@settings(max_examples=40)
@given(folders, st.sampled_from(YEARS), money, st.data())
def test_an_outturn_appended_later_moves_todays_total_and_no_earlier_one(
    folder: dict[str, Any], year: str, amount: str, data: st.DataObject
) -> None:
    before = load(folder)
    project = data.draw(st.sampled_from(sorted(folder)))
    benefit = data.draw(st.sampled_from(sorted(folder[project]["benefits"])))
    stated = total_by(before, "project", Selection(projects=(project,), years=(year,)))
    stood = [
        figure.amount
        for figure in find_standing(before).figures
        if figure[:2] == (project, benefit) and figure.year == year
    ]
    folder[project]["benefits"][benefit]["statements"].append({"source": "later", "actual": {year: amount}})
    after = load(folder, "later: {title: T, body: B, date: 2019-07-18}\n")
    for by in GROUPINGS:
        for as_at in DAYS[1:]:
            then, since = (total_by(narrow_to_day(ledger, as_at), by, Selection()) for ledger in (before, after))
            assert then == since
    now = total_by(after, "project", Selection(projects=(project,), years=(year,)))
    moved = Decimal(amount.replace("£", "")) - sum(stood, Decimal(0))
    assert (now.total[year] or 0) - (stated.total[year] or 0) == moved


@settings(max_examples=40)
@given(folders, st.sampled_from(list(GROUPINGS)), st.sampled_from(DAYS))
def test_every_format_says_the_same_amounts(folder: dict[str, Any], by: str, as_at: date | None) -> None:
    ledger = load(folder)
    totals = total_by(narrow_to_day(ledger, as_at), by, Selection(), sum_years=True)
    document = json.loads(format_json(as_document(totals)), parse_float=Decimal)
    assert [row["amounts"] for row in document["rows"]] == [line.amounts for line in totals.rows]
    assert (document["total"], document["subtotals"]) == (totals.total, totals.subtotals)
    records = list(csv.DictReader(io.StringIO(format_table(make_records(totals), "csv"))))
    for record, amounts in zip(
        records, [*(row["amounts"] for row in document["rows"]), document["total"]], strict=False
    ):
        assert {column: Decimal(record[column]) if record[column] else None for column in totals.columns} == amounts
    lines = format_table(make_table(totals, ledger, "£", None), "markdown").split("\n")
    shown = [[_number(cell) for cell in line.split("|")[2:-1]] for line in lines if line.startswith("| ")]
    rows = [line.amounts for line in totals.rows] + [totals.total] * bool(totals.rows)
    assert shown[2 : 2 + len(rows)] == [list(amounts.values()) for amounts in rows]


def _number(cell: str) -> Decimal | None:
    number = re.sub("[^0-9.-]", "", cell)
    return None if number.strip("-") == "" else Decimal(number)
