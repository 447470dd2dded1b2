"""What can be wrong with the data: one code a module, its docstring the page that explains it.

A check is a function `check(ledger)` that yields a finding for each fault; its code is the module's name
in kebab-case. Faults of reading and of shape are found on the way to the ledger, by `nodes`, `models` and
`loading`: their modules here hold the page alone.

One fault gives one problem. A check of references is passed over where the records it looks in could not be
read (`needs`); and printed tables are compared with the ledger only if no fault may have moved a figure.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from emcollab.checks import (
    conflicting_figures,
    contradictory_status,
    early_actual,
    ends_before_it_begins,
    figure_after_closure,
    future_source,
    misplaced_cashability,
    named_twice,
    needless_acceptance,
    same_id,
    share_outside_project,
    shares_not_whole,
    uneven_row,
    unexplained_sum,
    unknown_area,
    unknown_benefit,
    unknown_force,
    unknown_row,
    unknown_share_key,
    unknown_source,
    unreadable_cell,
    unreconciled_cell,
    unreconciled_total,
    year_outside_ledger,
)
from emcollab.ledger import Ledger
from emcollab.models.project import Project
from emcollab.problems import Finding, Keys


class Check(NamedTuple):
    """A check, and the kinds of record it cannot do without."""

    check: Callable[[Ledger], Iterator[Finding]]
    needs: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        """The code of its findings."""
        return self.check.__module__.rpartition(".")[2].replace("_", "-")


CHECKS: tuple[Check, ...] = (
    Check(conflicting_figures.check),
    Check(contradictory_status.check),
    Check(early_actual.check),
    Check(ends_before_it_begins.check),
    Check(figure_after_closure.check),
    Check(future_source.check),
    Check(misplaced_cashability.check),
    Check(named_twice.check),
    Check(same_id.check),
    Check(share_outside_project.check),
    Check(shares_not_whole.check),
    Check(uneven_row.check),
    Check(unknown_area.check, frozenset({"areas"})),
    Check(unknown_benefit.check, frozenset({"project"})),
    Check(unknown_force.check, frozenset({"forces"})),
    Check(unknown_row.check, frozenset({"areas", "forces", "project"})),
    Check(unknown_share_key.check, frozenset({"shares"})),
    Check(unknown_source.check, frozenset({"sources"})),
    Check(unreadable_cell.check),
    Check(year_outside_ledger.check, frozenset({"ledger"})),
)
"""To add one: write its module, with the page as its docstring, and list it here."""

RECONCILIATIONS: tuple[Check, ...] = (
    Check(needless_acceptance.check),
    Check(unexplained_sum.check),
    Check(unreconciled_cell.check),
    Check(unreconciled_total.check),
)
"""Checks that compare printed tables with sums of figures. To add one: as above, and list it here."""

FOUND_ON_THE_WAY = (
    "alias", "anchor", "bad-amount", "bad-date", "bad-id", "bad-percentage", "bad-year", "bidirectional-character",
    "control-character", "duplicate-key", "empty-file", "empty-folder", "empty-value", "file-name",
    "invisible-character", "merge-key", "missing-file", "missing-key", "not-plain-yaml", "not-utf-8",
    "odd-line-break", "second-document", "stray-file", "swallowed-text", "syntax", "tab", "tag", "too-deep",
    "too-large", "too-long", "too-many-problems", "unknown-key", "unknown-value", "wrong-type",
)  # fmt: skip
"""The codes of faults of reading and of shape. To add one: write its page as a module here, and list it."""

CODES: tuple[str, ...] = tuple(sorted([*FOUND_ON_THE_WAY, *(item.code for item in (*CHECKS, *RECONCILIATIONS))]))
"""All codes there are."""


def run_checks(
    ledger: Ledger, unread: frozenset[str] = frozenset(), faulty: Iterable[tuple[str, Keys]] = ()
) -> Iterator[Finding]:
    """Yield what is wrong with `ledger`.

    `unread` are the kinds of record of which some could not be read at all, `faulty` the files and keys of
    faults that are known already.
    """
    moved = bool(unread) or any(_may_move_figures(path, keys) for path, keys in faulty)
    for finding in _run(CHECKS, ledger, unread):
        moved = moved or _may_move_figures(finding.path, finding.keys)
        yield finding
    if not moved:
        yield from _run(RECONCILIATIONS, ledger, unread)


def _run(checks: Iterable[Check], ledger: Ledger, unread: frozenset[str]) -> Iterator[Finding]:
    for item in checks:
        if not item.needs & unread:
            for finding in item.check(ledger):
                yield finding._replace(code=item.code)


def _may_move_figures(path: str, keys: Keys) -> bool:
    """Return whether a fault there may be why a sum is not what it should be."""
    if path.startswith("projects/"):
        return keys[:1] in {(), ("benefits",)} or keys[0] not in Project.model_fields
    return path in {"areas.yaml", "shares.yaml", "sources.yaml"} or path.startswith("published/")
