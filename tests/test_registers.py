"""The registers: projects, who collaborates with whom, and recommendations; for people and for programs."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import EXAMPLE, MakeFolder, invoke


def listed(*arguments: str) -> Any:  # noqa: ANN401 - any JSON
    ran = invoke(*arguments, "--data", EXAMPLE, "--format", "json")
    assert (ran.status, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


# --- projects


def test_every_project_is_listed_with_what_is_known_of_it() -> None:
    projects = listed("projects")
    assert [
        (each["id"], each["status"], each["force_count"], each["figures"], each["benefits"], each["costs"])
        for each in projects
    ] == [
        ("air-support", "closed", 3, 10, ["hire", "contribution"], []),
        ("control-room", "live", 2, 31, ["staff", "posts"], ["transition", "running"]),
        ("custody", None, 2, 2, ["capacity"], []),
        ("evidence-store", "proposed", None, 0, [], []),
        ("fleet", "live", 3, 19, ["fuel", "maintenance", "driver-hours"], []),
        ("forensics", "completed", 4, 10, ["turnaround", "lab-contract"], []),
        ("hr-service", "live", 3, 10, ["licences", "transactions", "meetings", "support-grant"], []),
        ("training", "completed", 4, 5, ["innovation-grant", "course-fees", "instructors"], []),
    ]
    # 86 figures of a year and one a year.
    assert sum(each["figures"] for each in projects) == 87
    assert [each["closed"] for each in projects if each["closed"]] == [
        {"date": "2017-06", "reason": "The national service took over the flights."}
    ]


def test_one_project_in_full() -> None:
    (control,) = (each for each in listed("projects") if each["id"] == "control-room")
    assert control == {
        "id": "control-room",
        "name": "Shared control room",
        "status": "live",
        "priority": True,
        "forces": ["aldershire", "brackenshire"],
        "force_count": 2,
        "lead": "Programme Director",
        "benefits": ["staff", "posts"],
        "costs": ["transition", "running"],
        "outcomes": ["fallback", "answering"],
        "figures": 31,
        "closed": None,
    }


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--status", "proposed"], ["evidence-store"]),
        (["--status", "live"], ["control-room", "fleet", "hr-service"]),
        (["--status", "completed"], ["forensics", "training"]),
        (["--status", "closed"], ["air-support"]),
        (["--force", "northlea"], ["air-support"]),
        (["--force", "dunmoor"], ["air-support", "custody", "forensics", "training"]),
        (["--force", "calderdown", "--status", "live"], ["fleet"]),
        (["--force", "northlea", "--status", "live"], []),
    ],
)
def test_projects_are_chosen_by_status_and_force(options: list[str], ids: list[str]) -> None:
    assert [each["id"] for each in listed("projects", *options)] == ids


def test_an_unknown_force_is_answered_with_the_one_meant() -> None:
    ran = invoke("projects", "--data", EXAMPLE, "--force", "dunmor")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith("Error: Invalid value for --force: there is no 'dunmor'; did you mean 'dunmoor'?\n")


def test_the_register_for_a_terminal_with_the_reason_of_what_was_closed() -> None:
    assert invoke("projects", "--data", EXAMPLE, "--status", "closed") == (
        0,
        """\
Projects
========

1 project. A dash: no paper says.

Register

Project            Id           Status    Forces                                         Figures
-----------------  -----------  --------  -------------------------------------------  ---------
Air support pilot  air-support  closed    Calderdown Constabulary, Dunmoor Police and         10
                                          Northlea Police

Why projects were closed
------------------------

