"""Addresses of pages, mail and machines, and names of files: what in them looks wrong is meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from reportlint.late import Late

_ENDINGS = "(?:docx?|xlsx?|pptx?|pdf|ofd|wps|html?|shtml|txt|csv|zip|rar|jpe?g|png)"
_ADDRESS = Late(
    r"(?:https?://|www\.)[!-~]{0,2000}[\w/](?:[=?&/.(_-]?[^\s!-~，、。；：“”（）《》〈〉【】]{1,40}[()/.?&=_%-][!-~]{0,200}(?<=[\w/&=]))*"
    rf"|《[^《》\n]{{1,120}}\.{_ENDINGS}》|“[^“”\n]{{1,120}}\.{_ENDINGS}”"
    r"|(?<![\w.+-])[\w.+-]{1,80}@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,10}"
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
    r"|(?<![^\s,，、。；;：:《》“”()（）])[^\s,，、。；;：:《》“”()（）]{1,120}\."
    rf"{_ENDINGS}\b",
    re.ASCII | re.IGNORECASE,
)


class Addresses:
    """Where addresses and names of files stand in a text."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in _ADDRESS.finditer(self._text)]

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them has characters between two offsets."""
        at = bisect_left(self._spans, (start + 1,))
        return any(first < end and start < last for first, last in self._spans[max(0, at - 1) : at + 1])
