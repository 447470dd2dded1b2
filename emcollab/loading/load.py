"""The files of a data folder (or any set of files) to a ledger, with every problem of reading and shape on the way.

What cannot be read leaves a gap in the ledger, and `unread` names
the kinds of record in it, so that nobody is accused of naming something that was there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from emcollab.loading.faults import Fault
from emcollab.loading.folder import find_kind, find_misnamed, id_of, kinds_meant
from emcollab.loading.mending import Reading, Repairs, read_record
from emcollab.loading.parallel import open_reader
from emcollab.loading.parser import Spot, find_places
from emcollab.loading.text import HIDDEN_CODES
from emcollab.records.kinds import KINDS, FileKind
from emcollab.records.ledger import Ledger, list_figures
from emcollab.records.settings import Settings
from emcollab.values.problems import Finding, Keys, Problem


class Loaded(NamedTuple):
    """What came of a set of files.

    `ledger` holds all that could be read; where `place` finds anything wrong it is for checking only, never
    for totals. `problems` are those with the folder and with the text of files, `texts` the files by path.
    `unread` are the kinds of record of which at least one could not be read at all; `readings` what came of the
    records, with their faults, by path; and `damaged` the files whose text had faults.
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

    def findings_of(self, path: str) -> list[Finding]:
        """Return the faults of the record at `path`."""
        return [
            Finding(path, fault.keys, fault.message, fault.help, fault.on_key, fault.code)
            for fault in self._faults_of(path)
        ]

    def _faults_of(self, path: str) -> list[Fault]:
        reading = self.readings.get(path)
        return reading.faults if reading else []


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
    unread = {kind.record for problem in problems for kind in kinds_meant(problem.path)}
    records: dict[str, dict[str, Any]] = {kind.record: {} for kind in KINDS}
    problems += _missing(files, problems, unread)
    paths = sorted(files)
    with open_reader(files, paths) as read:
        for path in watch(paths):
            kind = find_kind(path)
            document = read(path)
            texts[path] = document.text
            reading = _NOTHING if document.value is None else read_record(kind.model, document.value)
            problems += document.problems
            problems += find_misnamed(path)
            readings[path] = reading
            if document.problems:
                damaged.append(path)
            if reading.record is None or _has_lost_names(kind, document.problems):
                unread.add(kind.record)
            records[kind.record][id_of(path)] = reading.record
    unread.update(kind.record for kind in KINDS if kind.required and kind.place not in files)
    ledger = _file(records, _undated(readings))
    return Loaded(ledger, problems, texts, frozenset(unread), readings, damaged)


def place(loaded: Loaded, findings: Iterable[Finding]) -> list[Problem]:
    """Return all that is wrong, sorted: with the text of files, with records, and what checks found in the ledger.

    Each is at its line and column; what only follows from another is left out.
    """
    found: dict[str, list[Finding]] = {path: [] for path, reading in loaded.readings.items() if reading.faults}
    for finding in map(loaded.in_file, findings):
        if not loaded.explains(finding):
            found.setdefault(finding.path, []).append(finding)
    earlier: dict[str, list[Problem]] = {}
    for problem in loaded.problems:
        earlier.setdefault(problem.path, []).append(problem)
    problems = list(loaded.problems)
    for path, some in found.items():
        text = loaded.texts.get(path, "")
        of_records = _place_all(path, text, loaded.findings_of(path))
        problems += [problem for problem in of_records if not _follows(problem, earlier.get(path, []))]
        problems += _place_all(path, text, some)
    return sorted(problems)


# --- files to records


_NOTHING: Reading[Any] = Reading(None, [], Repairs([], {}))


def _has_lost_names(kind: FileKind, problems: list[Problem]) -> bool:
    """Return whether some of the ids in a file that others name may not be what they are meant to be."""
    return not kind.place.endswith("/") and any(problem.code in _LOSING for problem in problems)


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