- Air support pilot: The national service took over the flights.
""",
        "",
    )


def test_what_no_paper_says_is_a_dash() -> None:
    page = invoke("projects", "--data", EXAMPLE, "--format", "markdown").stdout
    assert page.startswith("# Projects\n\n8 projects. A dash: no paper says.\n")
    assert "| Shared custody suites | custody | - | Dunmoor Police and Calderdown Constabulary | 2 |\n" in page
    assert "| Joint evidence store | evidence-store | proposed | - | 0 |\n" in page
    assert "| Shared HR service | hr-service | live | three, not named | 10 |\n" in page


def test_a_register_of_nothing_has_no_table() -> None:
    ran = invoke("projects", "--data", EXAMPLE, "--force", "northlea", "--status", "live")
    assert ran == (0, "Projects\n========\n\n0 projects. A dash: no paper says.\n", "")


# --- forces


def test_who_collaborates_with_whom() -> None:
    forces = listed("forces")
    assert forces["forces"] == [
        {
            "id": "brackenshire",
            "name": "Brackenshire Constabulary",
            "in_region": True,
            "projects": ["control-room", "fleet", "forensics", "training"],
        },
        {
            "id": "aldershire",
            "name": "Aldershire Police",
            "in_region": True,
            "projects": ["control-room", "fleet", "forensics", "training"],
        },
        {
            "id": "dunmoor",
            "name": "Dunmoor Police",
            "in_region": True,
            "projects": ["air-support", "custody", "forensics", "training"],
        },
        {
            "id": "calderdown",
            "name": "Calderdown Constabulary",
            "in_region": True,
            "projects": ["air-support", "custody", "fleet", "forensics", "training"],
        },
        {"id": "northlea", "name": "Northlea Police", "in_region": False, "projects": ["air-support"]},
    ]
    assert [(group["forces"], group["projects"]) for group in forces["groups"]] == [
        (["brackenshire", "aldershire", "dunmoor", "calderdown"], ["forensics", "training"]),
        (["brackenshire", "aldershire", "calderdown"], ["fleet"]),
        (["dunmoor", "calderdown", "northlea"], ["air-support"]),
        (["brackenshire", "aldershire"], ["control-room"]),
        (["dunmoor", "calderdown"], ["custody"]),
    ]
    assert forces["unnamed"] == [
        {"force_count": 3, "projects": ["hr-service"]},
        {"force_count": None, "projects": ["evidence-store"]},
    ]
    assert forces["proposed"] == ["evidence-store"]


def test_forces_and_groups_for_a_terminal() -> None:
    page = invoke("forces", "--data", EXAMPLE).stdout
    assert page.startswith("""\
Who collaborates with whom
==========================

By the papers up to 16 July 2020; what is said of a project may be older.

Forces

Force                      Id            In the region      Projects
-------------------------  ------------  ---------------  ----------
Brackenshire Constabulary  brackenshire  yes                       4
Aldershire Police          aldershire    yes                       4
Dunmoor Police             dunmoor       yes                       4
Calderdown Constabulary    calderdown    yes                       5
Northlea Police            northlea      no                        1

Four forces: Brackenshire Constabulary, Aldershire Police, Dunmoor Police and Calderdown
Constabulary
----------------------------------------------------------------------------------------

- Forensic hub; completed (Five years of collaboration, 16 July 2020)
- Regional training school; completed (Five years of collaboration, 16 July 2020)

Three forces: Brackenshire Constabulary, Aldershire Police and Calderdown Constabulary
--------------------------------------------------------------------------------------

- Joint fleet (Business cases for the collaboration programme, 20 November 2014)

Three forces: Dunmoor Police, Calderdown Constabulary and Northlea Police (from outside the region)
---------------------------------------------------------------------------------------------------

- Air support pilot (Business cases for the collaboration programme, 20 November 2014); closed
  (Collaboration outturn 2016/17, 20 July 2017)
""")
    assert page.endswith("""\
Proposed, and no collaboration yet
----------------------------------

- Joint evidence store; proposed (Five years of collaboration, 16 July 2020): forces not stated
""")


SAID = "name: Fleet\nstatements: [{source: paper-2016, SAID}]\n"


def test_one_force_alone_is_one_force(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": SAID.replace("SAID", "forces: [thornshire]")})
    assert "\nOne force: Thornshire Police\n" in invoke("forces", "--data", folder).stdout
    counted = make_folder({"projects/fleet.yaml": SAID.replace("SAID", "force_count: 1")})
    assert "\nOne force, which no paper names\n" in invoke("forces", "--data", counted).stdout


def test_what_is_proposed_is_no_collaboration_yet(make_folder: MakeFolder) -> None:
    one = "name: {}\nstatements: [{{source: paper-2016, {}}}, {{source: paper-2017, status: {}}}]\n"
    folder = make_folder({
        "projects/fleet.yaml": one.format("Fleet", "'forces': [thornshire, marlshire]", "live"),
        "projects/hub.yaml": one.format("Hub", "'forces': [thornshire, marlshire]", "proposed"),
        "projects/lab.yaml": one.format("Lab", "'forces': [saltisle]", "proposed"),
        "projects/yard.yaml": one.format("Yard", "force_count: 3", "proposed"),
    })  # fmt: skip
    page = invoke("forces", "--data", folder, "--format", "markdown").stdout
    assert "| Thornshire Police | thornshire | yes | 1 |\n" in page
    assert "| Salt Isle Police | saltisle | no | 0 |\n" in page
    assert page.endswith("""\
