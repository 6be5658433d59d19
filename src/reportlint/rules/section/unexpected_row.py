"""Rule unexpected-row; docs/rules/unexpected-row.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Report
from reportlint.rules import Finding, rule


@rule(
    on=Report,
    severity="warning",
    of_tables=True,
    zh="“{row}”这一行{how}",
    en="the row “{row}” {how}",
    remarks={
        "strange": ("不在格式之中", "is not in the form"),
        "twice": ("重复出现", "stands twice"),
        "misplaced": ("的位置与格式规定的顺序不符", "does not stand where the form has it"),
        "first": ("另一处在此", "the other one is here"),
    },
)
def unexpected_row(report: Report) -> Iterator[Finding]:
    """A row that the form does not have, that stands twice, or that stands elsewhere.

    Group labels and column heads that a page break repeats are no rows; of a table without a figure
    missing-table tells.
    """
    words = unexpected_row.words
    for strange in report.strange_rows:
        if strange.first is not None:
            finding = Finding(strange.label, row=strange.label, how=words("twice"))
            yield finding.label("first", strange.first)
        else:
            yield Finding(strange.label, row=strange.label.text, how=words("strange"))
    for table in report.tables:
        for row in table.rows if table.has_figures else ():
            if row.misplaced and row.label:
                yield Finding(row.label, row=row.label, how=words("misplaced"))
