"""A report as rules see it: frozen values with spans, free of lark, layout and file format.

Spans are code points of Source.text. Names follow the grammar: a table is its rule's name
(table_applications), a row its label's terminal (R_NEW), a column a terminal or block/column.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from reportlint.budget import Budget
from reportlint.diagnostics import Span
from reportlint.forms.form import Form, SectionForm, TableForm
from reportlint.late import Marked
from reportlint.source import Source
from reportlint.text.fold import Folded
from reportlint.tuples import NamedTuple

_NOWHERE = Span(0, 0)


class How(StrEnum):
    """How a label was recognised."""

    EXACT = "exact"
    NEAR = "near"
    """Misspelt."""
    CUT = "cut"
    """Its end is lost."""
    RENAMED = "renamed"
    """Other words in its place."""
    INLINE = "inline"
    """A heading with text behind it on the line."""
    MISSING = "missing"
    """Not there; its place is where it should stand."""


_NOT_THERE = (How.MISSING, How.RENAMED)


class Label(NamedTuple):
    """Fixed wording of the form as the report has it.

    `how` says how it was recognised; the span of a missing one is where it should stand. `text` is the
    report's own wording, blanks removed; `form` the form's.
    """

    terminal: str
    form: str
    text: str
    span: Span
    how: How = How.EXACT
    number: str | None = None

    @property
    def missing(self) -> bool:
        """Whether the report lacks it."""
        return self.how in _NOT_THERE


class Figure(NamedTuple):
    """What stands in a cell: `value` is None where no number can be read."""

    span: Span
    text: str
    value: Decimal | None
    unit: str = ""

    @property
    def blank(self) -> bool:
        """Whether the cell is there and empty."""
        return not self.text


class Row(NamedTuple):
    """A row with its figures in reading order.

    `cells` pairs columns with figures and is empty when their number is not that of the
    columns, for then it is unknown which is which. `number` is its place in the table, from 0.
    `misplaced` is set for a row that stands elsewhere in its table.
    """

    label: Label | None
    table: TableForm
    figures: tuple[Figure, ...]
    is_group: bool = False
    misplaced: bool = False
    place: Span = _NOWHERE
    number: int = 0

    @property
    def key(self) -> tuple[str, int]:
        """What tells a row from every other one of its report: its table, and which of its rows it is."""
        return self.table.rule, self.number

    @property
    def name(self) -> str:
        """The label's terminal, or the table's name for a row without a label."""
        return self.label.terminal if self.label else self.table.rule

    @property
    def missing(self) -> bool:
        """Whether the table lacks this row."""
        return self.label is not None and self.label.missing and not self.misplaced

    @property
    def cells(self) -> dict[str, Figure]:
        """Figures by column, where there is one for each."""
        if len(self.figures) != len(self.table.columns):
            return {}
        return dict(zip(self.table.columns, self.figures, strict=True))


class StrangeRow(NamedTuple):
    """A row that does not belong where it stands; `first` is the row it repeats, if any."""

    label: Label
    figures: tuple[Figure, ...]
    first: Label | None = None


class Table(NamedTuple):
    """A table of a section; a missing one has no rows, and neither has an `unreadable` one.

    In that one figures do not stand where its labels are, so that nothing can be said of them.
    """

    form: TableForm
    caption: Label | None
    heads: tuple[Label, ...]
    rows: tuple[Row, ...]
    span: Span
    unreadable: bool = False

    @property
    def present(self) -> bool:
        """Whether anything of the table is in the report."""
        return bool(self.rows) and any(not row.missing or row.figures for row in self.rows)

    @property
    def has_figures(self) -> bool:
        """Whether at least one row holds a figure."""
        return any(row.figures for row in self.rows)

    def row(self, name: str) -> Row | None:
        """The row of that name."""
        return next((row for row in self.rows if row.name == name), None)


class Paragraph(NamedTuple):
    """Running text; `text` is folded, with the line ends of a hard wrap taken out.

    `runs` are the folded ranges that it was put together from, `offsets` where each begins
    in `text`. Blanks that set figures off are left out: 2022 年 is 2022年 here.
    """

    text: str
    runs: tuple[tuple[int, int], ...]
    offsets: tuple[int, ...]
    folded: Folded

    @classmethod
    def of(cls, folded: Folded, runs: Sequence[tuple[int, int]]) -> Paragraph:
        """The paragraph that is put together from ranges of a text."""
        text = "".join([folded.text[start:end] for start, end in runs])
        offsets = tuple(accumulate((end - start for start, end in runs[:-1]), initial=0))
        return cls(text, tuple(runs), offsets, folded)

    @property
    def as_typed(self) -> Paragraph:
        """The paragraph with the blanks around its figures."""
        if len(self.runs) == 1:
            return self
        runs: list[tuple[int, int]] = []
        for start, end in self.runs:
            if runs and self.folded.text[runs[-1][1] : start] == " ":
                runs[-1] = runs[-1][0], end
            else:
                runs.append((start, end))
        return self if len(runs) == len(self.runs) else Paragraph.of(self.folded, runs)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The raw range of text[start:end]."""
        end = len(self.text) if end is None else end
        first = self._folded(start)
        last = self._folded(max(start, end - 1)) + 1 if end > start else first
        return self.folded.raw(first, last)

    def _folded(self, offset: int) -> int:
        run = bisect_right(self.offsets, offset) - 1
        return self.runs[run][0] + offset - self.offsets[run]


