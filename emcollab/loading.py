"""A folder (or any set of files) to a ledger, with every problem of reading and shape on the way.

Files are read whole and in path order. What cannot be read leaves a gap in the ledger, and `unread` names
the records in it, so that nobody is accused of naming something that was there.
"""

import gc
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emcollab.ledger import Ledger, list_figures
from emcollab.models import KINDS, FileKind
from emcollab.models.reading import Fault, read_record
from emcollab.models.settings import Settings
from emcollab.nodes import HIDDEN_CODES, MAX_BYTES, Spot, find_places, read_document
from emcollab.problems import Finding, Keys, Problem, suggest

_LEFT_ALONE = ("README.md", "schema")
"""What may lie beside the data without being data."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a set of files.

    `ledger` holds all that could be read; where `problems` is not empty it is for checking only, never
    for totals. `texts` are the files by path. `unread` are the kinds of record of which at least one
    could not be read at all; `faulty` the keys of the faults in records that were read, by path; and
    `damaged` the files whose text had faults.
    """

    ledger: Ledger
    problems: list[Problem]
    texts: dict[str, str]
    unread: frozenset[str]
    faulty: dict[str, list[Keys]]
    damaged: list[str]

    def faults(self) -> Iterator[tuple[str, Keys]]:
        """Yield the path and the keys of each fault that was found on the way; no keys for one in the text."""
        yield from ((path, keys) for path, some in self.faulty.items() for keys in some)
        yield from ((path, ()) for path in self.damaged)


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of a data folder by path relative to it, and a problem for each thing that is no data file.

    Raises:
        OSError: a file or folder is there but cannot be read.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _list_paths(folder):
        name = path.relative_to(folder).as_posix()
        if is_left_alone(name):
            continue
        if problem := find_misplaced(name, _nature_of(path)):
            problems.append(problem)
            continue
        with path.open("rb") as file:
            files[name] = file.read(MAX_BYTES + 1)
    return files, problems


def is_left_alone(name: str) -> bool:
    """Return whether what has this path, relative to the data folder, is none of the ledger's business."""
    top, _, rest = name.partition("/")
    return top.startswith(".") or top in _LEFT_ALONE or rest.startswith(".")


def find_misplaced(name: str, nature: str = "") -> Problem | None:
    """Return what is wrong with the path of a file, or with its `nature` (`a link`, `a folder`), if anything is."""
    if nature:
        remedy = "a data folder holds files, and the folders projects, published and recommendations"
        return Problem(name, 0, 0, "stray-file", nature, remedy, "")
    folder, slash, rest = name.partition("/")
    if name in _SINGLES or (f"{folder}/" in _FOLDERS and name.endswith(".yaml") and "/" not in rest):
        return None
    if name.endswith(".yml"):
        return Problem(name, 0, 0, "stray-file", "the name ends in '.yml'", f"call it '{name[:-4]}.yaml'", "")
    remedy = "call it ID.yaml" if slash else suggest(name, sorted(_SINGLES))
    return Problem(name, 0, 0, "stray-file", "no data file has this name", remedy, "")


def load(files: Mapping[str, bytes], problems: Iterable[Problem] = ()) -> Loaded:
    """Return what `files` hold, by path relative to the data folder; `problems` are those met in listing them."""
    with _no_garbage_collection():
        return _load(files, list(problems))


