"""What tests share: a data folder made of YAML text, the way to load it, and the command run as people run it."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from textwrap import dedent
from typing import BinaryIO, NamedTuple, Protocol

import pytest
from click.testing import CliRunner
from hypothesis import settings

from emcollab.checks import run_checks
from emcollab.cli import group
from emcollab.loading import parser
from emcollab.loading.folder import read_folder
from emcollab.loading.load import load, place
from emcollab.records.ledger import Ledger
from emcollab.values.problems import Problem

# The same examples on every run and machine, and nothing left on the disk.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.load_profile("suite")

EXAMPLE = Path(__file__).parent / "example"

posix = pytest.mark.skipif(os.name != "posix", reason="asks for pipes with names, links, modes, signals or a shell")
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks for devices or /proc as Linux has them")
"""Marks of tests that need more of the system than the command does."""

collect_ignore = ["bad", "bench", "example"]
"""Folders without tests: looking through those of `bad` takes longer than making all tests."""

DEFAULTS = {
    "ledger.yaml": """
        title: Northmark police collaboration
        unit: £k
        places: 1
        first_year: 2014/15
        last_year: 2019/20
        """,
    "areas.yaml": """
        vehicles: Vehicles
        estates: Estates
        grants: Grants and support
        """,
    "forces.yaml": """
        thornshire:
          name: Thornshire Police
        marlshire:
          name: Marlshire Constabulary
        saltisle:
          name: Salt Isle Police
          in_region: false
        """,
    "sources.yaml": """
        paper-2016:
          title: Benefits in 2015/16
          body: Northmark Committee
          date: 2016-06-16
        panel-2016:
          title: Marlshire and collaboration
          body: Marlshire Panel
          date: 2016-06-16
        paper-2017:
          title: Benefits in 2016/17
          body: Northmark Committee
          date: 2017-07-20
        paper-2018:
          title: Benefits in 2017/18
          body: Northmark Committee
          date: 2018-07-19
        """,
}
"""The files of a small ledger without projects: a made-up region, three areas, three forces, four papers."""

Files = Mapping[str, str | bytes | None]


class MakeFolder(Protocol):
    """Write a data folder: `files` by path, over `DEFAULTS`; `None` leaves a default file out."""

    def __call__(self, files: Files = ..., name: str = ...) -> Path: ...


class Ran(NamedTuple):
    """What a run of the command came to."""

    status: int
    stdout: str
    stderr: str


def with_defaults(files: Files) -> dict[str, bytes]:
    """Return the bytes of `files` over `DEFAULTS`, by path; texts are dedented."""
    return {
        path: text if isinstance(text, bytes) else dedent(text).removeprefix("\n").encode()
        for path, text in {**DEFAULTS, **files}.items()
        if text is not None
    }


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write down anew what is said of bad data")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let coverage rest while inputs are made up: what they reach is no promise, and they take three times as long."""
    if not item.get_closest_marker("hypothesis"):
        yield
        return
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


@pytest.fixture(params=["libyaml", "python"])
def each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with libyaml, then with PyYAML's own parser, as where PyYAML was built without libyaml."""
    if request.param == "python":
        monkeypatch.setattr(parser, "FastParser", parser.PythonParser)


@pytest.fixture
def plain_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git have no settings but those of the test."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    def make(files: Files = {}, name: str = "data") -> Path:  # noqa: B006 - only read
        return write_folder(tmp_path / name, files)

    return make


def write_folder(folder: Path, files: Files) -> Path:
    """Write a data folder, as `MakeFolder` says, and return it."""
    for path, data in with_defaults(files).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def fleet(statements: str, *, said: str = "", **fields: str) -> str:
    """Return a project with one saving of vehicles, `fuel`, and its `statements`.

    What is `said` is the statements of the project itself; `fields` are others of the saving.
    """
    lines = [
        "name: Joint fleet",
        *([f"statements: [{said}]"] if said else []),
        "benefits:",
        "  fuel:",
        "    area: vehicles",
        "    category: saving",
        *(f"    {name}: {value}" for name, value in fields.items()),
        f"    statements: [{statements}]",
    ]
    return "\n".join(lines) + "\n"