## Two forces: Thornshire Police and Marlshire Constabulary

- Fleet \\(Benefits in 2015/16, 16 June 2016\\)

## Proposed, and no collaboration yet

- Hub \\(Benefits in 2015/16, 16 June 2016\\); proposed \\(Benefits in 2016/17, 20 July 2017\\): \
Thornshire Police and Marlshire Constabulary
- Lab \\(Benefits in 2015/16, 16 June 2016\\); proposed \\(Benefits in 2016/17, 20 July 2017\\): Salt Isle Police
- Yard \\(Benefits in 2015/16, 16 June 2016\\); proposed \\(Benefits in 2016/17, 20 July 2017\\): three, not named
""")
    # Before the second paper nobody called any of them a proposal.
    before = invoke("forces", "--data", folder, "--format", "markdown", "--as-at", "2016-12-31").stdout
    assert "Proposed" not in before
    assert "| Salt Isle Police | saltisle | no | 1 |\n" in before
    assert before.startswith(
        "# Who collaborates with whom\n\nAs at 31 December 2016: later papers are left out.\n\n**Forces**\n"
    )


def test_a_proposal_of_one_paper_names_it_once(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/park.yaml": "name: Park\nstatements: [{source: paper-2016, forces: [saltisle], status: proposed}]\n",
    })  # fmt: skip
    page = invoke("forces", "--data", folder, "--format", "markdown").stdout
    assert page.endswith("no collaboration yet\n\n- Park \\(Benefits in 2015/16, 16 June 2016\\): Salt Isle Police\n")


def test_the_forces_of_a_ledger_without_papers_are_as_at_no_day(make_folder: MakeFolder) -> None:
    page = invoke("forces", "--data", make_folder({"sources.yaml": "{}\n"}), "--format", "markdown").stdout
    assert page.startswith("# Who collaborates with whom\n\n**Forces**\n")


def test_a_ledger_without_projects_lists_its_forces_alone(make_folder: MakeFolder) -> None:
    page = invoke("forces", "--data", make_folder(), "--format", "markdown").stdout
    assert (
        page
        == """\
# Who collaborates with whom

By the papers up to 19 July 2018; what is said of a project may be older.

**Forces**

