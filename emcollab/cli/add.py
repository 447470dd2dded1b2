"""`emcollab add`: one more statement, in its place in the file of its project."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from emcollab.cli.options import Day, Option, PeriodAmount, check_name, command, data_option, offer
from emcollab.values.terms import STATUSES

_FIGURES = {
    "plan": "What a business case or budget set out to reach.",
    "estimate": "What the paper itself calls an estimate or forecast.",
    "reported": "Of which the paper does not say what kind of figure it is.",
    "actual": "An outturn, of a time that was over.",
    "at_risk": "What of the plan may not come.",
    "delayed": "What of the plan comes later.",
    "not_achievable": "What of the plan will not come.",
}
_OF_BENEFITS = {
    "reason": "Why it is at risk, delayed or not achievable.",
    "baseline": "What it is measured against.",
    "owner": "The role that answers for it.",
    "assurance": "The grade given to the evidence.",
    "assured_by": "Who gave the grade.",
}
_OF_PROJECTS = {
    "status": "Of the project.",
    "forces": "A force taking part, by its id; name all of them.",
    "lead": "The role or force that leads the project.",
    "closed": "When the project was closed, as 2018-01.",
    "closed_because": "Why it was closed.",
}
_OF_ANY = {
    "at": "The place in the paper, as Table 1.",
    "quote": "The paper's own words.",
    "note": "What a reader should know.",
}
_OF_PAPERS = {
    "paper": "The title of a paper that is not in the ledger yet; it is added.",
    "body": "The committee, authority or panel that it went to.",
    "date": "The day of the meeting, as 2016-06-16.",
    "mark": "Its letter or agenda item.",
    "url": "Where it can be read.",
}


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what a paper says; `--help` lists them in this order."""
    options: list[Option] = [
        click.option(
            "--source",
            metavar="ID",
            shell_complete=offer("paper"),
            help="The paper; of one that is added, the id it is to have.",
        ),
        *(_text_option(name, said) for name, said in _OF_ANY.items()),
        click.option("--as-at", type=Day(), help="The day up to which it reports, if not its paper's."),
        *(
            click.option(_flag(name), name, multiple=True, type=PeriodAmount(), metavar="PERIOD=AMOUNT", help=said)
            for name, said in _FIGURES.items()
        ),
        *(_text_option(name, said) for name, said in _OF_BENEFITS.items()),
        click.option("--status", type=click.Choice(STATUSES), help=_OF_PROJECTS["status"]),
        click.option(
            "--force", "forces", multiple=True, metavar="ID", shell_complete=offer("force"), help=_OF_PROJECTS["forces"]
        ),
        *(_text_option(name, _OF_PROJECTS[name]) for name in ("lead", "closed", "closed_because")),
        *(_text_option(name, said) for name, said in _OF_PAPERS.items()),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def _text_option(name: str, said: str) -> Option:
    return click.option(_flag(name), name, metavar="TEXT", help=said)


def _flag(name: str) -> str:
    return "--force" if name == "forces" else f"--{name.replace('_', '-')}"


@command(
    "add mobile-data/savings --source board-2011-06-20-paper-a --at 'Table 2' --actual 2010/11=£0.612m",
    "add mobile-data --source board-2011-06-20-paper-a --status completed",
    "add mobile-data/savings --paper 'Outturn' --body 'Joint Committee' --date 2011-06-20 --actual 2010/11=£30k",
)
@click.argument("subject", metavar="PROJECT[/BENEFIT]", shell_complete=offer("benefit"))
@_options
@data_option
@click.pass_context
def add(ctx: click.Context, /, *, subject: str, **said: Any) -> None:  # noqa: ANN401 - as many types as options
    """Add what a paper says of PROJECT, or of one of its benefits or costs.

    It becomes a statement below those that are there, in the style of the file; nothing else in the file changes. A
    figure may be given more than once, for several periods. Nothing is written unless the whole ledger is in order with
    it. Then it says which totals moved.
    """
    from emcollab.cli.data import data_folder
    from emcollab.cli.write import open_for_writing, refuse_changes, refuse_taken, say_moved, write_changes
    from emcollab.records.ledger import project_path
    from emcollab.render.formats.safe import safe
    from emcollab.writing.insertion import find_item, nest
    from emcollab.writing.proof import prove
    from emcollab.writing.statements import find_statements, make_paper, make_statement

    folder = data_folder(ctx)
    before = open_for_writing(ctx, folder)
    ledger = before.ledger
    project, slash, benefit = subject.partition("/")
    check_name(ctx, "PROJECT", project, ledger.projects, noun="project")
    if slash:
        record = ledger.projects[project]
        check_name(ctx, "BENEFIT", benefit, [*record.benefits, *record.costs], noun="benefit or cost")
    _check_said(ctx, subject, said)
    additions: dict[str, Any] = {}
    if said["paper"]:
        said["source"], paper = make_paper({**said, "title": said["paper"]})
        refuse_taken(ctx, ledger, said["source"], paper)
        additions["sources.yaml"] = {said["source"]: paper}
    else:
        check_name(ctx, "--source", said["source"], ledger.sources, noun="paper")
    for force in said["forces"]:
        check_name(ctx, "--force", force, ledger.forces, noun="force")
    path, keys, statement = project_path(project), find_statements(ledger, project, benefit), make_statement(said)
    additions[path] = nest(keys, [statement])
    changes = prove(before, additions)
    if changes.loaded is None or changes.problems:
        refuse_changes(ctx, folder, changes)
    write_changes(folder, changes)
    _, text = changes.files.get(path, (None, before.files[path]))
    place = f"{folder / path}:{find_item(path, text, keys, statement)}"
    if not changes.files:
        click.echo(safe(f"{place}: this is there already; nothing is written"))
        return
    if "sources.yaml" in changes.files:
        click.echo(safe(f"{folder / 'sources.yaml'}: added the paper {said['source']}"))
    click.echo(safe(f"{place}: added what {said['source']} says of {subject}") + "\n")
    say_moved(ledger, changes.loaded.ledger)


def _check_said(ctx: click.Context, subject: str, said: Mapping[str, Any]) -> None:
    """Let pass what is said, if it can be said of the subject, and of one paper.

    Raises:
        click.UsageError: it cannot.
    """
    of_benefit = "/" in subject
    for name in _OF_PROJECTS if of_benefit else (*_FIGURES, *_OF_BENEFITS):
        if said[name]:
            of_what = "a project: name it alone" if of_benefit else "a benefit or cost: name it, as PROJECT/BENEFIT"
            other = "; why a project was closed is --closed-because" if name == "reason" else ""
            raise click.UsageError(f"{_flag(name)} is said of {of_what}{other}.", ctx)
    for name in _FIGURES:
        periods = [period for period, _ in said[name]]
        for period in set(periods):
            if periods.count(period) > 1:
                raise click.UsageError(f"{_flag(name)} is given twice for {period}.", ctx)
    if said["paper"]:
        if not (said["body"] and said["date"]):
            raise click.UsageError("a new paper needs --body and --date.", ctx)
    elif stray := next((name for name in _OF_PAPERS if said[name]), None):
        raise click.UsageError(f"{_flag(stray)} is of a new paper: give its title with --paper.", ctx)
    elif not said["source"]:
        raise click.UsageError("name the paper: --source ID, or of a new one --paper, --body and --date.", ctx)
