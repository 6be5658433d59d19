"""Rule results-total; docs/rules/results-total.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import REMARKS, broken
from reportlint.verdicts import BrokenSum


@rule(
    on=BrokenSum,
    severity="error",
    zh="“{line}”一列（七）总计为 {stated}，各项办理结果相加为 {sum}",
    en="（七）总计 of “{line}” is {stated}, its results add up to {sum}",
    remarks=REMARKS,
)
def results_total(broken_sum: BrokenSum) -> Iterator[Finding]:
    """The results of section three add up to （七）总计, in each column.

    Where one figure explains it, wrong-figure reports that instead.
    Source: spec §5, I2.
    """
    yield from broken(broken_sum, results_total)
