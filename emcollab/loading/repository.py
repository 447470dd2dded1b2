"""Where a folder lies in its repository, as the disk shows it: git is not asked, and need not be there.

`RevisionError` is here for those who are to meet it without loading what asks git.
"""

import os
from itertools import takewhile
from pathlib import Path


class RevisionError(Exception):
    """There is no such revision, no git repository, or no git: a sentence for the user."""


def find_root(folder: Path) -> Path | None:
    """Return the root of the repository that `folder` is in, without links; nothing, if it is in none."""
    place = folder.resolve()
    return next((parent for parent in (place, *place.parents) if os.path.lexists(parent / ".git")), None)


def find_from_root(folder: Path) -> Path:
    """Return the path of `folder` from the root of its repository; as it is, if it is in none."""
    root = find_root(folder)
    return folder.resolve().relative_to(root) if root else folder


def find_roots(path: Path) -> list[Path]:
    """Return the repositories and data folders that `path` is in as it is written, the innermost first."""
    place = Path(os.path.abspath(path))  # noqa: PTH100 - links are not to be followed
    return [
        parent for parent in place.parents if any(os.path.lexists(parent / name) for name in (".git", "ledger.yaml"))
    ]


def find_link(folder: Path) -> Path | None:
    """Return the part of the way from the root of the repository to `folder` that is a link, if there is one."""
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - links are not to be followed
    within = takewhile(lambda part: not os.path.lexists(part / ".git"), (place, *place.parents))
    return next((part for part in (place, *within) if part.is_symlink()), None)
