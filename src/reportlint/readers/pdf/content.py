"""What stands on the pages of a PDF file: characters with their places, and ruled lines."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from statistics import median
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from reportlint.characters import visible
from reportlint.decoding import too_large
from reportlint.readers.ruled import Rule
from reportlint.source import MAX_SIZE, UnreadableFile
from reportlint.text.radicals import ordinary
from reportlint.tuples import NamedTuple

_MOST_PAGES = 150
_MOST_OBJECTS = 40_000
_MOST_IMAGES, _FEW = 200, 20
_MOST_OF_IT = 0.6
_MOST_CHARS = 60_000
_MOST_DRAWN = 300_000
"""Characters and lines of a whole file: a report has some thousands."""
_LARGEST = 8.0
_MOST_PIXELS = 8_000_000
_THIN = 4.0
"""A filled shape thinner than this is a line."""
_STRAIGHT = 1.0
_ASKEW = 0.15
"""Characters turned further than this, in radians, from the page's directions are a mark across it."""
_HUGE = 4
"""So many times as large as the usual ones, characters are such a mark too."""
_SAME_LINE = 0.45
_GAP_HAN, _GAP = 0.9, 0.3
"""Of a character's height: a wider gap is a blank, between Chinese characters and otherwise."""


class Char(NamedTuple):
    """A character: its middle, its sides, its height, and how sure it is, from 0 to 1."""

    text: str
    x: float
    y: float
    left: float
    right: float
    size: float
    score: float = 1.0


class Read(NamedTuple):
    """A figure's middle where it was read from a picture, from 0 to 1 how sure it is, and how else it may read."""

    x: float
    y: float
    score: float
    other: str | None


class Line(NamedTuple):
    """Characters that stand in a line, with the blanks between them."""

    text: str
    left: float
    right: float
    top: float
    size: float


class Page(NamedTuple):
    """A page, counted from 1; `read` are the figures of its tables where it was read from a picture.

    `is_picture` tells one that shows a picture as large as itself and no text that lines part.
    """

    number: int
    height: float
    chars: list[Char]
    rules: list[Rule]
    read: list[Read] | None = None
    is_picture: bool = False

    def margin(self, top: float, bottom: float) -> list[Line]:
        """The lines above and below those parts of the page."""
        held = [c for c in self.chars if c.y < self.height * top or c.y > self.height * bottom]
        return lines(held, by_ocr=self.read is not None)


def open_pages(data: bytes, path: str) -> Iterator[Page]:
    """The pages of a file. Raises UnreadableFile for one that is encrypted, damaged or too long."""
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise _refused(path, str(error)) from None
    try:
        if count > _MOST_PAGES:
            shown = visible(path)
            raise UnreadableFile(
                f"{shown} 有 {count} 页，一份报告只有几页到几十页；请拆出报告再检查",
                f"{shown} has {count} pages, a report has some tens at most; take the report out of it",
            )
        drawn = 0
        for number in range(count):
            try:
                page = document[number]
                made = _page(page, number + 1)
                page.close()
                drawn += len(made.chars) + len(made.rules)
                if drawn > _MOST_DRAWN:
                    raise too_large(path, MAX_SIZE)
                yield made
            except pdfium.PdfiumError as error:
                raise _refused(path, str(error)) from None
    finally:
        document.close()


def drawn(data: bytes, numbers: Sequence[int], wide: int) -> Iterator[tuple[int, Any]]:
    """Pages of a file, counted from 1, as pictures of about so many pixels across, in shades of grey."""
    document = pdfium.PdfDocument(data)
    try:
        for number in numbers:
            page = document[number - 1]
            across, down = sorted(page.get_size())
            scale = min(wide / max(across, 1.0), _LARGEST, (_MOST_PIXELS / max(across * down, 1.0)) ** 0.5)
            # The page's memory goes with it.
            yield number, page.render(scale=scale, grayscale=True).to_numpy().copy()
            page.close()
    finally:
        document.close()


def _refused(path: str, why: str) -> UnreadableFile:
    shown = visible(path)
    if "password" in why.lower() or "security" in why.lower():
        return UnreadableFile(
            f"{shown} 设有打开密码；请取消密码后再检查",
            f"{shown} is protected by a password; remove it and check again",
        )
    return UnreadableFile(
        f"{shown} 已损坏或不是 PDF（{why}）；请重新导出，或检查 Word 原稿、网页",
        f"{shown} is damaged or no PDF ({why}); export it anew, or check the Word file or the page",
    )


