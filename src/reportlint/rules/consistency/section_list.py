"""Rule section-list; docs/rules/section-list.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from reportlint.diagnostics import Words
from reportlint.forms.form import Form
from reportlint.late import Late
from reportlint.model import Paragraph, Report
from reportlint.rules import Finding, rule
from reportlint.text.keys import key, split_number
from reportlint.text.numbers import read_ordinal
from reportlint.words import listed, lists

_LIST = Late(
    r"(?:(?:共?(?:分为?|由|包括|包含|涵盖)?|分成)(?P<before>[一二三四五六七八九十]|\d)个?(?:大?部分|方面|章节?)(?:内容)?(?:组成|构成)?(?:[,:]?(?:主要)?(?:即|分别[是为]|为|由|包括|包含|涵盖)|:)"
    r"|由|包括|包含|涵盖|分为|(?<=[告报文共部容要])分(?![管送报级类段上下县])|内容为|内容有|如下)[::,]?(?P<list>(?:(?!(?:报告|年报|全文|内容)(?:共|主要)?(?:由|分为|包括|包含|涵盖))[^。;]){20,240}?)"
    r"(?:等?(?:共|这)?(?P<count>[一二三四五六七八九十]|\d)个?(?:大?部分|方面|章节?|项)|[。;]|$)"
)
_ENOUGH = 3
_MOST = 20
"""No paragraph has so many lists."""
_LONGEST_NAME = 14
_NO_NAME = Late("[《》:根据]|编制|包括|包含|部分|组成|由")

_MADE_OF = Late("(?:本|该)?(?:年度|年)?(?:报告|年报|全文)(?:共|主要|内容)?(?:由|分为|包括|包含)[:,]?$")
_MAY_BE_MADE_OF = Late(
    "(?:(?:报告|年报|全文)(?:共|主要|内容)?(?:分|涵盖)|(?:^|[,:。])(?:(?:主要)?内容(?:包括|包含|涵盖)|主要分))[:,]?$"
)
"""So other things are parted too: a list that names parts of a report tells."""
_ENDS = Late("等?(?:共)?[一二三四五六七八九十\\d]*个?(?:大?部分|方面|章节?|内容)?(?:组成|构成|[。;])")
_OUTLINE = listed("section-list", "outline")
_TELLING = 2
"""So many words of reports tell a list of the parts of one."""
_PART_NAMES = listed("section-list", "part_names")

_BRACKETED = Late(r"\([^()]{5,60}\)")
_NUMBERED = Late(r";(?=\s*(?:\([一二三四五六七八九十]\)|[一二三四五六七八九十][、是]))")
_PARTED = Late(r"(?<=:)[^。;,:]{2,24}(?:;[^。;,:]{2,24}){3,}(?=。|$)")
"""A list that semicolons part: 由六部分组成：总体情况；…."""
_EVERYWHERE = listed("section-list", "everywhere")
_DATED = Late(r"20\d\d")
_SAME = str.maketrans({",": "、", ";": "、", "它": "他", "与": "和"})
_LEFT = "\n"
"""Stands for what a name was found in, character for character."""
_FRONT = Late(r"^(?:\d[.、]|[以及和与]+|\(?[一二三四五六七八九十](?:是|\)))|(?:等|以及|和|及|与)$|个?部分(?:的?内容)?$")
_SHORTEST = 3
_LONG_NAME = 8
_TWO_IN_ONE = "H_PROBLEMS"
_JOINED = Late("[、和及与以]+")
_AS_MEANT = frozenset({"H_DISPUTES"})
"""Sections that lists call by article 50's words in many ways."""
_BETWEEN = ("", "、", "和", "及", "以", "或", _LEFT)
_JOINING = ("或", "或者", "和", "及")


@rule(
    on=Report,
    severity="warning",
    zh="前言列出的部分与报告的标题不一致：{what}",
    en="the preface's list of sections differs from the headings: {what}",
    remarks={
        "name": ("“{item}”不是报告的部分名称，标题是“{heading}”", "“{item}” is no heading; it reads “{heading}”"),
        "strange": ("“{item}”不是报告的部分名称", "“{item}” is no heading of the report"),
        "outline": ("所列的是“{items}”，不是现行格式的部分", "it lists {items}, which is not how the form is parted"),
        "lacks": ("没有列出“{heading}”", "“{heading}” is not listed"),
        "count": ("写的是{stated}个部分，列出了 {found} 个", "it says {stated} sections and lists {found}"),
    },
)
def section_list(report: Report) -> Iterator[Finding]:
    """The preface's list of sections differs from the headings, or its count from the list.

    The wording of 条例 article 50 is accepted as a paraphrase (docs/specification.md §3.3), and so are other
    wordings of what an organ says of its problems and of other matters.
    """
    for paragraph in (*report.preface, *report.sections[0].paragraphs[:2]):
        text, places = _squeezed(paragraph)
        for match in islice(_LIST.finditer(text), _MOST):
            for start, end, what in _compare(text, match, report):
                yield Finding(paragraph.span(places[start], places[end - 1] + 1), what=what)


