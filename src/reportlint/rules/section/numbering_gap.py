"""Rule numbering-gap; docs/rules/numbering-gap.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.late import Late
from reportlint.model import Section, SubHeading
from reportlint.rules import Finding, rule
from reportlint.words import either

_MOST = 2
"""So many that are missing before the first number are named one by one."""
_SECOND = 2
_FIRST = Late(either("numbering-gap", "first"))
_ONE = Late(r"(?<![\d.])1[.、](?!\d)")
_UNNUMBERED = Late(r".?[:：][^。:：;；]{2,80}[;；]\s*二是")
"""A list whose first item has no number."""
_INNER = {"bracket": ("digit", "is"), "digit": ("is",), "is": ()}


@rule(
    on=Section,
    severity="warning",
    messages={
        "": ("编号不连续：“{before}”之后是“{found}”", "numbering jumps from {before} to {found}"),
        "first": (
            "第一个编号是“{found}”，前面缺“{lacking}”",
            "the first number is {found}, without {lacking} before it",
        ),
    },
    remarks={"to": ("{first}至{last}", "{first} to {last}")},
)
def numbering_gap(section: Section) -> Iterator[Finding]:
    """(一)(二)(四); 一是…三是; 1. 2. 4. or 1. 2. 2. inside a section; 二是…三是 without 一是.

    A heading that stands in mid-line counts. Where it goes on rightly behind a wrong number, only that is told.
    Numbering may begin anew, and inner numbering does with each outer item. 四是…：一是…二是…；五是… goes on outside.
    """
    last: dict[str, SubHeading] = {}
    meant: dict[str, int] = {}
    left: dict[str, set[int]] = {"is": set(), "digit": set()}
    """Items within which another list of their kind began."""
    begun: dict[int, int] = {}
    """How many 一是 each paragraph has."""
    for at, item in enumerate(section.subheadings):
        before = last.get(item.kind)
        number = before.number if before else 0
        if item.in_line and item.number != number + 1:
            continue
        jumps = item.number > number + 1 and (before is not None or item.kind == "bracket")
        if item.paragraph not in begun:
            begun[item.paragraph] = section.paragraphs[item.paragraph].text.count("一是")
        repeats = before is not None and _repeats(section, before, item, begun[item.paragraph])
        if item.kind in left:
            left[item.kind] |= {number} if item.number == 1 else set()
            jumps &= item.kind != "is" or item.number - 1 not in left[item.kind]
            repeats &= item.number - 1 not in left[item.kind]
        jumps |= before is None and _lacks_first(section, at)
        expected = meant.pop(item.kind, None)
        told = expected is not None and item.number == expected + 1
        if (jumps or repeats) and not told:
            # （二）（四）（四）: the first should be （三）, and the second goes on from there.
            meant[item.kind] = number + 1
            if before:
                yield Finding(item, before=_name(before), found=_name(item))
            elif item.kind == "is" or not _stands_before(section, item):
                names = [_name(item._replace(number=n)) for n in range(1, item.number)]
                lacking = names if len(names) <= _MOST else [numbering_gap.words("to", first=names[0], last=names[-1])]
                yield Finding(item, "first", lacking=lacking, found=_name(item))
        last[item.kind] = item
        for kind in _INNER[item.kind]:
            last.pop(kind, None)
            left[kind] = set()


def _repeats(section: Section, before: SubHeading, item: SubHeading, begun: int) -> bool:
    """Whether a number stands twice. 1 may begin another list, and so may what stands in mid-line behind another's 2.

    `begun` says how often the item's paragraph has 一是.
    """
    if item.number != before.number or item.kind == "bracket":
        return item.number == before.number
    if item.kind == "is":
        return item.number > 1 and before.paragraph == item.paragraph and begun == 1
    between = section.paragraphs[before.paragraph : item.paragraph]
    return item.number > 1 and not any(_ONE.search(paragraph.text) for paragraph in between)


def _lacks_first(section: Section, at: int) -> bool:
    """Whether a list begins with 二是 and goes on with 三是, and what stands in front as its first item has no number.

    That is told by the stops: 问题有：解读不够；二是…；三是….
    """
    item, behind = section.subheadings[at], section.subheadings[at + 1 : at + 2]
    if item.kind != "is" or item.number != _SECOND:
        return False
    if not behind or (behind[0].kind, behind[0].number, behind[0].paragraph) != ("is", _SECOND + 1, item.paragraph):
        return False
    match = _UNNUMBERED.search(section.paragraphs[item.paragraph].text)
    return match is not None and _FIRST.search(match[0]) is None


def _stands_before(section: Section, item: SubHeading) -> bool:
    """Whether the number before an item's stands in the midst of a paragraph above it."""
    wanted = _name(item._replace(number=item.number - 1)).replace("（", "(").replace("）", ")")
    return any(wanted in paragraph.text for paragraph in section.paragraphs[: item.paragraph])


def _name(item: SubHeading) -> str:
    if item.kind == "digit":
        return f"{item.number}."
    digits = "一二三四五六七八九"
    tens, ones = divmod(item.number, 10)
    text = ("" if tens < 2 else digits[tens - 1]) + ("十" if tens else "") + (digits[ones - 1] if ones else "")
    return f"（{text}）" if item.kind == "bracket" else f"{text}是"
