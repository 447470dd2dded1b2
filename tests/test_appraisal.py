"""`emcollab appraisal`: plan, estimate, actual, cost and net of the example, and every question left open.

Amounts are those of an independent sum over the example's YAML: each line is id, year, plan, estimate, actual,
variance, realised as a fraction, benefit, cost, net, and benefit for each pound of cost.
"""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from emcollab.values.terms import AUDIENCES
from tests.conftest import EXAMPLE, MakeFolder, closed_fleet, fleet, invoke

BY_PROJECT = """
    air-support | 2015/16 | 70000 | - | 64000 | -6000 | 0.914286 | 64000 | - | - | -
    air-support | 2016/17 | 70000 | 66000 | 61000 | -9000 | 0.871429 | 61000 | - | - | -
    air-support | 2017/18 | - | - | 15250 | - | - | 15250 | - | - | -
    control-room | 2015/16 | 120000 | - | 112500 | -7500 | 0.9375 | 112500 | 201300 | -88800 | 0.558867
    control-room | 2016/17 | 240000 | 230000 | 219950.77 | -20049.23 | 0.916462 | 219950.77 | 27500 | 192450.77 \
| 7.99821
    control-room | 2017/18 | 240000 | 235000 | 236100 | -3900 | 0.98375 | 236100 | 31250 | 204850 | 7.5552
    control-room | 2018/19 | 240000 | 235000 | 241000 | 1000 | 1.004167 | 241000 | 31250 | 209750 | 7.712
    control-room | 2019/20 | - | 240040 | - | - | - | 240040 | 32000 | 208040 | 7.50125
    control-room | 2014/15 | - | - | - | - | - | - | 58200 | - | -
    custody | 2016/17 | 1250000 | - | - | - | - | - | - | - | -
    custody | 2017/18 | 1300000 | - | - | - | - | - | - | - | -
    fleet | 2015/16 | 40000 | - | 42800 | 2800 | 1.07 | 42800 | - | - | -
    fleet | 2016/17 | 80000 | 92000 | 81300.02 | 4500.02 | 1.05625 | 81300.02 | - | - | -
    fleet | 2017/18 | 90000 | 90000 | 106237.44 | 1237.45 | 1.013749 | 106237.44 | - | - | -
    fleet | 2018/19 | - | - | 95918.5 | - | - | 95918.5 | - | - | -
    fleet | 2019/20 | - | 97040.1 | - | - | - | 97040.1 | - | - | -
    forensics | 2015/16 | - | 52000 | - | - | - | 73750 | - | - | -
    forensics | 2016/17 | - | 60000 | - | - | - | 84000 | - | - | -
    forensics | 2017/18 | - | 63500 | - | - | - | 63500 | - | - | -
    forensics | 2014/15 | - | - | - | - | - | 20000 | - | - | -
    hr-service | 2014/15 | - | - | - | - | - | 12000 | - | - | -
    hr-service | 2016/17 | - | - | - | - | - | 0 | - | - | -
    hr-service | 2017/18 | - | 45000 | 43210.99 | - | - | 52810.99 | - | - | -
    hr-service | 2015/16 | - | - | -4500 | - | - | -4500 | - | - | -
    hr-service | 2018/19 | - | 45000 | 44000.01 | - | - | 44000.01 | - | - | -
    training | 2014/15 | - | - | - | - | - | 12000 | - | - | -
    """
BY_PROJECT_IN_ALL = """
    air-support | - | 140000 | 66000 | 140250 | -15000 | 0.892857 | 140250 | - | - | -
    control-room | - | 840000 | 940040 | 809550.77 | -30449.23 | 0.963751 | 1049590.77 | 381500 | 668090.77 | 2.751221
    custody | - | 2550000 | - | - | - | - | - | - | - | -
    fleet | - | 210000 | 279040.1 | 326255.96 | 8537.47 | 1.040655 | 423296.06 | - | - | -
    forensics | - | - | 175500 | - | - | - | 241250 | - | - | -
    hr-service | - | - | 90000 | 82711 | - | - | 104311 | - | - | -
    training | - | - | - | - | - | - | 12000 | - | - | -
    """
BY_BENEFIT = """
    air-support/hire | 2015/16 | 70000 | - | 64000 | -6000 | 0.914286 | 64000 | - | - | -
    air-support/hire | 2016/17 | 70000 | 66000 | 61000 | -9000 | 0.871429 | 61000 | - | - | -
    air-support/hire | 2017/18 | - | - | 15250 | - | - | 15250 | - | - | -
    control-room/staff | 2015/16 | 120000 | - | 112500 | -7500 | 0.9375 | 112500 | - | - | -
    control-room/staff | 2016/17 | 240000 | 230000 | 219950.77 | -20049.23 | 0.916462 | 219950.77 | - | - | -
    control-room/staff | 2017/18 | 240000 | 235000 | 236100 | -3900 | 0.98375 | 236100 | - | - | -
    control-room/staff | 2018/19 | 240000 | 235000 | 241000 | 1000 | 1.004167 | 241000 | - | - | -
    control-room/staff | 2019/20 | - | 240040 | - | - | - | 240040 | - | - | -
    control-room/transition | 2014/15 | - | - | - | - | - | - | 58200 | - | -
    control-room/transition | 2015/16 | - | - | - | - | - | - | 201300 | - | -
    control-room/transition | 2016/17 | - | - | - | - | - | - | 27500 | - | -
    control-room/running | 2017/18 | - | - | - | - | - | - | 31250 | - | -
    control-room/running | 2018/19 | - | - | - | - | - | - | 31250 | - | -
    control-room/running | 2019/20 | - | - | - | - | - | - | 32000 | - | -
    custody/capacity | 2016/17 | 1250000 | - | - | - | - | - | - | - | -
    custody/capacity | 2017/18 | 1300000 | - | - | - | - | - | - | - | -
    fleet/fuel | 2015/16 | 40000 | - | 42800 | 2800 | 1.07 | 42800 | - | - | -
    fleet/fuel | 2016/17 | 80000 | 82000 | 84500.02 | 4500.02 | 1.05625 | 84500.02 | - | - | -
    fleet/fuel | 2017/18 | 90000 | 90000 | 91237.45 | 1237.45 | 1.013749 | 91237.45 | - | - | -
    fleet/fuel | 2018/19 | - | - | 96001 | - | - | 96001 | - | - | -
    fleet/fuel | 2019/20 | - | 97040.1 | - | - | - | 97040.1 | - | - | -
    fleet/maintenance | 2016/17 | - | 10000 | -3200 | - | - | -3200 | - | - | -
    fleet/maintenance | 2017/18 | - | - | 14999.99 | - | - | 14999.99 | - | - | -
    fleet/maintenance | 2018/19 | - | - | -82.5 | - | - | -82.5 | - | - | -
    forensics/turnaround | 2015/16 | - | 52000 | - | - | - | 49750 | - | - | -
    forensics/turnaround | 2016/17 | - | 60000 | - | - | - | 58000 | - | - | -
    forensics/turnaround | 2017/18 | - | 63500 | - | - | - | 63500 | - | - | -
    forensics/lab-contract | 2014/15 | - | - | - | - | - | 20000 | - | - | -
    forensics/lab-contract | 2015/16 | - | - | - | - | - | 24000 | - | - | -
    forensics/lab-contract | 2016/17 | - | - | - | - | - | 26000 | - | - | -
    hr-service/licences | 2014/15 | - | - | - | - | - | 12000 | - | - | -
    hr-service/licences | 2016/17 | - | - | - | - | - | 0 | - | - | -
    hr-service/licences | 2017/18 | - | - | - | - | - | 9600 | - | - | -
    hr-service/transactions | 2015/16 | - | - | -4500 | - | - | -4500 | - | - | -
    hr-service/transactions | 2017/18 | - | 45000 | 43210.99 | - | - | 43210.99 | - | - | -
    hr-service/transactions | 2018/19 | - | 45000 | 44000.01 | - | - | 44000.01 | - | - | -
    training/course-fees | 2014/15 | - | - | - | - | - | 12000 | - | - | -
    """
