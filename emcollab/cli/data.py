"""Opening the data: the data folder, or one side of a comparison, a folder or a revision of git."""

import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from emcollab.checks import run_checks
from emcollab.cli.options import DATA
from emcollab.loading.folder import read_folder
from emcollab.loading.load import Loaded, load, place
from emcollab.records.ledger import Ledger
from emcollab.render.formats.problems import Findings, format_text
from emcollab.render.formats.safe import safe
from emcollab.values.problems import Problem, shorten

_SECOND = 1.0


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


def check(files: Mapping[str, bytes], problems: Iterable[Problem], shown: Path) -> tuple[Loaded, list[Problem]]:
    """Return what is in the files of a data folder, and every problem, its path as the user would type it.

    `shown` is what to call the folder.
    """
    loaded = load(files, problems, _watch)
    found = place(loaded, run_checks(loaded.ledger, loaded.unread, loaded.faults()))
    folder = Path(os.path.normpath(shown))
    paths = {path: (folder / path).as_posix() for path in {problem.path for problem in found}}
    return loaded, [
        problem._replace(path=paths[problem.path], message=shorten(problem.message), help=shorten(problem.help))
        for problem in found
    ]


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


def open_ledger(ctx: click.Context, named: str | None = None) -> Ledger:
    """Return the ledger of the folder or the revision of git that is `named`; of the data folder, if none is.

    With problems in it, print them and leave with status 1: a sum over part of the data is worse than none.

    Raises:
        click.UsageError: there is no data folder.
        RevisionError: there is neither a folder nor a revision of that name.
    """
    folder = Path(named) if named else data_folder(ctx)
    if folder.is_dir():
        loaded, problems = check(*read_folder(folder), shown=folder)
    else:
        from emcollab.loading.git import read_revision

        home = data_folder(ctx)
        loaded, problems = check(*read_revision(home, str(named)), shown=Path(f"{named}:{home}"))
    if problems:
        report = format_text(Findings(problems, len(loaded.texts), len(loaded.ledger.figures)))
        click.echo(f"{report}nothing is totalled until they are mended", err=True)
        ctx.exit(1)
    return loaded.ledger
