"""`emcollab totals`: the summary table."""

from datetime import date

import click

from emcollab.cli.options import command, data_option, format_option, output_option, selection_options
from emcollab.values.terms import GROUPINGS, STANDING, TABLE_FORMATS

_BASIS = click.option(
    "--basis",
    "bases",
    multiple=True,
    type=click.Choice(("plan", *STANDING)),
    help="Only figures of this kind; plans alone.",
)


@command(
    "totals",
    "totals --year 2010/11 --by project",
    "totals --category saving --unit £k --format csv --output savings.csv",
)
@selection_options(GROUPINGS, "Add a column with the sum of the years shown.", _BASIS)
@format_option(TABLE_FORMATS)
@output_option
@data_option
@click.pass_context
def totals(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, /, *, by: str, as_at: date | None, sum_years: bool, unit: str | None,
    places: int | None, format_: str, output: str | None, **filters: object,
) -> None:  # fmt: skip
    """Total the figures that stand, by area and year.

    The table is in the order and the unit in which the papers print it; under its total stands what the
    total is made of. CSV and JSON give exact pounds, whatever the unit.
    """
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import find_columns, hand_over
    from emcollab.cli.selection import choose, choose_unit
    from emcollab.render.formats import format_table
    from emcollab.render.formats.json import format_json
    from emcollab.render.pages.totals import as_document, make_records, make_table
    from emcollab.results.as_at import narrow_to_day
    from emcollab.results.totals import CannotBeSummedError, total_by

    ledger = narrow_to_day(open_ledger(ctx), as_at)
    try:
        totals = total_by(ledger, by, choose(ctx, ledger, filters), sum_years=sum_years)
    except CannotBeSummedError as reason:
        raise click.UsageError(f"{reason}.", ctx) from None
    if format_ == "json":
        text = format_json(as_document(totals, as_at))
    elif format_ == "csv":
        text = format_table(make_records(totals), format_)
    else:
        shown = choose_unit(ledger, totals.measure, unit, places)
        text = format_table(
            make_table(totals, ledger, *shown, as_at, is_asked=unit is not None), format_, find_columns(output)
        )
        if format_ == "table" and not ledger.figures and not as_at:
            text += _TO_BEGIN
    hand_over(text, output)


_TO_BEGIN = """
To begin, write a paper into sources.yaml, an area into areas.yaml, and a project into projects/ID.yaml,
as README.md beside them says; or take over a sheet, with emcollab import.
"""
"""What is said of a ledger without figures, to whoever keeps it."""
