"""Rule year-mismatch; docs/rules/year-mismatch.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from reportlint.diagnostics import Span
from reportlint.late import Late, Marked
from reportlint.model import Paragraph, Report, holding
from reportlint.rules import Finding, rule
from reportlint.text.organs import OURSELVES, THROUGHOUT
from reportlint.text.years import SPELT, read_year
from reportlint.words import either

_PERIOD = Marked(r"(20\d\d)年1月1日(?:起)?[,、]?(?:至|到|-|—|~)+(?:(20\d\d)年)?12月31日", ["12月31日"])
_STATISTICS = Late(either("year-mismatch", "statistics"))
_OPENING = Late(rf"\s*(?P<year>20\d\d|{SPELT})年(?:度)?[,，]")
_NAMED = Marked(
    r"(?:公布|公开|发布|编制|现将|报告如下)[^。《》;；,，]{0,24}?(20\d\d)年度?[^。《》;；,，]{0,10}信息公开工作[^。;；,，《》]{0,8}报告(?!编制|格式|模板|样式|的?通知)",
    ["信息公开工作"],
)
_NAMED_HERE = Marked(
    r"特此?向社会(?:公布|公开)[^。《》;；,，]{0,24}?(20\d\d)年度?[^。《》;；,，]{0,24}信息公开(?:工作)?[^。;；,，《》]{0,8}报告",
    "特",
)
"""Words that name no other report than this one."""
_UNTIL = Marked(
    r"(?:^|[。;；])\s*截[至止](?P<year>20\d\d)年(?:12月31日|年?底|末)[,，]?"
    rf"(?=[^。]{{0,30}}{either('year-mismatch', 'stands')})",
    ["截"],
)
"""截至2021年底，我镇未收到…申请: how things stand at the end of the report's own year."""
_IN_HEADING = Marked(
    r"(?:[、.．,，)）]\s*|[(（])(20[0-4]\d)年(?:度)?(?:(?=[^\n(（]{2,30}$)(?![^\n]{0,12}(?:整改|结转|问题))|[)）]\s*$)",
    ["20"],
)
_GOING_ON = Late(either("year-mismatch", "going_on"))
"""What goes on from the end of the year before."""
_NOTICE = Marked(
    r"关于做好(?P<year>20\d\d)年度?政府信息公开工作年度报告"
    r"(?:编制|发布|编写|报送|公布|撰写|有关|相关)(?![^。]{0,40}格式)",
    ["关于做好"],
)
"""The notice on the reports of a year."""
_COUNTED_OPENING = Marked(
    r"(?:^|[。;；,，])[^。;；,，\d较比与自从据对按在由即上]{0,10}(?P<year>20\d\d)年度?(?:全年)?(?:共|累计|总共|合计)[^。;；,，\d]{0,14}\d+[条件份]",
    ("共", "累计", "合计"),
)
_PLAN = Marked(
    r"(?:^|(?<=[。;；]))\s*(?:下一步[,，]?)?(20\d\d)年(?![初底末])(?:度)?[,，]?[^。;；]{0,24}?"
    rf"(?<!提出)(?<!承诺)(?<!要求)(?<!明确)将{either('year-mismatch', 'planned')}",
    "将",
)
_PLAN_WITHIN = Marked(
    rf"{either('year-mismatch', 'from_now_on')}[,，][^。;；,，“]{{0,16}}?将(?:在|于)(20\d\d)年(?:度)?"
    rf"(?![^,，。;；]{{0,24}}{either('year-mismatch', 'built_upon')})(?={either('year-mismatch', 'planned_in')})",
    "将",
)
"""下一步，我局将在2023年…."""
_ITEM_OPENING = Late(
    r"(?:^\s*|(?:\([一二三四五六七八九十]{1,2}\)|^\s*\d{1,2}[.、](?!\d)"
    r"|[一二三四五六七八九十]{1,2}是(?=[^。:;,]{0,22}(?:公开|申请|情况|管理|保障|建设|工作)[。:]))"
    r"\s?[^。:;,\s]{2,24}(?:[。:]\s*|(?<=情况)\s+))(?P<year>20\d\d)年(?:度)?"
    rf"(?:(?P<on>以来)?[,，]|(?=我|{OURSELVES}|{THROUGHOUT}|共|未|没有"
    r"|(?:通过[^。;的]{2,20})?(?:主动公开|公开|发布|收到|受理)[^。;,，的]{0,12}\d+[条件份篇]))"
)
_CHARGED = Marked(
    r"(?<!依据)(?<!按照)(?<!根据)(?P<year>20\d\d)年度?[^。;,\d]{0,8}(?:收[取到缴](?!的)|发生|产生)"
    r"[^。;,]{0,14}(?:信息公开|依申请)[^。;,]{0,6}(?:信息)?处理费(?![办标行的已])",
    ["处理费"],
)
"""本单位2022年度未收取政府信息公开信息处理费."""
_CARRIED = Marked(r"结转(?:至|到)(?P<year>20\d\d)年(?:度)?(?=继续|办理|处理|的?\d|[,。;])", ["结转"])
"""结转至2023年继续办理5件: the year after the report's."""
_FROM_BEFORE = Late(r"上一?年|去年|往年|前一年|以前|之前|此前|前期|截[至止]|结转[至到]?(?:20|下|次)")
"""Cases were carried to this year too, or will be from a day on."""
_INTO = Late(r"(?:其中|含|加上|包括)[^。;]{0,12}$")
"""What was carried to this year is a part of what came in."""
_COMPARING = Late(either("year-mismatch", "comparing"))
_AHEAD = Late(either("year-mismatch", "ahead"))
"""Words of what is still to come."""
_BACK = Late(either("year-mismatch", "back"))
"""Words of what was before; 较上年 and 均已办结 are words of a report's own year."""
_COMPARED = Late(either("year-mismatch", "compared"))
_THIS = Late(either("year-mismatch", "this_year"))
"""Words by which a sentence on another year is told from the report's own."""
_HAPPENED = Late(either("year-mismatch", "happened"))
"""What is told of an earlier year because it happened then."""
_TAKEN = Late(either("year-mismatch", "taken"))
"""Behind these 将 means 把: 将公开作为抓手 is no plan."""
_COUNTED = Late(r"(?:申请|公开|发布)[^。]{0,20}\d[件条]")
_AHEAD_OF_IT = 1000
"""A sentence and the next one are no longer."""
_STATE = Late(either("year-mismatch", "state"))
"""Words of how things stand at the end of the report's year."""
Place = tuple[str, int, Span]
"""What states a year, by the key of its wording, the year, and where."""
_TITLE = r"《[^》]{{0,40}}?(20\d\d)年度?[^》]{{0,20}}{}》"


