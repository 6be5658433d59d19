"""Text cut into pieces where findings begin and end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportlint.diagnostics import Span
from reportlint.output.excerpt import show
from reportlint.source import Source


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, the numbers of the findings in it, and those that begin here; a finding may have no text."""

    text: str
    findings: tuple[int, ...] = ()
    first: tuple[int, ...] = ()


class Marks:
    """Numbered ranges of a text."""

    def __init__(self, source: Source, spans: Iterable[tuple[int, Span]]) -> None:
        self._source = source
        self._by_line: dict[int, list[tuple[int, Span]]] = {}
        for number, span in spans:
            first, _ = source.position(span.start)
            last, _ = source.position(max(span.start, span.end - 1))
            for line in range(first, last + 1):
                self._by_line.setdefault(line, []).append((number, span))

    def on_line(self, line: int) -> list[Piece]:
        """The pieces of a 1-based line; what stands at its very end is one without text."""
        return self._cut(self._source.line(line), self._by_line.get(line, ()))

    def within(self, span: Span) -> list[Piece]:
        """The pieces of a range."""
        first, _ = self._source.position(span.start)
        last, _ = self._source.position(max(span.start, span.end - 1))
        near = dict(mark for line in range(first, last + 1) for mark in self._by_line.get(line, ()))
        meeting = [(n, s) for n, s in near.items() if s.start < span.end and span.start < max(s.end, s.start + 1)]
        return self._cut(span, meeting)

    def has(self, line: int) -> bool:
        """Whether something is marked on a 1-based line."""
        return line in self._by_line

    def _cut(self, whole: Span, marks: Iterable[tuple[int, Span]]) -> list[Piece]:
        def inside(offset: int) -> int:
            return min(max(offset, whole.start), whole.end)

        ranges = [(number, Span(inside(span.start), inside(span.end)), span) for number, span in marks]
        edges = sorted({whole.start, whole.end, *(edge for _, cut, _ in ranges for edge in cut)})
        pieces = []
        for start, end in zip(edges, [*edges[1:], None], strict=True):
            points = tuple(n for n, cut, _ in ranges if cut.start == cut.end == start)
            if points:
                pieces.append(Piece("", points, points))
            if end is not None:
                over = [(n, span) for n, cut, span in ranges if cut.start < end and start < cut.end]
                first = tuple(n for n, span in over if span.start == start)
                pieces.append(Piece(shown(self._source.text[start:end]), tuple(n for n, _ in over), first))
        return pieces


def shown(text: str) -> str:
    """A text with what cannot be seen spelt out."""
    return "".join(map(show, text))
