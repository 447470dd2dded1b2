"""`emcollab trace`: from a total to its figures, and from each to its paper, to what it superseded and to print."""

import json
from typing import Any

import pytest

from tests.conftest import EXAMPLE, MakeFolder, closed_fleet, fleet, invoke

TODAY = {
    "2014/15": 229000,
    "2015/16": 391050,
    "2016/17": 506250.79,
    "2017/18": 473898.43,
    "2018/19": 405918.51,
    "2019/20": 337080.10,
}


def traced(*arguments: str) -> dict[str, Any]:
    ran = invoke("trace", *arguments, "--data", EXAMPLE, "--format", "json")
    assert (ran.status, ran.stderr) == (0, "")
    document: dict[str, Any] = json.loads(ran.stdout)
    return document


def figures_of(document: dict[str, Any]) -> list[tuple[str, str | None, str, float, str]]:
    return [
        (f"{figure['project']}/{figure['benefit']}", figure["year"], figure["basis"], figure["amount"],
         figure["source"]["id"])
        for figure in document["figures"]
    ]  # fmt: skip


def others_of(document: dict[str, Any]) -> list[list[tuple[str, float, str, float]]]:
    return [
        [(other["basis"], other["amount"], other["source"], other["difference"]) for other in figure["others"]]
        for figure in document["figures"]
    ]


# --- what is traced


def test_everything_is_traced_to_the_totals_of_all_years() -> None:
    document = traced()
    assert (document["subject"], document["measure"], document["as_at"]) == (None, "money", None)
    assert document["total"] == TODAY
    by_year: dict[str, float] = {}
    for figure in document["figures"]:
        assert figure["category"] != "cost"
        if figure["year"]:
            by_year[figure["year"]] = round(by_year.get(figure["year"], 0) + figure["amount"], 2)
    assert by_year == TODAY
    # 35 figures of money that stand with a year, and one amount a year.
    assert len(document["figures"]) == 36


@pytest.mark.parametrize("typed", ["2018/19", "2018-19", "2018/2019"])
def test_a_year_alone_is_traced(typed: str) -> None:
    document = traced(typed)
    assert document["total"] == {"2018/19": 405918.51}
    assert sorted(figures_of(document)) == [
        ("control-room/staff", "2018/19", "actual", 241000, "committee-2020-07-16-paper-f"),
        ("fleet/fuel", "2018/19", "actual", 96001, "committee-2020-07-16-paper-f"),
        ("fleet/maintenance", "2018/19", "actual", -82.5, "committee-2020-07-16-paper-f"),
        ("hr-service/meetings", None, "reported", 8000, "committee-2016-06-16-paper-c"),
        ("hr-service/support-grant", "2018/19", "reported", 25000, "committee-2020-07-16-paper-f"),
        ("hr-service/transactions", "2018/19", "actual", 44000.01, "committee-2020-07-16-paper-f"),
    ]


def test_an_area_is_traced_before_a_project_of_the_same_id() -> None:
    document = traced("training")
    assert document["subject"] == "training"
    # The project has £307,000 with its grants, which belong to another area.
    assert figures_of(document) == [
        ("training/course-fees", "2014/15", "reported", 12000, "committee-2016-06-16-paper-c")
    ]
    assert document["total"] == {"2014/15": 12000}
    grants = traced("grants", "2014/15")
    assert figures_of(grants) == [
        ("training/innovation-grant", "2014/15", "reported", 150000, "committee-2014-11-20-paper-b")
    ]


def test_a_project_is_traced_over_its_areas() -> None:
    document = traced("hr-service", "2018-19")
    assert document["total"] == {"2018/19": 69000.01}
    assert {(figure["area"], figure["amount"]) for figure in document["figures"]} == {
        ("back-office", 44000.01),
        ("back-office", 8000),  # a year, without saying which
        ("grants", 25000),
    }


def test_costs_are_traced_by_name_and_are_in_no_total() -> None:
    document = traced("control-room/transition")
    assert document["total"] == {}
    assert figures_of(document) == [
        ("control-room/transition", "2014/15", "actual", 58200, "committee-2016-06-16-paper-c"),
        ("control-room/transition", "2015/16", "actual", 201300, "committee-2016-06-16-paper-c"),
        ("control-room/transition", "2016/17", "actual", 27500, "committee-2017-07-20-paper-e"),
    ]
    assert {figure["category"] for figure in document["figures"]} == {"cost"}