def closed_fleet(estimates: str, *, closed: str = "2018-02", **fields: str) -> str:
    """Return `fleet` with the estimates of a paper of 2016, closed on a day of which a paper of 2018 tells."""
    said = f"{{source: paper-2018, closed: {{date: {closed}}}}}"
    return fleet(f"{{source: paper-2016, estimate: {{{estimates}}}}}", said=said, **fields)


def check_files(files: Mapping[str, bytes], listed: Sequence[Problem] = ()) -> tuple[Ledger, list[Problem]]:
    """Return the ledger of `files`, and every problem in it, sorted."""
    loaded = load(files, listed)
    found = run_checks(loaded.ledger, loaded.unread, loaded.faulty_places())
    return loaded.ledger, place(loaded, found)


def list_records(ledger: Ledger) -> list[object]:
    """Return what a ledger holds, to be compared with what another does: a ledger is equal to itself alone."""
    return [getattr(ledger, field.name) for field in fields(ledger)]


def check(folder: Path) -> tuple[Ledger, list[Problem]]:
    """Return the ledger in `folder`, and every problem in it, sorted; paths are relative to the folder."""
    return check_files(*read_folder(folder))


def open_clean(folder: Path) -> Ledger:
    """Return the ledger in `folder`, in which there must be no problem."""
    ledger, problems = check(folder)
    assert problems == []
    return ledger


def lines_of(problems: list[Problem]) -> list[str]:
    """Return the problems without their excerpts, as they are printed."""
    return [
        f"{problem.path}:{problem.line}:{problem.column}: {problem.code}: {problem.message}; {problem.help}"
        for problem in problems
    ]


def places_of(problems: list[Problem]) -> list[str]:
    """Return where each problem is, and its code. What is said of it is for `test_bad_data`."""
    return [f"{problem.path}:{problem.line}:{problem.column}: {problem.code}" for problem in problems]


def invoke(*arguments: str | Path, env: Mapping[str, str | None] | None = None) -> Ran:
    """Run the command in this process: quick, but the way out of `main` is not part of it."""
    gc.disable()  # as `main` does
    try:
        result = CliRunner(env={"EMCOLLAB_DATA": None}).invoke(
            group, [str(argument) for argument in arguments], env=env, prog_name="emcollab", catch_exceptions=False
        )
    finally:
        gc.enable()
    return Ran(result.exit_code, result.stdout, result.stderr)


def run(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, encoding: str = "utf-8") -> Ran:
    """Run `python -m emcollab` in a process of its own; `env` is added to the environment."""
    return run_python("-m", "emcollab", *arguments, cwd=cwd, env=env, encoding=encoding)


def run_in_turn(
    *commands: str,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
    stdout: int | BinaryIO = subprocess.PIPE,
) -> Ran:
    """Run several commands in turn, each in a process of its own, from its first byte of output to its way out.

    They are forked, where that can be, from one process, which has loaded what they need: that is most of what a run
    takes. The status of
    each follows, as a line, what it wrote to stderr; what they wrote to stdout stands one behind another.
    """
    return run_python("-c", _FORKS, *commands, cwd=cwd, env=env, encoding=encoding, stdout=stdout)


_FORKS = """
import os, shlex, subprocess, sys
import emcollab.cli.data
from emcollab.cli import main
for command in sys.argv[1:]:
    if not hasattr(os, "fork"):
        ran = subprocess.run([sys.executable, "-m", "emcollab", *shlex.split(command)], check=False)
        print(ran.returncode, file=sys.stderr, flush=True)
        continue
    if not os.fork():
        sys.argv[1:] = shlex.split(command)
        main()
    print(os.waitstatus_to_exitcode(os.wait()[1]), file=sys.stderr)
"""


def run_python(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
    stdout: int | BinaryIO = subprocess.PIPE,
) -> Ran:
    """Run Python, with this emcollab to import, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, *(str(argument) for argument in arguments)],
        cwd=cwd,
        env={**environment(), **(env or {})},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    return Ran(ran.returncode, (ran.stdout or b"").decode(encoding), ran.stderr.decode(encoding))


def environment() -> dict[str, str]:
    """Return the environment for a process that can import this emcollab and is told nothing else about it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EMCOLLAB_", "PYTHON"))}
    ours = {"PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONIOENCODING": "utf-8"}
    return {**kept, **ours}
