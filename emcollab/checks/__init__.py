"""What can be wrong with a ledger: checks by subject, one function a code, and the page of each code.

A check is a function that yields each fault that it finds; its name is its code. Checks of `CHECKS` are given the
ledger, those of `RECONCILIATIONS` how printed tables compare, worked out once for all of them. Faults of reading and of
shape are found on the way to the ledger, in `loading` and `records`. `pages/CODE.txt` is what `explain` prints.

One fault gives one problem. A check of references is passed over where the records it looks in could not be
read (`needs`); and printed tables are compared with the ledger only if no fault may have moved a figure.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from emcollab.checks import figures, printed, projects, references, shares
from emcollab.records.ledger import Ledger
from emcollab.records.project import Project
from emcollab.results.reconcile import reconcile
from emcollab.values.problems import Fault, Keys, Place


class Check(NamedTuple):
    """A check: the code of its faults, the function, and the kinds of record it cannot do without."""

    code: str
    find: Callable[..., Iterator[Fault]]
    needs: frozenset[str] = frozenset()


CHECKS: tuple[Check, ...] = (
    Check("conflicting-figures", figures.conflicting_figures),
    Check("contradictory-status", projects.contradictory_status),
    Check("early-actual", figures.early_actual),
    Check("ends-before-it-begins", projects.ends_before_it_begins),
    Check("figure-after-closure", figures.figure_after_closure),
    Check("future-source", projects.future_source),
    Check("misplaced-cashability", projects.misplaced_cashability),
    Check("named-twice", projects.named_twice),
    Check("same-id", projects.same_id),
    Check("share-outside-project", shares.share_outside_project),
    Check("shares-not-whole", shares.shares_not_whole),
    Check("uneven-row", printed.uneven_row),
    Check("unknown-area", references.unknown_area, frozenset({"areas"})),
    Check("unknown-benefit", references.unknown_benefit, frozenset({"project"})),
    Check("unknown-force", references.unknown_force, frozenset({"forces"})),
    Check("unknown-row", printed.unknown_row, frozenset({"areas", "forces", "project"})),
    Check("unknown-share-key", references.unknown_share_key, frozenset({"shares"})),
    Check("unknown-source", references.unknown_source, frozenset({"sources"})),
    Check("unreadable-cell", printed.unreadable_cell),
    Check("year-outside-ledger", figures.year_outside_ledger, frozenset({"ledger"})),
)
"""To add one: write its function in the module of its subject and its page in `pages/`, and list it here."""

RECONCILIATIONS: tuple[Check, ...] = (
    Check("needless-acceptance", printed.needless_acceptance),
    Check("unexplained-sum", printed.unexplained_sum),
    Check("unreconciled-cell", printed.unreconciled_cell),
    Check("unreconciled-total", printed.unreconciled_total),
)
"""Checks that compare printed tables with sums of figures. To add one: as above, and list it here."""


def run_checks(ledger: Ledger, unread: frozenset[str] = frozenset(), faulty: Iterable[Place] = ()) -> Iterator[Fault]:
    """Yield what is wrong with `ledger`, in the order of the lists.

    `unread` are the kinds of record of which some could not be read at all, `faulty` the places of the faults that
    were found on the way to the ledger.
    """
    moved = bool(unread) or any(_may_move_figures(path, keys) for path, keys in faulty)
    for check in CHECKS:
        for fault in check.find(ledger) if not check.needs & unread else ():
            moved = moved or _may_move_figures(fault.path, fault.keys)
            yield fault._replace(code=check.code)
    results = [] if moved else reconcile(ledger, ledger.published)
    for check in RECONCILIATIONS:
        yield from (fault._replace(code=check.code) for fault in check.find(results))


def _may_move_figures(path: str, keys: Keys) -> bool:
    """Return whether a fault there may be why a sum is not what it should be."""
    if path.startswith("projects/"):
        return keys[:1] in {(), ("benefits",)} or keys[0] not in Project.model_fields
    return path in {"areas.yaml", "shares.yaml", "sources.yaml"} or path.startswith("published/")
