"""Progress on standard error, at a terminal: a bar over many files, a line over few and over the pages of each."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from reportlint.characters import printable
from reportlint.output.excerpt import columns
from reportlint.reading import watched
from reportlint.run.targets import Target

_MANY_FILES = 50
_SOON = 0.5
"""Seconds after which it is worth saying which file a run is at."""


def by_file(targets: Sequence[Target], wanted: bool) -> Iterator[Target]:
    """The targets, with a bar where they are many."""
    if not wanted or not sys.stderr.isatty() or len(targets) < _MANY_FILES:
        yield from targets
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(targets, "", console=Console(stderr=True), transient=True)


class Line:
    """A line that says which of `count` files, and which page of it, is being read; for so many that have no bar."""

    def __init__(self, count: int, wanted: bool = True) -> None:
        self._count = count
        self._wanted = wanted and count < _MANY_FILES and sys.stderr.isatty()
        self._started = monotonic()

    @contextmanager
    def over(self, number: int, path: str) -> Iterator[None]:
        """Show the line while a file is read inside; it is gone behind, so that other things can be written."""
        if not self._wanted:
            yield
            return
        told = f"{number + 1}/{self._count} " if self._count > 1 else ""
        is_shown = False

        def show(path: str, pages: str = "") -> None:
            nonlocal is_shown
            is_shown = True
            sys.stderr.write(f"\r\x1b[K{told}{_shortened(printable(path), columns(told + pages))}{pages}")
            sys.stderr.flush()

        if self._count > 1 and monotonic() - self._started > _SOON:
            show(path)
        token = watched.set(lambda path, page, count: show(path, f" {page}/{count}"))
        try:
            yield
        finally:
            watched.reset(token)
            if is_shown:
                sys.stderr.write("\r\x1b[K")
                sys.stderr.flush()


def _shortened(name: str, beside: int) -> str:
    """The end of a name that fits on a line of the terminal with so many columns `beside` it."""
    room = _width() - beside - 1
    while len(name) > 1 and columns(name) > room:
        name = f"…{name[2:]}" if name.startswith("…") else f"…{name[1:]}"
    return name


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return 80
