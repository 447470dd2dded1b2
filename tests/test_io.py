"""What files, devices and terminals can do to the command: each ends soon, in words, and never in a traceback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, MakeFolder, Ran, environment, invoke, linux, posix, run, run_in_turn, run_python

FLEET = """\
name: Fleet
benefits:
  fuel:
    area: vehicles
    category: saving
    statements:
      - {source: paper-2016, actual: {2015/16: £10k}}
"""

SOON = 10.0
"""Seconds of the processor, however busy the machine is."""


def invoke_soon(*arguments: str | Path) -> Ran:
    """Run the command in this process: an exception, a crash or a hang of it would be one of the tests."""
    began = time.process_time()
    ran = invoke(*arguments)
    assert time.process_time() - began < SOON
    return ran


# --- files that are bombs


def nested(opening: bytes, closing: bytes) -> Callable[[], bytes]:
    return lambda: b"name: " + opening * 100_000 + closing * 100_000 + b"\n"


def alias_bomb() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 30)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (nested(b"[", b"]"), "too-deep"),
        (nested(b"{a: ", b"}"), "too-deep"),
        (nested(b"[", b""), "too-deep"),
        (lambda: b"note:\n" + b"".join(b" " * level + b"a:\n" for level in range(1, 1_000)), "too-deep"),
        (lambda: b"name: x\nnote:\n  " + b"- " * 50_000 + b"x\n", "too-deep"),
        (alias_bomb, "anchor"),
        (lambda: b"name: " + b"x" * 2_000_000 + b"\n", "too-l"),
        (lambda: b"name: '" + b"\xc3\xa9 " * 600_000 + b"'\n", "too-l"),
        (lambda: b"name: x\n" + b"".join(b"key-%d: y\n" % number for number in range(100_000)), "unknown-key"),
        (lambda: b"name: x\n" + b"same: y\n" * 20_000, "duplicate-key"),
        (lambda: b"\xff" * 1_000_000, "not-utf-8"),
        (lambda: b"\0" * 1_000_000, ""),
        (lambda: b'name: "' + b"\\x1b" * 100_000 + b'"\n', ""),
        (lambda: b"# " + b"x" * 9_000_000, "too-large"),
    ],
    ids=[
        "lists", "mappings", "lists left open", "indented mappings", "lists of lists", "aliases", "a text of 2 MB",
        "a quoted text of 2 MB", "100,000 keys", "equal keys", "no UTF-8", "zeros", "escapes", "9 MB of comment",
    ],
)  # fmt: skip
def test_a_bomb_is_refused_soon(make_folder: MakeFolder, make: Callable[[], bytes], code: str) -> None:
    folder = make_folder({"projects/bomb.yaml": make()})
    ran = invoke_soon("validate", folder, "--format", "github")
    assert (ran.status, ran.stderr) == (1, "")
    assert f"title={code}" in ran.stdout
    assert len(ran.stdout) < 20_000


def test_many_keys_of_one_record_are_told_at_their_lines(make_folder: MakeFolder) -> None:
    folder = make_folder({"areas.yaml": "".join(f"area-{number}: Area {number}\n" for number in range(20_000))})
    assert invoke_soon("validate", folder) == (0, "4 files, 0 figures: no problems\n", "")


# --- what is no file


@posix
def test_what_is_no_ordinary_file_is_a_problem_and_is_not_opened(make_folder: MakeFolder) -> None:
    folder = make_folder()
    (folder / "projects").mkdir()
    os.mkfifo(folder / "projects/pipe.yaml")
    (folder / "projects/folder.yaml").mkdir()
    (folder / "projects/device.yaml").symlink_to("/dev/zero")
    (folder / "published").write_text("a file", encoding="utf-8")
    # In a process of its own, which can be ended if it waits for a pipe or reads a device for ever.
    ran = run("validate", folder, cwd=folder)
    assert (ran.status, ran.stderr) == (1, "")
    lines = [
        line.removeprefix(f"{folder.as_posix()}/").partition(";")[0] for line in ran.stdout.split("\n") if ": " in line
    ]
    assert lines == [
        "projects/device.yaml: stray-file: a link",
        "projects/folder.yaml: stray-file: a folder",
        "projects/pipe.yaml: stray-file: not an ordinary file",
        "published: stray-file: a file, where a folder should be",
    ]


@posix
def test_a_folder_that_cannot_be_read_is_a_failure_of_the_machine(make_folder: MakeFolder) -> None:
    folder = make_folder()
    (folder / "projects").symlink_to(folder / "projects")
    ran = invoke_soon("validate", folder)
    assert (ran.status, ran.stderr) == (1, "")
    assert "projects: stray-file: a link" in ran.stdout


# --- where it is written

TO_EXAMPLE = {"EMCOLLAB_DATA": str(EXAMPLE)}


@linux
def test_a_full_disk_behind_stdout_is_a_failure_of_the_machine(tmp_path: Path) -> None:
    commands = ("totals", "trace", "validate", "explain", "schema project", "export")
    with Path("/dev/full").open("wb") as full:
        ran = run_in_turn(*commands, cwd=tmp_path, env=TO_EXAMPLE, stdout=full)
    assert ran.stderr == "emcollab: No space left on device\n3\n" * len(commands)


# Devices are named by links of the test's own: if they were replaced, the machine would keep its devices.


@linux
def test_a_full_disk_behind_output_is_a_failure_of_the_machine(tmp_path: Path) -> None:
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        invoke("totals", "--data", EXAMPLE, "--output", link)
    assert [path.name for path in tmp_path.iterdir()] == ["full"]
    assert link.is_symlink()


@linux
def test_output_to_a_device_or_a_pipe_is_written_through(tmp_path: Path) -> None:
    link = tmp_path / "out"
    link.symlink_to("/proc/self/fd/1")
    table = invoke("totals", "--data", EXAMPLE).stdout
    assert run("totals", "--data", EXAMPLE, "--output", link, cwd=tmp_path) == (0, table, "")
    assert link.is_symlink()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert invoke("totals", "--data", EXAMPLE, "--output", pipe) == (0, "", "")
    assert os.read(reader, 65_536).decode() == table
    os.close(reader)
    assert pipe.is_fifo()


@posix
@pytest.mark.parametrize("old", ["of last year", None], ids=["a file", "nothing yet"])
def test_output_to_a_link_writes_what_it_leads_to(tmp_path: Path, old: str | None) -> None:
    target = tmp_path / "kept" / "table.txt"
    target.parent.mkdir()
    if old:
        target.write_text(old, encoding="utf-8")
    link = tmp_path / "link"
    link.symlink_to("kept/table.txt")
    assert invoke("totals", "--data", EXAMPLE, "--output", link) == (0, "", "")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == invoke("totals", "--data", EXAMPLE).stdout
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["kept", "link", "table.txt"]


@posix
@pytest.mark.parametrize(
    ("link", "leads", "command"),
    [
        ("out", "../victim", "totals --data {} --output out/areas.yaml"),
        ("out", "../victim", "report --data {} --output out/site"),
        ("out", "../victim/areas.yaml", "totals --data {} --output out"),
        ("out", ".git/config", "totals --data {} --output out"),
        ("data", "../victim", "add fleet/fuel --source paper-2017 --actual 2016/17=£1k"),
        ("data/schema", "../../victim", "schema --output data/schema"),
        ("data/schema/project.json", "../../victim/areas.yaml", "schema --output data/schema"),
        ("data/schema/project.json", "../areas.yaml", "schema --output data/schema"),
    ],
)
def test_nothing_is_written_through_a_link_that_leads_out_of_the_repository(
    make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch, link: str, leads: str, command: str
) -> None:
    victim = make_folder({"projects/fleet.yaml": FLEET}, "victim")
    work = victim.parent / "work"
    if link != "data":
        make_folder({}, "work/data")
    (work / ".git").mkdir(parents=True)
    (work / ".git/config").touch()
    (work / link).parent.mkdir(exist_ok=True)
    (work / link).symlink_to(leads)
    before = {path: path.read_bytes() for path in victim.parent.rglob("*") if path.is_file()}
    monkeypatch.chdir(work)
    ran = invoke(*command.format(EXAMPLE).split())
    assert (ran.status, ran.stdout) == (2, "")
    assert "', where nothing is written.\n" in ran.stderr
    assert {path: path.read_bytes() for path in victim.parent.rglob("*") if path.is_file()} == before


@posix
def test_a_folder_of_schemas_may_be_a_link_of_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert invoke("schema", "--output", tmp_path / "link").status == 0
    assert (tmp_path / "real/project.json").is_file()


@pytest.fixture
def closed_pipe() -> Iterator[int]:
    """Return a pipe to write to, of which nobody reads the other end any more."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


