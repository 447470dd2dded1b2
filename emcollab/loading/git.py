"""Data folders as git has them: the files of a revision, read without touching the working tree.

git is called by its own command with arguments, never through a shell. A revision is looked up before it is
used, and one that could be taken for an option is refused.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from emcollab.loading.folder import find_misplaced, is_left_alone
from emcollab.values.problems import Problem

_DEFAULT_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_REGULAR = ("100644", "100755", "100664")


class RevisionError(Exception):
    """There is no such revision, no git repository, or no git: a sentence for the user."""


def read_revision(folder: Path, revision: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of the data folder `folder` as they are in `revision`, and a problem for each that is none.

    As `folder.read_folder`, which see: paths are relative to the folder; links are refused.

    Raises:
        RevisionError: `revision` or the folder is not in the repository.
    """
    commit = find_commit(folder, revision)
    here = _git(folder, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").rstrip("\n")
    listing = _git(folder, "ls-tree", "-r", "-z", "--full-tree", commit, *(["--", here] if here else []))
    blobs: dict[str, str] = {}
    problems: list[Problem] = []
    for entry in listing.split(b"\0")[:-1]:
        head, _, name = entry.partition(b"\t")
        mode, _, blob = head.decode().split(" ")
        path = name.decode("utf-8", "surrogateescape").removeprefix(here)
        if is_left_alone(path):
            continue
        if problem := find_misplaced(path, "" if mode in _REGULAR else "a link"):
            problems.append(problem)
        else:
            blobs[path] = blob
    if not blobs:
        raise RevisionError(f"revision '{revision}' has no data in '{here or '.'}'")
    return dict(zip(blobs, _read_blobs(folder, list(blobs.values())), strict=True)), problems


def _read_blobs(folder: Path, blobs: list[str]) -> Iterator[bytes]:
    """Yield the contents of `blobs`, read by one git."""
    answer = _git(folder, "cat-file", "--batch", asked="\n".join(blobs).encode())
    start = 0
    for _ in blobs:
        head = answer.index(b"\n", start)
        size = int(answer[start:head].rpartition(b" ")[2])
        yield answer[head + 1 : head + 1 + size]
        start = head + 1 + size + 1


def find_commit(folder: Path, revision: str) -> str:
    """Return the hash of the commit that `revision` names.

    Raises:
        RevisionError: it names none, or `folder` is in no repository.
    """
    if revision.startswith("-") or not revision.isprintable() or not revision:
        raise RevisionError(f"'{revision}' is not a revision")
    if found := _try(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"):
        return found
    inside = _try(folder, "rev-parse", "--is-inside-work-tree")
    raise RevisionError(f"there is no revision '{revision}'" if inside else f"'{folder}' is in no git repository")


def find_base(folder: Path) -> str:
    """Return the commit at which the work here left the default branch.

    Raises:
        RevisionError: there is no default branch to be found.
    """
    find_commit(folder, "HEAD")
    for branch in _DEFAULT_BRANCHES:
        if base := _try(folder, "merge-base", "HEAD", branch):
            return base
    raise RevisionError("there is no branch main, master or origin/HEAD to compare with; name a BASE")


def _try(folder: Path, *arguments: str) -> str:
    """Return what git answers, or nothing if it refuses."""
    done = _run(folder, *arguments)
    return "" if done.returncode else done.stdout.decode().strip()


def _git(folder: Path, *arguments: str, asked: bytes = b"") -> bytes:
    done = _run(folder, *arguments, asked=asked)
    if done.returncode:
        raise RevisionError(done.stderr.decode("utf-8", "replace").strip() or "git failed")
    return done.stdout


def _run(folder: Path, *arguments: str, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, input=asked, capture_output=True, check=False)  # noqa: S603 - no shell, see above
    except FileNotFoundError:
        raise RevisionError("there is no git command here") from None
