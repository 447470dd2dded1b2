"""`python -m tests.bench` (`make bench`): installs the peers, makes the workloads, checks that all agree, measures.

Prints two Markdown tables: what each command takes, as a multiple of `validate`; and a line for each target beside a
peer, its limit, and whether it is met. With `--record` they also take the place of the last ones in README.md beside
this file.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench import peers
from tests.bench.commands import TABLES, Costs, format_costs, measure_commands
from tests.bench.measure import Paired, run_pairs
from tests.bench.table import Measured, Target, describe, format_table
from tests.bench.workloads import Expected, read_expected

_HERE = Path(__file__).parent
_REPOSITORY = _HERE.parent.parent
_MARK = "<!-- what stands below is written by the bench -->\n"

_SPOILT = 1_000
"""The projects with faults, and their figures: forty each."""

_QUICK = 1_000
"""Below so many figures a run is over in a blink, and the pairs are four times as many."""

_PRINTED = "-printed"
"""What the name of a workload with printed tables has behind that of the same without them."""

_SMALL, _MIDDLE, _LARGE, _HUGE = "30", "10000", "100000", "1000000"
_VALIDATE, _TOTALS = "emcollab validate", "emcollab totals"

TARGETS: tuple[Target, ...] = (
    Target(_SMALL, "emcollab --help", "python: import click", 1.3),
    Target(_SMALL, _TOTALS, "python: import all four", 1.3),
    Target(_SMALL, _VALIDATE, "python: import all four", 1.3),
    Target(_MIDDLE, _VALIDATE, "hledger check", 0.75),
    Target(_MIDDLE, _VALIDATE, "bean-check -C", 0.3),
    Target(_MIDDLE, _VALIDATE, "check-jsonschema", 0.1),
    Target(_LARGE, _VALIDATE, "hledger check", 0.35, cores=1),
    Target(_LARGE, _VALIDATE, "hledger check", 0.25),
    Target(_LARGE, _VALIDATE, "bean-check -C", 0.13, cores=1),
    Target(_LARGE, _VALIDATE, "frictionless validate", 0.45, cores=1),
    Target(_LARGE, _VALIDATE, "check-jsonschema", 0.05, cores=1),
    Target(_LARGE, _TOTALS, "ledger bal", 1.0),
    Target(_LARGE, _TOTALS, "hledger bal", 0.25),
    Target(_LARGE, _TOTALS, "pandas", None),
    Target(_LARGE, _VALIDATE, "hledger check", 0.3, "memory", cores=1),
    Target(_LARGE, _TOTALS, "hledger bal", 0.3, "memory"),
    Target("faulty", _VALIDATE, _VALIDATE, 3.0, other="clean", status=1),
    Target(_HUGE, _VALIDATE, _VALIDATE, 11.0, other=_LARGE),
    Target(_HUGE, _VALIDATE, _VALIDATE, 11.0, "memory", other=_LARGE),
    Target(_HUGE, _TOTALS, _TOTALS, 11.0, other=_LARGE),
    Target(_HUGE, _TOTALS, _TOTALS, 11.0, "memory", other=_LARGE),
)
"""To add one: its line here. Those that have the sides and the cores in common are measured once."""


def main() -> None:
    """Do what the command line asks for; leave with status 1 if the programs do not agree."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure emcollab beside its peers.")
    parser.add_argument("--figures", type=int, nargs="+", default=[30, 10_000, 100_000], help="sizes of workloads")
    parser.add_argument("--pairs", type=int, default=5, help="runs of each command, in turn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=_REPOSITORY / "build" / "bench", help="where all is kept")
    parser.add_argument("--only-ours", action="store_true", help="leave out the peers, and what is beside them")
    parser.add_argument("--record", action="store_true", help="write the tables into tests/bench/README.md")
    chosen = parser.parse_args()
    if chosen.record and chosen.only_ours:
        parser.error("what is recorded has the peers in it: leave out --only-ours")
    root = chosen.folder.resolve()
    root.mkdir(parents=True, exist_ok=True)
    _tell("installing")
    try:
        installed = peers.install(root, _REPOSITORY, () if chosen.only_ours else peers.TOOLS)
    except subprocess.CalledProcessError as error:
        sys.exit(f"emcollab cannot be installed:\n{error.stderr}")
    environment = {"PATH": os.defpath, "HOME": str(root), "LC_ALL": "C.UTF-8"}
    sizes = {str(figures): figures for figures in chosen.figures}
    workloads = {name: _make(root, name, figures=figures, seed=chosen.seed) for name, figures in sizes.items()}
    workloads |= {
        f"{name}{_PRINTED}": _make(root, f"{name}{_PRINTED}", figures=figures, seed=chosen.seed, tables=TABLES)
        for name, figures in sizes.items()
        if figures <= int(_LARGE)
    }
    if not chosen.only_ours:
        figures = 40 * _SPOILT
        workloads["clean"] = _make(root, "clean", figures=figures, seed=chosen.seed)
        workloads["faulty"] = _make(root, "faulty", figures=figures, seed=chosen.seed, faulty=_SPOILT)
    for name, expected in workloads.items():
        _tell(f"checking that all agree on {name}")
        peers.write_schema(installed, root / name)
        if disagreements := list(_find_disagreements(installed, root / name, expected, environment)):
            sys.exit(f"the programs do not agree on {name}: {', '.join(disagreements)}")
    busy = os.getloadavg()[0]
    costs = list(_measure_commands(installed, root, workloads, environment, chosen.pairs))
    text = format_costs(costs)
    if not chosen.only_ours:
        text += f"\n{format_table(list(_measure(installed, root, workloads, environment, chosen.pairs)))}"
    text += describe(installed, chosen.pairs, busy)
    sys.stdout.write(text)
    if chosen.record:
        readme = _HERE / "README.md"
        kept = readme.read_text(encoding="utf-8").partition(_MARK)[0]
        readme.write_text(f"{kept}{_MARK}\n{text}", encoding="utf-8")


def _make(root: Path, name: str, **options: int) -> Expected:
    """Make a workload, in another process: this one stays small, to see small peaks."""
    _tell(f"making {name}")
    line = [sys.executable, "-m", "tests.bench.workloads", str(root / name)]
    words = [word for option, number in options.items() for word in (f"--{option}", str(number))]
    subprocess.run([*line, *words], check=True, cwd=_REPOSITORY)
    return read_expected(root / name)


def _find_disagreements(
    installed: peers.Installed, folder: Path, expected: Expected, environment: dict[str, str]
) -> Iterator[str]:
    if expected.faults:
        found = peers.count_problems(installed, folder)
        if found != expected.faults:
            yield f"emcollab finds {found} problems in {expected.faults} faults"
    else:
        only_ours = expected.figures > int(_LARGE) or folder.name.endswith(_PRINTED)
        yield from peers.find_disagreements(installed, folder, expected, environment, only_ours=only_ours)


# --- measuring


def _measure_commands(
    installed: peers.Installed, root: Path, workloads: dict[str, Expected], environment: dict[str, str], pairs: int
) -> Iterator[Costs]:
    for name, expected in workloads.items():
        if f"{name}{_PRINTED}" in workloads:
            _tell(f"measuring every command on {name}, with and without printed tables")
            folders = (root / name, root / f"{name}{_PRINTED}")
            rounds = _times(pairs, expected)
            yield measure_commands(installed.programs["emcollab"], folders, expected, environment, rounds)


def _measure(
    installed: peers.Installed, root: Path, workloads: dict[str, Expected], environment: dict[str, str], pairs: int
) -> Iterator[Measured]:
    done: dict[tuple[object, ...], Paired] = {}
    for target in TARGETS:
        here, there = target.workload, target.other or target.workload
        if absent := [name for name in (here, there) if name not in workloads]:
            yield Measured(target, None, f"not asked for, `--figures {absent[0]}`")
            continue
        ours = peers.command(installed, target.ours, root / here, target.status)
        theirs = peers.command(installed, target.theirs, root / there)
        if ours is None or theirs is None:
            yield Measured(target, None, f"{peers.COMMANDS[target.theirs][0]} is not installed")
            continue
        key = target._replace(limit=None, of="")
        if key not in done:
            _tell(f"measuring {target.ours} of {here} beside {target.theirs} of {there}, cores: {target.cores}")
            done[key] = run_pairs(ours, theirs, environment, _times(pairs, workloads[here]), target.cores)
        yield Measured(target, done[key])


def _times(pairs: int, expected: Expected) -> int:
    return pairs * 4 if expected.figures < _QUICK else pairs


def _tell(what: str) -> None:
    sys.stderr.write(f"{what} …\n")


if __name__ == "__main__":
    main()
