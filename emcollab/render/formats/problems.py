"""Problems, for people and for the programs that show them beside the data."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from emcollab import __version__
from emcollab.render.formats.json import format_json
from emcollab.render.formats.safe import safe, width, without_commands
from emcollab.values.problems import Problem

_WINDOW = 100
_BEFORE = 60
_ANNOTATIONS = 10  # of one kind, GitHub shows so many a step; it drops the rest without a word
_SARIF_RESULTS = 5_000  # so many results code scanning keeps of one run


class Quotations(NamedTuple):
    """How many quotations are in their papers; and for each paper of which there is no text, how many it has."""

    proved: int
    without_text: Mapping[str, int]


class Findings(NamedTuple):
    """What validation came to: the problems in order, and how many files and figures there are.

    `quotations` is there if they were looked for.
    """

    problems: Sequence[Problem]
    files: int
    figures: int
    quotations: Quotations | None = None


def format_text(found: Findings) -> str:
    """Return the problems, and at the end a sum.

    Of quotations it says how many were proved, and which papers have no text.
    """
    return format_problems(found.problems) + without_commands(_summary(found) + _say_quotations(found.quotations))


def format_problems(problems: Sequence[Problem]) -> str:
    """Return each problem in a line of its own, below it the line of the file with a caret."""
    lines: list[str] = []
    for problem in problems:
        place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
        lines.append(safe(f"{place}: {problem.code}: {problem.message}; {problem.help}") + f"\n{_excerpt(problem)}")
    return without_commands("".join(lines))


def format_json_report(found: Findings) -> str:
    """Return the problems and the numbers of files and figures; lines and columns from 1."""
    problems = [
        {"path": safe(problem.path), "line": max(problem.line, 1), "column": max(problem.column, 1),
         "code": problem.code, "message": safe(problem.message), "help": safe(problem.help)}
        for problem in found.problems
    ]  # fmt: skip
    document: dict[str, object] = {"problems": problems, "files": found.files, "figures": found.figures}
    if found.quotations:
        without_text = sum(found.quotations.without_text.values())
        document["quotations"] = {"proved": found.quotations.proved, "without_text": without_text}
    return format_json(document)


def format_github(found: Findings) -> str:
    """Return the problems as annotations of a GitHub workflow: nine, and a tenth that says how many more there are."""
    shown = found.problems[: _ANNOTATIONS - 1] if len(found.problems) > _ANNOTATIONS else found.problems
    lines = [
        f"::error file={_property(problem.path)},line={max(problem.line, 1)},col={max(problem.column, 1)},"
        f"title={_property(problem.code)}::{_data(f'{problem.message}; {problem.help}')}\n"
        for problem in shown
    ]
    if more := len(found.problems) - len(shown):
        lines.append(f"::error title=more problems::{more:,} more; `emcollab validate` lists them all\n")
    return "".join(lines) + _data(_summary(found).strip()) + "\n"


def format_gitlab(found: Findings) -> str:
    """Return the problems as a GitLab code quality report."""
    issues = [
        {
            "description": safe(f"{problem.message}; {problem.help}"),
            "check_name": problem.code,
            "fingerprint": fingerprint,
            "severity": "major",
            "location": {"path": safe(problem.path), "lines": {"begin": max(problem.line, 1)}},
        }
        for problem, fingerprint in zip(found.problems, _fingerprints(found.problems), strict=True)
    ]
    return format_json(issues)


def format_sarif(found: Findings) -> str:
    """Return the problems as SARIF 2.1.0, at most as many as code scanning takes."""
    from urllib.parse import quote  # noqa: PLC0415 - only here

    shown = found.problems[:_SARIF_RESULTS]
    codes = sorted({problem.code for problem in shown})
    rules = [
        {"id": code, "shortDescription": {"text": code.replace("-", " ")}, "help": {"text": f"emcollab explain {code}"}}
        for code in codes
    ]
    results = [
        {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": "error",
            "message": {"text": safe(f"{problem.message}; {problem.help}")},
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(problem.path, errors="surrogateescape")},
                    "region": {"startLine": max(problem.line, 1), "startColumn": max(problem.column, 1)},
                },
            }],
            "partialFingerprints": {"emcollab/v1": fingerprint},
        }
        for problem, fingerprint in zip(shown, _fingerprints(shown), strict=True)
    ]  # fmt: skip
    tool = {"driver": {"name": "emcollab", "version": __version__, "rules": rules}}
    runs = [{"tool": tool, "columnKind": "unicodeCodePoints", "results": results}]
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return format_json({"$schema": schema, "version": "2.1.0", "runs": runs})


REPORTS: dict[str, Callable[[Findings], str]] = {
    "text": format_text, "json": format_json_report, "github": format_github, "gitlab": format_gitlab,
    "sarif": format_sarif,
}  # fmt: skip
"""The formats of `validate`. To add one: write its function, list it here, and its name in `values.terms`."""


def _summary(found: Findings) -> str:
    if not found.problems:
        return f"{_count(found.files, 'file')}, {_count(found.figures, 'figure')}: no problems\n"
    paths = {problem.path for problem in found.problems}
    return f"{_count(len(found.problems), 'problem')} in {_count(len(paths), 'file')}\n"


def _say_quotations(quotations: Quotations | None) -> str:
    if quotations is None:
        return ""
    missing = [
        f"no text of {safe(id_)}: {_count(number, 'quotation')} not looked for\n"
        for id_, number in quotations.without_text.items()
    ]
    return f"{_count(quotations.proved, 'quotation')} proved\n{''.join(missing)}"


def _excerpt(problem: Problem) -> str:
    if not problem.excerpt or problem.excerpt.isspace():
        return ""
    start = max(0, problem.column - _BEFORE) if len(problem.excerpt) > _WINDOW else 0
    before = safe(problem.excerpt[start : problem.column - 1])
    after = safe(problem.excerpt[problem.column - 1 : start + _WINDOW])
    lead, tail = "…" if start else "", "…" if start + _WINDOW < len(problem.excerpt) else ""
    return f"  {lead}{before}{after}{tail}\n  {' ' * (width(before) + len(lead))}^\n"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _data(text: str) -> str:
    """Return `text` so that a workflow takes it for the message of a command, and for no command of its own."""
    return without_commands(safe(text).replace("%", "%25").replace("::", ":%3A"))


def _property(text: str) -> str:
    return without_commands(safe(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C"))


def _fingerprints(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield what stays the same of each problem when lines are added above it, and is no other's.

    A line that a message names is left out, and of problems that are alike it counts how many came before.
    """
    before = Counter[tuple[str, ...]]()

    @cache
    def digest(line: str) -> str:  # of many problems in one long line, once
        return hashlib.sha256(line.strip().encode("utf-8", "surrogatepass")).hexdigest()

    for problem in problems:
        message = re.sub(r"\bline [0-9]+", "line", problem.message)
        alike = problem.path, problem.code, message, digest(problem.excerpt)
        told = json.dumps([*alike, *([before[alike]] if before[alike] else [])])
        before[alike] += 1
        yield hashlib.sha256(told.encode()).hexdigest()
