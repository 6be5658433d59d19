"""Rule leaked-pinyin; docs/rules/leaked-pinyin.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Span
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text.fold import pinyin


@rule(
    on=Source,
    severity="warning",
    fix="safe",
    zh="“{char}”字后混入了拼音 {text}",
    en="the pronunciation {text} has leaked into the text behind {char}",
    help=("网页转换软件留下的读音，删去即可", "a web page converter left it; delete it"),
)
def leaked_pinyin(source: Source) -> Iterator[Finding]:
    """習(xí): a character followed by its own pronunciation in brackets."""
    for match in pinyin(source.text):
        span = Span(*match.span())
        char = source.text[span.start - 1]
        yield Finding(span, char=char, text=match[0]).fixed_by(Fix((Edit(span, ""),)))