def _squeezed(paragraph: Paragraph) -> tuple[str, list[int]]:
    """A paragraph's text as lists are read, without blanks and explanations in brackets, and their places."""
    text = _NUMBERED.sub("、", paragraph.text) if ";" in paragraph.text else paragraph.text
    text = _PARTED.sub(lambda match: match[0].replace(";", "、"), text) if ";" in text else text
    text = _BRACKETED.sub(lambda match: " " * len(match[0]), text)
    places = [n for n, char in enumerate(text) if not char.isspace()]
    return "".join(text[n] for n in places), places


def _compare(text: str, match: re.Match[str], report: Report) -> Iterator[tuple[int, int, Words]]:
    """What is wrong with a list, each with its range of the squeezed text."""
    form, start = report.form, match.start("list")
    # 等 leaves the list open: nothing can be said of what it does not name.
    is_open = "等" in match["list"]
    told = match["list"].split("等")[0]
    left = told.translate(_SAME)
    found: dict[str, tuple[int, int]] = {}
    left = _take(left, _names(form), found)
    left = _take_paraphrased(left, form, found, accepted := set(found))
    if len(found) < _ENOUGH and (old := _of_another_outline(text, match, is_open)):
        yield start, start + len(told), section_list.words("outline", items=old)
        return
    left = _take(left, _other_names(form), found)
    if len(found) < _ENOUGH:
        return
    begun = {begin for begin, _ in found.values()}
    first, last = min(begun), max(end for _, end in found.values())
    rest = [(m.start(), told[m.start() : m.end()]) for m in re.finditer(f"[^{_LEFT}、]{{3,}}", left)]
    rest = [(at, raw) for at, raw in rest if at <= last + 1 and not (at > last and told[at - 1] == ",")]
    # What is grown together with a section's name is how an organ says it, and no item.
    rest = [(at, raw) for at, raw in rest if not _is_part_of_name(left, at, raw)]
    rest = [(at, raw) for at, raw in rest if at > first or _is_first(left, at, raw, first)]
    rest = [(at, raw) for at, raw in rest if at < last or "报告" not in raw or raw.endswith(_PART_NAMES)]
    rest = [(at, raw) for at, raw in rest if len(key(_FRONT.sub("", raw))) >= _SHORTEST]
    misnamed = list(_misnamed(told, start, found, accepted, rest, report))
    yield from misnamed
    missing = [s.heading for s in report.sections if s.form.heading not in found]
    if not rest and not is_open:
        lacking = [heading for heading in missing if not heading.missing]
        if lacking:
            yield start, start + len(told), section_list.words("lacks", heading=lacking)
    counted = "count" if match["count"] else "before"
    stated = read_ordinal(match[counted]) if match[counted] else None
    total = len(found) + len(rest)
    wrong = stated not in (None, total) and stated not in _otherwise(left, told, found, total)
    # An item that names no section may be counted in another way.
    if wrong and not misnamed and not is_open and (rest or not missing):
        yield *match.span(counted), section_list.words("count", stated=match[counted], found=total)


def _otherwise(left: str, told: str, found: dict[str, tuple[int, int]], total: int) -> Iterator[int]:
    """How else the items of a list may be counted: by its stops, and 存在问题、改进措施 as two."""
    yield sum(1 for piece in _JOINED.split(left) if piece)
    yield total + sum("、" in told[slice(*place)] for terminal, place in found.items() if terminal == _TWO_IN_ONE)


def _is_part_of_name(left: str, at: int, raw: str) -> bool:
    """Whether words have grown together with a section's name; 和 and the name of a part make another item."""
    if raw.startswith("的") and left[at - 1 : at] == _LEFT:
        return True  # …行政诉讼的情况
    if raw.endswith(_PART_NAMES) or _DATED.search(raw):
        return False
    if left[at + len(raw) : at + len(raw) + 1] == _LEFT:
        return True
    return left[at - 1 : at] == _LEFT and raw[0] not in "和及与以"


def _take(left: str, names: dict[str, list[str]], found: dict[str, tuple[int, int]]) -> str:
    """What is left of a list where names were found in it; each section is found once."""
    for terminal, wordings in names.items():
        for name in wordings if terminal not in found else ():
            at = left.find(name)
            # 政府信息公开工作 is short for …情况 only where nothing goes on behind it.
            if at >= 0 and (name.endswith(_PART_NAMES) or left[at + len(name) :][:1] in _BETWEEN):
                found[terminal] = at, at + len(name)
                left = left[:at] + _LEFT * len(name) + left[at + len(name) :]
                break
    return left


def _take_paraphrased(left: str, form: Form, found: dict[str, tuple[int, int]], accepted: set[str]) -> str:
    """As `_take`, for items that mean a section in other words; those of what has no other name are `accepted`."""
    for terminal, patterns in lists("section-list-paraphrases").items():
        match = re.search(f"(?<![^、和及])(?:{'|'.join(patterns)})(?![^、])", left) if terminal not in found else None
        if match and any(section.heading == terminal for section in form.sections):
            found[terminal] = match.span()
            left = left[: match.start()] + _LEFT * len(match[0]) + left[match.end() :]
            if terminal in _AS_MEANT:
                accepted.add(terminal)
    return left


