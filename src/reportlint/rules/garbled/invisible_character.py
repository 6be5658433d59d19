"""Rule invisible-character; docs/rules/invisible-character.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix
from reportlint.fold import INVISIBLE
from reportlint.rules import Finding, rule
from reportlint.rules.garbled._runs import code_points, runs
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
    for span, text in runs(source, _RUN):
        yield Finding(span, names=code_points(text)).fixed_by(Fix((Edit(span, ""),)))
