"""What is written to files and folders: whole or not at all, in the place of what is ours alone, leaving nothing.

Runs are ended by the hardest signal at each thing that they ask of the file system.
"""

import fcntl
import hashlib
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from emcollab.cli import files
from emcollab.cli.files import MANIFEST, ForeignFiles, write_file, write_folder
from tests.conftest import EXAMPLE, MakeFolder, fleet, invoke

Tree = dict[str, str]

SHA256SUM = shutil.which("sha256sum") or ""

OLD = {"index.html": "old", "projects/fleet.html": "the fleet", "projects/gone.html": "no more"}
NEW = {"index.html": "new", "projects/fleet.html": "the fleet", "forces/north.html": "North"}


def read(folder: Path) -> Tree:
    """Return the texts of the files of a folder, without the manifest; what is none, by what it is."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or path.is_fifo():
            found[name] = "special"
        elif path.is_file() and name != MANIFEST:
            found[name] = path.read_text(encoding="utf-8", errors="replace")
        elif path.is_dir() and not any(path.iterdir()):
            found[name] = "empty"
    return found


def names(folder: Path) -> list[str]:
    """Return what is in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder as an earlier run wrote it, alone in its folder."""
    target = tmp_path / "out" / "site"
    write_folder(target, OLD.items())
    return target


@pytest.fixture(params=["exchanged", "renamed"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let folders be exchanged where the system can, and do without."""
    if request.param == "renamed":
        monkeypatch.setitem(sys.modules, "ctypes", None)


either_way = pytest.mark.usefixtures("_either_way")


# --- whose files they are


@either_way
def test_an_older_folder_is_replaced_whole(site: Path) -> None:
    write_folder(site, NEW.items())
    assert read(site) == NEW
    assert names(site.parent) == ["site"]


@pytest.mark.skipif(not SHA256SUM, reason="sha256sum is not here")
def test_what_was_written_can_be_checked_by_another_program(site: Path) -> None:
    ran = subprocess.run([SHA256SUM, "--check", "--strict", MANIFEST], cwd=site, check=True, capture_output=True)
    assert ran.stdout.decode() == "".join(f"{name}: OK\n" for name in OLD)


def put_in_place(path: Path, *, link: bool = False) -> None:
    """Move a page or a folder out of the report, and put a link to it in its place, or an empty folder."""
    kept = path.parent.parent / f"kept-{path.name}"
    path.rename(kept)
    if link:
        path.symlink_to(kept)
    else:
        path.mkdir()


def write(path: Path, text: str = "mine") -> int:
    return path.write_text(text, encoding="utf-8")


FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file": (lambda site: write(site / "thesis.txt"), "'thesis.txt'"),
    "a hidden file": (lambda site: write(site / ".htaccess"), "'.htaccess'"),
    "a file deeper": (lambda site: write(site / "projects/minutes.pdf"), "'projects/minutes.pdf'"),
    "a page": (lambda site: write(site / "projects/mine.html"), "'projects/mine.html'"),
    "a folder": (lambda site: (site / "photos").mkdir(), "'photos/'"),
    "a folder deeper": (lambda site: (site / "projects/photos/a").mkdir(parents=True), "'projects/photos/'"),
    "a folder named like a page": (lambda site: put_in_place(site / "index.html"), "'index.html/'"),
    "a file named like a folder": (lambda site: write(site / "forces"), "'forces'"),
    "a link": (lambda site: (site / "link").symlink_to("index.html"), "'link'"),
    "a link in a page's place": (lambda site: put_in_place(site / "index.html", link=True), "'index.html'"),
    "a link in a folder's place": (lambda site: put_in_place(site / "projects", link=True), "'projects'"),
    "a pipe": (lambda site: os.mkfifo(site / "pipe"), "'pipe'"),
    "a changed page": (lambda site: write(site / "index.html"), "'index.html' (changed since it was written)"),
    "several": (lambda site: [write(site / f"{name}.txt") for name in "edcba"], "'a.txt', 'b.txt', 'c.txt' and more"),
    "no manifest": (lambda site: (site / MANIFEST).unlink(), "'index.html', 'projects/'"),
    "a manifest with notes": (
        lambda site: write(site / MANIFEST, f"{(site / MANIFEST).read_text()}not to be lost\n"),
        f"'{MANIFEST}', 'index.html', 'projects/'",
    ),
    "a manifest that is a link": (
        lambda site: put_in_place(site / MANIFEST, link=True),
        f"'{MANIFEST}', 'index.html', 'projects/'",
    ),
    "a manifest that claims it": (
        lambda site: [
            write(site / "thesis.txt"),
            write(site / MANIFEST, f"{(site / MANIFEST).read_text()}{'0' * 64}  thesis.txt\n"),
        ],
        "'thesis.txt' (changed since it was written)",
    ),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_others_put_there_is_named_and_left(site: Path, what: str) -> None:
    put, named = FOREIGN[what]
    put(site)
    before = read(site.parent)
    with pytest.raises(ForeignFiles) as refused:
        write_folder(site, NEW.items())
    assert str(refused.value) == f"holds {named}, which would be lost"
    assert read(site.parent) == before


