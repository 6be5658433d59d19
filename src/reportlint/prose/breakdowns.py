"""Totals in prose with their parts: 共 15 件，其中……."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import accumulate, pairwise, takewhile

from reportlint.characters import IDEOGRAPH
from reportlint.diagnostics import Span
from reportlint.late import Late
from reportlint.prose.lexicon import Cue, lexicon
from reportlint.prose.listings import INEXACT, MOST_CLAUSES, clauses_of_list, dimension, listed_parts
from reportlint.prose.namedparts import are_contents, has_plain_name, is_content, is_rest, names_all, opposite
from reportlint.prose.quantities import MOST_BEFORE, Quantity, last_figures, mend, quantities, with_those_before
from reportlint.prose.sentences import Clause, Sentence
from reportlint.text.measures import BEHIND_FIGURES
from reportlint.tuples import NamedTuple
from reportlint.words import either, listed

_LISTING = ("分为", "具体为")
_MEDIA = Late(either("figures", "media"))
"""One item may stand on several of these."""
_OF_THEM = listed("figures", "of_them")
_LISTED_ON = Late(rf"\d{BEHIND_FIGURES}[、,](?!{either('figures', 'did_beside')}){IDEOGRAPH}{{2,10}}$")
_TIED = Late(rf"\d{BEHIND_FIGURES}、{IDEOGRAPH}{{2,10}}$")
"""A part behind 、 is of the list; what is told beside it stands behind another stop."""
_TOTAL = Late(
    r"(?:(?:以上)?[两三四五六]项)?(?:合计|共计|总计)(?=\d)"
    rf"|共(?:发布|公开)?(?=\d{{1,9}}(?:,\d{{3}})*{BEHIND_FIGURES}(?:[,。;]|$))"
)
"""What sums up the figures in front; behind 共 alone nothing may be named that is counted: 共12个事项."""
_COUNTED_TWICE = Late(either("figures", "counted_twice"))
_TOLD_APART = frozenset(("among", "compare", "percent", "year", "last_year", "part_year", "carried", "since"))
_MUCH, _TEN = Decimal("1.5"), 10
"""What is so many times a total is told beside it: 短视频56条，其中原创32条，评论860条; 要点1件，其中明确任务26件."""
_NO_CHANCE = 50
"""Small figures that are the same may add up to the one in front by chance: 2条、1条、1条."""
_UPPER, _LOWER = ("本级", "直", "市政府", "省政府", "机关"), ("县", "区", "乡", "镇", "基层", "下属", "所属")


class Breakdown(NamedTuple):
    """Parts of a total (其中…): `totals` are the figures before them that may be meant.

    `complete` says that the parts claim to be all of it, `disjoint` that nothing can be in two. `behind` are the
    figures that the sentence goes on with, some of which may be parts too.
    """

    totals: tuple[Quantity, ...]
    parts: tuple[Quantity, ...]
    complete: bool
    disjoint: bool
    behind: tuple[Quantity, ...] = ()

    @property
    def total(self) -> Quantity:
        """The total that the parts are most likely of: the last in front that is not of the year before."""
        return next((one for one in reversed(self.totals) if "carried" not in one.kinds), self.totals[-1])

    @property
    def sum(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.amount.value for part in self.parts), Decimal(0))

    @property
    def fits(self) -> bool:
        """Whether the parts agree with one of the totals, or with all of them together."""
        slack = sum((q.amount.within for q in (*self.totals, *self.parts)), Decimal(0))
        totals = [total.amount.value for total in self.totals]
        if self._made_before(totals):
            return True
        first = self.parts[0]
        if first.amount.value > sum(totals, slack) * _TEN:
            return True  # it counts other things
        if first.amount.value > sum(totals, slack) and has_plain_name(first):
            return False  # a part is more than the whole
        if any(self._is_listed(part) and part.amount.value > sum(totals, slack) for part in self.parts[1:]):
            return False
        further = [*accumulate((q.amount.value for q in self.behind), initial=self.sum)][1:]
        for total in (*totals, sum(totals, Decimal(0))):
            off = self.sum - total
            if abs(off) <= slack or (off < 0 and not self.complete) or (off > 0 and not self.disjoint):
                return True
            if off < 0 and total in further:
                return True  # 收到31件，其中予以公开…24件，结转下年7件; 其他文件30条；政务动态35条
        return self._nested(slack)

    def _made_before(self, totals: Sequence[Decimal]) -> bool:
        """Whether the first parts are all of a total, and what follows is told beside them: 办结率, 公开答复95件."""
        so_far = self.parts[0].amount.value
        for part, behind in pairwise(self.parts[1:]):
            so_far += part.amount.value
            if so_far and so_far in totals and not is_rest(behind) and not _TIED.search(behind.words):
                return True
        return False

    @staticmethod
    def _is_listed(part: Quantity) -> bool:
        """Whether a part stands in a list with the one before it."""
        return _LISTED_ON.search(part.words) is not None

    def _nested(self, slack: Decimal) -> bool:
        """Whether some of the parts are the parts of the one in front of them, and the others agree with a total."""
        values = [part.amount.value for part in self.parts]
        wholes = [
            (values[first], len(set(values[first + 1 : last])) > 1 or values[first] >= _NO_CHANCE)
            for first in range(len(values) - 2)
            for last in range(first + 3, min(len(values), first + 8) + 1)
            if values[first] and sum(values[first + 1 : last], Decimal(0)) == values[first]
        ]
        totals = [total.amount.value for total in self.totals]
        return any(
            abs(self.sum - whole - total) <= slack or (self.sum - whole < total and telling and not self.complete)
            for whole, telling in wholes
            for total in totals
        )

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Totals and parts."""
        return (*self.totals, *self.parts)

    def mended(self, span: Span, value: Decimal) -> Breakdown:
        """The same with another figure in a place."""
        totals, parts = (tuple(mend(q, span, value) for q in side) for side in (self.totals, self.parts))
        return self._replace(totals=totals, parts=parts)


