"""`emcollab trace`: from a total to its figures, and from each figure to its paper."""

from datetime import date

import click

from emcollab.cli.options import as_at_option, measure_option, page_options

_EPILOG = """\b
Examples:
  emcollab trace 2008/09                       everything in the total of a year
  emcollab trace mobile-data-savings 2009/10   an area of the table
  emcollab trace mobile-data                   a project
  emcollab trace mobile-data/savings           one benefit
"""


@click.command(epilog=_EPILOG)
@click.argument("subject", required=False)
@click.argument("year", required=False)
@measure_option
@as_at_option
@page_options
@click.pass_context
def trace(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, *, subject: str | None, year: str | None, measure: str, as_at: date | None, format_: str,
    output: str | None,
) -> None:  # fmt: skip
    """Show the figures behind a total, each with its paper, place and quotation, and what it superseded.

    SUBJECT is an area, a project or project/benefit; without one, everything is traced. Of an id that both an
    area and a project have, the area is meant.
    """
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer
    from emcollab.cli.selection import ids_of, years_of
    from emcollab.render.pages.trace import as_document, make_page
    from emcollab.results.as_at import ledger_on
    from emcollab.results.reconcile import reconcile
    from emcollab.results.trace import find_printed, find_subject, subjects, trace

    if subject and year is None and subject[:4].isdigit():
        subject, year = None, subject
    ledger = open_ledger(ctx)
    only = "".join(years_of(ledger, ctx, "YEAR", [year] if year else []))
    named = "".join(ids_of(ctx, "SUBJECT", (subject,) if subject else (), subjects(ledger)))
    on_day = ledger_on(ledger, as_at)
    printed = find_printed(on_day, reconcile(on_day, on_day.published))
    result = trace(find_subject(on_day, named), printed, measure, only)
    answer(
        format_,
        output,
        lambda: make_page(result, ledger, named, only, as_at),
        lambda: as_document(result, ledger, named, as_at),
    )
