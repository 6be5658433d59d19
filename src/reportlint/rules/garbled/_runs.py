"""What the rules on single characters share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from reportlint.diagnostics import Span
from reportlint.late import Late, Marked
from reportlint.source import Source
from reportlint.text import mojibake


def runs(source: Source, pattern: Late | Marked) -> Iterator[tuple[Span, str]]:
    """Where `pattern` matches outside mojibake, which is a finding of its own."""
    matches = list(pattern.finditer(source.text))
    garbled = [found.span for found in mojibake.find(source.text)] if matches else []
    for match in matches:
        at = bisect_right(garbled, match.start(), key=lambda span: span.start) - 1
        if at < 0 or garbled[at].end <= match.start():
            yield Span(*match.span()), match[0]


def code_points(text: str) -> list[str]:
    """The first code points of a run, as U+XXXX."""
    return [f"U+{ord(c):04X}" for c in text[:4]] + (["…"] if len(text) > 4 else [])
