"""Rule row-total; docs/rules/row-total.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import REMARKS, broken
from reportlint.sums.verdicts import BrokenSum


@rule(
    on=BrokenSum,
    severity="error",
    zh="“{line}”的总计为 {stated}，各列相加为 {sum}",
    en="the total of “{line}” is {stated}, its columns add up to {sum}",
    remarks=REMARKS,
)
def row_total(broken_sum: BrokenSum) -> Iterator[Finding]:
    """自然人 + the five kinds of 法人或其他组织 = 总计, in each row of section three.

    Where one figure explains it, wrong-figure reports that instead.
    Source: docs/specification.md §5, I1.
    """
    yield from broken(broken_sum, row_total)
