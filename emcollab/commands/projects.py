"""`emcollab projects`: the register."""

import click

from emcollab.commands.options import page_options

_EPILOG = """\b
Examples:
  emcollab projects --status closed
  emcollab projects --force leicestershire
"""


@click.command(epilog=_EPILOG)
@click.option("--status", type=click.Choice(("proposed", "live", "completed", "closed")), help="Only of this status.")
@click.option("--force", metavar="ID", help="Only those in which this force takes part.")
@page_options
@click.pass_context
def command(ctx: click.Context, *, status: str | None, force: str | None, format_: str, output: str | None) -> None:
    """List the projects: status, forces, how many figures there are, and why those that were closed were."""
    from emcollab.commands.answering import answer
    from emcollab.commands.opening import ids_of, open_ledger
    from emcollab.render.registers import list_projects, make_projects_page

    ledger = open_ledger(ctx)
    ids_of(ctx, "--force", (force,) if force else (), ledger.forces)
    ids = [
        id_
        for id_, project in ledger.projects.items()
        if status in {None, project.status} and (force is None or force in project.forces)
    ]
    answer(format_, output, lambda: make_projects_page(ledger, ids), lambda: list_projects(ledger, ids))
