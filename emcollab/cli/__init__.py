"""The command `emcollab`: its subcommands, loaded when called, and its exit statuses.

0: done, nothing wrong. 1: the data has problems. 2: the command was misused, or the folder is not there.
3: the machine failed (cannot read, cannot write). A reader that closes the pipe is not a failure.
"""

import contextlib
import errno
import gc
import io
import os
import sys
from importlib import import_module
from typing import Any, NoReturn, TextIO

import click

from emcollab import __version__
from emcollab.cli.options import refuse_repeated

COMMANDS = {
    "totals": "Total the figures that stand, by area and year.",
    "statement": "Say in plain English what a project brought.",
    "trace": "Show the figures behind a total, each with its paper and its words.",
    "reconcile": "Compare printed tables with the ledger, cell by cell.",
    "appraisal": "Set plan, estimate, actual and cost side by side, and list what is missing.",
    "projects": "List the projects.",
    "forces": "Show who collaborates with whom.",
    "recommendations": "List what was recommended, and what came of it.",
    "import": "Add the figures of a spreadsheet to the ledger.",
    "report": "Write the pages that a committee, a panel and the public read.",
    "paper": "Write one document for a committee, in Word, HTML or Markdown.",
    "validate": "Report everything that is wrong with the data.",
    "explain": "Explain a problem by its code, or list the codes.",
    "init": "Begin a new ledger.",
    "add": "Add what a paper says, in its place in the data.",
    "diff": "Show what a change does to the totals, and through which figures.",
    "export": "Take every figure and record away, for other tools.",
    "schema": "Print the JSON Schema of a record, for editors and other validators.",
}
"""To add one: write `cli/NAME.py` with a click command called NAME, and list it here with its line of help, which is
kept here so that the list of commands needs none of them."""

MODULES = {"projects": "registers", "forces": "registers", "recommendations": "registers", "import": "import_"}
"""The modules of commands that are not called as these are."""

PYTHON_WORDS = frozenset({"import"})
"""Commands whose names Python keeps for itself: theirs end in `_` there."""


class _LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        refuse_repeated(ctx, args)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the signature is click's
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"{__name__}.{MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, f"{cmd_name}_" if cmd_name in PYTHON_WORDS else cmd_name)
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


def _offer_folders() -> list[Any]:
    """Return what lets the shell itself offer folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem("", type="dir")]


@click.group(
    cls=_LazyGroup,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: emcollab totals --year 2010/11. Each command has its own --help.",
)
@click.option(
    "--data",
    metavar="DIR",
    shell_complete=lambda *_: _offer_folders(),
    help="The data folder; EMCOLLAB_DATA, or data/, if not given.",
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
@click.pass_context
def group(ctx: click.Context, data: str | None) -> None:
    """Benefits-realisation ledger for police collaboration: what did it actually save?"""
    ctx.obj = data
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> NoReturn:
    """Run the command and leave with its status.

    A run makes many small objects, hardly any of them in cycles, and keeps nearly all of them to its end: the
    garbage collector would look through them again and again, also on the way out, and find next to nothing.
    """
    gc.disable()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # else it looks through all packages that are installed
    sys.stdout, sys.stderr = _make_lasting(sys.stdout), _make_lasting(sys.stderr)
    status = _run()
    gc.freeze()
    sys.exit(status)


class _LastingStream(io.FileIO):
    """A stream that goes on when nobody reads it any more, so that the status is what the command came to."""

    def write(self, data: Any) -> int:  # noqa: ANN401 - whatever is made of bytes
        """Write `data`, or drop it: of stderr also for other reasons, since there is nobody left to be told."""
        try:
            return super().write(data)
        except OSError as error:
            if self.fileno() != _STDERR and error.errno not in _NOBODY_READS:
                raise
            return len(data)


_STDOUT, _STDERR = 1, 2
_NOBODY_READS = {errno.EPIPE, errno.EINVAL} if sys.platform == "win32" else {errno.EPIPE}


def _make_lasting(stream: TextIO | None) -> Any:  # noqa: ANN401 - what `sys` has may be closed, and then is none
    """Return a stream that writes to where `stream` does; what a terminal cannot show it spells out."""
    buffer = getattr(stream, "buffer", None)
    if stream is None or not isinstance(getattr(buffer, "raw", buffer), io.FileIO):
        with contextlib.suppress(AttributeError):  # a closed one; the console of Windows is none of the others
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # `None` has no such method either
        return stream
    return io.TextIOWrapper(
        io.BufferedWriter(_LastingStream(stream.fileno(), "wb", closefd=False)),
        encoding=stream.encoding, errors="backslashreplace", newline="\n", line_buffering=bool(stream.line_buffering),
    )  # fmt: skip


def _run() -> int:
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
    except OSError as error:
        where = f"'{error.filename}': " if error.filename else ""
        _complain(f"emcollab: {where}{error.strerror or error}")
        with contextlib.suppress(OSError):  # what is left of the output would fail again on the way out
            os.dup2(os.open(os.devnull, os.O_WRONLY), _STDOUT)
        return 3
    except MemoryError:
        _complain("emcollab: there is not enough memory")
        return 3
    return status


def _complain(text: str) -> None:
    """Print what went wrong, what was typed in it made safe to show."""
    from emcollab.render.formats.safe import safe, without_commands

    click.echo(without_commands(safe(text)), err=True)
