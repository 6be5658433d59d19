"""Rule balance; docs/rules/balance.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import REMARKS, broken
from reportlint.verdicts import BrokenSum


@rule(
    on=BrokenSum,
    severity="error",
    zh="“{line}”一列不平衡：第一项加第二项为 {sum}，第三项加第四项为 {stated}",
    en="column “{line}” does not balance: items one and two make {sum}, items three and four {stated}",
    remarks=REMARKS,
)
def balance(broken_sum: BrokenSum) -> Iterator[Finding]:
    """一 + 二 = 三（七）+ 四 in each column, as the table's own corner says.

    Where one figure explains it, wrong-figure reports that instead.
    Source: spec §5, I3.
    """
    yield from broken(broken_sum, balance)
