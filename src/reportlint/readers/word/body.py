"""The text of a Word document as Word shows it once all changes are accepted: paragraphs and tables, in order.

Left out: what was deleted or moved away, hidden text, instructions of fields, tables of contents, notes,
pronunciations above characters, and one of the two forms in which a text box is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlint.readers.word.numbering import Named
from reportlint.readers.word.styles import Styles, is_on, number_of
from reportlint.readers.word.xmltree import Element, Tree

_GONE = frozenset({"del", "moveFrom"})
_CHANGES = frozenset({"ins", "moveTo", "del", "moveFrom"})
_CELL_CHANGES = frozenset({"cellIns", "cellDel", "cellMerge"})
_BLOCK_HOLDERS = frozenset({"ins", "moveTo", "customXml", "sdtContent", "smartTag", "mc:Choice"})
_INLINE_HOLDERS = frozenset(
    {*_BLOCK_HOLDERS, "hyperlink", "fldSimple", "dir", "bdo", "sdt", "mc:AlternateContent", "rubyBase"}
)
_READABLE = frozenset({"t", "tab", "br", "drawing", "pict", "object"})
_NOTE_MARK = re.compile(r"\d{1,3}|[*※①-⑳]{1,3}|[\[(（〔]\d{1,3}[\])）〕]")
_MOST_FIELDS = 100
_GRAPHICS = frozenset({"drawing", "pict", "object"})
_BLANK = " \t\n\r"
_SYMBOLS = {"F0B7": "·", "F06C": "●", "F0A8": "□", "F0FE": "☑", "F0FC": "✓", "F0D8": "➢", "F0E0": "→", "F06E": "■"}
"""Characters of Symbol and Wingdings that lists and forms use."""


class Run(NamedTuple):
    """Where a run of text stands in the part, in bytes: its start tag, its properties, the tags of its text.

    Blanks at the ends of its text are shown only where it `keeps` them.
    """

    tag: tuple[int, int]
    properties: tuple[int, int]
    text: tuple[int, int] = (0, 0)
    close: int = 0
    keeps: bool = False


class Piece(NamedTuple):
    """Some characters and the bytes of the part that they are written with; no bytes for what Word makes itself.

    With `exact` the bytes are the characters in UTF-8, else they stand for the characters as a whole.
    """

    text: str
    start: int = -1
    end: int = -1
    exact: bool = False
    run: Run | None = None


@dataclass(slots=True)
class Field:
    """A field, as far as it is read: its instruction comes first, then what it shows."""

    instructing: bool = True
    is_contents: bool = False
    closed: bool = False


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its pieces, what it says of its number, and the page that it begins on where Word has noted it.

    `joined` is set where its end was deleted, so that the next paragraph goes on with it. `close` is where its
    end tag begins in the part, -1 where it has none; `contents` the table of contents that it belongs to.
    """

    pieces: list[Piece] = field(default_factory=list)
    number: Named | None = None
    joined: bool = False
    picture: bool = False
    page: int | None = None
    close: int = -1
    contents: Field | None = None

    @property
    def text(self) -> str:
        """What it says, without its number."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Cell:
    """A cell of a table; `covered` where the one above it reaches over it."""

    blocks: list[Block]
    covered: bool


@dataclass(slots=True)
class Table:
    """A table: its rows, each a list of cells."""

    rows: list[list[Cell]]


Block = Paragraph | Table


class Body(NamedTuple):
    """What a document shows; `tracked` is the first paragraph with a change that is neither accepted nor refused."""

    blocks: list[Block]
    tracked: Paragraph | None


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
            block.pieces = last.pieces + block.pieces
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
            self._changed |= child.name in _CHANGES
            if child.name == "p":
                found += self._paragraph(child)
            elif child.name == "tbl":
                found += self._table(child)
            elif child.name in _BLOCK_HOLDERS:
                found += self.blocks(child)
            elif child.name in ("sdt", "mc:AlternateContent"):
                found += self.blocks(_shown(child))
        return found

    def _paragraph(self, element: Element) -> list[Block]:
        close = self.tree.close(element)
        made = Paragraph(page=self._page, close=close if close != self.tree.tag(element)[0] else -1)
        reading = _Inline(self, made)
        properties = element.child("pPr")
        style = (properties.value("pStyle") if properties else None) or ""
        if properties is not None:
            mark = properties.child("rPr")
            self._changed |= _is_changed(properties) or (mark is not None and _is_changed(mark))
            made.joined = mark is not None and any(child.name in _GONE for child in mark.children)
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
        for row in _children(element, "tr"):
            properties = row.child("trPr")
            if properties is not None:
                self._changed |= _is_changed(properties)
                if properties.child("del") is not None:
                    continue
            rows.append([self._cell(cell) for cell in _children(row, "tc") if not self._is_deleted(cell)])
        return [Table(rows)] if any(rows) else []

    def _is_deleted(self, element: Element) -> bool:
        properties = element.child("tcPr")
        if properties is None:
            return False
        self._changed |= _is_changed(properties)
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
            if child.name in _CHANGES:
                self._reading.note_change()
            if child.name == "r":
                self._run(child)
            elif child.name in ("sdt", "mc:AlternateContent"):
                self.read(_shown(child))
            elif child.name in _INLINE_HOLDERS:
                self.read(child)

    def _run(self, element: Element) -> None:
        properties = element.child("rPr")
        run = Run(self._tree.tag(element), self._tree.whole(properties) if properties else (0, 0))
        hidden = self._is_hidden(properties)
        if properties is not None and _is_changed(properties):
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
                self._content(_readable(child), run, hidden, raised)
            elif not hidden and (made := _made(child)):
                self.paragraph.pieces.append(Piece(made))

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
        pieces = pieces if keeps else _trimmed(pieces)
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
                self._graphic(_shown(child))
            elif child.name != "mc:Fallback":
                self.paragraph.picture |= child.name in ("x:blip", "x:imagedata")
                self._graphic(child)


def _shown(element: Element) -> Element:
    """Of a content control its content; of alternatives the first, which Word itself takes."""
    return element.child("sdtContent") or element.child("mc:Choice") or element.child("mc:Fallback") or _NOTHING


def _readable(element: Element) -> Element:
    """Of alternatives in a run the first, unless only the other one holds what can be read."""
    choice, fallback = element.child("mc:Choice"), element.child("mc:Fallback")
    if choice is not None and (fallback is None or any(child.name in _READABLE for child in choice.children)):
        return choice
    return fallback or choice or _NOTHING


_NOTHING = Element("", {}, 0)


def _children(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls and insertions too."""
    for child in element.children:
        if child.name == name:
            yield child
        elif child.name in _BLOCK_HOLDERS:
            yield from _children(child, name)
        elif child.name == "sdt":
            yield from _children(_shown(child), name)


