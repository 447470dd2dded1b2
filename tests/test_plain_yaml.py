"""What is no YAML 1.2, or is not the same to all its readers, is a problem at its place, with both parsers.

The kinds are those of the public YAML test suite (yaml/yaml-test-suite): its numbers stand beside our own texts.
"""

import json

import pytest

from emcollab.loading.parser import Value, find_places, read_document
from emcollab.loading.text import hidden_pattern

pytestmark = pytest.mark.usefixtures("each_parser")

REFUSED = {
    # a comment that is stuck to what stands before it
    "9JBA": ("a: [b, c]#d\n", "1:10"),
    "CVW2": ("a: [b,#c\n  d]\n", "1:7"),
    "SU5Z": ('a: "b"#c\n', "1:7"),
    "9JBA, single quotes": ("- 'b'#c\n- d\n", "1:6"),
    "9JBA, a mapping": ("a: {b: c}#d\n", "1:10"),
    "CVW2, an opening bracket": ("a: [#c\n  d]\n", "1:5"),
    "CVW2, after a name": ('a: {"b":#c\n  d}\n', "1:9"),
    "CVW2, the last": ("a: [b,#c\n  ]\n", "1:7"),
    "SU5Z, the last, without a line break": ('a: "b"#c', "1:7"),
    "SU5Z, a hash in it": ('a: "#"#c # "#"#\n', "1:7"),
    "SU5Z, a hash after it": ('a: "b"#c"#d #e"#\n', "1:7"),
    # lines that are not further in than the name of the value
    "9C9N": ("a: [b,\nc,\nd]\n", "2:1"),
    "QB6E": ('a: "b\nc\nd"\n', "2:1"),
    "9C9N, the bracket": ("a: [\n  b\n]\n", "3:1"),
    "9C9N, a mapping, below a list": ("a:\n  - {b: c,\n    # d\n\n  e: f}\n", "5:3"),
    "9C9N, brackets in brackets": ("a: [b, [c,\n  d],\ne]\n", "3:1"),
    "9C9N, an item": ("- [b,\n c]\n- [d,\ne]\n", "4:1"),
    "QB6E, single quotes": ("a:\n  b: 'c\n\n  d'\n", "4:3"),
    "QB6E, within brackets": ('a: ["b\n# c"]\n', "2:1"),
    "QB6E, an item of a list as far out as its name": ("a:\n- 'b\nc'\n", "3:1"),
    "QB6E, a text of lines that begins too far out": ("a:\n>\n  b\n", "2:1"),
    # blanks in a block of text
    "S98Z": ("a: >\n \n  \n   \n # b\n", "5:2"),
    "S98Z, of a list": ("- |+\n\n    \n  # b\n- c\n", "4:3"),
    "JEF9/02": ("- |+\n   ", "2:1"),
    "L24T/01": ("a: |\n  b\n   ", "3:1"),
    # a sign that is part of the text
    "652Z": ("{ ?a: b}\n", "1:3"),
    "652Z, a list": ("[?a]\n", "1:2"),
    "652Z, quoted": ("a: {b: c, ?'': d}\n", "1:11"),
    # what each reader takes in its own way
    "a joined line and an empty one": ('a: "b\\\n\n  c"\n', "1:6"),
    "a joined line and one of blanks": ('a: "b\\\\\\\n  \n  c"\n', "1:8"),
}

