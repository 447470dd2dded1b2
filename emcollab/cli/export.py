"""`emcollab export`: every figure and record, for other tools."""

from datetime import date

import click

from emcollab.cli.options import as_at_option, command, data_option, format_option, output_option
from emcollab.values.terms import EXPORT_FORMATS


@command(
    "export --output figures.csv",
    "export --format xlsx --output ledger.xlsx",
    "export --format datapackage --output ledger/ --as-at 2010-02-22",
)
@format_option(EXPORT_FORMATS)
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

    All but csv and json need --output. With --as-at, later papers are left out.
    """  # noqa: D301 - click's mark for lines that are left as they are
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import hand_over, hand_over_folder, say_written
    from emcollab.publish import Unwritable
    from emcollab.publish.export import format_export
    from emcollab.publish.export.tables import flatten
    from emcollab.render.pages.words import count
    from emcollab.results.as_at import narrow_to_day

    if output is None and format_ not in {"csv", "json"}:
        raise click.UsageError(f"{format_} is not for printing; say with --output where to write it.", ctx)
    flat = flatten(narrow_to_day(open_ledger(ctx), as_at), as_at)
    try:
        content = format_export(flat, format_)
    except Unwritable as reason:
        click.echo(f"emcollab: {reason}", err=True)
        ctx.exit(2)
    if isinstance(content, dict):
        hand_over_folder(content.items(), str(output))
    else:
        hand_over(content, output)
    if output is not None:
        figures = count(len(flat.ledger.figures), "figure")
        say_written(figures if format_ == "csv" else f"{figures} and all records", output)