| Force | Id | In the region | Projects |
| --- | --- | --- | ---: |
| Thornshire Police | thornshire | yes | 0 |
| Marlshire Constabulary | marlshire | yes | 0 |
| Salt Isle Police | saltisle | no | 0 |
"""
    )


def test_a_ledger_without_forces_lists_its_projects_alone(make_folder: MakeFolder) -> None:
    folder = make_folder({"forces.yaml": "{}\n", "projects/fleet.yaml": SAID.replace("SAID", "force_count: 3")})
    assert invoke("forces", "--data", folder, "--format", "markdown").stdout == (
        "# Who collaborates with whom\n\nBy the papers up to 19 July 2018; what is said of a project may be older.\n\n"
        "## Three forces, which no paper names\n\n- Fleet \\(Benefits in 2015/16, 16 June 2016\\)\n"
    )


# --- as at a day


def test_the_registers_are_of_what_was_known_on_a_day() -> None:
    day = ("--as-at", "2017-07-19")
    projects = {each["id"]: each for each in listed("projects", *day)}
    # Of the evidence store, the forensic hub and the training school only the paper of 2020 says how they stand.
    assert {id_: (each["status"], each["force_count"]) for id_, each in projects.items()} == {
        "air-support": (None, 3), "control-room": ("live", 2), "custody": (None, 2), "fleet": ("live", 3),
        "forensics": (None, None), "hr-service": ("live", 3), "training": (None, None),
    }  # fmt: skip
    assert projects["air-support"]["closed"] is None
    assert [each["id"] for each in listed("projects", "--status", "closed", *day)] == []
    groups = listed("forces", *day)["groups"]
    assert [group["projects"] for group in groups] == [["fleet"], ["air-support"], ["control-room"], ["custody"]]
    for register in ("projects", "forces"):
        page = invoke(register, "--data", EXAMPLE, *day, "--format", "markdown").stdout
        assert page.split("\n\n")[1] == "As at 19 July 2017: later papers are left out."


def test_answers_of_later_papers_are_not_known_yet() -> None:
    asked = listed("recommendations", "--as-at", "2020-07-15")
    assert [(each["item"], each["response"], each["action"], each["quote"]) for each in asked] == [
        (item, None, None, None) for item in ("1", "2", "3", "4", "5a", "5b")
    ]
    nothing = invoke("recommendations", "--data", EXAMPLE, "--as-at", "2019-02-13").stdout
    assert nothing == (
        "Recommendations\n===============\n\nAs at 13 February 2019: later papers are left out.\n\n"
        "The ledger has no recommendations.\n"
    )


def test_a_later_paper_that_names_the_forces_takes_the_place_of_one_that_counts_them(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": """
        name: Fleet
        statements:
          - {source: paper-2017, force_count: 4, lead: Fleet Manager}
          - {source: paper-2016, forces: [thornshire], status: live, priority: true}
          - {source: paper-2018, forces: [marlshire, saltisle], priority: false, closed: {reason: Too dear}}
        """})  # fmt: skip

    def said(*options: str) -> tuple[object, ...]:
        (each,) = json.loads(invoke("projects", "--data", folder, "--format", "json", *options).stdout)
        return each["status"], each["forces"], each["force_count"], each["lead"], each["priority"], each["closed"]

    assert said("--as-at", "2016-12-31") == ("live", ["thornshire"], 1, None, True, None)
    assert said("--as-at", "2017-12-31") == ("live", [], 4, "Fleet Manager", True, None)
    closed = {"date": None, "reason": "Too dear"}
    assert said() == ("closed", ["marlshire", "saltisle"], 2, "Fleet Manager", False, closed)


# --- recommendations


def test_each_recommendation_with_what_was_done_and_where_that_is_said() -> None:
    found = listed("recommendations")
    assert [(each["item"], each["response"], each["area"], each["answered_in"], each["at"]) for each in found] == [
        ("1", "completed", "Business cases", "committee-2020-07-16-paper-f", "Appendix 1, row 1"),
        ("2", "accepted", None, "committee-2020-07-16-paper-f", "Appendix 1, row 2"),
        ("3", "partly-accepted", None, "committee-2020-07-16-paper-f", "Appendix 1, row 3"),
        ("4", "not-accepted", None, "committee-2020-07-16-paper-f", "Appendix 1, row 4"),
        ("5a", "in-progress", "Valuation", "committee-2020-07-16-paper-f", None),
        ("5b", None, "Valuation", None, None),
    ]
    assert {(each["set"], each["made_by"], each["source"]) for each in found} == {
        ("audit-2019", "Westmarch Internal Audit", "audit-2019-02-14")
    }
    assert (found[2]["recommendation"], found[2]["action"]) == (
        "Report by force twice a year.",
        "By force once a year.",
    )
    assert found[5]["action"] is None
    assert [each["quote"] for each in found] == ["the form now asks for a baseline", None, None, None, None, None]


def test_recommendations_for_a_terminal() -> None:
    page = invoke("recommendations", "--data", EXAMPLE).stdout
    assert page.startswith("""\
Recommendations
===============

Westmarch Internal Audit: Review of collaboration benefits
----------------------------------------------------------

Review of collaboration benefits: Westmarch Internal Audit, 14 February 2019, section 5.

Note: One answer is still awaited.

1. Business cases: completed

    “Agree a baseline before a business case is approved.”

""")
    for line in (
        "What came of it: The form for business cases now asks for one.",
        "    “the form now asks for a baseline”",
        "What came of it: None; the work is small.",
        "It is answered in Five years of collaboration: Westmarch Police Collaboration Committee, 16 July",
        "2. Recommendation: accepted",
        "3. Recommendation: partly accepted",
        "4. Recommendation: not accepted",
        "5a. Valuation: in progress",
        "5b. Valuation: no paper says whether it was accepted",
    ):
        assert f"\n{line}\n" in page
    assert page.endswith("\n    “Say in every table which figures are estimates.”\n\nNo paper says what was done.\n")


def test_recommendations_with_little_said_of_them(make_folder: MakeFolder) -> None:
    folder = make_folder(
        {
            "recommendations/hmic-2017.yaml": """
        made_by: Inspectors
        source: paper-2017
        items:
          1: {recommendation: Say what was saved., action: Done., note: Mind the gap.}
        """
        }
    )
    page = invoke("recommendations", "--data", folder, "--format", "html").stdout
    assert page.startswith("""\
