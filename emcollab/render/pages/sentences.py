"""The sentences of a public statement: who takes part in a project, how it stands, and what a benefit or cost came to.

Words that the public cannot be expected to know are said with their meaning.
"""

from collections.abc import Iterable, Iterator

from emcollab.records.benefit import Benefit, Cost
from emcollab.records.ledger import Figure, Ledger
from emcollab.records.project import Project
from emcollab.render.pages.words import end_sentence, join, number, say_forces
from emcollab.results.standing import find_latest
from emcollab.values.dates import format_day, say_when, start_of
from emcollab.values.money import say_amounts

# --- the project


def say_of_itself(ledger: Ledger, record: Project, known: Project) -> str:
    """Return who takes part in a project and how it stands, by what was `known` of its `record` on some day."""
    said, left_out = [], []
    if (record.forces, record.force_count) == (known.forces, known.force_count):
        said.append(_say_who_takes_part(ledger, known))
    else:
        left_out.append("which forces took part")
    if (record.status, record.closed) == (known.status, known.closed):
        said.append(_say_how_it_stands(ledger, known))
    else:
        left_out.append("whether it was under way, finished or closed")
    if left_out:
        said.append(f"The ledger does not show {join(left_out, 'or')} on that day.")
    return " ".join(said)


def _say_who_takes_part(ledger: Ledger, project: Project) -> str:
    over = project.closed or project.status in {"closed", "completed"}
    if project.forces:
        verb = "took" if over else "takes" if len(project.forces) == 1 else "take"
        return f"{say_forces(ledger, project.forces)} {verb} part."
    if project.force_count:
        one = project.force_count == 1
        verb = "took" if over else "takes" if one else "take"
        counted = f"{number(project.force_count).capitalize()} force{'' if one else 's'}"
        return f"{counted} {verb} part; no paper names {'it' if one else 'them'}."
    return f"No paper says which forces {'took' if over else 'take'} part."


def _say_how_it_stands(ledger: Ledger, project: Project) -> str:
    """Return whether the project is under way, finished or closed, when that was said, and why it was closed."""
    closed = project.closed
    if closed or project.status == "closed":
        when = f" {say_when(closed.date)}." if closed and closed.date else "; no paper says when."
        why = f"The reason: {end_sentence(closed.reason)}" if closed and closed.reason else "No reason is given."
        return f"Work on it was closed{when} {why}"
    if project.status is None:
        return "No paper says whether it is under way, finished or closed."
    days = [ledger.sources[citation.source].date for citation in project.sources]
    said = {"live": "It was running", "completed": "It had been completed", "proposed": "It was a proposal"}
    if not days:
        return f"{said[project.status]}; the ledger names no paper that says so."
    return f"{said[project.status]} when a paper last said how it stood, on {format_day(max(days))}."


def say_year(year: str) -> str:
    """Return what is meant by a year."""
    start = start_of(year)
    return f"Years are financial years: {year} is from 1 April {start} to 31 March {start + 1}."


# --- what it brought and took

_CASHABILITY = {
    "cash-releasing": "{Papers} call it cash releasing: that is, money can be taken out of a budget.",
    "not-cash-releasing": (
        "{Papers} call it cashable but not cash releasing: that is, resources such as staff time can be used for "
        "something else, but no money leaves a budget."
    ),
    "cashable": (
        "{Papers} call it cashable: that is, resources can be taken out and used for something else. {Papers} do not "
        "say whether money left a budget."
    ),
    "non-cashable": (
        "{Papers} call it non-cash: that is, an improvement that is given a value, but from which no money can be "
        "taken out."
    ),
    "unstated": "{Papers} do not say whether this released cash.",
}
_CATEGORY = {
    "funding": "This is money from others, not a saving.",
    "unclassified": "{Papers} do not say whether this is a saving or funding.",
}


def say_stated(stated: Cost, name: str, same: str, standing: list[Figure], figures: list[Figure]) -> Iterator[str]:
    """Yield the sentences on a benefit or cost, and which of its `figures` stand; `same` may be it, counted twice."""
    yield from _say_figures(stated.label or name.replace("-", " ").capitalize(), standing, figures)
    if not isinstance(stated, Benefit):
        return
    yield _of_papers(_CATEGORY.get(stated.category) or _CASHABILITY[stated.cashability or "unstated"], figures)
    if years := sorted({figure.year for figure in standing if figure.basis == "reported" and figure.year}):
        which = f"the figure for {years[0]} is" if len(years) == 1 else f"the figures for {join(years)} are"
        yield _of_papers(f"{{Papers}} do not say whether {which} final.", figures)
    if same:
        yield f"This may be the same as “{same}”, counted twice."


def _say_figures(label: str, standing: list[Figure], figures: list[Figure]) -> Iterator[str]:
    """Yield what stands of a benefit or cost, year by year; what was planned, if nothing stands yet."""
    dated = _by_year(standing)
    undated = [figure for figure in standing if not figure.year]
    if dated:
        yield f"{label}: {join(_say_years(dated))}."
    for figure in undated:
        amount = say_amounts([figure.amount], figure.measure)[0]
        a_year = "" if figure.measure == "posts" else " a year"
        papers = _of_papers("{papers} do not say for which years.", figures)
        yield f"{'Also' if dated else f'{label}:'} {amount}{a_year}; {papers}"
    if not standing:
        yield f"{label}: the plan was {join(_say_years(_by_year(find_latest(figures, 'plan'))))}."
        yield "No paper says yet what came of it."


def _by_year(figures: Iterable[Figure]) -> list[Figure]:
    return sorted((figure for figure in figures if figure.year), key=lambda figure: figure.year)


def _say_years(figures: list[Figure]) -> list[str]:
    """Return `£0.478m in 2008/09`, `an estimated £1.324m in 2009/10`, all in one unit."""
    amounts = say_amounts([abs(figure.amount) for figure in figures], figures[0].measure)
    return [
        f"{'an estimated ' if figure.basis == 'estimate' else ''}{amount}{_say_sign(figure)} in {figure.year}"
        if figure.amount
        else f"nothing in {figure.year}"
        for figure, amount in zip(figures, amounts, strict=True)
    ]


def _say_sign(figure: Figure) -> str:
    """Return what happened to an amount below nil: a cost was saved, a saving lost, a grant given back."""
    if figure.amount > 0:
        return ""
    if figure.category == "saving" and figure.measure == "posts":
        return " more needed"
    return {"cost": " saved", "saving": " lost", "funding": " given back"}.get(figure.category, " less")


def _of_papers(sentence: str, figures: list[Figure]) -> str:
    """Return `sentence`, written of papers, of the one paper or the several that state `figures`."""
    if len({figure.source for figure in figures}) > 1:
        return sentence.replace("{Papers}", "The papers").replace("{papers}", "the papers")
    for those, this in (("{Papers} call", "The paper calls"), ("{Papers} do", "The paper does")):
        sentence = sentence.replace(those, this)
    return sentence.replace("{papers} do", "the paper does")