BY_BENEFIT_IN_ALL = """
    air-support/hire | - | 140000 | 66000 | 140250 | -15000 | 0.892857 | 140250 | - | - | -
    control-room/staff | - | 840000 | 940040 | 809550.77 | -30449.23 | 0.963751 | 1049590.77 | - | - | -
    control-room/transition | - | - | - | - | - | - | - | 287000 | - | -
    control-room/running | - | - | - | - | - | - | - | 94500 | - | -
    custody/capacity | - | 2550000 | - | - | - | - | - | - | - | -
    fleet/fuel | - | 210000 | 269040.1 | 314538.47 | 8537.47 | 1.040655 | 411578.57 | - | - | -
    fleet/maintenance | - | - | 10000 | 11717.49 | - | - | 11717.49 | - | - | -
    forensics/turnaround | - | - | 175500 | - | - | - | 171250 | - | - | -
    forensics/lab-contract | - | - | - | - | - | - | 70000 | - | - | -
    hr-service/licences | - | - | - | - | - | - | 21600 | - | - | -
    hr-service/transactions | - | - | 90000 | 82711 | - | - | 82711 | - | - | -
    training/course-fees | - | - | - | - | - | - | 12000 | - | - | -
    """

OF = ("plan", "estimate", "actual", "variance", "realised", "benefit", "cost", "net", "benefit_per_cost")


def appraised(*options: str, folder: Path = EXAMPLE, as_at: str = "2020-12-31") -> dict[str, Any]:
    ran = invoke("appraisal", "--data", folder, "--format", "json", "--as-at", as_at, *options)
    assert (ran.status, ran.stderr) == (0, "")
    document: dict[str, Any] = json.loads(ran.stdout, parse_float=Decimal, parse_int=Decimal)
    return document


def lines_of(document: dict[str, Any]) -> list[str]:
    return [
        " | ".join([
            line["id"], line["year"] or "-", *("-" if line[name] is None else f"{line[name]:f}" for name in OF)
        ])
        for line in document["lines"]
    ]  # fmt: skip


def rows(text: str) -> list[str]:
    return [line.strip() for line in text.strip().split("\n")]


def gaps_of(document: dict[str, Any]) -> dict[str, dict[str, str | None]]:
    """Return, for each question, the benefits that do not answer it, each with its detail."""
    gaps: dict[str, dict[str, str | None]] = {}
    for gap in document["missing"]:
        gaps.setdefault(gap["question"], {})[f"{gap['project']}/{gap['benefit']}"] = gap["detail"]
    return gaps


# --- lines


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--by", "project"], BY_PROJECT),
        (["--by", "project", "--sum-years"], BY_PROJECT_IN_ALL),
        (["--by", "benefit"], BY_BENEFIT),
        (["--by", "benefit", "--sum-years"], BY_BENEFIT_IN_ALL),
    ],
    ids=["projects", "projects in all", "benefits", "benefits in all"],
)
def test_plan_estimate_actual_cost_and_net(options: list[str], expected: str) -> None:
    document = appraised(*options)
    assert (document["by"], document["measure"], document["as_at"]) == (options[1], "money", "2020-12-31")
    assert sorted(lines_of(document)) == sorted(rows(expected))


def test_lines_are_in_the_order_of_projects_and_years() -> None:
    order = ["air-support", "control-room", "custody", "fleet", "forensics", "hr-service", "training"]
    assert [line["id"] for line in appraised("--sum-years")["lines"]] == order
    by_year = [(order.index(line["id"]), line["year"]) for line in appraised()["lines"]]
    assert by_year == sorted(by_year)


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 112.5, 230 and 240 were what stood, of 600 that were planned for the same years.
        ("2016-06-16", "840000 | 470000 | 112500 | -17500 | 0.9375 | 582500 | 284500 | 298000 | 2.047452"),
        (
            "2018-07-19",
            "840000 | 700000 | 568550.77 | -36449.23 | 0.947585 | 803550.77 | 350250 | 453300.77 | 2.294221",
        ),
        (
            "2020-12-31",
            "840000 | 940040 | 809550.77 | -30449.23 | 0.963751 | 1049590.77 | 381500 | 668090.77 | 2.751221",
        ),
    ],
)
def test_a_project_pays_back_in_the_year_by_whose_end_benefits_have_covered_costs(as_at: str, expected: str) -> None:
    document = appraised("--project", "control-room", "--sum-years", as_at=as_at)
    assert lines_of(document) == [f"control-room | - | {expected}"]
    assert document["lines"][0]["pays_back"] == "2016/17"


def test_before_any_benefit_stands_there_is_no_net_and_no_payback() -> None:
    document = appraised("--project", "control-room", "--sum-years", as_at="2015-01-01")
    assert lines_of(document) == ["control-room | - | 840000 | - | - | - | - | - | - | - | -"]
    assert document["lines"][0]["pays_back"] is None


def test_by_force_each_has_its_share_and_costs_that_no_paper_divides_stay_whole() -> None:
    document = appraised("--by", "force", "--project", "control-room", "--sum-years")
    # 60 and 40 per cent of each figure; 219,950.77 is divided into 131,970.46 and 87,980.31.
    assert lines_of(document) == [
        "brackenshire | - | 504000 | 564024 | 485730.46 | -18269.54 | 0.963751 | 629754.46 | - | - | -",
        "aldershire | - | 336000 | 376016 | 323820.31 | -12179.69 | 0.963751 | 419836.31 | - | - | -",
        "not-apportioned | - | - | - | - | - | - | - | 381500 | - | -",
    ]
    assert [line["label"] for line in document["lines"]] == [
        "Brackenshire Constabulary",
        "Aldershire Police",
        "Not apportioned",
    ]


def test_by_force_pennies_go_where_the_totals_put_them() -> None:
    document = appraised("--by", "force", "--project", "fleet", "--year", "2016/17")
    assert lines_of(document) == [
        "brackenshire | 2016/17 | 26664 | 30663.6 | 27097.3 | 1499.86 | 1.05625 | 27097.3 | - | - | -",
        "aldershire | 2016/17 | 26664 | 30663.6 | 27097.29 | 1499.85 | 1.05625 | 27097.29 | - | - | -",
        "calderdown | 2016/17 | 26672 | 30672.8 | 27105.43 | 1500.31 | 1.05625 | 27105.43 | - | - | -",
    ]


def test_posts_are_appraised_by_measure() -> None:
    document = appraised("--measure", "posts", "--by", "benefit", "--sum-years")
    assert document["measure"] == "posts"
    assert lines_of(document) == [
        "control-room/posts | - | 22.5 | 12.5 | 20 | -2.5 | 0.888889 | 20 | - | - | -",
        "training/instructors | - | - | - | - | - | - | 1.5 | - | - | -",
    ]


def test_what_costs_were_planned_stands_beside_what_they_came_to() -> None:
    def costs(*options: str) -> list[tuple[object, ...]]:
        lines = appraised("--project", "control-room", *options)["lines"]
        return [(line["id"], line["year"], line["planned_cost"], line["cost"]) for line in lines]

    # The business case has £60,000 and £180,000 of moving, and no licence.
    assert costs("--to", "2016/17") == [
        ("control-room", "2014/15", 60000, 58200),
        ("control-room", "2015/16", 180000, 201300),
        ("control-room", "2016/17", None, 27500),
    ]
    assert costs("--by", "benefit", "--sum-years")[1:] == [
        ("control-room/transition", None, 240000, 287000),
        ("control-room/running", None, None, 94500),
    ]