@rule(
    on=Report,
    severity="error",
    free_form=True,
    zh="{what}是 {found} 年，{against}",
    en="{what} says {found}, {against}",
    remarks={
        "period": ("统计期限", "the statistical period"),
        "heading": ("标题", "the title"),
        "title": ("正文中的报告名称", "the report's name in the text"),
        "name": ("前言里报告的年份", "the report's name in the preface"),
        "notice": ("所依据的通知", "the notice that it follows"),
        "opening": ("总体情况开头", "the overview's opening"),
        "item": ("本段开头", "the paragraph's opening"),
        "charged": ("写明收费情况的年份", "the year of what was charged"),
        "carried": ("结转到的年份", "the year that cases are carried to"),
        "section": ("这一部分的标题", "the section's heading"),
        "date": ("落款日期", "the date"),
        "plan": ("下一年的打算", "the plan for next year"),
        "own": ("与报告年份 {year} 年不一致", "the report is for {year}"),
        "next": ("报告年份是 {year} 年，应为次年", "the report is for {year}, so it is the year after"),
        "stated": ("报告年份见此", "the report's year stands here"),
    },
)
def year_mismatch(report: Report) -> Iterator[Finding]:
    """Title, period, text and date disagree on the report's year.

    The report is dated in the year after its own; a date in its own year, or before it was
    over, is left to late-date.
    Source: docs/specification.md §8.7, D2, D6.
    """
    year = report.year
    if year is None:
        return
    places = [*_named(report, year), *_opened(report, year)]
    told = {span.start for _, _, span in places}
    places += [place for place in _charged(report, year) if place[2].start not in told]
    places += _carried(report, year)
    if report.date:
        dated = report.date.year
        places.append(("date", year if dated == year else dated - 1, report.date.span))
    title = report.title if report.title and report.title.year else None
    others = {found for _, found, _ in places}
    if title and len(places) > 1 and len(others) == 1 and title.year not in others:
        # Everything else agrees: it is the title that is wrong.
        against = year_mismatch.words("own", year=places[0][1])
        finding = Finding(title, what=year_mismatch.words("heading"), found=title.year, against=against)
        yield finding.label("stated", places[0][2])
        return
    if title and title.year not in (None, year):
        yield from _finding(report, "heading", title.year or 0, title.span)
    for key, found, span in places:
        if found != year:
            shown = report.date.year if key == "date" and report.date else found + (key == "carried")
            yield from _finding(report, key, shown, span)
    plans = [p for s in report.sections if s.name in report.form.plans for p in s.paragraphs]
    for paragraph in plans:
        if not _names(paragraph, (year - 2, year - 1, year, year + 2)):
            continue
        for plan in _PLAN.finditer(paragraph.text):
            near = int(plan[1]) != year + 1 and abs(int(plan[1]) - year) <= 2
            if near and not _TAKEN.search(paragraph.text[plan.end() :].partition("。")[0]):
                yield from _finding(report, "plan", int(plan[1]), paragraph.span(*plan.span(1)))
        for plan in _PLAN_WITHIN.finditer(paragraph.text):
            if year - 2 <= int(plan[1]) <= year:
                yield from _finding(report, "plan", int(plan[1]), paragraph.span(*plan.span(1)))


