"""Rule stock-flow; docs/rules/stock-flow.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.series.steps import Step
from reportlint.text.numbers import show


@rule(
    on=Step,
    severity="warning",
    zh="{row}·{column}是 {stated}，按 {year} 年报告（{path}:{line}）推算应为 {expected}",
    en="{column} of {row} is {stated}; with the report for {year} ({path}:{line}) it comes to {expected}",
    help=(
        "核对两年的数；清理、到期失效或口径变化造成的，在报告中说明",
        "check both years; where a clean-up, an expiry or another scope is the reason, say so in the report",
    ),
    remarks={
        "before": ("上年报告的数", "last year's figure"),
        "sum": ("{terms} = {sum}，填写的是 {stated}", "{terms} = {sum}, stated {stated}"),
    },
)
def stock_flow(step: Step) -> Iterator[Finding]:
    """What is in force differs from last year's plus what was issued minus what was repealed.

    In the 2019 form: 上一年项目数量 differs from last year's and the change that it states (spec
    §5, I6, I7). Needs both reports in one run.
    """
    if step.rule != "stock-flow":
        return
    form = step.later.form
    for mismatch in step.mismatches:
        row, column = mismatch.key
        stated, place = mismatch.now[0], mismatch.before[0].place
        finding = Finding(
            stated.span,
            row=form.labels[row],
            column=form.column(column),
            stated=show(stated.value),
            expected=show(mismatch.should),
            year=step.earlier.year,
            path=place.path,
            line=place.line,
        )
        (_, first), *rest = mismatch.terms
        terms = show(first) + "".join(f" {'−' if sign < 0 else '+'} {show(value)}" for sign, value in rest)
        finding.note("sum", terms=terms, sum=show(mismatch.should), stated=show(stated.value))
        yield finding.label("before", place)
