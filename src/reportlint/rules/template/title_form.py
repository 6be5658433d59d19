"""Rule title-form; docs/rules/title-form.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.late import Late
from reportlint.model import Report
from reportlint.rules import Finding, rule
from reportlint.text.injected import injected
from reportlint.text.keys import key

_DRAFT = Late(r"\(((?:征求意见|送审|修改|讨论|审议|报批)?稿|初稿|草稿|草案|模板|样本)\)$")
_TAIL = Late(r"\([^()]*\)$")


@rule(
    on=Report,
    severity="warning",
    messages={
        "end": ("标题应以“{title}”结尾", "the title should end in {title}"),
        "year": ("标题没有写明年份", "the title names no year"),
        "draft": ("标题里还写着“{draft}”", "the title still says {draft}"),
        "organ": ("标题没有写明是哪个机关的报告", "the title does not say whose report it is"),
    },
    remarks={"text": ("现在的标题是“{text}”", "it reads “{text}”")},
)
def title_form(report: Report) -> Iterator[Finding]:
    """A title that is not …政府信息公开工作年度报告, or names no year (one that names no organ is an info).

    Source: docs/specification.md §3.1.
    """
    title = report.title
    if title is None:
        return
    text = _TAIL.sub("", key(title.text)).strip("《》")
    if not text.endswith(report.form.title):
        yield Finding(title, "end", title=report.form.title).note("text", text=title.text)
    elif draft := _DRAFT.search(key(title.text)):
        yield Finding(title, "draft", draft=draft[1]).note("text", text=title.text)
    elif title.year is None and report.form.since:
        yield Finding(title, "year").note("text", text=title.text)
    elif not title.organ and report.form.since and not any(injected(title.text)):
        yield Finding(title, "organ").note("text", text=title.text).at_severity("info")
