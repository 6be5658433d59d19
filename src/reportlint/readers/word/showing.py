"""What an element of a Word document holds and shows."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.readers.word.blocks import Piece
from reportlint.readers.word.xmltree import Element

GONE = frozenset({"del", "moveFrom"})
CHANGES = frozenset({"ins", "moveTo", "del", "moveFrom"})
BLOCK_HOLDERS = frozenset({"ins", "moveTo", "customXml", "sdtContent", "smartTag", "mc:Choice"})
_CELL_CHANGES = frozenset({"cellIns", "cellDel", "cellMerge"})
_READABLE = frozenset({"t", "tab", "br", "drawing", "pict", "object"})
_BLANK = " \t\n\r"
_SYMBOLS = {"F0B7": "·", "F06C": "●", "F0A8": "□", "F0FE": "☑", "F0FC": "✓", "F0D8": "➢", "F0E0": "→", "F06E": "■"}
"""Characters of Symbol and Wingdings that lists and forms use."""


def shown(element: Element) -> Element:
    """Of a content control its content; of alternatives the first, which Word itself takes."""
    return element.child("sdtContent") or element.child("mc:Choice") or element.child("mc:Fallback") or _NOTHING


def readable(element: Element) -> Element:
    """Of alternatives in a run the first, unless only the other one holds what can be read."""
    choice, fallback = element.child("mc:Choice"), element.child("mc:Fallback")
    if choice is not None and (fallback is None or any(child.name in _READABLE for child in choice.children)):
        return choice
    return fallback or choice or _NOTHING


_NOTHING = Element("", {}, 0)


def children_of(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls and insertions too."""
    for child in element.children:
        if child.name == name:
            yield child
        elif child.name in BLOCK_HOLDERS:
            yield from children_of(child, name)
        elif child.name == "sdt":
            yield from children_of(shown(child), name)


def is_changed(properties: Element) -> bool:
    """Whether some properties tell of a change."""
    return any(
        child.name in CHANGES or child.name in _CELL_CHANGES or child.name.endswith("Change")
        for child in properties.children
    )


def made(element: Element) -> str:
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


def trimmed(pieces: list[Piece]) -> list[Piece]:
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