def _named(report: Report, year: int) -> Iterator[Place]:
    """Years by which the preface and the overview name the report, its period and the notice that it follows."""
    own_name = _own_name(report.form.title)
    prose = [(paragraph, True) for paragraph in report.preface]
    prose += [(paragraph, False) for paragraph in holding(report.sections[0].paragraphs, _PERIOD, _NAMED_HERE)]
    for paragraph, in_preface in prose:
        of_it = _PERIOD.may_match(paragraph.text) and (in_preface or _STATISTICS.search(paragraph.text))
        patterns = [("period", _PERIOD)] if of_it else []
        patterns += [("title", own_name)] if in_preface and report.form.title else []
        for key, pattern in patterns:
            for match in pattern.finditer(paragraph.text):
                years = [n for n in range(1, pattern.regex.groups + 1) if match[n]]
                yield from ((key, int(match[n]), paragraph.span(*match.span(n))) for n in years)
        for match in _NOTICE.finditer(paragraph.text) if in_preface else ():
            if int(match["year"]) == year - 1 and f"{year}年" not in match.string[: match.start()].rpartition("。")[2]:
                yield "notice", year - 1, paragraph.span(*match.span("year"))
        for match in (_NAMED if in_preface else _NAMED_HERE).finditer(paragraph.text):
            yield "name", int(match[1]), paragraph.span(*match.span(1))


@cache
def _own_name(title: str) -> Marked:
    return Marked(_TITLE.format(re.escape(title).replace("工作", "(?:工作)?")), "《")


def _opened(report: Report, year: int) -> Iterator[Place]:
    """Years with which the overview and its paragraphs open, and those of the last sections."""
    overview = report.sections[0]
    own = [p for p in overview.paragraphs if not _PERIOD.search(p.text)]
    opening = _opening(own[0], year) if own else None
    if opening:
        yield opening
    for section in report.sections:
        of_its_year = not section.heading.missing and section.name not in report.form.plans
        heading = report.source.text[slice(*section.heading.span)]
        for match in _IN_HEADING.finditer(heading) if of_its_year else ():
            if int(match[1]) < year:
                start = section.heading.span.start
                yield "section", int(match[1]), Span(start + match.start(1), start + match.end(1))
    for paragraph in holding(report.paragraphs, _UNTIL):
        for match in _UNTIL.finditer(paragraph.text):
            told = str(year) in paragraph.text or _GOING_ON.search(paragraph.text)
            if int(match["year"]) == year - 1 and not told:
                yield "item", year - 1, paragraph.span(*match.span("year"))
    for paragraph in (
        *(p for p in overview.paragraphs if not opening or p is not own[0]),
        *report.sections[-1].paragraphs,
    ):
        yield from _openings(paragraph, year)
    for section in report.sections:
        plans = section.paragraphs if section.name in report.form.plans else ()
        # A heading of its own may stand in front: （一）存在的主要问题.
        first = next((paragraph for paragraph in plans if "。" in paragraph.text), None)
        if first is not None and _STATE.search(first.text):
            yield from _openings(first, year)


