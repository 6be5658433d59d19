"""Rule wrong-figure; docs/rules/wrong-figure.md is its page and its test."""

from __future__ import annotations

from decimal import Decimal

from reportlint.diagnostics import Edit, Fix, Safety, Words, around
from reportlint.rules import Finding, rule
from reportlint.rules.arithmetic._wording import SLIPS, SUMS, place, point_out, row_name, write_out
from reportlint.sums.equations import EQUATIONS
from reportlint.sums.verdicts import Change, Culprit
from reportlint.text.numbers import show_like

_MOST_NAMED = 3


@rule(
    on=Culprit,
    severity="error",
    fix="unsafe",
    zh="{what}{mend}",
    en="{what}{mend}",
    help=(
        "请核对原始台账；--fix 从不修改数字",
        "check the original record; figures are never changed by --fix",
    ),
    remarks={
        **EQUATIONS,
        **SUMS,
        "figure": ("{place}为 {stated}", "{place} is {stated}"),
        "value": ("；改为 {value}，各项合计全部成立", "; every sum holds with {value}"),
        "all": (
            "；改为 {value}，并且{others}，各项合计全部成立",
            "; every sum holds with {value} and with {others}",
        ),
        "own": ("；改为 {value}，它所在的合计成立", "; its sums hold with {value}"),
        "open": (
            "，与合计不符；合计不能确定应为多少",
            "; the sums do not hold with it, and leave open what it should be",
        ),
        "left": ("{row}一行的数字整体偏左一列", "the figures of {row} stand one column to the left"),
        "right": ("{row}一行的数字整体偏右一列", "the figures of {row} stand one column to the right"),
        "value moved": ("；移回原列，各项合计全部成立", "; every sum holds with them moved"),
        "all moved": (
            "；移回原列，并且{others}，各项合计全部成立",
            "; every sum holds with them moved and with {others}",
        ),
        "own moved": ("；移回原列，对不上的合计更少", "; fewer sums are broken with them moved"),
        "other": ("{place}改为 {value}", "{value} for {place}"),
        "others": ("另外 {count} 处也改正", "{count} more corrected"),
        "other open": ("改正{place}", "another figure for {place}"),
        "other moved": ("{row}一行移回原列", "the figures of {row} moved back"),
        "slip": ("{old} 应为 {new}：{slip}", "{old} should be {new}: {slip}"),
        "moves": ("“{column}”：{old} 应为 {new}", "{column}: {old} should be {new}"),
        "empty": ("（空白）", "(empty)"),
    },
)
def wrong_figure(culprit: Culprit) -> list[Finding]:
    """The smallest set of figures that explains every broken sum is unique, and this is in it.

    A row whose figures all stand one column aside is one finding. Method: Fellegi and Holt 1976
    (docs/arithmetic.md); equations: docs/specification.md §5, I1–I4.
    """
    words = wrong_figure.words
    first = culprit.changes[0]
    others = tuple(map(_mended, culprit.others[:_MOST_NAMED]))
    if (left := len(culprit.others) - len(others)) > 0:
        others += (words("others", count=left),)
    if culprit.shift:
        what, mend = (
            words("left" if culprit.shift < 0 else "right", row=row_name(first.row)),
            words(f"{culprit.holds} moved", others=others),
        )
    else:
        what = words("figure", place=place(first.row, first.column), stated=first.figure.text)
        mend = (
            words("open")
            if first.value is None
            else words(culprit.holds, value=show_like(first.value, first.figure.text), others=others)
        )
    finding = Finding(around(change.figure.span for change in culprit.changes), what=what, mend=mend)
    if culprit.shift:
        for change in culprit.changes:
            finding.note(
                "moves",
                column=change.column,
                old=change.figure.text or words("empty"),
                new=show_like(change.value or Decimal(0), change.figure.text),
            )
        return [finding.fixed_by(_fix(culprit.changes))]
    for equation in culprit.equations:
        write_out(point_out(finding, equation), equation)
    if first.slip:
        finding.note(
            "slip",
            old=first.figure.text,
            new=show_like(first.value or Decimal(0), first.figure.text),
            slip=SLIPS[first.slip],
        )
    return [finding.fixed_by(_fix(culprit.changes))]


def _mended(other: Culprit) -> Words:
    """What another culprit becomes."""
    words, first = wrong_figure.words, other.changes[0]
    if other.shift:
        return words("other moved", row=row_name(first.row))
    where = place(first.row, first.column)
    if first.value is None:
        return words("other open", place=where)
    return words("other", place=where, value=show_like(first.value, first.figure.text))


def _fix(changes: tuple[Change, ...]) -> Fix | None:
    edits = tuple(
        Edit(c.figure.span, show_like(c.value, c.figure.text)) for c in changes if c.value is not None and c.figure.text
    )
    return Fix(edits, Safety.UNSAFE) if len(edits) == len(changes) else None
