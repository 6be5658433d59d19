"""Words that a hijacked page was filled with (grammar/injected.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reportlint.late import Candidates, Late, Marked, distinct
from reportlint.resources import data
from reportlint.tuples import NamedTuple

_BEFORE, _BEHIND = 12, 8
_SENTENCE, _NEAR = 40, 14


class _Words(NamedTuple):
    """The words, with marks in small letters, and what tells how they are fought, or that they are in a name."""

    words: Candidates[Marked]
    fought: Late
    told: Late
    named: Late


@cache
def _words() -> _Words:
    held = data("injected.toml")
    words = Candidates((Marked(pattern, marks) for pattern, *marks in held["words"]), lambda word: word)
    return _Words(words, Late(held["fought"]), Late(held["told"]), Late(held["named"]))


def injected(text: str) -> Iterator[re.Match[str]]:
    """Betting, pornography and the like in a raw or folded text, but where it is told how they are fought."""
    words, fought, told, named = _words()
    end = 0
    lowered = text.lower() if any(map(str.isupper, distinct(text))) else text
    found = (match for word in words.within(lowered) for match in word.regex.finditer(text))
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        if match.start() < end or named.match(text, match.end()):
            continue
        start, end = match.span()
        sentence = max(text.rfind("。", 0, start), text.rfind("\n", 0, start), start - _SENTENCE - 1) + 1
        if not fought.search(text, max(0, start - _BEFORE), end + _BEHIND) and not told.search(
            text, sentence, end + _NEAR
        ):
            yield match
