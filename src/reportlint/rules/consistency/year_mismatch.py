"""Rule year-mismatch; docs/rules/year-mismatch.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.diagnostics import Span
from reportlint.model import Paragraph, Report
from reportlint.rules import Finding, rule

_PERIOD = re.compile(r"(20\d\d)年1月1日(?:起)?[,、]?(?:至|到|-|—|~)+(?:(20\d\d)年)?12月31日")
_OPENING = re.compile(r"\s*(20\d\d)年(?:度)?[,，]")
_TITLE = re.compile(r"《[^》]{0,40}?(20\d\d)年度?[^》]{0,20}政府信息公开(?:工作)?年度报告》")


@rule(
    on=Report,
    severity="error",
    zh="{what}是 {found} 年，与报告年份 {year} 年不一致",
    en="{what} says {found}, the report is for {year}",
    remarks={
        "period": ("统计期限", "the statistical period"),
        "title": ("正文中的报告名称", "the report's name in the text"),
        "opening": ("总体情况开头", "the overview's opening"),
        "date": ("落款日期", "the date"),
        "stated": ("报告年份见此", "the report's year stands here"),
    },
)
def year_mismatch(report: Report) -> Iterator[Finding]:
    """Title, period, text and date disagree on the report's year (spec §8.7, D2, D6).

    The report is dated in the year after its own; a date in its own year, or before it was
    over, is left to late-date.
    """
    year = report.year
    if year is None:
        return
    overview = report.sections[0]
    places: list[tuple[str, int, Span]] = []
    for paragraph in (*report.preface, *overview.paragraphs):
        for key, pattern in (("period", _PERIOD), ("title", _TITLE)):
            for match in pattern.finditer(paragraph.text):
                places += [
                    (key, int(match[n]), paragraph.span(*match.span(n)))
                    for n in (1, 2)
                    if n <= pattern.groups and match[n]
                ]
    own = [p for p in overview.paragraphs if not _PERIOD.search(p.text)]
    if own and (opening := _opening(own[0])):
        places.append(opening)
    if report.date and report.date.year not in (year, year + 1):
        yield from _finding(report, "date", report.date.year, report.date.span)
    for key, found, span in places:
        if found != year:
            yield from _finding(report, key, found, span)


def _opening(paragraph: Paragraph) -> tuple[str, int, Span] | None:
    match = _OPENING.match(paragraph.text)
    return ("opening", int(match[1]), paragraph.span(*match.span(1))) if match else None


def _finding(report: Report, key: str, found: int, span: Span) -> Iterator[Finding]:
    finding = Finding(span, what=year_mismatch.words(key), found=found, year=report.year)
    if report.title and report.title.year:
        finding.label("stated", report.title)
    yield finding
