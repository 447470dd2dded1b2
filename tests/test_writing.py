"""What writes data: values as text, text put in its place in a file of any layout, and the proof of it."""

import re
from collections.abc import Callable
from copy import deepcopy
from difflib import SequenceMatcher

import click
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from emcollab.cli.write import write_changes
from emcollab.loading.folder import read_folder
from emcollab.loading.load import load
from emcollab.loading.parser import Value, read_document
from emcollab.loading.text import HIDDEN_CODES
from emcollab.writing.insertion import CannotAddError
from emcollab.writing.lines import Layout, format_file, format_lines
from emcollab.writing.proof import Additions, Changes, hold_to, in_order
from emcollab.writing.proof import prove as prove_in
from tests.conftest import MakeFolder, with_defaults


def prove(files: dict[str, bytes], additions: Additions) -> Changes:
    return prove_in(load(files), additions)


# --- values as text


def test_values_are_written_as_people_write_them() -> None:
    value: dict[str, Value] = {
        "name": "Shared control room",
        "summary": "One control room for two forces. " * 4 + "End.",
        "note": "two\n\nlines",
        "statements": [
            {"source": "paper-2016", "forces": ["thornshire", "marlshire"], "closed": {"reason": "Too dear."}}
        ],
        "benefits": {
            "staff": {
                "area": "vehicles",
                "statements": [
                    {
                        "source": "paper-2016",
                        "quote": "Phase 1: scoping",
                        "plan": {"2015/16": "£120k", "2016/17": "£1,240,000", "a year": "-£30k"},
                        "actual": {"2015/16": {"thornshire": "£1k", "marlshire": "£2k"}},
                        "priority": "true",
                    }
                ],
            }
        },
        "costs": {},
    }
    assert format_file(value) == (
        "name: Shared control room\n"
        "summary: >-\n"
        "  One control room for two forces. One control room for two forces. One control room for two forces.\n"
        "  One control room for two forces. End.\n"
        "note: |-\n"
        "  two\n"
        "\n"
        "  lines\n"
        "statements:\n"
        "  - source: paper-2016\n"
        "    forces: [thornshire, marlshire]\n"
        "    closed: {reason: Too dear.}\n"
        "benefits:\n"
        "  staff:\n"
        "    area: vehicles\n"
        "    statements:\n"
        "      - source: paper-2016\n"
        '        quote: "Phase 1: scoping"\n'
        '        plan: {2015/16: £120k, 2016/17: "£1,240,000", a year: -£30k}\n'
        "        actual: {2015/16: {thornshire: £1k, marlshire: £2k}}\n"
        "        priority: true\n"
        "costs: {}\n"
    )


def test_printed_tables_are_written_cell_by_cell_on_one_line() -> None:
    value: dict[str, Value] = {
        "columns": [{"label": "Plan", "period": "2015/16", "basis": "plan"}, {"label": "RAG", "compare": "false"}],
        "rows": {
            "fleet": ["40", "-", "", "(5)", "94%"],
            "sub": {"label": "Sub-total", "adds": ["fleet"], "cells": ["1"]},
        },
        "totals": ["£1,230", "TBC"],
        "footnotes": ["Of which cashable. " * 8 + "x", "b"],
    }
    assert format_file(value) == (
        "columns:\n"
        "  - {label: Plan, period: 2015/16, basis: plan}\n"
        "  - {label: RAG, compare: false}\n"
        "rows:\n"
        '  fleet: [40, "-", "", (5), 94%]\n'
        "  sub: {label: Sub-total, adds: [fleet], cells: [1]}\n"
        'totals: ["£1,230", TBC]\n'
        "footnotes:\n"
        "  - >-\n"
        "    Of which cashable. Of which cashable. Of which cashable. Of which cashable. Of which cashable.\n"
        "    Of which cashable. Of which cashable. Of which cashable. x\n"
        "  - b\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain text, with (signs) and 'marks'", "plain text, with (signs) and 'marks'"),
        ("£1,324,000", "£1,324,000"),
        ("it: is", '"it: is"'),
        ("ends:", '"ends:"'),
        ("PNC #2", '"PNC #2"'),
        ("#2", '"#2"'),
        ("no", '"no"'),
        ("-", '"-"'),
        ("-£5", "-£5"),
        ("- a", '"- a"'),
        ("--- a", '"--- a"'),
        ("", '""'),
        (" a", '" a"'),
        ('say "a: b"', """'say "a: b"'"""),
        ('"a" isn\'t: b', "'\"a\" isn''t: b'"),
        ("a\n b", '"a\\n b"'),
        ("tab\there: a", '"tab\\there: a"'),
    ],
)
def test_texts_are_in_quotation_marks_only_where_they_must_be(text: str, written: str) -> None:
    assert format_lines({"key": text}) == [f"key: {written}"]


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert format_file({}) == "{}\n"


