"""Rule section-number; docs/rules/section-number.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Safety, Span
from reportlint.late import Late
from reportlint.model import Report
from reportlint.rules import Finding, rule
from reportlint.text.keys import RAW_NUMBER, STOP_BEHIND_TAGS, key, split_number

_NEAR = 400
_TAG = Late(r"<[^<>]{1,400}>")
_ABOVE = Late(r"(?:^|\n)[^\S\n]*([一二三四五六七八九十])[、.,，]?\s*\n\s*$")
_LISTED = Late(r"<li\b[^<>]*>(?:\s|<[^<>]*>)*$", re.IGNORECASE)
_NUMERALS = "一二三四五六七八九十"
_STOPS = "、，,."


@rule(
    on=Report,
    severity="warning",
    fix="safe",
    zh="标题序号应为“{right}”，此处{found}",
    en="the heading's number should be {right}; it {found}",
    remarks={"none": ("没有序号", "has none"), "wrong": ("是“{number}”", "is {number}")},
)
def section_number(report: Report) -> Iterator[Finding]:
    """A section heading without its number or with a wrong one.

    Headings that count on without a gap, because a section is missing, stands elsewhere or stands twice, or
    one has no number, have that one cause. Source: docs/specification.md §3.3.
    """
    # Where the form has sections that may be absent, those that are there may be numbered on.
    count_on = _count_on(report)
    some_absent = len(report.sections) < len(report.form.sections)
    for place, section in enumerate(report.sections):
        heading = section.heading
        right = split_number(key(heading.form))[0].rstrip(",")
        if heading.missing or not right or heading.number == right or (count_on and heading.number):
            continue
        if not heading.number:
            before = report.source.text[max(0, heading.span.start - _NEAR) : heading.span.start]
            above = _ABOVE.search(_TAG.sub("\n", before))
            if _LISTED.search(before) or (above and above[1] == right):
                continue  # the page counts its list itself, or the number stands on the line above
        if some_absent and heading.number == _NUMERALS[place : place + 1]:
            continue
        text = report.source.text[heading.span.start : heading.span.end]
        number = RAW_NUMBER.match(text)
        # Where only the number is lost its stop is left: 、主动公开政府信息情况.
        taken = number.end() if number and heading.number else len(text) - len(text.lstrip(_STOPS))
        stop = "" if STOP_BEHIND_TAGS.match(text, taken) else "、"
        edit = Edit(Span(heading.span.start, heading.span.start + taken), f"{right}{stop}")
        # Among other headings it may be an item of a section's own outline.
        alone = not report.strange_headings and not report.duplicates
        fix = Fix((edit,), Safety.SAFE if alone else Safety.UNSAFE)
        found = section_number.words("wrong" if heading.number else "none", number=heading.number)
        yield Finding(heading, right=f"{right}、", found=found).fixed_by(fix)


def _count_on(report: Report) -> bool:
    """Whether the headings that have a number count 一、二、三 to the last, whatever sections they are of."""
    headings = [
        (section.heading.span.start, section.heading.number) for section in report.sections if not section.missing
    ]
    for label in (*(again for again, _ in report.duplicates), *report.strange_headings):
        headings.append((label.span.start, split_number(key(label.text))[0].rstrip(",")))
    numbers = [number for _, number in sorted(headings, key=lambda item: item[0]) if number]
    return len(numbers) > 1 and numbers == list(_NUMERALS[: len(numbers)])
