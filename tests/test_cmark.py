"""Our Markdown as GitHub's own library renders it: whatever a text holds, it is shown, and nothing else comes of it."""

import re
from html.parser import HTMLParser

import cmarkgfm
from hypothesis import given
from hypothesis import strategies as st

from emcollab.render.formats import markdown
from emcollab.render.formats.safe import safe
from emcollab.render.page import Heading, Items, Page, Paragraph, Quotation, Row, Table

PIECES = [
    "@", "#", "@org/team", "#1", "GH-1", "owner/repo#3", "a@b.org", "https://x.org/y", "http://", "www.x.org",
    "ftp://a.b", "mailto:a@b.c", "xmpp:a@b.c/d", "<script>", "</td>", "&amp;", "&#64;", "`", "```", "~~~", "*", "**",
    "_", "- ", "+ ", "1. ", "1) ", "===", "---", ":--", "|", "\\", "\\|", "[x](y)", "[x]: y", "![a](b)", "[^1]", "[ ]",
    "> ", "# ", "    ", " ", "\t", "\n", "a", "b c", "9", "$x$", "!", ".", ":", "::error::x", "##[error]x", "é",
    "\u202e", "(", ")", '"', "<!--", "<http://a.b>", ":tada:", ":+1:", ":100:", "10:30:15", "a:b:c",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join).filter(str.strip)
TEXTS = st.lists(TEXT, min_size=6, max_size=6)


class _Rendered(HTMLParser):
    """The elements, the text, and the text outside code, of which a zero character is left."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = self.outside = ""
        self.in_code = False
        self.feed(cmarkgfm.github_flavored_markdown_to_html(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base's
        if tag == "code":
            self.in_code = True
            self.outside += "\0"
        else:
            self.elements.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.in_code = self.in_code and tag != "code"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.outside += "" if self.in_code else data


def check(text: str, elements: str, texts: list[str]) -> None:
    rendered = _Rendered(text)
    assert rendered.elements == elements.split()
    assert re.sub(r"\s", "", rendered.text) == re.sub(r"\s", "", safe("".join(texts)))
    assert not re.search(r"@\w|#\d|GH-\d|:[+-]1:|:100:", rendered.outside, re.IGNORECASE)
    assert not re.search(r":[\w+-]*[^\W\d][\w+-]*:", rendered.outside)


@given(TEXTS)
def test_a_page_is_what_it_says(texts: list[str]) -> None:
    a, b, c, d, e, f = texts
    page = Page(a, (Paragraph(b), Quotation(c), Items((d, e)), Heading(f), Paragraph(a)))
    check(markdown.format_page(page), "h1 p blockquote p ul li li h2 p", [a, b, "“", c, "”", d, e, f, a])


@given(TEXTS)
def test_a_table_is_what_it_says(texts: list[str]) -> None:
    a, b, c, d, e, f = texts
    table = Table(a, (b, "N"), (False, True), (Row((c, d)), Row((e, f), total=True)), (a, f))
    rows = "table thead tr th th tbody tr td td tr td strong td strong"
    check(markdown.format_table(table), f"p strong {rows} p br", [a, b, "N", c, d, e, f, a, f])