def test_a_pipe_that_is_closed_early_is_no_failure(tmp_path: Path, closed_pipe: int) -> None:
    commands = ("totals", "validate", "trace", "explain")
    assert run_in_turn(*commands, cwd=tmp_path, env=TO_EXAMPLE, stdout=closed_pipe).stderr == "0\n" * len(commands)


def test_a_pipe_that_is_closed_early_does_not_hide_that_there_are_problems(
    make_folder: MakeFolder, tmp_path: Path, closed_pipe: int
) -> None:
    make_folder({"projects/p.yaml": "nmae: P\n"}, "less-than-a-buffer")
    make_folder({f"projects/p{number}.yaml": "nmae: P\n" for number in range(1_000)}, "more-than-a-pipe-holds")
    commands = ("validate less-than-a-buffer", "validate more-than-a-pipe-holds")
    assert run_in_turn(*commands, cwd=tmp_path, stdout=closed_pipe).stderr == "1\n1\n"


UNREAD = {
    "validate bad": 1,
    "--data bad totals": 1,
    "totals --nope": 2,
    "totals --output gone/table.txt": 3,
    "totals": 0,
    "--help": 0,
}


@pytest.mark.parametrize("command", UNREAD)
def test_the_status_is_the_same_when_nobody_reads_what_is_wrong(
    make_folder: MakeFolder, tmp_path: Path, closed_pipe: int, command: str
) -> None:
    make_folder({"projects/p.yaml": "nmae: P\n"}, "bad")
    arguments = [sys.executable, "-m", "emcollab", *command.split()]
    env = {**environment(), **TO_EXAMPLE}
    ran = subprocess.run(arguments, cwd=tmp_path, env=env, stdout=closed_pipe, stderr=closed_pipe, check=False)
    assert ran.returncode == UNREAD[command]


