"""`add`: one more statement, in its place, and what it says of it; or why nothing is written."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import MakeFolder, Ran, invoke, open_clean

FLEET = """\
name: Joint fleet
statements:
  - source: paper-2016
    status: proposed
benefits:
  fuel:
    area: vehicles
    category: saving
    cashability: cashable
    statements:
      - source: paper-2016
        estimate: {2016/17: £40k}
  hours:
    area: vehicles
    category: saving
    measure: hours
    statements:
      - source: paper-2016
        estimate: {2016/17: 100}
costs:
  vans:
    area: vehicles
    statements:
      - source: paper-2016
        plan: {2016/17: £10k}
"""


@pytest.fixture
def folder(make_folder: MakeFolder) -> Path:
    return make_folder({"projects/fleet.yaml": FLEET, "projects/vans.yaml": "name: Vans\n"})


def add(folder: Path, *arguments: str) -> Ran:
    return invoke("add", "--data", folder, *arguments)


def read(folder: Path) -> Mapping[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def test_an_outturn_is_added_and_the_totals_that_move_are_told(folder: Path) -> None:
    before = read(folder)
    ran = add(
        folder, "fleet/fuel", "--source", "paper-2017", "--at", "Table 2", "--quote", "it saved: more than hoped",
        "--actual", "2016-17=£41,500", "--estimate", "2017/2018=£50k", "--estimate", "a year=£50k",
        "--owner", "Fleet Manager", "--note", "No. 2", "--as-at", "2017-06-30",
    )  # fmt: skip
    told = (
        f"{folder}/projects/fleet.yaml:13: added what paper-2017 says of fleet/fuel\n"
        "\n"
        "This adds £1,500 (cashable saving) in 2016/17 and £50,000 in 2017/18. In all: £51,500 more in\n"
        "savings.\n"
        "\n"
        "Totals by area that move (£k)\n"
        "\n"
        "Area      Year     Kind               Before    After    Change\n"
        "--------  -------  ---------------  --------  -------  --------\n"
        "Vehicles  2017/18  cashable saving         -     50.0      50.0\n"
        "Vehicles  2016/17  cashable saving      40.0     41.5       1.5\n"
        "--------  -------  ---------------  --------  -------  --------\n"
        "TOTAL     2016/17  benefits             40.0     41.5       1.5\n"
        "TOTAL     2017/18  benefits                -     50.0      50.0\n"
    )
    assert ran == (0, told, "")
    new = """\
      - source: paper-2017
        as_at: 2017-06-30
        at: Table 2
        quote: "it saved: more than hoped"
        note: No. 2
        estimate: {2017/18: £50k, a year: £50k}
        actual: {2016/17: "£41,500"}
        owner: Fleet Manager
