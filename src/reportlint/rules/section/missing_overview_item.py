"""Rule missing-overview-item; docs/rules/missing-overview-item.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.forms.form import Form
from reportlint.late import Late
from reportlint.model import Report, Section
from reportlint.rules import Finding, rule
from reportlint.text.keys import key

_LISTED = 3
_MOST = 4
"""A section that treats next to nothing is one finding."""
_PIECES = Late("[。;；\n]")
_NAMED = 4
"""So many aspects that are named and counted in one sentence are a list of them."""
_COUNTED = Late("[四五45]个?(?:大)?(?:方面|部分)")


@rule(
    on=Report,
    severity="warning",
    zh="“{section}”没有说到{aspect}",
    en="“{section}” says nothing on {aspect}",
    help=(
        "这一部分依次报告{aspects}",
        "this section treats, in this order, {aspects}",
    ),
)
def missing_overview_item(report: Report) -> Iterator[Finding]:
    """A section says nothing on one of the aspects that it must treat, in section one five.

    Any words that touch an aspect will do; how it is headed does not matter. A sentence that only lists the
    report's parts treats none.
    Source: docs/specification.md §3.4.
    """
    if all(section.missing for section in report.sections[1:]):
        return  # it breaks off in the first section, and missing-section says so
    for section in report.sections:
        if section.missing or not section.paragraphs or not section.form.aspects:
            continue
        text = _said(section, report.form)
        all_of_them = [one.name for one in section.form.aspects]
        lacking = [one.name for one in section.form.aspects if not any(word in text for word in one.words)]
        for aspect in [lacking] if len(lacking) >= _MOST else lacking:
            yield Finding(section.heading, section=section.heading, aspect=aspect, aspects=all_of_them)


def _said(section: Section, form: Form) -> str:
    """The sentences of a section, without blanks and without those that list the report's parts."""
    sentences = _PIECES.split(section.text.replace(" ", ""))
    return "。".join(sentence for sentence in sentences if not _is_list(sentence, section, form))


def _is_list(sentence: str, section: Section, form: Form) -> bool:
    if sentence.count("、") + sentence.count(",") < _LISTED - 1:
        return False
    told = sum(one.name in sentence for one in section.form.aspects)
    if told >= _NAMED and _COUNTED.search(sentence):
        return True  # 从主动公开、依申请公开…五个方面进行总结
    return len(form.sections_named(key(sentence))) >= _LISTED
