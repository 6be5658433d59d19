"""What the styles of a Word document say that shows in its text: numbers, hidden text, tables of contents."""

from __future__ import annotations

import re
from xml.parsers import expat

from reportlint.late import Late
from reportlint.readers.word.numbering import Named
from reportlint.readers.word.package import Refused
from reportlint.readers.word.xmltree import Element, parse
from reportlint.tuples import NamedTuple

_CONTENTS = Late(r"toc \d|toc heading", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})


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


def number_of(properties: Element | None, inherited: Named | None, style: str = "") -> Named | None:
    """What the properties of a paragraph, or of a `style`, say of its number, over what it rests on says.

    None where it has none.
    """
    numbered = properties.child("numPr") if properties else None
    if numbered is None:
        return inherited
    name = numbered.value("numId")
    level = numbered.value("ilvl")
    name = name if name is not None else inherited.list if inherited else None
    if name is None or name == "0":
        return None
    if level is not None and len(level) == 1 and level.isdecimal():
        return Named(name, int(level))
    return Named(name, inherited.level if inherited else 0, style)


def read_styles(xml: bytes) -> Styles:
    """The styles of a part; none where it cannot be read."""
    try:
        root = parse(xml).root if xml else None
    except (expat.ExpatError, Refused):
        root = None
    found = {one.get("styleId"): one for one in root.children if one.name == "style"} if root else {}
    usual = next((name for name, one in found.items() if one.get("type") == "paragraph" and one.get("default")), None)
    numbers: dict[str, Named] = {}
    hidden: set[str] = set()
    for name in _bases_first(found):
        style = found[name]
        base = style.value("basedOn") or ""
        number = number_of(style.child("pPr"), numbers.get(base), name)
        if number is not None:
            numbers[name] = number
        own = style.value("rPr", "vanish")
        if is_on(own) if own is not None else base in hidden:
            hidden.add(name)
    if usual in numbers:
        numbers[""] = numbers[usual]
    contents = frozenset(name for name, one in found.items() if _CONTENTS.fullmatch(one.value("name") or ""))
    return Styles(numbers, frozenset(hidden), contents)


def _bases_first(styles: dict[str, Element]) -> list[str]:
    """The styles, each behind the one that it rests on."""
    ordered: dict[str, None] = {}
    for name in styles:
        chain: dict[str, None] = {}
        while name in styles and name not in ordered and name not in chain:
            chain[name] = None
            name = styles[name].value("basedOn") or ""
        ordered.update(dict.fromkeys(reversed(chain)))
    return list(ordered)
