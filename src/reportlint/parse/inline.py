"""Headings of sections in mid-line: a line that holds them is read as several."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from reportlint.forms.form import Form
from reportlint.forms.tables import Role, role_of
from reportlint.late import Late
from reportlint.parse.layout import Segment
from reportlint.records import replace
from reportlint.text.keys import split_number
from reportlint.tuples import NamedTuple
from reportlint.words import either

_SHORTEST = 24
_STOP = Late(r"。(?=\s)")
_CAPTION = 4
_BEGINNINGS = either("page", "preface")
"""How a preface begins."""
_MOST_LINES = 40
_LABELS = 8
"""Words with figures among them: the cells of a table in mid-line."""

_CITED = Late(r"(?:详见|参见|请见|下文|上文|(?<![意可相偏显罕常少政成远创])见)\s*[“\"]?$")
"""A heading behind one of these is where to look, and begins no section."""
_NEAR = 8


class _Headings(NamedTuple):
    """Every accepted heading with its number: the bodies by number, and what may stand behind them."""

    begins: Late
    bodies: dict[str, tuple[str, ...]]
    captions: tuple[str, ...]
    shortest: int

    def places(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The ranges of headings in a cell, behind a stop or a blank and with a blank, a caption or nothing behind."""
        found: list[tuple[int, int]] = []
        for match in self.begins.finditer(text, start, end):
            body = self._body(text, match.end(), end, match["number"])
            cited = _CITED.search(text, max(start, match.start() - _NEAR), match.start())
            if body and not cited and (not found or match.start() >= found[-1][1]):
                found.append((match.start(), match.end() + len(body)))
        return found

    def _body(self, text: str, at: int, end: int, number: str) -> str:
        for body in self.bodies[number]:
            stop = at + len(body)
            if (
                stop <= end
                and _is_same(text, at, body)
                and (
                    stop == end
                    or text[stop].isspace()
                    or text[stop] == "。"
                    or text.startswith(self.captions, stop, end)
                )
            ):
                return body
        return ""


def _is_same(text: str, at: int, body: str) -> bool:
    """Whether a heading's words stand there; a comma of it is written in several ways."""
    if "," not in body:
        return text.startswith(body, at)
    return all(char in (own, ",") for own, char in zip(text[at : at + len(body)], body, strict=True))


@cache
def _headings(forms: tuple[Form, ...]) -> _Headings:
    bodies: dict[str, set[str]] = {}
    for form in forms:
        for wording, terminal in form.keys.items():
            number, body = split_number(wording)
            if role_of(terminal) is Role.SECTION and number.endswith(","):
                bodies.setdefault(number.rstrip(","), set()).add(body)
    captions = {w[:_CAPTION] for f in forms for w, t in f.keys.items() if role_of(t) is Role.CAPTION}
    numbers = "|".join(sorted(bodies)) or "(?!)"
    return _Headings(
        Late(rf"(?<=[。\s|\d])(?P<number>{numbers})[、,.]\s?"),
        {number: tuple(sorted(sorted(held), key=len, reverse=True)) for number, held in bodies.items()},
        tuple(sorted(captions)),
        min((len(number) + 1 + len(body) for number, held in bodies.items() for body in held), default=0),
    )


@cache
def _titles(forms: tuple[Form, ...]) -> re.Pattern[str]:
    """A report's title with its preface behind it on the line."""
    names = "|".join(sorted({re.escape(form.title) for form in forms if form.title}))
    return re.compile(rf"[^。;:,《》|\t]{{0,60}}(?:{names})(?=\s*(?:{_BEGINNINGS}))" if names else "(?!)")


def unfold_lines(folded: str, cells: list[Segment], forms: tuple[Form, ...]) -> list[Segment]:
    """The cells of a text, those with headings in mid-line parted there; the first such heading is marked."""
    headings = _headings(forms)
    found: list[Segment] = []
    for cell in _with_title_apart(folded, cells, forms):
        length = cell.end - cell.start
        if length < headings.shortest or (cell.alone and length < _SHORTEST):
            found.append(cell)
            continue
        places = headings.places(folded, cell.start, cell.end)
        # A heading that only begins its line is told by the line as a whole.
        whole = cell.alone and len(places) == 1 and places[0][0] == cell.start
        found.extend(_parted(folded, cell, places) if places and not whole else [cell])
    return found


def _with_title_apart(folded: str, cells: list[Segment], forms: tuple[Form, ...]) -> list[Segment]:
    """The cells with the first title that stands in one line with the preface parted from it."""
    for number, cell in enumerate(cells[:_MOST_LINES]):
        match = _titles(forms).match(folded, cell.start, cell.end) if cell.alone else None
        if match:
            parts = [*_one(cell, cell.start, match.end()), *_one(cell, match.end(), cell.end)]
            return [*cells[:number], *(replace(part, split=cell.split) for part in parts), *cells[number + 1 :]]
        if any(folded.endswith(form.title, cell.start, cell.end) for form in forms if form.title):
            break
    return cells


def _parted(folded: str, cell: Segment, places: list[tuple[int, int]]) -> Iterator[Segment]:
    done = cell.start
    for start, end in places:
        yield from _piece(folded, cell, done, start)
        yield from _one(cell, start, end, heading=True)
        done = end
    yield from _piece(folded, cell, done, cell.end)


def _piece(folded: str, cell: Segment, start: int, end: int) -> Iterator[Segment]:
    """What stands between two headings: sentences, and the cells of a table, each for themselves."""
    at = start
    if len(_words(cell, start, end)) >= _LABELS:
        for match in _STOP.finditer(folded, start, end):
            yield from _one(cell, at, match.end())
            at = match.end()
    yield from _one(cell, at, end)


def _words(cell: Segment, start: int, end: int) -> list[tuple[int, int]]:
    """The words of a cell between two offsets."""
    first = bisect_right(cell.words, start, key=lambda word: word[1])
    last = bisect_left(cell.words, end, key=lambda word: word[0])
    return [(max(a, start), min(b, end)) for a, b in cell.words[first:last]]


def _one(cell: Segment, start: int, end: int, heading: bool = False) -> Iterator[Segment]:
    words = _words(cell, start, end)
    if words:
        alone = heading or cell.alone
        yield replace(cell, start=words[0][0], end=words[-1][1], words=words, gap=1, alone=alone, split=True)
