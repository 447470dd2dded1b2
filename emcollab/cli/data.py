"""Opening the data: the data folder, or one side of a comparison, a folder or a revision of git."""

import errno
import os
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn

import click

from emcollab.checks import run_checks
from emcollab.checks.quotations import Proof, list_quotations, prove_quotations
from emcollab.cli.options import DATA, PAPERS
from emcollab.loading.folder import read_folder
from emcollab.loading.load import Loaded, load, place
from emcollab.loading.repository import RevisionError
from emcollab.records.ledger import Ledger
from emcollab.render.formats.problems import Findings, format_text
from emcollab.render.formats.safe import safe
from emcollab.values.problems import Problem, shorten

_SECOND = 1.0


class Checked(NamedTuple):
    """A data folder, read and checked: what came of it, and every problem, its path as the user would type it.

    `proof` is what came of looking for quotations in the texts of papers, where that was asked for.
    """

    loaded: Loaded
    problems: list[Problem]
    proof: Proof | None = None


def data_folder(ctx: click.Context) -> Path:
    """Return the data folder that the user means.

    Raises:
        click.UsageError: there is no such folder.
    """
    named = ctx.obj or os.environ.get(DATA)
    folder = Path(named or "data")
    whole = next((above for above in folder.parents if (above / "ledger.yaml").is_file()), None)
    if folder.is_file() and whole:
        raise click.UsageError(
            safe(f"'{named}' is a file; the data is checked and totalled whole: name '{whole}'."), ctx
        )
    if not folder.is_dir():
        asked = _say_what_is_there(named) if named else "there is no data folder here"
        remedy = f"name one with --data DIR or {DATA}, or run where data/ is"
        raise click.UsageError(safe(f"{asked}; {remedy}."), ctx)
    return folder


def papers_folder(ctx: click.Context, named: str | None) -> Path | None:
    """Return the folder with the texts of papers that the user means, if there is to be one.

    Raises:
        click.UsageError: there is no such folder.
    """
    meant = named or os.environ.get(PAPERS)
    if not meant:
        return None
    if not Path(meant).is_dir():
        remedy = f"name with --papers DIR or {PAPERS} the folder that holds a text ID.txt for each paper"
        raise click.UsageError(safe(f"{_say_what_is_there(meant)}; {remedy}."), ctx)
    return Path(meant)


def _say_what_is_there(named: str) -> str:
    """Return what is under a name that is no folder: something else, or nothing."""
    return f"'{named}' is no folder" if os.path.lexists(named) else f"there is no folder '{named}'"


def check(
    files: Mapping[str, bytes],
    problems: Iterable[Problem],
    shown: Path,
    papers: Path | None = None,
    other: Checked | None = None,
) -> Checked:
    """Return what is in the files of a data folder, and all that is wrong; `shown` is what to call the folder.

    Quotations are looked for in the texts of the folder `papers`, if it is given. What has the same bytes in an
    `other` folder is not read again, nor looked through again if nothing is wrong there.

    Raises:
        OSError: the text of a paper cannot be read.
    """
    loaded = load(files, problems, _watch, other.loaded if other else None)
    sound = other.loaded.ledger if other and not other.problems else None
    proof = prove_quotations(loaded.ledger, _read_texts(loaded.ledger, papers)) if papers else None
    found = run_checks(loaded.ledger, loaded.unread, loaded.faulty_places(), sound)
    faults = [*found, *(proof.faults if proof else ())]
    return Checked(loaded, name_files(place(loaded, faults), shown), proof)


def name_files(problems: Iterable[Problem], shown: Path) -> list[Problem]:
    """Return the problems with the paths of their files as the user would type them, and texts that can be shown."""
    folder = Path(os.path.normpath(shown))
    paths: dict[str, str] = {}
    return [
        problem._replace(
            path=paths.get(problem.path) or paths.setdefault(problem.path, (folder / problem.path).as_posix()),
            message=shorten(problem.message),
            help=shorten(problem.help),
        )
        for problem in problems
    ]


