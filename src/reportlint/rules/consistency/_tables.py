"""How findings of text against tables name cells."""

from __future__ import annotations

from reportlint.forms.form import Form
from reportlint.prose.comparisons import Candidate, Meant
from reportlint.text.keys import split_number
from reportlint.text.numbers import show

_MOST_TERMS = 4


def cell_name(form: Form, cell: Meant) -> str:
    """A cell in the form's words: 一、本年新收政府信息公开申请数量·总计."""
    row = form.labels.get(cell.row)
    return form.column(cell.column) if row is None else f"{row.split('（区分')[0]}·{form.column(cell.column)}"


def sum_name(form: Form, candidate: Candidate) -> str:
    """The cells of a candidate with their values, those that are 0 left out of a long sum."""
    cells = candidate.cells
    if len(cells) == 1:
        return f"{cell_name(form, cells[0][1])} {show(candidate.value)}"
    shown = [(s, c) for s, c in cells if c.values[0]] if len(cells) > _MOST_TERMS else list(cells)
    parts = [f"{'−' if s < 0 else '+'} {_short(form, c)} {show(c.values[0])}" for s, c in shown or cells[:1]]
    return f"{' '.join(parts).removeprefix('+ ')} = {show(candidate.value)}"


def _short(form: Form, cell: Meant) -> str:
    row = form.labels.get(cell.row)
    if row is None:
        return form.column(cell.column)
    name = split_number(row.replace("（", "(").replace("）", ")").replace("、", ",", 1))[1].split("(")[0]
    column = form.column(cell.column)
    return name if form.is_total(cell.row, cell.column) else f"{name}·{column}"
