"""Data folders: what may lie in one, problems at lines and columns, and one fault accusing nobody else."""

import os
import random
from pathlib import Path
from textwrap import dedent

import pytest

from emcollab.loading.folder import read_folder
from emcollab.loading.load import load, place
from emcollab.values.problems import Fault, Problem
from tests.conftest import DEFAULTS, EXAMPLE, MakeFolder, check, check_files, lines_of, open_clean, with_defaults

FLEET = """
    name: Joint fleet
    forces: [thornshire, marlshire]
    benefits:
      fuel:
        area: vehicles
        category: saving
        cashability: cashable
        shares: {thornshire: 60%, marlshire: 40%}
        shares_source: paper-2016
        statements:
          - source: paper-2016
            actual: {2015/16: £10k}
    """


def folder_problems(folder: Path) -> list[str]:
    """Return the problems with the folder's files themselves, as `path: code: message; help`."""
    problems = check(folder)[1]
    assert all((problem.line, problem.column, problem.excerpt) == (0, 0, "") for problem in problems)
    return [f"{problem.path}: {problem.code}: {problem.message}; {problem.help}" for problem in problems]


# --- what lies in a folder


def test_a_ledger_is_read_from_its_files(make_folder: MakeFolder) -> None:
    ledger = open_clean(make_folder({"projects/fleet.yaml": FLEET, "projects/dogs.yaml": "name: Dogs"}))
    assert ledger.settings.title == "Northmark police collaboration"
    assert list(ledger.areas.items()) == [
        ("vehicles", "Vehicles"),
        ("estates", "Estates"),
        ("grants", "Grants and support"),
    ]
    assert [force.name for force in ledger.forces.values()] == [
        "Thornshire Police",
        "Marlshire Constabulary",
        "Salt Isle Police",
    ]
    assert list(ledger.sources) == ["paper-2016", "panel-2016", "paper-2017", "paper-2018"]
    assert [(id_, project.name) for id_, project in ledger.projects.items()] == [
        ("dogs", "Dogs"),
        ("fleet", "Joint fleet"),
    ]
    assert (ledger.shares, ledger.published, ledger.recommendations) == ({}, {}, {})
    assert [(figure.project, figure.year, f"{figure.amount:,}") for figure in ledger.figures] == [
        ("fleet", "2015/16", "10,000.00")
    ]


def test_the_example_is_read_without_a_problem() -> None:
    ledger = open_clean(EXAMPLE)
    assert (len(ledger.projects), len(ledger.published), len(ledger.recommendations)) == (8, 5, 1)
    assert (len(ledger.sources), len(ledger.shares), len(ledger.figures)) == (7, 1, 85)
    assert sum(len(made.items) for made in ledger.recommendations.values()) == 6


def test_a_folder_with_nothing_in_it_is_one_problem(tmp_path: Path) -> None:
    assert folder_problems(tmp_path) == [": empty-folder: the data folder is empty; begin with a ledger.yaml"]


def test_a_folder_with_no_data_in_it_is_a_problem_for_each_file_that_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "projects").mkdir()
    (tmp_path / "projects" / "fleet.yaml").write_text("name: Fleet", encoding="utf-8")
    assert folder_problems(tmp_path) == [
        f"{name}.yaml: missing-file: the file is not there; every ledger has one"
        for name in ("areas", "forces", "ledger", "sources")
    ]


@pytest.mark.parametrize("name", ["areas", "forces", "ledger", "sources"])
def test_each_file_that_every_ledger_has_is_missed(make_folder: MakeFolder, name: str) -> None:
    folder = make_folder({f"{name}.yaml": None, "projects/fleet.yaml": FLEET})
    assert folder_problems(folder) == [f"{name}.yaml: missing-file: the file is not there; every ledger has one"]


def test_shares_and_folders_may_be_left_out(make_folder: MakeFolder) -> None:
    assert folder_problems(make_folder()) == []


def test_what_is_no_data_file_is_named_with_what_it_may_have_been(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "force.yaml": "a",
        "notes.txt": "a",
        "zzzz": "a",
        "projects/fleet.yml": "name: Fleet",
        "projects/fleet.yaml.bak": "name: Fleet",
        "projects/old/fleet.yaml": "name: Fleet",
        "published/table.csv": "a",
        "sources.yml": "a",
        "projekts/fleet.yaml": "name: Fleet",
    })  # fmt: skip
    folders = "a folder; a data folder holds files, and the folders projects, published and recommendations"
    record = "take it out, or call it ID.yaml if it is a record"
    singles = "call it one of: areas.yaml, forces.yaml, ledger.yaml, shares.yaml, sources.yaml"
    assert folder_problems(folder) == [
        "force.yaml: stray-file: no data file has this name; did you mean 'forces.yaml'?",
        f"notes.txt: stray-file: no data file has this name; take it out, or {singles}",
        f"projects/fleet.yaml.bak: stray-file: no data file has this name; {record}",
        "projects/fleet.yml: stray-file: the name ends in '.yml'; call it 'projects/fleet.yaml'",
        f"projects/old: stray-file: {folders}",
        "projekts: stray-file: a folder; did you mean 'projects'?",
        f"published/table.csv: stray-file: no data file has this name; {record}",
        "sources.yml: stray-file: the name ends in '.yml'; call it 'sources.yaml'",
        f"zzzz: stray-file: no data file has this name; take it out, or {singles}",
    ]