def _charged(report: Report, year: int) -> Iterator[Place]:
    """The year before, for which the last section says what was charged."""
    paragraphs = report.sections[-1].paragraphs
    for paragraph in paragraphs:
        named = str(year) in paragraph.text or _COMPARING.search(paragraph.text)
        if named or not _names(paragraph, [year - 1]):
            continue
        for match in _CHARGED.finditer(paragraph.text):
            if int(match["year"]) == year - 1:
                yield "charged", year - 1, paragraph.span(*match.span("year"))


def _carried(report: Report, year: int) -> Iterator[Place]:
    """The year to which cases are carried, if it is the report's own or one before, and they come of none before."""
    for paragraph in holding(report.paragraphs, _CARRIED):
        for match in _CARRIED.finditer(paragraph.text):
            others = paragraph.text[: match.start()] + paragraph.text[match.end() :]
            known = (
                f"{year - 1}年" in others or _FROM_BEFORE.search(others) or _INTO.search(match.string, 0, match.start())
            )
            if int(match["year"]) in (year, year - 1) and not known:
                yield "carried", int(match["year"]) - 1, paragraph.span(*match.span("year"))


def _names(paragraph: Paragraph, years: Iterable[int]) -> bool:
    """Whether a paragraph names one of some years: without them it has none that could be wrong."""
    return any(f"{year}年" in paragraph.text for year in years)


def _openings(paragraph: Paragraph, year: int) -> Iterator[Place]:
    """Where an item of the overview opens with the year after the report's as if it were that."""
    if not _names(paragraph, (year - 2, year - 1, year + 1)):
        return
    counted = _COUNTED_OPENING.finditer(paragraph.text)
    opened = {match.start("year"): match for match in (*counted, *_ITEM_OPENING.finditer(paragraph.text))}
    names_own = str(year) in paragraph.text
    for _, match in sorted(opened.items()):
        sentence, _, rest = paragraph.text[match.end() : match.end() + _AHEAD_OF_IT].partition("。")
        found = int(match["year"])
        if found < year and match.groupdict().get("on"):
            continue  # 2021年以来 goes on
        if _THIS.match(rest.lstrip()) and _COMPARED.search(rest.partition("。")[0]):
            continue  # the next sentence compares this year with it
        if _THIS.search(sentence) or (found < year and _HAPPENED.search(sentence)):
            continue
        behind = found == year - 1 or (found == year - 2 and _COUNTED.search(sentence) is not None)
        behind = behind and not _BACK.search(sentence) and not names_own
        if behind or (found == year + 1 and not _AHEAD.search(sentence)):
            yield "item", int(match["year"]), paragraph.span(*match.span("year"))


def _opening(paragraph: Paragraph, year: int) -> Place | None:
    """The year with which the overview opens, but for an earlier one behind which the report's own follows."""
    match = _OPENING.match(paragraph.text) if paragraph.text.lstrip().startswith(("20", "二")) else None
    found = read_year(match["year"] + "年") if match else None
    if match is None or found is None or (found < year and re.search(rf"[。;；]\s*{year}年", paragraph.text)):
        return None
    return "opening", found, paragraph.span(*match.span("year"))


def _finding(report: Report, key: str, found: int, span: Span) -> Iterator[Finding]:
    against = year_mismatch.words("next" if key in ("plan", "carried") else "own", year=report.year)
    finding = Finding(span, what=year_mismatch.words(key), found=found, against=against)
    if key in ("item", "notice", "charged", "carried"):
        finding.at_severity("warning")  # an office may tell of another year on purpose
    if report.title and report.title.year:
        finding.label("stated", report.title)
    yield finding