def test_an_amount_a_year_is_traced_and_is_in_no_total() -> None:
    document = traced("hr-service/meetings")
    assert document["total"] == {}
    assert figures_of(document) == [("hr-service/meetings", None, "reported", 8000, "committee-2016-06-16-paper-c")]
    assert (document["figures"][0]["at"], document["figures"][0]["quote"]) == (
        "section 8",
        "a cashable saving of £8k annually",
    )


def test_posts_are_traced_by_measure() -> None:
    document = traced("control-room/posts", "--measure", "posts")
    assert (document["measure"], document["total"]) == ("posts", {"2016/17": 7.5, "2017/18": 12.5})
    assert traced("control-room/posts")["figures"] == []
    ran = invoke("trace", "control-room/posts", "--data", EXAMPLE)
    assert ran.stdout.endswith(
        "0 figures, and no total.\n\nFigures in posts are apart: ask for them with --measure posts.\n"
    )


def test_as_at_a_day_the_figures_of_that_day_are_traced() -> None:
    document = traced("2016/17", "--as-at", "2016-06-16")
    assert (document["as_at"], document["total"]) == ("2016-06-16", {"2016/17": 508000})
    assert ("control-room/staff", "2016/17", "estimate", 230000, "committee-2016-06-16-paper-c") in figures_of(document)


# --- what is said of a figure


def test_a_figure_is_traced_to_its_paper_place_and_words() -> None:
    (figure,) = traced("control-room/staff", "2016/17")["figures"]
    assert {key: figure[key] for key in ("area", "category", "cashability", "at", "quote")} == {
        "area": "control-room",
        "category": "saving",
        "cashability": "cash-releasing",
        "at": "para 4",
        "quote": "the outturn for 2016/17 has been restated after audit",
    }
    assert figure["source"] == {
        "id": "committee-2018-07-19-paper-a",
        "title": "Collaboration outturn 2017/18",
        "body": "Westmarch Police Collaboration Committee",
        "date": "2018-07-19",
        "mark": "A",
    }


def test_superseded_figures_stand_below_with_the_difference_the_latest_paper_first() -> None:
    assert others_of(traced("control-room/staff", "2016/17")) == [
        [
            ("actual", 218450.75, "committee-2017-07-20-paper-e", 1500.02),
            ("estimate", 230000, "committee-2016-06-16-paper-c", -10049.23),
            ("plan", 240000, "committee-2014-11-20-paper-b", -20049.23),
        ]
    ]
    # The auditor's later report of £62,000 does not displace an actual.
    assert others_of(traced("air-support/hire", "2016/17")) == [
        [
            ("reported", 62000, "audit-2019-02-14", -1000),
            ("estimate", 66000, "committee-2016-06-16-paper-c", -5000),
            ("plan", 70000, "committee-2014-11-20-paper-b", -9000),
        ]
    ]
    # Of one day, what is reported stands before an estimate.
    assert others_of(traced("forensics/turnaround", "2015/16")) == [
        [("estimate", 52000, "panel-2016-06-16-item-7", -2250)]
    ]
    assert others_of(traced("fleet/maintenance", "2018/19")) == [[]]


def test_the_cells_are_shown_in_which_a_figure_is_printed() -> None:
    def printed(subject: str, year: str) -> list[list[tuple[str, str, str, str, str]]]:
        return [
            [(cell["table"], cell["row"], cell["column"], cell["text"], cell["verdict"]) for cell in figure["printed"]]
            for figure in traced(subject, year)["figures"]
        ]

    assert printed("fleet/fuel", "2015/16") == [
        [
            ("committee-2016-06-16-table-1", "vehicles", "2015/16", "48.2", "accepted"),
            ("panel-2016-06-16-table-1", "fleet", "Achieved", "42.8", "agrees"),
        ]
    ]
    assert printed("hr-service/support-grant", "2018/19") == [
        [("committee-2020-07-16-table-1", "funding", "2018/19", "(0.025)", "agrees")]
    ]
    assert printed("forensics/lab-contract", "2016/17") == [[]]


