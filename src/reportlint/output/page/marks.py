"""Text cut into pieces where findings begin and end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from reportlint.diagnostics import Span
from reportlint.output.excerpt import show
from reportlint.source import Source
from reportlint.tuples import NamedTuple


class Piece(NamedTuple):
    """A stretch of text, the numbers of the findings in it, and those that begin here; a finding may have no text."""

    text: str
    findings: tuple[int, ...] = ()
    first: tuple[int, ...] = ()


class Marks:
    """Numbered ranges of a text; what meets a range is found without looking at the others."""

    def __init__(self, source: Source, spans: Iterable[tuple[int, Span]]) -> None:
        self._source = source
        # A finding without text meets the character behind it.
        self._marks = sorted((span.start, max(span.end, span.start + 1), number, span) for number, span in spans)
        self._starts = [start for start, *_ in self._marks]
        self._reach = list(accumulate((end for _, end, *_ in self._marks), max))

    def on_line(self, line: int) -> list[Piece]:
        """The pieces of a 1-based line; what stands at its very end is one without text."""
        whole = self._source.line(line)
        return self._cut(whole, self._meeting(whole.start, self._behind(line)))

    def within(self, span: Span) -> list[Piece]:
        """The pieces of a range."""
        return self._cut(span, self._meeting(span.start, span.end))

    def has(self, line: int) -> bool:
        """Whether something is marked on a 1-based line."""
        return next(self._meeting(self._source.line(line).start, self._behind(line)), None) is not None

    def _behind(self, line: int) -> int:
        """Where a line ends, its line end included; the last one's lies behind the text."""
        text, end = self._source.text, self._source.line(line).end
        return end + (2 if text.startswith("\r\n", end) else 1)

    def _meeting(self, start: int, end: int) -> Iterator[tuple[int, Span]]:
        at = bisect_left(self._starts, end)
        while at and self._reach[at - 1] > start:
            at -= 1
            _, last, number, span = self._marks[at]
            if last > start:
                yield number, span

    def _cut(self, whole: Span, marks: Iterable[tuple[int, Span]]) -> list[Piece]:
        def inside(offset: int) -> int:
            return min(max(offset, whole.start), whole.end)

        begins: dict[int, list[tuple[int, Span]]] = {}
        ends: dict[int, list[int]] = {}
        points: dict[int, list[int]] = {}
        for number, span in marks:
            start, end = inside(span.start), inside(span.end)
            if start == end:
                points.setdefault(start, []).append(number)
            else:
                begins.setdefault(start, []).append((number, span))
                ends.setdefault(end, []).append(number)
        edges = sorted({whole.start, whole.end, *begins, *ends, *points})
        active: set[int] = set()
        pieces = []
        for start, end in zip(edges, [*edges[1:], whole.end], strict=True):
            if start in points:
                here = tuple(sorted(points[start]))
                pieces.append(Piece("", here, here))
            active.difference_update(ends.get(start, ()))
            begun = begins.get(start, [])
            active.update(number for number, _ in begun)
            if end > start:
                first = tuple(sorted(number for number, span in begun if span.start == start))
                pieces.append(Piece(shown(self._source.text[start:end]), tuple(sorted(active)), first))
        return pieces


def shown(text: str) -> str:
    """A text with what cannot be seen spelt out."""
    return "".join(map(show, text))
