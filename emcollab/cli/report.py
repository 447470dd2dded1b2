"""`emcollab report`: the pages that a committee, a panel and the public read."""

import sys
from datetime import date

import click

from emcollab.cli.options import Year, as_at_option, check_name, command, data_option, offer


@command("report --output build/report", "report --output build/leicestershire --force leicestershire")
@click.option("--output", required=True, type=click.Path(), help="The folder to write; an older report is replaced.")
@click.option("--force", metavar="ID", shell_complete=offer("force"), help="Its edition: its share, and its projects.")
@click.option("--year", "years", multiple=True, type=Year(), help="Only this year; may be repeated.")
@as_at_option
@data_option
@click.pass_context
def report(ctx: click.Context, *, output: str, force: str | None, years: tuple[str, ...], as_at: date | None) -> None:
    """Write the report as a few plain HTML pages, to be read on the web, on paper or on a telephone.

    The folder is written whole or not at all. One that holds anything else than an older report is refused.
    """
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import hand_over_folder, say_written
    from emcollab.publish.edition import Edition
    from emcollab.publish.site import count_pages, make_site
    from emcollab.render.pages.words import count
    from emcollab.results.as_at import narrow_to_day
    from emcollab.values.dates import read_clock, read_epoch

    if output == "-":
        raise click.UsageError("a report is a folder of pages, and is not for printing; name one.", ctx)
    ledger = narrow_to_day(open_ledger(ctx), as_at)
    check_name(ctx, "--force", force, ledger.forces)
    day = as_at or max(filter(None, (read_epoch(), ledger.dated)), default=read_clock())
    edition = Edition(ledger, day, as_at, years, force or "")
    files = count_pages(edition)
    shown = sys.stderr is not None and sys.stderr.isatty()
    with click.progressbar(
        make_site(edition), files, label="Writing the report", file=sys.stderr, hidden=not shown
    ) as pages:
        hand_over_folder(pages, output)
    say_written(f"{count(files, 'file')}, index.html first,", output)
