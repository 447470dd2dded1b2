"""Which rows of a printed table are sums of others: sub-totals, net lines, percentages, and the row of totals."""

import re
from collections.abc import Mapping, Sequence

from emcollab.results.arithmetic import Position
from emcollab.results.printed import AMOUNT, PERCENTAGE, Printed
from emcollab.writing.printed.layout import Line
from emcollab.writing.printed.sums import Fit, Parts, best_fit, fit, list_differences, list_shares, transpose
from emcollab.writing.spellings import is_total, plain

_NET = re.compile(r"(?i)\bnet\b|\bsurplus|\bdeficit|\bbalance|\bafter\b|\bshortfall|\bvarian|\bdifference")
_PART = re.compile(r"(?i)^[-–•\s]*(?:of (?:which|that)|o/w|including|incl\b|includes)")  # noqa: RUF001 - an en dash is meant
_MOST_BELOW = 30  # rows that are tried for a sum above its parts


class RowSums:
    """Which rows add which: found by their labels and by arithmetic, one after the other."""

    def __init__(self, lines: Sequence[Line], added: Sequence[int], cells: Mapping[Position, Printed]) -> None:
        """`added` are the columns that have amounts. `shares` are the rows with percentages where others have them."""
        self.lines = lines
        self.added = added
        self.cells = transpose(cells)
        self.filled = [at for at, line in enumerate(lines) if line.cells]
        self.shares = {at for at in self.filled if self._is_share(at)}
        self.fits: dict[int, Fit] = {}
        self.parts: dict[int, str] = {}
        self.total: int | None = None
        self.unsure: list[int] = []
        self.possible: dict[int, Fit] = {}

    def find(self) -> None:
        """Find sub-totals and other sums, parts of rows with the reason, and the totals."""
        for at, line in enumerate(self.lines):
            if not line.cells:
                if _PART.match(line.label):
                    self._find_parts_below(at)
            elif _PART.match(line.label):
                self.parts[at] = "its label says that it is a part"
            elif at in self.parts:
                continue
            elif at in self.shares:
                found = best_fit(self.cells, self.added, at, list_shares(at, [*self.plain(at), *self.fits]))
                self._note(at, found if found and found.is_ever_exact else None)
            elif _NET.search(line.label) and (found := self._fit_difference(at)):
                self.fits[at] = found
            elif self._is_sum(at):
                self._note(at, self._fit_sum(at))
            elif (found := self._fit_around(at)) and found.is_certain:
                self.possible[at] = found
        self._settle_totals()

    def plain(self, end: int, start: int = -1) -> list[int]:
        """Return the rows between two that are neither sums nor parts of a row."""
        return [at for at in self.filled if start < at < end and at not in self.fits and at not in self.parts
                and at not in self.shares]  # fmt: skip

    def _is_share(self, at: int) -> bool:
        kinds = {cell.kind for column in self.added if (cell := self.cells.get((column, at)))}
        return PERCENTAGE in kinds and AMOUNT not in kinds

    def _fit_around(self, at: int) -> Fit | None:
        """Return which rows one adds without a word that says so: those above it, or the next below it."""
        above, below = self.block(at)
        groups = [above, *(below[:count] for count in range(2, min(len(below), _MOST_BELOW) + 1))]
        tried = [Parts(tuple(group)) for group in groups if len(group) > 1]
        return best_fit(self.cells, self.added, at, tried, most_out=0)

    def block(self, at: int) -> list[list[int]]:
        """Return the rows above a row from the last heading or sum on; and those below it to the next."""
        borders = [other for other, line in enumerate(self.lines)
                   if not line.cells or other in self.fits or other in self.possible]  # fmt: skip
        above = max((other for other in borders if other < at), default=-1)
        below = min((other for other in range(at + 1, len(self.lines)) if not self.lines[other].cells
                     or self._is_sum(other)), default=len(self.lines))  # fmt: skip
        return [self.plain(at, above), self.plain(below, at)]

    def _fit_sum(self, at: int) -> Fit | None:
        """Return which rows one adds: those of its block, since the last sum, all; or sums before it and the rest."""
        last = max((other for other in self.fits if other < at), default=-1)
        added = {part for found in self.fits.values() for part in found.parts.adds}
        tops = [other for other in self.fits if other < at and other not in added]
        named = [other for other, line in enumerate(self.lines[:at]) if not line.cells and line.label
                 and plain(line.label) in plain(self.lines[at].label)]  # fmt: skip
        loose = [other for other in self.plain(at) if other not in added]
        above, below = self.block(at)
        groups = [*(self.plain(at, other) for other in named), above, self.plain(at, last), self.plain(at),
                  sorted([*tops, *loose]), below]  # fmt: skip
        tried = [Parts(tuple(group)) for group in groups if group]
        return best_fit(self.cells, self.added, at, tried, by_name=self._is_sum(at))

    def _fit_difference(self, at: int) -> Fit | None:
        sums = [other for other in self.fits if other < at]
        last = max(sums, default=-1)
        near = [*sums, *self.plain(at, last)] if sums else self.plain(at)
        found = best_fit(self.cells, self.added, at, [*list_differences(at, near), Parts(tuple(near))])
        return found or self._fit_sum(at)

    def _find_parts_below(self, at: int) -> None:
        """Note the rows below `of which` that come to the row above it; else all to the next heading or sum."""
        above = [other for other in self.filled if other < at]
        below = self.block(at)[1]
        counts = [
            count for count in range(1, len(below) + 1)
            if (found := fit(self.cells, self.added, above[-1], Parts(tuple(below[:count])))) and found.is_exact
        ] if above else []  # fmt: skip
        self.parts |= dict.fromkeys(below[: counts[0]] if counts else below, "it stands below 'of which'")

    def _note(self, at: int, found: Fit | None) -> None:
        if found:
            self.fits[at] = found
        else:
            self.unsure.append(at)

    # --- the totals

    def _settle_totals(self) -> None:
        """Find the row of totals, the last that adds all rows above it once, and what these have to be for that."""
        for end in (at for at in reversed(self.filled) if self._is_sum(at)):
            whole = self.plain(end)
            sums = [at for at in whole if at in self.possible]
            certain = [at for at in whole if at not in self.unsure]
            own = self.fits.get(end)
            groups = [certain, [at for at in certain if at not in sums], whole]
            found = best_fit(self.cells, self.added, end, [Parts(tuple(group)) for group in groups], by_name=True)
            if (found is None or found.out) and (own is None or own.out):
                others = [Parts(tuple(at for at in certain if at != left)) for left in certain]
                found = best_fit(self.cells, self.added, end, others, most_out=0) or found
            is_worse = own and found and len(own.out) < len(found.out)
            is_block = any(min(each.parts.adds) > end for each in self.fits.values())  # another has a sum of its own
            if found and not is_worse and not is_block:
                self._take_totals(end, found, whole, sums)
                return

    def _take_totals(self, end: int, found: Fit, whole: list[int], sums: list[int]) -> None:
        """Note the row of totals, and of those above it which are sums, and which do not count in it."""
        if sums and not {*sums} & {*found.parts.adds}:
            self.fits |= {at: self.possible[at] for at in sums}
        left = [at for at in whole if at not in found.parts.adds and at not in self.fits and at not in self.unsure]
        self.parts |= dict.fromkeys(left, "the totals come right without it")
        self.parts |= dict.fromkeys(self.plain(len(self.lines), end), "it stands below the totals")
        self.fits[end] = found
        self.unsure = [at for at in self.unsure if at not in {end, *found.parts.adds}]
        self.total = end

    def _is_sum(self, at: int) -> bool:
        label = self.lines[at].label
        return not label or is_total(label) or plain(label).startswith(("all ", "sum "))
