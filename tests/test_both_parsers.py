"""Whether PyYAML has libyaml or not, the same texts are refused, with the same codes, and the same values read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emcollab.loading import parser
from emcollab.loading.parser import Value, read_document
from emcollab.values.problems import Problem
from tests.conftest import EXAMPLE

FAST = vars(parser)["FastParser"]
EXAMPLES = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLE.rglob("*.yaml"))]

SNIPPETS = [
    "\n", " ", "  ", "\t", ":", ": ", "- ", "-", ",", "[", "]", "{", "}", " #", "# ", "&a ", "*a", "!!int ", " |", " >",
    "'", '"', "\\", '"\\u202e"', "%", "@", "`", "<<: ", "---\n", "...\n", "\r", "\ufeff", "\u2028", "\xa0", "\x85", "~",
    "£", "0", "NO", "=", "\x00", "\\x", '"\\', "\U0001f600", "\r\n", "a", "b: ", "1.5",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return a file of the example ledger with a few pieces put in, taken out or doubled."""
    text = draw(st.sampled_from(EXAMPLES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 0, 0, 1, 2, 10]))
        text = text[:start] + draw(st.sampled_from([*SNIPPETS, "", text[start:end] * 2])) + text[end:]
    return text


@settings(max_examples=200)
@given(mutated())
def test_both_parsers_agree_on_mutations_of_the_example(text: str) -> None:
    assert read(text, parser.PythonParser) == read(text, FAST)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(SNIPPETS), max_size=30).map("".join))
def test_both_parsers_agree_on_heaps_of_special_characters(text: str) -> None:
    assert read(text, parser.PythonParser) == read(text, FAST)


@pytest.mark.parametrize(
    "text", ["a: [is it so? yes]\n", "{is it?: b}\n", "[?]\n", "a: |#b\n  c\n", "a: >-#b\n  c\n", "? a\n: b\n",
     "{ ? : x}\n", "{? a: b,\n?\n}\n", "%YAML 1.1#\n---\na\n", "- !a:b!c d\n", "[?a]\n"],
)  # fmt: skip
def test_both_parsers_agree_where_they_do_not_by_themselves(text: str) -> None:
    assert read(text, parser.PythonParser) == read(text, FAST)


def read(text: str, kind: type) -> tuple[Value | None, list[Problem]]:
    """Return the value that is read, and what is refused: its places and their codes and messages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "FastParser", kind)
        document = read_document("x.yaml", text.encode())
    return document.value, document.problems
