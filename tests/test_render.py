"""Text made of results: nothing in it that a terminal, a spreadsheet, a page or a workflow would obey."""

import csv
import io
import json
import textwrap
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emcollab.render.formats import format_page, format_table, html, markdown
from emcollab.render.formats.json import format_exact, format_json
from emcollab.render.formats.problems import REPORTS, Findings, Quotations
from emcollab.render.formats.safe import safe, width, without_commands
from emcollab.render.formats.text import fill
from emcollab.render.page import Amount, Cell, Heading, Items, Labelled, Page, Paragraph, Quotation, Row, Table
from emcollab.render.pages.words import without_stop
from emcollab.values.problems import Problem

HOSTILE = "a|b\n::error::c <b>&\"'*_`[x](http://e.org) @d =1+1 \x1b[31m\u202e\u200b"
"""What data cannot hold, and what it can."""

SPELT = "a|b\\n::error::c <b>&\"'*_`[x](http://e.org) @d =1+1 \\x1b[31m\\u202e\\u200b"


# --- sentences


@pytest.mark.parametrize(
    ("text", "within"),
    [("It was dear. ", "It was dear"), ("dear", "dear"), ("dear...", "dear..."), ("at last No. 4.", "at last No. 4")],
)
def test_a_sentence_within_another_has_no_full_stop(text: str, within: str) -> None:
    assert without_stop(text) == within


# --- lines


@example(["z" * 120, " a"], ("- ", "  "))
@example([" ", "z" * 120], ("", ""))
@given(
    st.lists(st.sampled_from(["a", "an", "word", "£0.478m", "x" * 95, "y" * 99, "z" * 120, " ", "  ", " -"])),
    st.sampled_from([("", ""), ("- ", "  "), ("", "  "), ("    ", "    ")]),
)
def test_lines_are_those_of_textwrap(parts: list[str], indents: tuple[str, str]) -> None:
    text = "".join(parts)
    first, rest = indents
    assert fill(text, first, rest) == textwrap.fill(
        text, 100, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


# --- safe text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Vehicles & fuel – £1.3m, 100% é 漢 😀", "Vehicles & fuel – £1.3m, 100% é 漢 😀"),  # noqa: RUF001 - an en dash
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x00\x07\x1b[2J\x7f\x85\x9b", "\\x00\\x07\\x1b[2J\\x7f\\x85\\x9b"),
        ("\xad\u200b\u200e\u2028\u202e\u2060\u2066", "\\xad\\u200b\\u200e\\u2028\\u202e\\u2060\\u2066"),
        ("\ufeff\ufffd\ue000\ufe0f", "\\ufeff\\ufffd\\ue000\\ufe0f"),
        ("\U000e0041\U0010ffff\ud800", "\\U000e0041\\U0010ffff\\ud800"),
    ],
)
def test_what_a_terminal_obeys_or_nobody_sees_is_spelt_out(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text())
def test_safe_text_is_one_line_that_can_be_printed_and_stays_as_it_is(text: str) -> None:
    shown = safe(text)
    assert len(shown.splitlines()) <= 1
    assert safe(shown) == shown
    assert shown.encode().decode() == shown


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("£é", 2), ("漢字", 4), ("e\u0301", 1), ("Ａ", 2), ("😀", 2)],  # noqa: RUF001 - a wide letter is meant
)
def test_the_columns_a_text_takes_in_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x\n  ::y a::b", "\\::error::x\n  \\::y a::b"),
        ("a ##[error]x ##[b\n##[group]", "a ##\\[error]x ##\\[b\n##\\[group]"),
        ("###[x ##vso[task.complete]x ## [x", "###\\[x ##\\vso[task.complete]x ## [x"),
        (f"a{chr(10) * 50_000}:", f"a{chr(10) * 50_000}:"),
    ],
    ids=["colons", "anywhere", "azure", "blank lines"],
)
def test_no_ci_takes_a_line_for_a_command(text: str, shown: str) -> None:
    assert without_commands(text) == shown


# --- tables


def table(*cells: tuple[Cell, ...], title: str = "T", headings: tuple[str, ...] = ("Area", "2010/11")) -> Table:
    return Table(title, headings, (False, *(True for _ in headings[1:])), tuple(Row(row) for row in cells))


def pounds(value: str, *, estimate: bool = False, sign: bool = False) -> Amount:
    return Amount(Decimal(value), "£", 2, estimate=estimate, sign=sign)


