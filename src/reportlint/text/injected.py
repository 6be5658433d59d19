"""Words that a hijacked page was filled with (grammar/injected.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from reportlint.characters import distinct
from reportlint.late import Late
from reportlint.resources import data

_BEFORE, _BEHIND = 12, 8
_SENTENCE, _NEAR = 40, 14


class _Words(NamedTuple):
    """The words, with those of each mark by its first character; and what tells how they are fought."""

    by_mark: dict[str, list[tuple[str, Late]]]
    fought: Late
    told: Late


@cache
def _words() -> _Words:
    held = data("injected.toml")
    by_mark: dict[str, list[tuple[str, Late]]] = {}
    for pattern, *marks in held["words"]:
        word = Late(pattern)
        for mark in marks:
            by_mark.setdefault(mark[0], []).append((mark, word))
    return _Words(by_mark, Late(held["fought"]), Late(held["told"]))


def injected(text: str) -> Iterator[re.Match[str]]:
    """Betting, pornography and the like in a raw or folded text, but where it is told how they are fought."""
    by_mark, fought, told = _words()
    end = 0
    lowered = text.lower()
    chars = by_mark.keys() & distinct(lowered)
    words = dict.fromkeys(word for char in chars for mark, word in by_mark[char] if mark in lowered)
    found = (match for word in words for match in word.finditer(text))
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        if match.start() < end:
            continue
        start, end = match.span()
        sentence = max(text.rfind("。", 0, start), text.rfind("\n", 0, start), start - _SENTENCE - 1) + 1
        if not fought.search(text, max(0, start - _BEFORE), end + _BEHIND) and not told.search(
            text, sentence, end + _NEAR
        ):
            yield match
