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
        "总体情况依次报告主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面",
        "the overview treats, in this order, 主动公开, 依申请公开, 政府信息管理, 平台建设 and 监督保障",
    ),
)
def missing_overview_item(section: Section) -> Iterator[Finding]:
    """Section one says nothing on one of its five aspects.

    Any words that touch an aspect will do; how it is headed does not matter.
    Source: spec §3.4.
    """
    if section.missing or not section.paragraphs:
        return
    text = section.text.replace(" ", "")
    for aspect in section.form.aspects:
        if not any(word in text for word in aspect.words):
            yield Finding(section.heading, section=section.heading, aspect=aspect.name)