SMALL = Table(
    title="Savings (£)",
    headings=("Area", "2010/11", "2011/12"),
    numeric=(False, True, True),
    rows=(
        Row(("Procurement", pounds("1234567.89", estimate=True), None)),
        Row(("Crime & justice", pounds("-0.01"), pounds("0"))),
        Row(("TOTAL", pounds("1234567.88", sign=True), pounds("0", sign=True)), total=True),
        Row(("savings", pounds("1234567.88"), None), part=1),
        Row(("cashable", None, None), part=2),
    ),
    notes=("* an estimate.", "- nothing stated."),
)


def test_a_table_for_a_terminal() -> None:
    assert (
        format_table(SMALL, "table")
        == """\
Savings (£)

Area                   2010/11     2011/12
---------------  --------------  ---------
Procurement       1,234,567.89*          -
Crime & justice          -0.01        0.00
---------------  --------------  ---------
TOTAL            £1,234,567.88       £0.00
of which
  savings         1,234,567.88           -
    cashable                 -           -

* an estimate.
- nothing stated.
"""
    )


def test_a_table_in_markdown() -> None:
    assert format_table(SMALL, "markdown") == (
        r"""**Savings \(£\)**

| Area | 2010/11 | 2011/12 |
| --- | ---: | ---: |
| Procurement | 1,234,567.89\* | - |
| Crime &amp; justice | -0.01 | 0.00 |
| **TOTAL** | **£1,234,567.88** | **£0.00** |
| *of which* |  |  |
| &emsp;savings | 1,234,567.88 | - |
| &emsp;&emsp;cashable | - | - |

"""
        "\\* an estimate.  \n\\- nothing stated.\n"
    )


def test_a_table_as_csv() -> None:
    assert (
        format_table(SMALL, "csv")
        == """\
Area,2010/11,2011/12
Procurement,1234567.89,
Crime & justice,-0.01,0
TOTAL,1234567.88,0
savings,1234567.88,
cashable,,
"""
    )


def test_a_table_in_html() -> None:
    assert (
        format_table(SMALL, "html")
        == """\
<table>
<caption>Savings (£)</caption>
<thead><tr><th scope="col">Area</th><th scope="col">2010/11</th><th scope="col">2011/12</th></tr></thead>
<tbody>
<tr><th scope="row">Procurement</th><td>1,234,567.89<abbr title="estimate">*</abbr></td><td>-</td></tr>
<tr><th scope="row">Crime &amp; justice</th><td>-0.01</td><td>0.00</td></tr>
</tbody>
<tfoot>
<tr class="total"><th scope="row">TOTAL</th><td>£1,234,567.88</td><td>£0.00</td></tr>
<tr class="part part-1"><th scope="row">of which savings</th><td>1,234,567.88</td><td>-</td></tr>
<tr class="part part-2"><th scope="row">of these cashable</th><td>-</td><td>-</td></tr>
</tfoot>
</table>
<p>* an estimate.</p>
<p>- nothing stated.</p>
"""
    )


def test_a_table_without_rows() -> None:
    empty = Table("T", ("Area",), (False,), (), ("No figures.",))
    assert format_table(empty, "table") == "T\n\nNo figures.\n"
    assert format_table(empty, "markdown") == "**T**\n\nNo figures.\n"
    assert format_table(empty, "csv") == "Area\n"
    assert format_table(empty, "html") == (
        '<table>\n<caption>T</caption>\n<thead><tr><th scope="col">Area</th></tr></thead>\n'
        "</table>\n<p>No figures.</p>\n"
    )


def test_a_table_of_a_total_alone_has_no_line_above_it() -> None:
    alone = Table("T", ("Area", "2010/11"), (False, True), (Row(("TOTAL", pounds("1")), total=True),))
    assert format_table(alone, "table") == "T\n\nArea      2010/11\n------  ---------\nTOTAL        1.00\n"
    assert "<tbody>" not in format_table(alone, "html")


def test_a_row_must_have_a_cell_a_heading() -> None:
    with pytest.raises(ValueError, match=r"^a row of 3 cells under 2 headings$"):
        table(("a", "b", "c"))


