"""Any clone, on any disk: what is asked of git, what it may do for it, and what is said when it cannot answer."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from emcollab.loading import git as git_module
from emcollab.loading.git import find_commit, names_commit
from emcollab.loading.repository import RevisionError, find_from_root
from emcollab.loading.revision import read_revision
from emcollab.loading.text import MAX_BYTES
from tests.conftest import MakeFolder, Ran, environment, invoke, posix, run
from tests.test_diff import FLEET, GIT_ENV, KIND, SECOND, git, headline, refusal

pytestmark = pytest.mark.usefixtures("plain_git")

DEARER = FLEET.replace("£10k", "£5m")


@pytest.fixture
def repository(make_folder: MakeFolder, tmp_path: Path) -> Path:
    """Return a repository whose main branch has one figure, tagged v1, and whose branch `work`, checked out, two."""
    make_folder({"projects/fleet.yaml": FLEET})
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path)
    git(tmp_path, "tag", "v1")
    git(tmp_path, "checkout", "--quiet", "-b", "work")
    make_folder({"projects/fleet.yaml": SECOND})
    commit(tmp_path)
    return tmp_path


def commit(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "some")
    return git(folder, "rev-parse", "HEAD")


def failure(repository: Path, *arguments: str) -> str:
    """Return what is said when the machine fails."""
    ran = run("diff", *arguments, cwd=repository, env=GIT_ENV)
    assert (ran.status, ran.stdout) == (3, "")
    return ran.stderr.removeprefix("emcollab: ")


ADDS = f"This adds £12,000 {KIND} in 2016/17."
NOTHING = "Nothing changed."


# --- what is meant


def test_a_folder_named_like_a_revision_decides_nothing(repository: Path, make_folder: MakeFolder) -> None:
    base = git(repository, "rev-parse", "v1")
    for name in ("HEAD", "v1", base):
        make_folder({"projects/fleet.yaml": SECOND}, name)
        error = (
            f"'{name}' is both a folder and a revision; write './{name}' for the folder, or '--' after the revisions.\n"
        )
        assert refusal(repository, name, "work") == error
        assert refusal(repository, "main", name) == error
    assert headline(repository, "v1", "HEAD", "--") == headline(repository, base, "HEAD", "--") == ADDS
    assert headline(repository, "v1", "--") == ADDS
    assert headline(repository, "./v1", "./HEAD") == headline(repository, "--", "v1", "HEAD") == NOTHING
    assert headline(repository, "v1", "--", "HEAD") == headline(repository, "main", str(repository / "HEAD")) == ADDS
    # Without a BASE the commit is meant, whatever folder has its name.
    assert headline(repository) == headline(repository, "--") == ADDS


def test_a_branch_named_like_a_folder_decides_nothing(repository: Path) -> None:
    git(repository, "branch", "data", "v1")
    assert refusal(repository, "v1", "data").startswith("'data' is both a folder and a revision; ")
    assert headline(repository, "v1", "data", "--") == NOTHING
    assert headline(repository, "v1", "--", "data") == headline(repository, "v1", "data/") == ADDS


def test_a_folder_named_like_a_folder_of_a_revision_decides_nothing(repository: Path, make_folder: MakeFolder) -> None:
    make_folder({"projects/fleet.yaml": FLEET}, "HEAD:data")
    assert refusal(repository, "v1:data", "HEAD:data").startswith("'HEAD:data' is both a folder and a revision; ")
    assert headline(repository, "v1:data", "HEAD:data", "--") == ADDS
    assert headline(repository, "v1:data", "./HEAD:data") == NOTHING


@pytest.mark.parametrize("arguments", [("--", "nowhere"), ("v1", "--", "nowhere"), ("--", "v1", "data")])
def test_what_is_meant_as_a_folder_must_be_one(repository: Path, arguments: tuple[str, ...]) -> None:
    name = "v1" if "data" in arguments else "nowhere"
    assert refusal(repository, *arguments) == f"there is no folder '{name}'.\n"
    (repository / name).write_text("a file", encoding="utf-8")
    assert refusal(repository, *arguments) == f"'{name}' is no folder.\n"


def test_folders_need_no_git_and_no_data_folder(
    make_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_folder({"projects/fleet.yaml": FLEET}, "HEAD")
    make_folder({"projects/fleet.yaml": SECOND}, "v1")
    assert headline(tmp_path, "HEAD", "v1") == ADDS  # in no repository, with no data/
    make_folder({}, "data")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert headline(tmp_path, "HEAD", "v1") == ADDS


def test_a_revision_may_be_asked_for_another_folder(repository: Path, make_folder: MakeFolder) -> None:
    make_folder({"projects/fleet.yaml": DEARER}, "older: data")
    (repository / "data").rename(repository / "a")
    commit(repository)
    dearer = f"This adds £4.99m {KIND} in 2015/16."
    assert headline(repository, "v1:data", "HEAD:older: data", "--data", "a") == dearer
    assert headline(repository, "v1:data", "HEAD:older: data/", "--data", "older: data") == dearer
    assert headline(repository, "v1:data/", "HEAD", "--data", "a") == ADDS
    # A colon of the revision's own is none before a folder.
    assert headline(repository, "v1:data", "HEAD^{/some}:a", "--data", "a") == ADDS
    for path in ("./a", "/a", "b/../a", ".", "..", "b"):
        error = (
            "revision 'HEAD' has no data in 'b'."
            if path == "b"
            else f"'{path}' is not a path from the root of the repository."
        )
        assert refusal(repository, "HEAD", f"HEAD:{path}", "--data", "a") == f"{error}\n"


def test_a_ledger_may_be_the_root_of_its_repository(repository: Path) -> None:
    for path in (repository / "data").iterdir():
        path.rename(repository / path.name)
    (repository / "data").rmdir()
    commit(repository)
    assert headline(repository, "v1:data", "HEAD:", "--data", ".") == ADDS
    assert headline(repository, "v1:data", "HEAD", "--data", ".") == ADDS


@posix
def test_a_data_folder_that_becomes_a_link_is_compared_with_nothing(
    repository: Path, make_folder: MakeFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # In main there is a second ledger, to which the folder leads now: it has not changed, but the data have.
    make_folder({"projects/fleet.yaml": DEARER}, "second/ledger")
    commit(repository)
    (repository / "data").rename(repository / "first")
    (repository / "data").symlink_to("second/ledger")
    commit(repository)
    error = f"'{repository / 'data'}' is a link, and may have led elsewhere in 'v1'; name the folder itself.\n"
    assert refusal(repository, "v1", "HEAD") == error
    (repository / "away").symlink_to("second")
    assert refusal(repository, "v1", "--data", "away/ledger").startswith(f"'{repository / 'away'}' is a link, ")
    assert headline(repository, "v1:data", "HEAD:first", "--data", "second/ledger") == ADDS
    # Above the repository links do not matter.
    above = tmp_path_factory.mktemp("above") / "link"
    above.symlink_to(repository)
    assert headline(above, "HEAD", "--data", str(above / "first")) == NOTHING
    assert refusal(above, "HEAD", "--data", str(above)).startswith(f"'{above}' is a link, ")


# --- what BASE may lack


def test_a_base_with_problems_stops_nothing_and_is_told(repository: Path, make_folder: MakeFolder) -> None:
    make_folder({"projects/fleet.yaml": FLEET.replace("vehicles", "vehicels").replace("£10k", "10")})
    git(repository, "tag", "bad", commit(repository))
    make_folder({"projects/fleet.yaml": FLEET})
    git(repository, "tag", "mended", commit(repository))

    def diff(*arguments: str) -> Ran:
        with contextlib.chdir(repository):
            return invoke("diff", "--output", "told", *arguments)

    ran = diff("bad", "mended")
    assert (ran.status, ran.stdout) == (0, "")
    assert ran.stderr.startswith("bad:data/projects/fleet.yaml:3:16: unknown-area: ")
    assert ran.stderr.endswith("\n2 problems in 1 file\n")
    told = repository / "told"
    sound = git(repository, "rev-parse", "bad^")
    said = "could not be totalled: it has 2 problems. HEAD has none. What follows is against"
    end = "the last before it that was in order."
    assert (
        told.read_bytes()
        .decode()
        .replace("\n", " ")
        .startswith(f"BASE ('bad') {said} '{sound}', {end}  This takes away £12,000")
    )
    # What there was before is gone too, if there is no more than a faulty beginning.
    git(repository, "checkout", "--quiet", "--orphan", "alone", "bad")
    git(repository, "tag", "--force", "bad", commit(repository))
    assert diff("bad", "mended").status == 0
    assert told.read_bytes().decode() == "BASE ('bad') could not be totalled: it has 2 problems. HEAD has none.\n"
    assert diff("bad", "mended", "--format", "markdown", "--exit-code").status == 1
    assert (
        told.read_text(encoding="utf-8")
        == "**BASE \\('bad'\\) could not be totalled: it has 2 problems. HEAD has none.**\n"
    )
    assert diff("bad", "mended", "--format", "json").status == 0
    assert json.loads(told.read_bytes()) == {
        "headline": "BASE ('bad') could not be totalled: it has 2 problems. HEAD has none.",
        "warnings": [],
        "totals": [],
        "forces": [],
        "figures": [],
        "records": [],
        "all_areas": [],
    }
    told.unlink()
    for arguments in (("mended", "bad"), ("bad", "bad")):
        ran = diff(*arguments)
        assert (ran.status, told.exists()) == (1, False)
        assert ran.stderr.endswith("\n2 problems in 1 file\nnothing is totalled until they are mended\n")


def test_a_base_with_problems_is_compared_as_it_was_when_it_had_none(
    repository: Path, make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)

    def break_data(times: int) -> None:
        for number in range(times):
            make_folder({"projects/fleet.yaml": f"{SECOND}{number}: x\n"})
            commit(repository)

    def diff(base: str, *more: str) -> Ran:
        return invoke("diff", base, "mended", *more)

    sound = git(repository, "rev-parse", "HEAD")
    break_data(20)
    git(repository, "tag", "bad")
    make_folder({"projects/fleet.yaml": FLEET})
    git(repository, "tag", "mended", commit(repository))
    end = "could not be totalled: it has 1 problem. HEAD has none. What follows is against"
    last = "the last before it that was in order."
    headline_ = f"This takes away £12,000 {KIND} in 2016/17."
    assert (
        json.loads(diff("bad", "--format", "json").stdout)["headline"]
        == f"BASE ('bad') {end} '{sound}', {last} {headline_}"
    )
    assert json.loads(diff("bad", "--format", "json").stdout)["totals"] != []
    assert diff("bad", "--format", "markdown").stdout.startswith(
        f"**BASE \\('bad'\\) {end} '`{sound}`', {last}**\n\n**This takes away"
    )
    assert diff("bad:data", "--format", "markdown").stdout.startswith(
        f"**BASE \\('bad:data'\\) {end} '`{sound}`:data', {last}**\n\n**"
    )
    assert diff("bad", "--exit-code").status == 1
    # Further back nobody looks; and a folder has nothing before it.
    git(repository, "checkout", "--quiet", "bad")
    break_data(1)
    assert "What follows" not in diff("HEAD").stdout
    assert "could not be totalled" in diff("./data").stdout
    shutil.copytree("data", "sound")
    (repository / "sound/projects/fleet.yaml").write_text(FLEET, encoding="utf-8")
    assert "What follows" not in invoke("diff", "--", "data", "sound").stdout


@posix
def test_a_base_without_data_is_an_empty_ledger(repository: Path, make_folder: MakeFolder) -> None:
    (repository / "nothing").mkdir()
    (repository / "nothing/README.md").write_text("Data will be here.", encoding="utf-8")
    new = "There was no ledger before: all is new."
    assert headline(repository, "nothing", "v1") == f"{new} This adds £10,000 {KIND} in 2015/16."
    with contextlib.chdir(repository):
        ran = invoke("diff", "v1", "nothing")
    assert (ran.status, ran.stderr.partition(":")[0]) == (1, "nothing")
    # Something that is no data is a problem, and not nothing.
    (repository / "nothing/areas.yml").write_text("a: A", encoding="utf-8")
    with contextlib.chdir(repository):
        assert "BASE ('nothing') could not be totalled" in invoke("diff", "nothing", "v1").stdout
    make_folder({"projects/fleet.yaml": FLEET}, "link-to")
    git(repository, "rm", "-r", "--quiet", "data")
    (repository / "data").symlink_to("link-to")
    git(repository, "tag", "linked", commit(repository))
    assert refusal(repository, "v1:data", "linked:data") == "revision 'linked' has no data in 'data'.\n"


# --- what git is asked


@posix
def test_a_hook_of_another_worktree_changes_no_answer(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, make_folder: MakeFolder
) -> None:
    # Two ledgers: the root of the repository, and .old in it.
    for path in (repository / "data").iterdir():
        path.rename(repository / path.name)
    make_folder({"projects/fleet.yaml": DEARER}, ".old")
    commit(repository)
    worktree = tmp_path_factory.mktemp("worktree") / "feature"
    git(repository, "worktree", "add", "--quiet", str(worktree))
    (worktree / "README.md").write_text("a change", encoding="utf-8")
    git(worktree, "add", ".")
    hook = repository / ".git/hooks/pre-commit"
    hook.write_text(f'#!/bin/sh\ntest -n "$GIT_DIR" && {sys.executable} -m emcollab --data .old diff HEAD; exit 1\n')
    hook.chmod(0o755)
    hooked = subprocess.run(
        ["git", "commit", "--message", "x"],  # noqa: S607 - the user's own
        cwd=worktree, env={**environment(), **GIT_ENV}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (hooked.returncode, hooked.stderr) == (1, f"{NOTHING}\n")


def test_no_variable_of_gits_changes_an_answer(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("DIR", "WORK_TREE", "INDEX_FILE", "COMMON_DIR", "OBJECT_DIRECTORY", "SHALLOW_FILE", "NAMESPACE", "TRACE")
    for name in names:
        monkeypatch.setenv(f"GIT_{name}", "/nowhere")
    monkeypatch.setenv("GIT_ICASE_PATHSPECS", "1")
    with contextlib.chdir(repository):
        assert json.loads(invoke("diff", "v1", "--format", "json").stdout)["headline"] == ADDS


def test_a_partial_clone_fetches_nothing(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path_factory.mktemp("partial")
    source = f"file://{repository}"
    git(clone, "clone", "--quiet", "--filter=blob:none", source, ".")
    ran = clone / "ran"
    git(clone, "config", "remote.origin.url", f"ext::touch {ran}")
    git(clone, "config", "protocol.ext.allow", "always")
    assert headline(clone, "HEAD") == NOTHING  # whose files have been checked out
    told = "this is a partial clone, and what the revision holds is not all here; fetch it ("
    assert failure(clone, "v1").startswith(told)
    assert not ran.exists()
    git(clone, "config", "remote.origin.url", source)
    git(clone, *failure(clone, "v1").removeprefix(f"{told}git ").removesuffix(")\n").split())
    assert headline(clone, "v1") == ADDS


@posix
def test_a_git_that_does_not_answer_is_not_waited_for(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path_factory.mktemp("tools")
    (tools / "git").write_text("#!/bin/sh\n/bin/sleep 60\n")  # in a child, which holds the pipes
    (tools / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setattr(git_module, "_PATIENCE", 0.1)
    with pytest.raises(OSError, match=r"^git did not answer within 0\.1 seconds$"):
        find_commit(repository / "data", "HEAD")


@pytest.mark.parametrize("revision", ["-h", "--output=stolen", "^HEAD", "", "a\nb", "\x1b[2J", "v1\u202e"])
def test_what_could_not_be_a_revision_is_not_asked_for(
    repository: Path, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RevisionError, match=r"is not a revision$"):
        find_commit(repository, revision)
    assert not names_commit(repository, revision)


# --- what git cannot answer


def object_of(repository: Path, name: str) -> Path:
    id_ = git(repository, "rev-parse", name)
    path = repository / ".git/objects" / id_[:2] / id_[2:]
    path.chmod(0o644)
    return path


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("HEAD:data/areas.yaml", "'areas.yaml' of revision 'HEAD' LOST"),
        ("HEAD:data/projects", "git cannot read the repository: error: Could not read ID; something in it FSCK"),
        ("HEAD^{tree}", "git cannot read the repository: fatal: not a tree object; something in it FSCK"),
        ("HEAD", "revision 'HEAD' (ID) LOST"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told(repository: Path, name: str, error: str) -> None:
    id_ = git(repository, "rev-parse", name)
    path = object_of(repository, name)
    whole = path.read_bytes()
    lost = "is missing or damaged in this repository; see git fsck"
    path.unlink()
    fsck = "is missing or damaged, see git fsck"
    told = error.replace("ID", id_).replace("LOST", lost).replace("FSCK", fsck)
    assert failure(repository, "HEAD").rstrip("\n") == told
    for data in (b"", whole[:12], whole[:8] + b"XXXX" + whole[12:]):
        path.write_bytes(data)
        assert failure(repository, "HEAD").startswith(("git cannot read the repository: ", "'areas.yaml' of revision "))


def test_a_commit_behind_one_that_is_missing_is_missing_too(repository: Path) -> None:
    first, second = git(repository, "rev-parse", "HEAD"), commit(repository)
    object_of(repository, first).unlink()
    lost = "something in it is missing or damaged, see git fsck"
    told = f"git cannot read the repository: error: Could not read {first}"
    assert failure(repository, "HEAD~2").startswith(told)
    assert failure(repository, "HEAD~2").endswith(f"; {lost}\n")
    object_of(repository, second).unlink()
    lost = "is missing or damaged in this repository; see git fsck"
    assert failure(repository, "HEAD") == f"revision 'HEAD' ({second}) {lost}\n"


@posix
def test_a_repository_of_somebody_else_is_told_in_gits_words(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path_factory.mktemp("tools")
    (tools / "git").write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {shutil.which("git")} "$@"\n')
    (tools / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    for arguments in ((), ("v1",), ("v1", "v2"), ("v1", "data")):
        told = failure(repository, *arguments)
        assert told.startswith("git cannot read the repository: fatal: detected dubious ownership in repository at '")
        assert "git config --global --add safe.directory " in told
    assert headline(repository, "./data", "./data") == NOTHING


def test_history_that_is_cut_off_is_told(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    base = git(repository, "rev-parse", "v1")
    git(repository, "checkout", "--quiet", "main")
    commit(repository)
    clone = tmp_path_factory.mktemp("shallow")
    git(
        clone,
        "clone",
        "--quiet",
        "--depth=1",
        "--no-single-branch",
        "--no-tags",
        "--branch=work",
        f"file://{repository}",
        ".",
    )
    cut = (
        ": the history here is cut off (a shallow clone); fetch all of it "
        "(git fetch --unshallow, or in CI fetch-depth: 0, GIT_DEPTH: 0)"
    )
    assert refusal(clone) == f"HEAD and origin/HEAD have no commit in common{cut}; name a BASE.\n"
    assert refusal(clone, base, "HEAD") == f"there is no revision '{base}'{cut}.\n"
    assert refusal(clone, "HEAD~1", "HEAD") == f"there is no revision 'HEAD~1'{cut}.\n"
    git(clone, "fetch", "--quiet", "--unshallow")
    assert headline(clone) == headline(clone, base) == headline(clone, "HEAD~1") == ADDS


def test_branches_with_nothing_in_common_ask_for_a_base(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "new")
    commit(repository)
    assert refusal(repository) == "HEAD and main have no commit in common; name a BASE.\n"
    assert headline(repository, "main") == ADDS


def test_a_branch_elsewhere_that_is_called_like_the_default_one_is_none(repository: Path) -> None:
    git(repository, "tag", "origin/main", "work")
    git(repository, "branch", "origin/HEAD", "work")
    assert headline(repository) == ADDS


def test_what_names_something_else_is_no_revision(repository: Path) -> None:
    blob = git(repository, "rev-parse", "HEAD:data/areas.yaml")
    git(repository, "tag", "text", blob)
    assert refusal(repository, "text", "HEAD") == "there is no revision 'text'.\n"
    assert refusal(repository, blob, "HEAD") == f"there is no revision '{blob}'.\n"
    for name in ("HEAD@{9}", "@{upstream}", "gone@{upstream}", "HEAD~9"):
        assert refusal(repository, name, "HEAD") == f"there is no revision '{name}'.\n"
    git(repository, "checkout", "--quiet", "--detach")
    assert refusal(repository, "@{upstream}", "HEAD") == "there is no revision '@{upstream}'.\n"


def test_a_file_that_is_too_large_is_not_read(repository: Path) -> None:
    for name, size in (("most", MAX_BYTES), ("more", MAX_BYTES + 1), ("much", 40_000_000)):
        with (repository / f"data/projects/{name}.yaml").open("wb") as file:
            file.truncate(size)
    git(repository, "tag", "large", commit(repository))
    files, problems = read_revision(repository / "data", "large")
    assert problems == []
    assert files["projects/most.yaml"] == bytes(MAX_BYTES)
    assert files["projects/more.yaml"] == files["projects/much.yaml"] == b" " * (MAX_BYTES + 1)
    with contextlib.chdir(repository):
        ran = invoke("diff", "v1", "large")
    assert ran.status == 1
    assert "large:data/projects/much.yaml:1:1: too-large: the file has more than 2,000,000 bytes; " in ran.stderr


@posix
def test_a_link_is_refused_wherever_it_lies(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    (repository / "data/schema").mkdir()
    (repository / "data/schema/project.json").symlink_to("../../victim")
    (repository / "data/projects/.fleet.yaml").symlink_to("fleet.yaml")
    (repository / "data/projects/.#fleet.yaml").symlink_to("somebody@somewhere.1:1")
    git(repository, "tag", "linked", commit(repository))
    ran = invoke("diff", "v1", "linked")
    assert ran.status == 1
    assert [line.split(": a link; ")[0] for line in ran.stderr.split("\n")[:-2]] == [
        "linked:data/projects/.fleet.yaml: stray-file",
        "linked:data/schema/project.json: stray-file",
        "2 problems in 2 files",
    ]


def test_a_repository_that_is_committed_in_the_data_folder_is_not_asked(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path_factory.mktemp("bare") / "bare"
    git(repository, "clone", "--quiet", "--bare", str(repository), str(bare))
    git(bare, "branch", "--force", "work", "v1")
    shutil.copytree(bare, repository / "data", dirs_exist_ok=True)
    monkeypatch.chdir(repository)
    ran = invoke("diff", "v1", "work", "--")
    assert (ran.status, ran.stdout.split("\n")[0]) == (0, ADDS)
    # What is in no other repository is in none.
    for name in (".git", "projects"):
        shutil.rmtree(repository / name, ignore_errors=True)
    with pytest.raises(OSError, match="cannot use bare repository"):
        invoke("diff", "v1", "work", "--")


def test_what_git_would_change_is_found_out_in_no_repository_of_the_users(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(repository))
    monkeypatch.setattr("tempfile.tempdir", None)
    (repository / "data/.gitattributes").write_text("fleet.yaml ident\n", encoding="utf-8")
    git(repository, "tag", "changed", commit(repository))
    before = {path: path.read_bytes() for path in (repository / ".git").rglob("*") if path.is_file()}
    monkeypatch.chdir(repository)
    assert "changed-by-git" in invoke("diff", "v1", "changed").stderr
    assert {path: path.read_bytes() for path in (repository / ".git").rglob("*") if path.is_file()} == before


# --- paths


@posix
def test_a_path_from_the_root_of_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "link").symlink_to("data")
    monkeypatch.chdir(repository / "data")
    for folder in (repository / "data", repository / "link", Path(), Path("../data")):
        assert find_from_root(folder) == Path("data")
    assert find_from_root(Path("..")) == Path()
    shutil.rmtree(repository / ".git")
    assert find_from_root(Path("../data")) == Path("../data")
    (repository / ".git").write_text("gitdir: elsewhere")  # as in a linked worktree
    assert find_from_root(Path()) == Path("data")


def test_programs_are_told_paths_from_the_root_of_the_repository(
    repository: Path, make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_folder({"projects/fleet.yaml": "nam: Fleet\n"}, "deep/data")
    monkeypatch.chdir(repository / "deep")
    shown = {
        format_: invoke("validate", *arguments, "--format", format_).stdout
        for format_ in ("text", "json", "github", "gitlab", "sarif")
        for arguments in ([], ["../deep/data"], [repository / "deep/data"])
    }
    assert shown.pop("text").startswith(f"{repository / 'deep/data'}/projects/fleet.yaml:1:1: ")
    for text in shown.values():
        assert "deep/data/projects/fleet.yaml" in text
        assert "/deep" not in text
    shutil.rmtree(repository / ".git")
    assert '"path": "data/projects/fleet.yaml"' in invoke("validate", "--format", "json").stdout


def test_a_quotation_that_is_not_in_its_paper_is_told_from_the_root_too(
    repository: Path, make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_folder({"projects/fleet.yaml": FLEET.replace("actual:", "quote: £10k saved, actual:")}, "deep/data")
    (repository / "deep/papers").mkdir()
    (repository / "deep/papers/paper-2016.txt").write_text("£9k saved", encoding="utf-8")
    monkeypatch.chdir(repository / "deep")
    text, for_programs = (invoke("validate", "--papers", "papers", "--format", format_) for format_ in ("text", "json"))
    assert (text.status, for_programs.status) == (1, 1)
    assert text.stdout.startswith("data/projects/fleet.yaml:3:85: quote-not-in-paper: ")
    assert text.stdout.endswith("\n1 problem in 1 file\n0 quotations proved\n")
    [problem] = json.loads(for_programs.stdout)["problems"]
    assert [problem[name] for name in ("path", "line", "column", "code")] == [
        "deep/data/projects/fleet.yaml", 3, 85, "quote-not-in-paper",
    ]  # fmt: skip
