"""Are quotations in the papers' own texts: what counts as the same words, in which order; what is said of others."""
# ruff: noqa: RUF001 - papers print dashes and quotation marks of every kind

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emcollab.checks.quotations import prove_quotations
from emcollab.loading.load import load, place
from emcollab.values.problems import Problem
from tests.conftest import with_defaults

PAPER = """# 1  Benefits

The Board agreed that **Fleet Services** will save £1.35m a year - "cash-releasing",
as it's called. The five forces' work on procure-
ment has been under-
taken by a non-
cashable team; 12,345 miles were saved.

| Saving | 2015/16 |
| Vehicles | £60k |
"""


def prove(quote: str, paper: str = PAPER) -> list[str]:
    """Return what is said of a quotation, if anything is wrong with it."""
    ledger = load(with_defaults({"projects/fleet.yaml": write(quote)})).ledger
    proof = prove_quotations(ledger, {"paper-2016": paper})
    assert proof.proved + len(proof.faults) == 1
    return [f"{fault.message}; {fault.help}" for fault in proof.faults]


def write(quote: str) -> str:
    quoted = quote.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'name: Fleet\nstatements:\n  - source: paper-2016\n    quote: "{quoted}"\n'


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("The Board agreed", id="as it is"),
        pytest.param("Board\n  agreed   that", id="white space"),
        pytest.param("that Fleet Services will", id="emphasis in the paper"),
        pytest.param("that *Fleet Services* will", id="emphasis in the quotation"),
        pytest.param('a year – "cash-releasing", as it\u2019s called', id="a dash and an apostrophe"),
        pytest.param("a year — “cash‑releasing”, as", id="quotation marks and a non-breaking hyphen"),
        pytest.param("forces’ work on procurement has", id="a word divided at a line's end"),
        pytest.param("has been undertaken by a non-cashable team", id="one of them divided at its own hyphen"),
        pytest.param("has been under-\ntaken", id="divided in the quotation too"),
        pytest.param('"cash-\nreleasing"', id="the quotation divides a word at its own hyphen"),
        pytest.param("cash", id="a part of a word with a hyphen"),
        pytest.param("The Board agreed […] will save", id="words left out"),
        pytest.param("The Board [...] will save [...] 12,345 miles", id="words left out twice"),
        pytest.param("[…] will save £1.35m […]", id="left out at both ends"),
        pytest.param("2015/16 […] Vehicles […] £60k", id="cells of a table"),
        pytest.param("12,345 miles", id="a number"),
    ],
)  # fmt: skip
def test_what_counts_as_the_papers_own_words(quote: str) -> None:
    assert prove(quote) == []


@pytest.mark.parametrize("quote", ["[…]", "[...]", " […] […] ", "–", "“…”"])
def test_a_quotation_without_a_word_is_none(quote: str) -> None:
    [said] = prove(quote)
    assert said.startswith(f"the paper does not say '{quote.strip()}'; ")


@pytest.mark.parametrize(
    ("quote", "missing"),
    [
        pytest.param("The Board Agreed", "The Board Agreed", id="another case"),
        pytest.param("The Board has agreed", "The Board has agreed", id="a word more"),
        pytest.param("The Board that", "The Board that", id="a word less"),
        pytest.param("will save […] The Board agreed", "The Board agreed", id="another order"),
        pytest.param("The Board agreed […] The Board agreed", "The Board agreed", id="twice, and it is there once"),
        pytest.param("cash releasing", "cash releasing", id="no hyphen where the paper has one"),
        pytest.param("cashreleasing", "cashreleasing", id="one word where the paper has a hyphen"),
        pytest.param("will-save", "will-save", id="a hyphen where the paper has none"),
        pytest.param("Fleet-Services", "Fleet-Services", id="a hyphen for a space"),
        pytest.param("he Board agre", "he Board agre", id="cut within words"),
        pytest.param("will save £1", "will save £1", id="cut within a number"),
        pytest.param("345 miles", "345 miles", id="cut within the thousands"),
        pytest.param("35m a year", "35m a year", id="cut after the point"),
        pytest.param("The Board […] nothing […] 12,345", "nothing", id="the part that is missing"),
    ],
)
def test_what_does_not(quote: str, missing: str) -> None:
    [said] = prove(quote)
    assert said.startswith((f"the paper does not say '{missing}'; ", f"the paper says '{missing}' before "))


def test_ligatures_and_signs_are_made_equal() -> None:
    assert prove("the first five offices", "the ﬁrst ﬁve oﬃces") == []
    assert prove("the ﬁrst", "the first") == []
    assert prove("6½ per cent", "6½ per cent") == []
    assert prove("re-use", "re\u00ad-use") == []
    assert prove("co-operate", "co\u2010operate") == []
    assert prove("2015 - 2016", "2015 − 2016") == []
    assert prove("a _very_ big", "a very __big__") == []


