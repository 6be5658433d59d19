"""Rule heading-typo; docs/rules/heading-typo.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Span
from reportlint.late import Late
from reportlint.model import How, Report
from reportlint.rules import Finding, rule
from reportlint.rules.template._wording import reword
from reportlint.text.keys import RAW_NUMBER, STOP_BEHIND_TAGS

_END = Late(r"[：:。\s]*$")


@rule(
    on=Report,
    severity="warning",
    fix="safe",
    zh="标题“{text}”与格式的用词不同，应为“{section}”",
    en="the heading “{text}” is not the form's wording; it reads “{section}”",
)
def heading_typo(report: Report) -> Iterator[Finding]:
    """A section heading that is almost the form's: 其它需要报告的事项.

    Wordings that sound reports use instead are accepted. The number is section-number's.
    Source: docs/specification.md §3.3.
    """
    for section in report.sections:
        heading = section.heading
        if heading.how is not How.NEAR:
            continue
        start, end = heading.span
        raw = report.source.text[start:end]
        number = RAW_NUMBER.match(raw) if heading.number else None
        tail = _END.search(raw)
        behind = number.end() if number else 0
        stop = STOP_BEHIND_TAGS.match(raw, behind)
        body = Span(start + (stop.end() if stop and number else behind), start + (tail.start() if tail else len(raw)))
        wanted = heading.form.partition("、")[2] or heading.form
        if heading.number and number is None:
            wanted = heading.form  # the number is written as an entity
        yield Finding(heading, text=heading.text, section=heading).fixed_by(reword(report.source, body, wanted))