def read_breakdowns(sentences: Sequence[Sentence]) -> list[Breakdown]:
    """Every total with its parts, in order."""
    found: list[Breakdown] = []
    for sentence, before in with_those_before(sentences):
        if sentence.has("among"):
            found += _breakdowns(sentence, before)
        found += _totalled(sentence)
    return found


def _totalled(sentence: Sentence) -> Iterator[Breakdown]:
    """Totals behind their parts: 文字解读12篇、图文解读8篇，合计20篇."""
    if not _TOTAL.search(sentence.text):
        return
    held: list[Quantity] = []
    exact = True
    for clause in sentence.clauses:
        own = list(quantities(sentence, clause, clause.cues))
        if _TOTAL.match(clause.text) and exact and len(own) == 1 and len(held) > 1:
            parts = [q for q in held if q.amount.unit == own[0].amount.unit and "件次" not in clause.text]
            sound = len(parts) != len(held) or _is_sum(own[0].amount.value, parts)
            if not sound and not _COUNTED_TWICE.search(sentence.text, 0, clause.start):
                yield Breakdown((own[0],), tuple(parts), complete=True, disjoint=True)
        kinds = {cue.kind for cue in clause.cues}
        exact &= not (clause.bracket or INEXACT.search(clause.text) or kinds & _TOLD_APART)
        if clause.stop == ";" or _TOTAL.match(clause.text):
            held, exact = [], True
        held += own


def _is_sum(total: Decimal, parts: list[Quantity]) -> bool:
    """Whether a total is that of the last of some figures; what is no more than one of them is of another thing."""
    values = [part.amount.value for part in parts]
    return total <= max(values) or any(sum(values[-count:]) == total for count in range(2, len(values) + 1))


