"""Rule section-number; docs/rules/section-number.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Span
from reportlint.forms import key, split_number
from reportlint.model import Report
from reportlint.rules import Finding, rule


@rule(
    on=Report,
    severity="warning",
    fix="safe",
    zh="标题序号应为“{right}”，此处{found}",
    en="the heading's number should be {right}; it {found}",
    remarks={"none": ("没有序号", "has none"), "wrong": ("是“{number}”", "is {number}")},
)
def section_number(report: Report) -> Iterator[Finding]:
    """A section heading without its number or with a wrong one (spec §3.3)."""
    for section in report.sections:
        heading = section.heading
        right = split_number(key(heading.form))[0].rstrip(",")
        if heading.missing or not right or heading.number == right:
            continue
        start = heading.span.start
        if heading.number is None:
            edit = Edit(Span(start, start), f"{right}、")
            found = section_number.words("none")
        else:
            at = report.source.text.find(heading.number, start, heading.span.end)
            edit = Edit(Span(at, at + len(heading.number)), right)
            found = section_number.words("wrong", number=heading.number)
        fix = Fix((edit,)) if edit.span.start >= 0 else None
        yield Finding(heading, right=f"{right}、", found=found).fixed_by(fix)
