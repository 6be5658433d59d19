"""What a report's sums say about its figures: the wrong one where that is certain.

Rows with too few or too many figures are placed first. If some placing, and some values for the
cells that nobody can read, make every equation hold, nothing is wrong with the others. If not,
the smallest sets of figures that explain it are sought (docs/arithmetic.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from reportlint.diagnostics import Edit, Span
from reportlint.model import Figure, Report, Row, Table
from reportlint.sums.explain import Explanation
from reportlint.sums.grid import Grid, adds_up
from reportlint.sums.intervals import Bounds
from reportlint.sums.placing import Placing
from reportlint.sums.slips import Slips
from reportlint.sums.verdicts import Equation, Gap, LongRow, Reading, ShortRow, Stated, Verdict
from reportlint.text.numbers import show
from reportlint.tuples import NamedTuple


class Sums:
    """The sums of a report's tables, each looked into once; `stated` gives what the prose states of the tables."""

    def __init__(self, report: Report, stated: Callable[[], Stated] = frozenset) -> None:
        self._report = report
        self._slips = Slips(stated)
        self._grids: dict[int, Grid] = {}
        self._examinations: dict[int, Examination] = {}

    def verdicts(self) -> Iterator[Verdict]:
        """What the sums say of each table."""
        for number, table in enumerate(self._report.tables):
            wordings = self._report.form.wordings[table.form.rule]
            idle = not table.has_figures or not table.form.columns or adds_up(table, self._report.form)
            if idle or self._grid(number).sound:
                yield Verdict(table, wordings)
            else:
                yield self._examination(number).verdict(wordings)

    def readings(self) -> Iterator[tuple[Table, tuple[Reading, ...]]]:
        """Every table with each of its cells, as far as it is known which is which."""
        for number, table in enumerate(self._report.tables):
            if table.form.columns:
                yield table, tuple(self._examination(number).readings())

    def grids(self) -> Iterator[Grid]:
        """The sums of each table over its numbered cells."""
        yield from map(self._grid, range(len(self._report.tables)))

    def _grid(self, number: int) -> Grid:
        if number not in self._grids:
            self._grids[number] = Grid(self._report.tables[number], self._report.form, self._report.source.text)
        return self._grids[number]

    def _examination(self, number: int) -> Examination:
        if number not in self._examinations:
            self._examinations[number] = Examination(self._grid(number), self._slips)
        return self._examinations[number]


class _Placed(NamedTuple):
    """One way to place the figures of a row, with the bounds of every cell then."""

    placing: Placing
    low: Bounds
    high: Bounds

    def value(self, cell: int) -> int | None:
        """The only value that is left to a cell, if there is one."""
        return self.low[cell] if self.low[cell] == self.high[cell] else None


