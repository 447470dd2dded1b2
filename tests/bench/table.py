"""What was measured, as one table in Markdown, and with what and on which machine."""

import os
import platform
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.measure import Paired, Run, Spread
from tests.bench.peers import Installed


class Target(NamedTuple):
    """What `ours` may take of `theirs` at most, in `time` or `memory`, on so many cores; no limit: for the record.

    Both are names of `peers.COMMANDS` and work on the workload; `theirs` on the `other` one, if it is named. `ours`
    must end with `status`.
    """

    workload: str
    ours: str
    theirs: str
    limit: float | None
    of: str = "time"
    cores: int = 2
    other: str = ""
    status: int = 0


class Measured(NamedTuple):
    """A target, and what came of it; `None` if it was not measured, for the reason given."""

    target: Target
    paired: Paired | None
    reason: str = ""


_HEADINGS = (
    "command",
    "figures",
    "beside",
    "cores",
    "wall, s",
    "CPU, s",
    "peak, MiB",
    "CPU ratio",
    "ratio",
    "at most",
    "",
)


def format_table(measured: list[Measured]) -> str:
    """Return the table: a line for each target; of two numbers in a cell the first is emcollab's."""
    lines = [_HEADINGS, ("---", "--:", "---", *["--:"] * 7, "---"), *map(_cells, measured)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def describe(installed: Installed, pairs: int, busy: float) -> str:
    """Return what the table was made with; `busy` is the load of the machine before."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.machine()}"
    versions = dict(installed.versions)
    python = f"Python {platform.python_version()}"
    told = [
        f"Medians of {pairs} runs in turn, {4 * pairs} of the smallest workload; in brackets the least and greatest.",
        "Of two numbers in a cell, the first is emcollab's. CPU is that of all processors, in user and system mode.",
        f"Machine: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}; load before: {busy:.1f}.",
        f"emcollab: {versions.pop('emcollab')}, {python}, {versions.pop('on')}.",
        *([f"Peers: {', '.join(versions.values())}."] if versions else []),
    ]
    told += [f"Not installed: {name} (to have it: `{remedy}`)." for name, remedy in installed.missing.items()]
    return "".join(f"\n{line}\n" for line in told)


def _cells(measured: Measured) -> tuple[str, ...]:
    target, paired, reason = measured
    beside = f"{target.theirs}, {_size(target.other)}" if target.other else target.theirs
    subject = (target.ours, _size(target.workload), beside, str(target.cores))
    limit = f"{target.limit:g}" if target.limit else "-"
    if paired is None:
        return (*subject, "", "", "", "", target.of, limit, f"not measured: {reason}")
    ratio = paired.ratio(_peak if target.of == "memory" else _wall)
    return (
        *subject,
        _both(paired, _wall, 3),
        _both(paired, _cpu, 3),
        _both(paired, _peak, 0),
        f"{paired.ratio(_cpu).middle:.2f}",
        f"{target.of} {ratio.middle:.2f} ({ratio.least:.2f} to {ratio.greatest:.2f})",
        limit,
        _judge(ratio, target.limit),
    )


def _judge(ratio: Spread, limit: float | None) -> str:
    if limit is None:
        return "for the record"
    return "met" if ratio.middle <= limit else f"not met, by {ratio.middle / limit - 1:.0%}"


def _both(paired: Paired, of: Callable[[Run], float], places: int) -> str:
    return " / ".join(f"{median(map(of, runs)):.{places}f}" for runs in paired)


def _wall(run: Run) -> float:
    return run.wall


def _cpu(run: Run) -> float:
    return run.cpu


def _peak(run: Run) -> float:
    return run.peak / 2**20


def _size(workload: str) -> str:
    return f"{int(workload):,}" if workload.isdigit() else f"40,000, {workload}"


def _processor() -> str:
    """Return what the processor calls itself, where that can be told."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"
