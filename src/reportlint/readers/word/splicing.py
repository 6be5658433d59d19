"""Changes of bytes, put into them together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportlint.readers.word.blocks import Run
from reportlint.tuples import NamedTuple

_BLANK = b" \t\r\n"


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


def keeping_blanks(xml: bytes, run: Run) -> list[Change]:
    """What makes a text show blanks at the ends of its parts, and none that it did not show before."""
    start, end = run.text
    if run.keeps or end <= start:
        return []
    inside = xml[end : run.close]
    lead = len(inside) - len(inside.lstrip(_BLANK))
    tail = len(inside.rstrip(_BLANK))
    told = re.search(rb'\sxml:space\s*=\s*(?:"[^"]*"|\'[^\']*\')', xml[start:end])
    at = (start + told.start(), start + told.end()) if told else (end - 1, end - 1)
    changes = [Change(*at, b' xml:space="preserve"')]
    if lead:
        changes.append(Change(end, end + lead, b""))
    if lead < tail < len(inside):
        changes.append(Change(end + tail, run.close, b""))
    return changes
