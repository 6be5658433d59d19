"""Rule incomplete-date; docs/rules/incomplete-date.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.characters import IDEOGRAPH
from reportlint.diagnostics import Span
from reportlint.late import Candidates, Late, Marked
from reportlint.model import Report
from reportlint.rules import Finding, rule
from reportlint.text.borders import begins_word
from reportlint.text.organs import OURSELVES, THROUGHOUT
from reportlint.words import either

_DATED = Late("[月日]|20")
"""A paragraph without one of these has no date, whole or not."""
_NO_DAY = Marked(r"20\d\d年\d{1,2}月\d{1,2}(?![\d日号]|\.\d|\s*[日至到、和及与,\-–—~])", "月")
_WHOLE = Marked(r"(?<!\d)(20\d\d)年(\d{1,2})月(\d{1,2})日", "月")
_NO_YEAR = Marked(r"(?<![\d年.])(?<!历)(\d{1,2})月(\d{1,2})日", "月")
_LEAP = 2000
"""What is no day of a leap year is none of any."""
_BAD_YEAR = Marked(
    r"(?<![\d.,龄达近约史今间有县])(?:20\d{3,4}|20\d)年(?=[,，度]|\d{1,2}月)|(?<!\d)20\d\d年(?:00?|1[3-9]|[2-9]\d)月(?!\d{1,2}日)",
    ["20"],
)
_RUN_TOGETHER = Marked(
    r"(?<!\d)20[0-4]\d{2,5}日|(?<=起)20[0-4]\d(?:0[1-9]|1[0-2])[0-3]\d(?=止)|(?<=起\s)20[0-4]\d(?:0[1-9]|1[0-2])[0-3]\d(?=止)"
    r"|(?<=截至)20[0-4]\d(?:0[1-9]|1[0-2])(?=[我全本])",
    "日止截",
)
_NO_YEAR_SIGN = Marked(
    r"(?<![\d.,])20[0-4]\d(?:月(?=(?:1[0-2]|[1-9])月)|(?:1[0-2]|[1-9])月\d{0,2}日?| (?:1[0-2]|[1-9])月\d{1,2}日)", "月"
)
_BARE_YEAR = Marked(
    r"(?:^\s*|(?<=[。;:,、)\s])|(?<=截至)|(?<=自)|(?<=从))(?P<year>20[0-4]\d)"
    rf"(?=[,，]?(?:我|{OURSELVES}|{THROUGHOUT})|[,，]在(?!建)|(?!中国|世界|国际|全国)[\u4e00-\u9fff](?<![年号条件个项份篇次期人元起宗部场例家户名余多来万千百亿级届版分亩天月日点吨米平页字倍]))",
    ["20"],
)
_ON_OURSELVES = Late(
    rf"[,，]?(?:我|{OURSELVES}|{THROUGHOUT}|[省市州盟县旗区镇乡]{IDEOGRAPH}{{1,10}}?(?:局|委|办|厅|政府|街道))"
)
_MORE = ("多", "余", "几")
_OF_NUMBERS = frozenset("位室册台座只辆株棵头度市群")
_MEASURE = Late(either("measures", "of_things"))
_MAY_BE_BARE = Late(rf"20\d\d(?:[,，]|(?!年){IDEOGRAPH})")
"""Without this no year lacks its 年; quickly seen, where _BARE_YEAR is not."""
_LOST_DIGITS = Marked(
    r"20\d\d年(?:\d{1,2}月日|月日(?![期常历均报程照活用语间夜记访接内渐益])|月\d{1,2}日|\d{1,2}日(?=[起前止])|\d{1,2}日\d{1,2}日)|(?<![\d年])\d{1,2}月日(?![期常历均报程照活用语间夜记访接内渐益])|(?<=[自从至到])年\d{1,2}月\d{1,2}日"
    r"|(?<!\d)20\d\d年\d{1,2}日[至到—-]{1,2}(?:20\d\d年)?(?:\d{1,2}月)?\d{1,4}日|(?<=日[至到])\d{3,4}日",
    "月日",
)
"""The signs are there and figures lost: 2023年1月日, 自年1月1日, 2022年11日至1231日."""
_BEFORE_EVENT = Marked(
    r"(?<![\d.])\d{1,2}月\d{1,2}(?=(?:召开|举办|举行|印发|组织|开展|出台|下发|上线|启动|开始|发布|前|起)(?!\d))|(?<![\d.电约])20[0-4]\d度(?![假过汛夏冬电])"
    r"|(?<!\d)20[0-4]\d(?=政府信息公开(?:工作)?(?:年度|情况))|(?<=公布)20[0-4]\d(?!年)(?=[^\W\d_]{2,20}政府信息公开)",
    ("20", "月"),
)
_NO_DAY_SIGN = Marked(
    r"(?<![\d.])\d{1,2}月\d{1,2}(?=[止。,;)(]|期间|$)|(?<!\d)20\d\d年\d{1,2}月\d{1,2}(?=[至到—-]{1,2}(?:20\d\d年)?\d{1,2}月)|(?<![\d.])\d{1,2}月\d{1,2}(?=[至到]\d{1,2}月\d{1,2}日)|\d{1,2}月\d{1,2}(?:曰|日日(?![终报均间常期夜前后历本]))|(?<!\d)20\d\d年\d{3,4}日",
    "月日",
)
_NO_TO = Marked(r"(?<!\d)20\d\d年1月1日起?(?:20\d\d年)?12月31日", ["1月1日"])
_COMPARED = Marked(
    r"(?<=与)20[0-4]\d(?=相比)|(?<=在)20[0-4]\d(?=[里中内][,，]|度?工作中)|(?<=自)20[0-4]\d(?=[起始])|(?<=较)20[0-4]\d(?=增|减|上升|下降|提高)"
    r"|(?<![\d.,])20[0-4]\d(?=以来|[上下]半年|全年)|(?<=围绕|按照|根据|对照|落实|完成)20[0-4]\d(?=全[市县区省州镇乡])",
    ["20"],
)
_BARE_TITLE_YEAR = Late(
    rf"(?<!\d)20[0-4]\d(?=\s{{0,2}}(?:政府信息公开|信息公开工作)|(?!年){IDEOGRAPH}{{3,24}}政府信息公开工作年度报告)"
)
_SOUND = Late(r"20\d\d年(?:度|\d{1,2}月\d{1,2}日)?")
_DOUBTFUL = Late(r"20\d\d|\d[月日]|月日")
"""What every date that lacks something has left, where the whole ones are taken out; _NO_TO is of whole ones."""
_LACKING = (
    _NO_DAY,
    _RUN_TOGETHER,
    _NO_YEAR_SIGN,
    _BARE_YEAR,
    _NO_DAY_SIGN,
    _LOST_DIGITS,
    _BEFORE_EVENT,
    _NO_TO,
    _COMPARED,
)
_LIKELY = Candidates(_LACKING, lambda pattern: pattern)


@rule(
    on=Report,
    severity="warning",
    free_form=True,
    zh="日期“{date}”{what}",
    en="the date {date} {what}",
    help=("写全年、月、日", "write year, month and day in full"),
    remarks={
        "incomplete": ("不完整", "is incomplete"),
        "impossible": ("不存在", "does not exist"),
    },
)
def incomplete_date(report: Report) -> Iterator[Finding]:
    """2022年1月20 lacks its 日, 20231月1日 its 年; 202111日 has lost 年 and 月; 2023年2月30日 is no day.

    Source: docs/specification.md §8.7, D4, G4.
    """
    incomplete, impossible = incomplete_date.words("incomplete"), incomplete_date.words("impossible")
    if report.date and not report.date.complete:
        yield Finding(report.date, date=report.date.text, what=incomplete)
    elif report.date and not _exists(report.date.year, report.date.month, report.date.day or 1):
        yield Finding(report.date, date=report.date.text, what=impossible)
    if report.title and (match := _BARE_TITLE_YEAR.search(report.source.text, *report.title.span)):
        yield Finding(Span(*match.span()), date=match[0], what=incomplete)
    lacking = _LIKELY.within(report.prose)
    if not _MAY_BE_BARE.search(report.prose):
        lacking = [pattern for pattern in lacking if pattern is not _BARE_YEAR]
    for paragraph in report.paragraphs:
        if not _DATED.search(paragraph.text):
            continue
        told: list[re.Match[str]] = []
        doubtful = _DOUBTFUL.search(_SOUND.sub("", paragraph.text))
        patterns = lacking if doubtful else [_NO_TO]
        for match in sorted((m for p in patterns for m in p.finditer(paragraph.text)), key=lambda m: m.start()):
            if match.re is _BARE_YEAR.regex and not (
                _is_near(int(match["year"]), report.year) and _is_of_year(paragraph.text, match)
            ):
                continue
            if match.re is _NO_DAY.regex and _counts(paragraph.text, match.end()):
                continue
            if not told or match.start() >= told[-1].end():
                told.append(match)
                yield Finding(paragraph.span(*match.span()), date=match[0], what=incomplete)
        for match in _BAD_YEAR.finditer(paragraph.text):
            yield Finding(paragraph.span(*match.span()), date=match[0], what=impossible)
        for match in _WHOLE.finditer(paragraph.text):
            if not _exists(*map(int, match.groups())):
                yield Finding(paragraph.span(*match.span()), date=match[0], what=impossible)
        for match in _NO_YEAR.finditer(paragraph.text):
            if not _exists(_LEAP, int(match[1]), int(match[2])):
                yield Finding(paragraph.span(*match.span()), date=match[0], what=impossible)


def _counts(text: str, at: int) -> bool:
    """Whether what stands behind a figure counts something: 2023年10月10个乡镇, but not 2023年10月10名录公布."""
    if text[at : at + 1] in _MORE:
        return True
    return _MEASURE.match(text, at) is not None and not begins_word(text, at)


def _is_of_year(text: str, match: re.Match[str]) -> bool:
    """Whether a bare number is a year; in a list, or in front of a measure word, it may be a name or a number."""
    if match.start() and text[match.start() - 1] in ":、" and not _ON_OURSELVES.match(text, match.end()):
        return False
    return text[match.end() : match.end() + 1] not in _OF_NUMBERS or begins_word(text, match.end())


def _is_near(year: int, own: int | None) -> bool:
    """Whether a bare number is the report's year or one beside it, and so no count."""
    return own is not None and abs(year - own) <= 1


def _exists(year: int, month: int, day: int) -> bool:
    """Whether a calendar has that day; `datetime` takes a millisecond to import."""
    leaps = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= (31, 28 + leaps, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
