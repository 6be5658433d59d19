"""Rule period; docs/rules/period.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.late import Late, Marked
from reportlint.model import Paragraph, Report, holding
from reportlint.rules import Finding, rule
from reportlint.text.markup import plain
from reportlint.text.numbers import read_ordinal
from reportlint.text.years import SPELT
from reportlint.words import either

_DATE = r"(?<!\d)(?:(?P<y{0}>20\d\d)[年.\-/])?(?P<m{0}>\d{{1,2}})[月.\-/](?P<d{0}>\d{{1,2}})[日号]?"
_PERIOD = Marked(_DATE.format(1) + r"(?:起|开始)?[,、]?(?:至|到|—|-|~|–|－)+" + _DATE.format(2), "至到—-~–－")
_SPELT_MONTH_NAMES = tuple(f"{number}月" for number in "一二三四五六七八九十")
_SPELT_DAY = "([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
_SPELT = Marked(
    rf"(?:{SPELT}|20\d\d)年{_SPELT_DAY}(?:起|开始)?[,、]?(?:至|到|—|-|~)+(?:(?:{SPELT}|20\d\d)年)?{_SPELT_DAY}",
    _SPELT_MONTH_NAMES,
)
_WHOLE_YEAR = [1, 1, 12, 31]
_RUN = Marked(
    r"(?<!\d)20\d\d(?P<m1>\d\d)(?P<d1>\d\d)日?(?:至|到|—|-|~|–)+20\d\d(?P<m2>\d\d)(?P<d2>\d\d)日?(?!\d)", ["20"]
)
"""20230101至20231208."""
_MONTHS = Marked(
    r"20\d\d年度?(?P<m1>\d{1,2})(?:月(?:份)?)?(?:至|到|—|-|~|–)+(?:20\d\d年)?(?P<m2>\d{1,2})月(?!\d)", "月"
)
_SPELT_MONTHS = Marked(
    rf"(?:{SPELT}|20\d\d)年([一二三四五六七八九十]{{1,2}})月(?:份)?(?:至|到|—|-|~)+(?:(?:{SPELT}|20\d\d)年)?([一二三四五六七八九十]{{1,2}})月(?!末|底|[一二三])",
    _SPELT_MONTH_NAMES,
)
_PART = Marked(
    r"20\d\d年度?(?:上半年|下半年|前[一二三四五六七八九十\d]{1,2}个?(?:月|季度)|第?[一1](?:季度)?[至到—~-]{1,2}第?[二三23]季度|第?[一二三四]季度)",
    ("半年", "季度", "前"),
)
_TO_MONTH = Marked(
    r"20\d\d年1月1日(?:起)?(?:至|到|—|-|~|–)+(?:20\d\d年)?(?P<m>\d{1,2})月(?:底|份|末)?(?!\d|份?\d|[日号])", ["1月1日"]
)
"""2022年1月1日至2022年11月."""
_PATTERNS = (_PERIOD, _SPELT, _MONTHS, _SPELT_MONTHS, _RUN, _PART, _TO_MONTH)
_STATED = Late("统计(?:期限|时间|时限|周期|范围)[^,。;]{0,4}$|所列数据[^,。;]{0,6}[为自]$")
_BESIDE = 16
_STATISTICS = Late(either("period", "statistics"))
_OTHERS = Late(either("period", "others"))
_AROUND = 120


@rule(
    on=Report,
    severity="warning",
    free_form=True,
    zh="统计期限是{found}，应为1月1日至12月31日",
    en="the statistical period is {found}; it runs from 1 January to 31 December",
    help=("年度报告统计的是整个年度", "an annual report covers the whole year"),
)
def period(report: Report) -> Iterator[Finding]:
    """The statistical period is not 1 January to 31 December.

    The years themselves are year-mismatch's business.
    Source: docs/specification.md §7.
    """
    body = (*report.sections[0].paragraphs, *report.sections[-1].paragraphs)
    prose = [(paragraph, True) for paragraph in holding(report.preface, *_PATTERNS)]
    prose += [(paragraph, False) for paragraph in holding(body, *_PATTERNS)]
    for paragraph, in_preface in prose:
        found = list(_PERIOD.finditer(paragraph.text))
        whole = any((int(m["m1"]), int(m["d1"]), int(m["m2"]), int(m["d2"])) == (1, 1, 12, 31) for m in found)
        for match in found:
            # Beside the right period another one is of something else.
            stands_alone = in_preface and match["y1"] and not whole
            if stands_alone or _speaks_of_it(_sentence(paragraph.text, match)):
                yield from _check(report, paragraph, match)
        for match in _SPELT.finditer(paragraph.text):
            told = in_preface or _speaks_of_it(_sentence(paragraph.text, match))
            if told and [read_ordinal(part) for part in match.groups()] != _WHOLE_YEAR:
                yield Finding(paragraph.span(*match.span()), found=_raw(report, paragraph, match))
        for match in _parts_of_years(paragraph.text):
            if _speaks_of_it(_sentence(paragraph.text, match)):
                yield Finding(paragraph.span(*match.span()), found=_raw(report, paragraph, match))


def _parts_of_years(text: str) -> Iterator[re.Match[str]]:
    """Months, runs of digits and halves that are not the whole year."""
    for match in _MONTHS.finditer(text):
        if (int(match["m1"]), int(match["m2"])) != (1, 12):
            yield match
    for match in _TO_MONTH.finditer(text):
        if int(match["m"]) != 12:
            yield match
    for match in _SPELT_MONTHS.finditer(text):
        if [read_ordinal(part) for part in match.groups()] != [1, 12]:
            yield match
    for match in _RUN.finditer(text):
        if [int(part) for part in match.groups()] != _WHOLE_YEAR:
            yield match
    for match in _PART.finditer(text):
        if _STATED.search(text[max(0, match.start() - _BESIDE) : match.start()]):
            yield match


def _speaks_of_it(sentence: str) -> bool:
    """Whether a sentence is on the period of the report's own figures."""
    return bool(_STATISTICS.search(sentence)) and not _OTHERS.search(sentence)


def _sentence(text: str, match: re.Match[str]) -> str:
    """What stands around a period, within its sentence."""
    before = text[max(0, match.start() - _AROUND) : match.start()].rpartition("。")[2]
    return before + match[0] + text[match.end() : match.end() + _AROUND].partition("。")[0]


def _check(report: Report, paragraph: Paragraph, match: re.Match[str]) -> Iterator[Finding]:
    first = (int(match["m1"]), int(match["d1"])) != (1, 1)
    last = (int(match["m2"]), int(match["d2"])) != (12, 31)
    if not first and not last:
        return
    start = match.start("m1") if first else match.start("m2")
    end = match.end() if last else match.end("d1") + (match.string[match.end("d1")] in "日号")
    yield Finding(paragraph.span(start, end), found=_raw(report, paragraph, match))


def _raw(report: Report, paragraph: Paragraph, match: re.Match[str]) -> str:
    """What is quoted of the report stays as it is."""
    return "".join(plain(report.source.text[slice(*paragraph.span(*match.span()))]).split())
