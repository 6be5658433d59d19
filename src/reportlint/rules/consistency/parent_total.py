"""Rule parent-total; docs/rules/parent-total.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.series.digests import Family
from reportlint.text.numbers import show

_MOST_PLACES = 3


@rule(
    on=Family,
    severity="warning",
    zh="{cell}是 {stated}，下级 {count} 份报告相加是 {total}",
    en="{cell} is {stated}; the reports of its {count} children add up to {total}",
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
    where every child's report is there and can be read.
    """
    form = family.parent.form
    for (row, column), own, total, parts in family.shortfalls():
        label = form.labels.get(row)
        cell = form.column(column) if label is None else f"{label}·{form.column(column)}"
        finding = Finding(own.span, cell=cell, stated=show(own.value), count=len(parts), total=show(total))
        stated = [(child, digit) for child, digit in parts if digit.value]
        for child, digit in sorted(stated, key=lambda part: -part[1].value)[:_MOST_PLACES]:
            finding.label("child", digit.place, organ=child.organ or child.path, value=show(digit.value))
        if len(stated) > 1:
            terms = " + ".join(f"{child.organ or child.path} {show(digit.value)}" for child, digit in stated)
            finding.note("sum", terms=terms, total=show(total))
        if family.absent:
            finding.note("absent", names=list(family.absent))
        yield finding
