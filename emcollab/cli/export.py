"""`emcollab export`: every figure and record, for other tools."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import click

from emcollab.cli.options import as_at_option, data_option, format_option, output_option

_EPILOG = """\b
Examples:
  emcollab export --output figures.csv
  emcollab export --format xlsx --output ledger.xlsx
  emcollab export --format datapackage --output ledger/ --as-at 2010-02-22
"""

_PRINTED = ("csv", "json")


@click.command(epilog=_EPILOG)
@format_option("csv", "json", "datapackage", "sqlite", "xlsx")
@as_at_option
@output_option
@data_option
@click.pass_context
def export(ctx: click.Context, *, format_: str, as_at: date | None, output: str | None) -> None:
    """Export the ledger, flat and exact.

    \b
    csv          the figures, one a row
    json         all records
    datapackage  a folder of CSV files, and what is in them (Frictionless Data Package)
    sqlite       a database with keys, foreign keys, and the summary table as the view table_1
    xlsx         an accessible workbook (needs the extra: pip install 'emcollab[xlsx]')

    All but csv and json need --output. Figures of papers after --as-at are in it, and do not stand.
    """  # noqa: D301 - click's mark for lines that are left as they are
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import hand_over, hand_over_folder
    from emcollab.publish.export import Unwritable, format_export
    from emcollab.publish.export.flat import flatten

    if output is None and format_ not in _PRINTED:
        raise click.UsageError(f"{format_} is not for printing; say with --output where to write it.", ctx)
    flat = flatten(open_ledger(ctx), as_at)
    try:
        content = format_export(flat, format_)
    except Unwritable as reason:
        click.echo(f"emcollab: {reason}", err=True)
        ctx.exit(2)
    if isinstance(content, dict):
        folder = Path(str(output)).resolve()
        _refuse_others(ctx, folder, content)
        hand_over_folder(((name, text.encode()) for name, text in content.items()), str(folder), "datapackage.json")
    else:
        hand_over(content, output)


def _refuse_others(ctx: click.Context, folder: Path, files: Collection[str]) -> None:
    """Refuse to replace a folder that holds anything but an earlier export: it would be lost."""
    from emcollab.render.formats.safe import safe

    others = [entry.name for entry in folder.iterdir() if entry.name not in files] if folder.is_dir() else []
    if others:
        message = safe(f"'{folder}' holds '{min(others)}', which is not of an export; name another folder.")
        raise click.UsageError(message, ctx)
