"""Rule mojibake; docs/rules/mojibake.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text import mojibake as finder


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
    },
    help=("从原始文件重新复制这段文字", "copy the passage again from the original"),
)
def mojibake(source: Source) -> Iterator[Finding]:
    """UTF-8 read as GBK or Latin-1, GBK read as Latin-1, 锟斤拷, 烫烫烫.

    Found by the exact way back; the fix is offered only where every character comes back.
    """
    for found in finder.find(source.text):
        text = found.repaired if len(found.repaired) <= 30 else found.repaired[:30] + "…"
        kind = "lost" if found.kind == "lost" else "repaired" if found.exact else "partly"
        fix = Fix((Edit(found.span, found.repaired),)) if found.exact else None
        yield Finding(found.span, what=mojibake.words(kind, text=text)).fixed_by(fix)