class Examination:
    """A table's sums looked into: what is wrong, then what is missing or cannot be read."""

    def __init__(self, grid: Grid, slips: Slips) -> None:
        self._grid = grid
        self.explanation = Explanation(grid, slips)
        self.values = self.explanation.values
        self.settled = self.explanation.settled

    def verdict(self, wordings: Mapping[str, str]) -> Verdict:
        """All that the sums say."""
        rows = [self._uneven(number) for number in self._grid.irregular]
        return Verdict(
            table=self._grid.table,
            wordings=wordings,
            culprits=tuple(self.explanation.culprits),
            broken=tuple(self.explanation.broken),
            short=tuple(row for row in rows if isinstance(row, ShortRow)),
            long=tuple(row for row in rows if isinstance(row, LongRow)),
            inferred=dict(self._inferred()),
            torn=dict(self._torn()),
        )

    def _placed(self, number: int) -> list[_Placed]:
        """The ways to place a row's figures that the sums allow."""
        if self.settled is None:
            low, high = self._grid.problem(self.values).bounds()
            return [_Placed(placing, low, high) for placing in self.explanation.possible.get(number, ())]
        found = []
        for placing in self.settled.options.get(number, ()):
            bounds = self.explanation.placer.fixed(number, placing, self.settled.low, self.settled.high)
            if bounds is not None:
                found.append(_Placed(placing, *bounds))
        return found

    def _whole(self, number: int, placed: list[_Placed]) -> tuple[int, ...] | None:
        """All values of a row, where every way to place its figures gives the same."""
        found = {tuple(p.value(cell) for cell in self._grid.range(number)) for p in placed}
        whole = found.pop() if len(found) == 1 else (None,)
        known = tuple(value for value in whole if value is not None)
        return known if len(known) == self._grid.width else None

    def _uneven(self, number: int) -> ShortRow | LongRow:
        row, placed = self._grid.rows[number], self._placed(number)
        whole = self._whole(number, placed)
        if len(row.figures) < self._grid.width:
            if not placed:
                return ShortRow(row)
            lacking = [c for c, figure in enumerate(placed[0].placing) if figure < 0]
            places = tuple(sum(figure >= 0 for figure in placed[0].placing[:c]) for c in lacking)
            gaps = tuple(self._gaps(number, placed))
            if whole is None:
                return ShortRow(row, gaps)
            amounts = tuple(map(self._grid.amount, whole))
            missing = [(place, amounts[c]) for place, c in zip(places, lacking, strict=True)]
            return ShortRow(row, gaps, amounts, tuple(lacking), places, self._insertions(row, missing))
        dropped = [[n for n in range(len(row.figures)) if n not in p.placing] for p in placed]
        surplus = {tuple(row.figures[n].text for n in numbers) for numbers in dropped}
        if len(placed) == 1 or (whole is not None and len(surplus) == 1):
            return LongRow(row, surplus=tuple(row.figures[n] for n in dropped[0]))
        return LongRow(row, possible=tuple(row.figures[n] for n in sorted({n for d in dropped for n in d})))

    def _insertions(self, row: Row, missing: list[tuple[int, Decimal]]) -> tuple[Edit, ...]:
        """Edits that put figures behind so many of a row's own, parted as those are.

        Empty where the row has no figure to show how, or something else stands between.
        """
        text, figures = self._grid.text, row.figures
        spans = [*([row.label.span] if row.label and not row.label.missing else []), *(f.span for f in figures)]
        gaps = [text[a.end : b.start] for a, b in pairwise(spans)]
        if not figures or not all(gaps) or not gaps or any(gap.strip(" |\t\n\r\u00a0\u3000") for gap in gaps):
            return ()
        edits: dict[Span, str] = {}
        for place, value in missing:
            between = gaps[-1] if place else gaps[len(gaps) - len(figures) + 1 :][0] if len(figures) > 1 else gaps[0]
            at = figures[place - 1].span.end if place else figures[0].span.start
            added = f"{between}{show(value)}" if place else f"{show(value)}{between}"
            edits[Span(at, at)] = edits.get(Span(at, at), "") + added
        return tuple(Edit(span, added) for span, added in edits.items())

    def _gaps(self, number: int, placed: list[_Placed]) -> Iterator[Gap]:
        """What a short row lacks: columns that every placing leaves empty, then the others."""
        first = number * self._grid.width
        lacking = [{first + c for c, figure in enumerate(p.placing) if figure < 0} for p in placed]
        sure = set.intersection(*lacking)
        for cells in (*({cell} for cell in sorted(sure)), set.union(*lacking) - sure):
            if not cells:
                continue
            values = {p.value(c) for p, missing in zip(placed, lacking, strict=True) for c in cells & missing}
            value = values.pop() if len(values) == 1 else None
            yield Gap(
                columns=tuple(map(self._grid.column, sorted(cells))),
                number=1 if cells <= sure else len(lacking[0]) - len(sure),
                value=None if value is None else self._grid.amount(value),
                equation=self._telling(min(cells), placed[0]) if cells <= sure and value is not None else None,
            )

    def _telling(self, cell: int, placed: _Placed) -> Equation | None:
        """An equation from which the value of a cell can be read off, with a ? in its place."""
        best: tuple[int, int] | None = None
        for number, line in enumerate(self._grid.lines):
            others = [c for c in line.cells if c != cell]
            if cell in line.cells and all(placed.value(c) is not None for c in others):
                unread = sum(self.values[c] is None for c in others)
                best = min(best or (unread, number), (unread, number))
        if best is None:
            return None
        values = [None if c == cell else placed.value(c) for c in range(len(self.values))]
        return self._grid.equation(best[1], values, {})

    def _inferred(self) -> Iterator[tuple[Span, Decimal]]:
        """Unreadable figures with the value that the sums leave them."""
        for cell, figure in enumerate(self._grid.figures):
            if figure is not None and self.values[cell] is None and (value := self._point(cell)) is not None:
                yield figure.span, self._grid.amount(value)

    def _point(self, cell: int) -> int | None:
        settled = self.settled
        return settled.low[cell] if settled and settled.low[cell] == settled.high[cell] else None

    def _torn(self) -> Iterator[tuple[Span, tuple[Decimal, ...]]]:
        """Unreadable figures of which different sums would need different values."""
        for cell, figure in enumerate(self._grid.figures):
            if self.settled is not None or figure is None or self.values[cell] is not None:
                continue
            wanted = []
            problem = self._grid.problem([v or 0 for v in self.values])
            for line in self._grid.lines:
                if cell in line.cells and sum(self.values[c] is None for c in line.cells) == 1:
                    off = problem.residual(line) or 0
                    wanted.append(self._grid.amount(-off if cell in line.plus else off))
            if len(set(wanted)) > 1:
                yield figure.span, tuple(dict.fromkeys(wanted))

    def readings(self) -> Iterator[Reading]:
        """Every cell of the table in reading order.

        Figures of a row whose columns are unknown come without one.
        """
        grid = self._grid
        mended = {c.figure.span: c.value for culprit in self.explanation.culprits for c in culprit.changes}
        numbers = {row.number: n for n, row in enumerate(grid.rows)}
        for row in grid.table.rows:
            number = numbers.get(row.number)
            placed = self._placed(number) if number in grid.irregular else []
            if number is None or (number in grid.irregular and len(placed) != 1 and not self._whole(number, placed)):
                for own in row.figures:
                    state = "read" if own.value is not None else "unreadable"
                    yield Reading(row, "", own, own.value, state, mended.get(own.span))
                continue
            for column, cell in enumerate(grid.range(number)):
                figure = grid.figures[cell]
                if placed:
                    at = placed[0].placing[column]
                    figure = row.figures[at] if at >= 0 else None
                if figure is None and row.is_group:
                    continue
                yield self._reading(row, grid.columns[column], figure, cell, mended)

    def _reading(
        self, row: Row, column: str, figure: Figure | None, cell: int, mended: dict[Span, Decimal | None]
    ) -> Reading:
        suggested = mended.get(figure.span) if figure else None
        if figure is not None and figure.value is not None:
            return Reading(row, column, figure, figure.value, "read", suggested)
        known = self._point(cell)
        if known is not None:
            return Reading(row, column, figure, self._grid.amount(known), "inferred", suggested)
        return Reading(row, column, figure, None, "missing" if figure is None else "unreadable", suggested)
