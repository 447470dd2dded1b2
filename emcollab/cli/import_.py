"""`emcollab import`: a sheet into the ledger; first a draft to look at, then, with `--write`, what it adds."""

import errno
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from emcollab.cli.options import Unit, check_name, command, page_options
from emcollab.cli.table import answer_table, check_options, read_table, table_options

RULES = "import.yaml"  # beside the sheet


@command(
    "import tracker.csv",
    "import tracker.xlsx --sheet Savings --column benefit='What it is' --save-rules",
    "import tracker.csv --write",
    "import table-4.csv --table --source board-2016-06-16 --at 'Table 4' --by project",
    "import - --every area=fleet --source board-2016-06-16 < pasted.txt",
)
@click.argument("file", metavar="FILE")
@click.option("--write", is_flag=True, help="Add it to the ledger, if nothing stops it.")
@click.option(
    "--strict", is_flag=True, help="Let everything stop it that was read or left out in a way that has to be told."
)
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=HEADING", help="Which column is what: its heading, or letter."
)
@click.option("--every", multiple=True, metavar="FIELD=VALUE", help="What is the same in every row, as area=fleet.")
@click.option("--source", metavar="ID", help="The paper that all figures are from, where no column says so.")
@click.option("--unit", type=Unit(), help="The unit of amounts that have none.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook.")
@click.option(
    "--rules", "rules_file", metavar="FILE", help=f"How the sheet is read; {RULES} beside it, if that is there."
)
@click.option("--save-rules", is_flag=True, help="Keep in that file how it is read, for the next time.")
@table_options
@page_options
@click.pass_context
def import_(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, /, *, file: str, write: bool, strict: bool, columns: tuple[str, ...], every: tuple[str, ...],
    source: str | None, unit: str | None, sheet: str | None, rules_file: str | None, save_rules: bool,
    format_: str, output: str | None, **printed: Any,  # noqa: ANN401 - what each option of tables gives
) -> None:  # fmt: skip
    """Show what the figures in a sheet add to the ledger; with --write, add it.

    FILE is CSV, TSV or XLSX, or - for what is pasted. One figure a row, or one benefit a row with years across. What
    cannot be taken as it is is told at its row and column, with what to write; the status is then 1.
    """
    from emcollab.cli.data import check, data_folder, refuse
    from emcollab.cli.output import answer, hand_over, say_written
    from emcollab.cli.write import write_changes
    from emcollab.loading.folder import read_folder
    from emcollab.values.problems import BadValue
    from emcollab.writing.figures import import_figures
    from emcollab.writing.page import as_document, make_page
    from emcollab.writing.rules import format_rules
    from emcollab.writing.sheet import read_sheet

    check_options(ctx, printed, {"columns": columns, "save_rules": save_rules})
    folder = data_folder(ctx)
    name, data = _read(file)
    place = Path(rules_file) if rules_file else Path(file).parent / RULES if file != "-" else None
    if save_rules:
        _check_place(ctx, place)
    said = {"unit": unit, "sheet": sheet}
    given = {field: text for field, text in said.items() if text}
    pairs = {"columns": _pairs(ctx, "--column", columns), "every": _pairs(ctx, "--every", every)}
    if source:
        pairs["every"]["source"] = source
    rules = _open_rules(ctx, place, given, pairs, needed=bool(rules_file) and not save_rules)
    files, problems = read_folder(folder)
    checked = check(files, problems, folder)
    if checked.problems:
        refuse(ctx, checked)
    try:
        read = read_sheet(file, data, rules.sheet or "")
        if printed["table"]:
            table = read_table(ctx, rules, printed, read, checked.loaded)
            answer_table(ctx, table, name, folder, (format_, output), write=write, strict=strict)
        came = import_figures(read, rules, checked.loaded)
    except BadValue as bad:
        _refuse_sheet(ctx, f"{name}: {bad.code}: {bad.message}; {bad.help}")
    except ModuleNotFoundError as missing:
        if missing.name != "openpyxl":
            raise
        message = "a workbook needs the package openpyxl; install it with: pip install 'emcollab[import]'"
        raise click.UsageError(f"{message}; or save the sheet as CSV.", ctx) from None
    stopped = came.say_what_stops(strict=strict)
    if write and not stopped:
        write_changes(folder, came.changes)
    if save_rules and place:
        hand_over(format_rules(rules, came.layout), str(place))
        say_written("how the sheet is read", str(place))
    answer(
        format_, output,
        lambda: make_page(came, name, stopped, written=write and not stopped),
        lambda: as_document(came, name, written=write and not stopped),
    )  # fmt: skip
    ctx.exit(1 if stopped else 0)


def _read(file: str) -> tuple[str, bytes]:
    """Return what to call the sheet, and its bytes.

    Raises:
        OSError: it cannot be read.
    """
    if file != "-":
        return file, Path(file).read_bytes()
    if sys.stdin is None:
        raise OSError(errno.EBADF, "there is no standard input to read")
    return "pasted", sys.stdin.buffer.read()


def _check_place(ctx: click.Context, place: Path | None) -> None:
    """Let pass a place for rules, if there is one.

    Raises:
        click.UsageError: there is none, or a link leads out of the repository.
    """
    from emcollab.cli.output import refuse_ways_out

    if place is None:
        raise click.UsageError(
            "--save-rules needs --rules FILE, where there is no file beside which to keep them.", ctx
        )
    refuse_ways_out(str(place))


def _pairs(ctx: click.Context, option: str, typed: Iterable[str]) -> dict[str, str]:
    """Return what was typed for `option` by field.

    Raises:
        click.BadParameter: something is no field and a value, or a field is given twice.
    """
    from emcollab.records.rules import FIELDS
    from emcollab.render.formats.safe import safe

    pairs = {}
    for text in typed:
        field, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not value:
            raise click.BadParameter(safe(f"'{text}' is not FIELD=VALUE."), ctx, param_hint=option)
        check_name(ctx, option, field, FIELDS, noun="field")
        if field in pairs:
            raise click.BadParameter(
                f"'{field}' is given twice, and counts once; leave one out.", ctx, param_hint=option
            )
        pairs[field] = value
    return pairs


def _open_rules(
    ctx: click.Context, place: Path | None, given: dict[str, str], pairs: dict[str, dict[str, str]], *, needed: bool
) -> Any:  # noqa: ANN401 - Rules, which is imported when the command runs
    """Return the rules of the file at `place`, if it is there, with what was given for this time.

    Raises:
        OSError: it cannot be read, or is not there though it is `needed`.
    """
    from emcollab.records.rules import Rules
    from emcollab.render.formats.problems import Findings, format_text
    from emcollab.writing.rules import read_rules

    rules = Rules()
    if place and (needed or place.is_file()):
        rules, problems = read_rules(str(place), place.read_bytes())
        if problems:
            _refuse_sheet(ctx, format_text(Findings(problems, 1, 0)).rstrip("\n"))
    merged = {name: {**getattr(rules, name), **more} for name, more in pairs.items()}
    return rules.model_copy(update={**given, **merged})


def _refuse_sheet(ctx: click.Context, words: str) -> NoReturn:
    """Print why the sheet cannot be read at all, and leave with status 1."""
    from emcollab.render.formats.safe import safe

    click.echo("\n".join(safe(line) for line in words.split("\n")), err=True)
    ctx.exit(1)
