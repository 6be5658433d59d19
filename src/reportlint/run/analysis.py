"""What a report comes to: everything that rules, outputs and editors ask of it, each computed once and when asked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from reportlint.diagnostics import Cell, Span, around
from reportlint.forms.form import Form
from reportlint.model import Figure, Paragraph, Report, Row, Section, Table
from reportlint.parse.read import read_report
from reportlint.prose.breakdowns import Breakdown, read_breakdowns
from reportlint.prose.comparisons import Comparison, compare, stated
from reportlint.prose.growth import Percentage, read_percentages
from reportlint.prose.quantities import unexplained
from reportlint.prose.sentences import Sentence
from reportlint.prose.shares import Rate, Share, Whole, read_rates, read_shares, read_wholes
from reportlint.prose.statements import read_sentences
from reportlint.source import Source
from reportlint.sums.equations import side_sum
from reportlint.sums.examine import Sums
from reportlint.sums.grid import Grid
from reportlint.sums.verdicts import BrokenSum, Culprit, Equation, Reading, Stated, Verdict
from reportlint.text.numbers import plain
from reportlint.tuples import NamedTuple

_LIST = 200
"""Characters that a list of shares takes up at most."""


class Held(NamedTuple):
    """An equation, and whether it holds; None where a figure of it is not known."""

    equation: Equation
    holds: bool | None


class CellPlace(NamedTuple):
    """A figure with its row, its column's words where they are known, and its equations."""

    row: Row
    column: str | None
    figure: Figure
    equations: tuple[Held, ...]


def analyse(source: Source, forms: tuple[Form, ...] | None = None) -> Analysis:
    """What a text comes to, read as a report. Raises UnreadableFile for one longer than any report."""
    return Analysis(read_report(source, forms))


class _Prose:
    """What the prose of a report states."""

    def __init__(self, report: Report) -> None:
        self._report = report

    @cached_property
    def sentences(self) -> list[Sentence]:
        return read_sentences(self._report)

    @cached_property
    def stated(self) -> Stated:
        return stated(self._report, self.sentences)


