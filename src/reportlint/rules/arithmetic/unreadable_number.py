"""Rule unreadable-number; docs/rules/unreadable-number.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Table
from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._equation import row_name


@rule(
    on=Table,
    severity="error",
    zh="{row}{what}",
    en="{what} in {row}",
    help=("没有数据的格填 0", "fill cells without data with 0"),
    remarks={
        "blank": ("中有空格", "an empty cell"),
        "other": ("中的“{text}”不是数字", "“{text}” is not a number,"),
    },
)
def unreadable_number(table: Table) -> Iterator[Finding]:
    """A cell that should hold a figure and holds something else: nothing, /, -, 无, a letter."""
    for row in table.rows:
        if row.is_group:
            continue
        for figure in row.figures:
            if figure.value is None:
                words = unreadable_number.words
                what = words("other", text=figure.text) if figure.text else words("blank")
                yield Finding(figure, row=row_name(row), what=what)
