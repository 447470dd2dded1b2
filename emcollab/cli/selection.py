"""What the options of choosing and showing come to, for the commands that have them."""

from collections.abc import Mapping
from typing import Any

import click

from emcollab.cli.options import check_name
from emcollab.records.ledger import Ledger
from emcollab.results.totals import Selection


def choose(ctx: click.Context, ledger: Ledger, filters: Mapping[str, Any]) -> Selection:
    """Return the selection whose fields are `filters`, as `selection_options` name them.

    Raises:
        click.BadParameter: an id is not there (the answer says which was meant), or costs would be added to benefits,
            or plans to what came of them.
    """
    if "cost" in filters["categories"] and len(set(filters["categories"])) > 1:
        raise click.BadParameter("costs are not added to benefits; ask for them alone.", ctx, param_hint="--category")
    if "plan" in filters.get("bases", ()) and len(set(filters["bases"])) > 1:
        message = "plans are not added to what came of them; ask for them alone."
        raise click.BadParameter(message, ctx, param_hint="--basis")
    for option, there_are in (("area", ledger.areas), ("project", ledger.projects), ("force", ledger.forces)):
        for typed in filters[f"{option}s"]:
            check_name(ctx, f"--{option}", typed, there_are)
    return Selection(**{name: value for name, value in filters.items() if value is not None})


def choose_unit(ledger: Ledger, measure: str, unit: str | None, places: int | None) -> tuple[str, int | None]:
    """Return the unit and the decimals to show: the ledger's own where none are asked for.

    In another unit than the ledger's, and of posts and hours, as many decimals as lose nothing (`None`).
    """
    shown = unit or ledger.settings.unit
    if places is None and shown == ledger.settings.unit and measure == "money":
        places = ledger.settings.places
    return shown, places
