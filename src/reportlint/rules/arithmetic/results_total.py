"""Rule results-total; docs/rules/results-total.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import REMARKS, broken
from reportlint.sums.verdicts import BrokenSum


@rule(
    on=BrokenSum,
    severity="error",
    zh="“{line}”一列的{name}为 {stated}，应计入的各行相加为 {sum}",
    en="{name} of “{line}” is {stated}, its rows add up to {sum}",
    remarks=REMARKS,
)
def results_total(broken_sum: BrokenSum) -> Iterator[Finding]:
    """The rows that a total counts do not add up to it, in a column: in section three the results and （七）总计.

    Where one figure explains it, wrong-figure reports that instead.
    Source: docs/specification.md §5, I2.
    """
    yield from broken(broken_sum, results_total)
