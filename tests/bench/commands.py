"""Every command of emcollab as a multiple of its `validate`, without printed tables and with them.

All commands run in turn, each on the ledger without tables and then on that with them, one round after another. A
round's multiple is what a command takes of the processors, of what `validate` takes in the same round on the same
ledger: a slower or a busy machine moves both.
"""

from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.measure import Command, Run, run_rounds
from tests.bench.workloads import Expected

TABLES = 20
"""The printed tables of a ledger that has them, of forty areas and five years each."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "validate": (),
    "totals": (),
    "projects": (),
    "forces": (),
    "trace AREA YEAR": (),
    "appraisal": (),
    "statement --all": (),
    "reconcile": (),
    "diff": ("earlier", "data"),
    "export --format csv": (),
    "export --format json": (),
    "export --format sqlite": ("--output", "out/ledger.db"),
    "export --format datapackage": ("--output", "out/package"),
    "export --format xlsx": ("--output", "out/ledger.xlsx"),
    "report": ("--output", "out/report"),
}
"""To add one: its name, as it is typed, and what else is typed. `AREA` and `YEAR` are of the workload."""

LIMITS = {("validate", 100_000): 1.5, ("report", 10_000): 1.5}
"""What a command on so many figures may take with printed tables, of what it takes without them."""


class Costs(NamedTuple):
    """The runs of each command on the ledger of so many figures, without and with printed tables, round by round."""

    figures: int
    without: dict[str, list[Run]]
    printed: dict[str, list[Run]]


def measure_commands(
    program: Path, folders: tuple[Path, Path], expected: Expected, environment: Mapping[str, str], rounds: int
) -> Costs:
    """Run every command on both workloads, without and with printed tables, `rounds` times, on up to two processors.

    Raises:
        UnexpectedStatusError: one ended otherwise than well.
    """
    for folder in folders:
        (folder / "out").mkdir(exist_ok=True)
    lines = [_line(program, name, expected) for name in COMMANDS]
    commands = [Command(line, folder) for line in lines for folder in folders]
    runs = run_rounds(commands, environment, rounds, cores=2)
    without, printed = (dict(zip(COMMANDS, some, strict=True)) for some in (runs[::2], runs[1::2]))
    return Costs(expected.figures, without, printed)


def _line(program: Path, name: str, expected: Expected) -> list[str]:
    meant = {"AREA": min(expected.areas), "YEAR": expected.year}
    return [str(program), "--data", "data", *(meant.get(word, word) for word in name.split()), *COMMANDS[name]]


def format_costs(measured: list[Costs]) -> str:
    """Return the table: a line for each command and size."""
    headings = (
        *("command", "figures", "CPU, s", "of validate", f"with {TABLES} tables: CPU, s", "of validate"),
        *("with of without", "at most", ""),
    )
    lines = [headings, ("---", *["--:"] * 7, "---")]
    lines += [_cells(costs, name) for costs in measured for name in COMMANDS]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cells(costs: Costs, name: str) -> tuple[str, ...]:
    moved = _ratio(costs.printed[name], costs.without[name])
    limit = LIMITS.get((name, costs.figures))
    verdict = "" if limit is None else "met" if moved <= limit else f"not met, by {moved / limit - 1:.0%}"
    return (
        f"emcollab {name}",
        f"{costs.figures:,}",
        *(
            cell
            for runs in (costs.without, costs.printed)
            for cell in (f"{median(run.cpu for run in runs[name]):.2f}", f"{_ratio(runs[name], runs['validate']):.2f}")
        ),
        f"{moved:.2f}",
        f"{limit:g}" if limit else "-",
        verdict,
    )


def _ratio(ours: list[Run], theirs: list[Run]) -> float:
    return median(our.cpu / their.cpu for our, their in zip(ours, theirs, strict=True))
