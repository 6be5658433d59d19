"""Rule label-typo; docs/rules/label-typo.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix
from reportlint.model import Label, Report
from reportlint.rules import Finding, rule


@rule(
    on=Report,
    severity="warning",
    fix="safe",
    zh="“{text}”与格式的用词不同，应为“{label}”",
    en="“{text}” is not the form's wording; it reads “{label}”",
)
def label_typo(report: Report) -> Iterator[Finding]:
    """A row or column label that is almost the form's (spec §10 has the wording)."""
    for label in (*report.labels, *(s.label for s in report.strange_rows)):
        if label.how == "near":
            yield Finding(label, text=label.text, label=label).fixed_by(_fix(report, label))


def _fix(report: Report, label: Label) -> Fix | None:
    # A torn label has other cells between its parts.
    raw = report.source.text[label.span.start : label.span.end]
    return None if "\n" in raw or "|" in raw else Fix((Edit(label.span, label.form),))