@pytest.mark.parametrize("format_", ["table", "markdown", "csv", "html"])
def test_no_cell_title_heading_or_note_makes_a_line_or_a_cell_of_its_own(format_: str) -> None:
    plain = Table("T", ("Area", "N"), (False, True), (Row(("a", "b")), Row(("c", "d"))), ("e",))
    hostile = Table(HOSTILE, (HOSTILE, "N"), (False, True), (Row((HOSTILE, "b")), Row(("c", HOSTILE))), ("e",))
    shown, expected = format_table(hostile, format_, 1000), format_table(plain, format_)
    assert len(shown.splitlines()) == len(expected.splitlines())
    assert not set(shown) & set("\x1b\u202e\u200b")


def test_notes_are_filled_to_lines_of_a_hundred() -> None:
    noted = Table("T", ("A",), (False,), (), (f"{'word ' * 30}end.", "short"))
    assert format_table(noted, "table") == f"T\n\n{'word ' * 19}word\n  {'word ' * 10}end.\nshort\n"


# --- Markdown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain words, 1.5% – it's", "plain words, 1.5% – it's"),  # noqa: RUF001 - an en dash is meant
        ("a|b", r"a\|b"),
        ("*a* _b_ `c` ~d~", r"\*a\* \_b\_ \`c\` \~d\~"),
        ("[a](b) ![c]", r"\[a\]\(b\) \!\[c\]"),
        ("# a", "`#` a"),
        ("a #12, GH-12, gh-x", "a `#`12, GH`-`12, gh-x"),
        (r"a\b", r"a\\b"),
        ("<script>&lt;", "&lt;script&gt;&amp;lt;"),
        ("@octocat, a@b.org, @#1", "`@`octocat, a`@`b.org, `@#`1"),
        ("##[error]x", "`##`\\[error\\]x"),
        ("is 1afc7cc, D6681a5 or defaced, 0.38091851", "is `1afc7cc`, `D6681a5` or defaced, 0.38091851"),
        ("0123456789abcdef0123456789abcdef01234567", "`0123456789abcdef0123456789abcdef01234567`"),
        ("0123456789abcdef0123456789abcdef012345678", "0123456789abcdef0123456789abcdef012345678"),
        ("not 1afc7c, x1afc7cc, 1,234,567", "not 1afc7c, x1afc7cc, 1,234,567"),
        (":tada: x:Warning:y :+1: :100:", "`:`tada: x`:`Warning:y `:`\\+1: `:`100:"),
        (":1234: :99:", "`:`1234: :99:"),
        ("@:a: #:b:", "`@:`a: `#:`b:"),
        ("a:b:c, :a:b:", "a`:`b:c, `:`a`:`b:"),
        ("10:30, 10:30:15, a: b: c, 2:1", "10:30, 10:30:15, a: b: c, 2:1"),
        ("::error::x", ":`:`error:&#58;x"),
        (":piñata: :man_in_tuxedo-1:", "`:`piñata: `:`man\\_in\\_tuxedo-1:"),
        ("https://example.org", "https:&#47;/example.org"),
        ("$x$ {{y}} +1", r"\$x\$ \{\{y\}\} \+1"),
        ("two\nlines", r"two\\nlines"),
    ],
)
def test_markdown_shows_exactly_the_text(text: str, escaped: str) -> None:
    assert markdown.escape(text) == escaped


@pytest.mark.parametrize(
    ("note", "line"),
    [
        ("- a", r"\- a"), ("+ a", r"\+ a"), ("* a", r"\* a"), ("12. a", r"12\. a"), ("12.", r"12\."),
        ("12) a", r"12\) a"), ("12.5 a", "12.5 a"), ("---", r"\---"), ("===", r"\==="), (":--", r"\:--"),
        ("    a", "&#32;   a"), ("``` a", r"\`\`\` a"), ("# a", "`#` a"), ("> a", "&gt; a"), ("", ""),
    ],
)  # fmt: skip
def test_no_list_heading_or_code_comes_of_how_a_text_begins(note: str, line: str) -> None:
    assert format_table(Table("T", ("A",), (False,), (), ("a", note)), "markdown") == f"**T**\n\na  \n{line}\n"


def test_a_title_is_bold_without_the_blanks_around_it() -> None:
    assert format_table(Table(" T ", ("A",), (False,), (Row((" a ",), total=True),)), "markdown") == (
        "**T**\n\n| A |\n| --- |\n| **a** |\n"
    )
    assert format_table(Table(" ", ("A",), (False,), (Row(("",), total=True),)), "markdown") == (
        "\n\n| A |\n| --- |\n|  |\n"
    )


