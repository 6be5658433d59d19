"""Mending a wording, only the characters that differ, so that nothing else is touched; and what is torn, not wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from reportlint.characters import PARTINGS
from reportlint.diagnostics import Edit, Fix, Safety, Span
from reportlint.late import Late
from reportlint.model import Label, Report
from reportlint.source import Source
from reportlint.text.alike import opcodes
from reportlint.text.fold import fold
from reportlint.text.keys import same_length_key
from reportlint.text.markup import ENTITY, unescaped
from reportlint.text.script import complicate, is_han, is_simplified, is_traditional, simplify
from reportlint.text.torn import stands_torn
from reportlint.tuples import NamedTuple

_LONGEST = 300
"""What is left of a label stands no further behind it."""
_MOST = 2
_NEAR = 60
_BETWEEN = rf"\s|{PARTINGS}"
_WORD_BEFORE = Late(rf"([^{_BETWEEN}]+)[{_BETWEEN}]+$")
_WORD_BEHIND = Late(rf"[{_BETWEEN}]+([^{_BETWEEN}]+)")
_FIGURE_BEHIND = Late(r"[^\S\n\r]*\d")
_TAIL = 2
_MEANING = Late(r"[千百十万亿]*元|第[^第项]{1,4}项")
_UNIT = Late(rf"<[^<>]*>|\*\*|__|{ENTITY}|.", re.DOTALL)
_PARTING_TAG = Late(r"</?(?:td|th|tr|table)\b|<!--|[|\t]", re.IGNORECASE)
_GRID = Late(r"\n[|+][^\n]*\+[-=]{3,}")
_CELL_END = Late(f"[\n\r|\t{PARTINGS}]")


def is_torn(report: Report, label: Label) -> bool:
    """Whether what a label lacks stands on one of the next lines, where a program tore it apart."""
    text, at = report.folded.text, report.folded.at
    start = text.rfind("\n", 0, at(label.span.start)) + 1
    return stands_torn(text[start : at(label.span.end) + _LONGEST], label.form, fold(label.text).text)


def reword(source: Source, span: Span, wanted: str) -> Fix | None:
    """The edits that turn the text at `span` into `wanted`; None where they would cross cells.

    Characters that fold to the same are left as they are, and so are the tags of a web page. Safe only
    while few characters change and no digit is lost.
    """
    raw = source.text[span.start : span.end]
    if (_CELL_END if "<" not in raw else _PARTING_TAG).search(raw):
        return None
    around = source.text[max(0, span.start - _NEAR) : span.end + 4 * _NEAR]
    if _GRID.search(around):
        return None  # in a table drawn with borders a cell may go on in the next line
    # A traditional character or two among simplified ones are slips.
    traditional = sum(map(is_traditional, around)) > sum(map(is_simplified, around))
    theirs = list(_units(raw))
    ours = [same_length_key(fold(c).text) for c in wanted]
    edits: list[Edit] = []
    for step in opcodes([unit.key for unit in theirs], ours):
        if step.tag == "equal":
            continue
        i1, i2 = step.src_start, step.src_end
        new = wanted[step.dest_start : step.dest_end]
        new = complicate(new) if traditional else new
        if i1 == i2:
            at = _beside_unit(theirs, i1, len(raw))
            edits.append(Edit(Span(span.start + at, span.start + at), new))
        for number, (start, end) in enumerate(_stretches(raw, theirs[i1:i2])):
            edits.append(Edit(Span(span.start + start, span.start + end), "" if number else new))
    edits = _without_torn(source.text, span, edits, wanted)
    if not edits:
        return None
    gone = "".join(source.text[edit.span.start : edit.span.end] for edit in edits)
    changed = sum(max(edit.span.end - edit.span.start, len(edit.text)) for edit in edits)
    safe = changed <= _MOST + len(wanted) // 8 and not any(c.isdecimal() for c in gone)
    safe = safe and not _takes_from_figure(source.text, span, edits)
    # A number in place of words: another row may be meant.
    safe = safe and not any(_swaps_number(source.text[slice(*edit.span)], edit.text) for edit in edits)
    # 元 for 万元, 第（七）项 for 第（八）项: another thing may be meant, not a slip of the pen.
    safe = safe and _meaning(raw) == _meaning(wanted)
    return Fix(tuple(edits), Safety.SAFE if safe else Safety.UNSAFE)


class _Unit(NamedTuple):
    """A character that a reader sees: where it is written, and what it is compared by."""

    start: int
    end: int
    key: str


def _units(raw: str) -> Iterator[_Unit]:
    """What is seen of a text, blanks left out: not its tags and bold marks, and an entity as its character."""
    for match in _UNIT.finditer(raw):
        char = match[0] if len(match[0]) == 1 else "" if match[0][0] in "<*_" else unescaped(match[0]) or match[0]
        if char and not char.isspace():
            yield _Unit(*match.span(), same_length_key(fold(char).text) or char)


def _beside_unit(units: list[_Unit], number: int, end: int) -> int:
    """Where something is put in before a unit: behind the one before it, which has tags of its own, if there is one."""
    if number and (number == len(units) or units[number - 1].end < units[number].start):
        return units[number - 1].end if number < len(units) else end
    return units[number].start if number < len(units) else end


def _stretches(raw: str, units: list[_Unit]) -> Iterator[tuple[int, int]]:
    """The ranges that units take up, without the tags and marks between them."""
    start: int | None = None
    for unit, following in zip_longest(units, units[1:]):
        start = unit.start if start is None else start
        if following is None or raw[unit.end : following.start].strip():
            yield start, unit.end
            start = None


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
    return any(map(is_han, old)) and any(char.isdecimal() for char in new)


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
