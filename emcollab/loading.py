"""A folder (or any set of files) to a ledger, with every problem of reading and shape on the way.

Files are read whole and in path order. What cannot be read leaves a gap in the ledger, and `unread` names
the kinds of record in it, so that nobody is accused of naming something that was there.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from emcollab.ahead import open_reader
from emcollab.characters import HIDDEN_CODES
from emcollab.ledger import Ledger, list_figures
from emcollab.models import KINDS, FileKind
from emcollab.models.base import ID_PATTERN
from emcollab.models.faults import Fault, id_meant
from emcollab.models.reading import Changes, Reading, read_record
from emcollab.models.settings import Settings
from emcollab.nodes import MAX_BYTES, find_places
from emcollab.places import Spot
from emcollab.problems import Finding, Keys, Problem, find_near

_LEFT_ALONE = ("README.md", "schema")
"""What may lie beside the data without being data."""


class Loaded(NamedTuple):
    """What came of a set of files.

    `ledger` holds all that could be read; where `problems` is not empty it is for checking only, never
    for totals. `texts` are the files by path. `unread` are the kinds of record of which at least one
    could not be read at all; `readings` what came of the records, by path; and `damaged` the files whose
    text had faults.
    """

    ledger: Ledger
    problems: list[Problem]
    texts: dict[str, str]
    unread: frozenset[str]
    readings: dict[str, Reading[Any]]
    damaged: list[str]

    def faults(self) -> Iterator[tuple[str, Keys]]:
        """Yield the path and the keys of each fault that was found on the way; no keys for one in the text."""
        yield from ((path, fault.subject) for path, reading in self.readings.items() for fault in reading.faults)
        yield from ((path, ()) for path in self.damaged)

    def in_file(self, finding: Finding) -> Finding:
        """Return the finding with the keys that its places have in their files, where records had to be mended."""
        rests_on = tuple((path, self._keys_in(path, keys)) for path, keys in finding.rests_on)
        return finding._replace(keys=self._keys_in(finding.path, finding.keys), rests_on=rests_on)

    def _keys_in(self, path: str, keys: Keys) -> Keys:
        reading = self.readings.get(path)
        return reading.changes.in_file(keys) if reading else keys

    def explains(self, finding: Finding) -> bool:
        """Return whether a fault that is known already is why there is this finding."""
        return any(fault.covers(finding.keys) for fault in self._faults_of(finding.path)) or any(
            fault.touches(keys) for path, keys in finding.rests_on for fault in self._faults_of(path)
        )

    def _faults_of(self, path: str) -> list[Fault]:
        reading = self.readings.get(path)
        return reading.faults if reading else []


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of a data folder by path relative to it, and a problem for each thing that is no data file.

    Raises:
        OSError: a file or folder is there but cannot be read.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, entry in _list_entries(folder):
        if is_left_alone(name):
            continue
        if problem := find_misplaced(name, _nature_of(entry)):
            problems.append(problem)
            continue
        files[name] = _read_bytes(entry)
    return files, problems


def is_left_alone(name: str) -> bool:
    """Return whether what has this path, relative to the data folder, is none of the ledger's business."""
    top, _, rest = name.partition("/")
    return top.startswith(".") or top in _LEFT_ALONE or rest.startswith(".")


def find_misplaced(name: str, nature: str = "") -> Problem | None:
    """Return what is wrong with the path of a file, or with its `nature` (`a link`, `a folder`), if anything is."""
    folder, _, rest = name.partition("/")
    if nature:
        return _stray(name, nature, _folder_meant(name) if nature == "a folder" else _HOLDS)
    if name in _SINGLES or (f"{folder}/" in _FOLDERS and name.endswith(".yaml") and "/" not in rest):
        return None
    if f"{name}/" in _FOLDERS:
        return _stray(name, "a file, where a folder should be", f"take it out, and make a folder '{name}'")
    stem, dot, ending = name.rpartition(".")
    if ending.casefold() in {"yml", "yaml"} and ending != "yaml":
        return _stray(name, f"the name ends in '{dot}{ending}'", f"call it '{stem}.yaml'")
    return _stray(name, "no data file has this name", _file_meant(name))


