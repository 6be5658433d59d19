"""From tokens to the model's labels, each with its place in the text."""

from __future__ import annotations

from reportlint.diagnostics import Span
from reportlint.forms.form import Form
from reportlint.model import How, Label
from reportlint.parse.tokens import Token
from reportlint.source import Source
from reportlint.text.fold import Folded


class Labels:
    """Makes labels of the tokens of one text under a form."""

    def __init__(self, source: Source, folded: Folded, form: Form) -> None:
        self.source = source
        self.folded = folded
        self.form = form

    def of(self, token: Token) -> Label:
        """A token as a label: the form's wording, and what the text has."""
        span = self.span(token)
        raw = self.source.text[span.start : span.end]
        shown = self.folded.text[token.start : token.end] if "<" in raw else raw
        text = "" if token.how is How.MISSING else "".join(shown.split())
        if token.pieces:
            text = token.text
        return Label(token.kind, self.form.labels.get(token.kind, text), text, span, token.how, token.number)

    def span(self, token: Token) -> Span:
        """Where a token stands; a missing one, where it should."""
        if token.how is How.MISSING:
            return self._place_of_missing(token)
        return self.folded.raw(token.start, token.end)

    def _place_of_missing(self, token: Token) -> Span:
        """What stands where the token should: the next word, or the last one of the text."""
        cell = token.cell
        word = cell.words[0] if cell.start >= token.start else cell.words[-1]
        return self.folded.raw(*word)
