"""Options that commands share. Only click is needed to declare them, so `--help` and completion load no more."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from emcollab.values.terms import CASHABILITIES, CATEGORIES, MEASURES, UNITS

Function = TypeVar("Function", bound=Callable[..., Any])

DATA = "EMCOLLAB_DATA"
"""The environment variable that names the data folder."""


class Day(click.ParamType[date]):
    """A day, such as `2010-02-22`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - the signature is click's
        """Return the day, or say how days are written."""
        from emcollab.values.dates import parse_day
        from emcollab.values.problems import BadValue

        try:
            return parse_day(value)
        except BadValue as bad:
            self.fail(f"{bad}.", param, ctx)


def data_option(function: Function) -> Function:
    """Add `--data`, which may also stand before the command's name."""

    def remember(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.obj = value

    return click.option(
        "--data", metavar="DIR", expose_value=False, callback=remember,
        help=f"The data folder; {DATA}, or data/, if not given.",
    )(function)  # fmt: skip


def format_option(*formats: str) -> Callable[[Function], Function]:
    """Add `--format`; the first of `formats` is the default."""
    return click.option("--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True)


def output_option(function: Function) -> Function:
    """Add `--output`."""
    return click.option(
        "--output", type=click.Path(), help="Write to this file, whole or not at all.",
    )(function)  # fmt: skip


def page_options(function: Function) -> Function:
    """Add `--format`, `--output` and `--data`, of a command that answers with a page."""
    return format_option("text", "markdown", "html", "json")(output_option(data_option(function)))


def as_at_option(function: Function) -> Function:
    """Add `--as-at`."""
    return click.option("--as-at", type=Day(), help="Only papers of that day or before, as 2010-02-22.")(function)


def measure_option(function: Function) -> Function:
    """Add `--measure`."""
    measures = click.Choice(MEASURES)
    return click.option("--measure", type=measures, default="money", show_default=True, help="What to add up.")(
        function
    )


def filter_options(function: Function) -> Function:
    """Add the options that choose figures; all but the bounds of years may be repeated."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


_FILTERS = (
    click.option("--year", "years", multiple=True, metavar="YEAR", help="Only this year, as 2010/11; may be repeated."),
    click.option("--from", "first", metavar="YEAR", help="No year before this."),
    click.option("--to", "last", metavar="YEAR", help="No year after this."),
    click.option("--area", "areas", multiple=True, metavar="ID", help="Only this area; may be repeated."),
    click.option("--project", "projects", multiple=True, metavar="ID", help="Only this project."),
    click.option("--force", "forces", multiple=True, metavar="ID", help="Only this force's share."),
    click.option(
        "--category", "categories", multiple=True,
        type=click.Choice(CATEGORIES), help="Only this category; costs alone.",
    ),
    click.option(
        "--cashability", "cashabilities", multiple=True,
        type=click.Choice(CASHABILITIES),
        help="Only savings of this kind; cashable takes in cash-releasing and not-cash-releasing.",
    ),
)  # fmt: skip


def shown_options(function: Function) -> Function:
    """Add `--unit` and `--places`."""
    unit = click.option("--unit", type=click.Choice(UNITS), help="The unit shown; else the ledger's own.")
    places = click.option(
        "--places", type=click.IntRange(0, 8), help="The decimals shown; in another unit, as many as needed."
    )
    return unit(places(function))
