"""Rule unexpected-section; docs/rules/unexpected-section.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Report
from reportlint.rules import Finding, rule


@rule(
    on=Report,
    severity="warning",
    zh="格式中没有“{text}”这一部分",
    en="the form has no section “{text}”",
    help=(
        "部分内部的小标题用“（一）”编号，不用“一、”",
        "number headings inside a section （一）, not 一、",
    ),
)
def unexpected_section(report: Report) -> Iterator[Finding]:
    """A numbered top-level heading that the form does not have."""
    for heading in report.strange_headings:
        yield Finding(heading, text=heading.text)
