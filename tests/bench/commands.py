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
    "import": ("figures.csv", "--unit", "£"),
    "export --format csv": (),
    "export --format json": (),
    "export --format sqlite": ("--output", "out/ledger.db"),
    "export --format datapackage": ("--output", "out/package"),
    "export --format xlsx": ("--output", "out/ledger.xlsx"),
    "report": ("--output", "out/report"),
    "paper, HTML": ("--output", "out/paper.html"),
    "paper, Markdown": ("--output", "out/paper.md"),
    "paper, Word": ("--output", "out/paper.docx"),
}
"""To add one: its name, as it is typed up to a comma, and what else is typed. `AREA` and `YEAR` are of the workload."""

LIMITS: dict[str, float] = {
    **dict.fromkeys(("totals", "projects", "forces", "trace AREA YEAR"), 1.1),
    "appraisal": 1.6,
    "statement --all": 2.0,
    "diff": 1.2,
    "import": 3.0,
    **dict.fromkeys(("export --format csv", "export --format json"), 1.8),
    **dict.fromkeys(("export --format sqlite", "export --format datapackage"), 2.2),
    "export --format xlsx": 4.0,
    "report": 8.0,
    **dict.fromkeys(("paper, HTML", "paper, Markdown"), 1.8),
}
"""What a command may take of processor time, as a multiple of what `validate` takes of the same ledger."""

PRINTED_LIMITS = {"validate": 1.5}
"""What a command may take with printed tables, as a multiple of what it takes without them."""

MEMORY_LIMITS = {"export --format xlsx": 2.0}
"""What a command may take of memory, as a multiple of what `validate` takes."""

LARGE = 100_000
"""The figures of which the limits are; of fewer, starting is most of what a command takes."""

GROWTH = 1.1
"""What ten times the figures may cost, in time and in memory, as a multiple of ten."""


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
    typed = name.partition(",")[0].split()
    meant = {"AREA": min(expected.areas), "YEAR": expected.year}
    return [str(program), "--data", "data", *(meant.get(word, word) for word in typed), *COMMANDS[name]]


def format_costs(measured: list[Costs]) -> str:
    """Return the table: a line for each command and size; what is above its limit is told with it."""
    headings = (
        *("command", "figures", "CPU, s", "of validate", "peak, MiB", "of validate"),
        *(f"with {TABLES} tables: CPU, s", "of without", "ten times the figures: CPU", "peak", "above its limit"),
    )
    lines = [headings, ("---", *["--:"] * 9, "---")]
    by_size = {costs.figures: costs for costs in measured}
    lines += [_cells(costs, by_size.get(costs.figures // 10), name) for costs in measured for name in COMMANDS]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cells(costs: Costs, smaller: Costs | None, name: str) -> tuple[str, ...]:
    runs, least = costs.without[name], costs.without["validate"]
    printed = costs.printed[name]
    of_validate, memory, moved = _ratio(runs, least), _peak(runs) / _peak(least), _ratio(printed, runs)
    cells = (
        *(f"emcollab {name}", f"{costs.figures:,}", f"{_cpu(runs):.2f}", f"{of_validate:.2f}"),
        *(f"{_peak(runs) / 2**20:.0f}", f"{memory:.2f}", f"{_cpu(printed):.2f}", f"{moved:.2f}"),
    )
    measured = []
    if costs.figures == LARGE:
        measured += [(of_validate, LIMITS.get(name)), (memory, MEMORY_LIMITS.get(name))]
        measured.append((moved, PRINTED_LIMITS.get(name)))
    growth: tuple[str, ...] = ("", "")
    if smaller:
        grown = (_cpu(runs) / _cpu(smaller.without[name]), _peak(runs) / _peak(smaller.without[name]))
        growth = tuple(f"{each:.1f}" for each in grown)
        measured += [(each, GROWTH * 10) for each in grown]
    missed = [f"{each:.2f}, not {limit:g}" for each, limit in measured if limit and each > limit]
    return (*cells, *growth, "; ".join(missed))


def _cpu(runs: list[Run]) -> float:
    return median(run.cpu for run in runs)


def _peak(runs: list[Run]) -> float:
    return median(run.peak for run in runs)


def _ratio(ours: list[Run], theirs: list[Run]) -> float:
    return median(our.cpu / their.cpu for our, their in zip(ours, theirs, strict=True))
