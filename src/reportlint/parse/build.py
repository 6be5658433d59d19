"""From the parse tree to the model, one method for each kind of grammar rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reportlint.budget import Budget
from reportlint.diagnostics import Span, around
from reportlint.forms.form import Form, RowForm, SectionForm, TableForm
from reportlint.forms.load import registered
from reportlint.forms.tables import Role
from reportlint.model import Date, How, Label, Paragraph, Report, Row, Section, StrangeRow, Table, Title
from reportlint.parse import identity
from reportlint.parse import paragraphs as prose
from reportlint.parse.figures import FigureReader
from reportlint.parse.order import Outline
from reportlint.parse.repair import Dropped, Node, Parse
from reportlint.parse.titles import title_text
from reportlint.parse.tokens import Token
from reportlint.parse.wrecks import loose_lines, reassemble
from reportlint.source import Source
from reportlint.text.fold import Folded
from reportlint.text.webpage import is_own_page

_ROWS = 6
_LOST = 2
_APART = 3
"""Rows without figures beside as many lines of figures without labels: their labels are lost."""
_YEARS, _MOSTLY = (2.0, 3.0), 0.6
_WORTH = 3


def build(source: Source, folded: Folded, form: Form, outline: Outline, parse: Parse) -> Report:
    """The model of a parsed report."""
    return _Builder(source, folded, form, outline, parse).report()


class _Builder:
    def __init__(self, source: Source, folded: Folded, form: Form, outline: Outline, parse: Parse) -> None:
        self.source = source
        self.folded = folded
        self.form = form
        self.outline = outline
        self.parse = parse
        self.before = dict(zip((t.start for t in outline.tokens[1:]), outline.tokens, strict=False))
        self.strays = {d.tokens[0].kind: d for d in parse.dropped if d.tokens[0].is_label}
        self.used: set[str] = set()
        self.unreadable: list[Span] = []
        self.reader = FigureReader(source, folded)

    def report(self) -> Report:
        nodes = [child for child in self.parse.tree.children if isinstance(child, Node)]
        title, preface = self.front(nodes[0])
        forms = {section.rule: section for section in self.form.sections}
        sections = [self.section(node, forms[node.rule]) for node in nodes if node.rule in forms]
        sections, signature, date = self.end(sections)
        opening = [*preface, *(p for s in sections[:1] for p in s.paragraphs)]
        year = identity.year_of(title, opening, sections, date, self.form)
        organ = title.organ if title else identity.named(opening, self.form).organ
        if organ is None and signature is not None:
            organ = re.sub(r"\s", "", signature.text.replace(date.text, "") if date else signature.text)
        is_report = identity.is_report(list(_tokens(nodes[0])), title, opening, sections, self.form)
        filled = sum(bool(row.label and row.figures) for s in sections for t in s.tables for row in t.rows)
        partial = False
        is_scan = self.source.recognitions is not None
        if is_scan and (self.source.tables_only or (title is None and all(s.missing for s in sections[:2]))):
            # A page of a scan, or some without the first.
            partial = (is_report or filled >= _ROWS) and any(section.missing for section in sections)
            is_report &= not partial
        elif self.source.tables_only:
            is_report &= title is not None or not all(section.missing for section in sections)
            partial = not is_report and filled >= _ROWS
        return Report(
            source=self.source,
            folded=self.folded,
            form=self.form,
            title=title,
            preface=tuple(preface),
            sections=tuple(sections),
            signature=signature,
            date=date,
            year=year,
            sure_year=identity.agrees(title, opening, date) or (title is not None and title.year != year),
            organ=organ,
            budget=Budget(),
            duplicates=tuple((self.label(again), self.label(first)) for again, first in self.outline.duplicates),
            strange_headings=tuple(self.strange_headings(nodes)),
            strange_rows=tuple(self.strange_rows(sections)),
            recognised=(is_report or partial) and not is_own_page(self.source.text),
            partial=partial,
            side_by_side=_is_side_by_side(sections),
            free_form=identity.is_free(year, sections, self.form),
            related=is_report
            or partial
            or identity.is_related(self.folded.text, self.outline.tokens, sections, self.form),
            cost=self.parse.cost,
        )

    def front(self, node: Node) -> tuple[Title | None, list[Paragraph]]:
        title = None
        text = []
        for token in _tokens(node):
            if token.kind == "TITLE" and title is None:
                title = identity.read_title(title_text(token, self.folded.text), self.span(token), self.form)
            else:
                text.append(token)
        return title, prose.paragraphs(text, self.folded)

    def section(self, node: Node, form: SectionForm) -> Section:
        heading = node.children[0]
        assert isinstance(heading, Token)
        tables = {t.rule: t for t in form.tables}
        text: list[Token] = []
        made: dict[str, Table] = {}
        for child in node.children[1:]:
            if isinstance(child, Token):
                text.append(child)
            else:
                made[child.rule], notes = self.table(child, tables[child.rule])
                text.extend(notes)
                made[child.rule] = self.reassembled(heading, made[child.rule])
        paragraphs = prose.paragraphs(text, self.folded)
        apart = next((t for t in self.outline.moved if t.kind == heading.kind and heading.how is How.MISSING), None)
        heading = apart or heading
        at = self.span(heading)
        return Section(
            form=form,
            heading=self.label(heading),
            paragraphs=tuple(paragraphs),
            subheadings=tuple(prose.subheadings(paragraphs)),
            tables=tuple(made.get(t.rule) or Table(t, None, (), (), at) for t in form.tables),
            moved=any(heading is token for token in self.outline.moved),
        )

    def table(self, node: Node, form: TableForm) -> tuple[Table, list[Token]]:
        """A table and the text behind it."""
        caption: Label | None = None
        heads: list[Label] = []
        figures: list[Token] = []
        notes: list[Token] = []
        there = {child.kind for child in node.children if isinstance(child, Token)}
        columns = [child for child in node.children if isinstance(child, Token) and child.role is Role.COLUMN]
        behind = {token.start: following for token, following in pairwise(columns)}
        for child in node.children:
            if isinstance(child, Node):
                continue
            if child.role is Role.CAPTION:
                caption = self.label(self.misspelt(child))
            elif child.role is Role.COLUMN:
                child = self.cut_again(child, form, there, heads)
                heads.extend(self.block_heads(child, form, behind.get(child.start)) or self.heads(child, form, there))
            elif child.kind == "FIGURE":
                figures.append(child)
            elif not form.rows and not figures:
                heads.extend(self.piece_of_head(child, form))
            else:
                notes.append(child)
        if form.rows:
            rows = tuple(self.rows(node, form))
        else:
            rows = (self.row(None, figures, form, False, self.reader.empty_behind(figures)),)
        spans = [label.span for label in (*heads, *([caption] if caption else []))]
        spans += [row.place for row in rows if not row.missing or row.figures]
        span = around(spans) if spans else Span(0, 0)
        if self.scattered(figures) if not form.rows else _torn_apart(rows, len(form.columns)):
            self.unreadable.append(span)
            return Table(form, caption, (), (), span, unreadable=True), notes
        return Table(form, caption, tuple(heads), rows, span), notes

    def reassembled(self, heading: Token, torn: Table) -> Table:
        """A table that a program tore apart, put together by its sums; its labels count as the form's."""
        bare = sum(not row.is_group and not row.figures for row in torn.rows)
        if not torn.unreadable and bare < _LOST:
            return torn
        tokens = self.outline.tokens
        start = next((n for n, token in enumerate(tokens) if token is heading), len(tokens)) + 1
        stop = next((n for n in range(start, len(tokens)) if tokens[n].role is Role.SECTION), len(tokens))
        found = dict(reassemble(tokens[start:stop], torn.form, self.reader) or ())
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
            label = Label(form.label, self.form.labels[form.label], "", Span(at.start, at.start))
            rows.append(Row(label, torn.form, figures, form.is_group, place=around([f.span for f in figures] or [at])))
        numbered = tuple(row._replace(number=number) for number, row in enumerate(rows))
        return torn._replace(rows=numbered, unreadable=False)

    def heads(self, token: Token, form: TableForm, there: set[str]) -> Iterator[Label]:
        """A column's head, and behind it the next column's, where the report has the first one's words twice."""
        if len(token.copies) != 1:
            yield self.label(token)
            return
        names = [name for name in form.columns if "/" not in name]
        lacking = [name for name in names if name not in there]
        if len(lacking) != 1 or token.kind not in names:
            yield self.label(token)
            return
        start, end = token.copies[0]
        again = replace(token, start=start, end=end, copies=(), pieces=())
        before = names.index(lacking[0]) < names.index(token.kind)
        wrong, right = (token, again) if before else (again, token)
        yield self.label(right)
        if abs(names.index(lacking[0]) - names.index(token.kind)) == 1:
            yield self.label(replace(wrong, kind=lacking[0], how=How.NEAR))

    def cut_again(self, token: Token, form: TableForm, there: set[str], heads: Sequence[Label]) -> Token:
        """A column's head of which only what it shares with the one before is left: 本年新 | 本年新."""
        if token.how is not How.CUT or all(label.terminal != token.kind for label in heads):
            return token
        lacking = [name for name in form.columns if name not in there and "/" not in name]
        meant = [name for name in lacking if self.form.canonical[name].startswith(token.text)]
        return replace(token, kind=meant[0]) if meant else token

    def block_heads(self, token: Token, form: TableForm, behind: Token | None) -> list[Label]:
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
        return [self.label(token), self.label(again)]

    def scattered(self, figures: list[Token]) -> bool:
        """Whether column heads stand among the figures of a table's one row, but not one before each figure."""
        if len(figures) < 2:
            return False
        first, last = figures[0].start, max(token.start for token in figures)
        between = [t for t in self.outline.tokens if first < t.start < last and t.role is Role.COLUMN]
        return bool(between) and len(between) < len(figures) - 1

    def misspelt(self, token: Token) -> Token:
        """A missing caption, or the text before its place that the section's prose took in."""
        text = self.before.get(token.start) if token.how is How.MISSING else None
        if text is not None and text.kind == "TEXT" and any(c.terminal == token.kind for c in text.candidates):
            return replace(text, kind=token.kind, how=How.NEAR)
        return token

    def piece_of_head(self, token: Token, form: TableForm) -> Iterator[Label]:
        """A word in a head without rows: a column's label misspelt or cut short, or nothing."""
        found = [c for c in token.candidates if c.terminal in form.heads]
        best = [c for c in found if c.distance == found[0].distance]
        if best:
            wording = " / ".join(self.form.labels[c.terminal] for c in best)
            yield self.label(token)._replace(terminal=best[0].terminal, form=wording, how=best[0].how)

    def rows(self, node: Node, form: TableForm) -> Iterator[Row]:
        forms = {row.rule: row for row in form.rows}
        nodes = list(_row_nodes(node))
        figures = {n.rule: [t for t in n.children if isinstance(t, Token) and t.kind == "FIGURE"] for n in nodes}
        copies = self.reader.copies([found for found in figures.values() if found], len(form.columns))
        figures = {rule: found[::copies] for rule, found in figures.items()}
        self.share(nodes, figures, forms, len(form.columns))
        closing = self.reader.closing([found for found in figures.values() if len(found) == len(form.columns)])
        for number, row in enumerate(nodes):
            label = row.children[0]
            assert isinstance(label, Token)
            stray = self.strays.get(label.kind) if label.how is How.MISSING else None
            if stray is not None:
                self.used.add(label.kind)
                label, found = stray.tokens[0], [t for t in stray.tokens[1:] if t.kind == "FIGURE"]
                made = self.row(label, found, form, forms[row.rule].is_group, number=number)
                yield made._replace(misplaced=not made.is_group)
            else:
                own = figures[row.rule]
                empty = 0 if closing is None or not own else (self.reader.walls_behind(own) or 0) - closing
                yield self.row(label, own, form, forms[row.rule].is_group, empty, number)

    def share(
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
                if not (isinstance(label, Token) and label.how is How.MISSING) or label.kind in self.strays:
                    break
                following.append(later.rule)
            count = len(found) // columns
            if len(following) >= count - 1:
                for n, rule in enumerate([node.rule, *following[: count - 1]]):
                    figures[rule] = found[n * columns : (n + 1) * columns]

    def row(
        self, token: Token | None, found: list[Token], form: TableForm, is_group: bool, empty: int = 0, number: int = 0
    ) -> Row:
        """A row; `empty` cells stand behind its last figure, where the table tells."""
        figures = tuple(self.reader.read(found, form, empty))
        if not found and token is not None and not is_group and self.reader.exact:
            figures = tuple(self.reader.all_blank(token, len(form.columns)))
        label = self.label(token) if token else None
        spans = [f.span for f in figures] + ([label.span] if label else [])
        place = around(spans) if spans else Span(0, 0)
        return Row(label, form, figures, is_group, False, place, number)

    def end(self, sections: list[Section]) -> tuple[list[Section], Paragraph | None, Date | None]:
        """Take the signature and the date out of the section that stands last in the text."""
        last = max(range(len(sections)), key=lambda n: -1 if sections[n].missing else sections[n].heading.span.start)
        own, signature, date = prose.split_end(list(sections[last].paragraphs))
        if len(own) != len(sections[last].paragraphs):
            kept = tuple(h for h in sections[last].subheadings if h.paragraph < len(own))
            sections[last] = sections[last]._replace(paragraphs=tuple(own), subheadings=kept)
        return sections, signature, date

    def label(self, token: Token) -> Label:
        span = self.span(token)
        raw = self.source.text[span.start : span.end]
        shown = self.folded.text[token.start : token.end] if "<" in raw else raw
        text = "" if token.how is How.MISSING else "".join(shown.split())
        if token.pieces:
            text = token.text
        return Label(token.kind, self.form.labels.get(token.kind, text), text, span, token.how, token.number)

    def span(self, token: Token) -> Span:
        if token.how is How.MISSING:
            return self.place_of_missing(token)
        return self.folded.raw(token.start, token.end)

    def place_of_missing(self, token: Token) -> Span:
        """What stands where the token should: the next word, or the last one of the text."""
        cell = token.cell
        word = cell.words[0] if cell.start >= token.start else cell.words[-1]
        return self.folded.raw(*word)

    def strange_headings(self, nodes: Iterable[Node]) -> Iterator[Label]:
        for node in nodes:
            if node.rule != "front":
                for token in _tokens(node, deep=True):
                    if token.kind == "HEADING" and not self.in_unreadable(token):
                        yield self.label(token)
        for dropped in self.parse.dropped:
            if dropped.tokens[0].kind == "HEADING" and not self.in_unreadable(dropped.tokens[0]):
                yield self.label(dropped.tokens[0])

    def in_unreadable(self, token: Token) -> bool:
        """Whether a token stands in a table of which nothing can be said."""
        at = self.span(token).start
        return any(span.start <= at <= span.end for span in self.unreadable)

    def strange_rows(self, sections: list[Section]) -> Iterator[StrangeRow]:
        """Rows that the form does not have, and rows that stand twice."""
        present = {r.name: r.label for s in sections for t in s.tables for r in t.rows if r.label}
        narrow = {r.label for s in self.form.sections for t in s.tables if len(t.columns) == 1 for r in t.rows}
        for dropped in self.parse.dropped:
            if not self.in_unreadable(dropped.tokens[0]):
                yield from self.strange_row(dropped, present, narrow)

    def strange_row(self, dropped: Dropped, present: dict[str, Label], narrow: set[str]) -> Iterator[StrangeRow]:
        head = dropped.tokens[0]
        if head.kind == "FIGURE":
            yield from self.row_among_notes(head)
            return
        figures = [t for t in dropped.tokens[1:] if t.kind == "FIGURE"]
        made = tuple(self.reader.read(figures, None))
        if head.role is Role.ROW and head.kind not in self.used:
            first = present.get(head.kind)
            yield StrangeRow(self.label(head), made, None if first is None or first.missing else first)
        elif head.kind in ("TEXT", "HEADING") and len(figures) >= (1 if head.kind in narrow else 2):
            yield StrangeRow(self.label(head), made)

    def row_among_notes(self, figure: Token) -> Iterator[StrangeRow]:
        """A figure behind text that a table's notes took in: a row of another form, or a new one."""
        text = self.before.get(figure.start)
        if text is None or text.kind != "TEXT":
            return
        foreign = any(text.text in form.keys for form in registered() if form is not self.form)
        if foreign or text.cell.line == figure.cell.line:
            yield StrangeRow(self.label(text), tuple(self.reader.read([figure], None)))


def _is_side_by_side(sections: Sequence[Section]) -> bool:
    """Whether the rows of the tables have the figures of several years: two or three times as many as columns."""
    rows = [
        (row.figures, len(table.form.columns))
        for section in sections
        for table in section.tables
        for row in table.rows
        if row.figures and row.label and len(table.form.columns) > 1
    ]
    several = [(figures, width) for figures, width in rows if len(figures) / width in _YEARS]
    # A converter that repeats merged cells has the same figures again.
    differ = any(
        [f.text for f in figures[:width]] != [f.text for f in figures[width : 2 * width]] for figures, width in several
    )
    return differ and len(several) >= max(_LOST, len(rows) * _MOSTLY)


def _torn_apart(rows: Sequence[Row], columns: int) -> bool:
    """Whether a table's figures stand apart from its labels: most rows have none, and one has several rows' worth.

    So it is where no label is left and only some of the figures are. It is also where labels are lost, others have
    no figures, and a row has those of two: so programs write a table that they could not take from its PDF whole.
    """
    counts = [len(row.figures) for row in rows if not row.is_group]
    without = counts.count(0)
    if len(counts) < _ROWS or columns < 2:
        return False
    if without * 2 > len(counts) and max(counts) >= columns * _WORTH:
        return True
    lost = sum(row.missing for row in rows)
    if all(row.missing or row.is_group for row in rows) and 0 < sum(counts) < columns * len(counts) / 2:
        return True
    bare = sum(not row.missing and not row.is_group and not row.figures for row in rows)
    return lost >= _LOST and bare > 0 and any(count and count % columns == 0 and count > columns for count in counts)


def _tokens(node: Node, deep: bool = False) -> Iterator[Token]:
    for child in node.children:
        if isinstance(child, Token):
            yield child
        elif deep:
            yield from _tokens(child, deep)


def _row_nodes(node: Node) -> Iterator[Node]:
    """Row and group nodes in the form's order, groups before their rows."""
    for child in node.children:
        if isinstance(child, Node):
            yield child
            yield from _row_nodes(child)
