"""What a repository keeps out of version control (.gitignore): a run over folders leaves it out too."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from reportlint.config import globs
from reportlint.reading import read_bytes

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAME = ".gitignore"
_NEVER = frozenset({"node_modules"})
"""Folders that hold packages of others, whether they are ignored or not."""
_MOST_BYTES, _MOST_LINES = 65_536, 2_000


class Ignored:
    """What is ignored below a folder, by the files in it and in those around it up to the repository's own."""

    def __init__(self, folder: str) -> None:
        self._top = repository(os.path.abspath(folder))

    def leaves_out(self, path: str, is_folder: bool) -> bool:
        """Whether a file or a folder is ignored; what is in an ignored folder is not asked for."""
        if is_folder and os.path.basename(os.path.abspath(path)) in _NEVER:
            return True
        if self._top is None:
            return False
        whole = os.path.abspath(path)
        folder = os.path.dirname(whole)
        while True:
            spec = _spec(folder)
            if spec is not None:
                inside = os.path.relpath(whole, folder).replace(os.sep, "/") + "/" * is_folder
                answer = spec.check_file(inside).include
                if answer is not None:
                    return answer
            if folder == self._top or folder == os.path.dirname(folder):
                return False
            folder = os.path.dirname(folder)


def repository(folder: str) -> str | None:
    """The folder around a folder that is a repository, or itself."""
    while not os.path.exists(os.path.join(folder, ".git")):
        if folder == os.path.dirname(folder):
            return None
        folder = os.path.dirname(folder)
    return folder


@cache
def _spec(folder: str) -> GitIgnoreSpec | None:
    """What the file in a folder says; lines that would take long to match count as not written."""
    try:
        data = read_bytes(os.path.join(folder, _NAME), _MOST_BYTES)
    except OSError:
        return None
    from pathspec import GitIgnoreSpec

    lines = data[:_MOST_BYTES].decode("utf-8", "replace").splitlines()[:_MOST_LINES]
    return GitIgnoreSpec.from_lines(line for line in lines if _is_plain(line))


def _is_plain(line: str) -> bool:
    try:
        globs.check(line)
    except globs.BadGlob:
        return False
    return True


def forget() -> None:
    """Forget what was read; it may have changed."""
    _spec.cache_clear()
