"""The sentences of a public statement: who takes part in a project, how it stands, and what a benefit or cost came to.

Words that the public cannot be expected to know are said with their meaning.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from emcollab.records.benefit import Benefit, Cost
from emcollab.records.ledger import Figure, Ledger, ProjectState, cashability_of
from emcollab.render.pages.words import end_sentence, join, name_paper, number, say_basis, say_forces
from emcollab.results.standing import Standing
from emcollab.values.dates import end_of, say_when, start_day, start_of
from emcollab.values.money import say_amounts
from emcollab.values.periods import say_period, year_in_part, years_of
from emcollab.values.terms import BECAME

# --- the project


def say_of_itself(ledger: Ledger, id_: str) -> str:
    """Return who takes part in a project, how it stands and who leads it, as the latest papers say that do.

    What an earlier paper says is said with its date.
    """
    state = ledger.states[id_]
    said = [_say_who_takes_part(ledger, id_), _say_how_it_stands(ledger, state)]
    if state.lead:
        said.append(end_sentence(f"Lead: {state.lead}{_say_when_said(ledger, id_, 'lead')}"))
    notes = dict.fromkeys(statement.note for statement in state.said.values() if statement.note)
    return " ".join([*said, *(f"Note: {end_sentence(note)}" for note in notes)])


def _say_when_said(ledger: Ledger, id_: str, key: str) -> str:
    """Return when it was said what stands of `key`, if that was before the paper that says how the project stands.

    Of a project of which none does, if it was before the latest that speaks of it.
    """
    said = ledger.states[id_].said
    papers = [said["status"]] if "status" in said else [each for _, each in ledger.projects[id_].citations()]
    source = ledger.sources[said[key].source]
    is_earlier = source.day < max(ledger.sources[paper.source].day for paper in papers)
    return f" (said {say_when(source.date)})" if is_earlier else ""


def _say_who_takes_part(ledger: Ledger, id_: str) -> str:
    state = ledger.states[id_]
    if state.forces:
        verb = _say_take(state, len(state.forces))
        return f"{say_forces(ledger, state.forces)} {verb} part{_say_when_said(ledger, id_, 'forces')}."
    if state.force_count:
        one = state.force_count == 1
        verb = _say_take(state, state.force_count)
        counted = f"{number(state.force_count).capitalize()} force{'' if one else 's'}"
        when = _say_when_said(ledger, id_, "force_count")
        return f"{counted} {verb} part{when}; no paper names {'it' if one else 'them'}."
    return f"No paper says which forces {_say_take(state, 0)} part."


def _say_take(state: ProjectState, forces: int) -> str:
    """Return `take`, as it is said of a number of forces in a project that is over, a proposal, or neither."""
    if state.status in {"closed", "completed"}:
        return "took"
    return "would take" if state.status == "proposed" else "takes" if forces == 1 else "take"


def _say_how_it_stands(ledger: Ledger, state: ProjectState) -> str:
    """Return whether the project is under way, finished or closed, which paper says so, and why it was closed."""
    if state.status is None:
        return "No paper says whether it is under way, finished or closed."
    paper = ledger.sources[(state.said.get("closed") or state.said["status"]).source]
    if state.status == "closed":
        closed, said_in = state.closed, f"({name_paper(paper)})"
        when = f" {say_when(closed.date)} {said_in}." if closed and closed.date else f" {said_in}; no paper says when."
        why = f"The reason: {end_sentence(closed.reason)}" if closed and closed.reason else "No reason is given."
        return f"Work on it was closed{when} {why}"
    said = {"live": "It was under way", "completed": "It had been completed", "proposed": "It was a proposal"}
    return f"{said[state.status]} when a paper last said how it stood, {say_when(paper.date)}."


def say_year(year: str) -> str:
    """Return what is meant by a year."""
    start = start_of(year)
    return f"Years are financial years: {year} is from 1 April {start} to 31 March {start + 1}."


# --- what it brought and took

_CASHABILITY = {
    "cash-releasing": "It is recorded as cash releasing: money can be taken out of a budget.",
    "not-cash-releasing": (
        "It is recorded as cashable but not cash releasing: resources such as staff time can be used for something "
        "else, but no money leaves a budget."
    ),
    "cashable": (
        "It is recorded as cashable: resources can be taken out and used for something else. {Papers} do not say "
        "whether money left a budget."
    ),
    "non-cashable": (
        "It is recorded as non-cashable: an improvement that is given a value, but from which no money can be taken "
        "out."
    ),
    "unstated": "{Papers} do not say whether this released cash.",
}
"""What is said of a saving; the meaning of each word is this ledger's, and not put into the mouth of a paper."""

