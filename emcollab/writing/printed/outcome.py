"""A sheet with a printed table to what it adds to a ledger: drafted, with its statements if asked for, and proved."""

from typing import NamedTuple

from emcollab.loading.load import Loaded
from emcollab.loading.parser import Value
from emcollab.values.problems import Problem
from emcollab.writing.printed.draft import Draft, Request, draft_table
from emcollab.writing.printed.figures import Statements, draft_statements
from emcollab.writing.proof import Changes, prove
from emcollab.writing.sheet import Remark, Sheet


class Outcome(NamedTuple):
    """What came of a sheet: the draft of its table, and what is to be written, if nothing stops it.

    `figures` counts those that are stated in projects with it; `remarks` are all on the sheet, sorted.
    """

    draft: Draft
    remarks: list[Remark]
    changes: Changes
    figures: int

    def say_what_stops(self, *, strict: bool) -> str:
        """Return in words what stops it from being written, with `strict` all that is told; else nothing."""
        count = sum(1 for each in self.remarks if each.stops or strict)
        are = "are" if count > 1 else "is"
        return f"{count:,} of the lines above {are} to be mended, answered or confirmed first" if count else ""


def import_table(sheet: Sheet, request: Request, before: Loaded, papers: dict[str, Value], *, figures: bool) -> Outcome:
    """Return what the printed table on a sheet adds to the ledger that is there as `before`.

    `papers` are added too, by id; with `figures`, so are the statements of its figures.

    Raises:
        BadValue: there is no table on the sheet.
    """
    first: dict[str, dict[str, Value]] = {"sources.yaml": papers} if papers else {}
    with_papers = prove(before, first) if papers else Changes({}, [], before)
    ledger = with_papers.loaded.ledger if with_papers.loaded and not with_papers.problems else before.ledger
    draft = draft_table(sheet, request, ledger)
    statements = draft_statements(draft, ledger) if figures else Statements({}, 0, [])
    remarks = [*map(_as_remark, with_papers.problems), *statements.remarks]
    if statements.additions:
        stated = prove(before, {**first, **statements.additions})
        remarks += [_as_remark(problem) for problem in stated.problems]
        if stated.loaded and not stated.problems:
            draft = draft_table(sheet, request, stated.loaded.ledger)
    remarks += draft.remarks
    old = ledger.published.get(draft.id)
    if old is not None and draft.arithmetic and old != draft.arithmetic.table:
        message = f"{draft.path} is there already, and says something else"
        remarks.append(
            Remark(0, 0, "same-id", message, "give this one another name with --id, or mend that one by hand")
        )
    stops = any(each.stops for each in remarks)
    additions = {**first, **statements.additions, **({draft.path: draft.value} if old is None else {})}
    changes = Changes({}, []) if stops else prove(before, additions)
    remarks += [_as_remark(problem) for problem in changes.problems]
    return Outcome(draft, sorted(remarks, key=lambda each: each[:2]), changes, statements.figures)


def _as_remark(problem: Problem) -> Remark:
    """Return a problem of the ledger as it would be, which is at no place of the sheet."""
    return Remark(0, 0, problem.code, f"in {problem.path}: {problem.message}", problem.help)
