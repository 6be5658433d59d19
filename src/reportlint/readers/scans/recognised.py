"""Pages of pictures as pages of characters and lines, the figures of their tables read twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_rec.typings import TextRecInput

from reportlint.late import Late
from reportlint.readers.pdf.content import Char, Page, Read
from reportlint.readers.ruled import Area, Grid, Rule, grids
from reportlint.readers.scans.pictures import Picture
from reportlint.readers.scans.ruling import ink, rules, upright
from reportlint.tuples import NamedTuple

_A4 = 595.0
_FIGURE = Late(r"[-−]?[\d.,，]{1,12}")
_LEAST_WIDE = 100.0
_MOST_CELLS = 2_000
"""So many cells of a page are read twice; a form has three hundred."""
_INSET = 2.0
"""Points between a cell's border and what is written in it."""
_INKED = 0.004
"""A cell with ink on more than this part of it has something written in it."""
_ROOM = 4
_FIGURE_SURE, _WORD_SURE = 0.5, 0.85
_LIKE_FIGURE = Late(r"[-−]?[\d.,，]{1,12}|[-—－/／无〇○]")
_LIKE_A_SLASH = frozenset("1Il|丨")
_FEW, _LEAN, _SLANT = 8, 0.25, -0.85
_PAPER = 200
_LONG = 4
_BUCKET = 20.0
_CORE, _MOSTLY = 0.3, 0.4
"""A line that runs for more than that through the cores of characters is made of their strokes."""
_LOOSE = 0.8
"""A character's height, as a part of the box around its line."""


class _Reading(NamedTuple):
    text: str
    score: float


@cache
def _engine() -> Any:
    # Its classifier of directions turns 6 into 9, and is sure of it.
    return RapidOCR(params={"Global.use_cls": False, "Global.text_score": 0.0, "Global.log_level": "critical"})


def read_page(picture: Picture, number: int) -> Page:
    """A page of a scan in points, as wide as A4 is, with how sure the figures of its tables are."""
    picture = upright(picture)
    lines = _lines(picture)
    if _is_turned(lines):
        picture, lines = max(
            ((turned, _lines(turned)) for turned in (np.rot90(picture), np.rot90(picture, 3))),
            key=lambda held: sum(char.score for line in held[1] for char in line),
        )
        picture = np.ascontiguousarray(picture)
    scale = min(picture.shape) / _A4
    inked = ink(picture)
    found = [char for line in lines for char in _in_points(line, scale)]
    if not found:
        return Page(number, picture.shape[0] / scale, [], [], [])
    drawn = _without_strokes(rules(inked, scale), found)
    # Strokes of large characters make small boxes.
    tables = [grid for grid in grids(drawn) if grid.xs[-1] - grid.xs[0] > _LEAST_WIDE]
    drawn = [rule for rule in drawn if any(_has(grid, rule) for grid in tables)]
    figures: list[Read] = []
    for grid in tables:
        found, read = _read_again(grid, found, picture, inked, scale)
        figures += read
    return Page(number, picture.shape[0] / scale, found, drawn, figures)