def _misnamed(
    told: str,
    start: int,
    found: dict[str, tuple[int, int]],
    accepted: set[str],
    rest: list[tuple[int, str]],
    report: Report,
) -> Iterator[tuple[int, int, Words]]:
    """Items that name no section, or one by another name; where they are most of a list, the list as a whole."""
    form = report.form
    accepted |= {s.form.heading for s in report.sections if s.name in form.loosely_named}
    wrong = [(at, told[at:end], t) for t, (at, end) in found.items() if t not in accepted]
    wrong += [(at, raw, "") for at, raw in rest]
    if len(wrong) >= _ENOUGH:
        items = [_FRONT.sub("", raw) for _, raw, _ in sorted(wrong)]
        yield start, start + len(told), section_list.words("outline", items=items)
        return
    missing = [s.heading for s in report.sections if s.form.heading not in found]
    for at, raw, terminal in sorted(wrong):
        item = _FRONT.sub("", raw)
        rank = 1 + max((_rank(form, t) for t, (begin, _) in found.items() if begin < at), default=-1)
        heading = next((s.heading for s in report.sections if s.form.heading == terminal), None)
        if heading is None:
            heading = next(
                (h for h in missing if _rank(form, h.terminal) == rank and _shares_words(item, h.form)), None
            )
        if heading:
            what = section_list.words("name", item=item, heading=split_number(heading.form)[1] or heading)
        else:
            what = section_list.words("strange", item=item)
        yield start + at, start + at + len(raw), what


def _shares_words(item: str, heading: str) -> bool:
    """Whether an item has two characters in a row of a heading: else nothing tells that it is meant."""
    return any(item[n : n + 2] in heading for n in range(len(item) - 1) if item[n : n + 2] not in _EVERYWHERE)


def _of_another_outline(text: str, match: re.Match[str], is_open: bool) -> list[str]:
    """The items of a list that says what the report is made of and names other parts than the form's."""
    before = text[: match.start("list")]
    telling = sum(word in match["list"] for word in _OUTLINE) >= _TELLING
    said = _MADE_OF.search(before) or (telling and _MAY_BE_MADE_OF.search(before))
    said = said and _ENDS.match(text, match.end("list"))
    items = re.split("[、,;]", re.sub("(?:组成|构成)$", "", match["list"]))
    items += [part for part in re.split("以及|和|及(?!改进|整改|下一步)", items.pop(), maxsplit=1) if part]
    named = sum(item.endswith(_PART_NAMES) for item in items)
    if not said or is_open or len(items) < _ENOUGH:
        return []
    short = len(items) > _ENOUGH and max(map(len, items)) <= _LONGEST_NAME
    return items if named >= len(items) - 1 or (short and named) else []


def _is_first(text: str, at: int, raw: str, first: int) -> bool:
    """Whether words in front of the first known section name are a name too.

    What stands there is more often who wrote the report, on what basis, and the verb.
    """
    return text[at + len(raw) : first] == "、" and len(raw) <= _LONGEST_NAME and not _NO_NAME.search(raw)


@cache
def _names(form: Form) -> dict[str, list[str]]:
    """What a list may call each section, longest first: heading, variants, article 50's words."""
    # 信息公开 is short for 政府信息公开.
    shorter = ((terminal, name.replace("政府信息", "信息")) for terminal, name in form.section_names)
    known = [*form.section_names, *shorter]
    # 因政府信息公开工作引发的行政复议、行政诉讼情况.
    brought = [
        (terminal, name.replace("政府信息公开", f"政府信息公开{words}", 1))
        for terminal, name in form.section_names
        if name.startswith("政府信息公开行政复议")
        for words in listed("section-list", "brought_about")
    ]
    return _by_section([*known, *brought])


@cache
def _other_names(form: Form) -> dict[str, list[str]]:
    """What is known to be meant for a section."""
    return _by_section((terminal, wording) for wording, terminal in form.misnamed.items())


def _by_section(names: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for terminal, wording in names:
        found.setdefault(terminal, []).extend(_ways(wording.translate(_SAME)))
    return {terminal: sorted(wordings, key=len, reverse=True) for terminal, wordings in found.items()}


def _ways(name: str) -> Iterator[str]:
    """How else a list has a name: with 或 for 、, and without its 情况, which several may share."""
    for way in (name, *(name.replace("行政复议、", f"行政复议{word}", 1) for word in _JOINING if "行政复议、" in name)):
        yield way
        if way.endswith("情况") and len(way) > _LONG_NAME:
            yield way.removesuffix("情况").removesuffix("的")


def _rank(form: Form, terminal: str) -> int:
    """The place of a section among the form's."""
    return next(n for n, s in enumerate(form.sections) if s.heading == terminal)
