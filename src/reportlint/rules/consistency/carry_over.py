"""Rule carry-over; docs/rules/carry-over.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.series.steps import Step
from reportlint.text.numbers import show


@rule(
    on=Step,
    severity="error",
    zh="{column}：上年结转 {now}，{year} 年报告（{path}:{line}）结转下年度 {before}",
    en="{column} carried over is {now}; the report for {year} ({path}:{line}) carried forward {before}",
    help=(
        "核对两年的台账；机构改革或口径变化造成的，在报告中说明",
        "check both years' records; where a reform or another scope is the reason, say so in the report",
    ),
    remarks={
        "before": ("上年报告的结转下年度", "what last year's report carried forward"),
        "also": ("{column}：{now}，上年报告 {before}", "{column}: {now}, last year's report {before}"),
    },
)
def carry_over(step: Step) -> Iterator[Finding]:
    """上年结转 differs from the previous report's 结转下年度, column by column.

    Needs both reports in one run.
    Source: docs/specification.md §5, I5.
    """
    if step.rule != "carry-over":
        return
    # A wrong column makes 总计 differ too, so the column is what is pointed to.
    form = step.later.form
    first, *others = sorted(step.mismatches, key=lambda m: form.is_total(*m.key))
    column = form.column
    place = first.before[0].place
    finding = Finding(
        first.now[0].span,
        column=column(first.key[1]),
        now=show(first.value),
        before=show(first.expected),
        year=step.earlier.year,
        path=place.path,
        line=place.line,
    )
    finding.label("before", place)
    for other in others:
        finding.note("also", column=column(other.key[1]), now=show(other.value), before=show(other.expected))
    yield finding
