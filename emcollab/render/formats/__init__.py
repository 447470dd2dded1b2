"""The formats of tables and pages, each a module that is imported when it is asked for.

To add one: write its module with a `format_table` or `format_page`, and list its name in `values.terms`, from which the
options read.
"""

from importlib import import_module

from emcollab.render.page import Page, Table


def format_table(table: Table, name: str) -> str:
    """Return `table` in the format called `name`, one of `values.terms.TABLE_FORMATS`; `table` is for a terminal."""
    return str(import_module(f"{__name__}.{'text' if name == 'table' else name}").format_table(table))


def format_page(page: Page, name: str) -> str:
    """Return `page` in the format called `name`, one of `values.terms.PAGE_FORMATS`."""
    return str(import_module(f"{__name__}.{name}").format_page(page))
