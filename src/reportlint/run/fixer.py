"""Applies fixes to a text, so that what comes out has no fault that was not there before.

Of fixes that overlap the first is applied; what that leaves is looked at anew, a few times at most. A
safe fix that would bring another finding is not applied and counts as unsafe.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from reportlint.decoding import decode, encode
from reportlint.diagnostics import Diagnostic, Fix, Origin, Safety, Severity, Span
from reportlint.source import Source, Unwritable
from reportlint.tuples import NamedTuple

REPEATS = 8
_TRIALS = 24
"""So often a text is checked to find which of its fixes bring another finding; else none is applied."""
_PASSES = 4

Check = Callable[[Source], Iterable[Diagnostic]]
"""Gives the findings in a text."""


class Applied(NamedTuple):
    """A fix as it was applied: whose it is, where (line and column from 1), and the text before and after.

    `origin` is its place in a document.
    """

    rule: str
    severity: Severity
    line: int
    column: int
    before: str
    after: str
    origin: Origin | None = None


class Mended(NamedTuple):
    """A text after its fixes: those that were applied, and how many could not be.

    `refused` are the rules and messages of safe fixes that would have brought another finding.
    """

    source: Source
    applied: tuple[Applied, ...] = ()
    left: int = 0
    refused: frozenset[tuple[str, str]] = frozenset()

    def judged(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Findings in the mended text; the fixes that were refused are unsafe."""
        return [
            one._replace(fix=one.fix._replace(safety=Safety.UNSAFE))
            if one.fix and (one.rule, one.message) in self.refused
            else one
            for one in found
        ]


def mend(source: Source, safeties: Iterable[Safety], check: Check) -> Mended:
    """`source` with the fixes of those safeties applied; `check` is asked last about the text that comes out.

    Raises Unwritable where the text with its fixes cannot be written in the file's encoding.
    """
    mender = _Mender(source, frozenset(safeties), check)
    mender.run()
    return Mended(mender.source, tuple(mender.applied), len(mender.wanted()), frozenset(mender.refused))


class _Mender:
    """A text on its way: what is found in it, and what is not to be applied."""

    def __init__(self, source: Source, safeties: frozenset[Safety], check: Check) -> None:
        self.source = source
        self.safeties = safeties
        self.check = check
        self.found = list(check(source))
        self.applied: list[Applied] = []
        self.refused: set[tuple[str, str]] = set()

    def wanted(self) -> list[Diagnostic]:
        """The findings whose fixes are to be applied."""
        return [
            one
            for one in self.found
            if one.fix and one.fix.safety in self.safeties and (one.rule, one.message) not in self.refused
        ]

    def run(self) -> None:
        """Apply all fixes that can be; what was refused is tried again once others are in the text."""
        for _ in range(_PASSES):
            before = len(self.applied)
            self.refused.clear()
            self._pass()
            if not self.refused or len(self.applied) == before:
                return

    def _pass(self) -> None:
        for _ in range(1 + REPEATS):
            wanted = self.wanted()
            chosen = compatible([one.fix for one in wanted if one.fix])
            if not chosen:
                return
            source = self.source
            good = self._harmless(chosen)
            harmful = set(chosen) - set(good)
            self.refused |= {(one.rule, one.message) for one in wanted if one.fix in harmful}
            self.applied += [_applied(one, source) for one in wanted if one.fix in good]

    def _harmless(self, fixes: Sequence[Fix]) -> list[Fix]:
        """Apply those of some fixes that together bring no other finding; what brings one is the fix nearest to it."""
        good = list(fixes)
        for _ in range(_TRIALS):
            try:
                mended = apply(self.source, good)
            except Unwritable:
                # Between bytes of no encoding an edit may make others of them: those are left alone.
                # In a document some cannot be written at all.
                apart = [fix for fix in good if not _beside_bad_bytes(fix, self.source.text) and self._can_write(fix)]
                if len(apart) == len(good):
                    raise
                good = apart
                continue
            found = list(self.check(mended))
            more = Counter(one.rule for one in found) - Counter(one.rule for one in self.found)
            if not more or not good or Safety.UNSAFE in self.safeties:
                self.source, self.found = mended, found
                return good
            known = {(one.rule, one.message) for one in self.found}
            new = [one.span for one in found if one.rule in more and (one.rule, one.message) not in known]
            new = new or [one.span for one in found if one.rule in more]
            harmful = _nearest(good, new)
            good = [fix for fix in good if fix not in harmful]
        self.found = list(self.check(self.source))
        return []

    def _can_write(self, fix: Fix) -> bool:
        """Whether a fix can be written on its own into a document."""
        if self.source.document is None:
            return True
        try:
            self.source.document.mended(fix.edits)
        except Unwritable:
            return False
        return True


