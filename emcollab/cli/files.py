"""A file or a folder written whole or not at all, whatever ends the run: made beside its place, then put there at once.

Who writes takes a name beside the place, `.NAME.emcollab-1a2b3c4d`, and keeps the file of that name locked to the end.
What is made is called after it: `.scrap` is not finished, or is being removed; `.new` and `.old` are whole folders.
A name whose file can be locked is one of a run that was ended: the next run puts things right there, and clears up.
"""

import contextlib
import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import click

from emcollab.render.formats.safe import safe

if sys.platform == "win32":  # pragma: no cover - the suite measures what it reaches on Linux
    import msvcrt

    def _lock(descriptor: int, *, wait: bool) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


Data = bytes | Iterable[bytes]
"""What a file is to hold, or the pieces of it, which can be gone through again."""

Content = str | bytes | Iterable[str]
"""A text, or the pieces of it; or what is no text."""

MANIFEST = "emcollab.sha256"
"""The file of a folder by which its own are known, as `sha256sum --check` reads it."""

_HEADING = "# Written by emcollab. A folder that holds these files and nothing else is replaced whole.\n"
_UNREPLACEABLE = {errno.EBUSY, errno.EACCES, errno.EPERM, errno.EROFS}
"""What the system says of a file that may be written to but not replaced: it is mounted, or its folder is not ours."""
_SHOWN = 3


class ForeignFiles(Exception):  # noqa: N818 - no fault of the program's: something else is there
    """A folder is not as `write_folder` left it, or is none: the message says what is there, for a sentence on it."""


def write_file(target: Path, data: Data) -> None:
    """Write a file; what was there keeps its owner and its rights, and is written into where it cannot be replaced.

    Raises:
        OSError: it cannot be written.
    """
    write_files([(target, data)], target)


def write_files(files: Iterable[tuple[Path, Data]], last: Path) -> None:
    """Write files of one folder as `write_file` does, one after the other; `last` is the path of the last of them.

    Each is asked for when those before it are written. What a run that was ended has left is found by `last`.

    Raises:
        OSError: one cannot be written; those before it are.
    """
    with contextlib.ExitStack() as stack:
        fresh = None
        for target, data in files:
            try:
                fresh = fresh or Path(f"{stack.enter_context(_make_room(last))}.scrap")
                _replace(target, data, fresh)
            except OSError as error:
                if error.errno not in _UNREPLACEABLE or not target.is_file():
                    raise OSError(error.errno, error.strerror, str(target)) from None
                with target.open("r+b") as file:
                    _finish(file, data)


def _replace(target: Path, data: Data, fresh: Path) -> None:
    """Replace a file by one that is made as `fresh`, of which nothing is left where that fails."""
    try:
        _write_down(fresh, data, like=target)
        fresh.replace(target)
    except OSError:
        _remove(fresh)
        raise