def test_a_note_that_begins_with_a_hyphen_is_no_list() -> None:
    assert format_table(Table("T", ("A",), (False,), (), ("- a", "b - c")), "markdown") == "**T**\n\n\\- a  \nb - c\n"


# --- CSV


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_in_csv_is_a_formula_and_no_amount_is_made_a_text(start: str) -> None:
    written = format_table(table((f"{start}SUM(A1)", pounds("-1.50")), headings=(f"{start}A", "N")), "csv")
    rows = list(csv.reader(io.StringIO(written)))
    assert rows == [[f"'{safe(start)}A", "N"], [f"'{safe(start)}SUM(A1)", "-1.5"]]


def test_csv_keeps_commas_quotes_and_lines_in_their_cells() -> None:
    written = format_table(table(('a, "b"\nc', None), ("1+1=2", pounds("0.10"))), "csv")
    assert written == 'Area,2010/11\n"a, ""b""\\nc",\n1+1=2,0.1\n'


# --- HTML


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base's
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_html_shows_exactly_the_text() -> None:
    assert html.escape("<b>\"'&amp;") == "&lt;b&gt;&quot;&#x27;&amp;amp;"
    reader = _Reader()
    reader.feed(format_table(table((HOSTILE, HOSTILE), title=HOSTILE, headings=(HOSTILE, "N")), "html"))
    assert reader.tags == ["table", "caption", "thead", "tr", "th", "th", "tbody", "tr", "th", "td"]
    assert [text for text in reader.texts if text.strip()] == [SPELT, SPELT, "N", SPELT, SPELT]


# --- pages

PAGE = Page(
    "漢 & co",
    (
        Heading("What <it> brought"),
        Paragraph("- word " * 15 + "end."),
        Heading("Part", 3),
        Quotation("cash or *manpower* savings"),
        Labelled((("Paper <marked>", "C"), ("Date", "- a\nday"))),
        Items(("one", "- two\nlines")),
        SMALL,
    ),
)


def test_a_page_for_a_terminal() -> None:
    assert format_page(PAGE, "text") == (
        "漢 & co\n=======\n\nWhat <it> brought\n-----------------\n\n"
        + "- word " * 14
        + "-\nword end.\n\nPart\n\n    “cash or *manpower* savings”\n\n"
        "Paper <marked>: C\nDate: - a\\nday\n\n- one\n- - two\\nlines\n\n" + format_table(SMALL, "table")
    )


def test_a_page_in_markdown() -> None:
    assert format_page(PAGE, "markdown") == (
        "# 漢 &amp; co\n\n## What &lt;it&gt; brought\n\n\\"
        + "- word " * 15
        + "end.\n\n### Part\n\n> “cash or \\*manpower\\* savings”\n\n"
        "**Paper &lt;marked&gt;:** C  \n**Date:** - a\\\\nday\n\n- one\n- \\- two\\\\nlines\n\n"
        + format_table(SMALL, "markdown")
    )


def test_a_page_in_html() -> None:
    assert format_page(PAGE, "html") == (
        "<article>\n<h1>漢 &amp; co</h1>\n<h2>What &lt;it&gt; brought</h2>\n<p>"
        + "- word " * 15
        + "end.</p>\n<h3>Part</h3>\n<blockquote><p>“cash or *manpower* savings”</p></blockquote>\n"
        "<dl>\n<dt>Paper &lt;marked&gt;</dt>\n<dd>C</dd>\n<dt>Date</dt>\n<dd>- a\\nday</dd>\n</dl>\n"
        "<ul>\n<li>one</li>\n<li>- two\\nlines</li>\n</ul>\n" + format_table(SMALL, "html") + "</article>\n"
    )


# --- JSON


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("236000.00", "236000"),
        ("0.10", "0.1"),
        ("-0.01", "-0.01"),
        ("-82.50", "-82.5"),
        ("0.00", "0"),
        ("-0.00", "0"),
        ("-0.50", "-0.5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("999999999999.99", "999999999999.99"),
        ("-1000000000000.00", "-1000000000000"),
        ("12345678901234567.89", "12345678901234567.89"),
        ("0.001", "0.001"),
    ],
)
def test_amounts_in_json_are_exact(amount: str, shown: str) -> None:
    assert format_exact(Decimal(amount)) == shown
    assert format_json({"a": [Decimal(amount)]}) == f'{{\n  "a": [\n    {shown}\n  ]\n}}\n'


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_amounts_in_json_read_back_as_the_same(amount: Decimal) -> None:
    assert json.loads(format_json(amount), parse_float=Decimal, parse_int=Decimal) == amount


