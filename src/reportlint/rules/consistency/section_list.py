"""Rule section-list; docs/rules/section-list.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.forms.form import Form
from reportlint.model import Paragraph, Report
from reportlint.rules import Finding, rule
from reportlint.text.keys import key, split_number
from reportlint.text.numbers import read_ordinal
from reportlint.words import either, listed

_LIST = re.compile(
    r"(?:由|包括|包含|分为|分|内容为|内容有|如下)[::,]?(?P<list>[^。;]{20,240}?)"
    r"(?:等?(?:共|这)?(?P<count>[一二三四五六七八九十]|\d)个?(?:大?部分|方面|章节?|项)|[。;]|$)"
)
_ENOUGH = 3
_LONGEST_NAME = 14
_NO_NAME = re.compile("[《》:根据]|编制|包括|包含|部分|组成|由")

_MADE_OF = re.compile("(?:本|该)?(?:年度|年)?(?:报告|年报)(?:共|主要|内容)?(?:由|分为|包括|包含)[:,]?$")
_ENDS = re.compile("等?(?:共)?[一二三四五六七八九十\\d]*个?(?:大?部分|方面|章节?|内容)?(?:组成|构成|[。;])")
_PART_NAMES = listed("section-list", "part_names")

_IN_FRONT = re.compile(either("section-list", "in_front") + "+")
"""What may stand in front of a section's name in a list and is part of how it is said."""


@rule(
    on=Report,
    severity="warning",
    zh="前言列出的部分与报告的标题不一致：{what}",
    en="the preface's list of sections differs from the headings: {what}",
    remarks={
        "name": ("“{item}”不是报告的部分名称，标题是“{heading}”", "“{item}” is no heading; it reads “{heading}”"),
        "strange": ("“{item}”不是报告的部分名称", "“{item}” is no heading of the report"),
        "outline": ("所列“{items}”不是现行格式的部分", "{items} are no parts of the form"),
        "lacks": ("没有列出“{heading}”", "“{heading}” is not listed"),
        "count": ("写的是{stated}个部分，列出了 {found} 个", "it says {stated} sections and lists {found}"),
    },
)
def section_list(report: Report) -> Iterator[Finding]:
    """The preface's list of sections differs from the headings, or its count from the list.

    The wording of 条例 article 50 is accepted as a paraphrase (docs/specification.md §3.3).
    """
    for paragraph in (*report.preface, *report.sections[0].paragraphs[:2]):
        for match in _LIST.finditer(paragraph.text):
            yield from _compare(paragraph, match, report)


def _compare(paragraph: Paragraph, match: re.Match[str], report: Report) -> Iterator[Finding]:
    form = report.form
    text, start = match["list"], match.start("list")
    # 等 leaves the list open: nothing can be said of what it does not name.
    is_open = "等" in text
    text = text.split("等")[0]
    left = list(text)
    found: dict[str, tuple[int, int]] = {}
    for terminal, names in _names(form).items():
        for name in names:
            at = "".join(left).find(name)
            if at >= 0:
                found[terminal] = at, at + len(name)
                left[at : at + len(name)] = "\n" * len(name)
                break
    if len(found) < _ENOUGH:
        if old := _of_another_outline(paragraph.text, match, is_open):
            yield Finding(paragraph.span(start, start + len(text)), what=section_list.words("outline", items=old))
        return
    last = max(end for _, end in found.values())
    first = min(begin for begin, _ in found.values())
    rest = [(m.start(), m[0]) for m in re.finditer(r"[^\n、,]{3,}", "".join(left))]
    rest = [(at, raw) for at, raw in rest if at <= last + 1 and not (at > last and text[at - 1] == ",")]
    begun = {begin for begin, _ in found.values()}
    rest = [(at, raw) for at, raw in rest if at + len(raw) not in begun or not _IN_FRONT.fullmatch(raw)]
    rest = [(at, raw) for at, raw in rest if at > first or _is_first(text, at, raw, first)]
    missing = [s.heading for s in report.sections if s.form.heading not in found]
    for at, raw in rest:
        item = re.sub(r"^(?:\d[.、]|[以及和]+|[一二三四五六]是)|(?:等|以及|和|及)$", "", raw)
        if len(key(item)) < 3:
            continue
        before = [t for t, (s, _) in found.items() if s < at]
        rank = 1 + max((_rank(form, t) for t in before), default=-1)
        heading = next((h for h in missing if _rank(form, h.terminal) == rank), None)
        span = paragraph.span(start + at, start + at + len(raw))
        if heading:
            missing.remove(heading)
            what = section_list.words("name", item=item, heading=split_number(heading.form)[1] or heading)
        else:
            what = section_list.words("strange", item=item)
        yield Finding(span, what=what)
    total = len(found) + len(rest)
    span = paragraph.span(start, start + len(text))
    if not rest and not is_open:
        for heading in missing:
            if not heading.missing:
                yield Finding(span, what=section_list.words("lacks", heading=heading))
    stated = read_ordinal(match["count"]) if match["count"] else None
    if stated is not None and stated != total and not is_open and (rest or not missing):
        yield Finding(
            paragraph.span(*match.span("count")), what=section_list.words("count", stated=match["count"], found=total)
        )


def _of_another_outline(text: str, match: re.Match[str], is_open: bool) -> list[str]:
    """The items of a list that says what the report is made of and names other parts than the form's."""
    said = _MADE_OF.search(text[: match.start("list")]) and _ENDS.match(text, match.end("list"))
    items = re.split("[、,]|以及|和|及", re.sub("(?:组成|构成)$", "", match["list"]))
    named = sum(item.endswith(_PART_NAMES) for item in items)
    return items if said and not is_open and len(items) >= _ENOUGH and named >= len(items) - 1 else []


def _is_first(text: str, at: int, raw: str, first: int) -> bool:
    """Whether words in front of the first known section name are a name too.

    What stands there is more often who wrote the report, on what basis, and the verb.
    """
    return text[at + len(raw) : first] in ("、", ",") and len(raw) <= _LONGEST_NAME and not _NO_NAME.search(raw)


def _names(form: Form) -> dict[str, list[str]]:
    """What a list may call each section, longest first: heading, variants, article 50's words."""
    names: dict[str, list[str]] = {}
    for wording in form.list_names:
        names.setdefault(form.keys[wording], []).append(split_number(wording)[1].replace(",", "、"))
    return {terminal: sorted(found, key=len, reverse=True) for terminal, found in names.items()}


def _rank(form: Form, terminal: str) -> int:
    """The place of a section among the form's."""
    return next(n for n, s in enumerate(form.sections) if s.heading == terminal)