READ: dict[str, tuple[str, Value]] = {
    "a comment after a blank": ("a: [b, #c\n  'd' #e\n  ] #f\n# \"#\"#\n#'#'#\n", {"a": ["b", "d"]}),
    "hashes in texts": ("a: '\"#'\nb: b'#\nc: >\n  '#',#\nd: [\"'#',#\"]\n",
                        {"a": '"#', "b": "b'#", "c": "'#',#\n", "d": ["'#',#"]}),
    "a hash in a name": ("{a'#: b, 'c,#': d}\n", {"a'#": "b", "c,#": "d"}),
    "lines further in": ("a: [b,\n c\n ]\nd: 'e\n\n f'\n", {"a": ["b", "c"], "d": "e\nf"}),
    "comments further out": ("a: [b,\n# c\n d]\n", {"a": ["b", "d"]}),
    "lines of the whole": ("[a,\nb\n]\n", ["a", "b"]),
    "a text of lines that is the whole": ("--- >\n a\n\n # b\n", "a\n# b\n"),
    "brackets below a list": ("- - [a,\n   b]\n-  {a: b,\n  c: d}\n", [[["a", "b"]], {"a": "b", "c": "d"}]),
    "a text without a last line break": ("a: |\n  b", {"a": "b\n"}),
    "a text that is stripped, without a last line break": ("a: >-\n  b\n  c", {"a": "b c"}),
    "blanks at the end": ("a: b\n  ", {"a": "b"}),
    "blanks in a block of text": ("a: |\n  b\n   \n", {"a": "b\n \n"}),
    "blanks alone": ("- |+\n   \n- a\n", ["\n", "a"]),
    "a comment after blanks": ("a: |\n   \n# b\n", {"a": ""}),
    "a comment after blanks of a given depth": ("a: |2-\n \n # b\n", {"a": ""}),
    "a hash after blanks": ("a: |\n  \n  # b\n", {"a": "\n# b\n"}),
    "a joined line": ('a: "b\\\n  c\\\\\n\n  d"\n', {"a": "bc\\\nd"}),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_plain_yaml_is_a_problem_at_its_place(name: str) -> None:
    text, place = REFUSED[name]
    found = read_document("x.yaml", text.encode()).problems
    assert [f"{each.line}:{each.column} {each.code}" for each in found] == [f"{place} not-plain-yaml"]


@pytest.mark.parametrize("name", READ)
def test_what_is_like_it_but_plain_is_read_as_others_read_it(name: str) -> None:
    text, value = READ[name]
    assert read_document("x.yaml", text.encode()) == (text, value, [])


def test_a_line_that_has_it_all_is_told_once_each() -> None:
    found = read_document("x.yaml", b"a: ['b\nc', #\nd,#e\nf]#g\n").problems
    assert [(each.line, each.column) for each in found] == [(2, 1), (3, 3), (4, 3)]


def test_comments_that_follow_one_another_in_one_line_take_no_time() -> None:
    text = "a: [b,#" + ",#" * 400_000 + "\n  c]\n"
    assert [each.column for each in read_document("x.yaml", text.encode()).problems] == [7]


SWALLOWED = {
    "names and values behind a text": ("a: {at: p # 1, actual: {2015/16: £5}\n }\n", "1:11"),
    "right behind its sign": ("a: {at: p #1, actual: {2015/16: £5}\n }\n", "1:11"),
    "behind quotes": ("a: {at: 'p #1, b: c' #1, actual: d\n }\n", "1:22"),
    "behind a list": ("- {a: [b] # 1, 'actual': c\n  }\n", "1:11"),
    "behind a comma": ("a: {b: c, # and, 2015/16 to 2015-11: d\n  e: f}\n", "1:11"),
    "behind a name": ("a: {b: # c, d: e\n  f}\n", "1:8"),
    "an amount": ("a: {b: c, # 2015/16: £5\n  e: f}\n", "1:11"),
    "an amount in quotes": ("a: {b: c, # 2015/16: '-£5\n  e: f}\n", "1:11"),
    "a list": ("a: {b: c, # forces: [d\n  e: f}\n", "1:11"),
    "a bracket at the end": ("a: {b: {c: d # e, f}\n  }}\n", "1:14"),
    "items": ("a: ['b' #, c\n  ]\n", "1:9"),
    "behind another sign": ("a: [{b: 'c'}, d, # e # f, g: h\n  ]\n", "1:18"),
    "on the second line": ("a: [b, # c\n  d, # e, f: g\n  ]\n", "2:6"),
}

KEPT: dict[str, tuple[str, Value]] = {
    "behind the brackets": ("a: [b, c]  # d, e: £5]\nf: g\n", {"a": ["b", "c"], "f": "g"}),
    "without brackets": ("a: b  # c, d: £5}\n", {"a": "b"}),
    "on a line of its own": ("a: [b,\n  # c, d: £5]\n#e, f: g]\n  h]\n", {"a": ["b", "h"]}),
    "words": ("a: [b,  # the first (see [1]), and £5 in 2015/16\n  c]  # d: e\n", {"a": ["b", "c"]}),
    "a name at its beginning": ("a: [b,  # note: the first\n  c]\n", {"a": ["b", "c"]}),
    "in a text": (
        "a: {b: 'c # d, e: f', g: \"h\n  # i, j: k\n  l\"}\n",
        {"a": {"b": "c # d, e: f", "g": "h # i, j: k l"}},
    ),
    "in a block text": ("a: |\n  {b: c # d, e: f\n  }\n", {"a": "{b: c # d, e: f\n}\n"}),
}


@pytest.mark.parametrize("name", SWALLOWED)
def test_a_comment_in_brackets_that_reads_like_values_is_a_problem(name: str) -> None:
    text, place = SWALLOWED[name]
    found = read_document("x.yaml", text.encode()).problems
    assert [f"{each.line}:{each.column} {each.code}" for each in found] == [f"{place} swallowed-text"]


@pytest.mark.parametrize("name", KEPT)
def test_an_ordinary_comment_may_stand_in_brackets(name: str) -> None:
    text, value = KEPT[name]
    assert read_document("x.yaml", text.encode()) == (text, value, [])


def test_of_many_signs_in_one_comment_it_is_looked_at_once() -> None:
    text = "a: [b, #" + " #, c:" * 200_000 + " d\n  c]\n"
    assert [each.column for each in read_document("x.yaml", text.encode()).problems] == [8]


def test_places_do_not_depend_on_a_last_line_break() -> None:
    assert find_places("a: [b,\n c]") == find_places("a: [b,\n c]\n")


NAUGHTY = [
    "undefined", "NULL", "True", "NaN", "-1E02", "1/0", "0x0", "1,000.00", "08", "2.2250738585072011e-308", ".",
    '<>?:"{}|_+', "!@#$%^&*()`~", "Ω≈ç√∫", "田中さん", "🐵 🙈", "١٢٣", "تست", "Ṱ̺̺̕o͞", "ﬀ",
    "<script>alert(1)</script>", "'; DROP TABLE x;--",
    "=cmd|' /C calc'!A0", "@SUM(1)", "${7*7}", "{{7*7}}", "%s%n", "../../etc/passwd", "`ls`", "$(ls)", "\\\\", "||",
    "#1 @all",
    "CON", "http://a/%%30%30", "[x](javascript:0)", "- - -", "::error::x", "##[error]x", "'\"'", "a|b", " ", "",
    "\u202etest", "\u200btest", "\x1b[31m", "\ufeff", "\u2028", "\t", "\x07", "\u3164",
    "\u2800", "\ufe0f", "\U0001d173", "\U0001bca0", "\U0001d159", "\U00016fe4",
]  # fmt: skip
"""Some of each kind in the big list of naughty strings (minimaxir/big-list-of-naughty-strings)."""

HIDING = {"invisible-character", "bidirectional-character", "control-character", "odd-line-break", "tab"}


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_naughty_string_is_itself_or_is_refused_by_name_however_it_is_written(text: str) -> None:
    escapes = "".join(f"\\U{ord(character):08X}" for character in text)
    escaped = read_document("x.yaml", f'a: "{escapes}"\n'.encode())
    as_it_is = read_document("x.yaml", f"a: {json.dumps(text, ensure_ascii=False)}\n".encode())
    for found in (escaped, as_it_is):
        if hidden_pattern().search(text):
            assert {problem.code for problem in found.problems} <= HIDING
            assert found.problems
        else:
            assert (found.value, found.problems) == ({"a": text}, [])


def test_money_after_a_space_is_whole_again_when_its_comma_has_cut_it() -> None:
    (problem,) = read_document("x.yaml", "a: {2010/11: £ 204,310.50}\n".encode()).problems
    assert (problem.column, problem.code, problem.help) == (14, "bad-amount", 'write "£204,310.50", in quotes')
