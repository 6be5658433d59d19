"""Where words end: whether what looks like a slip is the end of one word and the beginning of the next.

A list of common words of two characters tells (grammar/pairs.txt, and what it lacks in words.toml); it is read when
it is first asked.
"""

from __future__ import annotations

from functools import cache

from reportlint.resources import read_shipped
from reportlint.words import listed

_ALONE = frozenset("按对以和与及至将由被在为了的不已可再到从向给让把就都也又还更最各每其该此均并或等")
"""Characters that are often words by themselves."""
_LONGEST = 3


@cache
def _pairs() -> dict[str, str]:
    lines = read_shipped("grammar", "pairs.txt").splitlines()
    return {line[0]: line[1:] for line in lines if not line.startswith("#")}


def is_word(text: str) -> bool:
    """Whether two characters are a common word."""
    return len(text) == 2 and (text[1] in _pairs().get(text[0], "") or text in listed("borders", "pairs"))


def begins_word(text: str, at: int) -> bool:
    """Whether a common word of two characters begins at a place of a text."""
    return is_word(text[at : at + 2])


def straddles(text: str, start: int, end: int) -> bool:
    """Whether a stretch of two or three characters is parted by the end of a word: 布署 in 发布署名文章.

    A word before or behind it must take a part of it in, and what is left of it must be a word too.
    """
    if end - start > _LONGEST:
        return False
    before = is_word(text[max(0, start - 1) : start + 1])
    behind = is_word(text[end - 1 : end + 1])
    for at in range(start + 1, end):
        left = before if at == start + 1 else is_word(text[at - 2 : at])
        right = behind if at == end - 1 else is_word(text[at : at + 2])
        crossing = (before and at == start + 1) or (behind and at == end - 1)
        left = left or (at == start + 1 and text[start] in _ALONE)
        right = right or (at == end - 1 and text[end - 1] in _ALONE)
        if crossing and left and right:
            return True
    return False
