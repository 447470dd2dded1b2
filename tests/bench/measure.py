"""Whole processes measured: wall time, processor time and peak memory, one command beside others.

Commands are run in turn (A B A B …), so that whatever else the machine does falls on all, and a ratio is taken round
by round. One run of each goes first and is not counted: it brings the files into memory, for all alike.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

_UNIT = 1 if sys.platform == "darwin" else 1024
"""The bytes in which the system counts the peak of memory."""


class Command(NamedTuple):
    """A command line, where it runs, and the exit status that it must end with."""

    line: Sequence[str]
    folder: Path
    status: int = 0


class Run(NamedTuple):
    """One process from start to end: seconds of wall time, seconds of all processors, and bytes of memory at its peak.

    Processes that it started and waited for count towards `cpu`; `peak` is that of the largest one.
    """

    wall: float
    cpu: float
    peak: int


class Spread(NamedTuple):
    """The median of some numbers, the least and the greatest."""

    middle: float
    least: float
    greatest: float


class Paired(NamedTuple):
    """The runs of two commands, in turn."""

    ours: list[Run]
    theirs: list[Run]

    def ratio(self, of: Callable[[Run], float]) -> Spread:
        """Return what `ours` takes of `theirs`, pair by pair."""
        ratios = [of(our) / of(their) for our, their in zip(self.ours, self.theirs, strict=True)]
        return Spread(median(ratios), min(ratios), max(ratios))


class UnexpectedStatusError(Exception):
    """A command ended otherwise than it must, so that its time says nothing."""


def run(command: Command, environment: Mapping[str, str], cores: int) -> Run:
    """Run a command to its end on the first `cores` processors there are (on Linux), its output thrown away.

    Raises:
        UnexpectedStatusError: it ended with another status than it must.
    """
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        _become(command, environment, cores)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != command.status:
        raise UnexpectedStatusError(f"{' '.join(command.line)[:200]}: {os.waitstatus_to_exitcode(status)}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT)


def run_pairs(ours: Command, theirs: Command, environment: Mapping[str, str], pairs: int, cores: int) -> Paired:
    """Run two commands in turn, `pairs` times each.

    Raises:
        UnexpectedStatusError: one ended with another status than it must.
    """
    return Paired(*run_rounds([ours, theirs], environment, pairs, cores))


def run_rounds(commands: Sequence[Command], environment: Mapping[str, str], rounds: int, cores: int) -> list[list[Run]]:
    """Run all commands in turn, `rounds` times, and return the runs of each; a first round is not counted.

    Raises:
        UnexpectedStatusError: one ended with another status than it must.
    """
    for command in commands:
        run(command, environment, cores)
    runs = [[run(command, environment, cores) for command in commands] for _ in range(rounds)]
    return [[of_round[position] for of_round in runs] for position in range(len(commands))]


def _become(command: Command, environment: Mapping[str, str], cores: int) -> None:
    """Turn this process into `command`; never return."""
    try:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
        os.chdir(command.folder)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.execve(command.line[0], list(command.line), dict(environment))  # noqa: S606 - no shell is wanted
    finally:
        os._exit(127)
