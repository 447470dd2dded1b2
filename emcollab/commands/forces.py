"""`emcollab forces`: who collaborates with whom."""

import click

from emcollab.commands.options import page_options

_EPILOG = """\b
Example:
  emcollab forces --format markdown
"""


@click.command(epilog=_EPILOG)
@page_options
@click.pass_context
def command(ctx: click.Context, *, format_: str, output: str | None) -> None:
    """Show the forces, and which of them collaborate with which, the largest groups first."""
    from emcollab.commands.answering import answer
    from emcollab.commands.opening import open_ledger
    from emcollab.render.registers import list_forces, make_forces_page

    ledger = open_ledger(ctx)
    answer(format_, output, lambda: make_forces_page(ledger), lambda: list_forces(ledger))
