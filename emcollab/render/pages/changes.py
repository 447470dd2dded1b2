"""What a change does to the totals, in words and tables."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import accumulate

from emcollab.records.ledger import Figure, Ledger
from emcollab.render.formats import markdown
from emcollab.render.formats.safe import safe
from emcollab.render.formats.text import fill, format_table
from emcollab.render.page import Amount, Cell, Row, Table
from emcollab.render.pages.words import count, join, name_paper, say_basis
from emcollab.results.amended import FigureChange
from emcollab.results.diff import Changes, Moved
from emcollab.results.edits import ADDED, REMOVED, FieldChange, RecordChange, cut_to_difference
from emcollab.results.shares import NOT_APPORTIONED
from emcollab.values.money import fit_measures, fit_unit, fit_words, say_amount, say_amounts
from emcollab.values.terms import MEASURES, WHOLES, name_kind, name_whole

_MOST_PHRASES = 6
"""How many kinds of change the headline names; of one kind how many amounts, and of one amount how many years."""

_ALL_NEW = "There was no ledger before: all is new."


def format_headline(changes: Changes) -> str:
    """Return in a sentence what moves, by kind and year: `adds £30,000 (cashable saving) in 2009/10 and 2010/11`.

    These are of all areas; what moves between areas, and between forces where these were asked for, is told by itself.
    """
    if not changes:
        return "Nothing changed."
    kinds: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for moved in changes.moved:
        kinds[moved.measure, moved.kind][moved.year] += moved.change
    words = fit_measures((measure, change) for (measure, _), years in kinds.items() for change in years.values())
    phrases = [
        phrase
        for (measure, kind), years in sorted(kinds.items(), key=_by_sum)
        for phrase in _phrases(words[measure], kind, years)
    ]
    if more := phrases[_MOST_PHRASES:]:
        phrases = [*phrases[:_MOST_PHRASES], f"moves {count(len(more), 'more kind')} of amount"]
    is_new = any(each.record == "ledger" and each.change == ADDED for each in changes.records)
    if phrases:
        said = f"This {'; '.join([*phrases[:-1], f'and {phrases[-1]}' if phrases[1:] else phrases[-1]])}."
        net = _say_net(changes) if sum(map(len, kinds.values())) > 1 else ""
        first = " ".join(filter(None, (net, said) if is_new else (said, net)))
    elif any(each.change for each in changes.moved):
        first = "The totals of all areas stay as they are, but those of single areas do not."
    elif any(each.change for each in changes.forces or ()):
        first = "No total by area moves, but those by force do."
    elif changes.moved or changes.forces:
        first = "No amount moves: nil is newly stated, or stated no more."
    else:
        first = "No total moves." if changes.forces is None else "No total moves, by area or by force."
    new = [_ALL_NEW] if is_new else []
    return " ".join([*new, first, *_say_transfers(changes, "areas"), *_say_transfers(changes, "forces")])


def _by_sum(kind: tuple[tuple[str, str], Mapping[str, Decimal]]) -> tuple[int, Decimal]:
    """Return the place of a kind of change in the headline: money comes first, and the greatest sum of changes."""
    (measure, _), years = kind
    return MEASURES.index(measure), -sum(map(abs, years.values()), Decimal(0))


def _say_transfers(changes: Changes, rows: str) -> list[str]:
    """Return what went from one area or force to another, the most first, in a sentence; none, if nothing did."""
    transfers = [each for each in changes.transfers if each.rows == rows]
    transfers.sort(key=lambda each: (MEASURES.index(each.measure), -each.amount))
    words = fit_measures((each.measure, each.amount) for each in transfers)
    said = [f"{words[each.measure](each.amount)} ({each.kind}) in {each.year}" for each in transfers]
    return [f"Moved between {rows}: {_join_some(said, 'amount')}."] if said else []


def _say_net(changes: Changes) -> str:
    """Return what all changes of a category come to: of money and hours, as posts are a level and not added up."""
    sums: dict[tuple[str, str], Decimal] = {
        (measure, what): Decimal(0) for measure in MEASURES for what in WHOLES.values()
    }
    for moved in changes.moved:
        sums[moved.measure, name_whole(moved.kind)] += moved.change
    nets = {(measure, what): net for (measure, what), net in sums.items() if net and measure != "posts"}
    words = fit_measures((measure, net) for (measure, _), net in nets.items())
    said = [
        f"{words[measure](abs(net))} {'more' if net > 0 else 'less'} in {what}" for (measure, what), net in nets.items()
    ]
    if all(moved.measure == "posts" for moved in changes.moved):
        return ""
    if not said:
        return "In all: nothing more and nothing less."
    return f"In all: {join(said)}."


def _phrases(say: Callable[[Decimal], str], kind: str, years: dict[str, Decimal]) -> list[str]:
    """Return what is added of one kind, and what is taken away, the years of equal amounts together.

    Of many amounts the greatest are named; `say` says each.
    """
    amounts: dict[Decimal, list[str]] = defaultdict(list)
    for year, change in sorted(years.items()):
        amounts[change].append(year)
    phrases = []
    for verb, sign in (("adds", 1), ("takes away", -1)):
        some = [change for change in amounts if change * sign > 0]
        most = sorted(some, key=abs, reverse=True)[:_MOST_PHRASES]
        said = [(say(abs(each)), _join_some(amounts[each], "year")) for each in some if each in most]
        if said:
            (first, when), *others = said
            named = [f"{verb} {first} ({kind}) in {when}", *(f"{much} in {in_}" for much, in_ in others)]
            more = count(len(some) - len(most), "smaller amount")
            phrases.append(join([*named, more] if len(some) > len(most) else named))
    return phrases


def _join_some(words: Sequence[str], noun: str) -> str:
    """Return words as `join` does, of many the first, and how many more there are."""
    more = len(words) - _MOST_PHRASES
    return join([*words[:_MOST_PHRASES], count(more, f"more {noun}")] if more > 0 else words)


def format_text(changes: Changes, ledger: Ledger, columns: int | None = None) -> str:
    """Return the headline, warnings and tables for a terminal."""
    blocks = [fill(format_headline(changes), columns=columns) + "\n"]
    if changes.warnings:
        blocks.append("".join(f"warning: {safe(warning)}\n" for warning in changes.warnings))
    return "\n".join([*blocks, *(format_table(table, columns) for table in make_tables(changes, ledger))])


def format_markdown(changes: Changes, ledger: Ledger, _: int | None = None) -> str:
    """Return the headline, warnings and tables for a job summary or a comment, in no more than 60,000 bytes.

    Where it would be longer, records are left out first, then figures, then totals and warnings, of which the first
    stay; and it says how many are left out. A cell is shortened, and the fields of a record are counted beyond ten.
    """
    headline = f"**{markdown.escape(format_headline(changes))}**\n"
    totals = changes.totals if len(changes.totals) <= _FEW else tuple(sorted(changes.totals, key=_by_size))
    tables = [
        replace(table, rows=tuple(row._replace(cells=tuple(map(_shorten, row.cells))) for row in table.rows))
        for table in make_tables(replace(changes, totals=totals), ledger, _MOST_FIELDS)
    ]
    lists = [partial(_list_warnings, changes.warnings), *(partial(_cut_table, table) for table in tables)]
    lengths = [len(changes.warnings), *(len(table.rows) for table in tables)]
    texts = [some(length) for some, length in zip(lists, lengths, strict=True)]
    for fewest in (_FEW, 1):
        for place in reversed(range(len(lists))):
            while sum(len(text.encode()) + 1 for text in (headline, *texts)) > _MOST_BYTES and lengths[place] > fewest:
                lengths[place] = max(lengths[place] // 2, fewest)
                texts[place] = lists[place](lengths[place])
    return _cut("\n".join([headline, *filter(None, texts)]))


_MOST_BYTES = 60_000
"""Of a comment GitHub keeps 65,536 characters; what is longer it drops whole."""

_FEW = 10
"""How many warnings, and rows of each table, are left as long as any other can be shortened."""

_MOST_FIELDS = 10
"""How many fields of a record are named in a comment."""

_MOST_CHARACTERS = 300
"""How many characters are left of a cell, or a warning, in a comment."""


def _shorten(cell: Cell) -> Cell:
    if isinstance(cell, str) and len(cell) > _MOST_CHARACTERS:
        return f"{cell[:_MOST_CHARACTERS]}…"
    return cell


def _list_warnings(warnings: Sequence[str], most: int) -> str:
    lines = [f"- ⚠ {markdown.escape(str(_shorten(warning)))}\n" for warning in warnings[:most]]
    if more := len(warnings) - len(lines):
        lines.append(f"- ⚠ {count(more, 'more warning')}: `emcollab diff` lists {'it' if more == 1 else 'them'}\n")
    return "".join(lines)


def _cut_table(table: Table, most: int) -> str:
    """Return a table with the first of its rows, and as many of its totals."""
    shown = [row for is_total in (False, True) for row in [row for row in table.rows if row.total == is_total][:most]]
    more = len(table.rows) - len(shown)
    note = f"{count(more, 'more row')} {'is' if more == 1 else 'are'} left out here; emcollab diff lists them all."
    return markdown.format_table(replace(table, rows=tuple(shown), notes=(note,) if more else ()))


def _cut(text: str) -> str:
    """Return a text that is too long for a comment up to a line that is not, and say so."""
    if len(text.encode()) <= _MOST_BYTES:
        return text
    kept = text.encode()[:_MOST_BYTES].decode(errors="ignore").rpartition("\n")[0]
    return f"{kept}\n\nThis is cut here, as it is too long for a comment; emcollab diff prints all of it.\n"


FORMATS: dict[str, Callable[[Changes, Ledger, int | None], str]] = {"table": format_text, "markdown": format_markdown}
"""The formats for people. To add one: write its function, list it here, and its name in `values.terms`."""


def as_document(changes: Changes) -> dict[str, object]:
    """Return the changes for other programs: amounts exact, `None` where nothing was stated."""
    return {
        "headline": format_headline(changes),
        "warnings": changes.warnings,
        "totals": [{"measure": each.measure, "area": each.area, **_tell_total(each)} for each in changes.moved],
        "forces": [
            {"measure": each.measure, "force": each.force, **_tell_total(each)} for each in changes.forces or ()
        ],
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
        "all_areas": [{"measure": each.measure, **_tell_total(each)} for each in changes.totals],
    }  # fmt: skip


def _tell_total(moved: Moved) -> dict[str, object]:
    return {
        "year": moved.year, "kind": moved.kind, "before": moved.before, "after": moved.after, "change": moved.change
    }  # fmt: skip


def make_totals(changes: Changes, ledger: Ledger) -> list[Table]:
    """Return the totals that move, by area and by force, the greatest change first; those tables that have a row.

    Money is in one unit a table, which its title tells: the ledger's, or pounds where that would take long decimals.
    """
    by_force = {**{id_: force.name for id_, force in ledger.forces.items()}, NOT_APPORTIONED: "Not apportioned"}
    tables = (
        ("Area", _label(changes, "area", ledger.areas), changes.moved, changes.totals),
        ("Force", _label(changes, "force", by_force), changes.forces or (), ()),
    )
    return [_make_totals(heading, labels, moved, totals, ledger) for heading, labels, moved, totals in tables if moved]


def _label(changes: Changes, kind: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Return what to call areas or forces: with their old names where they had others, and those that are gone too."""
    found = dict(labels)
    for change in changes.records:
        if change.record == kind and change.name:
            gone = " (removed)" if change.change == REMOVED else f" (was {change.old_name})" if change.old_name else ""
            found[change.id] = f"{change.name}{gone}"
    return found


