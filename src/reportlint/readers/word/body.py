"""The text of a Word document as Word shows it once all changes are accepted: paragraphs and tables, in order.

Left out: what was deleted or moved away, hidden text, instructions of fields, tables of contents, notes,
pronunciations above characters, and one of the two forms in which a text box is stored.
"""

from __future__ import annotations

from reportlint.late import Late
from reportlint.readers.word.blocks import Block, Body, Cell, Field, Paragraph, Piece, Run, Table
from reportlint.readers.word.showing import (
    BLOCK_HOLDERS,
    CHANGES,
    GONE,
    children_of,
    is_changed,
    made,
    readable,
    shown,
    trimmed,
)
from reportlint.readers.word.styles import Styles, is_on, number_of
from reportlint.readers.word.xmltree import Element, Tree

_INLINE_HOLDERS = frozenset(
    {*BLOCK_HOLDERS, "hyperlink", "fldSimple", "dir", "bdo", "sdt", "mc:AlternateContent", "rubyBase"}
)
_NOTE_MARK = Late(r"\d{1,3}|[*※①-⑳]{1,3}|[\[(（〔]\d{1,3}[\])）〕]")
_MOST_FIELDS = 100
_GRAPHICS = frozenset({"drawing", "pict", "object"})


def read_body(tree: Tree, styles: Styles) -> Body:
    """The blocks of the main part."""
    reading = _Reading(tree, styles)
    body = tree.root.child("body") or tree.root
    return Body(_settled(reading.blocks(body)), reading.tracked)


