"""Reconciliations, for people and for programs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from emcollab.records.ledger import Figure, Ledger
from emcollab.records.published import TOTAL
from emcollab.render.page import Block, Heading, Items, Page, Paragraph, Row, Table
from emcollab.render.pages.words import count, join, join_first, name_figure, place_by_name, say_figure, say_place
from emcollab.results.arithmetic import EXACT, EXPLAINED, OUT, WITHIN, Sum
from emcollab.results.reconcile import (
    ACCEPTED,
    AGREES,
    DIFFERS,
    NOT_COMPARED,
    NOT_IN_LEDGER,
    NOT_PRINTED,
    ReconciledCell,
    Reconciliation,
    show_as_printed,
)
from emcollab.results.trace import name_rows
from emcollab.values.money import POUNDS, format_amount, places_needed, round_to
from emcollab.values.terms import BASES

_VERDICTS = {
    AGREES: ("agrees", "agree"),
    ACCEPTED: ("differs and is explained", "differ and are explained"),
    DIFFERS: ("differs", "differ"),
    NOT_IN_LEDGER: ("is not in the ledger", "are not in the ledger"),
    NOT_PRINTED: ("is not printed", "are not printed"),
    NOT_COMPARED: ("is not compared", "are not compared"),
}
"""What is said of one cell of a verdict, and of several."""

_MOST_ROWS = 6
"""How many of the rows that a table lacks are named."""

_MOST_OUTSIDE = 20
"""How many of the figures are named that its paper states outside a table."""


def make_page(results: Iterable[Reconciliation], ledger: Ledger) -> Page:
    """Return each printed table beside the ledger and beside itself, its verdict first."""
    stated: dict[str, list[Figure]] = defaultdict(list)
    for figure in ledger.figures:
        stated[figure.source].append(figure)
    named = name_rows(ledger, results)
    blocks = [block for result, names in named for block in _blocks(result, ledger, names, stated[result.table.source])]
    return Page("Reconciliation", tuple(blocks) or (Paragraph("The ledger has no printed tables."),))


def say_verdict(result: Reconciliation) -> str:
    """Return in a sentence how the table as a whole compares, and whether its own sums are right.

    `33 cells and 3 totals agree; 3 sums are exact; no row is missing`: what was not compared is counted apart.
    """
    cells = [cell for cell in result.cells if cell.row != TOTAL]
    totals = count(len(result.cells) - len(cells), "total") if len(cells) < len(result.cells) else ""
    verdicts = Counter(cell.verdict for cell in result.cells)
    if set(verdicts) == {AGREES}:
        counted = join([count(len(cells), "cell"), *([totals] if totals else [])])
        parts = [f"{counted} {_VERDICTS[AGREES][len(result.cells) > 1]}"]
    else:
        said = [f"{verdicts[verdict]:,} {words[verdicts[verdict] > 1]}"
                for verdict, words in _VERDICTS.items() if verdicts[verdict]]  # fmt: skip
        parts = [f"of {count(len(result.cells), 'cell')} {', '.join(said)}"]
    sums = Counter(own.verdict for own in result.sums)
    if said := [f"{sums[verdict]:,} {'is' if sums[verdict] == 1 else 'are'} {verdict}"
                for verdict in (EXACT, WITHIN, EXPLAINED, OUT) if sums[verdict]]:  # fmt: skip
        number, _, rest = said[0].partition(" ")
        parts.append(", ".join([f"{number} {'sum' if number == '1' else 'sums'} {rest}", *said[1:]]))
    if result.missing:
        parts.append(f"no row for {join_first(result.missing, _MOST_ROWS)}")
    elif set(verdicts) == {AGREES} and set(sums) <= {EXACT}:
        parts.append("no row is missing")
    return "; ".join(parts)


def as_document(results: Iterable[Reconciliation]) -> list[dict[str, object]]:
    """Return the reconciliations for other programs: amounts exact, in pounds, posts or hours."""
    return [
        {
            "id": result.id,
            "source": result.table.source,
            "verdict": say_verdict(result),
            "cells": [
                {
                    "row": cell.row, "column": cell.label, "text": cell.text, "printed": cell.printed,
                    "ledger": cell.ledger,
                    "difference": None if cell.verdict == NOT_COMPARED else cell.difference,
                    "verdict": cell.verdict, "rounded": cell.is_rounded, "why": cell.why or None,
                }
                for cell in result.cells
            ],
            "sums": [
                {
                    "row": own.row, "column": own.label, "unit": "GBP" if own.unit in POUNDS else own.unit,
                    "printed": own.printed, "worked_out": own.worked_out, "difference": own.difference,
                    "slack": own.slack, "verdict": own.verdict, "why": own.why or None,
                }
                for own in result.sums
            ],
            "not_printed": result.missing,
        }
        for result in results
    ]  # fmt: skip


def _blocks(result: Reconciliation, ledger: Ledger, names: Mapping[str, str], stated: list[Figure]) -> Iterator[Block]:
    """Yield a table beside the ledger; `names` are those of its rows, `stated` the figures of its paper."""
    table, verdict = result.table, say_verdict(result)
    place = say_place(ledger.sources[table.source], table.at)
    yield Heading(f"{table.title} ({result.id})")
    yield Paragraph(f"{place}. {verdict[:1].upper()}{verdict[1:]}.")
    units = dict.fromkeys(result.grid.unit_of(cell.place) for cell in result.cells)
    units.pop("%", None)  # is printed, or the heading says it
    each = ", each cell in its own unit" if len(units) > 1 else ""
    title = f"In {join(list(units) or [str(table.unit or table.measure)])}{each}"
    rows = tuple(Row(_cells(result, cell, names)) for cell in result.cells)
    headings = ("Row", "Column", "Printed", "Ledger", "Difference", "Verdict")
    yield Table(title, headings, (False, False, True, True, True, False), rows)
    places = Counter(own.place for own in result.sums)
    for verdicts, said in (
        ((WITHIN,), "Sums that are within rounding:"),
        ((OUT, EXPLAINED), "Sums that are out by more than rounding can explain:"),
    ):
        told = [own for own in result.sums if own.verdict in verdicts]
        if sums := dict.fromkeys(_say_sum(result, own, names, is_one_of_two=places[own.place] > 1) for own in told):
            yield Paragraph(said)
            yield Items(tuple(sums))
    if reasons := tuple(_list_accepted(result, names)):
        yield Paragraph("Accepted differences:")
        yield Items(reasons)
    inside = {figure.identity for cell in result.cells for figure in cell.figures}
    outside = [figure for figure in stated if table.by and figure.identity not in inside]
    if outside:
        yield Paragraph("The same paper also states, outside this table:")
        more = len(outside) - _MOST_OUTSIDE
        ordered = _sort_by_name(outside, ledger)[:_MOST_OUTSIDE]
        first = [f"{name_figure(figure, ledger)}: {say_figure(figure)}" for figure in ordered]
        yield Items((*first, *([f"and {count(more, 'more figure')}"] if more > 0 else [])))


def _sort_by_name(figures: list[Figure], ledger: Ledger) -> list[Figure]:
    """Return figures by the names of projects; those of a benefit together, by period and then basis."""
    names = place_by_name(ledger, {each.project for each in figures})
    benefits = {stated: place for place, stated in enumerate(dict.fromkeys(each.stated for each in figures))}

    def place(each: Figure) -> tuple[int, int, str, int]:
        return names[each.project], benefits[each.stated], each.period, BASES.index(each.basis)

    return sorted(figures, key=place)


def _cells(result: Reconciliation, cell: ReconciledCell, names: Mapping[str, str]) -> tuple[str, ...]:
    ledger_has = "-" if cell.ledger is None else show_as_printed(result.grid, cell.place, cell.ledger)
    is_told = cell.difference and cell.verdict != NOT_COMPARED
    difference = show_as_printed(result.grid, cell.place, cell.difference) if is_told else ""
    verdict = "agrees within rounding" if cell.is_rounded else cell.verdict
    return names[cell.row], cell.label, cell.text, ledger_has, difference, verdict


def _say_sum(result: Reconciliation, own: Sum, names: Mapping[str, str], *, is_one_of_two: bool) -> str:
    """Return what is printed and what its parts come to, by how much it is off, and what rounding could explain.

    A cell that is a sum down and a sum across is told as the one or the other.
    """
    printed, worked_out, off, slack = (
        _show(amount, own.unit) for amount in (own.printed, own.worked_out, abs(own.difference), own.slack)
    )
    places = [*(place for _, place in own.rule.parts), *([own.rule.of] if own.rule.of else [])]
    rounded = sum(1 for place in places if result.grid.cells[place].half)
    itself = "the percentage" if own.unit == "%" else "the sum"
    which = "" if not is_one_of_two else " across" if own.rule.along == "columns" else " down"
    return (
        f"{names[own.row]}, {own.label}: {printed} is printed, and its parts{which} come to {worked_out}; "
        f"off by {off}, and rounding of {count(rounded, 'part')} and of {itself} itself could explain {slack}"
    )


def _show(amount: Decimal, unit: str) -> str:
    if unit == "%":
        return f"{round_to(amount, '%', 2).normalize():f}%"
    return format_amount(amount, unit, places_needed(amount, unit))


def _list_accepted(result: Reconciliation, names: Mapping[str, str]) -> Iterator[str]:
    """Yield each difference that was accepted, beside the ledger or of the paper's own sums, with the reason."""
    accepted = {(cell.row, cell.label): cell.why for cell in result.cells if cell.verdict == ACCEPTED}
    accepted |= {(own.row, own.label): own.why for own in result.sums if own.verdict == EXPLAINED}
    yield from (f"{names[row]}, {label}: {why}" for (row, label), why in accepted.items())