_CATEGORY = {
    "funding": "It is recorded as funding: money from others, not a saving.",
    "unclassified": "{Papers} do not say whether this is a saving or funding.",
}


@dataclass(frozen=True)
class Told:
    """What there is to tell of a benefit or cost: the record, what to call it, and all its figures.

    `ledger` has all records; `whole` says which figures of the whole one stand.
    """

    ledger: Ledger
    record: Cost
    label: str
    figures: list[Figure]
    whole: Standing

    @cached_property
    def standing(self) -> list[Figure]:
        """Its figures that stand, those of years first; none of a part of a year of which there is an outturn."""
        stand = [figure for figure in self.figures if self.whole.has(figure)]
        over = {figure.year for figure in stand if figure.basis == "actual" and figure.year}
        return sorted(
            (figure for figure in stand if year_in_part(figure.period) not in over),
            key=lambda figure: (not figure.year, figure.period),
        )

    def latest(self, basis: str) -> list[Figure]:
        """Return the latest of its figures of one basis, by period."""
        some = [figure for figure in self.figures if figure.basis == basis]
        latest = {figure.period: figure for figure in sorted(some, key=lambda each: (each.date, each.as_at))}
        return [latest[period] for period in sorted(latest)]


def say_stated(told: Told) -> Iterator[str]:
    """Yield the sentences on a benefit or cost: what stands, what became of a plan, and what the papers call it."""
    first, *others = _list_clauses(told)
    yield f"{told.label}: {end_sentence(first)}"
    yield from (f"{clause[:1].upper()}{end_sentence(clause[1:])}" for clause in others)
    if told.record.replaces:
        names = [f"“{told.ledger.label(*other.split('/'))}”" for other in told.record.replaces]
        yield f"It takes the place of {join(names)}."
    if not isinstance(told.record, Benefit):
        return
    what = _CATEGORY.get(told.record.category) or _CASHABILITY[cashability_of(told.record)]
    yield _of_papers(what, told.figures)
    yield from _say_how_final(told)
    if same := told.record.possible_duplicate_of:
        yield f"This may be the same as “{told.ledger.label(*same.split('/'))}”, counted twice."


def _say_how_final(told: Told) -> Iterator[str]:
    """Yield what is not known of figures that the papers call neither an estimate nor an outturn.

    Whether a figure is final can be asked only of a year that was over by the day of its paper.
    """
    groups: dict[str, list[Figure]] = {"over": [], "end": [], "begin": []}
    for figure in told.standing:
        if figure.basis == "reported" and figure.year:
            begins, ends = start_day(figure.year), end_of(figure.year)
            groups["begin" if figure.date < begins else "end" if figure.date < ends else "over"].append(figure)
    for when, figures in groups.items():
        years = [figure.year for figure in figures]
        if years and when == "over":
            which = f"the figure for {years[0]} is" if len(years) == 1 else f"the figures for {join(years)} are"
            yield _of_papers(f"{{Papers}} do not say whether {which} final.", figures)
        elif years:
            begun = "begun" if when == "begin" else "ended"
            its, it = ("its figure", "it an estimate") if len(years) == 1 else ("their figures", "them estimates")
            said = f"{join(years)} had not {begun} when {its} {{was}} stated, and {{papers}} do not call {it}."
            yield _of_papers(said.replace("{was}", "was" if len(years) == 1 else "were"), figures)


