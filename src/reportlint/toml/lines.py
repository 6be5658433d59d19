"""Which line of a TOML file a key stands on; tomllib does not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportlint.late import Late

_HEADER = Late(r"(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY = Late(rf"({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART = Late(_NAME)
# In the order in which they may begin: a fence, a string, a comment.
_QUOTED = Late(r"""\"{3}|'{3}|"(?:[^"\\]|\\.)*"|'[^']*'|#.*""")
_DEEPEST = 8
"""No key of ours is deeper; what is, is another program's or hostile."""


def key_lines(text: str) -> dict[str, int]:
    """The 1-based line of each table and key that is written out: a.b, and a.0.b in an array of tables."""
    found: dict[str, int] = {}
    for path, line in _keys(text):
        found.setdefault(path, line)
    return found


def line_of(lines: dict[str, int], path: str) -> int | None:
    """The line of a key, or of the nearest table or key around it."""
    # [rules.term] states rules without a line of its own.
    inside = next((line for key, line in lines.items() if key.startswith(f"{path}.")), None)
    while path:
        if path in lines:
            return lines[path]
        if inside is not None:
            return inside
        path = path.rpartition(".")[0]
    return None


def _keys(text: str) -> Iterator[tuple[str, int]]:
    table: tuple[str, ...] = ()
    counts: Counter[tuple[str, ...]] = Counter()
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        inside, fence = bool(fence), _fence_after(line, fence)
        line = line.strip()
        if inside:
            continue
        if header := _HEADER.fullmatch(line):
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


def _fence_after(line: str, fence: str) -> str:
    """The quotes of the text over several lines that is open behind a line, or nothing."""
    at = 0
    while at < len(line):
        if fence:
            end = line.find(fence, at)
            if end < 0:
                return fence
            at, fence = end + len(fence), ""
        elif quoted := _QUOTED.search(line, at):
            at = quoted.end()
            fence = quoted[0] if len(quoted[0]) == 3 and quoted[0][0] in "\"'" and len(set(quoted[0])) == 1 else ""
        else:
            break
    return fence


def _numbered(names: tuple[str, ...], counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """A header's names, with the number of the array's last table behind each array that it is inside."""
    path: tuple[str, ...] = ()
    for name in names[:-1]:
        path = (*path, name)
        if counts[path]:
            path = (*path, str(counts[path] - 1))
    return (*path, *names[-1:])


def _names(text: str) -> Iterator[str]:
    yield from (part.strip("\"'") for part in _PART.findall(text)[:_DEEPEST])