TEXTS = st.text(
    st.sampled_from(" -?:,[]{}#&*!|>'\"%@`=<~.\n\\/£a1€")
    | st.characters(codec="utf-8", categories=["L", "N", "P", "S"]),
    max_size=150,
)
LINES = TEXTS.map(lambda text: text.replace("\n", " "))
VALUES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["plan", "rows", "columns", "statements"]) | LINES, inner, max_size=4)
    ),
    max_leaves=12,
)
LAYOUTS = st.builds(Layout, st.integers(1, 8), st.integers(0, 8), st.integers(2, 5))


@given(st.dictionaries(LINES, VALUES, min_size=1, max_size=4), LAYOUTS, st.sampled_from(["", "rows", "columns"]))
def test_what_is_written_reads_back_the_same(value: dict[str, Value], layout: Layout, within: str) -> None:
    text = "".join(f"{line}\n" for line in format_lines(value, 0, layout, within))
    document = read_document("x.yaml", text.encode())
    if {problem.code for problem in document.problems} & HIDDEN_CODES:
        return  # the reader refuses such characters, whoever writes them
    assert document.problems == []
    assert document.value == value


# --- text put in its place

STATEMENT: dict[str, Value] = {"source": "paper-2017", "actual": {"2016/17": "£2k"}}
NEW: dict[str, Value] = {"area": "estates", "category": "saving", "statements": [STATEMENT]}
MORE: dict[str, Value] = {
    "statements": [{"source": "paper-2017", "status": "live"}],
    "benefits": {"savings": {"statements": [STATEMENT]}, "new": NEW},
}

BASE = """\
name: Fleet
benefits:
  savings:
    area: vehicles
    category: saving
    statements:
      - source: paper-2016
        actual: {2015/16: £1k}
"""

ADDED = """\
name: Fleet
+statements:
+  - source: paper-2017
+    status: live
benefits:
  savings:
    area: vehicles
    category: saving
    statements:
      - source: paper-2016
        actual: {2015/16: £1k}
+      - source: paper-2017
+        actual: {2016/17: £2k}
+  new:
+    area: estates
+    category: saving
+    statements:
+      - source: paper-2017
+        actual: {2016/17: £2k}
"""

FOUR = """\
name: Fleet
+statements:
+    -   source: paper-2017
+        status: live
benefits:
    savings:
        area: vehicles
        category: saving
        statements:
            -   source: paper-2016
                actual: {2015/16: £1k}
+            -   source: paper-2017
+                actual: {2016/17: £2k}
+    new:
+        area: estates
+        category: saving
+        statements:
+            -   source: paper-2017
+                actual: {2016/17: £2k}
"""

UNINDENTED = """\
name: Fleet
+statements:
+- source: paper-2017
+  status: live
benefits:
  savings:
    area: vehicles
    category: saving
    statements:
    - source: paper-2016
      actual: {2015/16: £1k}
      # of the statement
+    - source: paper-2017
+      actual: {2016/17: £2k}
    # of what comes next
    label: Savings
+  new:
+    area: estates
+    category: saving
+    statements:
+    - source: paper-2017
+      actual: {2016/17: £2k}
"""

