"""A report in its form's own order and layout: what is read of it, the form's labels, marks where something lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlint.diagnostics import Span, Words
from reportlint.forms.form import Form, RowForm, TableForm
from reportlint.model import Paragraph, Report, Row, Section, Table
from reportlint.text.markup import plain
from reportlint.text.webpage import is_page

_BOLD = re.compile(r"\*\*|__|\\(?=[.\-()\[\]*_|#+!])")
_STOP = re.compile("[。；;]")
_SHOWN, _MOST_SHOWN = 20, 3
NO_SECTION = "【原文没有这一部分，请补充】"
NO_TABLE = "【原文没有这张表，请补充】"
LACKS = Words("原文没有{what}", "the text has no {what}")
UNREADABLE = Words("“{what}”的表格读不出来，原文照录", "the table of {what} cannot be read; its text stands as it was")
LEFT_OUT = Words(
    "报告前面网页自带的文字没有写入：{what}", "what a web site sets in front of a report was left out: {what}"
)
STRANGE = Words(
    "格式中没有的一行“{what}”写在表格之后", "a row that the form does not have, {what}, stands behind its table"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, over so many columns and rows."""

    text: str
    columns: int = 1
    rows: int = 1
    is_head: bool = False


Grid = list[list[Cell]]
"""A table, line by line; a cell stands once, where it begins."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text: "title", "heading", "paragraph" or "end" with its text, or a table."""

    kind: str
    text: str = ""
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A report anew, and what a person should know of it, in both languages."""

    blocks: list[Block]
    remarks: list[Words]


def rewrite(report: Report) -> Rewritten:
    """The blocks of a report: its sections in the form's order, figures and prose as they are."""
    return _Writer(report).made()


