"""Changes of bytes, put into them together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Change(NamedTuple):
    """Some bytes of the part that holds the text, and what is to stand in their place."""

    start: int
    end: int
    new: bytes


def spliced(xml: bytes, changes: Iterable[Change]) -> bytes:
    """Bytes with changes that do not overlap; several at one place stay in their order."""
    parts, done = [], 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        parts += [xml[done:start], new]
        done = end
    return b"".join([*parts, xml[done:]])
