"""The formats of tables and pages, each a module that is imported when it is asked for.

To add one: write its module with a `format_table` or `format_page`, and list its name in `values.terms`, from which the
options read.
"""

from importlib import import_module

from emcollab.render.page import Page, Table
from emcollab.values.terms import TERMINAL_FORMATS


def format_table(table: Table, name: str, columns: int | None = None) -> str:
    """Return `table` in the format called `name`, one of `values.terms.TABLE_FORMATS`.

    `table` is for a terminal, and fits its `columns`.
    """
    return _format("format_table", table, name, columns)


def format_page(page: Page, name: str, columns: int | None = None) -> str:
    """Return `page` in the format called `name`, one of `values.terms.PAGE_FORMATS`; `text` fits `columns`."""
    return _format("format_page", page, name, columns)


def _format(function: str, shown: Page | Table, name: str, columns: int | None) -> str:
    for_terminal = name in TERMINAL_FORMATS
    write = getattr(import_module(f"{__name__}.{'text' if for_terminal else name}"), function)
    return str(write(shown, columns) if for_terminal else write(shown))
