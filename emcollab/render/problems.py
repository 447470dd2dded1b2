"""Problems, for people and for programs."""

from collections.abc import Sequence

from emcollab.problems import Problem
from emcollab.render.json import format_json
from emcollab.render.safe import safe, width

_WINDOW = 100
_BEFORE = 60


def format_problems(problems: Sequence[Problem]) -> str:
    """Return each problem in a line of its own, and below it the line of the file with a caret under the place."""
    return "".join(f"{_headline(problem)}\n{_excerpt(problem)}" for problem in problems)


def format_summary(problems: Sequence[Problem], files: int, figures: int) -> str:
    """Return in one line how many problems there are, or how much was found to be in order."""
    if not problems:
        return f"{_count(files, 'file')}, {_count(figures, 'figure')}: no problems\n"
    return f"{_count(len(problems), 'problem')} in {_count(len({problem.path for problem in problems}), 'file')}\n"


def format_json_report(problems: Sequence[Problem], files: int, figures: int) -> str:
    """Return the problems and the numbers of files and figures in the shape that other programs rely on."""
    return format_json(
        {
            "problems": [
                {
                    "path": problem.path,
                    "line": max(problem.line, 1),
                    "column": max(problem.column, 1),
                    "code": problem.code,
                    "message": problem.message,
                    "help": problem.help,
                }
                for problem in problems
            ],
            "files": files,
            "figures": figures,
        }
    )


def _headline(problem: Problem) -> str:
    place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    return safe(f"{place}: {problem.code}: {problem.message}; {problem.help}")


def _excerpt(problem: Problem) -> str:
    if not problem.excerpt.strip():
        return ""
    start = max(0, problem.column - _BEFORE) if len(problem.excerpt) > _WINDOW else 0
    before = safe(problem.excerpt[start : problem.column - 1])
    after = safe(problem.excerpt[problem.column - 1 : start + _WINDOW])
    lead = "…" if start else ""
    tail = "…" if start + _WINDOW < len(problem.excerpt) else ""
    return f"  {lead}{before}{after}{tail}\n  {' ' * (width(before) + len(lead))}^\n"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
