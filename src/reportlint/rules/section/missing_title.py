"""Rule missing-title; docs/rules/missing-title.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Span
from reportlint.model import Report
from reportlint.rules import Finding, rule


@rule(
    on=Report,
    severity="warning",
    zh="缺少标题：第一部分之前没有“…{title}”一行",
    en="no title: nothing before the first section reads …{title}",
    help=("在正文之前写明“机关名称＋年份＋{title}”", "put a line with organ, year and {title} before the text"),
)
def missing_title(report: Report) -> Iterator[Finding]:
    """No title line before the first section.

    Site furniture and metadata lines are not titles; a title may run over two lines
    (docs/specification.md §3.1). A form that states no title asks for none.
    """
    if report.title is None and report.form.title:
        text = report.source.text
        start = len(text) - len(text.lstrip())
        line = report.source.line(report.source.position(start)[0])
        yield Finding(Span(start, min(line.end, start + 12)), title=report.form.title)
