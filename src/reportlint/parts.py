"""Figures in prose that belong together: a total with its parts, a part with its share."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, groupby
from typing import TypeVar

from reportlint.cues import Amount, Cue
from reportlint.diagnostics import Span
from reportlint.statements import Clause, Sentence

_CHANNELS = ("face", "network", "mail", "letter", "fax")
_OUTCOMES = ("granted", "partly", "refused", "unavailable", "not_handled", "other_handling", "leaf")
_DIMENSIONS = {
    "channel": (*_CHANNELS, "other_channel"),
    "applicant": ("person", "organisation", "business", "research", "charity", "legal"),
    "result": ("upheld", "corrected", "other_result", "pending"),
    "outcome": _OUTCOMES,
    "flow": ("done", "handle", "forward", "carry"),
    "origin": ("new", "carried"),
    "dispute": ("review", "litigation", "direct", "after_review"),
    "scope": ("scope_part", "scope_own"),
}
_LISTING = ("分为", "分别", "由", "具体为", "依次")
_MOST_BEFORE = 12
"""Figures further in front are not what a list of parts or a share is of."""
_MOST_CLAUSES = 80
"""A list of parts is no longer."""
_WORDS = 24
"""So many characters in front of a figure are kept to tell what it counts."""
_ENDS = ("among", "year", "last_year", "since", "date", "compare", "part_year", "receive", "new")
"""What begins something else behind a list of parts."""
_UNITS = dict.fromkeys(("件次", "宗", "起", "例", "份", "个", "部"), "件") | {"条次": "条"}
"""Measure words that one list may mix."""
_COUNTS = ("件",)
_UPPER, _LOWER = ("本级", "直", "市政府", "省政府", "机关"), ("县", "区", "乡", "镇", "基层", "下属", "所属")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with the words around it: `kinds` are its cues', `words` what stands before it."""

    amount: Amount
    span: Span
    kinds: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Parts of a total (其中…): `totals` are the figures before them that may be meant.

    `complete` says that the parts claim to be all of it, `disjoint` that nothing can be in two.
    """

    totals: tuple[Quantity, ...]
    parts: tuple[Quantity, ...]
    complete: bool
    disjoint: bool

    @property
    def sum(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.amount.value for part in self.parts), Decimal(0))

    @property
    def fits(self) -> bool:
        """Whether the parts agree with one of the totals."""
        slack = sum((part.amount.within for part in self.parts), Decimal(0))
        for total in self.totals:
            off = self.sum - total.amount.value
            if abs(off) <= slack + total.amount.within:
                return True
            if off < 0 and not self.complete:
                return True
            if off > 0 and not (self.disjoint or self.complete):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of a total: 占 26 %, with the figures that it may be the share of.

    `pairs` are part and total of each possible reading, nearest first.
    """

    percent: Decimal
    span: Span
    pairs: tuple[tuple[Quantity, Quantity], ...]

    @property
    def fits(self) -> bool:
        """Whether one reading agrees, to a tenth of a point or as far as it is rounded (spec C3)."""
        return any(self.of(part, total) for part, total in self.pairs)

    def of(self, part: Quantity, total: Quantity) -> bool:
        """Whether the percentage is that of a part in a total."""
        if not total.amount.value:
            return False
        exact = part.amount.value * 100 / total.amount.value
        rounded = exact.quantize(Decimal(1).scaleb(int(self.percent.as_tuple().exponent)), ROUND_HALF_UP)
        return abs(exact - self.percent) <= Decimal("0.1") or rounded == self.percent


def read_breakdowns(sentences: Sequence[Sentence]) -> list[Breakdown]:
    """Every total with its parts, in order."""
    found: list[Breakdown] = []
    for _, group in groupby(sentences, key=lambda sentence: id(sentence.paragraph)):
        before: list[Quantity] = []
        for sentence in group:
            found.extend(_breakdowns(sentence, before))
            before = [
                quantity for clause in sentence.clauses for quantity in _quantities(sentence, clause, clause.cues)
            ]
    return found


Reckoning = TypeVar("Reckoning", Breakdown, Share)


def unexplained(reckonings: Iterable[Reckoning], contradicted: Mapping[Span, set[Decimal]]) -> list[Reckoning]:
    """Those that are not mended by a figure that contradicts the tables anyway.

    `contradicted` gives each such figure in the text the values that would agree.
    """
    values = [(span, value) for span, values in contradicted.items() for value in values]
    return [r for r in reckonings if not any(_mended(r, span, value) for span, value in values)]


def _mended(reckoning: Breakdown | Share, span: Span, value: Decimal) -> bool:
    def mend(quantity: Quantity) -> Quantity:
        return quantity if quantity.span != span else replace(quantity, amount=quantity.amount._replace(value=value))

    if isinstance(reckoning, Share):
        pairs = tuple((mend(part), mend(total)) for part, total in reckoning.pairs)
        return pairs != reckoning.pairs and replace(reckoning, pairs=pairs).fits
    totals, parts = (tuple(map(mend, quantities)) for quantities in (reckoning.totals, reckoning.parts))
    mended = replace(reckoning, totals=totals, parts=parts)
    return mended != reckoning and mended.fits


def read_shares(sentences: Sequence[Sentence]) -> list[Share]:
    """Every share in per cent whose part and total stand in its sentence or the one before."""
    found: list[Share] = []
    for _, group in groupby(sentences, key=lambda sentence: id(sentence.paragraph)):
        before: list[Quantity] = []
        for sentence in group:
            here: list[Quantity] = []
            for clause in sentence.clauses:
                found.extend(_shares(sentence, clause, [*before[-_MOST_BEFORE:], *here[-_MOST_BEFORE:]]))
                here.extend(_quantities(sentence, clause, clause.cues))
            before = here
    return found


