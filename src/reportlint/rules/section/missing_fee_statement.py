"""Rule missing-fee-statement; docs/rules/missing-fee-statement.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Section
from reportlint.rules import Finding, rule


@rule(
    on=Section,
    severity="warning",
    zh="“{section}”没有说明是否收取信息处理费",
    en="“{section}” does not say whether 信息处理费 was charged",
    help=(
        "写明发出收费通知的件数、总金额和实际收取的总金额；没有收取也要写明",
        "give the number of notices, the amount noticed and the amount collected, or say that there were none",
    ),
)
def missing_fee_statement(section: Section) -> Iterator[Finding]:
    """From the 2021 form on, section six says whether 信息处理费 was charged (spec §3.9)."""
    if section.missing or not section.paragraphs:
        return
    for statement in section.form.statements:
        if statement.name == "missing-fee-statement" and not any(word in section.text for word in statement.words):
            yield Finding(section.heading, section=section.heading)
