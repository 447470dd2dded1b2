"""The programs that are compared: how each is installed, asked to work, and what total it reports.

Each Python program has an environment of its own, so that none decides another's dependencies; emcollab is there as
a wheel, as its users have it. What cannot be installed is named, with the way to get it.

To add one: a line in `TOOLS` and in `COMMANDS`, and in `TOTALS` if it can add up.
"""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.measure import Command
from tests.bench.workloads import Expected


class Tool(NamedTuple):
    """A program: its name, the requirements that pip installs (none: Debian's package), how to ask for its version."""

    name: str
    requirements: tuple[str, ...]
    version: tuple[str, ...] = ("--version",)


class Installed(NamedTuple):
    """Where the programs are, by name, their versions, and those that are not there, with the way to get them."""

    programs: dict[str, Path]
    versions: dict[str, str]
    missing: dict[str, str]


TOOLS: tuple[Tool, ...] = (
    Tool("hledger", ()),
    Tool("ledger", ()),
    Tool("bean-check", ("beancount==3.2.3", "beanquery==0.2.0")),
    Tool("frictionless", ("frictionless==5.21.0",)),
    Tool("check-jsonschema", ("check-jsonschema==0.39.0",)),
    Tool("pandas", ("pandas==3.1.1",), ("-c", "import pandas; print(pandas.__version__)")),
)

LIBRARIES = ("click", "pydantic", "pydantic-core", "PyYAML", "tabulate")
"""What emcollab stands on."""


def install(root: Path, repository: Path, tools: Sequence[Tool] = TOOLS) -> Installed:
    """Install emcollab from `repository`, and each of its peers that can be, under `root`.

    Raises:
        subprocess.CalledProcessError: emcollab itself cannot be installed.
    """
    wheels = root / "wheel"
    shutil.rmtree(wheels, ignore_errors=True)
    _pip(_environment(root, "emcollab"), "wheel", "--no-deps", "--wheel-dir", str(wheels), str(repository))
    wheel = next(wheels.glob("emcollab-*.whl"))
    _pip(root / "emcollab", "install", "--upgrade", f"{wheel}[xlsx,docx]")
    _pip(root / "emcollab", "install", "--force-reinstall", "--no-deps", str(wheel))
    there = Installed({"emcollab": root / "emcollab/bin/emcollab", "python": root / "emcollab/bin/python"}, {}, {})
    there.versions["emcollab"] = _ask(str(there.programs["emcollab"]), "--version")
    names = "import importlib.metadata as m, sys; print(*(f'{n} {m.version(n)}' for n in sys.argv[1:]), sep=', ')"
    there.versions["on"] = _ask(str(there.programs["python"]), "-c", names, *LIBRARIES)
    for tool in tools:
        program, remedy = _install_tool(tool, root)
        if program is None:
            there.missing[tool.name] = remedy
            continue
        there.programs[tool.name] = program
        number = re.search(r"[0-9]+(\.[0-9]+)+", _ask(str(program), *tool.version))
        there.versions[tool.name] = f"{tool.name} {number[0] if number else 'of no known version'}"
    return there


def _install_tool(tool: Tool, root: Path) -> tuple[Path | None, str]:
    """Return where the tool is; if it cannot be installed, `None` and how to get it."""
    if not tool.requirements:
        if not shutil.which(tool.name):
            _install_debian(tool.name)
        found = shutil.which(tool.name)
        return (Path(found) if found else None), f"apt-get install {tool.name}"
    try:
        _pip(_environment(root, tool.name), "install", *tool.requirements)
    except subprocess.CalledProcessError:
        return None, f"pip install {' '.join(tool.requirements)}"
    return root / tool.name / "bin" / ("python" if tool.name == "pandas" else tool.name), ""


def _install_debian(package: str) -> None:
    """Install a package, where there is apt-get and the right to use it."""
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        for words in (("update",), ("install", "--yes", "--no-install-recommends", package)):
            subprocess.run([apt, *words], check=False, capture_output=True)


def _environment(root: Path, name: str) -> Path:
    if not (root / name / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(root / name)], check=True)
    return root / name