def test_a_printed_cell_is_shown_with_the_figure_that_stood_on_its_papers_day() -> None:
    (figure,) = traced("control-room/staff", "2016/17")["figures"]
    assert figure["printed"] == []
    assert [
        (other["amount"], other["at"], [cell["text"] for cell in other["printed"]]) for other in figure["others"]
    ] == [(218450.75, "para 3", []), (230000, "section 4, bullet 1", ["230.0*"]), (240000, "Appendix 1", [])]
    assert figure["others"][2]["quote"].startswith("the business case assumes £120k")
    # The target of 2015/16 was printed with the plan, and what was achieved with the actual.
    (figure,) = traced("control-room/staff", "2015/16")["figures"]
    assert [cell["text"] for cell in figure["printed"]] == ["112.5", "112.5"]
    assert [[cell["text"] for cell in other["printed"]] for other in figure["others"]] == [[], ["120.0"]]


def test_as_at_a_day_neither_figures_nor_tables_of_later_papers_are_shown() -> None:
    (figure,) = traced("control-room/staff", "2016/17", "--as-at", "2016-06-15")["figures"] or [None]
    assert figure is None
    (figure,) = traced("control-room/staff", "2016/17", "--as-at", "2017-07-19")["figures"]
    assert (figure["amount"], [cell["text"] for cell in figure["printed"]]) == (230000, ["230.0*"])
    assert [other["amount"] for other in figure["others"]] == [240000]
    (figure,) = traced("control-room/posts", "2016/17", "--measure", "posts", "--as-at", "2017-07-20")["figures"]
    # Table 3, in which the 7.5 posts are printed, is of 2018.
    assert (figure["amount"], figure["printed"]) == (7.5, [])


def test_benefits_are_in_the_order_in_which_they_are_written() -> None:
    written = ["hr-service/licences", "hr-service/transactions", "hr-service/meetings", "hr-service/support-grant"]
    found = dict.fromkeys(f"{figure['project']}/{figure['benefit']}" for figure in traced("hr-service")["figures"])
    # Grants stand before the back office in the table.
    assert list(found) == ["hr-service/support-grant", *written[:3]]


# --- for people


def test_a_trace_for_a_terminal() -> None:
    assert invoke("trace", "grants", "2014/15", "--data", EXAMPLE) == (
        0,
        """\
Grants and support, 2014/15
===========================

£150,000 in 2014/15: 1 figure.

Regional training school: Innovation grant, 2014/15: £150,000 (reported)
------------------------------------------------------------------------

- funding; training/innovation-grant, area grants
- Business cases for the collaboration programme: Westmarch Police Collaboration Committee, 20
  November 2014, paper B, section 9
- printed in Benefits and funding (Table 1), Grants and support, 2014/15: '150.0', which agrees
""",
        "",
    )


