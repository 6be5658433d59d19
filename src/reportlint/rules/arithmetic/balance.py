"""Rule balance; docs/rules/balance.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import REMARKS, broken
from reportlint.sums.verdicts import BrokenSum


@rule(
    on=BrokenSum,
    severity="error",
    zh="“{line}”一列不平衡：{left}为 {sum}，{right}为 {stated}",
    en="column “{line}” does not balance: {left} is {sum}, {right} is {stated}",
    remarks=REMARKS,
)
def balance(broken_sum: BrokenSum) -> Iterator[Finding]:
    """The two sides of a table differ in a column: in section three 一 + 二 and 三（七）+ 四, as its corner says.

    Where one figure explains it, wrong-figure reports that instead.
    Source: docs/specification.md §5, I3.
    """
    yield from broken(broken_sum, balance)
