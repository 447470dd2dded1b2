"""The pages of `explain`: one for each code and no other, each with an example that is wrong and one that is right."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from emcollab import checks
from emcollab.checks import ARITHMETIC, CHECKS, RECONCILIATIONS
from tests.conftest import MakeFolder, invoke

BAD = Path(__file__).parent / "bad"
PACKAGE = Path(checks.__file__).parent.parent
PAGES = PACKAGE / "checks" / "pages"
CODES = sorted(page.stem for page in PAGES.iterdir())


def page_of(code: str) -> str:
    return (PAGES / f"{code}.txt").read_text(encoding="utf-8").removesuffix("\n")


# --- pages


def test_pages_and_folders_of_the_corpus_are_one_set() -> None:
    assert all(page.suffix == ".txt" for page in PAGES.iterdir())
    assert {folder.name for folder in BAD.iterdir()} - {"base"} == set(CODES) - {"cannot-add"}  # not told by validate


@pytest.mark.parametrize("code", CODES)
def test_one_grep_leads_from_a_code_to_its_rule(code: str) -> None:
    found = [line for path in sorted(PACKAGE.rglob("*.py")) for line in path.read_text(encoding="utf-8").splitlines()
             if f'"{code}"' in line]  # fmt: skip
    assert found
    for check in (*CHECKS, *ARITHMETIC, *RECONCILIATIONS):
        if check.code == code:
            subject = check.find.__module__.rpartition(".")[2]
            assert found[0].strip().startswith(f'Check("{code}", {subject}.{code.replace("-", "_")}')


def test_codes_are_kebab_case() -> None:
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code) for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_page_begins_with_one_sentence_and_ends_with_a_wrong_and_a_right_example(code: str) -> None:
    first, *rest = page_of(code).splitlines()
    assert first.endswith(".")
    assert rest[0] == ""
    starts = [line.partition(" ")[0] for line in rest if line.startswith(("Wrong:", "Right:"))]
    assert starts == ["Wrong:", "Right:"]
    examples = "\n".join(rest).partition("\nWrong: ")[2]
    assert "\n\n" not in examples
    assert examples.endswith(".")
    assert page_of(code).count("`") % 2 == 0


# --- the command


def test_without_a_code_all_are_listed_with_their_first_lines() -> None:
    status, said, complaint = invoke("explain")
    assert (status, complaint) == (0, "")
    listed = dict(line.split(maxsplit=1) for line in said.splitlines())
    assert listed == {code: page_of(code).splitlines()[0] for code in CODES}
    assert len({re.match("[a-z0-9-]+ +", line).end() for line in said.splitlines()}) == 1  # type: ignore[union-attr]  # a line that does not match fails the test too


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_answered_with_its_page(code: str) -> None:
    assert invoke("explain", code) == (0, f"{code}\n\n{page_of(code)}\n", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("unknown-forc", "unknown-force"),
        ("unknown_force", "unknown-force"),
        ("Tab", "tab"),
        ("duplicate", "duplicate-key"),
    ],
)
def test_an_unknown_code_is_answered_with_the_one_meant(typed: str, meant: str) -> None:
    status, said, complaint = invoke("explain", typed)
    assert (status, said) == (2, "")
    assert f"there is no problem '{typed}'; did you mean '{meant}'?" in complaint


def test_a_code_like_no_other_is_answered_with_those_there_are() -> None:
    status, said, complaint = invoke("explain", "\x1b[2Jxyzzy")
    assert (status, said) == (2, "")
    assert "there is no problem '\\x1b[2Jxyzzy'; write one of: alias, anchor, " in complaint


# --- the examples, tried


class Example(NamedTuple):
    """Examples of a page, and the file in which to try them: `@0` and `@1` are where they go.

    `besides` are the codes of problems that the right example has in that file, because it is a part of a record only.
    """

    code: str
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    path: str
    text: str
    besides: frozenset[str] = frozenset()


FILES = {
    "ledger.yaml": "title: Collaboration\nfirst_year: 2008/09\nlast_year: 2012/13\n",
    "areas.yaml": "mobile-data-savings: Mobile data\n",
    "forces.yaml": """
        derbyshire: {name: Derbyshire}
        leicestershire: {name: Leicestershire}
        northamptonshire: {name: Northamptonshire}
        """,
    "sources.yaml": "paper-c: {title: Collaboration, body: Joint Committee, date: 2010-02-22}\n",
    "projects/mobile-data.yaml": "name: Mobile data\n",
}
PROJECT = "projects/mobile-data.yaml"
NAMED = "name: Mobile data\n@0\n@1\n"
SAID = "name: Mobile data\nstatements:\n  - source: paper-c\n    @0\n    @1\n"
BENEFIT = """@0
name: Mobile data
benefits:
  savings:
    area: mobile-data-savings
    category: saving
    shares_source: paper-c
    @1
    statements:
      - {source: paper-c, reported: {2008/09: £0.236m}}