@either_way
def test_what_others_put_there_meanwhile_is_named_and_left(site: Path) -> None:
    def pages() -> Iterator[tuple[str, str]]:
        yield from NEW.items()
        (site / "projects/minutes.pdf").write_text("mine", encoding="utf-8")

    with pytest.raises(ForeignFiles, match=r"holds 'projects/minutes\.pdf', which"):
        write_folder(site, pages())
    assert read(site) == {**OLD, "projects/minutes.pdf": "mine"}
    assert names(site.parent) == ["site"]


def test_a_manifest_reaches_nothing_outside_its_folder(site: Path) -> None:
    outside = site.parent / "thesis.txt"
    outside.write_text("mine", encoding="utf-8")
    digest = hashlib.sha256(b"mine").hexdigest()
    manifest = (site / MANIFEST).read_text(encoding="utf-8")
    (site / MANIFEST).write_text(f"{manifest}{digest}  ../thesis.txt\n{digest}  {outside}\n", encoding="utf-8")
    write_folder(site, NEW.items())
    assert read(site.parent) == {**{f"site/{name}": text for name, text in NEW.items()}, "thesis.txt": "mine"} | {
        f"site/{MANIFEST}": (site / MANIFEST).read_text(encoding="utf-8")
    }


def test_pages_that_were_taken_out_are_no_hindrance(site: Path) -> None:
    (site / "projects/gone.html").unlink()
    write_folder(site, NEW.items())
    assert read(site) == NEW


def test_a_link_to_a_folder_stays(make_folder: MakeFolder, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to("kept")
    for command in (["report"], ["report", "--year", "2015/16"]):
        assert invoke(*command, "--data", make_folder(), "--output", tmp_path / "link").status == 0
    assert (tmp_path / "link").readlink() == Path("kept")
    assert (tmp_path / "kept/index.html").is_file()
    assert names(tmp_path) == ["data", "kept", "link"]


def test_a_folder_keeps_its_rights(site: Path) -> None:
    site.chmod(0o750)
    write_folder(site, NEW.items())
    assert stat.S_IMODE(site.stat().st_mode) == 0o750


@pytest.mark.parametrize("command", [["report"], ["export", "--format", "datapackage"]], ids=" ".join)
def test_the_commands_replace_their_own_and_nothing_else(
    make_folder: MakeFolder, tmp_path: Path, command: list[str]
) -> None:
    project = fleet("{source: paper-2016, reported: {2015/16: £1k}}")
    two = make_folder({"projects/fleet.yaml": project, "projects/dogs.yaml": "name: Dogs\n"}, "two")
    one = make_folder({"projects/fleet.yaml": project}, "one")
    target = tmp_path / "out"
    assert invoke(*command, "--data", two, "--output", target).status == 0
    assert invoke(*command, "--data", one, "--output", target).status == 0
    before = read(target)
    assert not [name for name, text in before.items() if "dogs" in name or "Dogs" in text]
    (target / "minutes.pdf").write_text("mine", encoding="utf-8")
    ran = invoke(*command, "--data", one, "--output", target)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f"Error: '{target}' holds 'minutes.pdf', which would be lost; name another folder.\n")
    assert read(target) == {**before, "minutes.pdf": "mine"}


# --- a file


def test_a_file_keeps_its_rights(tmp_path: Path) -> None:
    target = tmp_path / "table.txt"
    target.write_text("of last year", encoding="utf-8")
    target.chmod(0o604)
    write_file(target, b"new")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"new", 0o604)
    assert names(tmp_path) == ["table.txt"]


