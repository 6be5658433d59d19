"""Rule parent-total; docs/rules/parent-total.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.series.families import Family
from reportlint.text.numbers import show

_MOST_PLACES = 3
_SLIPS = 6
"""A slip is felt in its cell and the totals of it; more cells than these differ because other organs are counted."""


@rule(
    on=Family,
    severity="warning",
    messages={
        "": (
            "{cell}是 {stated}，下级 {count} 份报告相加是 {total}",
            "{cell} is {stated}; the reports of its {count} children add up to {total}",
        ),
        "scope": (
            "有 {cells} 格与下级 {count} 份报告的合计不符，如{cell}是 {stated}，相加是 {total}；"
            "多半没有涵盖这些下级单位",
            "{cells} cells do not go with the reports of its {count} children, as {cell}, which is {stated} while "
            "theirs add up to {total}; most likely it does not cover these organs",
        ),
    },
    help=(
        "核对汇总表；本级报告不涵盖这些下级单位的，从配置的 families 中去掉",
        "check the summary; if the report does not cover these organs, take them out of `families`",
    ),
    remarks={
        "child": ("{organ}：{value}", "{organ}: {value}"),
        "sum": ("{terms} = {total}", "{terms} = {total}"),
        "absent": ("没有找到的下级报告：{names}", "no report was found for {names}"),
    },
)
def parent_total(family: Family) -> Iterator[Finding]:
    """A parent's figure is less than its children's reports add up to.

    Families are stated in the configuration. With `complete = true` the figures must be equal
    where every child's report is there and can be read. Where many cells differ that is one finding: the reports
    do not cover the same.
    """
    form = family.parent.form
    shortfalls = list(family.shortfalls())
    of_scope = len(shortfalls) > _SLIPS
    for (row, column), own, total, parts in shortfalls[:1] if of_scope else shortfalls:
        label = form.labels.get(row)
        cell = form.column(column) if label is None else f"{label}·{form.column(column)}"
        fields = {"cell": cell, "stated": show(own.value), "count": len(parts), "total": show(total)}
        finding = (
            Finding(own.span, "scope", cells=len(shortfalls), **fields) if of_scope else Finding(own.span, **fields)
        )
        stated = [(child, digit) for child, digit in parts if digit.value]
        for child, digit in sorted(stated, key=lambda part: -part[1].value)[:_MOST_PLACES]:
            finding.label("child", digit.place, organ=child.organ or child.path, value=show(digit.value))
        if len(stated) > 1:
            terms = " + ".join(f"{child.organ or child.path} {show(digit.value)}" for child, digit in stated)
            finding.note("sum", terms=terms, total=show(total))
        if family.absent:
            finding.note("absent", names=list(family.absent))
        yield finding
