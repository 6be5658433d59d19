"""Rule unexpected-section; docs/rules/unexpected-section.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.late import Late
from reportlint.model import Paragraph, Report, Section
from reportlint.rules import Finding, rule
from reportlint.text.numbers import read_ordinal

_NUMBERED = Late(r"\s*(?P<number>[一二三四五六七八九十]{1,2})、(?=\S)")
_LEAST = 2


@rule(
    on=Report,
    severity="warning",
    messages={
        "strange": ("格式中没有“{text}”这一部分", "the form has no section “{text}”"),
        "parts": (
            "“{section}”内部用了部分的序号：“{text}”等 {count} 处",
            "“{section}” numbers its own parts as sections: “{text}” and others, {count} in all",
        ),
    },
    help=(
        "部分内部的小标题用“（一）”编号，不用“一、”",
        "number headings inside a section （一）, not 一、",
    ),
)
def unexpected_section(report: Report) -> Iterator[Finding]:
    """A numbered top-level heading that the form does not have.

    Where a section numbers its own parts 一、二、三 that is one finding.
    """
    runs = [(section, parts) for section in report.sections if len(parts := _own_parts(section)) >= _LEAST]
    within = {part.span().start for _, parts in runs for part in parts}
    for heading in report.strange_headings:
        if heading.span.start not in within:
            yield Finding(heading, "strange", text=heading.text)
    for section, parts in runs:
        at = parts[0].span()
        text = " ".join(report.source.text[at.start : at.end].split())[:20]
        yield Finding(at, "parts", section=section.heading, text=text, count=len(parts))


def _own_parts(section: Section) -> list[Paragraph]:
    """The paragraphs that a section numbers 一、二、三, from one on and without a gap."""
    parts: list[Paragraph] = []
    for paragraph in section.paragraphs:
        match = _NUMBERED.match(paragraph.text)
        if match and read_ordinal(match["number"]) == len(parts) + 1:
            parts.append(paragraph)
    return parts
