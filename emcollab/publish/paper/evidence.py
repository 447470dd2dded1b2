"""What papers do not say, how the figures were checked, and the papers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from emcollab.publish.imprint import say_imprint
from emcollab.publish.paper.brief import Brief
from emcollab.publish.paper.cells import MOST_ROWS, make_money, name_some, note_left_out
from emcollab.records.ledger import Figure
from emcollab.render.page import Block, Cell, Items, Paragraph, Row, Table
from emcollab.render.pages.reconcile import say_verdict
from emcollab.render.pages.words import count, end_sentence, place_by_name, say_place, say_source
from emcollab.results.appraisal import QUESTIONS, Gap, find_gaps
from emcollab.results.standing import find_latest
from emcollab.values.periods import is_year, say_period


def list_unknown(brief: Brief) -> Iterator[Block]:
    """Yield what papers do not say of savings and of what is not classified, what concerns most money first."""
    chosen = replace(brief.selection, categories=("saving", "unclassified"))
    benefits, found = find_gaps(brief.ledger, chosen, brief.edition.today, "committee")
    gaps: dict[str, list[Gap]] = defaultdict(list)
    for gap in found:
        gaps[gap.question].append(gap)
    if not benefits:
        yield Paragraph("Papers state no saving of which anything could be asked.")
    elif not gaps:
        yield Paragraph("Of the savings in this paper, papers answer every question that a committee asks.")
    else:
        yield _make_table(brief, gaps)
    if brief.figures and not brief.edition.apportioned.figures:
        yield Paragraph("No paper divides any of these figures between forces.")


def _make_table(brief: Brief, gaps: dict[str, list[Gap]]) -> Table:
    stated = _find_stated(brief)
    concerned = {question: _find_concerned(stated, some) for question, some in gaps.items()}
    rows = tuple(
        Row((
            QUESTIONS[question].sentence, f"{len(gaps[question]):,}", *_make_cells(brief, *concerned[question]),
            name_some(sorted((brief.ledger.projects[gap.project].name for gap in gaps[question]), key=str.casefold)),
        ))
        for question in sorted(gaps, key=lambda question: -concerned[question][1])
    )  # fmt: skip
    headings = ("What is not known", "Benefits", f"Most in a year ({brief.unit})", "Year", "Projects")
    notes = ["The amount is what papers state of these benefits, or else planned, in the year in which that is most."]
    if any(period and not is_year(period) for period, _ in concerned.values()):
        notes.append("Where they state nothing for one year, it is the most that they state otherwise.")
    if ("", Decimal(0)) in concerned.values():
        notes.append("- no amount of money is stated.")
    title = "What is not known, what concerns most money first"
    return Table(title, headings, (False, True, True, False, False), rows, tuple(notes))


def _find_stated(brief: Brief) -> dict[tuple[str, str], list[Figure]]:
    """Return the money that is stated of the years of each benefit, or else planned; and what is not of one year."""
    standing = brief.summary.standing
    plans = [each for each in find_latest(brief.share, "plan") if each.year and each.measure == "money"]
    stand = {figure.subject for figure in standing} if plans else set()
    stated: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    apart = brief.summary.totals.not_added
    for figure in (*standing, *(each for each in plans if each.subject not in stand), *apart):
        stated[figure.project, figure.benefit].append(figure)
    return stated


def _find_concerned(stated: Mapping[tuple[str, str], list[Figure]], gaps: Iterable[Gap]) -> tuple[str, Decimal]:
    """Return the year in which most money is stated, or else planned, of the benefits with a gap, and how much it is.

    A gap that names years, or benefits that are the same in some, is of these alone. Where nothing is of one year, it
    is the most that is of another period.
    """
    sums: dict[str, Decimal] = defaultdict(Decimal)
    apart: dict[str, Decimal] = {}
    for gap in gaps:
        named = [other.year for other in gap.same] if gap.same else gap.detail.split(", ")
        years = set(filter(is_year, named))
        for figure in stated.get((gap.project, gap.benefit), ()):
            if figure.year and (not years or figure.year in years):
                sums[figure.year] += figure.amount
            elif not figure.year:
                apart[figure.period] = max(figure.amount, apart.get(figure.period, figure.amount))
    return max((sums or apart).items(), key=lambda item: (item[1], item[0]), default=("", Decimal(0)))


def _make_cells(brief: Brief, period: str, amount: Decimal) -> tuple[Cell, Cell]:
    return (make_money(brief, amount), period if is_year(period) else say_period(period)) if period else (None, None)


def tell_checks(brief: Brief) -> Iterator[Block]:
    """Yield how many figures rest on which words, and how printed tables compare."""
    figures = brief.figures
    if figures:
        ledger = brief.ledger
        cited = [ledger.benefit(figure).statements[figure.statement] for figure in figures]
        quoted = sum(1 for citation in cited if citation.quote)
        placed = sum(1 for citation in cited if citation.at)
        yield Paragraph(
            f"The ledger keeps {count(len(figures), 'figure')} of these projects, also those that later papers "
            f"restate. Each is kept with the paper that states it, {_say_how_many(placed, figures)} with the place in "
            f"the paper, and {_say_how_many(quoted, figures)} with the paper's own words. Amounts are added exactly, "
            "and rounded only to be shown. Nothing is totalled while a check of the ledger finds a fault, or a "
            "difference from a printed table that is not explained."
        )
    else:
        yield Paragraph("There is no figure to check.")
    if grades := list(_list_grades(brief)):
        yield Paragraph("Papers give a grade to the evidence of:")
        yield Items((*grades[:MOST_ROWS], *note_left_out(len(grades[MOST_ROWS:]), "other grade")))
    if results := brief.edition.reconciliations:
        yield Paragraph(
            "The tables that papers print were compared with the ledger cell by cell, and their own sums checked:"
        )
        places = (say_place(brief.ledger.sources[each.table.source], each.table.at) for each in results)
        verdicts = (end_sentence(say_verdict(each)) for each in results)
        yield Items(tuple(f"{place}: {verdict}" for place, verdict in zip(places, verdicts, strict=True)))
    else:
        yield Paragraph("The ledger has no table, as a paper printed it, to compare the figures with.")


def _list_grades(brief: Brief) -> Iterator[str]:
    """Yield the benefits and costs whose evidence papers grade, with the latest grade, in whose words, by whom."""
    ledger = brief.ledger
    stated = dict.fromkeys((figure.project, figure.benefit) for figure in brief.figures)
    place = place_by_name(ledger, brief.edition.projects)
    for project, benefit in sorted(stated, key=lambda each: place[each[0]]):
        state = ledger.benefit_state(ledger.stated(project, benefit))
        if state.assurance:
            by = f" ({state.assured_by})" if state.assured_by else ""
            yield f"{ledger.label(project, benefit)}: {state.assurance}{by}"


def _say_how_many(some: int, figures: Sequence[Figure]) -> str:
    return "all" if some == len(figures) else f"{some:,}" if some else "none"


def list_papers(brief: Brief) -> Iterator[Block]:
    """Yield the papers, with how many figures of these projects rest on each; and whom to ask."""
    resting = Counter(figure.source for figure in brief.figures)
    by_day = sorted(brief.ledger.sources.items(), key=lambda item: (item[1].day, item[1].title))
    papers = tuple(
        f"{say_source(source)}: {count(resting[id_], 'figure') if resting[id_] else 'no figure'}"
        f"{f'. {source.url}' if source.url else ''}"
        for id_, source in by_day
    )
    yield Items(papers) if papers else Paragraph("The ledger has no papers yet.")
    if lines := tuple(say_imprint(brief.ledger.settings)):
        yield Items(lines)
