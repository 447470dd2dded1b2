"""What the options of choosing and showing come to, for the commands that have them."""

from collections.abc import Iterable, Mapping

import click

from emcollab.records.ledger import Ledger
from emcollab.render.formats.safe import safe
from emcollab.results.totals import Selection
from emcollab.values.dates import read_year
from emcollab.values.problems import BadValue, suggest


def years_of(ledger: Ledger, ctx: click.Context, option: str, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the financial years that were typed for `option`.

    Raises:
        click.BadParameter: one is not a financial year; the answer names the years there are.
    """
    try:
        return tuple(read_year(text) for text in typed)
    except BadValue as bad:
        there_are = ", ".join(ledger.years()) or "no year yet"
        message = safe(f"{bad.message}; the ledger has figures for {there_are}.")
        raise click.BadParameter(message, ctx, param_hint=option) from None


def ids_of(ctx: click.Context, option: str, typed: tuple[str, ...], known: Iterable[str]) -> tuple[str, ...]:
    """Return the ids that were typed for `option`.

    Raises:
        click.BadParameter: one is not among `known`; the answer says which was meant.
    """
    known = list(known)
    for text in typed:
        if text not in known:
            raise click.BadParameter(safe(f"there is no '{text}'; {suggest(text, known)}"), ctx, param_hint=option)
    return typed


def choose(
    ctx: click.Context, ledger: Ledger, filters: Mapping[str, tuple[str, ...] | str | None], measure: str
) -> Selection:
    """Return the selection that the options of `filter_options` ask for.

    Raises:
        click.BadParameter: a year is none, or an id is not there; the answer says which there are.
    """

    def many(name: str) -> tuple[str, ...]:
        return tuple(filters.get(name) or ())

    def year(option: str, name: str) -> str:
        typed = filters.get(name)
        return "".join(years_of(ledger, ctx, option, [str(typed)] if typed else []))

    if "cost" in many("categories") and len(set(many("categories"))) > 1:
        raise click.BadParameter("costs are not added to benefits; ask for them alone.", ctx, param_hint="--category")
    return Selection(
        measure=measure,
        years=years_of(ledger, ctx, "--year", many("years")),
        first=year("--from", "first"),
        last=year("--to", "last"),
        areas=ids_of(ctx, "--area", many("areas"), ledger.areas),
        projects=ids_of(ctx, "--project", many("projects"), ledger.projects),
        forces=ids_of(ctx, "--force", many("forces"), ledger.forces),
        categories=many("categories"),
        cashabilities=many("cashabilities"),
        bases=many("bases"),
    )


def choose_unit(ledger: Ledger, measure: str, unit: str | None, places: int | None) -> tuple[str, int | None]:
    """Return the unit and the decimals to show: the ledger's own where none are asked for.

    In another unit than the ledger's, and of posts and hours, as many decimals as lose nothing (`None`).
    """
    shown = unit or ledger.settings.unit
    if places is None and shown == ledger.settings.unit and measure == "money":
        places = ledger.settings.places
    return shown, places
