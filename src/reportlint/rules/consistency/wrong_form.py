"""Rule wrong-form; docs/rules/wrong-form.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Report
from reportlint.rules import Finding, rule

_FIRST_YEAR = 2019


@rule(
    on=Report,
    severity="error",
    zh="{year} 年的报告用了 {form} 年的格式",
    en="a report for {year} in the form of {form}",
    help=(
        "2021 年起的报告使用国办公开办函〔2021〕30号的格式，2019、2020 年的使用〔2019〕60号的格式",
        "reports from 2021 on use the form of 国办公开办函〔2021〕30号, those for 2019 and 2020 that of 〔2019〕60号",
    ),
)
def wrong_form(report: Report) -> Iterator[Finding]:
    """The 2019 form's tables in a report for 2021 or later, or the reverse.

    Earlier reports had no national form, so nothing is said of them.
    Source: spec §1.
    """
    if report.year is None or report.year < _FIRST_YEAR or report.form.covers(report.year):
        return
    label = next((label for label in report.labels if not label.missing), None)
    if label is not None:
        yield Finding(label, year=report.year, form=report.form.name)
