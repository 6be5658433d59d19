"""Rule injected-text; docs/rules/injected-text.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from reportlint.diagnostics import Span
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text.injected import injected

_SHOWN = 30
_MOST_SHOWN = 5
_TOGETHER = 2


@rule(
    on=Source,
    severity="error",
    zh="正文中混入了不属于报告的内容“{text}”",
    en="words that belong to no report were put into the text: {text}",
    remarks={"too": ("这一行里还有", "and here")},
    help=(
        "网页可能被篡改：对照原稿，删去这些文字并补上被换掉的内容，再通知网站管理人员",
        "the page may have been tampered with: delete them and restore from the original what they took the place of, "
        "and tell whoever runs the site",
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
        first, *others = _joined(found)
        finding = Finding(first, text=shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…")
        for span in others[:_MOST_SHOWN]:
            finding.label("too", span)
        yield finding


def _joined(found: list[re.Match[str]]) -> list[Span]:
    """The places of the words, those that stand together as one; what is between others may be sound."""
    spans: list[Span] = []
    for match in found:
        if spans and match.start() - spans[-1].end <= _TOGETHER:
            spans[-1] = Span(spans[-1].start, match.end())
        else:
            spans.append(Span(*match.span()))
    return spans
