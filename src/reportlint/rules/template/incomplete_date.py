"""Rule incomplete-date; docs/rules/incomplete-date.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reportlint.model import Report
from reportlint.rules import Finding, rule

_NO_DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}(?![\d日号.]|\s*[日至到、和及与,\-–—~])")
_WHOLE = re.compile(r"(?<!\d)(20\d\d)年(\d{1,2})月(\d{1,2})日")
_BAD_YEAR = re.compile(r"(?<![\d.,])(?:20\d{3}|20\d)年(?=[,，度、]|\d{1,2}月)")
_RUN_TOGETHER = re.compile(r"(?<!\d)20[0-4]\d{2,5}日")


@rule(
    on=Report,
    severity="warning",
    zh="日期“{date}”{what}",
    en="the date {date} {what}",
    help=("写全年、月、日", "write year, month and day in full"),
    remarks={
        "incomplete": ("不完整", "is incomplete"),
        "impossible": ("不存在", "does not exist"),
    },
)
def incomplete_date(report: Report) -> Iterator[Finding]:
    """2022年1月20 lacks its 日; 202111日 has lost 年 and 月; 2023年2月30日 is no day.

    Source: docs/specification.md §8.7, D4, G4.
    """
    incomplete, impossible = incomplete_date.words("incomplete"), incomplete_date.words("impossible")
    if report.date and not report.date.complete:
        yield Finding(report.date, date=report.date.text, what=incomplete)
    elif report.date and not _exists(report.date.year, report.date.month, report.date.day or 1):
        yield Finding(report.date, date=report.date.text, what=impossible)
    for paragraph in report.paragraphs:
        for pattern in (_NO_DAY, _RUN_TOGETHER):
            for match in pattern.finditer(paragraph.text):
                yield Finding(paragraph.span(*match.span()), date=match[0], what=incomplete)
        for match in _BAD_YEAR.finditer(paragraph.text):
            yield Finding(paragraph.span(*match.span()), date=match[0], what=impossible)
        for match in _WHOLE.finditer(paragraph.text):
            if not _exists(*map(int, match.groups())):
                yield Finding(paragraph.span(*match.span()), date=match[0], what=impossible)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
