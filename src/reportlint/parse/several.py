"""Several reports in one text, one behind the other: where each begins."""

from __future__ import annotations

from reportlint.forms.form import Form
from reportlint.parse.headings import classify
from reportlint.parse.layout import Segment
from reportlint.parse.titles import is_title
from reportlint.text.keys import key, split_number

_BEFORE, _BEHIND = 4, 3
"""So many sections of one report, and then of the other, tell that there are two."""
_CONTENT = 5
"""Headings with fewer lines between them are a table of contents."""
_HEADING = 46
_WHOLE, _EDGE = 600, 60
"""A report has more characters than the first; about the second, where it ends on a page is not known."""


def parted(folded: str, cells: list[Segment], form: Form, *, is_page: bool = False) -> list[list[Segment]]:
    """The cells of each report of a text; of all but very few texts that is all cells in one.

    A web page that is made for telephones too shows its report a second time, which is none of its own.
    """
    first = form.sections[0].heading if form.sections else ""
    body = split_number(form.canonical.get(first, ""))[1]
    if not body or folded.count(body) < 2:
        return [cells]
    headings = [
        (n, heading.kind)
        for n, cell in enumerate(cells)
        if cell.alone and 3 < cell.end - cell.start <= _HEADING
        if (heading := classify(key(folded[cell.start : cell.end]), form)) and heading.kind in form.labels
    ]
    behind = _distinct_behind([kind for _, kind in headings])
    starts, begun, seen = [0], 0, set[str]()
    for at, (number, kind) in enumerate(headings):
        lines = number - headings[begun][0] - (at - begun)
        if kind == first and first in seen and len(seen) >= _BEFORE and behind[at] >= _BEHIND and lines >= _CONTENT:
            starts.append(_title_before(folded, cells, headings[at - 1][0] + 1, number, form))
            begun, seen = at, set()
        seen.add(kind)
    parts = [cells[start:end] for start, end in zip(starts, [*starts[1:], len(cells)], strict=True)]
    if not is_page:
        return parts
    texts = ["".join(folded[cell.start : cell.end] for cell in part) for part in parts]
    return [part for n, part in enumerate(parts) if n == 0 or not _is_shown_again(texts[n], texts[0])]


def _is_shown_again(text: str, first: str) -> bool:
    """Whether a report is the first one word for word, but for what stands before and behind it on the page."""
    length = min(len(text), len(first))
    return length > _WHOLE and (text[:length] in first or first in text or text[: length - _EDGE] in first)


def _distinct_behind(kinds: list[str]) -> list[int]:
    """How many different headings stand behind each."""
    seen: set[str] = set()
    counts: list[int] = []
    for kind in reversed(kinds):
        counts.append(len(seen))
        seen.add(kind)
    return counts[::-1]


def _title_before(folded: str, cells: list[Segment], first: int, heading: int, form: Form) -> int:
    """The cell of the title between the last section of one report and the first heading of the next."""
    named = (n for n in range(first, heading) if is_title(key(folded[cells[n].start : cells[n].end]), form))
    return next(named, heading)
