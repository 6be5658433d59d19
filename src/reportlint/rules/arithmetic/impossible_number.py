"""Rule impossible-number; docs/rules/impossible-number.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Words
from reportlint.model import Figure, Report, Row
from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._equation import row_name


@rule(
    on=Report,
    severity="error",
    zh="{row}中的 {text} {what}",
    en="{text} in {row} {what}",
    remarks={
        "negative": ("是负数，件数不能小于 0", "is negative; a count is 0 or more"),
        "fraction": ("不是整数，件数应为整数", "is not whole; a count has no fraction"),
        "unit": ("带有单位，此格只填数字", "carries a unit; the cell takes the bare number"),
        "money": ("的单位与表头“{column}”不符", "has another unit than its column, {column}"),
    },
)
def impossible_number(report: Report) -> Iterator[Finding]:
    """A negative or fractional count; a unit or a sum of money in a count cell (spec §5, I10).

    Changes (本年增/减) carry a sign; money may have a fraction, and its unit in the cell where
    the form's column names none.
    """
    for table in report.tables:
        for row in table.rows:
            columns = row.cells or dict.fromkeys(map(str, range(len(row.figures))))
            for column, figure in zip(columns, row.figures, strict=False):
                what = _problem(row, column, figure, report.form.labels.get(column, ""))
                if what is not None:
                    yield Finding(figure, row=row_name(row), text=figure.text, what=what)


def _problem(row: Row, column: str, figure: Figure, wording: str) -> Words | None:
    words = impossible_number.words
    if figure.value is None:
        return None
    if column in row.table.money:
        if figure.unit == "元" and "万元" in wording:
            return words("money", column=wording)
        return words("negative") if figure.value < 0 else None
    if figure.unit:
        return words("unit")
    known = bool(row.cells)
    if figure.value < 0 and (column not in row.table.signed if known else not row.table.signed):
        return words("negative")
    if figure.value != int(figure.value) and (known or not row.table.money):
        return words("fraction")
    return None
