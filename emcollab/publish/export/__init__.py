"""Everything in the ledger, for other tools: one module a format, each flat tables -> a text, bytes, or files by name.

To add one: write its module with a `format_export`, and list its name in `values.terms.EXPORT_FORMATS`. It is imported
when it is asked for: one of them needs a package that is an extra.
"""

from collections.abc import Callable, Iterable

from emcollab.publish import import_format
from emcollab.publish.export.flat import Flat

Content = Iterable[str] | bytes | dict[str, Iterable[str]]
"""What an export comes to: a text in pieces, a file that is none, or such texts of the files of a folder, by name."""


def format_export(flat: Flat, name: str) -> Content:
    """Return `flat` in the format called `name`, one of `EXPORT_FORMATS`.

    Raises:
        Unwritable: the format needs a package that is not there, or cannot hold as much.
    """
    lacking = "a workbook needs the package xlsxwriter; install it with: pip install 'emcollab[xlsx]'"
    write: Callable[[Flat], Content] = import_format(f"{__name__}.{name}", "xlsxwriter", lacking).format_export
    return write(flat)
