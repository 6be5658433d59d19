"""Rule compatibility-character; docs/rules/compatibility-character.md is its page and its test."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Span
from reportlint.rules import Finding, rule
from reportlint.source import Source

_RUN = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]+")


@rule(
    on=Source,
    severity="warning",
    fix="safe",
    zh="“{text}”是部首或兼容汉字，应为“{right}”",
    en="{text} is a radical or compatibility character for {right}",
    help=("看上去一样，但搜索不到", "it looks the same and cannot be searched for"),
)
def compatibility_character(source: Source) -> Iterator[Finding]:
    """Kangxi radicals ⼀ and CJK compatibility ideographs in place of the ordinary character."""
    for match in _RUN.finditer(source.text):
        right = unicodedata.normalize("NFKC", match[0])
        if right != match[0]:
            span = Span(*match.span())
            yield Finding(span, text=match[0], right=right).fixed_by(Fix((Edit(span, right),)))
