"""Rule missing-cell; docs/rules/missing-cell.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.diagnostics import Fix, Safety, Words, around, quoted
from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import NOTHING, row_name
from reportlint.sums.grid import written
from reportlint.sums.verdicts import Gap, ShortRow, Verdict
from reportlint.text.numbers import show

_MANY = 2
"""Rows that lack more are given whole."""
_MANY_ROWS = 2
"""More rows without any figure, as people leave them who mean 0, are one finding."""


@rule(
    on=Verdict,
    severity="error",
    fix="unsafe",
    zh="{row}应有 {columns} 个数字，只有 {found} 个{told}",
    en="{row} has {found} of {columns} figures{told}",
    help=("没有数据的格填 0，不要留空", "fill cells without data with 0"),
    remarks={
        "and": ("{told}；{more}", "{told}; {more}"),
        "rows": ("{row}等 {number} 行", "each of {number} rows from {row} on"),
        "value": ("缺“{column}”，应为 {value}", "{column} is missing and must be {value}"),
        "column": ("缺“{column}”", "{column} is missing"),
        "all": ("，由合计可知此行为 {figures}", "; the sums make the row {figures}"),
        "aside": ("{told}，其余数字整体偏左一列", "{told}, and all the others stand one column to the left"),
        "one of": (
            "{columns}中缺 {count} 个，应为 {value}",
            "missing: {count} of {columns}, with {value}",
        ),
        "open": (
            "不能确定缺的是哪 {count} 列：{columns}",
            "nothing tells which is missing: {count} of {columns}",
        ),
        "unknown": ("合计不能确定“{column}”应为多少", "the sums do not tell the value of {column}"),
        "from": ("“{column}”由 {left} = {right} 得出", "{column}: from {left} = {right}"),
        "whole": ("补全后此行为 {figures}", "the whole row: {figures}"),
        "many": ("不能确定缺的是哪几列", "nothing tells which columns are missing"),
        "broken": ("合计另有错误，不能确定缺的是哪一列", "with the sums broken nothing tells which column is missing"),
    },
)
def missing_cell(verdict: Verdict) -> Iterator[Finding]:
    """A row with fewer figures than columns; names the column and the value that the sums tell.

    A table without a single figure is left to missing-table, an empty cell whose column is
    known to unreadable-number (docs/specification.md §8.2, A5).
    """
    words = missing_cell.words
    column = _lost_column(verdict)
    if column:
        yield column
        return
    blank = [short for short in verdict.short if not short.row.figures and short.row.label]
    if len(blank) > _MANY_ROWS:
        yield _of_rows(blank, NOTHING)
    for short in verdict.short:
        if short in blank and len(blank) > _MANY_ROWS:
            continue
        row = short.row
        at = row.label.span if row.label else around(figure.span for figure in row.figures)
        told = NOTHING
        whole = " ".join(map(show, short.whole))
        sure = [gap for gap in short.gaps if len(gap.columns) == 1]
        if len(sure) <= _MANY:
            for gap in sure:
                told = words("and", told=told, more=_told(gap, short))
        elif whole:
            told = words("all", figures=whole)
        finding = Finding(at, row=row_name(row), found=len(row.figures), columns=len(row.table.columns), told=told)
        if not short.gaps:
            finding.note("broken" if verdict.broken else "many")
        elif len(sure) <= _MANY:
            for gap in short.gaps:
                _explain(finding, gap)
            if whole:
                finding.note("whole", figures=whole)
        if any(short.whole[n] for n in short.missing):
            finding.without_help()
        yield finding.fixed_by(Fix(short.edits, Safety.UNSAFE) if short.edits else None)


def _lost_column(verdict: Verdict) -> Finding | None:
    """One finding where most rows lack the same columns, as when a column was lost."""
    lacking = {tuple(gap.columns for gap in short.gaps) for short in verdict.short}
    rows = sum(not row.is_group for row in verdict.table.rows)
    first = verdict.short[0] if verdict.short else None
    if first is None or len(lacking) != 1 or len(verdict.short) * 2 <= rows:
        return None
    columns = [column for gap in first.gaps if len(gap.columns) == 1 for column in gap.columns]
    if not columns or len(columns) != len(first.gaps) or first.row.label is None:
        return None
    words = missing_cell.words
    told = words("and", told=NOTHING, more=words("column", column=columns[0]))
    for column in columns[1:]:
        told = words("and", told=told, more=words("column", column=column))
    return _of_rows(verdict.short, told).without_help()


def _of_rows(rows: Sequence[ShortRow], told: Words) -> Finding:
    """One finding for rows that lack the same; it stands at the first."""
    first = rows[0].row
    assert first.label is not None
    row = missing_cell.words("rows", row=row_name(first), number=len(rows))
    finding = Finding(first.label.span, row=row, found=len(first.figures), columns=len(first.table.columns), told=told)
    edits = tuple(edit for short in rows for edit in short.edits)
    return finding.fixed_by(Fix(edits, Safety.UNSAFE) if edits else None)


def _told(gap: Gap, short: ShortRow) -> Words:
    words = missing_cell.words
    (column,) = gap.columns
    told = words("column", column=column)
    if gap.value is not None:
        told = words("value", column=column, value=show(gap.value))
    return words("aside", told=told) if short.places == (0,) else told


def _explain(finding: Finding, gap: Gap) -> None:
    columns = [quoted(column) for column in gap.columns]
    if len(columns) > 1 and gap.value is not None:
        finding.note("one of", columns=columns, count=gap.number, value=show(gap.value))
    elif len(columns) > 1:
        finding.note("open", columns=columns, count=gap.number)
    elif gap.value is None:
        finding.note("unknown", column=gap.columns[0])
    elif gap.equation is not None:
        left, right = written(gap.equation.left), written(gap.equation.right)
        finding.note("from", column=gap.columns[0], left=left, right=right)