"""
BARE = """name: Mobile data
benefits:
  savings:
    area: mobile-data-savings
    @0
    @1
    statements:
      - {source: paper-c, reported: {2008/09: £0.236m}}
"""
COST = """name: Mobile data
costs:
  terminals:
    area: mobile-data-savings
    statements:
      - source: paper-c
        @0
"""
STATED = """name: Mobile data
benefits:
  savings:
    area: mobile-data-savings
    category: saving
    statements:
      - source: paper-c
        """
PAPER = """paper-c: {title: Collaboration, body: Joint Committee, date: 2010-02-22}
paper-d:
  title: Collaboration
  body: Joint Committee
  @0
"""
TABLE = """source: paper-c
title: Savings
by: area
unit: £m
years: [2009/10, 2010/11, 2011/12]
rows:
  mobile-data-savings: """
COLUMNS = """source: paper-c
title: Savings
unit: £m
columns:
  - {label: Plan, compare: false}
  - {label: Actual, compare: false}
  - {label: Cashable, compare: false}
  - {label: Non-cashable, compare: false}
  - {label: Other, compare: false}
  - @0
rows:
  all: {label: All, cells: [0.5, 0.47, 0.2, 0.3, 0.3, @1]}
"""
ACHIEVED = "{label: Achieved, adds: [Actual], of: Plan}"
FIGURES = "{2009/10: £0.637m, 2010/11: £0.685m}"
STATUS = "closed: {reason: …}"
FUNDING = "category: funding"
SHARES = "shares: {leicestershire: 60%, northamptonshire: 40%}"
BY_FORCE = "reported: {2008/09: {leicestershire: £0.136m, northamptonshire: £0.1m}}"
PHASE = "{name: Phase 2, start: 2010-08, end: 2010-09}"
DAY = "date: 2010-02-22"
REACHING = f"{STATED}reported: {{@0: £0.6m}}"
MONEY = "{2009/10: £0.478m}"
LEAD = "lead: Programme Director"

EXAMPLES = (
    Example(
        "alias", ("actual: *same",), ("actual: {2009/10: £0.612m}",), PROJECT, f"{STATED}@0",
        frozenset({"early-actual"}),
    ),
    Example(
        "anchor", ("reported: &same {2008/09: £0.236m}",), ("reported: {2008/09: £0.236m}",), PROJECT, f"{STATED}@0"
    ),
    Example("bad-amount", ("{2009/10: 0.478}",), (MONEY,), PROJECT, f"{STATED}estimate: @0"),
    Example("bad-amount", ("{2009/10: £1,324,000}",), ('{2009/10: "£1,324,000"}',), PROJECT, f"{STATED}estimate: @0"),
    Example("bad-date", ("date: 22/02/2010",), (DAY,), "sources.yaml", PAPER),
    Example("bad-date", ("date: 2010-02-30",), (DAY,), "sources.yaml", PAPER),
    Example("bad-id", ("Mobile_Data:",), ("mobile-data:",), "areas.yaml", "@0 Mobile data\n"),
    Example(
        "bad-percentage", ("", "{leicestershire: 0.6, northamptonshire: 0.4}"),
        ("", "{leicestershire: 60%, northamptonshire: 40%}"), PROJECT, BENEFIT.replace("@1", "shares: @1"),
    ),
    Example("bad-year", ("2010-11",), ("2010/11",), PROJECT, f"{STATED}estimate: {{@0: £0.6m}}"),
    Example("bad-year", ("2010/12",), ("2010/11",), PROJECT, f"{STATED}estimate: {{@0: £0.6m}}"),
    Example("bad-period", ("2010/11 to Nov 2010",), ("2010/11 to 2010-11",), PROJECT, REACHING),
    Example("bad-period", ("2010/11-2012/13",), ("2010/11 to 2012/13",), PROJECT, REACHING),
    Example("bad-period", ("2010/11 to 2011-03",), ("2010/11",), PROJECT, REACHING),
    Example("bad-period", ("annually",), ("a year",), PROJECT, REACHING),
    Example("as-at-after-paper", ("as_at: 2010-03-31",), ("as_at: 2009-12-31",), PROJECT, SAID.replace("@1", LEAD)),
    Example(
        "circular-replacement", ("", "replaces: [mobile-data/savings]"), ("", ""), PROJECT, BENEFIT
    ),
    Example(
        "circular-sum", ("{label: Both, adds: [Cashable, Both]}",), ("{label: Both, adds: [Cashable, Non-cashable]}",),
        "published/table.yaml", COLUMNS.replace("@1", "0.5"),
    ),
    Example("contradictory-status", ("status: live", STATUS), ("status: closed", STATUS), PROJECT, SAID),
    Example(
        "divided-twice", ("", SHARES), ("", ""), PROJECT,
        BENEFIT.replace("reported: {2008/09: £0.236m}", BY_FORCE),
    ),
    Example("duplicate-key", ("{2009/10: £0.637m, 2009/10: £0.685m}",), (FIGURES,), PROJECT, f"{STATED}estimate: @0"),
    Example(
        "early-actual", ("actual: {2009/10: £0.612m}",), ("estimate: {2009/10: £0.612m}",), PROJECT, f"{STATED}@0"
    ),
    Example(
        "early-actual", ("actual: {2009/10: £0.612m}",), ("actual: {2009/10 to 2009-12: £0.612m}",), PROJECT,
        f"{STATED}@0",
    ),
    Example("empty-value", ("lead:",), (LEAD,), PROJECT, SAID),
    Example(
        "ends-before-it-begins", ("{name: Phase 2, start: 2010-09, end: 2010-08}",), (PHASE,), PROJECT,
        NAMED.replace("@0", "milestones: [@0]"), frozenset({"missing-key"}),
    ),
    Example("misplaced-cashability", (FUNDING, "cashability: cash-releasing"), (FUNDING, ""), PROJECT, BARE),
    Example("misplaced-cashability", (FUNDING, "cashability: cash-releasing"), ("category: saving", ""), PROJECT, BARE),
    Example(
        "named-twice", ("forces: [derbyshire, derbyshire]",), ("forces: [derbyshire, leicestershire]",), PROJECT, SAID
    ),
    Example("negative-cost", ("reported: {2008/09: -£0.35m}",), ("reported: {2008/09: £0.35m}",), PROJECT, COST),
    Example(
        "not-plain-yaml", ("[0.040, 0.465, -]",), ('[0.040, 0.465, "-"]',), "published/table.yaml", f"{TABLE}@0",
        frozenset({"unreconciled-cell"}),
    ),
    Example(
        "share-outside-project", ("forces: [leicestershire]", SHARES),
        ("forces: [leicestershire, northamptonshire]", SHARES), PROJECT,
        BENEFIT.replace("@0", "statements: [{source: paper-c, @0}]"),
    ),
    Example(
        "shares-not-whole", ("", "shares: {leicestershire: 60%, northamptonshire: 30%}"), ("", SHARES), PROJECT, BENEFIT
    ),
    Example("swallowed-text", ("name: PNC #2",), ('name: "PNC #2"',), PROJECT, "@0"),
    Example("swallowed-text", ("name: PNC #2",), ("name: PNC  # the second of them",), PROJECT, "@0"),
    Example("syntax", ("note: Phase 1: scoping",), ('note: "Phase 1: scoping"',), PROJECT, NAMED),
    Example("tag", ("date: !!str 2010-02-22",), (DAY,), "sources.yaml", PAPER),
    Example(
        "unclear-column", ("{label: Achieved}",), ("{label: Achieved, period: 2008/09, basis: actual}",),
        "published/table.yaml", COLUMNS.replace("@1", "0.5").replace("unit", "by: area\nunit"),
        frozenset({"unknown-row"}),
    ),
    Example(
        "unclear-column", ("{label: Achieved}",), ("{label: RAG, compare: false}",),
        "published/table.yaml", COLUMNS.replace("@1", "G").replace("unit", "by: area\nunit"),
        frozenset({"unknown-row"}),
    ),
    Example(
        "unknown-column", ("{label: Both, adds: [Cashabel, Other]}",), ("{label: Both, adds: [Cashable, Other]}",),
        "published/table.yaml", COLUMNS.replace("@1", "0.5"),
    ),
    Example("unknown-force", ("forces: [leicestershir]",), ("forces: [leicestershire]",), PROJECT, SAID),
    Example(
        "unknown-project", ("{label: Achieved, period: 2008/09, project: mobiel-data}",),
        ("{label: Achieved, period: 2008/09, project: mobile-data}",), "published/table.yaml",
        COLUMNS.replace("@1", "0.5"),
    ),
    Example("unknown-format", ("format: 2",), ("format: 1",), "ledger.yaml", "title: Collaboration\n@0\n"),
    Example(
        "unknown-key", ("", "cashabilty: non-cashable"), ("", "cashability: non-cashable"), PROJECT, BENEFIT
    ),
    Example("unknown-value", ("category: savings", ""), ("category: saving", ""), PROJECT, BARE),
    Example(
        "unreadable-cell", ("0.236.1",), ("0.236",), "published/table.yaml", f"{TABLE}[@0, TBC, TBC]",
        frozenset({"unreconciled-cell"}),
    ),
    Example(
        "unread-percentage", ("{label: Achieved, period: 2009/10}", "94%"), (ACHIEVED, "94%"), "published/table.yaml",
        COLUMNS,
    ),
    Example(
        "unread-percentage", ("{label: Achieved, period: 2009/10}", "94%"),
        ("{label: Achieved, compare: false}", "94%"), "published/table.yaml", COLUMNS,
    ),
    Example("wrong-type", ("forces: leicestershire",), ("forces: [leicestershire]",), PROJECT, SAID),
)  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{example.code}-{example.wrong[-1]}" for example in EXAMPLES])
def test_a_page_is_right_about_what_is_wrong_and_what_is_right(example: Example, make_folder: MakeFolder) -> None:
    for snippet in (*example.wrong, *example.right):
        assert not snippet or f"`{snippet}`" in page_of(example.code)
    assert example.code in codes_in(make_folder(files_of(example, example.wrong), name="wrong"))
    assert codes_in(make_folder(files_of(example, example.right), name="right")) <= example.besides


def files_of(example: Example, written: tuple[str, ...]) -> dict[str, str]:
    """Return a small ledger with what is `written` in its place."""
    text = example.text
    for number, snippet in enumerate((*written, "")):
        text = text.replace(f"@{number}", snippet)
    return {**FILES, example.path: text}


def codes_in(folder: Path) -> set[str]:
    report = json.loads(invoke("validate", folder, "--format", "json").stdout)
    return {problem["code"] for problem in report["problems"]}
