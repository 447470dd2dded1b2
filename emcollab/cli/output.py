"""Handing the answer over: printed, or written to a file or a folder; and what may not be written to."""

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from emcollab.loading.repository import find_roots
from emcollab.render.formats import format_page
from emcollab.render.formats.json import format_json
from emcollab.render.formats.safe import safe
from emcollab.render.page import Page

_COLUMNS = 100  # of a terminal that does not say
_FEWEST_COLUMNS = 40


def answer(
    format_: str, output: str | None, make_page: Callable[[], Page], make_document: Callable[[], object]
) -> None:
    """Make the page, or for `json` the document, and print it or write it to the file `output`.

    Raises:
        click.UsageError: the file is one of a data folder.
        OSError: it cannot be written.
    """
    columns = find_columns(output)
    hand_over(format_json(make_document()) if format_ == "json" else format_page(make_page(), format_, columns), output)


def find_columns(output: str | None = None) -> int | None:
    """Return how many columns the terminal has on which the answer is read, 40 at least; `None` if there is none.

    `COLUMNS`, if it is set, says how many.
    """
    if output is None and sys.stdout is not None and sys.stdout.isatty():
        return max(shutil.get_terminal_size((_COLUMNS, 0)).columns, _FEWEST_COLUMNS)
    return None


def hand_over(content: str | bytes | Iterable[str], output: str | None) -> None:
    """Print `content`, or the pieces of it, or write it to the file `output`, whole or not at all.

    Raises:
        click.UsageError: the file is one of a data folder.
        OSError: it cannot be written.
    """
    if output is None:
        if sys.stdout is None:
            raise OSError(errno.EBADF, "there is no standard output to write to")
        sys.stdout.writelines([content] if isinstance(content, str) else content)  # type: ignore[arg-type]  # no bytes
        return
    data = [content] if isinstance(content, bytes) else _Encoded([content] if isinstance(content, str) else content)
    refuse_ways_out(output)
    if Path(output).exists() and not Path(output).is_file():
        # A device or pipe is written to and not replaced; a folder says that it is one.
        # Who reads on is not our business; the status still tells.
        with contextlib.suppress(BrokenPipeError), Path(output).open("wb") as file:
            file.writelines(data)
        return
    _refuse_data(output)
    write_to(output, data)


def write_to(path: str, data: bytes | Iterable[bytes]) -> None:
    """Write a file, one of a data folder too, whole or not at all. A link stays, and what it leads to is written.

    Raises:
        click.UsageError: a link leads out of the repository.
        OSError: it cannot be written.
    """
    from emcollab.cli.files import write_file

    refuse_ways_out(path)
    with _naming(path):
        write_file(Path(os.path.realpath(path)), data)


def say_written(what: str, output: str) -> None:
    """Tell who waits for it what was written, and where; not on stdout, which may be what was written to."""
    click.echo(safe(f"wrote {what} to {output}"), err=True)


def hand_over_folder(files: Iterable[tuple[str, str | bytes | Iterable[str]]], output: str) -> None:
    """Write `files`, by path relative to the folder `output`, whole or not at all. An older one of ours is replaced.

    Raises:
        click.UsageError: there is something else of that name, or in it; or it is in a data folder.
        OSError: it cannot be written.
    """
    from emcollab.cli.files import ForeignFiles, write_folder

    refuse_ways_out(output)
    _refuse_data(output)
    try:
        with _naming(output):
            write_folder(Path(os.path.realpath(output)), files)
    except ForeignFiles as reason:
        raise click.UsageError(safe(f"'{output}' {reason}; name another folder.")) from None


class _Encoded:
    """The bytes of a text, piece by piece; they can be gone through again, if the pieces can."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return (piece.encode() for piece in self._pieces)


def refuse_ways_out(path: str, folder: Path | None = None) -> None:
    """Let pass a path, unless a link leads out of `folder`, or if none is given of its repository or data folder.

    Who made a link there may be somebody else than who writes; links above them are the user's own.

    Raises:
        click.UsageError: one does.
    """
    place = Path(os.path.realpath(path))
    for root in [folder] if folder else find_roots(Path(path)):
        way_in = Path(os.path.realpath(root))
        if not place.is_relative_to(way_in) or (".git" in place.parts and ".git" not in Path(path).absolute().parts):
            raise click.UsageError(safe(f"'{path}' leads out of '{root}', where nothing is written."))


def _refuse_data(output: str) -> None:
    """Let pass what is to be written, unless it lies in a data folder, where there is nothing but data, and schemas.

    Raises:
        click.UsageError: it does.
    """
    target = Path(os.path.realpath(output))
    for folder in target.parents:
        top = target.relative_to(folder).parts[0]
        if (folder / "ledger.yaml").is_file() and top != "schema" and not top.startswith("."):
            raise click.UsageError(safe(f"'{output}' is in a data folder, which holds nothing but data; name another."))


@contextlib.contextmanager
def _naming(output: str) -> Iterator[None]:
    """Let what fails name what was asked for, and not what is made on the way to it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, output) from None
