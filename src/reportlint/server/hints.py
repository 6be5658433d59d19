"""Inlay hints: what the figures add up to, beside a stated sum that differs."""

from __future__ import annotations

from lsprotocol import types

from reportlint.equations import in_words
from reportlint.server.cells import Cells, difference
from reportlint.server.convert import position
from reportlint.server.project import Checked


def hints(checked: Checked, asked: types.Range) -> list[types.InlayHint]:
    """A hint behind each sum in a range of lines that its row or its column does not make."""
    if checked.recognised is None:
        return []
    made = []
    for equation in Cells(checked.recognised).broken():
        found = difference(equation)
        if found is None:
            continue
        span, value = found
        at = position(checked.positions.position(span.end))
        if asked.start.line <= at.line <= asked.end.line:
            mark = "→" if equation.over_columns else "↓"
            tooltip = in_words(equation, checked.lang)
            made.append(types.InlayHint(at, f"{mark}{value}", tooltip=tooltip, padding_left=True))
    return made
