"""`emcollab schema`: JSON Schemas of the data files."""

import click

from emcollab.cli.options import check_name, command, data_option, offer, output_option, print_utf8


@command("schema project", "schema --output data/schema", "schema --with-ids --output data/schema")
@click.argument("record", required=False, shell_complete=offer("record"))
@click.option("--with-ids", is_flag=True, help="With the ids of this ledger, for editors to offer and to check.")
@output_option
@data_option
@click.pass_context
def schema(ctx: click.Context, *, record: str | None, with_ids: bool, output: str | None) -> None:
    """Print the JSON Schema (2020-12) of a RECORD; without one, list the records.

    With --output and no RECORD, write a file for each record into that folder.
    """
    from pathlib import Path

    from emcollab.cli.data import open_ledger
    from emcollab.cli.output import hand_over, refuse_ways_out
    from emcollab.records.kinds import KINDS
    from emcollab.records.schema import Ids, make_schema
    from emcollab.render.formats.json import format_json

    records = [kind.record for kind in KINDS]
    check_name(ctx, "RECORD", record, records, noun="record")
    if with_ids and record is None and output is None:
        raise click.UsageError("name a RECORD, or with --output a folder for all of them.", ctx)
    ids: Ids = open_ledger(ctx).ids() if with_ids else {}
    if record is not None:
        print_utf8()
        hand_over(format_json(make_schema(record, ids)), output)
    elif output is None:
        hand_over("".join(f"{kind.record:16} {kind.place}\n" for kind in KINDS), None)
    else:
        folder = Path(output)
        files = {str(folder / f"{each}.json"): each for each in records}
        for path in files:
            refuse_ways_out(path)
            refuse_ways_out(path, folder)
        folder.mkdir(parents=True, exist_ok=True)
        for path, each in files.items():
            hand_over(format_json(make_schema(each, ids)), path)
