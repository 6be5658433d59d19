"""Figures as people write them: thousands separators, signs in words, units, stray marks."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from functools import lru_cache

from reportlint.late import Late

_FIGURE = Late(
    r"(?P<sign>[+\-−])?(?P<number>(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+|\d+)(?:\.\d+)?)"
    r"(?P<unit>件次?|条|个|项|份|宗|人次|次|元|万元|亿元|%)?"
)
# What columns of changes (本年增/减) also hold: 增加5, 减3, 5/3 for five more and three fewer.
_CHANGE = Late(r"(?P<sign>增加?|减少?)(?P<number>\d+)(?P<unit>[件条个项])?|(?P<more>[+]?\d+)/-?(?P<less>\d+)")
_LONGEST = 25
"""Longer figures are none that a report could mean."""
COUNT = (
    r"\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,4})?[亿万千](?:\d{1,4}[万千百])+|\d{1,6}[亿万]\d{3,4}(?!\d)"
    r"|\d+(?:\.\d+)?|(?:[零〇一二两三四五六七八九十百千]|[万亿](?!元))+"
)
"""A count as prose writes it, for a regular expression: 1,203, 3万5千, 两万五千."""
_PART = Late(r"([\d.]+)([亿万千百]?)")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ORDINALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}


@lru_cache(maxsize=2048)
def read_figure(text: str, signed: bool = False) -> tuple[Decimal | None, str]:
    """The value and the unit of a cell's text; the value is None where there is no number.

    A question mark beside the digits is what a converter left of a no-break space. `signed`
    is for a column of changes, where 增 and 减 stand for signs.
    """
    text = text.strip("?")
    if len(text) > _LONGEST:
        return None, ""
    match = _FIGURE.fullmatch(text)
    if match is not None:
        value = Decimal(match["number"].replace(",", ""))
        return (-value if match["sign"] in ("-", "−") else value), match["unit"] or ""
    change = _CHANGE.fullmatch(text) if signed else None
    if change is None:
        return None, ""
    if change["more"]:
        return Decimal(change["more"]) - Decimal(change["less"]), ""
    value = Decimal(change["number"])
    return (-value if change["sign"][0] == "减" else value), change["unit"] or ""


def read_count(text: str) -> Decimal | None:
    """A count as prose writes it: 1,203, 12.5, 3万5千, 三, 十二, 两万五千; None for what is none."""
    if len(text) > _LONGEST:
        return None
    if text[0].isdecimal():
        parts = _PART.findall(text.replace(",", ""))
        return sum((Decimal(number) * _SCALES[scale] for number, scale in parts), Decimal(0))
    if len(text) == 1:
        digit = unicodedata.numeric("二" if text == "两" else text, None)
        return None if digit is None else Decimal(int(digit))
    # Imported only where a report writes a longer count in Chinese: that takes longer than most reports.
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except (ValueError, LookupError):  # 零十二 is a KeyError of theirs
        return None


def read_ordinal(text: str) -> int | None:
    """一 to 九十九, or ASCII digits, as a number."""
    if text.isascii() and text.isdecimal():
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


def plain(value: Decimal | None) -> int | float | None:
    """A value as JSON and spreadsheets have it."""
    return None if value is None else int(value) if value == int(value) else float(value)


_DECIMALS = Late(r"[.．](\d+)")


def show_like(value: Decimal, text: str) -> str:
    """A value with as many decimals as the figure in `text` has, or more where it needs them: 39.70 for 39.07."""
    shown = show(value)
    written, own = _DECIMALS.search(text), _DECIMALS.search(shown)
    lacking = (len(written[1]) if written else 0) - (len(own[1]) if own else 0)
    if lacking <= 0:
        return shown
    return shown + ("" if own else ".") + "0" * lacking
