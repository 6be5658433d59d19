"""Rule heading-typo; docs/rules/heading-typo.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix
from reportlint.model import Section
from reportlint.rules import Finding, rule


@rule(
    on=Section,
    severity="warning",
    fix="safe",
    zh="标题“{text}”与格式的用词不同，应为“{section}”",
    en="the heading “{text}” is not the form's wording; it reads “{section}”",
)
def heading_typo(section: Section) -> Iterator[Finding]:
    """A section heading that is almost the form's: 其它需要报告的事项 (spec §3.3).

    Wordings that sound reports use instead are accepted.
    """
    heading = section.heading
    if heading.how == "near":
        fix = Fix((Edit(heading.span, heading.form),))
        yield Finding(heading, text=heading.text, section=heading).fixed_by(fix)
