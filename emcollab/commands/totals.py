"""`emcollab totals`: the summary table."""

from datetime import date

import click

from emcollab.commands.options import GROUPINGS, as_at_option, data_option, format_option, measure_option, output_option

_EPILOG = """\b
Examples:
  emcollab totals
  emcollab totals --year 2010/11 --by project
  emcollab totals --category saving --unit £k --format csv --output savings.csv
"""


@click.command(epilog=_EPILOG)
@click.option("--by", type=click.Choice(GROUPINGS), default="area", show_default=True, help="What a row stands for.")
@click.option("--year", "years", multiple=True, metavar="YEAR", help="Only this year, as 2010/11; may be repeated.")
@click.option("--from", "first", metavar="YEAR", help="No year before this.")
@click.option("--to", "last", metavar="YEAR", help="No year after this.")
@click.option("--area", "areas", multiple=True, metavar="ID", help="Only this area; may be repeated, as all filters.")
@click.option("--project", "projects", multiple=True, metavar="ID", help="Only this project.")
@click.option("--force", "forces", multiple=True, metavar="ID", help="Only this force's share.")
@click.option(
    "--category", "categories", multiple=True,
    type=click.Choice(("saving", "funding", "unclassified", "cost")), help="Only this category. Costs are shown alone.",
)  # fmt: skip
@click.option(
    "--cashability", "cashabilities", multiple=True,
    type=click.Choice(("cash-releasing", "not-cash-releasing", "cashable", "non-cashable", "unstated")),
    help="Only savings of this kind; cashable takes in cash-releasing and not-cash-releasing.",
)  # fmt: skip
@click.option(
    "--basis", "bases", multiple=True, type=click.Choice(("estimate", "reported", "actual")),
    help="Only figures of this kind.",
)  # fmt: skip
@measure_option
@as_at_option
@click.option("--sum-years", is_flag=True, help="Add a column with the sum of the years shown.")
@click.option("--unit", type=click.Choice(("£", "£k", "£m")), help="The unit shown; the ledger's own, if not given.")
@click.option("--places", type=click.IntRange(0, 8), help="The decimals shown; with another unit, as many as needed.")
@format_option("table", "markdown", "csv", "json", "html")
@output_option
@data_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, *, by: str, years: tuple[str, ...], first: str | None, last: str | None,
    areas: tuple[str, ...], projects: tuple[str, ...], forces: tuple[str, ...], categories: tuple[str, ...],
    cashabilities: tuple[str, ...], bases: tuple[str, ...], measure: str, as_at: date | None, sum_years: bool,
    unit: str | None, places: int | None, format_: str, output: str | None,
) -> None:  # fmt: skip
    """Total the figures that stand, by area and year.

    The table is in the order and the unit in which the papers print it; under its total stands what the
    total is made of. CSV and JSON give exact pounds, whatever the unit.
    """
    from emcollab.commands.opening import hand_over, ids_of, open_ledger, years_of
    from emcollab.render import FORMATS
    from emcollab.render.json import format_json
    from emcollab.totals import Selection, as_document, as_records, as_table, total_by

    if "cost" in categories and len(set(categories)) > 1:
        raise click.BadParameter("costs are not added to benefits; ask for them alone.", ctx, param_hint="--category")
    ledger = open_ledger(ctx)
    selection = Selection(
        measure=measure,
        years=years_of(ledger, ctx, "--year", years),
        first="".join(years_of(ledger, ctx, "--from", [first] if first else [])),
        last="".join(years_of(ledger, ctx, "--to", [last] if last else [])),
        areas=ids_of(ctx, "--area", areas, ledger.areas),
        projects=ids_of(ctx, "--project", projects, ledger.projects),
        forces=ids_of(ctx, "--force", forces, ledger.forces),
        categories=categories,
        cashabilities=cashabilities,
        bases=bases,
        as_at=as_at,
    )
    totals = total_by(ledger, by, selection, sum_years=sum_years)
    unit = unit or ledger.settings.unit
    if places is None and unit == ledger.settings.unit and measure == "money":
        places = ledger.settings.places
    if format_ == "json":
        text = format_json(as_document(totals))
    elif format_ == "csv":
        text = FORMATS["csv"](as_records(totals))
    else:
        text = FORMATS[format_](as_table(totals, ledger, unit, places))
    hand_over(text, output)