def _page(page: Any, number: int) -> Page:
    height = page.get_size()[1]
    chars = list(_chars(page, height))
    usual = median(char.size for char in chars) if chars else 0.0
    # A mark across the page is no text of it.
    chars = [char for char in chars if char.size <= usual * _HUGE]
    rules = list(_rules(page, height))
    is_picture = not rules and _is_covered(page, height) and (len(chars) < _FEW or _is_unseen(page))
    return Page(number, height, chars, rules, is_picture=is_picture)


def _is_unseen(page: Any) -> bool:
    """Whether all text of a page is invisible, as a scanner lays it behind its picture."""
    texts = islice(page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=4), _MOST_OBJECTS)
    return all(raw.FPDFTextObj_GetTextRenderMode(text) == raw.FPDF_TEXTRENDERMODE_INVISIBLE for text in texts)


def _is_covered(page: Any, height: float) -> bool:
    """Whether a picture covers most of a page, as in a scan; a scanner may lay the text behind it, without lines."""
    wide = page.get_size()[0]
    for image in islice(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4), _MOST_IMAGES):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > wide * height * _MOST_OF_IT:
            return True
    return False


def _chars(page: Any, height: float) -> Iterator[Char]:
    text = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = raw.FS_RECTF()
    for at in range(min(text.count_chars(), _MOST_CHARS)):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in (0, 10, 13, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        char = chr(code)
        if char.isspace():
            continue  # blanks are told by the gaps
        raw.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        raw.FPDFText_GetLooseCharBox(text, at, loose)
        if 0x2E80 <= code <= 0x2FDF:
            # Programs that make PDF files write radicals in place of the characters that look alike.
            char = ordinary(char)
        middle = height - (loose.top + loose.bottom) / 2
        size = max(loose.top - loose.bottom, 1.0)
        turned = abs(math.remainder(raw.FPDFText_GetCharAngle(text, at), math.pi / 2)) > _ASKEW
        if not turned:
            yield Char(char, (loose.left + loose.right) / 2, middle, loose.left, loose.right, size)
    text.close()


def _rules(page: Any, height: float) -> Iterator[Rule]:
    """The lines of a page, drawn as such, as thin shapes or as the sides of boxes; none where they are too many."""
    found: list[Rule] = []
    for shape in islice(page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4), _MOST_OBJECTS):
        left, bottom, right, top = shape.get_bounds()
        wide, high = right - left, top - bottom
        upper, lower = height - top, height - bottom
        if _is_stroked(shape):
            found += _sides(shape, height)
        elif high <= _THIN < wide:
            found.append(Rule(True, (upper + lower) / 2, left, right))
        elif wide <= _THIN < high:
            found.append(Rule(False, (left + right) / 2, upper, lower))
        if len(found) > _MOST_OBJECTS:
            return iter(())
    return iter(found)


def _is_stroked(shape: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, mode, stroke)
    return bool(stroke.value)


def _sides(shape: Any, height: float) -> Iterator[Rule]:
    """The straight lines of a drawn path that run across or down."""
    matrix = shape.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    before = start = (0.0, 0.0)
    for number in range(min(raw.FPDFPath_CountSegments(shape), _MOST_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(shape, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        across, up = matrix.on_point(x.value, y.value)
        point = (across, height - up)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            start = point
        else:
            yield from _side(before, point)
        before = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _side(point, start)
            before = start


def _side(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (x1, y1), (x2, y2) = one, other
    if abs(y1 - y2) < _STRAIGHT and abs(x1 - x2) > _THIN:
        yield Rule(True, y1, min(x1, x2), max(x1, x2))
    elif abs(x1 - x2) < _STRAIGHT and abs(y1 - y2) > _THIN:
        yield Rule(False, x1, min(y1, y2), max(y1, y2))


def lines(chars: Sequence[Char], by_ocr: bool = False) -> list[Line]:
    """Characters as lines, from the top down; what stands apart in a line has a blank between.

    OCR tells roughly where a character ends: there only a wide gap is a blank.
    """
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: (c.y, c.left)):
        if rows and abs(rows[-1][0].y - char.y) < char.size * _SAME_LINE:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_line(sorted(row, key=lambda c: c.left), by_ocr) for row in rows]


def _line(row: Sequence[Char], by_ocr: bool) -> Line:
    text = row[0].text
    for before, char in pairwise(row):
        both = by_ocr or (_is_wide(before.text) and _is_wide(char.text))
        if char.left - before.right > (_GAP_HAN if both else _GAP) * char.size:
            text += " "
        text += char.text
    return Line(text, row[0].left, row[-1].right, min(c.y - c.size / 2 for c in row), row[0].size)


def _is_wide(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or char in "“”‘’—…"
