"""Cells of a text in any layout: by lines, pipes and tabs, and by blanks inside them.

How a table was flattened is an accident of extraction, so no layout is detected: pipes, tabs
and line ends all part cells, and a cell's words may turn out to be several cells of a table.
"""

from __future__ import annotations

from functools import lru_cache

from reportlint.characters import IDEOGRAPH, members
from reportlint.late import Late
from reportlint.records import record
from reportlint.text.measures import BEHIND_FIGURES
from reportlint.tuples import NamedTuple

_WORD = Late(r"[^\s|]+")
_WALLED = Late(r"[^|\t]+")
_CSV = Late(
    r"([^。;\n]{1,80}[^\s\d,]|\d{1,9}(?=(?:,\d{1,9}){4}))((?:,\d{1,9}){2,})"
    r"|([^。;:,()\[\]“”\"《》\n]{1,24}[^\s\d])(,(?!20\d\d$)\d{1,6})"
)
"""A row as programs write it that part cells by commas: 规章,0,0,0; with one figure no end of a line of a sentence."""
_NAMED = Late(r"《[^《》|\t]+\|[^《》\t]+》|“[^“”|\t]+\|[^“”\t]+”")
"""A name with a bar in it, which is no wall: 《现场直击|防汛进行时》."""
_RULE = Late(r"[-=_—―+:*·.…\u2500-\u257f]{3,}|:?-{2,}:?|\*(?:[ \t]*\*){2,}|[\u2500-\u257f]+")
_RULE_BEGINS = members("-=_—―+:*·.…\u2500-\u257f") | {"-"}
_PAGE = Late(
    r"[-—–·]+\d{1,4}[-—–·]+|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/共?\d{1,4}页|[Pp]age\d{1,4}(?:of\d{1,4})?"
)
_PAGE_BEGINS = frozenset("-—–·第Pp0123456789")
_STOP = Late(
    f'[。;…]|(?<={IDEOGRAPH})(?:!|[?](?!{IDEOGRAPH}|["”)]|$))'
    f"|,[^\\s|]{{12,}},(?!\\d{{3}}(?!\\d))|\\d[ ]?{BEHIND_FIGURES}[ ]?[,、](?![ ]?\\d)"
)
"""A stop, or a figure with its measure word that a sentence goes on behind: 办结 51 件,.

A ? in a word is a character lost.
"""
_GOES_ON = Late(f"{BEHIND_FIGURES}[,、。;]")
"""A sentence whose figure stands on the line before."""
PROSE_LENGTH = 60
_SHORT = 64
MOST_WORDS = 20_000
"""A report has some hundreds; work on hostile files is bounded by this."""


class TooLong(Exception):
    """A text of more words and cells than any report has."""


@record
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


class _Part(NamedTuple):
    """A cell of a line, in the line's own offsets; see Segment."""

    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    walls: int


def cells(folded: str) -> list[Segment]:
    """The cells of a folded text, in order; rules (----) and page numbers (- 3 -) left out.

    Raises TooLong for a text of more than MOST_WORDS words and cells.
    """
    found: list[Segment] = []
    start, number, gap, words = 0, 0, 1, 0
    for line in folded.split("\n"):
        length = len(line)
        if line and not line.isspace():
            if length <= _SHORT:
                parts = _parts_again(line)
            elif length > MOST_WORDS and sum(1 for _ in _WORD.finditer(line)) > MOST_WORDS:
                raise TooLong
            else:
                parts = _parts(line)
            alone = len(parts) == 1
            for begin, end, inner, walls in parts:
                if len(inner) == 1:
                    own = [(start + begin, start + end)]
                    words += 1
                else:
                    own = [(start + first, start + last) for first, last in inner]
                    words += len(own)
                found.append(Segment(start + begin, start + end, own, number, gap, walls, alone))
                gap = 0
            if words > MOST_WORDS:
                raise TooLong
            number, gap = number + 1, 1
        else:
            gap += 1
        start += length + 1
    return found


def _parts(line: str) -> tuple[_Part, ...]:
    """The cells of a line."""
    if line[-1].isdecimal() and "," in line and "|" not in line and (row := _CSV.fullmatch(line)):
        line = (row[1] or row[3]) + (row[2] or row[4]).replace(",", "|")
    if "|" not in line and "\t" not in line.strip():
        part = _part(line, 0, len(line), 0)
        return (part,) if part and not _is_page_number(line, part) else ()
    found: list[_Part] = []
    empty = behind = 0
    if _has_bar_within(line, "《", "》") or _has_bar_within(line, "“", "”"):
        line = _NAMED.sub(lambda match: match[0].replace("|", "/"), line)
    for piece in _WALLED.finditer(line):
        # The walls between two cells, less one, are empty cells; blank parts are walls too.
        empty += piece.start() - behind
        part = _part(line, piece.start(), piece.end(), max(0, empty - 1))
        behind = piece.end()
        if part is not None:
            found.append(part)
            empty = 0
    return tuple(found)


_parts_again = lru_cache(maxsize=2048)(_parts)
"""Labels and figures come again in every report."""


def _has_bar_within(line: str, opening: str, closing: str) -> bool:
    """Whether a bar may stand within a name."""
    start = line.find(opening)
    return start >= 0 and 0 < line.find("|", start) < line.rfind(closing)


def _part(line: str, start: int, end: int, walls: int) -> _Part | None:
    text = line[start:end]
    inside = text.strip()
    if not inside:
        return None
    first = start + text.index(inside)
    last = first + len(inside)
    if len(inside.split(None, 1)) == 1:
        words: tuple[tuple[int, int], ...] = ((first, last),)  # most cells are a word each
    else:
        words = tuple(match.span() for match in _WORD.finditer(line, start, end))
    if last - first > 1 and line[first] in _RULE_BEGINS and _RULE.fullmatch(line, first, last):
        return None
    return _Part(first, last, words, walls)


def _is_page_number(line: str, part: _Part) -> bool:
    if part.end - part.start > 24 or len(part.words) > 4 or line[part.start] not in _PAGE_BEGINS:
        return False
    words = [line[start:end] for start, end in part.words]
    if len(words) == 3 and words[1] in "/-—" and words[2].isdecimal():
        return words[0].isdecimal()  # 5 / 8
    return _PAGE.fullmatch("".join(words)) is not None


def is_prose(folded: str, cell: Segment) -> bool:
    """Whether a cell reads as sentences rather than as a label or figures."""
    length = cell.end - cell.start
    if length < 4:
        return False
    text = folded[cell.start : cell.end]
    return _reads_as_prose_again(text, cell.alone) if length <= _SHORT else _reads_as_prose(text, cell.alone)


def _reads_as_prose(text: str, alone: bool) -> bool:
    words = [match.span() for match in _WORD.finditer(text)]
    if len(words) < 5 and sum(end - start for start, end in words) > PROSE_LENGTH:
        return True
    return (alone and _GOES_ON.match(text) is not None) or _STOP.search(text) is not None


_reads_as_prose_again = lru_cache(maxsize=2048)(_reads_as_prose)
