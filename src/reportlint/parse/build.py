"""From the parse tree to the model: the report and its sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlint.budget import Budget
from reportlint.forms.form import Form, SectionForm
from reportlint.model import Date, How, Paragraph, Report, Section, Table, Title
from reportlint.parse import identity, naming
from reportlint.parse import paragraphs as prose
from reportlint.parse.closing import date_below_title, split_end
from reportlint.parse.figures import FigureReader
from reportlint.parse.labels import Labels
from reportlint.parse.nodes import Node, Parse, tokens_of
from reportlint.parse.order import Outline
from reportlint.parse.strangers import Strangers
from reportlint.parse.tabulating import Tables
from reportlint.parse.titles import title_text
from reportlint.parse.tokens import Token
from reportlint.source import Source
from reportlint.text.fold import Folded
from reportlint.text.webpage import is_own_page, is_page

_ROWS = 6
_SEVERAL = 2
_YEARS, _MOSTLY = (2.0, 3.0), 0.6


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
        self.labels = Labels(source, folded, form)
        reader = FigureReader(source, folded)
        self.tables = Tables(self.labels, outline, parse.dropped, reader)
        self.strangers = Strangers(self.labels, parse, reader, self.tables)

    def report(self) -> Report:
        of = self.labels.of
        nodes = [child for child in self.parse.tree.children if isinstance(child, Node)]
        title, preface = self.front(nodes[0])
        forms = {section.rule: section for section in self.form.sections}
        sections = [self.section(node, forms[node.rule]) for node in nodes if node.rule in forms]
        sections, signature, date = self.end(sections)
        date = date or (date_below_title(preface) if title else None)
        opening = [*preface, *(p for s in sections[:1] for p in s.paragraphs)]
        year = identity.year_of(title, opening, sections, date, self.form)
        organ = title.organ if title else naming.named(opening, self.form).organ
        if organ is None and signature is not None:
            organ = re.sub(r"\s", "", signature.text.replace(date.text, "") if date else signature.text)
        is_report = identity.is_report(list(tokens_of(nodes[0])), title, opening, sections, self.form)
        filled = sum(bool(row.label and row.figures) for s in sections for t in s.tables for row in t.rows)
        partial = False
        is_scan = self.source.recognitions is not None
        if is_scan and (self.source.tables_only or (title is None and all(s.missing for s in sections[:2]))):
            # A page of a scan, or some without the first.
            partial = (is_report or filled >= _ROWS) and any(section.missing for section in sections)
            is_report &= not partial
        elif self.source.tables_only:
            is_report &= title is not None or not all(section.missing for section in sections)
            # A title may stand over them.
            partial = filled >= _ROWS and (not is_report or all(section.missing for section in sections))
            is_report &= not partial
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
            duplicates=tuple((of(again), of(first)) for again, first in self.outline.duplicates),
            strange_headings=tuple(self.strangers.headings(nodes)) if self.has_headings() else (),
            strange_rows=tuple(self.strangers.rows(sections)),
            recognised=(is_report or partial) and not is_own_page(self.source.text),
            partial=partial,
            side_by_side=_is_side_by_side(sections),
            free_form=identity.is_free(year, sections, self.form),
            related=is_report
            or partial
            or identity.is_related(self.folded.text, self.outline.tokens, sections, self.form),
            cost=self.parse.cost,
        )

    def has_headings(self) -> bool:
        """Whether the text has headings that the form does not have; most have none."""
        return any(token.kind == "HEADING" for token in self.outline.tokens)

    def front(self, node: Node) -> tuple[Title | None, list[Paragraph]]:
        title, title_end = None, 0
        text = []
        for token in tokens_of(node):
            if token.kind == "TITLE" and title is None:
                title_end = token.start
                title = naming.read_title(title_text(token, self.folded.text), self.labels.span(token), self.form)
            else:
                text.append(token)
        if title is not None and is_page(self.source.text):
            # What stands above the title is the site's, but for sentences.
            text = [token for token in text if token.start >= title_end or "。" in token.text]
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
                made[child.rule], notes = self.tables.table(child, tables[child.rule])
                text.extend(notes)
                made[child.rule] = self.tables.reassembled(heading, made[child.rule])
        paragraphs = prose.paragraphs(text, self.folded)
        apart = next((t for t in self.outline.moved if t.kind == heading.kind and heading.how is How.MISSING), None)
        heading = apart or heading
        at = self.labels.span(heading)
        return Section(
            form=form,
            heading=self.labels.of(heading),
            paragraphs=tuple(paragraphs),
            subheadings=tuple(prose.subheadings(paragraphs)),
            tables=tuple(made.get(t.rule) or Table(t, None, (), (), at) for t in form.tables)
            if form.heading not in self.outline.jumbled
            else tuple(Table(t, None, (), (), at, unreadable=True) for t in form.tables),
            moved=any(heading is token for token in self.outline.moved),
        )

    def end(self, sections: list[Section]) -> tuple[list[Section], Paragraph | None, Date | None]:
        """Take the signature and the date out of the section that stands last in the text."""
        last = max(range(len(sections)), key=lambda n: -1 if sections[n].missing else sections[n].heading.span.start)
        own, signature, date = split_end(list(sections[last].paragraphs))
        if len(own) != len(sections[last].paragraphs):
            kept = tuple(h for h in sections[last].subheadings if h.paragraph < len(own))
            sections[last] = sections[last]._replace(paragraphs=tuple(own), subheadings=kept)
        return sections, signature, date


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
    return differ and len(several) >= max(_SEVERAL, len(rows) * _MOSTLY)
