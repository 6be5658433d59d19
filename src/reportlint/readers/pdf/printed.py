"""From the bytes of a PDF file to its view: pages, tables that go on over them, paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reportlint.characters import visible
from reportlint.diagnostics import Origin, Recognition, Span
from reportlint.late import Late
from reportlint.readers import scans
from reportlint.readers.pdf.content import Char, Line, Page, Read, drawn, lines, open_pages
from reportlint.readers.ruled import Area, Grid, grids
from reportlint.reading import tell_page
from reportlint.source import MAX_SIZE, Source, UnreadableFile, too_large
from reportlint.tuples import NamedTuple

_NUMBER = Late(r"[-—–·\s]*\d{1,3}[-—–·\s]*|第?\s*\d+\s*页(?:\s*[,/，]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+")
_PRINTED = Late(r"(?:file|https?|about):\S{1,400}?\s*\d{1,3}/\d{1,3}|\d{4}/\d{1,2}/\d{1,2}[ ,，]*\d{1,2}:\d{2}.{0,80}")
_TOP, _BOTTOM = 0.1, 0.87
"""Above and below these parts of a page stand running heads and page numbers."""
_REPEATED = 3
_LEAST_CELLS, _MOST_CELLS = 3, 50_000
_LEAST_TEXT = 20
_SHORT = 10
_ROOM = 1.7
"""With less room than this behind its last character, in its heights, a cell's line is full."""
_ASIDE = 4.0
"""Cells of one column begin no further from each other than this, in points."""
_STOPS = ("。", "；", "：")
_ORDINAL = Late(r"[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]?")
_BEGINS = Late(r"[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[\d/-]")
"""What a row begins with, or a figure."""
_ITEM = Late(r"\u3000|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)")
"""What a paragraph begins with: an indent, or a number."""


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together; it goes on where its last line reaches the margin."""

    page: int
    lines: list[str]
    goes_on: bool
    size: float


class _Row(NamedTuple):
    """A row's cells: their texts, edges on the page, whether their lines are full, and how their figures were read."""

    page: int
    cells: list[str]
    edges: list[tuple[float, float]]
    full: list[bool]
    read: list[Read | None]


@dataclass(slots=True)
class _Table:
    """Rows of cells; a table may go on over several pages."""

    rows: list[_Row] = field(default_factory=list)


_Block = _Paragraph | _Table


def read_pages(data: bytes, path: str) -> Source:
    """The view of a PDF file. Raises UnreadableFile, with a sentence."""
    pages = _with_scanned(list(open_pages(data, path)), data, path)
    count = sum(len(page.chars) for page in pages)
    if count > MAX_SIZE:
        raise too_large(path, MAX_SIZE)
    if count < _LEAST_TEXT:
        shown = visible(path)
        if scans.installed():
            raise UnreadableFile(
                f"{shown} 里没有文字，扫描页里也没有读出文字；请检查 Word 原稿或网页",
                f"{shown} holds no text, and none can be read in a scanned page; check the Word file or the page",
            )
        raise UnreadableFile(
            f"{shown} 里没有文字，多半是扫描件；请先安装 pip install 'reportlint[ocr]'，或检查 Word 原稿、网页",
            f"{shown} holds no text: most likely it was scanned; pip install 'reportlint[ocr]' first, "
            "or check the Word file or the page",
        )
    return view(pages, data, path)


def _with_scanned(pages: list[Page], data: bytes, path: str) -> list[Page]:
    """The pages with those read by OCR that are pictures; as they are without the extra for it."""
    numbers = [page.number for page in pages if page.is_picture]
    if not numbers or not scans.installed():
        return pages
    # Libraries of native code, dear to load.
    from reportlint.readers.scans.pictures import MOST_PAGES, WIDE, too_many
    from reportlint.readers.scans.recognised import read_page

    if len(numbers) > MOST_PAGES:
        raise too_many(path, len(numbers))
    read = {}
    for at, (number, picture) in enumerate(drawn(data, numbers, WIDE), start=1):
        tell_page(path, at, len(numbers))
        read[number] = read_page(picture, number)
    return [read.get(page.number, page) for page in pages]


def view(pages: Sequence[Page], data: bytes, path: str) -> Source:
    """The view of pages; that of scans with how OCR read its figures. Raises UnreadableFile for too many cells."""
    text, origins, readings = _laid_out(_blocks(pages, path))
    return Source(
        path,
        text,
        data=data,
        origins=tuple(origins),
        walled=True,
        typed=False,
        recognitions=tuple(readings) if any(page.read is not None for page in pages) else None,
        scanned=frozenset(page.number for page in pages if page.read is not None),
    )


