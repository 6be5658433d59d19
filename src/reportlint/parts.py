"""Figures in prose that belong together: a total with its parts, a part with its share."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise
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
_LISTING = ("分为", "具体为")
_MEDIA = re.compile("网站|微信|微博|新媒体|公众号|公报|报刊|报纸|电视|抖音|媒体|平台|公开栏|客户端")
"""One item may stand on several of these."""
_MOST_BEFORE = 12
"""Figures further in front are not what a list of parts or a share is of."""
_MOST_CLAUSES = 80
"""A list of parts is no longer."""
_WORDS = 24
"""So many characters in front of a figure are kept to tell what it counts."""
_ENDS = ("among", "year", "last_year", "since", "date", "compare", "part_year", "receive", "new", "respectively")
"""What begins something else behind a list of parts."""
_UNITS = dict.fromkeys(("件次", "宗", "起", "例", "个", "部"), "件") | {"条次": "条"}
"""Measure words that one list may mix."""
_COUNTS = ("件", "件次", "宗", "起", "例")
_UPPER, _LOWER = ("本级", "直", "市政府", "省政府", "机关"), ("县", "区", "乡", "镇", "基层", "下属", "所属")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with the words around it: `kinds` are its cues', `words` what stands before it.

    `single` says that each of what it counts is counted once, as cases are.
    """

    amount: Amount
    span: Span
    kinds: frozenset[str]
    words: str
    single: bool = True


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
        """Whether the parts agree with one of the totals, or with all of them together."""
        slack = sum((q.amount.within for q in (*self.totals, *self.parts)), Decimal(0))
        totals = [total.amount.value for total in self.totals]
        for total in (*totals, sum(totals, Decimal(0))):
            off = self.sum - total
            if abs(off) <= slack or (off < 0 and not self.complete) or (off > 0 and not self.disjoint):
                return True
        return self._nested()

    def _nested(self) -> bool:
        """Whether some of the parts are the parts of the one in front of them."""
        values = [part.amount.value for part in self.parts]
        return any(
            sum(values[first + 1 : last], Decimal(0)) == values[first]
            for first in range(len(values) - 2)
            for last in range(first + 3, min(len(values), first + 8) + 1)
            if values[first]
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of a total: 占 26 %, with the figures that it may be the share of.

    Each of `pairs` is a possible reading, nearest first: parts that are added up, and the total.
    """

    percent: Decimal
    span: Span
    pairs: tuple[tuple[tuple[Quantity, ...], Quantity], ...]

    @property
    def fits(self) -> bool:
        """Whether one reading agrees, to a tenth of a point or as far as it is rounded (spec C3)."""
        return any(self._is(exact) for exact in map(self.exact, self.pairs) if exact is not None)

    @staticmethod
    def exact(pair: tuple[tuple[Quantity, ...], Quantity]) -> Decimal | None:
        """The parts in per cent of the total; None of a total of 0."""
        parts, total = pair
        if not total.amount.value:
            return None
        return sum((part.amount.value for part in parts), Decimal(0)) * 100 / total.amount.value

    def _is(self, exact: Decimal) -> bool:
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
    return [r for r in reckonings if not any(_mended(r, *other) for other in _contradicted(r, contradicted))]


def _contradicted(
    reckoning: Breakdown | Share, contradicted: Mapping[Span, set[Decimal]]
) -> Iterator[tuple[Span, Decimal]]:
    if isinstance(reckoning, Share):
        spans = {q.span for parts, total in reckoning.pairs for q in (*parts, total)}
    else:
        spans = {q.span for q in (*reckoning.totals, *reckoning.parts)}
    for span in sorted(spans & contradicted.keys())[:_MOST_BEFORE]:
        yield from ((span, value) for value in contradicted[span])


def _mended(reckoning: Breakdown | Share, span: Span, value: Decimal) -> bool:
    def mend(quantity: Quantity) -> Quantity:
        return quantity if quantity.span != span else replace(quantity, amount=quantity.amount._replace(value=value))

    if isinstance(reckoning, Share):
        pairs = tuple((tuple(map(mend, parts)), mend(total)) for parts, total in reckoning.pairs)
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
            found.extend(_shares(sentence, before))
            before = [
                quantity for clause in sentence.clauses for quantity in _quantities(sentence, clause, clause.cues)
            ]
    return found


def _shares(sentence: Sentence, before: list[Quantity]) -> Iterator[Share]:
    """The shares of parts that stand behind 其中; of what others are, nothing tells."""
    known = deque[Quantity](maxlen=_MOST_BEFORE)
    totals: list[Quantity] = []
    parts = deque[Quantity](maxlen=_MOST_BEFORE)
    listed = False
    for number, clause in enumerate(sentence.clauses):
        own = deque(_quantities(sentence, clause, clause.cues))
        spread = any(cue.kind == "respectively" for cue in clause.cues)
        for last, cue in pairwise((None, *clause.cues)):
            assert cue is not None
            place = sentence.span(clause.start + cue.start, clause.start + cue.end)
            while own and own[0].span < place:
                (parts if listed else known).append(own.popleft())
            if cue.kind == "among":
                first = clause.text.startswith("其中") and not number
                listed, totals = True, [*known, *parts] or (before[-_MOST_BEFORE:] if first else [])
                parts.clear()
            elif cue.kind == "percent" and last and last.kind == "share" and cue.amount and not spread and parts:
                pairs = tuple(_pairs(list(parts), totals))
                if pairs:
                    yield Share(cue.amount.value, place, pairs)
        (parts if listed else known).extend(own)


def _pairs(parts: list[Quantity], totals: list[Quantity]) -> Iterator[tuple[tuple[Quantity, ...], Quantity]]:
    """The last part, or the last few together, of each total."""
    for count in range(1, len(parts) + 1):
        some = tuple(parts[-count:])
        value = sum((part.amount.value for part in some), Decimal(0))
        for total in reversed(totals):
            if total.amount.unit == some[-1].amount.unit and total.amount.value >= value > 0:
                yield some, total


def _breakdowns(sentence: Sentence, before: list[Quantity]) -> Iterator[Breakdown]:
    """The lists of parts of a sentence; `before` are the figures of the sentence in front."""
    known: list[Quantity] = []
    clauses = list(sentence.clauses)
    for number, clause in enumerate(clauses):
        at = next((n for n, cue in enumerate(clause.cues) if cue.kind == "among"), None)
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
            marker += "分别" * any(cue.kind == "respectively" for cue in (*clause.cues[at:], *_behind(clauses, number)))
            yield _breakdown(totals, parts, marker, sentence.text[clause.start :])
        known.extend(_quantities(sentence, clause, clause.cues[at:]))


def _behind(clauses: list[Clause], number: int) -> tuple[Cue, ...]:
    return clauses[number + 1].cues if number + 1 < len(clauses) else ()


def _breakdown(totals: list[Quantity], parts: list[Quantity], marker: str, text: str) -> Breakdown:
    kinds = [q.kinds for q in parts]
    every = frozenset[str]().union(*kinds)
    apart = not any(_MEDIA.search(q.words) for q in parts)
    rest = len(parts) > 1 and bool(
        every & {"others", "other_channel"} or "其他" in parts[-1].words or "其余" in parts[-1].words
    )
    dimension = _dimension(kinds[0])
    complete = len(parts) > 1 and (
        rest
        or marker.startswith(_LISTING)
        or marker.endswith("分别")
        or (dimension == "channel" and len(every & set(_CHANNELS)) >= 3)
        or {"person", "organisation"} <= every
        or (dimension == "outcome" and len(every & set(_OUTCOMES[:6])) >= 6)
        or (dimension == "result" and len(every & set(_DIMENSIONS["result"])) == 4)
        or (dimension == "flow" and "forward" in every and "done" in every)
        or (any(w in parts[0].words for w in _UPPER) and all(any(w in q.words for w in _LOWER) for q in parts[1:]))
    )
    complete = complete and "等" not in text
    return Breakdown(tuple(totals), tuple(parts), complete, apart and (complete or all(q.single for q in parts)))


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
            if len(found) == _MOST_CLAUSES:
                return found
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
            cue.amount.unit in _COUNTS,
        )
