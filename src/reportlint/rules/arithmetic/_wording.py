"""What the rules on sums share: rows named, equations written out with the report's own figures."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Words, quoted
from reportlint.model import Row
from reportlint.rules import Finding, Rule
from reportlint.sums.equations import EQUATIONS, fields, side_names, side_sum
from reportlint.sums.verdicts import BrokenSum, Change, Equation
from reportlint.text.numbers import show_like

NOTHING = Words("", "")
NO_LABEL = Words("这张表的数据行", "the row of this table")
_LONG = 20

SUMS = {
    "sum of row-total": ("各列相加为 {sum}", "the columns add up to {sum}"),
    "sum of results-total": ("各行相加为 {sum}", "the rows add up to {sum}"),
    "sum of balance": (
        "两边相加分别为 {sum} 和 {stated}",
        "the two sides make {sum} and {stated}",
    ),
    "sum of disputes-total": ("各项结果相加为 {sum}", "the outcomes add up to {sum}"),
    "sum of group-total": ("组内各行相加为 {sum}", "its rows add up to {sum}"),
}
"""What is said at the stated total of a broken equation."""

SLIPS = {
    "stated": Words("与正文一致", "as the text states"),
    "swapped": Words("两位数字颠倒", "two digits swapped"),
    "dropped": Words("漏写一位数字", "a digit dropped"),
    "doubled": Words("一位数字写了两遍", "a digit doubled"),
    "added": Words("多写一位数字", "a digit too many"),
    "shifted": Words("填到了相邻的格", "written in the next cell"),
    "neighbour": Words("与相邻的格相同", "the next cell's figure"),
    "mistyped": Words("错一位数字", "one digit off"),
}

REMARKS = {
    **EQUATIONS,
    "candidate": ("可能是{change}", "perhaps {change}"),
    "more": ("另有 {count} 种改法也能使合计成立", "{count} more ways would make it hold"),
}


def broken(broken_sum: BrokenSum, rule: Rule) -> Iterator[Finding]:
    """The finding of `rule` for its own sum, with the figures that may be wrong."""
    equation = broken_sum.equation
    if equation.rule != rule.name:
        return
    at = next(term.figure for term in equation.right if term.figure)
    name = equation.right[0].name
    finding = Finding(
        at,
        line=equation.line,
        name=name,
        left=side_names(equation.left),
        right=side_names(equation.right),
        sum=side_sum(equation.left),
        stated=side_sum(equation.right),
    )
    write_out(finding, equation)
    for changes in broken_sum.candidates:
        finding.note("candidate", change=_together(changes))
    if broken_sum.more:
        finding.note("more", count=broken_sum.more)
    yield finding


def write_out(finding: Finding, equation: Equation) -> Finding:
    """Add an equation as a note."""
    return finding.note(equation.rule, **fields(equation))


def point_out(finding: Finding, equation: Equation) -> Finding:
    """Add a label at the total that an equation states, if all its terms are known."""
    stated = equation.right[0].figure
    if stated is None or any(term.value is None for term in (*equation.left, *equation.right)):
        return finding
    return finding.label(
        f"sum of {equation.rule}", stated, sum=side_sum(equation.left), stated=side_sum(equation.right)
    )


def row_name(row: Row) -> str | Words:
    """A row in the words of its label; the row of section four has none."""
    return quoted(row.label.form) if row.label else NO_LABEL


def place(row: Row, column: str, most: int | None = None) -> Words:
    """A cell in the form's words; labels longer than `most` are cut.

    Without a column it is one of the row's figures, with nothing to tell which.
    """
    if row.label is None:
        return Words(quoted(column), column) if column else NO_LABEL
    label = row.label.form
    if most is not None and len(label) > most:
        label = label[:most] + "…"
    return (
        Words(f"{quoted(label)}的{quoted(column)}", f"{column} of {label}")
        if column
        else Words(f"{quoted(label)}中的一个数字", f"a figure of {label}")
    )


def _together(changes: tuple[Change, ...]) -> Words:
    zh, en = zip(*map(_one, changes), strict=True)
    return Words("，同时".join(zh), " together with ".join(en))


def _one(change: Change) -> Words:
    where = place(change.row, change.column, _LONG)
    slip = SLIPS.get(change.slip)
    old = change.figure.text
    if change.value is None:
        return Words(f"{where.zh}：{old} 应为别的数", f"{where.en}: another figure than {old}")
    new = show_like(change.value, old)
    return Words(
        f"{where.zh}：{old} 应为 {new}" + (f"（{slip.zh}）" if slip else ""),
        f"{where.en}: {old} should be {new}" + (f" ({slip.en})" if slip else ""),
    )