def _blocks(pages: Sequence[Page], path: str) -> list[_Block]:
    blocks: list[_Block] = []
    cells = 0
    repeated = _repeated(pages)
    for page in pages:
        first = True
        for item in _items(page, repeated):
            if isinstance(item, _Table):
                cells += sum(len(row.cells) for row in item.rows)
                if cells > _MOST_CELLS:
                    raise too_large(path, MAX_SIZE)
                last = blocks[-1] if blocks else None
                if first and isinstance(last, _Table):
                    _go_on(last, item)
                else:
                    blocks.append(item)
            else:
                _append(blocks, item)
            first = False
    return blocks


def _go_on(table: _Table, more: _Table) -> None:
    """Take in the rows of a table that goes on: the first may be the rest of the last one, cut by the page's end.

    Else what is left in it of cells that begin on the page before says nothing.
    """
    last, first = table.rows[-1], more.rows[0]
    rest = _below(last, first)
    if rest is not None and _is_cut(last.cells, rest, last.full):
        last.cells[:] = [upper + lower for upper, lower in zip(last.cells, rest, strict=True)]
        table.rows += more.rows[1:]
        return
    while len(first.cells) > 1 and not first.cells[0]:
        first = _Row(first.page, first.cells[1:], first.edges[1:], first.full[1:], first.read[1:])
    table.rows += [first, *more.rows[1:]]


def _below(upper: _Row, lower: _Row) -> list[str] | None:
    """What stands in a row below each cell of another; None where something stands below none of them.

    Cells that reach over several rows are cells of the first only, and one over more columns is below none.
    """
    found = [""] * len(upper.cells)
    for text, edges in zip(lower.cells, lower.edges, strict=True):
        at = next((n for n, other in enumerate(upper.edges) if _is_below(edges, other)), None)
        if at is not None:
            found[at] = text
        elif text:
            return None
    return found


def _is_below(lower: tuple[float, float], upper: tuple[float, float]) -> bool:
    return all(abs(one - other) <= _ASIDE for one, other in zip(lower, upper, strict=True))


def _is_cut(upper: Sequence[str], lower: Sequence[str], full: Sequence[bool]) -> bool:
    """Whether two rows are one: the second goes on in some cells of the first and leaves others empty.

    Where it goes on in all of them, each must have had no room left in its line.
    """
    if len(upper) != len(lower) or not any(lower) or (all(lower) and not all(full)):
        return False
    going_on = [(held, more) for held, more in zip(upper, lower, strict=True) if more]
    if any(not held for held, _ in going_on):
        return False
    return all(_goes_on(held, more) for held, more in going_on)


def _goes_on(held: str, more: str) -> bool:
    """Whether a cell's text goes on: a long figure, a bracket that is open, a number without its words, a few words."""
    if held[-1].isdecimal() or more[0].isdecimal():
        return held.isdecimal() and more.isdecimal()
    opened = held.count("（") + held.count("(") > held.count("）") + held.count(")")
    return opened or _ORDINAL.fullmatch(held) is not None or (len(more) <= _SHORT and not _BEGINS.match(more))


def _append(blocks: list[_Block], item: _Paragraph) -> None:
    last = blocks[-1] if blocks else None
    same = isinstance(last, _Paragraph) and abs(last.size - item.size) < 1
    if isinstance(last, _Paragraph) and same and last.goes_on and not _ITEM.match(item.lines[0]):
        last.lines += item.lines
        last.goes_on = item.goes_on
    else:
        item.lines[0] = item.lines[0].lstrip("\u3000")
        blocks.append(item)


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    """Running heads and feet: what stands in the margin of several pages, in one size."""
    counts = Counter(key for page in pages for key in {_head(line) for line in page.margin(_TOP, _BOTTOM)})
    return frozenset(key for key, count in counts.items() if count >= _REPEATED)


def _head(line: Line) -> tuple[str, int]:
    return line.text, round(line.size)


