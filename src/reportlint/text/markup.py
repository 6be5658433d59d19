"""What a web page leaves in a text: entities, tags, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.characters import INVISIBLE
from reportlint.late import Late

ENTITY = r"(?:&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}\d{0,2});|&nbsp(?![A-Za-z0-9;]))"
"""A character spelt out for HTML, for a regular expression."""
_UNSEEN = Late(f"[{INVISIBLE}]")
_PARTING = "br|p|div|li|tr|h[1-6]"
_INLINE = "span|strong|b|i|u|em|font|sup|sub|center|a|o:p|st1:[a-z]{1,20}|label|summary|details|section|small|big|s|img"
TAG = rf"</?(?i:{_PARTING}|{_INLINE})(?:\s[^<>\n]{{0,400}})?/?>"
"""A tag of HTML that shows nothing of its own, for a regular expression."""
_ANY_TAG = Late(r"<(del|s|strike)\b[^<>]*>.*?</\1>|</?[A-Za-z][^<>]{0,2000}>", re.IGNORECASE | re.DOTALL)
_PARTS = Late(rf"</?(?i:{_PARTING})\b")


def unescaped(entity: str) -> str | None:
    """The character that an entity stands for, blanks as one blank; None where it stands for none."""
    from html import unescape

    text = unescape(entity)
    if text == entity or "\ufffd" in text:
        return None
    return "".join(" " if c.isspace() or ord(c) < 0x20 else c for c in _UNSEEN.sub("", text))


def plain(text: str) -> str:
    """A piece of a text as people see it, without tags: what messages quote."""
    if "<" not in text and "&" not in text:
        return text
    from html import unescape

    return unescape(_ANY_TAG.sub("", text))


def in_place_of(tag: str) -> str:
    """What a reader sees in a tag's place: a blank for one that parts lines, else nothing."""
    return " " if _PARTS.match(tag) else ""


def comments(text: str) -> Iterator[tuple[int, int, str]]:
    """Where comments of HTML stand, and what is left of each: a line end if it has one."""
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at + 4)
        if end < 0:
            return
        yield at, end + 3, "\n" if "\n" in text[at:end] else ""
        at = text.find("<!--", end + 3)
