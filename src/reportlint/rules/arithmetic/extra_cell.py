"""Rule extra-cell; docs/rules/extra-cell.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Table
from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._equation import row_name


@rule(
    on=Table,
    severity="error",
    zh="{row}应有 {columns} 个数字，却有 {found} 个",
    en="{row} has {found} figures for {columns} columns",
)
def extra_cell(table: Table) -> Iterator[Finding]:
    """A row with more figures than columns; a page number between rows of cells is none."""
    columns = len(table.form.columns)
    for row in table.rows:
        if columns and len(row.figures) > columns and not row.is_group:
            yield Finding(row.figures[columns], row=row_name(row), found=len(row.figures), columns=columns)