def _without_strokes(drawn: Sequence[Rule], chars: Sequence[Char]) -> list[Rule]:
    """The lines that do not run through characters."""
    rows: dict[int, list[Char]] = defaultdict(list)
    columns: dict[int, list[Char]] = defaultdict(list)
    for char in chars:
        for held, middle in ((rows, char.y), (columns, char.x)):
            for bucket in {int(middle // _BUCKET) + more for more in (-1, 0, 1)}:
                held[bucket].append(char)

    def through(rule: Rule) -> float:
        length = 0.0
        for char in (rows if rule.across else columns)[int(rule.at // _BUCKET)]:
            aside = abs(rule.at - (char.y if rule.across else char.x))
            high, wide = char.size / _LOOSE, char.right - char.left
            if aside < (high if rule.across else wide) * _CORE:
                middle, size = (char.x, wide) if rule.across else (char.y, high)
                length += max(0.0, min(rule.end, middle + size / 2) - max(rule.start, middle - size / 2))
        return length / max(rule.end - rule.start, 1.0)

    return [rule for rule in drawn if through(rule) < _MOSTLY]


def _has(grid: Grid, rule: Rule) -> bool:
    middle = (rule.start + rule.end) / 2
    return grid.holds(middle, rule.at) if rule.across else grid.holds(rule.at, middle)


def _lines(picture: Picture) -> list[list[Char]]:
    """The lines of a picture, in pixels."""
    if picture.min() > _PAPER:
        return []
    done = _engine()(_coloured(picture), use_cls=False, return_word_box=True, return_single_char_box=True)
    lines: list[list[Char]] = []
    for line in done.word_results if done.boxes is not None else ():
        made: list[Char] = []
        for text, score, box in line:
            xs, ys = [x for x, _ in box], [y for _, y in box]
            left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
            if not text.isspace():
                middle = (left + right) / 2, (top + bottom) / 2
                made.append(Char(text, *middle, left, right, (bottom - top) * _LOOSE, float(score)))
        lines.append(made)
    return lines


def _in_points(line: Sequence[Char], scale: float) -> Iterator[Char]:
    for char in line:
        x, y, left, right, size = (value / scale for value in char[1:6])
        yield Char(char.text, x, y, left, right, size, char.score)


def _is_turned(lines: Sequence[Sequence[Char]]) -> bool:
    """Whether the longer lines of a picture run down, as on a page that lay crosswise."""
    spans = [
        (max(c.x for c in line) - min(c.x for c in line), max(c.y for c in line) - min(c.y for c in line))
        for line in lines
        if len(line) >= _LONG
    ]
    return sum(high > 2 * wide for wide, high in spans) > len(spans) / 2


def _coloured(picture: Picture) -> Any:
    return np.repeat(picture[:, :, None], 3, axis=2)


class _Cell(NamedTuple):
    """A cell with a figure, or with what the first reading missed: where it is, what was read, and its picture."""

    left: float
    right: float
    y: float
    high: float
    chars: list[Char]
    crop: Picture

    @property
    def text(self) -> str:
        return "".join(c.text for c in sorted(self.chars, key=lambda c: c.left))


def _read_again(
    grid: Grid, chars: Sequence[Char], picture: Picture, inked: Picture, scale: float
) -> tuple[list[Char], list[Read]]:
    """All characters once the cells of a table were read a second time, and how sure its figures are."""
    cells = list(islice(_cells(grid, chars, picture, inked, scale), _MOST_CELLS))
    gone: set[Char] = set()
    more: list[Char] = []
    figures: list[Read] = []
    for cell, second in zip(cells, _recognised([cell.crop for cell in cells]), strict=True):
        text, score = cell.text, min((c.score for c in cell.chars), default=0.0)
        again = "".join(second.text.split())
        other = None
        if text in _LIKE_A_SLASH and _is_slash(cell.crop):
            gone.update(cell.chars)
            text = "/"
            more += _spread(text, score, cell)
        elif not text:
            # What is no figure, and no word that is read with certainty, is dirt.
            if second.score > (_FIGURE_SURE if _LIKE_FIGURE.fullmatch(again) else _WORD_SURE):
                text, score = again, second.score
                more += _spread(text, score, cell)
        elif again == text:
            score = max(score, second.score)
        elif _FIGURE.fullmatch(again):
            other = again
        if _FIGURE.fullmatch(text):
            figures.append(Read((cell.left + cell.right) / 2, cell.y, min(score, 1.0), other))
    return [*(c for c in chars if c not in gone), *more], figures


def _cells(grid: Grid, chars: Sequence[Char], picture: Picture, inked: Picture, scale: float) -> Iterator[_Cell]:
    held: dict[tuple[int, int], list[Char]] = {}
    for char in chars:
        if grid.holds(char.x, char.y):
            held.setdefault(grid.slot(char.x, char.y), []).append(char)
    for area in grid.cells:
        left, right = grid.xs[area.left], grid.xs[area.right + 1]
        top, bottom = grid.ys[area.top], grid.ys[area.bottom + 1]
        inside = [c for slot in _slots(area) for c in held.get(slot, ())]
        crop = _written((left, top, right, bottom), picture, inked, scale)
        if crop is not None:
            cell = _Cell(left, right, (top + bottom) / 2, bottom - top, inside, crop)
            if not inside or _FIGURE.fullmatch(cell.text):
                yield cell


def _slots(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _written(box: tuple[float, float, float, float], picture: Picture, inked: Picture, scale: float) -> Picture | None:
    """What is written in a cell, with a little paper around it; None where nothing is."""
    left, top, right, bottom = box
    x1, x2 = round((left + _INSET) * scale), round((right - _INSET) * scale)
    y1, y2 = round((top + _INSET) * scale), round((bottom - _INSET) * scale)
    part = inked[y1:y2, x1:x2]
    if not part.size or np.count_nonzero(part) < part.size * _INKED:
        return None
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    up, down = max(0, int(rows[0]) - _ROOM), int(rows[-1]) + _ROOM
    first, last = max(0, int(columns[0]) - 2 * _ROOM), int(columns[-1]) + 2 * _ROOM
    crop: Picture = picture[y1:y2, x1:x2][up:down, first:last]
    return crop


def _recognised(crops: Sequence[Picture]) -> list[_Reading]:
    if not crops:
        return []
    done = _engine().text_rec(TextRecInput(img=[_coloured(crop) for crop in crops]))
    return [_Reading(text, float(score)) for text, score in zip(done.txts, done.scores, strict=True)]


def _is_slash(crop: Picture) -> bool:
    """Whether a single stroke runs from the upper right to the lower left; a 1 stands upright, a 7 has a bar."""
    ys, xs = np.nonzero(crop < (float(crop.min()) + float(np.median(crop))) / 2)
    if len(ys) < _FEW or np.ptp(xs) < _LEAN * np.ptp(ys):
        return False
    return float(np.corrcoef(xs, ys)[0, 1]) < _SLANT


def _spread(text: str, score: float, cell: _Cell) -> Iterator[Char]:
    """Characters in the middle of a cell, of one width."""
    wide = min((cell.right - cell.left) / max(len(text), 1), cell.high)
    start = (cell.left + cell.right - wide * len(text)) / 2
    for number, char in enumerate(text):
        at = start + number * wide
        yield Char(char, at + wide / 2, cell.y, at, at + wide, cell.high / 2, score)
