"""`emcollab appraisal`: plan, estimate, actual, variance, cost and net, and what is missing."""

from datetime import date

import click

from emcollab.cli.options import command, data_option, format_option, output_option, selection_options
from emcollab.values.terms import APPRAISAL_FORMATS, APPRAISAL_GROUPINGS, AUDIENCES


@command(
    "appraisal",
    "appraisal --by benefit --sum-years",
    "appraisal --project mobile-data --for committee",
    "appraisal --format csv --output appraisal.csv",
)
@selection_options(APPRAISAL_GROUPINGS, "Add the years together, and show what each pound of cost brought.")
@click.option("--for", "audience", type=click.Choice(AUDIENCES), help="Only what is missing that they need.")
@format_option(APPRAISAL_FORMATS)
@output_option
@data_option
@click.pass_context
def appraisal(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, /, *, by: str, as_at: date | None, sum_years: bool, unit: str | None,
    places: int | None, audience: str | None, format_: str, output: str | None, **filters: object,
) -> None:  # fmt: skip
    """Set plan, latest estimate and actual side by side, what became of the plan, cost and net, and what is missing.

    It is as at --as-at, or else today (or `SOURCE_DATE_EPOCH`): by that day years are over.
    CSV has the lines alone, in exact pounds; the other formats also what the papers do not say.
    """
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer, hand_over
    from emcollab.cli.selection import choose, choose_unit
    from emcollab.render.formats import format_table
    from emcollab.render.pages.appraisal import as_document, make_page, make_records
    from emcollab.results.appraisal import appraise
    from emcollab.results.as_at import narrow_to_day
    from emcollab.results.totals import CannotBeSummedError
    from emcollab.values.dates import read_clock, read_epoch

    ledger = narrow_to_day(open_ledger(ctx), as_at)
    day = as_at or max(read_epoch() or read_clock(), ledger.dated or date.min)
    try:
        result = appraise(ledger, by, choose(ctx, ledger, filters), day, audience or "", sum_years=sum_years)
    except CannotBeSummedError as reason:
        raise click.UsageError(f"{reason}.", ctx) from None
    if format_ == "csv":
        hand_over(format_table(make_records(result), format_), output)
    else:
        shown = choose_unit(ledger, result.measure, unit, places)
        answer(
            format_, output,
            lambda: make_page(result, ledger, *shown, is_asked=unit is not None), lambda: as_document(result),
        )  # fmt: skip
