"""The formats of tables and pages."""

from collections.abc import Callable

from emcollab.pages import Page
from emcollab.render import csv, html, markdown, text
from emcollab.tables import Table

FORMATS: dict[str, Callable[[Table], str]] = {
    "table": text.format_table,
    "markdown": markdown.format_table,
    "csv": csv.format_table,
    "html": html.format_table,
}
"""The formats of tables. To add one: write its module with a `format_table`, and list it here."""

PAGE_FORMATS: dict[str, Callable[[Page], str]] = {
    "text": text.format_page,
    "markdown": markdown.format_page,
    "html": html.format_page,
}
"""The formats of pages. To add one: write its module with a `format_page`, and list it here."""
