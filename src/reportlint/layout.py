"""Cells of a text in any layout: by lines, pipes and tabs, and by blanks inside them.

How a table was flattened is an accident of extraction, so no layout is detected: pipes, tabs
and line ends all part cells, and a cell's words may turn out to be several cells of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_EVENT = re.compile(r"(?P<line>\n[\n \t]*)|(?P<wall>[ ]*[|\t][|\t ]*)|(?P<word>[^\s|]+)")
_RULE = re.compile(r"[-=_—―─━+:*·.…]{3,}|:?-{2,}:?")
_PAGE = re.compile(r"[-—–·]+\d{1,4}[-—–·]+|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/共?\d{1,4}页|[Pp]age\d{1,4}(?:of\d{1,4})?")
_STOP = re.compile("[。;…]|(?<=[\u3400-\u9fff])[?!]|,.{12,},")
PROSE_LENGTH = 60


@dataclass(slots=True)
class Cell:
    """A run of text without line end, pipe or tab, in folded offsets.

    `words` are its parts between blanks. `line` counts non-empty lines, `gap` the line ends
    before it (0 inside a line), `walls` the empty cells between it and the cell before it on
    its line, `last` whether it ends its line.
    """

    start: int
    end: int
    words: list[tuple[int, int]]
    line: int
    gap: int
    walls: int
    alone: bool = True


def cells(folded: str) -> list[Cell]:
    """The cells of a folded text, in order; rules (----) and page numbers (- 3 -) left out."""
    found: list[Cell] = []
    current: Cell | None = None
    line, gap, walls = 0, 1, 0
    for match in _EVENT.finditer(folded):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "word":
            if current is None:
                current = Cell(start, end, [(start, end)], line, gap, walls)
                found.append(current)
                gap = 0
            else:
                current.words.append((start, end))
                current.end = end
        elif kind == "wall":
            bars = match[0].count("|") or match[0].count("\t")
            walls = bars - 1 if gap == 0 else 0
            current = None
        else:
            line += 1
            gap += match[0].count("\n")
            current, walls = None, 0
    return list(_mark_alone(found, folded))


def _mark_alone(found: list[Cell], folded: str) -> Iterator[Cell]:
    for index, cell in enumerate(found):
        before = index and found[index - 1].line == cell.line
        after = index + 1 < len(found) and found[index + 1].line == cell.line
        cell.alone = not before and not after
        if cell.end - cell.start == 1:
            yield cell
            continue
        if _RULE.fullmatch(folded, cell.start, cell.end):
            continue
        if cell.alone and len(cell.words) <= 4 and _PAGE.fullmatch("".join(folded[a:b] for a, b in cell.words)):
            continue
        yield cell


def is_prose(folded: str, cell: Cell) -> bool:
    """Whether a cell reads as sentences rather than as a label or figures."""
    length = cell.end - cell.start
    if length < 4:
        return False
    if length > PROSE_LENGTH and len(cell.words) < 5:
        return True
    return _STOP.search(folded, cell.start, cell.end) is not None
