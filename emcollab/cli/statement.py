"""`emcollab statement`: what a project brought, in plain English."""

from datetime import date

import click

from emcollab.cli.options import as_at_option, check_name, command, offer, page_options


@command("statement mobile-data", "statement --all --format markdown --output statements.md")
@click.argument("project", required=False, shell_complete=offer("project"))
@click.option("--all", "every", is_flag=True, help="The statements of all projects.")
@as_at_option
@page_options
@click.pass_context
def statement(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, *, project: str | None, every: bool, as_at: date | None, format_: str, output: str | None
) -> None:
    """Say in plain English what PROJECT is, what it brought and took, and what cannot be said."""
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import find_columns, hand_over
    from emcollab.render.formats import format_page
    from emcollab.render.formats.json import format_json
    from emcollab.render.pages.statement import as_document, make_page
    from emcollab.render.pages.words import sort_by_name
    from emcollab.results.as_at import narrow_to_day
    from emcollab.results.standing import find_standing

    if every == bool(project):
        raise click.UsageError("name a PROJECT, or give --all.", ctx)
    ledger = narrow_to_day(open_ledger(ctx), as_at)
    check_name(ctx, "PROJECT", project, ledger.projects)
    ids = list(ledger.projects) if every else [str(project)]
    ledgers, standing = ledger.by_project(), find_standing(ledger)
    if format_ == "json":
        documents = [as_document(ledgers[id_], standing, id_, as_at) for id_ in ids]
        hand_over(format_json(documents if every else documents[0]), output)
    else:
        pages = (make_page(ledgers[id_], standing, id_, as_at) for id_ in sort_by_name(ledger, ids))
        columns = find_columns(output)
        hand_over("\n".join(format_page(page, format_, columns) for page in pages), output)