# --- filters


def test_of_a_force_only_the_benefits_of_which_it_has_a_part_are_asked_after() -> None:
    document = appraised("--force", "calderdown")
    assert {f"{gap['project']}/{gap['benefit']}" for gap in document["missing"]} == {"fleet/fuel", "fleet/maintenance"}
    assert {line["id"] for line in document["lines"]} == {"fleet"}
    page = invoke("appraisal", "--data", EXAMPLE, "--force", "dunmoor").stdout
    assert page.endswith("\nThere is no benefit in this selection.\n")


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        (["--area", "vehicles"], ["fleet"]),
        (["--project", "custody", "--project", "training"], ["custody", "training"]),
        (["--cashability", "non-cashable"], ["forensics"]),
        (["--project", "air-support", "--from", "2016/17"], ["air-support 2016/17", "air-support 2017/18"]),
        (["--project", "air-support", "--to", "2015-16"], ["air-support 2015/16"]),
        (["--project", "air-support", "--year", "2017/18"], ["air-support 2017/18"]),
    ],
    ids=["area", "projects", "cashability", "from", "to", "year"],
)
def test_filters_choose_the_lines(options: list[str], chosen: list[str]) -> None:
    document = appraised(*options)
    named = [f"{line['id']} {line['year']}" for line in document["lines"] if line["benefit"] or line["plan"]]
    assert all(any(name.startswith(each) for each in chosen) for name in named)
    assert all(any(name.startswith(each) for name in named) for each in chosen)
    by_year = set(rows(BY_PROJECT))
    if "--cashability" not in options:
        assert set(lines_of(document)) <= by_year


def test_funding_is_appraised_only_when_it_is_asked_for() -> None:
    document = appraised("--category", "funding", "--project", "training", "--project", "hr-service")
    assert lines_of(document) == [
        "hr-service | 2018/19 | - | - | - | - | - | 25000 | - | - | -",
        "training | 2014/15 | - | - | - | - | - | 150000 | - | - | -",
        "training | 2015/16 | - | - | - | - | - | 85000 | - | - | -",
        "training | 2016/17 | - | - | - | - | - | 60000 | - | - | -",
    ]
    assert {(gap["project"], gap["benefit"]) for gap in document["missing"]} == {
        ("hr-service", "support-grant"),
        ("training", "innovation-grant"),
    }


# --- what is missing: of funding only where it is asked for, as a grant is no benefit to be realised

NO_COST = """air-support/hire air-support/contribution custody/capacity fleet/fuel fleet/maintenance fleet/driver-hours
    forensics/turnaround forensics/lab-contract hr-service/licences hr-service/transactions hr-service/meetings
    training/course-fees training/instructors"""
NO_BASELINE = NO_COST.replace("fleet/fuel ", "")
NO_OWNER = NO_COST.replace("fleet/driver-hours", "control-room/posts")
NO_GRADE = NO_COST.replace("fleet/fuel ", "").replace("forensics/turnaround", "control-room/posts")
NO_RECURRENCE = """air-support/contribution custody/capacity fleet/maintenance fleet/driver-hours forensics/turnaround
    forensics/lab-contract hr-service/licences training/instructors"""

NO_ACTUAL = {
    "air-support/contribution": "2014/15, 2015/16",
    "control-room/staff": "2019/20",
    "custody/capacity": "2016/17, 2017/18",
    "fleet/fuel": "2019/20",
    "fleet/driver-hours": "2017/18",
    "forensics/turnaround": "2015/16, 2016/17, 2017/18",
    "forensics/lab-contract": "2014/15, 2015/16, 2016/17",
    "hr-service/licences": "2014/15, 2016/17, 2017/18",
    "training/course-fees": "2014/15",
    "training/instructors": "2018/19",
}
TWICE = {
    "hr-service/licences": "training/course-fees in 2014/15: £12,000",
    "training/course-fees": "hr-service/licences",
}


@pytest.mark.parametrize(
    ("question", "benefits"),
    [
        ("no baseline", dict.fromkeys(NO_BASELINE.split())),
        ("no owner", dict.fromkeys(NO_OWNER.split())),
        ("cashability not stated", dict.fromkeys(["forensics/lab-contract", "hr-service/licences"])),
        ("unclassified", {"air-support/contribution": None}),
        ("undated", {"hr-service/meetings": "a year"}),
        ("old estimate", {"fleet/driver-hours": "2017/18"}),
        ("possible duplicate", TWICE),
        # 64 came and 5 were delayed; of the control room's 120, 112.5 came and 7.5 were not achievable.
        ("does not add up", {"air-support/hire": "2015/16: £69,000, and the plan was £70,000"}),
        ("no evidence grade", dict.fromkeys(NO_GRADE.split())),
        ("recurrence not stated", dict.fromkeys(NO_RECURRENCE.split())),
        ("no cost", dict.fromkeys(NO_COST.split())),
    ],
)
def test_each_benefit_that_leaves_a_question_open_is_named(question: str, benefits: dict[str, str | None]) -> None:
    assert gaps_of(appraised())[question] == benefits


def test_what_may_be_the_same_as_a_benefit_that_was_not_asked_for_is_named() -> None:
    # The paper of June 2016 states £60,000 of both for 2016/17; of the one, a paper of 2018 states £58,000.
    asked = gaps_of(appraised("--project", "forensics", as_at="2018-07-18"))["possible duplicate"]
    assert asked == {"forensics/turnaround": "training/innovation-grant in 2016/17: £60,000"}
    grants = gaps_of(appraised("--category", "funding", as_at="2018-07-18"))["possible duplicate"]
    assert grants == {"training/innovation-grant": "forensics/turnaround in 2016/17: £60,000"}


def test_what_no_longer_stands_is_not_counted_twice() -> None:
    assert "possible duplicate" not in gaps_of(appraised("--project", "forensics", as_at="2018-07-19"))


def test_it_is_as_at_today_unless_another_day_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a year that is over without an outturn is told of, however long no paper came."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1640995199")  # the last second of 2021 at Greenwich
    today = json.loads(invoke("appraisal", "--data", EXAMPLE, "--format", "json").stdout)
    assert today["as_at"] == "2021-12-31"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")  # 1980, as a package builder sets it: before all papers
    latest = json.loads(invoke("appraisal", "--data", EXAMPLE, "--format", "json").stdout)
    assert latest["as_at"] == "2020-07-16"
    assert invoke("validate", EXAMPLE).status == 0
    page = " ".join(invoke("appraisal", "--data", EXAMPLE, "--as-at", "2021-07-17").stdout.split())
    assert " As at 17 July 2021. " in page


