"""The command `emcollab`: its subcommands, loaded when called, and its exit statuses.

0: done, nothing wrong. 1: the data has problems. 2: the command was misused, or the folder is not there.
3: the machine failed (cannot read, cannot write). A reader that closes the pipe is not a failure.
"""

import contextlib
import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from emcollab import __version__

COMMANDS = {
    "totals": "Total the figures that stand, by area and year.",
    "statement": "Say in plain English what a project brought.",
    "trace": "Show the figures behind a total, each with its paper and its words.",
    "reconcile": "Compare printed tables with the ledger, cell by cell.",
    "appraisal": "Set plan, estimate, actual and cost side by side, and list what is missing.",
    "projects": "List the projects.",
    "forces": "Show who collaborates with whom.",
    "recommendations": "List what was recommended, and what came of it.",
    "report": "Write the pages that a committee, a panel and the public read.",
    "paper": "Write one document for a committee, in Word, HTML or Markdown.",
    "validate": "Report everything that is wrong with the data.",
    "explain": "Explain a problem by its code, or list the codes.",
    "diff": "Show what a change does to the totals, and through which figures.",
    "export": "Take every figure and record away, for other tools.",
    "schema": "Print the JSON Schema of a record, for editors and other validators.",
}
"""To add one: write `cli/NAME.py` with a click command called NAME, and list it here with its line of help, which is
kept here so that the list of commands needs none of them."""

MODULES = {"projects": "registers", "forces": "registers", "recommendations": "registers"}
"""The modules of commands that have not one of their own."""


class _LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the signature is click's
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{MODULES.get(cmd_name, cmd_name)}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            # The group's own suggestions are made of commands already loaded: none.
            raise click.NoSuchCommand(error.command_name, possibilities=list(COMMANDS), ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the signature is click's
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: emcollab totals --year 2010/11. Each command has its own --help.",
)
@click.option("--data", metavar="DIR", help="The data folder; EMCOLLAB_DATA, or data/, if not given.")
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
@click.pass_context
def group(ctx: click.Context, data: str | None) -> None:
    """Benefits-realisation ledger for police collaboration: what did it actually save?"""
    ctx.obj = data


def main() -> NoReturn:
    """Run the command and leave with its status.

    A run makes many small objects, hardly any of them in cycles, and keeps nearly all of them to its end: the
    garbage collector would look through them again and again, also on the way out, and find next to nothing.
    """
    gc.disable()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # else it looks through all packages that are installed
    for stream in (sys.stdout, sys.stderr):
        # Closed streams are None; on others, what the terminal cannot show is spelt out.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    status = _run()
    gc.freeze()
    sys.exit(status)


def _run() -> int:
    status = 0
    try:
        status = int(group.main(prog_name="emcollab", standalone_mode=False) or 0)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        if context is not None:  # pragma: no branch - what is raised here has one; what else click raises need not
            click.echo(f"{context.get_usage()}\nTry '{context.command_path} --help' for help.\n", err=True)
        _complain(f"Error: {error.format_message()}")
        return error.exit_code
    except click.Abort:
        return 130  # as shells say of what was interrupted
    except (BrokenPipeError, SystemExit):
        # Nobody reads on; click, where it is the first to notice, wants to leave with 1.
        _let_go()
    except OSError as error:
        where = f"'{error.filename}': " if error.filename else ""
        _complain(f"emcollab: {where}{error.strerror or error}")
        _let_go()
        return 3
    return status


def _let_go() -> None:
    """Write to nowhere from now on, so that what is left of the output does not fail again at exit."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _complain(text: str) -> None:
    """Print what went wrong, what was typed in it made safe to show."""
    from emcollab.render.formats.safe import safe

    click.echo(safe(text), err=True)