def _applied(found: Diagnostic, source: Source) -> Applied:
    """A finding's fix as it changes a text: from the first of its edits to the last."""
    assert found.fix is not None
    edits = sorted(found.fix.edits, key=lambda edit: edit.span)
    if not edits:
        line, column = source.position(found.span.start)
        return Applied(found.rule, found.severity, line, column, source.encoding, found.fix.encoding or "")
    start, end = edits[0].span.start, max(edit.span.end for edit in edits)
    parts, done = [], start
    for edit in edits:
        parts += [source.text[done : edit.span.start], edit.text]
        done = edit.span.end
    line, column = source.position(start)
    return Applied(found.rule, found.severity, line, column, source.text[start:end], "".join(parts), found.origin)


def _beside_bad_bytes(fix: Fix, text: str) -> bool:
    """Whether a fix touches bytes that no encoding explains."""
    around = (text[max(0, edit.span.start - 1) : edit.span.end + 1] for edit in fix.edits)
    return any("\ud800" <= char <= "\udfff" for piece in around for char in piece)


def _nearest(fixes: Sequence[Fix], places: Iterable[Span]) -> set[Fix]:
    """For each place in a text with fixes applied the one of them that stands nearest to it."""
    edits = sorted(((edit.span, edit.text, fix) for fix in fixes for edit in fix.edits), key=lambda item: item[0])
    starts, ends, moved = [], [], 0
    for span, text, _ in edits:
        starts.append(span.start + moved)
        ends.append(span.start + moved + len(text))
        moved += len(text) - (span.end - span.start)
    found = set()
    for place in places:
        at = bisect_left(starts, place.start)
        beside = range(max(0, at - 1), min(len(edits), at + 2))
        gaps = {n: max(starts[n] - place.end, place.start - ends[n], 0) for n in beside}
        found.add(edits[min(gaps, key=gaps.__getitem__)][2] if gaps else fixes[0])
    return found


def compatible(fixes: Sequence[Fix]) -> list[Fix]:
    """The fixes that can be applied together: of those that overlap, the first in the text."""
    chosen: list[Fix] = []
    taken: list[Span] = []
    for fix in sorted(fixes, key=lambda fix: min((edit.span for edit in fix.edits), default=Span(0, 0))):
        spans = sorted(edit.span for edit in fix.edits)
        # Within a fix an insertion may stand beside what is replaced; two at one place have no order.
        if any(other.start < one.end or one == other for one, other in pairwise(spans)):
            continue
        if any(_meets(span, taken) for span in spans):
            continue
        chosen.append(fix)
        for span in spans:
            insort(taken, span)
    return chosen


def _meets(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a range overlaps one of others, in order, that do not overlap each other."""
    at = bisect_left(taken, span)
    return (at > 0 and _overlap(taken[at - 1], span)) or (at < len(taken) and _overlap(span, taken[at]))


def _overlap(one: Span, other: Span) -> bool:
    """Whether two ranges, in order, share text; an empty one, an insertion, also meets what it stands beside."""
    empty = one.start == one.end or other.start == other.end
    return other.start < one.end or (empty and other.start == one.end)


def apply(source: Source, fixes: Iterable[Fix]) -> Source:
    """The text with fixes applied that do not overlap, as it will be read from its file.

    Raises Unwritable.
    """
    fixes = tuple(fixes)
    if source.document is not None:
        return source.document.mended(edit for fix in fixes for edit in fix.edits)
    parts = []
    done = 0
    for edit in sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span):
        parts += [source.text[done : edit.span.start], edit.text]
        done = edit.span.end
    changed = source._replace(text="".join([*parts, source.text[done:]]))
    for fix in fixes:
        if fix.encoding:
            changed = changed._replace(encoding=fix.encoding, has_mark=False)
    data = encode(changed)
    return decode(data, source.path, len(data))