def write_folder(target: Path, files: Iterable[tuple[str, Content]]) -> None:
    """Write what `files` hold, by path relative to the folder `target`; a folder written before is replaced whole.

    Raises:
        ForeignFiles: there is something in it that was not written by this function, or was changed since.
        OSError: it cannot be written.
    """
    _refuse_foreign(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        try:
            room = stack.enter_context(_make_room(target))
        except OSError as error:
            if not _has_to_stay(target, error):
                raise
            from tempfile import TemporaryDirectory

            room = str(Path(stack.enter_context(TemporaryDirectory())) / "room")
        scrap, new = Path(f"{room}.scrap"), Path(f"{room}.new")
        _fill(scrap, files)
        if target.exists():
            scrap.chmod(stat.S_IMODE(target.stat().st_mode))
        scrap.rename(new)
        _put_in_place(new, target)


def _put_in_place(new: Path, target: Path) -> None:
    """Replace the folder `target` by `new`, or fill it with what is in that, where it cannot be replaced.

    Raises:
        ForeignFiles: something came into it while the new one was made.
    """
    try:
        replaced = _swap(new, target)
    except OSError as error:
        if not _has_to_stay(target, error):
            raise
        _fill_anew(target, new)
        return
    try:
        _refuse_foreign(replaced)
    except ForeignFiles:
        _swap(replaced, target)
        raise


def _has_to_stay(target: Path, error: OSError) -> bool:
    """Return whether a folder is one that can be written to, but not replaced."""
    return error.errno in {*_UNREPLACEABLE, errno.EXDEV} and target.is_dir()


def _fill_anew(target: Path, whole: Path) -> None:
    """Let a folder hold what the folder `whole` holds, file by file.

    Meanwhile its manifest lists what it held and what it is to hold, so that the next run goes on where this was ended.
    """
    with _make_room(target / MANIFEST) as room, _holding(target):
        _refuse_foreign(target)
        fresh = Path(f"{room}.scrap")
        old, new = _read_manifest(target / MANIFEST), _read_manifest(whole / MANIFEST)
        _replace(target / MANIFEST, _list_digests(old, new), fresh)
        for name in new:
            if name != MANIFEST:
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                _replace(target / name, (whole / name).read_bytes(), fresh)
        for path in sorted(target.rglob("*"), reverse=True):  # what is in a folder comes before it
            name = path.relative_to(target).as_posix()
            if path.is_dir():
                with contextlib.suppress(OSError):  # something is in it
                    path.rmdir()
            elif name in old and name not in new:
                path.unlink()
        _replace(target / MANIFEST, (whole / MANIFEST).read_bytes(), fresh)


@contextlib.contextmanager
def _holding(folder: Path) -> Iterator[None]:
    """Keep other runs that would fill this folder waiting."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # not every system opens folders, nor knows locks
            stack.callback(os.close, held := os.open(folder, os.O_RDONLY))
            _lock(held, wait=True)
        yield


def _list_digests(*manifests: Mapping[str, set[str]]) -> bytes:
    """Return a manifest of what is listed in any of these."""
    lines = {f"{digest}  {name}\n" for listed in manifests for name, digests in listed.items() for digest in digests}
    return "".join([_HEADING, *sorted(lines)]).encode()


def _fill(folder: Path, files: Iterable[tuple[str, Content]]) -> None:
    """Make a folder of files, and the manifest of them."""
    from hashlib import sha256

    folder.mkdir()
    lines = [_HEADING]
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        checksum = sha256()
        _write_down(path, _encode(content, checksum.update))
        lines.append(f"{checksum.hexdigest()}  {name}\n")
    _write_down(folder / MANIFEST, "".join(lines).encode())


def _encode(content: Content, note: Callable[[bytes], None]) -> Iterator[bytes]:
    """Yield the bytes of a file, piece by piece, each of which is noted."""
    for piece in [content] if isinstance(content, str | bytes) else content:
        data = piece.encode() if isinstance(piece, str) else piece
        note(data)
        yield data


def _write_down(path: Path, data: Data, like: Path | None = None) -> None:
    """Write a new file, with the owner and the rights of the file `like`, if there is one."""
    with path.open("xb") as file:
        if like and os.path.exists(like):  # noqa: PTH110 - a `Path` takes longer, and many files are written
            old = like.stat()
            if hasattr(os, "chown"):  # pragma: no branch - Windows has no owners of this kind
                os.chown(path, old.st_uid, old.st_gid)
            path.chmod(stat.S_IMODE(old.st_mode))
        _finish(file, data)


def _finish(file: BinaryIO, data: Data) -> None:
    """Let a file hold `data` alone, so that it is on the disk, not only on its way there."""
    file.writelines([data] if isinstance(data, bytes) else data)
    file.truncate()
    file.flush()
    os.fsync(file.fileno())


# --- putting a folder in its place


def _swap(new: Path, target: Path) -> Path:
    """Put the folder `new` in the place of `target`; return where that is now, if there was one."""
    with contextlib.suppress(OSError):
        new.rename(target)  # there was none, or it was empty
        return new
    if _exchange(new, target):
        return new
    old = new.with_suffix(".old" if new.suffix == ".new" else ".new")
    target.rename(old)
    new.rename(target)  # if this does not come to pass, `_clear` does it
    return old


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders, so that there is one of each name at every moment; return whether the system can."""
    try:
        import ctypes

        system, paths = ctypes.CDLL(None), (os.fsencode(one), os.fsencode(other))
        if sys.platform == "darwin":  # pragma: no cover - the suite measures what it reaches on Linux
            return bool(system.renamex_np(*paths, 2) == 0)  # RENAME_SWAP
        return bool(system.renameat2(-100, paths[0], -100, paths[1], 2) == 0)  # AT_FDCWD, RENAME_EXCHANGE
    except (ImportError, AttributeError, OSError, TypeError):  # no such function, or no such library
        return False


# --- whose files they are


def _refuse_foreign(folder: Path) -> None:
    """Let pass a folder that is as `write_folder` left it, or is empty, or is not there."""
    while os.path.lexists(folder):
        if not folder.is_dir():
            raise ForeignFiles("is there and is no folder")
        before = folder.stat()
        with contextlib.suppress(FileNotFoundError):
            found = list(islice(_find_foreign(folder), _SHOWN + 1))
            if not found:
                return
            if (before.st_ino, before.st_ctime_ns) == ((after := folder.stat()).st_ino, after.st_ctime_ns):
                more = " and more" if found[_SHOWN:] else ""
                raise ForeignFiles(f"holds {', '.join(found[:_SHOWN])}{more}, which would be lost")
        # Another run replaced it meanwhile: what was seen was of two folders.


def _find_foreign(folder: Path) -> Iterator[str]:
    """Yield, for a sentence, what in a folder is not as `write_folder` left it. No link is followed."""
    digests = _read_manifest(folder / MANIFEST)
    folders = {parent.as_posix() for name in digests for parent in Path(name).parents}

    def look(within: str) -> Iterator[str]:
        with os.scandir(folder / within) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            name = f"{within}{entry.name}"
            if entry.is_dir(follow_symlinks=False) and name in folders:
                yield from look(f"{name}/")
            elif _LEFT_WITHIN.fullmatch(name):
                continue
            elif name not in digests or not entry.is_file(follow_symlinks=False):
                yield f"'{name}/'" if entry.is_dir(follow_symlinks=False) else f"'{name}'"
            elif name != MANIFEST and _digest(Path(entry.path)) not in digests[name]:
                yield f"'{name}' (changed since it was written)"

    return look("")


def _is_complete(folder: Path) -> bool:
    """Return whether there is a manifest in a folder, and all that it lists."""
    digests = _read_manifest(folder / MANIFEST)
    return bool(digests) and all((folder / name).is_file() for name in digests)


_LEFT_WITHIN = re.compile(rf"\.{re.escape(MANIFEST)}\.emcollab-[0-9a-f]{{8}}([.]scrap)?")
"""What `_fill_anew` leaves where it is ended."""


def _read_manifest(path: Path) -> dict[str, set[str]]:
    """Return the digests of the files that a manifest lists, and of itself none; nothing if it is none."""
    if path.is_symlink() or not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8", errors="replace")
    if not re.fullmatch(rf"{re.escape(_HEADING)}(?:[0-9a-f]{{64}}  [^\n]+\n)*", text):
        return {}
    digests: dict[str, set[str]] = {MANIFEST: set()}
    for line in text.split("\n")[1:-1]:
        digests.setdefault(line[66:], set()).add(line[:64])
    return digests


def _digest(path: Path) -> str:
    from hashlib import file_digest

    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


# --- the name beside it, and what a run that was ended left there


@contextlib.contextmanager
def _make_room(target: Path) -> Iterator[str]:
    """Give a path beside `target` that is nobody else's; clear up what was made there, and what others left."""
    start = f".{target.name[:50]}.emcollab-"
    for room in _list_rooms(target.parent, start):
        # Somebody may be at work in it, or it belongs to somebody else.
        with contextlib.suppress(OSError), open(room, "ab", opener=_open_left) as left:
            _lock(left.fileno(), wait=False)
            _clear(room, target)
            try:
                os.unlink(room)  # noqa: PTH108 - `room` is a text; while it is locked, lest who waits for it take it
            except PermissionError:  # pragma: no cover - Windows removes nothing that is open
                left.close()
                os.unlink(room)  # noqa: PTH108 - `room` is a text
    lock = _take_name(os.path.join(target.parent, start))  # noqa: PTH118 - the path is asked for as a text
    try:
        yield lock.name
    finally:
        _clear(lock.name, target)
        lock.close()  # before it is removed, as Windows will have it
        Path(lock.name).unlink(missing_ok=True)


def _open_left(path: str, flags: int) -> int:
    """Open the file of a name, or make it; what is there and is no file, as a link, is nobody's name.

    Raises:
        OSError: it cannot be opened.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode if os.path.lexists(path) else stat.S_IFREG):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)  # it may have become a link meanwhile


def _list_rooms(folder: Path, start: str) -> set[str]:
    """Return the paths in a folder that runs have taken for their own, and that begin like this."""
    pattern = re.compile(rf"({re.escape(start)}[0-9a-f]{{8}})([.](scrap|new|old))?")
    try:
        names = os.listdir(folder)  # noqa: PTH208 - a name is all that is asked
    except OSError:  # there are folders that may be written to and not listed
        return set()
    return {os.path.join(folder, found[1]) for name in names if (found := pattern.fullmatch(name))}  # noqa: PTH118 - paths are asked for as texts


def _take_name(start: str) -> BinaryIO:
    """Return a new file, open and locked, whose path begins with `start`."""
    while True:
        lock: BinaryIO = open(f"{start}{os.urandom(4).hex()}", "xb")  # noqa: PTH123, SIM115 - the path is asked for as a text
        with contextlib.suppress(OSError):  # not every disk knows locks; there nobody takes it for left behind
            _lock(lock.fileno(), wait=True)
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(lock.fileno()), os.lstat(lock.name)):
                return lock
        lock.close()  # taken for left behind, and removed, before it was locked


def _clear(room: str, target: Path) -> None:
    """Remove what is called after `room`; but a whole folder goes to the target's place, if nothing is there.

    A run that could not exchange was ended between moving the old one away and putting the new one there. What is not
    ours is neither removed nor put anywhere.
    """
    scrap = Path(f"{room}.scrap")
    _remove(scrap)
    for whole in (Path(f"{room}.new"), Path(f"{room}.old")):
        with contextlib.suppress(OSError):
            if whole.is_symlink() or any(_find_foreign(whole)):
                click.echo(safe(f"{whole} is left as it is: something in it was not written by emcollab"), err=True)
            elif not os.path.lexists(target) and _is_complete(whole):
                whole.rename(target)
            else:
                whole.rename(scrap)
        _remove(scrap)


def _remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if it is there and the system lets it go."""
    shutil.rmtree(path, ignore_errors=True)
    with contextlib.suppress(OSError):
        path.unlink()
