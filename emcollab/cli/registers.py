"""`emcollab projects`, `forces` and `recommendations`: the registers."""

from datetime import date

import click

from emcollab.cli.options import as_at_option, check_name, command, offer, page_options
from emcollab.values.terms import STATUSES


@command("projects --status closed", "projects --force leicestershire")
@click.option("--status", type=click.Choice(STATUSES), help="Only of this status.")
@click.option("--force", metavar="ID", shell_complete=offer("force"), help="Only those in which this force takes part.")
@as_at_option
@page_options
@click.pass_context
def projects(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, *, status: str | None, force: str | None, as_at: date | None, format_: str, output: str | None
) -> None:
    """List the projects: status, forces, how many figures there are, and why those that were closed were."""
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer
    from emcollab.render.pages.registers import list_projects, make_projects_page
    from emcollab.results.as_at import narrow_to_day

    ledger = narrow_to_day(open_ledger(ctx), as_at)
    check_name(ctx, "--force", force, ledger.forces)
    ids = [
        id_
        for id_, state in ledger.states.items()
        if status in {None, state.status} and (force is None or force in state.forces)
    ]
    answer(format_, output, lambda: make_projects_page(ledger, ids, as_at), lambda: list_projects(ledger, ids))


@command("forces --format markdown")
@as_at_option
@page_options
@click.pass_context
def forces(ctx: click.Context, *, as_at: date | None, format_: str, output: str | None) -> None:
    """Show the forces, and which of them collaborate with which, the largest groups first."""
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer
    from emcollab.render.pages.registers import list_forces, make_forces_page
    from emcollab.results.as_at import narrow_to_day

    ledger = narrow_to_day(open_ledger(ctx), as_at)
    answer(format_, output, lambda: make_forces_page(ledger, as_at), lambda: list_forces(ledger))


@command("recommendations --format markdown")
@as_at_option
@page_options
@click.pass_context
def recommendations(ctx: click.Context, *, as_at: date | None, format_: str, output: str | None) -> None:
    """List each recommendation, what was done, and where that is said."""
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer
    from emcollab.render.pages.registers import list_recommendations, make_recommendations_page
    from emcollab.results.as_at import narrow_to_day

    ledger = narrow_to_day(open_ledger(ctx), as_at)
    answer(format_, output, lambda: make_recommendations_page(ledger, as_at), lambda: list_recommendations(ledger))
