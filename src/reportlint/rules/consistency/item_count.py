"""Rule item-count; docs/rules/item-count.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from reportlint.late import Late
from reportlint.model import Paragraph, Section
from reportlint.rules import Finding, rule
from reportlint.text.numbers import read_ordinal
from reportlint.words import either

_BELOW = either("item-count", "below")
_COUNT = Late(
    r"(?:(?:以下|如下|下列|下面|这)?(?P<n>[一二三四五六七八九十两]|(?<![\d.])\d)(?:个|大|类|项|点|条)?(?:大)?(?:主要|突出|明显)?"
    rf"{either('item-count', 'nouns')}(?:的?{either('item-count', 'behind_nouns')})?"
    r"|(?:以下|如下|下列)(?P<few>[一二三四五六七八九十两]|\d)点)"
)
_ITEM = Late(
    r"(?P<is>(?<![^。;:,、!?\s])[一二三四五六七八九十]{1,2}(?=是|要(?!求)|则))"
    r"|(?P<point>(?<![\d.(])\d{1,2}(?=[.、](?!\d)))|(?P<round>(?<=\()\d{1,2}(?=\)))|(?P<half>(?<![\d.(])\d{1,2}(?=\)))"
    r"|(?P<bracket>\((?P<b>[一二三四五六七八九十]{1,2})\))|(?P<first>第[一二三四五六七八九十](?=[,是、]))"
)
_CLOSED = Late(r"^[^。;:]{0,16}?[:。,]")
_LEFT_OPEN = Late("等[^。;]{0,6}(?:。|$)")
_OPEN = Late("^[^。;:]{0,4}等")
_AHEAD = Late(f"{_BELOW}$|^{_BELOW}")
_LISTED = Late("[、”]$")
_STARTS = Late(r"\s*(?:\([一二三四五六七八九十]{1,2}\)|\d{1,2}[.、])")
_TOLD = Late(rf"[^。:;,]{{0,12}}?{either('item-count', 'told')}[^:]*$")
"""Behind such a predicate (三项工作获表扬。) the items are of something else."""
_MORE = Late(either("item-count", "more"))
"""Behind one of these the last item goes on with another that has no number."""
_LATER = 12
_LONGEST = 4000


@rule(
    on=Section,
    severity="warning",
    free_form=True,
    zh="写的是“{stated}”，后面列出的有 {found} 项",
    en="it says “{stated}”; items that follow: {found}",
)
def item_count(section: Section) -> Iterator[Finding]:
    """以下三方面 followed by another number of items.

    Only items that are numbered from one right behind it count: 一是…二是…, 1. 2., （一）（二）.
    Source: docs/specification.md §8.4 C4.
    """
    for number, paragraph in enumerate(section.paragraphs):
        for match in _COUNT.finditer(paragraph.text):
            stated = read_ordinal((match["n"] or match["few"]).replace("两", "二"))
            behind = paragraph.text[match.end() : match.end() + _LONGEST]
            stop = _CLOSED.match(behind)
            if stated is None or stated < 2 or stop is None or _OPEN.match(behind):
                continue
            ahead = _AHEAD.search(match[0]) or _AHEAD.search(paragraph.text[: match.start()][-4:])
            if not ahead and (stop[0][-1] == "," or _LISTED.search(paragraph.text[: match.start()][-1:])):
                continue  # what the count is of stands in front of it
            if not ahead and _TOLD.match(stop[0]):
                continue
            later = section.paragraphs[number + 1 : number + _LATER]
            inside = behind[stop.end() :].strip()
            if not inside and not (ahead or stop[0][-1] == ":"):
                continue  # 完成六项任务。 at the end of a line sums up what stands in front
            found = _follow(inside, later)
            if found is not None and found < stated:
                # More than stated are those of the list around it.
                on_lines = _follow(inside, later, in_lines=True) if inside else _on_lines(later)
                found = min(stated, on_lines or 0) or None
            open_end = found is not None and found < stated and _LEFT_OPEN.search(behind)
            if found is not None and found != stated and not open_end:
                yield Finding(paragraph.span(*match.span()), stated=match[0], found=found)


def _follow(inside: str, later: tuple[Paragraph, ...], in_lines: bool = False) -> int | None:
    """How many items follow, numbered alike; None where the first does not stand at once, or it is unclear.

    `inside` is what stands behind the count on its own line, `later` are the paragraphs behind it.
    `in_lines` says that items of any kind may stand on the lines behind the first one's.
    """
    first = _ITEM.match(inside)
    if inside and first and first["is"]:
        # 一是… goes on in the lines that begin with the next ones.
        goes_on = takewhile(lambda p: _ITEM.match(p.text.strip()) or not _STARTS.match(p.text), later)
        inside = "".join([inside, *(p.text.strip() for p in goes_on)])[:_LONGEST]
    elif in_lines:
        inside = "\n".join([inside, *(p.text.strip() for p in later)])[:_LONGEST]
    text = inside if inside else "\n".join(p.text.strip() for p in later)[:_LONGEST]
    first = _ITEM.match(text) or _ITEM.match(text, 1 if text.startswith("(") else 0)
    if first is None or _value(first) != 1:
        return None
    count, last = 0, 0
    for match in _ITEM.finditer(text):
        if match.lastgroup != first.lastgroup and not (match["bracket"] and first["bracket"]):
            continue
        value = _value(match)
        if value == count + 1:
            count, last = value, match.end()
        elif value == 1:
            # A list within an item, or the next one.
            return count if "。" in text[last : match.start()] else None
        elif value > count + 1:
            return None  # a gap in the numbering is numbering-gap's business
    return count


def _on_lines(later: tuple[Paragraph, ...]) -> int | None:
    """How many items begin lines of their own, numbered alike; None where another may be numbered otherwise or not."""
    first: re.Match[str] | None = None
    count, last = 0, ""
    for paragraph in later:
        text = paragraph.text.strip()
        match = _ITEM.match(text) or _ITEM.match(text, 1 if text.startswith("(") else 0)
        if match is None:
            if count == 0:
                return None
            last = text
            continue
        if _value(match) != count + 1:
            break
        first = first or match
        if match.lastgroup != first.lastgroup and not (match["bracket"] and first["bracket"]):
            return None  # （三） goes on behind 二是
        count, last = count + 1, text
    return None if _MORE.search(last) else count or None


def _value(match: re.Match[str]) -> int:
    text = match["b"] or match["is"] or match["point"] or match["round"] or match["half"]
    return read_ordinal(text or (match["first"] or "").removeprefix("第")) or 0
