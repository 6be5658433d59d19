"""Which files a command line names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from typing import NamedTuple

SUFFIXES = (".txt", ".text", ".md", ".markdown")
STDIN = "-"


class Target(NamedTuple):
    """A file to check; `named` is set when the user named it rather than its folder."""

    path: str
    named: bool


def expand(paths: Sequence[str], exclude: Sequence[str]) -> list[Target]:
    """The files of `paths` in stable order, each once; folders recursed by known suffixes.

    Hidden folders are left out. A glob of `exclude` is matched against the path, its name and
    every folder in it; it does not apply to files that are named.
    """
    found: dict[str, Target] = {}
    for path in paths:
        targets = [Target(path, True)] if path == STDIN or not os.path.isdir(path) else _walk(path, exclude)
        for target in targets:
            # One file by two paths, through a link or ./, is one file.
            name = STDIN if target.path == STDIN else os.path.realpath(target.path)
            known = found.get(name)
            if known is None or (target.named and not known.named):
                found[name] = target
    return sorted(found.values(), key=lambda target: os.fsencode(target.path))


def _walk(folder: str, exclude: Sequence[str]) -> Iterator[Target]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(
            d for d in folders if not d.startswith(".") and not _excluded(os.path.join(root, d), exclude)
        )
        for name in names:
            path = os.path.join(root, name)
            if name.lower().endswith(SUFFIXES) and not _excluded(path, exclude):
                yield Target(path, False)


def _excluded(path: str, exclude: Sequence[str]) -> bool:
    path = os.path.normpath(path)
    return any(fnmatch(path, glob) or fnmatch(os.path.basename(path), glob.rstrip("/")) for glob in exclude)
