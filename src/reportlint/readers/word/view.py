"""A Word document laid out as text: a paragraph a line, a row of a table a line with walls between its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.diagnostics import Origin, Span
from reportlint.late import Late
from reportlint.readers.word.blocks import Block, Body, Cell, Paragraph, Piece, Table
from reportlint.readers.word.numbering import Numbering
from reportlint.readers.word.package import Refused
from reportlint.source import MAX_SIZE
from reportlint.tuples import NamedTuple

_WALL = "|"
_INSTEAD = "¦"
"""A bar in a text is no wall."""
_LONG_CELL = 160
"""A cell with more text than this lays out a page, as in text.webpage; its paragraphs are paragraphs."""
_BLANKS = Late(r"[\s\u3000]+")
_FEW_CELLS = 3
"""A table with so many rows of so many short cells holds data, whatever else stands in it."""
_MOST = 2 * MAX_SIZE
_NUMBERED = Late(r"(?:第?[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?|第[一二三四五六七八九十]{1,3}部分)$")
"""What a tab parts from a heading."""


class Placed(NamedTuple):
    """A piece and where it begins in the view."""

    at: int
    piece: Piece


class View(NamedTuple):
    """The text, where its pieces came from, and where paragraphs and cells stand in the document.

    `tracked` is where the first change stands that is neither accepted nor refused, `pictures` are the
    paragraphs with a picture and no text, `empty` the empty cells, each with the byte where its paragraph ends.
    """

    text: str
    pieces: list[Placed]
    origins: tuple[tuple[Span, Origin], ...]
    tracked: Span | None
    pictures: tuple[Span, ...]
    empty: tuple[tuple[Span, int], ...]


def lay_out(body: Body, numbering: Numbering) -> View:
    """The view of a document. Raises Refused for one that is longer than any report."""
    writer = _Writer(numbering, body.tracked)
    writer.blocks(body.blocks)
    # Where all that was changed is gone, the document as a whole is what is spoken of.
    tracked = writer.tracked or (Span(0, min(1, len(writer.parts))) if body.tracked else None)
    return View(
        "".join(writer.parts),
        writer.pieces,
        tuple(writer.origins),
        tracked,
        tuple(writer.pictures),
        tuple(writer.empty),
    )


class _Writer:
    """The view as far as it is written."""

    def __init__(self, numbering: Numbering, tracked: Paragraph | None) -> None:
        self.parts: list[str] = []
        self.pieces: list[Placed] = []
        self.origins: list[tuple[Span, Origin]] = []
        self.tracked: Span | None = None
        self.pictures: list[Span] = []
        self.empty: list[tuple[Span, int]] = []
        self._numbering = numbering
        self._first_change = tracked
        self._length = 0
        self._paragraphs = self._tables = 0

    def blocks(self, blocks: list[Block]) -> None:
        """Write paragraphs and tables, one below the other."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self._line(block)
            elif _lays_out(block):
                for row in block.rows:
                    for cell in row:
                        self.blocks(cell.blocks)
            else:
                self._table(block)

    def _line(self, paragraph: Paragraph) -> None:
        start = self._length
        self._paragraph(paragraph, in_cell=False)
        self._note_change(paragraph, start)
        said = self._length > start
        if paragraph.picture and not said:
            self.pictures.append(Span(start, start))
        self._put("\n")
        if said:
            self._paragraphs += 1
            place = Origin(page=paragraph.page, paragraph=self._paragraphs)
            self.origins.append((Span(start, self._length), place))

    def _table(self, table: Table) -> None:
        self._tables += 1
        self._put("\n")
        for number, row in enumerate(table.rows, start=1):
            shown = [cell for cell in row if not cell.covered]
            if not shown:
                continue
            if len(shown) == 1 and _size(shown[0]) > _LONG_CELL:
                self.blocks(shown[0].blocks)  # a note to the table
                continue
            self._put(_WALL)
            for column, cell in enumerate(shown, start=1):
                start = self._length
                self._cell(cell)
                page = next((paragraph.page for paragraph in _paragraphs(cell.blocks)), None)
                if self._length == start:
                    self._put(" ")
                    close = max((paragraph.close for paragraph in _paragraphs(cell.blocks)), default=-1)
                    self.empty.append((Span(start, self._length), close))
                # The wall behind belongs to the cell: an empty one has a place too.
                self._put(_WALL)
                self.origins.append((Span(start, self._length), Origin(page, self._tables, number, column)))
            self._put("\n")
        self._put("\n")

    def _cell(self, cell: Cell) -> None:
        for block in _paragraphs(cell.blocks):
            start = self._length
            if self.parts[-1][-1:].isdecimal() and block.text[:1].isdecimal():
                self._put(" ")
            self._paragraph(block, in_cell=True)
            self._note_change(block, start)
            if block.picture and not block.text:
                self.pictures.append(Span(start, start))

    def _paragraph(self, paragraph: Paragraph, *, in_cell: bool) -> None:
        # A list counts in the order of the document, whether its paragraphs say something or not.
        mark = self._numbering.mark(paragraph.number) if paragraph.number else ""
        if mark and (paragraph.text.strip() or in_cell):
            self._put(mark)
        tabs = sum(piece.text.count("\t") for piece in paragraph.pieces)
        said = ""
        for piece in paragraph.pieces:
            if piece.text == "\t" and not in_cell and tabs == 1:
                piece = piece._replace(text="" if _NUMBERED.match(said or mark) else " ")
            said += piece.text if len(said) < _LONG_CELL else ""
            for part in _parts(piece, in_cell):
                self.pieces.append(Placed(self._length, part))
                self._put(part.text)

    def _note_change(self, paragraph: Paragraph, start: int) -> None:
        if paragraph is self._first_change:
            self.tracked = Span(start, self._length)

    def _put(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self._length += len(text)
            if self._length > _MOST:
                raise Refused


def _parts(piece: Piece, in_cell: bool) -> list[Piece]:
    """A piece, parted where a character of it must be another in the view."""
    text = piece.text
    if not in_cell:
        return [piece] if _WALL not in text else _replaced(piece, {_WALL: _INSTEAD})
    if not any(char in text for char in "|\n\t\r"):
        return [piece]
    return _replaced(piece, {_WALL: _INSTEAD, "\n": "", "\t": " ", "\r": ""})


def _replaced(piece: Piece, instead: dict[str, str]) -> list[Piece]:
    made: list[Piece] = []
    start = piece.start
    for part in re.split(r"([|\n\t\r])", piece.text):
        size = len(part.encode()) if piece.exact else 0
        end = start + size if piece.exact else piece.end
        new = instead.get(part, part)
        if new:
            made.append(piece._replace(text=new, start=start, end=end, exact=piece.exact and new == part))
        start = end if piece.exact else start
    return made


def _lays_out(table: Table) -> bool:
    """Whether a table places things on the page: it has one cell, one with a table in it, or one with much text."""
    rows = [[_is_wide(cell) for cell in row] for row in table.rows]
    if sum(map(len, rows)) == 1:
        return True
    data = sum(len(row) - sum(row) >= _FEW_CELLS for row in rows)
    return any(map(any, rows)) and data < _FEW_CELLS


def _is_wide(cell: Cell) -> bool:
    return any(isinstance(block, Table) for block in cell.blocks) or _size(cell) > _LONG_CELL


def _size(cell: Cell) -> int:
    return sum(len(_BLANKS.sub("", paragraph.text)) for paragraph in _paragraphs(cell.blocks))


def _paragraphs(blocks: list[Block]) -> Iterator[Paragraph]:
    """The paragraphs of some blocks and of the tables among them."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from _paragraphs(cell.blocks)
