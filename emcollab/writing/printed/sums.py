"""Which cells a printed table works out from which others: found by trying, and judged as the table's sums are.

A column is looked for among columns, row by row; a row among rows, column by column. A slip of the paper does not hide
a sum: the parts that fit in most places are told, with the places where they do not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from emcollab.results.arithmetic import OUT, Position, Rule, judge
from emcollab.results.printed import Printed

_MOST_TRIED = 9  # columns among which differences are looked for, those nearest by
_MOST_PARTS = 4  # of a difference
_MOST_OUT = 10  # places: what is out in more is no sum


class Parts(NamedTuple):
    """Parts that may come to a column or a row, by position: added, taken away, and what it is a percentage of."""

    adds: tuple[int, ...]
    less: tuple[int, ...] = ()
    of: int | None = None


class Fit(NamedTuple):
    """How well parts come to what is printed.

    `right` counts the places where they do and there is something to add, exactly or `rounded`; `out` are those where
    they do not.
    """

    parts: Parts
    right: int
    rounded: int
    out: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """What tells the better of two: the fewest places out, the most right and exact, the fewest parts."""
        return len(self.out), -self.right, self.rounded, len(self.parts.adds) + len(self.parts.less)

    @property
    def is_exact(self) -> bool:
        """Whether parts come to what is printed wherever that can be said."""
        return self.right > 0 and not self.out

    @property
    def is_ever_exact(self) -> bool:
        """Whether parts come to it exactly anywhere: rounding of a few digits explains nearly any percentage."""
        return self.right > self.rounded

    @property
    def is_certain(self) -> bool:
        """Whether no name is needed to see it: right in two places and more, and out in none."""
        return self.right > 1 and not self.out


def fit(
    cells: Mapping[Position, Printed], along: Sequence[int], target: int, parts: Parts, most_out: int = _MOST_OUT
) -> Fit | None:
    """Return how well `parts` come to `target`, in each place `along` it; cells are by place along and position.

    `None` if they do not come to it in more than `most_out` places.
    """
    right = rounded = 0
    out = []
    for at in along:
        rule = Rule((at, target), parts.adds, parts.less, None if parts.of is None else (at, parts.of), "columns")
        judged = judge(rule, cells)
        if judged is None:
            continue
        if judged.verdict == OUT:
            out.append(at)
            if len(out) > most_out:
                return None
        elif any(cells[place].number for _, place in rule.parts):
            right += 1
            rounded += judged.printed != judged.worked_out
    return Fit(parts, right, rounded, tuple(out))


def best_fit(  # noqa: PLR0913 - how far to look is part of what is asked
    cells: Mapping[Position, Printed], along: Sequence[int], target: int, tried: Iterable[Parts], *,
    by_name: bool = False, most_out: int = _MOST_OUT,
) -> Fit | None:  # fmt: skip
    """Return the best fit of all that are `tried`, if any is right in more places than it is out; of equals the first.

    What is called a sum (`by_name`) may be out in as many, if that is one: what is right nowhere, the first that is
    tried. What is out in more places than `most_out` is none.
    """
    best = first = None
    for parts in dict.fromkeys(tried):
        found = fit(cells, along, target, parts, len(best.out) if best else most_out) if parts.adds else None
        if found and found.right and (best is None or found.rank < best.rank):
            best = found
        if found and found.out:
            first = first or found
    if best is None and by_name:
        best = first
    is_one = best and (best.right > len(best.out) or (by_name and len(best.out) == 1))
    return best if is_one else None


def transpose(cells: Mapping[Position, Printed]) -> dict[Position, Printed]:
    """Return the cells by column, then row: so that what is done to columns is done to rows."""
    return {(column, row): cell for (row, column), cell in cells.items()}


def list_differences(target: int, among: Sequence[int]) -> Iterator[Parts]:
    """Yield all sums and differences of up to four of the positions `among`, the nearest to `target` first."""
    near = sorted(sorted(among, key=lambda at: abs(at - target))[:_MOST_TRIED])
    for count in range(2, _MOST_PARTS + 1):
        for some in combinations(near, count):
            for taken in range(1, count):
                for less in combinations(some, taken):
                    yield Parts(tuple(at for at in some if at not in less), less)


def list_shares(target: int, among: Sequence[int]) -> Iterator[Parts]:
    """Yield all ways to be a percentage: of one of the positions `among`, of another; the nearest to `target` first."""
    near = sorted(among, key=lambda at: abs(at - target))
    yield from (Parts((part,), of=whole) for whole in near for part in near if part != whole)