def _pip(environment: Path, *words: str) -> None:
    # Run from the environment's own folder: a module of the repository must not be taken for an installed one.
    line = [str(environment / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    subprocess.run(line, check=True, cwd=environment, stderr=subprocess.PIPE, text=True)


def _ask(*line: str) -> str:
    """Return the first line that a command prints."""
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout.strip().partition("\n")[0]


# --- what they are asked to do

_CLICK = "import click"
_ALL = "import click, tabulate, yaml\nfrom pydantic import BaseModel\nclass Model(BaseModel):\n    name: str"
_PANDAS = """
import decimal, pandas
table = pandas.read_csv("figures.csv", converters={"amount": decimal.Decimal})
print(table.pivot_table(values="amount", index="area", columns="year", aggfunc="sum").to_csv())
"""
"""The table of areas and years. Amounts are decimals, so that their sums are exact."""

COMMANDS: dict[str, tuple[str, Callable[[Path], list[str]]]] = {
    "emcollab --help": ("emcollab", lambda _: ["--help"]),
    "emcollab validate": ("emcollab", lambda _: ["validate", "data"]),
    "emcollab totals": ("emcollab", lambda _: ["--data", "data", "totals"]),
    "python: import click": ("python", lambda _: ["-c", _CLICK]),
    "python: import all four": ("python", lambda _: ["-c", _ALL]),
    "hledger check": ("hledger", lambda _: ["-f", "figures.journal", "check"]),
    "hledger bal": ("hledger", lambda _: ["-f", "figures.journal", "bal"]),
    "ledger bal": ("ledger", lambda _: ["-f", "figures.journal", "bal"]),
    "bean-check -C": ("bean-check", lambda _: ["-C", "figures.beancount"]),
    "frictionless validate": ("frictionless", lambda _: ["validate", "datapackage.json"]),
    "check-jsonschema": ("check-jsonschema", lambda folder: ["--schemafile", "project.json", *_projects(folder)]),
    "pandas": ("pandas", lambda _: ["-c", _PANDAS]),
}
"""By name: the program, and what follows it on the command line; all run in the folder of their workload."""


def command(installed: Installed, name: str, folder: Path, status: int = 0) -> Command | None:
    """Return a command of `COMMANDS` for the workload in `folder`; `None` if its program is not installed."""
    tool, words = COMMANDS[name]
    if tool not in installed.programs:
        return None
    return Command([str(installed.programs[tool]), *words(folder)], folder, status)


def write_schema(installed: Installed, folder: Path) -> None:
    """Write the schema of a project, as this emcollab has it, where check-jsonschema is to find it."""
    schema = subprocess.run([installed.programs["emcollab"], "schema", "project"], check=True, capture_output=True)
    (folder / "project.json").write_bytes(schema.stdout)


def _projects(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in sorted((folder / "data" / "projects").iterdir())]


# --- what they say it comes to


def find_disagreements(
    installed: Installed, folder: Path, expected: Expected, environment: Mapping[str, str], *, only_ours: bool
) -> Iterator[str]:
    """Yield the name of each program that adds the workload up to anything but what it comes to, area by area."""
    for tool, (words, read) in TOTALS.items():
        if tool in installed.programs and (tool == "emcollab" or not only_ours):
            program = installed.programs[tool]
            program = program.parent / "bean-query" if tool == "bean-check" else program
            done = _run([str(program), *words(expected)], folder, environment)
            if {area: pence for area, pence in read(done.stdout, expected).items() if pence} != expected.areas:
                yield tool
    if "frictionless" in installed.programs and not only_ours:
        asked = [str(installed.programs["frictionless"]), "validate", "--json", "datapackage.json"]
        done = _run(asked, folder, environment)
        if json.loads(done.stdout)["tasks"][0]["stats"]["rows"] != expected.figures:
            yield "frictionless"


def _run(line: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(line, check=True, cwd=folder, env=dict(environment), capture_output=True, text=True)


def count_problems(installed: Installed, folder: Path) -> int:
    """Return how many problems emcollab finds in a workload."""
    line = [str(installed.programs["emcollab"]), "validate", "--format", "json", "data"]
    done = subprocess.run(line, check=False, cwd=folder, capture_output=True, text=True)
    return len(json.loads(done.stdout)["problems"])


def _pence(text: str) -> int:
    return int(Decimal(re.sub("[£, ]", "", text)) * 100)


def _read_emcollab(said: str, expected: Expected) -> dict[str, int]:
    document: Any = json.loads(said, parse_float=Decimal)
    return {row["id"]: _pence(str(row["amounts"][expected.year] or 0)) for row in document["rows"]}


def _read_accounts(lines: Iterator[list[str]]) -> dict[str, int]:
    """Return the pence of each area from accounts and amounts."""
    areas: Counter[str] = Counter()
    for account, amount in lines:
        if account.startswith("Assets:"):
            areas[account.split(":")[1].casefold()] += _pence(amount)
    return dict(areas)


def _read_csv(said: str, _: Expected) -> dict[str, int]:
    return _read_accounts(csv.reader(io.StringIO(said)))


def _read_words(said: str, _: Expected) -> dict[str, int]:
    return _read_accounts(line.rsplit(" ", 1) for line in said.splitlines())


def _read_pandas(said: str, expected: Expected) -> dict[str, int]:
    rows = csv.DictReader(io.StringIO(said.strip()))
    return {row["area"]: _pence(row[expected.year] or "0") for row in rows}


def _day(expected: Expected) -> tuple[str, str]:
    """Return the day on which the figures of the year are booked, and the day after."""
    year = int(expected.year[:4]) + 1
    return f"{year}-03-31", f"{year}-04-01"


TOTALS: dict[str, tuple[Callable[[Expected], list[str]], Callable[[str, Expected], dict[str, int]]]] = {
    "emcollab": (lambda _: ["--data", "data", "totals", "--format", "json"], _read_emcollab),
    "hledger": (
        lambda expected: [
            *("-f", "figures.journal", "bal", "-b", _day(expected)[0], "-e", _day(expected)[1]),
            *("--flat", "-O", "csv", "--no-total", "^Assets"),
        ],
        _read_csv,
    ),
    "ledger": (
        lambda expected: [
            *("-f", "figures.journal", "bal", "-b", _day(expected)[0], "-e", _day(expected)[1], "--flat", "--no-total"),
            *("--format", r"%(account) %(quantity(scrub(display_total)))\n", "^Assets"),
        ],
        _read_words,
    ),
    "bean-check": (
        lambda expected: [
            *("-f", "csv", "figures.beancount"),
            f"SELECT account, sum(number) WHERE date = {_day(expected)[0]} AND account ~ '^Assets' GROUP BY account",
        ],
        _read_csv,
    ),
    "pandas": (lambda _: ["-c", _PANDAS], _read_pandas),
}
"""How each program is asked for the sums of one year, and how its answer is read: the pence of each area."""