def test_what_was_said_before_is_told_in_words(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: unclassified
            statements:
              - {source: paper-2016, plan: {2016/17: £30k}, estimate: {2016/17: £25k}}
              - source: paper-2017
                at: para 3
                quote: an outturn of £25,000
                actual: {2016/17: £25k}
        """})  # fmt: skip
    assert invoke("trace", "fleet/fuel", "--data", folder, "--as-at", "2017-12-31", "--format", "markdown") == (
        0,
        """\
# Joint fleet: fuel

As at 31 December 2017.

£25,000 in 2016/17: 1 figure.

## Joint fleet: fuel, 2016/17: £25,000 \\(actual\\)

- unclassified; fleet/fuel, area vehicles
- Benefits in 2016/17: Northmark Committee, 20 July 2017, para 3
- also said: £30,000 \\(plan\\), £5,000 more than what stands; Benefits in 2015/16: Northmark Committee, 16 June 2016
- also said: £25,000 \\(estimate\\), the same as what stands; Benefits in 2015/16: Northmark Committee, 16 June 2016

> “an outturn of £25,000”
""",
        "",
    )


def test_a_cell_that_differs_or_is_a_sum_is_said_to_be_so() -> None:
    def lines(*arguments: str) -> list[str]:
        page = invoke("trace", *arguments, "--data", EXAMPLE, "--format", "html").stdout
        return [line for line in page.split("\n") if "printed in" in line]

    assert lines("fleet/fuel", "2015/16")[0] == (
        "<li>printed in Benefits and funding (Table 1), Vehicles &amp; fuel, 2015/16: &#x27;48.2&#x27;, which differs: "
        "A slip of the pen: section 5 of the paper says £42,800, and the table&#x27;s own total is right only "
        "with 42.8.</li>"
    )
    assert lines("fleet/fuel", "2016/17") == [
        (
            "<li>also said: £82,000.00 (estimate), £2,500.02 less than what stands; Benefits of collaboration, update "
            "for 2015/16: Westmarch Police Collaboration Committee, 16 June 2016, paper C, section 5; printed in "
            "Benefits and funding (Table 1), Vehicles &amp; fuel, 2016/17: &#x27;92.0*&#x27;, a sum of two figures, "
            "which agrees</li>"
        )
    ]


def test_of_many_cells_with_one_figure_the_first_are_told(make_folder: MakeFolder) -> None:
    columns = ", ".join(f"{{label: Column {number}, period: 2015/16}}" for number in range(23))
    text = f"""
        source: paper-2016
        title: Wide
        by: area
        unit: £k
        columns: [{columns}]
        rows: {{vehicles: [{", ".join(["10"] * 23)}]}}
        """
    statements = "{source: paper-2016, actual: {2015/16: £10k}}"
    folder = make_folder({"projects/fleet.yaml": fleet(statements), "published/wide.yaml": text})
    page = invoke("trace", "fleet", "--data", folder).stdout
    assert page.count("printed in Wide") == 10
    assert "Column 9: '10', which agrees\n" in page
    assert "printed in 13 more cells\n" in page
    document = json.loads(invoke("trace", "fleet", "--data", folder, "--format", "json").stdout)
    (figure,) = document["figures"]
    assert (len(figure["printed"]), figure["printed_more"]) == (10, 13)


def test_titles_say_what_is_traced() -> None:
    def title(*arguments: str) -> str:
        return invoke("trace", *arguments, "--data", EXAMPLE, "--format", "html").stdout.split("\n")[1]

    assert title() == "<h1>TOTAL</h1>"
    assert title("2014/15") == "<h1>TOTAL, 2014/15</h1>"
    assert title("vehicles") == "<h1>Vehicles &amp; fuel</h1>"
    assert title("fleet", "2017-18") == "<h1>Joint fleet, 2017/18</h1>"
    assert title("air-support/hire") == "<h1>Air support pilot: Helicopter hire</h1>"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "2 plans, and plans are in no total."),
        (["2017/18"], "1 plan, and plans are in no total."),
        (["2014/15"], "0 figures, and no total."),
    ],
)
def test_a_subject_without_figures_is_said_to_have_none_or_plans_alone(arguments: list[str], said: str) -> None:
    ran = invoke("trace", "custody", *arguments, "--data", EXAMPLE)
    title = ", ".join(["Custody suites", *arguments])
    assert (ran.status, ran.stdout) == (0, f"{title}\n{'=' * len(title)}\n\n{said}\n")


def test_of_an_id_of_an_area_and_a_project_it_is_said_how_the_project_is_asked_for(make_folder: MakeFolder) -> None:
    """The project `vehicles` has one saving in the area of that id, and two in another."""
    saving = "{{area: {}, category: saving, statements: [{{source: paper-2016, actual: {{2014/15: £1k}}}}]}}"
    benefits = {"fuel": "vehicles", "rents": "estates", "sites": "estates"}
    listed = "".join(f"  {id_}: {saving.format(area)}\n" for id_, area in benefits.items())
    folder = make_folder({"projects/vehicles.yaml": f"name: Vans and sites\nbenefits:\n{listed}"})
    assert invoke("trace", "vehicles", "--data", folder, "--format", "markdown").stdout.split("\n\n")[1:3] == [
        "This is the area. The project of that id has figures in others: ask for vehicles/rents and vehicles/sites.",
        "£1,000 in 2014/15: 1 figure.",
    ]


def test_of_what_has_figures_plans_are_not_counted(make_folder: MakeFolder) -> None:
    said = "{source: paper-2016, plan: {2016/17: £1k, 2017/18: £2k}, at_risk: {2017/18: £1k}, estimate: {2015/16: £3k}}"
    folder = make_folder({"projects/fleet.yaml": fleet(said)})
    lines = invoke("trace", "fleet", "--data", folder).stdout.split("\n")
    assert lines[3] == "£3,000 in 2015/16: 1 figure."
    # Of a plan and what became of it the plan counts.
    lines = invoke("trace", "fleet", "2017/18", "--data", folder).stdout.split("\n")
    assert lines[3] == "1 plan, and plans are in no total."


# --- other periods, and what does not stand

LATER = """
    name: 24-7 {fleet}
    statements: [{source: paper-2018, at: para 9, closed: {date: 2017-06, reason: It was too dear.}}]
    benefits:
      old:
        area: vehicles
        category: saving
        label: Old
        statements:
          - {source: paper-2016, quote: ten and twelve, estimate: {2015/16: £10k, 2016/17: £12k, 2018/19: £9k}}
      new:
        area: vehicles
        category: saving
        label: New
        replaces: [24-7-fleet/old]
        statements:
          - source: paper-2017
            as_at: 2016-11-30
            plan: {2016/17: £8k}
            estimate: {2016/17: £7k, 2016/17 to 2016-11: £4k}
            at_risk: {2016/17: £500}
            delayed: {2016/17: £500}
            reason: Two vans are late.
          - {source: paper-2018, reported: {2014/15 to 2018/19: £1k, in all: £2k}}
    """


@pytest.fixture
def later(make_folder: MakeFolder) -> str:
    return str(make_folder({"projects/24-7-fleet.yaml": LATER.replace("{fleet}", "fleet")}))


def test_figures_of_every_period_are_traced_and_said_to_be_what_they_are(later: str) -> None:
    ran = invoke("trace", "24-7-fleet/new", "--data", later)
    assert (ran.status, ran.stderr) == (0, "")
    assert (
        ran.stdout
        == """\
24-7 fleet: New
===============

£7,000 in 2016/17: 1 figure; three more are in no total.

The amount for 2016/17 is an estimate, or includes one.

24-7 fleet: New, 2014/15 to 2018/19: £1,000 (reported)
------------------------------------------------------

- a saving, cashability not stated; 24-7-fleet/new, area vehicles
- Benefits in 2017/18: Northmark Committee, 19 July 2018

24-7 fleet: New, 2016/17: £7,000 (estimate)
-------------------------------------------

- a saving, cashability not stated; 24-7-fleet/new, area vehicles
- Benefits in 2016/17: Northmark Committee, 20 July 2017, reporting up to 30 November 2016
- takes the place of 24-7 fleet: Old, £12,000 (estimate)
- also said: £8,000 (plan), £1,000 more than what stands; Benefits in 2016/17: Northmark Committee,
  20 July 2017
- also said: £500 (at risk); the reason: Two vans are late; Benefits in 2016/17: Northmark
  Committee, 20 July 2017
- also said: £500 (delayed); the reason: Two vans are late; Benefits in 2016/17: Northmark
  Committee, 20 July 2017

24-7 fleet: New, 2016/17 to November 2016: £4,000 (estimate)
------------------------------------------------------------

- a saving, cashability not stated; 24-7-fleet/new, area vehicles
- Benefits in 2016/17: Northmark Committee, 20 July 2017, reporting up to 30 November 2016

24-7 fleet: New, in all, no years being named: £2,000 (reported)
----------------------------------------------------------------

- a saving, cashability not stated; 24-7-fleet/new, area vehicles
- Benefits in 2017/18: Northmark Committee, 19 July 2018
"""
    )


@pytest.mark.parametrize(
    ("year", "periods"),
    [
        ("2015/16", ["2014/15 to 2018/19", "in all"]),
        ("2016/17", ["2014/15 to 2018/19", "2016/17", "2016/17 to 2016-11", "in all"]),
        ("2019/20", ["in all"]),
    ],
)
def test_of_a_year_what_reaches_into_it_is_traced_as_totals_lists_it(later: str, year: str, periods: list[str]) -> None:
    found = invoke("trace", "24-7-fleet/new", year, "--data", later, "--format", "json").stdout
    assert [figure["period"] for figure in json.loads(found)["figures"]] == periods
    listed = invoke("totals", "--year", year, "--data", later, "--format", "json").stdout
    assert sorted({*periods} - {year}) == sorted(each["period"] for each in json.loads(listed)["not_added"])


def test_of_several_that_take_the_place_of_one_each_is_named(make_folder: MakeFolder) -> None:
    one = "{area: vehicles, category: saving, label: %s, replaces: [fleet/old], statements: [{source: paper-2017, "
    folder = make_folder(
        {
            "projects/fleet.yaml": f"""
            name: Fleet
            benefits:
              old:
                area: vehicles
                category: saving
                label: Old
                statements: [{{source: paper-2016, estimate: {{2016/17: £12k}}}}]
              north: {one % "North"}estimate: {{2016/17: £5k}}}}]}}
              south: {one % "South"}estimate: {{2016/17: £6k}}}}]}}
            """
        }
    )
    ran = invoke("trace", "fleet/old", "--data", str(folder))
    assert "- does not stand: those of Fleet: North and Fleet: South take its place\n" in ran.stdout
    ran = invoke("statement", "fleet", "--data", str(folder))
    assert "“Fleet: North” and “Fleet: South” take its place in 2016/17" in ran.stdout.replace("\n", " ")


def test_what_is_added_together_and_how_much_of_it_is_an_estimate_is_said(make_folder: MakeFolder) -> None:
    one = "{area: vehicles, %s, statements: [{source: paper-2016, %s}]}"
    folder = make_folder({
        "projects/fleet.yaml": "name: Fleet\nbenefits:\n  fuel: "
        + one % ("category: saving", "actual: {2014/15: £1k}, estimate: {2015/16: £2k, 2016/17 to 2016-11: £3k}")
        + "\n  grant: " + one % ("category: funding", "reported: {2014/15: £4k, a year: £1k}")
        + "\n  sum: " + one % ("category: unclassified", "estimate: {2016/17: £5k}")
        + "\ncosts:\n  van: {area: vehicles, statements: [{source: paper-2016, estimate: {2014/15: £9k}}]}\n",
    })  # fmt: skip

    def said(*subject: str) -> list[str]:
        return invoke("trace", *subject, "--data", str(folder), "--format", "markdown").stdout.split("\n\n")[1:3]

    together = "savings, funding and what papers do not classify together"
    assert said() == [
        f"£5,000 in 2014/15, £2,000 in 2015/16 and £5,000 in 2016/17, {together}: 4 figures; two more are in no total.",
        "The amounts for 2015/16 and 2016/17 are estimates, or include one.",
    ]  # fmt: skip
    # Of an area, costs are apart.
    first, second = said("vehicles", "2014/15")
    assert first == "£5,000 in 2014/15, savings and funding together: 2 figures; one more is in no total."
    assert second.startswith("## ")
    assert said("fleet/sum") == [
        "£5,000 in 2016/17: 1 figure.",
        "The amount for 2016/17 is an estimate, or includes one.",
    ]


def test_what_does_not_stand_though_no_later_paper_restates_it_is_said(later: str) -> None:
    ran = invoke("trace", "24-7-fleet/old", "--data", later)
    assert (
        ran.stdout
        == """\
