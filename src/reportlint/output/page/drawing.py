"""A report as a page shows it: its lines, and its tables as tables, with every finding at its place.

Nothing of the text is left out: a table's lines stand beside it as they are (`TableBlock.raw`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby

from reportlint.diagnostics import Span
from reportlint.model import Figure, How, Label, Report, Row, Table
from reportlint.output.page.marks import Marks, Piece, shown
from reportlint.records import field, record, replace
from reportlint.results import FileResult
from reportlint.sums.equations import in_words
from reportlint.sums.verdicts import Equation


@record
class Box:
    """A cell of a drawn table.

    `kind` is "label", "figure", "empty" (nothing stands there), "missing" (the report lacks it),
    "loose" (several figures, of unknown columns), "surplus" (a figure too many) or "between" (a
    line that is no part of the table); `equations` are the numbers of the broken
    equations that its figure is a term of; cells with some are numbered by `number`.
    """

    kind: str
    pieces: list[Piece] = field(default_factory=list)
    equations: tuple[int, ...] = ()
    width: int = 1
    height: int = 1
    depth: int = 0
    number: int = 0

    @property
    def findings(self) -> list[int]:
        """The findings in it."""
        return list(dict.fromkeys(n for piece in self.pieces for n in piece.findings))


@record
class Line:
    """A line of the text; `level` is "title", "heading" or "text"."""

    number: int
    level: str
    pieces: list[Piece]


@record
class Drawn:
    """A table: its caption, lines of heads, rows of cells, and its lines as they are.

    Its rows begin with a label if they are `labelled`.
    """

    name: str
    caption: Box | None
    heads: list[list[Box]]
    rows: list[list[Box]]
    labelled: bool
    raw: list[tuple[int, str]]


@record
class Drawing:
    """A file as it is shown; `equations` are the broken ones, in words."""

    blocks: list[Line | Drawn]
    equations: list[str]


def draw(result: FileResult, lang: str) -> Drawing:
    """Lay out a file; findings are numbered as the result has them, from 0."""
    analysis = result.analyse()
    report, verdicts = analysis.report, analysis.verdicts
    broken = [
        *(e for verdict in verdicts for culprit in verdict.culprits for e in culprit.equations),
        *(one.equation for verdict in verdicts for one in verdict.broken),
    ]
    equations = list(dict.fromkeys(broken))
    missing = {short.row.key: short.missing for verdict in verdicts for short in verdict.short if short.missing}
    surplus = {long.row.key: long.surplus for verdict in verdicts for long in verdict.long if long.surplus}
    drawer = _Drawer(result, report, equations, missing, surplus)
    return Drawing(list(drawer.blocks()), [in_words(e, lang) for e in equations])


class _Drawer:
    """Lays out the lines and tables of one file."""

    def __init__(
        self,
        result: FileResult,
        report: Report,
        equations: Sequence[Equation],
        missing: Mapping[tuple[str, int], Sequence[int]],
        surplus: Mapping[tuple[str, int], Sequence[Figure]],
    ) -> None:
        """By the row's key: the columns whose figures a short row lacks, and what a long row has too many."""
        self.missing = missing
        self.surplus = surplus
        self.source = result.source
        self.report = report
        self.numbers = count(1)
        self.terms: dict[Span, list[int]] = {}
        for number, equation in enumerate(equations):
            for figure in {term.figure for term in (*equation.left, *equation.right) if term.figure}:
                self.terms.setdefault(figure.span, []).append(number)
        self.tables = {n: table for n, table in enumerate(report.tables) if report.recognised and _spans(table)}
        self.owner = self._owners()
        self.heads = {number: _heads(table) for number, table in self.tables.items()}
        places = sorted(self._drawn())
        self.drawn_lines = {line for span in places for line in self._lines(span)}
        self.marks = Marks(
            self.source, [(n, self._place(found.span, places)) for n, found in enumerate(result.diagnostics)]
        )

    def _owners(self) -> dict[int, int]:
        """The lines of each table, but for those that hold prose or a heading, with the table's number."""
        prose: set[int] = set()
        for span in [p.span() for p in self.report.paragraphs] + [
            s.heading.span for s in self.report.sections if not s.heading.missing
        ]:
            prose.update(self._lines(span))
        owner: dict[int, int] = {}
        for number, table in self.tables.items():
            spans = _spans(table)
            for line in self._lines(Span(spans[0].start, max(span.end for span in spans))):
                if line not in prose:
                    owner.setdefault(line, number)
        return owner

    def _drawn(self) -> Iterator[Span]:
        """The places of all words and figures that are drawn in tables."""
        for number, table in self.tables.items():
            heads = [label for line in self.heads[number] for label, *_ in line]
            labels = [table.caption, *heads, *(row.label for row in table.rows)]
            yield from (label.span for label in labels if label and not label.missing)
            yield from (figure.span for row in table.rows for figure in row.figures)
        for row in self.report.strange_rows:
            yield row.label.span
            yield from (figure.span for figure in row.figures)

    def _lines(self, span: Span) -> range:
        first, _ = self.source.position(span.start)
        last, _ = self.source.position(max(span.start, span.end - 1))
        return range(first, last + 1)

    def _place(self, span: Span, places: Sequence[Span]) -> Span:
        """Where a finding is shown: what lies between the cells of a table, at the cell nearest to it."""
        line, _ = self.source.position(span.start)
        if line not in self.owner or line not in self.drawn_lines:
            return span
        at = bisect_right(places, span.start, key=lambda place: place.start)
        near = places[max(0, at - 1) : at + 1]
        if any(place.start < max(span.end, span.start + 1) and span.start < place.end for place in near):
            return span
        nearest = min(near, key=lambda place: min(abs(place.start - span.start), abs(place.end - span.start)))
        return Span(nearest.start, nearest.start)

    def blocks(self) -> Iterator[Line | Drawn]:
        """Every line that is not empty, and each table where it begins."""
        report = self.report
        title = self.source.position(report.title.span.start)[0] if report.recognised and report.title else 0
        headings = {
            self.source.position(section.heading.span.start)[0]
            for section in report.sections
            if report.recognised and not section.heading.missing and section.heading.how is not How.INLINE
        }
        drawn = set()
        for number in self._lines(Span(0, len(self.source.text))):
            table = self.owner.get(number)
            if table is None:
                line = self.source.line(number)
                if self.marks.has(number) or self.source.text[line.start : line.end].strip():
                    level = "title" if number == title else "heading" if number in headings else "text"
                    yield Line(number, level, self.marks.on_line(number))
            elif table not in drawn:
                drawn.add(table)
                yield self._table(table)

    def _table(self, number: int) -> Drawn:
        table = self.tables[number]
        depths = {row.label: row.depth for row in table.form.rows}
        rows = [(_start(row), self._row(row, table, depths.get(row.name, 0))) for row in table.rows]
        first, last = rows[0][0], _spans(table)[-1].end
        for extra in self.report.strange_rows:
            at = extra.label.span.start
            if first <= at <= last and self.owner.get(self.source.position(at)[0]) == number:
                behind = max((n for n, (start, _) in enumerate(rows) if start < at), default=-1)
                rows.insert(
                    behind + 1, (at, [self._label(extra.label, 0), *self._figures(extra.figures, table, (), ())])
                )
        caption = table.caption
        lines = sorted(line for line, owner in self.owner.items() if owner == number)
        # What is no part of the table stands where it is, between the rows.
        for line in lines:
            whole = self.source.line(line)
            if line not in self.drawn_lines and self.source.text[whole.start : whole.end].strip():
                behind = max((n for n, (start, _) in enumerate(rows) if start < whole.start), default=-1)
                between = Box("between", self.marks.on_line(line), width=len(table.form.columns) + 1)
                rows.insert(behind + 1, (whole.start, [between]))
        drawn = [cells for _, cells in rows]
        if all(row.label is None for row in table.rows):
            drawn = [cells[1:] if len(cells) > 1 else cells for cells in drawn]
        return Drawn(
            name=caption.form if caption else "",
            caption=self._label(caption, 0) if caption and not caption.missing else None,
            heads=[[self._head(*head) for head in line] for line in self.heads[number]],
            rows=drawn,
            labelled=any(row.label for row in table.rows),
            raw=[(n, shown(self.source.text[slice(*self.source.line(n))])) for n in lines],
        )

    def _head(self, label: Label | None, terminal: str, width: int, height: int) -> Box:
        if label is None or label.missing:
            return Box("missing", [Piece(self.report.form.labels.get(terminal, ""))], width=width, height=height)
        return replace(self._label(label, 0), width=width, height=height)

    def _row(self, row: Row, table: Table, depth: int) -> list[Box]:
        label = self._label(row.label, depth) if row.label else Box("label")
        if row.is_group and not row.figures:
            label.width = len(table.form.columns) + 1
            return [label]
        return [label, *self._row_figures(row, table)]

    def _label(self, label: Label, depth: int) -> Box:
        if label.missing:
            return Box("missing", [Piece(label.form)], depth=depth)
        return Box("label", self.marks.within(label.span), depth=depth)

    def _row_figures(self, row: Row, table: Table) -> list[Box]:
        return self._figures(row.figures, table, self.missing.get(row.key, ()), self.surplus.get(row.key, ()))

    def _figures(
        self, figures: Sequence[Figure], table: Table, missing: Sequence[int], surplus: Sequence[Figure]
    ) -> list[Box]:
        """A row's cells; where nothing tells which column a figure stands in, one cell with all of them."""
        width = len(table.form.columns)
        if not figures:
            return [Box("missing", width=width)] if width else []
        kept = [figure for figure in figures if not any(figure is one for one in surplus)]
        if len(kept) + len(missing) == width:
            there = iter(kept)
            cells = [Box("missing") if n in missing else self._figure(next(there)) for n in range(width)]
            return cells + [replace(self._figure(figure), kind="surplus") for figure in surplus]
        pieces = [piece for figure in figures for piece in (*self.marks.within(figure.span), Piece(" "))]
        return [Box("loose", pieces, width=max(1, width))]

    def _figure(self, figure: Figure) -> Box:
        equations = tuple(self.terms.get(figure.span, ()))
        number = next(self.numbers) if equations else 0
        return Box("empty" if figure.blank else "figure", self.marks.within(figure.span), equations, number=number)