def place(loaded: Loaded, findings: Iterable[Finding]) -> list[Problem]:
    """Return the findings as problems, each at its line and column; what follows from an earlier fault is left out."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        if not _is_known(finding.keys, loaded.faulty.get(finding.path, [])):
            by_path.setdefault(finding.path, []).append(finding)
    problems: list[Problem] = []
    for path, some in by_path.items():
        problems += _place_all(path, loaded.texts.get(path, ""), some)
    return problems


# --- the folder


_FOLDERS = {kind.place for kind in KINDS if kind.place.endswith("/")}
_SINGLES = {kind.place for kind in KINDS} - _FOLDERS


def _list_paths(folder: Path) -> Iterator[Path]:
    """Yield what lies in the data folder and in its known folders, in path order."""
    for path in sorted(folder.iterdir()):
        if f"{path.name}/" in _FOLDERS and path.is_dir() and not path.is_symlink():
            yield from sorted(path.iterdir())
        else:
            yield path


def _nature_of(path: Path) -> str:
    """Return what `path` is, if not an ordinary file. A link is none: it could lead anywhere."""
    mode = path.lstat().st_mode
    if stat.S_ISREG(mode):
        return ""
    return "a link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"


# --- files to records


def _load(files: Mapping[str, bytes], problems: list[Problem]) -> Loaded:
    texts: dict[str, str] = {}
    faulty: dict[str, list[Keys]] = {}
    damaged: list[str] = []
    unread: set[str] = set()
    records: dict[str, dict[str, Any]] = {kind.record: {} for kind in KINDS}
    for path in sorted(files):
        kind = _kind_of(path)
        document = read_document(path, files[path])
        texts[path] = document.text
        problems += document.problems
        record, faults = (None, []) if document.value is None else read_record(kind.model, document.value)
        found = _place_all(path, document.text, [_finding(path, fault) for fault in faults])
        problems += [problem for problem in found if not _follows(problem, document.problems)]
        if faults:
            faulty[path] = [fault.subject for fault in faults]
        if document.problems:
            damaged.append(path)
        if record is None:
            unread.add(kind.record)
        records[kind.record][_id_of(path)] = record
    problems += _missing(files, problems)
    unread.update(kind.record for kind in KINDS if kind.required and kind.place not in files)
    return Loaded(_file(records), sorted(problems), texts, frozenset(unread), faulty, damaged)


def _kind_of(path: str) -> FileKind:
    folder, slash, _ = path.partition("/")
    return next(kind for kind in KINDS if kind.place == (folder + "/" if slash else path))


def _id_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _missing(files: Mapping[str, bytes], problems: list[Problem]) -> Iterator[Problem]:
    if not files and not problems:
        yield Problem("", 0, 0, "empty-folder", "the data folder is empty", "begin with a ledger.yaml", "")
        return
    listed = {problem.path for problem in problems}
    for kind in KINDS:
        if kind.required and kind.place not in files and kind.place not in listed:
            yield Problem(kind.place, 0, 0, "missing-file", "the file is not there", "every ledger has one", "")


def _file(records: dict[str, dict[str, Any]]) -> Ledger:
    """Return the ledger of all records that could be read."""

    def single(kind: str) -> dict[str, Any]:
        record = next(iter(records[kind].values()), None)
        return record.root if record is not None else {}

    def many(kind: str) -> dict[str, Any]:
        return {id_: record for id_, record in records[kind].items() if record is not None}

    projects, sources = many("project"), single("sources")
    return Ledger(
        settings=records["ledger"].get("ledger") or Settings(title="-"),
        areas=single("areas"),
        forces=single("forces"),
        sources=sources,
        shares=single("shares"),
        projects=projects,
        published=many("published"),
        recommendations=many("recommendations"),
        figures=tuple(list_figures(projects, sources)),
    )


# --- findings to places


def _finding(path: str, fault: Fault) -> Finding:
    return Finding(path, fault.keys, fault.message, fault.help, fault.on_key, fault.code)


def _is_known(keys: Keys, known: list[Keys]) -> bool:
    return any(keys[: len(other)] == other for other in known)


def _follows(problem: Problem, earlier: list[Problem]) -> bool:
    """Return whether a fault of shape comes of a fault of reading: at the same place, or from a hidden character."""
    return any(
        problem.line == other.line and (problem.column == other.column or other.code in HIDDEN_CODES)
        for other in earlier
    )


def _place_all(path: str, text: str, findings: list[Finding]) -> list[Problem]:
    if not findings:
        return []
    places = find_places(text)
    lines = text.split("\n")
    problems = []
    for finding in findings:
        spot = _spot(places, finding.keys)
        line, column = spot.key if finding.on_key else spot.value
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        problems.append(Problem(path, line, column, finding.code, finding.message, finding.help, excerpt))
    return problems


def _spot(places: Mapping[Keys, Spot], keys: Keys) -> Spot:
    while keys not in places and keys:
        keys = keys[:-1]
    return places.get(keys, Spot((0, 0), (0, 0)))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Make many small objects without stopping to look for cycles: there are none, and looking costs half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