24-7 fleet: Old
===============

£10,000 in 2015/16: 1 figure.

The amount for 2015/16 is an estimate, or includes one.

24-7 fleet: Old, 2015/16: £10,000 (estimate)
--------------------------------------------

- a saving, cashability not stated; 24-7-fleet/old, area vehicles
- Benefits in 2015/16: Northmark Committee, 16 June 2016

    “ten and twelve”

24-7 fleet: Old, 2016/17: £12,000 (estimate)
--------------------------------------------

- a saving, cashability not stated; 24-7-fleet/old, area vehicles
- Benefits in 2015/16: Northmark Committee, 16 June 2016
- does not stand: the figure of 24-7 fleet: New takes its place

    “ten and twelve”

24-7 fleet: Old, 2018/19: £9,000 (estimate)
-------------------------------------------

- a saving, cashability not stated; 24-7-fleet/old, area vehicles
- Benefits in 2015/16: Northmark Committee, 16 June 2016
- does not stand: the project was closed in June 2017 (Benefits in 2017/18: Northmark Committee, 19
  July 2018, para 9)

    “ten and twelve”
"""
    )
    # Before its paper nothing is known of the closure; of the new benefit, not before its own.
    for day, left in (("2018-07-18", ["2016/17"]), ("2017-07-19", [])):
        document = json.loads(invoke("trace", "vehicles", "--data", later, "--as-at", day, "--format", "json").stdout)
        assert [figure["year"] for figure in document["left"]] == left


def test_a_closure_without_a_day_is_told_by_the_paper_that_says_the_status(make_folder: MakeFolder) -> None:
    text = LATER.replace("closed: {date: 2017-06, reason: It was too dear.}", "status: closed")
    folder = make_folder({"projects/24-7-fleet.yaml": text.replace("2018/19: £9k", "2019/20: £9k")})
    page = invoke("trace", "24-7-fleet/old", "--data", folder, "--format", "markdown").stdout
    assert (
        "- does not stand: the project was closed \\(Benefits in 2017/18: Northmark Committee, 19 July 2018, para "
        "9\\)\n"
    ) in page


def test_a_figure_that_does_not_stand_may_have_no_quotation(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": closed_fleet("2018/19: £110k")})
    page = invoke("trace", "fleet", "--data", folder, "--format", "markdown").stdout
    assert "- does not stand: the project was closed in February 2018" in page
    assert "\n> " not in page


def test_what_a_figure_replaces_and_what_became_of_a_plan_for_other_programs(later: str) -> None:
    document = json.loads(invoke("trace", "24-7-fleet", "--data", later, "--format", "json").stdout)
    stands = {figure["period"]: figure for figure in document["figures"] if figure["benefit"] == "new"}
    assert [(period, figure["year"], figure["amount"]) for period, figure in stands.items()] == [
        ("2014/15 to 2018/19", None, 1000), ("2016/17", "2016/17", 7000), ("2016/17 to 2016-11", None, 4000),
        ("in all", None, 2000),
    ]  # fmt: skip
    assert stands["2016/17"]["replaces"] == [
        {"project": "24-7-fleet", "benefit": "old", "basis": "estimate", "amount": 12000}
    ]
    assert stands["in all"]["replaces"] == []
    assert [(other["basis"], other["difference"], other["reason"]) for other in stands["2016/17"]["others"]] == [
        ("plan", -1000, None), ("at_risk", None, "Two vans are late."), ("delayed", None, "Two vans are late."),
    ]  # fmt: skip
    assert [
        (figure["benefit"], figure["period"], figure["amount"], figure["replaced_by"]) for figure in document["left"]
    ] == [("old", "2016/17", 12000, [{"project": "24-7-fleet", "benefit": "new"}]), ("old", "2018/19", 9000, [])]


def test_a_paper_of_which_no_day_is_known_is_named_as_exactly_as_is_known(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "sources.yaml": "one: {title: One, body: B, date: 2016-06}\ntwo: {title: Two, body: B, date: 2017}\n",
        "projects/fleet.yaml": fleet("{source: one, estimate: {2015/16: £1k}}, {source: two, actual: {2015/16: £2k}}"),
    })  # fmt: skip
    page = invoke("trace", "fleet", "--data", folder).stdout
    assert "\n- Two: B, 2017\n" in page
    assert "£1,000 less than what stands; One: B, June 2016\n" in page
    (figure,) = json.loads(invoke("trace", "fleet", "--data", folder, "--format", "json").stdout)["figures"]
    assert (figure["source"]["date"], [other["date"] for other in figure["others"]]) == ("2017", ["2016-06"])


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("2013", "'[YEAR]': '2013' is not a financial year; write '2012/13' or '2013/14', the one that is meant."),
        ("20131-plan", "SUBJECT: there is no '20131-plan'; did you mean '2013-plan'?"),
    ],
)
def test_an_id_that_begins_with_digits_is_no_year_unless_it_looks_like_one(
    make_folder: MakeFolder, typed: str, answer: str
) -> None:
    fuel = "{area: vehicles, category: saving, statements: [{source: paper-2016, actual: {2014/15: £1k}}]}"
    folder = make_folder({"projects/2013-plan.yaml": f"name: The plan\nbenefits: {{fuel: {fuel}}}\n"})
    assert "£1,000 in 2014/15: 1 figure." in invoke("trace", "2013-plan", "--data", folder).stdout
    assert invoke("trace", typed, "--data", folder).stderr.endswith(f"Error: Invalid value for {answer}\n")


# --- what is mistyped


def test_no_subject_is_suggested_twice() -> None:
    answer = invoke("trace", "zzzzzz", "--data", EXAMPLE).stderr
    suggested = answer.partition("write one of: ")[2].partition(" and ")[0].split(", ")
    # Five projects of the example have the id of an area.
    assert suggested[:11] == [
        "control-room", "vehicles", "forensics", "air-support", "grants", "back-office", "custody", "training",
        "evidence-store", "fleet", "hr-service",
    ]  # fmt: skip
    assert len(set(suggested)) == len(suggested)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["vehicels"], "SUBJECT: there is no 'vehicels'; did you mean 'vehicles'?"),
        (["fleet/fule"], "SUBJECT: there is no 'fleet/fule'; did you mean 'fleet/fuel'?"),
        (["fleet/fuel/x"], "SUBJECT: there is no 'fleet/fuel/x'; did you mean 'fleet/fuel'?"),
        *(
            (
                arguments,
                (
                    "'[YEAR]': '2016/18' is not a financial year; the two years must follow each other: "
                    "write '2016/17' or '2017/18'."
                ),
            )
            for arguments in (["fleet", "2016/18"], ["2016/18"])
        ),
    ],
)
def test_what_is_not_there_is_answered_with_what_is_meant(arguments: list[str], error: str) -> None:
    ran = invoke("trace", *arguments, "--data", EXAMPLE)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f"Error: Invalid value for {error}\n")


def test_an_id_that_looks_like_a_year_is_traced_before_the_year(make_folder: MakeFolder) -> None:
    twice = fleet("{source: paper-2016, actual: {2014/15: £1k}}, {source: paper-2017, actual: {2010/11: £2k}}")
    plan = twice.replace("Joint fleet", "Plan of 2010").replace("£1k", "£4k")
    folder = make_folder(
        {
            "ledger.yaml": "title: N",
            "projects/2010.yaml": twice,
            "projects/2010-plan.yaml": plan,
            "projects/2014-15.yaml": twice.replace("Joint fleet", "Other").replace("£1k", "£8k"),
        }
    )

    def total(*arguments: str) -> tuple[str | None, dict[str, float]]:
        ran = invoke("trace", *arguments, "--data", folder, "--format", "json")
        assert (ran.status, ran.stderr) == (0, "")
        document = json.loads(ran.stdout)
        return document["subject"], document["total"]

    assert total("2010") == ("2010", {"2010/11": 2000, "2014/15": 1000})
    assert total("2010", "2010/11") == ("2010", {"2010/11": 2000})
    assert total("2010-plan") == ("2010-plan", {"2010/11": 2000, "2014/15": 4000})
    assert total("2014-15") == ("2014-15", {"2010/11": 2000, "2014/15": 8000})
    assert total("2014/15") == (None, {"2014/15": 13000})
    assert total("2010-11") == (None, {"2010/11": 6000})
    ran = invoke("trace", "2011-plan", "--data", folder)
    assert "SUBJECT: there is no '2011-plan'; did you mean '2010-plan'?" in ran.stderr


def test_a_long_quotation_of_many_figures_is_shown_once(make_folder: MakeFolder) -> None:
    long, short = "word " * 100 + "end", "word " * 99 + "end"
    for quote, times in ((long, 1), (short, 3)):
        amounts = "2014/15: £1k, 2015/16: £2k, 2016/17: £3k"
        folder = make_folder({"projects/fleet.yaml": fleet(
            f"{{source: paper-2018, quote: {quote}, reported: {{{amounts}}}}}"
        )})  # fmt: skip
        shown = " ".join(invoke("trace", "fleet", "--data", folder).stdout.split())
        assert shown.count(f"“{quote}”") == times
        assert shown.count(f"The same words as above: “{('word ' * 20).rstrip()} …”") == 3 - times
        found = json.loads(invoke("trace", "fleet", "--format", "json", "--data", folder).stdout)
        assert [each["quote"] for each in found["figures"]] == [quote] * 3
