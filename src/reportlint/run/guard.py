"""Which fixes touch a number: those are never safe (docs/promises.md).

A number is a figure of a table, or a quantity, a year or a date in prose. Its characters are
compared as they stand in the file, so that what a reader of the file sees is what is kept: a fix
that joins `3` and `83` changes both, one that writes 二〇二三年 for 二0二三年 changes neither. Numbers of headings,
labels and documents are wording.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reportlint.diagnostics import Edit, Fix, Span
from reportlint.late import Late
from reportlint.tuples import NamedTuple

_AROUND = 40
_NUMERALS = "〇○◯零一二三四五六七八九十百千万亿两兩萬億"
_ALIKE = "Oo"
_RUN = Late(
    rf"(?:(?<![\d{_NUMERALS}])[+\-−－＋])?[\d{_NUMERALS}]"
    rf"(?:[\d{_NUMERALS},.，．]|[{_ALIKE}](?=[\d{_NUMERALS}{_ALIKE}]))*"
)
_COUNTED = Late(r"\s*(?:[年月日号件次宗起条份个项篇部例人元户期页家场批张类种名天字倍成]|分之|亿|万|%|％)")
_TURNING = Late("[\u202a-\u202e\u2066-\u2069]")
_POINTS = ",.，．"
_DIGITS = str.maketrans("〇○◯零一二三四五六七八九两兩萬億Oo", "00001234567892" + "2万亿00")


class Numbers:
    """Tells which fixes of a text leave its numbers alone.

    `figures` are the ranges of its tables' figures, `ordinals` those of the numbers of headings and
    labels, `wording` those of headings and labels themselves.
    """

    def __init__(
        self, text: str, figures: Iterable[Span], ordinals: Iterable[Span] = (), wording: Iterable[Span] = ()
    ) -> None:
        self.text = text
        self._figures = _merged(figures)
        self._ordinals = _merged(ordinals)
        self._wording = _merged(wording)

    def kept_by(self, fix: Fix) -> bool:
        """Whether every number around the fix's edits is still there behind it, with its value and its borders."""
        done = 0
        edits = sorted(fix.edits, key=lambda edit: edit.span)
        starts = [edit.span.start for edit in edits]
        for edit in edits:
            if edit.span.start < done:
                continue
            start = self._start(max(0, edit.span.start - _AROUND))
            end = edit.span.end + _AROUND
            around = edits[bisect_left(starts, start) : bisect_right(starts, end)]
            inside = [other for other in around if other.span.end <= end]
            done = max(other.span.end for other in inside)
            before = after = self.text[start:end]
            for other in sorted(inside, key=lambda edit: edit.span, reverse=True):
                after = after[: other.span.start - start] + other.text + after[other.span.end - start :]
            if self._turned(inside, before) or not self._same(inside, before, after, start):
                return False
        return True

    def _start(self, at: int) -> int:
        """`at`, or the beginning of the number that it would cut."""
        while at > 0 and _RUN.match(self.text[at - 1]):
            at -= 1
        return at

    def _same(self, edits: Sequence[Edit], before: str, after: str, start: int) -> bool:
        """Whether a piece of the text, which begins at `start`, keeps its numbers in place and gets no figure."""
        old, new = list(_numbers(before)), list(_numbers(after))
        moved = [number.start + _shift(edits, start + number.start) for number in old]
        found = {number.start: number.value for number in new}
        for number, at in zip(old, moved, strict=True):
            if self._stays(number, start) and found.get(at) != number.value:
                return False
        if any(sum(number.start <= at < number.end for at in moved) > 1 for number in new):
            return False  # two have become one
        more = Counter(n.value for n in new if n.arabic) - Counter(n.value for n in old)
        return not more or any(_touches(edit.span, self._wording) for edit in edits)

    def _turned(self, edits: Sequence[Edit], before: str) -> bool:
        """Whether edits take away what turns the direction of reading where there are digits: 321 is read as 123."""
        turning = any(_TURNING.search(self.text, *edit.span) for edit in edits)
        return turning and any(char.isdecimal() for char in before)

    def _stays(self, number: _Number, start: int) -> bool:
        """Whether a number is one that a reader counts or dates with, not the ordinal of a heading or a label."""
        span = Span(start + number.start, start + number.end)
        if _within(span, self._figures):
            return True
        return number.counted and not _within(span, self._ordinals)


def _shift(edits: Sequence[Edit], at: int) -> int:
    """By how much edits in front of a place move it."""
    return sum(len(e.text) - (e.span.end - e.span.start) for e in edits if e.span.end <= at)


def _merged(ranges: Iterable[Span]) -> list[Span]:
    """Ranges in order, those that overlap made one."""
    found: list[Span] = []
    for span in sorted(ranges):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _within(span: Span, ranges: Sequence[Span]) -> bool:
    """Whether a range lies in one of some, which are in order."""
    at = bisect_right(ranges, Span(span.start, 1 << 62)) - 1
    return at >= 0 and span.end <= ranges[at].end


def _touches(span: Span, ranges: Sequence[Span]) -> bool:
    """Whether a range overlaps or meets one of some, which are in order."""
    at = bisect_right(ranges, Span(span.end, 1 << 62)) - 1
    return at >= 0 and span.start <= ranges[at].end


class _Number(NamedTuple):
    """A number of a piece of text: what its digits stand for, and where it is.

    A single numeral is `counted` only before what is counted: 统一 and 两公开 hold none.
    """

    value: str
    start: int
    end: int
    arabic: bool
    counted: bool


def _numbers(text: str) -> Iterator[_Number]:
    for match in _RUN.finditer(text):
        run = match[0].rstrip(_POINTS)
        plain = unicodedata.normalize("NFKC", run)
        end = match.start() + len(run)
        arabic = any(char.isdecimal() for char in plain)
        counted = arabic or len(run) > 1 or _COUNTED.match(text, end) is not None
        yield _Number(plain.translate(_DIGITS), match.start(), end, arabic, counted)
