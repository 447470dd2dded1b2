"""`emcollab validate`: every problem in the data, in one run."""

import click

from emcollab.commands.options import data_option, format_option

_EPILOG = """\b
Examples:
  emcollab validate data/
  emcollab validate --format json
"""


@click.command(epilog=_EPILOG)
@click.argument("folder", required=False, metavar="[DIR]")
@format_option("text", "json")
@data_option
@click.pass_context
def command(ctx: click.Context, *, folder: str | None, format_: str) -> None:
    """Report everything that is wrong with the data, each fault at its line and column.

    The status is 0 if nothing is wrong, and 1 if anything is.
    """
    from emcollab.commands.opening import check_folder, data_folder, hand_over
    from emcollab.render.problems import format_json_report, format_problems, format_summary

    ctx.obj = folder or ctx.obj
    loaded, problems = check_folder(data_folder(ctx))
    counts = len(loaded.texts), len(loaded.ledger.figures)
    if format_ == "json":
        hand_over(format_json_report(problems, *counts), None)
    else:
        hand_over(format_problems(problems) + format_summary(problems, *counts), None)
    ctx.exit(1 if problems else 0)