def test_what_may_be_the_same_has_its_id_on_a_terminal_and_its_name_in_public_pages(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    saving = "{area: vehicles, category: saving, %sstatements: [{source: paper-2016, reported: {2015/16: %s}}]}"
    folder = make_folder({
        "projects/2010.yaml": f"name: Fleet of 2010\nbenefits: {{vans: {saving % ('label: Vans leased, ', '£7k')}}}\n",
        "projects/fleet.yaml": f"name: Fleet\nbenefits:\n  vans: {saving % ('', '£7k')}\n"
        f"  cars: {saving % ('possible_duplicate_of: 2010/vans, ', '£3k')}\n",
    })  # fmt: skip
    found = gaps_of(appraised(folder=folder, as_at="2018-12-31"))["possible duplicate"]
    assert found == {
        "2010/vans": "fleet/vans in 2015/16: £7,000", "fleet/cars": "2010/vans",
        "fleet/vans": "2010/vans in 2015/16: £7,000",
    }  # fmt: skip
    assert invoke("report", "--data", folder, "--output", tmp_path / "report").status == 0
    public = (tmp_path / "report/appraisal.html").read_text(encoding="utf-8")
    terminal = " ".join(invoke("appraisal", "--data", folder).stdout.split())
    for ids, names in (
        ("2010/vans", "Fleet of 2010: Vans leased"),
        ("2010/vans in 2015/16: £7,000", "Fleet of 2010: Vans leased in 2015/16: £7,000"),
        ("fleet/vans in 2015/16: £7,000", "Fleet: vans in 2015/16: £7,000"),
    ):
        assert f"possible duplicate ({ids})" in terminal
        assert f"possible duplicate ({names})" in public
    assert "/vans" not in public


def test_of_funding_nothing_is_missing_unless_it_is_asked_for(make_folder: MakeFolder) -> None:
    grant = "{area: grants, category: funding, statements: [{source: paper-2016, reported: {2015/16: £10k}}]}"
    unsaid = "{area: grants, category: unclassified, statements: [{source: paper-2016, reported: {2015/16: £9k}}]}"
    folder = make_folder({"projects/fleet.yaml": f"name: Joint fleet\nbenefits: {{grant: {grant}}}\n"})
    assert appraised(folder=folder, as_at="2018-12-31")["missing"] == []
    page = invoke("appraisal", "--data", folder).stdout
    assert page.endswith("What the papers do not say\n--------------------------\n\nThere is no benefit in this "
                         "selection.\n")  # fmt: skip
    asked = gaps_of(appraised("--category", "funding", folder=folder, as_at="2018-12-31"))
    assert asked["no actual"] == {"fleet/grant": "2015/16"}
    # What the papers do not classify may be a saving.
    folder = make_folder({"projects/fleet.yaml": f"name: Joint fleet\nbenefits: {{grant: {grant}, sum: {unsaid}}}\n"})
    assert gaps_of(appraised(folder=folder, as_at="2018-12-31"))["unclassified"] == {"fleet/sum": None}


@pytest.mark.parametrize("by", ["project", "benefit", "force"])
def test_the_total_says_of_which_projects_no_cost_is_stated(by: str) -> None:
    chosen = ("--project", "fleet", "--project", "control-room", "--project", "hr-service")
    page = " ".join(invoke("appraisal", "--data", EXAMPLE, "--by", by, *chosen).stdout.split())
    assert (
        "In the total, net, benefit per £ of cost and the year in which it pays back set all benefits against those "
        "costs that are stated; no cost is stated of Joint fleet and Shared HR service."
    ) in page


def test_the_total_says_of_how_much_of_the_plan_it_is_known_what_came() -> None:
    """Of the custody suites, £1,250k and £1,300k, no paper says what came; of 70, 240 and 80 in 2016/17 one does."""
    page = " ".join(invoke("appraisal", "--data", EXAMPLE).stdout.split())
    assert (
        "In the total, variance is of the part of the plan of which papers say what came: £390.0k of £1,640.0k for "
        "2016/17 and £330.0k of £1,630.0k for 2017/18."
    ) in page
    page = " ".join(invoke("appraisal", "--data", EXAMPLE, "--sum-years").stdout.split())
    assert "papers say what came: £1,190.0k of £3,740.0k." in page


@pytest.mark.parametrize("project", ["control-room", "fleet"])  # with costs, and without any in the total
def test_where_costs_and_benefits_are_of_the_same_projects_nothing_is_said_of_it(project: str) -> None:
    assert "In the total" not in invoke("appraisal", "--data", EXAMPLE, "--project", project).stdout


def test_a_year_that_is_over_without_an_outturn_is_named() -> None:
    # Of custody there is only a plan, of years that are over.
    assert gaps_of(appraised())["no actual"] == NO_ACTUAL


def test_a_plan_is_asked_after_once_its_year_is_over() -> None:
    def asked(as_at: str) -> str | None:
        return gaps_of(appraised("--project", "custody", as_at=as_at)).get("no actual", {}).get("custody/capacity")

    assert [asked(day) for day in ("2017-03-31", "2017-04-01", "2018-04-01")] == [None, "2016/17", "2016/17, 2017/18"]
    # Of what was planned for 2016/17 and 2017/18, all came to an actual.
    posts = gaps_of(appraised("--project", "control-room"))["no actual"]
    assert "control-room/posts" not in posts


def test_as_at_an_earlier_day_only_what_was_known_and_over_then_is_missing() -> None:
    found = gaps_of(appraised(as_at="2016-06-16"))
    assert found["no actual"] == {
        "air-support/contribution": "2014/15, 2015/16",
        "forensics/turnaround": "2015/16",
        "forensics/lab-contract": "2014/15, 2015/16",
        "hr-service/licences": "2014/15",
        "training/course-fees": "2014/15",
    }
    not_known_yet = {"fleet/driver-hours", "hr-service/support-grant", "training/instructors"}
    assert set(found["no baseline"]) == set(NO_BASELINE.split()) - not_known_yet
    assert "old estimate" not in found


@pytest.mark.parametrize(
    ("as_at", "old"),
    [
        ("2019-07-19", {}),
        ("2019-07-20", {"fleet/driver-hours": "2017/18"}),
        ("2021-07-16", {"fleet/driver-hours": "2017/18"}),
        (
            "2021-07-17",
            {
                "control-room/staff": "2019/20",
                "fleet/fuel": "2019/20",
                "fleet/driver-hours": "2017/18",
                "forensics/turnaround": "2017/18",
            },
        ),
    ],
)
def test_an_estimate_is_old_when_it_is_of_more_than_a_year_ago(as_at: str, old: dict[str, str]) -> None:
    found = gaps_of(appraised("--from", "2017/18", as_at=as_at)).get("old estimate", {})
    assert {benefit: years for benefit, years in found.items() if "2018/19" not in str(years)} == old


ASKED_BY = {
    # what is mended in the data
    "keeper": {
        "no owner", "undated", "old estimate", "possible duplicate", "does not add up", "outlives its project",
        "far from its estimate",
    },
    # what is to be decided on
    "committee": {
        "no actual", "cashability not stated", "unclassified", "old estimate", "possible duplicate", "does not add up",
        "outlives its project", "no cost",
    },
    # whether a saving is one
    "auditor": {
        "no baseline", "no actual", "no owner", "cashability not stated", "unclassified", "undated",
        "possible duplicate", "does not add up", "far from its estimate", "no evidence grade", "recurrence not stated",
        "no cost",
    },
}  # fmt: skip


def test_each_question_has_its_sentence_and_who_asks_it() -> None:
    document = appraised()
    assert list(document["questions"]) == [
        "no baseline", "no actual", "no owner", "cashability not stated", "unclassified", "undated", "old estimate",
        "possible duplicate", "does not add up", "outlives its project", "far from its estimate", "no evidence grade",
        "recurrence not stated", "no cost",
    ]  # fmt: skip
    assert all(asked["sentence"].endswith(".") and asked["source"] for asked in document["questions"].values())
    for audience in AUDIENCES:
        asked_by = {question for question, asked in document["questions"].items() if audience in asked["for"]}
        assert asked_by == ASKED_BY[audience]
    assert set().union(*ASKED_BY.values()) == set(document["questions"])
    assert set(document["questions"]) - {gap["question"] for gap in document["missing"]} == {
        "outlives its project", "far from its estimate",
    }  # fmt: skip


# --- for people


def test_an_appraisal_in_markdown() -> None:
    ran = invoke(
        "appraisal", "--data", EXAMPLE, "--project", "control-room", "--sum-years", "--as-at", "2020-12-31",
        "--unit", "£", "--format", "markdown",
    )  # fmt: skip
    assert ran == (
        0,
        """\
# Appraisal of projects

As at 31 December 2020. Lines are of savings, unless another category was asked for. Plan, estimate, actual and not \
achievable are the latest of each. Benefit and cost are what totals use: the actual, or else the latest figure that is \
no plan. Net is the benefit less the cost, where both are of the same projects; in a total it is all benefits less \
what costs are stated. Variance is the benefit less the plan, of the benefits and years that have both. Per cent \
realised is the actual as a part of its plan, of those that have both.

**Plan, estimate, actual, benefit and cost of projects \\(£\\)**

| Project | Plan | Estimate | Actual | Not achievable | Variance | Variance % | Realised % | Benefit | Planned cost \
| Cost | Net | Benefit per £ of cost | Pays back |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| Shared control room | 840,000.00 | 940,040.00 | 809,550.77 | 7,500.00 | -30,449.23 | -3.6% | 96.4% | 1,049,590.77 \
| 240,000.00 | 381,500.00 | 668,090.77 | £2.75 | 2016/17 |
| **TOTAL** | **840,000.00** | **940,040.00** | **809,550.77** | **7,500.00** | **-30,449.23** | **-3.6%** | **96.4%** \
| **1,049,590.77** | **240,000.00** | **381,500.00** | **668,090.77** | **£2.75** | **2016/17** |

## What the papers do not say

**3 gaps in 2 benefits**

| Gap | Benefits | What it means | Who needs it | Who asks |
| --- | ---: | --- | --- | --- |
| no actual | 1 | A year is over, and no paper calls a figure its outturn. | committee, auditor \
| IPA, Guide for effective benefits management, \
2017: what cannot be measured cannot be claimed as realised |
| no owner | 1 | No paper names a role that answers for it. | keeper, auditor \
| HM Treasury, Green Book, benefits register: responsible \
officer |
| no evidence grade | 1 | No paper grades the evidence green, amber or red. | auditor \
| NAO, The Efficiency Programme: a \
second review of progress, 2007 |

- Shared control room: Control room staff \\(control-room/staff\\): no actual \\(2019/20\\)
- Shared control room: Officers returned to the front line \\(control-room/posts\\): no owner, no evidence grade
""",
        "",
    )


def test_the_ledgers_own_unit_and_places_are_the_default_and_empty_columns_are_left_out() -> None:
    ran = invoke("appraisal", "--data", EXAMPLE, "--project", "training", "--as-at", "2020-12-31")
    assert (
        "As at 31 December 2020. Lines are of savings, unless another category was asked for. Benefit is what\n"
        "totals use: the actual, or else the latest figure that is no plan.\n\n"
        "Benefit of projects (£k)\n\n"
        "Project                   Year       Benefit\n"
        "------------------------  -------  ---------\n"
        "Regional training school  2014/15       12.0\n"
    ) in ran.stdout
    exact = invoke("appraisal", "--data", EXAMPLE, "--project", "fleet", "--year", "2018/19", "--places", "4")
    assert "Joint fleet  2018/19   95.9185    95.9185\n" in exact.stdout


def test_the_columns_that_are_there_are_explained_and_pence_are_shown_in_pounds(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "ledger.yaml": "title: A ledger\nunit: £k\n",
        "projects/fleet.yaml": fleet("{source: paper-2018, actual: {2016/17: '£204,310.50'}}"),
    })  # fmt: skip
    page = invoke("appraisal", "--data", folder, "--as-at", "2018-12-31").stdout
    assert (
        page.partition("\n---")[0]
        == """\
Appraisal of projects
=====================

As at 31 December 2018. Lines are of savings, unless another category was asked for. Actual is the
latest there is. Benefit is what totals use: the actual, or else the latest figure that is no plan.

Actual and benefit of projects (£)

Project      Year         Actual     Benefit"""
    )
    asked = invoke("appraisal", "--data", folder, "--unit", "£m").stdout
    assert ["Joint", "fleet", "2016/17", "0.2043105", "0.2043105"] in [line.split() for line in asked.splitlines()]


