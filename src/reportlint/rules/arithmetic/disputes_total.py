"""Rule disputes-total; docs/rules/disputes-total.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import REMARKS, broken
from reportlint.sums.verdicts import BrokenSum


@rule(
    on=BrokenSum,
    severity="error",
    zh="“{line}”的总计为 {stated}，各项结果相加为 {sum}",
    en="the total of “{line}” is {stated}, its outcomes add up to {sum}",
    remarks=REMARKS,
)
def disputes_total(broken_sum: BrokenSum) -> Iterator[Finding]:
    """结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计, in each block of section four.

    Where one figure explains it, wrong-figure reports that instead.
    Source: docs/specification.md §5, I4.
    """
    yield from broken(broken_sum, disputes_total)
