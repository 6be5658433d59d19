"""Bars on standard error, at a terminal, while something takes long: many files, or the pages of a scan."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from reportlint.characters import visible
from reportlint.reading import watched
from reportlint.run.targets import Target

_MANY_FILES = 50


def by_file(targets: Sequence[Target], wanted: bool) -> Iterator[Target]:
    """The targets, with a bar where they are many, and with one over the pages of each scan where they are few."""
    if not wanted or not sys.stderr.isatty():
        yield from targets
    elif len(targets) < _MANY_FILES:
        for target in targets:
            with by_page():
                yield target
    else:
        from rich.console import Console
        from rich.progress import track

        yield from track(targets, "", console=Console(stderr=True), transient=True)


@contextmanager
def by_page() -> Iterator[None]:
    """Show which page of how many is read while scans are read inside."""
    if not sys.stderr.isatty():
        yield
        return
    shown = False

    def tell(path: str, page: int, count: int) -> None:
        nonlocal shown
        shown = True
        sys.stderr.write(f"\r\x1b[K{visible(path)} {page}/{count}")
        sys.stderr.flush()

    token = watched.set(tell)
    try:
        yield
    finally:
        watched.reset(token)
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
