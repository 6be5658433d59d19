"""What stands at a place of a table: row, column, and the equations over it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from reportlint.diagnostics import Span
from reportlint.equations import side_sum
from reportlint.model import Figure, Report, Row
from reportlint.sums import Grid
from reportlint.verdicts import Equation


class Stated(NamedTuple):
    """An equation, and whether it holds; None where a figure of it is not known."""

    equation: Equation
    holds: bool | None


class Place(NamedTuple):
    """A figure with its row, its column's words where they are known, and its equations."""

    row: Row
    column: str | None
    figure: Figure
    equations: tuple[Stated, ...]


class Cells:
    """The cells of a report's tables."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @cached_property
    def _grids(self) -> list[Grid]:
        return [Grid(table, self.report.form, self.report.source.text) for table in self.report.tables]

    @cached_property
    def _figures(self) -> list[tuple[Span, Grid, Row, Figure]]:
        found = [(f.span, grid, row, f) for grid in self._grids for row in grid.table.rows for f in row.figures]
        return sorted(found, key=lambda item: item[0])

    def at(self, offset: int) -> Place | None:
        """The figure at a code-point offset, or that ends there, if there is one."""
        number = bisect_right(self._figures, offset, key=lambda item: item[0].start) - 1
        if number < 0 or offset > self._figures[number][0].end:
            return None
        _, grid, row, figure = self._figures[number]
        return self._place(grid, row, figure)

    def broken(self) -> Iterator[Equation]:
        """Every equation over known figures that does not hold."""
        for grid in self._grids:
            for number in range(len(grid.lines)):
                stated = _stated(grid, number)
                if stated.holds is False:
                    yield stated.equation

    def _place(self, grid: Grid, row: Row, figure: Figure) -> Place:
        cell = next((n for n, held in enumerate(grid.figures) if held is figure), None)
        if cell is None:
            return Place(row, None, figure, ())
        stated = (_stated(grid, n) for n, line in enumerate(grid.lines) if cell in line.cells)
        return Place(row, grid.column(cell), figure, tuple(stated))


def _stated(grid: Grid, number: int) -> Stated:
    line = grid.lines[number]
    known = all(grid.values[cell] is not None for cell in line.cells)
    return Stated(grid.equation(number, grid.values, {}), not grid.problem().residual(line) if known else None)


def difference(equation: Equation) -> tuple[Span, str] | None:
    """Where an equation states its sum, and what its other side adds up to."""
    figure = equation.right[0].figure
    return (figure.span, side_sum(equation.left).zh) if figure else None
