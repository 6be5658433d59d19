"""Rule empty-section; docs/rules/empty-section.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Section
from reportlint.rules import Finding, rule


@rule(
    on=Section,
    severity="warning",
    zh="“{section}”部分只有标题，没有内容",
    en="section “{section}” is a heading with nothing under it",
    help=("没有需要报告的事项时写“无”", "write 无 where there is nothing to report"),
)
def empty_section(section: Section) -> Iterator[Finding]:
    """A prose section's heading with nothing under it.

    A signature, a date and what the web page puts behind them are not content. Sections that
    must hold a table are left to missing-table.
    """
    # Of a heading that stands apart from its text misplaced-section speaks.
    if not (section.missing or section.moved or section.form.tables or section.paragraphs):
        yield Finding(section.heading, section=section.heading)
