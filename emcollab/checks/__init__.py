"""What can be wrong with a ledger: checks by subject, one function a code, and the page of each code.

A check is a function that is given the ledger and yields each fault that it finds; its name is its code. Faults of
reading and of shape are found on the way to the ledger, in `loading` and `records`. `pages/CODE.txt` is what `explain`
prints.

One fault gives one problem. A check of references is passed over where the records it looks in could not be
read (`needs`); and printed tables are compared with the ledger only if no fault may have moved a figure.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

from emcollab.checks import figures, printed, projects, references, shares
from emcollab.records.ledger import Ledger, table_path
from emcollab.records.project import Project
from emcollab.results.arithmetic import work_out
from emcollab.results.reconcile import reconcile_tables
from emcollab.values.problems import Fault, Keys, Place


class Check(NamedTuple):
    """A check: the code of its faults, the function, and the kinds of record it cannot do without.

    `by_project` says that what it finds in a project follows from that alone, and from areas, forces, papers, keys of
    shares and settings: so it need not be asked again of a project in which it found nothing.
    """

    code: str
    find: Callable[..., Iterator[Fault]]
    needs: frozenset[str] = frozenset()
    by_project: bool = False


CHECKS: tuple[Check, ...] = (
    Check("as-at-after-paper", projects.as_at_after_paper, by_project=True),
    Check("circular-replacement", references.circular_replacement, frozenset({"project"})),
    Check("circular-sum", printed.circular_sum),
    Check("conflicting-figures", figures.conflicting_figures, by_project=True),
    Check("contradictory-status", projects.contradictory_status, by_project=True),
    Check("distant-year", figures.distant_year),
    Check("divided-twice", figures.divided_twice, by_project=True),
    Check("early-actual", figures.early_actual, by_project=True),
    Check("ends-before-it-begins", projects.ends_before_it_begins, by_project=True),
    Check("figure-after-closure", figures.figure_after_closure, by_project=True),
    Check("future-source", projects.future_source),
    Check("misplaced-cashability", projects.misplaced_cashability, by_project=True),
    Check("named-twice", projects.named_twice, by_project=True),
    Check("negative-cost", figures.negative_cost, by_project=True),
    Check("same-id", projects.same_id, by_project=True),
    Check("same-name", projects.same_name),
    Check("share-outside-project", shares.share_outside_project, by_project=True),
    Check("shares-not-whole", shares.shares_not_whole, by_project=True),
    Check("too-many-forces", shares.too_many_forces),
    Check("unclear-column", printed.unclear_column),
    Check("uneven-row", printed.uneven_row),
    Check("unknown-area", references.unknown_area, frozenset({"areas"}), by_project=True),
    Check("unknown-benefit", references.unknown_benefit, frozenset({"project"})),
    Check("unknown-column", printed.unknown_column),
    Check("unknown-force", references.unknown_force, frozenset({"forces"}), by_project=True),
    Check("unknown-project", references.unknown_project, frozenset({"project"})),
    Check("unknown-row", printed.unknown_row, frozenset({"areas", "forces", "project"})),
    Check("unknown-share-key", references.unknown_share_key, frozenset({"shares"}), by_project=True),
    Check("unknown-source", references.unknown_source, frozenset({"sources"}), by_project=True),
    Check("year-outside-ledger", figures.year_outside_ledger, frozenset({"ledger"}), by_project=True),
)
"""To add one: write its function in the module of its subject and its page in `pages/`, and list it here."""

ARITHMETIC: tuple[Check, ...] = (
    Check("unexplained-sum", printed.unexplained_sum),
    Check("unread-percentage", printed.unread_percentage),
    Check("unreadable-cell", printed.unreadable_cell),
)
"""Checks of printed tables by themselves, which are given them with their sums. To add one: as above."""

RECONCILIATIONS: tuple[Check, ...] = (
    Check("needless-acceptance", printed.needless_acceptance),
    Check("unreconciled-cell", printed.unreconciled_cell),
    Check("unreconciled-total", printed.unreconciled_total),
)
"""Checks that compare printed tables with sums of figures. To add one: as above, and list it here."""


def run_checks(
    ledger: Ledger, unread: frozenset[str] = frozenset(), faulty: Collection[Place] = (), other: Ledger | None = None
) -> Iterator[Fault]:
    """Yield what is wrong with `ledger`, in the order of the lists.

    `unread` are the kinds of record of which some could not be read at all, `faulty` the places of the faults that
    were found on the way to the ledger. Nothing is wrong with an `other` ledger, of which this one is a later state.
    """
    new = _leave_out_sound(ledger, other) if other else ledger
    moved = bool(unread & _MOVING) or any(_may_move_figures(*place) for place in faulty)
    broken = {path for path, _ in faulty if path.startswith("published/")}
    for check in CHECKS:
        for fault in check.find(new if check.by_project else ledger) if not check.needs & unread else ():
            moved = moved or _may_move_figures(fault.path, fault.keys)
            broken.add(fault.path)
            yield fault._replace(code=check.code)
    tables = [work_out(id_, table) for id_, table in ledger.published.items() if table_path(id_) not in broken]
    results = reconcile_tables(ledger, tables) if tables and not moved else []
    for checks, given in ((ARITHMETIC, tables), (RECONCILIATIONS, results)):
        for check in checks:
            yield from (fault._replace(code=check.code) for fault in check.find(given))


def _leave_out_sound(ledger: Ledger, other: Ledger) -> Ledger:
    """Return `ledger` without the projects that are the very records of another in which nothing is wrong.

    It is whole if anything that projects name is otherwise in the other: what was right there may be wrong here.
    """
    names = (
        (getattr(each, kind).items() for each in (other, ledger)) for kind in ("areas", "forces", "sources", "shares")
    )
    if ledger.settings != other.settings or not all(was <= is_ for was, is_ in names):
        return ledger
    new = {id_: project for id_, project in ledger.projects.items() if other.projects.get(id_) is not project}
    figures = tuple(figure for figure in ledger.figures if figure.project in new)
    return replace(ledger, projects=new, figures=figures)


_MOVING = frozenset({"areas", "forces", "project", "shares", "sources"})
"""The kinds of record of which one that cannot be read may move a sum."""


def _may_move_figures(path: str, keys: Keys) -> bool:
    """Return whether a fault there may be why a sum is not what it should be."""
    if path.startswith("projects/"):
        return keys[:1] in {(), ("benefits",), ("costs",)} or keys[0] not in Project.model_fields
    return path in {"areas.yaml", "forces.yaml", "shares.yaml", "sources.yaml"}