def _start(row: Row) -> int:
    """Where a row stands."""
    if row.label:
        return row.label.span.start
    return row.figures[0].span.start if row.figures else row.place.start


def _spans(table: Table) -> list[Span]:
    """The places of what is drawn of a table, in order."""
    labels = [table.caption, *table.heads, *(row.label for row in table.rows)]
    spans = [label.span for label in labels if label and not label.missing]
    return sorted([*spans, *(figure.span for row in table.rows for figure in row.figures)])


def _heads(table: Table) -> list[list[tuple[Label | None, str, int, int]]]:
    """The heads of a table's columns in one line, or in two where several columns have one in common.

    Each is the report's label, the form's terminal, and how many columns and lines it goes over.
    """
    found: dict[str, list[Label]] = {}
    for label in table.heads:
        found.setdefault(label.terminal, []).append(label)

    def take(terminal: str, width: int = 1) -> tuple[Label | None, str, int, int]:
        # Of heads that stand under each block the next one.
        held = found.get(terminal)
        return (held.pop(0) if held else None), terminal, width, 1

    columns = [column.split("/") for column in table.form.columns]
    if all(len(parts) == 1 for parts in columns):
        return [[take(parts[0]) for parts in columns]]
    blocks = groupby(columns, key=lambda parts: parts[0] if len(parts) > 1 else "")
    return [[take(block, len(list(members))) for block, members in blocks], [take(parts[-1]) for parts in columns]]
