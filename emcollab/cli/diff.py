"""`emcollab diff`: what a change does to the totals."""

from datetime import date
from decimal import Decimal
from typing import Any

import click

from emcollab.cli.options import Command, Day, command, data_option, format_option, offer_folders, output_option
from emcollab.values.terms import DIFF_FORMATS


class _Diff(Command):
    """A command that keeps in mind how many of its arguments stand behind `--`, if there is one, which click drops."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_BEHIND] = len(args) - args.index("--") - 1 if "--" in args else None
        return super().parse_args(ctx, args)


_BEHIND = "emcollab.behind"
_CAUSES = ("closed-year", "limit")


def _find_limit(ctx: click.Context, param: click.Parameter, value: str | None) -> Decimal | None:
    from emcollab.render.formats.safe import safe
    from emcollab.values.money import parse_money
    from emcollab.values.problems import BadValue

    try:
        return None if value is None else abs(parse_money(value))
    except BadValue as bad:
        raise click.BadParameter(safe(f"{bad}; {bad.help}."), ctx, param) from None


def _find_causes(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    causes = tuple(cause for cause in value.split(",") if cause)
    if set(causes) - set(_CAUSES):
        raise click.BadParameter("write closed-year, limit, or closed-year,limit.", ctx, param)
    return causes


@command(
    "diff                       the working tree against where it left main",
    "diff v1 HEAD --            two revisions of git",
    "diff -- data ../other/data two folders",
    "diff main:old HEAD:data    another folder of a revision, from the root of the repository",
    "diff --from-date 2010-02-22 --to-date 2010-06-21",
    cls=_Diff,
)
@click.argument("base", required=False, shell_complete=offer_folders)
@click.argument("head", required=False, shell_complete=offer_folders)
@click.option("--from-date", type=Day(), help="One ledger: as at this day …")
@click.option("--to-date", type=Day(), help="… against as at this day; today, if not given.")
@click.option("--exit-code", is_flag=True, help="Leave with status 1 if anything changed.")
@click.option("--limit", callback=_find_limit, metavar="AMOUNT", help="Warn of a total that moves by more, as £1m.")
@click.option(
    "--fail-on", callback=_find_causes, default="", metavar="WHAT", help="Leave with status 1 on: closed-year,limit."
)
@format_option(DIFF_FORMATS)
@output_option
@data_option
@click.pass_context
def diff(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, *, base: str | None, head: str | None, from_date: date | None, to_date: date | None,
    exit_code: bool, limit: Decimal | None, fail_on: tuple[str, ...], format_: str, output: str | None,
) -> None:  # fmt: skip
    """Show which totals move from BASE to HEAD, by how much, and through which figures.

    BASE and HEAD are folders, or revisions of git; without HEAD, the data folder as it is; without BASE, the
    revision at which the work here left the default branch. What is both is refused: before `--` are revisions,
    behind it folders, and ./HEAD is a folder. With dates, one ledger on two days.
    """
    from emcollab.cli.data import data_folder, open_side, open_sound_before, refuse, show_problems
    from emcollab.cli.output import find_columns, hand_over
    from emcollab.loading.git import find_base
    from emcollab.loading.repository import RevisionError
    from emcollab.render.formats.safe import safe
    from emcollab.results.as_at import narrow_to_day
    from emcollab.results.diff import compare, warn_of_limit

    _check_options(ctx, head=head, from_date=from_date, to_date=to_date, lacks_limit="limit" in fail_on and not limit)
    meant = _find_meant(ctx, base, head)
    try:
        if from_date:
            old = new = open_side(ctx, base, meant[0])
        else:
            if base is None:
                base, meant[0] = find_base(data_folder(ctx)), "revision"
            old = open_side(ctx, base, meant[0], may_lack_data=True)
            new = open_side(ctx, head, meant[1], other=old)
    except RevisionError as error:
        raise click.UsageError(safe(f"{error}."), ctx) from None
    if new.problems:
        refuse(ctx, new)
    untotalled = ""
    if old.problems:
        show_problems(old)
        sound = open_sound_before(ctx, str(base), meant[0], new)
        untotalled = _say_untotalled(str(base), len(old.problems), sound[0] if sound else "")
        if not sound:
            hand_over(_format(None, new.loaded.ledger, untotalled, format_, None), output)
            ctx.exit(1 if exit_code else 0)
        old = sound[1]
    first, second = old.loaded.ledger, new.loaded.ledger
    sides = narrow_to_day(first, from_date), narrow_to_day(second, to_date)
    changes = compare(*sides, is_one_ledger=bool(from_date), by_force=True)
    changes = warn_of_limit(changes, limit, second)
    hand_over(_format(changes, second, untotalled, format_, find_columns(output)), output)
    failed = (changes.closed_year and "closed-year" in fail_on) or (changes.beyond_limit and "limit" in fail_on)
    ctx.exit(1 if failed or (exit_code and (changes or untotalled)) else 0)


def _check_options(
    ctx: click.Context, *, head: str | None, from_date: date | None, to_date: date | None, lacks_limit: bool
) -> None:
    if to_date and not from_date:
        raise click.UsageError("--to-date needs --from-date.", ctx)
    if from_date and head:
        raise click.UsageError("with dates there is one ledger; give no HEAD.", ctx)
    if lacks_limit:
        raise click.UsageError("--fail-on limit needs --limit.", ctx)


def _find_meant(ctx: click.Context, base: str | None, head: str | None) -> list[str]:
    """Return what BASE and HEAD are said to be: what is before `--` a revision, what is behind it a folder."""
    behind = ctx.meta[_BEHIND]
    names = 2 - [base, head].count(None)
    return ["" if behind is None else "revision" if place < names - behind else "folder" for place in range(2)]


def _say_untotalled(base: str, problems: int, sound: str) -> str:
    """Return that nothing can be compared with BASE, though nothing is wrong with HEAD; but with `sound`, if given."""
    from emcollab.render.pages.words import count

    told = f"BASE ('{base}') could not be totalled: it has {count(problems, 'problem')}. HEAD has none."
    return f"{told} What follows is against '{sound}', the last before it that was in order." if sound else told


def _format(changes: Any, ledger: Any, untotalled: str, format_: str, columns: int | None) -> str:  # noqa: ANN401 - Changes or None, and Ledger, which are imported when the command runs
    """Return what is told of changes, if anything was compared, behind the sentence on a BASE that was not totalled."""
    from emcollab.render.formats import markdown
    from emcollab.render.formats.json import format_json
    from emcollab.render.formats.text import fill
    from emcollab.render.pages.changes import FORMATS, as_document
    from emcollab.results.diff import Changes

    if format_ == "json":
        document = as_document(changes or Changes((), (), (), ()))
        parts = [untotalled, "" if changes is None else str(document["headline"])]
        return format_json({**document, "headline": " ".join(filter(None, parts))})
    said = f"**{markdown.escape(untotalled)}**\n" if format_ == "markdown" else f"{fill(untotalled)}\n"
    parts = [said if untotalled else "", "" if changes is None else FORMATS[format_](changes, ledger, columns)]
    return "\n".join(filter(None, parts))
