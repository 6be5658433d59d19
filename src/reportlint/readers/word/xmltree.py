"""The elements of a part of a Word document, each with its bytes."""

from __future__ import annotations

from reportlint.readers.word.package import Refused, new_parser
from reportlint.tuples import NamedTuple

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the strict form
)
_PREFIXES = {
    **dict.fromkeys(WORD, ""),
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}
_MOST = 800_000
_DEEPEST = 200
"""Word's own documents have some tens of thousands of tags and stretches of text, thirty deep."""


class Chunk(NamedTuple):
    """Characters that stand together: their number among the events, and whether their bytes are those of CDATA."""

    text: str
    event: int
    marked: bool


class Element:
    """An element: its name without a namespace (`mc:` for markup compatibility, `x:` for foreign ones) and content."""

    __slots__ = ("attributes", "children", "first", "last", "name")

    def __init__(self, name: str, attributes: dict[str, str], first: int) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.first = self.last = first

    def get(self, name: str, otherwise: str = "") -> str:
        """An attribute by its local name."""
        end = f" {name}"
        for key, value in self.attributes.items():
            if key.endswith(end) or key == name:
                return value
        return otherwise

    def child(self, name: str) -> Element | None:
        """The first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def value(self, *names: str) -> str | None:
        """The attribute `val` of the element down that path; None where there is none."""
        found: Element | None = self
        for name in names:
            found = found.child(name) if found is not None else None
        return found.get("val", "1") if found is not None else None


class Tree(NamedTuple):
    """A part as elements. `chunks` holds the characters of an element `t` by its first event."""

    xml: bytes
    root: Element
    events: list[int]
    chunks: dict[int, list[Chunk]]

    def close(self, element: Element) -> int:
        """Where an element's end tag begins; that of an empty one is its start tag."""
        return self.events[element.last]

    def tag(self, element: Element) -> tuple[int, int]:
        """The bytes of an element's start tag."""
        return self.events[element.first], self.events[element.first + 1]

    def whole(self, element: Element) -> tuple[int, int]:
        """The bytes of an element from its start tag to its end tag."""
        return self.events[element.first], self.events[element.last + 1]


def parse(xml: bytes) -> Tree:
    """The elements of a part. Raises expat.ExpatError, and Refused for more of them than any document has."""
    parser = new_parser()
    parser.buffer_text = False
    root = Element("", {}, 0)
    path = [root]
    events: list[int] = []
    chunks: dict[int, list[Chunk]] = {}
    names: dict[str, str] = {}
    marked = False

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(events) > _MOST or len(path) > _DEEPEST:
            raise Refused
        short = names.get(name)
        if short is None:
            space, _, local = name.rpartition(" ")
            short = names[name] = _PREFIXES.get(space, "x:") + local
        element = Element(short, attributes, len(events))
        events.append(parser.CurrentByteIndex)
        path[-1].children.append(element)
        path.append(element)

    def end(_: str) -> None:
        path.pop().last = len(events)
        events.append(parser.CurrentByteIndex)

    def characters(text: str) -> None:
        if len(events) > _MOST:
            raise Refused
        if path[-1].name in ("t", "instrText"):
            chunks.setdefault(path[-1].first, []).append(Chunk(text, len(events), marked))
        events.append(parser.CurrentByteIndex)

    def other(*_: object) -> None:
        events.append(parser.CurrentByteIndex)

    def cdata(begins: bool) -> None:
        nonlocal marked
        marked = begins
        other()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    parser.CommentHandler = parser.ProcessingInstructionHandler = other
    parser.StartCdataSectionHandler = lambda: cdata(True)
    parser.EndCdataSectionHandler = lambda: cdata(False)
    try:
        parser.Parse(xml, True)
    finally:
        # They hold one another, and a document would stay until garbage is looked for.
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        parser.CommentHandler = parser.ProcessingInstructionHandler = None
        parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = None
    events.append(len(xml))
    return Tree(xml, root.children[0], events, chunks)
