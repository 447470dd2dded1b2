"""`emcollab schema`: JSON Schemas of the data files."""

import click

from emcollab.cli.options import check_name, command, output_option, print_utf8


@command("schema project", "schema --output data/schema")
@click.argument("record", required=False)
@output_option
@click.pass_context
def schema(ctx: click.Context, *, record: str | None, output: str | None) -> None:
    """Print the JSON Schema (2020-12) of a RECORD; without one, list the records.

    With --output and no RECORD, write a file for each record into that folder.
    """
    from pathlib import Path

    from emcollab.cli.output import hand_over
    from emcollab.records.kinds import KINDS
    from emcollab.records.schema import make_schema
    from emcollab.render.formats.json import format_json

    records = [kind.record for kind in KINDS]
    check_name(ctx, "RECORD", record, records, noun="record")
    if record is not None:
        print_utf8()
        hand_over(format_json(make_schema(record)), output)
    elif output is None:
        hand_over("".join(f"{kind.record:16} {kind.place}\n" for kind in KINDS), None)
    else:
        Path(output).mkdir(parents=True, exist_ok=True)
        for each in records:
            hand_over(format_json(make_schema(each)), str(Path(output) / f"{each}.json"))
