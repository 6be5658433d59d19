"""Writes files so that a reader, and a run cut off at any moment, sees the old or the new one whole.

The new text goes into a temporary file in the same folder, which is then renamed over the old one.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from hashlib import sha256
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX, _SUFFIX = ".reportlint-", ".tmp"
# Windows neither renames nor removes a file that is open, so there being open is lock enough.
_HELD_WHILE_RENAMED = sys.platform != "win32"


class Locked(OSError):
    """Another run is writing the same file at this moment."""


def write_atomically(path: str, data: bytes) -> None:
    """Replace a file's content; its mode is kept and a symbolic link stays one.

    Raises PermissionError for a file that is read-only, OSError where it cannot be written.
    """
    target = Path(os.path.realpath(path))
    old = target.stat() if target.exists() else None
    if old is not None and not stat.S_ISREG(old.st_mode):
        raise OSError("not a regular file")
    # The superuser may write anything; that a file is read-only still means something.
    if old is not None and (not old.st_mode & 0o222 or not os.access(target, os.W_OK)):
        raise PermissionError("read-only")
    temporary = _temporary(target)
    try:
        with _locked(temporary) as file:
            os.ftruncate(file, 0)
            with os.fdopen(os.dup(file), "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(file)
            if old is not None:
                shutil.copystat(target, temporary)
                os.utime(temporary)
            else:
                os.chmod(temporary, 0o666 & ~_umask())
            if _HELD_WHILE_RENAMED:
                os.replace(temporary, target)
        if not _HELD_WHILE_RENAMED:
            os.replace(temporary, target)
    except Locked:
        raise
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def sweep(folder: str) -> None:
    """Remove the temporary files that runs which were cut off left in a folder."""
    with suppress(OSError):
        for entry in os.scandir(folder or "."):
            if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX):
                with suppress(OSError), _locked(Path(entry.path)) if _HELD_WHILE_RENAMED else nullcontext():
                    os.unlink(entry.path)


def _temporary(target: Path) -> Path:
    """The one temporary name of a file: short however long its own name is."""
    digest = sha256(os.fsencode(target.name)).hexdigest()[:16]
    return target.with_name(f"{_PREFIX}{digest}{_SUFFIX}")


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
            if not path.exists() or not os.path.samestat(os.fstat(file), path.stat()):
                raise Locked(f"another run is writing {path}")
        yield file
    finally:
        os.close(file)


def _umask() -> int:
    value = os.umask(0)
    os.umask(value)
    return value
