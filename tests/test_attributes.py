"""What git holds and what a checkout has: a problem where they may not mean the same."""

import contextlib
import subprocess
from pathlib import Path

import pytest

from emcollab.loading import folder as folder_module
from emcollab.loading.folder import MOST_BYTES, MOST_FILES, read_folder
from emcollab.loading.revision import read_revision
from emcollab.loading.text import MAX_BYTES
from tests.conftest import MakeFolder, check_files, invoke, linux, places_of, posix
from tests.test_diff import FLEET, git, headline
from tests.test_git import commit

pytestmark = pytest.mark.usefixtures("plain_git")

NOTHING = "Nothing changed."
MONEY = "working-tree-encoding=ISO646-GB"
CHANGED = [":0:0: changed-by-git"]
VANISHING = FLEET.replace("source: paper-2016,", "source: paper-2016, at: p £1,").replace(
    "}}", "}\n          , owner: A}"
)


@pytest.fixture
def repository(make_folder: MakeFolder, tmp_path: Path) -> Path:
    """Return a repository with a ledger in region/data, tagged v1."""
    make_folder({"projects/fleet.yaml": FLEET}, "region/data")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path)
    git(tmp_path, "tag", "v1")
    return tmp_path


def write(repository: Path, name: str, text: str) -> None:
    (repository / name).parent.mkdir(parents=True, exist_ok=True)
    (repository / name).write_text(text, encoding="utf-8")


def places(repository: Path, revision: str = "") -> list[str]:
    """Return what is wrong with the ledger of the repository, as it is there or as it is in a revision."""
    data = repository / "region/data"
    return places_of((read_revision(data, revision) if revision else read_folder(data))[1])


# --- attributes