def _make_totals(
    heading: str, labels: Mapping[str, str], moved: Sequence[Moved], totals: Sequence[Moved], ledger: Ledger
) -> Table:
    money = [
        amount or Decimal(0)
        for each in (*moved, *totals) if each.measure == "money"
        for amount in (each.before, each.after, each.change)
    ]  # fmt: skip
    unit, places = fit_unit(money, ledger.settings.unit, ledger.settings.places or 0)

    def row(name: str, each: Moved) -> tuple[Cell, ...]:
        amounts = each.before, each.after, each.change
        make: Callable[[Decimal], Cell] = (
            (lambda amount: Amount(amount, unit, places)) if each.measure == "money"
            else fit_words(filter(None, amounts), each.measure)
        )  # fmt: skip
        return name, each.year, each.kind, *(None if amount is None else make(amount) for amount in amounts)

    rows = [Row(row(labels[each.area or each.force], each)) for each in sorted(moved, key=_by_size)]
    return Table(
        f"Totals by {heading.lower()} that move ({unit})",
        (heading, "Year", "Kind", "Before", "After", "Change"),
        (False, False, False, True, True, True),
        (*rows, *(Row(row("TOTAL", each), total=True) for each in totals)),
    )


def _by_size(moved: Moved) -> tuple[bool, Decimal]:
    return moved.measure != "money", -abs(moved.change)