def test_json_is_written_as_the_standard_writer_would() -> None:
    value = {"a £": [1, 'x\n\u2028"', None, True], "b": {}, "c": [(), (3,)], "d": {"e": {"f": [[2]]}}}
    assert format_json(value) == json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def test_days_in_json_are_texts() -> None:
    assert format_json((date(2010, 2, 22),)) == '[\n  "2010-02-22"\n]\n'


def test_json_has_no_numbers_that_are_none() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        format_json(float("nan"))


# --- problems


def problem(excerpt: str, column: int, line: int = 3, path: str = "data/projects/a.yaml") -> Problem:
    return Problem(path, line, column, "bad-amount", "'x' is not an amount", "write '£1'", excerpt)


def shown(*problems: Problem) -> str:
    return REPORTS["text"](Findings(problems, 4, 7))


def test_a_problem_is_shown_with_its_line_and_a_caret() -> None:
    assert (
        shown(problem("  a: x", 6), problem("", 1, line=4))
        == """\
data/projects/a.yaml:3:6: bad-amount: 'x' is not an amount; write '£1'
    a: x
       ^
data/projects/a.yaml:4:1: bad-amount: 'x' is not an amount; write '£1'
2 problems in 1 file
"""
    )


def test_a_problem_of_a_file_as_a_whole_has_no_line() -> None:
    assert shown(problem("", 0, line=0)) == (
        "data/projects/a.yaml: bad-amount: 'x' is not an amount; write '£1'\n1 problem in 1 file\n"
    )


@pytest.mark.parametrize(
    ("excerpt", "column", "lines"),
    [
        ("漢字: x", 5, ["漢字: x", "      ^"]),
        ("e\u0301: x", 5, ["e\u0301: x", "   ^"]),
        ("£: x", 4, ["£: x", "   ^"]),
        ("a\tb: x", 6, ["a\\tb: x", "      ^"]),
        ("\x1b[2Jb: x", 8, ["\\x1b[2Jb: x", "          ^"]),
        ("a: \u202ex", 4, ["a: \\u202ex", "   ^"]),
        ("a:", 3, ["a:", "  ^"]),
    ],
)
def test_the_caret_stands_under_the_place_whatever_comes_before_it(excerpt: str, column: int, lines: list[str]) -> None:
    assert shown(problem(excerpt, column)).split("\n")[1:3] == [f"  {line}" for line in lines]


LONG = "".join(str(number % 10) for number in range(1, 601))


def test_a_long_line_is_shown_around_the_place() -> None:
    start, middle, end = (shown(problem(LONG, column)).split("\n")[1:3] for column in (5, 301, 600))
    assert start == [f"  {LONG[:100]}…", f"  {' ' * 4}^"]
    assert middle == [f"  …{LONG[241:341]}…", f"  {' ' * 60}^"]
    assert end == [f"  …{LONG[540:]}", f"  {' ' * 60}^"]
    # The caret is under the fifth digit, the three hundred and first, the last.
    assert [line[caret.index("^")] for line, caret in (start, middle, end)] == ["5", "1", "0"]


def test_every_report_stays_in_its_lines_whatever_the_data_say() -> None:
    forged = Problem(
        "data/projects/a\n::error::x,y:z%.yaml",
        3,
        1,
        "duplicate-key",
        "'a\n::error::forged' is given twice",
        "%0A",
        "a",
    )
    assert shown(forged).split("\n")[0] == (
        "data/projects/a\\n::error::x,y:z%.yaml:3:1: duplicate-key: 'a\\n::error::forged' is given twice; %0A"
    )
    github = REPORTS["github"](Findings([forged], 1, 0))
    assert github == (
        "::error file=data/projects/a\\n%3A%3Aerror%3A%3Ax%2Cy%3Az%25.yaml,line=3,col=1,title=duplicate-key::"
        "'a\\n:%3Aerror:%3Aforged' is given twice; %250A\n1 problem in 1 file\n"
    )


def test_what_is_said_of_quotations_is_no_command_either() -> None:
    report = REPORTS["text"](Findings([], 1, 1, Quotations(1, {"##[error]x": 2})))
    assert report == (
        "1 file, 1 figure: no problems\n1 quotation proved\nno text of ##\\[error]x: 2 quotations not looked for\n"
    )


