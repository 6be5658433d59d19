"""Mending a wording: only the characters that differ, so that nothing else is touched."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from reportlint.characters import PARTINGS
from reportlint.diagnostics import Edit, Fix, Safety, Span
from reportlint.source import Source
from reportlint.text.fold import fold
from reportlint.text.keys import same_length_key
from reportlint.text.script import complicate, is_han, is_traditional, simplify

_MOST = 2
_NEAR = 60
_BETWEEN = rf"\s|{PARTINGS}"
_WORD_BEFORE = re.compile(rf"([^{_BETWEEN}]+)[{_BETWEEN}]+$")
_WORD_BEHIND = re.compile(rf"[{_BETWEEN}]+([^{_BETWEEN}]+)")
_FIGURE_BEHIND = re.compile(r"[^\S\n\r]*\d")
_TAIL = 2
_MEANING = re.compile(r"[千百十万亿]*元|第[^第项]{1,4}项")
_CELL_END = re.compile(f"[\n\r|\t{PARTINGS}]")


def reword(source: Source, span: Span, wanted: str) -> Fix | None:
    """The edits that turn the text at `span` into `wanted`; None where they would cross cells.

    Characters that fold to the same are left as they are. Safe only while few characters
    change and no digit is lost.
    """
    raw = source.text[span.start : span.end]
    if _CELL_END.search(raw) or "<" in raw:
        return None  # tags inside must stay
    theirs = [(n, same_length_key(fold(c).text) or c) for n, c in enumerate(raw) if not c.isspace()]
    ours = [same_length_key(fold(c).text) for c in wanted]
    edits: list[Edit] = []
    for step in Levenshtein.opcodes([c for _, c in theirs], ours):
        if step.tag == "equal":
            continue
        i1, i2 = step.src_start, step.src_end
        start = span.start + (theirs[i1][0] if i1 < len(theirs) else len(raw))
        end = span.start + theirs[i2 - 1][0] + 1 if i2 > i1 else start
        new = wanted[step.dest_start : step.dest_end]
        edits.append(Edit(Span(start, end), complicate(new) if any(map(is_traditional, raw)) else new))
    edits = _without_torn(source.text, span, edits, wanted)
    if not edits:
        return None
    gone = "".join(source.text[edit.span.start : edit.span.end] for edit in edits)
    changed = sum(max(edit.span.end - edit.span.start, len(edit.text)) for edit in edits)
    safe = changed <= _MOST + len(wanted) // 8 and not any(c.isdigit() for c in gone)
    safe = safe and not _takes_from_figure(source.text, span, edits)
    # A number in place of words: another row may be meant.
    safe = safe and not any(_swaps_number(source.text[slice(*edit.span)], edit.text) for edit in edits)
    # 元 for 万元, 第（七）项 for 第（八）项: another thing may be meant, not a slip of the pen.
    safe = safe and _meaning(raw) == _meaning(wanted)
    return Fix(tuple(edits), Safety.SAFE if safe else Safety.UNSAFE)


def _takes_from_figure(text: str, span: Span, edits: list[Edit]) -> bool:
    """Whether edits touch what stands between a label and its figure: –7, .5, 约7 are no part of the label."""
    tail = text[span.start : span.end].rstrip()
    last = span.start + len(tail) - 1
    if not tail or not _FIGURE_BEHIND.match(text, span.end):
        return False
    gone = sum(edit.span.end - edit.span.start for edit in edits if edit.span.end > last - _TAIL)
    come = sum(len(edit.text) for edit in edits if edit.span.end > last - _TAIL)
    at_end = any(edit.span.start <= last < edit.span.end for edit in edits)
    return at_end and (gone > come or not is_han(tail[-1]))


def _swaps_number(old: str, new: str) -> bool:
    return any(map(is_han, old)) and any(char.isdigit() for char in new)


def _without_torn(text: str, span: Span, edits: list[Edit], wanted: str) -> list[Edit]:
    """Edits but for those that would write what stands beside, for the label is torn there; none where that is unclear.

    `4.` on the line before is the beginning of 无正当理由大量反复申请: it must not come a second time.
    """
    whole = same_length_key(fold(wanted).text)
    before, behind = (_beside(text, span, side) for side in (-1, 1))
    if edits and edits[0].span == Span(span.start, span.start) and before and whole.startswith(before):
        if same_length_key(fold(edits[0].text).text) != before:
            return []
        edits = edits[1:]
    if edits and edits[-1].span == Span(span.end, span.end) and behind:
        if behind == whole or (whole.endswith(behind) and same_length_key(fold(edits[-1].text).text) != behind):
            return []
        if whole.endswith(behind):
            edits = edits[:-1]
    return edits


def _beside(text: str, span: Span, side: int) -> str:
    """The key of the word in front of a range (-1) or behind it (1), over blanks, walls and line ends."""
    if side < 0:
        match = _WORD_BEFORE.search(text, max(0, span.start - _NEAR), span.start)
    else:
        match = _WORD_BEHIND.match(text, span.end, span.end + _NEAR)
    return same_length_key(fold(match[1]).text) if match else ""


def _meaning(text: str) -> list[str]:
    """The units and items that a wording names."""
    return _MEANING.findall("".join(map(simplify, same_length_key(fold(text).text))))
