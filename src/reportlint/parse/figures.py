"""The figures of a table's rows, empty cells among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from reportlint.forms.form import TableForm
from reportlint.late import Late
from reportlint.model import Figure, How
from reportlint.parse.tokens import Token
from reportlint.records import replace
from reportlint.source import Source
from reportlint.text.fold import Folded
from reportlint.text.markup import plain
from reportlint.text.numbers import read_figure

_ROW = Late("</tr\\b", re.IGNORECASE)
"""Where rows are HTML's, one wall closes each."""
_LEADING = frozenset("123456789")
_SEVERAL = 3
"""Whole rows that must agree before a table's empty cells are told by them."""


class FigureReader:
    """Reads the figure tokens of rows in one text."""

    def __init__(self, source: Source, folded: Folded) -> None:
        self.text = source.text
        self.folded = folded
        self.exact = source.walled or _ROW.search(source.text) is not None

    def read(self, found: list[Token], form: TableForm | None, empty: int = 0) -> Iterator[Figure]:
        """Figures of a row; empty cells around and between them count where that makes it whole."""
        columns = form.columns if form else ()
        signed = form.signed if form else frozenset()
        if form and len(found) == len(columns):
            for token, column in zip(found, columns, strict=True):
                yield self._figure(token, column in signed)
            return
        if len(found) == 1 and len(columns) > 1 and found[0].text == "0" * len(columns):
            found = _parted(found[0])  # cells run together; nobody writes 000 for none
        if form and len(found) > len(columns):
            apart = {t.start for t in found if t.cell.alone and len(t.cell.words) == 1}
            if len(apart) == len(found) - len(columns):  # page numbers between rows
                found = [t for t in found if t.start not in apart]
            found = self.whole(found, len(columns))
        blanks = self._empty_cells(found, len(columns) - len(found), max(0, empty))
        whole = len(found) + sum(blanks) == len(columns)
        if whole and not any(blanks):
            for token, column in zip(found, columns, strict=True):
                yield self._figure(token, column in signed)
            return
        at = 0
        for token, before in zip(found, blanks[:-1], strict=True):
            if before:
                yield from self._blanks(token.start, before, -1)
                at += before
            yield self._figure(token, columns[at] in signed if whole else bool(signed))
            at += 1
        if blanks[-1]:
            yield from self._blanks(found[-1].end, blanks[-1], 1)

    def _figure(self, token: Token, signed: bool) -> Figure:
        span = self.folded.raw(token.start, token.end)
        raw = self.text[span.start : span.end]
        return Figure(span, raw if raw == token.text else plain(raw), *read_figure(token.text, signed))

    def _empty_cells(self, found: list[Token], lacking: int, behind: int) -> list[int]:
        """How many empty cells stand before each figure and behind the last, where they are all that a row lacks."""
        if lacking > 0:
            blanks = [*(t.blanks for t in found), behind]
            between = sum(blanks[1:-1])
            for first in (0, blanks[0]):
                for last in (behind, 0):
                    if first + between + last == lacking:
                        return [first, *blanks[1:-1], last]
        return [0] * (len(found) + 1)

    def empty_behind(self, found: list[Token]) -> int:
        """The blank cells behind the last figure of a row whose cells are known."""
        return max(0, (self.walls_behind(found) or 0) - 1) if found and self.exact else 0

    def all_blank(self, label: Token, columns: int) -> Iterator[Figure]:
        """The blank cells of a row that has no other, where they are known."""
        stop = self.folded.text.find("\n", label.end)
        behind = self.folded.text[label.end : stop if stop >= 0 else None]
        if label.how is not How.MISSING and behind.count("|") == columns + 1 and not behind.strip("| "):
            yield from self._blanks(label.end, columns, 1)

    def whole(self, found: list[Token], columns: int) -> list[Token]:
        """More figures than columns as converters write whole ones, where that gives one for each column.

        In a cell a figure stands behind what is left of a no-break space (? 0) or in two parts (3 83).
        """
        held = Counter(token.cell.start for token in found)
        joined: list[Token] = []
        for token in found:
            cell = token.cell
            # A line of its own is a cell where it has nothing else: of 2 36 one figure, of 0 0 and 30 32 two.
            begins = bool(joined) and (joined[-1].text in _LEADING or not joined[-1].text.strip("?"))
            alone = held[cell.start] == len(cell.words) and begins
            if joined and joined[-1].cell is cell and (not cell.alone or (alone and token.text.isdecimal())):
                last = joined[-1]
                text = token.text if not last.text.strip("?") else last.text + token.text
                joined[-1] = replace(token, text=text, start=last.start, blanks=last.blanks)
            else:
                joined.append(token)
        return joined if len(joined) == columns else found

    def _blanks(self, at: int, count: int, step: int) -> Iterator[Figure]:
        """So many empty cells before (step -1) or behind a figure, each at its own place."""
        text = self.folded.text
        walls: list[int] = []
        place = at if step > 0 else at - 1
        while len(walls) <= count and 0 <= place < len(text) and text[place] != "\n":
            if text[place] in "|\t":
                walls.append(place)
            place += step
        for first, second in pairwise(sorted([*walls, *([place] if len(walls) == count else [])])):
            inside = first + 1 if second > first + 1 else first
            yield Figure(self.folded.raw(inside, inside + 1), "", None)

    def copies(self, rows: list[list[Token]], columns: int) -> int:
        """How often a converter wrote each figure of a table, whose cells span columns: 34 | 34 | 34; else 1.

        Zeros twice in one row alone may be a figure too many.
        """
        lengths = {len(found) for found in rows}
        times = lengths.pop() // columns if len(lengths) == 1 and columns else 1
        if times < 2 or any(len(found) != times * columns or len({t.cell.line for t in found}) > 1 for found in rows):
            return 1
        groups = [found[at : at + times] for found in rows for at in range(0, len(found), times)]
        same = all(
            len({t.text for t in group}) == 1 and len({t.cell.start for t in group}) == times for group in groups
        )
        sure = times > 2 or len(groups) > 2 or any(group[0].text.strip("0") for group in groups)
        return times if same and sure else 1

    def closing(self, rows: list[list[Token]]) -> int | None:
        """How many walls close a whole row of a table, if all whole rows agree on it."""
        if self.exact:
            return 1
        walls = {self.walls_behind(found) for found in rows}
        return walls.pop() if len(walls) == 1 and len(rows) >= _SEVERAL else None

    def walls_behind(self, found: list[Token]) -> int | None:
        """The walls between a row's last figure and the end of its line; None in other layouts."""
        text, end = self.folded.text, found[-1].end
        if text[end : end + 1] in ("", "\n"):
            return 0 if found[0].cell.line == found[-1].cell.line else None
        stop = text.find("\n", end)
        rest = text[end : len(text) if stop < 0 else stop]
        if len({token.cell.line for token in found}) > 1 or rest.strip("|\t "):
            return None
        return rest.count("|") or rest.count("\t")


def _parted(token: Token) -> list[Token]:
    """A figure's digits, each as a figure of its own."""
    return [
        replace(token, text=digit, start=token.start + at, end=token.start + at + 1)
        for at, digit in enumerate(token.text)
    ]
