"""Rule invisible-character; docs/rules/invisible-character.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Span
from reportlint.fold import INVISIBLE
from reportlint.rules import Finding, rule
from reportlint.source import Source

_RUN = re.compile(f"[{INVISIBLE}]+")


@rule(
    on=Source,
    severity="warning",
    fix="safe",
    zh="不可见字符 {names}",
    en="invisible character {names}",
)
def invisible_character(source: Source) -> Iterator[Finding]:
    """Zero-width, bidi and control characters, soft hyphens, stray byte-order marks."""
    for match in _RUN.finditer(source.text):
        names = [f"U+{ord(c):04X}" for c in match[0][:4]] + (["…"] if len(match[0]) > 4 else [])
        span = Span(*match.span())
        yield Finding(span, names=names).fixed_by(Fix((Edit(span, ""),)))
