"""`emcollab reconcile`: printed tables against the ledger, and against themselves."""

import click

from emcollab.cli.options import check_name, command, offer, page_options

_ANSWERED = frozenset({"needless-acceptance", "unexplained-sum", "unreconciled-cell", "unreconciled-total"})
"""The problems that the answer itself tells of."""


@command("reconcile", "reconcile joint-committee-2010-02-22-table-1 --format markdown")
@click.argument("table", metavar="[ID]", required=False, shell_complete=offer("table"))
@page_options
@click.pass_context
def reconcile(ctx: click.Context, *, table: str | None, format_: str, output: str | None) -> None:
    """Compare each printed table with the ledger as at the date of its paper, cell by cell, and with its own sums.

    ID is the name of a file in published/; without one, all are compared. The status is 0 if all agrees or is
    accepted, and 1 if not.
    """
    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import answer
    from emcollab.render.pages.reconcile import as_document, make_page
    from emcollab.results.reconcile import reconcile

    ledger = open_ledger(ctx, despite=_ANSWERED)
    check_name(ctx, "ID", table, ledger.published)
    results = reconcile(ledger, [table] if table else ledger.published)
    answer(format_, output, lambda: make_page(results, ledger), lambda: as_document(results))
    ctx.exit(0 if all(result.is_right for result in results) else 1)
