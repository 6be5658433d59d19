"""Reads a file's bytes, bounded, and without waiting for what may never come."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextvars import ContextVar

_PIECE = 2**20
watched: ContextVar[Callable[[str, int, int], None] | None] = ContextVar("watched", default=None)
"""Told of each page of a file whose pages take long: the path, the page and how many there are."""


def tell_page(path: str, page: int, count: int) -> None:
    """Tell whoever watches that a page's turn has come."""
    watcher = watched.get()
    if watcher is not None:
        watcher(path, page, count)


def is_regular(path: str | os.PathLike[str]) -> bool:
    """Whether a path leads to an ordinary file, one that can be read twice: a pipe cannot."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def read_bytes(path: str | os.PathLike[str], limit: int, waits: bool = False) -> bytes:
    """A file's bytes; of a larger one than `limit` one byte more than that.

    Only with `waits` may it be a pipe or a device; else that is an OSError, whatever the path was
    a moment ago.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    file = os.open(path, flags if waits else flags | getattr(os, "O_NONBLOCK", 0))
    try:
        found = os.fstat(file)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not waits and not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file", str(path))
        # Room for as much as is asked for is made beforehand; what grows, or has no size, is read to its end.
        data = os.read(file, min(limit, found.st_size) + 1)
        if len(data) == found.st_size:
            return data
        return data + b"".join(_rest(file, limit + 1 - len(data)))
    finally:
        os.close(file)


def _rest(file: int, most: int) -> Iterator[bytes]:
    """What is left of a file, at most so many bytes."""
    while most > 0 and (data := os.read(file, min(most, _PIECE))):
        yield data
        most -= len(data)