def test_the_nearest_words_are_named() -> None:
    [said] = prove("The Board decided that Fleet Services will save £1.35m")
    assert "its nearest words are 'The Board agreed that Fleet Services will save £1.35m'" in said
    [said] = prove("wholly other words")
    assert "nearest" not in said
    [said] = prove("called. The six forces' work on procurement")
    assert "its nearest words are 'called. The five forces' work on procurement'" in said


FILES = {
    "sources.yaml": """
        paper-2016: {title: A, body: Board, date: 2016-06-16}
        paper-2017: {title: B, body: Board, date: 2017-06-16}
        """,
    "shares.yaml": """
        by-officers:
          source: paper-2016
          quote: shared by officers
          years: {2015/16: {thornshire: 100%}}
        """,
    "projects/fleet.yaml": """
        name: Fleet
        statements:
          - {source: paper-2016, quote: the fleet is shared}
          - source: paper-2017
            quote: >-
              the fleet
              is sold
        benefits:
          hire:
            area: vehicles
            category: saving
            statements:
              - {source: paper-2016, quote: £60k of hire, reported: {a year: £60k}}
        costs:
          tools:
            area: vehicles
            statements:
              - {source: paper-2016, quote: £5k of tools, reported: {a year: £5k}}
        outcomes:
          more: {kind: resilience, text: More., source: paper-2016, quote: more of it}
        milestones:
          - {name: A step, source: paper-2016, quote: a step}
        """,
    "recommendations/panel.yaml": """
        made_by: Panel
        source: paper-2016
        items:
          1: {recommendation: Do it well., quote: it was done}
          2: {recommendation: Do more., action: More was done., quote: more was done, source: paper-2017}
        """,
}
TEXT = """The fleet, the fleet is shared. It is shared by officers. £60k of hire, £5k of tools; more of it, a step.
Do it well. it was done. Do more."""


def prove_files(text: str, **texts: str) -> tuple[list[Problem], int, dict[str, int]]:
    loaded = load(with_defaults(FILES))
    assert place(loaded, []) == []
    proof = prove_quotations(
        loaded.ledger, {"paper-2016": text, **{f"paper-{id_[1:]}": one for id_, one in texts.items()}}
    )
    return place(loaded, proof.faults), proof.proved, proof.without_text


def test_every_quotation_is_looked_for_and_papers_without_a_text_are_named() -> None:
    assert prove_files(TEXT) == ([], 9, {"paper-2017": 2})
    assert prove_files(TEXT, _2017="the fleet is sold; more was done") == ([], 11, {})
    assert prove_quotations(load(with_defaults({})).ledger, {}) == ([], 0, {})


@pytest.mark.parametrize(
    ("was", "now", "path"),
    [
        ("the fleet is shared", "the fleet was shared", "projects/fleet.yaml"),
        ("£60k of hire", "£61k of hire", "projects/fleet.yaml"),
        ("£5k of tools", "£5k of tool", "projects/fleet.yaml"),
        ("more of it", "more of that", "projects/fleet.yaml"),
        ("a step", "one step", "projects/fleet.yaml"),
        ("shared by officers", "shared by posts", "shares.yaml"),
        ("Do it well", "Do it better", "recommendations/panel.yaml"),
        ("it was done", "it is done", "recommendations/panel.yaml"),
    ],
)
def test_one_word_changed_is_found_at_its_place(was: str, now: str, path: str) -> None:
    assert TEXT.count(was) == 1
    [found], proved, _ = prove_files(TEXT.replace(was, now))
    lines = with_defaults(FILES)[path].decode().splitlines()
    [(line, column)] = [(number, text.index(was) + 1) for number, text in enumerate(lines, start=1) if was in text]
    assert found[:4] == (path, line, column, "quote-not-in-paper")
    assert now.rpartition(" ")[2] in found.help
    assert proved == 8


def test_a_folded_quotation_is_placed_where_it_begins() -> None:
    problems, _, _ = prove_files(TEXT, _2017="the fleet is let; more was done")
    assert [(one.line, one.column, one.message) for one in problems] == [
        (5, 12, "the paper does not say 'the fleet is sold'")
    ]


WORDS = st.lists(
    st.sampled_from(["fleet", "shared", "cash-releasing", "£1.5m", "the", "2015/16", "“so”", "non", "it’s"]),
    min_size=1,
    max_size=12,
)


@given(WORDS, st.data())
@settings(max_examples=50)
def test_any_run_of_words_of_a_paper_is_in_it_however_its_lines_are_broken(
    words: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    text = "".join(word + data.draw(st.sampled_from([" ", "\n", "  \n   ", "\t"])) for word in words)
    broken = text.replace(
        "cash-releasing", data.draw(st.sampled_from(["cash-releasing", "cash-\nreleasing", "cash-re-\nleasing"]))
    )
    assert prove(" ".join(words[first : last + 1]), broken) == []
    assert prove(" ".join([*words[first : last + 1], "sold"]), broken) != []
