"""Rule uncertain-figure; docs/rules/uncertain-figure.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.source import Source


@rule(
    on=Source,
    severity="info",
    of_tables=True,
    messages={
        "unsure": ("扫描件上的“{text}”识别得没有把握", "{text} was read from a scan without certainty"),
        "two": (
            "扫描件上的这个数字读作“{text}”，也可能是“{other}”",
            "this figure of a scan was read as {text}, and may be {other}",
        ),
    },
    help=("请对照原件核对这一格", "compare this cell with the paper"),
)
def uncertain_figure(source: Source) -> Iterator[Finding]:
    """A figure of a scan that OCR read in two ways, or without certainty."""
    for one in source.recognitions or ():
        if one.is_doubtful:
            text = source.text[one.span.start : one.span.end]
            key = "unsure" if one.other is None else "two"
            yield Finding(one.span, key, text=text, other=one.other or "")
