"""Writes files so that a reader, and a run cut off at any moment, sees the old or the new one whole.

The new text goes into a temporary file in the same folder, which is then renamed over the old one.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from hashlib import sha256
from pathlib import Path
from typing import TextIO

from reportlint.late import Late
from reportlint.reading import read_bytes
from reportlint.source import digest_of

if sys.platform != "win32":
    import fcntl

_MOST_BYTES = 64 * 1024 * 1024
_OURS = Late(r"\.reportlint-[0-9a-f]{16}\.tmp")
# Windows neither renames nor removes a file that is open, so there being open is lock enough.
_HELD_WHILE_RENAMED = sys.platform != "win32"


class Locked(OSError):
    """Another run is writing the same file at this moment."""


class Changed(OSError):
    """The file is no longer what it was when it was read."""


class ReadOnly(PermissionError):
    """The file may not be written to."""


def write_atomically(path: str, data: bytes, digest: str | None = None, real: str | None = None) -> None:
    """Replace a file's content; its mode and owner are kept and a symbolic link stays one.

    Raises Changed where the file is no longer the one of `digest` (see source.digest_of), or the path
    does not lead to `real` as it did when it was listed; ReadOnly for a file that is read-only, Locked,
    and OSError where it cannot be written.
    """
    target = Path(os.path.realpath(path))
    if real is not None and str(target) != real:
        raise Changed("it leads elsewhere")
    old = target.stat() if target.exists() else None
    if old is not None and not stat.S_ISREG(old.st_mode):
        raise OSError("not a regular file")
    # The superuser may write anything; that a file is read-only still means something.
    if old is not None and (not old.st_mode & 0o222 or not os.access(target, os.W_OK)):
        raise ReadOnly("read-only")
    temporary = _temporary(target)
    with _locked(temporary) as file:
        try:
            _fill(file, data)
            _take_over(temporary, target, old)
            if digest is not None and digest_of(read_bytes(target, _MOST_BYTES)) != digest:
                raise Changed("it changed")
            if real is not None and os.path.realpath(path) != real:
                raise Changed("it leads elsewhere")
            if _HELD_WHILE_RENAMED:
                os.replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
    if not _HELD_WHILE_RENAMED:
        os.replace(temporary, target)


def _fill(file: int, data: bytes) -> None:
    """Write a file from its beginning, down to the disk."""
    os.ftruncate(file, 0)
    with os.fdopen(os.dup(file), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(file)


def _take_over(temporary: Path, target: Path, old: os.stat_result | None) -> None:
    """Give a temporary file the mode, owner and attributes of the one that it is to replace."""
    if old is None:
        os.chmod(temporary, 0o666 & ~_umask())
        return
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(temporary, old.st_uid, old.st_gid)
    shutil.copystat(target, temporary)
    os.utime(temporary)


@contextmanager
def replacing(path: str) -> Iterator[TextIO]:
    """A text file, in UTF-8, that takes the place of another one once it is whole; a pipe or a device is written to.

    Raises OSError where it cannot be written; then the old one is as it was.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        return
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise ReadOnly(errno.EACCES, os.strerror(errno.EACCES), path)
    file, temporary = tempfile.mkstemp(prefix=".reportlint-", suffix=".part", dir=os.path.dirname(target))
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        if os.path.exists(target):
            shutil.copymode(target, temporary)
        else:
            os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def sweep(folder: str) -> None:
    """Remove the temporary files that runs which were cut off left in a folder."""
    with suppress(OSError):
        for entry in os.scandir(folder or "."):
            if _OURS.fullmatch(entry.name):
                with suppress(OSError), _locked(Path(entry.path)) if _HELD_WHILE_RENAMED else nullcontext():
                    os.unlink(entry.path)


def _temporary(target: Path) -> Path:
    """The one temporary name of a file: short however long its own name is."""
    digest = sha256(os.fsencode(target.name)).hexdigest()[:16]
    return target.with_name(f".reportlint-{digest}.tmp")


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file, made if need be, which no other run can hold; raises Locked."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Locked(f"another run is writing {path}") from None
            held = os.fstat(file)
            if not path.exists() or not os.path.samestat(held, path.stat()):
                raise Locked(f"another run is writing {path}")
            if held.st_nlink != 1 or not stat.S_ISREG(held.st_mode):
                raise PermissionError(errno.EPERM, "what is in the place of its temporary file is not ours", str(path))
        yield file
    finally:
        os.close(file)


def _umask() -> int:
    value = os.umask(0)
    os.umask(value)
    return value