def test_the_json_report_has_the_shape_that_other_programs_rely_on() -> None:
    found = Findings([problem("a", 2), problem("", 0, line=0)], 4, 7)
    said = {"code": "bad-amount", "message": "'x' is not an amount", "help": "write '£1'"}
    assert json.loads(REPORTS["json"](found)) == {
        "problems": [
            {"path": "data/projects/a.yaml", "line": 3, "column": 2, **said},
            {"path": "data/projects/a.yaml", "line": 1, "column": 1, **said},
        ],
        "files": 4,
        "figures": 7,
    }


def test_github_is_shown_nine_problems_and_how_many_more_there_are() -> None:
    ten, eleven = (REPORTS["github"](Findings([problem("a", 2)] * number, 1, 0)) for number in (10, 11))
    said = "::error file=data/projects/a.yaml,line=3,col=2,title=bad-amount::'x' is not an amount; write '£1'\n"
    assert ten == said * 10 + "10 problems in 1 file\n"
    more = "::error title=more problems::2 more; `emcollab validate` lists them all\n"
    assert eleven == said * 9 + more + "11 problems in 1 file\n"


def test_the_reports_for_gitlab_and_code_scanning_name_each_place() -> None:
    found = Findings([problem("a", 2), problem("", 0, line=0, path="data/é b.yaml")], 4, 7)
    gitlab = json.loads(REPORTS["gitlab"](found))
    assert [(item["location"], item["check_name"], item["description"]) for item in gitlab] == [
        ({"path": path, "lines": {"begin": line}}, "bad-amount", "'x' is not an amount; write '£1'")
        for path, line in (("data/projects/a.yaml", 3), ("data/é b.yaml", 1))
    ]
    [run] = json.loads(REPORTS["sarif"](found))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["bad-amount"]
    assert [
        (item["ruleId"], item["message"]["text"], item["locations"][0]["physicalLocation"]) for item in run["results"]
    ] == [
        (
            "bad-amount",
            "'x' is not an amount; write '£1'",
            {"artifactLocation": {"uri": uri}, "region": {"startLine": line, "startColumn": column}},
        )
        for uri, line, column in (("data/projects/a.yaml", 3, 2), ("data/%C3%A9%20b.yaml", 1, 1))
    ]


def test_a_problem_is_known_again_when_lines_are_added_above_it() -> None:
    def prints(*problems: Problem) -> list[str]:
        return [item["fingerprint"] for item in json.loads(REPORTS["gitlab"](Findings(problems, 1, 0)))]

    one, again = problem("  a: x", 6), problem("a: x", 4, line=30)
    (same,) = prints(one)
    assert prints(again) == [same]
    other = prints(problem("  b: x", 6), problem("a: x", 4, path="data/projects/b.yaml"))
    assert len({same, *other}) == 3
    # Of two that are alike each has its own, and the one that is left keeps the first.
    first, second = prints(one, again)
    assert (first, second != first) == (same, True)
    # The line of another place, which a message names, moves too.
    assert prints(one._replace(message="line 3 has it already")) == prints(
        again._replace(message="line 27 has it already")
    )


@pytest.mark.parametrize(
    ("files", "figures", "summary"),
    [
        (4, 7, "4 files, 7 figures: no problems\n"),
        (1, 1, "1 file, 1 figure: no problems\n"),
        (0, 0, "0 files, 0 figures: no problems\n"),
        (2000, 100_000, "2,000 files, 100,000 figures: no problems\n"),
    ],
)
def test_the_summary_counts_what_was_found_in_order(files: int, figures: int, summary: str) -> None:
    assert REPORTS["text"](Findings([], files, figures)) == summary


# --- the width of a terminal

TWELVE = Amount(Decimal(12_000), "£k", 1, estimate=True)
WIDE = Table(
    "Register",
    ("Project", "Id", "Year", "£k"),
    (False, False, False, True),
    (
        Row(("Crime, intelligence, case and custody function", "crime-intelligence-case", "2015/16", TWELVE)),
        Row(("Dogs", "dogs", "2016/17", None)),
        Row(("TOTAL", None, None, TWELVE), total=True),
        Row(("savings", None, None, TWELVE), part=1),
    ),
)


