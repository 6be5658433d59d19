"""Radicals and compatibility ideographs, and the ordinary characters that look like them."""

from __future__ import annotations

import unicodedata
from functools import cache

from reportlint.words import listed

RADICALS = "\u2e80-\u2fdf"
"""Radicals, for a character class; of the programs that make PDF files many write them for the characters."""


@cache
def _alike() -> dict[int, str]:
    """The radicals that Unicode says no more of than how they look."""
    return {ord(pair[0]): pair[1] for pair in listed("radicals", "alike")}


def ordinary(text: str) -> str:
    """A text with the ordinary character for every radical and compatibility ideograph."""
    return unicodedata.normalize("NFKC", text.translate(_alike()))