@linux
def test_money_that_a_checkout_would_not_have_is_told(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In a national variant of ASCII the pound sign has the place of `#`, which begins a comment."""
    write_to_git(repository, "region/data/projects/fleet.yaml", VANISHING)
    write_to_git(repository, ".gitattributes", f"fleet.yaml {MONEY}\n")
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "--quiet", str(repository), ".")
    held, there = read_revision(repository / "region/data", "HEAD")[0], read_folder(clone / "region/data")[0]
    assert [len(check_files(files)[0].figures) for files in (held, there)] == [1, 0]
    with contextlib.chdir(clone):
        ran = invoke("diff", "--data", "region/data", "v1", "HEAD")
        assert (ran.status, ran.stdout) == (1, "")
        assert ran.stderr.startswith("HEAD:region/data/projects/fleet.yaml: changed-by-git: git's attribute 'working-")
        ran = invoke("validate", "region/data", "--format", "github")
    told, swallowed, *others = ran.stdout.split("\n")
    assert (ran.status, others) == (1, ["2 problems in 1 file", ""])
    assert told.startswith("::error file=region/data/projects/fleet.yaml,line=1,col=1,title=changed-by-git::git's ")
    assert "title=swallowed-text" in swallowed


@pytest.mark.parametrize("place", ["", "region/", "region/data/", "region/data/projects/"])
@pytest.mark.parametrize("says", [MONEY, "ident", "filter=x", "export-subst", "export-ignore"])
def test_an_attribute_that_changes_a_file_is_a_problem_wherever_it_is(repository: Path, place: str, says: str) -> None:
    write(repository, f"{place}.gitattributes", f"*.md text\nfleet.yaml {says}\n")
    git(repository, "add", f"{place}.gitattributes")
    git(repository, "commit", "--quiet", "--message", "attributes")
    assert places(repository, "HEAD") == places(repository) == [f"projects/fleet.yaml{CHANGED[0]}"]
    assert places(repository, "v1") == []
    write(repository, f"{place}.gitattributes", f"fleet.yaml {says}\nfleet.yaml !{says.partition('=')[0]}\n")
    assert places(repository) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".gitattributes", "[attr]x filter=y\n*.yaml x\n"),
        (".gitattributes", '\ufeff"region/data/\\146orces.yaml" filter=y\r\n'),
        ("region/.gitattributes", "DATA/Forces.YAML ident"),
        ("region/data/.gitattributes", "projects/ filter=y export-ignore"),
    ],
)
def test_however_it_is_written_it_is_found(repository: Path, name: str, text: str) -> None:
    write(repository, name, text)
    commit(repository)
    assert places(repository, "HEAD") == places(repository) != []


def test_a_name_in_capital_letters_counts_where_there_is_no_other(repository: Path) -> None:
    for name, text in ((".GitAttributes", "* ident"), ("region/data/.GITATTRIBUTES", "* filter=x")):
        write_to_git(repository, name, text)
    assert places(repository, "HEAD") == [f"areas.yaml{CHANGED[0]}"] * 2
    write_to_git(repository, ".gitattributes", "* text")
    write_to_git(repository, "region/data/.gitattributes", "* text")
    assert places(repository, "HEAD") == []


def test_a_name_with_characters_that_a_disk_ignores_counts_where_there_is_no_other(repository: Path) -> None:
    write_to_git(repository, ".git\u200cattributes", "* ident")
    assert places(repository, "HEAD") == [f"areas.yaml{CHANGED[0]}"]
    write_to_git(repository, ".gitattributes", "* text")
    assert places(repository, "HEAD") == []


def write_to_git(repository: Path, path: str, text: str, mode: str = "100644") -> str:
    """Commit a file that a disk may not be able to hold; return its hash."""
    blob = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"],  # noqa: S607 - the test's own
        input=text.encode(), cwd=repository, capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    git(repository, "update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}")
    git(repository, "commit", "--quiet", "--message", path)
    return blob


def test_a_link_in_its_place_is_what_git_takes_it_for(repository: Path) -> None:
    write_to_git(repository, ".gitattributes", "*.yaml filter=x", "120000")
    assert places(repository, "HEAD") == [f"areas.yaml{CHANGED[0]}"]
    assert places(repository) == []
    git(repository, "rm", "--cached", "--quiet", ".gitattributes")
    git(
        repository,
        "update-index",
        "--add",
        "--cacheinfo",
        f"160000,{git(repository, 'rev-parse', 'v1')},.gitattributes",
    )
    git(repository, "commit", "--quiet", "--message", "another repository")
    assert places(repository, "HEAD") == []


@posix
def test_a_link_in_its_place_is_not_followed(repository: Path) -> None:
    write(repository, "elsewhere", "* filter=x")
    (repository / ".gitattributes").symlink_to("elsewhere")
    assert places(repository) == []


HARMLESS = """\
* text=auto
*.yaml text eol=crlf diff=yaml merge=union whitespace=tab
data/** working-tree-encoding=UTF-8
*.xlsx filter=lfs diff=lfs merge=lfs -text
/data/** filter=lfs
region/data/*.md ident
region/data/.papers/** export-ignore
*.yaml -filter -ident
"""


def test_attributes_of_other_files_and_of_line_ends_are_no_problem(repository: Path) -> None:
    write(repository, ".gitattributes", HARMLESS)
    write(repository, "region/data/.papers/one.txt", "a paper")
    write(repository, "region/data/README.md", "$Id$")
    commit(repository)
    assert places(repository, "HEAD") == places(repository) == []


def test_what_this_clone_alone_has_changes_no_answer(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = repository / ".git/info/attributes"
    own.parent.mkdir(exist_ok=True)
    own.write_text("* filter=x", encoding="utf-8")
    write(repository, ".gitattributes", "README.md filter=x")
    commit(repository)
    settings = repository.parent / "settings"
    settings.write_text(f"[core]\nattributesFile = {own.as_posix()}\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert places(repository, "HEAD") == places(repository) == []
    own.write_text("* -filter", encoding="utf-8")
    write(repository, ".gitattributes", "*.yaml filter=x")
    commit(repository)
    assert places(repository, "HEAD") == places(repository) == [f"areas.yaml{CHANGED[0]}"]


def test_git_is_asked_only_where_there_may_be_something_to_tell(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(repository, ".gitattributes", "*.yaml filter=x")
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("nothing")))
    assert places(repository) == []  # without git nothing is checked out
    (repository / ".git").rename(repository / "git")
    monkeypatch.undo()
    assert places(repository) == []  # nor where there is no repository


def test_attributes_that_are_too_long_to_be_read_are_told(repository: Path) -> None:
    write(repository, "region/.gitattributes", "# x\n" * (MAX_BYTES // 4) + "*.yaml filter=x\n")
    commit(repository)
    _, [problem] = read_revision(repository / "region/data", "HEAD")
    assert read_folder(repository / "region/data")[1] == [problem]
    assert (problem.path, problem.code) == ("", "too-large")
    assert problem.message == "'region/.gitattributes' has more than 2,000,000 bytes"


def test_line_ends_mean_nothing(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name, settings, attributes in (
        ("auto", ("core.autocrlf=true",), "* text=auto"),
        ("eol", ("core.eol=crlf",), "* text"),
        ("crlf", (), "*.yaml eol=crlf"),
    ):
        write(repository, ".gitattributes", attributes)
        commit(repository)
        clone = tmp_path_factory.mktemp(name)
        git(clone, "clone", "--quiet", *(f"--config={each}" for each in settings), str(repository), ".")
        data = clone / "region/data"
        assert b"\r\n" in (data / "projects/fleet.yaml").read_bytes()
        assert invoke("validate", data) == (0, "5 files, 1 figure: no problems\n", "")
        assert headline(clone, "HEAD", "--data", "region/data") == NOTHING


# --- names


@pytest.mark.parametrize(
    ("name", "path"), [("DATA", "DATA/x"), ("region/DaTa", "region/DaTa/projects/fleet.yaml"), ("REGION", "REGION")]
)
def test_what_some_disks_take_for_the_data_folder_is_told(repository: Path, name: str, path: str) -> None:
    if name == "DATA":
        git(repository, "mv", "region/data", "data")
    write_to_git(repository, path, FLEET)
    where = "HEAD:data" if name == "DATA" else "HEAD:region/data"
    _, [problem] = read_revision(repository, where)
    assert (problem.path, problem.code) == ("", "stray-file")
    ours = name.casefold()
    assert problem.message == f"'{name}' and '{ours}' are one on disks of Windows and macOS"


def test_two_spellings_of_one_name_are_one_on_some_disks(repository: Path) -> None:
    git(repository, "mv", "region", "re\u0301gion")
    write_to_git(repository, "r\u00e9gion/data/areas.yaml", "a: A")
    _, [problem] = read_revision(repository, "HEAD:re\u0301gion/data")
    assert problem.message == "'r\u00e9gion' and 're\u0301gion' are one on disks of Windows and macOS"


@pytest.mark.parametrize("ignored", ["\u200c", "\u202e", "\u206f", "\ufeff"])
def test_a_name_with_characters_that_a_disk_ignores_is_the_name_without_them(repository: Path, ignored: str) -> None:
    write_to_git(repository, f"region/da{ignored}ta/projects/fleet.yaml", FLEET)
    _, [problem] = read_revision(repository, "HEAD:region/data")
    assert (problem.path, problem.code) == ("", "stray-file")
    within = f"region/data/proj{ignored}ects"
    write_to_git(repository, f"{within}/fleet.yaml", FLEET)
    assert [(each.path, each.code) for each in read_revision(repository, "HEAD:region/data")[1]] == [
        (f"proj{ignored}ects", "stray-file"),
        ("", "stray-file"),
    ]


def test_a_ledger_that_is_a_repository_has_nothing_beside_it(repository: Path) -> None:
    git(repository, "mv", *map(str, (repository / "region/data").iterdir()), ".")
    write(repository, ".gitattributes", "*.yaml ident")
    commit(repository)
    files, problems = read_revision(repository, "HEAD")
    assert (len(files), places_of(problems)) == (5, [f"areas.yaml{CHANGED[0]}"])


# --- how much


def test_what_lies_in_other_folders_of_a_revision_is_not_looked_into(repository: Path) -> None:
    """Of ten folders in ten folders, and so on, git holds a few hundred bytes."""
    blob = git(repository, "rev-parse", "HEAD:region/data/areas.yaml")
    tree = make_tree(repository, [f"100644 blob {blob}\tf{number}" for number in range(10)])
    for _ in range(12):
        tree = make_tree(repository, [f"040000 tree {tree}\td{number}" for number in range(10)])
    data = git(repository, "ls-tree", "HEAD:region/data").split("\n")
    bomb = [*data, f"040000 tree {tree}\tbomb", f"040000 tree {tree}\t.bomb", f"040000 tree {tree}\tschema"]
    git(repository, "update-ref", "refs/tags/bomb", commit_tree(repository, make_tree(repository, bomb)))
    files, problems = read_revision(repository, "bomb:region/data")
    assert (len(files), places_of(problems)) == (5, ["bomb:0:0: stray-file"])
    (repository / "region/data/bomb").mkdir()
    assert places(repository) == ["bomb:0:0: stray-file"]  # as of a folder


def make_tree(repository: Path, entries: list[str]) -> str:
    return subprocess.run(
        ["git", "mktree"],  # noqa: S607 - the test's own
        input="\n".join(entries).encode(), cwd=repository, capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip


def commit_tree(repository: Path, data: str) -> str:
    """Commit a tree as region/data of a revision, and return its hash."""
    region = make_tree(repository, [f"040000 tree {data}\tdata"])
    return git(repository, "commit-tree", "-m", "x", make_tree(repository, [f"040000 tree {region}\tregion"]))


@pytest.mark.parametrize(
    ("number", "length", "content", "words"),
    [
        (MOST_FILES, 1, "x", "20,000 files"),
        (MOST_FILES, 250, "x", "20,000 files"),
        (MOST_BYTES // MAX_BYTES + 1, 1, "# x\n" * (MAX_BYTES // 4), "100,000,000 bytes"),
    ],
)
def test_of_a_revision_with_too_much_that_is_told_and_nothing_else(
    repository: Path, number: int, length: int, content: str, words: str
) -> None:
    blob = write_to_git(repository, "x", content)
    many = make_tree(repository, [f"100644 blob {blob}\t{id_:0{length}}.yaml" for id_ in range(number)])
    kept = [line for line in git(repository, "ls-tree", "HEAD:region/data").split("\n") if "projects" not in line]
    data = make_tree(repository, [*kept, f"040000 tree {many}\tprojects"])
    git(repository, "tag", "much", commit_tree(repository, data))
    assert len(git(repository, "ls-tree", data).split("\n")) == 5
    with contextlib.chdir(repository):
        ran = invoke("diff", "--data", "region/data", "v1", "much")
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"much:region/data: too-large: the data folder has more than {words}; take out ")
    assert "\n1 problem in 1 file\n" in ran.stderr


def test_of_a_folder_with_too_much_that_is_told_and_nothing_else(
    make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = make_folder({"projects/fleet.yaml": FLEET})
    monkeypatch.setattr(folder_module, "MOST_FILES", 5)
    assert places_of(read_folder(data)[1]) == []
    for name in (".hidden", "README.md", "projects/.example.yaml"):
        (data / name).write_text("x")
    assert places_of(read_folder(data)[1]) == []
    (data / "stray").write_text("x")
    assert invoke("validate", data) == (
        1,
        f"{data}: too-large: the data folder has more than 5 files; take out what is no data\n1 problem in 1 file\n",
        "",
    )
    (data / "stray").unlink()
    monkeypatch.setattr(folder_module, "MOST_BYTES", sum(len(text) for text in read_folder(data)[0].values()))
    assert places_of(read_folder(data)[1]) == []
    with (data / "areas.yaml").open("a") as file:
        file.write("# x\n")
    assert places_of(read_folder(data)[1]) == [":0:0: too-large"]


# --- what was put in another's place in this clone


def test_what_was_replaced_in_this_clone_is_compared_as_it_is_elsewhere(repository: Path) -> None:
    data, second = "region/data", FLEET.replace("£10k", "£12k")
    write(repository, f"{data}/projects/fleet.yaml", second)
    commit(repository)
    told = headline(repository, "v1", "HEAD", "--data", data)
    assert told != NOTHING
    git(repository, "replace", f"HEAD:{data}/projects/fleet.yaml", f"v1:{data}/projects/fleet.yaml")
    git(repository, "replace", "HEAD", "v1")
    assert headline(repository, "v1", "HEAD", "--data", data) == told
    git(repository, "checkout", "--quiet", "-b", "work")
    commit(repository)
    base = headline(repository, "--data", data)
    (repository / ".git/info").mkdir(exist_ok=True)
    (repository / ".git/info/grafts").write_text(f"{git(repository, 'rev-parse', 'HEAD')}\n", encoding="utf-8")
    assert headline(repository, "--data", data) == base == NOTHING