def _breakdowns(sentence: Sentence, before: Sentence | None) -> Iterator[Breakdown]:
    """The lists of parts of a sentence; `before` is the one in front."""
    known: list[Quantity] = []
    since = 0
    """How many were known at the last ; behind which something is counted by itself."""
    outside: list[int] = []
    """How many were known where brackets opened: what stands in them is told beside."""
    clauses = list(sentence.clauses)
    for number, clause in enumerate(clauses):
        if clause.bracket == "(":
            outside.append(len(known))
        elif clause.bracket and outside:
            del known[outside.pop() :]
        at = next((n for n, cue in enumerate(clause.cues) if cue.kind == "among"), None)
        if clause.stop == ";" and at is None and not outside:
            since = len(known)
        if at is None or clause.text[: clause.cues[at].start].endswith(_OF_THEM):
            known.extend(quantities(sentence, clause, clause.cues))
            continue
        marker = clause.text[clause.cues[at].start : clause.cues[at].end]
        known.extend(quantities(sentence, clause, clause.cues[:at]))
        totals = (
            known[since:][-MOST_BEFORE:]
            or known[-MOST_BEFORE:]
            or (last_figures(before) if marker == "其中" and not number else [])
        )
        behind = clauses[number : number + MOST_CLAUSES]
        parts = listed_parts(sentence, behind, at)
        parts = list(_of_them(totals, parts))
        parts = list(takewhile(partial(_is_part, totals), parts))
        if clause.stop == ";" or any(part.amount.value > total.amount.value for part in parts for total in totals[-1:]):
            totals = known[-MOST_BEFORE:] or totals  # they may be of all that is listed
        units = {q.amount.unit for q in parts}
        totals = [q for q in totals if q.amount.unit in units]
        if totals and len(units) == 1:
            marker += "分别" * _respectively(clause.cues[at:], _behind(clauses, number))
            end = max(part.start + len(part.text) for _, part, _ in clauses_of_list(behind, at))
            made = _breakdown(totals, parts, marker, sentence.text[clause.start : end])
            made = made._replace(disjoint=made.disjoint and not _COUNTED_TWICE.search(sentence.text))
            yield made._replace(behind=tuple(_behind_parts(sentence, behind, parts[-1])))
        known.extend(quantities(sentence, clause, clause.cues[at:]))


def _behind_parts(sentence: Sentence, clauses: list[Clause], last: Quantity) -> Iterator[Quantity]:
    """The figures behind the last part that are counted by its measure word, those in brackets left out."""
    depth = 0
    for clause in clauses:
        depth += {"(": 1, ")": -1}.get(clause.bracket, 0)
        for quantity in quantities(sentence, clause, clause.cues) if depth <= 0 else ():
            if quantity.span.start > last.span.start and quantity.amount.unit == last.amount.unit:
                yield quantity


def _is_part(totals: Sequence[Quantity], part: Quantity) -> bool:
    """Whether a figure is not told beside a total, as what is carried forward is beside what was done."""
    beside = lexicon().beside
    return not any(kind in total.kinds and others & part.kinds for total in totals for kind, others in beside.items())


def _of_them(totals: Sequence[Quantity], parts: Sequence[Quantity]) -> Iterator[Quantity]:
    """Parts up to the first that is so large that it must be told beside the totals.

    By a slip one of what is published may be more than the whole that those in front do not make up.
    """
    whole = sum((total.amount.value for total in totals), Decimal(0))
    so_far = Decimal(0)
    for number, part in enumerate(parts):
        value = part.amount.value
        slip = so_far < whole and value <= whole * _TEN and _LISTED_ON.search(part.words) and is_content(part)
        if number and value > whole * _MUCH and not slip:
            return
        so_far += value
        yield part


def _respectively(told: tuple[Cue, ...], behind: tuple[Cue, ...]) -> bool:
    """Whether the first figures behind 其中 are told with 分别; what follows figures (分别占62%) is of those."""
    for cue in (*told, *behind):
        if cue.kind in ("respectively", "amount"):
            return cue.kind == "respectively"
    return False


def _behind(clauses: list[Clause], number: int) -> tuple[Cue, ...]:
    return clauses[number + 1].cues if number + 1 < len(clauses) else ()


def _breakdown(totals: list[Quantity], parts: list[Quantity], marker: str, text: str) -> Breakdown:
    kinds = [q.kinds for q in parts]
    every = frozenset[str]().union(*kinds)
    apart = not any(_MEDIA.search(q.words) for q in parts)
    rest = len(parts) > 1 and is_rest(parts[-1])
    one_of = dimension(kinds[0])
    complete = len(parts) > 1 and (
        rest
        or marker.startswith(_LISTING)
        or marker.endswith("分别")
        or names_all(one_of, every)
        or {"person", "organisation"} <= every
        or (one_of == "flow" and "forward" in every and "done" in every)
        or (any(w in parts[0].words for w in _UPPER) and all(any(w in q.words for w in _LOWER) for q in parts[1:]))
    )
    complete = complete and "等" not in text
    disjoint = complete or all(q.single for q in parts) or are_contents(parts, totals)
    disjoint = disjoint or (len(totals) == 1 and opposite(parts))
    return Breakdown(tuple(totals), tuple(parts), complete, apart and disjoint)
