"""Rule placeholder; docs/rules/placeholder.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.characters import IDEOGRAPH
from reportlint.diagnostics import Span
from reportlint.late import Candidates, Late, Marked
from reportlint.model import Report, holding
from reportlint.rules import Finding, rule
from reportlint.text.measures import BEHIND_FIGURES
from reportlint.words import either, listed

_PATTERNS = (
    # XX县, ××件: letters that stand for a word or a figure.
    Marked(
        r"(?<![A-Za-z0-9×✕╳＊.@/])(?:[Xx]{2,}(?:-[Xx]{2,})*|×{2,}(?:-×{2,})*|✕{2,}|╳{2,}|○{3,}|(?<![二一〇○零三四五六七八九])○{2}(?=[县市区镇乡](?!长)|网站|部门|单位|人次|[件条个次项](?![县市区镇乡]))|□{2,}|△{2,}|＊{2,})(?![A-Za-z0-9.@/-])",
        "Xx×✕╳○□△＊",
    ),
    Marked(r"(?<!\d)20[XxＸ×]{2}(?=年)", "XxＸ×"),
    Marked(rf"[(](?<={IDEOGRAPH}[(])\s*[)]|^\s*[(]\s*[)](?={IDEOGRAPH})", "("),
    Marked(r"20\d\d年(?:[XxＸ×]{1,2}月(?:[XxＸ×]{1,2}|\d{1,2})日|\d{1,2}月[XxＸ×]{1,2}日)", "XxＸ×"),
    Marked(rf"(?<={IDEOGRAPH})[XxＸ×](?=(?:{BEHIND_FIGURES})(?:[,。;、)]|$))", "XxＸ×"),
    # A measure word with nothing to measure.
    Marked(rf"(?<={IDEOGRAPH})[ \u3000]+(?=(?:{BEHIND_FIGURES})(?:[,。;、)]|$|其中))", " \u3000"),
    Marked(r"(?<=\d[条件份项个篇])占(?=[;。])", "占"),
    Marked(r"(?<!\d)20[ \u3000_]{2,6}(?=年)|(?<![\d\s])[ \u3000]{1,8}年[ \u3000]{1,8}月[ \u3000]{1,8}日", " \u3000_"),
    Marked(
        rf"(?<={IDEOGRAPH})(?:[【\[{{](?:单位名称|单位|标题|年份|姓名)[】\]}}]|[(]请填写[)])",
        ("单位", "标题", "年份", "姓名", "(请填写"),
    ),
    Marked(
        r"\[(?:此处|请|待|填写|插入)[^\]]{0,20}\]|[(](?:此处|请在此|待补充|待定|请?根据实际(?:情况)?填写(?=[)])|填写(?!说明|示例|样|要求|须知|指南|规范|模板|《|申请|后|完))[^)]{0,20}[)]"
        r"|(?:待补充|待核实)(?=[。;)\]]|$)",
        ("[", "(此处", "(请在此", "(请根据", "(根据", "(待", "(填写", "待补充", "待核实"),
    ),
)
_FIELD = f"{either('placeholder', 'fields')}[:：]"
_EMPTY = Marked(
    rf"{_FIELD}\s?(?=[。,，;；、)）]|{_FIELD}\s?(?:[。,，;；)）]|{_FIELD}|$))", listed("placeholder", "fields")
)
"""邮编：，电话：。"""
_LIKELY = Candidates(_PATTERNS, lambda pattern: pattern)
_MARKED = Marked("[【\\[]原文(?:没有|此处还有)[^】\\]]{0,400}[】\\]]", ["原文"])
"""What `convert` writes where something lacks."""
_SURNAMES = frozenset(listed("placeholder", "surnames"))
_OF_PLACES = frozenset("省市州盟县旗区镇乡村局委办件条个项份篇次期年月日社街路天场时")
"""What is left out in front of one of these is no name."""
_NAMED = Late(rf"{either('placeholder', 'roles')}[:：]?{IDEOGRAPH}{{1,2}}$")
_LONGEST = 8
_SHOWN = 40
_BEFORE, _BEHIND = 6, 4
_PARTS = Late("[,，。;；、:：()（）\\n]")
_BLANK = Marked(r"(?<![A-Za-z])_{3,}(?![A-Za-z])|(?<![0-9A-Za-z])__(?=[件条个项份篇次期人万元年月日])", ["__"])
_NO_FIGURE = Marked(r"(?:(?<=[布开]信息)|(?<=[布开]政府信息))条(?=[,，;；。])", ["信息条"])
"""发布信息条，: the figure is gone, and nothing stands in its place."""
_ADDRESS = Late(r"(?:://|www\.)[!-~]*$")
"""What stands in an address is meant."""
_LONG = 200
_QUOTED = Late('[“"《][^”"》]{0,30}$')


@rule(
    on=Report,
    severity="warning",
    zh="“{text}”处没有填写",
    en="“{text}” is a place that was left unfilled",
    help=("填上内容，没有的写 0 或删去这一句", "fill it in, write 0, or delete the sentence"),
)
def placeholder(report: Report) -> Iterator[Finding]:
    """XX, ××, ____, 网站下载(), an empty place where a figure belongs.

    Source: docs/specification.md §8.5 G2.
    """
    if report.title and (match := _PATTERNS[0].search(report.title.text)):
        yield Finding(report.title, text=match[0])
    patterns = _LIKELY.within(report.prose)
    labels = [label.span for label in report.labels if not label.missing] if patterns else []
    as_written = [pattern for pattern in (_BLANK, _EMPTY, _NO_FIGURE) if pattern.may_match(report.source.text)]
    for paragraph in report.paragraphs if as_written else holding(report.paragraphs, _MARKED, *patterns):
        text = paragraph.text
        for match in _MARKED.finditer(text):
            span = paragraph.span(*match.span())
            yield Finding(span, text=report.source.text[span.start : span.end][:_SHOWN]).at_severity("error")
        told = -1
        for match in sorted((m for p in patterns for m in p.finditer(text)), key=lambda m: (m.start(), -m.end())):
            at = paragraph.span(*match.span())
            # What a label lacks is label-typo's.
            within = any(label.start <= at.start and at.end <= label.end for label in labels)
            within |= _ADDRESS.search(text, max(0, match.start() - _LONG), match.start()) is not None
            if match.start() >= told and not within and not _is_meant(text, match):
                first, told = _around(text, match)
                # As it is written: folding makes the brackets of a text narrow ones.
                yield Finding(at, text=report.source.text[slice(*paragraph.span(first, told))].strip())
        # Folding takes underscores for markup, and leaves one mark of two: these are looked for as written.
        for pattern in as_written:
            for match in pattern.regex.finditer(report.source.text, *paragraph.span()):
                if _ADDRESS.search(report.source.text, max(0, match.start() - _LONG), match.start()):
                    continue
                first, last = _around(report.source.text, match)
                yield Finding(Span(*match.span()), text=report.source.text[first:last].strip())


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """Whether XX is quoted, or stands for a person's name, which is left out on purpose."""
    if match[0].strip("Xx×＊○"):
        return False
    quoted = not match[0].strip("Xx×") and _QUOTED.search(text[max(0, match.start() - 31) : match.start()])
    return bool(quoted) or _is_name(text, match)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether what is left out is a person's given name: 对张××的申请依法答复."""
    before = text[max(0, match.start() - _LONGEST) : match.start()]
    if text[match.end() : match.end() + 1] in _OF_PLACES:
        return False
    return before[-1:] in _SURNAMES or _NAMED.search(before) is not None


def _around(text: str, match: re.Match[str]) -> tuple[int, int]:
    """A place with a few characters around it, as far as no stop parts them."""
    before = _PARTS.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
    behind = _PARTS.split(text[match.end() : match.end() + _BEHIND])[0]
    return match.start() - len(before), match.end() + len(behind)
