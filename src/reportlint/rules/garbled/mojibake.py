"""Rule mojibake; docs/rules/mojibake.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Span
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text import mojibake as finder

_SHOWN = 30


@rule(
    on=Source,
    severity="error",
    recognised=(True, False),
    fix="safe",
    zh="乱码：{what}",
    en="garbled by a wrong encoding: {what}",
    remarks={
        "repaired": ("原文应为“{text}”", "it was “{text}”"),
        "partly": ("原文大致为“{text}”，部分字符已丢失", "it was about “{text}”; some characters are lost"),
        "lost": ("原文已无法恢复", "the text is lost"),
        "whole": ("全文都是，原文是“{text}”", "all of it; it was “{text}”"),
    },
    help=("从原始文件重新复制这段文字", "copy the passage again from the original"),
)
def mojibake(source: Source) -> Iterator[Finding]:
    """UTF-8 read as GBK or Latin-1, GBK read as Latin-1, 锟斤拷, 烫烫烫.

    Found by the exact way back; the fix is offered only where every character comes back. A text that is garbled
    from end to end is one finding, and mended as a whole.
    """
    whole = finder.whole(source.text)
    if whole is not None:
        first = next((found.span for found in finder.find(source.text)), Span(0, 1))
        shown = whole.strip()
        what = mojibake.words("whole", text=shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…")
        yield Finding(first, what=what).fixed_by(Fix((Edit(Span(0, len(source.text)), whole),)))
        return
    for found in finder.find(source.text):
        text = found.repaired if len(found.repaired) <= _SHOWN else f"{found.repaired[:_SHOWN]}…"
        kind = "lost" if found.kind == "lost" else "repaired" if found.exact else "partly"
        fix = Fix((Edit(found.span, found.repaired),)) if found.exact else None
        yield Finding(found.span, what=mojibake.words(kind, text=text)).fixed_by(fix)