def test_a_benefit_with_every_answer_leaves_nothing_to_miss(make_folder: MakeFolder) -> None:
    folder = make_folder(
        {
            "projects/fleet.yaml": """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            cashability: cash-releasing
            recurrence: recurring
            statements:
              - {source: paper-2016, actual: {2015/16: £10k}, baseline: Litres of 2014/15, owner: Fleet Manager}
              - {source: paper-2017, assurance: green}
        costs:
          move: {area: vehicles, statements: [{source: paper-2016, actual: {2015/16: £99k}}]}
        """
        }
    )
    page = invoke("appraisal", "--data", folder, "--as-at", "2018-12-31").stdout
    assert page.endswith("\nNothing: every question is answered.\n")
    assert appraised(folder=folder, as_at="2018-12-31")["missing"] == []
    # The grade was given in 2017.
    before = gaps_of(appraised(folder=folder, as_at="2017-07-19"))
    assert before == {"no evidence grade": {"fleet/fuel": None}}


def test_of_a_force_it_is_told_that_what_no_paper_divides_is_left_out(make_folder: MakeFolder) -> None:
    said = "{source: paper-2016, forces: [thornshire, marlshire]}"
    shares = {"shares": "{thornshire: 60%, marlshire: 40%}", "shares_source": "paper-2016"}
    for posts in ({}, {"measure": "posts"}):
        amount = "2" if posts else "£10k"
        figure = f"{{source: paper-2017, actual: {{2016/17: {amount}}}}}"
        whole = make_folder({"projects/fleet.yaml": fleet(figure, said=said, **posts)})
        for forces, note in (([], ""), (["--force", "marlshire"], f"{LEFT_OUT}\n\n")):
            page = invoke("appraisal", "--data", whole, "--as-at", "2018-12-31", *forces).stdout
            assert f"\n{note}What the papers do not say\n" in page
            assert page.endswith("There is no benefit in this selection.\n") == bool(forces)
            assert (LEFT_OUT in page) == bool(forces)
        divided = make_folder({"projects/fleet.yaml": fleet(figure, said=said, **posts, **shares)})
        assert LEFT_OUT not in invoke("appraisal", "--data", divided, "--force", "marlshire").stdout


def test_what_a_later_paper_divides_is_not_left_out(make_folder: MakeFolder) -> None:
    """Of the whole of 2016 the paper of 2017 gives each force a part."""
    stated = (
        "{source: paper-2016, estimate: {2015/16: £10k}}, "
        "{source: paper-2017, estimate: {2015/16: {thornshire: £7k, marlshire: £3k}}}"
    )
    folder = make_folder({"projects/fleet.yaml": fleet(stated)})
    page = invoke("appraisal", "--data", folder, "--force", "marlshire").stdout
    assert "3.0" in page
    assert LEFT_OUT not in page


LEFT_OUT = "What no paper divides between forces is left out."


def test_without_any_figure_there_is_no_table(make_folder: MakeFolder) -> None:
    page = invoke("appraisal", "--data", make_folder(), "--as-at", "2018-12-31").stdout
    assert page.count("\n\n") == 3
    assert page.endswith(
        "What the papers do not say\n--------------------------\n\nThere is no benefit in this selection.\n"
    )


# --- ledgers made here


def made(make_folder: MakeFolder, saving: str, cost: str) -> dict[str, Any]:
    folder = make_folder(
        {
            "projects/fleet.yaml": f"""
        name: Joint fleet
        benefits:
          fuel: {{area: vehicles, category: saving, statements: [{{source: paper-2018, {saving}}}]}}
        costs:
          move: {{area: vehicles, statements: [{{source: paper-2018, {cost}}}]}}
        """
        }
    )
    (line,) = appraised("--sum-years", folder=folder)["lines"]
    found: dict[str, Any] = line
    return found


