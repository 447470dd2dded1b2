"""`emcollab totals`: the summary table."""

from datetime import date

import click

from emcollab.cli.options import (
    as_at_option,
    data_option,
    filter_options,
    format_option,
    measure_option,
    output_option,
    shown_options,
)
from emcollab.values.terms import BASES, GROUPINGS

_EPILOG = """\b
Examples:
  emcollab totals
  emcollab totals --year 2010/11 --by project
  emcollab totals --category saving --unit £k --format csv --output savings.csv
"""


@click.command(epilog=_EPILOG)
@click.option("--by", type=click.Choice(GROUPINGS), default="area", show_default=True, help="What a row stands for.")
@filter_options
@click.option(
    "--basis", "bases", multiple=True, type=click.Choice(BASES[1:]),
    help="Only figures of this kind.",
)  # fmt: skip
@measure_option
@as_at_option
@click.option("--sum-years", is_flag=True, help="Add a column with the sum of the years shown.")
@shown_options
@format_option("table", "markdown", "csv", "json", "html")
@output_option
@data_option
@click.pass_context
def totals(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, /, *, by: str, measure: str, as_at: date | None, sum_years: bool, unit: str | None,
    places: int | None, format_: str, output: str | None, **filters: tuple[str, ...] | str | None,
) -> None:  # fmt: skip
    """Total the figures that stand, by area and year.

    The table is in the order and the unit in which the papers print it; under its total stands what the
    total is made of. CSV and JSON give exact pounds, whatever the unit.
    """
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import hand_over
    from emcollab.cli.selection import choose, choose_unit
    from emcollab.render.formats import format_table
    from emcollab.render.formats.json import format_json
    from emcollab.render.pages.totals import as_document, make_records, make_table
    from emcollab.results.as_at import ledger_on
    from emcollab.results.totals import total_by

    ledger = open_ledger(ctx)
    selection = choose(ctx, ledger, filters, measure)
    totals = total_by(ledger_on(ledger, as_at), by, selection, sum_years=sum_years)
    if format_ == "json":
        text = format_json(as_document(totals, as_at))
    elif format_ == "csv":
        text = format_table(make_records(totals), format_)
    else:
        text = format_table(make_table(totals, ledger, *choose_unit(ledger, measure, unit, places), as_at), format_)
    hand_over(text, output)
