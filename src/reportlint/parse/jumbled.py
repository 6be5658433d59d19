"""Small tables that a program wrote by columns: their labels first, and their figures somewhere behind."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlint.forms.form import Form, SectionForm
from reportlint.forms.tables import ROLE_OF, Role
from reportlint.parse.tokens import Token

_SEVERAL = 2
"""A section of so many tables has small ones, whose rows are labels with few figures."""
_BARE, _BEHIND_HEADS = 3, 2
"""So many rows without a figure, and heads with one behind them, are no slips."""


def set_aside(tokens: list[Token], form: Form) -> tuple[list[Token], frozenset[str]]:
    """The tokens without those of jumbled tables, and the headings of the sections that these are of.

    As `pdftotext` writes section two: no figure can be said to be that of a row.
    """
    jumbled = [s for s in form.sections if len(s.tables) >= _SEVERAL and _is_jumbled(tokens, s)]
    for section in jumbled:
        tokens = _without(tokens, section)
    return tokens, frozenset(section.heading for section in jumbled)


def _is_jumbled(tokens: Sequence[Token], section: SectionForm) -> bool:
    labels = section.labels
    bare = behind_heads = 0
    for token, following in pairwise(tokens):
        if token.kind in labels:
            role, has_figure = ROLE_OF[token.kind], following.kind == "FIGURE"
            bare += role is Role.ROW and not has_figure
            behind_heads += role is Role.COLUMN and has_figure
    return bare >= _BARE and behind_heads >= _BEHIND_HEADS


def _without(tokens: Sequence[Token], section: SectionForm) -> list[Token]:
    """The tokens without a section's labels and the figures behind them."""
    labels = section.labels
    kept: list[Token] = []
    within = False
    for token in tokens:
        within = token.kind in labels or (within and token.kind == "FIGURE")
        if not within:
            kept.append(token)
    return kept