def _stray(name: str, what: str, remedy: str) -> Problem:
    return Problem(name, 0, 0, "stray-file", what, remedy, "")


_HOLDS = "a data folder holds files, and the folders projects, published and recommendations"


def _folder_meant(name: str) -> str:
    near = "" if "/" in name else find_near(name, [folder.rstrip("/") for folder in _FOLDERS])
    return f"did you mean '{near}'?" if near else _HOLDS


def _file_meant(name: str) -> str:
    """Return what to do with a file of a name that no data file has."""
    folder, slash, _ = name.partition("/")
    if slash:
        known = f"{folder}/" in _FOLDERS
        return "take it out, or call it ID.yaml if it is a record" if known else _folder_meant(folder)
    if not name.endswith(".yaml"):
        return f"take it out, or call it one of: {', '.join(sorted(_SINGLES))}"
    near = find_near(name, _SINGLES)
    return f"did you mean '{near}'?" if near else f"move it to 'projects/{name}', if it is a project, or take it out"


def _kinds_meant(path: str) -> list[FileKind]:
    """Return the kinds of record that something astray may hold."""
    folder, slash, _ = path.partition("/")
    stem, _, ending = folder.rpartition(".")
    near = find_near(f"{stem or ending}.yaml", _SINGLES) if ending.casefold() in {"yml", "yaml"} else ""
    place = f"{find_near(folder, [known.rstrip('/') for known in _FOLDERS])}/"
    if slash or place in _FOLDERS or near:
        return [kind for kind in KINDS if kind.place in {place, near}]
    return [kind for kind in KINDS if kind.place in _FOLDERS and ending.casefold() in {"yml", "yaml"}]


def load(
    files: Mapping[str, bytes], problems: Iterable[Problem] = (), watch: Callable[[list[str]], Iterable[str]] = iter
) -> Loaded:
    """Return what `files` hold, by path relative to the data folder.

    `problems` are those met in listing them. `watch` is given the paths, and gives them back one by one, each
    when it is asked for: so it knows how far the reading has come.
    """
    problems = list(problems)
    texts: dict[str, str] = {}
    readings: dict[str, Reading[Any]] = {}
    damaged: list[str] = []
    unread = {kind.record for problem in problems for kind in _kinds_meant(problem.path)}
    records: dict[str, dict[str, Any]] = {kind.record: {} for kind in KINDS}
    problems += _missing(files, problems, unread)
    paths = sorted(files)
    with open_reader(files, paths) as read:
        for path in watch(paths):
            kind = _kind_of(path)
            document = read(path)
            texts[path] = document.text
            reading = _NOTHING if document.value is None else read_record(kind.model, document.value)
            found = _place_all(path, document.text, [_finding(path, fault) for fault in reading.faults])
            problems += document.problems
            problems += [problem for problem in found if not _follows(problem, document.problems)]
            problems += _misnamed(path)
            readings[path] = reading
            if document.problems:
                damaged.append(path)
            if reading.record is None or _has_lost_names(kind, document.problems):
                unread.add(kind.record)
            records[kind.record][_id_of(path)] = reading.record
    unread.update(kind.record for kind in KINDS if kind.required and kind.place not in files)
    ledger = _file(records, _undated(readings))
    return Loaded(ledger, sorted(problems), texts, frozenset(unread), readings, damaged)


def place(loaded: Loaded, findings: Iterable[Finding]) -> list[Problem]:
    """Return the findings as problems, each at its line and column; what follows from an earlier fault is left out."""
    by_path: dict[str, list[Finding]] = {}
    for finding in map(loaded.in_file, findings):
        if not loaded.explains(finding):
            by_path.setdefault(finding.path, []).append(finding)
    problems: list[Problem] = []
    for path, some in by_path.items():
        problems += _place_all(path, loaded.texts.get(path, ""), some)
    return problems


# --- the folder


_FOLDERS = {kind.place for kind in KINDS if kind.place.endswith("/")}
_SINGLES = {kind.place for kind in KINDS} - _FOLDERS


