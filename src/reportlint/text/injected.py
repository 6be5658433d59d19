"""Words that a hijacked page was filled with (grammar/injected.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from reportlint.resources import folder

_BEFORE, _BEHIND = 12, 8


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = tomllib.loads((folder("grammar") / "injected.toml").read_text("utf-8"))
    return re.compile("|".join(f"(?:{word})" for word in data["words"])), re.compile(data["fought"])


def injected(text: str) -> Iterator[re.Match[str]]:
    """Betting, pornography and the like in a raw or folded text, but where it is told how they are fought."""
    words, fought = _words()
    for match in words.finditer(text):
        if not fought.search(text, max(0, match.start() - _BEFORE), min(len(text), match.end() + _BEHIND)):
            yield match
