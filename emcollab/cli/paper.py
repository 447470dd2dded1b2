"""`emcollab paper`: one document for a committee."""

from datetime import date
from pathlib import Path

import click

from emcollab.cli.options import Day, Year, as_at_option, check_name, command, data_option


@command(
    "paper --output paper.docx",
    "paper --output paper.docx --to 'Joint Committee' --date 2010-06-28 --mark C --since 2010-02-22",
    "paper --output leicestershire.html --force leicestershire",
)
@click.option("--output", required=True, type=click.Path(), help="The file to write: .docx, .html or .md.")
@click.option("--to", metavar="BODY", default="", help="The body that it goes to.")
@click.option("--date", "meeting", type=Day(), help="The day of the meeting; later papers are left out.")
@click.option("--mark", default="", help="The letter or number that it is marked with.")
@click.option("--title", default="", help="What it is called; the ledger's title, if not given.")
@click.option("--since", type=Day(), help="The day of the paper before: what changed since then is told.")
@click.option("--force", metavar="ID", help="This force's edition: its share, and its projects.")
@click.option("--year", "years", multiple=True, type=Year(), help="Only this year; may be repeated.")
@as_at_option
@data_option
@click.pass_context
def paper(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, *, output: str, to: str, meeting: date | None, mark: str, title: str, since: date | None,
    force: str | None, years: tuple[str, ...], as_at: date | None,
) -> None:  # fmt: skip
    """Write one document for a committee: what was saved, what changed, what was planned, what is not known.

    Word needs the extra: pip install 'emcollab[docx]'. The same data and options give the same bytes on every day.
    """
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import hand_over
    from emcollab.publish import Unwritable
    from emcollab.publish.edition import Edition
    from emcollab.publish.paper import FORMATS, format_paper
    from emcollab.publish.paper.brief import Particulars
    from emcollab.render.pages.words import join
    from emcollab.results.as_at import narrow_to_day

    suffix = Path(output).suffix.casefold()
    if not suffix:
        meant = f"a paper is a file: end its name in {join([*FORMATS], 'or')}"
        raise click.BadParameter(meant, ctx, param_hint="--output")
    check_name(ctx, "--output", suffix, FORMATS, "format of papers")
    if meeting and as_at and as_at > meeting:
        raise click.UsageError("--as-at is after --date: a meeting knows no later papers.", ctx)
    day = as_at or meeting
    ledger = narrow_to_day(open_ledger(ctx), day)
    check_name(ctx, "--force", force, ledger.forces)
    latest = max((source.day for source in ledger.sources.values()), default=date.min)
    if since and since >= (day or latest):
        raise click.UsageError("--since is not before the day of the figures.", ctx)
    edition = Edition(ledger, day or latest, day, years, force or "")
    try:
        content = format_paper(edition, Particulars(to, meeting, mark, title, since), suffix)
    except Unwritable as reason:
        click.echo(f"emcollab: {reason}", err=True)
        ctx.exit(2)
    hand_over(content, output)
