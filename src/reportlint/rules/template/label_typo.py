"""Rule label-typo; docs/rules/label-typo.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reportlint.diagnostics import Span
from reportlint.model import How, Report, Table
from reportlint.rules import Finding, rule
from reportlint.rules.template._wording import is_torn, reword
from reportlint.text.fold import Folded

_LONGEST = 300


@rule(
    on=Report,
    severity="warning",
    of_tables=True,
    fix="safe",
    messages={
        "": ("“{text}”与格式的用词不同，应为“{label}”", "“{text}” is not the form's wording; it reads “{label}”"),
        "order": (
            "列名“{text}”排在了“{label}”的后面，与格式的顺序不同",
            "the column head {text} stands behind {label}; in the form it is before it",
        ),
    },
)
def label_typo(report: Report) -> Iterator[Finding]:
    """A row or column label that is almost the form's; column heads in another order than the form's.

    Source: docs/specification.md §10 has the wording.
    """
    # In a report drawn up after another year's form the right form's heads are not misspelt: see wrong-form.
    heads = report.form.other_heads.values() if report.year and not report.form.covers(report.year) else ()
    others = {head for own in heads for head in own}
    # Where a program jumbled a table, it tore the heads of the others.
    jumbled = any(table.unreadable for section in report.sections for table in section.tables)
    torn = {head.span for table in report.tables for head in table.heads} if jumbled else ()
    # A row that stands twice is unexpected-row's, whatever its number.
    for label in (*report.labels, *(s.label for s in report.strange_rows if s.first is None)):
        if label.how is How.NEAR and label.text not in others and label.span not in torn and not is_torn(report, label):
            fix = reword(report.source, label.span, label.form)
            yield Finding(label, text=label.text, label=label).fixed_by(fix)
    for table in report.tables:
        yield from _order(report, table)


def _order(report: Report, table: Table) -> Iterator[Finding]:
    """Column heads of one line in another order: the figures below may be those of other columns."""
    columns = {name: number for number, name in enumerate(table.form.columns)}
    heads = [head for head in table.heads if head.how is How.EXACT and head.terminal in columns]
    names = [head.terminal for head in sorted(heads, key=lambda head: head.span)]
    if len(columns) > 1 and names and list(columns)[-1] in names[:-1]:
        # A head of two lines in one has 总计 before the columns of its second line.
        heads = [head for head in heads if head.terminal != list(columns)[-1]]
    for before, head in pairwise(sorted(heads, key=lambda head: head.span)):
        if columns[head.terminal] < columns[before.terminal] and _in_one_row(report.folded, before.span, head.span):
            yield Finding(head, "order", text=head, label=before)
            return


def _in_one_row(folded: Folded, one: Span, other: Span) -> bool:
    """Whether two cells stand in one line of the text as it is read: of a web page in one row."""
    start = 0
    for line in folded.text.split("\n"):
        end = start + len(line)
        raw = folded.raw(start, end)
        if raw.start <= one.start and other.end <= raw.end:
            # A report that lost its line ends has all its rows in one.
            return len(line) <= _LONGEST
        start = end + 1
    return False
