"""Reading ahead: the later files of a large folder, read by a second process while the first reads the others.

Reading is most of the work of a large folder, and one file has nothing to do with another. Where there is a second
core, a child of this process gives back what it found in its files; if it comes to grief, the first process reads them
itself. So the answer is the same in every case, with the same problems in the same order, and only this module knows
that there were two.
"""

import marshal
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from emcollab.characters import decode
from emcollab.nodes import MAX_BYTES, Document, Value, read_document
from emcollab.problems import Problem

Found = tuple[Value | None, list[tuple[Any, ...]]]
"""The value in a file and the problems with it, in nothing but plain types, which can be handed on as bytes."""

_FEWEST = 200
"""Of fewer files, a second process costs more than it saves."""

_OURS = 0.45
"""How much of the files the first process keeps: it also types them all."""


@contextmanager
def open_reader(files: Mapping[str, bytes], paths: Sequence[str]) -> Iterator[Callable[[str], Document]]:
    """Give a function that returns the document at a path; it is quickest if asked for `paths` in their order."""
    later = paths[int(len(paths) * _OURS) :]
    found: dict[str, Found] = {}
    child, pipe = _begin(files, later) if len(paths) >= _FEWEST and has_second_core() else (0, -1)

    def read(path: str) -> Document:
        if child and not found and path == later[0]:
            found.update(_take(pipe, later))
        if path not in found:
            return read_document(path, files[path])
        value, problems = found[path]
        return Document(decode(path, files[path], MAX_BYTES)[0], value, [Problem(*problem) for problem in problems])

    try:
        yield read
    finally:
        if child:
            os.close(pipe)
            os.kill(child, signal.SIGKILL)  # it has nothing more to do, or nobody wants it any more
            os.waitpid(child, 0)


def has_second_core() -> bool:
    """Return whether two processes run faster than one; a process of several threads is no good to be divided."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return len(cores) > 1 and threading.active_count() == 1


def _begin(files: Mapping[str, bytes], paths: Sequence[str]) -> tuple[int, int]:
    """Return the id of a child that reads `paths`, and where it will write; 0 if there can be none."""
    with suppress(OSError):
        pipe, into = os.pipe()
        try:
            child = os.fork()
            if not child:  # pragma: no cover - another process
                os.close(pipe)
                _write_and_leave(files, paths, into)
        except OSError:
            os.close(pipe)
            raise
        finally:
            os.close(into)
        return child, pipe
    return 0, -1


def _write_and_leave(
    files: Mapping[str, bytes], paths: Sequence[str], into: int
) -> None:  # pragma: no cover - another process
    """Write what is in the files, and end without a word whatever happens: what is not written is read again."""
    try:
        with os.fdopen(into, "wb") as pipe:
            pipe.write(marshal.dumps(list_found(files, paths)))
    finally:
        os._exit(0)


def list_found(files: Mapping[str, bytes], paths: Sequence[str]) -> list[Found]:
    """Return what is in each file, in the order of `paths`."""
    documents = (read_document(path, files[path]) for path in paths)
    return [(document.value, [tuple(problem) for problem in document.problems]) for document in documents]


def _take(pipe: int, paths: Sequence[str]) -> dict[str, Found]:
    """Return what a child has read, by path; nothing, if it did not come to an end."""
    with suppress(EOFError, ValueError, TypeError), os.fdopen(pipe, "rb", closefd=False) as told:
        return dict(zip(paths, marshal.loads(told.read()), strict=True))  # noqa: S302 - our own child's
    return {}