def make_tables(changes: Changes, ledger: Ledger, most_fields: int | None = None) -> list[Table]:
    """Return the totals that move, the figures that moved them, and the records that changed; those there are.

    Of a record, fields beyond `most_fields` are counted.
    """
    tables = [
        *make_totals(changes, ledger),
        Table(
            "Figures",
            ("Figure", "Period", "Stated before", "Stated now", "Paper", "Stands"),
            (False, False, True, True, False, False),
            tuple(Row(_figure_cells(alike, ledger)) for alike in _group_figures(changes.figures)),
        ),
        Table(
            "Records",
            ("Record", "Id", "Name", "Change"),
            (False, False, False, False),
            tuple(Row(_record_cells(change, most_fields)) for change in changes.records),
        ),
    ]
    return [table for table in tables if table.rows]


def _record_cells(change: RecordChange, most: int | None) -> tuple[Cell, ...]:
    """Return the row of a record; old ids and names stand beside the new ones."""
    names = change.old_name, change.name
    differ = [each for each in change.fields if "/" in each.field or each[1:] != names]
    fields = list(map(_say_field, differ)) if most is None else _list_first(differ, most)
    return (
        change.record,
        _say_new(change.id, change.old_id),
        _say_new(change.name or "", change.old_name),
        "; ".join([change.change, *fields]),
    )


