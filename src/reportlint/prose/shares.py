"""Percentages in prose with what they are the share of: 占 26 %."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from reportlint.diagnostics import Span
from reportlint.late import Late, Marked
from reportlint.prose.quantities import MOST_BEFORE, Quantity, last_figures, mend, quantities, with_those_before
from reportlint.prose.sentences import Sentence
from reportlint.text.measures import PEOPLE
from reportlint.tuples import NamedTuple
from reportlint.words import either

_MOST = 100
_SHARE = Late(r"占(?:比(?:为|达)?|总[数量]的?|全部的?)?(?P<percent>\d{1,3}(?:\.\d{1,4})?)%")
_PERCENT = Late(r"(?P<percent>\d{1,3}(?:\.\d{1,4})?)%")
_SPREAD = Late(
    r"(?:其他|其它|其余)[^。;,、\d]{0,6}分别占(?:比|总[数量]的?)?为?(?P<shares>(?:\d{1,3}(?:\.\d{1,4})?%[、和及]?){2,10})"
)
_COUNTED_PARTS = Late(f"[两三四五六七八九十几]个?{either('figures', 'parts')}(?:合计|共计|共)?占")
"""两部门占70%: which of the parts are meant is not said."""
_OF = Late(r"占(?!全部|所有|总)(?P<of>[^,、占]{2,10})(?:总[数量]|总件数)的?(?:比例?)?(?:为|达)?$")
"""What a share says that it is of."""
_REST = Late(either("figures", "rest"))
# 增长率 and the like may be larger.
_RATE = Marked(
    rf"{either('figures', 'rates')}(?:率|度)"
    r"(?:均?为|均?达到?|提高到|提升至|保持)?(?P<percent>\d{3,6}(?:\.\d+)?)%",
    "%",
)


class Share(NamedTuple):
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

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every part and total of its readings."""
        return tuple(q for parts, total in self.pairs for q in (*parts, total))

    def mended(self, span: Span, value: Decimal) -> Share:
        """The same with another figure in a place."""
        pairs = ((tuple(mend(q, span, value) for q in parts), mend(total, span, value)) for parts, total in self.pairs)
        return self._replace(pairs=tuple(pairs))


class Whole(NamedTuple):
    """Percentages that are to be all of something, the rest among them, and do not make 100."""

    sum: Decimal
    parts: tuple[str, ...]
    span: Span


class Rate(NamedTuple):
    """A rate of more than 100 %: 办结率达 102%."""

    percent: str
    span: Span


def read_rates(sentences: Sequence[Sentence]) -> list[Rate]:
    """Every rate that cannot be."""
    return [
        Rate(match["percent"], sentence.span(*match.span("percent")))
        for sentence in sentences
        for match in _RATE.finditer(sentence.text)
        if Decimal(match["percent"]) > _MOST
    ]


def read_wholes(sentences: Sequence[Sentence]) -> list[Whole]:
    """Every list of shares that ends in the rest and does not make 100 %, further than rounding goes."""
    found = []
    for sentence in sentences:
        for shares in _lists(sentence):
            span = sentence.span(*shares[-1].span("percent"))
            found.append(Whole(_sum(shares), tuple(match["percent"] for match in shares), span))
    return found


def _lists(sentence: Sentence) -> Iterator[list[re.Match[str]]]:
    """The shares of each list of a sentence that ends in the rest and does not make 100 %."""
    held: list[re.Match[str]] = []
    parts = _parted(sentence.text) if "占" in sentence.text else []
    if _is_all([match for shares, _ in parts for match in shares]):
        return
    for number, (shares, is_list) in enumerate(parts):
        # A ; parts items of one list (甲占20%；乙占30%), or one list from another.
        goes_on = number + 1 < len(parts) and len(parts[number + 1][0]) == 1
        whole = [*held, *shares]
        held = whole if shares and not is_list and not _is_all(whole) else []
        if goes_on and held:
            continue
        ends = is_list or (
            len(whole) > 1 and _REST.search(sentence.text, whole[-2].end(), whole[-1].start()) is not None
        )
        if shares and ends and not _is_all(shares) and not _is_all(whole):
            yield shares if is_list or len(shares) == len(whole) else whole
            held = []


