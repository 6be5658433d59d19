"""Rule missing-cell; docs/rules/missing-cell.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Span
from reportlint.model import Table
from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._equation import row_name


@rule(
    on=Table,
    severity="error",
    zh="{row}应有 {columns} 个数字，只有 {found} 个",
    en="{row} has {found} figures for {columns} columns",
    help=("没有数据的格填 0，不要留空", "fill cells without data with 0"),
)
def missing_cell(table: Table) -> Iterator[Finding]:
    """A row with fewer figures than columns.

    A table without a single figure is left to missing-table, an empty cell whose column is
    known to unreadable-number.
    """
    for row in table.rows:
        found, columns = len(row.figures), len(table.form.columns)
        if row.missing or row.is_group or found >= columns or not table.has_figures:
            continue
        at = row.label.span if row.label else Span(row.figures[0].span.start, row.figures[-1].span.end)
        yield Finding(at, row=row_name(row), found=found, columns=columns)