COMMENTED = """\
# of the file
name: Fleet  # its name
+statements:
+  - source: paper-2017
+    status: live

# of the benefits
benefits:
  savings:
    area: vehicles

    # of the category
    category: saving
    statements:
      # of the first
      - source: paper-2016
        actual: {2015/16: £1k}  # checked
        # of the statement
      # of the list
+      - source: paper-2017
+        actual: {2016/17: £2k}
    # of the benefit
  # of the benefits
+  new:
+    area: estates
+    category: saving
+    statements:
+      - source: paper-2017
+        actual: {2016/17: £2k}

# of the outcomes
outcomes:
  skill: {kind: skill, text: Drivers, source: paper-2016}
# the end
"""

BLOCK_TEXTS = """\
name: Fleet
note: >-
  folded

  # no comment
+statements:
+  - source: paper-2017
+    status: live

benefits:
  savings:
    area: vehicles
    category: saving
    note: |+
      kept

    statements:
      -
        source: paper-2016
        actual:
          2015/16: £1k
        quote: |+
          kept

          # no comment


+      - source: paper-2017
+        actual: {2016/17: £2k}
+  new:
+    area: estates
+    category: saving
+    statements:
+      - source: paper-2017
+        actual: {2016/17: £2k}
"""

LONG_VALUES = """\
name: "Fleet
  of two"
+statements:
+  - source: paper-2017
+    status: live
benefits:
  savings: {area: vehicles, category: saving, statements: [{
    source: paper-2016, actual: {2015/16: £1k}}]
   }  # all of it
+  new:
+    area: estates
+    category: saving
+    statements:
+      - source: paper-2017
+        actual: {2016/17: £2k}
"""

APART = """\
name: Fleet
+statements:
+  - source: paper-2017
+    status: live

benefits:
  savings:
    area: vehicles
    category: saving
    statements:
      - source: paper-2016
        estimate: {2015/16: £1k}

      # the outturn
      - source: paper-2016
        actual: {2015/16: £1k}
+
+      - source: paper-2017
+        actual: {2016/17: £2k}

  others:
    area: vehicles
    category: saving
    statements:
      - source: paper-2016
        actual: {2015/16: £1k}
+
+  new:
+    area: estates
+    category: saving
+    statements:
+      - source: paper-2017
+        actual: {2016/17: £2k}
"""

OTHERS_ONLY: dict[str, Value] = {**MORE, "benefits": {"new": NEW}}

LAYOUTS_OF_FILES = {
    "as ours": (ADDED, MORE),
    "four spaces": (FOUR, MORE),
    "dashes not indented": (UNINDENTED, MORE),
    "comments": (COMMENTED, MORE),
    "block texts": (BLOCK_TEXTS, MORE),
    "long values": (LONG_VALUES, OTHERS_ONLY),
    "blank lines": (APART, MORE),
}
ENDS: dict[str, Callable[[str], str]] = {
    "line feeds": lambda text: text,
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "a byte-order mark": lambda text: "\ufeff" + text,
    "no last line end": lambda text: text.rstrip("\n"),
    "carriage returns, no last line end": lambda text: text.rstrip("\n").replace("\n", "\r\n"),
}  # fmt: skip


def without_added(marked: str) -> str:
    """Return a text as it was: without the lines marked with `+`."""
    return re.sub(r"(?m)^\+.*\n", "", marked)


def with_added(marked: str) -> str:
    return re.sub(r"(?m)^\+", "", marked)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("layout", LAYOUTS_OF_FILES)
def test_additions_stand_in_their_place_in_the_style_of_the_file(layout: str, end: str) -> None:
    marked, more = LAYOUTS_OF_FILES[layout]
    if layout == "block texts" and "no last" in end:
        marked = marked.replace("# no comment\n\n\n", "# no comment\n")  # its blank lines are among the last ones
    old, new = (ENDS[end](text).encode() for text in (without_added(marked), with_added(marked)))
    files = with_defaults({"projects/fleet.yaml": old})
    changes = prove(files, {"projects/fleet.yaml": more})
    assert changes.problems == []
    assert changes.files == {"projects/fleet.yaml": (old, new)}


