"""Which line of a TOML file a key stands on; tomllib does not tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_FENCE = re.compile("\"\"\"|'''")


def key_lines(text: str) -> dict[str, int]:
    """The 1-based line of each table and key that is written out: a.b, and a.0.b in an array of tables."""
    found: dict[str, int] = {}
    for path, line in _keys(text):
        found.setdefault(path, line)
    return found


def line_of(lines: dict[str, int], path: str) -> int | None:
    """The line of a key, or of the nearest table or key around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path.rpartition(".")[0]
    return None


def _keys(text: str) -> Iterator[tuple[str, int]]:
    table: tuple[str, ...] = ()
    counts: Counter[tuple[str, ...]] = Counter()
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        was_inside = inside
        inside ^= len(_FENCE.findall(line)) % 2 == 1
        if was_inside:
            continue
        if header := _HEADER.match(line):
            table = _numbered(tuple(_names(header[2])), counts)
            if header[1] == "[[":
                yield ".".join(table), number
                table = (*table, str(counts[table]))
                counts[table[:-1]] += 1
            yield ".".join(table), number
        elif key := _KEY.match(line):
            names = tuple(_names(key[1]))
            for count in range(1, len(names) + 1):
                yield ".".join((*table, *names[:count])), number


def _numbered(names: tuple[str, ...], counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """A header's names, with the number of the array's last table behind each array that it is inside."""
    path: tuple[str, ...] = ()
    for name in names[:-1]:
        path = (*path, name)
        if counts[path]:
            path = (*path, str(counts[path] - 1))
    return (*path, *names[-1:])


def _names(text: str) -> Iterator[str]:
    yield from (part.strip("\"'") for part in _PART.findall(text))