@linux
def test_the_status_is_the_same_when_what_is_wrong_cannot_be_written(tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "emcollab", "totals", "--nope"]
    with Path("/dev/full").open("wb") as full:
        assert subprocess.run(arguments, cwd=tmp_path, env=environment(), stderr=full, check=False).returncode == 2


@posix
@pytest.mark.parametrize(
    "command",
    [["totals"], ["totals", "--format", "json"], ["totals", "--output", "table.txt"], ["validate"], ["--version"]],
    ids=" ".join,
)
def test_closed_streams_are_no_traceback(command: list[str], tmp_path: Path) -> None:
    script = 'exec "$@" 1>&- 2>&- 0<&-'
    arguments = [sys.executable, "-X", "faulthandler", "-m", "emcollab", *command]
    ran = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *arguments],
        cwd=tmp_path, check=False, timeout=SOON, capture_output=True,
        env={**environment(), "EMCOLLAB_DATA": str(EXAMPLE)},
    )  # fmt: skip
    assert (ran.stdout, ran.stderr) == (b"", b"")
    assert ran.returncode in {0, 3}
    if "--output" in command:
        assert (tmp_path / "table.txt").read_text(encoding="utf-8") == invoke("totals", "--data", EXAMPLE).stdout


# --- terminals


@pytest.mark.parametrize(
    ("env", "encoding", "shown"),
    [
        ({"PYTHONIOENCODING": "cp1252"}, "cp1252", "\\u6f22 é £"),
        ({"PYTHONIOENCODING": "ascii"}, "ascii", "\\u6f22 \\xe9 \\xa3"),
        (
            {"PYTHONIOENCODING": "", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
            "ascii",
            "\\u6f22 \\xe9 \\xa3",
        ),
        ({"LC_ALL": "C", "LANG": "C"}, "utf-8", "漢 é £"),
        ({"NO_COLOR": "1", "TERM": "dumb"}, "utf-8", "漢 é £"),
        ({"COLUMNS": "20"}, "utf-8", "漢 é £"),
    ],
    ids=["cp1252", "ascii", "C", "C with UTF-8", "no colour", "narrow"],
)
def test_what_a_terminal_cannot_show_is_spelt_out(
    make_folder: MakeFolder, tmp_path: Path, env: dict[str, str], encoding: str, shown: str
) -> None:
    make_folder({"ledger.yaml": "title: 漢 é £\nunit: £m\n", "projects/wide.yaml": "name: 漢 é £\n"})
    ran = run_in_turn("statement wide", "totals", cwd=tmp_path, env=env, encoding=encoding)
    assert ran.stderr == "0\n0\n"
    lines = ran.stdout.split("\n")
    assert lines[0] == shown
    assert f"{shown} ({shown.rpartition(' ')[2]}m)" in lines
    assert "\x1b" not in ran.stdout


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONIOENCODING": "", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=["cp1252", "ascii", "C"],
)  # fmt: skip
def test_what_programs_read_is_utf_8_whatever_the_terminal(
    make_folder: MakeFolder, tmp_path: Path, env: dict[str, str]
) -> None:
    make_folder({"areas.yaml": "vehicles: 漢 é £\nestates: E\ngrants: G\n", "projects/wide.yaml": "name: 漢 é £\n"})
    bad = make_folder({"projects/wide.yaml": "name: 漢 é £\nstatements: [{source: 漢 é £}]\n"}, "bad")
    commands = [
        *(f"totals --format {form}" for form in ("json", "csv", "markdown", "html")),
        *(f"projects --format {form}" for form in ("json", "markdown", "html")),
        "diff data data --format json", "export", "export --format json", "schema project",
        *(f"validate {bad.as_posix()} --format {form}" for form in ("json", "github", "gitlab", "sarif")),
    ]  # fmt: skip
    plain = [
        invoke(
            *command.replace("data", str(tmp_path / "data")).split(),
            *(() if command.startswith("validate") else ("--data", tmp_path / "data")),
        ).stdout
        for command in commands
        if not command.startswith("schema")
    ]
    ran = run_in_turn(*commands, cwd=tmp_path, env=env)
    assert ran.stderr == "0\n" * 11 + "1\n" * 4
    assert all(text in ran.stdout for text in plain)
    assert sum("漢 é £" in text for text in plain) == 8


