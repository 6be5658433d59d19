"""Which files a command line names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

STDIN = "-"
Excluded = Callable[[str, bool], bool]
"""Whether a path is left out; the second argument says whether it is a folder."""


class Target(NamedTuple):
    """A file to check; `named` is set when the user named it rather than its folder."""

    path: str
    named: bool


class Stamp(NamedTuple):
    """What tells that a file changed: its time, in nanoseconds, and its size."""

    time: int
    size: int


def stamp(path: str) -> Stamp | None:
    """That of a file as it is now; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return Stamp(status.st_mtime_ns, status.st_size)


def expand(
    paths: Sequence[str], suffixes: tuple[str, ...], excluded: Excluded, most: int | None = None
) -> list[Target]:
    """The files of `paths` in stable order, each once; folders recursed by those suffixes.

    Hidden folders are left out. What is `excluded` is left out of folders; it does not apply to
    files that are named. With `most` the search ends behind so many files in a folder.
    """
    found: dict[str, Target] = {}
    for path in paths:
        walk = path != STDIN and os.path.isdir(path)
        for target in islice(_walk(path, suffixes, excluded), most) if walk else [Target(path, True)]:
            # One file by two paths, through a link or ./, is one file.
            name = STDIN if target.path == STDIN else os.path.realpath(target.path)
            known = found.get(name)
            if known is None or (target.named and not known.named):
                found[name] = target
    return sorted(found.values(), key=lambda target: os.fsencode(target.path))


def _walk(folder: str, suffixes: tuple[str, ...], excluded: Excluded) -> Iterator[Target]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(d for d in folders if not d.startswith(".") and not excluded(os.path.join(root, d), True))
        for name in names:
            path = os.path.join(root, name)
            # A pipe would be waited for without end.
            if name.lower().endswith(suffixes) and not excluded(path, False) and not _is_special(path):
                yield Target(path, False)


def _is_special(path: str) -> bool:
    """Whether a path is there and neither a file nor a folder: a pipe, a device."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)
