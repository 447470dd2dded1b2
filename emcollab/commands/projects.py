"""`emcollab projects`: the register."""

import click

from emcollab.commands.options import data_option, format_option, output_option

_EPILOG = """\b
Examples:
  emcollab projects --status closed
  emcollab projects --force leicestershire
"""


@click.command(epilog=_EPILOG)
@click.option("--status", type=click.Choice(("proposed", "live", "completed", "closed")), help="Only of this status.")
@click.option("--force", metavar="ID", help="Only those in which this force takes part.")
@format_option("text", "markdown", "html", "json")
@output_option
@data_option
@click.pass_context
def command(ctx: click.Context, *, status: str | None, force: str | None, format_: str, output: str | None) -> None:
    """List the projects: status, forces, how many figures there are, and why those that were closed were."""
    from emcollab.commands.opening import hand_over, ids_of, open_ledger
    from emcollab.render.formats import PAGE_FORMATS
    from emcollab.render.json import format_json
    from emcollab.render.registers import list_projects, make_projects_page

    ledger = open_ledger(ctx)
    ids_of(ctx, "--force", (force,) if force else (), ledger.forces)
    ids = [
        id_
        for id_, project in ledger.projects.items()
        if status in {None, project.status} and (force is None or force in project.forces)
    ]
    if format_ == "json":
        hand_over(format_json(list_projects(ledger, ids)), output)
    else:
        hand_over(PAGE_FORMATS[format_](make_projects_page(ledger, ids)), output)
