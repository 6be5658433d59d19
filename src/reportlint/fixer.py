"""Applies fixes to a text (design.md §6).

Of fixes that overlap the first is applied; what that leaves is looked at anew, at most twice.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportlint.diagnostics import Diagnostic, Fix, Safety, Span
from reportlint.source import Source, decode, encode

REPEATS = 2


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after its fixes: how many were applied, and how many could not be."""

    source: Source
    applied: int = 0
    left: int = 0


def mend(source: Source, safeties: Iterable[Safety], check: Callable[[Source], Iterable[Diagnostic]]) -> Mended:
    """`source` with the fixes of those safeties applied; `check` gives the findings in a text.

    Raises Unwritable where the text with its fixes cannot be written in the file's encoding.
    """
    wanted = frozenset(safeties)

    def fixes(text: Source) -> list[Fix]:
        return [found.fix for found in check(text) if found.fix and found.fix.safety in wanted]

    applied = 0
    found = fixes(source)
    for _ in range(1 + REPEATS):
        chosen = compatible(found)
        if not chosen:
            break
        source = apply(source, chosen)
        applied += len(chosen)
        found = fixes(source)
    return Mended(source, applied, len(found))


def compatible(fixes: Sequence[Fix]) -> list[Fix]:
    """The fixes that can be applied together: of those that overlap, the first in the text."""
    chosen: list[Fix] = []
    taken: list[Span] = []
    for fix in sorted(fixes, key=lambda fix: min((edit.span for edit in fix.edits), default=Span(0, 0))):
        spans = sorted(edit.span for edit in fix.edits)
        if any(_overlap(one, other) for one, other in pairwise(spans)) or any(_meets(span, taken) for span in spans):
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
    parts = []
    done = 0
    for edit in sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span):
        parts += [source.text[done : edit.span.start], edit.text]
        done = edit.span.end
    changed = replace(source, text="".join([*parts, source.text[done:]]))
    for fix in fixes:
        if fix.encoding:
            changed = replace(changed, encoding=fix.encoding, has_mark=False)
    return decode(encode(changed), source.path)