def _shares(sentence: Sentence, clause: Clause, before: list[Quantity]) -> Iterator[Share]:
    shared = False
    own = deque(_quantities(sentence, clause, clause.cues))
    known = deque(before, maxlen=_MOST_BEFORE)
    for cue in clause.cues:
        shared |= cue.kind == "share"
        if cue.kind != "percent" or not shared or cue.amount is None:
            continue
        span = sentence.span(clause.start + cue.start, clause.start + cue.end)
        while own and own[0].span < span:
            known.append(own.popleft())
        pairs = [(known[-1], total) for total in reversed(known)] if known else []
        # 占 may stand before the parts it is of: any two figures of the unit will do.
        pairs += [(part, total) for total, part in combinations(known, 2)]
        pairs = [
            (a, b)
            for a, b in pairs
            if a is not b and a.amount.unit == b.amount.unit and b.amount.value >= a.amount.value > 0
        ]
        if pairs and pairs[0][0] is known[-1]:
            yield Share(cue.amount.value, span, tuple(pairs))


def _breakdowns(sentence: Sentence, before: list[Quantity]) -> Iterator[Breakdown]:
    """The lists of parts of a sentence; `before` are the figures of the sentence in front."""
    known: list[Quantity] = []
    clauses = list(sentence.clauses)
    for number, clause in enumerate(clauses):
        at = next((n for n, cue in enumerate(clause.cues) if cue.kind in ("among", "respectively")), None)
        if at is None:
            known.extend(_quantities(sentence, clause, clause.cues))
            continue
        marker = clause.text[clause.cues[at].start : clause.cues[at].end]
        known.extend(_quantities(sentence, clause, clause.cues[:at]))
        totals = known[-_MOST_BEFORE:] or (before[-_MOST_BEFORE:] if marker == "其中" and not number else [])
        listed = clauses[number : number + _MOST_CLAUSES]
        parts = _parts(sentence, listed, at)
        units = {q.amount.unit for q in parts}
        totals = [q for q in totals if q.amount.unit in units]
        if totals and len(parts) > 0 and len(units) == 1:
            yield _breakdown(totals, parts, marker, sentence.text[clause.start :])
        known.extend(_quantities(sentence, clause, clause.cues[at:]))


def _breakdown(totals: list[Quantity], parts: list[Quantity], marker: str, text: str) -> Breakdown:
    kinds = [q.kinds for q in parts]
    every = frozenset[str]().union(*kinds)
    counted = parts[0].amount.unit in _COUNTS
    rest = len(parts) > 1 and bool(
        every & {"others", "other_channel"} or "其他" in parts[-1].words or "其余" in parts[-1].words
    )
    dimension = _dimension(kinds[0])
    complete = len(parts) > 1 and (
        rest
        or marker.startswith(_LISTING)
        or (dimension == "channel" and counted and len(every & set(_CHANNELS)) >= 3)
        or {"person", "organisation"} <= every
        or (dimension == "outcome" and len(every & set(_OUTCOMES[:6])) >= 6)
        or (dimension == "result" and len(every & set(_DIMENSIONS["result"])) == 4)
        or (dimension == "flow" and "forward" in every and "done" in every)
        or (any(w in parts[0].words for w in _UPPER) and all(any(w in q.words for w in _LOWER) for q in parts[1:]))
    )
    return Breakdown(tuple(totals), tuple(parts), complete and "等" not in text, counted)


def _parts(sentence: Sentence, clauses: list[Clause], at: int) -> list[Quantity]:
    """The figures behind 其中 that are of one unit and one kind."""
    found: list[Quantity] = []
    depth = 0
    dimension = stops = ""
    for number, clause in enumerate(clauses):
        if not clause.cues and clause.stop in "()" and clause.stop:
            depth += 1 if clause.stop == "(" else -1
            if depth < 0:
                break
            continue
        if depth > 0:
            continue  # a part's own parts
        if number and (any(cue.kind in _ENDS for cue in clause.cues) or _ended(clause, found, stops)):
            break
        stops += clause.stop if number and any(cue.kind == "amount" for cue in clause.cues) else ""
        for quantity in _quantities(sentence, clause, clause.cues[at + 1 :] if not number else clause.cues):
            own = _dimension(quantity.kinds)
            if not found:
                dimension = own
            same_unit = not found or quantity.amount.unit == found[0].amount.unit
            if same_unit and (own == dimension or "others" in quantity.kinds or own == ""):
                found.append(quantity)
            elif not same_unit:
                continue
            else:
                return found
    return found


def _ended(clause: Clause, found: list[Quantity], stops: str) -> bool:
    """Whether a list of parts ends at a clause: a ; ends one that commas part."""
    return clause.stop == ";" and len(found) > 1 and ";" not in stops


def _dimension(kinds: frozenset[str]) -> str:
    """What a figure is one part by: channel, applicant, outcome …; "" for what is not known."""
    return next((name for name, members in _DIMENSIONS.items() if kinds & set(members)), "")


def _quantities(sentence: Sentence, clause: Clause, cues: Iterable[Cue]) -> Iterator[Quantity]:
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
        # 17件已按时办结: what counts stands behind where nothing stands in front.
        around = front or behind
        yield Quantity(
            cue.amount._replace(unit=_UNITS.get(cue.amount.unit, cue.amount.unit)),
            sentence.span(clause.start + cue.start, clause.start + cue.end),
            frozenset(c.kind for c in around),
            clause.text[max(0, cue.start - _WORDS) : cue.start],
        )
