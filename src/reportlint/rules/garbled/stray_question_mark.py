"""Rule stray-question-mark; docs/rules/stray-question-mark.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.characters import INVISIBLE, PARTINGS
from reportlint.diagnostics import Edit, Fix, Safety, Span
from reportlint.rules import Finding, rule
from reportlint.source import Source

_WALLS = rf"\s|{INVISIBLE}{PARTINGS}"
_CELL = re.compile(rf"(?<![^{_WALLS}])[?？]*\d[\d,.]*[?？]*(?![^{_WALLS}])")
_MARKS = re.compile("[?？]+")


@rule(
    on=Source,
    severity="warning",
    fix="safe",
    zh="数字格中多出问号“{text}”，应为“{figure}”",
    en="a stray question mark in the figure {text}; it reads {figure}",
    help=("多半是不间断空格在转换编码时变成了问号", "most likely a no-break space that a conversion lost"),
)
def stray_question_mark(source: Source) -> Iterator[Finding]:
    """0? in a figure cell, left by a lost no-break space; ?5 may have been −5, so its fix is unsafe."""
    for match in _CELL.finditer(source.text):
        if not _MARKS.search(match[0]):
            continue
        edits = tuple(
            Edit(Span(match.start() + m.start(), match.start() + m.end()), "") for m in _MARKS.finditer(match[0])
        )
        figure = _MARKS.sub("", match[0])
        # What stood in front may have been a minus; there is no −0.
        safety = Safety.UNSAFE if match[0][0] in "?？" and figure.strip("0.,") else Safety.SAFE
        yield Finding(Span(*match.span()), text=match[0][:20], figure=figure[:20]).fixed_by(Fix(edits, safety))