def _list_clauses(told: Told) -> list[str]:
    """Return what stands of a benefit or cost, period by period; what was planned, if nothing stands yet.

    What became of a plan is said with the reasons, which are sentences after it.
    """
    clauses = []
    standing = told.standing
    if dated := [figure for figure in standing if figure.year]:
        clauses.append(join(_say_amounts(dated)))
    for figure in standing[len(dated) :]:
        (amount,) = _say_amounts([figure])
        years = "" if years_of(figure.period) else _of_papers("; {papers} do not say for which years", told.figures)
        clauses.append(f"{'also ' if clauses else ''}{amount}{years}")
    if not clauses and (plans := told.latest("plan")):
        clauses.append(f"the plan was {join(_say_amounts(plans))}")
    became = _list_became(told)
    if became:
        amounts = dict(zip(became, _say_amounts(became), strict=True))
        said = [
            f"{join([amounts[each] for each in became if each.basis == basis])} {say_basis(basis)}"
            for basis in dict.fromkeys(figure.basis for figure in became)
        ]
        called = _of_papers(f"of the plan, {{papers}} call {join(said)}.", became)
        clauses.append(" ".join([called, *_say_reasons(told, amounts)]))
    gone = _list_gone(told)
    if not (standing or became or gone):
        clauses.append("no paper says yet what came of it")
    return [*clauses, *gone]


def _list_became(told: Told) -> list[Figure]:
    """Return what is at risk, delayed or not achievable of each period, by the latest paper on what came of it."""
    latest = [figure for basis in BECAME for figure in told.latest(basis)]
    if not latest:
        return []
    said = {figure.period: (figure.date, figure.as_at) for figure in told.figures if told.whole.has(figure)}
    for each in latest:
        said[each.period] = max(said.get(each.period, (each.date, each.as_at)), (each.date, each.as_at))
    return [each for each in latest if (each.date, each.as_at) == said[each.period]]


def _say_reasons(told: Told, became: dict[Figure, str]) -> Iterator[str]:
    """Yield why what became of a plan did: of which amounts, where papers do not give one reason for all."""
    groups: dict[str | None, list[str]] = {}
    for figure, amount in became.items():
        groups.setdefault(told.record.statements[figure.statement].reason, []).append(amount)
    for reason, amounts in groups.items():
        if reason is not None:
            of = f" for {join(amounts)}" if len(groups) > 1 else ""
            yield f"The reason{of}: {end_sentence(reason)}"


def _list_gone(told: Told) -> list[str]:
    """Return what does not stand, though no later paper restates it: what came to nothing, and what others replace."""
    gone = []
    subjects = sorted({figure.subject for figure in told.figures}) if told.whole.lapsed or told.whole.displaced else []
    if lapsed := [told.whole.lapsed[subject] for subject in subjects if subject in told.whole.lapsed]:
        gone.append(f"what was expected before the closure, {join(_say_amounts(lapsed))}, no longer stands")
    places: dict[str, list[str]] = {}
    for old, takers in [told.whole.displaced[subject] for subject in subjects if subject in told.whole.displaced]:
        labels = [f"“{told.ledger.label(by.project, by.benefit)}”" for by in takers]
        takes = "takes" if len(takers) == 1 else "take"
        places.setdefault(f"{join(labels)} {takes} its place", []).append(old.year)
    return [*gone, *(f"{what} in {join(years)}" for what, years in places.items())]


def _say_amounts(figures: list[Figure]) -> list[str]:
    """Return `£0.478m in 2008/09`, `an estimated £1.324m in 2009/10`, `0.6 of a post in all`, in one sentence."""
    amounts = say_amounts([abs(figure.amount) for figure in figures], figures[0].measure)
    said = []
    for figure, amount in zip(figures, amounts, strict=True):
        estimate = "" if figure.basis != "estimate" else "an estimated " if figure.amount else "an estimate of "
        said.append(
            f"{estimate}{amount + _say_sign(figure) if figure.amount else 'nothing'} {say_period(figure.period)}"
        )
    return said


def _say_sign(figure: Figure) -> str:
    """Return what happened to an amount below nil: a saving was lost, a grant given back."""
    if figure.amount > 0:
        return ""
    if figure.category == "saving" and figure.measure == "posts":
        return " more needed"
    return {"saving": " lost", "funding": " given back"}.get(figure.category, " less")


def _of_papers(sentence: str, figures: list[Figure]) -> str:
    """Return `sentence`, written of papers, of the one paper or the several that state `figures`."""
    if len({figure.source for figure in figures}) > 1:
        return sentence.replace("{Papers}", "The papers").replace("{papers}", "the papers")
    for those, this in (("{Papers}", "The paper"), ("{papers}", "the paper")):
        sentence = sentence.replace(f"{those} call", f"{this} calls").replace(f"{those} do", f"{this} does")
    return sentence
