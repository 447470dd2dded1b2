"""`emcollab recommendations`: what was recommended, and what came of it."""

import click

from emcollab.commands.options import page_options

_EPILOG = """\b
Example:
  emcollab recommendations --format markdown
"""


@click.command(epilog=_EPILOG)
@page_options
@click.pass_context
def command(ctx: click.Context, *, format_: str, output: str | None) -> None:
    """List each recommendation, what was done, and where that is said."""
    from emcollab.commands.answering import answer
    from emcollab.commands.opening import open_ledger
    from emcollab.render.registers import list_recommendations, make_recommendations_page

    ledger = open_ledger(ctx)
    answer(format_, output, lambda: make_recommendations_page(ledger), lambda: list_recommendations(ledger))