def _list_first(fields: Sequence[FieldChange], most: int) -> list[str]:
    """Return the first fields, as many as one cell holds, each with what differs in it; and how many more there are."""
    said = [_say_field(_cut_field(field)) for field in fields[:most]]
    some = [field if len(field) <= _MOST_OF_FIELD else f"{field[: _MOST_OF_FIELD - 1]}…" for field in said]
    ends = accumulate(map(len, some))
    shown = [field for field, end in zip(some, ends, strict=True) if end <= _MOST_CHARACTERS * 3 // 4]
    more = len(fields) - len(shown)
    return [*shown, f"and {count(more, 'more field')}, which emcollab diff lists"] if more else shown


_MOST_OF_FIELD = 200
"""How many characters are left of a field in a comment, and of each of its sides a quarter."""


def _cut_field(change: FieldChange) -> FieldChange:
    if change.before is None or change.after is None:
        return change
    return FieldChange(change.field, *cut_to_difference(change.before, change.after, _MOST_OF_FIELD // 4))


def _say_new(new: str, old: str | None) -> str:
    return f"{new} (was {old})" if old else new


def _say_field(change: FieldChange) -> str:
    before, after = change.before, change.after
    if before is None:
        return f"{change.field} is new" + ("" if after == "stated" else f": {after}")
    return f"{change.field} from {before} to {after}" if after is not None else f"{change.field} is taken out"


def _group_figures(changes: Sequence[FigureChange]) -> Iterable[list[FigureChange]]:
    """Return together the figures of a benefit that are of another kind or area than they were, and nothing else."""
    groups: dict[tuple[object, ...], list[FigureChange]] = defaultdict(list)
    for place, change in enumerate(changes):
        before, after, figure, stands = change
        same = before and after and all(getattr(before, name) == getattr(after, name) for name in _OWN)
        kind = (before.area, before.category, before.cashability) if before and same else place
        groups[figure.stated, stands, kind].append(change)
    return groups.values()


_OWN = ("amount", "measure", "parts")
"""What a figure says itself; its kind and its area are those of its benefit."""


def _figure_cells(alike: Sequence[FigureChange], ledger: Ledger) -> tuple[Cell, ...]:
    """Return the row of a figure; or of several that changed in the same way."""
    figure, stands = alike[0].figure, alike[0].stands
    papers = (
        name_paper(ledger.sources[id_]) if id_ in ledger.sources else id_
        for id_ in dict.fromkeys(each.figure.source for each in alike)
    )  # fmt: skip
    return (
        f"{figure.project}/{figure.benefit}",
        _join_some([each.figure.period for each in alike], "period"),
        *_say_figures(alike, ledger),
        "; ".join(papers),
        "yes" if stands else "no",
    )


def _say_alike(alike: Sequence[FigureChange]) -> list[str]:
    """Return the amounts of several figures, which are the same on both sides; of one basis, it is said once."""
    same = say_amounts([each.figure.amount for each in alike], alike[0].figure.measure)
    bases = [f"{say_basis(each.figure.basis)} " for each in alike]
    leads = bases if len(set(bases)) > 1 else [bases[0], *("" for _ in bases[1:])]
    return [_join_some([f"{lead}{amount}" for lead, amount in zip(leads, same, strict=True)], "amount")] * 2


def _say_sides(before: Figure, after: Figure) -> list[str]:
    """Return the amounts of both sides, alike if they are of one measure."""
    sides = before, after
    words = fit_measures((each.measure, each.amount) for each in sides)
    return [f"{say_basis(each.basis)} {words[each.measure](each.amount)}" for each in sides]


def _say_parts(before: Figure, after: Figure) -> list[str]:
    """Return the amounts of forces on both sides."""
    sides = before, after
    words = fit_measures((each.measure, part) for each in sides for _, part in each.parts)
    return [", ".join(f"{force}: {words[each.measure](part)}" for force, part in each.parts) for each in sides]


def _say_figures(alike: Sequence[FigureChange], ledger: Ledger) -> list[Cell]:
    """Return the figures of both sides, in one unit, with what is otherwise than their amounts."""
    before, after = alike[0].before, alike[0].after
    if before is None or after is None:
        return [
            None if each is None else f"{say_basis(each.basis)} {say_amount(each.amount, each.measure)}"
            for each in (before, after)
        ]
    sides = before, after
    amounts = _say_alike(alike) if alike[1:] else _say_sides(before, after)
    others = [
        [name_kind(each.category, each.cashability) for each in sides],
        [f"in {ledger.areas.get(each.area, each.area)}" for each in sides],
        _say_parts(before, after),
    ]
    differ = [other for other in others if other[0] != other[1]]
    return [
        " ".join([amount, *(f"({some})" for some in said if some)])
        for amount, *said in zip(amounts, *differ, strict=True)
    ]
