"""What figures are in per cent of those of the year before, or of what came in: 增长 20 %, 回复率 92 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from reportlint.diagnostics import Span
from reportlint.late import Late, Marked
from reportlint.prose.sentences import Sentence
from reportlint.text.measures import BEHIND_FIGURES
from reportlint.tuples import NamedTuple
from reportlint.words import either

_PERCENT = r"(?:为|达到?|了)?(?P<about>约|近|大约)?(?P<percent>\d{1,4}(?:\.\d{1,3})?)%(?!以)"
_GROWTH = Marked(
    rf"(?<![\d.])(?P<now>\d{{1,9}})(?P<unit>{BEHIND_FIGURES})[,(]?(?:较|比|同比|与)(?:上一?年度?|去年|前一年|20\d\d年)?(?:同期)?(?:相比)?"
    rf"(?P<way>增加|增长|多|上升|减少|下降|少|降低)了?(?P<by>\d{{1,9}})(?:(?P=unit))?[,(](?:同比)?(?:增加?|增长|上升|减少?|下降|降低?|升|降)"
    rf"(?:率|幅|幅度)?{_PERCENT}",
    ("增", "减", "降", "升"),
)
_DONE = Marked(
    rf"(?<![\d.])(?P<all>\d{{1,9}})(?P<unit>{BEHIND_FIGURES})[,]?(?:已|共|均)?(?P<verb>办结|回复|答复|办理|处理|采纳)(?P<done>\d{{1,9}})(?P=unit)[,(](?P=verb)率"
    rf"{_PERCENT}",
    "率",
)
_OF_OTHERS = Late(either("figures", "of_others"))
"""Words of what a rate is counted on in place of all that came in."""
_MORE = ("增", "多", "上")
_HUNDRED = Decimal(100)


class Percentage(NamedTuple):
    """A percentage with the figure `part` that it says how much of `whole` is; `grown` of the year before's."""

    percent: Decimal
    part: Decimal
    whole: Decimal
    unit: str
    grown: bool
    about: bool
    span: Span

    @property
    def exact(self) -> Decimal:
        """What it is, not rounded."""
        return self.part * _HUNDRED / self.whole

    @property
    def fits(self) -> bool:
        """Whether it agrees, to a tenth of a point or as far as it is rounded; what is about so much to a point."""
        rounded = self.exact.quantize(Decimal(1).scaleb(int(self.percent.as_tuple().exponent)), ROUND_HALF_UP)
        return abs(self.exact - self.percent) <= Decimal(1 if self.about else "0.1") or rounded == self.percent


def read_percentages(sentences: Sequence[Sentence]) -> list[Percentage]:
    """Every percentage that says what a figure beside it is of another one beside it."""
    return [found for sentence in sentences if sentence.has("percent") for found in _read(sentence)]


def _read(sentence: Sentence) -> Iterator[Percentage]:
    for match in _GROWTH.finditer(sentence.text):
        now, by = Decimal(match["now"]), Decimal(match["by"])
        before = now - by if match["way"].startswith(_MORE) else now + by
        if before > 0:
            yield _percentage(sentence, match, by, before, grown=True)
    for match in _DONE.finditer(sentence.text):
        whole, part = Decimal(match["all"]), Decimal(match["done"])
        # What is within its time counts as done for some: 办结率100%.
        if whole >= part > 0 and Decimal(match["percent"]) < _HUNDRED and not _OF_OTHERS.search(sentence.text):
            yield _percentage(sentence, match, part, whole, grown=False)


def _percentage(sentence: Sentence, match: re.Match[str], part: Decimal, whole: Decimal, *, grown: bool) -> Percentage:
    span = sentence.span(*match.span("percent"))
    return Percentage(Decimal(match["percent"]), part, whole, match["unit"], grown, match["about"] is not None, span)