def _is_changed(properties: Element) -> bool:
    """Whether some properties tell of a change."""
    return any(
        child.name in _CHANGES or child.name in _CELL_CHANGES or child.name.endswith("Change")
        for child in properties.children
    )


def _made(element: Element) -> str:
    """What an element shows that holds no text."""
    match element.name:
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return "\n" if element.get("type", "textWrapping") == "textWrapping" else ""
        case "noBreakHyphen":
            return "-"
        case "sym":
            return _symbol(element.get("char").upper())
        case _:
            return ""


def _symbol(code: str) -> str:
    if code in _SYMBOLS or code.startswith("F0") or len(code) > 5:
        return _SYMBOLS.get(code, "")
    try:
        char = chr(int(code, 16))
    except ValueError:
        return ""
    return char if char.isprintable() else ""


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Pieces without the blanks at both ends, which Word does not show unless it is told to."""
    first, last = 0, len(pieces)
    while first < last and not pieces[first].text.strip(_BLANK):
        first += 1
    while last > first and not pieces[last - 1].text.strip(_BLANK):
        last -= 1
    pieces = pieces[first:last]
    if pieces and pieces[0].exact:
        text = pieces[0].text.lstrip(_BLANK)
        pieces[0] = pieces[0]._replace(text=text, start=pieces[0].start + len(pieces[0].text) - len(text))
    if pieces and pieces[-1].exact:
        text = pieces[-1].text.rstrip(_BLANK)
        pieces[-1] = pieces[-1]._replace(text=text, end=pieces[-1].end - len(pieces[-1].text) + len(text))
    return pieces
