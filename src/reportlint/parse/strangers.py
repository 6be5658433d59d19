"""What stands in a report and not in its form: headings and rows of its own, and rows that stand twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportlint.forms.load import registered
from reportlint.forms.tables import Role
from reportlint.late import Late
from reportlint.model import Label, Section, StrangeRow
from reportlint.parse.figures import FigureReader
from reportlint.parse.labels import Labels
from reportlint.parse.nodes import Dropped, Node, Parse, tokens_of
from reportlint.parse.tabulating import Tables
from reportlint.parse.tokens import Token
from reportlint.words import either

_LABEL = Late(either("rows", "like_rows"))
_SHORTEST, _LONGEST = 4, 12


class Strangers:
    """Looks for what the form of a report does not have; nothing is said of what stands in an unreadable table."""

    def __init__(self, labels: Labels, parse: Parse, reader: FigureReader, tables: Tables) -> None:
        self._labels = labels
        self._form = labels.form
        self._parse = parse
        self._reader = reader
        self._tables = tables

    def headings(self, nodes: Iterable[Node]) -> Iterator[Label]:
        """Headings that the form does not have."""
        for node in nodes:
            if node.rule != "front":
                for token in tokens_of(node, deep=True):
                    if token.kind == "HEADING" and not self._in_unreadable(token):
                        yield self._labels.of(token)
        for dropped in self._parse.dropped:
            if dropped.tokens[0].kind == "HEADING" and not self._in_unreadable(dropped.tokens[0]):
                yield self._labels.of(dropped.tokens[0])

    def rows(self, sections: list[Section]) -> Iterator[StrangeRow]:
        """Rows that the form does not have, and rows that stand twice."""
        present = {r.name: r.label for s in sections for t in s.tables for r in t.rows if r.label}
        narrow = {r.label for s in self._form.sections for t in s.tables if len(t.columns) == 1 for r in t.rows}
        for dropped in self._parse.dropped:
            if not self._in_unreadable(dropped.tokens[0]):
                yield from self._strange_row(dropped, present, narrow)

    def _in_unreadable(self, token: Token) -> bool:
        """Whether a token stands in a table of which nothing can be said."""
        at = self._labels.span(token).start
        return any(span.start <= at <= span.end for span in self._tables.unreadable)

    def _strange_row(self, dropped: Dropped, present: dict[str, Label], narrow: set[str]) -> Iterator[StrangeRow]:
        head = dropped.tokens[0]
        if head.kind == "FIGURE":
            yield from self._row_among_notes(head)
            return
        figures = [t for t in dropped.tokens[1:] if t.kind == "FIGURE"]
        made = tuple(self._reader.read(figures, None))
        if head.role is Role.ROW and head.kind not in self._tables.used:
            first = present.get(head.kind)
            yield StrangeRow(self._labels.of(head), made, None if first is None or first.missing else first)
        elif head.kind in ("TEXT", "HEADING") and len(figures) >= (1 if head.kind in narrow else 2):
            yield StrangeRow(self._labels.of(head), made)

    def _row_among_notes(self, figure: Token) -> Iterator[StrangeRow]:
        """A figure behind text that a table's notes took in: a row of another form, or a new one."""
        text = self._tables.before.get(figure.start)
        if text is None or text.kind != "TEXT":
            return
        foreign = any(text.text in form.keys for form in registered() if form is not self._form)
        if foreign or text.cell.line == figure.cell.line or _is_row_of_lines(text, figure):
            yield StrangeRow(self._labels.of(text), tuple(self._reader.read([figure], None)))


def _is_row_of_lines(text: Token, figure: Token) -> bool:
    """Whether a text is the label of a figure in the next line, where each cell has a line of its own."""
    alone = text.cell.alone and figure.cell.alone and figure.cell.line == text.cell.line + 1
    return alone and _SHORTEST <= len(text.text) <= _LONGEST and _LABEL.search(text.text) is not None