FITTED = {
    80: """
Project                                Id                       Year       £k
-------------------------------------  -----------------------  -------  -----
Crime, intelligence, case and custody  crime-intelligence-case  2015/16  12.0*
  function
Dogs                                   dogs                     2016/17     -
-------------------------------------  -----------------------  -------  -----
TOTAL                                  -                        -        12.0*
of which
  savings                              -                        -        12.0*
""",
    50: """
Project          Id             Year       £k
---------------  -------------  -------  -----
Crime,           crime-         2015/16  12.0*
  intelligence,  intelligence-
  case and       case
  custody
  function
Dogs             dogs           2016/17     -
---------------  -------------  -------  -----
TOTAL            -              -        12.0*
of which
  savings        -              -        12.0*
""",
    40: """
Crime, intelligence, case and custody
function
    Id    crime-intelligence-case
    Year  2015/16
    £k    12.0*

Dogs
    Id    dogs
    Year  2016/17

TOTAL
    Id    -
    Year  -
    £k    12.0*

of which

  savings
    Id    -
    Year  -
    £k    12.0*
""",
}
"""What it looks like in so many columns."""


@pytest.mark.parametrize(("columns", "shown"), FITTED.items())
def test_a_table_fits_the_columns_of_a_terminal(columns: int, shown: str) -> None:
    lines = [line.rstrip() for line in format_table(WIDE, "table", columns).splitlines()]
    assert lines == ["Register", *shown.splitlines()]
    assert max(map(len, lines)) <= columns


YEARS = Table(
    "Savings",
    ("Area", "2014/15", "2015/16", "2016/17"),
    (False, True, True, True),
    (
        Row(("Dogs", Amount(Decimal(1000), "£k", 1), None, Amount(Decimal(22000), "£k", 1, estimate=True))),
        Row(
            ("TOTAL", Amount(Decimal(1000), "£k", 1), None, Amount(Decimal(22000), "£k", 1, estimate=True)), total=True
        ),
    ),
)


def test_headings_stand_closer_where_a_table_would_not_fit_else() -> None:
    assert (
        format_table(YEARS, "table", 34)
        == """\
Savings

Area   2014/15  2015/16  2016/17
-----  -------  -------  --------
Dogs       1.0        -     22.0*
-----  -------  -------  --------
TOTAL      1.0        -     22.0*
"""
    )


def test_in_a_block_of_lines_the_digits_are_in_line_and_what_is_not_stated_is_left_out() -> None:
    assert (
        format_table(YEARS, "table", 30)
        == """\
Savings

Dogs
    2014/15    1.0
    2016/17   22.0*

TOTAL
    2014/15    1.0
    2016/17   22.0*
"""
    )


@pytest.mark.parametrize(("columns", "most"), [(None, 100), (60, 60)])
def test_a_table_of_too_many_numbers_is_as_wide_as_the_terminal_or_100_without_one(
    columns: int | None, most: int
) -> None:
    """Eight years of seven characters have room in 100 columns beside the name; fifteen have not, nor eight in 60."""
    rows = {}
    for number in (8, 15):
        years = tuple(f"20{year}/{year + 1}" for year in range(10, 10 + number))
        table = Table("T", ("Area", *years), (False, *(True for _ in years)), (Row(("Dogs and vans", *years)),))
        lines = format_table(table, "table", columns).splitlines()
        assert max(map(len, lines)) <= most
        rows[number] = sum(1 for line in lines if "2010/11" in line)
    assert rows == ({8: 2, 15: 1} if columns is None else {8: 1, 15: 1})  # in a block, heading and amount are one line


@given(
    st.lists(st.tuples(*(st.text("ab -", max_size=40) for _ in range(4))), min_size=1, max_size=4), st.integers(40, 120)
)
def test_every_word_is_there_in_every_width(rows: list[tuple[str, ...]], columns: int) -> None:
    table = Table("T", ("One", "Two", "Three", "Four"), (False, False, True, False), tuple(map(Row, rows)))
    shown = format_table(table, "table", columns)
    letters = sorted(letter for row in rows for cell in row for letter in cell if letter in "ab")
    assert sorted(letter for letter in shown if letter in "ab") == letters


def test_headings_and_paragraphs_fit_the_columns_of_a_terminal() -> None:
    page = Page(
        "Projects and more", (Heading("What a reader would like to know"), Paragraph("One two three four five"))
    )
    assert format_page(page, "text", 20) == (
        "Projects and more\n=================\n\n"
        "What a reader would\nlike to know\n-------------------\n\n"
        "One two three four\nfive\n"
    )
