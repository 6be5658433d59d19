"""Rule missing-section; docs/rules/missing-section.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from reportlint.diagnostics import quoted
from reportlint.model import How, Report, Section
from reportlint.rules import Finding, rule

_CUT = 3
"""So many sections missing at the end have one cause: the text ends in the one before."""

_SHOWN = 30
_FEES = "missing-fee-statement"
"""What is said of fees; that rule asks for it."""


@rule(
    on=Report,
    severity="error",
    messages={
        "one": ("缺少“{section}”部分", "section “{section}” is missing"),
        "all": (
            "{count} 个部分的标题一个也没有：{sections}",
            "none of the {count} sections has its heading: {sections}",
        ),
        "rest": (
            "报告到“{last}”就结束了，缺少其后的 {count} 个部分：{sections}",
            "the report ends in {last}; the {count} sections behind it are missing: {sections}",
        ),
    },
    help=(
        "格式规定的部分缺一不可；没有内容的也要保留标题并写明“无”",
        "every section of the form must be there; one without content keeps its heading and says 无",
    ),
    remarks={
        "here": ("“{section}”在此处之前", "“{section}” before this place"),
        "instead": ("此处的标题是“{text}”", "here stands the heading “{text}”"),
        "place": ("应当位于此处之前", "it should stand before this place"),
        "fees": ("这一部分至少要写明是否收取信息处理费", "it says at least whether 信息处理费 was charged"),
        "signature": ("应当位于落款“{text}”之前", "it should stand before the signature, {text}"),
        "end": ("应当位于此处之后", "it should stand behind this place"),
    },
)
def missing_section(report: Report) -> Iterator[Finding]:
    """One of the form's sections is not there; points to where it should stand.

    Where a text ends so that three or more are missing, that is one finding, and so is it where no heading is there.
    Source: 条例 article 50 and the form's six headings (docs/specification.md §3.3).
    """
    behind = list(takewhile(_is_cut_off, reversed(report.sections)))[::-1]
    there = report.sections[: len(report.sections) - len(behind)]
    sections = [quoted(section.heading.form) for section in behind]
    if not there and len(behind) >= _CUT:
        finding = Finding(behind[0].heading, "all", count=len(behind), sections=sections)
        for section in behind[1:]:
            if section.heading.span != behind[0].heading.span:
                finding.label("here", section.heading, section=section.heading)
        yield finding
        return
    cut = len(behind) >= _CUT
    ends = report.date is None
    for section in there if cut else report.sections:
        heading = section.heading
        if heading.missing:
            finding = Finding(heading, "one", section=heading)
            if heading.how is How.RENAMED:
                yield finding.note("instead", text=heading.text)
            else:
                if report.signature and section in behind:
                    finding.note("signature", text=report.signature.text[:_SHOWN])
                else:
                    finding.note("end" if ends and section in behind else "place")
                if any(statement.name == _FEES for statement in section.form.statements):
                    finding.note("fees")
                yield finding
    if cut:
        yield Finding(behind[0].heading, "rest", last=there[-1].heading, count=len(behind), sections=sections)


def _is_cut_off(section: Section) -> bool:
    return section.missing and section.heading.how is not How.RENAMED
