"""Rule text-table; docs/rules/text-table.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Words
from reportlint.prose.comparisons import Candidate, Comparison
from reportlint.rules import Finding, rule
from reportlint.rules.consistency._tables import cell_name, sum_name
from reportlint.text.numbers import show


@rule(
    on=Comparison,
    severity="warning",
    zh="正文写“{phrase}”，表中是 {values}",
    en="the text says “{phrase}”, the table {values}",
    help=(
        "核对台账，使正文与表格一致；口径不同的，写明口径",
        "check the records and make text and table agree; where they count different things, say which",
    ),
    remarks={
        "cell": ("{cell}", "{cell}"),
        "wrong": ("{value}（按各项合计应为 {right}）", "{value} (the sums say {right})"),
        "may": ("可能指的数：{cells}", "it may mean {cells}"),
    },
)
def text_table(comparison: Comparison) -> Iterator[Finding]:
    """The text states a figure that no cell it may mean holds.

    Only figures of the report's own year and scope are compared; 市本级 beside 全市 is not. An
    unreadable or missing cell may hold anything.
    Source: docs/specification.md §5.1.
    """
    statement, form = comparison.statement, comparison.form
    if comparison.fits or statement.is_claim:
        return
    values = list(dict.fromkeys(_told(c) for c in comparison.candidates))
    finding = Finding(statement, phrase=statement.phrase, values=values)
    for _, cell in comparison.candidates[0].cells[:2]:
        if cell.figure is not None:
            finding.label("cell", cell.figure, cell=cell_name(form, cell))
    told = len(comparison.candidates) == len(comparison.candidates[0].cells) == len(finding.labels) == 1
    for candidate in () if told else comparison.candidates:
        finding.note("may", cells=sum_name(form, candidate))
    yield finding


def _told(candidate: Candidate) -> Words:
    """What cells come to; where the sums show that one of them is wrong, with what it should be."""
    value = show(candidate.value)
    if candidate.right == candidate.value:
        return Words(value, value)
    return text_table.words("wrong", value=value, right=show(candidate.right))
