"""Rule disputes-total; docs/rules/disputes-total.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Equation
from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._equation import REMARKS, broken


@rule(
    on=Equation,
    severity="error",
    zh="“{line}”的总计为 {stated}，四项结果相加为 {sum}",
    en="the total of “{line}” is {stated}, its four outcomes add up to {sum}",
    remarks=REMARKS,
)
def disputes_total(equation: Equation) -> Iterator[Finding]:
    """结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计, in each block of section four (spec §5, I4)."""
    yield from broken(equation, disputes_total)
