"""`emcollab validate`: every problem in the data, in one run."""

import click

from emcollab.cli.options import (
    PAPERS,
    command,
    data_option,
    format_option,
    offer_folders,
    output_option,
    remember_data,
)
from emcollab.values.terms import REPORT_FORMATS


@command("validate data/", "validate data/ --papers papers/", "validate --format json", "explain unknown-force")
@click.argument("folder", required=False, metavar="[DIR]", shell_complete=offer_folders)
@click.option(
    "--papers",
    metavar="DIR",
    shell_complete=offer_folders,
    help=f"Look for quotations in the papers' own texts, DIR/ID.txt; {PAPERS}, if not given.",
)
@format_option(REPORT_FORMATS)
@output_option
@data_option
@click.pass_context
def validate(ctx: click.Context, *, folder: str | None, papers: str | None, format_: str, output: str | None) -> None:
    """Report everything that is wrong with the data, each fault at its line and column.

    The status is 0 if nothing is wrong, and 1 if anything is.
    """
    from emcollab.cli.data import check, data_folder, papers_folder
    from emcollab.cli.output import hand_over
    from emcollab.loading.folder import read_folder
    from emcollab.render.formats.problems import REPORTS, Findings, Quotations

    if folder:
        remember_data(ctx, folder)
    place = data_folder(ctx)
    shown = place
    if format_ != "text":
        from emcollab.loading.repository import find_from_root

        shown = find_from_root(place)
    loaded, problems, proof = check(*read_folder(place), shown, papers=papers_folder(ctx, papers))
    quotations = Quotations(proof.proved, proof.without_text) if proof else None
    findings = Findings(problems, len(loaded.texts), len(loaded.ledger.figures), quotations)
    hand_over(REPORTS[format_](findings), output)
    ctx.exit(1 if problems else 0)
