"""The paper as one HTML page that needs nothing else, and prints as a paper does."""

from pathlib import Path

from emcollab.publish.paper.document import Document
from emcollab.render.formats.html import HEAD, escape, format_blocks, format_wide_table

_STYLE = Path(__file__).with_name("paper.css")


def format_document(document: Document) -> str:
    """Return the paper as a whole page, its style within it."""
    title = escape(document.page.title)
    return f"""\
{HEAD}<title>{title}</title>
<style>
{_STYLE.read_text(encoding="utf-8")}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{format_blocks(document.page.blocks, format_wide_table)}</main>
</body>
</html>
"""
