"""The tables of a report, from the parse tree to the model: heads, rows and their figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportlint.diagnostics import Span, around
from reportlint.forms.form import RowForm, TableForm
from reportlint.forms.tables import ROLE_OF, Role
from reportlint.model import How, Label, Row, Table
from reportlint.parse.figures import FigureReader
from reportlint.parse.labels import Labels
from reportlint.parse.nodes import Dropped, Node
from reportlint.parse.order import Outline
from reportlint.parse.tokens import Token
from reportlint.parse.wrecks import loose_lines, reassemble
from reportlint.records import replace

_ROWS = 6
_LOST = 2
_APART = 3
"""Rows without figures beside as many lines of figures without labels: their labels are lost."""
_WORTH = 3
_FEW = 8
"""A table that has fewer than one in so many of the form's rows, none with all its figures, is another one."""
_NEARLY_ALL = 0.8
"""Where so many of a table's rows lack the same columns, a program moved these away."""


class Tables:
    """Builds the tables of one report.

    `before` gives, by its place, the token in front of another; `used` are the rows that were found elsewhere,
    `unreadable` the tables of which nothing can be said.
    """

    def __init__(self, labels: Labels, outline: Outline, dropped: Sequence[Dropped], reader: FigureReader) -> None:
        self._labels = labels
        self._form = labels.form
        self._outline = outline
        self._reader = reader
        self.before = dict(zip((t.start for t in outline.tokens[1:]), outline.tokens, strict=False))
        self._strays = {d.tokens[0].kind: d for d in dropped if d.tokens[0].is_label}
        self.used: set[str] = set()
        self.unreadable: list[Span] = []

    def table(self, node: Node, form: TableForm) -> tuple[Table, list[Token]]:
        """A table and the text behind it."""
        caption: Label | None = None
        heads: list[Label] = []
        figures: list[Token] = []
        notes: list[Token] = []
        there = {child.kind for child in node.children if isinstance(child, Token)}
        columns = [child for child in node.children if isinstance(child, Token) and ROLE_OF[child.kind] is Role.COLUMN]
        behind = {token.start: following for token, following in pairwise(columns)}
        for child in node.children:
            if isinstance(child, Node):
                continue
            role = ROLE_OF[child.kind]
            if role is Role.CAPTION:
                caption = self._labels.of(self._misspelt(child))
            elif role is Role.COLUMN:
                child = self._cut_again(child, form, there, heads)
                heads.extend(self._block_heads(child, form, behind.get(child.start)) or self._heads(child, form, there))
            elif child.kind == "FIGURE":
                figures.append(child)
            elif not form.rows and not figures:
                heads.extend(self._piece_of_head(child, form))
            else:
                notes.append(child)
        if form.rows:
            rows = tuple(self._rows(node, form))
        else:
            rows = (self._row(None, figures, form, False, self._reader.empty_behind(figures)),)
        spans = [label.span for label in (*heads, *([caption] if caption else []))]
        spans += [row.place for row in rows if not row.missing or row.figures]
        span = around(spans) if spans else Span(0, 0)
        if self._scattered(figures) if not form.rows else _torn_apart(rows, len(form.columns)):
            self.unreadable.append(span)
            return Table(form, caption, (), (), span, unreadable=True), notes
        return Table(form, caption, tuple(heads), rows, span), notes

    def reassembled(self, heading: Token, torn: Table) -> Table:
        """A table that a program tore apart, put together by its sums; its labels count as the form's."""
        bare = sum(not row.is_group and not row.figures for row in torn.rows)
        if not torn.unreadable and bare < _LOST:
            return torn
        tokens = self._outline.tokens
        start = next((n for n, token in enumerate(tokens) if token is heading), len(tokens)) + 1
        stop = next((n for n in range(start, len(tokens)) if tokens[n].role is Role.SECTION), len(tokens))
        found = dict(reassemble(tokens[start:stop], torn.form, self._reader) or ())
        if not found and (torn.unreadable or bare < _APART or loose_lines(tokens[start:stop], torn.form) < bare):
            return torn
        if not torn.unreadable:
            self.unreadable.append(torn.span)  # what is left of its labels is none of the form's rows
        if not found:
            return torn._replace(heads=(), rows=(), unreadable=True)
        rows: list[Row] = []
        for form in torn.form.rows:
            figures = tuple(found.get(form, ()))
            at = figures[0].span if figures else rows[-1].place if rows else torn.span
            label = Label(form.label, self._form.labels[form.label], "", Span(at.start, at.start))
            rows.append(Row(label, torn.form, figures, form.is_group, place=around([f.span for f in figures] or [at])))
        numbered = tuple(row._replace(number=number) for number, row in enumerate(rows))
        return torn._replace(rows=numbered, unreadable=False)

    def _heads(self, token: Token, form: TableForm, there: set[str]) -> Iterator[Label]:
        """A column's head, and behind it the next column's, where the report has the first one's words twice."""
        if len(token.copies) != 1:
            yield self._labels.of(token)
            return
        names = [name for name in form.columns if "/" not in name]
        lacking = [name for name in names if name not in there]
        if len(lacking) != 1 or token.kind not in names:
            yield self._labels.of(token)
            return
        start, end = token.copies[0]
        again = replace(token, start=start, end=end, copies=(), pieces=())
        before = names.index(lacking[0]) < names.index(token.kind)
        wrong, right = (token, again) if before else (again, token)
        yield self._labels.of(right)
        if abs(names.index(lacking[0]) - names.index(token.kind)) == 1:
            yield self._labels.of(replace(wrong, kind=lacking[0], how=How.NEAR))

    def _cut_again(self, token: Token, form: TableForm, there: set[str], heads: Sequence[Label]) -> Token:
        """A column's head of which only what it shares with the one before is left: 本年新 | 本年新."""
        if token.how is not How.CUT or all(label.terminal != token.kind for label in heads):
            return token
        lacking = [name for name in form.columns if name not in there and "/" not in name]
        meant = [name for name in lacking if self._form.canonical[name].startswith(token.text)]
        return replace(token, kind=meant[0]) if meant else token

    def _block_heads(self, token: Token, form: TableForm, behind: Token | None) -> list[Label]:
        """The heads of two columns of a block, where both have the first one's words: 结果维持 | 结果维持."""
        if len(token.copies) != 1 or behind is None:
            return []
        order = list(dict.fromkeys(name.partition("/")[2] for name in form.columns if "/" in name))
        if {token.kind, behind.kind} - {*order}:
            return []
        at = order.index(token.kind)
        if order.index(behind.kind) != at + 2:
            return []
        start, end = token.copies[0]
        again = replace(token, kind=order[at + 1], start=start, end=end, copies=(), pieces=(), how=How.NEAR)
        return [self._labels.of(token), self._labels.of(again)]

    def _scattered(self, figures: list[Token]) -> bool:
        """Whether column heads stand among the figures of a table's one row, but not one before each figure."""
        if len(figures) < 2:
            return False
        first, last = figures[0].start, max(token.start for token in figures)
        between = [t for t in self._outline.tokens if first < t.start < last and t.role is Role.COLUMN]
        return bool(between) and len(between) < len(figures) - 1

    def _misspelt(self, token: Token) -> Token:
        """A missing caption, or the text before its place that the section's prose took in."""
        text = self.before.get(token.start) if token.how is How.MISSING else None
        if text is not None and text.kind == "TEXT" and any(c.terminal == token.kind for c in text.candidates):
            return replace(text, kind=token.kind, how=How.NEAR)
        return token

    def _piece_of_head(self, token: Token, form: TableForm) -> Iterator[Label]:
        """A word in a head without rows: a column's label misspelt or cut short, or nothing."""
        found = [c for c in token.candidates if c.terminal in form.heads]
        best = [c for c in found if c.distance == found[0].distance]
        if best:
            wording = " / ".join(self._form.labels[c.terminal] for c in best)
            yield self._labels.of(token)._replace(terminal=best[0].terminal, form=wording, how=best[0].how)

    def _rows(self, node: Node, form: TableForm) -> Iterator[Row]:
        forms = {row.rule: row for row in form.rows}
        nodes = list(_row_nodes(node))
        figures = {n.rule: [t for t in n.children if isinstance(t, Token) and t.kind == "FIGURE"] for n in nodes}
        copies = self._reader.copies([found for found in figures.values() if found], len(form.columns))
        figures = {rule: found[::copies] for rule, found in figures.items()}
        spans = _spans(node, form)
        figures = {rule: _once(found, spans) for rule, found in figures.items()}
        self._share(nodes, figures, forms, len(form.columns))
        closing = self._reader.closing([found for found in figures.values() if len(found) == len(form.columns)])
        for number, row in enumerate(nodes):
            label = row.children[0]
            assert isinstance(label, Token)
            stray = self._strays.get(label.kind) if label.how is How.MISSING else None
            if stray is not None:
                self.used.add(label.kind)
                label, found = stray.tokens[0], [t for t in stray.tokens[1:] if t.kind == "FIGURE"]
                made = self._row(label, found, form, forms[row.rule].is_group, number=number)
                yield made._replace(misplaced=not made.is_group)
            else:
                own = figures[row.rule]
                empty = 0 if closing is None or not own else (self._reader.walls_behind(own) or 0) - closing
                yield self._row(label, own, form, forms[row.rule].is_group, empty, number)

    def _share(
        self, nodes: list[Node], figures: dict[str, list[Token]], forms: dict[str, RowForm], columns: int
    ) -> None:
        """Give figures back to rows whose labels alone are lost: one row then has several rows' worth."""
        for at, node in enumerate(nodes):
            found = figures[node.rule]
            if not columns or len(found) <= columns or len(found) % columns:
                continue
            following = []
            for later in nodes[at + 1 :]:
                if forms[later.rule].is_group:
                    continue
                label = later.children[0]
                if not (isinstance(label, Token) and label.how is How.MISSING) or label.kind in self._strays:
                    break
                following.append(later.rule)
            count = len(found) // columns
            if len(following) >= count - 1:
                for n, rule in enumerate([node.rule, *following[: count - 1]]):
                    figures[rule] = found[n * columns : (n + 1) * columns]

    def _row(
        self, token: Token | None, found: list[Token], form: TableForm, is_group: bool, empty: int = 0, number: int = 0
    ) -> Row:
        """A row; `empty` cells stand behind its last figure, where the table tells."""
        figures = tuple(self._reader.read(found, form, empty))
        if not found and token is not None and not is_group and self._reader.exact:
            figures = tuple(self._reader.all_blank(token, len(form.columns)))
        label = self._labels.of(token) if token else None
        spans = [f.span for f in figures] + ([label.span] if label else [])
        place = around(spans) if spans else Span(0, 0)
        return Row(label, form, figures, is_group, False, place, number)


