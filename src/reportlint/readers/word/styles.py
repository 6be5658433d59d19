"""What the styles of a Word document say that shows in its text: numbers, hidden text, tables of contents."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from reportlint.readers.word.numbering import Named
from reportlint.readers.word.package import Refused
from reportlint.readers.word.xmltree import Element, parse

_CONTENTS = re.compile(r"toc \d|toc heading", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})
_LONGEST = 30
"""A style rests on another, and that on another, so often at most."""


class Styles(NamedTuple):
    """By a style's identity: the number of its paragraphs; the styles of hidden text and of tables of contents.

    The identity "" stands for the style of a paragraph that names none.
    """

    numbers: dict[str, Named]
    hidden: frozenset[str]
    contents: frozenset[str]


def is_on(value: str) -> bool:
    """Whether a property that is on or off is on."""
    return value not in _OFF


def number_of(properties: Element | None, inherited: Named | None) -> Named | None:
    """What a paragraph's properties say of its number, over what its style says; None where it has none."""
    numbered = properties.child("numPr") if properties else None
    if numbered is None:
        return inherited
    name = numbered.value("numId")
    level = numbered.value("ilvl")
    name = name if name is not None else inherited.list if inherited else None
    if name is None or name == "0":
        return None
    depth = int(level) if level is not None and len(level) == 1 and level.isdecimal() else None
    return Named(name, depth if depth is not None else inherited.level if inherited else 0)


def read_styles(xml: bytes) -> Styles:
    """The styles of a part; none where it cannot be read."""
    try:
        root = parse(xml).root if xml else None
    except (expat.ExpatError, Refused):
        root = None
    found = {one.get("styleId"): one for one in root.children if one.name == "style"} if root else {}
    usual = next((name for name, one in found.items() if one.get("type") == "paragraph" and one.get("default")), None)
    numbers = {name: number for name in found if (number := _number(name, found)) is not None}
    if usual in numbers:
        numbers[""] = numbers[usual]
    return Styles(
        numbers,
        frozenset(name for name, one in found.items() if is_on(_hides(one) or "0")),
        frozenset(name for name, one in found.items() if _CONTENTS.fullmatch(one.value("name") or "")),
    )


def _number(name: str, styles: dict[str, Element]) -> Named | None:
    chain: list[Element] = []
    while name in styles and len(chain) < _LONGEST:
        chain.append(styles[name])
        name = styles[name].value("basedOn") or ""
    number = None
    for style in reversed(chain):
        number = number_of(style.child("pPr"), number)
    return number


def _hides(style: Element) -> str | None:
    return style.value("rPr", "vanish")
