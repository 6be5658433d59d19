"""Rule stray-space; docs/rules/stray-space.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix
from reportlint.model import Section
from reportlint.rules import Finding, rule

_HAN = "\u4e00-\u9fff"
_UNIT = "件|条|个|项|份|篇|次|期|人|元|万|起|宗|部|场|年|月|日|号|%"
# Not where a figure is lacking (信息 条): that is placeholder's.
_INSIDE = re.compile(rf"(?<=[{_HAN}])[ \t]{{1,3}}(?=[{_HAN}])(?!(?:{_UNIT})(?:[,。;、)]|$))")
_BEFORE_FIGURE = re.compile(rf"(?<=[{_HAN}])[ \t]{{1,3}}(?=\d[\d,.]*[ \t]*(?:{_UNIT}))")
_BEHIND_FIGURE = re.compile(rf"(?<=\d)[ \t]{{1,3}}(?=(?:{_UNIT}))")
_TIGHT = re.compile(rf"[{_HAN}]\d|\d(?:{_UNIT})")
_MOST = 4
"""More blanks than this in one paragraph are its layout, not a slip."""


@rule(
    on=Section,
    severity="info",
    fix="safe",
    zh="“{text}”中有多余的空格",
    en="a stray space in “{text}”",
)
def stray_space(section: Section) -> Iterator[Finding]:
    """A space inside a Chinese phrase, or between a figure and its measure word.

    A report that sets its figures off with spaces throughout does so on purpose; a space behind
    an inner heading parts it from its text.
    """
    text = section.text
    loose = len(_BEFORE_FIGURE.findall(text)) + len(_BEHIND_FIGURE.findall(text))
    figures = loose <= len(_TIGHT.findall(text)) // 4
    for number, paragraph in enumerate(section.paragraphs):
        found = [(match, True) for match in _INSIDE.finditer(paragraph.text)]
        if figures:
            found += [(m, False) for p in (_BEFORE_FIGURE, _BEHIND_FIGURE) for m in p.finditer(paragraph.text)]
        ends = {item.span.end for item in section.subheadings if item.paragraph == number}
        found = [(m, inside) for m, inside in found if paragraph.span(*m.span()).start not in ends]
        if len(found) > _MOST:
            continue
        for match, inside in sorted(found, key=lambda item: item[0].start()):
            before, behind = paragraph.text[max(0, match.start() - 6) : match.end()], paragraph.text[match.end() :]
            shown = re.split("[,。;:、]", before)[-1] + re.split("[,。;:、]", behind[:6])[0]
            if inside and before.rstrip().endswith(("情况", "方面")):
                continue
            span = paragraph.span(*match.span())
            yield Finding(span, text=shown).fixed_by(Fix((Edit(span, ""),)))
