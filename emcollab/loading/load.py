"""The files of a data folder (or any set of files) to a ledger, with every problem of reading and shape on the way.

What cannot be read leaves a gap in the ledger, and `unread` names the kinds of record in it, so that nobody is accused
of naming something that was there.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from emcollab.loading.folder import find_kind, find_misnamed, id_of, kinds_meant
from emcollab.loading.mending import Reading, read_record
from emcollab.loading.parallel import open_reader
from emcollab.loading.parser import Document, Spot, find_places
from emcollab.loading.text import HIDDEN_CODES, FileText, list_first
from emcollab.records.kinds import KINDS
from emcollab.records.ledger import Ledger, file_records
from emcollab.records.settings import Settings
from emcollab.values.problems import Fault, Faulty, Keys, Place, Problem

_LOSING = {"merge-key", "not-plain-yaml", *HIDDEN_CODES} - {"tab", "odd-line-break"}  # codes of faults that lose names


class Loaded(NamedTuple):
    """What came of a set of files.

    `ledger` holds all that could be read; where `place` finds anything wrong it is for checking only, never
    for totals. `problems` are those with the folder and with the text of files, `texts` the files by path.
    `unread` are the kinds of record of which at least one could not be read at all; `readings` what came of the
    records, with their faults, by path. `files` are the bytes that all this was read from.
    """

    ledger: Ledger
    problems: list[Problem]
    texts: dict[str, str]
    unread: frozenset[str]
    readings: dict[str, Reading[Any]]
    files: Mapping[str, bytes]

    def faulty_places(self) -> list[Place]:
        """Return the path and the keys of each fault that was found on the way; no keys for one in the text."""
        of_records = [(path, fault.subject) for path in self.readings for fault in self.faults_of(path)]
        return [*of_records, *((problem.path, ()) for problem in self.problems if problem.line)]

    def faults_of(self, path: str) -> list[Fault]:
        """Return the faults of the record at `path`; none, if no record is there."""
        return self.readings[path].faults if path in self.readings else []

    def in_file(self, fault: Fault) -> Fault:
        """Return the fault with the keys that its places have in their files, where records had to be mended."""
        rests_on = tuple((path, self._keys_in(path, keys)) for path, keys in fault.rests_on)
        return fault._replace(keys=self._keys_in(fault.path, fault.keys), rests_on=rests_on)

    def _keys_in(self, path: str, keys: Keys) -> Keys:
        return self.readings[path].repairs.in_file(keys) if path in self.readings else keys


def load(
    files: Mapping[str, bytes],
    problems: Iterable[Problem] = (),
    watch: Callable[[list[str]], Iterable[str]] = iter,
    other: Loaded | None = None,
    documents: Mapping[str, Document] = {},
) -> Loaded:
    """Return what `files` hold, by path relative to the data folder.

    `problems` are those met in listing them. `watch` is given the paths, and gives them back one by one, each
    when it is asked for: so it knows how far the reading has come. What has the same bytes in an `other` folder
    or revision is not read again, nor is any of `documents`, which were read before.
    """
    problems = list(problems)
    texts: dict[str, str] = {}
    readings: dict[str, Reading[Any]] = {}
    unread = {kind.record for problem in problems if problem.path not in files for kind in kinds_meant(problem.path)}
    records: dict[str, dict[str, Any]] = {kind.record: {} for kind in KINDS}
    problems += _find_missing(files, problems, unread)
    paths = sorted(files)
    same = _find_same(files, other) if other else {}
    with open_reader(files, [path for path in paths if path not in same and path not in documents]) as read:
        for path in watch(paths):
            kind = find_kind(path)
            if other and path in same:
                texts[path], readings[path] = other.texts[path], same[path]
                records[kind.record][id_of(path)] = same[path].record
                continue
            document = documents[path] if path in documents else read(path)
            texts[path] = document.text
            readings[path] = reading = read_record(path, kind.model, document.value)
            problems += [*document.problems, *find_misnamed(path)]
            # Of a file with ids that others name, some may not be what they are meant to be.
            lost_names = not kind.place.endswith("/") and any(problem.code in _LOSING for problem in document.problems)
            if reading.record is None or lost_names:
                unread.add(kind.record)
            if reading.record is not None:
                records[kind.record][id_of(path)] = reading.record
    unread.update(kind.record for kind in KINDS if kind.required and kind.place not in files)
    # What a figure is at odds with, whose paper has a faulty date, nobody can tell.
    faults = readings["sources.yaml"].faults if "sources.yaml" in readings else []
    undated = frozenset(str(fault.subject[0]) for fault in faults if fault.subject[1:] == ("date",))
    sound = other.ledger if other and not other.problems and not other.faulty_places() else None
    return Loaded(file_records(_file(records), undated, sound), problems, texts, frozenset(unread), readings, files)


def _find_same(files: Mapping[str, bytes], other: Loaded) -> dict[str, Reading[Any]]:
    """Return by path what came of the files with the same bytes in `other`, of which nothing is wrong there."""
    faulty = {problem.path for problem in other.problems}
    return {
        path: reading
        for path, reading in other.readings.items()
        if not reading.faults and path not in faulty and files.get(path) == other.files[path]
    }


def place(loaded: Loaded, found: Iterable[Fault]) -> list[Problem]:
    """Return all that is wrong, sorted: with the text of files, with records, and what checks have `found`.

    Each is at its line and column; what only follows from another is left out. Of a ledger in another format that is
    all: nobody can tell what else would be wrong.
    """
    faults = {path: list(reading.faults) for path, reading in loaded.readings.items() if reading.faults}
    faulty = {path: Faulty(some) for path, some in faults.items()}
    for fault in map(loaded.in_file, found):
        if not _is_explained(fault, faulty):
            faults.setdefault(fault.path, []).append(fault)
    if other := [fault for fault in faults.get("ledger.yaml", ()) if fault.code == "unknown-format"]:
        return list(_place_all(FileText("ledger.yaml", loaded.texts["ledger.yaml"]), other))
    earlier: dict[str, list[Problem]] = {}
    for problem in loaded.problems:
        earlier.setdefault(problem.path, []).append(problem)
    problems = list(loaded.problems)
    advice: dict[tuple[object, ...], str] = {}
    for path, some in faults.items():
        of_record = len(loaded.faults_of(path))
        placed = list(_place_all(FileText(path, loaded.texts.get(path, "")), some))
        # Reading tells that a comma has cut an amount; what to write depends on what it counts, and the record knows.
        advice |= {problem[:4]: problem.help for problem in placed[:of_record] if problem.code == "bad-amount"}
        problems += [problem for problem in placed[:of_record] if not _follows(problem, earlier.get(path, []))]
        problems += list_first(path, sorted(placed[of_record:]))
    return sorted(problem._replace(help=advice.get(problem[:4], problem.help)) for problem in problems)


def _find_missing(files: Mapping[str, bytes], problems: list[Problem], unread: set[str]) -> Iterator[Problem]:
    """Yield a problem for each file that must be there; one that seems to be there under another name is not missed."""
    if not files and not problems:
        yield Problem("", 0, 0, "empty-folder", "the data folder is empty", "begin with a ledger.yaml", "")
    elif files or any(problem.path for problem in problems):  # otherwise there is too much, and nothing was read
        for kind in KINDS:
            if kind.required and kind.place not in files and kind.record not in unread:
                yield Problem(kind.place, 0, 0, "missing-file", "the file is not there", "every ledger has one", "")


def _file(records: dict[str, dict[str, Any]]) -> Ledger:
    """Return the ledger of all records that could be read, without what follows from them."""

    def single(kind: str) -> dict[str, Any]:
        return records[kind][kind].root if records[kind] else {}

    return Ledger(
        settings=records["ledger"].get("ledger") or Settings(title="-"),
        areas=single("areas"), forces=single("forces"), sources=single("sources"), shares=single("shares"),
        projects=records["project"], published=records["published"], recommendations=records["recommendations"],
    )  # fmt: skip


def _is_explained(fault: Fault, faulty: Mapping[str, Faulty]) -> bool:
    """Return whether a fault of a record is why there is this one, which a check has found."""
    return (fault.path in faulty and faulty[fault.path].covers(fault.keys)) or any(
        path in faulty and faulty[path].touches(keys) for path, keys in fault.rests_on
    )


def _follows(problem: Problem, earlier: list[Problem]) -> bool:
    """Return whether a fault of shape comes of one of reading: at the same place, or from what hides in the line."""
    hiding = {*HIDDEN_CODES, "swallowed-text"} if problem.code == "empty-value" else HIDDEN_CODES
    in_line = [other for other in earlier if other.line == problem.line]
    return any(other.column == problem.column or other.code in hiding for other in in_line)


def _place_all(file: FileText, faults: list[Fault]) -> Iterator[Problem]:
    places = find_places(file.text, (fault.keys for fault in faults))
    for fault in faults:
        keys = fault.keys
        while keys not in places and keys:
            keys = keys[:-1]
        spot = places.get(keys, Spot((0, 0), (0, 0)))
        line, column = spot.key if fault.on_key else spot.value
        remedy = fault.help
        before = file.lines[line - 1][max(column - _MOST_BEFORE, 0) : column - 1]
        if fault.code == "unknown-key" and not fault.meant and _CUT_TEXT.search(before):
            remedy += "; or quote the text before it, if its comma is part of the text"
        yield file.problem(line, column, fault.code, fault.message, remedy)


_CUT_TEXT = re.compile(r"[{,] *[^\s{},:'\"]+: [^'\"{}\[\],]+, *$")
"""Before a name: one in braces with a text without quotes, which a comma has ended."""

_MOST_BEFORE = 500  # characters before a name that are looked at