def test_payback_is_for_good(make_folder: MakeFolder) -> None:
    # 5 covered in 2014/15; 10 more of cost uncover it until 2017/18.
    line = made(
        make_folder, "actual: {2014/15: £5k, 2016/17: £4k, 2017/18: £7k}", "actual: {2014/15: £5k, 2015/16: £10k}"
    )
    assert (line["net"], line["pays_back"]) == (1000, "2017/18")
    never = made(make_folder, "actual: {2014/15: £5k}", "actual: {2014/15: £5k, 2015/16: £10k}")
    assert (never["net"], never["pays_back"]) == (-10000, None)


def test_of_a_plan_of_nothing_no_share_is_realised(make_folder: MakeFolder) -> None:
    line = made(make_folder, "plan: {2016/17: £0}, actual: {2016/17: £4k}", "actual: {2016/17: £0}")
    assert (line["plan"], line["variance"], line["variance_share"], line["realised"]) == (0, 4000, None, None)
    assert (line["net"], line["benefit_per_cost"], line["pays_back"]) == (4000, None, "2016/17")


@pytest.mark.parametrize(("actual", "variance", "share"), [("-£3k", 1000, "0.25"), ("-£6k", -2000, "-0.5")])
def test_the_share_of_a_variance_has_its_sign_where_a_loss_was_planned(
    make_folder: MakeFolder, actual: str, variance: int, share: str
) -> None:
    line = made(make_folder, f"plan: {{2016/17: -£4k}}, actual: {{2016/17: {actual}}}", "actual: {2016/17: £1}")
    assert (line["variance"], line["variance_share"], line["realised"]) == (variance, Decimal(share), None)


def test_without_an_outturn_the_plan_is_set_beside_what_is_expected(make_folder: MakeFolder) -> None:
    line = made(
        make_folder,
        "plan: {2016/17: £4k, 2018/19: £10k}, actual: {2016/17: £3k}, estimate: {2018/19: £9k}",
        "actual: {2016/17: £1k}",
    )
    # 12 of 14 are expected or came; of the 4 of which the outturn is known, 3.
    assert (line["variance"], line["variance_share"], line["realised"]) == (
        -2000, Decimal("-0.142857"), Decimal("0.75"),
    )  # fmt: skip


def shown(make_folder: MakeFolder, projects: dict[str, tuple[str, str]]) -> list[list[str]]:
    """Return the cells of the appraisal of projects of which each has a saving and perhaps a cost of 2016/17, in £m."""
    files = {}
    for name, (saving, cost) in projects.items():
        stated = f"statements: [{{source: paper-2018, {saving}}}]"
        costs = f"costs: {{c: {{area: estates, statements: [{{source: paper-2018, {cost}}}]}}}}" if cost else ""
        files[f"projects/{name}.yaml"] = (
            f"name: {name}\nbenefits: {{b: {{area: vehicles, category: saving, {stated}}}}}\n{costs}\n"
        )
    page = invoke("appraisal", "--data", make_folder(files), "--unit", "£m", "--format", "markdown").stdout
    lines = [line for line in page.split("\n") if line.startswith(("| Project", *(f"| {name}" for name in projects)))]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def test_a_per_cent_goes_the_way_of_its_variance(make_folder: MakeFolder) -> None:
    heads, better, worse = shown(
        make_folder,
        {
            "better": ("plan: {2016/17: -£0.2m}, actual: {2016/17: -£0.1m}", ""),
            "worse": ("plan: {2016/17: -£0.2m}, actual: {2016/17: -£0.3m}", ""),
        },
    )
    assert heads[4:6] == ["Variance", "Variance %"]
    assert better[4:6] == ["0.1", "\\+50.0%"]
    assert worse[4:6] == ["-0.1", "-50.0%"]


def test_minus_stands_before_the_pound_and_not_before_nought(make_folder: MakeFolder) -> None:
    heads, loss, near, small = shown(
        make_folder,
        {
            "loss": ("actual: {2016/17: -£0.1m}", "actual: {2016/17: £0.2m}"),
            "near": ("plan: {2016/17: £1m}, actual: {2016/17: £999.9k}", "actual: {2016/17: £1m}"),
            "small": ("actual: {2016/17: -£0.1m}", "actual: {2016/17: £500m}"),
        },
    )
    cells = [dict(zip(heads, row, strict=True)) for row in (loss, near, small)]
    assert [row["Benefit per £ of cost"] for row in cells] == ["-£0.50", "£1.00", "£0.00"]
    assert [row["Variance %"] for row in cells] == ["-", "0.0%", "-"]
    assert cells[1]["Variance"] == "-0.0001"


# --- what became of plans, and the totals


def test_what_became_of_a_plan_has_its_columns() -> None:
    found = {
        (line["id"], line["year"]): (line["at_risk"], line["delayed"], line["not_achievable"])
        for line in appraised()["lines"]
        if line["at_risk"] is not None or line["delayed"] is not None or line["not_achievable"] is not None
    }
    assert found == {("air-support", "2015/16"): (None, 5000, None), ("control-room", "2015/16"): (None, None, 7500)}
    page = invoke("appraisal", "--data", EXAMPLE, "--format", "markdown").stdout
    assert "| Actual | Delayed | Not achievable | Variance |" in page
    assert "At risk" not in page


TOTAL_OF_2015 = {
    "plan": 230000, "estimate": 52000, "actual": 214800, "at_risk": None, "delayed": 5000, "not_achievable": 7500,
    # 64, 112.5 and 42.8 came of 70, 120 and 40.
    "variance": -10700, "variance_share": Decimal("-0.046522"), "realised": Decimal("0.953478"), "benefit": 288550,
    "planned_cost": 180000, "cost": 201300, "net": 87250, "benefit_per_cost": Decimal("1.433433"), "pays_back": None,
}  # fmt: skip


@pytest.mark.parametrize("by", ["project", "benefit", "force"])
def test_the_totals_are_the_same_however_lines_are_made(by: str) -> None:
    totals = {line.pop("year"): line for line in appraised("--by", by)["totals"]}
    assert list(totals) == ["2014/15", "2015/16", "2016/17", "2017/18", "2018/19", "2019/20"]
    assert totals["2015/16"] == TOTAL_OF_2015
    (whole,) = appraised("--by", by, "--sum-years")["totals"]
    assert (whole["year"], whole["benefit"], whole["cost"], whole["net"], whole["pays_back"]) == (
        None, Decimal("1970697.83"), 381500, Decimal("1589197.83"), "2015/16",
    )  # fmt: skip


def test_what_no_paper_divides_has_no_net_no_ratio_and_no_payback() -> None:
    for options in ((), ("--sum-years",)):
        lines = [line for line in appraised("--by", "force", *options)["lines"] if line["id"] == "not-apportioned"]
        assert any(line["benefit"] and line["cost"] for line in lines)
        assert {line[name] for line in lines for name in ("net", "benefit_per_cost", "pays_back")} == {None}


TORN = {
    "projects/alone.yaml": """
        name: Alone
        statements: [{source: paper-2016, forces: [thornshire]}]
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements: [{source: paper-2016, actual: {2014/15: £10k, 2015/16: £100k}}]
        costs:
          pumps: {area: vehicles, statements: [{source: paper-2016, actual: {2014/15: £4k, 2015/16: £40k}}]}
        """,
    "projects/joint.yaml": """
        name: Joint
        statements: [{source: paper-2016, forces: [thornshire, marlshire]}]
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: {thornshire: 50%, marlshire: 50%}
            shares_source: paper-2016
            statements: [{source: paper-2016, actual: {2015/16: £60k}}]
        costs:
          pumps: {area: vehicles, statements: [{source: paper-2016, actual: {2015/16: £30k}}]}
        """,
}  # fmt: skip