def holding(paragraphs: Sequence[Paragraph], *patterns: Marked) -> Sequence[Paragraph]:
    """Those of some paragraphs in which one of the patterns may match, in their order.

    The marks are looked for in all of them at once: most patterns are in none.
    """
    if not all(pattern.marks for pattern in patterns):
        return paragraphs
    text = "\n".join([paragraph.text for paragraph in paragraphs])
    marks = [mark for pattern in patterns for mark in pattern.marks if mark in text]
    return [one for one in paragraphs if any(mark in one.text for mark in marks)] if marks else ()


class SubHeading(NamedTuple):
    """A numbered item inside a section.

    `kind` is "bracket" for （一）, "digit" for 1., "is" for 一是; `number` counts from 1.
    `in_line` is set when it does not begin its paragraph; `title` is its heading's words.
    """

    kind: str
    number: int
    title: str
    span: Span
    paragraph: int
    in_line: bool
    runs_on: bool = False


class Section(NamedTuple):
    """One of the form's sections. A missing one keeps its place, with a missing heading."""

    form: SectionForm
    heading: Label
    paragraphs: tuple[Paragraph, ...]
    subheadings: tuple[SubHeading, ...]
    tables: tuple[Table, ...]
    moved: bool = False

    @property
    def name(self) -> str:
        """The grammar's rule."""
        return self.form.rule

    @property
    def missing(self) -> bool:
        """Whether the report lacks the section."""
        return self.heading.missing

    @property
    def text(self) -> str:
        """All paragraphs, a line each."""
        return "\n".join(p.text for p in self.paragraphs)


class Title(NamedTuple):
    """The report's title; year and organ are None where it names none."""

    text: str
    span: Span
    year: int | None
    organ: str | None


class Date(NamedTuple):
    """The date under the report; `complete` is False where its 日 is missing."""

    text: str
    span: Span
    year: int
    month: int
    day: int | None
    complete: bool


class _Report(NamedTuple):
    source: Source
    folded: Folded
    form: Form
    title: Title | None
    preface: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    signature: Paragraph | None
    date: Date | None
    year: int | None
    organ: str | None
    budget: Budget
    sure_year: bool = True
    duplicates: tuple[tuple[Label, Label], ...] = ()
    strange_headings: tuple[Label, ...] = ()
    strange_rows: tuple[StrangeRow, ...] = ()
    recognised: bool = True
    free_form: bool = False
    related: bool = True
    partial: bool = False
    side_by_side: bool = False
    following: tuple[Report, ...] = ()
    cost: int = 0


class Report(_Report):
    """A whole report.

    `sure_year` says that nothing in it names another year as its own, `recognised` whether it is one at all,
    `related` whether it has words of one; a `free_form` one is of a year for which there is no form, and
    need not follow it; a `partial` one is tables without their report; `side_by_side` are several years in
    the columns of one table. `following` are the reports behind it in the same text. `cost` is what the parse had
    to repair, 0 for a sound one; `budget` what may still be spent on it.
    """

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every table that is there, in the form's order."""
        return tuple(t for s in self.sections for t in s.tables if t.present)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The preface's and every section's paragraphs."""
        return (*self.preface, *(p for s in self.sections for p in s.paragraphs))

    @cached_property
    def prose(self) -> str:
        """The text of all its paragraphs, one a line: to look for words in before each is looked at."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Captions, column heads and row labels that are there."""
        return tuple(self._labels())

    def _labels(self) -> Iterator[Label]:
        for table in self.tables:
            if table.caption:
                yield table.caption
            yield from table.heads
            yield from (row.label for row in table.rows if row.label)

    def section(self, rule: str) -> Section | None:
        """The section of that grammar rule."""
        return next((s for s in self.sections if s.name == rule), None)
