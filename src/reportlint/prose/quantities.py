"""Figures in a sentence with the words that go with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Protocol, TypeVar

from reportlint.diagnostics import Span
from reportlint.prose.lexicon import Amount, Cue
from reportlint.prose.sentences import Clause, Sentence
from reportlint.text.measures import SAME
from reportlint.tuples import NamedTuple

MOST_BEFORE = 12
"""Figures further in front are not what a list of parts or a share is of."""
_WORDS = 24
"""So many characters in front of a figure are kept to tell what it counts."""
_COUNTS = ("件", "件次", "宗", "起", "例")


class Quantity(NamedTuple):
    """A figure with the words around it: `kinds` are its cues', `words` what stands before it.

    `single` says that each of what it counts is counted once, as cases are.
    """

    amount: Amount
    span: Span
    kinds: frozenset[str]
    words: str
    single: bool = True


class Reckoning(Protocol):
    """Figures that are said to go together."""

    @property
    def quantities(self) -> Iterable[Quantity]:
        """All that take part."""
        ...

    @property
    def fits(self) -> bool:
        """Whether they do."""
        ...

    def mended(self, span: Span, value: Decimal) -> Reckoning:
        """The same with another figure in a place."""
        ...


Kind = TypeVar("Kind", bound=Reckoning)


def mend(quantity: Quantity, span: Span, value: Decimal) -> Quantity:
    """A figure, or if it stands at `span` the same with another value."""
    return quantity if quantity.span != span else quantity._replace(amount=quantity.amount._replace(value=value))


def unexplained(reckonings: Iterable[Kind], contradicted: Mapping[Span, set[Decimal]]) -> list[Kind]:
    """Those that are not mended by a figure that contradicts the tables anyway.

    `contradicted` gives each such figure in the text the values that would agree.
    """
    return [r for r in reckonings if r.fits or not any(_explanations(r, contradicted))]


def _explanations(reckoning: Reckoning, contradicted: Mapping[Span, set[Decimal]]) -> Iterator[bool]:
    spans = {quantity.span for quantity in reckoning.quantities}
    for span in sorted(spans & contradicted.keys())[:MOST_BEFORE]:
        yield from (reckoning.mended(span, value).fits for value in contradicted[span])


def with_those_before(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sentence | None]]:
    """Each sentence with the one in front of it in its paragraph."""
    for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph.runs):
        before: Sentence | None = None
        for sentence in group:
            yield sentence, before
            before = sentence


def last_figures(sentence: Sentence | None) -> list[Quantity]:
    """The last counted figures of a sentence, those in brackets left out."""
    if sentence is None:
        return []
    found = (q for clause in _outside_brackets(sentence) for q in quantities(sentence, clause, clause.cues))
    return [*found][-MOST_BEFORE:]


def _outside_brackets(sentence: Sentence) -> Iterator[Clause]:
    """The clauses that stand in no brackets: what stands in them is told beside."""
    depth = 0
    for clause in sentence.clauses:
        depth += clause.bracket == "("
        depth -= clause.bracket == ")" and depth > 0
        if not depth:
            yield clause


def quantities(sentence: Sentence, clause: Clause, cues: Iterable[Cue]) -> Iterator[Quantity]:
    """The counted figures among cues, each with the kinds of the cues that go with it."""
    held: list[Cue] = []
    made: list[tuple[Cue, list[Cue], list[Cue]]] = []
    for cue in cues:
        if cue.kind == "amount":
            made.append((cue, held, []))
            held = []
        elif cue.kind == "and" and made:
            held = []
        else:
            held.append(cue)
            if made:
                made[-1][2].append(cue)
    for cue, front, behind in made:
        assert cue.amount is not None
        # 17件已按时办结, 尚有6件结转下年: what counts stands behind where nothing that counts stands in front.
        told = any(c.kind != "gap" for c in front)
        around = [*front, *(c for c in behind if not told or c.kind == "forward")]
        yield Quantity(
            cue.amount._replace(unit=SAME.get(cue.amount.unit, cue.amount.unit)),
            sentence.span(clause.start + cue.start, clause.start + cue.end),
            frozenset(c.kind for c in around),
            clause.text[max(0, cue.start - _WORDS) : cue.start],
            cue.amount.unit in _COUNTS,
        )
