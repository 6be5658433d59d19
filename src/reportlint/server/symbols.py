"""Document symbols and folding: sections, their sub-headings and tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lsprotocol import types

from reportlint.diagnostics import Span
from reportlint.late import Late
from reportlint.model import Report, Section, Table
from reportlint.server.convert import range_of
from reportlint.server.project import Checked

_DEPTHS = {"bracket": 1, "digit": 2, "is": 3}
_LONGEST = 40
_CLAUSE = Late(r"[^，。；：\n]{0,40}")


def symbols(checked: Checked) -> list[types.DocumentSymbol]:
    """The report's sections in the order in which they stand; nothing in a text that is none."""
    report = checked.recognised
    if report is None:
        return []
    made = []
    if report.title:
        made.append(_symbol(checked, report.title.text, report.title.span, types.SymbolKind.File))
    for section, whole in _sections(report):
        inside = [*_tables(section, whole), *_subheadings(section, report.source.text)]
        made.append(
            _symbol(
                checked,
                section.heading.text,
                whole,
                types.SymbolKind.Namespace,
                at=section.heading.span,
                children=_nested(checked, sorted(inside, key=lambda item: item[1].start), whole.end),
            )
        )
    return made


def folding(checked: Checked) -> list[types.FoldingRange]:
    """What an editor may fold away: sections, sub-headings, tables."""
    ranges = []

    def add(found: list[types.DocumentSymbol]) -> None:
        for symbol in found:
            start, end = symbol.range.start.line, symbol.range.end.line
            end -= symbol.range.end.character == 0
            if end > start:
                ranges.append(types.FoldingRange(start, end, kind=types.FoldingRangeKind.Region))
            add(list(symbol.children or ()))

    add(symbols(checked))
    return ranges


def _sections(report: Report) -> Iterator[tuple[Section, Span]]:
    """Each section that is there, with all of its text."""
    there = sorted((s for s in report.sections if not s.missing), key=lambda s: s.heading.span.start)
    text = report.source.text
    starts = [*(s.heading.span.start for s in there), len(text)]
    for section, (start, end) in zip(there, pairwise(starts), strict=True):
        whole = text[start:end].rstrip()
        yield section, Span(start, max(section.heading.span.end, start + len(whole)))


Item = tuple[str, Span, int, Span | None]
"""A name, where it stands, its depth, and for a table its whole range."""


def _tables(section: Section, whole: Span) -> Iterator[Item]:
    for table in section.tables:
        span = _table_span(table)
        if span is not None and whole.start <= span.start < whole.end:
            name = table.caption.form if table.caption else section.heading.form
            at = table.caption.span if table.caption and not table.caption.missing else Span(span.start, span.start)
            yield name, at, 9, Span(span.start, min(span.end, whole.end))


def _table_span(table: Table) -> Span | None:
    labels = [table.caption, *table.heads, *(row.label for row in table.rows)]
    spans = [label.span for label in labels if label and not label.missing]
    spans += [figure.span for row in table.rows for figure in row.figures]
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def _subheadings(section: Section, text: str) -> Iterator[Item]:
    for one in section.subheadings:
        if not one.in_line:
            # 一是 alone says nothing: the words behind it are its name.
            words = _CLAUSE.match(text, one.span.end) if one.kind == "is" else None
            name = " ".join(text[one.span.start : words.end() if words else one.span.end].split())
            shown = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
            yield shown, one.span, _DEPTHS.get(one.kind, 3), None


def _nested(checked: Checked, items: list[Item], end: int) -> list[types.DocumentSymbol]:
    """Items in order as a tree, each up to the next one that is not deeper."""
    made = []
    n = 0
    while n < len(items):
        name, at, depth, whole = items[n]
        behind = n + 1
        while behind < len(items) and whole is None and items[behind][2] > depth:
            behind += 1
        stop = items[behind][1].start if behind < len(items) else end
        text = checked.source.text[at.start : stop].rstrip()
        inside = _nested(checked, items[n + 1 : behind], stop) if whole is None else []
        kind = types.SymbolKind.String if whole is None else types.SymbolKind.Array
        span = whole or Span(at.start, max(at.end, at.start + len(text)))
        made.append(_symbol(checked, name, span, kind, at=at, children=inside))
        n = behind
    return made


def _symbol(
    checked: Checked,
    name: str,
    span: Span,
    kind: types.SymbolKind,
    at: Span | None = None,
    children: list[types.DocumentSymbol] | None = None,
) -> types.DocumentSymbol:
    at = at or span
    span = Span(min(span.start, at.start), max(span.end, at.end))
    # A name that is empty is refused by editors.
    shown = " ".join(name.split()) or "–"
    return types.DocumentSymbol(
        shown, kind, range_of(span, checked.positions), range_of(at, checked.positions), children=children or []
    )