def _list_entries(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what lies in the data folder and in its known folders, each with its relative path, in path order."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        name = f"{prefix}{entry.name}"
        if f"{name}/" in _FOLDERS and entry.is_dir(follow_symlinks=False):
            yield from _list_entries(entry.path, f"{name}/")
        else:
            yield name, entry


def _nature_of(entry: os.DirEntry[str]) -> str:
    """Return what `entry` is, if not an ordinary file. A link is none: it could lead anywhere."""
    if entry.is_file(follow_symlinks=False):
        return ""
    return (
        "a link" if entry.is_symlink()
        else "a folder" if entry.is_dir(follow_symlinks=False)
        else "not an ordinary file"
    )  # fmt: skip


def _read_bytes(entry: os.DirEntry[str]) -> bytes:
    """Return as much of a file as `nodes` needs to see that it is too large."""
    with open(entry.path, "rb") as file:  # noqa: PTH123 - there are thousands of them, and a `Path` of each costs more
        data = file.read(_NEARLY_ALL)
        return data + file.read(MAX_BYTES + 1 - len(data)) if len(data) == _NEARLY_ALL else data


_NEARLY_ALL = 65_536
"""Nearly all files are smaller: room for two million bytes need not be made for each."""


# --- files to records


_NOTHING: Reading[Any] = Reading(None, [], Changes([], {}))


def _kind_of(path: str) -> FileKind:
    folder, slash, _ = path.partition("/")
    return next(kind for kind in KINDS if kind.place == (folder + "/" if slash else path))


def _id_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _misnamed(path: str) -> Iterator[Problem]:
    """Yield a problem if the file is in a folder of files named after their records, and its name is no id."""
    id_ = _id_of(path)
    if "/" in path and not re.fullmatch(ID_PATTERN, id_):
        meant = id_meant(id_)
        remedy = f"call it '{meant}.yaml'" if meant else "use small letters, digits and single hyphens"
        yield Problem(path, 0, 0, "file-name", f"'{id_}' is not an id", remedy, "")


def _has_lost_names(kind: FileKind, problems: list[Problem]) -> bool:
    """Return whether some of the ids in a file that others name may not be what they are meant to be."""
    return kind.place in _SINGLES and any(problem.code in _LOSING for problem in problems)


_LOSING = {"merge-key", "not-plain-yaml", *HIDDEN_CODES} - {"tab", "odd-line-break"}


def _undated(readings: Mapping[str, Reading[Any]]) -> set[str]:
    """Return the ids of the papers whose date is faulty: what a figure of theirs is at odds with, nobody can tell."""
    faults = readings["sources.yaml"].faults if "sources.yaml" in readings else []
    return {str(fault.subject[0]) for fault in faults if fault.subject[1:] == ("date",)}


def _missing(files: Mapping[str, bytes], problems: list[Problem], unread: set[str]) -> Iterator[Problem]:
    """Yield a problem for each file that must be there; one that seems to be there under another name is not missed."""
    if not files and not problems:
        yield Problem("", 0, 0, "empty-folder", "the data folder is empty", "begin with a ledger.yaml", "")
    else:
        for kind in KINDS:
            if kind.required and kind.place not in files and kind.record not in unread:
                yield Problem(kind.place, 0, 0, "missing-file", "the file is not there", "every ledger has one", "")


def _file(records: dict[str, dict[str, Any]], undated: set[str]) -> Ledger:
    """Return the ledger of all records that could be read, without the figures of papers whose date could not."""

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
        figures=list_figures(projects, {id_: sources[id_] for id_ in sources if id_ not in undated}),
    )


# --- findings to places


def _finding(path: str, fault: Fault) -> Finding:
    return Finding(path, fault.keys, fault.message, fault.help, fault.on_key, fault.code)


def _follows(problem: Problem, earlier: list[Problem]) -> bool:
    """Return whether a fault of shape comes of one of reading: at the same place, or from what hides in the line."""
    hiding = {*HIDDEN_CODES, "swallowed-text"} if problem.code == "empty-value" else HIDDEN_CODES
    return any(
        problem.line == other.line and (problem.column == other.column or other.code in hiding) for other in earlier
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
