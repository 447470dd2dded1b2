"""Two processes for a large folder: most files are read by a second, while the first makes records of them.

Reading is most of the work of a large folder, and one file has nothing to do with another. Where there is a second
core, a child of this process sends what it finds, some files at a time; while there is nothing new from it, this
process reads the last files itself. If the child comes to grief, it reads the others too. So the answer is the same in
every case, with the same problems in the same order, and only this module knows that there were two.
"""

import marshal
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from select import select
from typing import Any, BinaryIO

from emcollab.loading.parser import Document, Value, read_document
from emcollab.loading.text import decode
from emcollab.values.problems import Problem

Found = tuple[Value | None, list[tuple[Any, ...]]]
"""The value in a file and the problems with it, in nothing but plain types, which can be handed on as bytes."""

_FEWEST = 200  # of fewer files, a second process costs more than it saves
_THEIRS = 0.65  # how much of the files the second process reads; the first also makes records of all of them
_AT_ONCE = 20  # how many files the second process sends at a time
_SIZE = 4  # how many bytes say how many follow


@contextmanager
def open_reader(files: Mapping[str, bytes], paths: Sequence[str]) -> Iterator[Callable[[str], Document]]:
    """Give a function that returns the document at each of `paths`, once; it is quickest if asked in their order."""
    if len(paths) < _FEWEST or not has_second_core():
        yield lambda path: read_document(path, files[path])
        return
    theirs = int(len(paths) * _THEIRS)
    with _begin(files, paths[:theirs]) as pipe:
        yield _Reader(files, pipe, paths[:theirs], paths[theirs:]).read


class _Reader:
    """Reads files, with a second process that sends some through the `pipe`; `None` if there is none."""

    def __init__(
        self, files: Mapping[str, bytes], pipe: BinaryIO | None, theirs: Sequence[str], ours: Sequence[str]
    ) -> None:
        self._files = files
        self._pipe = pipe
        self._theirs = iter(theirs)
        self._ours = deque(ours)
        self._documents: dict[str, Document] = {}

    def read(self, path: str) -> Document:
        while path not in self._documents:
            if self._pipe is None:
                self._documents[path] = read_document(path, self._files[path])
            elif self._ours and not select([self._pipe], [], [], 0)[0]:
                last = self._ours.popleft()
                self._documents[last] = read_document(last, self._files[last])
            else:
                self._take(self._pipe)
        return self._documents.pop(path)

    def _take(self, pipe: BinaryIO) -> None:
        """Take in what the second process sends next; if it sends nothing more, do without it."""
        try:
            some: list[Found] = marshal.loads(pipe.read(int.from_bytes(pipe.read(_SIZE), "big")))  # noqa: S302 - our own child's
            for path, (value, problems) in zip(islice(self._theirs, _AT_ONCE), some, strict=True):
                text = decode(path, self._files[path])[0]
                self._documents[path] = Document(text, value, [Problem(*problem) for problem in problems])
        except (EOFError, ValueError, TypeError):
            self._pipe = None


def has_second_core() -> bool:
    """Return whether two processes run faster than one; a process of several threads is no good to be divided."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return len(cores) > 1 and threading.active_count() == 1


@contextmanager
def _begin(files: Mapping[str, bytes], paths: Sequence[str]) -> Iterator[BinaryIO | None]:
    """Give the pipe through which a child that reads `paths` sends what it finds; `None` if there can be no child."""
    child, pipe = 0, None
    with suppress(OSError):
        out, into = os.pipe()
        pipe = os.fdopen(out, "rb")
        try:
            child = os.fork()
            if not child:  # pragma: no cover - another process
                pipe.close()  # so that it cannot wait for a reader who is gone
                _send_and_leave(files, paths, into)
        finally:
            os.close(into)
    try:
        yield pipe if child else None
    finally:
        if pipe:
            pipe.close()
        if child:
            os.kill(child, signal.SIGKILL)  # it has nothing more to do, or nobody wants it any more
            os.waitpid(child, 0)


def _send_and_leave(files: Mapping[str, bytes], paths: Sequence[str], into: int) -> None:  # pragma: no cover - a child
    """Send what is in the files, and end without a word whatever happens: what is not sent is read again."""
    try:
        with os.fdopen(into, "wb") as pipe:
            for start in range(0, len(paths), _AT_ONCE):
                some = marshal.dumps(list_found(files, paths[start : start + _AT_ONCE]))
                pipe.write(len(some).to_bytes(_SIZE, "big") + some)
                pipe.flush()
    finally:
        os._exit(0)


def list_found(files: Mapping[str, bytes], paths: Sequence[str]) -> list[Found]:
    """Return what is in each file, in the order of `paths`."""
    documents = (read_document(path, files[path]) for path in paths)
    return [(document.value, [tuple(problem) for problem in document.problems]) for document in documents]
