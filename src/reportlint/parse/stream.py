"""The words of a text run together, so that labels which a layout tore apart are whole.

Prose and headings stand in the stream as a newline, which no label crosses.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from reportlint.forms.form import Form
from reportlint.forms.tables import Role, role_of
from reportlint.late import Late
from reportlint.model import How
from reportlint.parse.layout import Segment
from reportlint.parse.tokens import Token
from reportlint.text.keys import same_length_key
from reportlint.tuples import NamedTuple

_FIGURE = Late(
    r"[?]*(?:[+\-−]|增加?|减少?)?\d[\d,]{0,20}(?:\.\d{1,12})?(?:/[+\-]?\d{1,15})?[?]*"
    r"(?:件次?|条|个|项|份|宗|人次|次|元|万元|亿元|%)?[?]*"
)
# What people and converters put where a figure belongs.
_BLANK_MARK = Late(
    r"[/\\—–\-−_*?…·]{1,4}|无|零|〇|空|暂无|没有|增|减|[一二三四五六七八九十两]{1,2}"
    r"|[A-Za-z]|[\dOoIlSZB?]{2,4}|(?i:null|nil|nan|n/?a|none|undefined)|#(?i:ref|value|n/?a|div/0|name|num)[!?]?"
    r"|[\u2460-\u2473\u2776-\u277f]"
)
_ROW_NUMBER = Late(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.,:]|\((?:\d{1,2}|[一二三四五六七八九十]{1,2})\)")
_ENDLESS = Late(r"\d[\d,.]{20,}")
_UNIT = Late(r"\((?:计量)?单位[:：]?[^(),，;；]{1,8}\)|\([^(),，;；]{0,6}[件条个项份元次]\)|\(\d")
_ORDINARY = 20
"""Figures with fewer digits are figures."""
_MOST_OF_KEY = 400
_LONGEST_FIGURE = 40


class Word(NamedTuple):
    """A word of a cell, or a whole opaque cell, and its place in the stream."""

    start: int
    end: int
    place: int
    cell: int
    opaque: bool


class Stream:
    """The words of cells, run together; cells are added in order, then `close` ends it."""

    def __init__(self, folded: str, cells: list[Segment], form: Form) -> None:
        self.folded = folded
        self.cells = cells
        self.mapped = same_length_key(folded)
        self.words: list[Word] = []
        self.text = ""
        self._labels = _labels_by_first(form)
        self._whole, self._numbered = whole_labels(form)
        self._parts: list[str] = []
        self._place = 0

    def add(self, index: int, opaque: bool) -> None:
        """Add the words of a cell, or as a whole a cell that is `opaque`."""
        cell = self.cells[index]
        if opaque:
            self.words.append(Word(cell.start, cell.end, self._place, index, True))
            self._parts.append("\n")
            self._place += 1
            return
        for start, end in cell.words:
            self.words.append(Word(start, end, self._place, index, False))
            self._parts.append(self.mapped[start:end])
            self._place += end - start

    def close(self) -> None:
        """End the stream: it may be read now."""
        self.text = "".join(self._parts)
        self._places = [word.place for word in self.words]
        self._ends = {word.place + word.end - word.start: n for n, word in enumerate(self.words) if not word.opaque}

    def key(self, start: int, end: int) -> str:
        """A stretch of the text as labels are compared."""
        return "".join(self.mapped[start : min(end, start + _MOST_OF_KEY)].split())

    def token(self, kind: str, start: int, end: int, cell: Segment) -> Token:
        """A stretch of the text as a token."""
        return Token(kind, self.key(start, end), start, end, cell)

    def glossed(self, cell: Segment) -> bool:
        """Whether a cell is a row's label with its explanation in brackets: 规范性文件（行政机关制定发布的决定…）."""
        if self.mapped[cell.end - 1] != ")" or len(cell.words) != 1:
            return False
        found = self._labels.get(self.mapped[cell.start], ())
        return any(
            role_of(kind) is Role.ROW and self.mapped.startswith(f"{wording}(", cell.start) for wording, kind in found
        )

    def known(self, word: Word, text: str) -> str | None:
        """What a word is where that is plain: a label by itself, or a bare figure, as nearly every word is."""
        if text.isdecimal() and len(text) < _ORDINARY and text.isascii():
            return None if self.text[word.place : word.place + 2] in self._numbered else "FIGURE"
        return self._whole.get(text)

    def tile(self, number: int) -> tuple[list[Token], int] | None:
        """The labels and figures that make up a word, and the number of the word after them.

        A label may take in the words that follow. None where anything is left over.
        """
        word = self.words[number]
        cell = self.cells[word.cell]
        at, stop = word.place, word.place + word.end - word.start
        shift = word.start - word.place
        tokens: list[Token] = []
        counted = _ROW_NUMBER.match(self.text, at, stop)
        row = self._whole.get(self.text[counted.end() : stop]) if counted else None
        if counted and row and role_of(row) is Role.ROW:
            # An organ numbers rows that have no number in the form: 1.规章.
            return [Token(row, self.text[counted.end() : stop], word.start, word.end, cell)], number + 1
        while at < stop:
            found = self._label(at, stop)
            if found is not None:
                terminal, end = found
                text = self.text[at:end]
                if end > stop:
                    pieces = tuple(self._pieces(at, end))
                    whole = Token(terminal, text, pieces[0][0], pieces[-1][1], cell)
                    whole.pieces = pieces if self._apart(pieces) else ()
                    return [*tokens, whole], self._ends[end] + 1
                tokens.append(Token(terminal, text, at + shift, end + shift, cell))
                at = end
            elif tokens and self.text[at] in ":,.。":
                at += 1
            elif tokens and self.text[at] == "(" and self.text[stop - 1] == ")":
                # A remark behind the label, 2.重复申请（含1件）; a column's name has none but its unit.
                if tokens[-1].role is Role.COLUMN and not _UNIT.match(self.text, at, stop):
                    tokens[-1].how, tokens[-1].end = How.NEAR, word.end
                at = stop
            else:
                if not self._is_figure(at, stop, not tokens):
                    return None
                rest = self.text[at : min(stop, at + _LONGEST_FIGURE)]
                tokens.append(Token("FIGURE", rest, at + shift, word.end, cell))
                at = stop
        return tokens, number + 1

    def _is_figure(self, at: int, stop: int, alone: bool) -> bool:
        """Whether a stretch is a figure, or a word's worth `alone` of what people put where one belongs."""
        if stop - at > _LONGEST_FIGURE:
            return _ENDLESS.fullmatch(self.text, at, stop) is not None
        kinds = (_FIGURE, _ENDLESS, _BLANK_MARK) if alone else (_FIGURE, _ENDLESS)
        return any(kind.fullmatch(self.text, at, stop) for kind in kinds)

    def _label(self, at: int, stop: int) -> tuple[str, int] | None:
        for wording, terminal in self._labels.get(self.text[at], ()):
            end = at + len(wording)
            if (end <= stop or end in self._ends) and self.text.startswith(wording, at):
                return terminal, end
        return None

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The folded ranges behind a stretch of the stream that crosses words."""
        number = bisect_right(self._places, start) - 1
        while start < end:
            word = self.words[number]
            stop = min(end, word.place + word.end - word.start)
            yield start - word.place + word.start, stop - word.place + word.start
            start = stop
            number += 1

    def _apart(self, pieces: tuple[tuple[int, int], ...]) -> bool:
        between = (self.folded[a[1] : b[0]] for a, b in pairwise(pieces))
        return any(not gap.isspace() or "\n" in gap for gap in between)


@cache
def _labels_by_first(form: Form) -> dict[str, list[tuple[str, str]]]:
    """Accepted wordings by their first character, longest first; 1, and 1. are one."""
    labels: dict[str, list[tuple[str, str]]] = {}
    for wording, terminal in form.keys.items():
        if role_of(terminal) is Role.SECTION:
            continue
        labels.setdefault(wording[0], []).append((wording, terminal))
        if wording[0].isdecimal() and wording[1:2] == ".":
            labels[wording[0]].append((f"{wording[0]},{wording[2:]}", terminal))
    for found in labels.values():
        found.sort(key=lambda item: -len(item[0]))
    return labels


@cache
def whole_labels(form: Form) -> tuple[dict[str, str], frozenset[str]]:
    """Wordings that begin no longer one, with their labels; and how those that begin with a digit begin."""
    labels = [item for found in _labels_by_first(form).values() for item in found]
    wordings = sorted({wording for wording, _ in labels})
    longer = {first for first, second in pairwise(wordings) if second.startswith(first)}
    whole: dict[str, str] = {}
    for wording, terminal in labels:
        if wording not in longer:
            whole.setdefault(wording, terminal)
    return whole, frozenset(wording[:2] for wording in wordings if wording[0].isdecimal())
