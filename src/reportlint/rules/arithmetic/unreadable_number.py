"""Rule unreadable-number; docs/rules/unreadable-number.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Table
from reportlint.rules import Finding, rule


@rule(
    on=Table,
    severity="error",
    zh="“{row}”中的“{text}”不是数字",
    en="“{text}” in “{row}” is not a number",
    help=("没有数据的格填 0", "fill cells without data with 0"),
    remarks={"blank": ("空格", "an empty cell")},
)
def unreadable_number(table: Table) -> Iterator[Finding]:
    """A cell that should hold a figure and holds something else: nothing, /, -, 无, a letter."""
    for row in table.rows:
        if row.is_group:
            continue
        for figure in row.figures:
            if figure.value is None:
                name = row.label.form if row.label else "总计"
                text = figure.text or unreadable_number.words("blank")
                yield Finding(figure, row=name, text=text)
