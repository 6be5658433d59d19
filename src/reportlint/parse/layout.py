"""Cells of a text in any layout: by lines, pipes and tabs, and by blanks inside them.

How a table was flattened is an accident of extraction, so no layout is detected: pipes, tabs
and line ends all part cells, and a cell's words may turn out to be several cells of a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportlint.text.measures import BEHIND_FIGURES

_WORD = re.compile(r"[^\s|]+")
_WALLED = re.compile(r"[^|\t]+")
_RULE = re.compile(r"[-=_—―+:*·.…\u2500-\u257f]{3,}|:?-{2,}:?|\*(?:[ \t]*\*){2,}|[\u2500-\u257f]+")
_PAGE = re.compile(
    r"[-—–·]+\d{1,4}[-—–·]+|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/共?\d{1,4}页|[Pp]age\d{1,4}(?:of\d{1,4})?"
)
_STOP = re.compile(
    f"[。;…]|(?<=[\u3400-\u9fff])[?!]|,[^\\s|]{{12,}},(?!\\d{{3}}(?!\\d))|\\d[ ]?{BEHIND_FIGURES}[ ]?[,、](?![ ]?\\d)"
)
"""A stop, or a figure with its measure word that a sentence goes on behind: 办结 51 件,."""
_GOES_ON = re.compile(f"{BEHIND_FIGURES}[,、。;]")
"""A sentence whose figure stands on the line before."""
PROSE_LENGTH = 60
MOST_WORDS = 20_000
"""A report has some hundreds; work on hostile files is bounded by this."""


class TooLong(Exception):
    """A text of more words and cells than any report has."""


@dataclass(slots=True)
class Segment:
    """A run of text without line end, pipe or tab, in folded offsets.

    `words` are its parts between blanks. `line` counts non-empty lines, `gap` the line ends
    before it (0 inside a line), `walls` the empty cells between it and the cell before it on
    its line; `alone` is set where it is the only cell of its line, `split` where it is a part of one.
    """

    start: int
    end: int
    words: list[tuple[int, int]]
    line: int
    gap: int
    walls: int
    alone: bool = True
    split: bool = False


def cells(folded: str) -> list[Segment]:
    """The cells of a folded text, in order; rules (----) and page numbers (- 3 -) left out.

    Raises TooLong for a text of more than MOST_WORDS words and cells.
    """
    found: list[Segment] = []
    start, number, gap, words = 0, 0, 1, 0
    for line in folded.split("\n"):
        if line and not line.isspace():
            if len(line) > MOST_WORDS and sum(1 for _ in _WORD.finditer(line)) > MOST_WORDS:
                raise TooLong
            made = _line(folded, line, start, number, gap)
            words += sum(len(cell.words) for cell in made)
            if words > MOST_WORDS:
                raise TooLong
            found.extend(made)
            number, gap = number + 1, 1
        else:
            gap += 1
        start += len(line) + 1
    return found


def _line(folded: str, line: str, start: int, number: int, gap: int) -> list[Segment]:
    if "|" not in line and "\t" not in line.strip():
        cell = _cell(folded, start, start + len(line), number, gap, 0)
        return [cell] if cell and not _is_page_number(folded, cell) else []
    found: list[Segment] = []
    empty = behind = 0
    for part in _WALLED.finditer(line):
        # The walls between two cells, less one, are empty cells; blank parts are walls too.
        empty += part.start() - behind
        cell = _cell(folded, start + part.start(), start + part.end(), number, 0 if found else gap, max(0, empty - 1))
        behind = part.end()
        if cell is not None:
            found.append(cell)
            empty = 0
    for cell in found:
        cell.alone = len(found) == 1
    return found


def _cell(folded: str, start: int, end: int, line: int, gap: int, walls: int) -> Segment | None:
    words = [match.span() for match in _WORD.finditer(folded, start, end)]
    if not words:
        return None
    first, last = words[0][0], words[-1][1]
    if last - first > 1 and _RULE.fullmatch(folded, first, last):
        return None
    return Segment(first, last, words, line, gap, walls)


def _is_page_number(folded: str, cell: Segment) -> bool:
    if len(cell.words) > 4 or cell.end - cell.start > 24:
        return False
    if len(cell.words) == 3 and folded[slice(*cell.words[1])] in "/-—" and folded[slice(*cell.words[2])].isdigit():
        return folded[slice(*cell.words[0])].isdigit()  # 5 / 8
    return _PAGE.fullmatch("".join(folded[a:b] for a, b in cell.words)) is not None


def is_prose(folded: str, cell: Segment) -> bool:
    """Whether a cell reads as sentences rather than as a label or figures."""
    if cell.end - cell.start < 4:
        return False
    if len(cell.words) < 5 and sum(end - start for start, end in cell.words) > PROSE_LENGTH:
        return True
    goes_on = cell.alone and _GOES_ON.match(folded, cell.start, cell.end) is not None
    return goes_on or _STOP.search(folded, cell.start, cell.end) is not None
