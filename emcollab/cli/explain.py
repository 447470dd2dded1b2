"""`emcollab explain`: what a problem means, why it matters, and how to write it right."""

from pathlib import Path

import click

from emcollab.cli.options import check_name, command, offer

_PAGES = Path(__file__).parent.parent / "checks" / "pages"
"""The pages are read as files, so that nothing of the checks need be imported."""


@command("explain", "explain unknown-force")
@click.argument("code", required=False, shell_complete=offer("code"))
@click.pass_context
def explain(ctx: click.Context, *, code: str | None) -> None:
    """Explain a problem by its CODE; without one, list all codes."""
    from emcollab.cli.output import hand_over

    codes = sorted(page.stem for page in _PAGES.iterdir())
    check_name(ctx, "CODE", code, codes, noun="problem")
    if code is None:
        width = max(map(len, codes))
        hand_over("".join(f"{each:{width}}  {_read_page(each).splitlines()[0]}\n" for each in codes), None)
    else:
        hand_over(f"{code}\n\n{_read_page(code)}", None)


def _read_page(code: str) -> str:
    return (_PAGES / f"{code}.txt").read_text(encoding="utf-8")