@pytest.mark.parametrize(
    ("options", "lines", "total"),
    [
        # In 2014/15 Thornshire has Alone alone: 10 less 4. In 2015/16 it has half of the 60 of Joint, and nobody says
        # how much of its 30.
        (
            ("--by", "force"),
            {
                "thornshire": [("2014/15", 10000, 4000, 6000), ("2015/16", 130000, 40000, None)],
                "marlshire": [("2015/16", 30000, None, None)],
                "not-apportioned": [("2015/16", None, 30000, None)],
            },
            [("2014/15", 10000, 4000, 6000), ("2015/16", 160000, 70000, 90000)],
        ),
        (
            ("--by", "force", "--sum-years"),
            {
                "thornshire": [(None, 140000, 44000, None)],
                "marlshire": [(None, 30000, None, None)],
                "not-apportioned": [(None, None, 30000, None)],
            },
            [(None, 170000, 74000, 96000)],
        ),
        (
            ("--force", "thornshire"),
            {
                "alone": [("2014/15", 10000, 4000, 6000), ("2015/16", 100000, 40000, 60000)],
                "joint": [("2015/16", 30000, None, None)],
            },
            [("2014/15", 10000, 4000, 6000), ("2015/16", 130000, 40000, None)],
        ),
    ],
)
def test_a_force_has_no_net_where_only_benefits_of_a_project_are_divided(
    make_folder: MakeFolder,
    options: tuple[str, ...],
    lines: dict[str, list[tuple[object, ...]]],
    total: list[tuple[object, ...]],
) -> None:
    def shown(line: dict[str, Any]) -> tuple[object, ...]:
        assert (line["benefit_per_cost"] is None) == (line["net"] is None)
        assert line["pays_back"] is None or line["net"] is not None
        return line["year"], line["benefit"], line["cost"], line["net"]

    document = appraised(*options, folder=make_folder(TORN))
    found: dict[str, list[tuple[object, ...]]] = {}
    for line in document["lines"]:
        found.setdefault(line["id"], []).append(shown(line))
    assert found == lines
    assert [shown(line) for line in document["totals"]] == total


def test_a_force_has_no_net_where_only_costs_of_a_project_are_divided(make_folder: MakeFolder) -> None:
    joint = TORN["projects/joint.yaml"].replace("benefits:", "was:").replace("costs:", "benefits:")
    joint = joint.replace("was:", "costs:").replace("category: saving", "note: half each")
    joint = joint.replace("pumps: {area: vehicles,", "pumps: {area: vehicles, category: saving,")
    document = appraised(
        "--by", "force", "--year", "2015/16", folder=make_folder({**TORN, "projects/joint.yaml": joint})
    )
    # Thornshire has half of the 60 that Joint costs, and nobody says how much of the 30 that it saves.
    assert [(line["id"], line["benefit"], line["cost"], line["net"]) for line in document["lines"]] == [
        ("thornshire", 100000, 70000, None),
        ("marlshire", None, 30000, None),
        ("not-apportioned", 30000, None, None),
    ]


def test_costs_stay_whatever_the_cashability_of_the_benefits() -> None:
    for by in ("project", "force"):
        (total,) = appraised("--by", by, "--cashability", "non-cashable", "--year", "2017/18")["totals"]
        assert (total["benefit"], total["cost"], total["net"]) == (63500, 31250, 32250)


def test_an_appraisal_as_csv_has_its_lines_and_totals_exact() -> None:
    ran = invoke(
        "appraisal", "--data", EXAMPLE, "--project", "control-room", "--year", "2015/16", "--format", "csv",
        "--unit", "£m",
    )  # fmt: skip
    amounts = "2015/16,GBP,120000,,112500,,,7500,-7500,-0.0625,0.9375,112500,180000,201300,-88800,0.558867,\n"
    assert ran.stdout == (
        "part,id,label,year,unit,plan,estimate,actual,at_risk,delayed,not_achievable,variance,variance_share,realised,"
        "benefit,planned_cost,cost,net,benefit_per_cost,pays_back\n"
        f"line,control-room,Shared control room,{amounts}total,total,TOTAL,{amounts}"
    )
    posts = invoke("appraisal", "--data", EXAMPLE, "--measure", "posts", "--sum-years", "--format", "csv").stdout
    assert posts.splitlines()[1] == (
        "line,control-room,Shared control room,,posts,22.5,12.5,20,,,,-2.5,-0.111111,0.888889,20,,,,,"
    )
    nothing = invoke("appraisal", "--data", EXAMPLE, "--project", "evidence-store", "--format", "csv").stdout
    assert nothing == ran.stdout.partition("\n")[0] + "\n"


# --- for whom


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_missing_can_be_narrowed_to_who_needs_it(audience: str) -> None:
    document = appraised("--for", audience)
    whole = appraised()
    assert document["lines"] == whole["lines"]
    assert document["missing"] == [gap for gap in whole["missing"] if gap["question"] in ASKED_BY[audience]]


def test_an_answer_is_needed_by_those_who_decide_mend_or_ask() -> None:
    keeper = gaps_of(appraised("--for", "keeper"))
    assert set(keeper) == {"no owner", "undated", "old estimate", "possible duplicate", "does not add up"}
    page = invoke("appraisal", "--data", EXAMPLE, "--for", "keeper", "--format", "markdown").stdout
    assert "| undated | 1 | An amount is stated, and no year. | keeper, auditor | HM Treasury" in page
    assert "no baseline" not in page


def test_an_estimate_that_outlives_its_project_is_named(make_folder: MakeFolder) -> None:
    fuel = closed_fleet("2016/17: £80k, 2017/18: £95k, 2018/19: £110k, 2018/19 to 2019/20: £1k, a year: £2k")
    oil = "{source: paper-2016, estimate: {2017/18: £1k}}, {source: paper-2018, actual: {2017/18: £2k}}"
    folder = make_folder({
        "projects/fleet.yaml": f"{fuel}  oil: {{area: vehicles, category: saving, statements: [{oil}]}}\n"
    })  # fmt: skip
    found = gaps_of(appraised(folder=folder))
    # Of the year in which it was closed the figure stands, and is listed.
    assert found["outlives its project"] == {"fleet/fuel": "2017/18, 2018/19, 2018/19 to 2019/20"}
    assert "outlives its project" not in gaps_of(appraised(folder=folder, as_at="2018-07-18"))


