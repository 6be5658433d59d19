"""Rule two-reports; docs/rules/two-reports.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Report
from reportlint.rules import Finding, rule


@rule(
    on=Report,
    severity="warning",
    free_form=True,
    of_several=True,
    messages={
        "behind": (
            "一个文件里有 {count} 份报告，下一份从这里开始",
            "one file holds {count} reports; the next one begins here",
        ),
        "beside": (
            "表格里并列着几个年度的数字，没有逐项检查",
            "the tables hold the figures of several years side by side; nothing else was checked",
        ),
    },
    help=("每份报告单独存为一个文件", "keep each report in a file of its own"),
)
def two_reports(report: Report) -> Iterator[Finding]:
    """Two reports or more in one file; each is then checked for itself.

    Of several years side by side in one table nothing else is said.
    """
    if report.side_by_side:
        table = max(report.tables, key=lambda table: len(table.rows))
        yield Finding(table, "beside")
    if report.following:
        following = report.following[0]
        yield Finding(following.title or following.sections[0].heading, "behind", count=len(report.following) + 1)