@pytest.mark.skipif(os.geteuid() != 0, reason="nobody else can give files away")
def test_a_file_keeps_its_owner(tmp_path: Path) -> None:
    target = tmp_path / "table.txt"
    target.touch()
    os.chown(target, 1234, 4321)
    write_file(target, b"new")
    assert (target.stat().st_uid, target.stat().st_gid) == (1234, 4321)


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_file(tmp_path / "table.txt", b"new")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "table.txt").stat().st_mode) == 0o640


def test_a_file_that_is_mounted_is_written_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "table.txt"
    target.write_text("of last year, and longer", encoding="utf-8")
    inode = target.stat().st_ino

    def busy(_: Path, place: Path) -> None:
        raise OSError(16, "Device or resource busy", str(place))

    monkeypatch.setattr(Path, "replace", busy)
    write_file(target, b"new")
    assert (target.read_bytes(), target.stat().st_ino) == (b"new", inode)
    assert names(tmp_path) == ["table.txt"]
    with pytest.raises(OSError, match="busy"):
        write_file(tmp_path / "other.txt", b"new")  # there is nothing to write into
    assert names(tmp_path) == ["table.txt"]


def let_stay(folder: Path, monkeypatch: pytest.MonkeyPatch, *, beside: bool = True, number: int = 16) -> None:
    """Let a folder be neither renamed nor exchanged, as if it were mounted; and nothing be made beside it, or so."""
    rename, take = Path.rename, vars(files)["_take_name"]

    def stay(path: Path, place: Path) -> Path:
        if folder in {path, place}:
            raise OSError(number, os.strerror(number), str(path))
        return rename(path, place)

    def refuse(start: str) -> BinaryIO:
        if not beside and Path(start).parent == folder.parent:
            raise PermissionError(13, "Permission denied", start)
        taken: BinaryIO = take(start)
        return taken

    monkeypatch.setitem(sys.modules, "ctypes", None)
    monkeypatch.setattr(Path, "rename", stay)
    monkeypatch.setattr(files, "_take_name", refuse)


@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.parametrize("old", [OLD, {}], ids=["an older one", "empty"])
def test_a_folder_that_is_mounted_is_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: Tree, *, beside: bool
) -> None:
    write_folder(tmp_path / "elsewhere", NEW.items())
    site = tmp_path / "mounted/site"
    site.mkdir(parents=True)
    if old:
        write_folder(site, old.items())
    inode = site.stat().st_ino
    let_stay(site, monkeypatch, beside=beside)
    write_folder(site, NEW.items())
    assert (read(site), site.stat().st_ino) == (NEW, inode)
    assert (site / MANIFEST).read_bytes() == (tmp_path / "elsewhere" / MANIFEST).read_bytes()
    assert names(site) == [MANIFEST, "forces", "index.html", "projects"]
    assert names(site.parent) == ["site"]
    (site / "projects/minutes.pdf").write_bytes(b"%PDF")
    with pytest.raises(ForeignFiles, match=r"'projects/minutes\.pdf'"):
        write_folder(site, OLD.items())
    assert read(site) == NEW | {"projects/minutes.pdf": "%PDF"}


