"""`emcollab schema`: JSON Schemas of the data files."""

import click

from emcollab.commands.options import output_option

_EPILOG = """\b
Examples:
  emcollab schema project
  emcollab schema --output data/schema
"""


@click.command(epilog=_EPILOG)
@click.argument("record", required=False)
@output_option
@click.pass_context
def command(ctx: click.Context, *, record: str | None, output: str | None) -> None:
    """Print the JSON Schema (2020-12) of a RECORD; without one, list the records.

    With --output and no RECORD, write a file for each record into that folder.
    """
    from pathlib import Path

    from emcollab.commands.opening import hand_over
    from emcollab.models import KINDS
    from emcollab.models.schema import make_schema
    from emcollab.problems import suggest
    from emcollab.render.json import format_json
    from emcollab.render.safe import safe

    records = [kind.record for kind in KINDS]
    if record is not None:
        if record not in records:
            message = safe(f"there is no record '{record}'; {suggest(record, records)}")
            raise click.BadParameter(message, ctx, param_hint="RECORD")
        hand_over(format_json(make_schema(record)), output)
    elif output is None:
        hand_over("".join(f"{kind.record:16} {kind.place}\n" for kind in KINDS), None)
    else:
        Path(output).mkdir(parents=True, exist_ok=True)
        for each in records:
            hand_over(format_json(make_schema(each)), str(Path(output) / f"{each}.json"))
