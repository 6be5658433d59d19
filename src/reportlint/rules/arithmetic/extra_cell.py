"""Rule extra-cell; docs/rules/extra-cell.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import NOTHING, row_name
from reportlint.sums.verdicts import Verdict

_SEVERAL = 3
"""A row with the figures of more rows than this has swallowed them."""


@rule(
    on=Verdict,
    severity="error",
    messages={
        "some": (
            "{row}应有 {columns} 个数字，却有 {found} 个{told}",
            "{row} has {found} figures for {columns} columns{told}",
        ),
        "rows": (
            "{row}后面跟着 {found} 个数字，是 {columns} 列的好几行：多半是下面各行的行名丢了",
            "{found} figures follow {row}, several rows of {columns}: most likely the next rows lost their labels",
        ),
    },
    remarks={
        "surplus": ("；多出的是第 {numbers} 个", "; number {numbers} is surplus"),
        "possible": ("不能确定多出的是哪一个：第 {numbers} 个", "nothing tells which is surplus: number {numbers}"),
        "many": ("不能确定多出的是哪几个", "nothing tells which are surplus"),
        "broken": ("合计另有错误，不能确定多出的是哪一个", "with the sums broken nothing tells which is surplus"),
    },
)
def extra_cell(verdict: Verdict) -> Iterator[Finding]:
    """A row with more figures than columns; points to the one that the sums do not want.

    A page number between rows of cells is none, nor is what holds no number (docs/specification.md §8.2, A5).
    """
    for long in verdict.long:
        row, columns = long.row, len(long.row.table.columns)
        figures = list(row.figures)
        if sum(figure.value is None for figure in figures) >= len(figures) - columns:
            continue  # what is no number there is unreadable-number's
        told = NOTHING
        if long.surplus:
            told = extra_cell.words("surplus", numbers=[f"{figures.index(f) + 1} ({f.text})" for f in long.surplus])
        at = (*long.surplus, *long.possible, figures[columns])[0]
        if len(figures) > columns * _SEVERAL:
            yield Finding(at, "rows", row=row_name(row), found=len(figures), columns=columns)
            continue
        finding = Finding(at, "some", row=row_name(row), found=len(figures), columns=columns, told=told)
        if long.possible:
            finding.note("possible", numbers=[f"{figures.index(f) + 1} ({f.text})" for f in long.possible])
        elif not long.surplus:
            finding.note("broken" if verdict.broken else "many")
        yield finding
