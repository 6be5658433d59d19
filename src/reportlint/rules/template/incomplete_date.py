"""Rule incomplete-date; docs/rules/incomplete-date.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.model import Report
from reportlint.rules import Finding, rule

_NO_DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}(?![\d日号.]|\s*[日至到、和及与,\-–—~])")
_RUN_TOGETHER = re.compile(r"(?<!\d)20[0-4]\d{2,5}日")


@rule(
    on=Report,
    severity="warning",
    zh="日期“{date}”不完整",
    en="the date {date} is incomplete",
    help=("写全年、月、日", "write year, month and day in full"),
)
def incomplete_date(report: Report) -> Iterator[Finding]:
    """2022年1月20 lacks its 日; 202111日 has lost 年 and 月 (spec §8.7, D4, G4)."""
    if report.date and not report.date.complete:
        yield Finding(report.date, date=report.date.text)
    for paragraph in report.paragraphs:
        for pattern in (_NO_DAY, _RUN_TOGETHER):
            for match in pattern.finditer(paragraph.text):
                yield Finding(paragraph.span(*match.span()), date=match[0])