@pytest.mark.parametrize(
    ("figures", "years"),
    [
        ("estimate: {2016/17: £1k}, actual: {2016/17: £100k}", "2016/17"),
        ("estimate: {2016/17: £100k}, actual: {2016/17: -£1k}", "2016/17"),
        ("plan: {2016/17: £1k}, actual: {2016/17: £100k}", "2016/17"),
        ("plan: {2016/17: £1k}, estimate: {2016/17: £2k}, actual: {2016/17: £100k}", None),
        ("estimate: {2016/17: £1k}, actual: {2016/17: £99.999k}", None),
        ("estimate: {2016/17: £1k}, actual: {2016/17: £0}", None),
        ("estimate: {2016/17: £0}, actual: {2016/17: £1k}", None),
        ("estimate: {2016/17: £1k}, reported: {2016/17: £100k}", None),
    ],
)
def test_an_outturn_a_hundred_times_what_was_expected_is_named(
    make_folder: MakeFolder, figures: str, years: str | None
) -> None:
    folder = make_folder({"projects/fleet.yaml": fleet(f"{{source: paper-2018, {figures}}}")})
    assert gaps_of(appraised(folder=folder)).get("far from its estimate", {}).get("fleet/fuel") == years


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        # achieved, and what became of the rest, as of one day
        (("{source: paper-2016, plan: {2016/17: £10k}}, {source: paper-2017, actual: {2016/17: £7k}, "
         "delayed: {2016/17: £2k}, not_achievable: {2016/17: £1k}}"), None),
        (("{source: paper-2016, plan: {2016/17: £10k}}, {source: paper-2017, actual: {2016/17: £7k}, "
         "delayed: {2016/17: £2k}, not_achievable: {2016/17: £0}}"), "2016/17: £9,000, and the plan was £10,000"),
        # what an earlier paper held to be at risk is not set beside a later outturn
        (("{source: paper-2016, plan: {2016/17: £10k}, estimate: {2016/17: £9k}, at_risk: {2016/17: £1k}}, "
         "{source: paper-2017, actual: {2016/17: £7k}}"), None),
        # without an outturn, what is expected
        ("{source: paper-2016, plan: {2016/17: £10k}, estimate: {2016/17: £9k}, at_risk: {2016/17: £2k}}",
         "2016/17: £11,000, and the plan was £10,000"),
        ("{source: paper-2016, plan: {2016/17: £10k}, at_risk: {2016/17: £2k}}", None),
        # a year that is not named is no year
        ("{source: paper-2016, plan: {a year: £10k}, estimate: {a year: £9k}, at_risk: {a year: £2k}}", None),
    ],
)  # fmt: skip
def test_a_plan_that_is_not_what_became_of_it_is_named(
    make_folder: MakeFolder, statements: str, told: str | None
) -> None:
    folder = make_folder({"projects/fleet.yaml": fleet(statements)})
    assert gaps_of(appraised(folder=folder)).get("does not add up", {}).get("fleet/fuel") == told


# --- what no longer stands, and whose questions


def test_years_of_what_is_new_are_not_added_together(make_folder: MakeFolder) -> None:
    stated = "{source: paper-2017, actual: {2015/16: £10k, 2016/17: £12k}}"
    van = "costs: {van: {area: vehicles, statements: [{source: paper-2017, actual: {2015/16: £3k, 2016/17: £4k}}]}}\n"
    folder = make_folder({"projects/fleet.yaml": fleet(stated, counts="new") + van})
    refused = invoke("appraisal", "--data", folder, "--sum-years")
    assert (refused.status, refused.stdout) == (2, "")
    assert "years are not added together" in refused.stderr
    costs = invoke("appraisal", "--data", folder, "--sum-years", "--category", "cost")
    assert costs.status == 0
    assert "Project        Cost\n-----------  ------\nJoint fleet     7.0\n" in costs.stdout


def test_what_lapsed_or_was_replaced_is_in_no_line_and_no_outturn_of_it_is_missed(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": closed_fleet("2015/16: £1k, 2016/17: £2k", closed="2016-03-31"),
        "projects/yard.yaml": """
            name: Yard
            benefits:
              old:
                area: vehicles
                category: saving
                statements: [{source: paper-2016, estimate: {2015/16: £3k, 2016/17: £4k}}]
              new:
                area: vehicles
                category: saving
                replaces: [yard/old]
                statements: [{source: paper-2017, actual: {2016/17: £5k}}]
            """,
    })  # fmt: skip
    document = json.loads(invoke("appraisal", "--data", folder, "--by", "benefit", "--format", "json").stdout)
    assert [(line["id"], line["year"], line["estimate"]) for line in document["lines"]] == [
        ("fleet/fuel", "2015/16", 1000), ("yard/old", "2015/16", 3000), ("yard/new", "2016/17", None),
    ]  # fmt: skip
    missing = [(gap["benefit"], gap["detail"]) for gap in document["missing"] if gap["question"] == "no actual"]
    assert missing == [("fuel", "2015/16"), ("old", "2015/16")]


NOT_OF_A_YEAR = """
    name: Joint fleet
    benefits:
      fuel:
        area: vehicles
        category: saving
        cashability: cash-releasing
        label: Fuel
        statements:
          - {source: paper-2017, plan: {2014/15 to 2015/16: £9k}, estimate: {2016/17 to 2016-11: £4k}}
          - {source: paper-2017, reported: {a year: £5k}}
    costs:
      lease:
        area: vehicles
        label: Lease
        statements: [{source: paper-2017, plan: {in all: £3k}, actual: {in all: £2k}}]
    """


def test_amounts_of_no_year_are_in_no_line_and_always_listed(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": NOT_OF_A_YEAR})
    page = invoke("appraisal", "--data", folder, "--format", "markdown").stdout
    listed = page.partition("## What the papers do not say")[0].split("\n- ")[1:]
    said = [line.replace("\\", "").replace("\n", " ").removeprefix("In no total, as it ").strip() for line in listed]
    assert said == [
        "is of several years together: Joint fleet: Fuel, £9.0k over 2014/15 to 2015/16 (cash-releasing saving, plan).",
        "is of part of a year: Joint fleet: Fuel, £4.0k to November 2016 (cash-releasing saving, estimate).",
        "In no total, as the paper names no years: Joint fleet: Fuel, £5.0k a year (cash-releasing saving).",
        "In no total, as the paper names no years: Joint fleet: Lease, £3.0k in all (cost, plan).",
        "In no total, as the paper names no years: Joint fleet: Lease, £2.0k in all (cost, actual).",
    ]
    document = json.loads(invoke("appraisal", "--data", folder, "--format", "json").stdout)
    assert document["lines"] == document["totals"] == []
    assert [(item["benefit"], item["period"], item["basis"], item["amount"]) for item in document["not_added"]] == [
        ("fuel", "2014/15 to 2015/16", "plan", 9000), ("fuel", "2016/17 to 2016-11", "estimate", 4000),
        ("fuel", "a year", "reported", 5000), ("lease", "in all", "plan", 3000), ("lease", "in all", "actual", 2000),
    ]  # fmt: skip
    head, *rows = csv.reader(invoke("appraisal", "--data", folder, "--format", "csv").stdout.splitlines())
    assert [
        (row[:5], [(name, cell) for name, cell in zip(head[5:], row[5:], strict=True) if cell]) for row in rows
    ] == [
        (["not added", "fleet/fuel", "", "2014/15 to 2015/16", "GBP"], [("plan", "9000")]),
        (["not added", "fleet/fuel", "", "2016/17 to 2016-11", "GBP"], [("estimate", "4000")]),
        (["not added", "fleet/fuel", "", "a year", "GBP"], [("benefit", "5000")]),
        (["not added", "fleet/lease", "", "in all", "GBP"], [("planned_cost", "3000")]),
        (["not added", "fleet/lease", "", "in all", "GBP"], [("cost", "2000")]),
    ]
    only = json.loads(invoke("appraisal", "--data", folder, "--category", "funding", "--format", "json").stdout)
    assert [item["benefit"] for item in only["not_added"]] == ["lease", "lease"]


def test_who_asks_is_named(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            cashability: cash-releasing
            statements: [{source: paper-2017, owner: The fleet manager, baseline: £20k, actual: {2015/16: £10k}}]
        costs:
          van: {area: vehicles, statements: [{source: paper-2017, actual: {2015/16: £1k}}]}
        """})  # fmt: skip
    page = invoke("appraisal", "--data", folder, "--for", "committee", "--format", "markdown").stdout
    assert page.endswith(
        "## What a committee would find missing\n\nNothing: every question that a committee asks is answered.\n"
    )
    assert (
        "## What an auditor would find missing\n"
        in invoke("appraisal", "--data", folder, "--for", "auditor", "--format", "markdown").stdout
    )
