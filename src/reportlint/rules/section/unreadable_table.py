"""Rule unreadable-table; docs/rules/unreadable-table.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Section
from reportlint.rules import Finding, rule


@rule(
    on=Section,
    severity="error",
    of_tables=True,
    zh="“{section}”的表格读不出来：数字与行名、列名不在对应的位置上",
    en="the table of “{section}” cannot be read: its figures do not stand where its labels are",
    help=(
        "多半是从 PDF 复制时打乱了顺序；请从 Word 原稿或网页上的表格重新复制。这张表的数字都没有检查",
        "most likely a copy from a PDF that lost the order; copy from the Word file or the page. No figure was checked",
    ),
)
def unreadable_table(section: Section) -> Iterator[Finding]:
    """A table whose figures do not stand where its labels are: one finding, and no claim from it."""
    table = next((table for table in section.tables if table.unreadable), None)
    if table is not None:
        yield Finding(table, section=section.heading)
