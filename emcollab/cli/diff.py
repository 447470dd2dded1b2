"""`emcollab diff`: what a change does to the totals."""

from datetime import date

import click

from emcollab.cli.options import Day, command, data_option, format_option, output_option
from emcollab.values.terms import DIFF_FORMATS


@command(
    "diff                       the working tree against where it left main",
    "diff v1 HEAD               two revisions of git",
    "diff data ../other/data    two folders",
    "diff --from-date 2010-02-22 --to-date 2010-06-21",
)
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option("--from-date", type=Day(), help="One ledger: as at this day …")
@click.option("--to-date", type=Day(), help="… against as at this day; today, if not given.")
@click.option("--exit-code", is_flag=True, help="Leave with status 1 if anything changed.")
@format_option(DIFF_FORMATS)
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
    from emcollab.cli.data import data_folder, open_ledger
    from emcollab.cli.output import hand_over
    from emcollab.loading.git import RevisionError, find_base
    from emcollab.render.formats.json import format_json
    from emcollab.render.formats.safe import safe
    from emcollab.render.pages.changes import FORMATS, as_document
    from emcollab.results.as_at import narrow_to_day
    from emcollab.results.diff import compare

    if to_date and not from_date:
        raise click.UsageError("--to-date needs --from-date.", ctx)
    if from_date and head:
        raise click.UsageError("with dates there is one ledger; give no HEAD.", ctx)
    try:
        first = open_ledger(ctx, base if base or from_date else find_base(data_folder(ctx)))
        second = first if from_date else open_ledger(ctx, head)
    except RevisionError as error:
        raise click.UsageError(safe(f"{error}."), ctx) from None
    changes = compare(narrow_to_day(first, from_date), narrow_to_day(second, to_date), is_one_ledger=bool(from_date))
    text = format_json(as_document(changes)) if format_ == "json" else FORMATS[format_](changes, second)
    hand_over(text, output)
    ctx.exit(1 if exit_code and changes else 0)
