"""`emcollab reconcile`: printed tables against the ledger."""

import click

from emcollab.cli.options import check_name, command, page_options


@command("reconcile", "reconcile joint-committee-2010-02-22-table-1 --format markdown")
@click.argument("table", metavar="[ID]", required=False)
@page_options
@click.pass_context
def reconcile(ctx: click.Context, *, table: str | None, format_: str, output: str | None) -> None:
    """Compare each printed table with the ledger as at the date of its paper, cell by cell.

    ID is the name of a file in published/; without one, all are compared.
    """
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer
    from emcollab.render.pages.reconcile import as_document, make_page
    from emcollab.results.reconcile import reconcile

    ledger = open_ledger(ctx)
    check_name(ctx, "ID", table, ledger.published)
    results = reconcile(ledger, [table] if table else ledger.published)
    answer(format_, output, lambda: make_page(results, ledger), lambda: as_document(results))
