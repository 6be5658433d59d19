"""A web page as its reader sees it, with the findings at their places: what is drawn of it in place of its source."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial

from reportlint.diagnostics import Diagnostic, Secondary, Span
from reportlint.output.page.drawing import Drawing, Drawn, Line, draw
from reportlint.results import FileResult
from reportlint.run.analysis import analyse
from reportlint.source import Source
from reportlint.text.markup import ENTITY, unescaped
from reportlint.text.webpage import is_page, page_edits


def draw_shown(result: FileResult, lang: str) -> Drawing:
    """Lay out a file, a web page as it looks; the lines are those of the file."""
    if result.source.document is not None or not is_page(result.source.text):
        return draw(result, lang)
    page = _Shown(result.source)
    source = Source(result.path, page.text)
    found = tuple(page.moved(one) for one in result.diagnostics)
    form = result.analyse().report.form
    drawing = draw(result._replace(source=source, diagnostics=found, analyse=partial(analyse, source, (form,))), lang)
    for block in drawing.blocks:
        if isinstance(block, Line):
            block.number = page.line(source, block.number)
        elif isinstance(block, Drawn):
            block.raw = [(page.line(source, number), text) for number, text in block.raw]
    return drawing


class _Shown:
    """The text that a page shows, in pieces, and where each begins in the view and in the file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        raw = source.text
        edits = list(page_edits(raw))
        known = [start for start, _, _ in edits]
        for match in re.finditer(ENTITY, raw):
            at = bisect_right(known, match.start()) - 1
            if at < 0 or edits[at][1] <= match.start():
                edits.append((*match.span(), unescaped(match[0]) or match[0]))
        parts: list[str] = []
        self._starts: list[int] = []
        self._raws: list[int] = []
        length = done = 0
        for start, end, new in [*sorted(edits), (len(raw), len(raw), "")]:
            if start < done:
                continue
            for text, at in ((raw[done:start], done), (new, start)):
                if text:
                    self._starts.append(length)
                    self._raws.append(at)
                    parts.append(text)
                    length += len(text)
            done = end
        self.text = "".join(parts)

    def _offset(self, raw: int) -> int:
        at = bisect_right(self._raws, raw) - 1
        if at < 0:
            return 0
        stop = self._starts[at + 1] if at + 1 < len(self._starts) else len(self.text)
        return min(self._starts[at] + raw - self._raws[at], stop)

    def _span(self, span: Span) -> Span:
        return Span(self._offset(span.start), max(self._offset(span.start), self._offset(span.end)))

    def moved(self, found: Diagnostic) -> Diagnostic:
        """A finding at its place in the view."""
        labels = tuple(
            label if label.place else Secondary(self._span(label.span), label.message) for label in found.labels
        )
        return found._replace(span=self._span(found.span), labels=labels)

    def line(self, view: Source, number: int) -> int:
        """The line of the file that a line of the view begins on."""
        at = bisect_right(self._starts, view.line(number).start) - 1
        return self._source.position(self._raws[max(0, at)])[0] if self._raws else 1
