"""`emcollab appraisal`: plan, estimate, actual, variance, cost and net, and what is missing."""

from datetime import date

import click

from emcollab.cli.options import command, page_options, selection_options
from emcollab.values.terms import APPRAISAL_GROUPINGS


@command("appraisal", "appraisal --by benefit --sum-years", "appraisal --project mobile-data --format markdown")
@selection_options(APPRAISAL_GROUPINGS, "Add the years together, and show what each pound of cost brought.")
@page_options
@click.pass_context
def appraisal(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, /, *, by: str, as_at: date | None, sum_years: bool, unit: str | None,
    places: int | None, format_: str, output: str | None, **filters: object,
) -> None:  # fmt: skip
    """Set plan, latest estimate and actual side by side, with cost and net, and list what an auditor would miss."""
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer
    from emcollab.cli.selection import choose, choose_unit
    from emcollab.render.pages.appraisal import as_document, make_page
    from emcollab.results.appraisal import appraise
    from emcollab.results.as_at import ledger_on

    ledger = open_ledger(ctx)
    selection = choose(ctx, ledger, filters)
    day = as_at or date.today()  # noqa: DTZ011 - the day where the user is
    result = appraise(ledger_on(ledger, day), by, selection, day, sum_years=sum_years)
    shown = choose_unit(ledger, result.measure, unit, places)
    answer(format_, output, lambda: make_page(result, ledger, *shown), lambda: as_document(result))