BENEFIT_LAYOUTS = [marked for marked, more in LAYOUTS_OF_FILES.values() if more is MORE]
ODD_LINES = st.sampled_from(
    ["", "   ", "# to the left", "      # further", "        # at the dash", "          # within"]
)
WORDS = TEXTS.filter(lambda text: text.strip() and text.isprintable())


@st.composite
def files_with_odd_lines(draw: st.DrawFn) -> str:
    """Return a file of one of the layouts, with comments and blank lines put in anywhere, as they may stand there."""
    lines = without_added(draw(st.sampled_from(BENEFIT_LAYOUTS))).split("\n")
    for _ in range(draw(st.integers(0, 4))):
        lines.insert(draw(st.integers(1, len(lines))), draw(ODD_LINES))
    return ENDS[draw(st.sampled_from(sorted(ENDS)))]("\n".join(lines))


@given(files_with_odd_lines(), WORDS, WORDS)
def test_what_is_added_reads_back_as_old_and_new_with_every_other_line_untouched(old: str, at: str, quote: str) -> None:
    before = read_document("projects/fleet.yaml", old.encode())
    assume(not before.problems)
    statement: dict[str, Value] = {"source": "paper-2018", "at": at, "quote": quote, "actual": {"2017/18": "£1,500"}}
    changes = prove(
        with_defaults({"projects/fleet.yaml": old.encode()}),
        {"projects/fleet.yaml": {"benefits": {"savings": {"statements": [statement]}}}},
    )
    if changes.problems:
        codes = {problem.code for problem in changes.problems}
        assert codes <= HIDDEN_CODES or (codes == {"cannot-add"} and not old.endswith("\n"))
        return
    new = changes.files["projects/fleet.yaml"][1].decode()
    expected = deepcopy(before.value)
    expected["benefits"]["savings"]["statements"].append(statement)  # type: ignore[index, call-overload, union-attr]  # as BASE is
    assert read_document("projects/fleet.yaml", new.encode()).value == expected
    end = "" if old.endswith("\n") else "\r\n" if "\r\n" in old else "\n"
    assert new.endswith("\n") == (not end)
    steps = SequenceMatcher(None, (old + end).split("\n"), (new + end).split("\n"), autojunk=False)
    assert {step[0] for step in steps.get_opcodes()} == {"equal", "insert"}


@pytest.mark.parametrize("head", ["", "\ufeff", "# the papers\n", "---\n"])
def test_an_empty_mapping_is_filled(head: str) -> None:
    paper: dict[str, Value] = {"title": "A", "body": "B", "date": "2019-01-01"}
    files = {"areas.yaml": f"{head}{{}}", "sources.yaml": f"{head}{{}}  # none yet\r\n"}
    bytes_ = {path: text.encode() for path, text in files.items()}
    changes = prove(with_defaults(bytes_), {"areas.yaml": {"fleet": "Fleet"}, "sources.yaml": {"paper": paper}})
    assert changes.problems == []
    assert {path: new.decode() for path, (_, new) in changes.files.items()} == {
        "sources.yaml": f"{head}# none yet\r\npaper:\r\n  title: A\r\n  body: B\r\n  date: 2019-01-01\r\n",
        "areas.yaml": f"{head}fleet: Fleet",
    }


def test_empty_mappings_and_lists_within_are_filled() -> None:
    old = b"name: Fleet\nbenefits: {}  # none yet\nstatements: [ ]\n"
    changes = prove(with_defaults({"projects/fleet.yaml": old}), {"projects/fleet.yaml": OTHERS_ONLY})
    assert changes.problems == []
    assert changes.files["projects/fleet.yaml"][1].decode() == (
        "name: Fleet\n"
        "benefits:  # none yet\n"
        "  new:\n"
        "    area: estates\n"
        "    category: saving\n"
        "    statements:\n"
        "      - source: paper-2017\n"
        "        actual: {2016/17: £2k}\n"
        "statements:\n"
        "  - source: paper-2017\n"
        "    status: live\n"
    )


