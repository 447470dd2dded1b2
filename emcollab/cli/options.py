"""Options that commands share. Only click is needed to declare them, so `--help` and completion load no more."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from emcollab.values.terms import CASHABILITIES, CATEGORIES, MEASURES, PAGE_FORMATS, SUFFIXES, TERMINAL_FORMATS, UNITS

Option = Callable[[Callable[..., Any]], Callable[..., Any]]
"""What adds an option, or several, to the function of a command."""

Value = TypeVar("Value")

DATA = "EMCOLLAB_DATA"  # the environment variable that names the data folder

PAPERS = "EMCOLLAB_PAPERS"
"""The environment variable that names the folder with the texts of papers."""


class Command(click.Command):
    """A command that refuses an option given twice, if it counts once, and takes its format from its file's name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments into the context, as click has it.

        Raises:
            click.UsageError: an option is given twice, or the file's name is of another format.
        """
        refuse_repeated(ctx, args)
        rest = super().parse_args(ctx, args)
        _find_format(ctx)
        return rest


def refuse_repeated(ctx: click.Context, args: Sequence[str]) -> None:
    """Let pass the arguments of the context's command, unless an option that counts once is given twice.

    Raises:
        click.UsageError: one is: nobody would see which of the two counts.
    """
    given = ctx.command.make_parser(ctx).parse_args(list(args))[2]
    for param in given:
        if isinstance(param, click.Option) and not (param.multiple or param.is_flag) and given.count(param) > 1:
            raise click.UsageError(f"{param.opts[0]} is given twice, and counts once; leave one out.", ctx)


def _find_format(ctx: click.Context) -> None:
    """Let the name of the file to write say in which format, unless `--format` does.

    Raises:
        click.UsageError: the two contradict each other, or the command has no such format.
    """
    option = next((param for param in ctx.command.params if param.name == "format_"), None)
    output = ctx.params.get("output")
    suffix = Path(output or "").suffix.lower()
    meant = [format_ for format_, suffixes in SUFFIXES.items() if suffix in suffixes]
    if option is None or not meant or ctx.params["format_"] in meant:
        return
    asked = ctx.get_parameter_source("format_") is not ParameterSource.DEFAULT
    there_are = getattr(option.type, "choices", ())
    fits = [format_ for format_ in there_are if format_ in meant]
    if asked or not fits:
        from emcollab.render.formats.safe import safe

        but = f"--format is {ctx.params['format_']}" if asked else f"the formats here are {', '.join(there_are)}"
        raise click.UsageError(safe(f"'{output}' is the name of a file of {meant[0]}, and {but}."), ctx)
    ctx.params["format_"] = fits[0]


def command(*examples: str, cls: type[click.Command] = Command) -> Callable[[Callable[..., Any]], click.Command]:
    """Return what makes a command of a function; its help ends with `examples`, as they are typed after `emcollab`."""
    lines = ["\b", "Examples:" if examples[1:] else "Example:", *(f"  emcollab {example}" for example in examples)]
    return click.command(cls=cls, epilog="\n".join(lines))


def offer(kind: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Return what completes an option or argument in the shell: names of this `kind`, of `completion.OFFERS`."""

    def complete(ctx: click.Context, _: click.Parameter, typed: str) -> list[str]:
        from emcollab.cli.completion import list_offers

        before = ctx.parent.params.get("data") if ctx.parent else None
        return list_offers(kind, Path(ctx.obj or before or os.environ.get(DATA) or "data"), typed)

    return complete


def offer_folders(_: click.Context, __: click.Parameter, typed: str) -> list[Any]:
    """Return what lets the shell itself offer folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="dir")]


class Day(click.ParamType[date]):
    """A day, such as `2010-02-22`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - the signature is click's
        """Return the day, or say how days are written."""
        from emcollab.values.dates import parse_day

        return _convert(value, parse_day, param, ctx)


