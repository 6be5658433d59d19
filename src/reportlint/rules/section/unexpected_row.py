"""Rule unexpected-row; docs/rules/unexpected-row.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportlint.model import Report
from reportlint.rules import Finding, rule

_TABLE = 5
"""So many rows in a row that stand twice are a table."""


@rule(
    on=Report,
    severity="warning",
    of_tables=True,
    zh="“{row}”这一行{how}",
    en="the row “{row}” {how}",
    remarks={
        "strange": ("不在格式之中", "is not in the form"),
        "twice": ("重复出现", "stands twice"),
        "again": (
            "和它后面的 {count} 行重复出现，像是整张表格抄了两遍",
            "stands twice, and so do {count} rows behind it: the table seems to have been copied twice",
        ),
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
    for is_known, group in groupby(report.strange_rows, key=lambda strange: strange.first is not None):
        rows = list(group)
        again = is_known and len(rows) >= _TABLE
        for strange in rows[: 1 if again else None]:
            how = words("again", count=len(rows) - 1) if again else words("twice" if is_known else "strange")
            finding = Finding(strange.label, row=strange.label if is_known else strange.label.text, how=how)
            yield finding.label("first", strange.first) if strange.first is not None else finding
    for table in report.tables:
        for row in table.rows if table.has_figures else ():
            if row.misplaced and row.label:
                yield Finding(row.label, row=row.label, how=words("misplaced"))
