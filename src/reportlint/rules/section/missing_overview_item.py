"""Rule missing-overview-item; docs/rules/missing-overview-item.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Section
from reportlint.rules import Finding, rule


@rule(
    on=Section,
    severity="warning",
    zh="“{section}”没有说到{aspect}",
    en="“{section}” says nothing on {aspect}",
    help=(
        "这一部分依次报告{aspects}",
        "this section treats, in this order, {aspects}",
    ),
)
def missing_overview_item(section: Section) -> Iterator[Finding]:
    """A section says nothing on one of the aspects that it must treat, in section one five.

    Any words that touch an aspect will do; how it is headed does not matter.
    Source: docs/specification.md §3.4.
    """
    if section.missing or not section.paragraphs:
        return
    text = section.text.replace(" ", "")
    for aspect in section.form.aspects:
        if not any(word in text for word in aspect.words):
            all_of_them = [one.name for one in section.form.aspects]
            yield Finding(section.heading, section=section.heading, aspect=aspect.name, aspects=all_of_them)
