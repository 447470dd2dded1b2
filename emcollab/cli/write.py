"""Writing what has been proved into the data folder, file by file, each whole."""

from pathlib import Path

import click

from emcollab.cli.output import hand_over
from emcollab.render.formats.safe import safe
from emcollab.writing.proof import Changes


def write_changes(folder: Path, changes: Changes) -> None:
    """Write the files of `changes` in their order, so that at every moment the ledger validates.

    Raises:
        click.UsageError: a file is not what it was when it was read; those before it are written.
        OSError: a file cannot be read or written.
    """
    for path, (old, new) in changes.files.items():
        target = folder / path
        if (target.read_bytes() if target.exists() else None) != old:
            raise click.UsageError(safe(f"'{target}' has just been changed by somebody else; try again."))
        target.parent.mkdir(exist_ok=True)
        hand_over(new, str(target))
