"""Rule not-a-report; docs/rules/not-a-report.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Span
from reportlint.model import Report
from reportlint.rules import Finding, rule


@rule(
    on=Report,
    severity="warning",
    recognised=(False,),
    messages={
        "other": ("没有认出这是{title}", "not recognised as an annual report ({title})"),
        "empty": ("文件是空的", "the file is empty"),
    },
    help=(
        "需要标题和至少一个部分，或者两个部分的标题，或者两张有数据的表格；请检查文件是否选对",
        "that takes a title and a section, two section headings, or two tables with figures; is it the right file?",
    ),
)
def not_a_report(report: Report) -> Iterator[Finding]:
    """A file named on the command line is no annual report; nothing else is checked in it."""
    text = report.source.text
    if not text.strip("\ufeff \t\r\n\u3000\xa0"):
        yield Finding(Span(0, 0), "empty").without_help()
        return
    yield Finding(Span(0, min(1, len(text))), "other", title=report.form.title or report.form.name)