def _read_texts(ledger: Ledger, folder: Path) -> dict[str, str]:
    """Return the texts of the papers that are quoted, by id; those that are in the folder."""
    texts = {}
    for id_ in sorted({quotation.source for quotation in list_quotations(ledger)}):
        path = folder / f"{id_}.txt"
        if path.is_file():
            try:
                texts[id_] = path.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise OSError(errno.EILSEQ, "this is not a text in UTF-8", str(path)) from None
    return texts


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


def open_ledger(ctx: click.Context, despite: Collection[str] = ()) -> Ledger:
    """Return the ledger of the data folder; with problems in it, print them and leave with status 1.

    If all of them are of the codes `despite`, the ledger is returned.
    """
    folder = data_folder(ctx)
    checked = check(*read_folder(folder), shown=folder)
    if any(problem.code not in despite for problem in checked.problems):
        refuse(ctx, checked)
    return checked.loaded.ledger


def refuse(ctx: click.Context, checked: Checked) -> NoReturn:
    """Print the problems and leave with status 1: a sum over part of the data is worse than none."""
    show_problems(checked)
    click.echo("nothing is totalled until they are mended", err=True)
    ctx.exit(1)


def show_problems(checked: Checked) -> None:
    """Print the problems, as `validate` would, where errors go."""
    loaded = checked.loaded
    findings = Findings(checked.problems, len(loaded.texts), len(loaded.ledger.figures))
    click.echo(format_text(findings), nl=False, err=True)


def open_side(
    ctx: click.Context, named: str | None, meant: str = "", *, may_lack_data: bool = False, other: Checked | None = None
) -> Checked:
    """Return what is in a folder or a revision of git, and all that is wrong; of the data folder, if none is named.

    A name may be `meant` as a `folder` or a `revision`. A side that `may_lack_data` is an empty ledger if it does.
    What has the same bytes on the `other` side is not read again.

    Raises:
        click.UsageError: there is no data folder.
        RevisionError: there is no such folder or revision, or there are both, or the revision has no data.
        OSError: it cannot be read.
    """
    from emcollab.loading.revision import read_revision

    if named is None or meant == "folder" or (not meant and _is_folder(ctx, named)):
        shown = data_folder(ctx) if named is None else Path(named)
        if not shown.is_dir():
            raise RevisionError(_say_what_is_there(str(named)))
        files, problems = read_folder(shown)
    else:
        folder = data_folder(ctx)
        shown = Path(named if ":" in named else f"{named}:{folder}")
        files, problems = read_revision(folder, named)
        if not (files or problems or may_lack_data):
            raise RevisionError(f"revision '{named}' has no data in '{folder}'")
    if may_lack_data and not files and not problems:
        return Checked(load({}), [])
    return check(files, problems, shown, other=other)


def open_sound_before(ctx: click.Context, base: str, meant: str, other: Checked) -> tuple[str, Checked] | None:
    """Return the last commit before the revision BASE whose data is in order, and what is in it, if one is near.

    What has the same bytes on the `other` side is not read again.

    Raises:
        OSError: git cannot read the repository.
    """
    from emcollab.loading.git import list_ancestors

    try:
        for each in [] if meant == "folder" else list_ancestors(data_folder(ctx), base):
            side = open_side(ctx, each, "revision", other=other)
            if not side.problems:
                return each, side
    except RevisionError:  # BASE is a folder, or there was no data before
        return None
    return None


def _is_folder(ctx: click.Context, named: str) -> bool:
    """Return whether this is a folder, and no revision. None begins with a dot or a slash, or is there without data."""
    from emcollab.loading.git import names_commit

    if not named or not Path(named).is_dir():
        return False
    try:
        here = data_folder(ctx)
    except click.UsageError:
        return True
    if not named.startswith((".", "/")) and names_commit(here, named):
        remedy = f"write './{named}' for the folder, or '--' after the revisions"
        raise RevisionError(f"'{named}' is both a folder and a revision; {remedy}")
    return True
