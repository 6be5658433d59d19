"""What prose is read into: sentences of clauses, and the figures that they state."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.diagnostics import Span
from reportlint.model import Paragraph
from reportlint.prose.lexicon import Amount, Cue
from reportlint.tuples import NamedTuple


class Statement(NamedTuple):
    """A figure that a sentence states, or a claim that needs none (均获维持).

    `subject` is what is counted, a name of the form's [states]; `scope` whose count it is: ""
    where nothing is said, "whole" (全市), "part" (市本级, 各县区), "own" (本机关), or an organ as
    the sentence names it; `phrase` are the words that were understood; `within` are the applicants,
    outcomes and stages that the sentence has named so far. `year` is None where the report's own is meant.
    """

    subject: str
    amount: Amount | None
    span: Span
    phrase: str
    paragraph: Paragraph
    scope: str = ""
    year: int | None = None
    negated: bool = False
    within: frozenset[str] = frozenset()

    @property
    def is_claim(self) -> bool:
        """Whether it says something of figures without stating one."""
        return self.amount is None or self.negated


class Clause(NamedTuple):
    """A stretch of a sentence between stops: its cues, and the stop in front of it."""

    text: str
    start: int
    stop: str
    cues: tuple[Cue, ...]

    @property
    def bracket(self) -> str:
        """The bracket that it stands for, which has no text; else ""."""
        return "" if self.text else self.stop


class Sentence(NamedTuple):
    """A sentence without blanks; `places` gives each character its offset in the paragraph."""

    text: str
    places: Sequence[int]
    paragraph: Paragraph
    clauses: tuple[Clause, ...]
    statements: tuple[Statement, ...] = ()

    def has(self, kind: str) -> bool:
        """Whether a cue of some kind is in it."""
        return any(cue.kind == kind for clause in self.clauses for cue in clause.cues)

    def span(self, start: int, end: int) -> Span:
        """The raw range of text[start:end]."""
        return self.paragraph.span(self.places[start], self.places[end - 1] + 1)
