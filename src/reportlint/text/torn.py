"""Labels whose parts a layout set on several lines, with other cells between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reportlint.text.fold import fold
from reportlint.text.keys import key

_WORD = re.compile(r"[^\s|]+")
_NEXT = 6
"""So many lines further on the next part of a label may stand."""
_PARTS = 8
_LEAST = 2


def stands_torn(text: str, wording: str, begun: str = "") -> bool:
    """Whether the parts of a label stand each as a word of its own on lines of a folded text, those of its table.

    They are two or more, and `begun` ends with the first of them, where that is known.
    """
    whole, begun = key(fold(wording).text), key(begun)
    first = next((whole[:end] for end in range(len(whole) - 1, 0, -1) if begun.endswith(whole[:end])), "")
    if begun and not first:
        return False
    lines = _words(text)
    return any(
        _goes_on(lines, number, whole[len(word) :], _PARTS - 1)
        for number, words in enumerate(lines)
        for word in words
        if (word == first if first else whole.startswith(word) and _LEAST <= len(word) < len(whole))
    )


@lru_cache(maxsize=4)
def _words(text: str) -> list[list[str]]:
    """The words of each line, as labels are compared; every label of a table that may be torn is asked for."""
    return [[key(word) for word in _WORD.findall(line)] for line in text.split("\n")]


def _goes_on(lines: Sequence[Sequence[str]], number: int, rest: str, parts: int) -> bool:
    """Whether the rest of a label stands on the lines behind the one with a number, in so many parts at most."""
    return any(
        word == rest
        or (
            parts > 1
            and len(word) >= _LEAST
            and rest.startswith(word)
            and _goes_on(lines, at, rest[len(word) :], parts - 1)
        )
        for at in range(number + 1, min(number + 1 + _NEXT, len(lines)))
        for word in lines[at]
    )
