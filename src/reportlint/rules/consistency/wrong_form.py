"""Rule wrong-form; docs/rules/wrong-form.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.model import Report
from reportlint.rules import Finding, rule

_NO_END = 9999


@rule(
    on=Report,
    severity="error",
    messages={
        "form": (
            "{year} 年的报告用了 {form} 格式，该格式用于{years}的报告",
            "a report for {year} in the form {form}, which is for {years}",
        ),
        "heads": (
            "{year} 年的报告用了 {form} 格式的列名“{head}”",
            "a report for {year} has the column head {head} of the form {form}",
        ),
    },
    help=("换用这一年度的格式", "use the form of that year"),
    remarks={
        "between": (" {first} 至 {last} 年", "{first} to {last}"),
        "from": (" {first} 年起", "{first} and later"),
    },
)
def wrong_form(report: Report) -> Iterator[Finding]:
    """The 2019 form's tables, or column heads, in a report for 2021 or later, or the reverse.

    Where reports of earlier years had no form, nothing is said of them.
    Source: docs/specification.md §1.
    """
    if report.year is None or report.year < report.form.since:
        return
    if report.form.covers(report.year):
        yield from _heads(report)
        return
    label = next((label for label in report.labels if not label.missing), None)
    if label is not None:
        first, last = report.form.years
        years = wrong_form.words("between" if last < _NO_END else "from", first=first, last=last)
        yield Finding(label, "form", year=report.year, form=report.form.name, years=years)


def _heads(report: Report) -> Iterator[Finding]:
    """Column heads of another form that stand in cells of their own: other quantities were filled in."""
    text, raw = report.folded.text, report.folded.raw
    headings = [section.heading.span.start for section in report.sections if not section.missing]
    for form, heads in report.form.other_heads.items() if headings else ():
        patterns = (rf"(?:^|(?<=[|\t\n ])){re.escape(head)}(?=[|\t\n ]|$)" for head in heads if head in text)
        found = [match for pattern in patterns for match in re.finditer(pattern, text)]
        # Another report of the same file has heads of its own.
        own = [m for m in found if headings[0] <= raw(*m.span()).start <= headings[-1]]
        if own:
            first = min(own, key=lambda match: match.start())
            yield Finding(raw(*first.span()), "heads", year=report.year, form=form, head=first[0])
