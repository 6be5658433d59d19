"""Rule misplaced-section; docs/rules/misplaced-section.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Section
from reportlint.rules import Finding, rule


@rule(
    on=Section,
    severity="error",
    zh="“{section}”部分的位置与格式规定的顺序不符",
    en="section “{section}” does not stand where the form has it",
    help=("按格式规定的顺序排列各部分", "put the sections in the form's order"),
)
def misplaced_section(section: Section) -> Iterator[Finding]:
    """Sections in another order than the form's: one finding for one move."""
    if section.moved and not section.missing:
        yield Finding(section.heading, section=section.heading)