def test_what_is_there_already_is_not_added_again() -> None:
    files = with_defaults({"projects/fleet.yaml": BASE})
    twice: dict[str, Value] = {"benefits": {"savings": {"area": "vehicles", "statements": [STATEMENT, STATEMENT]}}}
    first = prove(files, {"projects/fleet.yaml": twice})
    new = first.files["projects/fleet.yaml"][1]
    assert new.decode() == BASE + "      - source: paper-2017\n        actual: {2016/17: £2k}\n"
    assert prove({**files, "projects/fleet.yaml": new}, {"projects/fleet.yaml": twice}).files == {}


IN_ONE_LINE = "a: {area: vehicles, category: saving, statements: [{source: paper-2016, owner: A}]}"


@pytest.mark.parametrize(
    ("old", "more", "line", "column", "message"),
    [
        (BASE, {"name": "Vans"}, 1, 7, "'name' is there already, and is 'Fleet'"),
        (BASE, {"benefits": {"savings": "none"}}, 3, 3, "'savings' is there already, and is something else"),
        (
            f"name: Fleet\nbenefits: {{{IN_ONE_LINE}}}\n",
            {"benefits": {"a": {"statements": [STATEMENT]}}}, 2, 62, "this is written between brackets",
        ),
        (
            f"name: Fleet\nbenefits: {{{IN_ONE_LINE}}}\n",
            {"benefits": {"new": NEW}}, 2, 11, "this is written between brackets",
        ),
        ("name: Fleet\nbenefits: {\n }\n", {"benefits": {"new": NEW}}, 2, 11, "this is written between brackets"),
        ("? name\n: Fleet\n", MORE, 0, 0, "in this file the addition would be read as something else"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_refused_at_its_place(
    old: str, more: dict[str, Value], line: int, column: int, message: str
) -> None:
    changes = prove(with_defaults({"projects/fleet.yaml": old}), {"projects/fleet.yaml": more})
    assert changes.files == {}
    assert [(each.path, each.line, each.column, each.code, each.message) for each in changes.problems] == [
        ("projects/fleet.yaml", line, column, "cannot-add", message)
    ]


def test_a_file_with_problems_is_not_added_to() -> None:
    changes = prove(with_defaults({"projects/fleet.yaml": "name: Fleet\nname: Vans\n"}), {"projects/fleet.yaml": MORE})
    assert [problem.code for problem in changes.problems] == ["duplicate-key"]


def test_an_addition_that_cannot_be_read_back_is_refused() -> None:
    changes = prove(with_defaults({"projects/fleet.yaml": BASE}), {"projects/fleet.yaml": {"note": "a\u202eb"}})
    assert [problem.code for problem in changes.problems] == ["bidirectional-character"]


def test_a_change_of_any_other_line_is_refused() -> None:
    spoilt = BASE.replace("£1k}", "£1k} ") + "note: new\n"
    value = read_document("projects/fleet.yaml", spoilt.encode()).value
    with pytest.raises(CannotAddError, match="other lines of the file would change"):
        hold_to(value or "", "projects/fleet.yaml", BASE.encode(), spoilt.encode())


def test_the_whole_ledger_as_it_would_be_is_checked() -> None:
    files = with_defaults({"projects/fleet.yaml": BASE})
    more: dict[str, Value] = {
        "benefits": {"savings": {"statements": [{"source": "paper-9", "actual": {"2016/17": "2k"}}]}}
    }
    changes = prove(files, {"projects/fleet.yaml": more, "projects/Vans.yaml": {"name": "Vans"}})
    assert changes.files == {}
    assert [(each.path, each.line, each.code) for each in changes.problems] == [
        ("projects/Vans.yaml", 0, "file-name"),
        ("projects/fleet.yaml", 9, "unknown-source"),
        ("projects/fleet.yaml", 10, "bad-amount"),
    ]


def test_a_path_that_no_data_file_has_is_refused() -> None:
    changes = prove(with_defaults({}), {"projects/../../fleet.yaml": {"name": "Fleet"}, "notes.txt": {}})
    assert [problem.code for problem in changes.problems] == ["stray-file", "stray-file"]


def test_new_files_name_their_schema_where_others_do() -> None:
    areas = b"# yaml-language-server: $schema=schema/areas.json\nvehicles: Vehicles\n"
    shares: dict[str, Value] = {"key": {"source": "paper-2016", "years": {"2016/17": {"thornshire": "100%"}}}}
    changes = prove(
        with_defaults({"areas.yaml": areas}), {"projects/vans.yaml": {"name": "Vans"}, "shares.yaml": shares}
    )
    assert {path: new.decode() for path, (_, new) in changes.files.items()} == {
        "shares.yaml": "# yaml-language-server: $schema=schema/shares.json\n"
        "key:\n  source: paper-2016\n  years:\n    2016/17: {thornshire: 100%}\n",
        "projects/vans.yaml": "# yaml-language-server: $schema=../schema/project.json\nname: Vans\n",
    }
    assert prove(with_defaults({}), {"projects/vans.yaml": {"name": "Vans"}}).files == {
        "projects/vans.yaml": (None, b"name: Vans\n")
    }


# --- the order of files, and writing them


def make_many(count: int) -> dict[str, dict[str, Value]]:
    """Return additions to the default ledger: a paper, an area, a force, a table and projects, some naming others."""
    outturn: dict[str, Value] = {"source": "paper-2019", "actual": {"2018/19": "£1k"}}
    names = [f"p{number}" for number in range(count)]
    projects: dict[str, dict[str, Value]] = {}
    for number, name in enumerate(names):
        benefit: dict[str, Value] = {"area": "drones", "category": "saving", "statements": [outturn]}
        if number % 3 == 0 and number + 1 < count:
            benefit["possible_duplicate_of"] = f"p{number + 1}/savings"
        statement: dict[str, Value] = {"source": "paper-2019", "forces": ["seamark"]}
        projects[name] = {"name": name, "statements": [statement], "benefits": {"savings": benefit}}
    return {
        "published/table.yaml": {
            "source": "paper-2019",
            "title": "Outturn",
            "by": "project",
            "unit": "£k",
            "columns": [{"label": "Outturn", "period": "2018/19"}],
            "rows": {name: ["1"] for name in names},
        },
        **{f"projects/{name}.yaml": project for name, project in projects.items()},
        "areas.yaml": {"drones": "Drones"},
        "forces.yaml": {"seamark": {"name": "Seamark"}},
        "sources.yaml": {"paper-2019": {"title": "Outturn", "body": "Northmark Committee", "date": "2019-07-18"}},
    }


def test_every_moment_of_the_writing_validates() -> None:
    files = with_defaults({})
    additions = make_many(7)
    changes = prove(files, additions)
    assert changes.problems == []
    assert set(changes.files) == set(additions)
    for path, (old, new) in changes.files.items():
        assert files.get(path) == old
        files[path] = new
        assert prove(files, {}).problems == [], path
        assert prove(files, additions).files == dict(list(changes.files.items())[list(changes.files).index(path) + 1 :])


def test_projects_that_name_each_other_are_written_in_some_order() -> None:
    additions: dict[str, dict[str, Value]] = {
        f"projects/{one}.yaml": {"name": one, "costs": {"cost": {**NEW, "replaces": [f"{other}/cost"]}, "odd": "text"}}
        for one, other in (("a", "b"), ("b", "a"), ("c", "c"))
    }
    assert in_order(additions) == ["projects/b.yaml", "projects/a.yaml", "projects/c.yaml"]


def test_changes_are_written_unless_a_file_has_changed_meanwhile(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": BASE})
    files, _ = read_folder(folder)
    additions = make_many(2)
    changes = prove(files, additions)
    (folder / "projects" / "p0.yaml").write_text("name: Mine\n", encoding="utf-8")
    with pytest.raises(click.UsageError, match="has just been changed by somebody else; try again"):
        write_changes(folder, changes)
    assert "paper-2019" in (folder / "sources.yaml").read_text(encoding="utf-8")
    (folder / "projects" / "p0.yaml").unlink()
    files, _ = read_folder(folder)
    write_changes(folder, prove(files, additions))
    files, problems = read_folder(folder)
    assert problems == []
    assert {path: files[path] for path in changes.files} == {path: new for path, (_, new) in changes.files.items()}
