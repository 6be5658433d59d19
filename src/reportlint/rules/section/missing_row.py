"""Rule missing-row; docs/rules/missing-row.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportlint.model import How, Table
from reportlint.rules import Finding, rule


@rule(
    on=Table,
    severity="error",
    zh="表格缺少{rows}",
    en="the table lacks {rows}",
    help=(
        "格式规定的每一行、每个表题都要保留，没有数据填 0",
        "keep every row and caption of the form, with 0 where there is nothing",
    ),
    remarks={
        "instead": ("此处写的是“{text}”", "here stands “{text}”"),
        "place": ("应当位于此处之前", "it should stand before this place"),
        "behind": ("应当位于此处之后", "it should stand behind this place"),
        "figures": ("数字还在，只是行名丢失", "its figures are there; only the label is lost"),
    },
)
def missing_row(table: Table) -> Iterator[Finding]:
    """A row of the form is not in its table; rows missing in a run are one finding.

    Points to what stands where the row should (docs/specification.md §3.5, §3.6).
    """
    if not table.has_figures:
        return
    labels = [(table.caption, False)] if table.caption else []
    labels += [(row.label, bool(row.figures)) for row in table.rows if row.label and not row.misplaced]
    end = max((row.place.end for row in table.rows if row.label and not row.label.missing), default=0)
    for how, group in groupby(labels, key=lambda item: item[0].how):
        run = list(group)
        if how is How.RENAMED:
            for label, _ in run:
                yield Finding(label, rows=[f"“{label.form}”"]).note("instead", text=label.text)
        elif how is How.MISSING:
            finding = Finding(run[0][0], rows=[f"“{label.form}”" for label, _ in run])
            # At the end of a text there is nothing behind the place to point to.
            place = "behind" if run[0][0].span.start < end and run[-1] is labels[-1] else "place"
            yield finding.note("figures" if run[0][1] else place)