class Analysis:
    """A report, and what it comes to.

    Nothing that it holds holds it: a report goes when the next one comes, and no garbage has to be looked for.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self._prose = _Prose(report)

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences that may state a figure."""
        return self._prose.sentences

    @property
    def stated(self) -> Stated:
        """Row, column and value of every figure that the prose states of the tables."""
        return self._prose.stated

    @cached_property
    def _sums(self) -> Sums:
        prose = self._prose
        return Sums(self.report, lambda: prose.stated)

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What the sums say of each table."""
        return tuple(self._sums.verdicts())

    @cached_property
    def readings(self) -> list[tuple[Table, tuple[Reading, ...]]]:
        """Every table with each of its cells, as far as it is known which is which."""
        return list(self._sums.readings())

    @cached_property
    def cells(self) -> dict[Span, Cell]:
        """Every cell with a figure, by where that stands, and every row, without a column, by where its label does."""
        sections = {table.form.rule: section.name for section in self.report.sections for table in section.tables}
        found = {}
        for table, readings in self.readings:
            for one in readings:
                if one.figure is not None:
                    expected = one.value if one.state == "inferred" else one.suggested
                    label = one.row.label
                    found[one.figure.span] = Cell(
                        sections[table.form.rule],
                        table.form.rule,
                        label.terminal if label else "",
                        one.column,
                        label.form if label else "",
                        self.report.form.column(one.column) if one.column else "",
                        None if one.state == "inferred" else plain(one.value),
                        plain(expected),
                    )
        for table in self.report.tables:
            for row in table.rows:
                if row.label is not None and not row.label.missing:
                    terminal, form = row.label.terminal, row.label.form
                    named = Cell(sections[table.form.rule], table.form.rule, terminal, "", form, "", None, None)
                    found.setdefault(row.label.span, named)
                    if len(row.figures) > 1:
                        found.setdefault(around(figure.span for figure in row.figures), named)
        return found

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """What the text states against the tables."""
        return tuple(compare(self.report, self.sentences, self.verdicts))

    @cached_property
    def contradicted(self) -> dict[Span, set[object]]:
        """The statements that no table bears out, each with what the tables hold instead."""
        return {c.statement.span: {m.value for m in c.candidates} for c in self.comparisons if not c.fits}

    @cached_property
    def breakdowns(self) -> Sequence[Breakdown]:
        """Totals that sentences state with their parts."""
        return read_breakdowns(self.sentences)

    @cached_property
    def shares(self) -> Sequence[Share]:
        """Parts that sentences state with what share of the whole they are."""
        return read_shares(self.sentences)

    @cached_property
    def wholes(self) -> Sequence[Whole]:
        """Lists of shares that are to be all and are not, where no share of theirs is wrong itself."""
        wrong = [share.span for share in self.shares if not share.fits]
        return [w for w in read_wholes(self.sentences) if not any(_is_near(span, w.span) for span in wrong)]

    @cached_property
    def percentages(self) -> Sequence[Percentage]:
        """Growth and rates that sentences state with the figures that they are of."""
        return read_percentages(self.sentences)

    @cached_property
    def rates(self) -> Sequence[Rate]:
        """Rates that sentences state."""
        return read_rates(self.sentences)

    @cached_property
    def grids(self) -> list[Grid]:
        """The sums of each table over its numbered cells."""
        return list(self._sums.grids())

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows of all tables."""
        return [row for table in self.report.tables for row in table.rows]

    @cached_property
    def figures(self) -> Sequence[Figure]:
        """The figures of all tables, those that are empty or unknown too."""
        return [figure for row in self.rows for figure in row.figures]

    def parts(self, kind: type, told: bool) -> Sequence[object]:
        """All of a kind that a rule may be on.

        Where a rule of the run has `told` that the text contradicts a table, the same is not told of its sums.
        """
        get = _PARTS.get(kind)
        return get(self, told) if get else ()

    def _unexplained(self, found: Sequence[object], told: bool) -> Sequence[object]:
        return unexplained(found, self.contradicted if told else {})  # type: ignore[type-var, arg-type]

    @cached_property
    def _figures(self) -> list[tuple[Span, Grid, Row, Figure]]:
        found = [(f.span, grid, row, f) for grid in self.grids for row in grid.table.rows for f in row.figures]
        return sorted(found, key=lambda item: item[0])

    def at(self, offset: int) -> CellPlace | None:
        """The figure at a code-point offset, or that ends there, if there is one."""
        number = bisect_right(self._figures, offset, key=lambda item: item[0].start) - 1
        if number < 0 or offset > self._figures[number][0].end:
            return None
        _, grid, row, figure = self._figures[number]
        return self._place(grid, row, figure)

    def broken(self) -> Iterator[Equation]:
        """Every equation over known figures that does not hold."""
        for grid in self.grids:
            for number in range(len(grid.lines)):
                stated = _stated(grid, number)
                if stated.holds is False:
                    yield stated.equation

    def _place(self, grid: Grid, row: Row, figure: Figure) -> CellPlace:
        cell = next((n for n, held in enumerate(grid.figures) if held is figure), None)
        if cell is None:
            return CellPlace(row, None, figure, ())
        stated = (_stated(grid, n) for n, line in enumerate(grid.lines) if cell in line.cells)
        return CellPlace(row, grid.column(cell), figure, tuple(stated))


def _is_near(span: Span, other: Span) -> bool:
    return abs(span.start - other.start) <= _LIST


def _stated(grid: Grid, number: int) -> Held:
    line = grid.lines[number]
    known = all(grid.values[cell] is not None for cell in line.cells)
    return Held(grid.equation(number, grid.values, {}), not grid.problem().residual(line) if known else None)


def difference(equation: Equation) -> tuple[Span, str] | None:
    """Where an equation states its sum, and what its other side adds up to."""
    figure = equation.right[0].figure
    return (figure.span, side_sum(equation.left).zh) if figure else None


_PARTS: dict[type, Callable[[Analysis, bool], Sequence[object]]] = {
    Report: lambda of, told: (of.report,),
    Source: lambda of, told: (of.report.source,),
    Section: lambda of, told: of.report.sections,
    Table: lambda of, told: of.report.tables,
    Row: lambda of, told: of.rows,
    Figure: lambda of, told: of.figures,
    Paragraph: lambda of, told: of.report.paragraphs,
    Verdict: lambda of, told: of.verdicts,
    Culprit: lambda of, told: [culprit for verdict in of.verdicts for culprit in verdict.culprits],
    BrokenSum: lambda of, told: [broken for verdict in of.verdicts for broken in verdict.broken],
    Comparison: lambda of, told: of.comparisons,
    Breakdown: lambda of, told: of._unexplained(of.breakdowns, told),
    Share: lambda of, told: of._unexplained(of.shares, told),
    Percentage: lambda of, told: of.percentages,
    Rate: lambda of, told: of.rates,
    Whole: lambda of, told: of.wholes,
}
"""How the parts of each kind are got."""
