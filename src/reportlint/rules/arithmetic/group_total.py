"""Rule group-total; docs/rules/group-total.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import REMARKS, broken
from reportlint.sums.verdicts import BrokenSum


@rule(
    on=BrokenSum,
    severity="error",
    zh="组行“{name}”的“{line}”为 {stated}，组内各行相加为 {sum}",
    en="{line} of the group {name} is {stated}, its rows add up to {sum}",
    help=(
        "核对组内各行；法定格式的组行不填数字",
        "check the rows of the group; the statutory forms leave group rows empty",
    ),
    remarks=REMARKS,
)
def group_total(broken_sum: BrokenSum) -> Iterator[Finding]:
    """A group row that carries a figure which is not the sum of its rows.

    Where a figure of one of its rows explains it, wrong-figure reports that instead.
    Source: docs/specification.md §8.2, A7.
    """
    yield from broken(broken_sum, group_total)
