"""Rule duplicate-section; docs/rules/duplicate-section.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Report
from reportlint.rules import Finding, rule


@rule(
    on=Report,
    severity="warning",
    zh="“{section}”的标题重复出现",
    en="the heading of “{section}” stands twice",
    help=("每个部分的标题只保留一处", "keep one heading for each section"),
    remarks={"first": ("另一处在此", "the other one is here")},
)
def duplicate_section(report: Report) -> Iterator[Finding]:
    """The same section's heading stands twice; a table of contents does not count."""
    for again, first in report.duplicates:
        yield Finding(again, section=again).label("first", first)
