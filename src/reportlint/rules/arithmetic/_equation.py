"""What the rules on sums share: a broken equation written out with the report's own figures."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Words
from reportlint.model import Equation, Figure, Row
from reportlint.numbers import show
from reportlint.rules import Finding, Rule

NO_LABEL = Words("第四部分的数据行", "the row of section four")
REMARKS = {"equation": ("{left} = {sum}，填写的是 {stated}", "{left} = {sum}, stated {stated}")}


def broken(equation: Equation, rule: Rule) -> Iterator[Finding]:
    """The finding of `rule` for its own equation where that does not hold.

    An equation with an unreadable or missing figure is left to other rules.
    """
    if equation.rule != rule.name or not equation.broken:
        return
    left, right = equation.sums
    figures = [figure for _, figure in equation.right if figure]
    finding = Finding(figures[0].span, line=equation.line, sum=show(left), stated=show(right))
    stated = show(right) if len(figures) == 1 else f"{_terms(equation.right)} = {show(right)}"
    yield finding.note("equation", left=_terms(equation.left), sum=show(left), stated=stated)


def row_name(row: Row) -> str | Words:
    """A row in the words of its label; the row of section four has none."""
    return f"“{row.label.form}”" if row.label else NO_LABEL


def _terms(terms: tuple[tuple[str, Figure | None], ...]) -> str:
    """12 + 3 + 5; of a long sum only the terms that are not 0."""
    values = [f.value for _, f in terms if f and f.value is not None]
    shown = [v for v in values if v] if len(values) > 6 else values
    return " + ".join(show(v) for v in shown or values[:1])
