"""Writing what has been proved into the data folder, file by file, each whole; or saying why nothing is written."""

import os
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import NoReturn

import click

from emcollab.cli.data import check, name_files, show_problems
from emcollab.cli.output import find_columns, refuse_ways_out
from emcollab.loading.folder import read_folder
from emcollab.loading.load import Loaded
from emcollab.records.ledger import Ledger
from emcollab.render.formats.problems import format_problems
from emcollab.render.formats.safe import safe
from emcollab.render.formats.text import fill, format_table
from emcollab.render.pages.changes import format_headline, make_totals
from emcollab.results.diff import compare
from emcollab.values.dates import format_when
from emcollab.writing.proof import Changes


def open_for_writing(ctx: click.Context, folder: Path) -> Loaded:
    """Return what is in a data folder; with problems in it, print them and leave with status 1."""
    files, strays = read_folder(folder)
    checked = check(files, strays, folder)
    if checked.problems:
        show_problems(checked)
        click.echo("nothing is written until they are mended", err=True)
        ctx.exit(1)
    return checked.loaded


def refuse_taken(ctx: click.Context, ledger: Ledger, id_: str, paper: Mapping[str, object]) -> None:
    """Let pass a new paper, unless the ledger has another one of its id.

    Raises:
        click.UsageError: it has.
    """
    there = ledger.sources.get(id_)
    if there and any(getattr(there, name) != text for name, text in paper.items()):
        same = f"if it is that one, name it with --source {id_} alone"
        other = "if it is another, give its letter or agenda item with --mark, or an id of its own with --source"
        message = f"there is a paper '{id_}' already, '{there.title}' of {format_when(there.date)}; {same}; {other}"
        raise click.UsageError(safe(f"{message}."), ctx)


def refuse_changes(ctx: click.Context, folder: Path, changes: Changes) -> NoReturn:
    """Print why nothing is written, as `validate` would say it of the files as they would be; leave with status 1."""
    click.echo(format_problems(name_files(changes.problems, folder)), nl=False, err=True)
    click.echo("nothing is written: this is what would be wrong, in the files as they would be", err=True)
    ctx.exit(1)


def write_changes(folder: Path, changes: Changes) -> None:
    """Write the files of `changes` in their order, so that at every moment the ledger validates.

    Raises:
        click.UsageError: a link leads out of the repository; or a file is not what it was when it was read, and those
            before it are written.
        OSError: a file cannot be read or written.
    """
    refuse_ways_out(str(folder / "ledger.yaml"))
    for within, group in groupby(changes.files, os.path.dirname):
        from emcollab.cli.files import write_files  # if there is anything to write

        paths = list(group)
        (folder / within).mkdir(exist_ok=True)
        write_files(_unless_changed(folder, paths, changes), folder / paths[-1])


def _unless_changed(folder: Path, paths: list[str], changes: Changes) -> Iterator[tuple[Path, bytes]]:
    """Yield the files to be written at `paths`, each looked at just before.

    Raises:
        click.UsageError: a file is not what it was when it was read.
        OSError: it cannot be read.
    """
    for path in paths:
        old, new = changes.files[path]
        target = folder / path
        if (target.read_bytes() if target.exists() else None) != old:
            raise click.UsageError(safe(f"'{target}' has just been changed by somebody else; try again."))
        yield target, new


def say_moved(before: Ledger, after: Ledger) -> None:
    """Print which totals an addition has moved, and what has become doubtful with it."""
    changes = compare(before, after, by_force=True)
    columns = find_columns()
    click.echo(fill(format_headline(changes), columns=columns))
    for warning in changes.warnings:
        click.echo(safe(f"warning: {warning}"))
    for table in make_totals(changes, after):
        click.echo("\n" + format_table(table, columns), nl=False)
