"""Data folders: what may lie in one, problems at lines and columns, and one fault accusing nobody else."""

import os
import random
from pathlib import Path
from textwrap import dedent

import pytest

from emcollab.loading.folder import read_folder
from emcollab.loading.load import load, place
from emcollab.values.problems import Fault, Problem
from tests.conftest import (
    DEFAULTS,
    EXAMPLE,
    MakeFolder,
    check,
    check_files,
    list_records,
    open_clean,
    places_of,
    posix,
    with_defaults,
)

FLEET = """
    name: Joint fleet
    statements:
      - {source: paper-2016, forces: [thornshire, marlshire]}
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
    """Return the problems with the folder's files themselves, as `path: code`."""
    problems = check(folder)[1]
    assert all((problem.line, problem.column, problem.excerpt) == (0, 0, "") for problem in problems)
    return [f"{problem.path}: {problem.code}" for problem in problems]


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
    assert (len(ledger.sources), len(ledger.shares), len(ledger.figures)) == (7, 1, 87)
    assert sum(len(made.items) for made in ledger.recommendations.values()) == 6


def test_a_folder_with_nothing_in_it_is_one_problem(tmp_path: Path) -> None:
    assert folder_problems(tmp_path) == [": empty-folder"]


def test_a_folder_with_no_data_in_it_is_a_problem_for_each_file_that_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "projects").mkdir()
    (tmp_path / "projects" / "fleet.yaml").write_text("name: Fleet", encoding="utf-8")
    assert folder_problems(tmp_path) == [
        f"{name}.yaml: missing-file" for name in ("areas", "forces", "ledger", "sources")
    ]


@pytest.mark.parametrize("name", ["areas", "forces", "ledger", "sources"])
def test_each_file_that_every_ledger_has_is_missed(make_folder: MakeFolder, name: str) -> None:
    folder = make_folder({f"{name}.yaml": None, "projects/fleet.yaml": FLEET})
    assert folder_problems(folder) == [f"{name}.yaml: missing-file"]


def test_shares_and_folders_may_be_left_out(make_folder: MakeFolder) -> None:
    assert folder_problems(make_folder()) == []


def test_each_thing_that_is_no_data_file_is_a_problem(make_folder: MakeFolder) -> None:
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
    assert folder_problems(folder) == [
        "force.yaml: stray-file",
        "notes.txt: stray-file",
        "projects/fleet.yaml.bak: stray-file",
        "projects/fleet.yml: stray-file",
        "projects/old: stray-file",
        "projekts: stray-file",
        "published/table.csv: stray-file",
        "sources.yml: stray-file",
        "zzzz: stray-file",
    ]


def test_a_file_that_is_there_under_a_wrong_ending_is_not_missed_too(make_folder: MakeFolder) -> None:
    folder = make_folder({"areas.yaml": None, "areas.yml": "vehicles: Vehicles"})
    assert folder_problems(folder) == ["areas.yml: stray-file"]


def test_a_readme_a_schema_and_hidden_files_may_lie_beside_the_data(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "README.md": "a", "schema/project.json": "{}", ".git/config": "a", ".DS_Store": b"\xff", "projects/.swp": "a",
    })  # fmt: skip
    assert folder_problems(folder) == []


def test_a_folder_called_as_a_file_is_no_file(make_folder: MakeFolder) -> None:
    folder = make_folder({"shares.yaml/a": "a", "projects/fleet.yaml/a": "a"})
    assert folder_problems(folder) == ["projects/fleet.yaml: stray-file", "shares.yaml: stray-file"]


