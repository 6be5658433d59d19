"""Rule cut-label; docs/rules/cut-label.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import How, Report
from reportlint.rules import Finding, rule
from reportlint.rules.template._wording import is_torn


@rule(
    on=Report,
    severity="info",
    of_tables=True,
    zh="“{text}”不完整，格式中是“{label}”",
    en="“{text}” is cut short; the form has “{label}”",
    help=("表头换行处的文字可能在复制时丢失", "the second line of a column head may have been lost in copying"),
)
def cut_label(report: Report) -> Iterator[Finding]:
    """A label cut short by a lost line break: 结果 for 结果维持.

    Source: docs/specification.md §9.2.
    """
    for label in report.labels:
        if label.how is How.CUT and not is_torn(report, label):
            yield Finding(label, text=label.text, label=label)