class Year(click.ParamType[str]):
    """A financial year: `2010/11`, `2010-11` or `2010/2011`. What is none is refused before any file is read."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - the signature is click's
        """Return the year as `2010/11`, or say what to write instead."""
        from emcollab.values.dates import read_year

        return _convert(value, read_year, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return the years of the ledger that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(year) for year in offer("year")(ctx, param, incomplete)]


class Unit(click.Choice[str]):
    """A unit of money: `£`, `£k` or `£m`; `k` and `m` too, which every keyboard has."""

    def __init__(self) -> None:  # noqa: D107 - nothing to be told
        super().__init__(UNITS)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - the signature is click's
        """Return the unit with its sign, or say which there are."""
        return super().convert(f"£{value}" if f"£{value}" in UNITS[1:] else value, param, ctx)


class PeriodAmount(click.ParamType[tuple[str, str]]):
    """An amount and what it is for, such as `2010/11=£0.612m`. The amount is for the benefit to judge."""

    name = "period=amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:  # noqa: ANN401 - the signature is click's
        """Return the period as data files write it, and the amount as it was typed."""
        from emcollab.values.periods import read_period

        period, sign, amount = value.partition("=")
        if not sign or not amount.strip():
            raise click.BadParameter("write the period and the amount, as 2010/11=£0.612m.", ctx, param)
        return _convert(period, read_period, param, ctx), amount.strip()


def _convert(
    value: str, parse: Callable[[str], Value], param: click.Parameter | None, ctx: click.Context | None
) -> Value:
    from emcollab.render.formats.safe import safe

    try:
        return parse(value)
    except ValueError as bad:
        raise click.BadParameter(safe(f"{bad}."), ctx, param) from None


def check_name(ctx: click.Context, option: str, typed: str | None, names: Iterable[str], noun: str = "") -> None:
    """Let pass what was typed for `option`, if anything was, and it is one of `names`; `noun` is what these name.

    Raises:
        click.BadParameter: it is not; the answer says which was meant.
    """
    from emcollab.render.formats.safe import safe
    from emcollab.values.problems import suggest

    names = list(names)
    if typed is not None and typed not in names:
        what = f"{noun} '{typed}'" if noun else f"'{typed}'"
        raise click.BadParameter(safe(f"there is no {what}; {suggest(typed, names)}"), ctx, param_hint=option)


def _together(*options: Option) -> Option:
    """Return several options as one; `--help` lists them in their order."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def _remember(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        remember_data(ctx, value)


def remember_data(ctx: click.Context, folder: str) -> None:
    """Keep the name of the data folder for the command.

    Raises:
        click.UsageError: another was given before it: nobody would see which of the two counts.
    """
    if ctx.obj is not None and not ctx.resilient_parsing:
        raise click.UsageError("--data is given twice, and counts once; leave one out.", ctx)
    ctx.obj = folder


data_option = click.option(
    "--data", metavar="DIR", expose_value=False, callback=_remember, shell_complete=offer_folders,
    help=f"The data folder; {DATA}, or data/, if not given.",
)  # fmt: skip
"""May also stand before the command's name."""


def _find_output(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    return None if value == "-" else value


output_option = click.option(
    "--output", type=click.Path(), callback=_find_output,
    help="Write to this file, whole or not at all; - prints. Its name may say the format.",
)  # fmt: skip

as_at_option = click.option("--as-at", type=Day(), help="Only papers of that day or before, as 2010-02-22.")

measure_option = click.option(
    "--measure", type=click.Choice(MEASURES), default="money", show_default=True, help="What to add up."
)


def format_option(formats: Sequence[str]) -> Option:
    """Return `--format`; the first of `formats` is the default. What is not for a terminal is printed in UTF-8."""
    return click.option(
        "--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True, callback=_print_format
    )


def _print_format(_: click.Context, __: click.Parameter, value: str) -> str:
    if value not in TERMINAL_FORMATS:
        print_utf8()
    return value


def print_utf8() -> None:
    """Print in UTF-8 from now on, with the line ends that the text has: programs read it, and ask for no other."""
    if sys.stdout is not None and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


page_options = _together(format_option(PAGE_FORMATS), output_option, data_option)
"""Of a command that answers with a page."""

_FILTERS = (
    click.option("--year", "years", multiple=True, type=Year(), help="Only this year, as 2010/11; may be repeated."),
    click.option("--from", "first", type=Year(), help="No year before this."),
    click.option("--to", "last", type=Year(), help="No year after this."),
    click.option("--area", "areas", multiple=True, metavar="ID", shell_complete=offer("area"),
                 help="Only this area; may be repeated."),
    click.option("--project", "projects", multiple=True, metavar="ID", shell_complete=offer("project"),
                 help="Only this project."),
    click.option("--force", "forces", multiple=True, metavar="ID", shell_complete=offer("force"),
                 help="Only this force's share."),
    click.option("--category", "categories", multiple=True, type=click.Choice(CATEGORIES),
                 help="Only this category; costs alone."),
    click.option("--cashability", "cashabilities", multiple=True, type=click.Choice(CASHABILITIES),
                 help="Only savings of this kind; cashable takes in cash-releasing and not-cash-releasing."),
)  # fmt: skip


def selection_options(groupings: Sequence[str], sum_years: str, *more_filters: Option) -> Option:
    """Return the options that say what the rows are, which figures to add up, and how the sums are shown.

    The first of `groupings` is the default of `--by`; `sum_years` is the help of `--sum-years`. Filters are called as
    the fields of `Selection` that they fill.
    """
    return _together(
        click.option(
            "--by", type=click.Choice(groupings), default=groupings[0], show_default=True, help="What a row stands for."
        ),
        *_FILTERS,
        *more_filters,
        measure_option,
        as_at_option,
        click.option("--sum-years", is_flag=True, help=sum_years),
        click.option("--unit", type=Unit(), help="The unit shown (k, m will do); else the ledger's own."),
        click.option(
            "--places", type=click.IntRange(0, 8), help="The decimals shown; in another unit, as many as needed."
        ),
    )
