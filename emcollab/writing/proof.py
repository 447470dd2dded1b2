"""The proof that an addition does what it is to do and no more, before anything is written.

Each text as it would be is read again, once: its value is the old one and what was added, and every other line is byte
for byte what it was. Then the whole ledger, with what was read, is checked. Else nothing is to be written, and the
reasons are problems at their places.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from emcollab.checks import run_checks
from emcollab.loading.folder import find_kind, find_misplaced
from emcollab.loading.load import Loaded, load, place
from emcollab.loading.parser import Document, Value, read_document
from emcollab.loading.text import HIDDEN_CODES
from emcollab.records.ledger import project_path
from emcollab.values.problems import Problem
from emcollab.writing.insertion import CODE, CannotAddError, insert, merge
from emcollab.writing.lines import format_file

Additions = Mapping[str, dict[str, Value]]
"""What is to be in a data folder too, by path relative to it: of a new file the whole value; of one that is there, new
names in its mappings and new items of its lists, each at its place. What is there already is not added again.

To add a statement: `{"projects/x.yaml": {"benefits": {"savings": {"statements": [{"source": …, "actual": …}]}}}}`.
"""


class Changes(NamedTuple):
    """What an addition comes to.

    `files` are those that change, in the order in which they are to be written, by path relative to the data folder:
    the bytes that are there (`None` of a new one), and those that are to be. `problems` are why nothing is to be
    written, sorted, at their places in the files as they would be, or, with the code `cannot-add`, as they are.
    `loaded` is the ledger as it would be, if there are no problems of that kind.
    """

    files: dict[str, tuple[bytes | None, bytes]]
    problems: list[Problem]
    loaded: Loaded | None = None


def prove(before: Loaded, additions: Additions) -> Changes:
    """Return what `additions` to a ledger come to, which is there as `before`; or why nothing is to be written.

    Files that do not change are not read again.
    """
    files = before.files
    names_schemas = any(data.startswith(_SCHEMA.encode()) for data in files.values())
    changes: dict[str, tuple[bytes | None, bytes]] = {}
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for path in in_order(additions):
        old = files.get(path)
        try:
            if old is None:
                new, documents[path] = _begin(path, additions[path], names_schema=names_schemas)
            else:
                new, documents[path] = _add_to(path, old, additions[path])
        except CannotAddError as error:
            problems += error.problems
            continue
        if new != old:
            changes[path] = old, new
    if problems:
        return Changes({}, sorted(problems))
    now = {**files, **{path: new for path, (_, new) in changes.items()}}
    loaded = load(now, other=before, documents=documents)
    problems = place(loaded, run_checks(loaded.ledger, loaded.unread, loaded.faulty_places()))
    return Changes({} if problems else changes, problems, loaded)


def _begin(path: str, value: dict[str, Value], *, names_schema: bool) -> tuple[bytes, Document]:
    """Return the bytes of a new file, and its value; it names its schema, if others of the folder do."""
    if misplaced := find_misplaced(path):
        raise CannotAddError([misplaced])
    head = ""
    if names_schema:
        head = f"{_SCHEMA}{'../' if '/' in path else ''}schema/{find_kind(path).record}.json\n"
    new = (head + format_file(value)).encode()
    return new, hold_to(value, path, b"", new)


_SCHEMA = "# yaml-language-server: $schema="


def _add_to(path: str, old: bytes, more: dict[str, Value]) -> tuple[bytes, Document]:
    """Return the bytes of a file with `more` in it, proved to be that and what it was; and what is read there."""
    document = read_document(path, old)
    if document.problems or document.value is None:
        raise CannotAddError(document.problems)
    new = insert(path, old, document, more)
    return new, hold_to(merge(document.value, more), path, old, new)


def hold_to(value: Value, path: str, old: bytes, new: bytes) -> Document:
    """Return what the `new` bytes of a file hold: the value that it is to have, and every line of the `old` ones.

    Raises:
        CannotAddError: it cannot be read, is read as something else, or has lost or changed a line.
    """
    document = read_document(path, new)
    if hidden := [problem for problem in document.problems if problem.code in HIDDEN_CODES]:
        raise CannotAddError(hidden)
    if document.value == value and not document.problems and _keeps_lines(old, new):
        return document
    message = "in this file the addition would be read as something else"
    if document.value == value and not document.problems:
        message = "other lines of the file would change"
    remedy = "add it by hand" if old.endswith(b"\n") else "end its last line with a line break, and try again"
    raise CannotAddError([Problem(path, 0, 0, CODE, message, remedy, "")])


def _keeps_lines(old: bytes, new: bytes) -> bool:
    """Return whether every line of `old` is in `new`, in the same order, byte for byte.

    The last may have got an end, and one with an empty `{}` or `[]` may have been filled.
    """
    *others, last = ({line} for line in old.split(b"\n"))
    lines = new.split(b"\n")
    position = 0
    for same in [*others, last | {line + b"\r" for line in last}]:
        found = next((place for place in range(position, len(lines)) if lines[place] in same), None)
        if found is not None:
            position = found + 1
        elif not any(re.search(rb"\{\s*\}|\[\s*\]", line) for line in same):
            return False
    return True


_PLACES = ("ledger.yaml", "sources.yaml", "areas.yaml", "forces.yaml", "shares.yaml", "projects", "published")
"""The order in which files are written: what others name first, so that at every moment the ledger validates."""


def in_order(additions: Additions) -> list[str]:
    """Return the paths in the order in which they are to be written; of projects, those that others name first."""
    ranks = {name: rank for rank, name in enumerate(_PLACES)}
    ordered: dict[str, None] = {}

    def take(path: str) -> None:
        if path not in ordered and path not in begun:
            begun.add(path)
            for other in _named_by(additions[path]):
                if other in additions:
                    take(other)
            ordered[path] = None

    begun: set[str] = set()
    for path in sorted(additions, key=lambda each: (ranks.get(each.partition("/")[0], len(ranks)), each)):
        take(path)
    return list(ordered)


def _named_by(value: dict[str, Value]) -> Iterator[str]:
    """Yield the paths of the projects whose benefits a project names, so far as it is added."""
    for kind in ("benefits", "costs"):
        stated = value.get(kind)
        for benefit in stated.values() if isinstance(stated, dict) else ():
            if isinstance(benefit, dict):
                names = benefit.get("replaces", [])
                named = [*(names if isinstance(names, list) else []), benefit.get("possible_duplicate_of", "")]
                yield from (project_path(str(name).partition("/")[0]) for name in named)
