"""A form's equations in words, with a report's own figures."""

from __future__ import annotations

from reportlint.diagnostics import Words
from reportlint.sums.grid import total, written
from reportlint.sums.verdicts import Equation, Term
from reportlint.text.keys import key, split_number
from reportlint.text.numbers import show

EQUATIONS = {
    "row-total": ("行：{adding}，填写的是 {stated}", "row: {adding}, stated {stated}"),
    "results-total": (
        "列：“{line}”的各行相加：{adding}，{name}填写的是 {stated}",
        "column: rows of {line} add up to {adding}, {name} states {stated}",
    ),
    "balance": (
        "列：“{line}”的{left}：{adding}，{right}：{stated}",
        "column: {left} of {line}: {adding}, {right}: {stated}",
    ),
    "disputes-total": (
        "“{line}”的各项结果相加：{adding}，总计填写的是 {stated}",
        "outcomes of {line} add up to {adding}, 总计 states {stated}",
    ),
    "group-total": (
        "组：“{line}”一列组内各行相加：{adding}，{name}填写的是 {stated}",
        "group: its rows in {line} add up to {adding}, {name} states {stated}",
    ),
}
"""An equation in full, by the rule that reports it."""


def in_words(equation: Equation, lang: str) -> str:
    """An equation in full, in zh or en."""
    values = {name: value(lang) if isinstance(value, Words) else value for name, value in fields(equation).items()}
    return Words(*EQUATIONS[equation.rule])(lang).format_map(values)


def fields(equation: Equation) -> dict[str, object]:
    """What the wording of an equation names."""
    one = len(equation.right) == 1
    return {
        "line": equation.line,
        "name": equation.right[0].name,
        "left": side_names(equation.left),
        "right": side_names(equation.right),
        "adding": _adding(equation.left),
        "stated": side_sum(equation.right) if one else _adding(equation.right),
    }


def side_names(terms: tuple[Term, ...]) -> Words:
    """The rows or columns on one side of an equation, without their numbers and remarks."""
    names = [split_number(key(term.name))[1].partition("(")[0] for term in terms]
    return Words("加".join(names), " + ".join(names))


def side_sum(terms: tuple[Term, ...]) -> Words:
    """What one side adds up to, as far as its terms are known."""
    known = show(total(terms))
    if any(term.value is None for term in terms):
        return Words(f"至少 {known}", f"at least {known}")
    return Words(known, known)


def _adding(terms: tuple[Term, ...]) -> str:
    """12 + 3 = 15; 15 alone where there is nothing to add."""
    text = written(terms)
    return text if "+" not in text or "?" in text else f"{text} = {show(total(terms))}"
