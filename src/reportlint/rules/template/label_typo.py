"""Rule label-typo; docs/rules/label-typo.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import How, Report
from reportlint.rules import Finding, rule
from reportlint.rules.template._wording import reword


@rule(
    on=Report,
    severity="warning",
    fix="safe",
    zh="“{text}”与格式的用词不同，应为“{label}”",
    en="“{text}” is not the form's wording; it reads “{label}”",
)
def label_typo(report: Report) -> Iterator[Finding]:
    """A row or column label that is almost the form's.

    Source: docs/specification.md §10 has the wording.
    """
    for label in (*report.labels, *(s.label for s in report.strange_rows)):
        if label.how is How.NEAR:
            fix = reword(report.source, label.span, label.form)
            yield Finding(label, text=label.text, label=label).fixed_by(fix)