def _settled(blocks: list[Block]) -> list[Block]:
    """The blocks without tables of contents, and each paragraph whose end was deleted made one with the next."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        gone = isinstance(last, Paragraph) and last.joined
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    cell.blocks = _settled(cell.blocks)
        elif block.contents is not None and block.contents.closed:
            continue
        elif isinstance(last, Paragraph) and last.joined:
            # The end that is left is the second one's, and so are its number and its style.
            last.pieces.extend(block.pieces)
            block.pieces = last.pieces
            found.pop()
            gone = False
        if gone and isinstance(last, Paragraph) and not last.text:
            found.pop()
        found.append(block)
    if found and isinstance(last := found[-1], Paragraph) and last.joined and not last.text:
        found.pop()
    return found


class _Reading:
    """One walk down the elements."""

    def __init__(self, tree: Tree, styles: Styles) -> None:
        self.tree = tree
        self.styles = styles
        self.tracked: Paragraph | None = None
        self.fields: list[Field] = []
        self.boxed = 0
        self._page: int | None = None
        self._changed = False

    def blocks(self, holder: Element) -> list[Block]:
        """The paragraphs and tables of a body, a cell or a text box."""
        found: list[Block] = []
        for child in holder.children:
            self._changed |= child.name in CHANGES
            if child.name == "p":
                found += self._paragraph(child)
            elif child.name == "tbl":
                found += self._table(child)
            elif child.name in BLOCK_HOLDERS:
                found += self.blocks(child)
            elif child.name in ("sdt", "mc:AlternateContent"):
                found += self.blocks(shown(child))
        return found

    def _paragraph(self, element: Element) -> list[Block]:
        close = self.tree.close(element)
        made = Paragraph(page=self._page, close=close if close != self.tree.tag(element)[0] else -1)
        reading = _Inline(self, made)
        properties = element.child("pPr")
        style = (properties.value("pStyle") if properties else None) or ""
        if properties is not None:
            mark = properties.child("rPr")
            self._changed |= is_changed(properties) or (mark is not None and is_changed(mark))
            made.joined = mark is not None and any(child.name in GONE for child in mark.children)
        made.number = number_of(properties, self.styles.numbers.get(style)) if properties else None
        if style == "" and made.number is None:
            made.number = self.styles.numbers.get("")
        made.contents = self.contents()
        reading.hidden = style in self.styles.hidden
        reading.read(element)
        made.contents = made.contents or self.contents() or reading.contents
        if self._changed and self.tracked is None:
            self.tracked = made
        self._page = reading.page
        if style in self.styles.contents:
            return reading.boxes
        return [*reading.boxes, made]

    def _table(self, element: Element) -> list[Block]:
        rows = []
        for row in children_of(element, "tr"):
            properties = row.child("trPr")
            if properties is not None:
                self._changed |= is_changed(properties)
                if properties.child("del") is not None:
                    continue
            rows.append([self._cell(cell) for cell in children_of(row, "tc") if not self._is_deleted(cell)])
        return [Table(rows)] if any(rows) else []

    def _is_deleted(self, element: Element) -> bool:
        properties = element.child("tcPr")
        if properties is None:
            return False
        self._changed |= is_changed(properties)
        return properties.child("cellDel") is not None

    def _cell(self, element: Element) -> Cell:
        properties = element.child("tcPr")
        merged = [properties.child(name) for name in ("vMerge", "hMerge")] if properties else []
        covered = any(one is not None and one.get("val", "continue") == "continue" for one in merged)
        return Cell(self.blocks(element), covered)

    def contents(self) -> Field | None:
        """The table of contents that is being read, if one is."""
        return next((field for field in self.fields if field.is_contents), None)

    @property
    def page(self) -> int | None:
        """The page that the reading has come to, where Word has noted them."""
        return self._page

    def note_change(self) -> None:
        """There is a change that is neither accepted nor refused."""
        self._changed = True


class _Inline:
    """What stands in one paragraph."""

    def __init__(self, reading: _Reading, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self.boxes: list[Block] = []
        self.contents: Field | None = None
        self.hidden = False
        self.page = reading.page
        self._reading = reading
        self._tree = reading.tree
        self._fields = reading.fields
        for opened in self._fields:
            # An instruction ends with its paragraph, whether the file says so or not.
            opened.instructing = False

    def read(self, holder: Element) -> None:
        """Take in the runs of a paragraph, or of an element in it."""
        for child in holder.children:
            if child.name in CHANGES:
                self._reading.note_change()
            if child.name == "r":
                self._run(child)
            elif child.name in ("sdt", "mc:AlternateContent"):
                self.read(shown(child))
            elif child.name in _INLINE_HOLDERS:
                self.read(child)

    def _run(self, element: Element) -> None:
        properties = element.child("rPr")
        run = Run(self._tree.tag(element), self._tree.whole(properties) if properties else (0, 0))
        hidden = self._is_hidden(properties)
        if properties is not None and is_changed(properties):
            self._reading.note_change()
        self._content(element, run, hidden, properties is not None and properties.value("vertAlign") == "superscript")

    def _content(self, element: Element, run: Run, hidden: bool, raised: bool) -> None:
        for child in element.children:
            name = child.name
            if name == "t":
                if not hidden and not any(field.instructing for field in self._fields):
                    self._text(child, run, raised)
            elif name == "fldChar":
                self._field(child)
            elif name == "instrText":
                self._instruction(child)
            elif name == "lastRenderedPageBreak":
                self.page = (self.page or 1) + 1
            elif name == "ruby":
                self.read(child)
            elif name in _GRAPHICS:
                self._graphic(child)
            elif name == "mc:AlternateContent":
                # A run cannot be parted inside of them.
                self._reading.boxed += 1
                self._content(readable(child), run, hidden, raised)
                self._reading.boxed -= 1
            elif not hidden and (said := made(child)):
                self.paragraph.pieces.append(Piece(said))

    def _instruction(self, element: Element) -> None:
        said = "".join(chunk.text for chunk in self._tree.chunks.get(element.first, ())).split()
        if said[:1] == ["TOC"] and self._fields:
            self._fields[-1].is_contents = True
            self.contents = self._fields[-1]

    def _is_hidden(self, properties: Element | None) -> bool:
        if properties is None:
            return self.hidden
        own = properties.value("vanish")
        if own is not None:
            return is_on(own)
        return self.hidden or (properties.value("rStyle") or "") in self._reading.styles.hidden

    def _text(self, element: Element, run: Run, raised: bool) -> None:
        keeps = element.get("space") == "preserve"
        run = run._replace(text=self._tree.tag(element), close=self._tree.close(element), keeps=keeps)
        pieces = [self._piece(chunk, run) for chunk in self._tree.chunks.get(element.first, ())]
        pieces = pieces if keeps else trimmed(pieces)
        if raised and _NOTE_MARK.fullmatch("".join(piece.text for piece in pieces)):
            return  # it would join the figure before it
        self.paragraph.pieces += pieces

    def _piece(self, chunk: tuple[str, int, bool], run: Run) -> Piece:
        text, event, marked = chunk
        start, end = self._tree.events[event], self._tree.events[event + 1]
        exact = not marked and self._tree.xml[start:end] == text.encode()
        # In a text box Word has no comments, and it stores one twice.
        own = None if marked or self._reading.boxed else run
        return Piece(" " if text == "\n" else text, start, end, exact and text != "\n", own)

    def _field(self, element: Element) -> None:
        kind = element.get("fldCharType")
        if kind == "begin" and len(self._fields) < _MOST_FIELDS:
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].instructing = False
        elif kind == "end" and self._fields:
            self._fields.pop().closed = True

    def _graphic(self, element: Element) -> None:
        """A drawing: its text boxes are read, a picture is noted."""
        for child in element.children:
            if child.name == "txbxContent":
                self._reading.boxed += 1
                self.boxes += self._reading.blocks(child)
                self._reading.boxed -= 1
            elif child.name == "mc:AlternateContent":
                self._graphic(shown(child))
            elif child.name != "mc:Fallback":
                self.paragraph.picture |= child.name in ("x:blip", "x:imagedata")
                self._graphic(child)