def _items(page: Page, repeated: frozenset[tuple[str, int]]) -> Iterator[_Table | _Paragraph]:
    """The tables and lines of a page, from the top down."""
    items: list[tuple[float, _Table | _Paragraph]] = []
    tables = grids(page.rules)
    left = _without_furniture(page, repeated, tables)
    for grid in tables:
        inside = [char for char in left if grid.holds(char.x, char.y)]
        table = _table(grid, inside, page)
        if table is not None:
            items.append((grid.ys[0], table))
            left = [char for char in left if not grid.holds(char.x, char.y)]
    shown = lines(left, by_ocr=page.read is not None)
    begins = min((line.left for line in shown), default=0.0)
    ends = max((line.right for line in shown), default=0.0)
    for line in shown:
        indented = line.left - begins > line.size * 1.1
        # Behind a stop another paragraph may begin; one that is parted there loses nothing.
        full = ends - line.right < line.size * 1.7 and len(line.text) > _SHORT
        full = full and not line.text.endswith(_STOPS)
        text = "\u3000" * indented + line.text
        items.append((line.top, _Paragraph(page.number, [text], full, line.size)))
    yield from (item for _, item in sorted(items, key=lambda held: held[0]))


def _without_furniture(page: Page, repeated: frozenset[tuple[str, int]], tables: Sequence[Grid]) -> list[Char]:
    """The characters of a page but for running heads, page numbers and what a browser prints at its edge."""
    gone = [
        line
        for line in page.margin(_TOP, _BOTTOM)
        if _head(line) in repeated or _NUMBER.fullmatch(line.text) or _PRINTED.fullmatch(line.text)
        # A figure in a table is no page's number.
        if not (line.text.isdecimal() and any(grid.holds(line.left, line.top + line.size / 2) for grid in tables))
    ]
    if not gone:
        return page.chars
    return [c for c in page.chars if not any(g.top <= c.y <= g.top + g.size and g.left <= c.x <= g.right for g in gone)]


def _table(grid: Grid, chars: Sequence[Char], page: Page) -> _Table | None:
    """A table's rows; None for a frame around text."""
    of = {(row, column): area for area in grid.cells for row, column in _slots(area)}
    held: dict[Area, list[Char]] = {}
    for char in chars:
        held.setdefault(of[grid.slot(char.x, char.y)], []).append(char)
    written = {area: lines(inside) for area, inside in held.items()}
    texts = {area: "".join("".join(line.text.split()) for line in own) for area, own in written.items()}
    # At the page's edge a table may begin or end with a single row.
    at_edge = grid.ys[-1] > page.height * _BOTTOM or grid.ys[0] < page.height * _TOP
    if sum(map(bool, texts.values())) < (1 if at_edge else _LEAST_CELLS):
        return None
    rows: dict[int, _Row] = {}
    for area in grid.cells:
        row = rows.setdefault(area.top, _Row(page.number, [], [], [], []))
        row.cells.append(texts.get(area, ""))
        row.edges.append((grid.xs[area.left], grid.xs[area.right + 1]))
        last = written[area][-1] if area in written else None
        row.read.append(_read_in(grid, area, page))
        row.full.append(last is not None and grid.xs[area.right + 1] - last.right < last.size * _ROOM)
    return _Table([rows[row] for row in sorted(rows)])


def _read_in(grid: Grid, area: Area, page: Page) -> Read | None:
    left, right = grid.xs[area.left], grid.xs[area.right + 1]
    top, bottom = grid.ys[area.top], grid.ys[area.bottom + 1]
    return next((one for one in page.read or () if left < one.x < right and top < one.y < bottom), None)


def _slots(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _laid_out(blocks: Iterable[_Block]) -> tuple[str, list[tuple[Span, Origin]], list[Recognition]]:
    """Blocks as text: a paragraph a line, a row of a table a line with walls between its cells."""
    parts: list[str] = []
    origins: list[tuple[Span, Origin]] = []
    readings: list[Recognition] = []
    length = tables = paragraphs = 0

    def put(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    for block in blocks:
        if isinstance(block, _Paragraph):
            start = length
            paragraphs += 1
            put("".join(block.lines).replace("|", "¦") + "\n")
            origins.append((Span(start, length), Origin(page=block.page, paragraph=paragraphs)))
            continue
        tables += 1
        put("\n")
        for number, row in enumerate(block.rows, start=1):
            page = row.page
            put("|")
            for column, (cell, read) in enumerate(zip(row.cells, row.read, strict=True), start=1):
                start = length
                put(cell.replace("|", "¦") + "|")
                if read is not None:
                    readings.append(Recognition(Span(start, length - 1), read.score, read.other))
                origins.append((Span(start, length), Origin(page, tables, number, column)))
            put("\n")
        put("\n")
    return "".join(parts), origins, readings
