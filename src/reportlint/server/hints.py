"""Inlay hints: what the figures add up to, beside a stated sum that differs."""

from __future__ import annotations

from lsprotocol import types

from reportlint.run.analysis import difference
from reportlint.server.convert import position
from reportlint.server.project import Checked
from reportlint.sums.equations import in_words


def hints(checked: Checked, asked: types.Range) -> list[types.InlayHint]:
    """A hint behind each sum in a range of lines that its row or its column does not make."""
    if checked.analysis is None or checked.recognised is None:
        return []
    made = []
    for equation in checked.analysis.broken():
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
