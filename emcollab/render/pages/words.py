"""Words for what the ledger holds: the same phrases wherever people read them."""

from collections.abc import Iterable, Sequence
from datetime import date

from emcollab.records.ledger import Figure, Ledger
from emcollab.records.lists import Source
from emcollab.values.dates import format_day, format_when, say_when
from emcollab.values.money import fit_measures, say_amount
from emcollab.values.periods import A_YEAR, IN_ALL, say_period
from emcollab.values.terms import name_kind

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def say_kind(figure: Figure) -> str:
    """Return what kind of thing a figure is: `a cashable saving`, `funding`, `unclassified`, `a cost`."""
    kind = name_kind(figure.category, figure.cashability)
    return f"a {kind}" if figure.category in {"saving", "cost"} else kind


def say_figure(figure: Figure) -> str:
    """Return a figure's amount, and what kind of figure it is: `£1.324m (estimate)`."""
    return f"{say_amount(figure.amount, figure.measure)} ({say_basis(figure.basis)})"


def say_of_no_year(figures: Sequence[Figure]) -> list[str]:
    """Return amounts of other periods than a year, and what they are: `£30,000 a year (cashable saving)`."""
    words = fit_measures((each.measure, each.amount) for each in figures)
    return [
        f"{words[each.measure](each.amount)} {say_period(each.period)} ({name_kind_and_basis(each)})"
        for each in figures
    ]


def name_kind_and_basis(figure: Figure) -> str:
    """Return of what kind a figure is, and of which basis, where the paper says so: `cashable saving, estimate`."""
    kind = name_kind(figure.category, figure.cashability)
    return kind if figure.basis == "reported" else f"{kind}, {say_basis(figure.basis)}"


def say_basis(basis: str) -> str:
    """Return a kind of figure in words: `estimate`, `not achievable`."""
    return basis.replace("_", " ")


def name_period(period: str) -> str:
    """Return a period as a heading names it: `2010/11`, `2014/15 to November 2014`, `in all, no years being named`."""
    if period in (A_YEAR, IN_ALL):
        return f"{period}, no years being named"
    year, to, end = period.partition(" to ")
    return f"{year} {say_period(period)}" if to and "-" in end else period


def name_figure(figure: Figure, ledger: Ledger) -> str:
    """Return what a figure is of: `Joint fleet: Fuel, 2010/11`."""
    return f"{ledger.label(figure.project, figure.benefit)}, {name_period(figure.period)}"


def name_unit(measure: str) -> str:
    """Return what exact amounts are in, as other programs know it: `GBP`, `posts`, `hours`."""
    return "GBP" if measure == "money" else measure


def say_source(source: Source) -> str:
    """Return the paper as people refer to it: title, body, date and mark."""
    paper = "paper " if source.mark and len(source.mark) < len("No. 1") else ""
    mark = f", {paper}{source.mark}" if source.mark else ""
    return f"{source.title}: {source.body}, {format_when(source.date)}{mark}"


def name_paper(source: Source) -> str:
    """Return the paper by its title and date alone: `Collaboration Plan 2009/12, 22 February 2010`."""
    return f"{source.title}, {format_when(source.date)}"


def say_status_days(ledger: Ledger, ids: Iterable[str]) -> str:
    """Return on which days papers said how projects stand: `on 28 June 2010`, `between May 2010 and 28 June 2010`.

    It is empty, if no paper says it of any.
    """
    said = (ledger.states[id_].said.get("status") for id_ in ids)
    papers = {ledger.sources[each.source] for each in said if each}
    dates = [paper.date for paper in sorted(papers, key=lambda paper: (paper.day, paper.date))]
    if len(set(dates)) > 1:
        return f"between {format_when(dates[0])} and {format_when(dates[-1])}"
    return say_when(dates[0]) if dates else ""


def say_as_at(day: date) -> str:
    """Return as at which day the ledger is shown, and what that leaves out."""
    return f"As at {format_day(day)}: later papers are left out."


def say_place(source: Source, at: str | None) -> str:
    """Return the paper as people refer to it, and the place in it if that is known."""
    return f"{say_source(source)}, {at}" if at else say_source(source)


def sort_by_name(ledger: Ledger, ids: Iterable[str]) -> list[str]:
    """Return the ids of projects in the order in which people read them: by name, of equal ones by id."""
    return sorted(ids, key=lambda id_: (ledger.projects[id_].name.casefold(), id_))


def place_by_name(ledger: Ledger, ids: Iterable[str]) -> dict[str, int]:
    """Return the place of each of these projects in that order."""
    return {id_: place for place, id_ in enumerate(sort_by_name(ledger, ids))}


def say_forces(ledger: Ledger, ids: Sequence[str]) -> str:
    """Return the names of forces, those from outside the region marked so."""
    names = []
    for id_ in ids:
        force = ledger.forces[id_]
        names.append(force.name if force.in_region else f"{force.name} (from outside the region)")
    return join(names)


def number(count: int) -> str:
    """Return a number in a word up to ten, in digits beyond."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def join(words: Sequence[str], last: str = "and") -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def join_first(words: Sequence[str], most: int) -> str:
    """Return words as `join` does; of more than `most` the first, and how many more there are."""
    more = len(words) - most
    return join([*words[:most], f"{more:,} more"] if more > 0 else words)


def end_sentence(text: str) -> str:
    """Return `text` with a full stop, unless it ends as sentences do."""
    bare = text.rstrip()
    return bare if bare.rstrip("\"'”)").endswith((".", "!", "?", "…")) else f"{bare}."


def without_stop(text: str) -> str:
    """Return a sentence as it stands within another: without its full stop; `...` is none."""
    bare = text.rstrip()
    return bare if bare.endswith("...") else bare.removesuffix(".")


def count(amount: int, noun: str) -> str:
    """Return `1 figure`, `2 figures`."""
    return f"{amount:,} {noun}{'' if amount == 1 else 's'}"
