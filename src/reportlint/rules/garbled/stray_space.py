"""Rule stray-space; docs/rules/stray-space.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportlint.diagnostics import Edit, Fix, Safety, Span
from reportlint.late import Late, Marked
from reportlint.model import Paragraph, Report
from reportlint.prose.references import inside, titles
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text.injected import injected
from reportlint.text.measures import BEHIND_FIGURES, TIGHT
from reportlint.text.organs import SIGNING
from reportlint.words import either, listed

_HAN = "\u4e00-\u9fff"
# Not where a figure is lacking (信息 条): that is placeholder's.
_INSIDE = Late(rf"(?<=[{_HAN}]) (?=[{_HAN}])(?!(?:{BEHIND_FIGURES}))")
_BEFORE_FIGURE = Late(rf"(?<=[{_HAN}]) (?=\d[\d,.]* ?(?:{TIGHT}))")
_BEHIND_FIGURE = Late(rf"(?<=\d) (?=(?:{TIGHT}))")
_IN_DATE = Marked(r"(?<=\d) (?=[年月日号])", (" 年", " 月", " 日", " 号"))
_DATED = Late(r"\d[年月日号]")
_BEFORE_STOP = Marked(rf"(?<=[{_HAN}]) (?=[。,;、])", (" 。", " ,", " ;", " 、"))
_IN_FIGURE = Late(r"(?<=\d)\s+(?=\d)")
_TIGHT = Late(rf"[{_HAN}]\d|\d(?:{TIGHT})")
_IN_TITLE = Marked(r"(?<=《) +(?=[^ ]{1,60}》)|(?<=[^\s《]) +(?=》)", ("《 ", " 》"))
"""At the edge of a title: 《条例 》."""
_CLAUSE = Late("[^,。;:!?()《》“”、\n]+")
_COMMITTEE = Late(either("organs", "committees") + "$")
_ORGAN = Late(rf"[{_HAN}]{{2,20}}?{either('organs', 'signing')}")
_PREFACE = listed("page", "preface")
_LABEL = Late(rf"[{_HAN}]{{2,5}}:")
"""来源： and the like, which a page sets in a row."""
_NAME = 4
"""Words so short on both sides of a blank may be names: 张三 李四."""
_FIELD = 4
"""What is no longer and begins a line is the name of a field."""
_SHOWN = 6
_MOST = 4
"""More blanks than this in one paragraph are its layout, not a slip."""


@rule(
    on=Report,
    severity="info",
    fix="safe",
    typed=True,
    zh="“{text}”中有多余的空格",
    en="a stray space in “{text}”",
)
def stray_space(report: Report) -> Iterator[Finding]:
    """A space inside a Chinese phrase, between a figure and its measure word, in a date, before a stop, in a figure.

    A report that sets its figures off with spaces throughout does so on purpose; a space behind
    an inner heading parts it from its text.
    """
    sentences = [paragraph for paragraph in report.preface if "。" in paragraph.text]
    for finding in _in_prose(sentences, frozenset(), report.source):
        if not _is_set(report.source.text, finding.span.start):
            yield finding
    for section in report.sections:
        for table in section.tables:
            figures = (figure for row in table.rows for figure in row.figures if figure.value is not None)
            for figure in (figure for figure in figures if not figure.text.isdecimal()):
                if gaps := list(_IN_FIGURE.finditer(figure.text)):
                    edits = (Edit(Span(figure.span.start + m.start(), figure.span.start + m.end()), "") for m in gaps)
                    yield Finding(figure, text=figure.text).fixed_by(Fix(tuple(edits), Safety.UNSAFE))
        ends = frozenset(item.span.end for item in section.subheadings)
        yield from _in_prose(section.paragraphs, ends, report.source)


def _in_prose(paragraphs: Sequence[Paragraph], ends: frozenset[int], source: Source) -> Iterator[Finding]:
    """Spaces in the paragraphs of a part; behind one of `ends`, of inner headings, one is meant."""
    paragraphs = [paragraph.as_typed for paragraph in paragraphs]
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    if " " not in text:
        return
    loose = len(_BEFORE_FIGURE.findall(text)) + len(_BEHIND_FIGURE.findall(text))
    patterns = [_INSIDE]
    if loose <= len(_TIGHT.findall(text)) // 4:
        patterns += [_BEFORE_FIGURE, _BEHIND_FIGURE]
    at_edges = [_IN_TITLE, _BEFORE_STOP]
    if len(list(_IN_DATE.finditer(text))) <= len(_DATED.findall(text)) // 4:
        at_edges.append(_IN_DATE)
    for paragraph in (paragraph for paragraph in paragraphs if " " in paragraph.text):
        named = list(titles(paragraph))
        found: list[tuple[re.Match[str] | None, re.Match[str]]] = [
            (clause, match)
            for clause in _CLAUSE.finditer(paragraph.text)
            for pattern in patterns
            for match in pattern.finditer(paragraph.text, clause.start(), clause.end())
            if not inside(named, match.start())
            and not _is_quoted(paragraph.text, match.start())
            and not _LABEL.match(paragraph.text, match.end())
            and paragraph.span(*match.span()).start not in ends
        ]
        found += [(None, match) for pattern in at_edges for match in pattern.finditer(paragraph.text)]
        # Beside what a hijacked page has injected: injected-text tells of that.
        hijacked = list(injected(paragraph.text)) if found else []
        if len(found) <= _MOST:
            for clause, match in sorted(found, key=lambda pair: pair[1].start()):
                span = paragraph.span(*match.span())
                if any(match.start() in other.span() or match.end() in other.span() for other in hijacked):
                    continue
                # A tag or a comment is read as a blank and is none.
                if (clause is None or not _parts(clause, match)) and source.text[slice(*span)].isspace():
                    first, last = clause.span() if clause is not None else (0, len(paragraph.text))
                    shown = paragraph.text[max(first, match.start() - _SHOWN) : min(last, match.end() + _SHOWN)]
                    yield Finding(span, text=shown.strip()).fixed_by(Fix((Edit(span, ""),)))


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place stands within quotation marks: a name may have a blank in it."""
    return text.rfind("“", 0, at) > text.rfind("”", 0, at) or text.count('"', 0, at) % 2 == 1


def _is_set(text: str, at: int) -> bool:
    """Whether a page sets its own words with a blank above a report.

    来源：教育局 字号：[ 大 中 小 ], 内容概述 本报告…
    """
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].partition("\n")[0]
    return "。" not in line or len(text[start:at].strip()) <= _FIELD


def _parts(clause: re.Match[str], match: re.Match[str]) -> bool:
    """Whether a blank parts words on purpose: a heading from its text, names, items of a list."""
    if match.re is not _INSIDE.regex:
        return False
    before, behind = clause.string[clause.start() : match.start()], clause.string[match.end() : clause.end()]
    if (SIGNING.search(before) or _COMMITTEE.search(before)) and _ORGAN.match(behind):
        return True  # 青湖县财政局 青湖县审计局
    if behind in _PREFACE and clause.string[clause.end() : clause.end() + 1] == "《":
        return True  # a page's own words, and the report: 来源：教育局 根据《条例》…
    names = len(before.strip()) <= _NAME and len(behind.strip()) <= _NAME
    return names or " " in before.strip() or " " in behind.strip() or before.endswith(("情况", "方面"))
