"""Rule stray-question-mark; docs/rules/stray-question-mark.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.characters import INVISIBLE, PARTINGS
from reportlint.diagnostics import Edit, Fix, Safety, Span
from reportlint.late import Late
from reportlint.rules import Finding, rule
from reportlint.source import Source

_WALLS = rf"\s|{INVISIBLE}{PARTINGS}"
_CELL = Late(
    rf"(?<=[|\t\n])[ \u3000]*"
    rf"(?:[?？]{{1,3}}[ \u3000]{{1,3}}\d[\d,.]*|\d[\d,.]*[ \u3000]{{1,3}}[?？]{{1,3}})(?=\s*[|\t\n])"
    rf"|(?<![^{_WALLS}])[?？]*\d[\d,.]*[?？]*(?![^{_WALLS}])"
    r"|(?<=>)[ \u3000]{0,3}[?？]{0,3}[ \u3000]{0,3}\d[\d,.]*[ \u3000]{0,3}[?？]{0,3}"
    r"(?=\s{0,40}(?:</?(?!t[dh]\b)[A-Za-z][^<>]{0,200}>\s{0,40}){0,6}</t[dh]>)"
)
"""The cell of a table in any layout; a web page's ends with its tag."""
_MARKS = Late("[ \u3000]*[?？]+[ \u3000]*")


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
    if "?" not in source.text and "？" not in source.text:
        return
    for match in _CELL.finditer(source.text):
        if not _MARKS.search(match[0]):
            continue
        text = match[0].lstrip()
        start = match.end() - len(text)
        edits = tuple(Edit(Span(start + m.start(), start + m.end()), "") for m in _MARKS.finditer(text))
        figure = _MARKS.sub("", text)
        # What stood in front may have been a minus; there is no −0.
        safety = Safety.UNSAFE if text[0] in "?？" and figure.strip("0.,") else Safety.SAFE
        yield Finding(Span(start, match.end()), text=text[:20], figure=figure[:20]).fixed_by(Fix(edits, safety))
