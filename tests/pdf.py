"""PDF files for tests: text at places and ruled tables, as programs print them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

WIDTH, HEIGHT = 595, 842
_MARGIN, _LINE, _SIZE, _SMALL = 60, 20, 12, 6
_ROW = 14
_COLUMN, _GROUP = 30, 60
_INDENT = 24
_PER_LINE = (WIDTH - 2 * _MARGIN) // _SIZE


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A file with those drawing commands on its pages; see `text_at` and `rule`."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] "
        "/ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            "1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
        ),
    ]
    for number, commands in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(_stream("\n".join(commands)))
    out, places = b"%PDF-1.7\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{held}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{end}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def _stream(text: str) -> str:
    return f"<< /Length {len(text.encode())} >>\nstream\n{text}\nendstream"


def text_at(x: float, y: float, text: str, size: float = _SIZE) -> str:
    """Text whose baseline begins at a place, y from the top down."""
    codes = "".join(f"{ord(char):04X}" for char in text)
    return f"BT /F {size} Tf {x} {HEIGHT - y} Td <{codes}> Tj ET"


def rule(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line, y from the top down."""
    return f"{x1} {HEIGHT - y1} m {x2} {HEIGHT - y2} l S"


Draw = Callable[[float, float, float, float], str]


def document(text: str) -> bytes:
    """A report's text in print, see `pages_of`."""
    return pdf(pages_of(text))


def pages_of(text: str, draw: Draw = rule) -> list[list[str]]:
    """A report's pages: lines with bars are rows of ruled tables, which go on over them; others wrap at the margin.

    `draw` draws the lines of tables.
    """
    pages: list[list[str]] = [[]]
    y = float(_MARGIN)

    def room(high: float) -> None:
        nonlocal y
        if y + high > HEIGHT - _MARGIN - _LINE:
            pages.append([])
            y = float(_MARGIN)

    for is_row, held in groupby((line for line in text.splitlines() if line.strip()), key=lambda line: "|" in line):
        for line in held:
            if is_row:
                room(_ROW)
                pages[-1] += _row([part.strip() for part in line.strip().strip("|").split("|")], y, draw)
                y += _ROW
                continue
            for x, piece in _wrapped(line):
                room(_LINE)
                y += _LINE
                pages[-1].append(text_at(x, y - 4, piece))
        y += _LINE if is_row else 0
    for number, page in enumerate(pages, 1):
        page.append(text_at(WIDTH / 2 - 20, HEIGHT - 30, f"— {number} —"))
    return pages


def _wrapped(line: str) -> Iterator[tuple[float, str]]:
    """The lines of a paragraph, the first one indented."""
    first = _PER_LINE - _INDENT // _SIZE
    yield _MARGIN + _INDENT, line[:first]
    for start in range(first, len(line), _PER_LINE):
        yield _MARGIN, line[start : start + _PER_LINE]


def _row(cells: Sequence[str], y: float, draw: Draw) -> Iterator[str]:
    """A row: figures stand in columns of their own at the right, words have what is left."""
    spare = WIDTH - 2 * _MARGIN
    most = 7
    if len(cells) > most + 2:
        edges = [_MARGIN + spare * n / len(cells) for n in range(len(cells) + 1)]
    else:
        figures = [WIDTH - _MARGIN - _COLUMN * n for n in range(min(most, len(cells) - 1), -1, -1)]
        words = [_MARGIN, _MARGIN + _GROUP] if len(cells) > most + 1 else [_MARGIN]
        edges = [float(x) for x in (*words, *figures)]
    yield draw(_MARGIN, y, _MARGIN + spare, y)
    yield draw(_MARGIN, y + _ROW, _MARGIN + spare, y + _ROW)
    yield draw(edges[0], y, edges[0], y + _ROW)
    for cell, x, end in zip(cells, edges, edges[1:], strict=False):
        yield text_at(x + 1, y + _ROW - 4, cell, min(_SMALL, (end - x - 2) / max(1, len(cell))))
        yield draw(end, y, end, y + _ROW)