def _spans(node: Node, form: TableForm) -> list[int]:
    """How many columns of a table each of its heads stands over, where a converter repeats those of merged cells."""
    heads = {child.kind: child for child in node.children if isinstance(child, Token) and child.kind in form.columns}
    return [1 + len(heads[column].copies) if column in heads else 1 for column in form.columns]


def _once(found: list[Token], spans: list[int]) -> list[Token]:
    """The figures of a row, each once: a cell that spans columns is repeated as its head is."""
    if len(found) != sum(spans) or len(found) == len(spans):
        return found
    starts = [sum(spans[:n]) for n in range(len(spans))]
    groups = [found[start : start + span] for start, span in zip(starts, spans, strict=True)]
    return [group[0] for group in groups] if all(len({t.text for t in group}) == 1 for group in groups) else found


def _torn_apart(rows: Sequence[Row], columns: int) -> bool:
    """Whether a table's figures stand apart from its labels: most rows have none, and one has several rows' worth.

    So it is where no label is left and only some of the figures are. It is also where labels are lost, others have
    no figures, and a row has those of two: so programs write a table that they could not take from its PDF whole.
    And where nearly all rows have as many figures too few and the last one has them all.
    """
    counts = [len(row.figures) for row in rows if not row.is_group]
    without = counts.count(0)
    if len(counts) < _ROWS or columns < 2:
        return False
    known = [row for row in rows if row.label is not None and row.label.how not in (How.MISSING, How.RENAMED)]
    whole = any(len(row.figures) == columns for row in known)
    if len(known) * _FEW < len(rows) and without * 2 > len(counts) and not whole:
        return True  # a table of the author's own
    if without * 2 > len(counts) and max(counts) >= columns * _WORTH:
        return True
    if max(counts) >= columns * _WORTH:
        short, often = Counter(counts).most_common(1)[0]
        if 0 < short < columns and often >= len(counts) * _NEARLY_ALL:
            return True  # the last columns of all rows stand behind the last one
    lost = sum(row.missing for row in rows)
    if all(row.missing or row.is_group for row in rows) and 0 < sum(counts) < columns * len(counts) / 2:
        return True
    bare = sum(not row.missing and not row.is_group and not row.figures for row in rows)
    return lost >= _LOST and bare > 0 and any(count and count % columns == 0 and count > columns for count in counts)


def _row_nodes(node: Node) -> Iterator[Node]:
    """Row and group nodes in the form's order, groups before their rows."""
    for child in node.children:
        if isinstance(child, Node):
            yield child
            yield from _row_nodes(child)
