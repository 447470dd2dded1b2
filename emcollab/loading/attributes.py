"""What git's attributes make of data files: in a checkout, or in an archive, other bytes than git holds.

Changes are compared as git holds them, and the ledger is read as it was checked out. So a `.gitattributes` that makes
these two differ could move money that no comparison shows. What it says of a file is for git to answer, which is asked
in an empty repository that has these attributes and nothing else: no settings, no attributes of this clone alone.
Attributes of line ends (`text`, `eol`) are none of these: a ledger means the same with either.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from emcollab.loading.repository import RevisionError, find_root
from emcollab.loading.text import MAX_BYTES
from emcollab.values.problems import Problem

NAME = ".gitattributes"
_CHANGING = ("working-tree-encoding", "ident", "filter", "export-subst", "export-ignore")
_MENTION = re.compile("|".join(_CHANGING).encode())
_NO = {"unspecified", "unset", "utf-8", "utf8"}  # as what git holds is UTF-8, it is not changed into it


def find_changed_by_git(attributes: Mapping[str, bytes], here: str, files: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each attribute that makes git give out data files otherwise than it holds them.

    `attributes` are the contents of the `.gitattributes` by the folder that they are in, and `here` is the data folder:
    paths from the root of the repository that end in a slash. `files` are relative to the data folder.

    Raises:
        RevisionError: there is no git.
        OSError: git does not answer, or there is no room for temporary files.
    """
    for folder, text in attributes.items():
        if len(text) > MAX_BYTES:
            message = f"'{folder}{NAME}' has more than {MAX_BYTES:,} bytes"
            yield Problem("", 0, 0, "too-large", message, "make it shorter", "")
    if not any(_MENTION.search(text) for text in attributes.values()):
        return
    paths = sorted(files)
    folders = sorted({f"{path.partition('/')[0]}/" for path in paths if "/" in path})
    found: dict[str, list[str]] = {}
    for path, attribute in _ask(attributes, [f"{here}{path}" for path in [*paths, *folders]]):
        if not path.endswith("/") or attribute == "export-ignore":
            found.setdefault(attribute, []).append(path.removeprefix(here))
    for attribute in _CHANGING:
        if changed := sorted(found.get(attribute, ())):
            yield _problem(attribute, changed)


def _problem(attribute: str, changed: list[str]) -> Problem:
    others = f", and {len(changed) - 1:,} more," if changed[1:] else ""
    where = "an archive" if attribute.startswith("export") else "a checkout"
    message = f"git's attribute '{attribute}' changes it{others} in {where}"
    remedy = f"take '{attribute}' out of {NAME}, or let it name other files"
    return Problem(changed[0].rstrip("/"), 0, 0, "changed-by-git", message, remedy, "")


def _ask(attributes: Mapping[str, bytes], paths: list[str]) -> set[tuple[str, str]]:
    """Return which of the paths have which attributes, on disks that tell capital letters from small ones or do not."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - hardly a ledger needs these

    from emcollab.loading.git import ask_git  # noqa: PLC0415 - git is asked of hardly a ledger's attributes

    found = set()
    with TemporaryDirectory(prefix="emcollab-") as name:
        place = Path(name)
        ask_git(place, "init", "--quiet", "--template=", str(place))  # a root further up is not meant
        for folder, text in attributes.items():
            (place / folder).mkdir(parents=True, exist_ok=True)
            (place / folder / NAME).write_bytes(text)
        asked = "\0".join(paths).encode("utf-8", "surrogateescape")
        for ignored in ("true", "false"):
            settings = ("-c", f"core.attributesFile={os.devnull}", "-c", f"core.ignoreCase={ignored}")
            answer = ask_git(place, *settings, "check-attr", "--stdin", "-z", *_CHANGING, asked=asked)
            *parts, _ = answer.decode("utf-8", "surrogateescape").split("\0")
            triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
            found |= {(path, attribute) for path, attribute, value in triples if value.casefold() not in _NO}
    return found


def find_changed_in_checkout(folder: Path, files: Collection[str]) -> list[Problem]:
    """Return what `find_changed_by_git` finds in a data folder on a disk; nothing, where there is no repository or git.

    Raises:
        OSError: a `.gitattributes` is there and cannot be read, or git does not answer.
    """
    root = find_root(folder)
    if root is None:
        return []
    here = folder.resolve().relative_to(root)
    folders = {path.rpartition("/")[0] for path in files}
    attributes = {}
    for way in {here, *here.parents, *(here / name for name in folders)}:
        path = root / way / NAME
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                attributes[_with_slash(way)] = file.read(MAX_BYTES + 1)
    with suppress(RevisionError):
        return list(find_changed_by_git(attributes, _with_slash(here), files))
    return []


def _with_slash(way: Path) -> str:
    return f"{way.as_posix()}/".removeprefix("./")
