"""Figures as people write them: thousands separators, signs in words, units, stray marks."""

from __future__ import annotations

import re
from decimal import Decimal

_FIGURE = re.compile(
    r"(?P<sign>[+\-−]|增加?|减少?)?(?P<number>\d[\d,]*(?:\.\d+)?)(?:/(?P<less>[+\-]?\d+))?"
    r"(?P<unit>件次?|条|个|项|份|宗|人次|次|元|万元|亿元|%)?"
)
_ORDINALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}


def read_figure(text: str) -> tuple[Decimal | None, str]:
    """The value and the unit of a cell's text; the value is None where there is no number.

    A question mark beside the digits is what a converter left of a no-break space. 5/3 in a
    column of changes is five more and three fewer.
    """
    match = _FIGURE.fullmatch(text.strip("?"))
    if match is None:
        return None, ""
    value = Decimal(match["number"].replace(",", ""))
    if match["sign"] and match["sign"][0] in "-−减":
        value = -value
    if match["less"]:
        value -= abs(int(match["less"]))
    return value, match["unit"] or ""


def read_ordinal(text: str) -> int | None:
    """一 to 九十九, or ASCII digits, as a number."""
    if text.isascii() and text.isdigit():
        return int(text[:4])
    if not text or any(c not in _ORDINALS for c in text):
        return None
    if "十" not in text:
        return _ORDINALS[text] if len(text) == 1 else None
    tens, _, ones = text.partition("十")
    return (_ORDINALS[tens] if tens else 1) * 10 + (_ORDINALS[ones] if ones else 0)


def show(value: Decimal) -> str:
    """A value as plain digits."""
    return f"{value.normalize():f}" if value else "0"