"""
    assert read(folder) == {**before, "projects/fleet.yaml": FLEET.replace("  hours:\n", f"{new}  hours:\n")}
    open_clean(folder)


def test_a_second_run_finds_it_there(folder: Path) -> None:
    said = ("fleet/vans", "--source", "paper-2017", "--actual", "2016/17=£12k")
    assert add(folder, *said).stdout.startswith(
        f"{folder}/projects/fleet.yaml:26: added what paper-2017 says of fleet/vans\n"
    )
    after = read(folder)
    assert add(folder, *said) == (
        0,
        f"{folder}/projects/fleet.yaml:26: this is there already; nothing is written\n",
        "",
    )
    assert read(folder) == after


def test_a_paper_is_added_with_what_it_says(folder: Path) -> None:
    said = (
        "fleet/hours", "--paper", "Outturn", "--body", "Northmark Committee", "--date", "2017-09-21", "--mark", "B",
        "--url", "https://example.org/b", "--actual", "2016/17=120.5",
    )  # fmt: skip
    ran = add(folder, *said)
    id_ = "northmark-committee-2017-09-21-paper-b"
    assert ran.stdout.splitlines()[:4] == [
        f"{folder}/sources.yaml: added the paper {id_}",
        f"{folder}/projects/fleet.yaml:20: added what {id_} says of fleet/hours",
        "",
        "This adds 20.5 hours (saving, cashability not stated) in 2016/17.",
    ]
    assert read(folder)["sources.yaml"].endswith(
        f"{id_}:\n"
        "  title: Outturn\n"
        "  body: Northmark Committee\n"
        "  date: 2017-09-21\n"
        "  mark: B\n"
        "  url: https://example.org/b\n"
    )
    open_clean(folder)
    again = add(folder, *said)
    assert again.stdout == f"{folder}/projects/fleet.yaml:20: this is there already; nothing is written\n"
    other = add(folder, "fleet", "--source", "autumn-paper", *said[1:7], "--status", "live")
    assert other.stdout.startswith(f"{folder}/sources.yaml: added the paper autumn-paper\n")
    assert "No total moves, by area or by force.\n" in other.stdout


def test_a_paper_of_the_same_id_that_is_another_is_refused(folder: Path) -> None:
    before = read(folder)
    said = ("--paper", "Another", "--body", "Northmark Committee", "--date", "2016-06-16", "--owner", "Fleet Manager")
    ran = add(folder, "fleet/fuel", "--source", "paper-2016", *said)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(
        "Error: there is a paper 'paper-2016' already, 'Benefits in 2015/16' of 16 June 2016; if it is that one, "
        "name it with --source paper-2016 alone; if it is another, give its letter or agenda item with --mark, or an "
        "id of its own with --source.\n"
    )
    assert read(folder) == before


def test_the_paper_that_is_there_may_be_given_again(folder: Path) -> None:
    said = ("--paper", "Outturn", "--body", "Board", "--date", "2018-06-01")
    assert add(folder, "fleet", *said, "--quote", "done").status == 0
    assert add(folder, "fleet", *said, "--quote", "done in time").status == 0
    assert "board-2018-06-01-paper-b" in add(folder, "fleet", *said, "--mark", "B", "--quote", "all").stdout
    assert "board-2018-06-01-item-9 says" in add(folder, "fleet", *said, "--mark", "Item 9", "--quote", "all").stdout


def test_a_reason_of_a_project_is_that_of_its_closure(folder: Path) -> None:
    assert add(folder, "fleet", "--source", "paper-2016", "--reason", "Too dear").stderr.endswith(
        "Error: --reason is said of a benefit or cost: name it, as PROJECT/BENEFIT; why a project was closed is "
        "--closed-because.\n"
    )


def test_what_a_paper_says_of_a_project_is_added(folder: Path) -> None:
    ran = add(
        folder, "fleet", "--source", "paper-2018", "--status", "closed", "--closed", "2018-01",
        "--closed-because", "Too dear", "--force", "thornshire", "--force", "marlshire", "--lead", "Chief",
    )  # fmt: skip
    assert ran.status == 0
    assert ran.stdout.startswith(f"{folder}/projects/fleet.yaml:5: added what paper-2018 says of fleet\n")
    assert """\
    status: proposed
  - source: paper-2018
    status: closed
    forces: [thornshire, marlshire]
    lead: Chief
    closed: {date: 2018-01, reason: Too dear}