def test_a_file_that_is_there_under_a_wrong_ending_is_not_missed_too(make_folder: MakeFolder) -> None:
    folder = make_folder({"areas.yaml": None, "areas.yml": "vehicles: Vehicles"})
    assert folder_problems(folder) == ["areas.yml: stray-file: the name ends in '.yml'; call it 'areas.yaml'"]


def test_a_readme_a_schema_and_hidden_files_may_lie_beside_the_data(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "README.md": "a", "schema/project.json": "{}", ".git/config": "a", ".DS_Store": b"\xff", "projects/.swp": "a",
    })  # fmt: skip
    assert folder_problems(folder) == []


def test_a_folder_called_as_a_file_is_no_file(make_folder: MakeFolder) -> None:
    folder = make_folder({"shares.yaml/a": "a", "projects/fleet.yaml/a": "a"})
    what = "stray-file: a folder; a data folder holds files, and the folders projects, published and recommendations"
    assert folder_problems(folder) == [f"projects/fleet.yaml: {what}", f"shares.yaml: {what}"]


def test_a_file_called_as_a_folder_is_no_folder(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects": "name: Fleet"})
    assert folder_problems(folder) == [
        "projects: stray-file: a file, where a folder should be; take it out, and make a folder 'projects'"
    ]


def test_links_are_not_followed_wherever_they_lead(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"projects/a.yaml": "name: A"})
    (tmp_path / "elsewhere.yaml").write_text("size: {}", encoding="utf-8")
    (folder / "shares.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (folder / "projects" / "gone.yaml").symlink_to(tmp_path / "gone.yaml")
    (folder / "projects" / "round.yaml").symlink_to(folder / "projects" / "round.yaml")
    (folder / "projects" / "up").symlink_to(tmp_path)
    (folder / "published").symlink_to(folder / "projects")
    what = "stray-file: a link; a data folder holds files, and the folders projects, published and recommendations"
    assert folder_problems(folder) == [
        f"projects/gone.yaml: {what}",
        f"projects/round.yaml: {what}",
        f"projects/up: {what}",
        f"published: {what}",
        f"shares.yaml: {what}",
    ]


def test_a_pipe_is_not_waited_for(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/a.yaml": "name: A"})
    os.mkfifo(folder / "projects" / "b.yaml")
    remedy = "a data folder holds files, and the folders projects, published and recommendations"
    assert folder_problems(folder) == [f"projects/b.yaml: stray-file: not an ordinary file; {remedy}"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("closed", ["areas.yaml", "projects/fleet.yaml", "projects", "."])
def test_what_cannot_be_read_is_a_failure_of_the_machine(make_folder: MakeFolder, closed: str) -> None:
    folder = make_folder({"projects/fleet.yaml": FLEET})
    (folder / closed).chmod(0)
    try:
        with pytest.raises(PermissionError):
            read_folder(folder)
    finally:
        (folder / closed).chmod(0o700)


def test_a_folder_that_is_not_there_is_a_failure_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_folder(tmp_path / "data")


def test_a_huge_file_is_not_read_to_its_end(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": b"# " + b"x" * 3_000_000})
    files, problems = read_folder(folder)
    assert problems == []
    assert len(files["projects/fleet.yaml"]) == 2_000_001
    assert lines_of(check(folder)[1]) == [
        "projects/fleet.yaml:1:1: too-large: the file has more than 2,000,000 bytes; divide it"
    ]


# --- problems, and where


def test_problems_have_the_line_and_column_of_the_value_or_of_its_name(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": """
            name: Joint fleet
            statuss: live
            benefits:
              fuel:
                area: vehicles
                category: savings
                statements:
                  - at: Table 1
                    actual: {2015/16: £10k,
                             2016/17: 0.478}
            """,
    })  # fmt: skip
    problems = check(folder)[1]
    assert lines_of(problems) == [
        "projects/fleet.yaml:2:1: unknown-key: there is no 'statuss' here; did you mean 'status'?",
        "projects/fleet.yaml:6:15: unknown-value: 'savings' is not one of the values there are; did you mean 'saving'?",
        "projects/fleet.yaml:8:9: missing-key: 'source' is missing; add it: the paper: an id in sources.yaml",
        (
            "projects/fleet.yaml:10:27: bad-amount: '0.478' is not an amount of money; "
            "give its sign and unit: write '£0.478m' for millions, '£0.478k' for thousands"
        ),
    ]
    assert [problem.excerpt for problem in problems] == [
        "statuss: live",
        "    category: savings",
        "      - at: Table 1",
        "                 2016/17: 0.478}",
    ]


def test_a_missing_name_is_asked_for_at_the_top_of_the_file(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": "# a comment\n\nstatus: live\n"})
    assert lines_of(check(folder)[1]) == [
        "projects/fleet.yaml:3:1: missing-key: 'name' is missing; add it: what the project is called"
    ]


def test_a_fault_in_a_text_of_many_lines_is_placed_at_its_beginning(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": "name: |-\n  Joint\n  fleet\n"})
    assert lines_of(check(folder)[1]) == [
        "projects/fleet.yaml:1:7: wrong-type: a text of several lines; write it in one line"
    ]


def test_files_come_in_path_order_whatever_order_they_are_listed_in() -> None:
    files = with_defaults({
        "projects/b.yaml": FLEET, "projects/a.yaml": FLEET.replace("£10k", "£20k"), "projects/a-b.yaml": "nam: C",
        "published/t.yaml": "titel: T", "shares.yaml": "size: x",
    })  # fmt: skip
    expected = check_files(files)
    assert [figure.project for figure in expected[0].figures] == ["a", "b"]
    assert [problem.path for problem in expected[1]] == sorted(problem.path for problem in expected[1])
    shuffler = random.Random(0)  # noqa: S311 - the same shuffles on every run are wanted
    for _ in range(10):
        paths = list(files)
        shuffler.shuffle(paths)
        assert check_files({path: files[path] for path in paths}) == expected


def test_what_is_not_written_at_all_is_missed_where_it_should_be() -> None:
    loaded = load(with_defaults({"projects/a.yaml": "name: A\nbenefits: {}\n"}))
    [problem] = place(loaded, [Fault("projects/a.yaml", ("benefits", "fuel", "area"), "what", "how", code="code")])
    assert problem == ("projects/a.yaml", 2, 11, "code", "what", "how", "benefits: {}")


def test_problems_met_in_listing_the_files_come_with_the_others() -> None:
    stray = Problem("notes.txt", 0, 0, "stray-file", "no data file has this name", "take it out", "")
    loaded = load(with_defaults({"projects/a.yaml": "nam: A"}), [stray])
    assert [(problem.path, problem.code) for problem in place(loaded, [])] == [
        ("notes.txt", "stray-file"),
        ("projects/a.yaml", "unknown-key"),
    ]


# --- one fault accuses nobody else


COLON = "put a text that holds ': ' in quotes, or mend the indentation"

EVERYTHING = {
    "projects/fleet.yaml": FLEET,
    "projects/dogs.yaml": """
        name: Dogs
        forces: [saltisle]
        benefits:
          kennels:
            area: estates
            category: funding
            possible_duplicate_of: fleet/fuel
            shares: size
            statements:
              - source: panel-2016
                reported: {2015/16: £1k}
        """,
    "shares.yaml": "size: {source: paper-2016, years: {2014/15: {saltisle: 100%}}}",
    "published/t.yaml": """
        source: paper-2016
        title: T
        by: area
        unit: £k
        years: [2015/16]
        rows:
          vehicles: ["10.0"]
          estates: ["1.0"]
        """,
    "recommendations/r.yaml": "made_by: M\nsource: paper-2016\nitems:\n  1: {recommendation: R, source: panel-2016}\n",
}


def test_everything_in_one_ledger_is_in_order(make_folder: MakeFolder) -> None:
    assert lines_of(check(make_folder(EVERYTHING))[1]) == []


@pytest.mark.parametrize(
    "path",
    ["areas.yaml", "forces.yaml", "ledger.yaml", "shares.yaml", "sources.yaml", "projects/fleet.yaml",
     "published/t.yaml", "recommendations/r.yaml"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: b: c", f"1:5: syntax: a second ': ' in one line, or a line indented too far; {COLON}"),
        ("", "1:1: empty-file: the file is empty; write the record, or remove the file"),
        ("- a", "1:1: wrong-type: a list where a mapping should be; write 'name: value' lines below it, indented"),
        (b"\xff\xfea", "1:1: not-utf-8: the file is in UTF-16; save it as UTF-8"),
    ],
    ids=["syntax", "empty", "list", "utf-16"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_the_only_one_accused(
    make_folder: MakeFolder, path: str, text: str | bytes, fault: str
) -> None:
    assert lines_of(check(make_folder({**EVERYTHING, path: text}))[1]) == [f"{path}:{fault}"]


@pytest.mark.parametrize("path", ["areas.yaml", "forces.yaml", "ledger.yaml", "sources.yaml"])
def test_a_file_that_is_missing_is_the_only_one_accused(make_folder: MakeFolder, path: str) -> None:
    assert folder_problems(make_folder({**EVERYTHING, path: None})) == [
        f"{path}: missing-file: the file is not there; every ledger has one"
    ]


def test_what_is_faulty_is_not_accused_a_second_time_for_what_stands_in_for_it(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": """
            name: Joint fleet
            forces: [thornshire, Marlshire]
            benefits:
              fuel:
                category: saving
                shares: By Size
                statements:
                  - source: [paper-2016]
                    actual: {2015/16: £10k}
                  - actual: {2001/02: £20k}
            """,
    })  # fmt: skip
    assert [(problem.line, problem.column, problem.code) for problem in check(folder)[1]] == [
        (2, 22, "bad-id"),
        (4, 3, "missing-key"),
        (6, 13, "bad-id"),
        (8, 17, "wrong-type"),
        (10, 9, "missing-key"),
    ]


def test_what_stands_after_a_faulty_item_of_a_list_is_found_at_its_own_place(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": """
            name: Joint fleet
            forces: [Bad One, thornshire, nowhere, 'Bad Two', gone]
            costs:
              tank:
                area: vehicles
                statements:
                  - a text
                  - {source: paper-2016, undated: £1}
                  - {source: no-paper, undated: £1}
            """,
    })  # fmt: skip
    assert [(problem.line, problem.column, problem.code) for problem in check(folder)[1]] == [
        (2, 10, "bad-id"),
        (2, 31, "unknown-force"),
        (2, 40, "bad-id"),
        (2, 51, "unknown-force"),
        (7, 9, "wrong-type"),
        (9, 18, "unknown-source"),
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        ("areas.yaml", "vehicles: Vehicles", "Vehicles: Vehicles", "areas.yaml:1:1: bad-id"),
        ("areas.yaml", "vehicles: Vehicles", "vehicles: [Vehicles]", "areas.yaml:1:11: wrong-type"),
        ("areas.yaml", "vehicles: Vehicles", "vehi\u00a0cles: Vehicles", "areas.yaml:1:5: invisible-character"),
        ("forces.yaml", "thornshire:", "Thornshire:", "forces.yaml:1:1: bad-id"),
        ("forces.yaml", "name: Thornshire Police", "name: [a, b]", "forces.yaml:2:9: wrong-type"),
        ("sources.yaml", "date: 2016-06-16", "date: 16 June 2016", "sources.yaml:4:9: bad-date"),
        ("sources.yaml", "paper-2016:", "Paper-2016:", "sources.yaml:1:1: bad-id"),
    ],
)
def test_a_fault_of_one_record_accuses_nobody_who_names_it(
    make_folder: MakeFolder, path: str, old: str, new: str, place: str
) -> None:
    text = dedent(DEFAULTS[path]).removeprefix("\n")
    assert old in text
    problems = lines_of(check(make_folder({**EVERYTHING, path: text.replace(old, new, 1)}))[1])
    assert [line.rpartition("; ")[0].rpartition(": ")[0] for line in problems] == [place]


def test_a_hidden_character_in_a_value_is_the_only_fault_of_its_line(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": FLEET.replace("area: vehicles", "area: veh\u200bicles")})
    assert lines_of(check(folder)[1]) == [
        (
            "projects/fleet.yaml:5:14: invisible-character: an invisible character (U+200B); "
            "write an ordinary space, or take it out"
        )
    ]


def test_a_value_left_out_is_the_only_fault_of_its_place(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": FLEET.replace("area: vehicles", "area:")})
    assert lines_of(check(folder)[1]) == [
        "projects/fleet.yaml:5:5: empty-value: 'area' has no value; write a value, or take the line out"
    ]


def test_an_amount_cut_by_its_comma_is_one_fault(make_folder: MakeFolder) -> None:
    for amount in ("£1,324,000", "£1,324.50", "-£1,324k"):
        folder = make_folder({"projects/fleet.yaml": FLEET.replace("£10k", amount)})
        assert lines_of(check(folder)[1]) == [
            (
                f"projects/fleet.yaml:12:27: bad-amount: '{amount}' is cut at its comma, "
                f'which ends a value between {{ and }}; put it in quotes: "{amount}"'
            )
        ]
