"""What findings in a scan say besides: that OCR read it, and which other reading of a figure would mend the sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import islice

from reportlint.diagnostics import Diagnostic, Recognition, Words
from reportlint.source import Source

_BY_OCR = Words("由文字识别（OCR）读出，请对照扫描件", "read by OCR: compare with the scan")
_OTHERWISE = Words(
    "{at}识别为“{text}”，也可能是“{other}”；若是后者，此处合计成立",
    "{at}, read as {text}, may be {other}; if it is, this sum holds",
)
_LINE = Words("第 {line} 行的数字", "the figure in line {line}")
_MOST_TRIED = 12
"""So many doubtful figures are tried with their other reading; each is a whole check of the sums."""
_OF_FIGURES = frozenset({"arithmetic", "consistency"})


def told(
    found: Sequence[Diagnostic], source: Source, lang: str, check: Callable[[Source], Sequence[Diagnostic]]
) -> list[Diagnostic]:
    """Findings of a scan with those notes; `check` gives those of a text with another figure in it.

    A finding stays whatever OCR may have misread.
    """
    notes: dict[Diagnostic, list[str]] = defaultdict(list)
    if any(one.group in _OF_FIGURES for one in found):
        doubtful = (one for one in source.recognitions or () if one.other is not None)
        for one in islice(doubtful, _MOST_TRIED):
            for gone in _mended(found, source, one, check):
                line, _ = source.position(one.span.start)
                text = source.text[one.span.start : one.span.end]
                fields = {"at": _LINE(lang).format(line=line), "text": text, "other": one.other}
                notes[gone].append(_OTHERWISE(lang).format(**fields))
    return [
        one._replace(notes=(*one.notes, *notes[one], _BY_OCR(lang))) if _is_of_scan(one, source) else one
        for one in found
    ]


def _is_of_scan(found: Diagnostic, source: Source) -> bool:
    """Whether a finding stands on a page that was scanned."""
    return found.origin is None or not source.scanned or found.origin.page in source.scanned


def _mended(
    found: Sequence[Diagnostic],
    source: Source,
    doubtful: Recognition,
    check: Callable[[Source], Sequence[Diagnostic]],
) -> list[Diagnostic]:
    """The findings on figures that are gone with the other reading of one, where no new ones come instead."""
    text, other = source.text, doubtful.other or ""
    text = text[: doubtful.span.start] + other + text[doubtful.span.end :]
    again = source._replace(text=text, origins=(), recognitions=())
    before = {(one.rule, source.position(one.span.start)[0]): one for one in found if one.group in _OF_FIGURES}
    after = {(one.rule, again.position(one.span.start)[0]) for one in check(again) if one.group in _OF_FIGURES}
    return [one for key, one in before.items() if key not in after] if after <= before.keys() else []
