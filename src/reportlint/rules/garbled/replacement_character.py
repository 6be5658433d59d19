"""Rule replacement-character; docs/rules/replacement-character.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.rules.garbled._runs import runs
from reportlint.source import Source

_LOST = re.compile(
    r"\ufffd+|(?<=[\u3400-\u9fff])\?{2,}(?=[\u3400-\u9fff\d])|(?<![?\w])\?{3,}(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\?{3,}"
)


@rule(
    on=Source,
    severity="error",
    zh="有 {count} 个字符在转换编码时丢失（{text}）",
    en="{count} character(s) were lost in a conversion ({text})",
    help=("对照原文补上丢失的文字", "restore the text from the original"),
)
def replacement_character(source: Source) -> Iterator[Finding]:
    """U+FFFD, or a run of ? where Chinese stood."""
    for span, text in runs(source, _LOST):
        shown = "U+FFFD" if text[0] == "\ufffd" else text[:8]
        yield Finding(span, count=len(text), text=shown)
