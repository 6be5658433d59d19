"""Rule unreadable-number; docs/rules/unreadable-number.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.late import Late
from reportlint.model import Row
from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import place, row_name
from reportlint.sums.verdicts import Verdict
from reportlint.text.numbers import show

_SHOWN = 24
_HAS_FIGURE = Late(r"[\d一二三四五六七八九十百千万两]")
_MOST_ROWS = 6
_MOST_BLANK = 4
"""More empty cells of one table than these have one cause, and are one finding."""


@rule(
    on=Verdict,
    severity="error",
    zh="{cell}{what}",
    en="{cell} {what}",
    help=("没有数据的格填 0", "fill cells without data with 0"),
    remarks={
        "somewhere": ("{row}中有一格", "a cell of {row}"),
        "blank": ("是空的", "is empty"),
        "first": ("是空的，全表有 {count} 格空着", "is empty, one of {count} empty cells in this table"),
        "row": ("{row}有 {count} 格空着", "{count} empty cells in {row}"),
        "other": ("填的是“{text}”，不是数字", "is “{text}”, not a number"),
        "inferred": ("由合计可知此格为 {value}", "the sums make it {value}"),
        "torn": ("各项合计对此格的要求不一致：{values}", "the sums disagree on it: {values}"),
    },
)
def unreadable_number(verdict: Verdict) -> Iterator[Finding]:
    """A cell that should hold a figure and holds something else: nothing, /, -, 无, a letter.

    Says what the sums leave for it where they leave one value (docs/specification.md §8.2, A6). A row that
    stands one column aside is left to wrong-figure.
    """
    aside = {change.row.number for culprit in verdict.culprits if culprit.shift for change in culprit.changes}
    words = unreadable_number.words
    blank = sum(figure.value is None and not figure.text for row in verdict.table.rows for figure in row.figures)
    told = False
    for row in verdict.table.rows:
        if row.is_group or row.number in aside or None not in [figure.value for figure in row.figures]:
            continue
        names = [verdict.wordings[column] for column in row.cells]
        for number, figure in enumerate(row.figures):
            if figure.value is not None or (told and not figure.text):
                continue
            cell = place(row, names[number]) if names else words("somewhere", row=row_name(row))
            what = words("other", text=_cut(figure.text)) if figure.text else words("blank")
            if not figure.text and blank > _MOST_BLANK:
                told = True
                yield _together(Finding(figure, cell=cell, what=words("first", count=blank)), verdict, row)
                continue
            finding = Finding(figure, cell=cell, what=what)
            value = verdict.inferred.get(figure.span)
            if value is not None:
                finding.note("inferred", value=show(value))
            elif figure.span in verdict.torn:
                finding.note("torn", values=[show(value) for value in verdict.torn[figure.span]])
            # 二 and 12件 are data: a 0 would be wrong.
            yield finding.without_help() if value or _HAS_FIGURE.search(figure.text) else finding


def _together(finding: Finding, verdict: Verdict, first: Row) -> Finding:
    """A finding on many empty cells, with the other rows that have some; not where most rows do."""
    rows = [(row, [f for f in row.figures if f.value is None and not f.text]) for row in verdict.table.rows]
    others = [(row, blank) for row, blank in rows if blank and row is not first and not row.is_group]
    for row, blank in others if len(others) <= _MOST_ROWS else ():
        finding.label("row", blank[0], row=row_name(row), count=len(blank))
    return finding


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
