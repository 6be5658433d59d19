"""A report in its form's own order and layout: what is read of it, the form's labels, marks where something lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reportlint.diagnostics import Span, Words
from reportlint.forms.form import Form, RowForm, TableForm
from reportlint.late import Late
from reportlint.model import Paragraph, Report, Row, Section, Table
from reportlint.text.keys import key
from reportlint.text.markup import plain
from reportlint.text.webpage import is_page
from reportlint.tuples import NamedTuple

_BOLD = Late(r"\*\*|__|\\(?=[.\-()\[\]*_|#+!])")
_STOP = Late("[。；;]")
_WORD = Late(r"[^\s|]+")
_PAGE = Late(r"[-—– ]*\d{1,3}[-—– ]*")
_NO_CHARACTER = Late("[\ud800-\udfff]")
_RULE = Late(r"[-=:_—―+·.•\u2500-\u257f]+")
_SHOWN, _MOST_SHOWN, _LONG = 20, 3, 60
NO_SECTION = "【原文没有这一部分，请补充】"
NO_TABLE = "【原文没有这张表，请补充】"
LACKS = Words("原文没有“{what}”", "the text has no “{what}”")
NO_FIGURES = Words("没有读到“{what}”的数字", "no figures of {what} were read")
NO_TABLE_OF = Words("原文没有“{what}”的表格", "the text has no table of {what}")
REST = Words(
    "原文里还有没有归处的文字，写在所在部分的末尾：{what}",
    "words that belong nowhere stand at the end of their part: {what}",
)
BEHIND = Words("报告后面的文字没有写入：{what}", "what stands behind the report was left out: {what}")
UNREADABLE = Words("“{what}”的表格读不出来，原文照录", "the table of {what} cannot be read; its text stands as it was")
LEFT_OUT = Words(
    "报告前面网页自带的文字没有写入：{what}", "what a web site sets in front of a report was left out: {what}"
)
STRANGE = Words(
    "格式中没有的一行“{what}”写在表格之后", "a row that the form does not have, {what}, stands behind its table"
)


class Cell(NamedTuple):
    """A cell of a table, over so many columns and rows."""

    text: str
    columns: int = 1
    rows: int = 1
    is_head: bool = False


Grid = list[list[Cell]]
"""A table, line by line; a cell stands once, where it begins."""


class Block(NamedTuple):
    """A piece of the text: "title", "heading", "paragraph" or "end" with its text, or a table."""

    kind: str
    text: str = ""
    grid: Grid | None = None


class Rewritten(NamedTuple):
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
        marked = report.source.is_markdown
        self.is_page = "<" in self.text and is_page(self.text)
        self.has_tags = marked or self.is_page
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
        self.behind()
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
        self.rest(section)

    def table(self, section: Section, table: Table) -> None:
        caption = self.form.labels.get(table.form.caption or "", "")
        if table.unreadable:
            self.remark(UNREADABLE, section.heading.form)
            self.blocks += [Block("paragraph", line) for line in self.raw(table.span).splitlines() if line.strip()]
        elif not table.present:
            self.blocks.append(Block("paragraph", caption + NO_TABLE))
            self.remark(NO_TABLE_OF, caption or section.heading.form)
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
        yield from self.rows(form.rows, rows, labels, len(form.columns))

    def rows(self, forms: Sequence[RowForm], rows: dict[str, Row], labels: int, width: int) -> Iterator[list[Cell]]:
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
            if not figures:
                figures = [Cell("")] * width
                self.remark(NO_FIGURES if row and not row.missing else LACKS, label)
            yield [*opened, Cell(label, labels - form.depth, 1, True), *figures]
            opened = []

    def figure(self, span: Span) -> str:
        return " ".join(self.shown(span).replace("|", " ").split())

    def prose(self, paragraphs: Sequence[Paragraph]) -> None:
        """Paragraphs; those that stand beside each other on a line are the cells of a table of the author's own."""
        grid: Grid = []
        for _, group in groupby(paragraphs, key=self.line):
            beside = [text for p in group if (text := self.paragraph(p))]
            if len(beside) > 1:
                grid.append([Cell(text) for text in beside])
                continue
            if grid:
                self.blocks.append(Block("table", grid=grid))
                grid = []
            self.blocks += [Block("paragraph", text) for text in beside]
        if grid:
            self.blocks.append(Block("table", grid=grid))

    def line(self, paragraph: Paragraph) -> int:
        """The line of the folded text that a paragraph begins on."""
        return self.report.folded.text.count("\n", 0, paragraph.runs[0][0])

    def rest(self, section: Section) -> None:
        """Words of a section that are in none of its paragraphs, labels and figures."""
        starts = [s.heading.span.start for s in self.report.sections if not s.missing]
        start = section.heading.span.end
        stop = min((one for one in starts if one > start), default=None)
        if stop is None:
            ends = [p.span().end for p in section.paragraphs] + [t.span.end for t in section.tables if t.present]
            stop = max(ends, default=start)
        held = [p.folded.raw(*run) for p in section.paragraphs for run in p.runs]
        labels: list[tuple[Span, str]] = []
        for table in section.tables:
            if table.unreadable:
                held.append(table.span)
            held += [figure.span for row in table.rows for figure in row.figures if figure.text]
            told = [table.caption, *table.heads, *(row.label for row in table.rows)]
            labels += [(label.span, key(label.form + label.text)) for label in told if label]
        known = key("".join(self.form.labels.values()))
        mask = bytearray(len(self.text))
        for span in held:
            mask[span.start : span.end] = b"\1" * (span.end - span.start)
        left = []
        for word, span in self.words(start, stop, mask):
            inside = any(_holds(one, span) and key(word) in wording for one, wording in labels)
            if (
                not inside
                and (any(c.isdecimal() for c in word) or key(word) not in known)
                and not self.numbers_page(span)
            ):
                left.append(word)
        if left:
            self.blocks.append(Block("paragraph", f"【原文此处还有：{' '.join(left)}】"))
            self.remark(REST, " ".join(left)[:_LONG])

    def numbers_page(self, span: Span) -> bool:
        """Whether a word is a small number alone on its line, as pages have below their text."""
        line = self.report.source.line(self.report.source.position(span.start)[0])
        return _PAGE.fullmatch(self.raw(Span(line.start, line.end)).strip()) is not None

    def words(self, start: int, stop: int, mask: bytearray) -> Iterator[tuple[str, Span]]:
        """The words of a range of the text as it shows, without what a mask covers, each with its place."""
        folded = self.report.folded
        for match in _WORD.finditer(folded.text):
            whole = folded.raw(*match.span())
            if whole.start >= stop:
                return
            if whole.start < start or _RULE.fullmatch(match[0]):
                continue
            places = [at for at in range(*match.span()) if not mask[folded.raw(at, at + 1).start]]
            if not places:
                continue
            span = folded.raw(places[0], places[-1] + 1)
            in_one = len(places) == places[-1] - places[0] + 1
            yield self.shown(span).strip() if in_one else "".join(folded.text[at] for at in places), span

    def behind(self) -> None:
        """What stands behind the report: kept in a text, told of a web page."""
        report = self.report
        ends = [report.date.span.end] if report.date else []
        ends += [report.signature.span().end] if report.signature else []
        if not ends:
            return
        lines: dict[int, list[str]] = {}
        for word, span in self.words(max(ends), len(self.text), bytearray(len(self.text))):
            lines.setdefault(report.source.position(span.start)[0], []).append(word)
        found = [" ".join(words) for words in lines.values()]
        if found and self.is_page:
            self.remark(BEHIND, "、".join(one[:_SHOWN] for one in found[:_MOST_SHOWN]))
        elif found:
            self.blocks += [Block("paragraph", one) for one in found]

    def paragraph(self, paragraph: Paragraph) -> str:
        """A paragraph as it is written, the line ends of a hard wrap taken out."""
        pieces = (self.shown(paragraph.folded.raw(*run)) for run in paragraph.runs)
        return "".join("".join(piece.splitlines()) for piece in pieces).strip()

    def shown(self, span: Span) -> str:
        """What a reader sees of a part of the text, without the tags and marks that its kind of file has."""
        text = plain(self.raw(span)) if self.has_tags else self.raw(span)
        text = _NO_CHARACTER.sub("\ufffd", text)
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
        corner = next((label for label in whole.labels if label in form.heads and label not in form.columns), None)
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
