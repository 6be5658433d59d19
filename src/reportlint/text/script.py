"""Traditional and simplified characters, told apart by the national character sets.

A character that Big5 has and GB2312 lacks is traditional; one that GB2312 has and Big5 lacks
is simplified. OpenCC is imported only when there is something to convert.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from reportlint.late import Late, distinct

KEPT_IN_NAMES = frozenset("昇陞邨迺甦氾菉龢鍾崑崙勛濛瞭堃喆淼犇噁")
"""Characters that simplified text keeps in names of people, places and substances (通用规范汉字表, 2013)."""

MARKS = "，。、；：“”（）《》！？—…０１２３４５６７８９"
"""Marks that reports are written with."""
_COMMON_LEADS, _TRAILS = range(0xB0, 0xD8), bytes(range(0xA1, 0xFF))
"""The bytes of GB2312's level 1."""
RENEWED = frozenset("乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽")
"""Characters that GB2312 has and OpenCC makes others."""
_UNPAIRED = f"{chr(0xD800)}-{chr(0xDFFF)}"
_NO_CHARACTER = Late(f"[{_UNPAIRED}]")
_PARTS = Late(f"[{_UNPAIRED}]+|[^{_UNPAIRED}]+")


@cache
def _in(charset: str, char: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def is_han(char: str) -> bool:
    """Whether `char` is a CJK ideograph of the basic block or extension A."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def is_simple(char: str) -> bool:
    """Whether simplified text may write `char`: GB2312 has it."""
    return _in("gb2312", char)


@cache
def is_simplified(char: str) -> bool:
    """Whether only simplified text writes `char`."""
    return is_han(char) and _in("gb2312", char) and not _in("big5", char)


@cache
def is_traditional(char: str) -> bool:
    """Whether only traditional text writes `char` and simplified text writes another one."""
    return is_han(char) and _in("big5", char) and not _in("gb2312", char) and simplify(char) != char


@cache
def is_shared(char: str) -> bool:
    """Whether simplified text writes `char`, alone or as traditional text does too."""
    return _in("gb2312", char) or _in("gb2312", simplify(char))


@cache
def everyday() -> frozenset[str]:
    """The characters that reports are written in: level 1 of GB2312, and marks."""
    row = bytearray(2 * len(_TRAILS))
    row[1::2] = _TRAILS
    rows = []
    for lead in _COMMON_LEADS:
        row[::2] = bytes([lead]) * len(_TRAILS)
        rows.append(row.decode("gb2312", "ignore"))
    return frozenset(MARKS + "".join(rows))


def is_everyday(char: str) -> bool:
    """Whether a character is one that reports are written in."""
    return char in everyday()


@lru_cache(maxsize=4)
def rare(text: str) -> frozenset[str]:
    """The characters of a text that are neither ASCII nor everyday: few, and most of what is odd is among them."""
    return frozenset(char for char in distinct(text) - everyday() if char > "\x7f")


def simplifications(chars: Iterable[str]) -> dict[str, str]:
    """What folds to a simplified character, among the distinct characters of a text.

    In a simplified text only what GB2312 lacks and names do not keep (东昇镇); in a traditional one also
    characters that it has for names and old books, such as 於.
    """
    han = [c for c in chars if is_han(c)]
    outside = (c for c in han if not _in("gb2312", c) and c not in KEPT_IN_NAMES)
    odd = {c: new for c in outside if (new := simplify(c)) != c}
    if len(odd) > sum(map(is_simplified, han)):
        odd |= {c: new for c in han if (new := simplify(c)) != c}
    return odd


@cache
def simplify(char: str) -> str:
    """`char` as simplified text writes it."""
    if char not in RENEWED and _in("gb2312", char):
        return char
    simple = _converted("t2s", char)
    return simple if len(simple) == 1 else char


def simplify_text(text: str) -> str:
    """A traditional text in simplified characters, chosen by the words that they stand in."""
    return _converted("t2s", text)


@cache
def complicate(text: str) -> str:
    """`text` as traditional text writes it."""
    return _converted("s2t", text)


def _converted(name: str, text: str) -> str:
    """`text` as a configuration of OpenCC converts it; what is no character, an undecodable byte, stays as it is."""
    convert = _converter(name).convert
    return "".join(part if _NO_CHARACTER.match(part) else str(convert(part)) for part in _PARTS.findall(text))


@cache
def _converter(name: str) -> Any:
    import opencc

    return opencc.OpenCC(name)
