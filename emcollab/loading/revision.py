"""Data folders as git has them: the files of a revision, read without touching the working tree."""

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from unicodedata import normalize

from emcollab.loading.attributes import NAME, find_changed_by_git
from emcollab.loading.folder import MOST_FILES, SEARCHED, find_misplaced, find_too_much, is_left_alone
from emcollab.loading.git import ask_git, find_commit, split_revision
from emcollab.loading.repository import RevisionError, find_from_root, find_link
from emcollab.loading.text import MAX_BYTES
from emcollab.values.problems import Problem

_REGULAR = ("100644", "100755", "100664")
_FOLDER, _REPOSITORY = "040000", "160000"
_LONG = 200  # bytes; of an entry of a folder, as git keeps it


class _Entry(NamedTuple):
    """What git has at a path: its mode, its name, and its size in bytes, if it is a file."""

    mode: str
    blob: str
    size: int


def read_revision(folder: Path, revision: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of the data folder `folder` as they are in `revision`, and a problem for each that is none.

    As `folder.read_folder`, which see: paths are relative to the folder; links are refused. `REV:PATH` is the folder
    PATH of the revision, from the root of the repository. Of a revision without the data folder nothing comes back.
    A file that is too large comes back as blanks, as many as show it: it is not read.

    Raises:
        RevisionError: there is no such revision, or no data at its PATH.
        OSError: git cannot read the repository, or not all of what the revision holds.
    """
    name, path = split_revision(revision)
    if path is not None and path.rstrip("/") != posixpath.normpath(f"/{path}").lstrip("/"):
        raise RevisionError(f"'{path}' is not a path from the root of the repository")
    commit = find_commit(folder, name)
    if path is None and (link := find_link(folder)):
        raise RevisionError(f"'{link}' is a link, and may have led elsewhere in '{revision}'; name the folder itself")
    within = find_from_root(folder).as_posix() if path is None else path.rstrip("/")
    here = "" if within in {"", "."} else f"{within}/"
    entries = _list_entries(folder, commit, here)
    if entries is None:
        return {}, find_too_much(MOST_FILES + 1, 0)
    files, problems = _sort_out(entries, here)
    if path is not None and not files and not problems:
        raise RevisionError(f"revision '{name}' has no data in '{path}'")
    if too_much := find_too_much(len(files) + len(problems), sum(min(file.size, MAX_BYTES) for file in files.values())):
        return {}, too_much
    if files:
        attributes = _find_attributes(entries)
        texts = dict(zip(attributes, _read_blobs(folder, revision, attributes), strict=True))
        problems += [*find_changed_by_git(texts, here, files), *_find_namesakes(entries, here)]
    return dict(zip(files, _read_blobs(folder, revision, files), strict=True)), problems


def _list_entries(folder: Path, commit: str, here: str) -> dict[str, _Entry] | None:
    """Return what lies in the data folder `here`, in its known folders, and in those above it.

    Other folders are not looked into. How much git has to list is asked first, as a few bytes can be very many entries:
    if it is too much, nothing comes back.
    """
    above = ["", *(f"{parent}/" for parent in reversed(PurePosixPath(here).parents[:-1]))]
    ways = [*above, *([here] if here else []), *(f"{here}{kind}" for kind in sorted(SEARCHED))]
    trees = "\n".join(f"{commit}:{way.rstrip('/')}" for way in ways)
    answer = ask_git(folder, "cat-file", "--batch-check=%(objecttype) %(objectsize)", asked=os.fsencode(trees))
    sizes = [int(line[5:]) for line in answer.decode("utf-8", "replace").split("\n") if line.startswith("tree ")]
    if sum(sizes) > MOST_FILES * _LONG:
        return None
    entries = {}
    for paths in ([], ["--", *ways[1:]]):
        listing = ask_git(folder, "ls-tree", "-l", "-z", "--full-tree", commit, *paths)
        for line in listing.split(b"\0")[:-1]:
            head, _, found = line.partition(b"\t")
            mode, _, blob, size = head.decode().split()
            path = found.decode("utf-8", "surrogateescape")
            entries[path] = _Entry(mode, blob, int(size) if size.isdigit() else 0)
    return entries


def _sort_out(entries: dict[str, _Entry], here: str) -> tuple[dict[str, _Entry], list[Problem]]:
    """Return the data files, by path relative to the data folder, and a problem for each thing that is none."""
    files: dict[str, _Entry] = {}
    problems: list[Problem] = []
    for path, entry in sorted(entries.items()):
        place = path.removeprefix(here)
        nature = "" if entry.mode in _REGULAR else "a folder" if entry.mode == _FOLDER else "a link"
        is_searched = nature == "a folder" and f"{place}/" in SEARCHED
        if not path.startswith(here) or is_searched or is_left_alone(place, nature):
            continue
        if problem := find_misplaced(place, nature):
            problems.append(problem)
        else:
            files[place] = entry
    return files, problems


def _find_attributes(entries: dict[str, _Entry]) -> dict[str, _Entry]:
    """Return the `.gitattributes` by the folder that they are in, as `find_changed_by_git` wants them.

    One in capital letters, or with characters that a disk ignores, counts too, if there is no other beside it.
    """
    found = {}
    for path, entry in sorted(entries.items(), key=lambda item: (item[0].endswith(NAME), item[0])):
        folder, slash, name = path.rpartition("/")
        if _fold(name) == NAME and entry.mode.startswith("1") and entry.mode != _REPOSITORY:
            found[folder + slash] = entry  # that of just this name comes last
    return found


def _find_namesakes(entries: dict[str, _Entry], here: str) -> Iterator[Problem]:
    """Yield a problem for what some disks take for the data folder, or for one above it, and others do not.

    Where they are one, a checkout has the files of either.
    """
    for way in [here, *(f"{parent}/" for parent in PurePosixPath(here).parents[:-1])] if here else []:
        above, _, name = way.rstrip("/").rpartition("/")
        for path in entries:
            folder, _, other = path.rpartition("/")
            if folder == above and other != name and _fold(other) == _fold(name):
                message = f"'{path}' and '{way.rstrip('/')}' are one on disks of Windows and macOS"
                yield Problem("", 0, 0, "stray-file", message, f"take '{path}' out, or call it otherwise", "")


def _fold(name: str) -> str:
    """Return what names have in common that some disk takes for one: case, composed letters, and what HFS+ ignores."""
    return normalize("NFD", name.translate(_IGNORED)).casefold()


_IGNORED = dict.fromkeys((*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x206A, 0x2070), 0xFEFF))


def _read_blobs(folder: Path, revision: str, blobs: dict[str, _Entry]) -> Iterator[bytes]:
    """Yield the contents of `blobs`, which are by path, read by one git."""
    blanks = b" " * (MAX_BYTES + 1)
    small = dict.fromkeys(entry.blob for entry in blobs.values() if entry.size <= MAX_BYTES)
    answer = ask_git(folder, "cat-file", "--batch", asked="\n".join(small).encode()) if small else b""
    start = 0
    contents: dict[str, bytes] = {}  # many paths may have one, and it is held once
    for path, (_, blob, size) in blobs.items():
        if size > MAX_BYTES or blob in contents:
            yield contents.get(blob, blanks)
            continue
        head = f"{blob} blob {size}\n".encode()
        if not answer.startswith(head, start):
            raise OSError(f"'{path}' of revision '{revision}' is missing or damaged in this repository; see git fsck")
        start += len(head) + size
        contents[blob] = answer[start - size : start]
        yield contents[blob]
        start += 1
