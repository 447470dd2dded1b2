"""`emcollab init`: a new ledger, with what its keepers need to begin."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from emcollab.cli.options import Unit, command, offer_folders
from emcollab.values.terms import FORGES

_TITLE, _UNIT = "Police collaboration", "£k"
"""What stands where nothing else is asked for."""


@command(
    "init",
    "init westmarch --title 'Westmarch police collaboration' --force Aldershire --force Dunmoor",
    "init --ci github",
)
@click.argument("folder", metavar="[DIR]", default=".", shell_complete=offer_folders)
@click.option("--title", metavar="TEXT", help="What the ledger is called: the heading of its tables.")
@click.option("--force", "forces", multiple=True, metavar="NAME", help="A force taking part; may be repeated.")
@click.option("--unit", type=Unit(), help=f"The unit of its tables; {_UNIT}, if not given.")
@click.option("--ci", type=click.Choice(FORGES), help="Also the checks of pull or merge requests, and of commits.")
@click.option("--tool", metavar="TEXT", help="What pip installs for them; as this was installed, if not given.")
@click.pass_context
def init(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, *, folder: str, title: str | None, forces: Sequence[str], unit: str | None, ci: str | None,
    tool: str | None,
) -> None:  # fmt: skip
    """Begin a new ledger in DIR/data, where DIR is the repository of its keepers; if not given, here.

    On a terminal it asks for what is not given. It writes over nothing. Where there is a ledger already, --ci adds the
    checks to it.
    """
    from emcollab.cli.output import refuse_ways_out
    from emcollab.loading.repository import find_root
    from emcollab.render.formats.safe import safe
    from emcollab.writing.beginning import OWNER, make_checks, make_ledger

    if ci and (root := find_root(Path(folder))) not in {None, Path(folder).resolve()}:
        remedy = "name that, or begin without --ci and write the checks as emcollab's README.md says"
        raise click.UsageError(safe(f"checks are looked for at the root of a repository, '{root}'; {remedy}."), ctx)
    data = Path(folder) / "data"
    is_new = not os.path.lexists(data / "ledger.yaml")
    checks = make_checks(ci, tool or _find_tool()) if ci else {}
    ways = [data, data / "projects", data / "schema"] if is_new else []
    for way in [*ways, *((Path(folder) / path).parent for path in checks)]:
        refuse_ways_out(str(way), Path(folder))
    if is_new:
        if sys.stdin is not None and sys.stdin.isatty():
            title = title or click.prompt("What is the ledger called?", default=_TITLE)
            unit = unit or click.prompt("In which unit are its tables?", type=Unit(), default=_UNIT)
            forces = forces or click.prompt("Which forces take part? (A, B, C)", default="", show_default=False).split(
                ","
            )
        names = [name.strip() for name in forces if name.strip()]
        _check_forces(ctx, names)
        ledger = make_ledger(title or _TITLE, unit or _UNIT, names)
        _check_ledger(ctx, data, ledger)
        _write_new(data, ledger)
        click.echo(safe(f"{data}: a new ledger, in order; nothing is stated in it yet"))
    elif not ci:
        raise click.UsageError(safe(f"there is a ledger in '{data}' already; --ci adds the checks to it."), ctx)
    if ci:
        written = _write_new(Path(folder), checks)
        for path in checks:
            done = "checks changes" if path in written else "is there already, and is left as it is"
            click.echo(safe(f"{Path(folder) / path}: {done}"))
        if any(f"/{OWNER}/".encode() in checks[path] for path in written):
            click.echo(f"In these, write whose emcollab pip is to install, in place of {OWNER}.")
    if is_new:
        click.echo(_NEXT.format(data=safe(str(data))), nl=False)


_NEXT = """
What to do next:
  write each paper into {data}/sources.yaml, each row of your summary table into areas.yaml beside it
  copy {data}/projects/.example.yaml to projects/ID.yaml for each project
  or take over the sheet that you keep: emcollab --data {data} import SHEET.csv
  then: emcollab --data {data} totals
{data}/README.md says how to write a paper, a project or a figure. Put it all under git.
"""


def _check_forces(ctx: click.Context, names: Sequence[str]) -> None:
    """Let pass names of forces of which ids can be made, each of its own.

    Raises:
        click.UsageError: they cannot.
    """
    from emcollab.render.formats.safe import safe
    from emcollab.writing.beginning import force_id

    ids = [force_id(name) for name in names]
    for position, id_ in enumerate(ids):
        if not id_:
            raise click.UsageError(safe(f"'{names[position]}' is no name of a force."), ctx)
        if id_ in ids[:position]:
            same = names[ids.index(id_)]
            raise click.UsageError(safe(f"'{same}' and '{names[position]}' would both have the id '{id_}'."), ctx)


def _check_ledger(ctx: click.Context, data: Path, ledger: Mapping[str, bytes]) -> None:
    """Let pass a new ledger that is in order, with what is in its folder already, and writes over none of that.

    Raises:
        click.UsageError: another file is there.
    """
    from emcollab.cli.data import check, show_problems
    from emcollab.loading.folder import is_left_alone, read_folder
    from emcollab.render.formats.safe import safe

    for path, new in ledger.items():
        place = data / path
        if os.path.lexists(place) and (place.is_symlink() or not place.is_file() or place.read_bytes() != new):
            raise click.UsageError(safe(f"'{data / path}' is there already, and nothing is written over."), ctx)
    files, strays = read_folder(data) if data.is_dir() else ({}, [])
    checked = check(files | {path: new for path, new in ledger.items() if not is_left_alone(path)}, strays, data)
    if checked.problems:
        show_problems(checked)
        click.echo("nothing is written until they are mended", err=True)
        ctx.exit(1)


def _find_tool() -> str:
    """Return what pip is to install so that it installs this very tool."""
    from importlib.metadata import distributions

    from emcollab.writing.beginning import find_tool

    return find_tool(next((found.read_text("direct_url.json") for found in distributions(name="emcollab")), None))


def _write_new(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write the files that are not there yet, in their order; return their paths."""
    from emcollab.cli.output import write_to

    new = [path for path in files if not os.path.lexists(folder / path)]
    for path in new:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write_to(str(folder / path), files[path])
    return new