def test_an_interrupt_while_modules_are_imported_ends_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n")
    path = f"{tmp_path}{os.pathsep}{environment()['PYTHONPATH']}"
    assert run("totals", cwd=tmp_path, env={"PYTHONPATH": path}) == (130, "", "")


@posix
@pytest.mark.parametrize(
    ("interruption", "status", "last"),
    [("os.kill(os.getpid(), signal.SIGINT)", 130, ""), ("raise KeyboardInterrupt", 1, "ValueError: no model")],
    ids=["interrupted", "not interrupted"],
)
def test_an_interrupt_of_which_a_library_makes_another_error_is_one(
    tmp_path: Path, interruption: str, status: int, last: str
) -> None:
    lines = ("import os, signal", "try:", f"    {interruption}", "except KeyboardInterrupt:",
             "    raise ValueError('no model') from None")  # fmt: skip
    (tmp_path / "click.py").write_text("\n".join(lines) + "\n")
    path = f"{tmp_path}{os.pathsep}{environment()['PYTHONPATH']}"
    # What a shell runs in the background ignores interruptions, and so would what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ran = run("totals", cwd=tmp_path, env={"PYTHONPATH": path})
    assert (ran.status, ran.stderr.rstrip("\n").rpartition("\n")[2]) == (status, last)


@posix
def test_a_run_in_the_background_is_not_interrupted(tmp_path: Path) -> None:
    script = "import os, signal; signal.signal(signal.SIGINT, signal.SIG_IGN); from emcollab.__main__ import run"
    (tmp_path / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nraise SystemExit(7)\n")
    path = f"{tmp_path}{os.pathsep}{environment()['PYTHONPATH']}"
    assert run_python("-c", f"{script}; run()", cwd=tmp_path, env={"PYTHONPATH": path}) == (7, "", "")


def test_too_little_memory_is_a_failure_of_the_machine(tmp_path: Path) -> None:
    script = "from emcollab import cli; cli.group.main = lambda **_: bytes(1 << 62); cli.main()"
    assert run_python("-c", script, cwd=tmp_path) == (3, "", "emcollab: there is not enough memory\n")


def test_the_command_that_is_installed_is_the_same(tmp_path: Path) -> None:
    script = "from emcollab.__main__ import run; run()"
    assert run_python("-c", script, "totals", cwd=tmp_path, env=TO_EXAMPLE) == run(
        "totals", cwd=tmp_path, env=TO_EXAMPLE
    )