<article>
<h1>Recommendations</h1>
<h2>Inspectors: hmic-2017</h2>
<p>Benefits in 2016/17: Northmark Committee, 20 July 2017.</p>
<h3>1. Recommendation: no paper says whether it was accepted</h3>
<blockquote><p>“Say what was saved.”</p></blockquote>
""")
    assert page.endswith("<p>What came of it: Done.</p>\n<p>Note: Mind the gap.</p>\n</article>\n")


def test_an_answer_is_shown_with_its_paper_and_words_though_nothing_was_done(make_folder: MakeFolder) -> None:
    folder = make_folder(
        {
            "recommendations/hmic-2017.yaml": """
        made_by: Inspectors
        source: paper-2017
        at: para 2
        items:
          1: {recommendation: Save., response: in-progress, source: paper-2018, at: para 9, quote: work has begun}
          2: {recommendation: Say so., source: paper-2018, quote: "so it was said"}
        """
        }
    )
    page = invoke("recommendations", "--data", folder, "--format", "html").stdout
    assert page.endswith("""\
<p>Benefits in 2016/17: Northmark Committee, 20 July 2017, para 2.</p>
<h3>1. Recommendation: in progress</h3>
<blockquote><p>“Save.”</p></blockquote>
<p>No paper says what was done.</p>
<p>It is answered in Benefits in 2017/18: Northmark Committee, 19 July 2018, para 9:</p>
<blockquote><p>“work has begun”</p></blockquote>
<h3>2. Recommendation: no paper says whether it was accepted</h3>
<blockquote><p>“Say so.”</p></blockquote>
<p>No paper says what was done.</p>
<p>It is spoken of in Benefits in 2017/18: Northmark Committee, 19 July 2018:</p>
<blockquote><p>“so it was said”</p></blockquote>
</article>
""")


def test_a_ledger_without_recommendations_says_so(make_folder: MakeFolder) -> None:
    folder = make_folder()
    page = invoke("recommendations", "--data", folder).stdout
    assert page == "Recommendations\n===============\n\nThe ledger has no recommendations.\n"
    assert json.loads(invoke("recommendations", "--data", folder, "--format", "json").stdout) == []


@pytest.mark.parametrize(
    "command", ["projects", "forces", "totals --by project", "appraisal", "appraisal --by benefit", "statement --all"]
)
def test_projects_are_by_name_for_people_and_by_id_for_programs(make_folder: MakeFolder, command: str) -> None:
    saving = "{area: vehicles, category: saving, statements: [{source: paper-2016, reported: {2015/16: £1k}}]}"
    folder = make_folder({
        f"projects/{id_}.yaml": f"name: {name}\nstatements: [{{source: paper-2016, forces: [thornshire]}}]\n"
        f"benefits: {{b: {saving}}}\n"
        for id_, name in (("a", "Zoo"), ("b", "airfield"), ("c", "Bridge"))
    })  # fmt: skip
    page, document = (
        invoke(*command.split(), "--data", folder, "--format", format_).stdout for format_ in ("markdown", "json")
    )
    places = [page.index(name) for name in ("airfield", "Bridge", "Zoo")]
    assert places == sorted(places)
    if command != "forces":  # which has ids alone
        places = [document.index(name) for name in ("Zoo", "airfield", "Bridge")]
        assert places == sorted(places)


def test_the_workbook_has_projects_by_name_where_people_read_them(make_folder: MakeFolder, tmp_path: Path) -> None:
    saving = "{area: vehicles, category: saving, statements: [{source: paper-2016, reported: {2015/16: £1k}}]}"
    folder = make_folder({
        f"projects/{id_}.yaml": f"name: {name}\nbenefits: {{b: {saving}}}\n"
        for id_, name in (("a", "Zoo"), ("b", "airfield"))
    })  # fmt: skip
    assert invoke("export", "--data", folder, "--output", tmp_path / "book.xlsx").status == 0
    book = load_workbook(tmp_path / "book.xlsx")

    def names(sheet: str) -> list[object]:
        cells = (cell.value for row in book[sheet].iter_rows() for cell in row)
        return [value for value in cells if value in {"Zoo", "airfield"}]

    by_name = ["airfield", "Zoo"]
    assert (names("By project"), names("Plan and outturn"), names("Projects")) == (by_name, by_name, by_name)
    assert names("Parts by force") == ["Zoo", "airfield"]  # in the order of the figures, to which it refers
