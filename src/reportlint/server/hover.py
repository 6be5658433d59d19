"""Hover: why a finding is one, and what a figure is a part of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from reportlint.diagnostics import Diagnostic, Span, Words
from reportlint.late import Late
from reportlint.manual.pages import location, page_in_language, summary
from reportlint.rules import all_rules
from reportlint.run.analysis import CellPlace
from reportlint.server.convert import range_of
from reportlint.server.project import Checked
from reportlint.sums.equations import in_words

CELL = Words("“{row}” · “{column}”", "{row} · {column}")
ROW = Words("“{row}”（列数不符，看不出是哪一列）", "{row} (too few or too many figures to tell the column)")
NO_LABEL = Words("本行", "this row")
HOLDS = {True: "✓", False: "✗", None: "?"}
PAGE = Words("规则说明", "the rule's page")
_WHY = Late(r"^## (?:为什么|Why)\n+(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_SPECIAL = Late(r"([\\`*_\[\]<>|~&])")


def hover(checked: Checked, found: list[Diagnostic], offset: int, markdown: bool) -> types.Hover | None:
    """What is to be said of a place; None where there is nothing."""
    here = [one for one in found if one.span.start <= offset <= one.span.end]
    report = checked.recognised
    place = checked.analysis.at(offset) if checked.analysis and report else None
    rules = {one.rule: one for one in here}
    parts = [
        *(_finding(one, checked.lang) for one in rules.values()),
        *([_figure(place, checked.lang)] if place else []),
    ]
    if not parts:
        return None
    # The narrowest of what is told about.
    spans = [one.span for one in here] + ([place.figure.span] if place else [])
    text = "\n\n---\n\n".join(parts)
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    held = types.MarkupContent(kind, text if markdown else plain(text))
    return types.Hover(held, range_of(min(spans, key=_length), checked.positions))


def _length(span: Span) -> int:
    return span.end - span.start


def _finding(found: Diagnostic, lang: str) -> str:
    """What its rule is about; the finding itself is shown by the editor."""
    rule = next((rule for rule in all_rules() if rule.name == found.rule), None)
    if rule is None:
        return f"**{found.rule}**"
    why = _WHY.search(page_in_language(rule, lang))
    page = location(found)
    link = f"\n\n[{PAGE(lang)}]({page})" if page else ""
    return f"**{rule.name}** {escaped(summary(rule, lang))}" + (f"\n\n{why[1].strip()}" if why else "") + link


def _figure(place: CellPlace, lang: str) -> str:
    return "\n".join(_lines(place, lang))


def _lines(place: CellPlace, lang: str) -> Iterator[str]:
    row = place.row.label.form if place.row.label else NO_LABEL(lang)
    words = CELL if place.column is not None else ROW
    yield f"**{escaped(words(lang).format(row=row, column=place.column))}**"
    if place.equations:
        yield ""
    for equation, holds in place.equations:
        yield f"- {HOLDS[holds]} {escaped(in_words(equation, lang))}"


def escaped(text: str) -> str:
    """Text of a report as Markdown that shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def plain(text: str) -> str:
    """Our own Markdown without its marks."""
    text = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r"\1: \2", text)
    text = re.sub(r"(?<!\\)\*\*|(?<!\\)`", "", text)
    return re.sub(r"\\(.)", r"\1", text)
