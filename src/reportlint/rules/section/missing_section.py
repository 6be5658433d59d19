"""Rule missing-section; docs/rules/missing-section.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import How, Section
from reportlint.rules import Finding, rule


@rule(
    on=Section,
    severity="error",
    zh="缺少“{section}”部分",
    en="section “{section}” is missing",
    help=(
        "格式规定的部分缺一不可；没有内容的也要保留标题并写明“无”",
        "every section of the form must be there; one without content keeps its heading and says 无",
    ),
    remarks={
        "instead": ("此处的标题是“{text}”", "here stands the heading “{text}”"),
        "place": ("应当位于此处之前", "it should stand before this place"),
    },
)
def missing_section(section: Section) -> Iterator[Finding]:
    """One of the form's sections is not there; points to where it should stand.

    Source: 条例 article 50 and the form's six headings (docs/specification.md §3.3).
    """
    heading = section.heading
    if heading.missing:
        finding = Finding(heading, section=heading)
        yield finding.note("instead", text=heading.text) if heading.how is How.RENAMED else finding.note("place")
