"""The formats of tables and pages, each a module that is imported when it is asked for."""

from importlib import import_module

from emcollab.render.page import Page, Table

TABLE_FORMATS = {"table": "text", "markdown": "markdown", "csv": "csv", "html": "html"}
PAGE_FORMATS = {"text": "text", "markdown": "markdown", "html": "html"}
"""The formats of tables and of pages, and their modules. To add one: write its module with a `format_table` or a
`format_page`, list it here, and its name in `values.terms`, from which the options read."""


def format_table(table: Table, name: str) -> str:
    """Return `table` in the format called `name`, one of `TABLE_FORMATS`."""
    return str(import_module(f"{__name__}.{TABLE_FORMATS[name]}").format_table(table))


def format_page(page: Page, name: str) -> str:
    """Return `page` in the format called `name`, one of `PAGE_FORMATS`."""
    return str(import_module(f"{__name__}.{PAGE_FORMATS[name]}").format_page(page))
