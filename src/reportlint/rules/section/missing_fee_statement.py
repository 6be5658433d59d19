"""Rule missing-fee-statement; docs/rules/missing-fee-statement.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.late import Late
from reportlint.model import Section
from reportlint.rules import Finding, rule

_CHARGED = Late(r"(?<![\d.])(?!0+(?:\.0+)?(?:万?元))\d[\d,.]*(?:\.\d+)?万?元")

_OTHER_FEES = Late("行政事业性收费[^。;]*")


@rule(
    on=Section,
    severity="warning",
    help=(
        "写明发出收费通知的件数、总金额和实际收取的总金额；没有收取也要写明",
        "give the number of notices, the amount noticed and the amount collected, or say that there were none",
    ),
    messages={
        "absent": ("“{section}”没有说明是否收取信息处理费", "“{section}” does not say whether 信息处理费 was charged"),
        "lacks": ("收取信息处理费的说明缺少：{elements}", "what is said of 信息处理费 lacks {elements}"),
    },
)
def missing_fee_statement(section: Section) -> Iterator[Finding]:
    """From the 2021 form on, section six says whether 信息处理费 was charged.

    Where it was, three things belong there: the number of notices, the amount noticed, the amount
    collected. One of them missing is an info.
    Source: docs/specification.md §3.9.
    """
    if section.missing or not section.paragraphs:
        return
    for statement in section.form.statements:
        if statement.name != "missing-fee-statement":
            continue
        told = [p for p in section.paragraphs if any(word in p.text for word in statement.words)]
        if not told:
            yield Finding(section.heading, "absent", section=section.heading)
            continue
        text = "\n".join(p.text for p in told)
        lacking = [e.name for e in statement.elements if not any(word in text for word in e.words)]
        for paragraph in told:
            charged = _CHARGED.search(_OTHER_FEES.sub("", paragraph.text)) and _CHARGED.search(paragraph.text)
            if charged and lacking:
                found = Finding(paragraph.span(*charged.span()), "lacks", elements=lacking)
                yield found.at_severity("info")
                break
