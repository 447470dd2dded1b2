"""What moves totals between areas, or between forces, though the figures state what they did."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from emcollab.records.ledger import Figure, Ledger
from emcollab.results.edits import NewNames
from emcollab.results.shares import NOT_APPORTIONED, apportion
from emcollab.results.standing import Standing
from emcollab.values.periods import is_over
from emcollab.values.terms import name_kind


class Transfer(NamedTuple):
    """What figures took from one row to another, of two amounts the smaller: `rows` are `areas` or `forces`."""

    rows: str
    measure: str
    year: str
    kind: str
    amount: Decimal


class Pair(NamedTuple):
    """A figure that stood, the same under its new names, and the one that stands instead."""

    figure: Figure
    was: Figure
    is_: Figure


class Redivided(NamedTuple):
    """A pair that would be divided otherwise between forces were its amounts equal: the parts under their new names."""

    pair: Pair
    parts: Mapping[str, Decimal]
    others: Mapping[str, Decimal]


def pair_figures(stood: Standing, stands: Standing, names: NewNames) -> Iterator[Pair]:
    """Yield the figures of years that stand on both sides, of one measure."""
    for figure in stood.figures:
        was = names.rename(figure)
        is_ = stands.by_subject.get(was.subject)
        if is_ is not None and was.year and was.measure == is_.measure:
            yield Pair(figure, was, is_)


def find_redivided(old: Ledger, new: Ledger, names: NewNames, pairs: Iterable[Pair]) -> Iterator[Redivided]:
    """Yield the pairs of which another part falls to a force, or to none."""
    for pair in pairs:
        others = apportion(new, pair.is_)
        if names.rename_parts(apportion(old, pair.figure._replace(amount=pair.is_.amount))) != others:
            yield Redivided(pair, names.rename_parts(apportion(old, pair.figure)), others)


def sum_transfers(pairs: Iterable[Pair], redivided: Iterable[Redivided]) -> Iterator[Transfer]:
    """Yield what goes from areas to others, and from forces to others, by measure, year and kind."""
    sums: dict[tuple[str, str, str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for _, was, is_ in pairs:
        if was.area != is_.area:
            rows = sums["areas", is_.measure, is_.year, name_kind(is_.category, is_.cashability)]
            amount = min(was.amount, is_.amount, key=abs) if was.amount * is_.amount > 0 else Decimal(0)
            rows[was.area] -= amount
            rows[is_.area] += amount
    for (_, _, is_), parts, others in redivided:
        rows = sums["forces", is_.measure, is_.year, "cost" if is_.is_cost else "benefits"]
        for force, change in _level(parts, others).items():
            rows[force] += change
    for key, rows in sorted(sums.items()):
        if amount := sum((change for change in rows.values() if change > 0), Decimal(0)):  # as much as others lose
            yield Transfer(*key, amount)


def _level(parts: Mapping[str, Decimal], others: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return by force what came or, below nil, left: of both as much as of the smaller, the rest being no transfer."""
    forces = [force for force in dict.fromkeys([*parts, *others]) if force != NOT_APPORTIONED]
    changes = {force: others.get(force, Decimal(0)) - parts.get(force, Decimal(0)) for force in forces}
    excess = sum(changes.values(), Decimal(0))
    for force, change in sorted(changes.items(), key=lambda item: -abs(item[1])):
        if change * excess > 0:
            rest = min(change, excess, key=abs)
            changes[force] -= rest
            excess -= rest
    return changes


def say_redivided(old: Ledger, new: Ledger, redivided: Iterable[Redivided], latest: date) -> list[str]:
    """Return what divides figures of closed years otherwise between forces than it did: a key, or a benefit; and when.

    A figure that no paper divided before is divided now; and a later paper may name other forces: these are no edits.
    """
    divided: dict[str, list[str]] = defaultdict(list)
    for (figure, _, is_), parts, _ in redivided:
        if figure.parts or not is_over(figure.year, latest) or parts.keys() == {NOT_APPORTIONED}:
            continue
        shares, earlier = new.benefit(is_).shares, old.benefit(figure).shares
        said = old.states[figure.project].said.get("forces")
        if shares is None and earlier is None and said in new.projects[is_.project].statements:
            continue
        key = isinstance(shares, str) and shares == earlier
        divided[f"share key '{shares}'" if key else f"{is_.project}/{is_.benefit}"].append(figure.year)
    return [f"{what}, {', '.join(sorted({*years}))}" for what, years in divided.items()]