class _Writer:
    def __init__(self, report: Report) -> None:
        self.report, self.form = report, report.form
        self.text = report.source.text
        marked = report.source.path.lower().endswith((".md", ".markdown"))
        self.has_tags = marked or ("<" in self.text and is_page(self.text))
        self.marks = _BOLD if marked else None
        self.blocks: list[Block] = []
        self.remarks: list[Words] = []

    def made(self) -> Rewritten:
        report = self.report
        if report.title:
            self.blocks.append(Block("title", "".join(self.raw(report.title.span).split())))
        # What a web site sets around a report is no part of it.
        sentences = [p for p in report.preface if _STOP.search(p.text)]
        left = [p for p in report.preface if p not in sentences]
        self.prose(sentences)
        if left:
            shown = "、".join(self.paragraph(p)[:_SHOWN] for p in left[:_MOST_SHOWN])
            self.remark(LEFT_OUT, f"{shown}{'……' * (len(left) > _MOST_SHOWN)}")
        for section in report.sections:
            self.section(section)
        if report.signature:
            self.blocks.append(Block("end", self.paragraph(report.signature)))
        elif report.date:
            self.blocks.append(Block("end", self.raw(report.date.span).strip()))
        if report.signature and report.date and not _holds(report.signature.span(), report.date.span):
            self.blocks.append(Block("end", self.raw(report.date.span).strip()))
        return Rewritten(self.blocks, self.remarks)

    def section(self, section: Section) -> None:
        self.blocks.append(Block("heading", section.heading.form))
        if section.missing:
            self.blocks.append(Block("paragraph", NO_SECTION))
            self.remark(LACKS, section.heading.form)
            return
        present = [table for table in section.tables if table.present or table.unreadable]
        first = min((table.span.start for table in present), default=0)
        before = [p for p in section.paragraphs if not present or p.span().start < first]
        self.prose(before)
        for table in section.tables:
            self.table(section, table)
        self.prose([p for p in section.paragraphs if p not in before])

    def table(self, section: Section, table: Table) -> None:
        caption = self.form.labels.get(table.form.caption or "", "")
        if table.unreadable:
            self.remark(UNREADABLE, section.heading.form)
            self.blocks += [Block("paragraph", line) for line in self.raw(table.span).splitlines() if line.strip()]
        elif not table.present:
            self.blocks.append(Block("paragraph", caption + NO_TABLE))
            self.remark(LACKS, caption or section.heading.form)
        else:
            self.blocks.append(Block("table", grid=list(self.grid(table))))
            for strange in self.report.strange_rows:
                if table.span.start <= strange.label.span.start <= table.span.end:
                    self.remark(STRANGE, strange.label.text)
                    figures = " ".join(figure.text for figure in strange.figures)
                    self.blocks.append(Block("paragraph", f"{strange.label.text} {figures}".strip()))

    def grid(self, table: Table) -> Iterator[list[Cell]]:
        form = table.form
        labels = max((row.depth for row in form.rows), default=-1) + 1
        width = max(len(form.columns), *(len(row.figures) for row in table.rows))
        if form.caption:
            yield [Cell(self.form.labels[form.caption], labels + width, 1, True)]
        yield from _head(form, self.form, labels)
        rows = {row.name: row for row in table.rows}
        if not form.rows:
            yield [Cell(self.figure(figure.span)) for figure in table.rows[0].figures]
            return
        yield from self.rows(form.rows, rows, labels)

    def rows(self, forms: Sequence[RowForm], rows: dict[str, Row], labels: int) -> Iterator[list[Cell]]:
        opened: list[Cell] = []  # groups whose first row is still to come
        for number, form in enumerate(forms):
            row = rows.get(form.label)
            label = self.form.labels[form.label]
            if form.is_group and not (row and row.figures):
                inner = sum(
                    not one.is_group or bool((r := rows.get(one.label)) and r.figures) for one in _inside(forms, number)
                )
                opened.append(Cell(label, 1, max(inner, 1), True))
                continue
            figures = [Cell(self.figure(figure.span)) for figure in row.figures] if row else []
            yield [*opened, Cell(label, labels - form.depth, 1, True), *figures]
            opened = []

    def figure(self, span: Span) -> str:
        return " ".join(self.shown(span).replace("|", " ").split())

    def prose(self, paragraphs: Sequence[Paragraph]) -> None:
        self.blocks += [Block("paragraph", text) for p in paragraphs if (text := self.paragraph(p))]

    def paragraph(self, paragraph: Paragraph) -> str:
        """A paragraph as it is written, the line ends of a hard wrap taken out."""
        pieces = (self.shown(paragraph.folded.raw(*run)) for run in paragraph.runs)
        return "".join("".join(piece.splitlines()) for piece in pieces).strip()

    def shown(self, span: Span) -> str:
        """What a reader sees of a part of the text, without the tags and marks that its kind of file has."""
        text = plain(self.raw(span)) if self.has_tags else self.raw(span)
        return self.marks.sub("", text) if self.marks else text

    def raw(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def remark(self, words: Words, what: str) -> None:
        self.remarks.append(Words(words.zh.format(what=what), words.en.format(what=what)))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _inside(forms: Sequence[RowForm], number: int) -> Iterator[RowForm]:
    """The rows of a group, those of groups in it included."""
    for form in forms[number + 1 :]:
        if form.depth <= forms[number].depth:
            return
        yield form


def _head(form: TableForm, whole: Form, labels: int) -> Iterator[list[Cell]]:
    """The lines of a table's head; a label goes down to the end of the head unless others stand below it."""
    if not form.head:
        names = [name.rpartition("/")[2] for name in form.columns]
        corner = next((label for label in form.heads if label not in form.columns), None)
        first = [Cell(whole.labels[corner] if corner else "", labels, 1, True)] if labels else []
        yield [*first, *(Cell(whole.labels[name], 1, 1, True) for name in names)]
        return
    depth = len(form.head)
    below = 0
    for number, line in enumerate(form.head):
        cells = []
        for at, head in enumerate(line):
            if number == 0 and at == 0 and labels:
                cells.append(Cell(whole.labels[head.label], labels, depth, True))
                continue
            parted = number + 1 < depth and head.columns > 1
            cells.append(Cell(whole.labels[head.label], head.columns, 1 if parted else depth - number, True))
        below += len(cells)
        yield cells
