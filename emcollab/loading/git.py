"""git, asked: which commit a name means, where the work here began, and what other modules ask it.

git is called by its own command with arguments, never through a shell, at the root of the repository as the disk
shows it: somebody may have committed below it what git takes for a repository without a checkout. It asks nobody: no
remote, no terminal, and not the repository of a hook in which we may be running. A revision is looked up before it is
used, and one that could be taken for an option is refused. What it answers is the same in every clone: no settings of
this one change it, and no commit or file that was put in another's place here (`git replace`).
"""

import os
import re
import subprocess
from pathlib import Path

from emcollab.loading.repository import RevisionError, find_root

_DEFAULT_BRANCHES = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)


def find_commit(folder: Path, revision: str) -> str:
    """Return the hash of the commit that `revision` names.

    Raises:
        RevisionError: it names none, or `folder` is in no repository.
        OSError: git cannot read the repository, or not that commit.
    """
    if revision.startswith(("-", "^")) or not revision.isprintable() or not revision:
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
        return bool(find_commit(folder, split_revision(revision)[0]))
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


def list_ancestors(folder: Path, revision: str) -> list[str]:
    """Return the commits before that of `revision`, along first parents, the last first; 20 at most.

    They are what a branch was before others were merged into it. Of `REV:PATH` they come with their PATH.

    Raises:
        RevisionError: `revision` names no commit.
        OSError: git cannot read the repository.
    """
    name, path = split_revision(revision)
    commit = find_commit(folder, name)
    hashes = _try(folder, "rev-list", "--first-parent", f"--max-count={_FAR_ENOUGH + 1}", commit).split("\n")[1:]
    return [hash_ if path is None else f"{hash_}:{path}" for hash_ in hashes]


_FAR_ENOUGH = 20


def split_revision(revision: str) -> tuple[str, str | None]:
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
        As `ask_git`.
    """
    status, answer, words = _run(folder, *arguments)
    is_no = status == 1 or (status == _FATAL and _NO.match(words))
    if status and (not is_no or _DAMAGE.search(words)):
        raise _refusal(folder, words)
    return "" if status else answer.decode("utf-8", "surrogateescape").strip()


def ask_git(folder: Path, *arguments: str, asked: bytes = b"") -> bytes:
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
    remedy = "; something in it is missing or damaged, see git fsck" if _DAMAGE.search(words) else ""
    return OSError(f"git cannot read the repository: {words}{remedy}")


_FATAL = 128
_NO = re.compile("$|fatal: (no upstream|no such branch|HEAD does not point to a branch)")
"""What git says, if anything, of `HEAD@{9}` and `@{upstream}` where there is none."""

_DAMAGE = re.compile("Could not read|not a tree object|(is|are) (corrupt|empty)|bad object|unable to|inflate: ")
"""What git says of objects that are not there, or not whole; also where its answer is no."""


def _run(folder: Path, *arguments: str, asked: bytes = b"") -> tuple[int, bytes, str]:
    """Return the status of a call of git, what it answers, and in a line what it says about it."""
    command = ["git", "-C", str(find_root(folder) or folder), "-c", "safe.bareRepository=explicit", *arguments]
    try:
        git = subprocess.Popen(  # noqa: S603 - no shell, and no argument that could be taken for an option
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
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": f"{os.devnull}/none",
        "GIT_ATTR_NOSYSTEM": "1",
    }
