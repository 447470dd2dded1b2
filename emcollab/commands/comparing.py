"""Opening the two sides of a comparison: folders, revisions of git, or one ledger on two days."""

from datetime import date
from pathlib import Path

import click

from emcollab.commands.opening import check, data_folder, refuse
from emcollab.diff import Side
from emcollab.folder import read_folder
from emcollab.ledger import Ledger
from emcollab.render.safe import safe
from emcollab.revisions import RevisionError, find_base, read_revision


def open_sides(
    ctx: click.Context, base: str | None, head: str | None, from_date: date | None, to_date: date | None
) -> tuple[Side, Side]:
    """Return the two sides; with problems in either, print them and leave with status 1.

    Raises:
        click.UsageError: there is no such folder or revision.
    """
    if from_date:
        ledger = _open(ctx, base)
        return Side(ledger, from_date), Side(ledger, to_date)
    try:
        base = base or find_base(data_folder(ctx))
    except RevisionError as error:
        raise click.UsageError(safe(f"{error}."), ctx) from None
    return Side(_open(ctx, base)), Side(_open(ctx, head))


def _open(ctx: click.Context, named: str | None) -> Ledger:
    """Return the ledger of a folder or a revision; of the data folder, if none is named."""
    folder = Path(named) if named else data_folder(ctx)
    if folder.is_dir():
        checked = check(*read_folder(folder), shown=folder)
    else:
        try:
            files, problems = read_revision(data_folder(ctx), str(named))
        except RevisionError as error:
            raise click.UsageError(safe(f"{error}."), ctx) from None
        checked = check(files, problems, shown=Path(f"{named}:{data_folder(ctx)}"))
    if checked.problems:
        refuse(ctx, checked)
    return checked.loaded.ledger
