"""A form's equations resolved over a report's table: numbered cells, their values, lines.

Which cells an equation joins is said by the form's data file; this is the only place that
brings it together with the figures of a report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from functools import cached_property, lru_cache

from reportlint.forms.form import Form, Sum
from reportlint.model import Figure, Row, Table
from reportlint.sums.intervals import Line, Lines
from reportlint.sums.localise import System
from reportlint.sums.verdicts import Equation, Term
from reportlint.text.numbers import show
from reportlint.tuples import NamedTuple

Values = Sequence[int | None]
_EXACT = Context(prec=100)
_ORDINARY = 15
"""Figures with more digits are looked at one by one."""


class Grid:
    """The rows of a table that take part in its sums, and the equations over their cells.

    Cell `r * width + c` is where row r and column c cross. `figures` holds what stands there,
    `values` what it counts as, in units of the last decimal place; both are None where nothing stands, where
    nobody can read it, or where it is unknown which of a row's figures it is (`irregular`).
    """

    def __init__(self, table: Table, form: Form, text: str) -> None:
        self.table = table
        self.form = form
        self.text = text
        self.columns = table.form.columns
        self.width = len(self.columns)
        self.rows: list[Row] = []
        self.irregular: list[int] = []
        self.figures: list[Figure | None] = []
        for row in table.rows:
            standing = self._standing(row)
            if standing is None:
                continue
            if len(row.figures) != self.width and not row.is_group and not (row.missing and not row.figures):
                self.irregular.append(len(self.rows))
            self.rows.append(row)
            self.figures.extend(standing)
        read = [f.value for row in self.rows for f in row.figures if f.value is not None]
        self.places = max((-int(v.as_tuple().exponent) for v in read), default=0)
        self.values: list[int | None] = [self.value(n, figure) for n, figure in enumerate(self.figures)]
        known = _equations(form, table.form.rule, tuple(row.name for row in self.rows))
        # A group row that states only its total has no equations elsewhere.
        groups = [r for r, row in enumerate(self.rows) if row.is_group]
        empty = {cell for r in groups for cell in self.range(r) if self.figures[cell] is None}
        if empty:
            known = tuple(one for one in known if empty.isdisjoint(one.line.cells))
        self.lines = [one.line for one in known]
        self._sums = [(one.sum, one.name) for one in known]

    def _standing(self, row: Row) -> list[Figure | None] | None:
        """A row's figures by column; None for a group that states none."""
        if not row.is_group:
            return list(row.figures) if len(row.figures) == self.width else [None] * self.width
        rows = {r.name: r for r in self.table.rows}
        own = [s for s in self.table.form.sums if s.equals == (row.name,)]
        if any((part := rows.get(name)) is None or not part.figures for s in own for name in s.sum):
            return None  # the figures may be those of the row whose label is lost
        if len(row.figures) == self.width:
            return list(row.figures)
        if len(row.figures) != 1 or row.label is None:
            return None
        between = self.text[row.label.span.end : row.figures[0].span.start]
        return None if "\n" in between else [*[None] * (self.width - 1), row.figures[0]]

    def value(self, cell: int, figure: Figure | None) -> int | None:
        """What a figure counts as in a cell; None where the cell cannot hold it."""
        column = self.columns[cell % self.width]
        if figure is None or figure.value is None:
            return None
        if column not in self.table.form.money and figure.value != int(figure.value):
            return None
        if column not in self.table.form.signed and figure.value < 0:
            return None
        return int(figure.value.scaleb(self.places, _EXACT))

    @cached_property
    def lost_columns(self) -> frozenset[int]:
        """Columns that the table's head lacks where most of its rows are short by as many figures."""
        heads = {label.terminal for label in self.table.heads}
        lost = frozenset(n for n, name in enumerate(self.columns) if name not in heads)
        short = sum(len(self.rows[r].figures) == self.width - len(lost) for r in self.irregular)
        return lost if 0 < len(lost) < self.width and short * 2 > len(self.rows) else frozenset()

    @cached_property
    def signed(self) -> frozenset[int]:
        """Cells that may be negative."""
        columns = {n for n, name in enumerate(self.columns) if name in self.table.form.signed}
        return frozenset(n for n in range(len(self.values)) if n % self.width in columns)

    @cached_property
    def system(self) -> Lines:
        """All its equations."""
        return Lines(self.lines)

    @cached_property
    def row_systems(self) -> list[Lines]:
        """For each row the equations that stand in it alone."""
        found: list[list[Line]] = [[] for _ in self.rows]
        for line, (term, _) in zip(self.lines, self._sums, strict=True):
            if term.over_columns:
                found[line.plus[0] // self.width].append(line)
        return list(map(Lines, found))

    def problem(self, values: Values | None = None) -> System:
        """The grid as numbers, with other values if wanted."""
        return System(self.values if values is None else values, self.lines, self.signed)

    @property
    def sound(self) -> bool:
        """Whether every figure is known and every equation holds."""
        problem = self.problem()
        return not self.irregular and None not in self.values and not any(map(problem.residual, self.lines))

    def range(self, row: int) -> range:
        """The cells of a row."""
        return range(row * self.width, (row + 1) * self.width)

    def amount(self, value: int) -> Decimal:
        """A value of the grid as people write it."""
        return Decimal(value).scaleb(-self.places, _EXACT)

    def row(self, cell: int) -> Row:
        """The row of a cell."""
        return self.rows[cell // self.width]

    def column(self, cell: int) -> str:
        """The wording of a cell's column."""
        return self.form.column(self.columns[cell % self.width])

    def equation(self, number: int, values: Values, figures: Mapping[int, Figure]) -> Equation:
        """Line `number` in the form's words, with these values.

        `figures` are those of cells in irregular rows, where it is known which stands where.
        """
        line, (term, name) = self.lines[number], self._sums[number]

        def terms(names: tuple[str, ...], cells: tuple[int, ...]) -> tuple[Term, ...]:
            return tuple(
                Term(
                    self.form.column(n) if term.over_columns else self.form.labels[n],
                    None if (value := values[cell]) is None else self.amount(value),
                    figures.get(cell) or self.figures[cell],
                )
                for n, cell in zip(names, cells, strict=True)
            )

        row = self.rows[line.plus[0] // self.width]
        if not term.over_columns:
            words = self.form.column(name)
        else:
            words = row.label.form if row.label else self.form.labels[term.sum[0].split("/")[0]]
        return Equation(term.rule, term.over_columns, words, terms(term.sum, line.plus), terms(term.equals, line.minus))


class _Resolved(NamedTuple):
    """A line, the form's equation that it is, and the row or the column that it stands in."""

    line: Line
    sum: Sum
    name: str


@lru_cache(maxsize=1024)
def _equations(form: Form, table: str, rows: tuple[str, ...]) -> tuple[_Resolved, ...]:
    """The equations of a table of a form over its cells, where it has these rows."""
    held = next(one for one in form.tables if one.rule == table)
    place = {name: n for n, name in enumerate(rows)}
    columns = {name: n for n, name in enumerate(held.columns)}
    width = len(columns)
    found = []
    for kind, term in enumerate(held.sums):
        if term.over_columns:
            spans = [(name, r * width, columns, 1) for r, name in enumerate(rows)]
        else:
            spans = [(column, c, place, width) for c, column in enumerate(held.columns)]
        for name, first, where, step in spans:
            if all(n in where for n in (*term.sum, *term.equals)):
                plus, minus = (tuple(first + where[n] * step for n in names) for names in (term.sum, term.equals))
                found.append(_Resolved(Line(kind, plus, minus), term, name))
    return tuple(found)


def adds_up(table: Table, form: Form) -> bool:
    """Whether a table is sound: bare figures in all its cells, and every equation holds.

    False also where only a Grid tells.
    """
    width = len(table.form.columns)
    rows = [row for row in table.rows if row.figures or not row.is_group]
    if any(row.is_group or len(row.figures) != width for row in rows):
        return False
    texts = [figure.text for row in rows for figure in row.figures]
    if not all(text.isdecimal() and len(text) <= _ORDINARY for text in texts):
        return False
    values = list(map(int, texts))
    for line, _, _ in _equations(form, table.form.rule, tuple(row.name for row in rows)):
        if sum([values[cell] for cell in line.plus]) != sum([values[cell] for cell in line.minus]):
            return False
    return True


def total(terms: tuple[Term, ...]) -> Decimal:
    """What the known terms add up to."""
    return sum((term.value for term in terms if term.value is not None), Decimal(0))


def written(terms: tuple[Term, ...], most: int = 6) -> str:
    """12 + 3 + ?; of a long sum only the terms that are not 0."""
    shown = [t for t in terms if t.value is None or t.value] if len(terms) > most else list(terms)
    return " + ".join("?" if t.value is None else show(t.value) for t in shown or terms[:1])
