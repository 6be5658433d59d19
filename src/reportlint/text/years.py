"""Years as reports write them: 2023年, 2023年度, 二〇二三年, and with what people and scanners set for 〇."""

from __future__ import annotations

import re

from reportlint.late import Late, Marked

_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")}
_ZEROS = "○零◯OoＯОοо0"
"""What is set in the place of 〇: letters, rings, digits."""
_TABLE = str.maketrans(_DIGITS | dict.fromkeys(_ZEROS, "0"))
_ZERO = f"[〇{_ZEROS}]"
_ANY = f"[〇一二三四五六七八九{_ZEROS}]"
SPELT = rf"二{_ZERO}[一二三四〇{_ZEROS}]{_ANY}"
"""A year in Chinese numerals, for a regular expression."""
YEAR = Late(rf"(?<!\d)(?:(20[0-4]\d)(?:年度?)?|({SPELT}|2[OoОο]\d\d)年度?)")
"""A year with or without 年度 behind it; what is in Chinese numerals has 年."""
SPELT_BEGINS = tuple(f"二{zero}" for zero in f"〇{_ZEROS}")
"""How it begins."""
LOOK_ALIKE = Marked(
    rf"(?:{SPELT})(?=年)|(?<![\dA-Za-z])2[OoОο]\d\d(?=年)",
    (*SPELT_BEGINS, "2O", "2o", "2О", "2ο"),
)


def read_year(text: str) -> int | None:
    """The first year that a text names."""
    match = YEAR.search(text)
    return year_of(match) if match else None


def year_of(match: re.Match[str]) -> int:
    """The year of a match of YEAR."""
    return int(match[1] or match[2].translate(_TABLE))


def spelt_right(text: str) -> str:
    """Chinese numerals with 〇 for whatever stands in its place."""
    zero = "0" if text[0] == "2" else "〇"
    return "".join(zero if c in _ZEROS and c not in "○零0" else "〇" if c == "0" and zero == "〇" else c for c in text)
