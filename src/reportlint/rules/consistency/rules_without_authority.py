"""Rule rules-without-authority; docs/rules/rules-without-authority.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Report
from reportlint.rules import Finding, rule
from reportlint.text.organs import lacks_rules


@rule(
    on=Report,
    severity="warning",
    zh="{organ}无权制定规章，“{row}”却填了 {value}",
    en="{organ} has no power to make what “{row}” counts, and it is {value}",
    help=(
        "规章由国务院部门、省级政府、设区的市和自治州政府制定（立法法）；规范性文件填在下一行",
        "ministries, provinces, cities with districts and autonomous prefectures make them; others go one row down",
    ),
)
def rules_without_authority(report: Report) -> Iterator[Finding]:
    """规章 above 0 for an organ that may make none: a town; for a county or a department, by its name, an info.

    Source: 立法法 articles 91 and 93: the State Council's departments, provinces, cities with districts and
    autonomous prefectures make them.
    """
    for table in report.tables:
        row = table.row("R_RULES")
        figure = next((f for f in row.figures if f.value), None) if row and row.label else None
        sure = None if figure is None else lacks_rules(report.organ or "")
        if row and row.label and figure is not None and sure is not None:
            finding = Finding(figure, organ=report.organ, row=row.label, value=figure.text)
            yield finding if sure else finding.at_severity("info")
