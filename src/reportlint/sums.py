"""The form's equations over a report's tables."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.forms import Form, Sum
from reportlint.model import Equation, Figure, Report, Table


def equations(report: Report) -> Iterator[Equation]:
    """Every equation of the form that the report's tables should satisfy (spec §5, I1–I4)."""
    for table in report.tables:
        cells = {row.name: row.cells for row in table.rows if not row.missing and not row.is_group}
        for term in table.form.sums:
            over = _over_columns if term.over_columns else _over_rows
            yield from over(table, term, report.form, cells)


Cells = dict[str, dict[str, Figure]]


def _over_columns(table: Table, term: Sum, form: Form, rows: Cells) -> Iterator[Equation]:
    for row in table.rows:
        cells = rows.get(row.name)
        if cells is None:
            continue

        def terms(names: tuple[str, ...], cells: dict[str, Figure] = cells) -> tuple[tuple[str, Figure | None], ...]:
            return tuple((form.column(name), cells.get(name)) for name in names)

        line = row.label.form if row.label else form.labels[term.sum[0].split("/")[0]]
        yield Equation(term.rule, table, line, terms(term.sum), terms(term.equals))


def _over_rows(table: Table, term: Sum, form: Form, rows: Cells) -> Iterator[Equation]:
    for column in table.form.columns:

        def terms(names: tuple[str, ...], column: str = column) -> tuple[tuple[str, Figure | None], ...]:
            return tuple((form.labels[name], rows.get(name, {}).get(column)) for name in names)

        yield Equation(term.rule, table, form.column(column), terms(term.sum), terms(term.equals))
