"""Tables that a program tore apart: their rows in order, where every sum says that they are those of the form."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from reportlint.forms.form import RowForm, TableForm
from reportlint.forms.tables import Role
from reportlint.model import Figure, How
from reportlint.parse.figures import FigureReader
from reportlint.parse.tokens import Token

_LEAST = 3
"""A table of fewer columns is too easily made up of other figures."""
_SUMS = 2
"""So many sums over rows must hold in every column."""


def reassemble(
    tokens: Sequence[Token], form: TableForm, reader: FigureReader
) -> list[tuple[RowForm, list[Figure]]] | None:
    """The rows of a table with their figures, from the lines of a text with as many figures as it has columns.

    None unless there are as many such lines as rows and every sum of the form holds: then nothing but the words
    beside them is lost.
    """
    width = len(form.columns)
    rows = [row for row in form.rows if not row.is_group]
    if width < _LEAST or len(rows) < _LEAST:
        return None
    lines = [list(line) for _, line in groupby(tokens, key=lambda token: token.cell.line)]
    whole = [line for line in lines if sum(token.kind == "FIGURE" for token in line) == width]
    if len(whole) != len(rows) or any(_names_another(line, row) for line, row in zip(whole, rows, strict=True)):
        return None
    figures = [list(reader.read([token for token in line if token.kind == "FIGURE"], form)) for line in whole]
    values = {
        row.label: [figure.value for figure in found if figure.value is not None]
        for row, found in zip(rows, figures, strict=True)
    }
    if any(len(found) != width for found in values.values()) or not _hold(form, values):
        return None
    return list(zip(rows, figures, strict=True))


def loose_lines(tokens: Sequence[Token], form: TableForm) -> int:
    """How many lines have as many figures as a table has columns, and no label of a row."""
    width = len(form.columns)
    lines = [list(line) for _, line in groupby(tokens, key=lambda token: token.cell.line)] if width >= _LEAST else []
    return sum(
        sum(token.kind == "FIGURE" for token in line) == width and not any(token.role is Role.ROW for token in line)
        for line in lines
    )


def _names_another(line: Sequence[Token], row: RowForm) -> bool:
    """Whether a line has the label of another row than the one whose figures it would be."""
    return any(t.role is Role.ROW and t.how is How.EXACT and t.kind != row.label for t in line)


def _hold(form: TableForm, values: dict[str, list[Decimal]]) -> bool:
    """Whether every sum holds over the rows that have figures, and enough of them are over rows."""
    over_rows = 0
    for one in form.sums:
        if one.over_columns:
            places = {name: at for at, name in enumerate(form.columns)}
            terms = [[row[places[name]] for name in one.sum] for row in values.values()]
            totals = [[row[places[name]] for name in one.equals] for row in values.values()]
        elif all(name in values for name in (*one.sum, *one.equals)):
            over_rows += 1
            terms = [[values[name][at] for name in one.sum] for at in range(len(form.columns))]
            totals = [[values[name][at] for name in one.equals] for at in range(len(form.columns))]
        else:
            continue  # of groups, which have no figures
        if any(sum(a, Decimal(0)) != sum(b, Decimal(0)) for a, b in zip(terms, totals, strict=True)):
            return False
    return over_rows >= _SUMS
