"""Rule no-form; docs/rules/no-form.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Span
from reportlint.model import Report
from reportlint.rules import Finding, rule


@rule(
    on=Report,
    severity="info",
    free_form=True,
    messages={
        "before": (
            "{year} 年还没有全国统一的报告格式，只检查对任何文字都成立的规则",
            "there was no national form for {year} yet: only what holds for any text is checked",
        ),
        "first": (
            "{year} 年的报告没有采用统一格式的表格，只检查对任何文字都成立的规则",
            "the report for {year} has none of the form's tables: only what holds for any text is checked",
        ),
    },
)
def no_form(report: Report) -> Iterator[Finding]:
    """A report for a year before the national form, or a free-form one for its first year.

    The form was set on 国办公开办函〔2019〕60号, for the reports on 2019 (docs/specification.md §1).
    """
    if report.free_form and report.year is not None:
        text = report.source.text
        start = len(text) - len(text.lstrip())
        at = report.title.span if report.title else Span(start, min(len(text), start + 1))
        yield Finding(at, "before" if report.year < report.form.since else "first", year=report.year)
