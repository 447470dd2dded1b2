"""What can be wrong with a ledger whose files can each be read: one check a module.

A check is a function `check(ledger)` that yields a finding for each fault; its code is the module's name
in kebab-case, and the module's docstring is the page that explains it. Checks of references look at what
other files hold; where such a file could not be read (`needs`), the check is passed over, so that one
fault does not accuse every file.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from emcollab.checks import (
    conflicting_figures,
    file_name,
    unknown_area,
    unknown_benefit,
    unknown_force,
    unknown_share_key,
    unknown_source,
    year_outside_ledger,
)
from emcollab.ledger import Ledger
from emcollab.problems import Finding


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
    Check(file_name.check),
    Check(unknown_area.check, frozenset({"areas"})),
    Check(unknown_benefit.check, frozenset({"project"})),
    Check(unknown_force.check, frozenset({"forces"})),
    Check(unknown_share_key.check, frozenset({"shares"})),
    Check(unknown_source.check, frozenset({"sources"})),
    Check(year_outside_ledger.check, frozenset({"ledger"})),
)
"""To add one: write its module, with the page as its docstring, and list it here."""


def run_checks(ledger: Ledger, unread: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """Yield the findings of all checks that do not need one of the kinds of record in `unread`."""
    for item in CHECKS:
        if not item.needs & unread:
            for finding in item.check(ledger):
                yield finding._replace(code=item.code)
