"""`emcollab explain`: what a problem means, why it matters, and how to write it right."""

from importlib import import_module

import click

_EPILOG = """\b
Examples:
  emcollab explain
  emcollab explain unknown-force
"""


@click.command(epilog=_EPILOG)
@click.argument("code", required=False)
@click.pass_context
def command(ctx: click.Context, *, code: str | None) -> None:
    """Explain a problem by its CODE; without one, list all codes."""
    from emcollab.checks import CODES
    from emcollab.commands.opening import hand_over
    from emcollab.problems import suggest
    from emcollab.render.safe import safe

    if code is None:
        width = max(map(len, CODES))
        hand_over("".join(f"{each:{width}}  {_page(each).splitlines()[0]}\n" for each in CODES), None)
        return
    if code not in CODES:
        raise click.BadParameter(safe(f"there is no problem '{code}'; {suggest(code, CODES)}"), ctx, param_hint="CODE")
    hand_over(f"{code}\n\n{_page(code)}\n", None)


def _page(code: str) -> str:
    """Return the docstring of the module of `code`."""
    module = import_module(f"emcollab.checks.{code.replace('-', '_')}")
    return str(module.__doc__).strip()
