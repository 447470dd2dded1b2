"""Folders and files to take away: report, paper and export. Some formats need a package that is an extra."""

from importlib import import_module
from types import ModuleType


class Unwritable(Exception):  # noqa: N818 - no fault of the program's: the machine or the format lacks something
    """What cannot be made: the message says why, and what to do."""


def import_format(module: str, package: str, lacking: str) -> ModuleType:
    """Return the module that writes a format, which may need the foreign `package`.

    Raises:
        Unwritable: the package is not there; `lacking` is what is said.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name != package:
            raise
        raise Unwritable(lacking) from None
