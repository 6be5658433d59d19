"""Rule text-claim; docs/rules/text-claim.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.prose.comparisons import Comparison
from reportlint.rules import Finding, rule
from reportlint.rules.consistency._tables import cell_name
from reportlint.text.numbers import show


@rule(
    on=Comparison,
    severity="warning",
    zh="正文写“{phrase}”，表中{cells}",
    en="the text says “{phrase}”, the table {cells}",
    help=(
        "核对台账，改正文或改表格",
        "check the records and correct the text or the table",
    ),
    remarks={"cell": ("{cell}", "{cell}")},
)
def text_claim(comparison: Comparison) -> Iterator[Finding]:
    """The text claims that there was nothing, or that all went one way, and the tables do not.

    未收到申请, 未发生复议诉讼, 均获维持, 办结率100%, 未发出收费通知 (docs/specification.md §5.1, §8.3 X3, X6, X7).
    """
    statement, form = comparison.statement, comparison.form
    if comparison.fits or not statement.is_claim:
        return
    against = [c for candidate in comparison.candidates for _, c in candidate.cells if min(c.values) > 0]
    finding = Finding(
        statement, phrase=statement.phrase, cells=[f"{cell_name(form, c)} {show(c.values[0])}" for c in against]
    )
    for cell in against[:3]:
        if cell.figure is not None:
            finding.label("cell", cell.figure, cell=cell_name(form, cell))
    yield finding
