"""`emcollab trace`: from a total to its figures, and from each figure to its paper."""

import re
from datetime import date

import click

from emcollab.cli.options import Year, as_at_option, check_name, command, measure_option, offer, page_options


@command(
    "trace 2008/09                       everything in the total of a year",
    "trace mobile-data-savings 2009/10   an area of the table",
    "trace mobile-data                   a project",
    "trace mobile-data/savings           one benefit",
)
@click.argument("subject", required=False, shell_complete=offer("subject"))
@click.argument("year", required=False, type=Year())
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
    from emcollab.render.pages.trace import as_document, make_page
    from emcollab.results.as_at import narrow_to_day
    from emcollab.results.reconcile import reconcile
    from emcollab.results.standing import find_standing
    from emcollab.results.trace import find_printed, find_subject, subjects, trace

    if subject and year is None and re.fullmatch(_LIKE_A_YEAR, subject, re.ASCII):
        subject, year = None, Year().convert(subject, ctx.command.params[1], ctx)
    ledger = narrow_to_day(open_ledger(ctx), as_at)
    check_name(ctx, "SUBJECT", subject, subjects(ledger))
    named, only = subject or "", year or ""
    printed = find_printed(ledger, reconcile(ledger, ledger.published))
    result = trace(find_subject(ledger, named), find_standing(ledger), printed, measure, only)
    answer(
        format_, output, lambda: make_page(result, ledger, named, only, as_at),
        lambda: as_document(result, ledger, named, as_at),
    )  # fmt: skip


_LIKE_A_YEAR = "[0-9]{4}([-/–][0-9]{2}|[-/–][0-9]{4})?"  # noqa: RUF001 - an en dash is meant
"""What is taken for a year, and for no id, although ids may begin with digits."""
