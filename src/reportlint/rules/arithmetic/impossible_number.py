"""Rule impossible-number; docs/rules/impossible-number.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportlint.diagnostics import Words
from reportlint.forms.form import Bound
from reportlint.model import Figure, Row
from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import place, row_name
from reportlint.sums.verdicts import Verdict
from reportlint.text.numbers import show


@rule(
    on=Verdict,
    severity="error",
    zh="{cell}填的 {text} {what}",
    en="{text} in {cell} {what}",
    remarks={
        "negative": ("是负数，件数不能小于 0", "is negative; a count is 0 or more"),
        "owed": ("是负数，金额不能小于 0", "is negative; an amount is 0 or more"),
        "fraction": ("不是整数，件数应为整数", "is not whole; a count has no fraction"),
        "unit": ("带有单位，此格只填数字", "carries a unit; the cell takes the bare number"),
        "money": ("的单位与表头“{column}”不符", "has another unit than its column, {column}"),
        "short": ("小于“{column}” {least}", "is less than {column}, {least}"),
        "below": ("使“{column}”减到 0 以下", "takes {column} below 0"),
        "bound": ("{greater} 应不小于 {less}", "{greater} should be no less than {less}"),
        "inferred": ("由合计可知此格为 {value}", "the sums make it {value}"),
    },
)
def impossible_number(verdict: Verdict) -> Iterator[Finding]:
    """A negative or fractional count; a unit or money in a count cell; a whole below its part.

    Changes (本年增/减) carry a sign; money may have a fraction, and its unit in the cell where
    the form's column names none; where it names one, the unit again is an info and another a warning
    (docs/specification.md §5, I8–I10). A figure smaller than the form's inequalities
    allow is a warning, for the form does not print those.
    """
    for row in verdict.table.rows:
        if "".join(figure.text for figure in row.figures).isdecimal():
            # Bare digits in every cell: nothing but a bound can be broken.
            for bound in verdict.table.form.bounds:
                yield from _bound(row, bound, verdict.wordings)
            continue
        columns = row.cells or dict.fromkeys(map(str, range(len(row.figures))))
        found = False
        for column, figure in zip(columns, row.figures, strict=False):
            what = _problem(row, column, figure, verdict.wordings.get(column, ""))
            if what is not None:
                found = True
                cell = place(row, verdict.wordings[column]) if row.cells else row_name(row)
                finding = Finding(figure, cell=cell, text=figure.text, what=what)
                if figure.unit and column in row.table.money and (figure.value or 0) >= 0:
                    finding.at_severity("warning" if figure.unit == "元" else "info")
                if figure.span in verdict.inferred:
                    finding.note("inferred", value=show(verdict.inferred[figure.span]))
                yield finding
        if not found:
            for bound in verdict.table.form.bounds:
                yield from _bound(row, bound, verdict.wordings)


def _bound(row: Row, bound: Bound, wordings: Mapping[str, str]) -> Iterator[Finding]:
    greater, less = ([row.cells.get(name) for name in names] for names in (bound.greater, bound.less))
    values = [[f.value for f in side if f and f.value is not None] for side in (greater, less)]
    figure = greater[-1]
    if figure is None or any(len(side) < len(v) for side, v in zip(values, (greater, less), strict=True)):
        return
    if sum(values[0]) >= sum(values[1]):
        return
    words = impossible_number.words
    if bound.less:
        what = words("short", column=wordings.get(bound.less[0], ""), least=" + ".join(map(show, values[1])))
    else:
        what = words("below", column=wordings.get(bound.greater[0], ""))
    cell = place(row, wordings[bound.greater[-1]])
    finding = Finding(figure, cell=cell, text=figure.text, what=what).at_severity("warning")
    names = [" + ".join(wordings.get(n, "") for n in side) or "0" for side in (bound.greater, bound.less)]
    yield finding.note("bound", greater=names[0], less=names[1])


def _problem(row: Row, column: str, figure: Figure, wording: str) -> Words | None:
    words = impossible_number.words
    if figure.value is None:
        return None
    if column in row.table.money:
        if figure.unit == "元" and "万元" in wording:
            return words("money", column=wording)
        if figure.unit and "单位" in wording and (figure.value or 0) >= 0:
            return words("unit")
        return words("owed") if figure.value < 0 else None
    if figure.unit:
        return words("unit")
    known = bool(row.cells)
    if figure.value < 0 and (column not in row.table.signed if known else not row.table.signed):
        return words("negative")
    if figure.value != int(figure.value) and (known or not row.table.money):
        return words("fraction")
    return None
