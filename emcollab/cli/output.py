"""Handing the answer over: printed, or a file or folder whole or not at all."""

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

import click

from emcollab.render.formats import format_page
from emcollab.render.formats.json import format_json
from emcollab.render.formats.safe import safe
from emcollab.render.page import Page


def answer(
    format_: str, output: str | None, make_page: Callable[[], Page], make_document: Callable[[], object]
) -> None:
    """Make the page, or for `json` the document, and print it or write it to the file `output`.

    Raises:
        OSError: it cannot be written.
    """
    hand_over(format_json(make_document()) if format_ == "json" else format_page(make_page(), format_), output)


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
    data = content.encode() if isinstance(content, str) else content
    if Path(output).exists() and not Path(output).is_file():
        Path(output).write_bytes(data)  # a device or pipe is written to and not replaced; a folder says that it is one
        return
    target = Path(os.path.realpath(output))  # a link stays; what it leads to is written
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:50]}.", dir=target.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, output) from None
    try:
        with os.fdopen(handle, "wb") as file:
            _write_down(file, data)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:  # an interrupt too: nothing half-written is left behind
        Path(name).unlink(missing_ok=True)
        raise


def hand_over_folder(files: Iterable[tuple[str, str]], output: str, sign: str) -> None:
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
        for name, text in files:
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                _write_down(file, text.encode())
        fresh.chmod(0o777 & ~_umask())
        _replace_folder(target, fresh, output)
    except BaseException:  # an interrupt too: nothing half-written is left behind
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