def test_only_what_is_mounted_is_filled(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    let_stay(site, monkeypatch, number=5)
    with pytest.raises(OSError, match="Input/output error"):
        write_folder(site, NEW.items())
    let_stay(tmp_path / "new", monkeypatch, beside=False)
    with pytest.raises(PermissionError):
        write_folder(tmp_path / "new", NEW.items())
    assert (read(site), names(site.parent)) == (OLD, ["site"])


def test_a_manifest_takes_nothing_out_beyond_a_mounted_folder(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = site.parent / "victim"
    victim.write_bytes(b"mine")
    with (site / MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(f"{hashlib.sha256(b'mine').hexdigest()}  ../victim\n")
    let_stay(site, monkeypatch)
    write_folder(site, NEW.items())
    assert (read(site), victim.read_bytes()) == (NEW, b"mine")


@pytest.mark.parametrize("rights", [0o555, 0o333], ids=["not written to", "not listed"])
def test_a_file_in_a_folder_that_may_not_be(tmp_path: Path, rights: int) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "table.txt").write_text("of last year", encoding="utf-8")
    folder.chmod(rights)
    try:
        write_file(folder / "table.txt", b"new")
    finally:
        folder.chmod(0o755)
    assert (folder / "table.txt").read_bytes() == b"new"
    assert names(folder) == ["table.txt"]


@pytest.mark.parametrize(
    "command", [["report"], ["export", "--format", "datapackage"], ["totals"], ["export", "--format", "sqlite"]],
    ids=" ".join,
)  # fmt: skip
def test_what_fails_names_what_was_asked_for(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    target = tmp_path / "link" / "out"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large") as failed:
            invoke(*command, "--data", EXAMPLE, "--output", target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert failed.value.filename == str(target)
    assert names(tmp_path) == ["link"]


@pytest.mark.parametrize(
    "name", ["areas.yaml", "README.md", "table.txt", "projects/fleet.yaml", "projects/a/b", "link"]
)
@pytest.mark.parametrize("command", ["totals", "statement --all", "report", "schema areas"])
def test_nothing_is_written_into_a_data_folder(make_folder: MakeFolder, command: str, name: str) -> None:
    folder = make_folder({"projects/fleet.yaml": "name: Fleet\n", "README.md": "How to"})
    (folder.parent / "link").symlink_to(folder / "areas.yaml")
    target = folder.parent / "link" if name == "link" else folder / name
    before = read(folder.parent)
    data = "" if command.startswith("schema") else f"--data {folder}"
    ran = invoke(*command.split(), *data.split(), "--output", target)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f"Error: '{target}' is in a data folder, which holds nothing but data; name another.\n")
    assert read(folder.parent) == before


def test_schemas_and_what_is_hidden_may_lie_in_a_data_folder(make_folder: MakeFolder) -> None:
    folder = make_folder()
    assert invoke("schema", "--output", folder / "schema") == (0, "", "")
    assert invoke("totals", "--data", folder, "--output", folder / ".table.txt") == (0, "", "")
    assert invoke("validate", folder).status == 0


# --- runs that are ended, and several at once


ROOM = ".site.emcollab-0123abcd"


def leave(folder: Path, room: str, *kinds: str) -> None:
    """Leave in a folder what a run that was ended may: unfinished, or whole, old or new."""
    (folder / room).touch()
    for kind in kinds:
        if kind == "scrap":
            (folder / f"{room}.scrap/projects").mkdir(parents=True)
            (folder / f"{room}.scrap/projects/fleet.html").write_text("half of", encoding="utf-8")
        else:
            write_folder(folder / f"{room}.{kind}", (OLD if kind == "old" else NEW).items())


@pytest.mark.parametrize("kinds", ["", "scrap", "new", "old", "scrap new old"])
def test_what_a_run_left_is_cleared_up_by_the_next(site: Path, kinds: str) -> None:
    leave(site.parent, ROOM, *kinds.split())
    (site.parent / ROOM).unlink(missing_ok=kinds == "")  # the last that goes is the name itself
    leave(site.parent, f"{ROOM[:-1]}0", *kinds.split())
    write_folder(site, NEW.items())
    assert read(site) == NEW
    assert names(site.parent) == ["site"]


def test_what_a_run_left_of_a_file_is_cleared_up_by_the_next(tmp_path: Path) -> None:
    for name in (".table.txt.emcollab-01234567", ".table.txt.emcollab-01234567.scrap"):
        (tmp_path / name).touch()
    write_file(tmp_path / "table.txt", b"new")
    assert names(tmp_path) == ["table.txt"]


@pytest.mark.parametrize(("kinds", "found"), [("old", OLD), ("new", NEW), ("old new", NEW)])
def test_a_folder_that_a_run_moved_away_is_put_back(site: Path, kinds: str, found: Tree) -> None:
    leave(site.parent, ROOM, *kinds.split())
    for path in site.rglob("*.html"):
        path.unlink()
    (site / MANIFEST).unlink()
    for path in (site / "projects", site):
        path.rmdir()

    def pages() -> Iterator[tuple[str, str]]:
        assert read(site) == found
        yield "index.html", "newer"

    write_folder(site, pages())
    assert read(site.parent) == {"site/index.html": "newer", f"site/{MANIFEST}": (site / MANIFEST).read_text()}


def test_what_a_run_did_not_finish_is_not_put_in_place(tmp_path: Path) -> None:
    leave(tmp_path, ROOM, "new")
    (tmp_path / f"{ROOM}.new/index.html").unlink()

    def pages() -> Iterator[tuple[str, str]]:
        assert names(tmp_path) != ["site"]
        assert not (tmp_path / "site").exists()
        yield "index.html", "newer"

    write_folder(tmp_path / "site", pages())
    assert names(tmp_path) == ["site"]


@pytest.mark.parametrize("as_link", [False, True])
def test_what_others_call_as_a_run_would_is_left_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, as_link: bool
) -> None:
    new = tmp_path / f"{ROOM}.new"
    if as_link:
        write_folder(tmp_path / "else", OLD.items())
        new.symlink_to("else")
    else:
        new.mkdir()
        (new / "index.html").write_text("forged", encoding="utf-8")
    write_folder(tmp_path / "site", NEW.items())
    assert read(tmp_path / "site") == NEW
    assert new.is_symlink() == as_link
    assert (new / "index.html").is_file()
    assert capsys.readouterr().err == f"{new} is left as it is: something in it was not written by emcollab\n"


def test_a_name_that_is_no_file_is_nobodys(tmp_path: Path) -> None:
    start = tmp_path / ".table.txt.emcollab-0000000"
    Path(f"{start}0").symlink_to("outside")
    Path(f"{start}1").symlink_to("table.txt")
    os.mkfifo(f"{start}2")
    write_file(tmp_path / "table.txt", b"new")
    write_file(tmp_path / "table.txt", b"newer")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *(f"{start.name}{each}" for each in range(3)),
        "table.txt",
    ]
    assert (tmp_path / "table.txt").read_bytes() == b"newer"


def test_what_a_run_left_is_not_cleared_up_with_what_others_put_there(site: Path) -> None:
    leave(site.parent, ROOM, "old")
    (site.parent / f"{ROOM}.old/minutes.pdf").write_text("mine", encoding="utf-8")
    write_folder(site, NEW.items())
    assert read(site) == NEW
    assert (site.parent / f"{ROOM}.old/minutes.pdf").read_text(encoding="utf-8") == "mine"


def test_the_name_of_what_was_left_goes_while_it_is_locked(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the run that took the name, and waits for it, would go on with a name that is gone."""
    leave(site.parent, ROOM, "scrap")
    unlink, locked = os.unlink, []

    def look(path: str, **within: int) -> None:
        if not within:
            with open(path, "rb") as other:  # noqa: PTH123 - the path is a text, as `os.unlink` is given it
                try:
                    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    locked.append(Path(path).name)
        unlink(path, **within)

    monkeypatch.setattr(os, "unlink", look)
    write_folder(site, NEW.items())
    assert ROOM in locked
    assert names(site.parent) == ["site"]


def test_where_another_run_is_at_work_nothing_is_touched(site: Path) -> None:
    leave(site.parent, ROOM, "scrap", "new")
    with (site.parent / ROOM).open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        write_folder(site, NEW.items())
    assert names(site.parent) == [ROOM, f"{ROOM}.new", f"{ROOM}.scrap", "site"]


@pytest.mark.parametrize("made_anew", [False, True])
def test_a_name_that_was_cleared_up_before_it_was_locked_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, made_anew: bool
) -> None:
    """A third run that looks for what was left makes a file of that name again."""
    taken = []
    lock = files._lock  # noqa: SLF001 - another run comes in between

    def cleared_up(descriptor: int, *, wait: bool) -> None:
        (room,) = (path for path in tmp_path.iterdir() if path.stat().st_ino == os.fstat(descriptor).st_ino)
        taken.append(room)
        if len(taken) == 1:
            room.unlink()
            if made_anew:
                room.touch()
        lock(descriptor, wait=wait)

    monkeypatch.setattr(files, "_lock", cleared_up)
    write_file(tmp_path / "table.txt", b"new")
    assert len(set(taken)) == 2
    assert names(tmp_path) == [*([taken[0].name] if made_anew else []), "table.txt"]


def test_a_folder_that_is_replaced_while_it_is_looked_through_is_looked_through_again(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []
    digest = files._digest  # noqa: SLF001 - another run comes in between

    def replaced(path: Path) -> str:
        runs.append(path)
        if len(runs) == 1:
            write_folder(site, {**OLD, "index.html": "other"}.items())
        return digest(path)

    monkeypatch.setattr(files, "_digest", replaced)
    write_folder(site, NEW.items())
    assert read(site) == NEW


def in_a_process(act: Callable[[], object]) -> int:
    """Return how a process that does this ends."""
    child = os.fork()
    if not child:
        try:
            act()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - whatever it is, the test goes on in another process
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


ASKED = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod", "os.chown", "os.scandir", "ctypes.dlsym"}


def kill_at(number: int, act: Callable[[], object]) -> None:
    """Do something, but be killed when it asks the system for a file, a folder or a new name for the n-th time."""
    asked = 0

    def count(event: str, _: object) -> None:
        nonlocal asked
        if event in ASKED:
            asked += 1
            if asked == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    act()


@either_way
@pytest.mark.parametrize("first", [False, True], ids=["another", "the first"])
def test_a_folder_is_whole_wherever_a_run_is_ended(tmp_path: Path, *, first: bool) -> None:
    without_exchange = sys.modules.get("ctypes", ...) is None
    new = {"a/index.html": "new"}
    number, status = 0, -signal.SIGKILL
    while status == -signal.SIGKILL:
        number += 1
        target = tmp_path / str(number) / "site"
        if not first:
            write_folder(target, OLD.items())
        status = in_a_process(lambda: kill_at(number, lambda: write_folder(target, new.items())))  # noqa: B023 - called at once
        assert read(target) in ([{}, new] if first else [{}, OLD, new] if without_exchange else [OLD, new])
        write_folder(target, new.items())
        assert read(target) == new
        assert names(target.parent) == ["site"]
    assert (status, number > 5) == (0, True)


def test_a_file_is_whole_wherever_a_run_is_ended(tmp_path: Path) -> None:
    number, status = 0, -signal.SIGKILL
    while status == -signal.SIGKILL:
        number += 1
        target = tmp_path / str(number) / "table.txt"
        target.parent.mkdir()
        target.write_bytes(b"of last year")
        status = in_a_process(lambda: kill_at(number, lambda: write_file(target, b"new")))  # noqa: B023 - called at once
        assert target.read_bytes() in {b"of last year", b"new"}
        write_file(target, b"new")
        assert names(target.parent) == ["table.txt"]
    assert (status, number > 5) == (0, True)


def test_four_runs_at_once_are_all_right_and_leave_one_whole_folder(tmp_path: Path) -> None:
    target = tmp_path / "site"
    trees = [{f"{run}/{page}.html": f"page {page} of {run}" for page in range(5)} for run in range(4)]

    def write_often(tree: Tree) -> None:
        for _ in range(10):
            write_folder(target, tree.items())
            assert target.is_dir()

    children = []
    for tree in trees:
        child = os.fork()
        if not child:
            os._exit(in_a_process(lambda: write_often(tree)))  # noqa: B023 - called at once
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert read(target) in trees
    assert names(tmp_path) == ["site"]


def test_a_mounted_folder_has_whole_files_wherever_a_run_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, status = 0, -signal.SIGKILL
    while status == -signal.SIGKILL:
        number += 1
        site = tmp_path / str(number) / "site"
        write_folder(site, OLD.items())
        with monkeypatch.context() as patch:
            let_stay(site, patch)
            status = in_a_process(lambda: kill_at(number, lambda: write_folder(site, NEW.items())))  # noqa: B023 - called at once
            found = read(site)
            assert all(found[name] in {OLD.get(name), NEW.get(name)} for name in found.keys() & {*OLD, *NEW})
            if number % 2:
                write_folder(site, NEW.items())
        write_folder(site, NEW.items())
        assert read(site) == NEW
        assert names(site.parent) == ["site"]
        assert names(site) == [MANIFEST, "forces", "index.html", "projects"]
    assert (status, number > 20) == (0, True)


def test_four_runs_at_once_are_all_right_in_a_mounted_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    trees = [{f"{run}/{page}.html": f"page {page} of {run}" for page in range(5)} for run in range(4)]
    write_folder(site, trees[0].items())
    let_stay(site, monkeypatch)

    def write_often(tree: Tree) -> None:
        for _ in range(5):
            write_folder(site, tree.items())

    children = []
    for tree in trees:
        if not (child := os.fork()):
            os._exit(in_a_process(lambda: write_often(tree)))  # noqa: B023 - called at once
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    assert read(site) in trees
    write_folder(site, NEW.items())
    assert (read(site), names(tmp_path)) == (NEW, ["site"])
