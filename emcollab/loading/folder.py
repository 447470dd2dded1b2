"""The data folder: which files lie in it, what each of them holds, and what is no data file at all.

Files are read whole and in path order. Links are not followed, and nothing but ordinary files is opened.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from emcollab.loading.attributes import find_changed_in_checkout
from emcollab.loading.text import MAX_BYTES
from emcollab.records.base import ID_PATTERN, id_meant, refuse_reserved
from emcollab.records.kinds import KINDS, FileKind
from emcollab.values.problems import BadValue, Problem, find_near

MOST_FILES, MOST_BYTES = 20_000, 100_000_000
"""What a data folder may hold. 100,000 figures of 2,500 projects are 7 million bytes; of more, no comparison on a usual
machine would come to an end, and whoever proposes a change could see to that."""

_LEFT_ALONE = ("README.md", "schema")  # what may lie beside the data without being data
FOLDERS = {kind.place for kind in KINDS if kind.place.endswith("/")}
SEARCHED = {*FOLDERS, "schema/"}
"""The folders in a data folder that are looked into; in `schema`, for links alone."""

_SINGLES = {kind.place for kind in KINDS} - FOLDERS
_HOLDS = "a data folder holds files, and the folders projects, published and recommendations"
_NEARLY_ALL = 65_536  # bytes; most files have fewer, so that room for two million need not be made for each


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of a data folder by path relative to it, and a problem for each thing that is no data file.

    Of a folder that holds too much, that is all that comes back.

    Raises:
        OSError: a file or folder is there but cannot be read.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    size = 0
    for name, entry in _list_entries(folder):
        nature = _nature_of(entry)
        if is_left_alone(name, nature):
            continue
        if problem := find_misplaced(name, nature):
            problems.append(problem)
        else:
            files[name] = _read_bytes(entry)
            size += len(files[name])
        if too_much := find_too_much(len(files) + len(problems), size):
            return {}, too_much
    return files, [*problems, *find_changed_in_checkout(folder, files)]


def find_too_much(files: int, size: int) -> list[Problem]:
    """Return what is wrong with a data folder of so many files, of `size` bytes together, if that is too much."""
    if files <= MOST_FILES and size <= MOST_BYTES:
        return []
    what = f"{MOST_FILES:,} files" if files > MOST_FILES else f"{MOST_BYTES:,} bytes"
    return [Problem("", 0, 0, "too-large", f"the data folder has more than {what}", "take out what is no data", "")]


def is_left_alone(name: str, nature: str = "") -> bool:
    """Return whether what has this path, relative to the data folder, is none of the ledger's business.

    A link is not left alone: who writes there, as `schema` does, would write elsewhere. Emacs locks by links `.#NAME`.
    """
    top, _, rest = name.partition("/")
    if nature == "a link":
        return (rest or top).startswith(".#")
    return top.startswith(".") or top in _LEFT_ALONE or rest.startswith(".")


def find_misplaced(name: str, nature: str = "") -> Problem | None:
    """Return what is wrong with the path of a file, or with its `nature` (`a link`, `a folder`), if anything is."""
    folder, _, rest = name.partition("/")
    if nature:
        return _stray(name, nature, _folder_meant(name) if nature == "a folder" else _HOLDS)
    if name in _SINGLES or (f"{folder}/" in FOLDERS and name.endswith(".yaml") and "/" not in rest):
        return None
    if f"{name}/" in FOLDERS:
        return _stray(name, "a file, where a folder should be", f"take it out, and make a folder '{name}'")
    stem, dot, ending = name.rpartition(".")
    if ending.casefold() in {"yml", "yaml"} and ending != "yaml":
        return _stray(name, f"the name ends in '{dot}{ending}'", f"call it '{stem}.yaml'")
    return _stray(name, "no data file has this name", _file_meant(name))


def _stray(name: str, what: str, remedy: str) -> Problem:
    return Problem(name, 0, 0, "stray-file", what, remedy, "")


def _folder_meant(name: str) -> str:
    near = "" if "/" in name else find_near(name, [folder.rstrip("/") for folder in FOLDERS])
    return f"did you mean '{near}'?" if near else _HOLDS


def _file_meant(name: str) -> str:
    """Return what to do with a file of a name that no data file has."""
    folder, slash, _ = name.partition("/")
    if slash:
        place = f"{folder}/" in FOLDERS
        return "take it out, or call it ID.yaml if it is a record" if place else _folder_meant(folder)
    if not name.endswith(".yaml"):
        return f"take it out, or call it one of: {', '.join(sorted(_SINGLES))}"
    near = find_near(name, _SINGLES)
    return f"did you mean '{near}'?" if near else f"move it to 'projects/{name}', if it is a project, or take it out"


def kinds_meant(path: str) -> list[FileKind]:
    """Return the kinds of record that something at the path of no data file may hold."""
    folder, slash, _ = path.partition("/")
    stem, _, ending = folder.rpartition(".")
    near = find_near(f"{stem or ending}.yaml", _SINGLES) if ending.casefold() in {"yml", "yaml"} else ""
    place = f"{find_near(folder, [each.rstrip('/') for each in FOLDERS])}/"
    if slash or place in FOLDERS or near:
        return [kind for kind in KINDS if kind.place in {place, near}]
    return [kind for kind in KINDS if kind.place in FOLDERS and ending.casefold() in {"yml", "yaml"}]


def find_kind(path: str) -> FileKind:
    """Return the kind of the data file at `path`, relative to the data folder."""
    folder, slash, _ = path.partition("/")
    return next(kind for kind in KINDS if kind.place == (folder + "/" if slash else path))


def id_of(path: str) -> str:
    """Return the name of the file at `path` without its ending: of some kinds, the id of the record."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def find_misnamed(path: str) -> Iterator[Problem]:
    """Yield a problem if the file is in a folder of files named after their records, and its name is no id."""
    id_ = id_of(path)
    if "/" in path and not re.fullmatch(ID_PATTERN, id_):
        meant = id_meant(id_)
        remedy = f"call it '{meant}.yaml'" if meant else "use small letters, digits and single hyphens"
        yield Problem(path, 0, 0, "file-name", f"'{id_}' is not an id", remedy, "")
    elif "/" in path:
        try:
            refuse_reserved(id_)
        except BadValue as bad:
            yield Problem(path, 0, 0, "file-name", bad.message, bad.help, "")


def _list_entries(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what lies in it and in its folders that are searched, each with its relative path, in path order."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        name = f"{prefix}{entry.name}"
        if f"{name}/" in SEARCHED and entry.is_dir(follow_symlinks=False):
            yield from _list_entries(entry.path, f"{name}/")
        else:
            yield name, entry


def _nature_of(entry: os.DirEntry[str]) -> str:
    """Return what `entry` is, if not an ordinary file. A link is none: it could lead anywhere."""
    if entry.is_file(follow_symlinks=False):
        return ""
    if entry.is_symlink():
        return "a link"
    return "a folder" if entry.is_dir(follow_symlinks=False) else "not an ordinary file"


def _read_bytes(entry: os.DirEntry[str]) -> bytes:
    """Return as much of a file as the reader needs to see that it is too large."""
    with open(entry.path, "rb") as file:  # noqa: PTH123 - there are thousands of them, and a `Path` of each costs more
        data = file.read(_NEARLY_ALL)
        return data + file.read(MAX_BYTES + 1 - len(data)) if len(data) == _NEARLY_ALL else data
