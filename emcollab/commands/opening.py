"""Opening the data folder, choosing among what is in it, and handing the answer over."""

import contextlib
import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple, NoReturn

import click

from emcollab.checks import run_checks
from emcollab.commands.options import DATA
from emcollab.folder import read_folder
from emcollab.ledger import Ledger
from emcollab.loading import Loaded, load, place
from emcollab.problems import BadValue, Problem, shorten, suggest
from emcollab.render.problems import Findings, format_text
from emcollab.render.safe import safe
from emcollab.years import read_year


class Checked(NamedTuple):
    """A data folder, read and checked: what came of it, and every problem, its path as the user would type it."""

    loaded: Loaded
    problems: list[Problem]


def data_folder(ctx: click.Context) -> Path:
    """Return the data folder that the user means.

    Raises:
        click.UsageError: there is no such folder.
    """
    named = ctx.obj or os.environ.get(DATA)
    folder = Path(named or "data")
    if not folder.is_dir():
        asked = f"there is no folder '{named}'" if named else "there is no data folder here"
        remedy = f"name one with --data DIR or {DATA}, or run where data/ is"
        raise click.UsageError(safe(f"{asked}; {remedy}."), ctx)
    return folder


def check(files: Mapping[str, bytes], problems: Iterable[Problem], shown: Path) -> Checked:
    """Return what is in the files of a data folder, and all that is wrong; `shown` is what to call the folder."""
    loaded = load(files, problems, _watch)
    found = place(loaded, run_checks(loaded.ledger, loaded.unread, loaded.faults()))
    folder = Path(os.path.normpath(shown))
    paths = {path: (folder / path).as_posix() for path in {problem.path for problem in found}}
    told = [
        problem._replace(path=paths[problem.path], message=shorten(problem.message), help=shorten(problem.help))
        for problem in found
    ]
    return Checked(loaded, told)


def _watch(paths: list[str]) -> Iterator[str]:
    """Yield the paths; if it takes longer than a second, and somebody looks on, say from second to second how far."""
    told = begun = time.monotonic()
    on_terminal = sys.stderr is not None and sys.stderr.isatty()
    for position, path in enumerate(paths):
        if on_terminal and (now := time.monotonic()) - told > _SECOND:
            told = now
            click.echo(f"\rreading: {position:,} of {len(paths):,} files", nl=False, err=True)
        yield path
    if told != begun:
        click.echo("\r\x1b[K", nl=False, err=True)


_SECOND = 1.0


def open_ledger(ctx: click.Context) -> Ledger:
    """Return the ledger of the data folder; with problems in it, print them and leave with status 1."""
    folder = data_folder(ctx)
    checked = check(*read_folder(folder), shown=folder)
    if checked.problems:
        refuse(ctx, checked)
    return checked.loaded.ledger


def refuse(ctx: click.Context, checked: Checked) -> NoReturn:
    """Print the problems and leave with status 1: a sum over part of the data is worse than none."""
    loaded, problems = checked
    report = format_text(Findings(problems, len(loaded.texts), len(loaded.ledger.figures)))
    click.echo(f"{report}nothing is totalled until they are mended", err=True)
    ctx.exit(1)


def years_of(ledger: Ledger, ctx: click.Context, option: str, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the financial years that were typed for `option`.

    Raises:
        click.BadParameter: one is not a financial year; the answer names the years there are.
    """
    try:
        return tuple(read_year(text) for text in typed)
    except BadValue as bad:
        there_are = ", ".join(ledger.years()) or "no year yet"
        message = safe(f"{bad.message}; the ledger has figures for {there_are}.")
        raise click.BadParameter(message, ctx, param_hint=option) from None


def ids_of(ctx: click.Context, option: str, typed: tuple[str, ...], known: Iterable[str]) -> tuple[str, ...]:
    """Return the ids that were typed for `option`.

    Raises:
        click.BadParameter: one is not among `known`; the answer says which was meant.
    """
    known = list(known)
    for text in typed:
        if text not in known:
            raise click.BadParameter(safe(f"there is no '{text}'; {suggest(text, known)}"), ctx, param_hint=option)
    return typed


def hand_over(content: str | bytes, output: str | None) -> None:
    """Print `content`, or write it to the file `output`, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    if output is None:
        if sys.stdout is None:
            raise OSError(errno.EBADF, "there is no standard output to write to")
        with contextlib.suppress(BrokenPipeError):  # who reads on is not our business; the status still tells
            sys.stdout.write(content if isinstance(content, str) else content.decode())
        return
    target = Path(output)
    data = content.encode() if isinstance(content, str) else content
    if target.exists() and not target.is_file():
        target.write_bytes(data)  # a device or a pipe is written to and not replaced; a folder says that it is one
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:50]}.", dir=target.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, output) from None
    try:
        with os.fdopen(handle, "wb") as file:
            _write_down(file, data)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def hand_over_folder(files: Iterable[tuple[str, bytes]], output: str, sign: str) -> None:
    """Write `files`, by path relative to the folder `output`, whole or not at all.

    An older folder is replaced only if it has the file `sign`, by which our own are known, and nothing beside
    what the new one has.

    Raises:
        click.UsageError: there is something else of that name, or in it.
        OSError: it cannot be written.
    """
    target = Path(os.path.realpath(output))
    if target.exists() and not (target / sign).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise click.UsageError(safe(f"'{output}' is there and was not written by this command; name another folder."))
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name[:50]}.", dir=target.parent))
    try:
        for name, content in files:
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                _write_down(file, content)
        fresh.chmod(0o777 & ~_umask())
        _replace_folder(target, fresh, output)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _write_down(file: BinaryIO, content: bytes) -> None:
    """Write `content` so that it is on the disk, not only on its way there."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def _replace_folder(target: Path, fresh: Path, output: str) -> None:
    """Put `fresh` in the place of `target`, what is there going only if nothing but ours is in it."""
    if not target.exists():
        fresh.replace(target)
        return
    strange = sorted({entry.name for entry in target.iterdir()} - {entry.name for entry in fresh.iterdir()})
    if strange:
        raise click.UsageError(safe(f"'{output}' also holds '{strange[0]}', which would be lost; name another folder."))
    old = Path(tempfile.mkdtemp(prefix=f".{target.name[:50]}.", dir=target.parent))
    target.replace(old)
    fresh.replace(target)
    shutil.rmtree(old)


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