def test_a_file_called_as_a_folder_is_no_folder(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects": "name: Fleet"})
    assert folder_problems(folder) == ["projects: stray-file"]


@posix
def test_links_are_not_followed_wherever_they_lead(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"projects/a.yaml": "name: A"})
    (tmp_path / "elsewhere.yaml").write_text("size: {}", encoding="utf-8")
    (folder / "shares.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (folder / "projects" / "gone.yaml").symlink_to(tmp_path / "gone.yaml")
    (folder / "projects" / "round.yaml").symlink_to(folder / "projects" / "round.yaml")
    (folder / "projects" / "up").symlink_to(tmp_path)
    (folder / "published").symlink_to(folder / "projects")
    assert folder_problems(folder) == [
        "projects/gone.yaml: stray-file",
        "projects/round.yaml: stray-file",
        "projects/up: stray-file",
        "published: stray-file",
        "shares.yaml: stray-file",
    ]


@posix
def test_a_pipe_is_not_waited_for(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/a.yaml": "name: A"})
    os.mkfifo(folder / "projects" / "b.yaml")
    assert folder_problems(folder) == ["projects/b.yaml: stray-file"]


@posix
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
    assert places_of(check(folder)[1]) == ["projects/fleet.yaml:1:1: too-large"]


# --- problems, and where


def test_problems_have_the_line_and_column_of_the_value_or_of_its_name(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": """
            name: Joint fleet
            statement: []
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
    assert places_of(problems) == [
        "projects/fleet.yaml:2:1: unknown-key",
        "projects/fleet.yaml:6:15: unknown-value",
        "projects/fleet.yaml:8:9: missing-key",
        "projects/fleet.yaml:10:27: bad-amount",
    ]
    assert [problem.excerpt for problem in problems] == [
        "statement: []",
        "    category: savings",
        "      - at: Table 1",
        "                 2016/17: 0.478}",
    ]


def test_a_missing_name_is_asked_for_at_the_top_of_the_file(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": "# a comment\n\nnote: live\n"})
    assert places_of(check(folder)[1]) == ["projects/fleet.yaml:3:1: missing-key"]


def test_a_fault_in_a_text_of_many_lines_is_placed_at_its_beginning(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": "name: |-\n  Joint\n  fleet\n"})
    assert places_of(check(folder)[1]) == ["projects/fleet.yaml:1:7: wrong-type"]


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
        ledger, problems = check_files({path: files[path] for path in paths})
        assert (list_records(ledger), problems) == (list_records(expected[0]), expected[1])


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


EVERYTHING = {
    "projects/fleet.yaml": FLEET,
    "projects/dogs.yaml": """
        name: Dogs
        statements:
          - {source: panel-2016, forces: [saltisle]}
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
    assert places_of(check(make_folder(EVERYTHING))[1]) == []


@pytest.mark.parametrize(
    "path",
    ["areas.yaml", "forces.yaml", "ledger.yaml", "shares.yaml", "sources.yaml", "projects/fleet.yaml",
     "published/t.yaml", "recommendations/r.yaml"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: b: c", "1:5: syntax"),
        ("", "1:1: empty-file"),
        ("- a", "1:1: wrong-type"),
        (b"\xff\xfea", "1:1: not-utf-8"),
    ],
    ids=["syntax", "empty", "list", "utf-16"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_the_only_one_accused(
    make_folder: MakeFolder, path: str, text: str | bytes, fault: str
) -> None:
    assert places_of(check(make_folder({**EVERYTHING, path: text}))[1]) == [f"{path}:{fault}"]


@pytest.mark.parametrize("path", ["areas.yaml", "forces.yaml", "ledger.yaml", "sources.yaml"])
def test_a_file_that_is_missing_is_the_only_one_accused(make_folder: MakeFolder, path: str) -> None:
    assert folder_problems(make_folder({**EVERYTHING, path: None})) == [f"{path}: missing-file"]


def test_what_is_faulty_is_not_accused_a_second_time_for_what_stands_in_for_it(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": """
            name: Joint fleet
            statements: [{source: paper-2016, forces: [thornshire, Marlshire]}]
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
        (2, 56, "bad-id"),
        (4, 3, "missing-key"),
        (6, 13, "bad-id"),
        (8, 17, "wrong-type"),
        (10, 9, "missing-key"),
    ]


def test_what_stands_after_a_faulty_item_of_a_list_is_found_at_its_own_place(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": """
            name: Joint fleet
            statements: [{source: paper-2016, forces: [Bad One, thornshire, nowhere, 'Bad Two', gone]}]
            costs:
              tank:
                area: vehicles
                statements:
                  - a text
                  - {source: paper-2016, reported: {in all: £1}}
                  - {source: no-paper, reported: {in all: £1}}
            """,
    })  # fmt: skip
    assert [(problem.line, problem.column, problem.code) for problem in check(folder)[1]] == [
        (2, 44, "bad-id"),
        (2, 65, "unknown-force"),
        (2, 74, "bad-id"),
        (2, 85, "unknown-force"),
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
    problems = places_of(check(make_folder({**EVERYTHING, path: text.replace(old, new, 1)}))[1])
    assert problems == [place]


def test_a_hidden_character_in_a_value_is_the_only_fault_of_its_line(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": FLEET.replace("area: vehicles", "area: veh\u200bicles")})
    assert places_of(check(folder)[1]) == ["projects/fleet.yaml:6:14: invisible-character"]


def test_a_value_left_out_is_the_only_fault_of_its_place(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": FLEET.replace("area: vehicles", "area:")})
    assert places_of(check(folder)[1]) == ["projects/fleet.yaml:6:5: empty-value"]


def test_an_amount_cut_by_its_comma_is_one_fault(make_folder: MakeFolder) -> None:
    for amount in ("£1,324,000", "£1,324.50", "-£1,324k"):
        folder = make_folder({"projects/fleet.yaml": FLEET.replace("£10k", amount)})
        assert places_of(check(folder)[1]) == ["projects/fleet.yaml:13:27: bad-amount"]


def test_what_has_the_same_bytes_in_another_folder_is_not_read_again() -> None:
    texts = {
        "projects/fleet.yaml": "name: Joint fleet\n",
        "projects/other.yaml": "name: Another\n",
        "projects/faulty.yaml": "name: Faulty\nnmae: Faulty\n",
    }
    files = {path: text.encode() for path, text in texts.items()}
    old = load(files)
    new = load({**files, "projects/other.yaml": b"name: Renamed\n"}, other=old)
    assert new.ledger.projects["fleet"] is old.ledger.projects["fleet"]
    assert new.texts["projects/fleet.yaml"] == texts["projects/fleet.yaml"]
    assert new.ledger.projects["other"].name == "Renamed"
    assert new.readings["projects/faulty.yaml"].faults == old.readings["projects/faulty.yaml"].faults != []
    assert new.faulty_places() == old.faulty_places()