benefits:
""" in read(folder)["projects/fleet.yaml"]  # fmt: skip
    open_clean(folder)


def test_a_project_without_statements_gets_its_first(folder: Path) -> None:
    assert add(folder, "vans", "--source", "paper-2016", "--quote", "vans are shared").status == 0
    assert (
        read(folder)["projects/vans.yaml"]
        == "name: Vans\nstatements:\n  - source: paper-2016\n    quote: vans are shared\n"
    )


def test_a_figure_that_has_become_doubtful_is_warned_of(folder: Path) -> None:
    ran = add(folder, "fleet/fuel", "--source", "paper-2017", "--actual", "2016/17=£41m")
    doubt = "the outturn is a hundred times what was expected or more, or a hundredth or less; check the noughts"
    assert f"\nwarning: fleet/fuel, 2016/17: {doubt}\n" in ran.stdout


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("flete/fuel --source paper-2016 --owner A", "PROJECT: there is no project 'flete'; did you mean 'fleet'?"),
        (
            "fleet/fule --source paper-2016 --owner A",
            "BENEFIT: there is no benefit or cost 'fule'; did you mean 'fuel'?",
        ),
        ("fleet/fuel --source paper-2019 --owner A", "--source: there is no paper 'paper-2019'; did you mean"),
        (
            "fleet --source paper-2016 --force marlshir",
            "--force: there is no force 'marlshir'; did you mean 'marlshire'?",
        ),
        ("fleet/fuel --source paper-2016 --actual 2016/17", "write the period and the amount, as 2010/11=£0.612m."),
        ("fleet/fuel --source paper-2016 --actual 2016/17=", "write the period and the amount, as 2010/11=£0.612m."),
        ("fleet/fuel --source paper-2016 --actual 2016/18=£1", "'2016/18' is not a financial year; the two years"),
        ("fleet/fuel --source paper-2016 --plan annually=£1", "'annually' is not a period; write 'a year'."),
        ("fleet/fuel --source paper-2016 --plan 2016/17=£1 --plan 2016-17=£2", "--plan is given twice for 2016/17."),
        ("fleet/fuel --source paper-2016 --status live", "--status is said of a project: name it alone."),
        (
            "fleet --source paper-2016 --actual 2016/17=£1",
            "--actual is said of a benefit or cost: name it, as PROJECT/",
        ),
        ("fleet --source paper-2016 --owner A", "--owner is said of a benefit or cost: name it, as PROJECT/BENEFIT."),
        ("fleet/fuel --owner A", "name the paper: --source ID, or of a new one --paper, --body and --date."),
        ("fleet/fuel --paper A --body B --owner A", "a new paper needs --body and --date."),
        ("fleet/fuel --source paper-2016 --mark A --owner A", "--mark is of a new paper: give its title with --paper."),
    ],
)
def test_what_is_mistyped_is_answered_with_what_to_write(folder: Path, said: str, complaint: str) -> None:
    before = read(folder)
    status, stdout, stderr = add(folder, *said.split(" "))
    assert (status, stdout) == (2, "")
    assert complaint in stderr
    assert read(folder) == before


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("fleet/fuel --source paper-2017 --actual 2016/17=41.5k", "14:27: bad-amount"),
        ("fleet/vans --source paper-2017 --actual 2016/17=(12k)", "27:27: bad-amount"),
        ("fleet/hours --source paper-2017 --actual 2016/17=£1", "21:27: bad-amount"),
        ("fleet/fuel --source paper-2016 --actual 2016/17=£1", "14:18: early-actual"),
        ("fleet/fuel --source paper-2016 --estimate 2016/17=£41k", "14:29: conflicting-figures"),
        ("fleet/fuel --source paper-2016", "13:9: missing-key"),
        ("fleet/fuel --source paper-2016 --reason Late", "13:9: missing-key"),
        ("fleet --source paper-2017 --status closed --closed soon", "7:20: bad-date"),
    ],
)
def test_what_would_be_wrong_is_told_in_the_words_of_validate(folder: Path, said: str, problem: str) -> None:
    before = read(folder)
    ran = add(folder, *said.split(" "))
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"{folder}/projects/fleet.yaml:{problem}: ")
    assert ran.stderr.endswith("nothing is written: this is what would be wrong, in the files as they would be\n")
    assert read(folder) == before


def test_nothing_is_added_to_a_ledger_with_problems(folder: Path) -> None:
    (folder / "projects" / "vans.yaml").write_text("name: Vans\nname: Cars\n", encoding="utf-8")
    ran = add(folder, "fleet/fuel", "--source", "paper-2017", "--owner", "A")
    assert (ran.status, ran.stdout) == (1, "")
    assert "duplicate-key" in ran.stderr
    assert ran.stderr.endswith("nothing is written until they are mended\n")
