"""Rule title-form; docs/rules/title-form.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.model import Report
from reportlint.rules import Finding, rule
from reportlint.text.keys import key

_TAIL = re.compile(r"\([^()]*\)$")


@rule(
    on=Report,
    severity="warning",
    zh="标题应以“{title}”结尾",
    en="the title should end in {title}",
    remarks={"text": ("现在的标题是“{text}”", "it reads “{text}”")},
)
def title_form(report: Report) -> Iterator[Finding]:
    """A title that is not …政府信息公开工作年度报告.

    Source: docs/specification.md §3.1.
    """
    title = report.title
    if title is None:
        return
    text = _TAIL.sub("", key(title.text))
    if not text.endswith(report.form.title):
        yield Finding(title, title=report.form.title).note("text", text=title.text)