def _parted(text: str) -> list[tuple[list[re.Match[str]], bool]]:
    """The shares of each part of a sentence from one ; to the next, and whether they are told as a list of all."""
    parts: list[tuple[list[re.Match[str]], bool]] = []
    start = 0
    for part in text.split(";"):
        end = start + len(part)
        spread = _SPREAD.search(text, start, end)
        found = _PERCENT.finditer(text, *spread.span("shares")) if spread else _SHARE.finditer(text, start, end)
        parts.append((list(found), spread is not None))
        start = end + 1
    return parts


def _sum(shares: Iterable[re.Match[str]]) -> Decimal:
    return sum((Decimal(match["percent"]) for match in shares), Decimal(0))


def _is_all(shares: Sequence[re.Match[str]]) -> bool:
    """Whether shares make 100 %, as far as they are rounded."""
    steps = (Decimal(1).scaleb(int(Decimal(match["percent"]).as_tuple().exponent)) for match in shares)
    return abs(_sum(shares) - _MOST) <= sum(steps, Decimal(0)) / 2 + Decimal("0.1")


def read_shares(sentences: Sequence[Sentence]) -> list[Share]:
    """Every share in per cent whose part and total stand in its sentence or the one before."""
    told = ((sentence, before) for sentence, before in with_those_before(sentences) if sentence.has("percent"))
    return [found for sentence, before in told for found in _shares(sentence, before)]


def _shares(sentence: Sentence, before: Sentence | None) -> Iterator[Share]:
    """The shares of parts that stand behind 其中; of what others are, nothing tells."""
    known = deque[Quantity](maxlen=MOST_BEFORE)
    totals: list[Quantity] = []
    parts = deque[Quantity](maxlen=MOST_BEFORE)
    listed = False
    said: re.Match[str] | None = None
    for number, clause in enumerate(sentence.clauses):
        own = deque(quantities(sentence, clause, clause.cues))
        spread = (
            any(cue.kind == "respectively" for cue in clause.cues) or _COUNTED_PARTS.search(clause.text) is not None
        )
        for last, cue in pairwise((None, *clause.cues)):
            assert cue is not None
            place = sentence.span(clause.start + cue.start, clause.start + cue.end)
            while own and own[0].span < place:
                (parts if listed else known).append(own.popleft())
            if cue.kind == "percent":
                # 占办结总数的37.8%，…占15.6%: the second is of the same.
                said = _OF.search(clause.text[: cue.start]) or said
            if cue.kind == "among":
                first = clause.text.startswith("其中") and not number
                listed, totals = True, [*known, *parts] or (last_figures(before) if first else [])
                totals = [q for q in totals if "compare" not in q.kinds]
                parts.clear()
            elif cue.kind == "percent" and last and last.kind == "share" and cue.amount and not spread and parts:
                told = _behind(sentence, number) if cue is clause.cues[-1] else []
                of = _named(said, totals)
                pairs = tuple(_pairs(told or list(parts), of)) if of else ()
                if pairs:
                    yield Share(cue.amount.value, place, pairs)
        (parts if listed else known).extend(own)


def _named(said: re.Match[str] | None, totals: list[Quantity]) -> list[Quantity]:
    """Those of some totals that a share is said to be of: 占办结总数的; all, where it is not said."""
    if said is None:
        return totals
    of = {a + b for a, b in pairwise(said["of"])}
    return [total for total in totals if any(piece in total.words for piece in of)]


def _behind(sentence: Sentence, number: int) -> list[Quantity]:
    """The figures in brackets behind a clause, of which its share is: 占35.8%（78条）."""
    opened = [*sentence.clauses[number + 1 : number + 3]]
    if len(opened) < 2 or opened[0].bracket != "(" or opened[1].stop != "(":
        return []
    return list(quantities(sentence, opened[1], opened[1].cues))


def _pairs(parts: list[Quantity], totals: list[Quantity]) -> Iterator[tuple[tuple[Quantity, ...], Quantity]]:
    """The last part, or the last few together, of each total, or of a part in front with parts of its own."""
    # Where parts go by several measure words (31篇、248个) the total may count them all.
    mixed = len({q.amount.unit for q in (*parts, *totals)}) > 1
    for count in range(1, len(parts) + 1):
        some = tuple(parts[-count:])
        value = sum((part.amount.value for part in some), Decimal(0))
        for total in (*reversed(totals), *reversed(parts[:-count])):
            if (total.amount.unit in PEOPLE) != (some[-1].amount.unit in PEOPLE):
                continue  # 38名申请人 are not what 17件 are a part of
            if (mixed or total.amount.unit == some[-1].amount.unit) and total.amount.value >= value > 0:
                yield some, total
