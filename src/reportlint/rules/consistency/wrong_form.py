"""Rule wrong-form; docs/rules/wrong-form.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Report
from reportlint.rules import Finding, rule

_NO_END = 9999


@rule(
    on=Report,
    severity="error",
    zh="{year} 年的报告用了 {form} 格式，该格式用于{years}的报告",
    en="a report for {year} in the form {form}, which is for {years}",
    help=("换用这一年度的格式", "use the form of that year"),
    remarks={
        "between": (" {first} 至 {last} 年", "{first} to {last}"),
        "from": (" {first} 年起", "{first} and later"),
    },
)
def wrong_form(report: Report) -> Iterator[Finding]:
    """The 2019 form's tables in a report for 2021 or later, or the reverse.

    Where reports of earlier years had no form, nothing is said of them.
    Source: docs/specification.md §1.
    """
    if report.year is None or report.year < report.form.since or report.form.covers(report.year):
        return
    label = next((label for label in report.labels if not label.missing), None)
    if label is not None:
        first, last = report.form.years
        years = wrong_form.words("between" if last < _NO_END else "from", first=first, last=last)
        yield Finding(label, year=report.year, form=report.form.name, years=years)
