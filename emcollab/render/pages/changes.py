"""What a change does to the totals, in words and tables."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from emcollab.records.ledger import Ledger
from emcollab.render.formats import markdown
from emcollab.render.formats.safe import safe
from emcollab.render.formats.text import fill, format_table
from emcollab.render.page import Amount, Cell, Row, Table
from emcollab.render.pages.words import count, join, say_basis
from emcollab.results.diff import Changes, FigureChange, Moved
from emcollab.results.edits import FieldChange, RecordChange
from emcollab.values.dates import format_when
from emcollab.values.money import places_needed, say_amount
from emcollab.values.terms import name_kind

_MOST_PHRASES = 6
"""How many kinds of change the headline names."""


def format_headline(changes: Changes) -> str:
    """Return in a sentence what moves, by kind and year: `adds £30,000 (cashable saving) in 2009/10 and 2010/11`."""
    if not changes:
        return "Nothing changed."
    kinds: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for moved in changes.moved:
        kinds[moved.measure, moved.kind][moved.year] += moved.change
    phrases = [phrase for (measure, kind), years in kinds.items() for phrase in _phrases(measure, kind, years)]
    if more := phrases[_MOST_PHRASES:]:
        phrases = [*phrases[:_MOST_PHRASES], f"moves {count(len(more), 'more kind')} of amount"]
    if phrases:
        net = f" {_say_net(changes)}" if sum(map(len, kinds.values())) > 1 else ""
        return f"This {'; '.join([*phrases[:-1], f'and {phrases[-1]}' if phrases[1:] else phrases[-1]])}.{net}"
    if changes.moved:
        return "No sum changes, but what it is made of does."
    return "No total moves."


def _say_net(changes: Changes) -> str:
    """Return what all changes come to, costs apart."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for moved in changes.moved:
        sums[moved.measure, "costs" if moved.kind == "cost" else "benefits"] += moved.change
    said = [
        f"{say_amount(abs(change), measure)} {'more' if change > 0 else 'less'} in {what}"
        for (measure, what), change in sums.items()
        if change
    ]
    return f"In all: {join(said)}." if said else "In all: nothing more and nothing less."


def _phrases(measure: str, kind: str, years: dict[str, Decimal]) -> list[str]:
    """Return what is added of one kind, and what is taken away, the years of equal amounts together."""
    amounts: dict[Decimal, list[str]] = defaultdict(list)
    for year, change in sorted(years.items()):
        amounts[change].append(year)
    phrases = []
    for verb, sign in (("adds", 1), ("takes away", -1)):
        said = [(say_amount(abs(change), measure), join(some)) for change, some in amounts.items() if change * sign > 0]
        if said:
            (first, when), *others = said
            phrases.append(join([f"{verb} {first} ({kind}) in {when}", *(f"{much} in {in_}" for much, in_ in others)]))
    return phrases


def format_text(changes: Changes, ledger: Ledger, columns: int | None = None) -> str:
    """Return the headline, warnings and tables for a terminal."""
    blocks = [fill(format_headline(changes), columns=columns) + "\n"]
    if changes.warnings:
        blocks.append("".join(f"warning: {safe(warning)}\n" for warning in changes.warnings))
    return "\n".join([*blocks, *(format_table(table, columns) for table in make_tables(changes, ledger))])


def format_markdown(changes: Changes, ledger: Ledger, _: int | None = None) -> str:
    """Return the headline, warnings and tables for a job summary or a comment, in no more than 60,000 bytes.

    Where it would be longer, tables end after fewer rows and say how many are left out.
    """
    rows = max(len(changes.moved), len(changes.figures), len(changes.records), len(changes.warnings))
    while len((text := _format_markdown(changes, ledger, rows)).encode()) > _MOST_BYTES and rows:
        rows //= 2
    return text


_MOST_BYTES = 60_000
"""Of a comment GitHub keeps 65,536 characters; what is longer it drops whole."""


def _format_markdown(changes: Changes, ledger: Ledger, rows: int) -> str:
    blocks = [f"**{markdown.escape(format_headline(changes))}**\n"]
    if changes.warnings:
        lines = [f"- ⚠ {markdown.escape(warning)}\n" for warning in changes.warnings[:rows]]
        if more := len(changes.warnings) - len(lines):
            them = "it" if more == 1 else "them"
            lines.append(f"- ⚠ {count(more, 'more warning')}: `emcollab diff` lists {them}\n")
        blocks.append("".join(lines))
    for table in make_tables(changes, ledger):
        shown = tuple(row for position, row in enumerate(table.rows) if position < rows or row.total)
        more = len(table.rows) - len(shown)
        are = "is" if more == 1 else "are"
        note = f"{count(more, 'more row')} {are} left out here; emcollab diff lists them all."
        notes = (note,) if more > 0 else ()
        blocks.append(markdown.format_table(replace(table, rows=shown, notes=notes)))
    return "\n".join(blocks)


