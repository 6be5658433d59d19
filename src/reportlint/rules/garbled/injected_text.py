"""Rule injected-text; docs/rules/injected-text.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportlint.diagnostics import Span
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text.injected import injected

_SHOWN = 30


@rule(
    on=Source,
    severity="error",
    zh="正文中混入了不属于报告的内容“{text}”",
    en="words that belong to no report were put into the text: {text}",
    help=(
        "网页可能被篡改：删去这些文字，从未被篡改的原稿复制，并通知网站管理人员",
        "the page may have been tampered with: delete them, copy from a sound original, and tell whoever runs the site",
    ),
)
def injected_text(source: Source) -> Iterator[Finding]:
    """Words of betting and other sites that a hijacked page was filled with; one finding a line.

    The list is data, grammar/injected.toml.
    """
    text = source.text
    for _, group in groupby(injected(text), lambda match: source.position(match.start())[0]):
        found = list(group)
        shown = "、".join(dict.fromkeys(match[0] for match in found))
        span = Span(found[0].start(), found[-1].end())
        yield Finding(span, text=shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…")
