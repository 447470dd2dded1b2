"""What `emcollab import --table` does: the printed table on a sheet, as a file of `published/`.

What it is given and returns is of rooms that are imported only when the command runs.
"""
# ruff: noqa: ANN401 - so their types have no names here

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import click

from emcollab.values.terms import PRINTED_ROWS

_OPTIONS = (
    click.option("--table", is_flag=True, help="The sheet is a printed table: make a file of published/ of it."),
    click.option("--by", type=click.Choice(PRINTED_ROWS), help="Of a table: what a row stands for, to be compared."),
    click.option("--id", "id_", metavar="ID", help="Of a table: the name of its file; else it is made of the paper's."),
    click.option("--at", metavar="PLACE", help="Of a table: where in the paper it is, as 'Table 4'."),
    click.option("--title", metavar="TEXT", help="Of a table: its title, where the sheet has none."),
    click.option("--heading", nargs=2, multiple=True, metavar="LABEL KEYS", help="Of a table: what a column is."),
    click.option("--row", nargs=2, multiple=True, metavar="LABEL KEYS", help="Of a table: what a row is; 'id: fleet'."),
    click.option("--accept", nargs=2, multiple=True, metavar="ROW:COLUMN WHY", help="Of a table: why a cell is off."),
    click.option("--paper", metavar="TITLE", help="Of a table: the title of its paper, if that is to be added too."),
    click.option("--body", metavar="TEXT", help="Of a paper that is added: the body that it went to."),
    click.option("--date", metavar="DAY", help="Of a paper that is added: the day of the meeting, as 2016-06-16."),
    click.option("--mark", metavar="TEXT", help="Of a paper that is added: its letter or agenda item."),
    click.option(
        "--figures", is_flag=True, help="Of a table: state its figures in the projects that they are of, too."
    ),
)


def table_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what `import` has for printed tables alone."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def check_options(ctx: click.Context, printed: Mapping[str, Any], others: Mapping[str, Any]) -> None:
    """Refuse options of tables for a sheet of figures, and for a table those that are of sheets of figures (`others`).

    Raises:
        click.UsageError: there is one.
    """
    names = {"id_": "id", "save_rules": "save-rules", "columns": "column"}
    given = others if printed["table"] else {name: value for name, value in printed.items() if name != "table"}
    for name, value in given.items():
        if value:
            where = (
                "for a sheet of figures, not with --table" if printed["table"] else "for a printed table; add --table"
            )
            raise click.UsageError(f"--{names.get(name, name)} is {where}.", ctx)


def read_table(ctx: click.Context, rules: Any, printed: Mapping[str, Any], sheet: Any, before: Any) -> Any:
    """Return what comes of the printed table on a sheet, by what `rules` and the options of `table_options` say.

    `before` is the data folder, as loaded.

    Raises:
        BadValue: there is none.
        click.UsageError: the paper is not named, or something cannot be read.
    """
    from emcollab.writing.printed.draft import Request
    from emcollab.writing.printed.outcome import import_table

    source, papers = _read_paper(ctx, rules.every.get("source"), printed, before.ledger)
    by = printed["by"] or ""
    request = Request(
        source, by, printed["id_"] or "", printed["at"] or "", printed["title"] or "",
        rules.unit or rules.every.get("measure", ""),
        getattr(rules.names, f"{by}s", {}),
        _read_keys(ctx, "--heading", printed["heading"]),
        _read_keys(ctx, "--row", printed["row"]),
        {_read_place(ctx, place): why for place, why in printed["accept"]},
    )  # fmt: skip
    return import_table(sheet, request, before, papers, figures=printed["figures"])


def _read_paper(
    ctx: click.Context, named: str | None, printed: Mapping[str, Any], ledger: Any
) -> tuple[str, dict[str, Any]]:
    """Return the id of the paper of a table, and the records of those that are to be added, by id.

    Raises:
        click.UsageError: it is not named, or there is another one of its id.
    """
    from emcollab.cli.write import refuse_taken
    from emcollab.writing.statements import make_paper

    of_paper = {name: printed[name] for name in ("body", "date", "mark")}
    if printed["paper"]:
        if not (of_paper["body"] and of_paper["date"]):
            raise click.UsageError("a new paper needs --body and --date.", ctx)
        id_, paper = make_paper({**of_paper, "title": printed["paper"], "source": named})
        refuse_taken(ctx, ledger, id_, paper)
        return id_, {id_: paper}
    if stray := next((name for name, text in of_paper.items() if text), None):
        raise click.UsageError(f"--{stray} is of a new paper: give its title with --paper.", ctx)
    if not named:
        message = (
            "a printed table is of a paper: name it with --source ID, or a new one with --paper, --body and --date."
        )
        raise click.UsageError(message, ctx)
    return named, {}


def _read_keys(ctx: click.Context, option: str, typed: tuple[tuple[str, str], ...]) -> dict[str, dict[str, Any]]:
    """Return the keys that were given for each label, as a data file has them between { and }.

    Raises:
        click.BadParameter: they cannot be read.
    """
    from emcollab.loading.parser import read_document
    from emcollab.render.formats.safe import safe

    found: dict[str, dict[str, Any]] = {}
    for label, text in typed:
        document = read_document("-", f"{{{text}}}\n".encode())
        if document.problems or not isinstance(document.value, dict):
            message = safe(f"'{text}' cannot be read; write it as 'period: 2015/16, basis: plan'.")
            raise click.BadParameter(message, ctx, param_hint=option)
        found[label] = document.value
    return found


def _read_place(ctx: click.Context, text: str) -> tuple[int, int]:
    """Return row and column of a cell, typed as `11:F` or `11:6`.

    Raises:
        click.BadParameter: it is not typed so.
    """
    from emcollab.render.formats.safe import safe

    found = re.fullmatch(r"([0-9]{1,7}):(?:([0-9]{1,5})|([A-Z]{1,3}))", text.upper(), re.ASCII)
    if not found:
        raise click.BadParameter(safe(f"'{text}' is not ROW:COLUMN, such as '11:F'."), ctx, param_hint="--accept")
    column = int(found[2] or 0)
    for letter in found[3] or "":
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[1]), column


def answer_table(  # noqa: PLR0913 - as many as the answer needs
    ctx: click.Context, came: Any, name: str, folder: Path, page: tuple[str, str | None], *, write: bool, strict: bool
) -> NoReturn:  # fmt: skip
    """Write what came of the table in the file `name`, if that is asked for and nothing stops it.

    Answer in the format, and to the output, of `page`, and leave with status 0, or 1 if something stops it.

    Raises:
        OSError: it cannot be written.
    """
    from emcollab.cli.output import answer
    from emcollab.cli.write import write_changes
    from emcollab.writing.printed.page import as_document, make_page

    stopped = came.say_what_stops(strict=strict)
    written = write and not stopped
    if written:
        write_changes(folder, came.changes)
    answer(
        *page, lambda: make_page(came, name, stopped, written=written), lambda: as_document(came, name, written=written)
    )
    ctx.exit(1 if stopped else 0)
