"""Semantic tokens: figures and the names of documents."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from reportlint.diagnostics import Span
from reportlint.late import Late
from reportlint.server.project import Checked

LEGEND = types.SemanticTokensLegend(
    token_types=[types.SemanticTokenTypes.Number.value, types.SemanticTokenTypes.String.value], token_modifiers=[]
)
_NUMBER, _DOCUMENT = range(2)
_IN_PROSE = Late(r"《[^《》\n]{1,100}》|\d[\d,，.]*\d|\d")


def tokens(checked: Checked) -> types.SemanticTokens:
    """Five numbers a token, as the protocol counts them: lines and columns from the one before."""
    data: list[int] = []
    line = character = 0
    for span, kind in sorted(_spans(checked)):
        start, end = checked.positions.range(span)
        if start.line != end.line or (start.line, start.character) < (line, character) or span.start >= span.end:
            continue
        before = character if start.line == line and data else 0
        data += [start.line - line, start.character - before, end.character - start.character, kind, 0]
        line, character = start
    return types.SemanticTokens(data=data)


def _spans(checked: Checked) -> Iterator[tuple[Span, int]]:
    report = checked.recognised
    if report is None:
        return
    for table in report.tables:
        for row in table.rows:
            yield from ((figure.span, _NUMBER) for figure in row.figures if figure.text)
    for paragraph in report.paragraphs:
        whole = paragraph.span()
        for match in _IN_PROSE.finditer(report.source.text, whole.start, whole.end):
            yield Span(*match.span()), _DOCUMENT if match[0][0] == "《" else _NUMBER
