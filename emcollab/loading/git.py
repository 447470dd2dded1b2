"""Data folders as git has them: the files of a revision, read without touching the working tree.

git is called by its own command with arguments, never through a shell. It asks nobody: no remote, no terminal, and
not the repository of a hook in which we may be running. A revision is looked up before it is used, and one that could
be taken for an option is refused.
"""

import os
import posixpath
import re
import subprocess
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from emcollab.loading.folder import find_misplaced, is_left_alone
from emcollab.loading.text import MAX_BYTES
from emcollab.values.problems import Problem

_DEFAULT_BRANCHES = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
_REGULAR = ("100644", "100755", "100664")


class RevisionError(Exception):
    """There is no such revision, no git repository, or no git: a sentence for the user."""


def read_revision(folder: Path, revision: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of the data folder `folder` as they are in `revision`, and a problem for each that is none.

    As `folder.read_folder`, which see: paths are relative to the folder; links are refused. `REV:PATH` is the folder
    PATH of the revision, from the root of the repository. Of a revision without the data folder nothing comes back.
    A file that is too large comes back as blanks, as many as show it: it is not read.

    Raises:
        RevisionError: there is no such revision, or no data at its PATH.
        OSError: git cannot read the repository, or not all of what the revision holds.
    """
    name, path = _split(revision)
    if path is not None and path.rstrip("/") != posixpath.normpath(f"/{path}").lstrip("/"):
        raise RevisionError(f"'{path}' is not a path from the root of the repository")
    commit = find_commit(folder, name)
    if path is None and (link := _find_link(folder)):
        raise RevisionError(f"'{link}' is a link, and may have led elsewhere in '{revision}'; name the folder itself")
    prefix = _git(folder, "rev-parse", "--show-prefix") if path is None else os.fsencode(path)
    here = prefix.decode("utf-8", "surrogateescape").rstrip("/\n")
    here += "/" if here else ""
    listing = _git(folder, "ls-tree", "-r", "-l", "-z", "--full-tree", commit, *(["--", here] if here else []))
    blobs: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for entry in listing.split(b"\0")[:-1]:
        head, _, found = entry.partition(b"\t")
        mode, _, blob, size = head.decode().split()
        place = found.decode("utf-8", "surrogateescape").removeprefix(here)
        if is_left_alone(place):
            continue
        if problem := find_misplaced(place, "" if mode in _REGULAR else "a link"):
            problems.append(problem)
        else:
            blobs[place] = blob, size
    if path is not None and not blobs and not problems:
        raise RevisionError(f"revision '{name}' has no data in '{path}'")
    return dict(zip(blobs, _read_blobs(folder, revision, blobs), strict=True)), problems


def _read_blobs(folder: Path, revision: str, blobs: dict[str, tuple[str, str]]) -> Iterator[bytes]:
    """Yield the contents of `blobs`, by path their names and sizes, read by one git."""
    blanks = b" " * (MAX_BYTES + 1)
    small = dict.fromkeys(blob for blob, size in blobs.values() if not _is_too_large(size))
    answer = _git(folder, "cat-file", "--batch", asked="\n".join(small).encode())
    start = 0
    contents: dict[str, bytes] = {}  # many paths may have one, and it is held once
    for path, (blob, size) in blobs.items():
        if _is_too_large(size) or blob in contents:
            yield contents.get(blob, blanks)
            continue
        head = f"{blob} blob {size}\n".encode()
        if not answer.startswith(head, start):
            raise OSError(f"'{path}' of revision '{revision}' is missing or damaged in this repository; see git fsck")
        start += len(head) + int(size)
        contents[blob] = answer[start - int(size) : start]
        yield contents[blob]
        start += 1


def _is_too_large(size: str) -> bool:
    return size.isdigit() and int(size) > MAX_BYTES


def find_commit(folder: Path, revision: str) -> str:
    """Return the hash of the commit that `revision` names.

    Raises:
        RevisionError: it names none, or `folder` is in no repository.
        OSError: git cannot read the repository, or not that commit.
    """
    if revision.startswith("-") or not revision.isprintable() or not revision:
        raise RevisionError(f"'{revision}' is not a revision")
    name = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    if commit := _try(folder, *name, f"{revision}^{{commit}}"):
        return commit
    found = _try(folder, *name, revision)
    if found not in {"", revision} and _run(folder, "cat-file", "-e", found)[0]:
        raise OSError(f"revision '{revision}' ({found}) is missing or damaged in this repository; see git fsck")
    raise RevisionError(f"there is no revision '{revision}'{_say_if_cut_off(folder)}")


def names_commit(folder: Path, revision: str) -> bool:
    """Return whether `revision` is one, or `REV:PATH` of one.

    Raises:
        OSError: git cannot read the repository.
    """
    try:
        return bool(find_commit(folder, _split(revision)[0]))
    except RevisionError:
        return False


def find_base(folder: Path) -> str:
    """Return the commit at which the work here left the default branch.

    Raises:
        RevisionError: there is no default branch to be found, or nothing that it has in common with the work here.
        OSError: git cannot read the repository.
    """
    head = find_commit(folder, "HEAD")
    for branch in _DEFAULT_BRANCHES:
        if _try(folder, "rev-parse", "--verify", "--quiet", f"{branch}^{{commit}}"):
            if base := _try(folder, "merge-base", head, branch):
                return base
            name = branch.split("/", 2)[2]
            raise RevisionError(f"HEAD and {name} have no commit in common{_say_if_cut_off(folder)}; name a BASE")
    raise RevisionError("there is no branch main, master or origin/HEAD to compare with; name a BASE")


def find_from_root(folder: Path) -> Path:
    """Return the path of `folder` from the root of its repository; as it is, if it is in none. git is not asked."""
    place = folder.resolve()
    root = next((parent for parent in (place, *place.parents) if os.path.lexists(parent / ".git")), None)
    return place.relative_to(root) if root else folder


def _find_link(folder: Path) -> Path | None:
    """Return the part of the way from the root of the repository to `folder` that is a link, if there is one."""
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - links are not to be followed
    within = takewhile(lambda part: not os.path.lexists(part / ".git"), (place, *place.parents))
    return next((part for part in (place, *within) if part.is_symlink()), None)


def _split(revision: str) -> tuple[str, str | None]:
    """Return the two parts of `REV:PATH`; not at a colon in braces, or before all else."""
    colon = re.sub(r"\{[^}]*\}", lambda found: "-" * len(found[0]), revision).find(":")
    return (revision[:colon], revision[colon + 1 :]) if colon > 0 else (revision, None)


def _say_if_cut_off(folder: Path) -> str:
    if _try(folder, "rev-parse", "--is-shallow-repository") != "true":
        return ""
    how = "git fetch --unshallow, or in CI fetch-depth: 0, GIT_DEPTH: 0"
    return f": the history here is cut off (a shallow clone); fetch all of it ({how})"


def _try(folder: Path, *arguments: str) -> str:
    """Return what git answers, or nothing if its answer is no.

    Raises:
        As `_git`.
    """
    status, answer, words = _run(folder, *arguments)
    if status > 1:
        raise _refusal(folder, words)
    return "" if status else answer.decode("utf-8", "surrogateescape").strip()


def _git(folder: Path, *arguments: str, asked: bytes = b"") -> bytes:
    """Return what git answers to `asked`.

    Raises:
        RevisionError: there is no git, or no repository.
        OSError: git refused, with its words.
    """
    status, answer, words = _run(folder, *arguments, asked=asked)
    if status:
        raise _refusal(folder, words)
    return answer


def _refusal(folder: Path, words: str) -> Exception:
    if "not a git repository (or any" in words:
        return RevisionError(f"'{folder}' is in no git repository")
    if "promisor remote" in words:
        return OSError("this is a partial clone, and what the revision holds is not all here; fetch it "
                       "(git fetch --refetch --no-filter)")  # fmt: skip
    return OSError(f"git cannot read the repository: {words}")


def _run(folder: Path, *arguments: str, asked: bytes = b"") -> tuple[int, bytes, str]:
    """Return the status of a call of git, what it answers, and in a line what it says about it."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        git = subprocess.Popen(  # noqa: S603 - no shell, see above
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment()
        )
    except FileNotFoundError:
        raise RevisionError("there is no git command here") from None
    with git:
        try:
            answer, words = git.communicate(asked, _PATIENCE)
        except subprocess.TimeoutExpired:
            git.kill()
            raise OSError(f"git did not answer within {_PATIENCE} seconds") from None
    return git.returncode, answer, " ".join(words.decode("utf-8", "replace").split())


_PATIENCE = 60


def _environment() -> dict[str, str]:
    """Return the environment for git: of its own variables, as a hook may have set them, only those about settings."""
    kept = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH")
    others = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(kept)}
    return others | {
        "LC_ALL": "C",  # we read what it says
        "GIT_ALLOW_PROTOCOL": "none",  # for those older than the next
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1",
    }
