"""The text of a Word document as Word shows it once all changes are accepted: paragraphs and tables, in order.

Left out: what was deleted or moved away, hidden text, instructions of fields, tables of contents, notes,
pronunciations above characters, and one of the two forms in which a text box is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlint.readers.word.numbering import Named
from reportlint.readers.word.styles import Styles, is_on, number_of
from reportlint.readers.word.xmltree import Element, Tree

_GONE = frozenset({"del", "moveFrom"})
_CHANGES = frozenset({"ins", "moveTo", "del", "moveFrom"})
_BLOCK_HOLDERS = frozenset({"ins", "moveTo", "customXml", "sdtContent", "smartTag", "mc:Choice"})
_INLINE_HOLDERS = frozenset(
    {*_BLOCK_HOLDERS, "hyperlink", "fldSimple", "dir", "bdo", "sdt", "mc:AlternateContent", "rubyBase"}
)
_GRAPHICS = frozenset({"drawing", "pict", "object"})
_SYMBOLS = {"F0B7": "·", "F06C": "●", "F0A8": "□", "F0FE": "☑", "F0FC": "✓", "F0D8": "➢", "F0E0": "→", "F06E": "■"}
"""Characters of Symbol and Wingdings that lists and forms use."""


class Run(NamedTuple):
    """Where a run of text stands in the part, in bytes: its start tag, and its properties."""

    tag: tuple[int, int]
    properties: tuple[int, int]


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
class Paragraph:
    """A paragraph: its pieces, what it says of its number, and the page that it begins on where Word has noted it.

    `joined` is set where its end was deleted, so that the next paragraph goes on with it.
    """

    pieces: list[Piece] = field(default_factory=list)
    number: Named | None = None
    joined: bool = False
    picture: bool = False
    page: int | None = None

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
    blocks = _rejoined(reading.blocks(body))
    return Body(blocks, reading.tracked)


def _rejoined(blocks: list[Block]) -> list[Block]:
    """The blocks with each paragraph whose end was deleted made one with the next."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph) and last.joined:
            last.pieces += block.pieces
            last.joined = block.joined
        else:
            found.append(block)
    return found


class _Reading:
    """One walk down the elements."""

    def __init__(self, tree: Tree, styles: Styles) -> None:
        self.tree = tree
        self.styles = styles
        self.tracked: Paragraph | None = None
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
        reading = _Inline(self, Paragraph(page=self._page))
        made = reading.paragraph
        properties = element.child("pPr")
        style = (properties.value("pStyle") if properties else None) or ""
        if properties is not None:
            mark = properties.child("rPr")
            self._changed |= _is_changed(properties) or (mark is not None and _is_changed(mark))
            made.joined = mark is not None and mark.child("del") is not None
        made.number = number_of(properties, self.styles.numbers.get(style)) if properties else None
        if style == "" and made.number is None:
            made.number = self.styles.numbers.get("")
        reading.read(element)
        if self._changed and self.tracked is None:
            self.tracked = made
        self._page = reading.page
        if style in self.styles.contents or reading.is_contents:
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
            rows.append([self._cell(cell) for cell in _children(row, "tc")])
        return [Table(rows)] if any(rows) else []

    def _cell(self, element: Element) -> Cell:
        properties = element.child("tcPr")
        merged = properties.child("vMerge") if properties else None
        covered = merged is not None and merged.get("val", "continue") == "continue"
        return Cell(_rejoined(self.blocks(element)), covered)

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
        self.is_contents = False
        self.page = reading.page
        self._reading = reading
        self._tree = reading.tree
        self._fields: list[bool] = []

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
        for child in element.children:
            name = child.name
            if name == "t":
                if not hidden and not any(self._fields):
                    self._text(child, run)
            elif name == "fldChar":
                self._field(child)
            elif name == "instrText":
                said = "".join(chunk.text for chunk in self._tree.chunks.get(child.first, ())).split()
                self.is_contents |= said[:1] == ["TOC"] or said[:1] == ["PAGEREF"]
            elif name == "lastRenderedPageBreak":
                self.page = (self.page or 1) + 1
            elif name == "ruby":
                self.read(child)
            elif name in _GRAPHICS or name == "mc:AlternateContent":
                self._graphic(child)
            elif not hidden and (made := _made(child)):
                self.paragraph.pieces.append(Piece(made))

    def _is_hidden(self, properties: Element | None) -> bool:
        if properties is None:
            return False
        own = properties.value("vanish")
        return is_on(own) if own is not None else (properties.value("rStyle") or "") in self._reading.styles.hidden

    def _text(self, element: Element, run: Run) -> None:
        pieces = [self._piece(chunk, run) for chunk in self._tree.chunks.get(element.first, ())]
        self.paragraph.pieces += pieces if element.get("space") == "preserve" else _trimmed(pieces)

    def _piece(self, chunk: tuple[str, int, bool], run: Run) -> Piece:
        text, event, marked = chunk
        start, end = self._tree.events[event], self._tree.events[event + 1]
        exact = not marked and self._tree.xml[start:end] == text.encode()
        return Piece(" " if text == "\n" else text, start, end, exact and text != "\n", None if marked else run)

    def _field(self, element: Element) -> None:
        kind = element.get("fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _graphic(self, element: Element) -> None:
        """A drawing: its text boxes are read, a picture is noted."""
        for child in element.children:
            if child.name == "txbxContent":
                self.boxes += _rejoined(self._reading.blocks(child))
            elif child.name == "mc:AlternateContent":
                self._graphic(_shown(child))
            elif child.name != "mc:Fallback":
                self.paragraph.picture |= child.name in ("x:blip", "x:imagedata")
                self._graphic(child)


def _shown(element: Element) -> Element:
    """Of a content control its content; of alternatives the first, which Word itself takes."""
    return element.child("sdtContent") or element.child("mc:Choice") or element.child("mc:Fallback") or _NOTHING


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
    return any(child.name in _CHANGES or child.name.endswith("Change") for child in properties.children)


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
    while pieces and not pieces[0].text.strip(" \t\n\r"):
        pieces = pieces[1:]
    while pieces and not pieces[-1].text.strip(" \t\n\r"):
        pieces = pieces[:-1]
    if pieces and pieces[0].exact:
        first = pieces[0].text.lstrip(" \t\n\r")
        cut = len(pieces[0].text) - len(first)
        pieces[0] = pieces[0]._replace(text=first, start=pieces[0].start + cut)
    if pieces and pieces[-1].exact:
        last = pieces[-1].text.rstrip(" \t\n\r")
        cut = len(pieces[-1].text) - len(last)
        pieces[-1] = pieces[-1]._replace(text=last, end=pieces[-1].end - cut)
    return pieces