FORMATS: dict[str, Callable[[Changes, Ledger, int | None], str]] = {"table": format_text, "markdown": format_markdown}
"""The formats for people. To add one: write its function, list it here, and its name in `values.terms`."""


def as_document(changes: Changes) -> dict[str, object]:
    """Return the changes for other programs: amounts exact, `None` where nothing was stated."""
    return {
        "headline": format_headline(changes),
        "warnings": changes.warnings,
        "totals": [{**moved._asdict(), "change": moved.change} for moved in changes.moved],
        "figures": [
            {
                "project": figure.project, "benefit": figure.benefit, "period": figure.period,
                "year": figure.year or None, "basis": figure.basis, "measure": figure.measure, "source": figure.source,
                "before": before.amount if before else None, "after": after.amount if after else None,
                "stands": stands,
            }
            for before, after, figure, stands in changes.figures
        ],
        "records": [
            {**change._asdict(), "fields": [field._asdict() for field in change.fields]} for change in changes.records
        ],
        "all_areas": [
            {"measure": total.measure, "year": total.year, "kind": total.kind, "before": total.before,
             "after": total.after, "change": total.change}
            for total in changes.totals
        ],
    }  # fmt: skip


def make_totals(changes: Changes, ledger: Ledger) -> Table:
    """Return the totals that move."""
    return Table(
        f"Totals that move ({ledger.settings.unit})",
        ("Area", "Year", "Kind", "Before", "After", "Change"),
        (False, False, False, True, True, True),
        (
            *(Row(_total_cells(moved, ledger)) for moved in sorted(changes.moved, key=_by_size)),
            *(Row(("TOTAL", *_total_cells(total, ledger)[1:]), total=True) for total in changes.totals),
        ),
    )


def _by_size(moved: Moved) -> tuple[bool, Decimal]:
    return moved.measure != "money", -abs(moved.change)


def make_tables(changes: Changes, ledger: Ledger) -> list[Table]:
    """Return the totals that move, the figures that moved them, and the records that changed; those there are."""
    tables = [
        make_totals(changes, ledger),
        Table(
            "Figures",
            ("Figure", "Period", "Before", "After", "Paper", "Stands"),
            (False, False, True, True, False, False),
            tuple(Row(_figure_cells(change, ledger)) for change in changes.figures),
        ),
        Table(
            "Records",
            ("Record", "Id", "Change"),
            (False, False, False),
            tuple(
                Row(
                    (
                        record,
                        id_,
                        "; ".join([f"{change} (was {old_id})" if old_id else change, *map(_say_field, fields)]),
                    )
                )
                for record, id_, change, old_id, fields, *_ in changes.records
            ),
        ),
    ]
    return [table for table in tables if table.rows]


def _say_field(change: FieldChange) -> str:
    before, after = change.before, change.after
    if before is None:
        return f"{change.field} is new" + ("" if after == "stated" else f": {after}")
    return f"{change.field} from {before} to {after}" if after is not None else f"{change.field} is taken out"


def _total_cells(moved: Moved, ledger: Ledger) -> tuple[Cell, ...]:
    """Return the row of a total: as many decimals as the most exact amount needs; posts and hours in words."""
    amounts = (moved.before, moved.after, moved.change)
    unit = ledger.settings.unit
    places = max(ledger.settings.places or 0, *(places_needed(amount or Decimal(0), unit) for amount in amounts))

    def cell(amount: Decimal) -> Cell:
        return (
            Amount(amount, unit, places, sign=True) if moved.measure == "money" else say_amount(amount, moved.measure)
        )

    cells = (None if amount is None else cell(amount) for amount in amounts)
    return ledger.areas.get(moved.area, moved.area), moved.year, moved.kind, *cells


def _figure_cells(change: FigureChange, ledger: Ledger) -> tuple[Cell, ...]:
    before, after, figure, stands = change
    source = ledger.sources.get(figure.source)
    paper = f"{source.title}, {format_when(source.date)}" if source else figure.source
    said = [each and f"{say_basis(each.basis)} {say_amount(each.amount, each.measure)}" for each in (before, after)]
    if before and after and said[0] == said[1]:
        said = [
            f"{each} ({name_kind(side.category, side.cashability)})"
            for each, side in zip(said, (before, after), strict=True)
        ]
    name = f"{figure.project}/{figure.benefit}"
    return name, figure.period, *said, paper, "yes" if stands else "no"
