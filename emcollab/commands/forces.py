"""`emcollab forces`: who collaborates with whom."""

import click

from emcollab.commands.options import data_option, format_option, output_option

_EPILOG = """\b
Example:
  emcollab forces --format markdown
"""


@click.command(epilog=_EPILOG)
@format_option("text", "markdown", "html", "json")
@output_option
@data_option
@click.pass_context
def command(ctx: click.Context, *, format_: str, output: str | None) -> None:
    """Show the forces, and which of them collaborate with which, the largest groups first."""
    from emcollab.commands.opening import hand_over, open_ledger
    from emcollab.render.formats import PAGE_FORMATS
    from emcollab.render.json import format_json
    from emcollab.render.registers import list_forces, make_forces_page

    ledger = open_ledger(ctx)
    if format_ == "json":
        hand_over(format_json(list_forces(ledger)), output)
    else:
        hand_over(PAGE_FORMATS[format_](make_forces_page(ledger)), output)
