"""`emcollab projects`, `forces` and `recommendations`: the registers."""

import click

from emcollab.cli.options import check_name, command, page_options
from emcollab.values.terms import STATUSES


@command("projects --status closed", "projects --force leicestershire")
@click.option("--status", type=click.Choice(STATUSES), help="Only of this status.")
@click.option("--force", metavar="ID", help="Only those in which this force takes part.")
@page_options
@click.pass_context
def projects(ctx: click.Context, *, status: str | None, force: str | None, format_: str, output: str | None) -> None:
    """List the projects: status, forces, how many figures there are, and why those that were closed were."""
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer
    from emcollab.render.pages.registers import list_projects, make_projects_page

    ledger = open_ledger(ctx)
    check_name(ctx, "--force", force, ledger.forces)
    ids = [
        id_
        for id_, project in ledger.projects.items()
        if status in {None, project.status} and (force is None or force in project.forces)
    ]
    answer(format_, output, lambda: make_projects_page(ledger, ids), lambda: list_projects(ledger, ids))


@command("forces --format markdown")
@page_options
@click.pass_context
def forces(ctx: click.Context, *, format_: str, output: str | None) -> None:
    """Show the forces, and which of them collaborate with which, the largest groups first."""
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer
    from emcollab.render.pages.registers import list_forces, make_forces_page

    ledger = open_ledger(ctx)
    answer(format_, output, lambda: make_forces_page(ledger), lambda: list_forces(ledger))


@command("recommendations --format markdown")
@page_options
@click.pass_context
def recommendations(ctx: click.Context, *, format_: str, output: str | None) -> None:
    """List each recommendation, what was done, and where that is said."""
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer
    from emcollab.render.pages.registers import list_recommendations, make_recommendations_page

    ledger = open_ledger(ctx)
    answer(format_, output, lambda: make_recommendations_page(ledger), lambda: list_recommendations(ledger))
