"""`emcollab diff`: what a change does to the totals."""

from datetime import date

import click

from emcollab.cli.options import Day, data_option, format_option, output_option

_EPILOG = """\b
Examples:
  emcollab diff                       the working tree against where it left main
  emcollab diff v1 HEAD               two revisions of git
  emcollab diff data ../other/data    two folders
  emcollab diff --from-date 2010-02-22 --to-date 2010-06-21
"""


@click.command(epilog=_EPILOG)
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option("--from-date", type=Day(), help="One ledger: as at this day …")
@click.option("--to-date", type=Day(), help="… against as at this day; today, if not given.")
@click.option("--exit-code", is_flag=True, help="Leave with status 1 if anything changed.")
@format_option("table", "markdown", "json")
@output_option
@data_option
@click.pass_context
def diff(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, *, base: str | None, head: str | None, from_date: date | None, to_date: date | None,
    exit_code: bool, format_: str, output: str | None,
) -> None:  # fmt: skip
    """Show which totals move from BASE to HEAD, by how much, and through which figures.

    BASE and HEAD are folders, or revisions of git; without HEAD, the data folder as it is; without BASE, the
    revision at which the work here left the default branch. With dates, one ledger on two days.
    """
    from emcollab.cli.data import find_default_base, open_side
    from emcollab.cli.output import hand_over
    from emcollab.render.formats.json import format_json
    from emcollab.render.pages.changes import FORMATS, as_document
    from emcollab.results.as_at import figures_on
    from emcollab.results.diff import compare

    if to_date and not from_date:
        raise click.UsageError("--to-date needs --from-date.", ctx)
    if from_date and head:
        raise click.UsageError("with dates there is one ledger; give no HEAD.", ctx)
    if from_date:
        ledger = open_side(ctx, base)
        before, after = figures_on(ledger, from_date), figures_on(ledger, to_date)
    else:
        before, after = open_side(ctx, base or find_default_base(ctx)), open_side(ctx, head)
    changes = compare(before, after)
    if format_ == "json":
        hand_over(format_json(as_document(changes)), output)
    else:
        hand_over(FORMATS[format_](changes, after), output)
    ctx.exit(1 if exit_code and changes else 0)
