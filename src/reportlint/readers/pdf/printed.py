"""From the bytes of a PDF file to its view: pages, tables that go on over them, paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reportlint.characters import visible
from reportlint.decoding import too_large
from reportlint.late import Late
from reportlint.readers import scans
from reportlint.readers.pdf.content import Char, Line, Page, Read, drawn, lines, open_pages
from reportlint.readers.pdf.flow import Block, Paragraph, Row, Table, append, go_on, laid_out
from reportlint.readers.ruled import Area, Grid, grids
from reportlint.reading import tell_page
from reportlint.source import MAX_SIZE, Source, UnreadableFile

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
_STOPS = ("。", "；", "：")


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
    text, origins, readings = laid_out(_blocks(pages, path))
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


def _blocks(pages: Sequence[Page], path: str) -> list[Block]:
    blocks: list[Block] = []
    cells = 0
    repeated = _repeated(pages)
    for page in pages:
        first = True
        for item in _items(page, repeated):
            if isinstance(item, Table):
                cells += sum(len(row.cells) for row in item.rows)
                if cells > _MOST_CELLS:
                    raise too_large(path, MAX_SIZE)
                last = blocks[-1] if blocks else None
                if first and isinstance(last, Table):
                    go_on(last, item)
                else:
                    blocks.append(item)
            else:
                append(blocks, item)
            first = False
    return blocks


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    """Running heads and feet: what stands in the margin of several pages, in one size."""
    counts = Counter(key for page in pages for key in {_head(line) for line in page.margin(_TOP, _BOTTOM)})
    return frozenset(key for key, count in counts.items() if count >= _REPEATED)


def _head(line: Line) -> tuple[str, int]:
    return line.text, round(line.size)


def _items(page: Page, repeated: frozenset[tuple[str, int]]) -> Iterator[Table | Paragraph]:
    """The tables and lines of a page, from the top down."""
    items: list[tuple[float, Table | Paragraph]] = []
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
        items.append((line.top, Paragraph(page.number, [text], full, line.size)))
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


def _table(grid: Grid, chars: Sequence[Char], page: Page) -> Table | None:
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
    rows: dict[int, Row] = {}
    for area in grid.cells:
        row = rows.setdefault(area.top, Row(page.number, [], [], [], []))
        row.cells.append(texts.get(area, ""))
        row.edges.append((grid.xs[area.left], grid.xs[area.right + 1]))
        last = written[area][-1] if area in written else None
        row.read.append(_read_in(grid, area, page))
        row.full.append(last is not None and grid.xs[area.right + 1] - last.right < last.size * _ROOM)
    return Table([rows[row] for row in sorted(rows)])


def _read_in(grid: Grid, area: Area, page: Page) -> Read | None:
    left, right = grid.xs[area.left], grid.xs[area.right + 1]
    top, bottom = grid.ys[area.top], grid.ys[area.bottom + 1]
    return next((one for one in page.read or () if left < one.x < right and top < one.y < bottom), None)


def _slots(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column
